//! What a word can be: parts of speech and the kinds of noun that matter to attribution.
//!
//! Compiled from WordNet 3.1 by `data/generate.py` (see `data/README.md`), with our corrections. Function words are
//! not here but in [`crate::lists`]: "as" and "he" are symbols of elements to WordNet.

use crate::lemmas::visit_known;
use crate::lowercase::lowercase;
use crate::{Form, Pos};

/// A set of open word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PosSet(u8);

impl PosSet {
    /// No class.
    pub const EMPTY: PosSet = PosSet(0);
    /// The set of [`Pos::Verb`] alone.
    pub const VERB: PosSet = PosSet::only(Pos::Verb);
    /// The set of [`Pos::Noun`] alone.
    pub const NOUN: PosSet = PosSet::only(Pos::Noun);
    /// The set of [`Pos::Adjective`] alone.
    pub const ADJECTIVE: PosSet = PosSet::only(Pos::Adjective);
    /// The set of [`Pos::Adverb`] alone.
    pub const ADVERB: PosSet = PosSet::only(Pos::Adverb);

    /// The set of one class.
    pub const fn only(pos: Pos) -> PosSet {
        PosSet(1 << pos as u8)
    }

    /// Whether `pos` is in the set.
    pub const fn contains(self, pos: Pos) -> bool {
        self.0 & PosSet::only(pos).0 != 0
    }

    /// Whether the two sets share a class.
    pub const fn intersects(self, other: PosSet) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of either set.
    #[must_use]
    pub const fn union(self, other: PosSet) -> PosSet {
        PosSet(self.0 | other.0)
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes in the set, in the order of [`Pos`].
    pub fn iter(self) -> impl Iterator<Item = Pos> {
        [Pos::Verb, Pos::Noun, Pos::Adjective, Pos::Adverb].into_iter().filter(move |&pos| self.contains(pos))
    }
}

impl FromIterator<Pos> for PosSet {
    fn from_iter<I: IntoIterator<Item = Pos>>(classes: I) -> PosSet {
        classes.into_iter().fold(PosSet::EMPTY, |set, pos| set.union(PosSet::only(pos)))
    }
}

/// Every open class that a surface form can be, inflected forms included: "supplies" is a verb and a noun, "nice" only an
/// adjective. Empty for function words ("the") and for words that the dictionary does not know.
pub fn possible_pos(word: &str) -> PosSet {
    pos_of(word, |entry| entry.possible)
}

/// The classes of [`possible_pos`] that are not rare for the lemma: at least one in twenty of its uses in WordNet's tagged
/// texts. "people" can be a verb, but is not one here.
pub fn common_pos(word: &str) -> PosSet {
    pos_of(word, |entry| entry.common)
}

/// Whether the dictionary has the word itself or one that it is an inflected form of.
pub fn is_known(word: &str) -> bool {
    !possible_pos(word).is_empty() || !crate::class_of(word).is_empty()
}

/// Whether a noun's main sense is a person: "analyst", "official", "critic"; also plurals that name a group of persons as
/// such ("people", "officials" as well as "official"). Of a phrase the head decides ("head of state", "police officer").
///
/// Precision before recall: "source", "head" or "star" are not here.
///
/// ```
/// use unspin_english::is_person_noun;
/// assert!(is_person_noun("scholar") && is_person_noun("Farmers") && is_person_noun("chief executive"));
/// assert!(!is_person_noun("report"));
/// ```
pub fn is_person_noun(lemma: &str) -> bool {
    is_noun_of(lemma, PERSON)
}

/// Whether a noun names an organisation or body that can speak: "ministry", "bank", "union", "police".
pub fn is_body_noun(lemma: &str) -> bool {
    is_noun_of(lemma, BODY)
}

/// Whether a noun names a document or a set of findings that can be cited: "report", "survey", "indictment", "figures".
pub fn is_document_noun(lemma: &str) -> bool {
    is_noun_of(lemma, DOCUMENT)
}

/// Whether a noun names a place or a building: "city", "border", "airport".
pub fn is_place_noun(lemma: &str) -> bool {
    is_noun_of(lemma, PLACE)
}

/// What the dictionary holds of one word. Letters in `words.txt`: n v a r (adverb), upper case where common; p b d l.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) possible: PosSet,
    pub(crate) common: PosSet,
    kinds: u8,
}

const PERSON: u8 = 1;
const BODY: u8 = 2;
const DOCUMENT: u8 = 4;
const PLACE: u8 = 8;

/// The entry of a lower-case lemma.
pub(crate) fn entry(lemma: &str) -> Option<Entry> {
    let (mut low, mut high) = bucket(lemma)?;
    // Binary search over lines in place: every probe is moved to the start of its line.
    while low < high {
        let middle = low + (high - low) / 2;
        let start =
            WORDS.as_bytes()[low..middle].iter().rposition(|&byte| byte == b'\n').map_or(low, |at| low + at + 1);
        let line = &WORDS[start..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        let (word, codes) = line.split_once('\t')?;
        match word.cmp(lemma) {
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
            std::cmp::Ordering::Equal => return Some(parse_codes(codes)),
        }
    }
    None
}

static WORDS: &str = include_str!("../data/words.txt");

include!(concat!(env!("OUT_DIR"), "/words_index.rs"));

fn bucket(lemma: &str) -> Option<(usize, usize)> {
    let idx = crate::prefix::prefix_idx(lemma.as_bytes())?;
    Some((STARTS[idx] as usize, STARTS[idx + 1] as usize))
}

fn parse_codes(codes: &str) -> Entry {
    let mut entry = Entry::default();
    for code in codes.bytes() {
        let pos = match code.to_ascii_lowercase() {
            b'v' => Pos::Verb,
            b'n' => Pos::Noun,
            b'a' => Pos::Adjective,
            b'r' => Pos::Adverb,
            kind => {
                entry.kinds |= match kind {
                    b'p' => PERSON,
                    b'b' => BODY,
                    b'd' => DOCUMENT,
                    _ => PLACE,
                };
                continue;
            }
        };
        entry.possible = entry.possible.union(PosSet::only(pos));
        if code.is_ascii_uppercase() {
            entry.common = entry.common.union(PosSet::only(pos));
        }
    }
    entry
}

fn pos_of(word: &str, of: impl Fn(Entry) -> PosSet) -> PosSet {
    let word = lowercase(word);
    let is_closed = crate::class_of(&word).is_closed();
    let mut found = PosSet::EMPTY;
    visit_known(&word, &mut |lemma, pos, _| {
        if is_closed || entry(lemma).is_some_and(|entry| of(entry).contains(pos)) {
            found = found.union(PosSet::only(pos));
        }
    });
    found
}

/// Function words that are lemmas of an open class.
pub(crate) fn function_lemma_pos(word: &str) -> PosSet {
    match word {
        "be" | "have" | "do" | "may" | "shall" | "must" => PosSet::VERB,
        "will" | "can" => PosSet::VERB.union(PosSet::NOUN),
        "might" => PosSet::NOUN,
        _ => PosSet::EMPTY,
    }
}

fn is_noun_of(phrase: &str, kind: u8) -> bool {
    let phrase = lowercase(phrase.trim());
    let head = crate::phrase::head_noun(&phrase);
    if is_word_of(head, kind) {
        return true;
    }
    // "think tank", "task force": the dictionary has them with a hyphen.
    let mut last_words = phrase.rsplit(' ');
    let (Some(last), Some(before)) = (last_words.next(), last_words.next()) else {
        return false;
    };
    head == last && is_word_of(&[before, "-", last].concat(), kind)
}

fn is_word_of(word: &str, kind: u8) -> bool {
    let is_kind = |lemma: &str| entry(lemma).is_some_and(|entry| entry.kinds & kind != 0);
    // Some plurals are of a kind that their singular is not: "authorities", "figures".
    if is_kind(word) {
        return true;
    }
    if entry(word).is_some_and(|entry| entry.possible.contains(Pos::Noun)) {
        return false;
    }
    let mut found = false;
    let is_known = visit_known(word, &mut |lemma, pos, form| {
        found |= pos == Pos::Noun && form == Form::Plural && is_kind(lemma);
    });
    // "vice-chairmen", "ex-ministers".
    found || (!is_known && word.rsplit_once('-').is_some_and(|(_, last)| is_word_of(last, kind)))
}

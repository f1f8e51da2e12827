//! Tortured terms that nobody has listed: found by composition.
//!
//! "Bosom peril" is torture if some established term can be reached from it word by word: "bosom" to "breast", "peril" to
//! "cancer". So the words of a noun phrase are taken through the thesaurus and through the word pairs of known tortured terms,
//! and what is reached is looked up among terms that people write. Alone this is weak: ordinary phrases reach terms as well
//! ("strong rain", "heavy rain"), and whether the phrase stands well as it is, is for the context to say.

use std::sync::LazyLock;

use unspin_english::{Form, Pos, class_of, for_each_lemma, inflect, possible_pos};

use crate::bytes::{find, number, u32_at};
use crate::casing::{cased, casing};
use crate::entry::{Kind, Surety};
use crate::key::Word;
use crate::lexicon::{Match, Source};
use crate::sentence::{Sentence, is_capitalised};
use crate::thesaurus::thesaurus;

/// Words of the longest term; `TERMS_MAX_WORDS` in `generate_established.py`.
const TERM_WORDS_MAX: usize = 4;
/// Naturals of one match, best first.
const NATURALS_MAX: usize = 4;
/// Bits that a word costs which only a thesaurus joins; one that was seen in a tortured term gains half a bit.
const THESAURUS_BITS: f32 = -1.0;
const SEEN_BITS: f32 = 0.5;
/// Changing one word of a phrase is what writers do too.
const ONE_CHANGED_BITS: f32 = -2.0;
/// Below this a reading says nothing. In 332,000 words of Wikipedia (not used for the terms) hits from here on, from `SCORE_MEDIUM` and
/// from `SCORE_STRONG` were 855, 352 and 18 a million; of 563 tortured terms that were kept apart .46, .40 and .11 are reached so. From 3
/// bits on it would be 5,774 a million for .52.
const SCORE_MIN: f32 = 5.0;
const SCORE_MEDIUM: f32 = 6.0;
const SCORE_STRONG: f32 = 8.0;

/// The name of the pattern that finds terms by composition.
pub const COMPOSED: &str = "composed term";

/// Appends the noun phrases of one sentence that an established term can be reached from, by start, then the longest.
///
/// [`Kind::TortureTerm`], [`Source::Pattern`] [`COMPOSED`], never [`Surety::Certain`]. Phrases that are established
/// terms themselves are left alone, and so are names.
pub fn composed_terms(tokens: &[Word<'_>], found: &mut Vec<Match>) {
    let sentence = Sentence::new(tokens);
    let from = found.len();
    let mut reached: Vec<Option<Vec<Reached>>> = vec![None; sentence.len()];
    for end in 1..sentence.len() {
        let is_head = takes_part(&sentence, end) && is_noun(sentence.key(end));
        if !is_head {
            continue;
        }
        for length in 2..=TERM_WORDS_MAX {
            let Some(start) = (end + 1).checked_sub(length) else { continue };
            // "sensitivity and specificity": function words may stand inside, and stay what they are.
            let is_inner = |idx: usize| start < idx && class_of(sentence.key(idx)).is_closed();
            let is_phrase =
                (start..end).all(|idx| (takes_part(&sentence, idx) || is_inner(idx)) && !sentence.touches_next(idx));
            if is_phrase && takes_part(&sentence, start) {
                for (idx, word) in reached.iter_mut().enumerate().take(end + 1).skip(start) {
                    word.get_or_insert_with(|| ESTABLISHED.reach(sentence.key(idx)));
                }
                compose(&sentence, start, end, &reached, found);
            }
        }
    }
    found[from..].sort_by_key(|hit| (hit.tokens.start, std::cmp::Reverse(hit.tokens.end)));
}

/// A noun, or a verb's -ing form in the place of one ("gradient boosting").
fn is_noun(key: &str) -> bool {
    possible_pos(key).contains(Pos::Noun) || key.ends_with("ing") && possible_pos(key).contains(Pos::Verb)
}

/// A word of a noun phrase: letters only, no function word, no name.
fn takes_part(sentence: &Sentence<'_>, idx: usize) -> bool {
    let (text, key) = (sentence.text(idx), sentence.key(idx));
    2 < key.len()
        && key.bytes().all(|byte| byte.is_ascii_lowercase())
        && (!is_capitalised(text) || sentence.starts_clause(idx))
        && !class_of(key).is_closed()
}

fn compose(
    sentence: &Sentence<'_>,
    start: usize,
    end: usize,
    reached: &[Option<Vec<Reached>>],
    found: &mut Vec<Match>,
) {
    let words = |idx: usize| reached[idx].as_deref().unwrap_or_default();
    let n_modifiers = end - start;
    let mut best: Vec<(f32, Vec<u32>)> = Vec::new();
    for head in words(end) {
        let mut is_itself = false;
        ESTABLISHED.terms(head.id, n_modifiers, |modifiers, strength| {
            let mut bits = head.bits + strength;
            let mut n_changed = u32::from(head.changed);
            // Modifiers are stored from the head outwards.
            for (offset, &modifier) in modifiers.iter().enumerate() {
                let lemma = ESTABLISHED.lemma(modifier);
                let list = words(end - 1 - offset);
                let Ok(at) = list.binary_search_by_key(&lemma, |word| word.id) else { return };
                bits += list[at].bits;
                n_changed += u32::from(list[at].changed);
            }
            is_itself |= n_changed == 0;
            if n_changed == 1 {
                bits += ONE_CHANGED_BITS;
            }
            if SCORE_MIN <= bits && 0 < n_changed {
                best.push((bits, modifiers.iter().rev().copied().chain([head.id]).collect()));
            }
        });
        if is_itself {
            return;
        }
    }
    best.sort_by(|(one, phrase), (other, other_phrase)| other.total_cmp(one).then_with(|| phrase.cmp(other_phrase)));
    best.truncate(NATURALS_MAX);
    let Some(&(bits, _)) = best.first() else { return };
    let form = number_of(sentence.key(end));
    let tokens = start..end + 1;
    let casing = casing(sentence, tokens.clone(), false);
    let naturals = best.iter().map(|(_, phrase)| cased(&ESTABLISHED.text(phrase, form), casing)).collect();
    let surety = match bits {
        bits if SCORE_STRONG <= bits => Surety::Strong,
        bits if SCORE_MEDIUM <= bits => Surety::Medium,
        _ => Surety::Weak,
    };
    let (source, kind) = (Source::Pattern(COMPOSED), Kind::TortureTerm);
    found.push(Match { tokens, entry: None, form, naturals, surety, source, kind });
}

fn number_of(noun: &str) -> Form {
    let (mut singular, mut plural) = (false, false);
    for_each_lemma(noun, |_, pos, form| {
        singular |= pos == Pos::Noun && form == Form::Base;
        plural |= pos == Pos::Noun && form == Form::Plural;
    });
    if plural && !singular { Form::Plural } else { Form::Base }
}

/// A dictionary form that a word of the text may stand for.
#[derive(Debug, Clone, Copy)]
struct Reached {
    id: u32,
    bits: f32,
    changed: bool,
}

/// The terms, read in place. The layout is in `sources/README.md`.
struct Established {
    n_words: usize,
    n_spun: usize,
    ends: &'static [u8],
    lemmas: &'static [u8],
    texts: &'static [u8],
    lists: &'static [u8],
    spun_texts: &'static [u8],
    spun_lists: &'static [u8],
    /// The number here of each word of the thesaurus, or `u32::MAX`.
    from_thesaurus: Vec<u32>,
}

static ESTABLISHED: LazyLock<Established> = LazyLock::new(|| {
    let bytes: &'static [u8] = include_bytes!("../sources/established.bin");
    let length = |idx: usize| u32_at(bytes, 4 + idx * 4) as usize;
    let (n_words, texts_len, lists_len) = (length(0), length(1), length(2));
    let (n_spun, spun_texts_len, spun_lists_len) = (length(3), length(4), length(5));
    let mut at = 28;
    let mut part = |len: usize| {
        let part = bytes.get(at..at + len).unwrap_or_default();
        at += len;
        part
    };
    let ends = part((n_words + 1) * 8 + (n_spun + 1) * 8);
    let (lemmas, texts, lists) = (part(n_words * 4), part(texts_len), part(lists_len));
    let (spun_texts, spun_lists) = (part(spun_texts_len), part(spun_lists_len));
    let mut established =
        Established { n_words, n_spun, ends, lemmas, texts, lists, spun_texts, spun_lists, from_thesaurus: Vec::new() };
    // Both vocabularies are sorted, so one pass joins them (about a millisecond, once a process).
    let mut next = 0;
    established.from_thesaurus = thesaurus()
        .words()
        .map(|word| {
            while next < n_words && established.word(next) < word {
                next += 1;
            }
            if next < n_words && established.word(next) == word { next as u32 } else { u32::MAX }
        })
        .collect();
    established
});

impl Established {
    /// What a word of the text may stand for, itself included, by number.
    fn reach(&self, key: &str) -> Vec<Reached> {
        let mut reached: Vec<Reached> = Vec::new();
        let mut lemmas: Vec<String> = vec![key.to_owned()];
        for_each_lemma(key, |lemma, _, _| {
            if !lemmas.iter().any(|known| known == lemma) {
                lemmas.push(lemma.to_owned());
            }
        });
        for lemma in &lemmas {
            if let Some(id) = find(self.n_words, |idx| self.word(idx), lemma) {
                reached.push(Reached { id: id as u32, bits: 0.0, changed: false });
            }
            thesaurus().for_each_id(lemma, |idx, bits| {
                let id = self.from_thesaurus.get(idx).copied().unwrap_or(u32::MAX);
                if id != u32::MAX {
                    reached.push(Reached { id, bits: bits + THESAURUS_BITS, changed: true });
                }
            });
            self.seen(lemma, |id| reached.push(Reached { id, bits: SEEN_BITS, changed: true }));
        }
        // Itself first, then the likeliest way.
        reached.sort_by(|one, other| {
            one.id.cmp(&other.id).then(one.changed.cmp(&other.changed)).then(other.bits.total_cmp(&one.bits))
        });
        reached.dedup_by_key(|word| word.id);
        reached
    }

    /// The words that this one stood for in known tortured terms.
    fn seen(&self, spun: &str, mut visit: impl FnMut(u32)) {
        let word = |idx: usize| {
            let at = (self.n_words + 1) * 2 + idx;
            text(self.spun_texts, self.end(at), self.end(at + 1))
        };
        let Some(idx) = find(self.n_spun, word, spun) else { return };
        let at = (self.n_words + 1) * 2 + self.n_spun + 1 + idx;
        let mut list = self.spun_lists.get(self.end(at)..self.end(at + 1)).unwrap_or_default();
        while !list.is_empty() {
            visit(number(&mut list) as u32);
            list = list.get(1..).unwrap_or_default();
        }
    }

    /// The terms with this head and so many modifiers: their modifiers from the head outwards, and their strength in bits.
    fn terms(&self, head: u32, n_modifiers: usize, mut visit: impl FnMut(&[u32], f32)) {
        let at = self.n_words + 1 + head as usize;
        let mut list = self.lists.get(self.end(at)..self.end(at + 1)).unwrap_or_default();
        for length in 1..=n_modifiers {
            let n_members = number(&mut list);
            let mut modifiers = [0; TERM_WORDS_MAX - 1];
            for _ in 0..n_members {
                modifiers[0] += number(&mut list) as u32;
                for modifier in &mut modifiers[1..length] {
                    *modifier = number(&mut list) as u32;
                }
                let Some((&strength, rest)) = list.split_first() else { return };
                list = rest;
                if length == n_modifiers {
                    visit(&modifiers[..length], f32::from(strength) / 8.0);
                }
            }
        }
    }

    fn text(&self, phrase: &[u32], form: Form) -> String {
        let mut out = String::new();
        for (idx, &id) in phrase.iter().enumerate() {
            let word = self.word(id as usize);
            if idx + 1 == phrase.len() {
                out.push_str(&inflect(word, Pos::Noun, form));
            } else {
                out.push_str(word);
                out.push(' ');
            }
        }
        out
    }

    fn lemma(&self, id: u32) -> u32 {
        u32_at(self.lemmas, id as usize * 4)
    }

    fn word(&self, idx: usize) -> &'static str {
        text(self.texts, self.end(idx), self.end(idx + 1))
    }

    fn end(&self, idx: usize) -> usize {
        u32_at(self.ends, idx * 4) as usize
    }
}

fn text(texts: &'static [u8], start: usize, end: usize) -> &'static str {
    std::str::from_utf8(texts.get(start..end).unwrap_or_default()).unwrap_or_default()
}

//! From a surface form to its lemmas.

use crate::dictionary::{self, PosSet};
use crate::lowercase::lowercase;
use crate::spelling::{regular, variant};
use crate::{Form, Pos, class_of, irregular};

/// One reading of a surface form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Analysis {
    /// The dictionary form, lower case.
    pub lemma: String,
    /// The word class in this reading.
    pub pos: Pos,
    /// Which form of the lemma the surface is.
    pub form: Form,
}

/// Every reading of a surface form: "supplies" is the third person of the verb "supply" and the plural of the noun.
///
/// American and British spellings are understood. Irregular forms come first, then regular inflections (verb before
/// noun), then the word as its own lemma, comparatives last; the order is always the same. A word that neither the
/// dictionary nor the lists know is read by its ending: "defunded" as a form of "defund", anything as a noun. Function
/// words that are never open-class words have no reading ("the"), except the forms of be, have and do, and modals.
///
/// ```
/// use unspin_english::{Form, Pos, lemmas};
/// let found: Vec<_> = lemmas("supplies").into_iter().map(|a| (a.lemma, a.pos, a.form)).collect();
/// assert_eq!(found, [
///     ("supply".to_string(), Pos::Verb, Form::ThirdPerson),
///     ("supply".to_string(), Pos::Noun, Form::Plural),
/// ]);
/// ```
pub fn lemmas(word: &str) -> Vec<Analysis> {
    let mut found = Vec::new();
    for_each_lemma(word, |lemma, pos, form| found.push(Analysis { lemma: lemma.to_string(), pos, form }));
    found
}

/// The lemma of `word` read as this form of this class, if it can be read so: ("wrote", Verb, Past) is "write".
pub fn lemma_as(word: &str, pos: Pos, form: Form) -> Option<String> {
    let mut found = None;
    for_each_lemma(word, |lemma, of, as_form| {
        if of == pos && as_form == form && found.is_none() {
            found = Some(lemma.to_string());
        }
    });
    found
}

/// The readings of [`lemmas`], in the same order, without a copy of each lemma. For code that runs on every token.
pub fn for_each_lemma(word: &str, mut visit: impl FnMut(&str, Pos, Form)) {
    visit_lemmas(&lowercase(word), &mut visit);
}

fn visit_lemmas(word: &str, visit: &mut dyn FnMut(&str, Pos, Form)) {
    if visit_known(word, visit) || class_of(word).is_closed() {
        return;
    }
    match word.rsplit_once('-') {
        Some((prefix, last)) => hyphenated(prefix, last, visit),
        None => unknown(word, visit),
    }
}

/// The readings of a lower-case word that the dictionary, the tables and the lists have; whether there are any.
pub(crate) fn visit_known(word: &str, visit: &mut dyn FnMut(&str, Pos, Form)) -> bool {
    let mut n_found = 0;
    let mut emit = |lemma: &str, pos, form| {
        n_found += 1;
        visit(lemma, pos, form);
    };

    let mut has_irregular_base = false;
    for (lemma, pos, form) in irregular::analyses(word) {
        has_irregular_base |= form == Form::Base;
        emit(lemma, pos, form);
    }
    if let Some((prefix, last)) = word.rsplit_once('-') {
        // "tailor-made": the irregular form is that of the last part, and the dictionary has the whole.
        for (lemma, pos, form) in irregular::analyses(last) {
            let lemma = [prefix, "-", lemma].concat();
            if dictionary_pos(&lemma).contains(pos) && irregular::surfaces(&lemma, pos, form).is_none() {
                emit(&lemma, pos, form);
            }
        }
    }
    let is_closed = class_of(word).is_closed();
    if !is_closed {
        inflected(word, Ending::VERB_OR_NOUN, dictionary_pos, &mut emit);
    }
    if !has_irregular_base {
        let base = if is_closed { dictionary::function_lemma_pos(word) } else { dictionary_pos(word) };
        base.iter().for_each(|pos| emit(word, pos, Form::Base));
    }
    if !is_closed {
        inflected(word, Ending::COMPARED, dictionary_pos, &mut emit);
    }
    n_found > 0
}

fn dictionary_pos(lemma: &str) -> PosSet {
    dictionary::entry(lemma).map_or(PosSet::EMPTY, |entry| entry.possible)
}

/// "re-elected", "decision-makers": the last part decides, and must be known.
fn hyphenated(prefix: &str, last: &str, visit: &mut dyn FnMut(&str, Pos, Form)) {
    if !class_of(last).is_closed() {
        visit_lemmas(last, &mut |lemma, pos, form| visit(&[prefix, "-", lemma].concat(), pos, form));
    }
}

/// The ending of an inflected form, and what it can be a form of.
struct Ending {
    suffix: &'static str,
    readings: &'static [(Pos, Form)],
    /// What may stand in the lemma where the suffix is taken off.
    restored: &'static [&'static str],
    /// Whether it doubles a consonant.
    doubles: bool,
}

impl Ending {
    const VERB_OR_NOUN: &[Ending] = &[
        Ending {
            suffix: "s",
            readings: &[(Pos::Verb, Form::ThirdPerson), (Pos::Noun, Form::Plural)],
            restored: &[""],
            doubles: false,
        },
        Ending {
            suffix: "es",
            readings: &[(Pos::Verb, Form::ThirdPerson), (Pos::Noun, Form::Plural)],
            restored: &["", "is"],
            doubles: true,
        },
        Ending {
            suffix: "ies",
            readings: &[(Pos::Verb, Form::ThirdPerson), (Pos::Noun, Form::Plural)],
            restored: &["y"],
            doubles: false,
        },
        Ending { suffix: "men", readings: &[(Pos::Noun, Form::Plural)], restored: &["man"], doubles: false },
        Ending { suffix: "people", readings: &[(Pos::Noun, Form::Plural)], restored: &["person"], doubles: false },
        Ending { suffix: "children", readings: &[(Pos::Noun, Form::Plural)], restored: &["child"], doubles: false },
        Ending { suffix: "ves", readings: &[(Pos::Noun, Form::Plural)], restored: &["f", "fe"], doubles: false },
        Ending { suffix: "feet", readings: &[(Pos::Noun, Form::Plural)], restored: &["foot"], doubles: false },
        Ending { suffix: "teeth", readings: &[(Pos::Noun, Form::Plural)], restored: &["tooth"], doubles: false },
        Ending { suffix: "fish", readings: &[(Pos::Noun, Form::Plural)], restored: &["fish"], doubles: false },
        Ending { suffix: "craft", readings: &[(Pos::Noun, Form::Plural)], restored: &["craft"], doubles: false },
        Ending {
            suffix: "ed",
            readings: &[(Pos::Verb, Form::Past), (Pos::Verb, Form::PastParticiple)],
            restored: &["", "e"],
            doubles: true,
        },
        Ending {
            suffix: "ied",
            readings: &[(Pos::Verb, Form::Past), (Pos::Verb, Form::PastParticiple)],
            restored: &["y"],
            doubles: false,
        },
        Ending { suffix: "ing", readings: &[(Pos::Verb, Form::Gerund)], restored: &["", "e"], doubles: true },
        Ending { suffix: "ying", readings: &[(Pos::Verb, Form::Gerund)], restored: &["ie"], doubles: false },
    ];
    const COMPARED: &[Ending] = &[
        Ending {
            suffix: "er",
            readings: &[(Pos::Adjective, Form::Comparative), (Pos::Adverb, Form::Comparative)],
            restored: &["", "e"],
            doubles: true,
        },
        Ending {
            suffix: "ier",
            readings: &[(Pos::Adjective, Form::Comparative), (Pos::Adverb, Form::Comparative)],
            restored: &["y"],
            doubles: false,
        },
        Ending {
            suffix: "est",
            readings: &[(Pos::Adjective, Form::Superlative), (Pos::Adverb, Form::Superlative)],
            restored: &["", "e"],
            doubles: true,
        },
        Ending {
            suffix: "iest",
            readings: &[(Pos::Adjective, Form::Superlative), (Pos::Adverb, Form::Superlative)],
            restored: &["y"],
            doubles: false,
        },
    ];
}

/// Readings of `word` as a regular form of a lemma that `pos_of` knows. A lemma counts only if it would be inflected so.
fn inflected(word: &str, endings: &[Ending], pos_of: impl Fn(&str) -> PosSet, emit: &mut dyn FnMut(&str, Pos, Form)) {
    let mut lemma = String::new();
    for ending in endings {
        let Some(stem) = word.strip_suffix(ending.suffix).filter(|stem| !stem.is_empty()) else {
            continue;
        };
        // A doubled consonant ("stopped"), and the k of "panicked", fall off as well.
        let undoubled = stem.char_indices().next_back().and_then(|(at, last)| {
            let short = &stem[..at];
            let falls = short.ends_with(last) || (last == 'k' && short.ends_with('c'));
            (falls && ending.doubles).then_some((short, ""))
        });
        let candidates = ending.restored.iter().map(|&restored| (stem, restored)).chain(undoubled);
        for (stem, restored) in candidates {
            if !can_precede(stem, restored, ending.suffix) {
                continue;
            }
            lemma.clear();
            lemma.push_str(stem);
            lemma.push_str(restored);
            let known = pos_of(&lemma);
            if known.is_empty() {
                continue;
            }
            for &(pos, form) in ending.readings {
                let is_form = known.contains(pos)
                    && irregular::surfaces(&lemma, pos, form).is_none()
                    && (regular(&lemma, pos, form).is_some_and(|spelling| spelling.is(word))
                        || variant(&lemma, pos, form).is_some_and(|spelling| spelling.is(word)));
                if is_form {
                    emit(&lemma, pos, form);
                }
            }
        }
    }
}

/// Saves a lookup where no lemma could be: -es comes after a sibilant or o ("churches", not "car-es"), -is after s.
fn can_precede(stem: &str, restored: &str, suffix: &str) -> bool {
    match (suffix, restored) {
        ("es", "") => stem.ends_with(['s', 'x', 'z', 'h', 'o']),
        ("es", "is") => stem.ends_with('s'),
        ("s", "") => !stem.ends_with("ss"),
        _ => true,
    }
}

/// Readings of a word that nothing knows, by its ending.
fn unknown(word: &str, visit: &mut dyn FnMut(&str, Pos, Form)) {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters < word.chars().count() || letters == 0 {
        // Figures and mixtures are no words; a name with an apostrophe still is.
        if letters > 0 {
            visit(word, Pos::Noun, Form::Base);
        }
        return;
    }
    if letters >= 5 {
        inflected_unknown(word, visit);
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if ends(&["ize", "ise", "ify", "yze"]) {
        visit(word, Pos::Verb, Form::Base);
    }
    visit(word, Pos::Noun, Form::Base);
    if ends(&["ous", "ful", "able", "ible", "ive", "al", "ic", "less", "ish", "ant", "ent", "ary", "ian", "ed", "ing"])
    {
        visit(word, Pos::Adjective, Form::Base);
    }
    if ends(&["ly", "wards", "wise"]) {
        visit(word, Pos::Adverb, Form::Base);
    }
}

fn inflected_unknown(word: &str, visit: &mut dyn FnMut(&str, Pos, Form)) {
    if let Some(stem) = word.strip_suffix("ied").filter(|stem| stem.len() > 2) {
        let lemma = [stem, "y"].concat();
        visit(&lemma, Pos::Verb, Form::Past);
        visit(&lemma, Pos::Verb, Form::PastParticiple);
    } else if let Some(stem) = word.strip_suffix("ed").filter(|stem| has_vowel(stem)) {
        let lemma = unknown_verb(stem);
        visit(&lemma, Pos::Verb, Form::Past);
        visit(&lemma, Pos::Verb, Form::PastParticiple);
    } else if let Some(stem) = word.strip_suffix("ing").filter(|stem| has_vowel(stem)) {
        visit(&unknown_verb(stem), Pos::Verb, Form::Gerund);
    } else if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        let lemma = [stem, "y"].concat();
        visit(&lemma, Pos::Verb, Form::ThirdPerson);
        visit(&lemma, Pos::Noun, Form::Plural);
    } else if let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with(['s', 'u', 'i'])) {
        let sibilant = stem
            .strip_suffix('e')
            .filter(|stem| ["ss", "x", "zz", "ch", "sh"].iter().any(|ending| stem.ends_with(ending)));
        let lemma = sibilant.unwrap_or(stem);
        visit(lemma, Pos::Verb, Form::ThirdPerson);
        visit(lemma, Pos::Noun, Form::Plural);
    }
}

/// The lemma of an unknown verb, from what stands before -ed or -ing.
fn unknown_verb(stem: &str) -> String {
    let mut from_end = stem.chars().rev();
    let (last, before) = (from_end.next(), from_end.next());
    if last == before && !matches!(last, Some('l' | 's' | 'f' | 'z' | 'e' | 'o')) {
        return stem[..stem.len() - last.map_or(0, char::len_utf8)].to_string();
    }
    const NEEDS_E: &[&str] = &["at", "iz", "is", "yz", "bl", "cl", "dl", "gl", "pl", "tl", "c", "v", "u", "ag", "dg"];
    if NEEDS_E.iter().any(|ending| stem.ends_with(ending)) {
        return [stem, "e"].concat();
    }
    stem.to_string()
}

fn has_vowel(stem: &str) -> bool {
    stem.bytes().any(|byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

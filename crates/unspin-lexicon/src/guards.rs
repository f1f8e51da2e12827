//! Guards: what must and must not stand beside a phrase, asked of the neighbours in the same sentence.

use std::ops::Range;

use unspin_english::{Form, Pos, WordClasses, class_of, common_pos, for_each_lemma, is_known, possible_pos};

use crate::entry::Neighbour;
use crate::sentence::{Sentence, is_acronym, is_capitalised};
use crate::table::{Reader, StepView};

/// Whether the four lists of guards at the front of `reader` hold around `tokens`. Where they do not, `reader` is left inside them.
pub(crate) fn hold(reader: &mut Reader<'_>, sentence: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    for (leftward, wanted) in [(true, true), (false, true), (true, false), (false, false)] {
        let n_patterns = reader.number();
        let mut any = false;
        for _ in 0..n_patterns {
            any |= pattern_holds(reader, sentence, tokens, leftward);
        }
        if n_patterns != 0 && any != wanted {
            return false;
        }
    }
    true
}

/// Moves `reader` past the four lists.
pub(crate) fn skip(reader: &mut Reader<'_>) {
    for _ in 0..4 {
        for _ in 0..reader.number() {
            for _ in 0..reader.number() {
                if let StepView::AnyOf(n_words) = reader.step() {
                    (0..n_words).for_each(|_| {
                        reader.text();
                    });
                }
            }
        }
    }
}

/// Reads one pattern to its end, whether or not it holds.
fn pattern_holds(reader: &mut Reader<'_>, sentence: &Sentence<'_>, tokens: &Range<usize>, leftward: bool) -> bool {
    let n_steps = reader.number();
    let mut holds = true;
    // The neighbour that comes next, going away from the phrase; `None` beyond the sentence.
    let mut next = if leftward { tokens.start.checked_sub(1) } else { Some(tokens.end) };
    for _ in 0..n_steps {
        let idx = next.filter(|&idx| idx < sentence.len());
        holds &= match reader.step() {
            StepView::Word(word) => idx.is_some_and(|idx| sentence.key(idx) == word),
            StepView::AnyOf(n_words) => {
                let mut any = false;
                for _ in 0..n_words {
                    let word = reader.text();
                    any |= idx.is_some_and(|idx| sentence.key(idx) == word);
                }
                any
            }
            StepView::Class(Neighbour::Start) => idx.is_none_or(|idx| sentence.is_quote(idx)),
            StepView::Class(Neighbour::End) => idx.is_none_or(|idx| sentence.is_punctuation(idx)),
            StepView::Class(class) => holds && idx.is_some_and(|idx| is(class, sentence, idx, leftward)),
        };
        next = match (leftward, next) {
            (true, Some(idx)) => idx.checked_sub(1),
            (false, Some(idx)) => Some(idx + 1),
            (_, None) => None,
        };
    }
    holds
}

/// Whether the token is of this class, by its form, the lists and the dictionary: what it *can* be, rare uses left out.
fn is(class: Neighbour, sentence: &Sentence<'_>, idx: usize, leftward: bool) -> bool {
    let word = sentence.key(idx);
    let classes = || class_of(word);
    let has_form = |pos: Pos, wanted: &[Form]| {
        let mut any = false;
        for_each_lemma(word, |_, of, form| any |= of == pos && wanted.contains(&form));
        any
    };
    match class {
        Neighbour::Proper => is_proper(sentence, idx),
        Neighbour::Person => {
            is_proper(sentence, idx) || matches!(word, "he" | "she" | "they" | "we" | "i" | "it" | "you")
        }
        Neighbour::Number => {
            sentence.text(idx).starts_with(|first: char| first.is_ascii_digit()) || classes().has(WordClasses::NUMBER)
        }
        Neighbour::Noun => can_be(word, Pos::Noun) || is_unknown_noun(sentence.text(idx), word),
        Neighbour::Verb => can_be(word, Pos::Verb),
        // Nearly every past form is an adjective to the dictionary: one before the phrase is its verb rather ("played
        // outside"), one behind it can well be an adjective ("stays closed").
        Neighbour::Adjective => can_be(word, Pos::Adjective) && !(leftward && has_form(Pos::Verb, &[Form::Past])),
        Neighbour::Adverb => can_be(word, Pos::Adverb) || classes().has(WordClasses::ADVERB),
        Neighbour::Ing => word.ends_with("ing") && has_form(Pos::Verb, &[Form::Gerund]),
        Neighbour::Ed => has_form(Pos::Verb, &[Form::Past, Form::PastParticiple]),
        Neighbour::Base => can_be(word, Pos::Verb) && has_form(Pos::Verb, &[Form::Base]),
        Neighbour::Determiner => classes().has(WordClasses::DETERMINER),
        Neighbour::Preposition => classes().has(WordClasses::PREPOSITION),
        Neighbour::Be => classes().has(WordClasses::BE),
        Neighbour::Have => classes().has(WordClasses::HAVE),
        Neighbour::Modal => classes().has(WordClasses::MODAL),
        Neighbour::Conjunction => classes().has(WordClasses::CONJUNCTION | WordClasses::SUBORDINATOR),
        Neighbour::Start => false,
        Neighbour::End => sentence.is_punctuation(idx),
        Neighbour::Quote => sentence.is_quote(idx),
    }
}

/// A word whose capital the sentence does not explain; at its start, one that no dictionary has.
fn is_proper(sentence: &Sentence<'_>, idx: usize) -> bool {
    let word = sentence.text(idx);
    if !is_capitalised(word) || matches!(word, "I" | "I'm" | "I'd" | "I'll" | "I've" | "I’m" | "I’d" | "I’ll" | "I’ve")
    {
        return false;
    }
    !sentence.starts_clause(idx) || is_acronym(word) || !is_known(sentence.key(idx))
}

/// Uses that are at least not rare; all uses for a word whose frequency nobody knows.
fn can_be(word: &str, pos: Pos) -> bool {
    // The last part of a compound says its class ("well known", "decision makers").
    let word = word.rsplit(' ').next().unwrap_or(word);
    let common = common_pos(word);
    if common.is_empty() { possible_pos(word).contains(pos) } else { common.contains(pos) }
}

/// Unknown words are nouns; capitals make names of them, which have a class of their own.
fn is_unknown_noun(text: &str, key: &str) -> bool {
    !is_capitalised(text) && text.chars().all(char::is_alphabetic) && !is_known(key)
}

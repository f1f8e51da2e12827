//! Which form a surface has where it could have several: "supplied" is a past and a participle, "put" five things at once.

use std::ops::Range;

use unspin_english::{Form, Pos, possible_pos};

use crate::sentence::Sentence;
use crate::table::forms_of_mask;

/// The likeliest of the forms in `mask`, by the words around.
pub(crate) fn form_here(sentence: &Sentence<'_>, tokens: &Range<usize>, mask: u8) -> Form {
    let mut forms = forms_of_mask(mask);
    let (first, is_single) = (forms.next().unwrap_or(Form::Base), forms.next().is_none());
    if is_single {
        return first;
    }
    let has = |form: Form| mask & (1 << form as u8) != 0;
    let before = governor(sentence, tokens.start);
    let by_neighbours = match before {
        Some(word) if is_auxiliary_of_participle(word) => Form::PastParticiple,
        Some(word) if is_modal_or_to(word) => Form::Base,
        _ if next_is(sentence, tokens.end, "by") => Form::PastParticiple,
        Some("he" | "she" | "it" | "who" | "which" | "that") => Form::Past,
        Some("i" | "you" | "we" | "they") => Form::Past,
        // "a supplied list", "with supplied weapons".
        Some(word) if is_determiner(word) || is_preposition(word) => Form::PastParticiple,
        None if has(Form::Base) => Form::Base,
        None => Form::PastParticiple,
        _ => Form::Past,
    };
    if has(by_neighbours) { by_neighbours } else { first }
}

/// The form of "be" that agrees with what stands before, where the table only has "be" and "was": "they are", "I am", "they were".
pub(crate) fn agreed_be(sentence: &Sentence<'_>, start: usize, form: Form) -> Option<&'static str> {
    let subject = governor(sentence, start)?;
    let is_plural = matches!(subject, "they" | "we" | "you" | "these" | "those" | "who" | "which" | "that")
        || unspin_english::lemmas(subject)
            .iter()
            .any(|reading| reading.pos == Pos::Noun && reading.form == Form::Plural);
    match form {
        Form::Base if is_modal_or_to(subject) => None,
        Form::Base if subject == "i" => Some("am"),
        Form::Base => Some("are"),
        Form::Past if is_plural && !matches!(subject, "who" | "which" | "that") => Some("were"),
        _ => None,
    }
}

/// The word before the verb that says its form: adverbs and "not" are looked through, and so is the subject of a question.
fn governor<'a>(sentence: &'a Sentence<'_>, start: usize) -> Option<&'a str> {
    let mut idx = start;
    for _ in 0..3 {
        idx = idx.checked_sub(1)?;
        let word = sentence.key(idx);
        let is_adverb = matches!(
            word,
            "not" | "never" | "also" | "already" | "just" | "only" | "since" | "ever" | "always" | "often" | "now"
        ) || word.ends_with("ly") && possible_pos(word).contains(Pos::Adverb);
        if !is_adverb {
            let asked =
                idx.checked_sub(1).map(|before| sentence.key(before)).filter(|word| is_auxiliary_of_participle(word));
            return match word {
                "he" | "she" | "it" | "they" | "we" | "you" | "i" => asked.or(Some(word)),
                _ if sentence.is_punctuation(idx) => (!sentence.is_quote(idx) && word != ":").then_some(word),
                _ => Some(word),
            };
        }
    }
    None
}

fn next_is(sentence: &Sentence<'_>, idx: usize, word: &str) -> bool {
    idx < sentence.len() && sentence.key(idx) == word
}

fn is_auxiliary_of_participle(word: &str) -> bool {
    let word = word.strip_suffix("n't").unwrap_or(word);
    matches!(
        word,
        "have"
            | "has"
            | "had"
            | "having"
            | "be"
            | "am"
            | "is"
            | "are"
            | "was"
            | "were"
            | "been"
            | "being"
            | "get"
            | "gets"
            | "got"
            | "getting"
    ) || ["'ve", "'s", "'re", "'m"].iter().any(|ending| word.ends_with(ending))
}

fn is_modal_or_to(word: &str) -> bool {
    let word = word.strip_suffix("n't").unwrap_or(word);
    matches!(
        word,
        "to" | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "shall"
            | "should"
            | "must"
            | "do"
            | "does"
            | "did"
            | "let"
            | "wo"
            | "ca"
            | "cannot"
    ) || word.ends_with("'ll")
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "no"
            | "some"
            | "any"
    )
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "with" | "in" | "on" | "for" | "from" | "as" | "than" | "when" | "if" | "once" | "unless" | "though"
    )
}

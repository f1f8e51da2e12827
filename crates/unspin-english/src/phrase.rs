//! Inflection of phrases: a verb phrase by its first word, a noun phrase by its head.

use crate::{Form, Pos, inflect};

/// A form of a phrase or word: "carry out" becomes "carried out", "head of state" "heads of state".
///
/// Verb phrases inflect their first word; noun phrases their head, the last word before a preposition ("rule of law") or
/// the first of a fixed few ("attorney general", "passer-by"); adjectives and adverbs of several words take "more" and
/// "most". Spacing is kept.
///
/// ```
/// use unspin_english::{Form, Pos, inflect_phrase};
/// assert_eq!(inflect_phrase("take part in", Pos::Verb, Form::Gerund), "taking part in");
/// assert_eq!(inflect_phrase("prime minister", Pos::Noun, Form::Plural), "prime ministers");
/// assert_eq!(inflect_phrase("mother-in-law", Pos::Noun, Form::Plural), "mothers-in-law");
/// ```
pub fn inflect_phrase(phrase: &str, pos: Pos, form: Form) -> String {
    if !Form::of(pos).contains(&form) || form == Form::Base {
        return phrase.to_string();
    }
    let head = match pos {
        Pos::Verb => phrase.split(char::is_whitespace).find(|word| !word.is_empty()).unwrap_or(phrase),
        Pos::Noun => head_noun(phrase),
        Pos::Adjective | Pos::Adverb => phrase,
    };
    if matches!(pos, Pos::Adjective | Pos::Adverb) && phrase.trim().contains(char::is_whitespace) {
        return [if form == Form::Comparative { "more " } else { "most " }, phrase].concat();
    }
    let start = head.as_ptr() as usize - phrase.as_ptr() as usize;
    [&phrase[..start], &inflect(head, pos, form), &phrase[start + head.len()..]].concat()
}

/// The distinct forms of a phrase, in the order of [`Form::of`]: what a lexicon entry given as a lemma stands for.
///
/// Two forms that look alike are both there ("cut" as base, past and participle), since each is its own pair.
///
/// ```
/// use unspin_english::{Form, Pos, all_forms};
/// let forms = all_forms("carry out", Pos::Verb);
/// assert_eq!(forms[1], (Form::ThirdPerson, "carries out".to_string()));
/// ```
pub fn all_forms(lemma_phrase: &str, pos: Pos) -> Vec<(Form, String)> {
    Form::of(pos).iter().map(|&form| (form, inflect_phrase(lemma_phrase, pos, form))).collect()
}

/// The word of a noun phrase that takes the plural, as a part of `phrase`.
pub(crate) fn head_noun(phrase: &str) -> &str {
    let phrase = phrase.trim();
    let mut words = phrase.split(char::is_whitespace).filter(|word| !word.is_empty());
    let Some(mut head) = words.next() else {
        return phrase;
    };
    for word in words {
        if is_head_end(word) || (is_postmodifier(word) && is_postmodified(head)) {
            break;
        }
        head = word;
    }
    hyphenated_head(head)
}

/// "mother-in-law", "passer-by", "runner-up": the first part is the head; of other compounds it is the whole.
fn hyphenated_head(word: &str) -> &str {
    let Some((first, rest)) = word.split_once('-') else {
        return word;
    };
    let next = rest.split('-').next().unwrap_or(rest);
    let is_particle = matches!(next, "up" | "by" | "on" | "off") && rest == next && first.ends_with("er");
    let is_head = !first.is_empty() && ((is_head_end(next) && rest != next) || is_particle);
    if is_head || (is_postmodifier(rest) && is_postmodified(first)) { first } else { word }
}

fn is_head_end(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "for"
            | "to"
            | "from"
            | "with"
            | "by"
            | "under"
            | "over"
            | "against"
            | "between"
            | "among"
            | "into"
            | "about"
            | "without"
            | "within"
            | "de"
    )
}

fn is_postmodifier(word: &str) -> bool {
    matches!(
        word,
        "general" | "martial" | "public" | "apparent" | "designate" | "elect" | "emeritus" | "laureate" | "major"
    )
}

fn is_postmodified(word: &str) -> bool {
    matches!(
        word,
        "attorney"
            | "secretary"
            | "governor"
            | "director"
            | "inspector"
            | "surgeon"
            | "solicitor"
            | "auditor"
            | "comptroller"
            | "court"
            | "notary"
            | "heir"
            | "president"
            | "chancellor"
            | "minister"
            | "professor"
            | "poet"
            | "sergeant"
            | "consul"
    )
}

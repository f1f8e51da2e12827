//! From a lemma to a form.

use crate::spelling::regular;
use crate::{Form, Pos, irregular};

/// A form of a single-word lemma, as American English writes it: ("supply", Verb, Past) is "supplied".
///
/// Hyphenated lemmas inflect their last part ("re-elect", "re-elected"). Adjectives that take no ending get "more" and
/// "most". A form that the class does not have (a verb's plural) leaves the lemma as it is. Capitals of the lemma stay,
/// except that an irregular form of an all-lower-case table takes over only a first capital ("Write", "Wrote").
/// For phrases see [`crate::inflect_phrase`].
///
/// ```
/// use unspin_english::{Form, Pos, inflect};
/// assert_eq!(inflect("stop", Pos::Verb, Form::Gerund), "stopping");
/// assert_eq!(inflect("write", Pos::Verb, Form::PastParticiple), "written");
/// assert_eq!(inflect("crisis", Pos::Noun, Form::Plural), "crises");
/// assert_eq!(inflect("careful", Pos::Adjective, Form::Comparative), "more careful");
/// ```
pub fn inflect(lemma: &str, pos: Pos, form: Form) -> String {
    if !Form::of(pos).contains(&form) || form == Form::Base || lemma.is_empty() {
        return lemma.to_string();
    }
    let lower = crate::lowercase::lowercase(lemma);
    if let Some(surface) = irregular::surfaces(&lower, pos, form).and_then(|mut surfaces| surfaces.next()) {
        return if lower == lemma { surface.to_string() } else { crate::agree::match_case(lemma, surface) };
    }
    let compared = matches!(pos, Pos::Adjective | Pos::Adverb);
    if let Some((prefix, last)) =
        lemma.rsplit_once('-').filter(|(prefix, last)| !compared && !prefix.is_empty() && !last.is_empty())
    {
        return [prefix, "-", &inflect(last, pos, form)].concat();
    }
    // The rules look at lower-case letters; acronyms and names ("MP", "Kennedy") take a plain ending.
    let has_capitals = lemma.bytes().any(|byte| byte.is_ascii_uppercase());
    let all_capitals = lemma.len() > 1 && !lemma.bytes().any(|byte| byte.is_ascii_lowercase());
    if pos == Pos::Noun && has_capitals {
        let is_name_in_y = lemma.ends_with('y') && !all_capitals;
        if all_capitals || is_name_in_y {
            return [lemma, "s"].concat();
        }
    }
    match regular(lemma, pos, form) {
        Some(spelling) => spelling.build(),
        None => [if form == Form::Comparative { "more " } else { "most " }, lemma].concat(),
    }
}

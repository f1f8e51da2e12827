//! The text of a fix: a natural phrase, and the article in front of it where that has to follow.

use std::ops::Range;

use unspin_english::agree::article_for;

use crate::casing::capitalised;
use crate::key::Word;
use crate::lexicon::Match;

/// What to write over which tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Tokens of the sentence that the text replaces; begins at the article where that changes too.
    pub tokens: Range<usize>,
    /// The new text.
    pub text: String,
}

/// The replacement that puts `found.naturals[natural_idx]` in its place. `tokens` are those that the match was found in.
///
/// A preceding "a" or "an" is mended where the natural needs the other one; then the replacement begins at the article.
/// `None` when there is no such natural or the match is not of these tokens.
#[must_use]
pub fn replacement(tokens: &[Word<'_>], found: &Match, natural_idx: usize) -> Option<Replacement> {
    let natural = found.naturals.get(natural_idx)?;
    tokens.get(found.tokens.clone())?;
    let unchanged = Replacement { tokens: found.tokens.clone(), text: natural.clone() };
    let Some(article_idx) = found.tokens.start.checked_sub(1) else { return Some(unchanged) };
    let article = tokens[article_idx].text;
    // "A" before a full stop or a hyphen is an initial or a grade, not an article.
    let stands_alone = tokens[article_idx].range.end < tokens[found.tokens.start].range.start;
    if !stands_alone || !(article.eq_ignore_ascii_case("a") || article.eq_ignore_ascii_case("an")) {
        return Some(unchanged);
    }
    let right = article_for(natural);
    if article.eq_ignore_ascii_case(right) {
        return Some(unchanged);
    }
    let right = match article {
        "AN" => right.to_uppercase(),
        "A" if found.naturals.iter().all(|natural| natural.chars().all(|letter| !letter.is_lowercase())) => {
            right.to_uppercase()
        }
        "A" | "An" => capitalised(right),
        _ => right.to_owned(),
    };
    Some(Replacement { tokens: article_idx..found.tokens.end, text: format!("{right} {natural}") })
}

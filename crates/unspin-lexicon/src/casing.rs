//! Capitals of the natural phrase, after those of the phrase that stands there.

use unspin_english::class_of;

use crate::sentence::{Sentence, is_acronym, is_capitalised};

/// What the surface's capitals ask of a natural phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Casing {
    /// As it is written in the sources.
    AsWritten,
    /// A capital on the first letter.
    First,
    /// A capital on every word but the small ones inside.
    Title,
    /// All capitals.
    Upper,
}

/// The casing of a surface. `has_own_capitals`: the entry is a name, whose capitals say nothing about a headline.
pub(crate) fn casing(sentence: &Sentence<'_>, tokens: std::ops::Range<usize>, has_own_capitals: bool) -> Casing {
    // Nearly always there is no capital at all.
    let is_lower = tokens.clone().all(|idx| !sentence.text(idx).chars().any(char::is_uppercase));
    if is_lower && !(has_own_capitals && sentence.starts_clause(tokens.start)) {
        return Casing::AsWritten;
    }
    let words = || tokens.clone().map(|idx| sentence.text(idx)).filter(|word| word.chars().any(char::is_alphabetic));
    let n_letters: usize = words().map(|word| word.chars().filter(|letter| letter.is_alphabetic()).count()).sum();
    // A short word in capitals is an acronym, and what it stands for is not ("PC", "AI").
    if 4 <= n_letters
        && words().all(|word| {
            is_acronym(word) || word.chars().filter(|letter| letter.is_alphabetic()).count() < 2 && is_capitalised(word)
        })
    {
        return Casing::Upper;
    }
    let starts = sentence.starts_clause(tokens.start);
    if has_own_capitals {
        return if starts { Casing::First } else { Casing::AsWritten };
    }
    let first_is_capital = words().next().is_some_and(is_capitalised);
    let n_words = words().count();
    let rest_are_capitals = words().skip(1).all(|word| is_capitalised(word) || is_small(word));
    let any_later_capital = words().skip(1).any(is_capitalised);
    match (first_is_capital, any_later_capital && rest_are_capitals) {
        (true, true) => Casing::Title,
        (true, false) if n_words == 1 && !starts => Casing::Title,
        (true, false) => Casing::First,
        (false, _) => Casing::AsWritten,
    }
}

/// Writes the natural phrase with these capitals.
pub(crate) fn cased(natural: &str, casing: Casing) -> String {
    match casing {
        Casing::AsWritten => natural.to_owned(),
        Casing::Upper => natural.to_uppercase(),
        Casing::First => capitalised(natural),
        Casing::Title => title(natural),
    }
}

/// A capital on the first letter.
pub(crate) fn capitalised(phrase: &str) -> String {
    let mut rest = phrase.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A capital on every word but the small ones inside, as in a name or a headline.
pub(crate) fn title(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    for (idx, word) in phrase.split(' ').enumerate() {
        if idx != 0 {
            out.push(' ');
        }
        if idx != 0 && is_small(word) {
            out.push_str(word);
        } else {
            out.push_str(&capitalised(word));
        }
    }
    out
}

/// Articles, conjunctions and short prepositions keep small letters inside a title.
fn is_small(word: &str) -> bool {
    word.len() <= 4 && class_of(word).is_closed() && !word.chars().any(char::is_uppercase)
}

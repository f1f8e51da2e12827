//! The parts of a noun phrase: how it is introduced, its core without what hangs on it, and its edges.

use std::ops::Range;

use unspin_english::WordClasses;

use super::kinds::is_month_or_day;
use super::words::{WordKind, Words};

/// How a noun phrase is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    None,
    /// "the", "this".
    Definite,
    /// "his", "Russia's".
    Owned,
    /// "a", "one", "another".
    One,
    /// "two", "three", "four".
    CountedFew,
    /// "41".
    Counted,
    /// "some", "many", "dozens of".
    Vague,
    /// "no".
    No,
}

impl Determiner {
    pub(super) fn of(line: &Words<'_>, words: &Range<usize>) -> Determiner {
        let mut at = words.start;
        if line.lower(at) == "both" {
            return Determiner::Definite;
        }
        while line.is_adverb(at)
            || matches!(line.lower(at), "about" | "around" | "nearly" | "almost" | "perhaps" | "at" | "least")
        {
            at += 1;
        }
        if line.kind(at) == Some(WordKind::Number) {
            return Determiner::Counted;
        }
        match line.lower(at) {
            "the" | "this" | "these" | "those" | "that" | "both" => Determiner::Definite,
            "a" | "an"
                if matches!(
                    line.lower(at + 1),
                    "number" | "handful" | "few" | "variety" | "series" | "group" | "host" | "lot"
                ) =>
            {
                if line.lower(at + 1) == "group" {
                    Determiner::One
                } else {
                    Determiner::Vague
                }
            }
            "a" | "an" | "one" | "another" => Determiner::One,
            "two" | "three" | "four" => Determiner::CountedFew,
            "no" | "neither" | "nobody" | "none" => Determiner::No,
            "some" | "many" | "several" | "most" | "few" | "various" | "numerous" | "other" | "certain"
            | "countless" | "dozens" | "hundreds" | "thousands" | "plenty" | "more" | "all" | "any" => {
                Determiner::Vague
            }
            _ if line.has(at, WordClasses::NUMBER) => Determiner::Counted,
            _ if line.has(at, WordClasses::POSSESSIVE) => Determiner::Owned,
            lower if lower.ends_with("'s") || lower.ends_with("s'") => Determiner::Owned,
            _ => Determiner::None,
        }
    }
}

/// The words up to the first preposition or relative clause: "the head | of the agency".
pub(super) fn core(line: &Words<'_>, words: &Range<usize>) -> Range<usize> {
    let mut at = words.start;
    // "a number of analysts", "some of the analysts", "dozens of experts": the noun after "of" is the head.
    for idx in words.start..words.end.min(words.start + 3) {
        let counts = matches!(
            line.lower(idx),
            "number"
                | "handful"
                | "variety"
                | "dozens"
                | "hundreds"
                | "thousands"
                | "plenty"
                | "some"
                | "many"
                | "most"
                | "several"
                | "one"
                | "few"
                | "lot"
                | "pair"
                | "couple"
        );
        if counts && line.lower(idx + 1) == "of" && idx + 2 < words.end {
            at = idx + 2;
        }
    }
    let start = at;
    while at < words.end {
        let word = &line.items[at];
        let ends = match word.kind {
            WordKind::Word => {
                at > start
                    && !word.is_capitalised()
                    && (word.classes.has(WordClasses::PREPOSITION | WordClasses::WH_WORD | WordClasses::SUBORDINATOR)
                        && !word.classes.has(WordClasses::QUANTIFIER)
                        || matches!(
                            &*word.lower,
                            "to" | "close"
                                | "familiar"
                                | "quoted"
                                | "interviewed"
                                | "polled"
                                | "surveyed"
                                | "based"
                                | "online"
                        ))
            }
            WordKind::Number => false,
            WordKind::Symbol => word.text != "&",
            WordKind::Dash | WordKind::Quote(_) | WordKind::Opaque => false,
            _ => true,
        };
        if ends {
            break;
        }
        at += 1;
    }
    // "Bank of America", "University of Otago": one name.
    while at + 1 < words.end
        && matches!(line.lower(at), "of" | "for" | "and")
        && at > start
        && line.items[at - 1].is_capitalised()
        && line.items[at + 1].is_capitalised()
    {
        at += 2;
        while at < words.end && line.items[at].is_capitalised() {
            at += 1;
        }
    }
    start..at
}

/// Without the time expressions and prepositions at the edges.
pub(super) fn trimmed(line: &Words<'_>, words: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = words;
    while start < end {
        let lower = line.lower(start);
        let edge =
            matches!(line.kind(start), Some(WordKind::Comma | WordKind::Dash | WordKind::Stop | WordKind::Bracket))
                || (line.has(start, WordClasses::CONJUNCTION) && lower != "both")
                || (line.is_adverb(start) && !matches!(lower, "both"))
                || matches!(
                    lower,
                    "while"
                        | "although"
                        | "though"
                        | "but"
                        | "as"
                        | "however"
                        | "meanwhile"
                        | "that"
                        | "because"
                        | "if"
                        | "when"
                        | "nor"
                        | "after"
                        | "since"
                        | "until"
                        | "where"
                        | "there"
                        | "here"
                ) && start + 1 < end;
        // "with Moscow", "within the newspaper": who is governed by a preposition is named without it.
        let governed = line.has(start, WordClasses::PREPOSITION)
            && !matches!(lower, "about" | "around" | "over" | "nearly" | "like")
            && line.items.get(start + 1).is_some_and(|next| {
                next.is_word() && (next.is_capitalised() || next.classes.has(WordClasses::ARTICLE))
            })
            && start + 1 < end;
        if !(edge || governed) {
            break;
        }
        start += 1;
    }
    loop {
        let before = end;
        if start < end
            && (is_month_or_day(line.lower(end - 1))
                || line.is_adverb(end - 1)
                || line.kind(end - 1) == Some(WordKind::Comma))
            && end - start > 1
        {
            end -= 1;
        }
        if start + 1 < end
            && matches!(line.lower(end - 1), "on" | "in" | "at" | "as" | "to" | "by" | "of" | "with" | "from" | "for")
        {
            end -= 1;
        }
        if start + 2 < end
            && matches!(line.lower(end - 1), "week" | "month" | "year")
            && matches!(line.lower(end - 2), "last" | "this" | "next")
        {
            end -= 2;
        }
        if end == before {
            break;
        }
    }
    start..end
}

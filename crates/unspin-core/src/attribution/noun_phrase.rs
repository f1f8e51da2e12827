//! Where the noun phrase stands that could be the source: walked from the cue, to the left or to the right.

use std::ops::Range;

use unspin_english::WordClasses;

use super::kinds::{is_month_or_day, is_person};
use super::source::{Source, SourceKind, read};
use super::words::{Word, WordKind, Words};

/// A source and the words it takes, appositions included.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) source: Source,
    /// Words of the line: the noun phrase with what stands between it and the cue.
    pub(super) words: Range<usize>,
}

/// No noun phrase of a source is longer.
const WORDS_MAX: usize = 40;

/// The noun phrase that ends at `end`, read as a subject. It reaches no further left than `from`.
pub(super) fn before(line: &Words<'_>, from: usize, end: usize) -> Option<Found> {
    let mut end = end;
    while from < end
        && (line.is_adverb(end - 1)
            || is_month_or_day(line.lower(end - 1))
            || (line.lower(end - 1) == "on" && line.lower(end) != "on"))
    {
        end -= 1;
    }
    // "one of his most widely noticed works".
    if end <= from || (line.lower(end - 1) == "most" && line.is_adverb(end)) {
        return None;
    }
    if !matches!(line.kind(end - 1), Some(WordKind::Comma | WordKind::Dash | WordKind::Bracket)) {
        let start = segment_start(line, from, end);
        // "the year's most anticipated": a rank, not a crowd.
        let ranked = end - start == 1
            && start > 0
            && matches!(line.lower(start), "most" | "many" | "few" | "some" | "several")
            && (line.has(start - 1, WordClasses::ARTICLE | WordClasses::POSSESSIVE)
                || line.lower(start - 1).ends_with("'s"));
        if ranked {
            return None;
        }
        if let Some(found) = simple(line, start, end)
            && !(start > from
                && line.kind(start - 1) == Some(WordKind::Comma)
                && is_apposition_start(line, start)
                && wider(line, from, start, end).is_some())
        {
            return Some(found);
        }
        return wider(line, from, start, end);
    }
    wider(line, from, end, end)
}

/// A subject with an apposition or a relative clause before the cue: "Zinberg, a professor of …, agreed".
fn wider(line: &Words<'_>, from: usize, segment: usize, end: usize) -> Option<Found> {
    // From comma to comma to the left, as long as the pieces can belong to one noun phrase.
    let mut at = segment;
    for _ in 0..4 {
        // The mark that ends the piece further left.
        if at <= from || !matches!(line.kind(at - 1), Some(WordKind::Comma | WordKind::Dash | WordKind::Bracket)) {
            return None;
        }
        let piece_end = at - 1;
        let mut piece_start = piece_end;
        while from < piece_start
            && !matches!(
                line.kind(piece_start - 1),
                Some(
                    WordKind::Comma
                        | WordKind::Dash
                        | WordKind::Bracket
                        | WordKind::Semicolon
                        | WordKind::Colon
                        | WordKind::Stop
                        | WordKind::Quote(_)
                )
            )
        {
            piece_start -= 1;
        }
        if end - piece_start > WORDS_MAX {
            return None;
        }
        let inserted = at..end;
        let aside = piece_end - piece_start == 1
            && (line.is_adverb(piece_start) || matches!(line.lower(piece_start), "though" | "however" | "meanwhile"))
            || (line.has(piece_start, WordClasses::PREPOSITION)
                && (2..=4).contains(&(piece_end - piece_start))
                && matches!(
                    line.lower(piece_end - 1),
                    "instance" | "example" | "contrast" | "turn" | "course" | "hand" | "part"
                ));
        // "Bob Riemenschneider, grain and feed director at the service, said".
        let office = piece_start >= 2
            && line.items[piece_start - 2].is_capitalised()
            && line
                .items
                .get(piece_start)
                .is_some_and(|word| word.is_word() && !word.is_capitalised() && word.classes.is_empty())
            && (piece_start..piece_end).any(|idx| line.items[idx].is_word() && is_person(line.lower(idx)));
        let piece_is_apposition = (aside || office || is_apposition_start(line, piece_start))
            && piece_start > from
            && line.kind(piece_start - 1) == Some(WordKind::Comma);
        if !piece_is_apposition {
            // "In other findings, the survey showed": an adverbial, not an apposition.
            if line.has(piece_start, WordClasses::PREPOSITION | WordClasses::SUBORDINATOR) {
                return None;
            }
            let start = segment_start(line, piece_start, piece_end);
            // A verb between: the piece is a clause of its own, and this its object.
            let mut lead = piece_start;
            while lead < start
                && (line.is_adverb(lead) || line.has(lead, WordClasses::CONJUNCTION | WordClasses::SUBORDINATOR))
            {
                lead += 1;
            }
            if lead < start
                && !matches!(line.lower(start - 1), "that" | "and" | "but" | "as" | "while" | "because" | "if" | "when")
            {
                return None;
            }
            let source = read(line, start..piece_end, inserted.clone())?;
            // What cannot speak is a subject only where it touches its verb.
            if source.kind == SourceKind::Definite && !source.speaks {
                return None;
            }
            let first = inserted.start;
            if !(inserted.is_empty()
                || is_apposition_start(line, first)
                || inserted.clone().any(|idx| line.kind(idx) == Some(WordKind::Comma))
                || first_is_name(line, first))
            {
                return None;
            }
            return Some(Found { source, words: start..end });
        }
        at = piece_start;
    }
    None
}

fn first_is_name(line: &Words<'_>, at: usize) -> bool {
    line.items.get(at).is_some_and(|word| word.is_capitalised() || word.kind == WordKind::Number)
}

/// What can begin an apposition or a relative clause after a comma.
fn is_apposition_start(line: &Words<'_>, at: usize) -> bool {
    // "Britain, normally a keen advocate of reform, warned".
    let at = at + usize::from(line.is_adverb(at) && line.has(at + 1, WordClasses::ARTICLE));
    let Some(word) = line.items.get(at) else { return false };
    // "The study, published in Nature, suggests".
    let participle = word.is_word() && word.classes.is_empty() && word.lower.ends_with("ed");
    word.kind == WordKind::Number
        || participle
        || matches!(
            &*word.lower,
            "a" | "an"
                | "the"
                | "its"
                | "his"
                | "her"
                | "their"
                | "who"
                | "whose"
                | "which"
                | "where"
                | "one"
                | "head"
                | "chief"
                | "former"
                | "president"
                | "director"
                | "professor"
                | "chairman"
                | "editor"
                | "secretary"
                | "of"
                | "in"
                | "from"
                | "at"
                | "among"
                | "including"
                | "acting"
                | "associate"
                | "senior"
                | "spokesman"
                | "spokeswoman"
                | "dean"
                | "vice"
                | "executive"
                | "leader"
                | "founder"
                | "owner"
                | "author"
                | "co-author"
                | "both"
                | "speaking"
                | "citing"
                | "particularly"
                | "especially"
                | "himself"
                | "herself"
                | "based"
                | "quoted"
        )
}

fn simple(line: &Words<'_>, start: usize, end: usize) -> Option<Found> {
    if start >= end {
        return None;
    }
    if let Some(source) = read(line, start..end, end..end) {
        // "backs farmer claims that": a bare singular inside its clause modifies a noun.
        let first = &line.items[start];
        let bare = end - start == 1
            && matches!(source.kind, SourceKind::Definite | SourceKind::Document | SourceKind::Institution)
            && !source.plural
            && !first.is_capitalised()
            && first.classes.is_empty();
        if bare && start > 0 && line.items[start - 1].is_word() {
            return None;
        }
        // "photos released | of the scene showed": no subject begins so.
        if start > 0 && line.lower(start) == "of" && line.items[start - 1].is_word() {
            return None;
        }
        return Some(Found { source, words: start..end });
    }
    None
}

/// Walks left inside one piece without commas to where the noun phrase begins.
fn segment_start(line: &Words<'_>, from: usize, end: usize) -> usize {
    let mut at = end;
    let low = from.max(end.saturating_sub(WORDS_MAX));
    while low < at {
        let word = &line.items[at - 1];
        let stop = match word.kind {
            WordKind::Word => {
                let lower = &*word.lower;
                // A subject pronoun is a noun phrase of its own; whatever stands before it belongs elsewhere.
                if at == end
                    && matches!(
                        lower,
                        "he" | "she"
                            | "they"
                            | "i"
                            | "we"
                            | "you"
                            | "it"
                            | "who"
                            | "which"
                            | "some"
                            | "many"
                            | "others"
                            | "most"
                    )
                {
                    return at - 1;
                }
                word.is_surely_verb()
                    || is_citing(word)
                    || matches!(
                        lower,
                        "that"
                            | "because"
                            | "although"
                            | "though"
                            | "while"
                            | "whilst"
                            | "if"
                            | "when"
                            | "as"
                            | "whether"
                            | "but"
                            | "than"
                            | "where"
                            | "unless"
                            | "until"
                            | "so"
                            | "or"
                            | "him"
                            | "them"
                            | "me"
                            | "us"
                            | "he"
                            | "she"
                            | "they"
                            | "i"
                            | "we"
                            | "which"
                            | "what"
                            | "how"
                            | "why"
                    ) && !(lower == "as" && at == end)
            }
            WordKind::Number | WordKind::Symbol | WordKind::Opaque => false,
            WordKind::Quote(quotation) => !is_name_quotation(line, quotation),
            WordKind::Dash => false,
            _ => true,
        };
        // "Figures to be published today show".
        if stop
            && at >= low + 4
            && line.lower(at - 2) == "be"
            && line.lower(at - 3) == "to"
            && line.items[at - 4].is_word()
        {
            at -= 3;
            continue;
        }
        // "the department (USDA) officials".
        if word.text == ")" && at >= low + 3 && line.items[at - 3].text == "(" && line.items[at - 2].is_acronym() {
            at -= 3;
            continue;
        }
        if stop {
            // A relative clause that no commas set off: "one person who was in the room".
            match relative(line, low, at) {
                Some(antecedent) => {
                    at = antecedent;
                    continue;
                }
                None => break,
            }
        }
        at -= 1;
        if opens_phrase(line, low, at) {
            break;
        }
    }
    let mut start = skip_adverbials(line, at, end);
    // "and" that joins clauses, not nouns: "the tower fell and police said".
    if at > from
        && line.items[at - 1].is_word()
        && line.items[at - 1].is_surely_verb()
        && let Some(joined) = (start..end).rev().find(|&idx| line.lower(idx) == "and")
    {
        start = joined + 1;
    }
    // Right of a verb its object comes first: the subject begins after it, at its own determiner or name.
    start
}

/// "37 alleged survivors": a participle between a number and its noun.
fn is_attributed(line: &Words<'_>, at: usize) -> bool {
    let counted = at > 0
        && (line.kind(at - 1) == Some(WordKind::Number)
            || line.has(at - 1, WordClasses::NUMBER | WordClasses::ARTICLE | WordClasses::POSSESSIVE));
    counted
        && line.lower(at).ends_with("ed")
        && line
            .items
            .get(at + 1)
            .is_some_and(|next| next.is_word() && next.classes.is_empty() && !next.is_surely_verb())
}

/// "quoting research that says": what is quoted is a phrase of its own.
fn is_citing(word: &Word<'_>) -> bool {
    word.cue.is_some_and(|cue| {
        cue.is_gerund()
            && matches!(cue.lemma, "say" | "quote" | "cite" | "claim" | "argue" | "add" | "tell" | "suggest")
    })
}

/// A determiner with a noun or a verb on its left begins a noun phrase: "the monitor shows | more farmers", "on Monday | the ministry".
fn opens_phrase(line: &Words<'_>, low: usize, at: usize) -> bool {
    if at <= low || !line.has(at, WordClasses::ARTICLE | WordClasses::QUANTIFIER | WordClasses::POSSESSIVE) {
        return false;
    }
    let before = &line.items[at - 1];
    before.is_word()
        && before.classes.is_empty()
        && !line.is_adverb(at - 1)
        && !before.lower.ends_with("'s")
        && (!before.is_capitalised() || is_month_or_day(&before.lower))
}

/// The end of the antecedent, when the verb before `at` is that of a relative clause with "who".
fn relative(line: &Words<'_>, low: usize, at: usize) -> Option<usize> {
    let mut verb = at.checked_sub(1)?;
    while low < verb
        && (line.has(verb, WordClasses::AUXILIARY) || line.is_adverb(verb) || line.items[verb].is_surely_verb())
    {
        verb -= 1;
    }
    (verb > low && line.lower(verb) == "who" && line.items[verb - 1].is_word()).then_some(verb)
}

/// A quotation of one word or two is part of a name ("the “Better Idea” team").
fn is_name_quotation(line: &Words<'_>, quotation: usize) -> bool {
    let inner = &line.block.quotations[quotation].inner;
    let words = &line.block.prose[inner.clone()];
    words.split_whitespace().count() <= 3 && !words.ends_with([',', '.', '!', '?', '…'])
}

/// "In February | the education ministry": the adverbial phrase at the start of the piece is no part of the subject.
fn skip_adverbials(line: &Words<'_>, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end
        && ((line.is_adverb(at) && line.lower(at) != "both")
            || matches!(
                line.lower(at),
                "and" | "but" | "however" | "meanwhile" | "while" | "yet" | "so" | "now" | "then"
            ))
    {
        at += 1;
    }
    if at >= end
        || !line.has(at, WordClasses::PREPOSITION)
        || line.items[at].is_capitalised() && !(at == 0 || at == start)
    {
        return at;
    }
    // The subject begins at the last determiner that no preposition governs, or after a day or month.
    let mut begins = None;
    for idx in at + 1..end {
        let governed = line.has(idx - 1, WordClasses::PREPOSITION) || line.has(idx - 1, WordClasses::CONJUNCTION);
        let determiner = line.has(idx, WordClasses::DETERMINER) || line.has(idx, WordClasses::SUBJECT_PRONOUN);
        if determiner && !governed {
            begins = Some(idx);
        }
        if is_month_or_day(line.lower(idx - 1)) && !line.has(idx, WordClasses::PREPOSITION) {
            begins = Some(idx);
        }
    }
    begins.unwrap_or(at)
}

/// The noun phrase that begins at `start`, after an inverted cue or "according to"; appositions after it are read but not part of it.
pub(super) fn after(line: &Words<'_>, start: usize) -> Option<Found> {
    let mut at = start;
    let limit = line.len().min(start + WORDS_MAX);
    if let Some(first) = line.items.get(start)
        && matches!(
            &*first.lower,
            "he" | "she" | "they" | "i" | "we" | "him" | "her" | "them" | "some" | "many" | "others"
        )
        && !line.items.get(start + 1).is_some_and(|next| {
            next.is_word()
                && &*first.lower != "he"
                && !next.classes.has(WordClasses::PREPOSITION | WordClasses::SUBORDINATOR)
                && matches!(&*first.lower, "her" | "some" | "many")
        })
    {
        let source = read(line, start..start + 1, start..start).or_else(|| {
            Some(Source {
                range: line.range(start..start + 1),
                kind: SourceKind::Definite,
                field: super::Field::Any,
                plural: false,
                speaks: true,
                person: true,
            })
        })?;
        return Some(Found { source, words: start..start + 1 });
    }
    while at < limit {
        let word = &line.items[at];
        let ends = match word.kind {
            WordKind::Word => {
                let lower = &*word.lower;
                at > start
                    && (matches!(
                        lower,
                        "that"
                            | "who"
                            | "which"
                            | "as"
                            | "when"
                            | "after"
                            | "because"
                            | "while"
                            | "but"
                            | "if"
                            | "whether"
                            | "before"
                            | "during"
                            | "since"
                            | "it"
                            | "he"
                            | "she"
                            | "they"
                    ) || (word.is_surely_verb() && !is_attributed(line, at))
                        || (matches!(
                            lower,
                            "in" | "on" | "at" | "by" | "told" | "yesterday" | "today" | "last" | "earlier" | "during"
                        ) && ends_phrase(line, start, at)))
            }
            WordKind::Number | WordKind::Symbol | WordKind::Opaque => false,
            WordKind::Quote(quotation) => !is_name_quotation(line, quotation),
            WordKind::Dash => false,
            _ => true,
        };
        if ends {
            break;
        }
        at += 1;
    }
    let mut apposition_end = at;
    if matches!(line.kind(at), Some(WordKind::Comma)) || matches!(line.lower(at), "who") {
        apposition_end = (at + 1..limit)
            .find(|&idx| {
                matches!(
                    line.kind(idx),
                    Some(WordKind::Comma | WordKind::Stop | WordKind::Quote(_) | WordKind::Semicolon | WordKind::Colon)
                )
            })
            .unwrap_or(limit);
    }
    let apposition = (at + 1).min(apposition_end)..apposition_end;
    let source = read(line, start..at, apposition)?;
    Some(Found { source, words: start..at })
}

/// A preposition of place or time ends a name ("said Smith on Monday"), not a description ("the head of research at the bank").
fn ends_phrase(line: &Words<'_>, start: usize, at: usize) -> bool {
    let time = is_month_or_day(line.lower(at + 1))
        || matches!(line.lower(at), "yesterday" | "today" | "earlier")
        || (line.lower(at) == "last" && matches!(line.lower(at + 1), "week" | "month" | "year"));
    let name_only = (start..at).all(|idx| line.items[idx].is_capitalised());
    time || (name_only
        && matches!(line.lower(at), "in" | "on" | "at")
        && !line.items.get(at + 1).is_some_and(|next| next.is_capitalised()))
}

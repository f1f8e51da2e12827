//! Where the parts of a clause begin and end: whom somebody told, adjuncts, the next clause and its verb, the end of a content.

use unspin_english::{Pos, WordClasses};

use super::clauses::is_speech;
use super::kinds::is_month_or_day;
use super::words::{WordKind, Words};

/// Whom somebody told, and how: "reporters in Geneva".
pub(super) fn skip_object(line: &Words<'_>, start: usize) -> usize {
    let mut at = start;
    if line.items.get(at).is_some_and(|word| {
        word.is_word()
            && word.classes.has(WordClasses::OBJECT_PRONOUN)
            && !word.classes.has(WordClasses::DETERMINER | WordClasses::SUBORDINATOR)
    }) {
        return at + 1;
    }
    let limit = line.len().min(start + 12);
    while at < limit {
        let word = &line.items[at];
        let ends = match word.kind {
            WordKind::Word => {
                at > start
                    && (matches!(
                        &*word.lower,
                        "that" | "he" | "she" | "they" | "it" | "there" | "i" | "we" | "how" | "why" | "what" | "to"
                    ) || (word.classes.has(WordClasses::ARTICLE | WordClasses::POSSESSIVE)
                        && !line.has(at - 1, WordClasses::PREPOSITION)))
            }
            WordKind::Number | WordKind::Symbol => false,
            _ => true,
        };
        if ends {
            break;
        }
        at += 1;
    }
    at
}

/// "on Monday", "in a statement", "last week", "earlier today": between cue and content.
pub(super) fn skip_adjuncts(line: &Words<'_>, start: usize) -> usize {
    let mut at = start;
    loop {
        let before = at;
        while line.is_adverb(at)
            || is_month_or_day(line.lower(at))
            || matches!(line.lower(at), "this" | "last")
                && matches!(line.lower(at + 1), "week" | "month" | "year" | "morning")
        {
            at += if matches!(line.lower(at), "this" | "last") { 2 } else { 1 };
        }
        if line.has(at, WordClasses::PREPOSITION) && !matches!(line.lower(at), "that" | "like")
            || line.lower(at) == "to"
        {
            let limit = line.len().min(at + 9);
            let mut end = at + 1;
            while end < limit
                && (matches!(line.kind(end), Some(WordKind::Word | WordKind::Number))
                    || matches!(line.kind(end), Some(WordKind::Quote(_))) && !is_speech(line, end))
                && !matches!(line.lower(end), "that" | "he" | "she" | "they" | "it" | "there" | "i" | "we")
                && !line.items[end].is_surely_verb()
                && !(end > at + 1
                    && line.has(end, WordClasses::ARTICLE | WordClasses::POSSESSIVE)
                    && !line.has(end - 1, WordClasses::PREPOSITION))
            {
                end += 1;
            }
            at = end;
        }
        if at == before {
            return at;
        }
    }
}

/// Whether a clause can begin here: a noun phrase, a pronoun, "there".
pub(super) fn clause_begins(line: &Words<'_>, at: usize) -> bool {
    let Some(word) = line.items.get(at) else { return false };
    match word.kind {
        WordKind::Word => {
            // "claims over the coast"; "says about 80 per cent" begins with its number.
            let governs = matches!(
                &*word.lower,
                "for" | "about" | "over" | "against" | "into" | "on" | "from" | "at" | "under" | "between"
            ) && line.kind(at + 1) != Some(WordKind::Number);
            !word.is_surely_verb()
                && !governs
                && !matches!(
                    &*word.lower,
                    "to" | "as"
                        | "by"
                        | "of"
                        | "with"
                        | "up"
                        | "out"
                        | "him"
                        | "them"
                        | "me"
                        | "us"
                        | "himself"
                        | "herself"
                        | "itself"
                        | "myself"
                        | "yourself"
                        | "ourselves"
                        | "themselves"
                        | "and"
                        | "or"
                        | "but"
                        | "who"
                        | "which"
                        | "so"
                )
        }
        WordKind::Number | WordKind::Symbol => true,
        WordKind::Quote(_) => true,
        _ => false,
    }
}

/// The place of the first finite verb of a clause that begins at `start`, if there is one before the next strong break.
pub(super) fn clause_at(line: &Words<'_>, start: usize) -> Option<usize> {
    for idx in start + 1..line.len().min(start + 30) {
        let word = &line.items[idx];
        match word.kind {
            WordKind::Semicolon | WordKind::Colon | WordKind::Stop => return None,
            WordKind::Comma if matches!(line.lower(idx + 1), "and" | "but" | "while") => return None,
            // "claimed privilege over the material, saying it was": the verb belongs to what was added.
            WordKind::Comma if line.lower(idx + 1).ends_with("ing") && line.items[idx + 1].cue.is_some() => {
                return None;
            }
            WordKind::Word => {
                if word.is_surely_verb() || is_likely_verb(line, idx) {
                    // "claimed responsibility for the attack and threatened more": said of the speaker.
                    let mut before = idx - 1;
                    while before > start && (line.is_adverb(before) || line.has(before, WordClasses::AUXILIARY)) {
                        before -= 1;
                    }
                    return (!matches!(line.lower(before), "and" | "or" | "but")).then_some(idx);
                }
                if matches!(&*word.lower, "who" | "which" | "because" | "when" | "while" | "whether") {
                    return None;
                }
                // "feel shame for what they did, or there is resentment": another clause begins.
                if matches!(&*word.lower, "or" | "and") && matches!(line.lower(idx + 1), "there" | "they" | "it" | "we")
                {
                    return None;
                }
            }
            _ => {}
        }
    }
    // "it's", "they're".
    (line.items.get(start)?.lower.contains('\'') && line.has(start, WordClasses::AUXILIARY)).then_some(start)
}

/// A past or third-person form after something that can be a subject.
pub(crate) fn is_likely_verb(line: &Words<'_>, idx: usize) -> bool {
    let word = &line.items[idx];
    if idx == 0
        || !word.is_word()
        || word.is_capitalised()
        || word.classes.is_closed()
        || line.has(idx - 1, WordClasses::DETERMINER | WordClasses::PREPOSITION)
            && !line.has(idx - 1, WordClasses::PRONOUN)
    {
        return false;
    }
    if !(word.lower.ends_with('s') || word.lower.ends_with("ed") || word.classes.is_empty()) {
        return false;
    }
    let verb = word.can_be_finite();
    // "plans", "rates" are nouns more often; a name or a pronoun before them decides.
    verb && (!word.pos().contains(Pos::Noun)
        || line.has(idx - 1, WordClasses::SUBJECT_PRONOUN)
        || line.items[idx - 1].is_capitalised()
        || line.lower(idx - 1).ends_with("ly"))
}

/// Where a content ends that begins at `from`: at the end of the line, at a semicolon, or where the next clause turns to another speaker.
pub(super) fn content_end(line: &Words<'_>, from: usize) -> usize {
    let mut end = line.len();
    for idx in from..line.len() {
        if line.kind(idx) == Some(WordKind::Semicolon) && idx > from + 1 {
            end = idx;
            break;
        }
        if line.kind(idx) == Some(WordKind::Comma)
            && matches!(line.lower(idx + 1), "while" | "but" | "although" | "though" | "adding")
            && idx > from + 2
        {
            end = idx;
            break;
        }
        if line.kind(idx) == Some(WordKind::Comma) && line.lower(idx + 1) == "according" {
            end = idx;
            break;
        }
    }
    end.max(from)
}

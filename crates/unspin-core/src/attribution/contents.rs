//! What is said: the words before, after or around the clause of source and cue.

use std::ops::Range;

use unspin_english::{Pos, WordClasses};

use super::Order;
use super::clauses::is_speech;
use super::cues::{Cue, CueKind, Loaded};
use super::kinds::is_person;
use super::shapes::appositive_follows;
use super::source::{Source, SourceKind};
use super::spans::{clause_at, clause_begins, content_end, is_likely_verb, skip_adjuncts, skip_object};
use super::words::{WordKind, Words};

/// Where a clause stands in its line, in words.
pub(super) struct Place {
    /// The first word of source and cue together.
    pub(super) clause_start: usize,
    /// The first word after them.
    pub(super) after: usize,
    pub(super) inverted: bool,
}

pub(super) struct Contents {
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) order: Order,
}

impl Contents {
    pub(super) fn one(range: Range<usize>, order: Order) -> Contents {
        Contents { ranges: std::iter::once(range).collect(), order }
    }
}

/// What is said: before, after or around the clause of source and cue.
pub(super) fn contents(line: &Words<'_>, place: &Place, cue: Cue, gerund: bool) -> Option<Contents> {
    let &Place { clause_start, mut after, inverted } = place;
    let source_first = !inverted;
    // An apposition of an inverted source: "said Rah, a former diplomat".
    let mut apposition_end = after;
    if inverted
        && line.kind(after) == Some(WordKind::Comma)
        && (appositive_follows(line, after + 1)
            || line
                .items
                .get(after + 1)
                .is_some_and(|word| word.is_word() && !word.is_capitalised() && is_person(&word.lower)))
    {
        apposition_end = (after + 1..line.len())
            .find(|&idx| matches!(line.kind(idx), Some(WordKind::Quote(_) | WordKind::Stop)))
            .unwrap_or(line.len());
        after = apposition_end;
    }
    if cue.kind == CueKind::Tell && source_first {
        let object_end = skip_object(line, after);
        // "can tell if he likes children": no telling without somebody who is told.
        if object_end == after && matches!(line.lower(after), "if" | "whether" | "what" | "how" | "why") {
            return None;
        }
        after = object_end;
    } else if source_first
        && line.lower(after) == "to"
        && matches!(
            cue.lemma,
            "say"
                | "announce"
                | "admit"
                | "explain"
                | "write"
                | "complain"
                | "report"
                | "reveal"
                | "confess"
                | "suggest"
        )
    {
        let skipped = skip_object(line, after + 1);
        if line.lower(skipped) == "that" || is_speech(line, skipped) {
            after = skipped;
        }
    }
    let adjuncts_end = skip_adjuncts(line, after);
    // "learn how to work": a skill is no claim.
    if matches!(line.lower(after), "how" | "what" | "where" | "when") && line.lower(after + 1) == "to" {
        return None;
    }
    // "have agreed to limit flights", "hoping to win": an intention, and "found out": news to them.
    let intends = line.lower(after) == "to"
        && matches!(
            cue.lemma,
            "agree"
                | "hope"
                | "wish"
                | "promise"
                | "vow"
                | "pledge"
                | "propose"
                | "demand"
                | "decide"
                | "expect"
                | "plead"
        )
        && line.items.get(after + 1).is_some_and(|next| next.is_word() && next.possible().contains(Pos::Verb));
    // "claim responsibility", "claims victims": another sense.
    let takes = cue.lemma == "claim"
        && (after..line.len().min(after + 4)).any(|idx| {
            matches!(
                line.lower(idx),
                "responsibility"
                    | "victims"
                    | "lives"
                    | "credit"
                    | "victory"
                    | "title"
                    | "asylum"
                    | "win"
                    | "compensation"
            )
        });
    // "maintained a prosperous food system".
    let keeps = cue.lemma == "maintain" && line.has(after, WordClasses::ARTICLE | WordClasses::POSSESSIVE);
    let learns = takes || keeps || cue.lemma == "find" && after > 0 && line.lower(after - 1) == "out";
    if source_first && (intends || learns) {
        return None;
    }
    // "arguing over the funding": a quarrel.
    if cue.lemma == "argue" && matches!(line.lower(after), "over" | "about" | "with") {
        return None;
    }
    let mut directly = None;
    // "And, says Dr Cuthbertson, the firm's chief scientist, the trial went well": all that is said comes after.
    if inverted
        && clause_start <= 2
        && !(0..clause_start).any(|idx| matches!(line.kind(idx), Some(WordKind::Quote(_))))
        && let Some(from) = (place.after..line.len().min(place.after + 14))
            .filter(|&idx| line.kind(idx) == Some(WordKind::Comma))
            .find(|&comma| !appositive_follows(line, comma + 1) && clause_at(line, comma + 1).is_some())
    {
        return Some(Contents::one(from + 1..content_end(line, from + 1), Order::CueSourceContent));
    }
    for at in [after, adjuncts_end] {
        let mut at = at;
        if matches!(line.kind(at), Some(WordKind::Comma | WordKind::Colon | WordKind::Dash)) && is_speech(line, at + 1)
        {
            at += 1;
        }
        let that = line.lower(at) == "that" && (at + 2 < line.len() || is_speech(line, at + 1))
            || at + 2 < line.len()
                && (matches!(cue.kind, CueKind::Ask | CueKind::Say | CueKind::Tell | CueKind::Show | CueKind::Think)
                    && matches!(line.lower(at), "how" | "why" | "whether" | "if" | "what" | "where" | "when")
                    && !(matches!(line.lower(at), "when" | "if" | "where") && cue.kind != CueKind::Ask)
                    && !inverted);
        let colon = line.kind(at) == Some(WordKind::Colon) && at + 2 < line.len();
        if is_speech(line, at) || that || colon {
            directly = Some(at + usize::from(line.lower(at) == "that") + usize::from(colon));
            break;
        }
        // "a stunt that critics say would add to the problem": the clause has lost its subject.
        let gap = source_first
            && cue.strong
            && clause_start > 0
            && matches!(line.lower(clause_start - 1), "that" | "which" | "who")
            && line.items.get(at).is_some_and(|word| {
                word.is_surely_verb()
                    || (word.is_word() && word.classes.is_empty() && word.possible().contains(Pos::Verb))
            });
        // "put the price at 3 billion".
        let price = cue.lemma == "put"
            && (at..line.len().min(at + 8)).any(|idx| {
                line.lower(idx) == "at" && matches!(line.kind(idx + 1), Some(WordKind::Number | WordKind::Symbol))
            });
        // "say, in theory, it should": an insertion between commas.
        if source_first
            && line.kind(at) == Some(WordKind::Comma)
            && let Some(comma) = (at + 1..line.len().min(at + 6)).find(|&idx| line.kind(idx) == Some(WordKind::Comma))
            && comma > at + 1
            && cue.strong
            && line.has(at + 1, WordClasses::PREPOSITION | WordClasses::ADVERB)
            && clause_at(line, comma + 1).is_some()
        {
            directly = Some(comma + 1);
            break;
        }
        // "He says, if that happens, …".
        let loose = source_first
            && cue.lemma == "say"
            && clause_start <= 1
            && line.kind(at) == Some(WordKind::Comma)
            && line.len() - at > 7
            && clause_at(line, at + 1).is_some();
        if loose {
            directly = Some(at + 1);
            break;
        }
        // "First, she says, the drug …": the clause of source and cue stands between commas, before all that is said.
        let inserted = source_first
            && cue.strong
            && matches!(cue.kind, CueKind::Say | CueKind::Think)
            && (1..4).contains(&clause_start.saturating_sub(1))
            && line.kind(clause_start - 1) == Some(WordKind::Comma)
            && !(0..clause_start).any(|idx| line.items[idx].is_surely_verb())
            && line.kind(at) == Some(WordKind::Comma)
            && clause_at(line, at + 1).is_some();
        if inserted {
            directly = Some(at + 1);
            break;
        }
        if gap || price {
            directly = Some(at);
            break;
        }
        if cue.loaded == Loaded::Attacks && !inverted && at == after && at < line.len() && takes_to_task(line, at) {
            directly = Some(at);
            break;
        }
        // Without "that": a clause with a verb of its own.
        if !inverted
            && cue.kind != CueKind::Ask
            && cue.loaded != Loaded::Attacks
            && !needs_that(cue)
            && at < line.len()
            && clause_begins(line, at)
        {
            let enough = clause_at(line, at).is_some()
                || (cue.lemma == "say"
                    && at == after
                    && line.len() - at >= 4
                    && !line.has(at, WordClasses::PREPOSITION));
            if enough {
                directly = Some(at);
                break;
            }
        }
    }
    let before_end = {
        let mut end = clause_start;
        while end > 0
            && (matches!(line.kind(end - 1), Some(WordKind::Comma | WordKind::Dash))
                || matches!(line.lower(end - 1), "as" | "so" | "while"))
        {
            end -= 1;
        }
        end
    };
    let separated = before_end < clause_start
        || (clause_start > 0 && matches!(line.kind(clause_start - 1), Some(WordKind::Quote(_) | WordKind::Stop)));
    let quote_before = before_end > 0 && is_speech(line, before_end - 1);
    let clause_before = quote_before
        || (separated
            && before_end >= 2
            && cue_can_close(cue)
            && (before_end >= 4
                || (0..before_end).any(|idx| line.items[idx].is_surely_verb() || is_likely_verb(line, idx))));
    let mut ranges = Vec::new();
    let ends_here = {
        let rest = adjuncts_end.max(apposition_end);
        rest >= line.len()
            || matches!(
                line.kind(rest),
                Some(
                    WordKind::Stop
                        | WordKind::Semicolon
                        | WordKind::Comma
                        | WordKind::Dash
                        | WordKind::Bracket
                        | WordKind::Colon
                )
            )
            || is_speech(line, rest)
            || (matches!(
                line.lower(rest),
                "and"
                    | "but"
                    | "when"
                    | "as"
                    | "after"
                    | "in"
                    | "at"
                    | "during"
                    | "while"
                    | "with"
                    | "of"
                    | "about"
                    | "on"
                    | "by"
            ))
    };
    match directly {
        Some(from) if !quote_before || is_speech(line, from) || !ends_here => {
            if quote_before && is_speech(line, from) {
                ranges.push(before_range(line, before_end));
            }
            ranges.push(from..content_end(line, from));
            let order = if quote_before {
                Order::ContentSourceCue
            } else if inverted {
                Order::CueSourceContent
            } else {
                Order::SourceCueContent
            };
            Some(Contents { ranges, order })
        }
        _ if gerund => None,
        _ if clause_before && (ends_here || inverted) => {
            if quote_before
                || cue.strong
                || inverted
                || matches!(cue.lemma, "find" | "show" | "indicate" | "rule" | "decide")
            {
                ranges.push(before_range(line, before_end));
            } else {
                return None;
            }
            // "X, he said, Y": the content goes on.
            let resume = adjuncts_end.max(apposition_end);
            if line.kind(resume) == Some(WordKind::Comma) && resume + 1 < line.len() {
                let from = resume + 1;
                let goes_on = is_speech(line, from)
                    || (!quote_before
                        && !matches!(
                            line.lower(from),
                            "adding" | "and" | "but" | "who" | "which" | "as" | "saying" | "while"
                        )
                        && line.len() - from > 2);
                if goes_on {
                    ranges.push(from..content_end(line, from));
                }
            } else if is_speech(line, resume + usize::from(matches!(line.kind(resume), Some(WordKind::Stop)))) {
                ranges.push(resume..content_end(line, resume));
            }
            Some(Contents { ranges, order: if inverted { Order::ContentCueSource } else { Order::ContentSourceCue } })
        }
        _ => None,
    }
}

/// What a crowd expects, rejects or takes something for needs no clause: "analysts expect a profit", "many regard him as the founder".
pub(super) fn stance(line: &Words<'_>, place: &Place, cue: Cue, source: &Source) -> Option<Contents> {
    let next = line.items.get(place.after)?;
    let object = next.is_word() && !next.classes.has(WordClasses::PREPOSITION) && !next.is_surely_verb()
        || next.kind == WordKind::Number
        || next.kind == WordKind::Symbol;
    // "Surveys have shown more than 4,000 mice per hectare": a document and what it counted.
    let counts = matches!(cue.lemma, "show" | "find" | "reveal" | "indicate" | "suggest" | "estimate")
        && !place.inverted
        && object
        && (source.kind == SourceKind::Document
            || (source.kind == SourceKind::Crowd && !source.person)
            || (source.kind == SourceKind::Definite && cue.lemma == "find"))
        && (place.after..line.len().min(place.after + 8)).any(|idx| {
            line.kind(idx) == Some(WordKind::Number)
                || matches!(
                    line.lower(idx),
                    "rise" | "fall" | "increase" | "decline" | "drop" | "link" | "gap" | "jump"
                )
        });
    if counts {
        return Some(Contents::one(place.after..content_end(line, place.after), Order::SourceCueContent));
    }
    if source.kind != SourceKind::Crowd || place.inverted || !object {
        return None;
    }
    let vague = line.items.iter().any(|word| {
        word.range.start == source.range.start
            && matches!(
                &*word.lower,
                "some" | "many" | "most" | "several" | "few" | "others" | "critics" | "opponents" | "observers"
            )
    });
    let takes_object = matches!(cue.lemma, "expect" | "predict" | "forecast" | "foresee")
        || (matches!(cue.lemma, "reject" | "dispute" | "question" | "doubt") && (vague || source.person));
    let takes_as = matches!(cue.lemma, "regard" | "view" | "see" | "describe" | "consider")
        && ((cue.lemma == "consider" && next.classes.has(WordClasses::DETERMINER | WordClasses::OBJECT_PRONOUN))
            || (place.after..line.len().min(place.after + 9)).any(|idx| line.lower(idx) == "as"));
    (takes_object || takes_as)
        .then(|| Contents::one(place.after..content_end(line, place.after), Order::SourceCueContent))
}

/// "blasted the report", "slammed Microsoft"; not "slammed into the comet", "blasts could be heard".
fn takes_to_task(line: &Words<'_>, at: usize) -> bool {
    line.items.get(at).is_some_and(|word| match word.kind {
        WordKind::Word => {
            !word.is_surely_verb()
                && !word.classes.has(WordClasses::AUXILIARY)
                && (word.is_capitalised()
                    || word
                        .classes
                        .has(WordClasses::DETERMINER | WordClasses::OBJECT_PRONOUN | WordClasses::POSSESSIVE))
        }
        _ => false,
    })
}

/// Verbs that take a plain object so often that only "that" or a quotation makes them cues.
fn needs_that(cue: Cue) -> bool {
    matches!(
        cue.lemma,
        "continue"
            | "see"
            | "hear"
            | "observe"
            | "write"
            | "publish"
            | "learn"
            | "decide"
            | "add"
            | "blog"
            | "post"
            | "interpret"
            | "put"
            | "regard"
            | "view"
            | "reject"
            | "dispute"
            | "reflect"
            | "prove"
            | "establish"
            | "repeat"
            | "detail"
            | "cite"
            | "read"
            | "outline"
            | "describe"
            | "teach"
            | "clarify"
            | "consider"
            | "remember"
            | "determine"
            | "submit"
            | "accept"
            | "preach"
            | "broadcast"
            | "advertise"
    )
}

fn cue_can_close(cue: Cue) -> bool {
    cue.strong || matches!(cue.kind, CueKind::Say | CueKind::Ask | CueKind::Show)
}

/// What stands before the clause: the quotation next to it with all that leads up to it.
fn before_range(line: &Words<'_>, end: usize) -> Range<usize> {
    let mut start = 0;
    // "But, he said": a conjunction is no content.
    while start < end && matches!(line.kind(start), Some(WordKind::Stop | WordKind::Comma | WordKind::Dash)) {
        start += 1;
    }
    start..end
}

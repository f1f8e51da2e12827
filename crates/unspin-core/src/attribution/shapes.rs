//! What is known by its shape alone: "according to", "for X,", a verb of no list before a clause or a quotation, a noun of saying.

use std::ops::Range;

use unspin_english::{Pos, WordClasses};

use super::clauses::{VerbGroup, attribution, is_speech, main_subject, speaks};
use super::contents::{Contents, Place, contents};
use super::cues::{Cue, CueKind};
use super::kinds::is_month_or_day;
use super::noun_phrase::{self, Found};
use super::source::{SourceKind, is_name};
use super::spans::{clause_at, content_end};
use super::words::{WordKind, Words};
use super::{Attribution, Order};

pub(super) fn according(line: &Words<'_>, start: usize, source_from: usize) -> Option<Attribution> {
    let found = noun_phrase::after(line, source_from)?;
    // "according to the rules", "according to plan": a measure, not a source.
    if found.source.kind == SourceKind::Definite && !found.source.speaks {
        return None;
    }
    let mut ranges = Vec::new();
    let leads = start == 0 || matches!(line.lower(start - 1), "and" | "but" | "that");
    if leads {
        let mut from = found.words.end;
        if line.kind(from) == Some(WordKind::Comma) {
            from += 1;
        } else if let Some(comma) = (from..line.len()).find(|&idx| line.kind(idx) == Some(WordKind::Comma)) {
            from = comma + 1;
        }
        ranges.push(from..content_end(line, from));
    } else {
        let mut end = start;
        while end > 0 && matches!(line.kind(end - 1), Some(WordKind::Comma | WordKind::Dash)) {
            end -= 1;
        }
        ranges.push(0..end);
        if line.kind(found.words.end) == Some(WordKind::Comma)
            && found.words.end + 3 < line.len()
            && start + 1 < line.len()
            && line.kind(start - 1) == Some(WordKind::Comma)
            && !appositive_follows(line, found.words.end + 1)
        {
            ranges.push(found.words.end + 1..content_end(line, found.words.end + 1));
        }
    }
    let cue = Cue::plain(CueKind::According, "according to");
    let order = if leads { Order::CueSourceContent } else { Order::ContentCueSource };
    Some(attribution(line, found.source, start..source_from, cue, Contents { ranges, order }, false))
}

pub(super) fn appositive_follows(line: &Words<'_>, at: usize) -> bool {
    matches!(
        line.lower(at),
        "a" | "an" | "the" | "who" | "which" | "whose" | "head" | "chief" | "director" | "president" | "professor"
    )
}

/// "For Chomsky, …": a name and nothing else before the comma.
pub(super) fn for_somebody(line: &Words<'_>) -> Option<Attribution> {
    let comma = (1..line.len().min(8)).find(|&idx| line.kind(idx) == Some(WordKind::Comma))?;
    let named = (1..comma).all(|idx| is_name(line, idx))
        && comma > 1
        && !(1..comma).any(|idx| is_month_or_day(line.lower(idx)));
    if !named {
        return None;
    }
    let found = noun_phrase::after(line, 1)?;
    if found.source.kind != SourceKind::NamedPerson {
        return None;
    }
    let cue = Cue::plain(CueKind::According, "for");
    let contents = Contents::one(comma + 1..content_end(line, comma + 1), Order::CueSourceContent);
    Some(attribution(line, found.source, 0..1, cue, contents, false))
}

/// A verb of no list with a clause that begins with "that", or a name next to a quotation: the shape is enough.
pub(super) fn by_shape(line: &Words<'_>, idx: usize) -> Option<Attribution> {
    let word = &line.items[idx];
    let that = line.lower(idx + 1) == "that" && (clause_at(line, idx + 2).is_some() || is_speech(line, idx + 2));
    let quote_after = matches!(line.kind(idx + 1), Some(WordKind::Comma | WordKind::Colon)) && is_speech(line, idx + 2);
    let quote_before = idx > 0
        && (is_speech(line, idx - 1)
            || (matches!(line.kind(idx - 1), Some(WordKind::Comma)) && idx > 1 && is_speech(line, idx - 2)));
    if !(that || quote_after || quote_before) || word.is_capitalised() || word.classes.is_closed() {
        return None;
    }
    if !word.can_be_finite() || is_described_noun(line, idx) {
        return None;
    }
    let auxiliary = idx > 0 && line.has(idx - 1, WordClasses::BE);
    if auxiliary {
        return None;
    }
    let mut start = idx;
    while start > 0 && (line.has(start - 1, WordClasses::HAVE) || line.is_adverb(start - 1)) {
        start -= 1;
    }
    let group = VerbGroup { words: start..idx + 1, negative: false, passive: false, finite: true, gerund: false };
    let subject = noun_phrase::before(line, 0, start);
    let (found, inverted) = match subject {
        Some(found) => (found, false),
        None if quote_before => (noun_phrase::after(line, idx + 1)?, true),
        None => return None,
    };
    // "Some badges that": the quantifier belongs to the noun.
    let counted = !inverted && found.words.len() == 1 && found.source.kind == SourceKind::Crowd;
    if !can_speak(line, &found) || (counted && word.possible().contains(Pos::Noun)) {
        return None;
    }
    let after = if inverted { found.words.end } else { idx + 1 };
    let clause_start = if inverted { start } else { found.words.start };
    let cue = Cue::plain(CueKind::Other, "");
    let contents = contents(line, &Place { clause_start, after, inverted }, cue, false)?;
    Some(attribution(line, found.source, group.words, cue, contents, false))
}

/// "under the absurd pretext that": a noun with its adjective.
fn is_described_noun(line: &Words<'_>, idx: usize) -> bool {
    line.items[idx].possible().contains(Pos::Noun)
        && (1..=2).any(|back| {
            idx.checked_sub(back).is_some_and(|at| {
                line.has(at, WordClasses::ARTICLE | WordClasses::POSSESSIVE | WordClasses::DEMONSTRATIVE)
                    && (at + 1..idx).all(|between| line.items[between].pos().contains(Pos::Adjective))
            })
        })
}

/// "came to the conclusion that", "expressed the hope that": the noun says it, the verb before it who.
pub(super) fn by_noun(line: &Words<'_>, noun: usize) -> Option<Attribution> {
    if line.lower(noun + 1) != "that" || clause_at(line, noun + 2).is_none() {
        return None;
    }
    let mut verb = noun.checked_sub(1)?;
    while verb > 0
        && (line.has(verb, WordClasses::ARTICLE | WordClasses::QUANTIFIER | WordClasses::POSSESSIVE)
            || line.items[verb].pos().contains(Pos::Adjective) && line.items[verb].cue.is_none()
            || (line.lower(verb) == "to" && matches!(line.lower(verb - 1), "came" | "come" | "comes")))
    {
        verb -= 1;
    }
    if !matches!(
        line.lower(verb),
        "came"
            | "comes"
            | "expressed"
            | "expresses"
            | "voiced"
            | "reached"
            | "made"
            | "makes"
            | "raised"
            | "issued"
            | "repeated"
            | "reiterated"
            | "put"
            | "gave"
            | "advanced"
            | "stated"
    ) {
        return None;
    }
    let mut start = verb;
    while start > 0 && (line.has(start - 1, WordClasses::HAVE) || line.is_adverb(start - 1)) {
        start -= 1;
    }
    let found = match line.lower(start.wrapping_sub(1)) {
        "and" | "but" => main_subject(line, start - 1),
        _ => noun_phrase::before(line, 0, start),
    }?;
    if !can_speak(line, &found) {
        return None;
    }
    let from = noun + 2;
    let contents = Contents::one(from..content_end(line, from), Order::SourceCueContent);
    Some(attribution(line, found.source, start..noun + 1, Cue::plain(CueKind::Other, ""), contents, false))
}

/// Nouns of saying and thinking that take a clause with "that".
pub(super) fn is_noun_of_saying(lower: &str) -> bool {
    matches!(
        lower,
        "conclusion"
            | "opinion"
            | "view"
            | "belief"
            | "hope"
            | "fear"
            | "fears"
            | "concern"
            | "concerns"
            | "claim"
            | "claims"
            | "point"
            | "argument"
            | "allegation"
            | "accusation"
            | "suspicion"
            | "doubt"
            | "warning"
            | "statement"
    )
}

/// "Obama tweeted from his account:", "Krog shook her head: “Not while I am here.”": whoever acts before a colon speaks after it.
pub(super) fn before_colon(line: &Words<'_>) -> Option<Attribution> {
    let colon = (1..line.len()).find(|&idx| line.kind(idx) == Some(WordKind::Colon))?;
    let at_end = colon + 1 == line.len();
    if !(at_end || is_speech(line, colon + 1)) || line.quoted {
        return None;
    }
    let verb = (1..colon).find(|&idx| {
        let word = &line.items[idx];
        word.is_surely_verb()
            || word.cue.is_some_and(|cue| cue.is_past() || cue.is_third_person())
            || (word.is_word() && !word.is_capitalised() && word.lower.ends_with("ed") && word.can_be_finite())
    })?;
    // At the end of the paragraph the quotation is still to come: only a verb of saying promises one.
    let promises =
        line.items[verb].cue.is_some_and(|cue| matches!(cue.kind, CueKind::Say | CueKind::Tell | CueKind::Ask));
    if at_end && !promises {
        return None;
    }
    // "dubbed it: “…”", "examples, including: “…”": a name, a list.
    if matches!(line.lower(verb), "dubbed" | "called" | "named" | "titled" | "entitled" | "listed")
        || matches!(line.lower(colon - 1), "including" | "follows" | "are" | "is" | "was" | "were")
    {
        return None;
    }
    let found = main_subject(line, verb + 1)?;
    if found.words.end > verb || !can_speak(line, &found) {
        return None;
    }
    let ranges: Vec<Range<usize>> = if at_end { Vec::new() } else { std::iter::once(colon + 1..line.len()).collect() };
    let cue = line.items[verb].cue.unwrap_or(Cue::plain(CueKind::Other, ""));
    Some(attribution(
        line,
        found.source,
        verb..verb + 1,
        cue,
        Contents { ranges, order: Order::SourceCueContent },
        false,
    ))
}

fn can_speak(line: &Words<'_>, found: &Found) -> bool {
    let kind = found.source.kind;
    kind.is_named()
        || matches!(kind, SourceKind::Crowd | SourceKind::Anonymous | SourceKind::Author)
        || (kind == SourceKind::Definite && speaks(line, found))
}

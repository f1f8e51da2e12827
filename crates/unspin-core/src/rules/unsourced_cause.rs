//! The rule `unsourced-cause`: why something happened, in the author's voice, when it could be disputed.

use unspin_english::WordClasses;

use super::{Family, Rule};
use crate::attribution::{WordKind, Words};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, Hit, HitKind, unsourced};
use crate::config::RuleLevel;

pub(super) static RULE: Rule = Rule {
    name: "unsourced-cause",
    family: Family::Claim,
    page: include_str!("unsourced_cause.md"),
    level: RuleLevel::Off,
};

/// The cause is underlined with its words, at most so many.
const CAUSE_WORDS_MAX: usize = 10;

pub(super) fn find(line: &Words<'_>, hits: &mut Vec<Hit>) {
    for idx in 0..line.len() {
        if line.kind(idx) != Some(WordKind::Word) {
            continue;
        }
        let Some((start, end, with_cause)) = cause_at(line, idx) else { continue };
        let end = if with_cause { cause_end(line, end) } else { end };
        hits.push(Hit { kind: HitKind::Cause, sentence: line.sentence, range: line.range(start..end) });
    }
}

/// First and last word of the causing words, and whether the cause follows.
fn cause_at(line: &Words<'_>, idx: usize) -> Option<(usize, usize, bool)> {
    let auxiliary = idx > 0 && line.has(idx - 1, WordClasses::HAVE);
    let finite_start = idx - usize::from(auxiliary);
    match line.lower(idx) {
        "because" if line.lower(idx + 1) == "of" && !in_view(line, idx + 2) => Some((idx, idx + 2, true)),
        "as" if line.reads(idx, "as a result of") || line.reads(idx, "as a consequence of") => {
            Some((idx, idx + 4, true))
        }
        "thanks" if line.lower(idx + 1) == "to" => Some((idx, idx + 2, true)),
        "due"
            if line.lower(idx + 1) == "to"
                && line.lower(idx.wrapping_sub(1)) != "be"
                && !in_view(line, idx + 2)
                && !line.has(idx + 2, WordClasses::BE)
                && !is_due_date(line, idx) =>
        {
            Some((idx, idx + 2, true))
        }
        "reacting" if line.lower(idx + 1) == "to" => Some((idx, idx + 2, true)),
        "led" if line.lower(idx + 1) == "to" && !is_led_person(line, idx) => Some((finite_start, idx + 2, false)),
        "driven" | "fuelled" | "fueled" | "sparked" | "triggered" | "prompted" if line.lower(idx + 1) == "by" => {
            Some((idx, idx + 2, true))
        }
        "fuelled" | "fueled" | "sparked" | "triggered"
            if idx > 0
                && !line.has(idx - 1, WordClasses::BE | WordClasses::DETERMINER)
                && !line.has(idx + 1, WordClasses::PREPOSITION) =>
        {
            Some((finite_start, idx + 1, false))
        }
        "is" | "are" | "was" | "were" if line.reads(idx + 1, "to blame for") => Some((idx, idx + 4, false)),
        _ => None,
    }
}

/// "was led to the door", "the team led to".
fn is_led_person(line: &Words<'_>, idx: usize) -> bool {
    idx > 0 && line.has(idx - 1, WordClasses::BE)
}

/// "is due to open": a date, not a cause.
fn is_due_date(line: &Words<'_>, idx: usize) -> bool {
    let next = line.items.get(idx + 2);
    next.is_some_and(|word| {
        word.is_word()
            && !word.classes.has(WordClasses::DETERMINER)
            && word.pos().contains(unspin_english::Pos::Verb)
            && !word.pos().contains(unspin_english::Pos::Adjective)
            && !word.lower.ends_with("ing")
            && !word.lower.ends_with('s')
    })
}

/// E11: weather and the like stand before everybody's eyes.
fn in_view(line: &Words<'_>, from: usize) -> bool {
    (from..from + 4).any(|at| {
        matches!(
            line.lower(at),
            "snow"
                | "rain"
                | "ice"
                | "fog"
                | "wind"
                | "winds"
                | "weather"
                | "storm"
                | "flooding"
                | "injury"
                | "illness"
                | "age"
                | "concern"
                | "concerns"
                | "conditions"
                | "drought"
                | "death"
        )
    })
}

fn cause_end(line: &Words<'_>, from: usize) -> usize {
    let mut at = from;
    while at < line.len().min(from + CAUSE_WORDS_MAX)
        && matches!(line.kind(at), Some(WordKind::Word | WordKind::Number | WordKind::Symbol))
        && !matches!(line.lower(at), "which" | "who" | "and" | "but")
    {
        at += 1;
    }
    at
}

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for (place, hit) in unsourced(cx, HitKind::Cause) {
        let block = cx.block(place);
        findings.add(Finding {
            rule: &RULE,
            place,
            range: hit.range.clone(),
            covers: Vec::new(),
            message: "Who says that this is the cause?".to_owned(),
            note: "no source for the cause in this sentence or next to it".to_owned(),
            field: Default::default(),
            fixes: fixes::attribute(cx, block, place),
        });
    }
}

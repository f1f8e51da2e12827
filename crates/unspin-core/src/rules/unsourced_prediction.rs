//! The rule `unsourced-prediction`: what will happen, in the author's voice, when nobody can know it.

use unspin_english::WordClasses;

use super::{Family, Rule};
use crate::attribution::{WordKind, Words, is_month_or_day};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, Hit, HitKind, unsourced};
use crate::config::RuleLevel;

pub(super) static RULE: Rule = Rule {
    name: "unsourced-prediction",
    family: Family::Claim,
    page: include_str!("unsourced_prediction.md"),
    level: RuleLevel::Off,
};

pub(super) fn find(line: &Words<'_>, hits: &mut Vec<Hit>) {
    let before = hits.len();
    for idx in 0..line.len() {
        if line.kind(idx) != Some(WordKind::Word) {
            continue;
        }
        if let Some(end) = prediction_end(line, idx) {
            hits.push(Hit { kind: HitKind::Prediction, sentence: line.sentence, range: line.range(idx..end) });
        }
    }
    // Asked last: few sentences predict anything.
    if before < hits.len() && is_plan(line) {
        hits.truncate(before);
    }
}

fn prediction_end(line: &Words<'_>, idx: usize) -> Option<usize> {
    match line.lower(idx) {
        "will" => {
            let mut at = idx + 1;
            while line.is_adverb(at) {
                at += 1;
            }
            is_outcome(line.lower(at)).then_some(at + 1)
        }
        "is" | "are" | "looks" | "seems" | "appears" => {
            let mut at = idx + 1;
            while line.is_adverb(at) || matches!(line.lower(at), "almost" | "very") {
                at += 1;
            }
            if matches!(line.lower(at), "set" | "bound" | "likely" | "doomed" | "destined" | "certain" | "sure")
                && line.lower(at + 1) == "to"
            {
                let verb = line.lower(at + 2);
                let planned = line.lower(at) == "set" && !is_outcome(verb);
                return (!planned && !line.has(at + 2, WordClasses::DETERMINER)).then_some(at + 3);
            }
            (line.lower(at) == "inevitable").then_some(at + 1 + usize::from(line.lower(at + 1) == "that"))
        }
        _ => None,
    }
}

/// Verbs of what comes about by itself or to everybody; what somebody announces to do is a plan.
fn is_outcome(verb: &str) -> bool {
    matches!(
        verb,
        "cripple"
            | "soar"
            | "collapse"
            | "fail"
            | "rise"
            | "fall"
            | "grow"
            | "suffer"
            | "lose"
            | "win"
            | "destroy"
            | "split"
            | "worsen"
            | "boost"
            | "hurt"
            | "dominate"
            | "plunge"
            | "surge"
            | "slump"
            | "shrink"
            | "triple"
            | "slow"
            | "drop"
            | "decline"
            | "orbit"
            | "drift"
            | "crash"
            | "trigger"
            | "spark"
            | "fuel"
            | "cause"
            | "revolutionise"
            | "revolutionize"
            | "disappear"
            | "vanish"
            | "survive"
            | "prove"
            | "ruin"
            | "damage"
            | "harm"
            | "erode"
            | "escalate"
            | "spread"
            | "die"
            | "intensify"
    )
}

/// E14: a law, a deal, a timetable, a purpose; E10: a clock time.
fn is_plan(line: &Words<'_>) -> bool {
    line.items.iter().enumerate().any(|(idx, word)| {
        matches!(
            &*word.lower,
            "law"
                | "bill"
                | "deal"
                | "agreement"
                | "plan"
                | "plans"
                | "planned"
                | "treaty"
                | "programme"
                | "scheme"
                | "if"
                | "unless"
        ) || (word.kind == WordKind::Number
            && idx > 0
            && (matches!(line.lower(idx - 1), "on" | "at")
                || matches!(line.lower(idx + 1), "p.m" | "a.m" | "pm" | "am")))
            || (word.is_word() && is_month_or_day(&word.lower) && word.is_capitalised())
    })
}

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for (place, hit) in unsourced(cx, HitKind::Prediction) {
        if cx.facts(place).conditional {
            continue;
        }
        let block = cx.block(place);
        findings.add(Finding {
            rule: &RULE,
            place,
            range: hit.range.clone(),
            covers: Vec::new(),
            message: "Who predicts this?".to_owned(),
            note: "nobody who predicts in this sentence or next to it".to_owned(),
            field: Default::default(),
            fixes: fixes::attribute(cx, block, place),
        });
    }
}

//! The rule `vague-passive`: a judgement, a name or an accusation hung on nobody. "has been called the best": by whom?

use unspin_english::WordClasses;

use super::{Family, Rule};
use crate::attribution::{WordKind, Words, agent_after};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, Hit, HitKind, Place};
use crate::config::RuleLevel;
use crate::fix::Fix;

pub(super) static RULE: Rule = Rule {
    name: "vague-passive",
    family: Family::Claim,
    page: include_str!("vague_passive.md"),
    level: RuleLevel::Warning,
};

/// Further words than these from the participle an agent belongs to something else.
const AGENT_REACH: usize = 18;

pub(super) fn find(line: &Words<'_>, hits: &mut Vec<Hit>) {
    for idx in 0..line.len() {
        if line.kind(idx) != Some(WordKind::Word)
            || !line.has(idx, WordClasses::BE)
            || line.lower(idx) == "be"
            || idx > 0 && line.has(idx - 1, WordClasses::MODAL)
        {
            continue;
        }
        let mut start = idx;
        while start > 0 && line.has(start - 1, WordClasses::HAVE) && !line.has(start - 1, WordClasses::PRONOUN) {
            start -= 1;
        }
        // "been" is met through its "has"; "being" stands alone or after "is".
        let mut at = idx + 1;
        let mut widely = false;
        while line.has(at, WordClasses::BE) || line.is_adverb(at) || matches!(line.lower(at), "much" | "most" | "best")
        {
            widely |= line.lower(at).ends_with("ly");
            at += 1;
        }
        if idx > start + 2 || (idx > 0 && line.has(idx - 1, WordClasses::BE)) || line.has(at - 1, WordClasses::NEGATION)
        {
            continue;
        }
        let perfect = start < idx;
        let Some(end) = judgement_end(line, at, widely, perfect) else { continue };
        let kind = match agent(line, end) {
            Agent::None => HitKind::Passive,
            Agent::Crowd => HitKind::PassiveByCrowd,
            Agent::Known => continue,
        };
        let range = if kind == HitKind::PassiveByCrowd {
            line.range(start..agent_word(line, end).map_or(end, |by| by + 2).min(line.len()))
        } else {
            line.range(start..end)
        };
        hits.push(Hit { kind, sentence: line.sentence, range });
    }
}

/// Where the underlined words end, if the participle and what follows it judge, name or accuse.
fn judgement_end(line: &Words<'_>, participle: usize, widely: bool, perfect: bool) -> Option<usize> {
    let next = participle + 1;
    let follows = line.lower(next);
    match line.lower(participle) {
        "called" | "labelled" | "labeled" | "branded" | "deemed" | "considered" | "proclaimed" | "declared"
        | "thought" | "believed" => {
            let verb = line.lower(participle);
            if matches!(verb, "thought" | "believed") {
                return None;
            }
            let to_be = matches!(verb, "considered" | "deemed") && follows == "to" && line.lower(next + 1) == "be";
            let complement = if to_be { next + 2 } else { next };
            let article = matches!(line.lower(complement), "the" | "a" | "an" | "one" | "among");
            // "was called the Silk Road": a name, not a judgement.
            let name = article
                && line
                    .items
                    .get(complement + 1)
                    .is_some_and(|word| word.is_word() && word.is_capitalised() && !word.is_acronym());
            let declared = verb == "declared";
            // One word or two in quotation marks are a term.
            let quoted = matches!(line.kind(complement), Some(WordKind::Quote(_)))
                && line.items[complement].text.split_whitespace().count() > 2;
            let judged = (article && !name && !declared)
                || (quoted && verb != "declared")
                || (widely && verb == "considered" && !matches!(follows, "by" | "for" | "in"));
            judged.then_some(next)
        }
        "regarded" | "seen" | "viewed" | "described" | "hailed" | "praised" | "perceived" | "touted" | "heralded"
        | "acclaimed" | "billed" | "condemned" | "denounced" | "lauded" | "derided" | "dismissed" | "characterised"
        | "characterized" | "celebrated" | "cited" | "criticised" | "criticized" | "ridiculed" | "vilified"
        | "blamed" | "faulted" | "slammed"
            if follows == "as" || (follows == "by" && (next + 2..next + 7).any(|at| line.lower(at) == "as")) =>
        {
            Some(next + usize::from(follows == "as"))
        }
        "accused" | "suspected" if follows == "of" => Some(next + 1),
        "criticised" | "criticized" | "praised" | "condemned" | "blamed" | "lauded" | "faulted" | "slammed"
        | "hailed"
            if matches!(follows, "for" | "over") =>
        {
            Some(next + 1)
        }
        "credited" if matches!(follows, "with" | "for") => Some(next + 1),
        "linked" if follows == "to" && (perfect || widely) => Some(next + 1),
        _ => None,
    }
}

enum Agent {
    None,
    Crowd,
    Known,
}

fn agent_word(line: &Words<'_>, from: usize) -> Option<usize> {
    (from..line.len().min(from + AGENT_REACH))
        .take_while(|&idx| !matches!(line.kind(idx), Some(WordKind::Semicolon | WordKind::Stop)))
        .find(|&idx| line.lower(idx) == "by" && !line.lower(idx + 1).ends_with("ing"))
}

/// Who does it, when "by" says so.
fn agent(line: &Words<'_>, from: usize) -> Agent {
    let Some(by) = agent_word(line, from) else { return Agent::None };
    match agent_after(line, by + 1) {
        Some(source) if source.kind == crate::attribution::SourceKind::Crowd => Agent::Crowd,
        _ => Agent::Known,
    }
}

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for place in cx.places() {
        for hit in cx.hits(place).filter(|hit| hit.kind == HitKind::Passive) {
            let facts = cx.facts(place);
            // E1, E6, E16.
            if cx.is_attributed(place, &hit.range) || facts.cited || facts.forum {
                continue;
            }
            let written = cx.text(place, &hit.range);
            findings.add(Finding {
                rule: &RULE,
                place,
                range: hit.range.clone(),
                covers: Vec::new(),
                message: format!("{} by whom?", unspin_english::agree::capitalise_first(participle(written))),
                note: "no “by …” in this sentence".to_owned(),
                confidence: 0.85,
                field: Default::default(),
                fixes: fixes(cx, place, hit),
            });
        }
    }
}

/// "has been widely regarded as" without its auxiliaries: "widely regarded".
fn participle(written: &str) -> &str {
    let mut rest = written;
    while let Some((first, after)) = rest.split_once(' ') {
        if !matches!(
            first.to_lowercase().as_str(),
            "has" | "have" | "had" | "been" | "is" | "are" | "was" | "were" | "being"
        ) {
            break;
        }
        rest = after;
    }
    for last in [" as", " of", " for", " to", " with", " over"] {
        rest = rest.strip_suffix(last).unwrap_or(rest);
    }
    rest
}

fn fixes(cx: &ClaimCx<'_>, place: Place, hit: &Hit) -> Vec<Fix> {
    let block = cx.block(place);
    let written = cx.text(place, &hit.range);
    let mut found = Vec::new();
    // "has been called by [source] the best", "is regarded by [source] as".
    let (head, tail) = match written.rsplit_once(' ') {
        Some((head, tail)) if matches!(tail, "as" | "of" | "for" | "to" | "with" | "over") => (head, tail),
        _ => (written, ""),
    };
    let at = hit.range.start + head.len();
    let _ = tail;
    found.push(fixes::placeholder("Say by whom", fixes::replace(block, at..at, " by [source]")));
    found
}

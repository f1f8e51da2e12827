//! The rule `vague-passive`: a judgement, a name or an accusation hung on nobody. "has been called the best": by whom?

use std::ops::Range;

use unspin_english::{Form, Pos, WordClasses, class_of, inflect, lemma_as};

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

/// A longer subject is not turned into an object.
const SUBJECT_WORDS_MAX: usize = 8;
/// Further words than these from the participle an agent belongs to something else.
const AGENT_REACH: usize = 18;

pub(super) fn find(line: &Words<'_>, hits: &mut Vec<Hit>) {
    for idx in 0..line.len() {
        if line.kind(idx) != Some(WordKind::Word)
            || !line.has(idx, WordClasses::BE)
            || line.lower(idx) == "be"
            || idx > 0 && line.has(idx - 1, WordClasses::MODAL)
            || idx > 0 && line.lower(idx - 1) == "without"
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
        if is_answered(line, start, end) {
            continue;
        }
        let range = line.range(start..end);
        let (kind, range) = match agent(line, end) {
            Agent::None => (HitKind::Passive, range),
            Agent::Crowd(crowd) => (HitKind::PassiveByCrowd, range.start..crowd.end),
            Agent::Known => continue,
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
            if (follows == "as" && !line.reads(next, "as a result"))
                || (follows == "by" && (next + 2..next + 7).any(|at| line.lower(at) == "as")) =>
        {
            Some(next + usize::from(follows == "as"))
        }
        // "suspected of contracting the disease": a diagnosis.
        "suspected" if matches!(line.lower(next + 1), "contracting" | "having" | "carrying") => None,
        "accused" | "suspected" if follows == "of" => Some(next + 1),
        "criticised" | "criticized" | "praised" | "condemned" | "blamed" | "lauded" | "faulted" | "slammed"
        | "hailed"
            if matches!(follows, "for" | "over") =>
        {
            Some(next + 1)
        }
        "recognised" | "recognized" | "remembered"
            if follows == "as" && (widely || matches!(line.lower(next + 1), "one" | "among")) =>
        {
            Some(next + 1)
        }
        "attributed" if follows == "to" && !perfect_name(line, next + 1) => Some(next + 1),
        "credited" if matches!(follows, "with" | "for") => Some(next + 1),
        "linked"
            if follows == "to"
                && (perfect || matches!(line.lower(participle - 1), "widely" | "often" | "commonly")) =>
        {
            Some(next + 1)
        }
        _ => None,
    }
}

/// A painting, a saying or a play "attributed to" a name is catalogued, not explained.
fn perfect_name(line: &Words<'_>, at: usize) -> bool {
    line.items.get(at).is_some_and(|word| word.is_capitalised())
}

/// Where it was said stands behind it ("in a newspaper account"), or the judgement is past ("until now").
fn is_answered(line: &Words<'_>, start: usize, end: usize) -> bool {
    let place = (end..line.len()).any(|idx| {
        matches!(line.lower(idx), "in" | "at" | "during")
            && line.has(idx + 1, WordClasses::DETERMINER)
            && (idx + 2..line.len().min(idx + 6)).any(|at| {
                matches!(
                    line.lower(at),
                    "account"
                        | "report"
                        | "review"
                        | "reviews"
                        | "article"
                        | "letter"
                        | "interview"
                        | "speech"
                        | "study"
                        | "editorial"
                        | "indictment"
                        | "lawsuit"
                        | "statement"
                        | "obituary"
                        | "petition"
                        | "paper"
                )
            })
    });
    let by_rule = (end..line.len()).any(|idx| line.reads(idx, "according to"));
    // “Easy Feelings Unlimited”: a name.
    let named = matches!(line.kind(end), Some(WordKind::Quote(_))) && {
        let words = line.items[end].text.trim_matches(|letter: char| !letter.is_alphanumeric());
        words.split(' ').count() <= 4 && words.split(' ').all(|word| word.starts_with(char::is_uppercase))
    };
    let past = (start..end).any(|idx| matches!(line.lower(idx), "was" | "were" | "had"))
        && (0..start).any(|idx| {
            matches!(line.lower(idx), "previously" | "originally" | "initially" | "formerly")
                || line.reads(idx, "until now")
        });
    place || by_rule || named || past
}

enum Agent {
    None,
    /// Prose bytes of the block.
    Crowd(Range<usize>),
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
        Some(source) if source.kind == crate::attribution::SourceKind::Crowd => Agent::Crowd(source.range),
        _ => Agent::Known,
    }
}

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for place in cx.places() {
        for hit in cx.hits(place).filter(|hit| hit.kind == HitKind::Passive) {
            let facts = cx.facts(place);
            // E1, E6, E16.
            if cx.is_attributed(place, &hit.range) || facts.cited || facts.forum || cx.is_framed(place) {
                continue;
            }
            // E2: an inquest, a charge or a court next door.
            let next_door = [cx.before(place), cx.after(place)].into_iter().flatten();
            if next_door
                .into_iter()
                .any(|(other, _)| cx.facts(other).forum && cx.has_answer(other) && cx.shares_matter(place, other))
            {
                continue;
            }
            let written = cx.text(place, &hit.range);
            let end = cx.block(place).sentences[place.sentence].range.end;
            findings.add(Finding {
                rule: &RULE,
                place,
                range: hit.range.clone(),
                covers: std::iter::once(hit.range.end..end).collect(),
                message: format!("{} by whom?", unspin_english::agree::capitalise_first(participle(written))),
                note: "no “by …” in this sentence".to_owned(),
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
    // "has been called by [source] the best", "is regarded by [source] as".
    let head = match written.rsplit_once(' ') {
        Some((head, "as" | "of" | "for" | "to" | "with" | "over")) => head,
        _ => written,
    };
    let at = hit.range.start + head.len();
    let mut found: Vec<Fix> = fixes::reference(cx, block, place).into_iter().collect();
    found.push(fixes::placeholder("Say by whom", fixes::replace(block, at..at, " by [source]")));
    found.extend(active(cx, place, hit.range.start..at));
    found
}

/// "The album has been called the best" as "[Source] called the album the best": where the subject opens the sentence.
fn active(cx: &ClaimCx<'_>, place: Place, passive: Range<usize>) -> Option<Fix> {
    let block = cx.block(place);
    let sentence = &block.sentences[place.sentence].range;
    let subject = block.prose[sentence.start..passive.start].strip_suffix(' ')?;
    let words: Vec<&str> = subject.split(' ').collect();
    let simple = (1..=SUBJECT_WORDS_MAX).contains(&words.len())
        && subject.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '\'' | '’'))
        && !words
            .iter()
            .skip(1)
            .any(|word| class_of(word).has(WordClasses::SUBJECT_PRONOUN | WordClasses::SUBORDINATOR));
    if !simple
        || class_of(words[0]).has(WordClasses::PREPOSITION | WordClasses::SUBORDINATOR | WordClasses::CONJUNCTION)
    {
        return None;
    }
    let written = &block.prose[passive.clone()];
    let (auxiliary, participle) = (written.split(' ').next()?, written.rsplit(' ').next()?);
    let lemma = lemma_as(participle, Pos::Verb, Form::PastParticiple)?;
    let form = if matches!(auxiliary, "is" | "are") { Form::ThirdPerson } else { Form::Past };
    let verb = inflect(&lemma, Pos::Verb, form);
    let first = words[0];
    let object = match first {
        "He" => "him".to_owned(),
        "She" => "her".to_owned(),
        "They" => "them".to_owned(),
        "We" => "us".to_owned(),
        "I" => "me".to_owned(),
        _ if class_of(first).is_closed() => first.to_lowercase(),
        _ => first.to_owned(),
    };
    let mut edits =
        fixes::replace(block, sentence.start..sentence.start + first.len(), &format!("[Source] {verb} {object}"));
    edits.extend(fixes::replace(block, passive.start - 1..passive.end, ""));
    Some(fixes::placeholder("Let somebody say it", edits))
}

//! The rule `hidden-source`: the sentence says that somebody said it, and hides who. "reportedly", "it is understood that".

use unspin_english::WordClasses;

use super::{Family, Rule};
use crate::attribution::{WordKind, Words, is_person};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, Hedge, Hit, HitKind, Place};
use crate::config::RuleLevel;
use crate::fix::Fix;

pub(super) static RULE: Rule = Rule {
    name: "hidden-source",
    family: Family::Claim,
    page: include_str!("hidden_source.md"),
    level: RuleLevel::Warning,
};

pub(super) fn find(line: &Words<'_>, hits: &mut Vec<Hit>) {
    for idx in 0..line.len() {
        if line.kind(idx) != Some(WordKind::Word) {
            continue;
        }
        if let Some((hedge, end)) = hedge_at(line, idx) {
            hits.push(Hit { kind: HitKind::Hidden(hedge), sentence: line.sentence, range: line.range(idx..end) });
        }
    }
}

fn hedge_at(line: &Words<'_>, idx: usize) -> Option<(Hedge, usize)> {
    match line.lower(idx) {
        "reportedly" | "reputedly" | "allegedly" | "supposedly" | "purportedly" | "apparently" | "rumouredly"
        | "arguably"
            // "the apparently leaderless group": how it looks.
            if !(line.lower(idx) == "apparently" && idx > 0 && line.has(idx - 1, WordClasses::ARTICLE)) =>
        {
            Some((Hedge::Adverb, idx + 1))
        }
        "it" => it_is(line, idx),
        "there" => there_are(line, idx),
        "word" | "rumour" | "rumor" | "rumours" | "rumors" | "speculation" | "fears" | "concerns" | "concern"
        | "worries" | "whispers" => rumour(line, idx),
        _ if line.has(idx, WordClasses::BE) => is_to(line, idx),
        // "a man believed to be the owner".
        "believed" | "thought" | "rumoured" | "rumored" | "reputed" | "said"
            if line.lower(idx + 1) == "to"
                && matches!(line.lower(idx + 2), "be" | "have")
                && idx > 0
                && !line.has(idx - 1, WordClasses::AUXILIARY)
                && !line.is_adverb(idx - 1) =>
        {
            Some((Hedge::IsTo, idx + 2))
        }
        _ => None,
    }
}

/// "It is understood that", "it has been suggested that".
fn it_is(line: &Words<'_>, idx: usize) -> Option<(Hedge, usize)> {
    let mut at = idx + 1;
    let mut be = line.lower(idx).ends_with("'s");
    while line.has(at, WordClasses::BE | WordClasses::HAVE | WordClasses::MODAL) || line.is_adverb(at) {
        be |= line.has(at, WordClasses::BE);
        at += 1;
    }
    if !be
        || !is_hedge_participle(line.lower(at))
            && !matches!(
                line.lower(at),
                "suggested"
                    | "argued"
                    | "claimed"
                    | "accepted"
                    | "acknowledged"
                    | "agreed"
                    | "noted"
                    | "proposed"
                    | "recognised"
                    | "recognized"
                    | "hypothesised"
                    | "hypothesized"
                    | "theorised"
                    | "theorized"
                    | "postulated"
                    | "conjectured"
            )
        || is_decision(line, idx, at)
    {
        return None;
    }
    let end = at + 1;
    let that = line.lower(end) == "that";
    let next = line.items.get(end);
    let clause = next.is_some_and(|word| {
        word.is_word()
            && line.lower(end) != "to"
            && !line.lower(end).ends_with("ing")
            && (!word.classes.has(WordClasses::PREPOSITION | WordClasses::CONJUNCTION | WordClasses::WH_WORD)
                || word.classes.has(WordClasses::DETERMINER))
    });
    ((that || clause) && !is_superseded(line, idx, end)).then_some((Hedge::ItIs, end + usize::from(that)))
}

/// "it was agreed that", "it was recognized that": told as something that came about; "it is agreed that" appeals to everybody.
fn is_decision(line: &Words<'_>, it: usize, participle: usize) -> bool {
    matches!(
        line.lower(participle),
        "agreed" | "accepted" | "acknowledged" | "recognised" | "recognized" | "noted" | "proposed"
    ) && (it..participle).any(|at| line.lower(at) == "was")
}

/// Once believed, no longer: "previously it was thought that". Whoever believed it is not asked any more (E10).
fn is_superseded(line: &Words<'_>, from: usize, to: usize) -> bool {
    let past = (from..to).any(|at| matches!(line.lower(at), "was" | "were" | "had"));
    past && (0..to).any(|at| {
        matches!(line.lower(at), "previously" | "originally" | "initially" | "once" | "formerly" | "traditionally")
            || line.reads(at, "until now")
            || line.reads(at, "until recently")
    })
}

fn is_hedge_participle(lower: &str) -> bool {
    matches!(
        lower,
        "understood"
            | "believed"
            | "thought"
            | "said"
            | "reported"
            | "rumoured"
            | "rumored"
            | "alleged"
            | "expected"
            | "feared"
            | "hoped"
            | "estimated"
            | "assumed"
            | "presumed"
            | "suspected"
            | "speculated"
            | "tipped"
            | "predicted"
            | "considered"
            | "deemed"
            | "reputed"
            | "supposed"
            | "claimed"
            | "forecast"
    )
}

/// "is believed to", "are widely expected to".
fn is_to(line: &Words<'_>, idx: usize) -> Option<(Hedge, usize)> {
    if idx > 0 && (line.has(idx - 1, WordClasses::BE) || matches!(line.lower(idx - 1), "it")) {
        return None;
    }
    let mut at = idx + 1;
    while line.is_adverb(at) || line.has(at, WordClasses::BE) {
        if line.has(at, WordClasses::NEGATION) {
            return None;
        }
        at += 1;
    }
    let verb = line.lower(at).to_owned();
    if !is_hedge_participle(&verb) || matches!(&*verb, "assumed" | "claimed" | "hoped") || line.lower(at + 1) != "to" {
        return None;
    }
    let plural = matches!(line.lower(idx), "are" | "were");
    // "Guests are expected to leave …" is a rule of the house; "was supposed to" a plan.
    if verb == "supposed" || (verb == "expected" && plural && is_bare_persons(line, idx)) {
        return None;
    }
    // "squadrons were expected to display it": what was asked of them. "is expected to meet him on Monday": a date in the diary (E14).
    let act = at + 2 + usize::from(line.lower(at + 2) == "be");
    let announces = matches!(line.lower(act), "make" | "issue" | "give" | "set")
        && (act..line.len().min(act + 5)).any(|at| {
            matches!(
                line.lower(at),
                "announcement" | "decision" | "statement" | "ruling" | "verdict" | "speech" | "sail"
            )
        });
    if verb == "expected"
        && ((line.lower(idx) == "were"
            && !line.has(at + 2, WordClasses::AUXILIARY)
            && !matches!(line.lower(at - 1), "widely" | "generally" | "broadly"))
            || announces
            || is_appointment(line.lower(act)))
    {
        return None;
    }
    // "are reported to mining management"; "might have been expected to".
    let supposed = (idx.saturating_sub(2)..idx).any(|before| line.has(before, WordClasses::MODAL));
    if is_superseded(line, idx, at) || line.lower(at + 2).ends_with("ing") || supposed {
        return None;
    }
    // E10: "When …, the object is said to be charged", "a body … is said to be".
    if matches!(&*verb, "said" | "considered" | "deemed") && line.lower(at + 2) == "be" && is_definition(line, idx) {
        return None;
    }
    if matches!(&*verb, "considered" | "deemed") {
        return None;
    }
    Some((Hedge::IsTo, at + 2))
}

/// What stands in somebody's diary, and needs no prophet.
fn is_appointment(verb: &str) -> bool {
    matches!(
        verb,
        "meet"
            | "attend"
            | "visit"
            | "arrive"
            | "fly"
            | "address"
            | "speak"
            | "appear"
            | "testify"
            | "sign"
            | "open"
            | "reopen"
            | "release"
            | "released"
            | "publish"
            | "published"
            | "announced"
            | "unveil"
            | "unveiled"
            | "vote"
            | "announce"
            | "resume"
            | "resumed"
            | "loaded"
            | "take"
            | "start"
            | "begin"
            | "return"
            | "joined"
            | "raised"
            | "launch"
            | "launched"
            | "completed"
            | "close"
            | "debate"
            | "discuss"
            | "operational"
            | "delivered"
            | "held"
            | "made"
            | "signed"
            | "opened"
            | "finalised"
            | "finalized"
    )
}

/// The subject is a bare plural of persons, at the start of its clause.
fn is_bare_persons(line: &Words<'_>, verb: usize) -> bool {
    verb >= 1
        && is_person(line.lower(verb - 1))
        && (verb == 1
            || matches!(line.kind(verb - 2), Some(WordKind::Comma))
            || !line.has(verb - 2, WordClasses::DETERMINER))
        && verb <= 3
}

/// A general subject or a condition: the sentence says what a word means.
fn is_definition(line: &Words<'_>, verb: usize) -> bool {
    let general = matches!(line.lower(0), "a" | "an" | "any" | "every" | "if" | "when" | "where");
    general || (0..verb).any(|idx| matches!(line.lower(idx), "if" | "when" | "whenever"))
}

/// "There are fears", "there have been suggestions that".
fn there_are(line: &Words<'_>, idx: usize) -> Option<(Hedge, usize)> {
    let mut at = idx + 1;
    let mut be = line.lower(idx).ends_with("'s");
    while line.has(at, WordClasses::BE | WordClasses::HAVE | WordClasses::MODAL) || line.is_adverb(at) {
        be |= line.has(at, WordClasses::BE);
        at += 1;
    }
    // "There may be concerns": nobody is said to have any.
    if !be || line.has(idx + 1, WordClasses::MODAL) {
        return None;
    }
    // "there is a widespread belief that": one belief must be somebody's.
    let article = matches!(line.lower(at), "a" | "an");
    at += usize::from(article);
    while matches!(
        line.lower(at),
        "general"
            | "common"
            | "popular"
            | "some"
            | "growing"
            | "mounting"
            | "widespread"
            | "increasing"
            | "rising"
            | "strong"
            | "serious"
            | "many"
            | "several"
            | "persistent"
            | "unconfirmed"
            | "conflicting"
            | "more"
            | "much"
            | "real"
            | "deep"
            | "great"
            | "recent"
            | "new"
    ) {
        at += 1;
    }
    let noun = matches!(
        line.lower(at),
        "fears"
            | "concerns"
            | "concern"
            | "worries"
            | "rumours"
            | "rumors"
            | "reports"
            | "suggestions"
            | "claims"
            | "allegations"
            | "suspicions"
            | "speculation"
            | "talk"
            | "whispers"
            | "accusations"
            | "fear"
            | "hints"
            | "expectations"
    ) && !article
        || (matches!(
            line.lower(at),
            "belief"
                | "feeling"
                | "perception"
                | "consensus"
                | "suspicion"
                | "fear"
                | "view"
                | "expectation"
                | "speculation"
                | "rumour"
                | "rumor"
                | "concern"
        ) && line.lower(at + 1) == "that");
    // "options" is what spinners write for "suggestions"; with "that" it has no other sense.
    let spun = matches!(line.lower(at), "options" | "ideas" | "solutions") && line.lower(at + 1) == "that";
    if !(noun || spun) {
        return None;
    }
    // "there are concerns from irrigators that": whose they are is said.
    if matches!(line.lower(at + 1), "from" | "among" | "by") {
        return None;
    }
    let that = line.lower(at + 1) == "that";
    Some((Hedge::ThereAre, at + 1 + usize::from(that)))
}

/// "Rumours are growing", "word is that", "rumour has it", "fears are mounting that".
fn rumour(line: &Words<'_>, idx: usize) -> Option<(Hedge, usize)> {
    match line.lower(idx) {
        "word"
            if line.lower(idx + 1) == "is" || line.reads(idx + 1, "has it") || line.reads(idx + 1, "on the street") =>
        {
            let end = idx + if line.lower(idx + 1) == "is" { 2 } else { 3 };
            let that = line.lower(end) == "that";
            (that || line.lower(idx + 1) != "is").then_some((Hedge::Rumour, end + usize::from(that)))
        }
        "rumour" | "rumor" if line.reads(idx + 1, "has it") => Some((Hedge::Rumour, idx + 3)),
        "word" => None,
        noun => {
            let bare = idx == 0
                || !line.has(idx - 1, WordClasses::ARTICLE | WordClasses::POSSESSIVE | WordClasses::DEMONSTRATIVE);
            let mut at = idx + 1;
            while line.has(at, WordClasses::BE | WordClasses::HAVE) || line.is_adverb(at) {
                at += 1;
            }
            let grows = matches!(
                line.lower(at),
                "growing"
                    | "mounting"
                    | "rising"
                    | "swirling"
                    | "spreading"
                    | "circulating"
                    | "rife"
                    | "raised"
                    | "grown"
                    | "mounted"
                    | "abound"
                    | "swirled"
                    | "persist"
                    | "increasing"
            );
            let rumours = matches!(noun, "rumours" | "rumors" | "speculation" | "whispers");
            (bare
                && grows
                && at > idx + usize::from(!matches!(line.lower(at), "abound" | "swirled" | "persist" | "mounted"))
                && (rumours || line.lower(at + 1) == "that"))
                .then_some((Hedge::Rumour, at + 1))
        }
    }
}

/// E2: whoever speaks next door speaks of this, too.
fn answered_next_door(cx: &ClaimCx<'_>, place: Place) -> bool {
    [cx.before(place), cx.after(place)]
        .into_iter()
        .flatten()
        .any(|(other, _)| cx.has_answer(other) && cx.is_about(place, other))
}

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for place in cx.places() {
        for hit in cx.hits(place) {
            let HitKind::Hidden(hedge) = hit.kind else { continue };
            let facts = cx.facts(place);
            // E1, E2 in the sentence, E6, E16.
            let exempt = cx.is_content(place, &hit.range)
                || (hedge != Hedge::Adverb && cx.has_answer(place))
                || facts.cited
                || cx.is_framed(place)
                || (hedge != Hedge::Adverb && answered_next_door(cx, place))
                || (hedge == Hedge::Adverb
                    && (facts.forum || cx.before(place).is_some_and(|(before, _)| cx.facts(before).forum)));
            if exempt {
                continue;
            }
            let end = cx.block(place).sentences[place.sentence].range.end;
            findings.add(Finding {
                rule: &RULE,
                place,
                range: hit.range.clone(),
                covers: std::iter::once(hit.range.start..end).collect(),
                message: question(cx.text(place, &hit.range), hedge),
                note: "no source in this sentence for what it says was said".to_owned(),
                field: Default::default(),
                fixes: fixes(cx, place, hit, hedge),
            });
        }
    }
}

fn question(written: &str, hedge: Hedge) -> String {
    let lower = written.to_lowercase();
    let verb = lower.split(' ').rev().find(|word| !matches!(*word, "that" | "to")).unwrap_or(&lower);
    match hedge {
        Hedge::Adverb => match lower.as_str() {
            "reportedly" => "Reported by whom?".to_owned(),
            "allegedly" => "Alleged by whom?".to_owned(),
            "arguably" => "Argued by whom?".to_owned(),
            _ => "Who says this?".to_owned(),
        },
        Hedge::ItIs | Hedge::IsTo => format!("{} by whom?", unspin_english::agree::capitalise_first(verb)),
        Hedge::ThereAre => format!("Whose {verb}?"),
        Hedge::Rumour => "Who says this?".to_owned(),
    }
}

fn fixes(cx: &ClaimCx<'_>, place: Place, hit: &Hit, hedge: Hedge) -> Vec<Fix> {
    let block = cx.block(place);
    let sentence = &block.sentences[place.sentence];
    let at_start = hit.range.start == sentence.range.start;
    let mut found = Vec::new();
    match hedge {
        Hedge::ItIs | Hedge::ThereAre | Hedge::Rumour => {
            let that = cx.text(place, &hit.range).ends_with("that");
            let source = if at_start { "[Source]" } else { "[source]" };
            let verb =
                if hedge == Hedge::ThereAre && cx.text(place, &hit.range).contains("ear") { "fears" } else { "says" };
            found.push(fixes::placeholder(
                "Name the source",
                fixes::replace(
                    block,
                    hit.range.clone(),
                    &format!("{source} {verb}{}", if that { " that" } else { "" }),
                ),
            ));
        }
        Hedge::Adverb | Hedge::IsTo => {
            found.extend(fixes::reference(cx, block, place));
            for source in fixes::sources_to_offer(cx, place) {
                let Some(mut edits) = fixes::attribute_at_end(block, place.sentence, &source) else { continue };
                if hedge == Hedge::Adverb {
                    edits.splice(0..0, fixes::delete_word(block, hit.range.clone()));
                }
                found.push(fixes::offered(&source, edits));
            }
        }
    }
    if hedge == Hedge::Adverb {
        found.push(fixes::suggested(
            "Drop the hedge (the claim becomes yours)".to_owned(),
            fixes::delete_word(block, hit.range.clone()),
        ));
    }
    found
}

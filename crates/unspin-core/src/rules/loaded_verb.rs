//! The rule `loaded-verb`: the verb of saying takes a side. "claimed", "admitted", "boasted": said.

use unspin_english::{Form, Pos, inflect, lemma_as};

use super::{Family, Rule};
use crate::attribution::{Attribution, Field, Loaded, Order, SourceKind, Speech};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, Place};
use crate::config::RuleLevel;
use crate::fix::Fix;

pub(super) static RULE: Rule = Rule {
    name: "loaded-verb",
    family: Family::Claim,
    page: include_str!("loaded_verb.md"),
    level: RuleLevel::Information,
};

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for place in cx.places() {
        for attribution in cx.attributions(place) {
            let side = match attribution.loaded {
                Loaded::Neutral => continue,
                Loaded::Doubts => "doubts what is said",
                Loaded::Convicts => "makes a confession of what is said",
                Loaded::Cheers if is_disputed(cx, place, attribution) => "says that it is so",
                Loaded::Cheers => continue,
                Loaded::Sneers | Loaded::Attacks => "sneers at who says it",
            };
            let facts = cx.facts(place);
            // E16: an accusation or a plea in a forum that is named.
            let official = attribution.source.kind == SourceKind::Role
                && attribution.source.field == Field::Office
                && attribution.lemma == "allege";
            if official
                || (facts.forum && matches!(attribution.lemma, "allege" | "admit" | "confess" | "claim" | "maintain"))
                || (matches!(attribution.lemma, "allege" | "claim" | "admit")
                    && cx
                        .before(place)
                        .is_some_and(|(before, _)| cx.facts(before).forum && cx.shares_matter(place, before)))
                || attribution.negative
                // "as many as they had claimed".
                || [" as", " than"].iter().any(|end| cx.before_source(place, attribution).ends_with(end))
                || cx.attributions(place).any(|other| {
                    // "Sharman says the code claims": her word.
                    other.cue != attribution.cue
                        && other.speech == Speech::Reported
                        && other
                            .content
                            .iter()
                            .any(|content| content.start <= attribution.cue.start && attribution.cue.end <= content.end)
                        && other.content.iter().all(|content| content.end >= attribution.cue.end)
                        && attribution.order == Order::SourceCueContent
                })
            {
                continue;
            }
            if attribution.source.kind == SourceKind::Author {
                continue;
            }
            findings.add(Finding {
                rule: &RULE,
                place,
                range: attribution.cue.clone(),
                covers: Vec::new(),
                message: format!("“{}” {side}", cx.text(place, &attribution.cue)),
                note: "a verb of saying that takes no side is “said”".to_owned(),
                field: Default::default(),
                fixes: neutral(cx, place, attribution).into_iter().collect(),
            });
        }
    }
}

/// "pointed out", "revealed" and the like give away a side only before an opinion: a judgement, an "ought", a forecast.
fn is_disputed(cx: &ClaimCx<'_>, place: Place, attribution: &Attribution) -> bool {
    if attribution.content.is_empty() || attribution.source.kind == SourceKind::Document {
        return false;
    }
    let content = cx.text(place, &attribution.content[0]);
    attribution.lemma == "point"
        && content.split(|letter: char| !letter.is_alphabetic()).any(|word| {
            matches!(
                word,
                "would"
                    | "should"
                    | "must"
                    | "ruin"
                    | "worst"
                    | "best"
                    | "wrong"
                    | "unfair"
                    | "failed"
                    | "never"
                    | "dangerous"
                    | "will"
            )
        })
}

/// "said" in the form of the verb that stands there.
fn neutral(cx: &ClaimCx<'_>, place: Place, attribution: &Attribution) -> Option<Fix> {
    if attribution.loaded == Loaded::Attacks {
        return None;
    }
    let written = cx.text(place, &attribution.cue);
    let words: Vec<&str> = written.split(' ').collect();
    let verb_idx = words.iter().rposition(|word| !matches!(word.to_lowercase().as_str(), "out" | "slip"))?;
    let verb = words[verb_idx];
    let form = [Form::Past, Form::ThirdPerson, Form::Gerund, Form::PastParticiple]
        .into_iter()
        .find(|&form| lemma_as(verb, Pos::Verb, form).is_some())
        .unwrap_or(Form::Base);
    let said = unspin_english::agree::match_case(verb, &inflect("say", Pos::Verb, form));
    let mut text = words[..verb_idx].join(" ");
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(&said);
    Some(fixes::suggested(
        format!("Replace with “{said}”"),
        fixes::replace(cx.block(place), attribution.cue.clone(), &text),
    ))
}

//! The rule `anonymous-source`: one person, or a counted few, speaks without a name and without a reason.

use super::{Family, Rule};
use crate::attribution::{CueKind, SourceKind};
use crate::claims::fixes;
use crate::claims::{ClaimCx, Finding, Findings, Place};
use crate::config::RuleLevel;

pub(super) static RULE: Rule = Rule {
    name: "anonymous-source",
    family: Family::Claim,
    page: include_str!("anonymous_source.md"),
    level: RuleLevel::Warning,
};

pub(super) fn check(cx: &ClaimCx<'_>, findings: &mut Findings) {
    for place in cx.places() {
        for attribution in cx.attributions(place).filter(|attribution| attribution.source.kind == SourceKind::Anonymous)
        {
            let range = &attribution.source.range;
            // E1, E4, E9.
            if cx.is_attributed(place, range)
                || cx.is_framed(place)
                || is_named_next(cx, place, attribution.source.plural)
                || is_anybody(cx.text(place, range), attribution.kind)
                || cx.is_lead(place, attribution.source.field)
                || (!attribution.source.plural && cx.is_introduced(place))
                || has_reason(cx, place)
            {
                continue;
            }
            let block = cx.block(place);
            let who = cx.text(place, range);
            let at_start = block.sentences[place.sentence].range.start == range.start;
            findings.add(Finding {
                rule: &RULE,
                place,
                range: range.clone(),
                covers: attribution.content.clone(),
                message: if attribution.source.plural {
                    "Who are they?".to_owned()
                } else {
                    format!("Who is {}?", lower_article(who))
                },
                note: "neither a name nor a reason for its absence in this sentence".to_owned(),
                field: attribution.source.field,
                fixes: vec![
                    fixes::placeholder(
                        "Name the person",
                        fixes::replace(block, range.clone(), if at_start { "[Name]" } else { "[name]" }),
                    ),
                    fixes::placeholder(
                        "Say why there is no name",
                        fixes::replace(block, range.end..range.end, ", who asked not to be named because [reason],"),
                    ),
                ],
            });
        }
    }
}

fn lower_article(who: &str) -> String {
    let (first, rest) = who.split_once(' ').unwrap_or((who, ""));
    match first {
        "A" | "An" | "One" | "Another" | "a" | "an" | "one" | "another" if !rest.is_empty() => format!("this {rest}"),
        "The" | "One" => who.to_lowercase(),
        _ => who.to_owned(),
    }
}

/// E2: the sentence after it names the one who was introduced: "a transport expert says … David Lamb says".
fn is_named_next(cx: &ClaimCx<'_>, place: Place, plural: bool) -> bool {
    let named = |subject: &crate::attribution::Source| subject.kind == SourceKind::NamedPerson;
    let introduced = cx.attributions(place).any(|attribution| {
        let who = cx.text(place, &attribution.source.range).to_lowercase();
        attribution.source.kind == SourceKind::Anonymous && (who.starts_with("a ") || who.starts_with("an "))
    });
    !plural
        && introduced
        && cx.after(place).is_some_and(|(after, _)| {
            cx.attributions(after).any(|attribution| named(&attribution.source))
                || cx.facts(after).subject.as_ref().is_some_and(named)
                || ["Dr ", "Professor "].iter().any(|title| cx.sentence_text(after).contains(title))
        })
}

/// E17: "a person believes", said of people in general.
fn is_anybody(who: &str, kind: CueKind) -> bool {
    kind == CueKind::Think
        && matches!(who.to_lowercase().as_str(), "a person" | "a patient" | "a reader" | "a user" | "a child")
}

/// E9: the sentence says that the name is kept back, and why.
fn has_reason(cx: &ClaimCx<'_>, place: Place) -> bool {
    const REASONS: &[&str] = &[
        "anonymity",
        "anonymously",
        "not to be named",
        "not be named",
        "not to be identified",
        "not be identified",
        "to be named because",
        "not authorised",
        "not authorized",
        "for fear",
        "fear of",
        "fears of",
        "feared",
        "identity",
        "declined to be",
        "cannot be named",
        "withheld",
    ];
    let block = cx.block(place);
    let text = &block.prose[block.sentences[place.sentence].range.clone()];
    REASONS.iter().any(|reason| text.contains(reason))
}

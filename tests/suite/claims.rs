//! The contract of the claim rules, `articles/CLAIMS.md`: its examples are the test.

use std::collections::BTreeMap;

use unspin_core::{Analyzer, Family, RuleLevel, Settings, rules};
use unspin_text::Markup;

/// An example of the contract.
struct Example {
    rule: &'static str,
    flagged: bool,
    line: usize,
    text: String,
}

/// The bullets of the sections that are named like a rule: `+` to flag, `-` to leave alone with its exemption behind it.
fn contract() -> Vec<Example> {
    let page = include_str!("../articles/CLAIMS.md");
    let mut examples = Vec::new();
    let mut rule = None;
    for (idx, line) in page.lines().enumerate() {
        if let Some(title) = line.strip_prefix("## ") {
            rule = rules::find(title).map(|rule| rule.name);
            continue;
        }
        let (Some(rule), Some((flagged, text))) = (
            rule,
            line.strip_prefix("+ ").map(|text| (true, text)).or(line.strip_prefix("- ").map(|text| (false, text))),
        ) else {
            continue;
        };
        let text = text.rsplit_once(" *(E").map_or(text, |(text, _)| text);
        examples.push(Example { rule, flagged, line: idx + 1, text: text.replace(" ¶ ", "\n") });
    }
    examples
}

/// The claim rules, those that are off by default too.
fn claim_rules() -> Settings {
    let mut settings = Settings::default();
    for rule in rules::RULES {
        let level = if rule.family == Family::Claim { RuleLevel::Warning } else { RuleLevel::Off };
        settings.rules.insert(rule.name.to_owned(), level);
    }
    settings
}

#[test]
fn contract_is_kept() {
    let examples = contract();
    assert_eq!(examples.len(), 155, "the contract has changed: look at the shares below");
    let (analyzer, settings) = (Analyzer::default(), claim_rules());
    let mut shares: BTreeMap<bool, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for example in &examples {
        let fixture = unspin_fixture::parse(&example.text).expect("the contract is well formed");
        let found: Vec<_> = analyzer
            .analyze(&fixture.text, Markup::Plain, &settings, 0)
            .diagnostics
            .into_iter()
            .filter(|diagnostic| diagnostic.rule == example.rule)
            .collect();
        let kept = if example.flagged {
            fixture.marks.iter().all(|mark| {
                found.iter().any(|diagnostic| {
                    diagnostic.range.start < mark.range.end && mark.range.start < diagnostic.range.end
                })
            })
        } else {
            found.is_empty()
        };
        let share = shares.entry(example.flagged).or_default();
        share.0 += usize::from(kept);
        share.1 += 1;
        if !kept {
            wrong.push(format!("CLAIMS.md:{}: {} {}", example.line, example.rule, example.text));
        }
    }
    for (flagged, (kept, all)) in shares {
        assert!(
            kept * 100 >= all * 95,
            "{kept} of {all} to {}:\n{}",
            if flagged { "flag" } else { "leave alone" },
            wrong.join("\n")
        );
    }
}

/// What an analysis says of one text, by rule and words.
fn marks(text: &str, markup: Markup) -> Vec<(&'static str, String)> {
    Analyzer::default()
        .analyze(text, markup, &claim_rules(), 0)
        .diagnostics
        .into_iter()
        .map(|diagnostic| (diagnostic.rule, text[diagnostic.range].to_owned()))
        .collect()
}

#[test]
fn a_citation_answers_in_any_markup() {
    let claim = "Studies have shown that children sleep badly.";
    assert_eq!(marks(claim, Markup::Plain), [("weasel-source", "Studies have shown".to_owned())]);
    for (cited, markup) in [
        ("Studies have shown that children sleep badly.[4]", Markup::Plain),
        ("Studies have shown that children sleep badly (Smith, 2019).", Markup::Plain),
        ("Studies have [shown](https://example.org/sleep) that children sleep badly.", Markup::Markdown),
        ("Studies have shown that children sleep badly.[^1]\n\n[^1]: Smith.", Markup::Markdown),
        ("Studies have shown that children sleep badly.<ref>Smith 2019</ref>", Markup::Wikitext),
    ] {
        assert_eq!(marks(cited, markup), [], "{cited}");
    }
}

#[test]
fn an_accepted_follow_up_ends_the_question() {
    for markup in [Markup::Plain, Markup::Markdown, Markup::Wikitext] {
        let text = "Analysts say the bank will have to sell its insurance arm.";
        let settings = claim_rules();
        let analysis = Analyzer::default().analyze(text, markup, &settings, 0);
        let fix = analysis.diagnostics[0]
            .fixes
            .iter()
            .find(|fix| fix.title.starts_with("Mark for follow-up"))
            .expect("it can be marked");
        let marked = unspin_core::apply_edits(text, &fix.edits);
        assert_eq!(marks(&marked, markup), [], "{marked}");
    }
}

#[test]
fn placeholders_cover_what_is_to_be_typed() {
    let text = "Analysts say the bank is broke. The firm has reportedly failed. “We were told on the day it happened.”";
    let analysis = Analyzer::default().analyze(text, Markup::Plain, &claim_rules(), 0);
    let mut n_placeholders = 0;
    for fix in analysis.diagnostics.iter().flat_map(|diagnostic| &diagnostic.fixes) {
        let to_type: Vec<&str> =
            fix.edits.iter().filter_map(|edit| Some(&edit.text[edit.placeholder.clone()?])).collect();
        let leaves_something = fix.applicability == unspin_core::Applicability::Placeholder;
        assert_eq!(leaves_something, !to_type.is_empty(), "{}", fix.title);
        assert!(to_type.iter().all(|words| words.starts_with('[') && words.ends_with(']')), "{to_type:?}");
        n_placeholders += to_type.len();
    }
    assert!(n_placeholders >= 2);
}

#[test]
fn sources_are_listed_with_what_they_carry() {
    let text =
        "Rah Jong-yil, a former diplomat, said the plan would fail.\n“It is over,” Rah said. Analysts say he is wrong.";
    let analysis = Analyzer::default().analyze(text, Markup::Plain, &Settings::default(), 0);
    let seen: Vec<_> =
        analysis.sources.iter().map(|source| (source.name.as_str(), source.kind, source.times)).collect();
    assert_eq!(seen, [("Rah Jong-yil", "person", 2), ("Analysts", "crowd", 1)]);
    let first = &analysis.attributions[0];
    assert_eq!((&text[first.source.clone()], &text[first.cue.clone()]), ("Rah Jong-yil", "said"));
    assert_eq!(&text[first.content[0].clone()], "the plan would fail.");
}

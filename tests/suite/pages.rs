//! Every rule's page keeps its promises: what it shows as flagged is flagged, what it shows as clean is left alone, what it shows as
//! fixed comes out so.

use unspin_core::{Analyzer, Diagnostic, Rule, RuleLevel, Settings, apply_edits, rules};
use unspin_fixture::{Example, Finding, Rank, examples, score};
use unspin_text::Markup;

use crate::articles::finding;

/// What only this rule says of a text.
fn diagnostics(analyzer: &Analyzer, rule: &Rule, example: &Example<'_>, text: &str) -> Vec<Diagnostic> {
    let mut settings = Settings::default();
    for other in rules::RULES {
        let level = if other.name == rule.name { RuleLevel::Warning } else { RuleLevel::Off };
        settings.rules.insert(other.name.to_owned(), level);
    }
    let markup = match example.options {
        "markdown" => Markup::Markdown,
        "wikitext" => Markup::Wikitext,
        _ => Markup::Plain,
    };
    analyzer.analyze(text, markup, &settings, 0).diagnostics
}

fn findings(diagnostics: &[Diagnostic]) -> Vec<Finding> {
    diagnostics.iter().cloned().map(finding).collect()
}

/// What is wrong with an example, if anything.
fn mistake(analyzer: &Analyzer, rule: &Rule, example: &Example<'_>) -> Option<String> {
    let fixture = match unspin_fixture::parse(example.text) {
        Ok(fixture) => fixture,
        Err(error) => return Some(error.to_string()),
    };
    let found = diagnostics(analyzer, rule, example, &fixture.text);
    match example.kind {
        "clean" => found.first().map(|diagnostic| format!("marks “{}”", &fixture.text[diagnostic.range.clone()])),
        "flagged" => {
            // Marks of other rules only show that this one leaves the words to them.
            let mut mine = fixture.clone();
            mine.marks.retain(|mark| mark.rule.as_deref().is_none_or(|name| name == rule.name));
            let score = score(&mine, &findings(&found));
            if let Some(missed) = score.outcomes.iter().find(|outcome| !outcome.found) {
                return Some(format!("misses “{}”", &mine.text[mine.marks[missed.mark].range.clone()]));
            }
            if let Some(&wrong) = score.false_marks.first() {
                return Some(format!("marks “{}” too", &mine.text[found[wrong].range.clone()]));
            }
            let unfixed = score.outcomes.iter().find(|outcome| outcome.fix.is_some_and(|rank| rank != Rank::At(1)))?;
            Some(format!("the first fix of “{}” is another one", &mine.text[mine.marks[unfixed.mark].range.clone()]))
        }
        _ => {
            let mark = fixture.marks.first()?;
            let results: Vec<String> = found
                .iter()
                .flat_map(|diagnostic| &diagnostic.fixes)
                .map(|fix| apply_edits(&fixture.text, &fix.edits))
                .collect();
            let mut from = 0;
            for natural in &mark.naturals {
                let wanted = [&fixture.text[..mark.range.start], natural, &fixture.text[mark.range.end..]].concat();
                match results[from..].iter().position(|result| *result == wanted) {
                    Some(at) => from += at + 1,
                    None => return Some(format!("no fix, in this order, gives “{natural}”; there are {results:#?}")),
                }
            }
            None
        }
    }
}

#[test]
fn pages_keep_their_promises() {
    let analyzer = Analyzer::default();
    let mut mistakes = Vec::new();
    for rule in rules::RULES {
        let shown = examples(rule.page);
        for kind in ["flagged", "clean"] {
            assert!(
                shown.iter().any(|example| example.kind == kind),
                "the page of {} has no {kind} example",
                rule.name
            );
        }
        for example in &shown {
            if let Some(mistake) = mistake(&analyzer, rule, example) {
                mistakes.push(format!("{}.md:{}: {mistake}\n    {}", rule.name, example.line, example.text));
            }
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn pages_begin_with_their_rule() {
    for rule in rules::RULES {
        assert_eq!(rule.page.lines().next(), Some(format!("# {}", rule.name).as_str()));
        assert!(!rule.summary().is_empty(), "the page of {} says nothing", rule.name);
    }
}

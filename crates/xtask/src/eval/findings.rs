//! Diagnostics in the terms of the fixtures.

use std::ops::Range;

use unspin_core::{Analyzer, Family, Settings, rules};
use unspin_fixture::Finding;
use unspin_text::Markup;

/// The findings of one family.
pub(super) fn of(analyzer: &Analyzer, text: &str, markup: Markup, settings: &Settings, family: Family) -> Vec<Finding> {
    with_confidence(analyzer, text, markup, settings, family).into_iter().map(|(_, finding)| finding).collect()
}

/// The findings of one family, each with how likely it is.
pub(super) fn with_confidence(
    analyzer: &Analyzer,
    text: &str,
    markup: Markup,
    settings: &Settings,
    family: Family,
) -> Vec<(f64, Finding)> {
    analyzer
        .analyze(text, markup, settings, 0)
        .diagnostics
        .into_iter()
        .filter(|diagnostic| rules::find(diagnostic.rule).is_some_and(|rule| rule.family == family))
        .map(|diagnostic| {
            let fixes = diagnostic.fixes.into_iter();
            let finding = Finding {
                rule: diagnostic.rule.to_owned(),
                range: diagnostic.range,
                fixes: fixes
                    .map(|fix| fix.edits.into_iter().map(|edit| (edit.start..edit.end, edit.text)).collect())
                    .collect(),
            };
            (diagnostic.confidence.get(), finding)
        })
        .collect()
}

/// A few words on both sides, on one line.
pub(super) fn around(text: &str, range: &Range<usize>) -> String {
    const WORDS: usize = 4;
    let before: Vec<&str> = text[..range.start].split_whitespace().rev().take(WORDS).collect();
    let before: Vec<&str> = before.into_iter().rev().collect();
    let after: Vec<&str> = text[range.end..].split_whitespace().take(WORDS).collect();
    format!("{} ‹{}› {}", before.join(" "), &text[range.clone()], after.join(" ")).replace('\n', " ")
}

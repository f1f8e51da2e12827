//! Evidence in words, for the hover.

use std::fmt::Write;

use unspin_core::{Diagnostic, Evidence, rules};

/// Where the pages of the rules stand.
const RULE_PAGES: &str = "https://unspin.dev/rules/";

/// The address of a rule's page.
pub(crate) fn rule_url(rule: &str) -> String {
    format!("{RULE_PAGES}{rule}")
}

/// What the hover says of a finding, in Markdown or without.
pub(crate) fn hover(diagnostic: &Diagnostic, markdown: bool) -> String {
    let mut text = if markdown { format!("**{}**", escape(&diagnostic.message)) } else { diagnostic.message.clone() };
    text.push('\n');
    for evidence in &diagnostic.evidence {
        let line = evidence_line(evidence);
        let line = if markdown { escape(&line) } else { line };
        let _ = write!(text, "\n- {line}");
    }
    if !diagnostic.evidence.is_empty() {
        text.push('\n');
    }
    let summary = rules::find(diagnostic.rule).map(rules::Rule::summary).unwrap_or_default().replace('\n', " ");
    let url = rule_url(diagnostic.rule);
    let _ = if markdown {
        write!(text, "\n{summary} [{}]({url})", diagnostic.rule)
    } else {
        write!(text, "\n{summary} ({}, {url})", diagnostic.rule)
    };
    text
}

/// One reason, as a clause.
fn evidence_line(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Channel { source, file: Some(file), natural } => format!("{} “{natural}” ({file})", channel(source)),
        Evidence::Channel { source, file: None, natural } => format!("{} “{natural}”", channel(source)),
        Evidence::Context { model, log_odds } => context(model, *log_odds),
        Evidence::Document { spun_sentences, sentences } => {
            format!("{spun_sentences} of {sentences} sentences in this document read as spun")
        }
        Evidence::Note { text } => text.clone(),
    }
}

fn channel(source: &str) -> &'static str {
    match source {
        "curated" => "spinners are known to write this for",
        "term" => "word by word, this is a synonym of the established term",
        "thesaurus" => "a thesaurus gives this as a synonym of",
        "encoder" => "the language model would read here",
        _ => "this has the form of a broken",
    }
}

/// How much likelier the natural words are, rounded to what one can feel: "about 4,000 times".
fn context(model: &str, log_odds: i32) -> String {
    let times = (f64::from(log_odds.saturating_abs()) / 1024.0).exp().min(1e12);
    let rounded = if times < 10.0 {
        format!("{times:.1}")
    } else {
        let unit = 10f64.powf(times.log10().floor());
        thousands((times / unit).round() * unit)
    };
    if model == "replaced" {
        let odds = if log_odds < 0 { format!("1 to {rounded}") } else { format!("{rounded} to 1") };
        return format!("the odds that a substitution put this here are about {odds} (encoder model)");
    }
    let direction = if log_odds < 0 { "less likely" } else { "likelier" };
    format!("the natural words are about {rounded} times {direction} here ({model} model)")
}

/// Digits in groups of three.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Text that Markdown shows as it stands.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_are_said_so_that_one_can_feel_them() {
        let nats = |odds: f64| (odds.ln() * 1024.0).round() as i32;
        assert_eq!(
            context("encoder", nats(4210.0)),
            "the natural words are about 4,000 times likelier here (encoder model)"
        );
        assert_eq!(context("n-gram", nats(2.5)), "the natural words are about 2.5 times likelier here (n-gram model)");
        assert_eq!(
            context("n-gram", -nats(30.0)),
            "the natural words are about 30 times less likely here (n-gram model)"
        );
        assert!(context("n-gram", i32::MAX).contains("1,000,000,000,000 times"));
    }
}

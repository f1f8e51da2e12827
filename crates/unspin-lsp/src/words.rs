//! Evidence in words, for the hover.

use std::fmt::Write;

use unspin_core::{Diagnostic, Evidence, rules};

/// What the hover says of the findings at one place, in Markdown or without: why each is marked, and where to read on.
///
/// The message of a finding is left to the client, which shows it with the mark; only where there are several does each need its own.
pub(crate) fn hover(diagnostics: &[&Diagnostic], markdown: bool) -> Vec<String> {
    let is_one_of_several = diagnostics.len() > 1;
    diagnostics.iter().map(|diagnostic| why(diagnostic, is_one_of_several, markdown)).collect()
}

fn why(diagnostic: &Diagnostic, with_message: bool, markdown: bool) -> String {
    let mut text = String::new();
    if with_message {
        let _ = if markdown {
            write!(text, "**{}**\n\n", escape(&diagnostic.message))
        } else {
            write!(text, "{}\n\n", diagnostic.message)
        };
    }
    for evidence in &diagnostic.evidence {
        let line = evidence_line(evidence);
        let _ = writeln!(text, "- {}", if markdown { escape(&line) } else { line });
    }
    if !diagnostic.evidence.is_empty() {
        text.push('\n');
    }
    if let Some(rule) = rules::find(diagnostic.rule) {
        let (summary, name, url) = (rule.summary().replace('\n', " "), rule.name, rule.url());
        let _ = if markdown {
            write!(text, "{summary} [{name}]({url})")
        } else {
            write!(text, "{summary} ({name}, {url})")
        };
    }
    text
}

/// One reason, as a clause that says where the knowledge is from.
fn evidence_line(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Channel { source, file, natural } => channel(source, file.as_deref().unwrap_or_default(), natural),
        Evidence::Context { model, log_odds } => context(model, *log_odds),
        Evidence::Document { spun_sentences, sentences } => {
            format!("{spun_sentences} of {sentences} sentences in this article read as spun")
        }
        Evidence::Note { text } => text.clone(),
    }
}

/// `file` is a file of the lexicon's sources, or the name of a pattern.
fn channel(source: &str, file: &str, natural: &str) -> String {
    match source {
        "curated" if file.starts_with("wild") => format!("in spun articles on the web this stands for “{natural}”"),
        "curated" => format!("spinners are known to write this for “{natural}” (Unspin's list of {})", subject(file)),
        "term" => format!("a known tortured phrase for “{natural}” (Problematic Paper Screener)"),
        "everyday" => format!("an everyday word that spinners like to put for “{natural}”"),
        "thesaurus" => format!("a thesaurus gives this as a synonym of “{natural}”"),
        "encoder" => format!("no list has this; the language model would write “{natural}” here"),
        _ => format!("{} “{natural}”", pattern(file)),
    }
}

/// What a file of the curated lexicon is about: `general_verbs.txt` holds everyday words.
fn subject(file: &str) -> &str {
    let stem = file.rsplit('/').next().unwrap_or(file);
    match stem.strip_suffix(".txt").unwrap_or(stem) {
        "function" => "small words",
        general if general.starts_with("general") => "everyday words",
        subject => subject,
    }
}

fn pattern(name: &str) -> &'static str {
    match name {
        "composed term" => "word by word, synonyms of the established term",
        "doubled word" | "doubled words" => "the same words twice, for",
        "two determiners" => "two determiners in a row, for",
        "article" => "an article that does not fit, for",
        "comparative" | "superlative" => "compared twice, for",
        "cut number" => "a number that was cut apart, for",
        "contraction" => "a contraction that was cut apart, for",
        _ => "a broken form of",
    }
}

/// Beyond this a number says no more than "far likelier": the models are not that exact.
const TIMES_MAX: f64 = 950.0;
/// Below this two readings are about as likely.
const TIMES_MIN: f64 = 1.5;

/// How much likelier the natural words are, as one can feel it: "about 40 times likelier", "far likelier".
fn context(model: &str, log_odds: i32) -> String {
    let times = (f64::from(log_odds.saturating_abs()) / 1024.0).exp();
    let about = one_digit(times);
    let is_negative = log_odds < 0;
    if model == "replaced" {
        let odds = match is_negative {
            _ if times < TIMES_MIN => "the odds that this was swapped in are about even".to_owned(),
            true if times >= TIMES_MAX => "this was hardly swapped in".to_owned(),
            false if times >= TIMES_MAX => "this was almost certainly swapped in".to_owned(),
            true => format!("the odds that this was swapped in are about 1 to {about}"),
            false => format!("the odds that this was swapped in are about {about} to 1"),
        };
        return format!("{odds} (language model)");
    }
    let likelier = if is_negative { "less likely" } else { "likelier" };
    let natural = if times < TIMES_MIN {
        "about as likely".to_owned()
    } else if times >= TIMES_MAX {
        format!("far {likelier}")
    } else {
        format!("about {about} times {likelier}")
    };
    let but = if is_negative && times >= TIMES_MIN { "but " } else { "" };
    match model {
        "n-gram" => format!("{but}next to its neighbours the natural wording is {natural} (counts of words in a row)"),
        _ => format!("{but}in this sentence the natural wording is {natural} (language model)"),
    }
}

/// A number below a thousand, rounded to its first digit: 70 for 68.4.
fn one_digit(number: f64) -> f64 {
    let unit = 10f64.powf(number.log10().floor());
    (number / unit).round() * unit
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
        for (model, log_odds, said) in [
            ("n-gram", nats(2.6), "about 3 times likelier"),
            ("n-gram", nats(68.0), "about 70 times likelier"),
            ("encoder", nats(90_000.0), "is far likelier"),
            ("encoder", i32::MAX, "is far likelier"),
            ("n-gram", i32::MIN, "is far less likely"),
            ("n-gram", -nats(30.0), "about 30 times less likely"),
            ("n-gram", nats(1.2), "about as likely"),
            ("replaced", nats(3.6), "about 4 to 1"),
            ("replaced", -nats(3.6), "about 1 to 4"),
            ("replaced", 0, "about even"),
            ("replaced", nats(5000.0), "almost certainly"),
        ] {
            let line = context(model, log_odds);
            assert!(line.contains(said), "{line}");
        }
    }

    #[test]
    fn evidence_says_where_it_is_from_and_names_no_file() {
        for (source, file, said) in [
            ("curated", "curated/politics.txt", "spinners are known to write this for “x” (Unspin's list of politics)"),
            (
                "curated",
                "general_verbs.txt",
                "spinners are known to write this for “x” (Unspin's list of everyday words)",
            ),
            ("term", "terms_pps.tsv", "a known tortured phrase for “x” (Problematic Paper Screener)"),
            ("pattern", "cut number", "a number that was cut apart, for “x”"),
        ] {
            assert_eq!(channel(source, file, "x"), said);
        }
    }
}

//! `unspin explain` and `unspin rules`.

use std::io::{self, Write};

use anyhow::bail;
use clap::builder::styling::{AnsiColor, Style};
use unspin_core::{Rule, rules};
use unspin_fixture::{Example, Part, parts};

use crate::Outcome;
use crate::args::ListFormat;

/// A page is read most easily in lines of this many columns, however wide the terminal is.
const COLUMNS_MAX: usize = 96;

pub(crate) fn explain(name: &str) -> anyhow::Result<Outcome> {
    let Some(rule) = rules::find(name) else {
        match rules::nearest(name) {
            Some(near) => bail!("there is no rule `{name}`; did you mean `{near}`?"),
            None => bail!("there is no rule `{name}`; `unspin rules` lists them"),
        }
    };
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    out.write_all(page(rule, textwrap::termwidth().min(COLUMNS_MAX)).as_bytes())?;
    Ok(Outcome::Clean)
}

/// A rule's page for a terminal: prose in lines of `columns`, the examples under what they show.
fn page(rule: &Rule, columns: usize) -> String {
    let bold = Style::new().bold();
    let mut text = String::new();
    let mut kind = "";
    for part in parts(rule.page) {
        match part {
            Part::Prose(prose) => {
                for paragraph in prose.split("\n\n") {
                    let paragraph = match paragraph.strip_prefix("# ") {
                        Some(name) => format!("{bold}{name}{bold:#}"),
                        None => textwrap::fill(&paragraph.replace('\n', " "), columns),
                    };
                    text.push_str(&format!("{paragraph}\n\n"));
                }
            }
            Part::Example(example) => {
                if example.kind != kind {
                    let gap = if kind.is_empty() { "" } else { "\n" };
                    text.push_str(&format!("{gap}{bold}{}{bold:#}\n", heading(example.kind)));
                    kind = example.kind;
                }
                text.push_str(&shown(&example, columns));
            }
        }
    }
    let level = level_name(rule);
    text.push_str(&format!("\n{bold}Level{bold:#}\n  {level}; in unspin.toml:\n\n    [rules]\n    {} = \"", rule.name));
    text.push_str(if level == "off" { "warning\"\n" } else { "off\"\n" });
    text
}

fn heading(kind: &str) -> &'static str {
    match kind {
        "flagged" => "Marked",
        "clean" => "Left alone",
        _ => "Fixes, best first",
    }
}

/// An example as an item of a list, its marks in ‹…› so that they are seen without colour, too.
fn shown(example: &Example<'_>, columns: usize) -> String {
    let Ok(fixture) = unspin_fixture::parse(example.text) else { return String::new() };
    let (wrong, right) = (AnsiColor::Yellow.on_default(), AnsiColor::Green.on_default());
    let text = fixture.shown(str::to_owned, |words, mark| {
        if example.kind == "fixed" {
            return words.to_owned();
        }
        let fixes: Vec<String> = mark.naturals.iter().map(|natural| format!("{right}{natural}{right:#}")).collect();
        let fixes = if fixes.is_empty() { String::new() } else { format!(" → {}", fixes.join(" or ")) };
        format!("‹{wrong}{words}{wrong:#}{fixes}›")
    });
    let options = textwrap::Options::new(columns).initial_indent("  • ").subsequent_indent("    ");
    let mut paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    let first = textwrap::fill(&paragraphs.next().unwrap_or_default(), &options);
    let options = options.initial_indent("    ");
    let mut shown =
        paragraphs.fold(first, |shown, paragraph| format!("{shown}\n{}", textwrap::fill(&paragraph, &options))) + "\n";
    if example.kind == "fixed" {
        let options = options.initial_indent("    → ").subsequent_indent("      ");
        for fixed in fixture.marks.iter().flat_map(|mark| fixture.fixed(mark)) {
            shown.push_str(&format!("{}\n", textwrap::fill(&fixed.replace('\n', " "), &options)));
        }
    }
    shown
}

fn level_name(rule: &Rule) -> String {
    format!("{:?}", rule.level).to_lowercase()
}

pub(crate) fn list(format: ListFormat) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Human => {
            let width = rules::RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            for rule in rules::RULES {
                let summary = rule.summary().replace('\n', " ");
                writeln!(out, "{:width$}  {:11}  {summary}", rule.name, level_name(rule))?;
            }
        }
        ListFormat::Json => {
            let list: Vec<_> = rules::RULES
                .iter()
                .map(|rule| {
                    serde_json::json!({
                        "name": rule.name,
                        "family": format!("{:?}", rule.family).to_lowercase(),
                        "level": rule.level,
                        "summary": rule.summary().replace('\n', " "),
                        "url": rule.url(),
                    })
                })
                .collect();
            serde_json::to_writer_pretty(&mut out, &list)?;
            writeln!(out)?;
        }
    }
    Ok(Outcome::Clean)
}

//! `unspin sources`: who speaks in an article, and how much of it nobody carries.

use std::io::{self, BufWriter, Write};

use serde_json::{Value, json};
use unspin_core::{Analysis, Analyzer, SourceSummary};

use crate::Outcome;
use crate::args::{ListFormat, Sources};
use crate::input::{Article, for_each_article};

/// Characters of the longest name and introduction that the table shows whole.
const CELL_MAX: usize = 40;

/// Numbers read from the right: times, words, share.
const IS_NUMBER: [bool; 6] = [false, false, false, true, true, true];

const HEADER: [&str; 6] = ["Name", "Kind", "Introduced as", "Times", "Words", "Share"];

/// Who speaks in one article.
struct Report {
    article: Article,
    /// Words of prose.
    words: usize,
    /// Who speaks most first; each has a name.
    sources: Vec<SourceSummary>,
}

impl Report {
    fn new(article: Article, analysis: Analysis) -> Report {
        let mut sources = analysis.sources;
        // "Reportedly" is a source without a name: what it says is carried by nobody.
        sources.retain(|source| !source.name.trim().is_empty());
        Report { article, words: analysis.verdict.words, sources }
    }

    /// Words that no source carries. What one source says of another's words may count for both, so the sum of the
    /// sources can pass the article's words; then nothing is left.
    fn unattributed(&self) -> usize {
        self.words.saturating_sub(self.sources.iter().map(|source| source.words).sum())
    }

    /// Which part of the article's words these are, from 0 to 1; 0 in an article without words.
    fn share(&self, words: usize) -> f64 {
        if self.words == 0 { 0.0 } else { (words as f64 / self.words as f64).min(1.0) }
    }

    /// The words of the article that introduce a source.
    fn introduced(&self, source: &SourceSummary) -> String {
        one_line(&self.article.text[source.introduced.clone()])
    }
}

pub(crate) fn sources(options: &Sources) -> anyhow::Result<Outcome> {
    // Who speaks is read from the text alone: no language model has to be loaded.
    let analyzer = Analyzer::default();
    let results = for_each_article(&options.input, |article| {
        let analysis = analyzer.analyze(&article.text, article.markup, &article.settings, 0);
        Ok(Report::new(article, analysis))
    })?;
    let mut outcome = Outcome::Clean;
    let mut reports = Vec::new();
    for result in results {
        match result {
            Ok(report) => reports.push(report),
            Err(error) => {
                anstream::eprintln!("unspin: {error:#}");
                outcome = Outcome::Trouble;
            }
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match options.format {
        ListFormat::Human => write_tables(&mut out, &reports)?,
        ListFormat::Json => write_json(&mut out, &reports)?,
    }
    out.flush()?;
    Ok(outcome)
}

/// A table for each article, under its path where there are several.
fn write_tables(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    for (idx, report) in reports.iter().enumerate() {
        if reports.len() > 1 {
            let gap = if idx > 0 { "\n" } else { "" };
            writeln!(out, "{gap}{}", report.article.path.display())?;
        }
        write_table(out, &rows(report))?;
    }
    Ok(())
}

/// The header, a row for each source, and what is left.
fn rows(report: &Report) -> Vec<[String; 6]> {
    let percent = |words| format!("{:.0} %", 100.0 * report.share(words));
    let mut rows = vec![HEADER.map(str::to_owned)];
    rows.extend(report.sources.iter().map(|source| {
        [
            shortened(&one_line(&source.name)),
            source.kind.to_owned(),
            shortened(&report.introduced(source)),
            source.times.to_string(),
            source.words.to_string(),
            percent(source.words),
        ]
    }));
    let left = report.unattributed();
    let nobody = "(nobody)".to_owned();
    rows.push([nobody, String::new(), String::new(), String::new(), left.to_string(), percent(left)]);
    rows
}

fn write_table(out: &mut impl Write, rows: &[[String; 6]]) -> io::Result<()> {
    let mut widths = [0; 6];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in rows {
        let mut line = String::new();
        for ((cell, width), is_number) in row.iter().zip(widths).zip(IS_NUMBER) {
            let cell = if is_number { format!("{cell:>width$}  ") } else { format!("{cell:width$}  ") };
            line.push_str(&cell);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// One object for a program, in the frame of `unspin check --format json`.
fn write_json(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    let files: Vec<Value> = reports.iter().map(file).collect();
    serde_json::to_writer(&mut *out, &json!({ "version": 1, "files": files }))?;
    writeln!(out)
}

fn file(report: &Report) -> Value {
    let sources: Vec<Value> = report
        .sources
        .iter()
        .map(|source| {
            json!({
                "name": one_line(&source.name),
                "kind": source.kind,
                "introduced": report.introduced(source),
                "times": source.times,
                "words": source.words,
                "share": report.share(source.words),
            })
        })
        .collect();
    let left = report.unattributed();
    json!({
        "path": report.article.path,
        "words": report.words,
        "sources": sources,
        "unattributed": { "words": left, "share": report.share(left) },
    })
}

/// Words that may run over a line break, in one line, without what a terminal would obey.
fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

/// At most [`CELL_MAX`] characters, the last an ellipsis where some are missing.
fn shortened(text: &str) -> String {
    if text.chars().count() <= CELL_MAX {
        return text.to_owned();
    }
    let kept: String = text.chars().take(CELL_MAX - 1).collect();
    format!("{}…", kept.trim_end())
}

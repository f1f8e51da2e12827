//! For a person: the line with the phrase underlined, what to put there, and the article's verdict.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use anstream::adapter::strip_str;
use unspin_core::{Diagnostic, Severity};

use super::lines::Lines;
use crate::check::Report;

pub(super) fn write(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    let renderer = Renderer::styled();
    let mut marks = 0;
    for report in reports {
        let text = &report.article.text;
        let lines = Lines::new(text);
        let path = report.article.path.display().to_string();
        for diagnostic in &report.analysis.diagnostics {
            let rendered = renderer.render(&[group(diagnostic, text, &lines, &path)]);
            // The renderer announces the lines of a second place with ":::"; here both are one.
            for line in rendered.lines().filter(|line| strip_str(line).to_string().trim() != ":::") {
                writeln!(out, "{line}")?;
            }
            writeln!(out)?;
        }
        marks += report.analysis.diagnostics.len();
        if reports.len() > 1 && !report.analysis.diagnostics.is_empty() {
            writeln!(out, "{path}: {}\n", report.analysis.verdict.line())?;
        }
    }
    match reports {
        [] => Ok(()),
        [only] if marks > 0 => {
            let count = format!("{marks} {}", plural(marks));
            let verdict = only.analysis.verdict.line();
            writeln!(out, "{}", if verdict == count { count } else { format!("{verdict}, {count}") })
        }
        _ if marks > 0 => writeln!(out, "{marks} {} in {} articles", plural(marks), reports.len()),
        _ => writeln!(out, "nothing to mark"),
    }
}

fn plural(marks: usize) -> &'static str {
    if marks == 1 { "mark" } else { "marks" }
}

fn group<'a>(diagnostic: &'a Diagnostic, text: &'a str, lines: &Lines<'_>, path: &'a str) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Hint => Level::HELP,
        Severity::Information => Level::INFO,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let (line, around) = lines.around(&diagnostic.range);
    let (source, shown) = window(text, around, &diagnostic.range);
    // The snippet begins inside a line, so the place is said for it.
    let place = Origin::path(path).line(line).char_column(lines.place(diagnostic.range.start).column);
    let mut snippet = Snippet::source(source).line_start(line);
    let label = diagnostic.fixes.first().map(|fix| fix.title.as_str());
    let annotation = AnnotationKind::Primary.span(shown);
    snippet = snippet.annotation(match label {
        Some(label) => annotation.label(label),
        None => annotation,
    });
    Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule))
        .element(place)
        .element(snippet)
}

/// An article's paragraph is often one line: shows what stands around the phrase, cut between words, and where the phrase is in that.
fn window(
    text: &str,
    line: std::ops::Range<usize>,
    range: &std::ops::Range<usize>,
) -> (String, std::ops::Range<usize>) {
    const BEFORE_BYTES_MAX: usize = 48;
    const AFTER_BYTES_MAX: usize = 40;
    let mut start = ceil_boundary(text, range.start.saturating_sub(BEFORE_BYTES_MAX)).clamp(line.start, range.start);
    if start > line.start {
        start = text[start..range.start].find(' ').map_or(start, |space| start + space + 1);
    }
    let mut end = ceil_boundary(text, range.end + AFTER_BYTES_MAX).min(line.end);
    if end < line.end {
        end = text[range.end..end].rfind(' ').map_or(range.end, |space| range.end + space);
    }
    let before = if start > line.start { "… " } else { "" };
    let after = if text[end..line.end].trim().is_empty() { "" } else { " …" };
    let shift = |at: usize| at - start + before.len();
    (format!("{before}{}{after}", &text[start..end]), shift(range.start)..shift(range.end))
}

fn ceil_boundary(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}

//! One object for a program; the shape is part of what Unspin promises (`version` counts its changes).

use std::io::{self, Write};

use serde_json::{Value, json};

use super::lines::Lines;
use crate::check::Report;

pub(super) fn write(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    let files: Vec<Value> = reports.iter().map(file).collect();
    serde_json::to_writer(&mut *out, &json!({ "version": 1, "files": files }))?;
    writeln!(out)
}

fn file(report: &Report) -> Value {
    let lines = Lines::new(&report.article.text);
    let diagnostics: Vec<Value> = report
        .analysis
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let start = lines.place(diagnostic.range.start);
            let end = lines.place(diagnostic.range.end);
            json!({
                "rule": diagnostic.rule,
                "severity": diagnostic.severity,
                "confidence": diagnostic.confidence,
                "message": diagnostic.message,
                "start": diagnostic.range.start,
                "end": diagnostic.range.end,
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
                "evidence": diagnostic.evidence,
                "fixes": diagnostic.fixes,
            })
        })
        .collect();
    let verdict = &report.analysis.verdict;
    json!({
        "path": report.article.path,
        "verdict": { "words": verdict.words, "spun": verdict.spun, "marks": verdict.marks },
        "diagnostics": diagnostics,
    })
}

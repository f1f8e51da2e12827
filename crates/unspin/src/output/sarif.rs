//! Static Analysis Results Interchange Format 2.1.0, with the fixes.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};
use unspin_core::{Severity, rules};

use super::lines::Lines;
use crate::check::Report;

pub(super) fn write(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    let rules: Vec<Value> = rules::RULES
        .iter()
        .map(|rule| {
            let mut described = json!({
                "id": rule.name,
                "shortDescription": { "text": rule.summary().replace('\n', " ") },
                "helpUri": rule.url(),
            });
            described["defaultConfiguration"] = match rule.level.severity() {
                Some(severity) => json!({ "level": level(severity) }),
                None => json!({ "enabled": false }),
            };
            described
        })
        .collect();
    let results: Vec<Value> = reports.iter().flat_map(results).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "unspin", "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer(&mut *out, &log)?;
    writeln!(out)
}

fn results(report: &Report) -> Vec<Value> {
    let lines = Lines::new(&report.article.text);
    let uri = uri(&report.article.path);
    let region = |start: usize, end: usize| {
        let (from, to) = (lines.place(start), lines.place(end));
        json!({ "startLine": from.line, "startColumn": from.column, "endLine": to.line, "endColumn": to.column })
    };
    report
        .analysis
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let fixes: Vec<Value> = diagnostic
                .fixes
                .iter()
                .map(|fix| {
                    let replacements: Vec<Value> = fix
                        .edits
                        .iter()
                        .map(|edit| json!({ "deletedRegion": region(edit.start, edit.end), "insertedContent": { "text": edit.text } }))
                        .collect();
                    json!({
                        "description": { "text": fix.title },
                        "artifactChanges": [{ "artifactLocation": { "uri": uri }, "replacements": replacements }],
                    })
                })
                .collect();
            json!({
                "ruleId": diagnostic.rule,
                "level": level(diagnostic.severity),
                "message": { "text": diagnostic.message },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": uri },
                    "region": region(diagnostic.range.start, diagnostic.range.end),
                } }],
                "rank": diagnostic.confidence.get() * 100.0,
                "fixes": fixes,
            })
        })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Hint | Severity::Information => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A path as a reference of RFC 3986: relative where the path is.
fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    if path.starts_with('/') { format!("file://{uri}") } else { uri }
}

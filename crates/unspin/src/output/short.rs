//! One line a finding: `a.md:3:12: warning spun-phrase: …`.

use std::io::{self, Write};

use unspin_core::Severity;

use super::lines::Lines;
use crate::check::Report;

pub(super) fn write(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    for report in reports {
        let lines = Lines::new(&report.article.text);
        for diagnostic in &report.analysis.diagnostics {
            let place = lines.place(diagnostic.range.start);
            let path = report.article.path.display();
            let severity = severity_name(diagnostic.severity);
            writeln!(
                out,
                "{path}:{}:{}: {severity} {}: {}",
                place.line, place.column, diagnostic.rule, diagnostic.message
            )?;
        }
    }
    Ok(())
}

pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Hint => "hint",
        Severity::Information => "information",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

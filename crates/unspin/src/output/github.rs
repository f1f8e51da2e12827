//! Annotations of a workflow run: `::warning file=…,line=…::…`.

use std::io::{self, Write};

use unspin_core::Severity;

use super::lines::Lines;
use crate::check::Report;

pub(super) fn write(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    for report in reports {
        let lines = Lines::new(&report.article.text);
        let path = property(&report.article.path.display().to_string());
        for diagnostic in &report.analysis.diagnostics {
            let start = lines.place(diagnostic.range.start);
            let end = lines.place(diagnostic.range.end);
            let command = match diagnostic.severity {
                Severity::Hint | Severity::Information => "notice",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            writeln!(
                out,
                "::{command} file={path},line={},col={},endLine={},endColumn={},title={}::{}",
                start.line,
                start.column,
                end.line,
                end.column,
                property(diagnostic.rule),
                data(&diagnostic.message)
            )?;
        }
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

//! The report: tables, ratios, and what was asked for beside what was reached.

use std::fmt::Write as _;
use std::process::Command;

use super::percentile::Times;
use super::{Measured, Plan, Results, command_line, process};

/// Everything that the report says.
pub(super) struct Report<'a> {
    pub(super) plan: &'a Plan,
    pub(super) spun_per_mille: usize,
    /// Ours first, then the peer's.
    pub(super) results: &'a [Results],
    pub(super) command_lines: &'a [command_line::Run],
    pub(super) note: &'a str,
    /// The load of the machine before and after.
    pub(super) load: [String; 2],
}

const MIB: f64 = 1024.0 * 1024.0;

/// Words of the document that the promises are about.
const PROMISED_WORDS: std::ops::Range<usize> = 9_000..12_000;

pub(super) fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    head(report, &mut out);
    promises(report.results, &mut out);
    starts(report.results, &mut out);
    keys(report.results, &mut out);
    typing(report, &mut out);
    command_lines(report.command_lines, &mut out);
    sizes(report.results, &mut out);
    out
}

/// A line of the report. Writing to a string cannot fail.
macro_rules! line {
    ($out:expr) => { line!($out, "") };
    ($out:expr, $($arg:tt)*) => {{ let _ = writeln!($out, $($arg)*); }};
}

fn head(report: &Report<'_>, out: &mut String) {
    let ours = &report.results[0];
    line!(out, "# Benchmarks");
    line!(out);
    line!(out, "Written by `cargo xtask bench`; no number here was typed by a person.");
    line!(out);
    line!(out, "- Day: {}.", said("date", &["-u", "+%Y-%m-%d"]));
    line!(out, "- Machine: {}; load {} before, {} after.", process::machine(), report.load[0], report.load[1]);
    line!(out, "- Commit: {}.", said("git", &["describe", "--always", "--dirty"]));
    for results in report.results {
        line!(out, "- {}: {}.", results.server, results.version);
    }
    for run in report.command_lines.iter().filter(|run| run.name != ours.server) {
        line!(out, "- {}: {}.", run.name, run.version);
    }
    if !report.note.is_empty() {
        line!(out, "- {}", report.note);
    }
    line!(out);
    let densities: Vec<String> = ours
        .documents
        .iter()
        .map(|document| format!("{:.1} in {}", per_1000(document), thousands(document.words)))
        .collect();
    line!(
        out,
        "The document is plain text made of sentences of our own articles ({} in 1,000 of them from spun ones) and, one in six, of sentences with a known mark, each with somebody who says it, no sentence twice. It has so many marks of ours in 1,000 words: {}. One client drives both servers over standard input and output. It sends single keys in the middle of the text, the next when the answer is complete, and counts from `didChange` sent to the last byte of the diagnostics of that version received. *First answer* is the first of them; the *complete answer* is there when the server says that nothing more will come for that version. A server that speaks once has one time for both. What to send is made before the clock starts. A time counts only when the answer was right: the marks after the last key, and those half way, are those of a fresh server that opens the text as it then is.",
        report.spun_per_mille,
        densities.join(", ")
    );
    line!(out);
    line!(
        out,
        "The bias: we chose the peer, the text and the questions. The two programs look for different things in the same text. Where the peer is slow, it is because it reads the whole text at each key, which its authors may find good enough for what people write."
    );
    line!(out);
}

/// What issue and README promise, and whether it is so.
fn promises(results: &[Results], out: &mut String) {
    let [ours, theirs] = results else {
        return;
    };
    let (Some(document), Some(other)) = (promised(ours), promised(theirs)) else {
        return;
    };
    let p95 = |times: &Times| times.percentile_ms(95);
    let longest = ours.documents.last().unwrap_or(document);
    let mut rows = vec![
        ("key, p95, first answer, beside the peer", p95(&document.key_first) / p95(&other.key_first), 0.05),
        ("key, p95, complete answer, beside the peer", p95(&document.key_complete) / p95(&other.key_complete), 0.25),
        (
            "start to first diagnostics, beside the peer",
            document.start_first.percentile_ms(50) / other.start_first.percentile_ms(50),
            0.25,
        ),
        ("processor time of steady typing, beside the peer", ours.typing.cpu_seconds / theirs.typing.cpu_seconds, 0.2),
    ];
    if longest.words > document.words * 5 {
        rows.push((
            "key, p95, first answer, longest document beside this one",
            p95(&longest.key_first) / p95(&document.key_first),
            1.5,
        ));
        rows.push((
            "key, p95, complete answer, longest document beside this one",
            p95(&longest.key_complete) / p95(&document.key_complete),
            1.5,
        ));
    }
    line!(out, "## What is promised");
    line!(out);
    line!(out, "With {} words:", thousands(document.words));
    line!(out);
    line!(out, "| | at most | measured | |");
    line!(out, "| --- | ---: | ---: | --- |");
    for (what, reached, wanted) in rows {
        line!(out, "| {what} | {wanted} | {reached:.3} | {} |", verdict(reached <= wanted));
    }
    let resident = document.resident_bytes as f64 / MIB;
    line!(out, "| memory, models included, MiB | 150 | {resident:.0} | {} |", verdict(resident <= 150.0));
    line!(out);
}

fn verdict(is_kept: bool) -> &'static str {
    if is_kept { "kept" } else { "**missed**" }
}

fn promised(results: &Results) -> Option<&Measured> {
    results.documents.iter().find(|document| PROMISED_WORDS.contains(&document.words))
}

fn starts(results: &[Results], out: &mut String) {
    line!(out, "## Start to diagnostics");
    line!(out);
    line!(out, "From before the process exists, median of so many starts, in milliseconds.");
    line!(out);
    line!(out, "| words | server | starts | first answer | complete answer | marks |");
    line!(out, "| ---: | --- | ---: | ---: | ---: | ---: |");
    for (results, document) in by_document(results) {
        line!(
            out,
            "| {} | {} | {} | {:.0} | {:.0} | {} |",
            thousands(document.words),
            results.server,
            document.start_first.len(),
            document.start_first.percentile_ms(50),
            document.start_complete.percentile_ms(50),
            document.marks
        );
    }
    line!(out);
}

fn keys(results: &[Results], out: &mut String) {
    line!(out, "## A key");
    line!(out);
    line!(
        out,
        "In milliseconds; the ratio is that of the peer's p95 to ours. Memory is what is resident after the last key."
    );
    line!(out);
    line!(
        out,
        "| words | server | keys | first: p50 | p95 | p99 | complete: p50 | p95 | p99 | ratio, first | ratio, complete | memory, MiB |"
    );
    line!(out, "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (server, document) in by_document(results) {
        let mut cells: Vec<String> = Vec::new();
        for times in [&document.key_first, &document.key_complete] {
            cells.extend([50, 95, 99].map(|percent| format!("{:.1}", times.percentile_ms(percent))));
        }
        let peer = peer_of(results, server, document);
        let ratio = |own: &Times, of: fn(&Measured) -> &Times| {
            peer.map_or(String::new(), |peer| format!("{:.1}", of(peer).percentile_ms(95) / own.percentile_ms(95)))
        };
        cells.push(ratio(&document.key_first, |peer| &peer.key_first));
        cells.push(ratio(&document.key_complete, |peer| &peer.key_complete));
        line!(
            out,
            "| {} | {} | {} | {} | {:.0} |",
            thousands(document.words),
            server.server,
            document.key_first.len(),
            cells.join(" | "),
            document.resident_bytes as f64 / MIB
        );
    }
    line!(out);
    if let Some((theirs, longest)) = results.get(1).and_then(|theirs| Some((theirs, theirs.documents.last()?)))
        && let Some(marks) = theirs.marks_unconfigured
    {
        line!(
            out,
            "`{}` was measured with its limit of size raised. As it comes, it says {} of the {} bytes of the longest document.",
            theirs.server,
            if marks == 0 { "nothing".to_owned() } else { format!("{marks} things") },
            thousands(longest.bytes)
        );
        line!(out);
    }
}

/// What the other server did with the same document; only ours is compared.
fn peer_of<'a>(results: &'a [Results], server: &Results, document: &Measured) -> Option<&'a Measured> {
    let [ours, theirs] = results else {
        return None;
    };
    (ours.server == server.server)
        .then(|| theirs.documents.iter().find(|other| other.words == document.words))
        .flatten()
}

fn typing(report: &Report<'_>, out: &mut String) {
    line!(out, "## Typing");
    line!(out);
    line!(
        out,
        "{} seconds at five keys a second in the second document, whether answers come or not; processor seconds of all threads until the last answer has come.",
        report.plan.typing.as_secs()
    );
    line!(out);
    line!(out, "| server | keys | processor seconds | a key, ms | from the last key to its answer, s | in all, s |");
    line!(out, "| --- | ---: | ---: | ---: | ---: | ---: |");
    for results in report.results {
        let typing = &results.typing;
        line!(
            out,
            "| {} | {} | {:.2} | {:.1} | {:.2} | {:.1} |",
            results.server,
            typing.keys,
            typing.cpu_seconds,
            typing.cpu_seconds * 1000.0 / typing.keys as f64,
            typing.behind.as_secs_f64(),
            typing.wall.as_secs_f64()
        );
    }
    line!(out);
}

fn command_lines(runs: &[command_line::Run], out: &mut String) {
    line!(out, "## Command line");
    line!(out);
    line!(out, "One file, the longest document, from start to end of the process.");
    line!(out);
    line!(out, "| program | bytes | findings | seconds | MB/s |");
    line!(out, "| --- | ---: | ---: | ---: | ---: |");
    for run in runs {
        line!(
            out,
            "| {} | {} | {} | {:.2} | {:.4} |",
            run.name,
            thousands(run.bytes),
            thousands(run.findings),
            run.wall.as_secs_f64(),
            run.megabytes_a_second()
        );
    }
    line!(out);
}

fn sizes(results: &[Results], out: &mut String) {
    line!(out, "## Size");
    line!(out);
    line!(out, "The one file that is installed, models and dictionaries included.");
    line!(out);
    line!(out, "| program | MiB |");
    line!(out, "| --- | ---: |");
    for results in results {
        line!(out, "| {} | {:.1} |", results.server, results.binary_bytes as f64 / MIB);
    }
}

fn by_document(results: &[Results]) -> Vec<(&Results, &Measured)> {
    let documents = results.first().map_or(0, |results| results.documents.len());
    let of = |idx: usize| results.iter().filter_map(move |results| Some((results, results.documents.get(idx)?)));
    (0..documents).flat_map(of).collect()
}

fn per_1000(document: &Measured) -> f64 {
    document.marks as f64 * 1000.0 / document.words as f64
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn said(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!([7, 999, 1000, 120_000, 1_234_567].map(thousands), ["7", "999", "1,000", "120,000", "1,234,567"]);
    }
}

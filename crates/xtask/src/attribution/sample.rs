//! Claim marks in plain text, drawn by chance, to be read and judged by a person.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use unspin_core::{Analyzer, Family, Settings, rules};
use unspin_text::Markup;

use crate::corpus;

#[derive(Debug, Args)]
pub(crate) struct Draw {
    /// Plain text, a paragraph a line (`.zst` is unpacked): draw claim marks from it and print them with their paragraph
    #[arg(long)]
    sample: Option<PathBuf>,
    /// So many marks
    #[arg(long, default_value_t = 200)]
    sample_marks: usize,
    /// So many paragraphs in which nothing is marked, to look for misses
    #[arg(long, default_value_t = 0)]
    sample_unmarked: usize,
    /// A document begins at a line without a final mark (a headline, a caption) and has so many paragraphs at most
    #[arg(long, default_value_t = 40)]
    sample_paragraphs: usize,
    /// Another number draws other marks
    #[arg(long, default_value_t = 1)]
    sample_seed: u64,
}

/// One line to be judged, and where in the draw it came.
struct Drawn {
    ticket: u64,
    text: String,
}

pub(crate) fn run(options: &Draw, analyzer: &Analyzer) -> anyhow::Result<()> {
    let Some(path) = &options.sample else { return Ok(()) };
    let mut lines = Vec::new();
    corpus::for_each_batch(path, |batch| lines.extend(batch.into_iter().filter(|line| !line.is_empty())))?;
    let settings = Settings::default();
    let (mut marks, mut unmarked) = (Vec::new(), Vec::new());
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents(&lines, options.sample_paragraphs) {
        let text = document.join("\n");
        let found = analyzer.analyze(&text, Markup::Plain, &settings, 0).diagnostics;
        let mut start = 0;
        for (idx, line) in document.iter().enumerate() {
            let here = start..start + line.len();
            start = here.end + 1;
            let before = if idx > 0 { document[idx - 1].as_str() } else { "" };
            let after = document.get(idx + 1).map_or("", String::as_str);
            let mut any = false;
            for diagnostic in &found {
                let is_claim = rules::find(diagnostic.rule).is_some_and(|rule| rule.family == Family::Claim);
                if !is_claim || !here.contains(&diagnostic.range.start) {
                    continue;
                }
                any = true;
                *by_rule.entry(diagnostic.rule).or_default() += 1;
                let range = diagnostic.range.start - here.start..diagnostic.range.end.min(here.end) - here.start;
                marks.push(Drawn {
                    ticket: ticket(options.sample_seed, marks.len()),
                    text: format!(
                        "{}  {}\n  < {before}\n  = {}⟦{}⟧{}\n  > {after}",
                        diagnostic.rule,
                        diagnostic.message,
                        &line[..range.start],
                        &line[range.clone()],
                        &line[range.end..]
                    ),
                });
            }
            if !any {
                unmarked.push(Drawn { ticket: ticket(options.sample_seed, unmarked.len()), text: line.clone() });
            }
        }
    }
    let words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
    println!("{} marks in {words} words: {by_rule:?}", marks.len());
    print(marks, options.sample_marks);
    print(unmarked, options.sample_unmarked);
    Ok(())
}

/// Cuts the lines before each headline, and where a document would grow too long.
fn documents(lines: &[String], paragraphs_max: usize) -> Vec<&[String]> {
    let mut found = Vec::new();
    let mut start = 0;
    for (idx, line) in lines.iter().enumerate() {
        let headline = !line.ends_with(['.', '?', '!', '"', '”', '’', '\'', ')', ':', ';', ',']);
        if start < idx && (headline || idx - start >= paragraphs_max) {
            found.push(&lines[start..idx]);
            start = idx;
        }
    }
    if start < lines.len() {
        found.push(&lines[start..]);
    }
    found
}

fn print(mut drawn: Vec<Drawn>, n_wanted: usize) {
    drawn.sort_by_key(|one| one.ticket);
    for (idx, one) in drawn.iter().take(n_wanted).enumerate() {
        println!("{:>3} {}", idx + 1, one.text);
    }
}

/// SplitMix64: a place in the draw that depends on seed and number alone, so that the same text gives the same draw.
fn ticket(seed: u64, number: usize) -> u64 {
    let mut state =
        seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

//! `cargo xtask attribution`: who says what, against annotated documents and minimal pairs; claim marks drawn to be judged.
//!
//! The files stand outside the repository: a JSON object a line, offsets in characters (Unicode code points), end exclusive; paragraphs
//! are lines. Documents: `genre`, `text`, `attributions` with `source` (or null), `cue` and `content` (lists of ranges). Pairs: `with`,
//! `content_with`, `without`, `content_without`, `kind`, `alone`. No rule may be tuned on the last quarter of a genre's documents.

use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::Deserialize;
use unspin_core::{Analyzer, Family, RuleLevel, Settings, rules};
use unspin_text::Markup;

use crate::corpus;

mod sample;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Annotated documents (`.zst` is unpacked)
    #[arg(long)]
    gum: Option<PathBuf>,
    /// Paragraphs with their attribution and without it (`.zst` is unpacked)
    #[arg(long)]
    pairs: Option<PathBuf>,
    /// The genre of the documents that are measured
    #[arg(long, default_value = "news")]
    genre: String,
    /// Print what was missed and what was found falsely, but for the documents kept aside
    #[arg(long)]
    show: bool,
    #[command(flatten)]
    sample: sample::Draw,
}

#[derive(Debug, Deserialize)]
struct GoldDocument {
    genre: String,
    text: String,
    attributions: Vec<Triple>,
}

/// Offsets in characters.
#[derive(Debug, Deserialize)]
struct Triple {
    source: Option<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    id: String,
    kind: String,
    alone: bool,
    with: String,
    content_with: [usize; 2],
    without: String,
    content_without: [usize; 2],
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let analyzer = Analyzer::default();
    if let Some(path) = &options.gum {
        let mut documents: Vec<GoldDocument> = read(path)?;
        documents.retain(|document| document.genre == options.genre);
        let kept_aside = documents.split_off(documents.len() - documents.len() / 4);
        println!(
            "{:<12} {:>9} {:>5} {:>5} {:>5}   {:>7} {:>5} {:>5}   {:>12}",
            options.genre, "documents", "P", "R", "F", "content", "R", "F", "right source"
        );
        println!("{:<12} {}", "open", row(&analyzer, &documents, options.show));
        println!("{:<12} {}", "kept aside", row(&analyzer, &kept_aside, false));
    }
    if let Some(path) = &options.pairs {
        pairs(&analyzer, &read(path)?, options.show);
    }
    sample::run(&options.sample, &analyzer)
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> anyhow::Result<Vec<T>> {
    let mut items = Vec::new();
    let mut failed = None;
    corpus::for_each_batch(path, |lines| {
        for line in lines.iter().filter(|line| !line.is_empty()) {
            match serde_json::from_str(line) {
                Ok(item) => items.push(item),
                Err(error) => failed = Some(error),
            }
        }
    })?;
    match failed {
        Some(error) => Err(error).with_context(|| format!("`{}` has a line of another form", path.display())),
        None => Ok(items),
    }
}

/// Where each character begins, and the end of the text.
fn offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn bytes(offsets: &[usize], range: [usize; 2]) -> Range<usize> {
    offsets[range[0].min(offsets.len() - 1)]..offsets[range[1].min(offsets.len() - 1)]
}

#[derive(Debug, Default)]
struct Counts {
    found: usize,
    wrong: usize,
    missed: usize,
    content_gold: usize,
    content_found: usize,
    content_both: usize,
    sources_asked: usize,
    sources_right: usize,
}

fn row(analyzer: &Analyzer, documents: &[GoldDocument], show: bool) -> String {
    let mut counts = Counts::default();
    for document in documents {
        measure(analyzer, document, show, &mut counts);
    }
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    let f1 = |precision: f64, recall: f64| {
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    };
    let (precision, recall) =
        (share(counts.found, counts.found + counts.wrong), share(counts.found, counts.found + counts.missed));
    let (overlap_precision, overlap_recall) =
        (share(counts.content_both, counts.content_found), share(counts.content_both, counts.content_gold));
    format!(
        "{:>9} {precision:>5.2} {recall:>5.2} {:>5.2}   {overlap_precision:>7.2} {overlap_recall:>5.2} {:>5.2}   {:>5} of {:>3}",
        documents.len(),
        f1(precision, recall),
        f1(overlap_precision, overlap_recall),
        counts.sources_right,
        counts.sources_asked,
    )
}

/// Sentences with a cue, bytes of content, and the source of each content that was found by half at least.
fn measure(analyzer: &Analyzer, gold: &GoldDocument, show: bool, counts: &mut Counts) {
    let text = &gold.text;
    let offsets = offsets(text);
    let analysis = analyzer.analyze(text, Markup::Plain, &Settings::default(), 0);
    let document = unspin_text::parse(text, Markup::Plain);
    for block in &document.blocks {
        for sentence in &block.sentences {
            let sentence = block.source_range(sentence.range.clone());
            let is_in = |cue: &Range<usize>| sentence.start <= cue.start && cue.start < sentence.end;
            let expected =
                gold.attributions.iter().any(|triple| triple.cue.iter().any(|&cue| is_in(&bytes(&offsets, cue))));
            let found = analysis.attributions.iter().any(|span| is_in(&span.cue));
            match (expected, found) {
                (true, true) => counts.found += 1,
                (true, false) => counts.missed += 1,
                (false, true) => counts.wrong += 1,
                (false, false) => {}
            }
            if show && expected != found {
                println!("{} {}", if expected { "missed" } else { "false " }, text[sentence].replace('\n', " "));
            }
        }
    }
    let mut covered = vec![0u8; text.len()];
    for range in gold.attributions.iter().flat_map(|triple| &triple.content) {
        covered[bytes(&offsets, *range)].iter_mut().for_each(|byte| *byte |= 1);
    }
    for range in analysis.attributions.iter().flat_map(|span| &span.content) {
        covered[range.clone()].iter_mut().for_each(|byte| *byte |= 2);
    }
    counts.content_gold += covered.iter().filter(|&&byte| byte & 1 != 0).count();
    counts.content_found += covered.iter().filter(|&&byte| byte & 2 != 0).count();
    counts.content_both += covered.iter().filter(|&&byte| byte == 3).count();
    for triple in &gold.attributions {
        let Some(source) = triple.source else { continue };
        let source = bytes(&offsets, source);
        let contents: Vec<Range<usize>> = triple.content.iter().map(|&content| bytes(&offsets, content)).collect();
        let total: usize = contents.iter().map(Range::len).sum();
        let shared = |found: &[Range<usize>]| -> usize {
            found
                .iter()
                .flat_map(|a| contents.iter().map(move |b| a.end.min(b.end).saturating_sub(a.start.max(b.start))))
                .sum()
        };
        let mut right_content =
            analysis.attributions.iter().filter(|span| shared(&span.content) * 2 > total).peekable();
        if right_content.peek().is_none() {
            continue;
        }
        counts.sources_asked += 1;
        counts.sources_right +=
            usize::from(right_content.any(|span| span.source.start < source.end && source.start < span.source.end));
    }
}

/// Silent on what is attributed; speaks on what is not, where nothing else in the paragraph answers.
fn pairs(analyzer: &Analyzer, pairs: &[Pair], show: bool) {
    let mut settings = Settings::default();
    for rule in rules::RULES {
        let level = if rule.family == Family::Claim { RuleLevel::Warning } else { RuleLevel::Off };
        settings.rules.insert(rule.name.to_owned(), level);
    }
    let marks = |text: &str, content: [usize; 2]| {
        let content = bytes(&offsets(text), content);
        let diagnostics = analyzer.analyze(text, Markup::Plain, &settings, 0).diagnostics;
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.range.start < content.end && content.start < diagnostic.range.end)
            .count()
    };
    let (mut silent, mut spoken, mut to_speak) = (0, 0, 0);
    for pair in pairs {
        let is_silent = marks(&pair.with, pair.content_with) == 0;
        silent += usize::from(is_silent);
        if show && !is_silent {
            println!("speaks on “with”: {}", pair.id);
        }
        if pair.alone && pair.kind == "quote" {
            let speaks = marks(&pair.without, pair.content_without) > 0;
            to_speak += 1;
            spoken += usize::from(speaks);
            if show && !speaks {
                println!("silent on “without”: {}", pair.id);
            }
        }
    }
    println!(
        "pairs: silent on {silent} of {} with their attribution; speaks on {spoken} of {to_speak} quotations without it",
        pairs.len()
    );
}

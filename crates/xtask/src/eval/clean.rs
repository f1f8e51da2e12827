//! Clean text: every mark of the spun family in it is a false one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;
use unspin_core::{Analyzer, Family, Settings, rules};
use unspin_text::Markup;

use super::findings;
use crate::corpus;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Clean text, a paragraph a line (`.zst` is unpacked): every mark of the spun family in it is a false one
    #[arg(long)]
    pub(super) clean: Vec<PathBuf>,
    /// Read so many words of each clean file
    #[arg(long, default_value_t = 100_000)]
    pub(super) clean_words: usize,
    /// So many paragraphs of clean text make a document
    #[arg(long, default_value_t = 12)]
    clean_paragraphs: usize,
}

/// Clean documents of one file.
#[derive(Debug, Clone)]
pub(super) struct CleanText {
    pub(super) name: String,
    pub(super) documents: Vec<String>,
    pub(super) words: usize,
}

impl Options {
    pub(super) fn read(&self, path: &Path) -> anyhow::Result<CleanText> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut text = CleanText { name, documents: Vec::new(), words: 0 };
        corpus::for_each_batch(path, |lines| {
            for paragraphs in lines.chunks(self.clean_paragraphs) {
                if text.words < self.clean_words {
                    let document = paragraphs.join("\n");
                    text.words += document.split_whitespace().count();
                    text.documents.push(document);
                }
            }
        })?;
        Ok(text)
    }
}

impl CleanText {
    /// The first documents, with so many words or a few more.
    pub(super) fn first(&self, words: usize) -> CleanText {
        let mut text = CleanText { name: self.name.clone(), documents: Vec::new(), words: 0 };
        for document in &self.documents {
            if text.words < words {
                text.words += document.split_whitespace().count();
                text.documents.push(document.clone());
            }
        }
        text
    }
}

/// Marks by rule, the spun family's as a sum, and the phrases most often marked.
pub(super) fn tables(
    text: &CleanText,
    analyzer: &Analyzer,
    settings: &Settings,
    worst: usize,
    say: &mut dyn FnMut(&str),
) {
    let CleanText { name, documents, words } = text;
    let marks: Vec<(&str, String, String)> = documents
        .par_iter()
        .flat_map_iter(|document| {
            let analysis = analyzer.analyze(document, Markup::Plain, settings, 0);
            analysis.diagnostics.into_iter().map(|diagnostic| {
                let phrase = document[diagnostic.range.clone()].to_lowercase();
                (diagnostic.rule, phrase, findings::around(document, &diagnostic.range))
            })
        })
        .collect();
    say(&format!("clean text {name}: {words} words in {} documents", documents.len()));
    println!("{:<24} {:>6} {:>10}", "rule", "marks", "per 1,000");
    let per_1000 = |count: usize| count as f64 * 1000.0 / *words as f64;
    let mut spun = 0;
    for rule in rules::RULES {
        let count = marks.iter().filter(|(name, ..)| *name == rule.name).count();
        println!("{:<24} {count:>6} {:>10.2}", rule.name, per_1000(count));
        if rule.family == Family::Spun {
            spun += count;
        }
    }
    say(&format!("{:<24} {spun:>6} {:>10.2}\n", "spun family", per_1000(spun)));
    let mut by_phrase: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (rule, phrase, around) in &marks {
        if rules::find(rule).is_some_and(|rule| rule.family == Family::Spun) {
            by_phrase.entry(phrase).or_insert((0, around)).0 += 1;
        }
    }
    let mut by_count: Vec<_> = by_phrase.into_iter().collect();
    by_count.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    for (phrase, (count, around)) in by_count.into_iter().take(worst) {
        println!("{count:>5} {phrase}   [{around}]");
    }
}

//! False marks on clean text, and the phrases most often marked.

use std::collections::BTreeMap;

use rayon::prelude::*;
use unspin_core::{Analyzer, Family, Sensitivity};
use unspin_text::Markup;

use super::super::clean::CleanText;
use super::super::{findings, settings};

/// How many phrases are listed.
const LISTED: usize = 50;

/// A candidate in clean text: a mark if it is shown.
#[derive(Debug)]
pub(super) struct FalseMark {
    pub(super) confidence: f64,
    phrase: String,
}

/// `analyzer` shows everything.
pub(super) fn marks(text: &CleanText, analyzer: &Analyzer) -> Vec<FalseMark> {
    let settings = settings(Sensitivity::Balanced);
    text.documents
        .par_iter()
        .flat_map_iter(|document| {
            findings::with_confidence(analyzer, document, Markup::Plain, &settings, Family::Spun)
                .into_iter()
                .map(|(confidence, finding)| FalseMark { confidence, phrase: document[finding.range].to_lowercase() })
        })
        .collect()
}

pub(super) fn section(clean: &[CleanText], marks: &[Vec<FalseMark>]) -> String {
    let threshold = Sensitivity::Balanced.threshold();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in marks.iter().flatten().filter(|mark| threshold <= mark.confidence) {
        *counts.entry(&mark.phrase).or_default() += 1;
    }
    let n_phrases = counts.len();
    let sum: usize = counts.values().sum();
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let listed: Vec<String> =
        counts.iter().take(LISTED).map(|(phrase, count)| format!("{} {count}", phrase.replace('\n', " "))).collect();
    let names: Vec<&str> = clean.iter().map(|text| text.name.as_str()).collect();
    format!(
        "## What is marked in clean text\n\nAt balanced, in {}: {sum} marks of {n_phrases} phrases. The {} most often marked, with how often:\n\n{}\n",
        names.join(", "),
        listed.len(),
        listed.join(" · ")
    )
}

//! What the decision is fitted on: every candidate of a text with the numbers that speak for and against it.

use std::ops::Range;

use unspin_text::{Markup, TokenKind, parse};

use crate::analysis::Analyzer;
use crate::spin;

/// What the numbers of a [`Sample`] are called.
pub const FEATURE_NAMES: &[&str] = &spin::FEATURE_NAMES;

/// A candidate as the decision sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Bytes of the source.
    pub range: Range<usize>,
    /// No entry of the lexicon knows it; the encoder points at it.
    pub is_open: bool,
    /// In the order of [`FEATURE_NAMES`].
    pub features: Vec<f64>,
}

/// The candidates of a text, overlapping ones included, and how many words it has.
#[must_use]
pub fn samples(analyzer: &Analyzer, text: &str) -> (Vec<Sample>, usize) {
    let document = parse(text, Markup::Plain);
    let mut samples = Vec::new();
    let mut words = 0;
    for block in &document.blocks {
        words += block.tokens.iter().filter(|token| token.kind == TokenKind::Word).count();
        for sentence in &block.sentences {
            let (_, candidates) = spin::all(analyzer.reader(false), block, sentence);
            samples.extend(candidates.into_iter().map(|(_, candidate)| {
                let start = sentence.range.start;
                Sample {
                    range: block.source_range(candidate.range.start + start..candidate.range.end + start),
                    is_open: candidate.signals.surety.is_none(),
                    features: candidate.signals.features().to_vec(),
                }
            }));
        }
    }
    (samples, words)
}

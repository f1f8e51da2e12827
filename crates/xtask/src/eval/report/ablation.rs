//! What each part is worth: everything without it, at the same rate of false marks.

use std::fmt::Write as _;

use unspin_core::Measuring;

use super::super::clean::CleanText;
use super::{Measured, Options, curve, measure, measured, sets, worst};
use crate::models::{Ablation, Files};

/// False marks in 1,000 words of clean text at which all rows are compared.
const FALSE_MARKS: f64 = 0.7;

const SHOW_ALL: Measuring =
    Measuring { threshold: Some(0.0), without_open: false, without_thesaurus: false, without_rate: false };
const ALL: Ablation = Ablation { no_ngram: false, no_encoder: false, without: &[], measuring: SHOW_ALL };

const ROWS: [(&str, Ablation); 10] = [
    ("everything", ALL),
    ("without the document's rate", Ablation { measuring: Measuring { without_rate: true, ..SHOW_ALL }, ..ALL }),
    ("without the encoder", Ablation { no_encoder: true, ..ALL }),
    ("without the n-gram model", Ablation { no_ngram: true, ..ALL }),
    ("without both: the lexicon alone", Ablation { no_ngram: true, no_encoder: true, ..ALL }),
    ("without the thesaurus", Ablation { measuring: Measuring { without_thesaurus: true, ..SHOW_ALL }, ..ALL }),
    ("without words that no entry knows", Ablation { measuring: Measuring { without_open: true, ..SHOW_ALL }, ..ALL }),
    ("without everyday words", Ablation { without: &["everyday"], ..ALL }),
    ("without idioms", Ablation { without: &["idioms"], ..ALL }),
    ("without the pairs of the wild pages", Ablation { without: &["wild"], ..ALL }),
];

pub(super) fn section(files: &Files, options: &Options, clean: &CleanText) -> anyhow::Result<String> {
    let mut page = format!(
        "## What each part is worth\n\nEach row at the threshold that gives {FALSE_MARKS} false marks in 1,000 words of the first {} words of {}; \
         these thresholds are for this table alone, and the rows that need a higher one are set back by it. The coefficients are not fitted again. \
         Area: under the precision–recall curve, whatever the threshold.\n\n| | threshold |",
        clean.words, clean.name
    );
    for set in &options.sets {
        write!(page, " {set}: precision | recall | first fix | area |").expect("writing to a string");
    }
    page.push_str(&format!("\n| --- | --- |{}\n", " --- |".repeat(4 * options.sets.len())));
    for (name, ablation) in ROWS {
        let analyzer = files.analyzer(&ablation)?;
        let confidences = worst::marks(clean, &analyzer).into_iter().map(|mark| mark.confidence).collect();
        let threshold = threshold(confidences, (FALSE_MARKS * clean.words as f64 / 1000.0) as usize);
        let is_wanted = |set: &str| options.sets.iter().any(|wanted| wanted == set);
        let measured = measure(options, &is_wanted, &analyzer)?;
        write!(page, "| {name} | {threshold:.3} |").expect("writing to a string");
        let by_set = sets(&measured);
        for wanted in &options.sets {
            let none: Vec<&Measured> = Vec::new();
            let set = by_set.iter().find(|(set, _)| set == wanted).map_or(&none, |(_, set)| set);
            let figures = measured::figures(set, threshold);
            let area = curve::area(&curve::points(set));
            let (precision, recall, fix) = (figures.precision(), figures.recall(), figures.first_fix());
            write!(page, " {precision:.2} | {recall:.2} | {fix:.2} | {area:.3} |").expect("writing to a string");
        }
        page.push('\n');
    }
    page.push('\n');
    Ok(page)
}

/// The least threshold with which at most so many candidates are shown.
fn threshold(mut confidences: Vec<f64>, at_most: usize) -> f64 {
    /// The distance of two confidences that differ.
    const STEP: f64 = 1.0 / 1024.0;
    confidences.sort_by(|a, b| b.total_cmp(a));
    confidences.get(at_most).map_or(0.0, |first_hidden| first_hidden + STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_asked_are_shown() {
        let threshold = threshold(vec![0.25, 0.75, 0.5, 0.5], 2);
        assert!(0.5 < threshold && threshold < 0.75);
    }
}

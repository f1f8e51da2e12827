//! Whether spun and clean documents are told apart, at equal length.

use std::fmt::Write as _;

use rayon::prelude::*;
use unspin_core::{Analyzer, Sensitivity};
use unspin_text::Markup;

use super::super::clean::CleanText;
use super::super::settings;
use super::Measured;

/// So many pieces of the clean text are enough.
const CLEAN_PIECES_MAX: usize = 200;

pub(super) fn section(
    measured: &[Measured],
    sets: &[String],
    clean: &CleanText,
    words: usize,
    analyzer: &Analyzer,
) -> String {
    let verdicts = |texts: Vec<&str>| -> Vec<f64> {
        let settings = settings(Sensitivity::Balanced);
        texts.par_iter().map(|text| analyzer.analyze(text, Markup::Plain, &settings, 0).verdict.spun.get()).collect()
    };
    let of_articles = |is_wanted: &dyn Fn(&Measured) -> bool| {
        verdicts(
            measured.iter().filter(|m| is_wanted(m)).flat_map(|m| pieces(&m.article.fixture.text, words)).collect(),
        )
    };
    let clean_articles = of_articles(&|m| sets.contains(&m.article.set) && m.gold() == 0);
    let news: Vec<&str> =
        clean.documents.iter().flat_map(|document| pieces(document, words)).take(CLEAN_PIECES_MAX).collect();
    let clean_pieces: Vec<f64> = clean_articles.iter().copied().chain(verdicts(news)).collect();
    let mut page = format!(
        "## The document's verdict\n\nPieces of {words} words. AUC: how often a spun piece has the higher verdict than a clean one, ties by half. \
         Clean: {} pieces of the clean articles and {} of {}.\n\n\
         | spun pieces of | pieces | AUC | AUC against the clean articles alone | verdict ≥ .5, spun | clean |\n| --- | --- | --- | --- | --- | --- |\n",
        clean_articles.len(),
        clean_pieces.len() - clean_articles.len(),
        clean.name,
    );
    let mut row = |name: &str, spun: &[f64]| {
        let called =
            |pieces: &[f64]| pieces.iter().filter(|&&verdict| 0.5 <= verdict).count() as f64 / pieces.len() as f64;
        writeln!(
            page,
            "| {name} | {} | {:.3} | {:.3} | {:.2} | {:.2} |",
            spun.len(),
            auc(spun, &clean_pieces),
            auc(spun, &clean_articles),
            called(spun),
            called(&clean_pieces)
        )
        .expect("writing to a string");
    };
    let mut all = Vec::new();
    for set in sets {
        let spun = of_articles(&|m| m.article.set == *set && 0 < m.gold());
        row(set, &spun);
        all.extend(spun);
    }
    row(&sets.join(" + "), &all);
    page.push('\n');
    page
}

/// A text in pieces of so many words; what is left at the end is no piece.
fn pieces(text: &str, words: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let starts: Vec<usize> =
        text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize).collect();
    for piece in starts.chunks_exact(words) {
        let last = piece[words - 1];
        let end = text[last..].find(char::is_whitespace).map_or(text.len(), |length| last + length);
        pieces.push(&text[piece[0]..end]);
    }
    pieces
}

/// How often one of the first is larger than one of the second.
fn auc(larger: &[f64], smaller: &[f64]) -> f64 {
    let mut wins = 0.0;
    for &one in larger {
        for &other in smaller {
            wins += if one > other {
                1.0
            } else if one == other {
                0.5
            } else {
                0.0
            };
        }
    }
    wins / (larger.len() * smaller.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_one_length_and_the_rest_is_none() {
        assert_eq!(pieces("one two\n\nthree four five", 2), ["one two", "three four"]);
        assert!(pieces("one", 2).is_empty());
    }

    #[test]
    fn ties_count_half() {
        assert!((auc(&[0.9, 0.5], &[0.5, 0.1]) - 0.875).abs() < 1e-9);
    }
}

//! What it costs to know who says what, a sentence, beside what the tokeniser itself costs for the same text.
//!
//! The bound is 20 µs a sentence: facts are read for every sentence of an article, and again for each that is edited.

use unspin_core::read_claims;
use unspin_text::{Document, Markup, parse};

const PARAGRAPH: &str = "The minister told reporters on Tuesday that the government would give more money to schools in the north. \
                         “Many of the roofs have begun to leak,” said Maria Ortiz, who runs a school near Leiden. Analysts say the plan \
                         will cost more than 40 million euros a year. The opposition has called it the worst budget of the decade. \
                         Officials at the finance ministry, who declined to be named, admitted that the money was not there yet. \
                         It is understood that the two sides will meet again before the summer. According to a report by the audit \
                         office, one roof in five is older than sixty years. The rain is expected to go on until Friday.";

/// Sentences of the paragraph: what one iteration is to be divided by.
const SENTENCES: usize = 8;

fn main() {
    let document = parse(PARAGRAPH, Markup::Plain);
    let sentences: usize = document.blocks.iter().map(|block| block.sentences.len()).sum();
    assert_eq!(sentences, SENTENCES, "the times below are for so many sentences");
    assert!(read_claims(&document) >= 5, "who says what is found before its time counts");
    divan::main();
}

/// The tokeniser, the sentences and the quotations.
#[divan::bench]
fn parse_eight_sentences() -> Document {
    parse(divan::black_box(PARAGRAPH), Markup::Plain)
}

/// Attributions, and what could be a claim without a source.
#[divan::bench]
fn claims_of_eight_sentences(bencher: divan::Bencher<'_, '_>) {
    let document = parse(PARAGRAPH, Markup::Plain);
    bencher.bench_local(|| read_claims(divan::black_box(&document)));
}

//! From text to diagnostics.

use std::collections::BTreeMap;

use serde::Serialize;
use unspin_lexicon::Lexicon;
use unspin_lm::{Encoder, Ngram};
use unspin_text::{Block, Document, Ignore, Markup, Sentence};

use crate::claims::{self, AttributedSpan, ClaimFacts, SourceSummary};
use crate::config::Settings;
use crate::diagnostic::{Confidence, Diagnostic, Evidence};
use crate::facts::BlockFacts;
use crate::measuring::Measuring;
use crate::memo::{Memo, ReadDocument};
use crate::rules::{Family, find};
use crate::spin::{self, Candidate, Rate, RateCounts, Reader};

/// Everything that is said of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysis {
    /// Sorted by start, then end, then rule.
    pub diagnostics: Vec<Diagnostic>,
    /// What is said of the document as a whole.
    pub verdict: Verdict,
    /// Who says what, in the order of the text.
    pub attributions: Vec<AttributedSpan>,
    /// Who speaks in the article, who speaks most first.
    pub sources: Vec<SourceSummary>,
    /// The document is too long for the encoder (a megabyte); the other models read it alone.
    pub is_partial: bool,
}

/// What is said of the document as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Verdict {
    /// Words of prose.
    pub words: usize,
    /// How likely it is that the document was spun.
    pub spun: Confidence,
    /// Sentences of prose.
    pub sentences: usize,
    /// Sentences with a mark of the spun family.
    pub spun_sentences: usize,
    /// Marks by rule.
    pub marks: BTreeMap<&'static str, usize>,
}

impl Verdict {
    /// One line for a status bar: `reads as spun: 41 of 46 sentences`.
    #[must_use]
    pub fn line(&self) -> String {
        // One pasted phrase makes no spun article, however sure it is.
        const SPUN_SENTENCES_MIN: usize = 3;
        let marks: usize = self.marks.values().sum();
        if self.spun.get() >= 0.5 && self.spun_sentences >= SPUN_SENTENCES_MIN {
            format!("reads as spun: {} of {} sentences", self.spun_sentences, self.sentences)
        } else if marks == 0 {
            "clean".to_owned()
        } else {
            format!("{marks} {}", if marks == 1 { "mark" } else { "marks" })
        }
    }
}

/// Reads articles: the channel, the language models, and the way from text to diagnostics.
///
/// One is made at the start of a program and shared; it never changes.
#[derive(Debug)]
pub struct Analyzer {
    lexicon: Lexicon,
    ngram: Option<Ngram<'static>>,
    encoder: Option<Encoder>,
    measuring: Measuring,
}

impl Default for Analyzer {
    /// The channel alone, without language models.
    fn default() -> Analyzer {
        Analyzer {
            lexicon: unspin_lexicon::curated().clone(),
            ngram: None,
            encoder: None,
            measuring: Measuring::default(),
        }
    }
}

impl Analyzer {
    /// With an n-gram model, which ranks fixes and weighs the context.
    #[must_use]
    pub fn with_ngram(self, ngram: Ngram<'static>) -> Analyzer {
        Analyzer { ngram: Some(ngram), ..self }
    }

    /// With the encoder, which finds what no list knows.
    #[must_use]
    pub fn with_encoder(self, encoder: Encoder) -> Analyzer {
        Analyzer { encoder: Some(encoder), ..self }
    }

    /// Without some files of the lexicon, named without extension; for measuring what a file is worth.
    #[must_use]
    pub fn without_lexicon_files(self, files: &[&str]) -> Analyzer {
        Analyzer { lexicon: self.lexicon.without(files), ..self }
    }

    /// With switches for measuring what a part is worth.
    #[must_use]
    pub fn measuring(self, measuring: Measuring) -> Analyzer {
        Analyzer { measuring, ..self }
    }

    /// Analyses a text from scratch.
    ///
    /// `repairs` is how many fixes were accepted in this document already: they keep their weight as evidence, so that repairing an
    /// article does not hide what is left of it.
    #[must_use]
    pub fn analyze(&self, text: &str, markup: Markup, settings: &Settings, repairs: u32) -> Analysis {
        let read = Memo::default().read(self, text, markup, &|| false).unwrap_or_default();
        self.verdicts(&read, settings, repairs)
    }

    /// The models that read a sentence; `is_partial` leaves out the encoder.
    pub(crate) fn reader(&self, is_partial: bool) -> Reader<'_> {
        let encoder = self.encoder.as_ref().filter(|_| !is_partial);
        let measuring = self.measuring;
        Reader { lexicon: &self.lexicon, ngram: self.ngram.as_ref(), encoder, measuring }
    }

    /// Decides: facts, the document's summary and settings in, diagnostics out.
    pub(crate) fn verdicts(&self, read: &ReadDocument, settings: &Settings, repairs: u32) -> Analysis {
        let document = &read.document;
        let facts: Vec<&BlockFacts> = read.blocks.iter().map(|block| &block.facts).collect();
        let mut counts = RateCounts::default();
        for (block, facts) in document.blocks.iter().zip(&facts) {
            for (sentence, spin) in block.sentences.iter().zip(&facts.spin) {
                counts.add(
                    spin.candidates.iter().map(|candidate| ratio_here(block, sentence, candidate)),
                    spin.other_words,
                );
            }
        }
        let other_word = if self.encoder.is_some() && !read.is_partial {
            spin::OTHER_WORD_ENCODER
        } else {
            spin::OTHER_WORD_CHANNEL
        };
        let rate = Rate::estimate(&counts, other_word, repairs);
        let mut verdict = Verdict {
            words: facts.iter().map(|facts| facts.words).sum(),
            sentences: facts.iter().map(|facts| facts.spin.len()).sum(),
            spun: document_confidence(rate),
            ..Verdict::default()
        };
        let mut diagnostics = self.spin_diagnostics(document, &facts, settings, rate, &mut verdict);
        let claims: Vec<&ClaimFacts> = facts.iter().map(|facts| &facts.claims).collect();
        diagnostics.extend(claims::diagnostics(document, &claims, settings));
        diagnostics.retain(|diagnostic| !is_ignored(&document.ignores, diagnostic));
        diagnostics.sort_by(|a, b| (a.range.start, a.range.end, a.rule).cmp(&(b.range.start, b.range.end, b.rule)));
        for diagnostic in &diagnostics {
            *verdict.marks.entry(diagnostic.rule).or_default() += 1;
        }
        let attributions = claims::attributed_spans(document, &claims);
        let sources = claims::summaries(document, &claims);
        Analysis { diagnostics, verdict, attributions, sources, is_partial: read.is_partial }
    }

    fn spin_diagnostics(
        &self,
        document: &Document,
        facts: &[&BlockFacts],
        settings: &Settings,
        rate: Rate,
        verdict: &mut Verdict,
    ) -> Vec<Diagnostic> {
        let threshold = self.measuring.threshold.map_or_else(|| spin::threshold(settings.sensitivity), Confidence::new);
        let mut shown = Vec::new();
        for (block, facts) in document.blocks.iter().zip(facts) {
            for (sentence, spin) in block.sentences.iter().zip(&facts.spin) {
                let shown_before = shown.len();
                for candidate in &spin.candidates {
                    let confidence = spin::confidence(ratio_here(block, sentence, candidate), rate);
                    let Some(severity) = settings.severity(spin::rule(candidate)) else { continue };
                    if confidence >= threshold && !settings.allows(candidate.written(block, sentence)) {
                        shown.push((block, sentence, candidate, confidence, severity));
                    }
                }
                verdict.spun_sentences += usize::from(shown.len() > shown_before);
            }
        }
        let evidence = Evidence::Document { spun_sentences: verdict.spun_sentences, sentences: verdict.sentences };
        shown
            .into_iter()
            .map(|(block, sentence, candidate, confidence, severity)| {
                spin::diagnostic(&self.lexicon, block, sentence, candidate, confidence, severity, evidence.clone())
            })
            .collect()
    }
}

/// A candidate's ratio where it stands: a sentence does not know that it lies in a quotation, its block does.
fn ratio_here(block: &Block, sentence: &Sentence, candidate: &Candidate) -> i32 {
    let start = sentence.range.start;
    let prose = candidate.range.start + start..candidate.range.end + start;
    candidate.ratio + if spin::is_somebodys_words(block, &prose) { spin::QUOTED_NATS_1024 } else { 0 }
}

/// How likely it is that a document was spun at all, when one in twenty is.
fn document_confidence(rate: Rate) -> Confidence {
    const PRIOR_LOG_ODDS: f64 = -3.0;
    let log_odds = rate.document_log_ratio + PRIOR_LOG_ODDS;
    Confidence::new(1.0 / (1.0 + (-log_odds).exp()))
}

fn is_ignored(ignores: &[Ignore], diagnostic: &Diagnostic) -> bool {
    ignores.iter().any(|ignore| {
        ignore.range.start < diagnostic.range.end
            && diagnostic.range.start < ignore.range.end
            && (ignore.rules.is_empty()
                || ignore.rules.iter().any(|name| name == diagnostic.rule || is_family(name, diagnostic.rule)))
    })
}

/// A family's name stands for all its rules: `spun`, `claim`.
fn is_family(name: &str, rule: &str) -> bool {
    let family = match name {
        "spun" => Family::Spun,
        "claim" => Family::Claim,
        _ => return false,
    };
    find(rule).is_some_and(|rule| rule.family == family)
}

//! From text to diagnostics.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use unspin_lexicon::Lexicon;
use unspin_lm::{Encoder, Ngram};
use unspin_text::Markup;

use crate::claims::{AttributedSpan, SourceSummary};
use crate::config::Settings;
use crate::diagnostic::{Confidence, Diagnostic};
use crate::measuring::Measuring;
use crate::reading::Reading;
use crate::spin::{self, Rate, Reader};
use crate::verdicts::Verdicts;

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
        let mut verdicts = Verdicts::new(markup);
        verdicts.follow(self, text);
        while !verdicts.read_on(self, &|| false) {}
        verdicts.analysis(self, &Arc::new(settings.clone()), repairs)
    }

    /// The models that read a sentence; `is_partial` leaves out the encoder.
    pub(crate) fn reader(&self, is_partial: bool) -> Reader<'_> {
        let encoder = self.encoder.as_ref().filter(|_| !is_partial);
        let measuring = self.measuring;
        Reader { lexicon: &self.lexicon, ngram: self.ngram.as_ref(), encoder, measuring }
    }

    pub(crate) fn has_encoder(&self) -> bool {
        self.encoder.is_some()
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How much of a document is spun.
    pub(crate) fn rate(&self, reading: &Reading, repairs: u32) -> Rate {
        let other_word =
            if self.has_encoder() && !reading.is_partial { spin::OTHER_WORD_ENCODER } else { spin::OTHER_WORD_CHANNEL };
        if self.measuring.without_rate {
            return Rate::of_no_document();
        }
        Rate::estimate(&reading.counts, other_word, repairs)
    }

    /// The least probability that is shown.
    pub(crate) fn threshold(&self, settings: &Settings) -> Confidence {
        self.measuring.threshold.map_or_else(|| spin::threshold(settings.sensitivity), Confidence::new)
    }
}

//! From text to diagnostics, from scratch.

use std::collections::BTreeMap;

use serde::Serialize;
use unspin_text::Markup;

use crate::config::Settings;
use crate::diagnostic::{Confidence, Diagnostic};

/// Everything that is said of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysis {
    /// Sorted by start, then end, then rule.
    pub diagnostics: Vec<Diagnostic>,
    /// What is said of the document as a whole.
    pub verdict: Verdict,
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
        let marks: usize = self.marks.values().sum();
        if self.spun.get() >= 0.5 {
            format!("reads as spun: {} of {} sentences", self.spun_sentences, self.sentences)
        } else if marks == 0 {
            "clean".to_owned()
        } else {
            format!("{marks} {}", if marks == 1 { "mark" } else { "marks" })
        }
    }
}

/// Reads articles: the language models, and the way from text to diagnostics.
///
/// One is made at the start of a program and shared; it never changes.
#[derive(Debug, Default)]
pub struct Analyzer {
    _models: (),
}

impl Analyzer {
    /// Analyses a text from scratch.
    ///
    /// `repairs` is how many fixes were accepted in this document already: they keep their weight as evidence, so that repairing an
    /// article does not hide what is left of it.
    #[must_use]
    pub fn analyze(&self, text: &str, markup: Markup, settings: &Settings, repairs: u32) -> Analysis {
        let _ = (text, markup, settings, repairs);
        Analysis::default()
    }
}

//! What is said of a place in the text. Evidence is data here; words are made of it where it is shown.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::fix::Fix;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The name of the rule.
    pub rule: &'static str,
    /// Bytes of the source to underline; markup inside a phrase lies inside the range.
    pub range: Range<usize>,
    /// How loudly to say it.
    pub severity: Severity,
    /// One short clause without a full stop; for claims the question that an editor would write in the margin.
    pub message: String,
    /// How likely it is that an editor agrees.
    pub confidence: Confidence,
    /// Why.
    pub evidence: Vec<Evidence>,
    /// What to do, best first.
    pub fixes: Vec<Fix>,
    /// Other places that help to judge this one.
    pub related: Vec<Related>,
}

/// How loudly a finding is said; the four of the language server protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Shown as three dots, or not at all.
    Hint,
    /// Blue.
    Information,
    /// Yellow.
    Warning,
    /// Red.
    Error,
}

/// A probability in steps of 1/1024, so that no mark hangs on the last digit of a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Confidence(u16);

impl Confidence {
    /// Rounds to the nearest step; values outside 0 to 1 are clamped, a NaN is 0.
    #[must_use]
    pub fn new(probability: f64) -> Confidence {
        Confidence((probability.clamp(0.0, 1.0) * 1024.0).round() as u16)
    }

    /// Between 0 and 1.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.0) / 1024.0
    }
}

impl Serialize for Confidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Two digits are what a reader can use.
        serializer.serialize_f64((self.get() * 100.0).round() / 100.0)
    }
}

/// A reason for a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// The channel knows this phrase as what a spinner puts for another one.
    Channel {
        /// `curated`, `term`, `pattern`, `everyday`, `thesaurus`, or `encoder` where no list knows the pair.
        source: &'static str,
        /// The file of the lexicon that the entry stands in, or the name of the pattern.
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        /// The natural phrase.
        natural: String,
    },
    /// How much likelier the natural phrase is in this place.
    Context {
        /// `n-gram` or `encoder`: the natural phrase over the written one. `replaced`: the encoder's odds that the word was put there.
        model: &'static str,
        /// As natural logarithm times 1024.
        log_odds: i32,
    },
    /// How much of the document reads as spun.
    Document {
        /// Sentences with strong evidence.
        spun_sentences: usize,
        /// All sentences.
        sentences: usize,
    },
    /// Something that was found, or looked for in vain, in the text ("no speaker in this sentence or the next").
    Note {
        /// A clause, lower case, without a full stop.
        text: String,
    },
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Bytes of the source.
    pub range: Range<usize>,
    /// What is there.
    pub message: String,
}

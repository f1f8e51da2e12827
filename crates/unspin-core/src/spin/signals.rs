//! What speaks for and against a candidate: the numbers that the decision adds up.

use unspin_lexicon::Surety;

use super::coefficients::{CHANNEL, CHANNEL_ENCODER, CHANNEL_NGRAM, OPEN};

/// One nat, as all logarithms here are kept in 1/1024 nats.
pub(super) const NAT: i32 = 1024;

/// Odds beyond this say nothing new: the model has seen one phrase and not the other.
const LIMIT: i32 = 7 * NAT;

/// What is known of a candidate, each in 1/1024 nats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Signals {
    /// How sure the entry is alone; `None` for a place that no entry knows and the encoder alone points at.
    pub(crate) surety: Option<Surety>,
    /// The best natural phrase over the written one, by the n-gram model.
    pub(crate) ngram: Option<i32>,
    /// The log-odds that a word of the place was put there, the largest of its words.
    pub(crate) replaced: Option<i32>,
    /// The best natural phrase over the written one, by the encoder's first words.
    pub(crate) original: Option<i32>,
    /// The list of everyday substitutions has the pair.
    pub(crate) everyday: bool,
    /// A thesaurus joins the two.
    pub(crate) joined: bool,
    /// The place is more than one word.
    pub(crate) is_phrase: bool,
    /// The written word is a function word.
    pub(crate) is_function: bool,
    /// How frequent the written word is, as logarithm of its share of all words.
    pub(crate) frequency: Option<i32>,
}

/// How many numbers a candidate has for the decision.
pub(crate) const FEATURES: usize = 12;

/// What the numbers are called in the coefficients' file.
pub(crate) const FEATURE_NAMES: [&str; FEATURES] = [
    "always",
    "strong",
    "medium",
    "weak",
    "ngram",
    "replaced",
    "original",
    "phrase",
    "everyday",
    "joined",
    "function",
    "frequency",
];

impl Signals {
    /// The numbers that are weighed, in nats, in the order of [`FEATURE_NAMES`]. What is not known is zero.
    pub(crate) fn features(&self) -> [f64; FEATURES] {
        let nats =
            |value: Option<i32>| value.map_or(0.0, |value| f64::from(value.clamp(-LIMIT, LIMIT)) / f64::from(NAT));
        let is = |is: bool| f64::from(u8::from(is));
        // Shares of all words lie between e^-18 and e^-3: counted from the middle, so that the other weights keep their meaning.
        let frequency = self.frequency.map_or(-3.0, |value| f64::from(value) / f64::from(NAT) + 11.0);
        [
            1.0,
            is(self.surety == Some(Surety::Strong)),
            is(self.surety == Some(Surety::Medium)),
            is(self.surety == Some(Surety::Weak)),
            nats(self.ngram),
            nats(self.replaced),
            nats(self.original),
            is(self.is_phrase),
            is(self.everyday),
            is(self.joined),
            is(self.is_function),
            frequency,
        ]
    }

    /// How much likelier the place is in the spun words of a spun article than in clean text, in 1/1024 nats.
    pub(crate) fn ratio(&self) -> i32 {
        let weights = match (self.surety, self.replaced, self.ngram) {
            (None, ..) => &OPEN,
            (Some(_), Some(_), _) => &CHANNEL_ENCODER,
            (Some(_), None, Some(_)) => &CHANNEL_NGRAM,
            (Some(_), None, None) => &CHANNEL,
        };
        let sum: f64 = weights.iter().zip(self.features()).map(|(weight, feature)| weight * feature).sum();
        (sum * f64::from(NAT)).round() as i32
    }
}

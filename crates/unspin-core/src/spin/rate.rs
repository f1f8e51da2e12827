//! How much of the document reads as spun.
//!
//! A classifier's outputs are adjusted to the document's own share of spun words (Saerens, Latinne, Decaestecker 2002, "Adjusting the
//! Outputs of a Classifier to New a Priori Probabilities"). Not by one best share, as expectation–maximisation gives it, but by all of
//! them, each as probable as the words make it: a document is clean, or it is spun somehow, and is hardly ever a little of both.
//!
//! It works on a histogram of ratios, to which a sentence can be added and from which it can be taken exactly.

use super::coefficients::OTHER_WORD_CHANNEL;
use super::signals::NAT;

/// Bins of a quarter of a nat, from −4 to 12.
const BINS: usize = 64;
const BIN: i32 = NAT / 4;
const LOWEST: i32 = -4 * NAT;

/// The words of a document, counted by how spun they look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RateCounts {
    bins: [u32; BINS],
    /// Words that are no candidates, in sentences that all models have read …
    unknown: u32,
    /// … and in those that the encoder has not read.
    unread: u32,
}

impl Default for RateCounts {
    fn default() -> RateCounts {
        RateCounts { bins: [0; BINS], unknown: 0, unread: 0 }
    }
}

impl RateCounts {
    /// Adds a sentence: the ratios of its candidates, in 1/1024 nats, the number of its other words, and whether all models have read it.
    pub(crate) fn add(&mut self, ratios: impl IntoIterator<Item = i32>, other_words: u32, is_read: bool) {
        for ratio in ratios {
            self.bins[bin(ratio)] += 1;
        }
        *self.words(is_read) += other_words;
    }

    /// Takes out a sentence that was added before.
    pub(crate) fn remove(&mut self, ratios: impl IntoIterator<Item = i32>, other_words: u32, is_read: bool) {
        for ratio in ratios {
            self.bins[bin(ratio)] -= 1;
        }
        *self.words(is_read) -= other_words;
    }

    fn words(&mut self, is_read: bool) -> &mut u32 {
        if is_read { &mut self.unknown } else { &mut self.unread }
    }
}

fn bin(ratio: i32) -> usize {
    ((ratio - LOWEST) / BIN).clamp(0, BINS as i32 - 1) as usize
}

/// How large a share of a document's words a spinner may have put there: each share with how probable it is before reading.
///
/// Most articles are not spun; in one that is, the share is anything between a few words in a hundred and almost half of them.
const SHARES: [(f64, f64); 9] = [
    (CLEAN_SHARE, 0.9),
    (0.01, 0.02),
    (0.03, 0.02),
    (0.06, 0.02),
    (0.10, 0.01),
    (0.15, 0.01),
    (0.20, 0.01),
    (0.30, 0.005),
    (0.40, 0.005),
];
/// However clean a document is, the next sentence may be pasted from elsewhere.
const CLEAN_SHARE: f64 = 0.003;
/// A document with this share or more is one that was spun.
const SPUN_SHARE_MIN: f64 = 0.03;
/// Words of one document say less than as many words of different ones: what is odd about its language is odd again and again.
const INDEPENDENCE: f64 = 0.7;
/// What an accepted fix says, in nats: a person agreed that the place was spun.
const REPAIR: f64 = 5.0;

/// What a document's words say together about how much of it was spun.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rate {
    /// How probable each of [`SHARES`] is after reading, in steps of [`STEP`]: most edits leave every other verdict as it is.
    weights: [f64; SHARES.len()],
    /// The log-odds that the document was spun.
    spun: f64,
}

const STEP: f64 = 1.0 / 512.0;

impl Rate {
    /// Estimates the rate of a document. `repairs` spun words were there and have been repaired since; they still count.
    ///
    /// `other_word` is what a word that is no candidate says, in nats; below zero.
    pub(crate) fn estimate(counts: &RateCounts, other_word: f64, repairs: u32) -> Rate {
        let groups: Vec<(f64, f64)> = counts
            .bins
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(bin, &count)| (ratio_of_bin(bin), f64::from(count)))
            .chain([(other_word.exp(), f64::from(counts.unknown)), (REPAIR.exp(), f64::from(repairs))])
            // What the encoder has not read says as little as it does without one.
            .chain([(OTHER_WORD_CHANNEL.exp(), f64::from(counts.unread))])
            .collect();
        let log_weights = SHARES.map(|(share, prior)| {
            let log_likelihood: f64 =
                groups.iter().map(|&(ratio, count)| count * (1.0 - share + share * ratio).ln()).sum();
            prior.ln() + INDEPENDENCE * log_likelihood
        });
        let most = log_weights.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let weights = log_weights.map(|log_weight| (log_weight - most).exp());
        let sum: f64 = weights.iter().sum();
        let of = |is_spun: bool| -> f64 {
            let side = weights.iter().zip(SHARES).filter(|(_, (share, _))| (SPUN_SHARE_MIN <= *share) == is_spun);
            side.map(|(weight, _)| weight).sum()
        };
        let spun = (of(true).max(f64::MIN_POSITIVE) / of(false).max(f64::MIN_POSITIVE)).ln();
        Rate { weights: weights.map(|weight| (weight / sum / STEP).round() * STEP), spun }
    }

    /// Whether it says the same of every place.
    pub(crate) fn decides_as(&self, other: &Rate) -> bool {
        self.weights == other.weights
    }

    /// The same for every document; for measuring what the estimate is worth.
    pub(crate) fn of_no_document() -> Rate {
        Rate { weights: SHARES.map(|(share, _)| f64::from(u8::from(share == SPUN_SHARE_MIN))), spun: 0.0 }
    }

    /// The probability that a place is spun: the document's shares against the place's own ratio.
    pub(super) fn posterior(&self, ratio: f64) -> f64 {
        let weighed = self.weights.iter().zip(SHARES);
        weighed.map(|(weight, (share, _))| weight * share * ratio / (share * ratio + 1.0 - share)).sum()
    }

    /// The probability that the document was spun.
    pub(crate) fn is_spun(&self) -> f64 {
        1.0 / (1.0 + (-self.spun).exp())
    }
}

fn ratio_of_bin(bin: usize) -> f64 {
    let middle = LOWEST + bin as i32 * BIN + BIN / 2;
    (f64::from(middle) / f64::from(NAT)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_out_was_never_there() {
        let mut counts = RateCounts::default();
        counts.add([5 * NAT, -NAT, 100 * NAT], 40, true);
        let before = counts.clone();
        counts.add([2 * NAT, 3 * NAT], 7, false);
        counts.remove([3 * NAT, 2 * NAT], 7, false);
        assert_eq!(counts, before);
    }

    #[test]
    fn strong_signs_raise_the_rate_and_a_clean_document_keeps_it_low() {
        let mut clean = RateCounts::default();
        clean.add([NAT, NAT], 500, true);
        let mut spun = RateCounts::default();
        spun.add((0..60).map(|_| 7 * NAT), 440, true);
        let (clean, spun) = (Rate::estimate(&clean, -0.5, 0), Rate::estimate(&spun, -0.5, 0));
        assert!(clean.is_spun() < 0.05 && clean.posterior(50.0) < 0.3, "{clean:?}");
        assert!(0.99 < spun.is_spun() && 0.8 < spun.posterior(50.0), "{spun:?}");
    }

    #[test]
    fn repairs_keep_their_weight() {
        let mut counts = RateCounts::default();
        counts.add([NAT * 7; 3], 300, true);
        let (before, after) = (Rate::estimate(&counts, -0.5, 0), Rate::estimate(&counts, -0.5, 40));
        assert!(before.posterior(20.0) < after.posterior(20.0), "{before:?} {after:?}");
    }
}

//! How much of the document reads as spun.
//!
//! Expectation–maximisation over likelihood ratios (Saerens, Latinne, Decaestecker 2002, "Adjusting the Outputs of a Classifier to New a
//! Priori Probabilities"), with a prior: a number of imaginary words of which few are spun, so that a short text is not believed at once.
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

/// The share of a document's words that a spinner put there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rate {
    /// Between 0.004 and 0.4.
    pub(crate) share: f64,
    /// How much likelier the document is as a spun one than as a clean one, in nats.
    pub(crate) document_log_ratio: f64,
}

/// Imaginary words that stand for what we know before reading: …
const PRIOR_WORDS: f64 = 100.0;
/// … this share of them is spun.
pub(crate) const PRIOR_SHARE: f64 = 0.02;
/// However long and clean a document is, the next sentence may be pasted from elsewhere.
const SHARE_MIN: f64 = 0.004;
/// Spinners replace less than this.
const SHARE_MAX: f64 = 0.4;
/// The step from one estimate to the next is below a thousandth long before.
const STEPS: usize = 30;
/// What a spun document has at least; the two documents compared are one with this share or more, and one with none.
const SPUN_SHARE_MIN: f64 = 0.03;

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
            .chain([(other_word.exp(), f64::from(counts.unknown))])
            // What the encoder has not read says as little as it does without one.
            .chain((counts.unread > 0).then(|| (OTHER_WORD_CHANNEL.exp(), f64::from(counts.unread))))
            .collect();
        let words: f64 = groups.iter().map(|(_, count)| count).sum::<f64>() + f64::from(repairs);
        let mut share = PRIOR_SHARE;
        for _ in 0..STEPS {
            let spun: f64 = groups.iter().map(|&(ratio, count)| count * posterior(share, ratio)).sum();
            share = (spun + f64::from(repairs) + PRIOR_WORDS * PRIOR_SHARE) / (words + PRIOR_WORDS);
            share = share.clamp(SHARE_MIN, SHARE_MAX);
        }
        let spun_share = share.max(SPUN_SHARE_MIN);
        let document_log_ratio =
            groups.iter().map(|&(ratio, count)| count * (1.0 - spun_share + spun_share * ratio).ln()).sum::<f64>()
                + f64::from(repairs);
        Rate { share: in_steps(share), document_log_ratio }
    }
}

/// In steps of a thirty-second of a nat, so that most edits leave every other verdict as it is.
fn in_steps(share: f64) -> f64 {
    const STEPS_A_NAT: f64 = 32.0;
    let log_odds = (share / (1.0 - share)).ln();
    1.0 / (1.0 + (-(log_odds * STEPS_A_NAT).round() / STEPS_A_NAT).exp())
}

/// The probability that a place is spun: the document's share against the place's own ratio.
pub(super) fn posterior(share: f64, ratio: f64) -> f64 {
    share * ratio / (share * ratio + 1.0 - share)
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
        assert!(clean.share < 0.02 && clean.document_log_ratio < 0.0, "{clean:?}");
        assert!(0.08 < spun.share && spun.document_log_ratio > 50.0, "{spun:?}");
    }

    #[test]
    fn repairs_keep_their_weight() {
        let mut counts = RateCounts::default();
        counts.add([NAT * 7; 3], 300, true);
        assert!(Rate::estimate(&counts, -0.5, 0).share < Rate::estimate(&counts, -0.5, 40).share);
    }
}

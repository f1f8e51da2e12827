//! The constants of the decision, all in one place, in nats times 1024 unless said otherwise.

use unspin_lexicon::Surety;

/// One nat.
pub(super) const NAT: i32 = 1024;

/// How much likelier a place with this entry is in the spun words of a spun article than in clean text, as the entry's writer judged it.
///
/// With the rate of a clean document (about one word in a hundred) these give 0.97, 0.8, 0.25 and 0.05.
pub(super) fn channel(surety: Surety) -> i32 {
    match surety {
        Surety::Certain => 8 * NAT,
        Surety::Strong => 6 * NAT,
        Surety::Medium => 7 * NAT / 2,
        Surety::Weak => 3 * NAT / 2,
    }
}

/// What a nat of n-gram odds adds to the ratio, in percent.
pub(super) const NGRAM_PERCENT: i32 = 40;
/// The odds beyond which more says nothing new: the n-gram model has seen one phrase and not the other.
pub(super) const NGRAM_LIMIT: i32 = 7 * NAT;
/// The odds that a channel entry has on average where it is right: what is below speaks against it.
pub(super) const NGRAM_CENTRE: i32 = 2 * NAT;

/// What each place in an entry's own order of naturals costs when they are ranked.
pub(super) const RANK_STEP: i32 = NAT;

/// A word that the channel does not know speaks a little for a clean document: about half of a spinner's words are known to it.
pub(super) const UNKNOWN_WORD: i32 = -NAT / 2;

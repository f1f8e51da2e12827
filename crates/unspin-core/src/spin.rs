//! Spun phrases: what could stand for something else (the channel), whether it sits badly here while the other would sit well
//! (the context), and how much of the document reads so (the rate).
//!
//! [`read`] gives a sentence's candidates and depends on that sentence alone. [`RateCounts`] adds up their ratios over the document.
//! [`decide`] turns a candidate and the document's rate into a probability.

mod candidates;
mod coefficients;
mod decision;
mod findings;
mod rate;
mod signals;

pub(crate) use candidates::{Candidate, Reader, SpinFacts, all, read};
pub(crate) use coefficients::{OTHER_WORD_CHANNEL, OTHER_WORD_ENCODER};
pub(crate) use decision::{QUOTED_NATS_1024, confidence, threshold};
pub(crate) use findings::{diagnostic, is_somebodys_words, rule};
pub(crate) use rate::{Rate, RateCounts};
pub(crate) use signals::FEATURE_NAMES;

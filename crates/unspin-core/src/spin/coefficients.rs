//! Written by `cargo xtask fit`: a ratio is the sum of these weights times the numbers of `signals::FEATURE_NAMES`, in nats.

use super::signals::FEATURES;

/// The channel alone.
pub(super) const CHANNEL: [f64; FEATURES] = [7.351, -1.902, -3.430, -5.163, 0.000, 0.000, 0.000, 1.359, 0.000, 0.000, 0.000, 0.000];

/// The channel and the n-gram model.
pub(super) const CHANNEL_NGRAM: [f64; FEATURES] = [7.498, -1.970, -3.498, -5.020, 0.208, 0.000, 0.000, 0.222, 0.000, 0.000, -0.280, -0.086];

/// The channel, the n-gram model and the encoder.
pub(super) const CHANNEL_ENCODER: [f64; FEATURES] = [6.948, -1.035, -1.853, -3.409, 0.130, 0.818, -0.064, 0.083, 0.000, 0.000, -0.287, 0.060];

/// A place that no entry knows: the encoder points at it.
pub(super) const OPEN: [f64; FEATURES] = [1.410, 0.000, 0.000, 0.000, 0.113, 0.905, -0.051, -0.065, 0.761, 0.452, -0.154, 0.044];

/// A word that is no candidate of the channel.
pub(crate) const OTHER_WORD_CHANNEL: f64 = -0.567;
/// A word that is no candidate and that the encoder does not point at.
pub(crate) const OTHER_WORD_ENCODER: f64 = -2.105;

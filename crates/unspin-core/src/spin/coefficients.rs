//! Written by `cargo xtask fit`: a ratio is the sum of these weights times the numbers of `signals::FEATURE_NAMES`, in nats.

use super::signals::FEATURES;

/// The channel alone.
pub(super) const CHANNEL: [f64; FEATURES] =
    [7.878, -1.828, -3.018, -5.645, 0.000, 0.000, 0.000, 1.549, 0.000, 0.000, 0.000];

/// The channel and the n-gram model.
pub(super) const CHANNEL_NGRAM: [f64; FEATURES] =
    [8.021, -1.868, -3.083, -5.535, 0.244, 0.000, 0.000, 0.367, 0.000, -0.274, -0.035];

/// The channel, the n-gram model and the encoder.
pub(super) const CHANNEL_ENCODER: [f64; FEATURES] =
    [7.251, -0.985, -1.668, -3.647, 0.124, 0.894, -0.088, -0.107, 0.000, -0.240, 0.037];

/// A place that no entry knows: the encoder points at it.
pub(super) const OPEN: [f64; FEATURES] =
    [1.564, 0.000, 0.000, 0.000, 0.125, 0.976, -0.058, 0.000, 0.421, -0.239, 0.073];

/// A word that is no candidate of the channel.
pub(crate) const OTHER_WORD_CHANNEL: f64 = -0.573;
/// A word that is no candidate and that the encoder does not point at.
pub(crate) const OTHER_WORD_ENCODER: f64 = -1.594;

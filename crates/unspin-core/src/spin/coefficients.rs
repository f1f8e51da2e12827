//! Written by `cargo xtask fit`: a ratio is the sum of these weights times the numbers of `signals::FEATURE_NAMES`, in nats.

use super::signals::FEATURES;

/// The channel alone.
pub(super) const CHANNEL: [f64; FEATURES] = [7.878, -1.828, -3.018, -5.645, 0.000, 0.000, 0.000, 1.549, 0.000, 0.000, 0.000];

/// The channel and the n-gram model.
pub(super) const CHANNEL_NGRAM: [f64; FEATURES] = [8.006, -1.871, -3.082, -5.533, 0.253, 0.000, 0.000, 0.318, 0.000, -0.301, -0.025];

/// The channel, the n-gram model and the encoder.
pub(super) const CHANNEL_ENCODER: [f64; FEATURES] = [7.303, -0.987, -1.632, -3.679, 0.131, 0.864, -0.116, -0.535, 0.000, -0.261, 0.026];

/// A place that no entry knows: the encoder points at it.
pub(super) const OPEN: [f64; FEATURES] = [1.808, 0.000, 0.000, 0.000, 0.092, 0.959, 0.036, 0.000, 0.386, -0.088, 0.019];

/// A word that is no candidate of the channel.
pub(crate) const OTHER_WORD_CHANNEL: f64 = -0.57;
/// A word that is no candidate and that the encoder does not point at.
pub(crate) const OTHER_WORD_ENCODER: f64 = -1.2;

//! Written by `cargo xtask fit`: a ratio is the sum of these weights times the numbers of `signals::FEATURE_NAMES`, in nats.

use super::signals::FEATURES;

/// The channel alone.
pub(super) const CHANNEL: [f64; FEATURES] =
    [7.344, -1.899, -3.440, -5.155, 0.000, 0.000, 0.000, 1.352, 0.000, 0.000, 0.000, 0.000];

/// The channel and the n-gram model.
pub(super) const CHANNEL_NGRAM: [f64; FEATURES] =
    [7.491, -1.971, -3.503, -5.014, 0.209, 0.000, 0.000, 0.213, 0.000, 0.000, -0.285, -0.084];

/// The channel, the n-gram model and the encoder.
pub(super) const CHANNEL_ENCODER: [f64; FEATURES] =
    [6.984, -1.027, -2.014, -3.259, 0.116, 0.811, 0.012, -0.396, 0.000, 0.000, -0.398, 0.059];

/// A place that no entry knows: the encoder points at it.
pub(super) const OPEN: [f64; FEATURES] =
    [1.792, 0.000, 0.000, 0.000, 0.115, 0.918, -0.033, 0.014, 0.235, 0.210, 0.136, 0.032];

/// A word that is no candidate of the channel.
pub(crate) const OTHER_WORD_CHANNEL: f64 = -0.567;
/// A word that is no candidate and that the encoder does not point at.
pub(crate) const OTHER_WORD_ENCODER: f64 = -2.026;

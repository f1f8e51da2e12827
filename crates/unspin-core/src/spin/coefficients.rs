//! Written by `cargo xtask fit`: a ratio is the sum of these weights times the numbers of `signals::FEATURE_NAMES`, in nats.

use super::signals::FEATURES;

/// The channel alone.
pub(super) const CHANNEL: [f64; FEATURES] = [2.922, 0.253, 0.110, -2.268, 0.000, 0.000, 0.000, 1.546, 0.000, 0.000, 0.000];

/// The channel and the n-gram model.
pub(super) const CHANNEL_NGRAM: [f64; FEATURES] = [2.099, 0.010, 0.073, -1.354, 0.279, 0.000, 0.000, 0.651, 0.000, 0.018, 0.067];

/// The channel, the n-gram model and the encoder.
pub(super) const CHANNEL_ENCODER: [f64; FEATURES] = [4.363, 0.157, 0.662, -1.635, 0.162, 0.938, -0.043, -0.063, 0.000, -0.190, 0.027];

/// A place that no entry knows: the encoder points at it.
pub(super) const OPEN: [f64; FEATURES] = [2.219, 0.000, 0.000, 0.000, 0.104, 1.062, 0.022, 0.000, 0.311, -0.135, 0.094];

/// A word that is no candidate.
pub(super) const OTHER_WORD: f64 = -0.066;

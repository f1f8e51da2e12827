//! What a measurement switches off or turns, to see what it is worth. The product never does.

use crate::config::Sensitivity;
use crate::spin;

/// What a measurement changes; the default changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measuring {
    /// Marks are shown from this probability on, whatever the sensitivity.
    pub threshold: Option<f64>,
    /// The encoder points at no word that no entry knows.
    pub without_open: bool,
    /// Where it does, no thesaurus says what could have stood there: the encoder's own words alone.
    pub without_thesaurus: bool,
    /// Every document is taken for one in which three words in a hundred are spun.
    pub without_rate: bool,
}

impl Sensitivity {
    /// The least probability of a mark of the spun family that is shown, between 0 and 1.
    #[must_use]
    pub fn threshold(self) -> f64 {
        spin::threshold(self).get()
    }
}

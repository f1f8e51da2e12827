//! From a candidate and the document's rate to a probability, and where the marks begin.

use super::rate::Rate;
use super::signals::NAT;
use crate::config::Sensitivity;
use crate::diagnostic::Confidence;

/// How likely it is that a place with this ratio (1/1024 nats) was spun, in a document of this rate.
pub(crate) fn confidence(ratio: i32, rate: Rate) -> Confidence {
    Confidence::new(rate.posterior((f64::from(ratio) / f64::from(NAT)).exp()))
}

/// What standing inside a direct quotation adds to a ratio: six spinners in ten leave quotations alone, and ln 0.4 is −0.92.
pub(crate) const QUOTED_NATS_1024: i32 = -938;

/// The least probability that is shown.
pub(crate) fn threshold(sensitivity: Sensitivity) -> Confidence {
    Confidence::new(match sensitivity {
        Sensitivity::Cautious => 0.9,
        Sensitivity::Balanced => 0.7,
        Sensitivity::Thorough => 0.4,
    })
}

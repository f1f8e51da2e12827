//! Citations and requests for sources that are written out in the text, and addresses, in any markup.

use crate::prose::Prose;

/// Finds them.
pub(crate) fn find(_prose: &mut Prose) {}

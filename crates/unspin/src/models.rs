//! The models that the binary carries.

use unspin_core::Analyzer;
use unspin_lm::Ngram;

static NGRAM: &[u8] = include_bytes!("../../unspin-lm/weights/ngram.bin");

/// The analyzer with every model that is built in.
pub(crate) fn analyzer() -> anyhow::Result<Analyzer> {
    Ok(Analyzer::default().with_ngram(Ngram::load(NGRAM)?))
}

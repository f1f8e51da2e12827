//! The models that the binary carries.

use unspin_core::Analyzer;
use unspin_lm::{Encoder, EncoderFiles, Ngram};

static NGRAM: &[u8] = include_bytes!("../../unspin-lm/weights/ngram.bin");
static ENCODER: EncoderFiles = EncoderFiles {
    network: include_bytes!("../../unspin-lm/weights/encoder.onnx"),
    embedding: include_bytes!("../../unspin-lm/weights/embedding.bin"),
    vocabulary: include_str!("../../unspin-lm/weights/vocab.txt"),
};

/// The analyzer with every model that is built in.
pub(crate) fn analyzer() -> anyhow::Result<Analyzer> {
    Ok(Analyzer::default().with_ngram(Ngram::load(NGRAM)?).with_encoder(Encoder::load(ENCODER)?))
}

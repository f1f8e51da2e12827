//! Which models a measurement uses.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use unspin_core::Analyzer;
use unspin_lm::{Encoder, EncoderFiles, Ngram};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The n-gram model; `none` leaves it out
    #[arg(long, default_value = "crates/unspin-lm/weights/ngram.bin")]
    ngram: PathBuf,
    /// The folder of the encoder's files; `none` leaves it out
    #[arg(long, default_value = "crates/unspin-lm/weights")]
    encoder: PathBuf,
    /// Leave out these files of the lexicon, named without extension
    #[arg(long, value_delimiter = ',')]
    without: Vec<String>,
}

impl Options {
    pub(crate) fn analyzer(&self) -> anyhow::Result<Analyzer> {
        let files: Vec<&str> = self.without.iter().map(String::as_str).collect();
        let mut analyzer = Analyzer::default().without_lexicon_files(&files);
        if self.ngram.as_os_str() != "none" {
            let bytes =
                std::fs::read(&self.ngram).with_context(|| format!("cannot read `{}`", self.ngram.display()))?;
            // The program runs once and needs it to the end.
            analyzer = analyzer.with_ngram(Ngram::load(bytes.leak())?);
        }
        if self.encoder.as_os_str() != "none" {
            let read = |name: &str| -> anyhow::Result<&'static [u8]> {
                let path = self.encoder.join(name);
                Ok(std::fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?.leak())
            };
            let files = EncoderFiles {
                network: read("encoder.onnx")?,
                embedding: read("embedding.bin")?,
                vocabulary: std::str::from_utf8(read("vocab.txt")?)?,
            };
            analyzer = analyzer.with_encoder(Encoder::load(files)?);
        }
        Ok(analyzer)
    }
}

//! Which models a measurement uses.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use unspin_core::{Analyzer, Measuring};
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
        self.files()?.analyzer(&Ablation::default())
    }

    /// Reads the files once; several analyzers can be made of them.
    pub(crate) fn files(&self) -> anyhow::Result<Files> {
        let is_given = |path: &Path| path.as_os_str() != "none";
        let mut encoder = None;
        if is_given(&self.encoder) {
            encoder = Some(EncoderFiles {
                network: read(&self.encoder.join("encoder.onnx"))?,
                embedding: read(&self.encoder.join("embedding.bin"))?,
                vocabulary: std::str::from_utf8(read(&self.encoder.join("vocab.txt"))?)?,
            });
        }
        let ngram = if is_given(&self.ngram) { Some(read(&self.ngram)?) } else { None };
        Ok(Files { ngram, encoder, without: self.without.clone() })
    }

    /// The files that a figure depends on.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let encoder = ["encoder.onnx", "embedding.bin", "vocab.txt"].map(|name| self.encoder.join(name));
        encoder.into_iter().chain([self.ngram.clone()]).filter(|path| path.exists()).collect()
    }

    /// The files of the lexicon that are left out.
    pub(crate) fn without(&self) -> &[String] {
        &self.without
    }
}

/// The program runs once and needs the bytes to its end.
fn read(path: &Path) -> anyhow::Result<&'static [u8]> {
    Ok(std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?.leak())
}

/// The models' bytes.
#[derive(Debug)]
pub(crate) struct Files {
    ngram: Option<&'static [u8]>,
    encoder: Option<EncoderFiles>,
    without: Vec<String>,
}

/// What is left out, to see what it is worth.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ablation {
    pub(crate) no_ngram: bool,
    pub(crate) no_encoder: bool,
    /// Files of the lexicon.
    pub(crate) without: &'static [&'static str],
    pub(crate) measuring: Measuring,
}

impl Files {
    pub(crate) fn analyzer(&self, ablation: &Ablation) -> anyhow::Result<Analyzer> {
        let without: Vec<&str> =
            self.without.iter().map(String::as_str).chain(ablation.without.iter().copied()).collect();
        let mut analyzer = Analyzer::default().without_lexicon_files(&without).measuring(ablation.measuring);
        if let Some(bytes) = self.ngram.filter(|_| !ablation.no_ngram) {
            analyzer = analyzer.with_ngram(Ngram::load(bytes)?);
        }
        if let Some(encoder) = self.encoder()?.filter(|_| !ablation.no_encoder) {
            analyzer = analyzer.with_encoder(encoder);
        }
        Ok(analyzer)
    }

    /// The encoder alone.
    pub(crate) fn encoder(&self) -> anyhow::Result<Option<Encoder>> {
        Ok(self.encoder.map(Encoder::load).transpose()?)
    }
}

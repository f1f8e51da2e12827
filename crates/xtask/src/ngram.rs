//! `cargo xtask ngram`: count words in a row in clean text and write the model.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;
use unspin_lm::{NgramBuilder, WordKey, word_key};
use unspin_text::{Markup, TokenKind, parse};

use crate::corpus;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Clean text, a paragraph a line (`.zst` is unpacked)
    #[arg(required = true)]
    text: Vec<PathBuf>,
    /// Read only the first so many lines of the last file
    #[arg(long)]
    last_lines: Option<usize>,
    /// Where to write the model
    #[arg(long, default_value = "crates/unspin-lm/weights/ngram.bin")]
    out: PathBuf,
    /// Keep single words seen at least this often
    #[arg(long, default_value_t = 3)]
    min_one: u64,
    /// Keep pairs seen at least this often
    #[arg(long, default_value_t = 3)]
    min_two: u64,
    /// Keep triples seen at least this often
    #[arg(long, default_value_t = 5)]
    min_three: u64,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let mut words: Vec<WordKey> = vec![NgramBuilder::edge()];
    for (idx, path) in options.text.iter().enumerate() {
        let is_last = idx + 1 == options.text.len();
        read(path, options.last_lines.filter(|_| is_last), &mut words)?;
        eprintln!("{}: {} words so far", path.display(), words.len());
    }
    let mut builder = NgramBuilder::new(words.len() as u64);
    for (size, min) in [(1, options.min_one), (2, options.min_two), (3, options.min_three)] {
        let mut hashes: Vec<u64> = words.par_windows(size).map(NgramBuilder::hash).collect();
        hashes.par_sort_unstable();
        let mut kept = 0;
        for run in hashes.chunk_by(|a, b| a == b) {
            if run.len() as u64 >= min {
                builder.add_hashed(run[0], run.len() as u64);
                kept += 1;
            }
        }
        eprintln!("{kept} of {size} words");
    }
    let bytes = builder.finish();
    std::fs::write(&options.out, &bytes).with_context(|| format!("cannot write `{}`", options.out.display()))?;
    eprintln!("{}: {} bytes", options.out.display(), bytes.len());
    Ok(())
}

fn read(path: &Path, lines_max: Option<usize>, words: &mut Vec<WordKey>) -> anyhow::Result<()> {
    let mut left = lines_max.unwrap_or(usize::MAX);
    corpus::for_each_batch(path, |mut lines| {
        lines.truncate(left);
        left -= lines.len();
        let read: Vec<Vec<WordKey>> = lines.par_iter().map(|line| sentence_keys(line)).collect();
        words.extend(read.into_iter().flatten());
    })
}

/// The keys of a paragraph's tokens, with an edge after each sentence.
fn sentence_keys(paragraph: &str) -> Vec<WordKey> {
    let mut keys = Vec::new();
    for block in parse(paragraph, Markup::Plain).blocks {
        for sentence in &block.sentences {
            keys.extend(
                block.sentence_tokens(sentence).iter().filter(|token| token.kind != TokenKind::Opaque).map(|token| word_key(block.text(token))),
            );
            keys.push(NgramBuilder::edge());
        }
    }
    keys
}

//! `cargo xtask ngram`: count words in a row in clean text and write the model.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
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
    #[arg(long, default_value_t = 4)]
    min_one: u64,
    /// Keep pairs seen at least this often
    #[arg(long, default_value_t = 4)]
    min_two: u64,
    /// Keep triples seen at least this often
    #[arg(long, default_value_t = 4)]
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
    let one = counts(&words, 1, options.min_one);
    let two = counts(&words, 2, options.min_two);
    let three = counts(&words, 3, options.min_three);
    let telling: Vec<(u64, u64)> = words
        .par_windows(3)
        .filter_map(|words| {
            let hash = NgramBuilder::hash(words);
            let count = *three.get(&hash)?;
            let pair = two.get(&NgramBuilder::hash(&words[..2]))?;
            (!is_foretold(count, *pair, words, &one, &two)).then_some((hash, count))
        })
        .collect();
    let telling: FxHashMap<u64, u64> = telling.into_iter().collect();
    for (size, counts) in [(1, &one), (2, &two), (3, &telling)] {
        eprintln!("{} of {size} words", counts.len());
        // In a fixed order, so that the same text gives the same bytes.
        let mut counts: Vec<(&u64, &u64)> = counts.iter().collect();
        counts.sort_unstable();
        for (&hash, &count) in counts {
            builder.add_hashed(hash, count);
        }
    }
    let bytes = builder.finish();
    std::fs::write(&options.out, &bytes).with_context(|| format!("cannot write `{}`", options.out.display()))?;
    eprintln!("{}: {} bytes", options.out.display(), bytes.len());
    Ok(())
}

/// How often each run of `size` words was seen, where that is at least `min` times.
fn counts(words: &[WordKey], size: usize, min: u64) -> FxHashMap<u64, u64> {
    let mut hashes: Vec<u64> = words.par_windows(size).map(NgramBuilder::hash).collect();
    hashes.par_sort_unstable();
    hashes.chunk_by(|a, b| a == b).filter(|run| run.len() as u64 >= min).map(|run| (run[0], run.len() as u64)).collect()
}

/// Whether the pairs say nearly the same of the third word: then the triple need not be kept.
fn is_foretold(count: u64, pair: u64, words: &[WordKey], one: &FxHashMap<u64, u64>, two: &FxHashMap<u64, u64>) -> bool {
    /// A difference smaller than this is lost in the steps of the table anyway.
    const NATS_MIN: f64 = 0.8;
    let (Some(&last_pair), Some(&middle)) =
        (two.get(&NgramBuilder::hash(&words[1..])), one.get(&NgramBuilder::hash(&words[1..2])))
    else {
        return false;
    };
    let seen = (count as f64 / pair as f64).ln();
    let foretold = (0.4 * last_pair as f64 / middle as f64).ln();
    (seen - foretold).abs() < NATS_MIN
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
                block
                    .sentence_tokens(sentence)
                    .iter()
                    .filter(|token| token.kind != TokenKind::Opaque)
                    .map(|token| word_key(block.text(token))),
            );
            keys.push(NgramBuilder::edge());
        }
    }
    keys
}

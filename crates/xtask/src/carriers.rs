//! `cargo xtask carriers`: tortured terms in sentences of our own, as marked articles for `cargo xtask eval --gold`.
//!
//! The terms are those that neither the lexicon nor the training has seen, so that what is measured is terms never seen before.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Folder for the articles
    out: PathBuf,
    /// Terms, a line each: what was written, a tab, what was meant
    #[arg(long, default_value = "crates/unspin-lm/training/held_out_terms.tsv")]
    terms: PathBuf,
    /// Sentences, with and without a place for a term
    #[arg(long, default_value = "tests/eval/carriers.txt")]
    sentences: PathBuf,
    /// Terms in an article
    #[arg(long, default_value_t = 4)]
    density: usize,
}

/// Sentences of an article; those that carry no term stand between the others.
const SENTENCES: usize = 10;

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let read = |path: &PathBuf| fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()));
    let (terms, sentences) = (read(&options.terms)?, read(&options.sentences)?);
    let lines = |text: &'static str| text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let terms: Vec<(&str, &str)> = lines(terms.leak()).filter_map(|line| line.split_once('\t')).collect();
    let (carriers, plain): (Vec<&str>, Vec<&str>) = lines(sentences.leak()).partition(|line| line.contains("{}"));
    let density = options.density.clamp(1, SENTENCES);
    ensure!(!carriers.is_empty() && !plain.is_empty(), "sentences with and without a place for a term are needed");
    fs::create_dir_all(&options.out)?;
    for (number, terms) in terms.chunks(density).enumerate() {
        let mut next = terms.iter().enumerate();
        let article: Vec<String> = (0..SENTENCES)
            .filter_map(|place| {
                // Terms are spread evenly; steps that share no factor with the lists' lengths mix the sentences.
                let is_carrier = (place + 1) * density / SENTENCES > place * density / SENTENCES;
                if !is_carrier {
                    return Some(plain[(number * 7 + place * 3) % plain.len()].to_owned());
                }
                let (idx, (written, meant)) = next.next()?;
                let carrier = carriers[(number * 3 + idx * 7) % carriers.len()];
                Some(carrier.replace("{}", &format!("{{{{{written}=>{meant}}}}}")))
            })
            .collect();
        let path = options.out.join(format!("terms-{number:03}.gold.txt"));
        fs::write(&path, article.join(" ") + "\n").with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    println!("{} terms in {} articles", terms.len(), terms.len().div_ceil(density));
    Ok(())
}

//! `cargo xtask fit`: fit the decision's coefficients on marked articles and write them down.
//!
//! Logistic regression with a little weight decay, by Newton's method. The articles are spun by the training side's own spinner from text
//! that no model saw; real spinners differ, so thresholds are set afterwards (`tests/articles/tuning`) and not here.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use rayon::prelude::*;
use unspin_core::samples::{FEATURE_NAMES, samples};

use crate::models;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// A folder of marked articles, spun and clean (`*.gold.txt`)
    articles: PathBuf,
    /// Where the coefficients go
    #[arg(long, default_value = "crates/unspin-core/src/spin/coefficients.rs")]
    out: PathBuf,
    /// Added to every ratio, in nats: what clean news of other newsrooms asked for (see `tests/eval`)
    #[arg(long, default_value_t = 0.0, allow_hyphen_values = true)]
    shift: f64,
    #[command(flatten)]
    models: models::Options,
}

/// Words of articles: those that are clean and those that are spun.
#[derive(Debug, Clone, Copy, Default)]
struct Words {
    all: [usize; 2],
    /// An entry of the lexicon explains it.
    known: [usize; 2],
    /// The encoder points at it.
    pointed_at: [usize; 2],
}

impl Words {
    fn add(&mut self, other: &Words) {
        for (mine, theirs) in
            [(&mut self.all, other.all), (&mut self.known, other.known), (&mut self.pointed_at, other.pointed_at)]
        {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += theirs;
            }
        }
    }
}

fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

struct Row {
    is_open: bool,
    is_spun: bool,
    features: Vec<f64>,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let analyzer = options.models.analyzer()?;
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&options.articles)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let read: Vec<(Vec<Row>, Words)> = paths
        .par_iter()
        .map(|path| {
            let marked = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
            let fixture = unspin_fixture::parse(&marked).with_context(|| format!("`{}`", path.display()))?;
            let (samples, _) = samples(&analyzer, &fixture.text);
            let is_spun = |range: &Range<usize>| fixture.marks.iter().any(|mark| touch(&mark.range, range));
            let mut words = Words::default();
            for word in fixture.text.split_whitespace() {
                let start = word.as_ptr() as usize - fixture.text.as_ptr() as usize;
                let range = start..start + word.len();
                let side = usize::from(is_spun(&range));
                let of = |is_open: bool| {
                    samples.iter().any(|sample| sample.is_open == is_open && touch(&sample.range, &range))
                };
                words.all[side] += 1;
                words.known[side] += usize::from(of(false));
                words.pointed_at[side] += usize::from(of(true));
            }
            let rows = samples
                .into_iter()
                .map(|sample| Row {
                    is_open: sample.is_open,
                    is_spun: is_spun(&sample.range),
                    features: sample.features,
                })
                .collect();
            Ok((rows, words))
        })
        .collect::<anyhow::Result<_>>()?;
    let mut words = Words::default();
    for (_, of_article) in &read {
        words.add(of_article);
    }
    let [clean_words, spun_words] = words.all;
    let rows: Vec<Row> = read.into_iter().flat_map(|(rows, _)| rows).collect();
    ensure!(spun_words > 0 && clean_words > 0, "the articles must be spun here and clean there");
    // The regression gives odds among candidates of these articles; the decision wants ratios for a word of any article.
    let prior = (clean_words as f64 / spun_words as f64).ln();
    println!(
        "{} articles, {} words, {spun_words} of them spun, {} candidates",
        paths.len(),
        clean_words + spun_words,
        rows.len()
    );
    let mut file = String::from(
        "//! Written by `cargo xtask fit`: a ratio is the sum of these weights times the numbers of `signals::FEATURE_NAMES`, in nats.\n\nuse super::signals::FEATURES;\n",
    );
    let everything =
        ["always", "strong", "medium", "weak", "ngram", "replaced", "original", "phrase", "function", "frequency"];
    let sets: [(&str, &str, bool, &[&str]); 4] = [
        ("CHANNEL", "The channel alone.", false, &["always", "strong", "medium", "weak", "phrase"]),
        (
            "CHANNEL_NGRAM",
            "The channel and the n-gram model.",
            false,
            &["always", "strong", "medium", "weak", "ngram", "phrase", "function", "frequency"],
        ),
        ("CHANNEL_ENCODER", "The channel, the n-gram model and the encoder.", false, &everything),
        (
            "OPEN",
            "A place that no entry knows: the encoder points at it.",
            true,
            &["always", "ngram", "replaced", "original", "phrase", "everyday", "joined", "function", "frequency"],
        ),
    ];
    for (name, says, is_open, wanted) in sets {
        let mask: Vec<bool> = FEATURE_NAMES.iter().map(|feature| wanted.contains(feature)).collect();
        let mine: Vec<&Row> = rows.iter().filter(|row| row.is_open == is_open).collect();
        let trust = if name == "CHANNEL_ENCODER" { 0.6 } else { 1.0 };
        let centre: Vec<f64> = FEATURE_NAMES.iter().map(|feature| trust * writers_judgement(feature)).collect();
        let mut weights = logistic(&mine, &mask, &centre);
        let spun = mine.iter().filter(|row| row.is_spun).count();
        println!("{name}: {} candidates, {spun} spun, loss {:.4}", mine.len(), loss(&mine, &weights));
        if !mine.is_empty() {
            weights[0] += prior + options.shift + if is_open { 0.0 } else { CURATED_SHARE_LOG_RATIO };
        }
        for (feature, weight) in FEATURE_NAMES.iter().zip(&weights) {
            print!("  {feature} {weight:.2}");
        }
        println!();
        let list: Vec<String> = weights.iter().map(|weight| format!("{weight:.3}")).collect();
        write!(file, "\n/// {says}\npub(super) const {name}: [f64; FEATURES] = [{}];\n", list.join(", "))?;
    }
    let share = |counts: [usize; 2], side: usize| counts[side] as f64 / words.all[side] as f64;
    // The encoder points at some of the words that the lexicon does not know.
    let among = |side: usize, known: f64| (1.0 - known, (1.0 - known) * (1.0 - share(words.pointed_at, side)));
    let (clean_alone, clean_both) = among(0, share(words.known, 0));
    let (spun_alone, spun_both) = among(1, CURATED_SHARE);
    let (alone, both) = ((spun_alone / clean_alone).ln(), (spun_both / clean_both).ln());
    write!(
        file,
        "\n/// A word that is no candidate of the channel.\npub(crate) const OTHER_WORD_CHANNEL: f64 = {alone:.3};\n\
         /// A word that is no candidate and that the encoder does not point at.\npub(crate) const OTHER_WORD_ENCODER: f64 = {both:.3};\n"
    )?;
    std::fs::write(&options.out, file).with_context(|| format!("cannot write `{}`", options.out.display()))?;
    Ok(())
}

/// The share of a real spinner's words that the curated lexicon knows.
const CURATED_SHARE: f64 = 0.45;

/// The curated lexicon holds what real spinners put: about 45 % of the words of spun pages (the prototype's lists: 37 to 72 %). The training
/// side's spinner has a vocabulary many times wider, so only 8.7 % of its words are in the lexicon: ln(.45 / .087).
const CURATED_SHARE_LOG_RATIO: f64 = 1.64;

/// How much less an entry's surety says than "certain", in nats: hits in 7.3 million clean words were 2, 27, 159 and 20,200 a million.
/// Articles to fit on hold too few of the sure ones to contradict it.
fn writers_judgement(feature: &str) -> f64 {
    match feature {
        "strong" => -1.5,
        "medium" => -3.0,
        "weak" => -6.0,
        _ => 0.0,
    }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn dot(weights: &[f64], features: &[f64]) -> f64 {
    weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum()
}

fn loss(rows: &[&Row], weights: &[f64]) -> f64 {
    let sum: f64 = rows
        .iter()
        .map(|row| {
            let p = sigmoid(dot(weights, &row.features)).clamp(1e-9, 1.0 - 1e-9);
            if row.is_spun { -p.ln() } else { -(1.0 - p).ln() }
        })
        .sum();
    sum / rows.len().max(1) as f64
}

/// Newton's method with a ridge around `centre`; features outside the mask keep a weight of zero.
fn logistic(rows: &[&Row], mask: &[bool], centre: &[f64]) -> Vec<f64> {
    const RIDGE: f64 = 5.0;
    const JUDGEMENT_RIDGE: f64 = 60.0;
    const STEPS: usize = 25;
    let n = mask.len();
    let mut weights = vec![0.0; n];
    for _ in 0..STEPS {
        let mut gradient = vec![0.0; n];
        let mut hessian = vec![vec![0.0; n]; n];
        for row in rows {
            let p = sigmoid(dot(&weights, &row.features));
            let error = f64::from(u8::from(row.is_spun)) - p;
            let curve = p * (1.0 - p);
            for a in 0..n {
                gradient[a] += error * row.features[a];
                for (cell, feature) in hessian[a].iter_mut().zip(&row.features) {
                    *cell += curve * row.features[a] * feature;
                }
            }
        }
        for a in 0..n {
            // The intercept is free; a feature outside the mask is pinned.
            let (ridge, centre) = match (mask[a], centre[a]) {
                (false, _) => (1e12, 0.0),
                (true, _) if a == 0 => (1e-3, 0.0),
                (true, 0.0) => (RIDGE, 0.0),
                (true, centre) => (JUDGEMENT_RIDGE, centre),
            };
            gradient[a] -= ridge * (weights[a] - centre);
            hessian[a][a] += ridge;
        }
        let step = solve(hessian, gradient);
        let size: f64 = step.iter().map(|step| step.abs()).sum();
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step;
        }
        if size < 1e-6 {
            break;
        }
    }
    for (weight, mask) in weights.iter_mut().zip(mask) {
        if !mask {
            *weight = 0.0;
        }
    }
    weights
}

/// Gauss with pivoting; the matrix is small and positive definite.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for column in 0..n {
        let pivot =
            (column..n).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs())).unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..n {
            let factor = matrix[row][column] / matrix[column][column];
            let above = matrix[column].clone();
            for (cell, above) in matrix[row].iter_mut().zip(above).skip(column) {
                *cell -= factor * above;
            }
            right[row] -= factor * right[column];
        }
    }
    let mut solution = vec![0.0; n];
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|column| matrix[row][column] * solution[column]).sum();
        solution[row] = (right[row] - known) / matrix[row][row];
    }
    solution
}

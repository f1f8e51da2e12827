//! `cargo xtask report`: the pages of `tests/eval`, all from one run.
//!
//! Every candidate is looked at, not only those that are shown: the measured analyzer shows everything, and thresholds are applied here.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use rayon::prelude::*;
use unspin_core::{Analyzer, Family, Measuring, Sensitivity};

use super::clean::{self, CleanText};
use super::{articles, gold};
use crate::models::{self, Ablation};
use measured::{Measured, Truth};

mod ablation;
mod curve;
mod kinds;
mod known;
mod measured;
pub(super) mod provenance;
mod reliability;
mod svg;
mod verdict;
mod worst;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The folder for `report.md`, `pr.svg` and `marks.csv`
    #[arg(long, default_value = "tests/eval")]
    out: PathBuf,
    /// Folders or files with expected marks of the spun family (`*.gold.txt`); a folder is a set
    #[arg(long, default_values_os_t = [PathBuf::from("tests/articles")])]
    gold: Vec<PathBuf>,
    #[command(flatten)]
    clean: clean::Options,
    /// The sets that are drawn, and that the tables sum up
    #[arg(long, value_delimiter = ',', default_values_t = ["seed", "wild", "held"].map(str::to_owned))]
    sets: Vec<String>,
    /// So many words of the first clean file give the ablation its thresholds; 0 leaves the ablation out
    #[arg(long, default_value_t = 50_000)]
    ablation_words: usize,
    /// Words in a piece whose verdict is asked for
    #[arg(long, default_value_t = 140)]
    piece_words: usize,
    #[command(flatten)]
    models: models::Options,
}

/// The sensitivities from few marks to many.
const SENSITIVITIES: [(&str, Sensitivity); 3] =
    [("cautious", Sensitivity::Cautious), ("balanced", Sensitivity::Balanced), ("thorough", Sensitivity::Thorough)];

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let files = options.models.files()?;
    let everything = Measuring { threshold: Some(0.0), ..Measuring::default() };
    let analyzer = files.analyzer(&Ablation { measuring: everything, ..Ablation::default() })?;
    let clean: Vec<CleanText> =
        options.clean.clean.iter().map(|path| options.clean.read(path)).collect::<Result<_, _>>()?;
    let measured = measure(options, &|_| true, &analyzer)?;
    let false_marks: Vec<Vec<worst::FalseMark>> = clean.iter().map(|text| worst::marks(text, &analyzer)).collect();
    let sets = sets(&measured);
    let summed: Vec<&Measured> =
        measured.iter().filter(|article| options.sets.contains(&article.article.set)).collect();
    ensure!(!summed.is_empty(), "no article belongs to {:?}; there are {:?}", options.sets, names(&sets));

    let mut page = String::from(
        "# The spun family, measured\n\nWritten by `cargo xtask report`; README.md says what was kept apart from what.\n\n",
    );
    page += &provenance::section(&options.models);
    page += &sets_table(&sets);
    page += &clean_table(&clean, &false_marks);
    let curves: Vec<(&str, Vec<curve::Point>)> = sets
        .iter()
        .filter(|(name, _)| options.sets.iter().any(|drawn| drawn == name))
        .map(|(name, set)| (*name, curve::points(set)))
        .collect();
    page += &reliability::section(&summed, &false_marks, &options.sets.join(" + "));
    page += &kinds::section(&summed, options.models.without(), &options.sets.join(" + "));
    if let Some(text) = clean.first() {
        page += &verdict::section(&measured, &options.sets, text, options.piece_words, &analyzer);
        if 0 < options.ablation_words {
            page += &ablation::section(&files, options, &text.first(options.ablation_words))?;
        }
        page += &worst::section(&clean, &false_marks);
    }

    let write = |name: &str, text: &str| {
        let path = options.out.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))
    };
    write("report.md", &page)?;
    write("pr.svg", &svg::picture(&curves))?;
    let balanced = Sensitivity::Balanced.threshold();
    let judged: Vec<gold::Judged> = measured.into_iter().map(|article| article.judged(balanced)).collect();
    write("marks.csv", &gold::rows(&judged))?;
    print!("{page}");
    Ok(())
}

/// Reads the articles of the spun family, of the sets that are wanted.
fn measure(options: &Options, is_wanted: &dyn Fn(&str) -> bool, analyzer: &Analyzer) -> anyhow::Result<Vec<Measured>> {
    let mut articles = articles::read(&options.gold)?;
    articles.retain(|article| article.family == Family::Spun && is_wanted(&article.set));
    Ok(articles.into_par_iter().map(|article| Measured::new(article, analyzer)).collect())
}

/// The articles by set, in the order in which they were read.
fn sets(measured: &[Measured]) -> Vec<(&str, Vec<&Measured>)> {
    let mut sets: Vec<(&str, Vec<&Measured>)> = Vec::new();
    for article in measured {
        match sets.iter_mut().find(|(name, _)| *name == article.article.set) {
            Some((_, set)) => set.push(article),
            None => sets.push((&article.article.set, vec![article])),
        }
    }
    sets
}

fn names<'s>(sets: &[(&'s str, Vec<&Measured>)]) -> Vec<&'s str> {
    sets.iter().map(|(name, _)| *name).collect()
}

fn sets_table(sets: &[(&str, Vec<&Measured>)]) -> String {
    let mut page = String::from(
        "## By set\n\nFirst fix: the share of found marks whose first fix is right. Area: under the precision–recall curve, of all marks.\n\n\
         | set | articles | words | marks | sensitivity | precision | recall | F1 | first fix | area |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (name, set) in sets {
        let area = curve::area(&curve::points(set));
        let words: usize = set.iter().map(|article| article.article.fixture.text.split_whitespace().count()).sum();
        for (row, (title, sensitivity)) in SENSITIVITIES.into_iter().enumerate() {
            let figures = measured::figures(set, sensitivity.threshold());
            let (first, area) = if row == 0 {
                (format!("{name} | {} | {words} | {}", set.len(), figures.gold), format!("{area:.3}"))
            } else {
                (" | | | ".to_owned(), String::new())
            };
            writeln!(
                page,
                "| {first} | {title} | {:.2} | {:.2} | {:.2} | {:.2} | {area} |",
                figures.precision(),
                figures.recall(),
                figures.f1(),
                figures.first_fix()
            )
            .expect("writing to a string");
        }
    }
    page.push('\n');
    page
}

fn clean_table(clean: &[CleanText], marks: &[Vec<worst::FalseMark>]) -> String {
    if clean.is_empty() {
        return String::new();
    }
    let mut page = String::from(
        "## False marks on clean text\n\nMarks of the spun family in 1,000 words.\n\n\
         | text | words | cautious | balanced | thorough |\n| --- | --- | --- | --- | --- |\n",
    );
    for (text, marks) in clean.iter().zip(marks) {
        write!(page, "| {} | {} |", text.name, text.words).expect("writing to a string");
        for (_, sensitivity) in SENSITIVITIES {
            let count = marks.iter().filter(|mark| sensitivity.threshold() <= mark.confidence).count();
            write!(page, " {:.2} |", count as f64 * 1000.0 / text.words as f64).expect("writing to a string");
        }
        page.push('\n');
    }
    page.push('\n');
    page
}

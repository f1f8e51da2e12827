//! `cargo xtask eval`: precision, recall and first fix on gold articles, false marks on clean text.
//!
//! One row for each gold mark goes into a file under version control, so that a change of the detector shows as a diff of what was won
//! and what was lost. `cargo xtask report` ([`report`]) writes the pages of `tests/eval`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use unspin_core::{RuleLevel, Sensitivity, Settings, rules};

use crate::models;

mod articles;
mod clean;
mod findings;
mod gold;
pub(crate) mod report;
pub(crate) mod timing;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Folders or files with expected marks (`*.gold.txt`)
    #[arg(long, default_values_os_t = [PathBuf::from("tests/articles")])]
    gold: Vec<PathBuf>,
    #[command(flatten)]
    clean: clean::Options,
    /// Print the phrases most often marked in clean text
    #[arg(long, default_value_t = 0)]
    worst: usize,
    /// cautious, balanced or thorough
    #[arg(long, default_value = "balanced")]
    sensitivity: String,
    /// Write a row for each gold mark there
    #[arg(long)]
    rows: Option<PathBuf>,
    /// Print every miss, false mark and wrong fix of the articles whose name contains this
    #[arg(long)]
    show: Option<String>,
    /// Put the tables between the `<!-- numbers -->` lines of this document
    #[arg(long)]
    splice: Option<PathBuf>,
    #[command(flatten)]
    models: models::Options,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let analyzer = options.models.analyzer()?;
    let settings = settings(match options.sensitivity.as_str() {
        "cautious" => Sensitivity::Cautious,
        "balanced" => Sensitivity::Balanced,
        "thorough" => Sensitivity::Thorough,
        other => bail!("there is no sensitivity `{other}`; it is cautious, balanced or thorough"),
    });
    let mut report = String::new();
    let judged = gold::judge(articles::read(&options.gold)?, &analyzer, &settings);
    gold::tables(&judged, &mut |line| say(&mut report, line));
    if let Some(show) = &options.show {
        judged.iter().filter(|article| article.is_called(show)).for_each(gold::explain);
    }
    if let Some(path) = &options.rows {
        std::fs::write(path, gold::rows(&judged)).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    for path in &options.clean.clean {
        let text = options.clean.read(path)?;
        clean::tables(&text, &analyzer, &settings, options.worst, &mut |line| say(&mut report, line));
    }
    match &options.splice {
        Some(path) => splice(path, &report),
        None => Ok(()),
    }
}

/// Prints a line and keeps it for the report.
fn say(report: &mut String, line: &str) {
    println!("{line}");
    report.push_str(line);
    report.push('\n');
}

/// Puts the report between two lines that stand for its place.
fn splice(path: &Path, report: &str) -> anyhow::Result<()> {
    const MARK: &str = "<!-- numbers -->";
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let (Some(start), Some(end)) = (text.find(MARK), text.rfind(MARK)) else {
        bail!("`{}` has no place for numbers: two lines `{MARK}`", path.display());
    };
    let after = &text[end + MARK.len()..];
    let spliced = format!("{}{MARK}\n\n```text\n{}\n```\n\n{MARK}{after}", &text[..start], report.trim_end());
    std::fs::write(path, spliced).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Rules that are off by default are measured too: that is how they may come on.
fn settings(sensitivity: Sensitivity) -> Settings {
    let rules: BTreeMap<String, RuleLevel> =
        rules::RULES.iter().map(|rule| (rule.name.to_owned(), RuleLevel::Warning)).collect();
    Settings { sensitivity, rules, ..Settings::default() }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

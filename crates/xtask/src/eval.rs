//! `cargo xtask eval`: precision, recall and first fix on gold articles, false marks on clean text.
//!
//! One row for each gold mark goes into a file under version control, so that a change of the detector shows as a diff of what was won
//! and what was lost.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use rayon::prelude::*;
use unspin_core::{Analyzer, Family, Sensitivity, Settings, rules};
use unspin_fixture::{Fixture, Rank, Score, score};
use unspin_text::Markup;

use crate::{corpus, models};

mod findings;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Folders or files with expected marks (`*.gold.txt`)
    #[arg(long, default_values_os_t = [PathBuf::from("tests/articles")])]
    gold: Vec<PathBuf>,
    /// Clean text, a paragraph a line (`.zst` is unpacked): every mark of the spun family in it is a false one
    #[arg(long)]
    clean: Vec<PathBuf>,
    /// Read so many words of each clean file
    #[arg(long, default_value_t = 100_000)]
    clean_words: usize,
    /// So many paragraphs of clean text make a document
    #[arg(long, default_value_t = 12)]
    clean_paragraphs: usize,
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
    let sensitivity = match options.sensitivity.as_str() {
        "cautious" => Sensitivity::Cautious,
        "balanced" => Sensitivity::Balanced,
        "thorough" => Sensitivity::Thorough,
        other => bail!("there is no sensitivity `{other}`; it is cautious, balanced or thorough"),
    };
    let settings = Settings { sensitivity, rules: all_rules_on(), ..Settings::default() };
    let mut report = String::new();
    gold(options, &analyzer, &settings, &mut report)?;
    for path in &options.clean {
        clean(path, options, &analyzer, &settings, &mut report)?;
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
fn all_rules_on() -> BTreeMap<String, unspin_core::RuleLevel> {
    rules::RULES.iter().map(|rule| (rule.name.to_owned(), unspin_core::RuleLevel::Warning)).collect()
}

struct Judged {
    name: String,
    family: Family,
    fixture: Fixture,
    findings: Vec<unspin_fixture::Finding>,
    score: Score,
}

fn gold(options: &Options, analyzer: &Analyzer, settings: &Settings, report: &mut String) -> anyhow::Result<()> {
    let mut paths = Vec::new();
    for path in &options.gold {
        list_gold(path, &mut paths)?;
    }
    let mut judged = Vec::new();
    for path in &paths {
        let marked = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let fixture = unspin_fixture::parse(&marked).with_context(|| format!("`{}`", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().replace(".gold.txt", "").replace(".txt", "");
        let family = family_of(&fixture);
        let findings = findings::of(analyzer, &fixture.text, Markup::Plain, settings, family);
        let score = score(&fixture, &findings);
        judged.push(Judged { name, family, fixture, findings, score });
    }
    for family in [Family::Spun, Family::Claim] {
        let mine: Vec<&Judged> = judged.iter().filter(|article| article.family == family).collect();
        if mine.is_empty() {
            continue;
        }
        let columns = "gold  found  false precision recall    F1 first fix";
        say(report, &format!("{:<18}  {columns}", title(family)));
        for article in &mine {
            say(report, &row(&article.name, &[article]));
        }
        say(report, &format!("{}\n", row("all", &mine)));
        if family == Family::Claim {
            by_rule(&mine);
        }
    }
    if let Some(show) = &options.show {
        judged.iter().filter(|article| article.name.contains(show.as_str())).for_each(explain);
    }
    if let Some(path) = &options.rows {
        std::fs::write(path, rows(&judged)).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

fn title(family: Family) -> &'static str {
    match family {
        Family::Spun => "spun",
        Family::Claim => "claims",
    }
}

fn list_gold(path: &Path, into: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if path.is_file() {
        into.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_clean = name.starts_with("clean") && name.ends_with(".txt");
        if entry.is_dir() {
            list_gold(&entry, into)?;
        } else if name.ends_with(".gold.txt") || is_clean {
            into.push(entry);
        }
    }
    Ok(())
}

/// An article judges the family whose marks it has: claims name their rule.
fn family_of(fixture: &Fixture) -> Family {
    let is_claim = fixture
        .marks
        .iter()
        .any(|mark| mark.rule.as_deref().and_then(rules::find).is_some_and(|rule| rule.family == Family::Claim));
    if is_claim { Family::Claim } else { Family::Spun }
}

fn row(name: &str, articles: &[&Judged]) -> String {
    let sum = |count: fn(&Judged) -> usize| articles.iter().map(|article| count(article)).sum::<usize>();
    let gold = sum(|article| article.score.outcomes.len());
    let found = sum(|article| article.score.found());
    let wrong = sum(|article| article.score.false_marks.len());
    let right = sum(|article| article.score.true_marks.len());
    let fixes = sum(|article| article.score.first_fix_right());
    let asked = sum(|article| article.score.outcomes.iter().filter(|outcome| outcome.fix.is_some()).count());
    let (precision, recall) = (share(right, right + wrong), share(found, gold));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    format!(
        "{name:<18} {gold:>5} {found:>6} {wrong:>6} {precision:>9.2} {recall:>6.2} {f1:>5.2} {:>9.2}",
        share(fixes, asked)
    )
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn by_rule(articles: &[&Judged]) {
    println!("{:<24} {:>5} {:>6} {:>6} {:>9} {:>6}", "rule", "gold", "found", "false", "precision", "recall");
    for rule in rules::RULES.iter().filter(|rule| rule.family == Family::Claim) {
        let (mut gold, mut found, mut right, mut wrong) = (0, 0, 0, 0);
        for article in articles {
            for outcome in &article.score.outcomes {
                if article.fixture.marks[outcome.mark].rule.as_deref() == Some(rule.name) {
                    gold += 1;
                    found += usize::from(outcome.found);
                }
            }
            right += article.score.true_marks.iter().filter(|&&idx| article.findings[idx].rule == rule.name).count();
            wrong += article.score.false_marks.iter().filter(|&&idx| article.findings[idx].rule == rule.name).count();
        }
        println!(
            "{:<24} {gold:>5} {found:>6} {wrong:>6} {:>9.2} {:>6.2}",
            rule.name,
            share(right, right + wrong),
            share(found, gold)
        );
    }
    println!();
}

fn explain(article: &Judged) {
    let text = &article.fixture.text;
    println!("-- {}", article.name);
    for outcome in &article.score.outcomes {
        let mark = &article.fixture.marks[outcome.mark];
        let written = &text[mark.range.clone()];
        let naturals = mark.naturals.join("|");
        let rule = mark.rule.as_deref().unwrap_or("");
        if !outcome.found {
            println!("missed     {rule} {written} => {naturals}   [{}]", findings::around(text, &mark.range));
        } else if outcome.fix.is_some_and(|rank| rank != Rank::At(1)) {
            let offered: Vec<&str> = article
                .findings
                .iter()
                .filter(|finding| finding.range.start < mark.range.end && mark.range.start < finding.range.end)
                .filter_map(|finding| finding.fixes.first()?.first().map(|(_, text)| text.as_str()))
                .collect();
            println!("wrong fix  {written} => {naturals}, not {offered:?}");
        }
    }
    for &idx in &article.score.false_marks {
        let finding = &article.findings[idx];
        println!(
            "false      {} {}   [{}]",
            finding.rule,
            &text[finding.range.clone()],
            findings::around(text, &finding.range)
        );
    }
}

/// `article,start,written,naturals,found,rank of the right fix`.
fn rows(judged: &[Judged]) -> String {
    let mut csv = String::from("article,start,rule,written,naturals,found,fix\n");
    for article in judged {
        for outcome in &article.score.outcomes {
            let mark = &article.fixture.marks[outcome.mark];
            let fix = match outcome.fix {
                Some(Rank::At(place)) => place.to_string(),
                Some(Rank::Absent) => "-".to_owned(),
                None => String::new(),
            };
            let quote = |field: &str| {
                if field.contains([',', '"']) {
                    format!("\"{}\"", field.replace('"', "\"\""))
                } else {
                    field.to_owned()
                }
            };
            writeln!(
                csv,
                "{},{},{},{},{},{},{fix}",
                article.name,
                mark.range.start,
                mark.rule.as_deref().unwrap_or(""),
                quote(&article.fixture.text[mark.range.clone()]),
                quote(&mark.naturals.join("|")),
                if outcome.found { "yes" } else { "no" },
            )
            .expect("writing to a string");
        }
    }
    csv
}

fn clean(
    path: &Path,
    options: &Options,
    analyzer: &Analyzer,
    settings: &Settings,
    report: &mut String,
) -> anyhow::Result<()> {
    let mut documents: Vec<String> = Vec::new();
    let mut words = 0;
    corpus::for_each_batch(path, |lines| {
        for paragraphs in lines.chunks(options.clean_paragraphs) {
            if words < options.clean_words {
                let document = paragraphs.join("\n");
                words += document.split_whitespace().count();
                documents.push(document);
            }
        }
    })?;
    let marks: Vec<(String, String)> = documents
        .par_iter()
        .flat_map_iter(|document| {
            let analysis = analyzer.analyze(document, Markup::Plain, settings, 0);
            let marks: Vec<_> = analysis
                .diagnostics
                .into_iter()
                .map(|diagnostic| {
                    (
                        diagnostic.rule.to_owned(),
                        document[diagnostic.range.clone()].to_owned()
                            + &format!("   [{}]", findings::around(document, &diagnostic.range)),
                    )
                })
                .collect();
            marks
        })
        .collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    say(report, &format!("clean text {name}: {words} words in {} documents", documents.len()));
    println!("{:<24} {:>6} {:>10}", "rule", "marks", "per 1,000");
    let mut spun = 0;
    for rule in rules::RULES {
        let count = marks.iter().filter(|(name, _)| name == rule.name).count();
        println!("{:<24} {count:>6} {:>10.2}", rule.name, count as f64 * 1000.0 / words as f64);
        if rule.family == Family::Spun {
            spun += count;
        }
    }
    let per_1000 = spun as f64 * 1000.0 / words as f64;
    say(report, &format!("{:<24} {spun:>6} {per_1000:>10.2}\n", "spun family"));
    let mut by_phrase: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (rule, mark) in &marks {
        if rules::find(rule).is_some_and(|rule| rule.family == Family::Spun) {
            let phrase = mark.split("   [").next().unwrap_or_default().to_lowercase();
            by_phrase.entry(phrase).or_insert((0, mark)).0 += 1;
        }
    }
    let mut worst: Vec<_> = by_phrase.into_values().collect();
    worst.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    for (count, mark) in worst.into_iter().take(options.worst) {
        println!("{count:>5} {mark}");
    }
    Ok(())
}

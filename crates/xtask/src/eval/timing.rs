//! `cargo xtask bench-model`: how long the encoder and a whole analysis take, beside ONNX Runtime and what the machine can do.
//!
//! Both sides are run in turns, round after round. What is compared is processor time, which does not grow when others use the machine
//! (much: they share its caches); the clock's fastest tenth stands beside it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, ensure};
use clap::Args;
use serde::{Deserialize, Serialize};
use unspin_core::{Analyzer, Sensitivity};
use unspin_lm::{Encoder, WINDOW_PIECES_MAX};
use unspin_text::{Markup, parse};

use super::report::provenance;
use super::{articles, settings};
use crate::models::{self, Ablation};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Where the page goes
    #[arg(long, default_value = "tests/eval/timing.md")]
    out: PathBuf,
    /// A Python with numpy, onnx and onnxruntime; without it the comparison is left out
    #[arg(long)]
    python: Option<PathBuf>,
    /// What else the machine is doing, for the page
    #[arg(long)]
    beside: Option<String>,
    #[arg(long, default_value_t = 4)]
    rounds: usize,
    /// Readings of the sentence in a round
    #[arg(long, default_value_t = 100)]
    runs: usize,
    /// The text is made of these articles
    #[arg(long, default_values_os_t = [PathBuf::from("tests/articles")])]
    gold: Vec<PathBuf>,
    #[command(flatten)]
    models: models::Options,
}

/// Words and marks of the sentence.
const SENTENCE_TOKENS: usize = 30;
/// Words of the article.
const ARTICLE_WORDS: usize = 10_000;
/// Weights of the matrix products: six layers of 12 × 384², two heads of 384². A piece costs two operations each.
const WEIGHTS: usize = (6 * 12 + 2) * 384 * 384;

/// What the other side is asked.
#[derive(Serialize)]
struct Asked<'a> {
    network: &'a Path,
    sentence: usize,
    article: &'a [usize],
    runs: usize,
}

/// Seconds by the clock, and seconds of processor that all threads used.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Took(f64, f64);

/// What it tells.
#[derive(Deserialize)]
struct Told {
    version: String,
    sentence: Vec<Took>,
    article_1: Vec<Took>,
    article_2: Vec<Took>,
    /// Seconds of processor for a product of large matrices of floats …
    f32: f64,
    /// … and of bytes …
    int8: f64,
    /// … which is so many operations.
    operations: f64,
}

#[derive(Default)]
struct Times {
    sentence: Vec<Took>,
    sentence_whole: Vec<Took>,
    encoder: Vec<Took>,
    article: Vec<Took>,
    halves: Vec<Took>,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    ensure!(
        !cfg!(debug_assertions),
        "times of a build for development say nothing: cargo run --release -p xtask -- bench-model"
    );
    let files = options.models.files()?;
    let encoder = files.encoder()?.context("there is no encoder to measure")?;
    let mut made = None;
    let load = took(|| made = Some(files.analyzer(&Ablation::default())));
    let analyzer = made.context("the closure ran")??;
    let texts: Vec<String> = articles::read(&options.gold)?.into_iter().map(|article| article.fixture.text).collect();
    let article = article(&texts);
    let sentences = sentences(&article);
    let sentence = typical(&encoder, &sentences)?;
    let pieces = |sentence: &[String]| encoder.count_pieces(&words(sentence)) + 2;
    let windows: Vec<usize> = sentences.iter().map(|sentence| pieces(sentence).min(WINDOW_PIECES_MAX)).collect();
    let network = options.models.paths().into_iter().find(|path| path.ends_with("encoder.onnx"));
    let asked = Asked {
        network: network.as_deref().context("there is no encoder.onnx")?,
        sentence: pieces(sentence),
        article: &windows,
        runs: options.runs,
    };
    let mut times = Times::default();
    let mut others: Vec<Told> = Vec::new();
    let load_before = load_average();
    for _ in 0..options.rounds {
        round(&encoder, &analyzer, sentence, &sentences, &article, options.runs, &mut times);
        if let Some(python) = &options.python {
            others.push(ask(python, &asked)?);
        }
    }
    let beside = options.beside.clone().unwrap_or_else(|| "nothing that was said".to_owned());
    let page = page(options, &asked, &times, &others, load, &beside, &load_before);
    std::fs::write(&options.out, &page).with_context(|| format!("cannot write `{}`", options.out.display()))?;
    print!("{page}");
    Ok(())
}

/// Articles in a row until there are enough words. When they come again their paragraphs are joined by twos, then by threes: a
/// paragraph that was read before would be read from memory.
fn article(texts: &[String]) -> String {
    let mut article = String::new();
    let mut words = 0;
    for joined in 1.. {
        for text in texts {
            let paragraphs: Vec<&str> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
            for together in paragraphs.chunks(joined) {
                let paragraph = together.join(" ");
                if ARTICLE_WORDS <= words {
                    return article;
                }
                words += paragraph.split_whitespace().count();
                article.push_str(&paragraph);
                article.push_str("\n\n");
            }
        }
    }
    article
}

fn sentences(article: &str) -> Vec<Vec<String>> {
    let document = parse(article, Markup::Plain);
    let mut sentences = Vec::new();
    for block in &document.blocks {
        for sentence in &block.sentences {
            sentences.push(block.sentence_tokens(sentence).iter().map(|token| block.text(token).to_owned()).collect());
        }
    }
    sentences
}

fn words(sentence: &[String]) -> Vec<&str> {
    sentence.iter().map(String::as_str).collect()
}

/// Of the sentences of the asked length, the one with the middle number of word pieces.
fn typical<'s>(encoder: &Encoder, sentences: &'s [Vec<String>]) -> anyhow::Result<&'s [String]> {
    let mut fitting: Vec<&Vec<String>> =
        sentences.iter().filter(|sentence| sentence.len() == SENTENCE_TOKENS).collect();
    ensure!(!fitting.is_empty(), "no sentence of the articles has {SENTENCE_TOKENS} tokens");
    fitting.sort_by_key(|sentence| encoder.count_pieces(&words(sentence)));
    Ok(fitting[fitting.len() / 2])
}

fn round(
    encoder: &Encoder,
    analyzer: &Analyzer,
    sentence: &[String],
    sentences: &[Vec<String>],
    article: &str,
    runs: usize,
    times: &mut Times,
) {
    let settings = settings(Sensitivity::Balanced);
    let sentence_words = words(sentence);
    let sentence_text = sentence.join(" ");
    let analyze = |text: &str| analyzer.analyze(text, Markup::Plain, &settings, 0).verdict.words;
    // The first reading finds nothing in the caches.
    let _ = encoder.read(&sentence_words);
    for _ in 0..runs {
        times.sentence.push(took(|| encoder.read(&sentence_words)));
        times.sentence_whole.push(took(|| analyze(&sentence_text)));
    }
    times
        .encoder
        .push(took(|| sentences.iter().map(|sentence| encoder.read(&words(sentence)).replaced.len()).sum::<usize>()));
    times.article.push(took(|| analyze(article)));
    let middle = article[article.len() / 2..].find("\n\n").map_or(article.len(), |at| article.len() / 2 + at);
    times.halves.push(took(|| rayon::join(|| analyze(&article[..middle]), || analyze(&article[middle..]))));
}

fn took<T>(work: impl FnOnce() -> T) -> Took {
    let (started, used) = (Instant::now(), processor_seconds());
    std::hint::black_box(work());
    Took(started.elapsed().as_secs_f64(), processor_seconds() - used)
}

/// Seconds of processor that this process has used.
#[cfg(unix)]
fn processor_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Nobody says; the columns stay empty.
#[cfg(not(unix))]
fn processor_seconds() -> f64 {
    f64::NAN
}

fn ask(python: &Path, asked: &Asked<'_>) -> anyhow::Result<Told> {
    let mut child = Command::new(python)
        .arg("tests/eval/timing.py")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", python.display()))?;
    let mut input = child.stdin.take().context("Python takes no input")?;
    input.write_all(serde_json::to_string(asked)?.as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "tests/eval/timing.py failed");
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Processes that want to run, over the last minute; empty where nobody says.
fn load_average() -> String {
    let said = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    said.split(' ').next().unwrap_or_default().to_owned()
}

fn processor() -> String {
    let said = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = said.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| "unknown processor".to_owned(), |(_, name)| name.to_owned())
}

fn page(
    options: &Options,
    asked: &Asked<'_>,
    times: &Times,
    others: &[Told],
    load: Took,
    beside: &str,
    load_before: &str,
) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pieces: usize = asked.article.iter().sum();
    let mut page = format!(
        "# How long the encoder takes\n\nWritten by `cargo xtask bench-model`. {}\
         {cores} cores of {}; processes that wanted to run in the minute before: {load_before}; beside it: {beside}. {} rounds; in each the \
         sentence is read {} times, the article once by Unspin, three times by ONNX Runtime. Processor time, the median; in brackets the \
         fastest tenth by the clock, which counts the others' turns too.\n\n\
         The sentence has {SENTENCE_TOKENS} words and marks, {} word pieces with the two of the window. The article has {ARTICLE_WORDS} words, {} \
         sentences, {pieces} pieces.\n\n\
         | what | one sentence, ms | article, s |\n| --- | --- | --- |\n",
        provenance::section(&options.models),
        processor(),
        options.rounds,
        options.runs,
        asked.sentence,
        asked.article.len(),
    );
    let mut row = |what: &str, sentence: &str, article: &str| {
        writeln!(page, "| {what} | {sentence} | {article} |").expect("writing to a string");
    };
    row("Unspin's encoder", &told(&times.sentence, 1000.0), &told(&times.encoder, 1.0));
    let all = |of: fn(&Told) -> &[Took]| others.iter().flat_map(|told| of(told).to_vec()).collect::<Vec<Took>>();
    if let Some(other) = others.first() {
        let name = format!("ONNX Runtime {}, the same network, without embedding and word pieces", other.version);
        row(&name, &told(&all(|told| &told.sentence), 1000.0), &told(&all(|told| &told.article_1), 1.0));
        row("the same with two threads", "", &told(&all(|told| &told.article_2), 1.0));
    }
    row("the whole analysis", &told(&times.sentence_whole, 1000.0), &told(&times.article, 1.0));
    row("the whole analysis, two halves side by side: processor time of both", "", &told(&times.halves, 1.0));
    writeln!(
        page,
        "\nA document is read by one thread here. Making all models ready takes {:.0} ms of processor ({:.0} by the clock).",
        load.1 * 1000.0,
        load.0 * 1000.0
    )
    .expect("writing to a string");
    if !others.is_empty() {
        let fastest = |of: fn(&Told) -> f64| others.iter().map(of).fold(f64::INFINITY, f64::min);
        let peak = |seconds: f64| others[0].operations / seconds / 1e9;
        let (f32, int8) = (peak(fastest(|told| told.f32)), peak(fastest(|told| told.int8)));
        let used = |of: &[Took]| (2 * WEIGHTS * asked.sentence) as f64 / quantile(of, 0.1, |took| took.1) / 1e9;
        let (mine, other) = (used(&times.sentence), used(&all(|told| &told.sentence)));
        writeln!(
            page,
            "\nThe machine's peak on one core, as the fastest (processor time) of {} products of two 1024 × 1024 matrices in ONNX Runtime \
             (MatMul; MatMulInteger, unsigned by signed): {f32:.0} GFLOP/s in f32, {int8:.0} GOP/s in int8. Counting the weights' products \
             alone and the fastest tenth, the sentence is read at {mine:.0} GOP/s ({:.0} % of the int8 peak), by ONNX Runtime at {other:.0} \
             ({:.0} %).",
            others.len() * 40,
            100.0 * mine / int8,
            100.0 * other / int8
        )
        .expect("writing to a string");
    }
    page
}

/// `median of processor time (fastest tenth by the clock)`.
fn told(times: &[Took], factor: f64) -> String {
    format!("{:.2} ({:.2})", quantile(times, 0.5, |took| took.1) * factor, quantile(times, 0.1, |took| took.0) * factor)
}

fn quantile(times: &[Took], share: f64, of: fn(&Took) -> f64) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(of).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get((sorted.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN)
}

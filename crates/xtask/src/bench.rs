//! `cargo xtask bench`: how long a person who types waits, beside the fastest prose language server there is.
//!
//! One client drives both servers, one after the other, over the same document. A time counts only when the answer was right: the marks
//! that stand at last are those of a fresh server that opens the text as it then is. The report is written into `BENCHMARKS.md`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use clap::Args;
use serde_json::{Value, json};

mod client;
mod command_line;
mod document;
mod percentile;
mod process;
mod report;

use client::{Answer, Completion, Server, Session};
use document::Sentences;
use percentile::Times;

/// What is typed, over and over: a sentence with a mark for us and one for a spelling checker.
const TYPED: &str = " The army help arrived in the north on Monday, and nobody there had minded teh rain.";

/// Marks in 1,000 words that count as ordinary.
const DENSITY: std::ops::RangeInclusive<f64> = 5.0..=20.0;

/// Above this many words a peer that reads everything again is asked for a few keys only.
const LONG_WORDS: usize = 50_000;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The program to measure
    #[arg(long, default_value = "target/release/unspin")]
    unspin: PathBuf,
    /// `harper-ls`, to measure beside it
    #[arg(long)]
    harper: Option<PathBuf>,
    /// `harper-cli`, to measure the command line beside it
    #[arg(long)]
    harper_cli: Option<PathBuf>,
    /// What is worth a word about how the others were built
    #[arg(long, default_value = "")]
    note: String,
    /// Fewer keys, no document of 100,000 words, ten seconds of typing: to see that the command works
    #[arg(long)]
    quick: bool,
    /// The folder whose articles the document is made of
    #[arg(long, default_value = "tests/articles")]
    articles: PathBuf,
    /// Where the report is written; `-` prints it alone
    #[arg(long, default_value = "BENCHMARKS.md")]
    out: PathBuf,
}

/// How much is measured.
#[derive(Debug)]
struct Plan {
    words: Vec<usize>,
    starts: usize,
    keys: usize,
    keys_in_long: usize,
    typing: Duration,
}

/// What was measured of one server over one document.
#[derive(Debug)]
struct Measured {
    words: usize,
    bytes: usize,
    /// Marks when the document was opened.
    marks: usize,
    start_first: Times,
    start_complete: Times,
    key_first: Times,
    key_complete: Times,
    resident_bytes: u64,
}

/// What typing at a steady pace cost.
#[derive(Debug)]
struct Typing {
    keys: usize,
    wall: Duration,
    cpu_seconds: f64,
    /// From the last key to the last answer.
    behind: Duration,
}

/// Everything about one server.
#[derive(Debug)]
struct Results {
    server: &'static str,
    version: String,
    binary_bytes: u64,
    documents: Vec<Measured>,
    typing: Typing,
    /// Diagnostics for the longest document when nothing is configured, where that differs.
    marks_unconfigured: Option<usize>,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let plan = if options.quick {
        Plan { words: vec![1000, 10_000], starts: 1, keys: 40, keys_in_long: 3, typing: Duration::from_secs(10) }
    } else {
        Plan {
            words: vec![1000, 10_000, 100_000],
            starts: 5,
            keys: 200,
            keys_in_long: 5,
            typing: Duration::from_secs(60),
        }
    };
    let load_before = process::load();
    let sentences = Sentences::read(&options.articles)?;
    let spun_per_mille = ordinary(&sentences, &options.unspin)?;
    let documents: Vec<String> = plan.words.iter().map(|words| sentences.document(*words, spun_per_mille)).collect();

    let unspin = Server {
        name: "unspin",
        program: absolute(&options.unspin)?,
        args: &["lsp"],
        configuration: Value::Null,
        completion: Completion::Status,
    };
    let mut results = vec![measure(&unspin, &documents, &plan)?];
    let mut command_lines = vec![command_line::unspin(&unspin.program, documents.last().context("a document")?)?];
    for document in &results[0].documents {
        let density = document.marks as f64 * 1000.0 / document.words as f64;
        ensure!(DENSITY.contains(&density), "{} words have {density:.1} marks per 1,000", document.words);
    }
    if let Some(program) = &options.harper {
        let harper = Server {
            name: "harper-ls",
            program: absolute(program)?,
            args: &["--stdio"],
            configuration: json!({ "harper-ls": {} }),
            completion: Completion::First,
        };
        // Above its limit it reads nothing unless the limit is raised.
        let raised =
            Server { configuration: json!({ "harper-ls": { "maxFileLength": 100_000_000 } }), ..harper.clone() };
        let mut measured = measure(&raised, &documents, &plan)?;
        let longest = documents.last().context("a document")?;
        eprintln!("harper-ls as it comes, {} bytes", longest.len());
        let mut session = Session::start(&harper)?;
        let marks = session.open(longest)?.marks();
        session.stop()?;
        measured.marks_unconfigured =
            (measured.documents.last().map(|document| document.marks) != Some(marks)).then_some(marks);
        results.push(measured);
    }
    if let Some(program) = &options.harper_cli {
        command_lines.push(command_line::harper(&absolute(program)?, documents.last().context("a document")?)?);
    }
    let report = report::write(&report::Report {
        plan: &plan,
        spun_per_mille,
        results: &results,
        command_lines: &command_lines,
        note: &options.note,
        load: [load_before, process::load()],
    });
    println!("{report}");
    if options.out.as_os_str() != "-" {
        std::fs::write(&options.out, report).with_context(|| format!("cannot write `{}`", options.out.display()))?;
    }
    Ok(())
}

/// The share of spun sentences, in thousandths, that makes a document of ordinary density.
fn ordinary(sentences: &Sentences, unspin: &Path) -> anyhow::Result<usize> {
    const WORDS: usize = 10_000;
    let mut tried = Vec::new();
    for spun_per_mille in [40, 120, 300, 600, 0] {
        let text = sentences.document(WORDS, spun_per_mille);
        let marks = command_line::unspin(&absolute(unspin)?, &text)?.findings;
        let density = marks as f64 * 1000.0 / WORDS as f64;
        eprintln!("{spun_per_mille} in 1,000 sentences spun: {density:.1} marks per 1,000 words");
        // Longer and shorter documents differ a little.
        if (DENSITY.start() + 0.5..=DENSITY.end() - 4.0).contains(&density) {
            return Ok(spun_per_mille);
        }
        tried.push(format!("{density:.1}"));
    }
    bail!("no mixture has an ordinary density: {} marks per 1,000 words", tried.join(", "))
}

fn measure(server: &Server, documents: &[String], plan: &Plan) -> anyhow::Result<Results> {
    let version = process::said_by(&server.program, &["--version"]);
    let mut results = Results {
        server: server.name,
        version,
        binary_bytes: std::fs::metadata(&server.program)?.len(),
        documents: Vec::new(),
        typing: Typing { keys: 0, wall: Duration::ZERO, cpu_seconds: 0.0, behind: Duration::ZERO },
        marks_unconfigured: None,
    };
    for text in documents {
        let words = text.split_whitespace().count();
        // A server that answers each key with one reading of all of it takes minutes.
        let is_slow = LONG_WORDS < words && server.completion == Completion::First;
        let keys = if is_slow { plan.keys_in_long } else { plan.keys };
        let starts = if LONG_WORDS < words { 1 } else { plan.starts };
        eprintln!("{}, {words} words: {starts} starts, {keys} keys", server.name);
        results.documents.push(latencies(server, text, starts, keys)?);
    }
    let text = &documents[1.min(documents.len() - 1)];
    eprintln!("{}, {} seconds of typing", server.name, plan.typing.as_secs());
    results.typing = typing(server, text, plan.typing)?;
    Ok(results)
}

fn latencies(server: &Server, text: &str, starts: usize, keys: usize) -> anyhow::Result<Measured> {
    let mut opened: Vec<Answer> = Vec::new();
    for _ in 1..starts {
        let mut session = Session::start(server)?;
        opened.push(session.open(text)?);
        session.stop()?;
    }
    let mut session = Session::start(server)?;
    opened.push(session.open(text)?);
    ensure!(opened.iter().all(|answer| answer.diagnostics == opened[0].diagnostics), "each start says something else");
    ensure!(opened[0].marks() > 0, "nothing is marked");

    let mut at = middle(text)?;
    let mut typed: Vec<Answer> = Vec::new();
    let mut half_way = None;
    for (idx, key) in TYPED.chars().cycle().take(keys).enumerate() {
        let key = key.to_string();
        let sent = session.send_key(at, &key)?;
        at += key.len();
        let answer = session.answer(sent)?;
        if idx == keys / 2 {
            half_way = Some((session.text.clone(), answer.diagnostics.clone()));
        }
        typed.push(answer);
    }
    let resident_bytes = session.resident_bytes()?;
    let last = typed.last().context("keys were typed")?.diagnostics.clone();
    let text_at_last = session.text.clone();
    session.stop()?;
    // Only now, when nothing is timed any more, it is seen whether the answers were right.
    agree(server, &text_at_last, &last)?;
    if let Some((text, diagnostics)) = half_way.filter(|_| text.split_whitespace().count() < LONG_WORDS) {
        agree(server, &text, &diagnostics)?;
    }
    let times = |of: fn(&Answer) -> Duration, answers: &[Answer]| Times::new(answers.iter().map(of).collect());
    Ok(Measured {
        words: text.split_whitespace().count(),
        bytes: text.len(),
        marks: opened[0].marks(),
        start_first: times(|answer| answer.first, &opened),
        start_complete: times(|answer| answer.complete, &opened),
        key_first: times(|answer| answer.first, &typed),
        key_complete: times(|answer| answer.complete, &typed),
        resident_bytes,
    })
}

/// The end of the paragraph in the middle.
fn middle(text: &str) -> anyhow::Result<usize> {
    let half = text.floor_char_boundary(text.len() / 2);
    Ok(half + text[half..].find("\n\n").context("there are paragraphs")?)
}

/// A fresh server says the same of this text.
fn agree(server: &Server, text: &str, diagnostics: &Value) -> anyhow::Result<()> {
    let mut session = Session::start(server)?;
    let fresh = session.open(text)?;
    session.stop()?;
    let sorted = |diagnostics: &Value| {
        let mut lines: Vec<String> = diagnostics.as_array().into_iter().flatten().map(Value::to_string).collect();
        lines.sort();
        lines
    };
    let (followed, fresh) = (sorted(diagnostics), sorted(&fresh.diagnostics));
    let difference = followed.iter().filter(|line| !fresh.contains(line)).count();
    ensure!(followed == fresh, "{}: {difference} marks after typing are not those of a fresh start", server.name);
    Ok(())
}

/// Types at five keys a second, whether answers come or not, until the last answer has come.
fn typing(server: &Server, text: &str, lasting: Duration) -> anyhow::Result<Typing> {
    const KEY: Duration = Duration::from_millis(200);
    let mut session = Session::start(server)?;
    session.open(text)?;
    // What a server still does after it has answered is no part of typing.
    session.listen_until(Instant::now() + Duration::from_secs(1))?;
    let mut at = middle(text)?;
    let cpu_before = process::cpu_seconds(session.pid())?;
    let keys = (lasting.as_millis() / KEY.as_millis()) as usize;
    let (mut sent, mut published) = (Instant::now(), 0);
    let begin = sent;
    for (idx, key) in TYPED.chars().cycle().take(keys).enumerate() {
        published += session.listen_until(begin + KEY * idx as u32)?;
        let key = key.to_string();
        sent = session.send_key(at, &key)?;
        at += key.len();
    }
    let behind = match server.completion {
        Completion::Status => session.answer(sent)?.complete,
        // It publishes once for each key, and does not say for which.
        Completion::First => {
            while published < keys {
                session.answer(sent)?;
                published += 1;
            }
            sent.elapsed()
        }
    };
    let cpu_seconds = process::cpu_seconds(session.pid())? - cpu_before;
    let wall = begin.elapsed();
    session.stop()?;
    Ok(Typing { keys, wall, cpu_seconds, behind })
}

fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    path.canonicalize().with_context(|| format!("there is no `{}`", path.display()))
}

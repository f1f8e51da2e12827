//! Developer commands. `cargo xtask --help` lists them.

use clap::{Parser, Subcommand};
use xtask::codegen;

mod attribution;
mod bench;
mod carriers;
mod corpus;
mod eval;
mod fit;
mod models;
mod ngram;

/// Developer commands of Unspin.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure who says what on annotated documents and minimal pairs
    Attribution(attribution::Options),
    /// Write tortured terms that no model has seen into sentences, as marked articles to evaluate on
    Carriers(carriers::Options),
    /// Measure how long a person who types waits, beside another server; write BENCHMARKS.md
    Bench(bench::Options),
    /// Measure how long the encoder and an analysis take, beside ONNX Runtime; write tests/eval/timing.md
    BenchModel(eval::timing::Options),
    /// Write what is made from the code: the pages of the rules, the schema of unspin.toml
    Codegen(codegen::Options),
    /// Measure: precision, recall and first fix on gold articles, false marks on clean text
    Eval(eval::Options),
    /// Fit the decision's coefficients on marked articles
    Fit(fit::Options),
    /// Count words in a row in clean text and write the n-gram model
    Ngram(ngram::Options),
    /// Measure everything about the spun family and write the pages of tests/eval
    Report(eval::report::Options),
}

fn main() -> anyhow::Result<()> {
    match Args::parse().command {
        Command::Attribution(options) => attribution::run(&options),
        Command::Carriers(options) => carriers::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::BenchModel(options) => eval::timing::run(&options),
        Command::Codegen(options) => codegen::run(&options),
        Command::Eval(options) => eval::run(&options),
        Command::Fit(options) => fit::run(&options),
        Command::Ngram(options) => ngram::run(&options),
        Command::Report(options) => eval::report::run(&options),
    }
}

//! The command line of Unspin.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{CommandFactory, Parser};

mod args;
mod check;
mod explain;
mod fix;
mod input;
mod models;
mod output;
mod sources;

use args::{Args, Command};

/// What a run came to, as an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing to say.
    Clean = 0,
    /// There are findings (or, with `--diff`, changes).
    Findings = 1,
    /// Something could not be read or done.
    Trouble = 2,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(args) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        // The reader of our output has seen enough (`unspin check … | head`).
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("unspin: {error:#}");
            ExitCode::from(Outcome::Trouble as u8)
        }
    }
}

fn run(args: Args) -> anyhow::Result<Outcome> {
    match args.command {
        Command::Check(options) => check::check(&models::analyzer()?, &options),
        Command::Fix(options) => fix::fix(&models::analyzer()?, &options),
        Command::Sources(options) => sources::sources(&options),
        Command::Explain { rule } => explain::explain(&rule),
        Command::Rules { format } => explain::list(format),
        Command::Lsp { stdio: _ } => {
            unspin_lsp::run_stdio(Arc::new(models::analyzer()?))?;
            Ok(Outcome::Clean)
        }
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Args::command(), "unspin", &mut io::stdout());
            Ok(Outcome::Clean)
        }
        Command::Man { command } => {
            clap_mangen::Man::new(manual(command.as_deref())?).render(&mut io::stdout())?;
            Ok(Outcome::Clean)
        }
        Command::Schema => {
            io::stdout().write_all(unspin_project::schema().as_bytes())?;
            Ok(Outcome::Clean)
        }
    }
}

/// The whole program, or one command of it; `build` gave it the name that its manual page goes by.
fn manual(command: Option<&str>) -> anyhow::Result<clap::Command> {
    let mut program = Args::command();
    program.build();
    let Some(name) = command else { return Ok(program) };
    let found = program.find_subcommand(name).with_context(|| format!("there is no command `{name}`"))?;
    Ok(found.clone())
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

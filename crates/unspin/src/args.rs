//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// An editorial linter: finds spun phrases and unattributed claims. Everything runs on this machine.
#[derive(Debug, Parser)]
#[command(
    name = "unspin",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  unspin check article.md            Show what an editor would mark
  unspin fix --diff article.md       Show what can safely be mended
  unspin explain weasel-source       Say what a rule is about

The nearest unspin.toml above an article holds its settings."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what an editor would mark
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    /// Mend what is safe to mend, in place
    #[command(after_help = FIX_HELP)]
    Fix(Fix),
    /// Show who speaks in an article, how often, and how much of it nobody carries
    Sources(Sources),
    /// Explain a rule: what it marks, why, and examples
    Explain {
        /// The rule's name, as in `spun-phrase`
        rule: String,
    },
    /// List the rules
    Rules {
        /// How to print them
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
    /// Run the language server on standard input and output
    Lsp {
        /// Accepted because many editors pass it; there is no other way
        #[arg(long)]
        stdio: bool,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or that of one command
    Man {
        /// The command, as in `check`
        command: Option<String>,
    },
    /// Print the JSON schema of unspin.toml
    Schema,
}

const CHECK_HELP: &str = "\
Exit codes:
  0  nothing to mark
  1  there are marks
  2  something could not be read

Examples:
  unspin check article.md
  unspin check --format short news/
  unspin check - < article.txt";

const FIX_HELP: &str = "\
Exit codes:
  0  done; with --diff: nothing to change
  1  with --diff: there are changes
  2  something could not be read or written

Examples:
  unspin fix --diff article.md
  unspin fix article.md
  unspin fix - < article.txt > mended.txt";

#[derive(Debug, ClapArgs)]
pub(crate) struct Input {
    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(crate) paths: Vec<PathBuf>,
    /// Use this configuration file instead of the nearest unspin.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The name that standard input goes by: decides its markup and configuration
    #[arg(long, value_name = "PATH", default_value = "stdin.txt")]
    pub(crate) stdin_filename: PathBuf,
    /// Where the marks begin, whatever the configuration says
    #[arg(long, value_enum)]
    pub(crate) sensitivity: Option<Sensitivity>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print the marks
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Show what would change and change nothing
    #[arg(long)]
    pub(crate) diff: bool,
    /// Apply the best fix of each mark even where a person should read it first; what leaves a source to name stays
    #[arg(long)]
    pub(crate) r#unsafe: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Sources {
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print the sources
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// For a person, with the lines of the text
    #[default]
    Human,
    /// One line a mark
    Short,
    /// One object for a program; all offsets are UTF-8 bytes
    Json,
    /// Annotations of a workflow run
    Github,
    /// Static Analysis Results Interchange Format 2.1.0
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a person
    #[default]
    Human,
    /// For a program
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sensitivity {
    /// Only what is nearly certain
    Cautious,
    /// What an editor would want to see
    Balanced,
    /// Everything worth a look
    Thorough,
}

impl From<Sensitivity> for unspin_core::Sensitivity {
    fn from(sensitivity: Sensitivity) -> unspin_core::Sensitivity {
        match sensitivity {
            Sensitivity::Cautious => unspin_core::Sensitivity::Cautious,
            Sensitivity::Balanced => unspin_core::Sensitivity::Balanced,
            Sensitivity::Thorough => unspin_core::Sensitivity::Thorough,
        }
    }
}

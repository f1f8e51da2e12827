//! `cargo xtask codegen`: writes what is made from the code, so that it is said once.
//!
//! - `docs/rules/`: a page a rule, from the pages beside the rules, and a table of all.
//! - `editors/vscode/schemas/unspin.schema.json`: what may stand in `unspin.toml`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use unspin_core::{Family, Rule, RuleLevel, rules};
use unspin_fixture::{Example, Part, parts};

/// The command that mends a stale file.
pub const COMMAND: &str = "cargo xtask codegen";

/// What `cargo xtask codegen` can be asked.
#[derive(Debug, Args)]
pub struct Options {
    /// Write nothing; fail when a file is stale
    #[arg(long)]
    check: bool,
}

/// A file that is made from the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Relative to the root of the repository.
    pub path: PathBuf,
    /// What must stand in it.
    pub text: String,
}

/// Writes or checks the generated files of the repository that this was built in.
///
/// # Errors
/// A file cannot be written; or, with `--check`, is stale.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let stale = stale(&root);
    if options.check {
        if !stale.is_empty() {
            bail!("stale, run `{COMMAND}`:\n{}", list(&stale));
        }
        return Ok(());
    }
    for path in left_behind(&root) {
        fs::remove_file(root.join(&path)).with_context(|| format!("cannot remove `{}`", path.display()))?;
    }
    for file in generated() {
        let path = root.join(&file.path);
        let folder = path.parent().context("every generated file has a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        fs::write(&path, &file.text).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    if !stale.is_empty() {
        println!("{}", list(&stale));
    }
    Ok(())
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("  {}", path.display())).collect::<Vec<_>>().join("\n")
}

/// The generated files that are missing or say something else, and pages of rules that are no more, relative to `root`.
#[must_use]
pub fn stale(root: &Path) -> Vec<PathBuf> {
    let differs = |file: &Generated| fs::read_to_string(root.join(&file.path)).ok().as_deref() != Some(&file.text);
    let mut stale: Vec<PathBuf> = generated().into_iter().filter(differs).map(|file| file.path).collect();
    stale.extend(left_behind(root));
    stale
}

/// Every generated file.
#[must_use]
pub fn generated() -> Vec<Generated> {
    let mut files = vec![
        Generated { path: Path::new(PAGES).join("README.md"), text: index() },
        Generated { path: "editors/vscode/schemas/unspin.schema.json".into(), text: schema() },
    ];
    files.extend(
        rules::RULES
            .iter()
            .map(|rule| Generated { path: Path::new(PAGES).join(format!("{}.md", rule.name)), text: page(rule) }),
    );
    files
}

const PAGES: &str = "docs/rules";

/// Pages in the folder that no rule has.
fn left_behind(root: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(root.join(PAGES)) else { return Vec::new() };
    let known: Vec<PathBuf> = generated().into_iter().map(|file| file.path).collect();
    let mut left: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| Path::new(PAGES).join(entry.file_name()))
        .filter(|path| !known.contains(path))
        .collect();
    left.sort();
    left
}

fn page(rule: &Rule) -> String {
    let source = format!("crates/unspin-core/src/rules/{}.md", rule.name.replace('-', "_"));
    let level = level_name(rule.level);
    let state =
        if rule.level == RuleLevel::Off { "Off by default".to_owned() } else { format!("On by default, as {level}") };
    let question = question(rule.family);
    let mut page = format!("<!-- Written by `{COMMAND}` from {source}; change that file. -->\n\n");
    let mut kind = "";
    for part in parts(rule.page) {
        match part {
            Part::Prose(prose) => {
                let _ = write!(page, "{prose}\n\n");
            }
            Part::Example(example) => {
                if example.kind != kind {
                    let gap = if kind.is_empty() { "" } else { "\n" };
                    let _ = write!(page, "{gap}## {}\n\n", heading(example.kind));
                    kind = example.kind;
                }
                page.push_str(&shown(&example));
            }
        }
    }
    let _ = write!(page, "\n{state}. “{question}” [All rules](README.md)\n");
    page
}

fn heading(kind: &str) -> &'static str {
    match kind {
        "flagged" => "Marked",
        "clean" => "Left alone",
        _ => "Fixes, best first",
    }
}

/// An example as an item of a list: what is marked in bold, and what mends it in italics; or the text, then what each fix makes of it.
fn shown(example: &Example<'_>) -> String {
    let fixture = unspin_fixture::parse(example.text).expect("a test reads every example of every page");
    let text = fixture.shown(escaped, |words, mark| {
        if example.kind == "fixed" {
            return escaped(words);
        }
        let fixes: Vec<String> = mark.naturals.iter().map(|natural| format!("*{}*", escaped(natural))).collect();
        let fixes = if fixes.is_empty() { String::new() } else { format!(" → {}", fixes.join(" or ")) };
        // Stars behind a word and before a comma are no emphasis in Markdown.
        let (bold, end) = if words.starts_with(char::is_alphanumeric) { ("**", "**") } else { ("<b>", "</b>") };
        format!("{bold}{}{end}{fixes}", escaped(words.trim()))
    });
    let mut item = format!("- {}\n", text.replace('\n', "\n  ").replace("\n  \n", "\n\n"));
    if example.kind == "fixed" {
        for fixed in fixture.marks.iter().flat_map(|mark| fixture.fixed(mark)) {
            let _ = writeln!(item, "  1. {}", escaped(fixed.trim()));
        }
    }
    item
}

/// Text that Markdown shows as it stands.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| "\\`*_[]<>".contains(c).then_some('\\').into_iter().chain([c])).collect()
}

fn index() -> String {
    let mut text = format!(
        "<!-- Written by `{COMMAND}` from the pages in crates/unspin-core/src/rules. -->\n\n\
         # Rules\n\n\
         A rule's level is set in `unspin.toml`: `[rules]`, then `{first} = \"off\"`, `\"hint\"`, `\"information\"`, `\"warning\"` or `\"error\"`.\n\
         A comment in the article silences a rule at one place: `<!-- unspin-ignore-next-line {first} -->`.\n\n\
         The examples on the pages are run as tests.\n",
        first = rules::RULES.first().map_or("spun-phrase", |rule| rule.name),
    );
    for family in [Family::Spun, Family::Claim] {
        let question = question(family);
        let _ = write!(text, "\n## {question}\n\n| Rule | Level | What it marks |\n| --- | --- | --- |\n");
        for rule in rules::RULES.iter().filter(|rule| rule.family == family) {
            let summary = rule.summary().replace('\n', " ").replace('|', "\\|");
            let _ =
                writeln!(text, "| [{name}]({name}.md) | {} | {summary} |", level_name(rule.level), name = rule.name);
        }
    }
    text
}

fn schema() -> String {
    // JSON has no comments; a schema has a key for them.
    unspin_project::schema().replacen(
        '{',
        &format!("{{\n  \"$comment\": \"Written by `{COMMAND}` from crates/unspin-project/src/config_file.rs\","),
        1,
    )
}

fn level_name(level: RuleLevel) -> &'static str {
    match level {
        RuleLevel::Off => "off",
        RuleLevel::Hint => "hint",
        RuleLevel::Information => "information",
        RuleLevel::Warning => "warning",
        RuleLevel::Error => "error",
    }
}

fn question(family: Family) -> &'static str {
    match family {
        Family::Spun => "Was this put here by an article spinner?",
        Family::Claim => "Says who?",
    }
}

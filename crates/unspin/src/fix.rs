//! `unspin fix`: mend what is safe to mend.

use std::fs;
use std::io::{self, Write};

use anyhow::Context;
use clap::builder::styling::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};
use unspin_core::{Analyzer, Applicability, fix_all};

use crate::Outcome;
use crate::args::Fix;
use crate::input::{Article, for_each_article};

struct Fixed {
    article: Article,
    text: String,
    applied: usize,
    /// Marks that stay: what is for a person to look at.
    left: usize,
}

pub(crate) fn fix(analyzer: &Analyzer, options: &Fix) -> anyhow::Result<Outcome> {
    let boldest = if options.r#unsafe { Applicability::Suggested } else { Applicability::Safe };
    let results = for_each_article(&options.input, |article| {
        let (text, applied) = fix_all(analyzer, &article.text, article.markup, &article.settings, boldest);
        if !options.diff && !article.is_stdin && text != article.text {
            fs::write(&article.path, &text).with_context(|| format!("cannot write `{}`", article.path.display()))?;
        }
        let left = analyzer.analyze(&text, article.markup, &article.settings, applied as u32).diagnostics.len();
        Ok(Fixed { article, text, applied, left })
    })?;
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    let mut outcome = Outcome::Clean;
    let (mut fixes, mut files, mut left) = (0, 0, 0);
    for result in results {
        match result {
            Ok(fixed) => {
                let changed = fixed.text != fixed.article.text;
                fixes += fixed.applied;
                files += usize::from(changed);
                left += fixed.left;
                if options.diff {
                    write_diff(&mut out, &fixed)?;
                    if changed {
                        outcome = outcome.max(Outcome::Findings);
                    }
                } else if fixed.article.is_stdin {
                    out.write_all(fixed.text.as_bytes())?;
                }
            }
            Err(error) => {
                anstream::eprintln!("unspin: {error:#}");
                outcome = Outcome::Trouble;
            }
        }
    }
    let would = if options.diff { "would mend" } else { "mended" };
    let rest = match left {
        0 => String::new(),
        1 => "; 1 mark is left to look at".to_owned(),
        _ => format!("; {left} marks are left to look at"),
    };
    anstream::eprintln!("{would} {fixes} {} in {files} {}{rest}", plural(fixes, "place"), plural(files, "file"));
    Ok(outcome)
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// A unified diff; on a terminal in colour, with the words that change underlined, because a paragraph is often one line.
fn write_diff(out: &mut impl Write, fixed: &Fixed) -> io::Result<()> {
    let name = fixed.article.path.display();
    let diff = TextDiff::from_lines(fixed.article.text.as_str(), fixed.text.as_str());
    for (idx, hunk) in diff.unified_diff().context_radius(1).iter_hunks().enumerate() {
        if idx == 0 {
            writeln!(out, "--- {name}\n+++ {name}")?;
        }
        let header = AnsiColor::Cyan.on_default();
        writeln!(out, "{header}{}{header:#}", hunk.header())?;
        for change in hunk.ops().iter().flat_map(|op| diff.iter_inline_changes(op)) {
            let style = match change.tag() {
                ChangeTag::Equal => Style::new(),
                ChangeTag::Delete => AnsiColor::Red.on_default(),
                ChangeTag::Insert => AnsiColor::Green.on_default(),
            };
            write!(out, "{style}{}{style:#}", change.tag())?;
            for (is_changed, words) in change.iter_strings_lossy() {
                let style = if is_changed { style.bold().underline() } else { style };
                // A line's end stays outside the style, or a terminal colours the rest of the row.
                let line = words.trim_end_matches(['\r', '\n']);
                write!(out, "{style}{line}{style:#}{}", &words[line.len()..])?;
            }
            if change.missing_newline() {
                writeln!(out, "\n\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

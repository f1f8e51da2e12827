//! `unspin fix`: mend what is safe to mend.

use std::fs;
use std::io::{self, Write};

use anyhow::Context;
use unspin_core::{Analyzer, Applicability, fix_all};

use crate::Outcome;
use crate::args::Fix;
use crate::input::{Article, for_each_article};

struct Fixed {
    article: Article,
    text: String,
    applied: usize,
}

pub(crate) fn fix(analyzer: &Analyzer, options: &Fix) -> anyhow::Result<Outcome> {
    let boldest = if options.r#unsafe { Applicability::Suggested } else { Applicability::Safe };
    let results = for_each_article(&options.input, |article| {
        let (text, applied) = fix_all(analyzer, &article.text, article.markup, &article.settings, boldest);
        if !options.diff && !article.is_stdin && text != article.text {
            fs::write(&article.path, &text).with_context(|| format!("cannot write `{}`", article.path.display()))?;
        }
        Ok(Fixed { article, text, applied })
    })?;
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    let mut outcome = Outcome::Clean;
    let (mut fixes, mut files) = (0, 0);
    for result in results {
        match result {
            Ok(fixed) => {
                let changed = fixed.text != fixed.article.text;
                fixes += fixed.applied;
                files += usize::from(changed);
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
    anstream::eprintln!("{would} {fixes} {} in {files} {}", plural(fixes, "place"), plural(files, "file"));
    Ok(outcome)
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

fn write_diff(out: &mut impl Write, fixed: &Fixed) -> io::Result<()> {
    let name = fixed.article.path.display().to_string();
    let diff = similar::TextDiff::from_lines(fixed.article.text.as_str(), fixed.text.as_str());
    write!(out, "{}", diff.unified_diff().context_radius(1).header(&name, &name))
}

//! `unspin explain` and `unspin rules`.

use std::io::{self, Write};

use anyhow::bail;
use unspin_core::rules;

use crate::Outcome;
use crate::args::ListFormat;

pub(crate) fn explain(name: &str) -> anyhow::Result<Outcome> {
    let Some(rule) = rules::find(name) else {
        match rules::nearest(name) {
            Some(near) => bail!("there is no rule `{name}`; did you mean `{near}`?"),
            None => bail!("there is no rule `{name}`; `unspin rules` lists them"),
        }
    };
    io::stdout().write_all(rule.page.as_bytes())?;
    Ok(Outcome::Clean)
}

pub(crate) fn list(format: ListFormat) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Human => {
            let width = rules::RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            for rule in rules::RULES {
                let level = format!("{:?}", rule.level).to_lowercase();
                let summary = rule.summary().replace('\n', " ");
                writeln!(out, "{:width$}  {level:11}  {summary}", rule.name)?;
            }
        }
        ListFormat::Json => {
            let list: Vec<_> = rules::RULES
                .iter()
                .map(|rule| {
                    serde_json::json!({
                        "name": rule.name,
                        "family": format!("{:?}", rule.family).to_lowercase(),
                        "level": rule.level,
                        "summary": rule.summary().replace('\n', " "),
                    })
                })
                .collect();
            serde_json::to_writer_pretty(&mut out, &list)?;
            writeln!(out)?;
        }
    }
    Ok(Outcome::Clean)
}

//! `unspin check`: show what an editor would mark.

use std::io::{self, BufWriter, Write};

use unspin_core::{Analysis, Analyzer};

use crate::Outcome;
use crate::args::Check;
use crate::input::{Article, for_each_article};
use crate::output;

/// An article and what is said of it.
pub(crate) struct Report {
    pub(crate) article: Article,
    pub(crate) analysis: Analysis,
}

pub(crate) fn check(analyzer: &Analyzer, options: &Check) -> anyhow::Result<Outcome> {
    let results = for_each_article(&options.input, |article| {
        let analysis = analyzer.analyze(&article.text, article.markup, &article.settings, 0);
        Ok(Report { article, analysis })
    })?;
    let mut outcome = Outcome::Clean;
    let mut reports = Vec::new();
    for result in results {
        match result {
            Ok(report) => {
                if report.analysis.is_partial {
                    let path = report.article.path.display();
                    anstream::eprintln!(
                        "unspin: `{path}` is longer than a megabyte; read without the encoder, so some marks are missing"
                    );
                }
                if !report.analysis.diagnostics.is_empty() {
                    outcome = outcome.max(Outcome::Findings);
                }
                reports.push(report);
            }
            Err(error) => {
                anstream::eprintln!("unspin: {error:#}");
                outcome = Outcome::Trouble;
            }
        }
    }
    let stdout = anstream::AutoStream::auto(io::stdout().lock());
    let mut out = BufWriter::new(stdout);
    output::write(&mut out, options.format, &reports)?;
    out.flush()?;
    Ok(outcome)
}

//! Articles with expected marks against what is found in them.

use std::fmt::Write as _;

use rayon::prelude::*;
use unspin_core::{Analyzer, Family, Settings, rules};
use unspin_fixture::{Rank, Score, score};
use unspin_text::Markup;

use super::articles::Article;
use super::{findings, share};

/// An article and what was found in it.
pub(super) struct Judged {
    article: Article,
    findings: Vec<unspin_fixture::Finding>,
    score: Score,
}

impl Judged {
    pub(super) fn new(article: Article, findings: Vec<unspin_fixture::Finding>) -> Judged {
        let score = score(&article.fixture, &findings);
        Judged { article, findings, score }
    }

    pub(super) fn is_called(&self, part: &str) -> bool {
        self.article.name.contains(part)
    }
}

pub(super) fn judge(articles: Vec<Article>, analyzer: &Analyzer, settings: &Settings) -> Vec<Judged> {
    articles
        .into_par_iter()
        .map(|article| {
            let findings = findings::of(analyzer, &article.fixture.text, Markup::Plain, settings, article.family);
            Judged::new(article, findings)
        })
        .collect()
}

/// A row for each article, a sum for each set, a sum for all; for claims a row for each rule.
pub(super) fn tables(judged: &[Judged], say: &mut dyn FnMut(&str)) {
    for (family, title) in [(Family::Spun, "spun"), (Family::Claim, "claims")] {
        let mine: Vec<&Judged> = judged.iter().filter(|judged| judged.article.family == family).collect();
        if mine.is_empty() {
            continue;
        }
        say(&format!("{title:<18}  gold  found  false precision recall    F1 first fix"));
        for set in mine.chunk_by(|a, b| a.article.set == b.article.set) {
            for judged in set {
                say(&row(&judged.article.name, &[judged]));
            }
            if 1 < set.len() && set.len() < mine.len() {
                say(&row(&format!("= {}", set[0].article.set), set));
            }
        }
        say(&format!("{}\n", row("= all", &mine)));
        if family == Family::Claim {
            by_rule(&mine);
        }
    }
}

fn row(name: &str, articles: &[&Judged]) -> String {
    let sum = |count: fn(&Score) -> usize| articles.iter().map(|judged| count(&judged.score)).sum::<usize>();
    let gold = sum(|score| score.outcomes.len());
    let found = sum(Score::found);
    let wrong = sum(|score| score.false_marks.len());
    let right = sum(|score| score.true_marks.len());
    let fixes = sum(Score::first_fix_right);
    let asked = sum(|score| score.outcomes.iter().filter(|outcome| outcome.fix.is_some()).count());
    let (precision, recall) = (share(right, right + wrong), share(found, gold));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    format!(
        "{name:<18} {gold:>5} {found:>6} {wrong:>6} {precision:>9.2} {recall:>6.2} {f1:>5.2} {:>9.2}",
        share(fixes, asked)
    )
}

fn by_rule(articles: &[&Judged]) {
    println!("{:<24} {:>5} {:>6} {:>6} {:>9} {:>6}", "rule", "gold", "found", "false", "precision", "recall");
    for rule in rules::RULES.iter().filter(|rule| rule.family == Family::Claim) {
        let (mut gold, mut found, mut right, mut wrong) = (0, 0, 0, 0);
        for Judged { article, findings, score } in articles {
            for outcome in &score.outcomes {
                if article.fixture.marks[outcome.mark].rule.as_deref() == Some(rule.name) {
                    gold += 1;
                    found += usize::from(outcome.found);
                }
            }
            right += score.true_marks.iter().filter(|&&idx| findings[idx].rule == rule.name).count();
            wrong += score.false_marks.iter().filter(|&&idx| findings[idx].rule == rule.name).count();
        }
        println!(
            "{:<24} {gold:>5} {found:>6} {wrong:>6} {:>9.2} {:>6.2}",
            rule.name,
            share(right, right + wrong),
            share(found, gold)
        );
    }
    println!();
}

/// Prints every miss, wrong fix and false mark.
pub(super) fn explain(judged: &Judged) {
    let Judged { article, findings, score } = judged;
    let text = &article.fixture.text;
    println!("-- {}", article.name);
    for outcome in &score.outcomes {
        let mark = &article.fixture.marks[outcome.mark];
        let written = &text[mark.range.clone()];
        let naturals = mark.naturals.join("|");
        let rule = mark.rule.as_deref().unwrap_or("");
        if !outcome.found {
            println!("missed     {rule} {written} => {naturals}   [{}]", findings::around(text, &mark.range));
        } else if outcome.fix.is_some_and(|rank| rank != Rank::At(1)) {
            let offered: Vec<&str> = findings
                .iter()
                .filter(|finding| finding.range.start < mark.range.end && mark.range.start < finding.range.end)
                .filter_map(|finding| finding.fixes.first()?.first().map(|(_, text)| text.as_str()))
                .collect();
            println!("wrong fix  {written} => {naturals}, not {offered:?}");
        }
    }
    for &idx in &score.false_marks {
        let finding = &findings[idx];
        let written = &text[finding.range.clone()];
        println!("false      {} {written}   [{}]", finding.rule, findings::around(text, &finding.range));
    }
}

/// `article,start,written,naturals,found,rank of the right fix`.
pub(super) fn rows(judged: &[Judged]) -> String {
    let quote = |field: &str| {
        if field.contains([',', '"']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
    };
    let mut csv = String::from("article,start,rule,written,naturals,found,fix\n");
    for Judged { article, score, .. } in judged {
        for outcome in &score.outcomes {
            let mark = &article.fixture.marks[outcome.mark];
            let fix = match outcome.fix {
                Some(Rank::At(place)) => place.to_string(),
                Some(Rank::Absent) => "-".to_owned(),
                None => String::new(),
            };
            writeln!(
                csv,
                "{},{},{},{},{},{},{fix}",
                article.name,
                mark.range.start,
                mark.rule.as_deref().unwrap_or(""),
                quote(&article.fixture.text[mark.range.clone()]),
                quote(&mark.naturals.join("|")),
                if outcome.found { "yes" } else { "no" },
            )
            .expect("writing to a string");
        }
    }
    csv
}

//! An article with every candidate, how probable each is, and whether it is right.

use std::slice;

use unspin_core::{Analyzer, Sensitivity};
use unspin_fixture::{Finding, score};
use unspin_text::Markup;

use super::super::articles::Article;
use super::super::gold::Judged;
use super::super::{findings, settings, share};

#[derive(Debug)]
pub(super) struct Measured {
    pub(super) article: Article,
    pub(super) found: Vec<Found>,
}

/// A candidate.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) confidence: f64,
    pub(super) truth: Truth,
    pub(super) finding: Finding,
    /// The expected marks that it answers, as indices; optional ones are left out.
    pub(super) answers: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    Right,
    False,
    /// It touches only marks that an editor may see either way.
    Neither,
}

impl Measured {
    /// `analyzer` shows everything.
    pub(super) fn new(article: Article, analyzer: &Analyzer) -> Measured {
        let settings = settings(Sensitivity::Balanced);
        let text = &article.fixture.text;
        let found = findings::with_confidence(analyzer, text, Markup::Plain, &settings, article.family)
            .into_iter()
            .map(|(confidence, finding)| {
                let alone = score(&article.fixture, slice::from_ref(&finding));
                let truth = match (alone.true_marks.is_empty(), alone.false_marks.is_empty()) {
                    (false, _) => Truth::Right,
                    (true, false) => Truth::False,
                    (true, true) => Truth::Neither,
                };
                let answers = alone.outcomes.iter().filter(|outcome| outcome.found).map(|outcome| outcome.mark);
                Found { confidence, truth, answers: answers.collect(), finding }
            })
            .collect();
        Measured { article, found }
    }

    /// As the product would show it with a threshold.
    pub(super) fn judged(self, threshold: f64) -> Judged {
        let shown = self.found.into_iter().filter(|found| threshold <= found.confidence);
        Judged::new(self.article, shown.map(|found| found.finding).collect())
    }

    /// The candidates that are shown from a probability on.
    pub(super) fn shown(&self, threshold: f64) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(move |found| threshold <= found.confidence)
    }

    /// How many marks are expected; optional ones do not count.
    pub(super) fn gold(&self) -> usize {
        self.article.fixture.marks.iter().filter(|mark| !mark.optional).count()
    }
}

/// Counts for a set of articles.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    pub(super) gold: usize,
    pub(super) found: usize,
    pub(super) right: usize,
    pub(super) wrong: usize,
    /// Found marks whose natural phrase is known …
    pub(super) asked: usize,
    /// … and whose first fix gives it.
    pub(super) fixed: usize,
}

impl Figures {
    pub(super) fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    pub(super) fn recall(&self) -> f64 {
        share(self.found, self.gold)
    }

    pub(super) fn f1(&self) -> f64 {
        let sum = self.precision() + self.recall();
        if sum > 0.0 { 2.0 * self.precision() * self.recall() / sum } else { 0.0 }
    }

    pub(super) fn first_fix(&self) -> f64 {
        share(self.fixed, self.asked)
    }
}

/// What a set's articles show from a probability on.
pub(super) fn figures(set: &[&Measured], threshold: f64) -> Figures {
    let mut sum = Figures::default();
    for measured in set {
        let shown: Vec<Finding> = measured.shown(threshold).map(|found| found.finding.clone()).collect();
        let score = score(&measured.article.fixture, &shown);
        sum.gold += score.outcomes.len();
        sum.found += score.found();
        sum.right += score.true_marks.len();
        sum.wrong += score.false_marks.len();
        sum.asked += score.outcomes.iter().filter(|outcome| outcome.fix.is_some()).count();
        sum.fixed += score.first_fix_right();
    }
    sum
}

//! From what was read to what is said. A verdict that an edit cannot have changed is kept: those of the spun family hang on their block
//! and on the document's rate, those of the claim family on their neighbours, too.

use std::sync::Arc;

use unspin_text::{Block, Ignore, Markup};

use crate::analysis::{Analysis, Analyzer, Verdict};
use crate::claims::{self, ClaimFacts};
use crate::config::Settings;
use crate::diagnostic::{Confidence, Evidence};
use crate::facts::BlockFacts;
use crate::reading::{Answer, Question, Reading, SpinMarks, ratio_here};
use crate::report::{Mark, Report};
use crate::rules::{Family, find};
use crate::spin::{self, Rate};

/// In a longer document the claims are judged again when the encoder has read what is new, and move along until then: that takes some
/// milliseconds, in which the next key may come.
const CLAIMS_AT_ONCE_SENTENCES_MAX: usize = 1000;

/// How many sentences the encoder is given at a time.
const BATCH: usize = 64;

/// A document as far as it is read, with what is said of it.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    pub(crate) reading: Reading,
    /// What the marks of the spun family were decided by.
    decided_by: Option<(Rate, Arc<Settings>)>,
    claims: Vec<Mark>,
    /// What the marks of the claim family were decided by; `None` when the text has changed since.
    claims_by: Option<Arc<Settings>>,
    /// Claims were judged at least once.
    has_claims: bool,
}

impl Verdicts {
    pub(crate) fn new(markup: Markup) -> Verdicts {
        Verdicts { reading: Reading::new(markup), ..Verdicts::default() }
    }

    /// Takes in a newer text.
    pub(crate) fn follow(&mut self, analyzer: &Analyzer, text: &str) {
        if let Some(change) = self.reading.follow(analyzer, text) {
            self.claims = self.claims.iter().filter_map(|mark| mark.followed(&change)).collect();
            self.claims_by = None;
        }
    }

    pub(crate) fn questions(&mut self, at_most: usize, near: Option<usize>) -> Vec<Question> {
        self.reading.questions(at_most, near)
    }

    pub(crate) fn take(&mut self, answers: Vec<Answer>) {
        self.reading.take(answers);
    }

    /// Has the encoder read a batch of sentences. True when there is nothing left to read, or `is_stale` says so between two of them.
    pub(crate) fn read_on(&mut self, analyzer: &Analyzer, is_stale: &dyn Fn() -> bool) -> bool {
        let questions = self.questions(BATCH, None);
        let is_last = questions.is_empty();
        let mut gave_up = false;
        let unless_stale = questions.into_iter().take_while(|_| {
            gave_up = is_stale();
            !gave_up
        });
        let answers = unless_stale.map(|question| question.answer(analyzer)).collect();
        self.take(answers);
        is_last || gave_up
    }

    /// What can be said now.
    pub(crate) fn report(&mut self, analyzer: &Analyzer, settings: &Arc<Settings>, repairs: u32) -> Report {
        let rate = analyzer.rate(&self.reading, repairs);
        let same_settings = |by: &Arc<Settings>| Arc::ptr_eq(by, settings) || by == settings;
        if !self.decided_by.as_ref().is_some_and(|(by, with)| by.decides_as(&rate) && same_settings(with)) {
            self.reading.blocks.iter_mut().for_each(|known| known.marks = None);
            self.decided_by = Some((rate, Arc::clone(settings)));
        }
        let mut verdict = Verdict { spun: Confidence::new(rate.is_spun()), ..Verdict::default() };
        let mut marks = Vec::new();
        for (block, known) in self.reading.document.blocks.iter().zip(&mut self.reading.blocks) {
            let facts = &known.facts;
            let decided = known.marks.get_or_insert_with(|| spin_marks(analyzer, block, facts, settings, rate));
            verdict.words += facts.words;
            verdict.sentences += facts.spin.len();
            verdict.spun_sentences += decided.spun_sentences;
            marks.extend(decided.marks.iter().map(|mark| mark.at(block.range.start)));
        }
        let is_complete = self.reading.is_complete();
        let at_once = is_complete || !self.has_claims || verdict.sentences <= CLAIMS_AT_ONCE_SENTENCES_MAX;
        if at_once && !self.claims_by.as_ref().is_some_and(same_settings) {
            let facts: Vec<&ClaimFacts> = self.reading.blocks.iter().map(|known| &known.facts.claims).collect();
            let found = claims::diagnostics(&self.reading.document, &facts, settings);
            self.claims = found.into_iter().map(Mark::new).collect();
            self.claims_by = Some(Arc::clone(settings));
            self.has_claims = true;
        }
        marks.extend(self.claims.iter().cloned());
        let ignores = &self.reading.document.ignores;
        if !ignores.is_empty() {
            marks.retain(|mark| !is_ignored(ignores, mark));
        }
        let order = |mark: &Mark| (mark.range().start, mark.range().end, mark.rule());
        marks.sort_by(|a, b| order(a).cmp(&order(b)));
        for mark in &marks {
            *verdict.marks.entry(mark.rule()).or_default() += 1;
        }
        Report { marks, verdict, is_complete, is_partial: self.reading.is_partial }
    }

    /// The same with all that can be asked about.
    pub(crate) fn analysis(&mut self, analyzer: &Analyzer, settings: &Arc<Settings>, repairs: u32) -> Analysis {
        let report = self.report(analyzer, settings, repairs);
        let facts: Vec<&ClaimFacts> = self.reading.blocks.iter().map(|known| &known.facts.claims).collect();
        let document = &self.reading.document;
        Analysis {
            diagnostics: report.diagnostics(),
            attributions: claims::attributed_spans(document, &facts),
            sources: claims::summaries(document, &facts),
            verdict: report.verdict,
            is_partial: report.is_partial,
        }
    }
}

/// The marks of the spun family in a block.
fn spin_marks(analyzer: &Analyzer, block: &Block, facts: &BlockFacts, settings: &Settings, rate: Rate) -> SpinMarks {
    let threshold = analyzer.threshold(settings);
    // What is said of the document is put in when somebody asks.
    let document = Evidence::Document { spun_sentences: 0, sentences: 0 };
    let mut marks = Vec::new();
    let mut spun_sentences = 0;
    for (sentence, read) in block.sentences.iter().zip(&facts.spin) {
        let shown_before = marks.len();
        for candidate in &read.spin.candidates {
            let confidence = spin::confidence(ratio_here(block, sentence.range.start, candidate), rate);
            let Some(severity) = settings.severity(spin::rule(candidate)) else { continue };
            if confidence >= threshold && !settings.allows(candidate.written(block, sentence)) {
                let document = document.clone();
                let found =
                    spin::diagnostic(analyzer.lexicon(), block, sentence, candidate, confidence, severity, document);
                marks.push(Mark::new(found).at(block.range.start.wrapping_neg()));
            }
        }
        spun_sentences += usize::from(shown_before < marks.len());
    }
    SpinMarks { marks, spun_sentences }
}

fn is_ignored(ignores: &[Ignore], mark: &Mark) -> bool {
    let range = mark.range();
    ignores.iter().any(|ignore| {
        ignore.range.start < range.end
            && range.start < ignore.range.end
            && (ignore.rules.is_empty()
                || ignore.rules.iter().any(|name| name == mark.rule() || is_family(name, mark.rule())))
    })
}

/// A family's name stands for all its rules: `spun`, `claim`.
fn is_family(name: &str, rule: &str) -> bool {
    let family = match name {
        "spun" => Family::Spun,
        "claim" => Family::Claim,
        _ => return false,
    };
    find(rule).is_some_and(|rule| rule.family == family)
}

//! A document that is being edited: edits in, changed diagnostics out. The one door that the server and the command line come through.
//!
//! It answers in two steps. [`Session::report`] says at once what the channel and the n-gram model know, and leaves what was known
//! of unchanged words; the encoder takes milliseconds a sentence, so its part is handed out as [`Question`]s that can be answered
//! anywhere, and [`Session::take`] takes the answers in. When none is left, the report is what an analysis from scratch would say.

use std::ops::Range;
use std::sync::Arc;

use unspin_text::Markup;

use crate::analysis::{Analysis, Analyzer};
use crate::config::Settings;
pub use crate::reading::{Answer, Question};
use crate::report::Report;
use crate::verdicts::Verdicts;

/// A document that is being edited.
///
/// After any sequence of edits [`Session::analysis`] equals [`Analyzer::analyze`] of the text as it then is.
#[derive(Debug)]
pub struct Session {
    analyzer: Arc<Analyzer>,
    text: String,
    settings: Arc<Settings>,
    repairs: u32,
    verdicts: Verdicts,
    /// The verdicts have not seen the newest text.
    is_behind: bool,
    analysis: Option<Arc<Analysis>>,
}

impl Session {
    /// Opens a document. Nothing is analysed yet.
    #[must_use]
    pub fn new(analyzer: Arc<Analyzer>, text: String, markup: Markup, settings: Arc<Settings>) -> Session {
        Session {
            analyzer,
            text,
            settings,
            repairs: 0,
            verdicts: Verdicts::new(markup),
            is_behind: true,
            analysis: None,
        }
    }

    /// The text as it is now.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Replaces bytes of the text.
    ///
    /// # Panics
    /// If the range does not lie on character boundaries inside the text; whoever speaks with clients checks positions first.
    pub fn edit(&mut self, range: Range<usize>, replacement: &str) {
        self.text.replace_range(range, replacement);
        self.is_behind = true;
        self.analysis = None;
    }

    /// Replaces the whole text.
    pub fn set_text(&mut self, text: String) {
        self.text = text;
        self.is_behind = true;
        self.analysis = None;
    }

    /// Changes the settings; the text need not be read again.
    pub fn set_settings(&mut self, settings: Arc<Settings>) {
        self.settings = settings;
        self.analysis = None;
    }

    /// Counts fixes that the person accepted, so that repairing the article does not hide what is left of it.
    pub fn count_repairs(&mut self, accepted: u32) {
        self.repairs = self.repairs.saturating_add(accepted);
        self.analysis = None;
    }

    /// Takes back fixes that were counted: the person has undone them.
    pub fn forget_repairs(&mut self, undone: u32) {
        self.repairs = self.repairs.saturating_sub(undone);
        self.analysis = None;
    }

    /// How many fixes were accepted so far.
    #[must_use]
    pub fn repairs(&self) -> u32 {
        self.repairs
    }

    /// What can be said of the text as it is now, without the encoder where that has not read it yet.
    pub fn report(&mut self) -> Report {
        self.follow();
        self.verdicts.report(&self.analyzer, &self.settings, self.repairs)
    }

    /// Some sentences that the encoder has to read, those behind byte `near` first, or behind the last edit. None when all is read.
    ///
    /// A sentence is asked about until it is answered or gone.
    pub fn questions(&mut self, at_most: usize, near: Option<usize>) -> Vec<Question> {
        self.follow();
        self.verdicts.questions(at_most, near)
    }

    fn follow(&mut self) {
        if std::mem::take(&mut self.is_behind) {
            self.verdicts.follow(&self.analyzer, &self.text);
        }
    }

    /// How many sentences the encoder has still to read, as of the last report.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.verdicts.reading.waiting()
    }

    /// Takes in answers, be the text the same or not.
    pub fn take(&mut self, answers: Vec<Answer>) {
        self.verdicts.take(answers);
        self.analysis = None;
    }

    /// The analysis of the text as it is now.
    ///
    /// Only blocks and sentences that are new are read. `is_stale` is asked between sentences; when it says yes the work is dropped, kept
    /// where it can be used again, and `None` comes back.
    pub fn analysis(&mut self, is_stale: &dyn Fn() -> bool) -> Option<Arc<Analysis>> {
        self.follow();
        while !self.verdicts.read_on(&self.analyzer, is_stale) {}
        self.verdicts.reading.is_complete().then(|| self.analysis_so_far())
    }

    /// [`Session::report`] with all that can be asked about: evidence, fixes, who says what.
    pub fn analysis_so_far(&mut self) -> Arc<Analysis> {
        self.follow();
        let analysis = self.analysis.take();
        let analysis =
            analysis.unwrap_or_else(|| Arc::new(self.verdicts.analysis(&self.analyzer, &self.settings, self.repairs)));
        self.analysis = Some(Arc::clone(&analysis));
        analysis
    }
}

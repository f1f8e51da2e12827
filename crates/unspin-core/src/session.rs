//! A document that is being edited: edits in, changed diagnostics out. The one door that the server and the command line come through.

use std::ops::Range;
use std::sync::Arc;

use unspin_text::Markup;

use crate::analysis::{Analysis, Analyzer};
use crate::config::Settings;
use crate::memo::{Memo, ReadDocument};

/// A document that is being edited.
///
/// After any sequence of edits [`Session::analysis`] equals [`Analyzer::analyze`] of the text as it then is.
#[derive(Debug)]
pub struct Session {
    analyzer: Arc<Analyzer>,
    text: String,
    markup: Markup,
    settings: Arc<Settings>,
    repairs: u32,
    memo: Memo,
    read: Option<ReadDocument>,
    analysis: Option<Arc<Analysis>>,
}

impl Session {
    /// Opens a document. Nothing is analysed yet.
    #[must_use]
    pub fn new(analyzer: Arc<Analyzer>, text: String, markup: Markup, settings: Arc<Settings>) -> Session {
        Session { analyzer, text, markup, settings, repairs: 0, memo: Memo::default(), read: None, analysis: None }
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
        self.read = None;
        self.analysis = None;
    }

    /// Replaces the whole text.
    pub fn set_text(&mut self, text: String) {
        self.text = text;
        self.read = None;
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

    /// How many fixes were accepted so far.
    #[must_use]
    pub fn repairs(&self) -> u32 {
        self.repairs
    }

    /// The analysis of the text as it is now.
    ///
    /// Only blocks and sentences that are new are read. `is_stale` is asked between blocks; when it says yes the work is dropped, kept where it can be used again, and `None` comes back.
    pub fn analysis(&mut self, is_stale: &dyn Fn() -> bool) -> Option<Arc<Analysis>> {
        if let Some(analysis) = &self.analysis {
            return Some(Arc::clone(analysis));
        }
        if self.read.is_none() {
            self.read = Some(self.memo.read(&self.analyzer, &self.text, self.markup, is_stale)?);
        }
        // Settings and repairs change what is said of the facts, never the facts.
        let read = self.read.as_ref()?;
        let analysis = Arc::new(self.analyzer.verdicts(read, &self.settings, self.repairs));
        self.analysis = Some(Arc::clone(&analysis));
        Some(analysis)
    }
}

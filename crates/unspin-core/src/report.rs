//! What can be said of a document at the moment, lean: a mark that an edit only moved is the same value at another place.

use std::ops::Range;
use std::sync::Arc;

use unspin_text::TextChange;

use crate::analysis::Verdict;
use crate::diagnostic::{Diagnostic, Evidence, Related, Severity};

/// What can be said of a document at the moment.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Sorted by start, then end, then rule.
    pub marks: Vec<Mark>,
    /// What is said of the document as a whole.
    pub verdict: Verdict,
    /// All models have read all sentences.
    pub is_complete: bool,
    /// See [`crate::Analysis::is_partial`].
    pub is_partial: bool,
}

/// A finding, and how far it has moved since it was made.
#[derive(Debug, Clone)]
pub struct Mark {
    found: Arc<Diagnostic>,
    /// Added to each of its positions, wrapping round.
    by: usize,
}

impl From<Diagnostic> for Mark {
    fn from(found: Diagnostic) -> Mark {
        Mark::new(found)
    }
}

impl Mark {
    /// A finding whose positions count from some place.
    pub(crate) fn new(found: Diagnostic) -> Mark {
        Mark { found: Arc::new(found), by: 0 }
    }

    /// The same finding when its positions count from a place that is so much further on.
    #[must_use]
    pub fn at(&self, start: usize) -> Mark {
        Mark { found: Arc::clone(&self.found), by: self.by.wrapping_add(start) }
    }

    /// Bytes of the source.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.moved(&self.found.range)
    }

    /// The name of the rule.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.found.rule
    }

    /// How loudly to say it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.found.severity
    }

    /// See [`Diagnostic::message`].
    #[must_use]
    pub fn message(&self) -> &str {
        &self.found.message
    }

    /// Other places that belong to it, in bytes of the source.
    pub fn related(&self) -> impl ExactSizeIterator<Item = (Range<usize>, &str)> {
        self.found.related.iter().map(|related| (self.moved(&related.range), related.message.as_str()))
    }

    /// All bytes that it speaks of or that its fixes replace.
    #[must_use]
    pub fn extent(&self) -> Range<usize> {
        let edits = self.found.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| self.moved(&(edit.start..edit.end)));
        edits.fold(self.range(), |all, range| all.start.min(range.start)..all.end.max(range.end))
    }

    /// The finding in positions of the source. What it says of the document as a whole is left open.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let mut found = Diagnostic::clone(&self.found);
        move_all(&mut found, &|range| Some(self.moved(range)));
        found
    }

    /// A client that shows the one need not be told of the other.
    #[must_use]
    pub fn looks_like(&self, other: &Mark) -> bool {
        self.range() == other.range()
            && (Arc::ptr_eq(&self.found, &other.found)
                || (self.found.rule == other.found.rule
                    && self.found.severity == other.found.severity
                    && self.found.message == other.found.message))
            && self.related().eq(other.related())
    }

    /// The mark after an edit, unless that touched its words. Fixes and related places that it touched are gone.
    pub(crate) fn followed(&self, change: &TextChange) -> Option<Mark> {
        let place = |range: &Range<usize>| {
            if range.end <= change.start {
                Some(range.clone())
            } else if change.old_end <= range.start {
                Some(change.moved(range.start)..change.moved(range.end))
            } else {
                None
            }
        };
        let ranges = [self.range()].into_iter().chain(self.related().map(|(range, _)| range));
        let edits = self.found.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| self.moved(&(edit.start..edit.end)));
        let (start, end) = ranges
            .chain(edits)
            .fold((usize::MAX, 0), |(start, end), range| (start.min(range.start), end.max(range.end)));
        if end <= change.start {
            return Some(self.clone());
        }
        if change.old_end <= start {
            return Some(self.at(change.new_end.wrapping_sub(change.old_end)));
        }
        place(&self.range())?;
        let mut found = self.diagnostic();
        move_all(&mut found, &place);
        Some(Mark::new(found))
    }

    fn moved(&self, range: &Range<usize>) -> Range<usize> {
        range.start.wrapping_add(self.by)..range.end.wrapping_add(self.by)
    }
}

/// Moves all positions of a finding; what has no new place is left out, but for the finding itself.
fn move_all(found: &mut Diagnostic, place: &dyn Fn(&Range<usize>) -> Option<Range<usize>>) {
    if let Some(range) = place(&found.range) {
        found.range = range;
    }
    found.related.retain_mut(|related: &mut Related| match place(&related.range) {
        Some(range) => {
            related.range = range;
            true
        }
        None => false,
    });
    found.fixes.retain_mut(|fix| {
        fix.edits.iter_mut().all(|edit| match place(&(edit.start..edit.end)) {
            Some(range) => {
                (edit.start, edit.end) = (range.start, range.end);
                true
            }
            None => false,
        })
    });
}

impl Report {
    /// All findings, in positions of the source.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let whole =
            Evidence::Document { spun_sentences: self.verdict.spun_sentences, sentences: self.verdict.sentences };
        let mut diagnostics: Vec<Diagnostic> = self.marks.iter().map(Mark::diagnostic).collect();
        for evidence in diagnostics.iter_mut().flat_map(|diagnostic| &mut diagnostic.evidence) {
            if matches!(evidence, Evidence::Document { .. }) {
                evidence.clone_from(&whole);
            }
        }
        diagnostics
    }
}

//! "Fix all" as one change: what the fixes uncover is fixed with them, so that doing it again changes nothing.

use std::sync::Arc;

use unspin_core::{Analyzer, Applicability, Edit, Settings, apply_edits};

use crate::document::Snapshot;
use crate::inbox::Waiting;

/// More rounds than a text ever needs: the second finds what the first uncovered.
const ROUNDS_MAX: usize = 8;

/// The search for everything that is safe to fix, for a worker.
#[derive(Debug)]
pub(crate) struct FixAll {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) repairs: u32,
    /// The request that needs it.
    pub(crate) waiting: Waiting,
}

impl FixAll {
    /// Notes in the snapshot what is to be done; gives back the request.
    pub(crate) fn run(self, analyzer: &Analyzer) -> (Waiting, Arc<Snapshot>) {
        self.snapshot.fix_all.get_or_init(|| edits(&self.snapshot, &self.settings, self.repairs, analyzer));
        (self.waiting, self.snapshot)
    }
}

fn edits(snapshot: &Snapshot, settings: &Settings, repairs: u32, analyzer: &Analyzer) -> Vec<Edit> {
    let window = snapshot.window.clone().unwrap_or(0..snapshot.rope.len_bytes());
    let (first, count) = snapshot.analysis.edits_up_to(Applicability::Safe);
    let mut edits: Vec<Edit> = first.into_iter().map(|edit| shifted(edit, |offset| offset - window.start)).collect();
    let original = snapshot.text(window.clone());
    let mut text = apply_edits(&original, &edits);
    let mut applied = count;
    for _ in 1..ROUNDS_MAX {
        if applied == 0 {
            break;
        }
        let repairs = repairs.saturating_add(u32::try_from(applied).unwrap_or(u32::MAX));
        let (next, count) =
            analyzer.analyze(&text, snapshot.markup, settings, repairs).edits_up_to(Applicability::Safe);
        if count == 0 {
            break;
        }
        // From the last to the first: those before keep their places.
        for edit in next.iter().rev() {
            edits = with(edits, edit, &text);
            text.replace_range(edit.start..edit.end, &edit.text);
        }
        applied += count;
    }
    edits.into_iter().map(|edit| shifted(edit, |offset| offset + window.start)).collect()
}

fn shifted(edit: Edit, shift: impl Fn(usize) -> usize) -> Edit {
    Edit { start: shift(edit.start), end: shift(edit.end), ..edit }
}

/// Edits of a text that do what `edits` do and then `last`; `text` is the text in between, which `last` counts in.
fn with(edits: Vec<Edit>, last: &Edit, text: &str) -> Vec<Edit> {
    // Those that `last` touches become one with it.
    let (mut start, mut end) = (last.start, last.end);
    let (mut original_start, mut original_end) = (None, None);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let (mut grown, mut shrunk) = (0, 0);
    let (mut grown_before, mut shrunk_before) = (0, 0);
    for edit in edits {
        let now = edit.start + grown - shrunk..edit.start + grown - shrunk + edit.text.len();
        grown += edit.text.len();
        shrunk += edit.end - edit.start;
        if now.end < last.start {
            (grown_before, shrunk_before) = (grown, shrunk);
            before.push(edit);
        } else if last.end < now.start {
            after.push(edit);
        } else {
            if now.start <= start {
                start = now.start;
                original_start.get_or_insert(edit.start);
            }
            if end <= now.end {
                end = now.end;
                original_end = Some(edit.end);
            } else {
                // What lies between its end and that of `last` stood there from the start.
                original_end = Some(edit.end + end - now.end);
            }
        }
    }
    let original_start = original_start.unwrap_or(last.start + shrunk_before - grown_before);
    let original_end = original_end.unwrap_or(last.end + shrunk_before - grown_before);
    let new = format!("{}{}{}", &text[start..last.start], last.text, &text[last.end..end]);
    let merged = Edit { start: original_start, end: original_end, text: new, placeholder: None };
    before.into_iter().chain([merged]).chain(after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(original: &str, edits: Vec<Edit>, last: Edit, merged: usize) {
        let between = apply_edits(original, &edits);
        let expected = apply_edits(&between, [&last]);
        let all = with(edits, &last, &between);
        assert_eq!(apply_edits(original, &all), expected, "{all:?}");
        assert_eq!(all.len(), merged, "{all:?}");
    }

    #[test]
    fn an_edit_after_others_becomes_an_edit_of_the_first_text() {
        let first = || vec![Edit::replace(2..4, "CCC"), Edit::replace(6..7, ""), Edit::replace(9..9, "++")];
        // The text in between is "abCCCefhi++j".
        check("abcdefghij", first(), Edit::replace(0..1, "x"), 4);
        check("abcdefghij", first(), Edit::replace(3..4, "x"), 3);
        check("abcdefghij", first(), Edit::replace(1..6, "x"), 3);
        check("abcdefghij", first(), Edit::replace(4..9, "x"), 1);
        check("abcdefghij", first(), Edit::replace(0..12, ""), 1);
        check("abcdefghij", first(), Edit::replace(12..12, "end"), 4);
        check("abcdefghij", first(), Edit::replace(6..6, "!"), 4);
        check("abcdefghij", Vec::new(), Edit::replace(3..5, "x"), 1);
    }
}

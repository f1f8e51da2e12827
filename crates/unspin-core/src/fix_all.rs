//! Applying the fixes of a whole document.

use unspin_text::Markup;

use crate::analysis::{Analysis, Analyzer};
use crate::config::Settings;
use crate::fix::{Applicability, Edit, apply_edits};

/// More rounds than a text ever needs: the second finds what the first uncovered.
const ROUNDS_MAX: usize = 8;

/// Applies the best fix of each finding that is at least as safe as `boldest`, until there is none left.
///
/// Gives the text and how many fixes were applied. Doing it again changes nothing. Fixes that leave something to type are never applied,
/// whatever is asked for.
#[must_use]
pub fn fix_all(
    analyzer: &Analyzer,
    text: &str,
    markup: Markup,
    settings: &Settings,
    boldest: Applicability,
) -> (String, usize) {
    let mut text = text.to_owned();
    let mut applied = 0;
    for _ in 0..ROUNDS_MAX {
        let analysis = analyzer.analyze(&text, markup, settings, applied as u32);
        let (edits, fixes) = analysis.edits_up_to(boldest);
        if fixes == 0 {
            break;
        }
        text = apply_edits(&text, &edits);
        applied += fixes;
    }
    (text, applied)
}

impl Analysis {
    /// The edits of the best fix of each finding that is at least as safe as `boldest`, and how many fixes that is.
    ///
    /// Sorted and disjoint: of two fixes that touch the same bytes the earlier one is taken.
    #[must_use]
    pub fn edits_up_to(&self, boldest: Applicability) -> (Vec<Edit>, usize) {
        let boldest = boldest.min(Applicability::Suggested);
        let mut edits: Vec<Edit> = Vec::new();
        let mut fixes = 0;
        for diagnostic in &self.diagnostics {
            let Some(fix) = diagnostic.fixes.iter().find(|fix| fix.applicability <= boldest) else { continue };
            let free = edits.last().map_or(0, |edit| edit.end);
            if fix.edits.first().is_some_and(|first| free <= first.start) {
                edits.extend(fix.edits.iter().cloned());
                fixes += 1;
            }
        }
        (edits, fixes)
    }
}

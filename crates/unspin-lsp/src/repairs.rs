//! Which of the offered fixes a change of the text accepted, however the client brought it.

use std::ops::Range;

use ropey::Rope;

use crate::document::Snapshot;

/// A replacement as it came: bytes of the text before it, and the length of what was put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replacement {
    pub(crate) range: Range<usize>,
    pub(crate) len: usize,
}

/// How many findings of `before` are mended, in the way that one of their fixes would, by the replacements that led to `after`.
///
/// Judged by the result, not by the edits: some clients cut an edit down to the letters that differ, or split it.
pub(crate) fn accepted(before: &Snapshot, replacements: &[Replacement], after: &Rope) -> u32 {
    let mut count = 0;
    for diagnostic in &before.analysis.diagnostics {
        for fix in &diagnostic.fixes {
            let (Some(first), Some(last)) = (fix.edits.first(), fix.edits.last()) else {
                continue;
            };
            let hull = first.start..last.end;
            let Some((now, touched)) = moved(hull.clone(), replacements) else {
                continue;
            };
            if !touched {
                continue;
            }
            let mut expected = String::new();
            let mut at = hull.start;
            for edit in &fix.edits {
                expected.push_str(&before.text(at..edit.start));
                expected.push_str(&edit.text);
                at = edit.end;
            }
            if after.get_byte_slice(now).is_some_and(|now| now == expected.as_str()) && before.text(hull) != expected {
                count += 1;
                break;
            }
        }
    }
    count
}

/// Where some bytes are after the replacements, and whether those touched them. `None` when they were replaced along with more.
fn moved(mut range: Range<usize>, replacements: &[Replacement]) -> Option<(Range<usize>, bool)> {
    let mut touched = false;
    for replacement in replacements {
        let Replacement { range: old, len } = replacement;
        if range.start <= old.start && old.end <= range.end {
            touched = true;
            range.end = range.end - old.len() + len;
        } else if old.end <= range.start {
            range = range.start - old.len() + len..range.end - old.len() + len;
        } else if old.start < range.end {
            return None;
        }
    }
    Some((range, touched))
}

//! Which of the offered fixes a change of the text accepted, however the client brought it.

use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use ropey::Rope;

use crate::document::Shown;

/// A replacement as it came: bytes of the text before it, and the length of what was put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replacement {
    pub(crate) range: Range<usize>,
    pub(crate) len: usize,
}

/// How many findings of `before` are mended, in the way that one of their fixes would, by the replacements that led to `after`.
///
/// Judged by the result, not by the edits: some clients cut an edit down to the letters that differ, or split it.
pub(crate) fn accepted(before: &Shown, replacements: &[Replacement], after: &Rope) -> u32 {
    let (Some(first), Some(last)) = (
        replacements.iter().map(|replacement| replacement.range.start).min(),
        replacements.iter().map(|replacement| replacement.range.end).max(),
    ) else {
        return 0;
    };
    // Replacements count in texts between the two: with more than one, any mark behind the first may be meant.
    let last = if replacements.len() == 1 { last } else { usize::MAX };
    let text = |range: Range<usize>| before.rope.get_byte_slice(range).map(String::from).unwrap_or_default();
    let mut count = 0;
    for mark in &before.report.marks {
        let extent = mark.extent();
        if extent.end < first || last < extent.start {
            continue;
        }
        for fix in &mark.diagnostic().fixes {
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
                expected.push_str(&text(at..edit.start));
                expected.push_str(&edit.text);
                at = edit.end;
            }
            if after.get_byte_slice(now).is_some_and(|now| now == expected.as_str()) && text(hull) != expected {
                count += 1;
                break;
            }
        }
    }
    count
}

/// Fixes that one change accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// The text before, by its length and its hash.
    before: (usize, u64),
    count: u32,
}

/// How many acceptances can be taken back.
const ACCEPTED_MAX: usize = 64;

/// Remembers that a change of `before` accepted fixes.
pub(crate) fn remember(accepted: &mut Vec<Accepted>, before: &Rope, count: u32) {
    if ACCEPTED_MAX <= accepted.len() {
        accepted.remove(0);
    }
    accepted.push(Accepted { before: (before.len_bytes(), hash(before)), count });
}

/// How many fixes are taken back by a change that led to this text: it is the text before they were accepted.
pub(crate) fn undone(accepted: &mut Vec<Accepted>, now: &Rope) -> u32 {
    let is_before = |accepted: &Accepted| accepted.before.0 == now.len_bytes();
    if !accepted.iter().any(is_before) {
        return 0;
    }
    let here = (now.len_bytes(), hash(now));
    match accepted.iter().rposition(|accepted| accepted.before == here) {
        Some(idx) => accepted.drain(idx..).map(|accepted| accepted.count).sum(),
        None => 0,
    }
}

fn hash(rope: &Rope) -> u64 {
    // Ropes with the same text may be cut differently; the hash is that of the stream of bytes.
    let mut hasher = DefaultHasher::new();
    for chunk in rope.chunks() {
        hasher.write(chunk.as_bytes());
    }
    hasher.finish()
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

//! What to do about a finding.

use std::ops::Range;

use serde::Serialize;

/// A way to mend a finding: edits that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What the menu says: `Replace with “eastern”`.
    pub title: String,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// Sorted by start, disjoint.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Restores what was meant; `fix` and "fix all" apply it.
    Safe,
    /// Likely right, to be read by a person; applied one at a time.
    Suggested,
    /// Leaves something to type: a source to name.
    Placeholder,
}

/// A replacement of bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Edit {
    /// First byte replaced.
    pub start: usize,
    /// After the last byte replaced; equal to `start` for an insertion.
    pub end: usize,
    /// What to put there.
    pub text: String,
    /// Bytes of `text` that the person is to type over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<Range<usize>>,
}

impl Edit {
    /// Puts `text` in the place of `range`.
    #[must_use]
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Edit {
        Edit { start: range.start, end: range.end, text: text.into(), placeholder: None }
    }
}

/// The text after the edits.
///
/// Edits must be sorted and disjoint, as in a [`Fix`]; one that is not, or lies outside the text, is left out.
#[must_use]
pub fn apply_edits<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        if edit.start < done || text.get(edit.start..edit.end).is_none() {
            continue;
        }
        result.push_str(&text[done..edit.start]);
        result.push_str(&edit.text);
        done = edit.end;
    }
    result.push_str(&text[done..]);
    result
}

//! Positions of the client to bytes. Whatever lies outside the text is brought to its nearest place, never refused.

use std::ops::Range;

use ropey::{Rope, RopeSlice};
use tower_lsp::ls_types;

use super::Encoding;

/// The byte a position means.
///
/// Past the end of a line is its end (before the line break), past the last line is the end of the text, and inside a character
/// is the character's start.
pub(crate) fn offset(rope: &Rope, position: ls_types::Position, encoding: Encoding) -> usize {
    let line_idx = position.line as usize;
    if rope.len_lines() <= line_idx {
        return rope.len_bytes();
    }
    let start = rope.line_to_char(line_idx);
    let end = start + content_chars(rope.line(line_idx));
    let units = position.character as usize;
    let char_idx = match encoding {
        Encoding::Utf8 => rope.byte_to_char((rope.char_to_byte(start) + units).min(rope.char_to_byte(end))),
        Encoding::Utf16 => {
            rope.utf16_cu_to_char((rope.char_to_utf16_cu(start) + units).min(rope.char_to_utf16_cu(end)))
        }
        Encoding::Utf32 => (start + units).min(end),
    };
    rope.char_to_byte(char_idx)
}

/// The bytes a range means; one whose ends are swapped is turned round.
pub(crate) fn range(rope: &Rope, range: ls_types::Range, encoding: Encoding) -> Range<usize> {
    let (a, b) = (offset(rope, range.start, encoding), offset(rope, range.end, encoding));
    a.min(b)..a.max(b)
}

/// The length of a line without its break, in characters.
fn content_chars(line: RopeSlice<'_>) -> usize {
    let len = line.len_chars();
    let last = |back: usize| (back <= len).then(|| line.char(len - back));
    match last(1) {
        Some('\n') if last(2) == Some('\r') => len - 2,
        Some('\n' | '\r') => len - 1,
        _ => len,
    }
}

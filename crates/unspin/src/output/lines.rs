//! Bytes to lines and columns, for people and for formats that want them.

use std::ops::Range;

/// Characters are counted once for each so many bytes, so that a place far into a line of megabytes costs no more than any other.
const CHECKPOINT_BYTES: usize = 1024;

/// Where the lines of a text begin. A line ends with LF, CR or CRLF.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`CHECKPOINT_BYTES`].
    chars_before: Vec<usize>,
}

/// A place in a text: line and column from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Lines<'t> {
        let bytes = text.as_bytes();
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|&(at, &byte)| byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')));
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut chars_before = vec![0];
        for chunk in bytes.chunks(CHECKPOINT_BYTES) {
            chars_before.push(chars_before[chars_before.len() - 1] + count_chars(chunk));
        }
        Lines { text, starts, chars_before }
    }

    pub(super) fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= offset);
        let column = self.chars_up_to(offset) - self.chars_up_to(self.starts[line - 1]) + 1;
        Place { line, column }
    }

    fn chars_up_to(&self, offset: usize) -> usize {
        let checkpoint = offset / CHECKPOINT_BYTES;
        self.chars_before[checkpoint] + count_chars(&self.text.as_bytes()[checkpoint * CHECKPOINT_BYTES..offset])
    }

    /// The whole lines that a range touches, and the number of the first.
    pub(super) fn around(&self, range: &Range<usize>) -> (usize, Range<usize>) {
        let first = self.starts.partition_point(|&start| start <= range.start);
        let after = self.starts.partition_point(|&start| start < range.end.max(range.start + 1));
        let end = self.starts.get(after).copied().unwrap_or(self.text.len());
        (first, self.starts[first - 1]..end)
    }
}

/// Characters that begin in these bytes of a UTF-8 text.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "a\r\nb\rc\nédef";
        let lines = Lines::new(text);
        assert_eq!(lines.place(0), Place { line: 1, column: 1 });
        assert_eq!(lines.place(text.find('b').unwrap()), Place { line: 2, column: 1 });
        assert_eq!(lines.place(text.find('c').unwrap()), Place { line: 3, column: 1 });
        assert_eq!(lines.place(text.find('f').unwrap()), Place { line: 4, column: 4 });
        assert_eq!(lines.around(&(3..4)), (2, 3..5));
    }

    #[test]
    fn columns_are_characters_wherever_the_line_is_long() {
        let text = format!("{}\n{}x", "é€".repeat(700), "€é".repeat(700));
        let lines = Lines::new(&text);
        assert_eq!(lines.place(text.find('\n').unwrap()), Place { line: 1, column: 1401 });
        assert_eq!(lines.place(text.find('x').unwrap()), Place { line: 2, column: 1401 });
        assert_eq!(lines.place(text.len()), Place { line: 2, column: 1402 });
    }
}

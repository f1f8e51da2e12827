//! A sorted table with an index on the first byte: small tables are searched in a few steps.

use std::ops::Range;

/// Rows sorted by a word, and where the rows of each first byte begin.
pub(crate) struct ByLetter<Row> {
    rows: Vec<Row>,
    starts: [u16; 257],
    word_of: fn(&Row) -> &'static str,
}

impl<Row> ByLetter<Row> {
    /// The rows must be sorted by `word_of`, and fewer than 65,536.
    pub(crate) fn new(rows: Vec<Row>, word_of: fn(&Row) -> &'static str) -> ByLetter<Row> {
        debug_assert!(rows.is_sorted_by_key(word_of) && rows.len() < usize::from(u16::MAX));
        let starts = std::array::from_fn(|byte| {
            rows.partition_point(|row| word_of(row).bytes().next().is_some_and(|first| usize::from(first) < byte))
                as u16
        });
        ByLetter { rows, starts, word_of }
    }

    /// All rows of a word.
    pub(crate) fn get(&self, word: &str) -> &[Row] {
        let Some(&first) = word.as_bytes().first() else { return &[] };
        let Range { start, end } =
            usize::from(self.starts[usize::from(first)])..usize::from(self.starts[usize::from(first) + 1]);
        let rows = &self.rows[start..end];
        let at = rows.partition_point(|row| (self.word_of)(row) < word);
        let len = rows[at..].iter().take_while(|row| (self.word_of)(row) == word).count();
        &rows[at..at + len]
    }
}

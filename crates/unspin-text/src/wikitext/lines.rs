//! Wikitext line by line: headings, lists, tables, paragraphs.

use std::ops::Range;

use super::{Reader, bold, italics};
use crate::BlockKind;
use crate::builder::BlockBuilder;

impl Reader<'_> {
    pub(super) fn line(&mut self, line: Range<usize>) {
        let text = &self.source[line.clone()];
        let trimmed = text.trim_start();
        if trimmed.is_empty() {
            return self.finish_block();
        }
        let start = line.end - trimmed.len();
        let line = start..line.end;
        if trimmed.starts_with("{|") {
            self.finish_block();
            self.tables.push(false);
            return;
        }
        if !self.tables.is_empty() && self.table_line(line.clone(), trimmed) {
            return;
        }
        match trimmed.as_bytes()[0] {
            b'=' => {
                if let Some((kind, inner)) = heading(self.source, &line) {
                    return self.whole(kind, line.start, inner, line.end);
                }
            }
            mark @ (b'*' | b'#' | b':' | b';') => {
                let rest = trimmed.trim_start_matches(['*', '#', ':', ';']);
                if rest.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("redirect")) && mark == b'#' {
                    return self.finish_block();
                }
                let rest = rest.trim_start();
                let markers = &trimmed[..trimmed.len() - rest.len()];
                let kind = match markers.trim_end().as_bytes().last() {
                    Some(b';') => BlockKind::Heading,
                    Some(b':') if !markers.contains(['*', '#']) => self.paragraph_kind(),
                    _ => BlockKind::ListItem,
                };
                let inner = line.end - rest.len()..line.end;
                return self.whole(kind, inner.start, inner, line.end);
            }
            b'-' if trimmed.starts_with("----") => return self.finish_block(),
            _ => {}
        }
        self.paragraph_line(line);
    }

    /// A block that is one line and no more.
    fn whole(&mut self, kind: BlockKind, start: usize, inner: Range<usize>, end: usize) {
        self.finish_block();
        self.builder = Some(BlockBuilder::new(kind, start));
        self.inline(inner, 0);
        if let Some(builder) = self.builder.take() {
            let end = if kind == BlockKind::Heading {
                start + self.source[start..end].trim_end().len()
            } else {
                builder.end()
            };
            self.blocks.extend(builder.finish(self.source, end));
        }
    }

    fn paragraph_line(&mut self, line: Range<usize>) {
        if let Some(builder) = &mut self.builder {
            let last = builder.end();
            builder.soft_break(last.max(self.source[..line.start].trim_end().len())..line.start);
        }
        self.inline(line, 0);
        if let Some(builder) = &mut self.builder {
            // Italics and bold end with the line.
            builder.close(&italics());
            builder.close(&bold());
        }
    }

    /// A line inside a table. False if it goes on with the cell before.
    fn table_line(&mut self, line: Range<usize>, text: &str) -> bool {
        if text.starts_with("|}") {
            self.finish_block();
            self.tables.pop();
            return true;
        }
        if text.starts_with("|-") {
            self.finish_block();
            return true;
        }
        let caption = text.starts_with("|+");
        if !text.starts_with(['|', '!']) {
            return false;
        }
        self.finish_block();
        if let Some(table) = self.tables.last_mut() {
            *table = caption;
        }
        let header = text.starts_with('!');
        let cells = line.start + if caption { 2 } else { 1 }..line.end;
        for cell in self.cells(cells, header) {
            self.finish_block();
            let start = cell.start + self.source[cell.clone()].len() - self.source[cell.clone()].trim_start().len();
            self.inline(start..cell.end, 0);
        }
        true
    }

    /// The cells of a line, their attributes left out.
    fn cells(&self, line: Range<usize>, header: bool) -> Vec<Range<usize>> {
        let bytes = self.source.as_bytes();
        let mut cells = Vec::new();
        let (mut start, mut at, mut has_attributes) = (line.start, line.start, false);
        while at < line.end {
            let double = at + 1 < line.end && bytes[at + 1] == bytes[at];
            match bytes[at] {
                b'|' if double => {
                    cells.push(start..at);
                    (at, has_attributes) = (at + 2, false);
                    start = at;
                }
                b'!' if double && header => {
                    cells.push(start..at);
                    (at, has_attributes) = (at + 2, false);
                    start = at;
                }
                b'|' if !has_attributes => {
                    at += 1;
                    (start, has_attributes) = (at, true);
                }
                b'{' | b'[' => at = self.matching.end_of(at).unwrap_or(at + 1).min(line.end),
                b'<' => at = self.matching.raw_end(at).unwrap_or(at + 1).min(line.end),
                _ => at += 1,
            }
        }
        cells.push(start..line.end);
        cells
    }
}

/// `== Words ==`: the kind, and where the words are.
fn heading(source: &str, line: &Range<usize>) -> Option<(BlockKind, Range<usize>)> {
    let mut text = source[line.clone()].trim_end();
    // A comment may stand behind a heading.
    if let Some((before, _)) = text.split_once("<!--") {
        text = before.trim_end();
    }
    let opening = text.len() - text.trim_start_matches('=').len();
    let closing = text.len() - text.trim_end_matches('=').len();
    let level = opening.min(closing).min(6);
    if level == 0 || text.len() <= 2 * level {
        return None;
    }
    let inner = &text[level..text.len() - level];
    let start = line.start + level + inner.len() - inner.trim_start().len();
    Some((BlockKind::Heading, start..start + inner.trim().len()))
}

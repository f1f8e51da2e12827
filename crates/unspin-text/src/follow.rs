//! An outline that follows an edit: blocks away from it keep their place in the list, and are only moved.

use std::ops::Range;

use crate::{BlockKind, Markup, Outline, RawBlock, markdown, plain, split};

/// Where two texts differ: what stands before and behind is the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// The first byte that differs; a character boundary in both.
    pub start: usize,
    /// Behind the last byte of the old text that differs.
    pub old_end: usize,
    /// Behind the last byte of the new text that differs.
    pub new_end: usize,
}

/// Which blocks of an outline an edit replaced: `removed` old ones at index `at` by `inserted` new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spliced {
    /// Index of the first block that is new, or was.
    pub at: usize,
    /// How many blocks are gone.
    pub removed: usize,
    /// How many came for them.
    pub inserted: usize,
}

impl TextChange {
    /// The smallest change that makes `old` into `new`; `None` when they are equal.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Option<TextChange> {
        let mut start = common(old.as_bytes().iter(), new.as_bytes().iter(), equal_chunks(old, new));
        if start == old.len() && start == new.len() {
            return None;
        }
        while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
            start -= 1;
        }
        let (old_rest, new_rest) = (&old.as_bytes()[start..], &new.as_bytes()[start..]);
        let known = old_rest.rchunks(CHUNK).zip(new_rest.rchunks(CHUNK)).take_while(|(old, new)| old == new);
        let known: usize = known.map(|(chunk, _)| chunk.len()).sum();
        let mut end = common(old_rest.iter().rev(), new_rest.iter().rev(), known);
        while !old.is_char_boundary(old.len() - end) {
            end -= 1;
        }
        Some(TextChange { start, old_end: old.len() - end, new_end: new.len() - end })
    }

    /// Where a byte of the old text behind the change is in the new one.
    #[must_use]
    pub fn moved(&self, offset: usize) -> usize {
        offset - self.old_end + self.new_end
    }
}

/// Comparing slices is many times faster than comparing bytes one by one.
const CHUNK: usize = 4096;

fn equal_chunks(old: &str, new: &str) -> usize {
    let chunks = old.as_bytes().chunks(CHUNK).zip(new.as_bytes().chunks(CHUNK));
    chunks.take_while(|(old, new)| old == new).map(|(chunk, _)| chunk.len()).sum()
}

/// How many bytes are equal from the first on, when so many are known to be.
fn common<'b>(old: impl Iterator<Item = &'b u8>, new: impl Iterator<Item = &'b u8>, known: usize) -> usize {
    known + old.skip(known).zip(new.skip(known)).take_while(|(old, new)| old == new).count()
}

impl Outline {
    /// Makes the outline of `old` into that of `new`: equal to [`split`] of it. Ordinary edits of plain text and Markdown cost what they touch;
    /// where more could hang on them the whole text is split.
    pub fn follow(&mut self, markup: Markup, old: &str, new: &str, change: &TextChange) -> Spliced {
        let local = match markup {
            Markup::Plain => self.follow_plain(old, new, change),
            Markup::Markdown => self.follow_markdown(old, new, change),
            // Templates and tables reach over paragraphs.
            Markup::Wikitext => None,
        };
        local.unwrap_or_else(|| {
            let blocks = std::mem::replace(self, split(new, markup)).blocks;
            self.differing(&blocks, change)
        })
    }

    /// What differs from the blocks before the change.
    fn differing(&self, old: &[RawBlock], change: &TextChange) -> Spliced {
        let before = old.iter().zip(&self.blocks);
        let at = before.take_while(|(old, new)| old.range.end <= change.start && old == new).count();
        let behind = old[at..].iter().rev().zip(self.blocks[at..].iter().rev());
        let same = behind.take_while(|(old, new)| {
            change.old_end <= old.range.start
                && (change.moved(old.range.start)..change.moved(old.range.end)) == new.range
                && old.kind == new.kind
                && old.pieces == new.pieces
        });
        let same = same.count();
        Spliced { at, removed: old.len() - at - same, inserted: self.blocks.len() - at - same }
    }

    /// A paragraph of plain text depends on what stands between blank lines, and a heading on whether there is body text behind it.
    fn follow_plain(&mut self, old: &str, new: &str, change: &TextChange) -> Option<Spliced> {
        let (old_region, new_region) = region(old, change);
        if !self.ignores.is_empty() || new[new_region.clone()].contains("<!--") {
            return None;
        }
        let (blocks, _) = plain::stretch(new, new_region);
        let mut spliced = self.replace(&old_region, blocks, change);
        if let Some(changed) = plain::headings(new, &mut self.blocks) {
            let end = changed.end.max(spliced.at + spliced.inserted);
            let widened = spliced.at - changed.start.min(spliced.at) + end - (spliced.at + spliced.inserted);
            spliced.at = spliced.at.min(changed.start);
            spliced.removed += widened;
            spliced.inserted += widened;
        }
        Some(spliced)
    }

    /// A plain paragraph between blank lines that stays one, in a document without HTML: nothing else can hang on it.
    fn follow_markdown(&mut self, old: &str, new: &str, change: &TextChange) -> Option<Spliced> {
        let (old_region, new_region) = region(old, change);
        let is_one_paragraph = match self.within(&old_region) {
            [block] => {
                block.kind == BlockKind::Paragraph && old[block.range.clone()] == *old[old_region.clone()].trim()
            }
            _ => false,
        };
        let is_local = is_one_paragraph
            && is_plain_markdown(&old[old_region.clone()])
            && is_plain_markdown(&new[new_region.clone()])
            && !new.contains('<')
            && self.ignores.is_empty();
        if !is_local {
            return None;
        }
        let mut blocks = markdown::split(&new[new_region.clone()]).blocks;
        for block in &mut blocks {
            block.range = block.range.start + new_region.start..block.range.end + new_region.start;
        }
        Some(self.replace(&old_region, blocks, change))
    }

    fn within(&self, region: &Range<usize>) -> &[RawBlock] {
        &self.blocks[self.indices(region)]
    }

    fn indices(&self, region: &Range<usize>) -> Range<usize> {
        let start = self.blocks.partition_point(|block| block.range.end <= region.start);
        start..self.blocks.partition_point(|block| block.range.start < region.end).max(start)
    }

    /// Puts blocks in the place of those of a region, and moves what stands behind.
    fn replace(&mut self, region: &Range<usize>, blocks: Vec<RawBlock>, change: &TextChange) -> Spliced {
        let mut indices = self.indices(region);
        for block in &mut self.blocks[indices.end..] {
            block.range = change.moved(block.range.start)..change.moved(block.range.end);
        }
        let mut blocks = blocks;
        // What the change does not touch is still the same, but for headings, which are found later.
        let same = |old: &RawBlock, new: &RawBlock| {
            let paragraph = |kind| if kind == BlockKind::Heading { BlockKind::Paragraph } else { kind };
            paragraph(old.kind) == paragraph(new.kind) && old.pieces == new.pieces
        };
        let kept = self.blocks[indices.clone()]
            .iter()
            .zip(&blocks)
            .take_while(|(old, new)| old.range.end < change.start && old.range == new.range && same(old, new))
            .count();
        blocks.drain(..kept);
        indices.start += kept;
        let behind = self.blocks[indices.clone()].iter_mut().rev().zip(blocks.iter().rev());
        let mut kept = 0;
        for (old, new) in behind {
            if old.range.start <= change.old_end || change.moved(old.range.start) != new.range.start || !same(old, new)
            {
                break;
            }
            old.range = new.range.clone();
            kept += 1;
        }
        blocks.truncate(blocks.len() - kept);
        indices.end -= kept;
        let spliced = Spliced { at: indices.start, removed: indices.len(), inserted: blocks.len() };
        self.blocks.splice(indices, blocks);
        spliced
    }
}

/// What stands around a change between blank lines, in the old text and in the new.
fn region(old: &str, change: &TextChange) -> (Range<usize>, Range<usize>) {
    let start = old[..change.start].rfind("\n\n").map_or(0, |at| at + 2);
    let end = old[change.old_end..].find("\n\n").map_or(old.len(), |at| change.old_end + at + 2);
    (start..end, start..change.moved(end))
}

/// Lines of letters, in which nothing opens a block of another kind or speaks of another place.
fn is_plain_markdown(text: &str) -> bool {
    let is_plain = |line: &str| {
        let first = line.chars().next();
        line.trim().is_empty() && !line.contains('\t')
            || first.is_some_and(|first| first.is_alphabetic() || matches!(first, '“' | '"' | '‘'))
    };
    !text.trim().is_empty() && !text.contains(['<', '[', '$', '\r', '\0']) && text.split('\n').all(is_plain)
}

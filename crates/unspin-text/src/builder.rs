//! Puts the pieces of one block together while markup is read.

use std::ops::Range;

use crate::{AnnotationKind, BlockKind, Piece, PieceKind, RawBlock};

/// Marks open at the same time in one block; what is opened deeper is not noted.
pub(crate) const OPEN_MARKS_MAX: usize = 64;

/// A block in the making. All positions are those of the document.
#[derive(Debug)]
pub(crate) struct BlockBuilder {
    kind: BlockKind,
    start: usize,
    pieces: Vec<Piece>,
    /// What has been opened: a name to close it by, and whether there is a piece for it.
    open: Vec<(Mark, bool)>,
    /// Something has been put in that can be seen.
    has_words: bool,
}

/// What opened a mark, and so what can close it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The markup language itself.
    Markup,
    /// An element of HTML, by its name in small letters.
    Element(String),
}

impl BlockBuilder {
    pub(crate) fn new(kind: BlockKind, start: usize) -> Self {
        BlockBuilder { kind, start, pieces: Vec::new(), open: Vec::new(), has_words: false }
    }

    pub(crate) fn kind(&self) -> BlockKind {
        self.kind
    }

    /// Where the last piece ends, or the block starts.
    pub(crate) fn end(&self) -> usize {
        self.pieces.last().map_or(self.start, |piece| piece.source.end + self.start)
    }

    pub(crate) fn text(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if let Some(Piece { source, kind: PieceKind::Text }) = self.pieces.last_mut()
            && source.end + self.start == range.start
        {
            source.end = range.end - self.start;
            return;
        }
        self.push(range, PieceKind::Text);
    }

    pub(crate) fn replaced(&mut self, range: Range<usize>, text: &str) {
        self.push(range, PieceKind::Replaced(text.into()));
    }

    pub(crate) fn opaque(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if let Some(Piece { source, kind: PieceKind::Opaque }) = self.pieces.last_mut()
            && source.end + self.start == range.start
        {
            source.end = range.end - self.start;
            return;
        }
        self.push(range, PieceKind::Opaque);
    }

    pub(crate) fn object(&mut self, range: Range<usize>) {
        self.push(range, PieceKind::Object);
    }

    /// A break before the first word or behind another break is nothing.
    pub(crate) fn soft_break(&mut self, range: Range<usize>) {
        if self.has_words && !self.ends_with_break() {
            self.push(range, PieceKind::SoftBreak);
        }
    }

    pub(crate) fn hard_break(&mut self, range: Range<usize>) {
        if !self.has_words {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece { source, kind: kind @ PieceKind::SoftBreak }) => {
                source.end = range.end - self.start;
                *kind = PieceKind::HardBreak;
            }
            Some(Piece { kind: PieceKind::HardBreak, .. }) => {}
            _ => self.push(range, PieceKind::HardBreak),
        }
    }

    pub(crate) fn open(&mut self, mark: Mark, kind: Option<AnnotationKind>) {
        if self.open.len() >= OPEN_MARKS_MAX {
            return;
        }
        self.open.push((mark, kind.is_some()));
        if let Some(kind) = kind {
            self.push_point(PieceKind::Open(kind));
        }
    }

    /// Closes the last thing that `mark` opened, and what was opened inside and never closed.
    pub(crate) fn close(&mut self, mark: &Mark) {
        let Some(idx) = self.open.iter().rposition(|(open, _)| open == mark) else { return };
        while self.open.len() > idx {
            if let Some((_, true)) = self.open.pop() {
                self.push_point(PieceKind::Close);
            }
        }
    }

    pub(crate) fn is_open(&self, mark: &Mark) -> bool {
        self.open.iter().any(|(open, _)| open == mark)
    }

    pub(crate) fn point(&mut self, kind: AnnotationKind) {
        self.push_point(PieceKind::Point(kind));
    }

    /// The block, with white space at its end left out. Nothing if there is no prose in it.
    pub(crate) fn finish(mut self, source: &str, end: usize) -> Option<RawBlock> {
        while let Some(piece) = self.pieces.last_mut() {
            match piece.kind {
                PieceKind::SoftBreak | PieceKind::HardBreak => {
                    self.pieces.pop();
                }
                PieceKind::Text => {
                    let text = &source[piece.source.start + self.start..piece.source.end + self.start];
                    piece.source.end = piece.source.start + text.trim_end().len();
                    if !piece.source.is_empty() {
                        break;
                    }
                    self.pieces.pop();
                }
                _ => break,
            }
        }
        let end = end.max(self.end()).max(self.start);
        let block = RawBlock { kind: self.kind, range: self.start..end, pieces: self.pieces };
        block.has_prose(source).then_some(block)
    }

    fn ends_with_break(&self) -> bool {
        matches!(self.pieces.last(), Some(Piece { kind: PieceKind::SoftBreak | PieceKind::HardBreak, .. }))
    }

    fn push_point(&mut self, kind: PieceKind) {
        let at = self.end();
        self.push(at..at, kind);
    }

    fn push(&mut self, range: Range<usize>, kind: PieceKind) {
        // What looked like the marks of a container at a line's beginning may turn out to be its text.
        let start = self.start;
        if let Some(Piece { source, kind: PieceKind::SoftBreak | PieceKind::HardBreak }) = self.pieces.last_mut() {
            source.end = source.end.min(range.start.saturating_sub(start)).max(source.start);
        }
        if range.start < self.end() {
            debug_assert!(false, "pieces are sorted");
            return;
        }
        self.has_words |= !matches!(kind, PieceKind::Open(_) | PieceKind::Close | PieceKind::Point(_));
        let source = range.start - self.start..range.end - self.start;
        self.pieces.push(Piece { source, kind });
    }
}

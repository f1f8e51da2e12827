//! Where the blocks are and which of their bytes are prose: the cheap half of reading a document.

use std::ops::Range;

use crate::{AnnotationKind, Block, BlockKind, Ignore, citations, prose, quotations, sentences, tokens};

/// The first half of reading: blocks found, nothing in them read yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Every block with prose in it, in the order of the source, disjoint.
    pub blocks: Vec<RawBlock>,
    /// Where the writer asked us to look away, sorted by start.
    pub ignores: Vec<Ignore>,
}

/// A block that has been found but not read: its place, and which of its bytes are prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBlock {
    /// What kind of block.
    pub kind: BlockKind,
    /// The source bytes of the whole block.
    pub range: Range<usize>,
    /// How its prose is put together; sorted, disjoint, counted from the block's start.
    ///
    /// What the rest of the document has to say about these bytes (the target of a reference link, the depth of a
    /// block quotation) is in here and nowhere else.
    pub pieces: Vec<Piece>,
}

/// What [`read_block`] depends on, and all that it depends on: the key for a memo of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlockKey<'a> {
    /// What kind of block.
    pub kind: BlockKind,
    /// Its source.
    pub source: &'a str,
    /// How its prose is put together.
    pub pieces: &'a [Piece],
}

/// A stretch of a block's source and what a reader sees of it. Source between pieces is markup and not seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Piece {
    /// Source bytes, counted from the block's start. Empty for a mark that has no width.
    pub source: Range<usize>,
    /// What becomes of them.
    pub kind: PieceKind,
}

/// What becomes of a stretch of source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// Prose, as it stands.
    Text,
    /// Prose in another spelling: an entity, an escape.
    Replaced(Box<str>),
    /// A line break that reads as a space.
    SoftBreak,
    /// A line break that is seen as one; a newline in the prose.
    HardBreak,
    /// Stands in the prose as it is but is none: inline code, a formula.
    Opaque,
    /// Something without words, such as an image: U+FFFC in the prose.
    Object,
    /// From here on until the matching [`PieceKind::Close`]: a link, emphasis.
    Open(AnnotationKind),
    /// The end of the last [`PieceKind::Open`].
    Close,
    /// A meaning that markup gives to a place: a footnote mark, a citation.
    Point(AnnotationKind),
}

impl RawBlock {
    /// What the block's content depends on: two blocks with equal keys differ only in their place.
    ///
    /// `source` is the text that the outline was made from.
    #[must_use]
    pub fn key<'a>(&'a self, source: &'a str) -> BlockKey<'a> {
        BlockKey { kind: self.kind, source: &source[self.range.clone()], pieces: &self.pieces }
    }

    /// Whether there is anything to read: a letter or a digit that is prose.
    pub(crate) fn has_prose(&self, source: &str) -> bool {
        let source = &source[self.range.clone()];
        self.pieces.iter().any(|piece| match &piece.kind {
            PieceKind::Text => source[piece.source.clone()].contains(char::is_alphanumeric),
            PieceKind::Replaced(text) => text.contains(char::is_alphanumeric),
            _ => false,
        })
    }
}

/// Reads one block: prose, tokens, sentences, quotations, annotations. The expensive half.
///
/// A function of [`RawBlock::key`] alone: a block with the same key elsewhere has the same content, and only its `range`
/// must be set anew. Whether a quotation goes on from the paragraph before is not known here: `continued` is false
/// until [`join_quotations`](crate::join_quotations) has seen all blocks.
#[must_use]
pub fn read_block(source: &str, raw: &RawBlock) -> Block {
    let mut prose = prose::assemble(&source[raw.range.clone()], &raw.pieces);
    citations::find(&mut prose);
    prose.annotations.sort_by_key(|annotation| (annotation.range.start, std::cmp::Reverse(annotation.range.end)));
    let marks = quotations::find(&prose.text, &prose.opaque);
    let tokens = tokens::find(&prose.text, &prose.opaque, &marks.roles);
    let sentences = sentences::find(&prose.text, &tokens, &marks.roles);
    Block {
        kind: raw.kind,
        range: raw.range.clone(),
        prose: prose.text,
        segments: prose.segments,
        sentences,
        tokens,
        quotations: marks.quotations,
        annotations: prose.annotations,
    }
}

//! Bytes to a [`Document`]: blocks, prose, sentences, tokens, quotations. Knows no rule.
//!
//! ```
//! use unspin_text::{Markup, parse};
//! let document = parse("Officials in eastern Ukraine said so. “We left,” one said.", Markup::Plain);
//! let block = &document.blocks[0];
//! assert_eq!(block.sentences.len(), 2);
//! assert_eq!(&block.prose[block.quotations[0].inner.clone()], "We left,");
//! ```
//!
//! Reading has two halves. [`split`] finds the blocks and says which of their bytes are prose; it sees the whole document and
//! is cheap, and [`Outline::follow`] is cheaper still after an edit. [`read_block`] reads one block and is a function of [`RawBlock::key`] alone, so a memo under that key makes an
//! edit cost what it touches. [`join_quotations`] then says which quotations go on from the paragraph before.

mod abbreviations;
mod builder;
mod citations;
mod document;
mod follow;
mod html;
mod ignores;
mod markdown;
mod outline;
mod plain;
mod prose;
mod quotations;
mod sentences;
mod tokens;
mod wikitext;

pub use document::{
    Annotation, AnnotationKind, Block, BlockKind, Document, Ignore, Markup, Quotation, Segment, Sentence, Token,
    TokenKind,
};
pub use follow::{Spliced, TextChange};
pub use outline::{BlockKey, Outline, Piece, PieceKind, RawBlock, read_block};
pub use quotations::{QUOTATION_DEPTH_MAX, join_quotations};

/// Reads a document. Broken markup is no error: whatever cannot be understood is prose or nothing.
///
/// The same text always gives the same document. Positions of blocks are bytes of `source`; those inside a block count from its start.
#[must_use]
pub fn parse(source: &str, markup: Markup) -> Document {
    let outline = split(source, markup);
    let mut blocks: Vec<Block> = outline.blocks.iter().map(|raw| read_block(source, raw)).collect();
    join_quotations(&mut blocks);
    Document { markup, blocks, ignores: outline.ignores }
}

/// Finds the blocks of a document, and which of their bytes are prose. The cheap half of [`parse`].
#[must_use]
pub fn split(source: &str, markup: Markup) -> Outline {
    match markup {
        Markup::Markdown => markdown::split(source),
        Markup::Plain => plain::split(source),
        Markup::Wikitext => wikitext::split(source),
    }
}

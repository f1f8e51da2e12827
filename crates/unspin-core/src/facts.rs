//! What a block says by itself: facts, one set a sentence. They never depend on the rest of the document.

use unspin_text::Block;

use crate::spin::{self, Reader, SpinFacts};

/// What a block says by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct BlockFacts {
    /// For each sentence of the block: what could be spun in it.
    pub(crate) spin: Vec<SpinFacts>,
    /// Words of prose.
    pub(crate) words: usize,
}

impl BlockFacts {
    /// Reads a block.
    pub(crate) fn of(reader: Reader<'_>, block: &Block) -> BlockFacts {
        BlockFacts {
            spin: block.sentences.iter().map(|sentence| spin::read(reader, block, sentence)).collect(),
            words: block.tokens.iter().filter(|token| token.kind == unspin_text::TokenKind::Word).count(),
        }
    }
}

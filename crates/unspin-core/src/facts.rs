//! What a block says by itself: facts, one set a sentence. They never depend on the rest of the document.

use unspin_text::{Block, Sentence};

use crate::claims::ClaimFacts;
use crate::spin::{self, Reader, SpinFacts};

/// What a block says by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct BlockFacts {
    /// For each sentence of the block: what could be spun in it.
    pub(crate) spin: Vec<SpinFacts>,
    /// Who says what, and what could be a claim without a source.
    pub(crate) claims: ClaimFacts,
    /// Words of prose.
    pub(crate) words: usize,
}

impl BlockFacts {
    /// Reads a block. `known` gives the facts of a sentence that was read before.
    pub(crate) fn of(
        reader: Reader<'_>,
        block: &Block,
        known: &dyn Fn(&Block, &Sentence) -> Option<SpinFacts>,
    ) -> BlockFacts {
        BlockFacts {
            spin: block
                .sentences
                .iter()
                .map(|sentence| known(block, sentence).unwrap_or_else(|| spin::read(reader, block, sentence)))
                .collect(),
            claims: ClaimFacts::of(block),
            words: block.tokens.iter().filter(|token| token.kind == unspin_text::TokenKind::Word).count(),
        }
    }
}

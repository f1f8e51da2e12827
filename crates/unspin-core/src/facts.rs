//! What a block says by itself: facts, one set a sentence. They never depend on the rest of the document.

use std::sync::Arc;

use unspin_text::{Block, Sentence, Token, TokenKind};

use crate::claims::ClaimFacts;
use crate::spin::SpinFacts;

/// What a block says by itself.
#[derive(Debug, Clone)]
pub(crate) struct BlockFacts {
    /// For each sentence of the block: what could be spun in it.
    pub(crate) spin: Vec<SentenceFacts>,
    /// Who says what, and what could be a claim without a source.
    pub(crate) claims: ClaimFacts,
    /// Words of prose.
    pub(crate) words: usize,
    /// How many sentences the encoder has still to read.
    pub(crate) waiting: usize,
}

/// What a sentence says by itself about spinning.
#[derive(Debug, Clone)]
pub(crate) struct SentenceFacts {
    pub(crate) spin: Arc<SpinFacts>,
    pub(crate) stage: Stage,
}

/// How far the reading of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// All models have read it.
    Read,
    /// The encoder has not. What stands there was read before the edit, and what the edit touched by the other models.
    Changed,
    /// The encoder has not, and nothing of it was there before.
    New,
}

impl BlockFacts {
    /// Reads a block; `spin` gives what is known of a sentence.
    pub(crate) fn of(block: &Block, spin: impl FnMut(&Sentence) -> SentenceFacts) -> BlockFacts {
        let spin: Vec<SentenceFacts> = block.sentences.iter().map(spin).collect();
        let waiting = spin.iter().filter(|sentence| sentence.stage != Stage::Read).count();
        let words = block.tokens.iter().filter(|token| token.kind == TokenKind::Word).count();
        BlockFacts { spin, claims: ClaimFacts::of(block), words, waiting }
    }
}

/// A sentence without its block: facts are made of this, so they cannot depend on more.
pub(crate) fn excerpt(block: &Block, sentence: &Sentence) -> Block {
    let start = sentence.range.start;
    let moved = |token: &Token| Token { range: token.range.start - start..token.range.end - start, kind: token.kind };
    let tokens: Vec<Token> = block.sentence_tokens(sentence).iter().map(moved).collect();
    let prose = block.prose[sentence.range.clone()].to_owned();
    Block {
        kind: block.kind,
        range: 0..prose.len(),
        segments: Vec::new(),
        sentences: vec![Sentence { range: 0..prose.len(), tokens: 0..tokens.len() }],
        tokens,
        quotations: Vec::new(),
        annotations: Vec::new(),
        prose,
    }
}

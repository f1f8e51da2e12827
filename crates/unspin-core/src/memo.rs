//! What was read before: blocks and the facts of their sentences, found again by their bytes.
//!
//! A block's content and facts depend on its own bytes alone, so finding them again gives what reading them would. That makes an edit
//! cost what it touches, and the result equal to one from scratch.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};
use unspin_text::{
    Block, BlockKind, Document, Markup, Piece, RawBlock, Sentence, TokenKind, join_quotations, read_block, split,
};

use crate::analysis::Analyzer;
use crate::facts::BlockFacts;
use crate::spin::SpinFacts;

/// The longest document that the encoder reads: about 160,000 words, a minute of work. What is longer is read by the other models alone,
/// and the analysis says so.
pub(crate) const ENCODER_BYTES_MAX: usize = 1_000_000;

/// The blocks of the document as it was last read; as large as the document, no larger.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// The document was too long for the encoder, so the facts are those of the other models alone.
    is_partial: bool,
    /// Blocks under the hash of what they depend on; two with one hash stand beside each other.
    blocks: FxHashMap<u64, Vec<Arc<ReadBlock>>>,
}

/// A block that was read, with what it depends on.
#[derive(Debug)]
pub(crate) struct ReadBlock {
    kind: BlockKind,
    source: Box<str>,
    pieces: Box<[Piece]>,
    block: Block,
    pub(crate) facts: BlockFacts,
}

/// A document with the facts of its blocks.
#[derive(Debug, Default)]
pub(crate) struct ReadDocument {
    pub(crate) document: Document,
    pub(crate) blocks: Vec<Arc<ReadBlock>>,
    /// See [`ENCODER_BYTES_MAX`].
    pub(crate) is_partial: bool,
}

impl Memo {
    /// Reads a document, and only what is new of it.
    ///
    /// `is_stale` is asked before each new block; when it says yes, what was read so far is kept and `None` comes back.
    pub(crate) fn read(
        &mut self,
        analyzer: &Analyzer,
        text: &str,
        markup: Markup,
        is_stale: &dyn Fn() -> bool,
    ) -> Option<ReadDocument> {
        // Facts with and without the encoder differ: they are never mixed in one document.
        let is_partial = text.len() > ENCODER_BYTES_MAX;
        if self.is_partial != is_partial {
            *self = Memo { is_partial, ..Memo::default() };
        }
        let outline = split(text, markup);
        let hashes: Vec<u64> = outline.blocks.iter().map(|raw| hash(text, raw)).collect();
        let mut found: Vec<Option<Arc<ReadBlock>>> =
            outline.blocks.iter().zip(&hashes).map(|(raw, hash)| self.find(*hash, text, raw)).collect();
        let mut next = Memo { is_partial, ..Memo::default() };
        for (block, &hash) in found
            .iter()
            .flatten()
            .zip(hashes.iter().zip(&found).filter(|(_, found)| found.is_some()).map(|(hash, _)| hash))
        {
            next.keep(hash, Arc::clone(block));
        }
        let sentences =
            if found.iter().all(Option::is_some) { FxHashMap::default() } else { self.sentences_not_in(&next) };
        for ((slot, raw), &hash) in found.iter_mut().zip(&outline.blocks).zip(&hashes) {
            if slot.is_some() {
                continue;
            }
            // An earlier block of this same document may have the same bytes.
            let block = match next.find(hash, text, raw) {
                Some(block) => block,
                None if is_stale() => {
                    self.absorb(next);
                    return None;
                }
                None => {
                    let block = Arc::new(ReadBlock::new(analyzer, text, raw, is_partial, &sentences));
                    next.keep(hash, Arc::clone(&block));
                    block
                }
            };
            *slot = Some(block);
        }
        let blocks: Vec<Arc<ReadBlock>> = found.into_iter().flatten().collect();
        let placed = blocks
            .iter()
            .zip(&outline.blocks)
            .map(|(read, raw)| Block { range: raw.range.clone(), ..read.block.clone() });
        let mut document = Document { markup, blocks: placed.collect(), ignores: outline.ignores };
        join_quotations(&mut document.blocks);
        *self = next;
        Some(ReadDocument { document, blocks, is_partial })
    }

    fn find(&self, hash: u64, text: &str, raw: &RawBlock) -> Option<Arc<ReadBlock>> {
        let source = &text[raw.range.clone()];
        let same = |block: &&Arc<ReadBlock>| {
            block.kind == raw.kind && *block.source == *source && *block.pieces == *raw.pieces
        };
        self.blocks.get(&hash)?.iter().find(same).cloned()
    }

    fn keep(&mut self, hash: u64, block: Arc<ReadBlock>) {
        let bucket = self.blocks.entry(hash).or_default();
        if !bucket.iter().any(|known| Arc::ptr_eq(known, &block)) {
            bucket.push(block);
        }
    }

    /// Takes over what another memo has, when its reading was broken off.
    fn absorb(&mut self, other: Memo) {
        for (hash, blocks) in other.blocks {
            for block in blocks {
                self.keep(hash, block);
            }
        }
    }

    /// The sentences of blocks that are not in the other memo: an edited paragraph keeps most of them.
    fn sentences_not_in(&self, other: &Memo) -> FxHashMap<SentenceKey, SpinFacts> {
        let mut sentences = FxHashMap::default();
        for (hash, blocks) in &self.blocks {
            for read in blocks.iter().filter(|read| {
                !other.blocks.get(hash).is_some_and(|known| known.iter().any(|known| Arc::ptr_eq(known, read)))
            }) {
                for (sentence, spin) in read.block.sentences.iter().zip(&read.facts.spin) {
                    sentences.insert(sentence_key(&read.block, sentence), spin.clone());
                }
            }
        }
        sentences
    }
}

impl ReadBlock {
    fn new(
        analyzer: &Analyzer,
        text: &str,
        raw: &RawBlock,
        is_partial: bool,
        sentences: &FxHashMap<SentenceKey, SpinFacts>,
    ) -> ReadBlock {
        let block = read_block(text, raw);
        let known = |block: &Block, sentence: &Sentence| sentences.get(&sentence_key(block, sentence)).cloned();
        let facts = BlockFacts::of(analyzer.reader(is_partial), &block, &known);
        let source = text[raw.range.clone()].into();
        ReadBlock { kind: raw.kind, source, pieces: raw.pieces.as_slice().into(), block, facts }
    }
}

/// What the facts of a sentence depend on: its words, and which of them are no words.
type SentenceKey = (Box<str>, Vec<usize>);

fn sentence_key(block: &Block, sentence: &Sentence) -> SentenceKey {
    let tokens = block.sentence_tokens(sentence).iter().enumerate();
    let opaque = tokens.filter(|(_, token)| token.kind == TokenKind::Opaque).map(|(idx, _)| idx).collect();
    (block.prose[sentence.range.clone()].into(), opaque)
}

fn hash(text: &str, raw: &RawBlock) -> u64 {
    let mut hasher = FxHasher::default();
    raw.key(text).hash(&mut hasher);
    hasher.finish()
}

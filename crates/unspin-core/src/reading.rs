//! A document as far as it is read, following the text through edits: what an edit does not touch is moved, never read again.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use unspin_text::{Block, Document, Markup, Outline, Spliced, TextChange, join_quotations, read_block};

use crate::analysis::Analyzer;
use crate::carry::{self, Carried};
use crate::facts::{BlockFacts, SentenceFacts, Stage, excerpt};
use crate::memo::Memo;
use crate::report::Mark;
use crate::spin::{self, Candidate, RateCounts, SpinFacts};

/// The longest document that the encoder reads: about 160,000 words, a minute of work. What is longer is read by the other models alone,
/// and the analysis says so.
pub(crate) const ENCODER_BYTES_MAX: usize = 1_000_000;

/// A document with the facts of its blocks.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    markup: Markup,
    source: String,
    outline: Outline,
    pub(crate) document: Document,
    /// One for each block of the document.
    pub(crate) blocks: Vec<KnownBlock>,
    /// The sum over all sentences.
    pub(crate) counts: RateCounts,
    memo: Memo,
    /// Sentences that wait for the encoder.
    waiting: usize,
    /// Where the last edit was: what stands there is read first.
    touched: usize,
    /// See [`ENCODER_BYTES_MAX`].
    pub(crate) is_partial: bool,
}

/// What is known of a block.
#[derive(Debug)]
pub(crate) struct KnownBlock {
    pub(crate) facts: BlockFacts,
    /// Its marks of the spun family, when they are decided.
    pub(crate) marks: Option<SpinMarks>,
}

/// The marks of the spun family in a block.
#[derive(Debug)]
pub(crate) struct SpinMarks {
    /// They count from the block's start.
    pub(crate) marks: Vec<Mark>,
    /// Sentences with at least one.
    pub(crate) spun_sentences: usize,
}

/// A sentence that the encoder is to read, without its document.
#[derive(Debug, Clone)]
pub struct Question {
    excerpt: Block,
    block: usize,
    sentence: usize,
}

/// What the encoder said of a sentence.
#[derive(Debug, Clone)]
pub struct Answer {
    question: Question,
    facts: Arc<SpinFacts>,
}

impl Question {
    /// Has all models read the sentence; some milliseconds of work.
    #[must_use]
    pub fn answer(self, analyzer: &Analyzer) -> Answer {
        let sentence = &self.excerpt.sentences[0];
        let facts = Arc::new(spin::read(analyzer.reader(false), &self.excerpt, sentence));
        Answer { question: self, facts }
    }
}

impl Reading {
    pub(crate) fn new(markup: Markup) -> Reading {
        let document = Document { markup, ..Document::default() };
        Reading { markup, document, ..Reading::default() }
    }

    /// Nothing waits for the encoder.
    pub(crate) fn is_complete(&self) -> bool {
        self.waiting == 0
    }

    /// How many sentences wait for the encoder.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Brings the reading to a newer text, without the encoder: sentences that are new wait for it. Gives what changed, if anything did.
    pub(crate) fn follow(&mut self, analyzer: &Analyzer, text: &str) -> Option<TextChange> {
        // Facts with and without the encoder differ: they are never mixed in one document for longer than the encoder needs.
        let is_partial = ENCODER_BYTES_MAX < text.len();
        if self.is_partial != is_partial {
            *self = Reading { is_partial, ..Reading::new(self.markup) };
        }
        let change = TextChange::between(&self.source, text)?;
        let spliced = self.outline.follow(self.markup, &self.source, text, &change);
        self.source.replace_range(change.start..change.old_end, &text[change.start..change.new_end]);
        self.document.ignores.clone_from(&self.outline.ignores);
        self.touched = change.start;
        self.replace(analyzer, spliced, &change);
        join_quotations(&mut self.document.blocks);
        Some(change)
    }

    fn replace(&mut self, analyzer: &Analyzer, spliced: Spliced, change: &TextChange) {
        let Spliced { at, removed, inserted } = spliced;
        for block in &mut self.document.blocks[at + removed..] {
            block.range = change.moved(block.range.start)..change.moved(block.range.end);
        }
        let mut old = Removed::default();
        let blocks = self.document.blocks.splice(at..at + removed, []);
        for (mut block, known) in blocks.zip(self.blocks.splice(at..at + removed, [])) {
            count(&mut self.counts, &block, &known.facts, RateCounts::remove);
            self.waiting -= known.facts.waiting;
            carry::carry(&block, &known.facts, change, &mut old.carried);
            for (sentence, read) in block.sentences.iter().zip(&known.facts.spin) {
                if read.stage == Stage::Read {
                    self.memo.keep(excerpt(&block, sentence), Arc::clone(&read.spin));
                }
            }
            // Said of it by its neighbours.
            block.quotations.iter_mut().for_each(|quotation| quotation.continued = false);
            old.blocks.entry(block.prose.clone()).or_default().push((block, known));
        }
        let mut blocks = Vec::with_capacity(inserted);
        let mut known_blocks = Vec::with_capacity(inserted);
        for raw in &self.outline.blocks[at..at + inserted] {
            let block = read_block(&self.source, raw);
            let known = old.take_equal(&block).unwrap_or_else(|| self.read(analyzer, &block, &old.carried, change));
            count(&mut self.counts, &block, &known.facts, RateCounts::add);
            self.waiting += known.facts.waiting;
            blocks.push(block);
            known_blocks.push(known);
        }
        self.document.blocks.splice(at..at, blocks);
        self.blocks.splice(at..at, known_blocks);
        self.memo.shrink();
    }

    /// Reads a block by the models that answer at once, unless its sentences are known.
    fn read(&self, analyzer: &Analyzer, block: &Block, carried: &[Carried], change: &TextChange) -> KnownBlock {
        let has_encoder = analyzer.has_encoder() && !self.is_partial;
        let facts = BlockFacts::of(block, |sentence| {
            let excerpt = excerpt(block, sentence);
            if let Some(spin) = self.memo.find(&excerpt) {
                return SentenceFacts { spin, stage: Stage::Read };
            }
            let quick = spin::read(analyzer.reader(true), &excerpt, &excerpt.sentences[0]);
            if !has_encoder {
                return SentenceFacts { spin: Arc::new(quick), stage: Stage::Read };
            }
            let source = block.source_range(sentence.range.clone());
            if change.start <= source.start && source.end <= change.new_end {
                return SentenceFacts { spin: Arc::new(quick), stage: Stage::New };
            }
            let spin = Arc::new(carry::merge(block, sentence, quick, carried, change));
            SentenceFacts { spin, stage: Stage::Changed }
        });
        KnownBlock { facts, marks: None }
    }

    /// Sentences that the encoder has to read, the nearest behind `near` (or behind the last edit) first.
    pub(crate) fn questions(&mut self, at_most: usize, near: Option<usize>) -> Vec<Question> {
        let mut questions = Vec::new();
        let near = near.unwrap_or(self.touched);
        let first = self.document.blocks.partition_point(|block| block.range.end < near);
        for idx in (first..self.blocks.len()).chain(0..first) {
            if self.waiting == 0 || at_most <= questions.len() {
                break;
            }
            if self.blocks[idx].facts.waiting == 0 {
                continue;
            }
            for sentence_idx in 0..self.blocks[idx].facts.spin.len() {
                if self.blocks[idx].facts.spin[sentence_idx].stage == Stage::Read || at_most <= questions.len() {
                    continue;
                }
                let block = &self.document.blocks[idx];
                let excerpt = excerpt(block, &block.sentences[sentence_idx]);
                // The same sentence may have been read elsewhere meanwhile.
                match self.memo.find(&excerpt) {
                    Some(spin) => self.learn(idx, sentence_idx, spin),
                    None => questions.push(Question { excerpt, block: idx, sentence: sentence_idx }),
                }
            }
        }
        questions
    }

    /// Takes in what the encoder said. Answers about sentences that are gone are kept in mind for a while.
    pub(crate) fn take(&mut self, answers: Vec<Answer>) {
        for Answer { question, facts } in answers {
            let Question { excerpt: asked, block: idx, sentence: sentence_idx } = question;
            let is_here = self.document.blocks.get(idx).is_some_and(|block| {
                block.sentences.get(sentence_idx).is_some_and(|sentence| {
                    block.prose[sentence.range.clone()] == *asked.prose
                        && excerpt(block, sentence).tokens == asked.tokens
                        && self.blocks[idx].facts.spin[sentence_idx].stage != Stage::Read
                })
            });
            if is_here {
                self.learn(idx, sentence_idx, Arc::clone(&facts));
            }
            self.memo.keep(asked, facts);
        }
        self.memo.shrink();
    }

    fn learn(&mut self, block_idx: usize, sentence_idx: usize, spin: Arc<SpinFacts>) {
        let (block, known) = (&self.document.blocks[block_idx], &mut self.blocks[block_idx]);
        let sentence = &block.sentences[sentence_idx];
        let read = &mut known.facts.spin[sentence_idx];
        let (ratios, words, is_read) = counted(block, sentence.range.start, read);
        self.counts.remove(ratios, words, is_read);
        *read = SentenceFacts { spin, stage: Stage::Read };
        let (ratios, words, is_read) = counted(block, sentence.range.start, read);
        self.counts.add(ratios, words, is_read);
        known.facts.waiting -= 1;
        known.marks = None;
        self.waiting -= 1;
    }
}

/// Blocks that an edit took out.
#[derive(Default)]
struct Removed {
    carried: Vec<Carried>,
    blocks: FxHashMap<String, Vec<(Block, KnownBlock)>>,
}

impl Removed {
    /// What is known of a block that was taken out and is put in again, perhaps elsewhere.
    fn take_equal(&mut self, block: &Block) -> Option<KnownBlock> {
        let same = self.blocks.get_mut(&block.prose)?;
        let idx = same.iter().position(|(old, _)| {
            // All that facts depend on, or marks, which count from the block's start.
            old.kind == block.kind
                && old.range.len() == block.range.len()
                && old.segments == block.segments
                && old.sentences == block.sentences
                && old.tokens == block.tokens
                && old.quotations == block.quotations
                && old.annotations == block.annotations
        })?;
        Some(same.swap_remove(idx).1)
    }
}

/// Adds a block to the counts, or takes it out of them.
fn count(
    counts: &mut RateCounts,
    block: &Block,
    facts: &BlockFacts,
    change: impl Fn(&mut RateCounts, Vec<i32>, u32, bool),
) {
    for (sentence, read) in block.sentences.iter().zip(&facts.spin) {
        let (ratios, words, is_read) = counted(block, sentence.range.start, read);
        change(counts, ratios, words, is_read);
    }
}

/// What a sentence gives to the counts.
fn counted(block: &Block, start: usize, read: &SentenceFacts) -> (Vec<i32>, u32, bool) {
    let ratios = read.spin.candidates.iter().map(|candidate| ratio_here(block, start, candidate)).collect();
    // Of a changed sentence most is known as the encoder knows it.
    (ratios, read.spin.other_words, read.stage != Stage::New)
}

/// A candidate's ratio where it stands: a sentence does not know that it lies in a quotation, its block does.
pub(crate) fn ratio_here(block: &Block, sentence_start: usize, candidate: &Candidate) -> i32 {
    let prose: Range<usize> = candidate.range.start + sentence_start..candidate.range.end + sentence_start;
    candidate.ratio + if spin::is_somebodys_words(block, &prose) { spin::QUOTED_NATS_1024 } else { 0 }
}

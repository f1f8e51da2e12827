//! Cues and sources seen through the spinning: a word that the curated lexicon knows as another one is read as that one.
//!
//! This asks the lexicon itself and not the spun candidates of the sentence: those wait for the encoder, and who says what must not change
//! when it has read.

use std::ops::Range;

use unspin_lexicon::{Match, Source, Word, curated};
use unspin_text::{Block, Sentence};

/// A word that stands for another one, by an entry of the lexicon: "mentioned" where "said" would stand.
#[derive(Debug, Clone)]
pub(super) struct StandIn {
    /// Prose bytes of the block.
    pub(super) range: Range<usize>,
    /// One word, inflected like the one that stands there.
    pub(super) natural: String,
}

/// The words of a sentence that stand for others, by start. `found` is room for the lexicon's answers.
pub(super) fn of_sentence(block: &Block, sentence: &Sentence, found: &mut Vec<Match>) -> Vec<StandIn> {
    let tokens = block.sentence_tokens(sentence);
    let words: Vec<Word<'_>> =
        tokens.iter().map(|token| Word { text: block.text(token), range: token.range.clone() }).collect();
    found.clear();
    curated().matches(&words, found);
    found
        .drain(..)
        .filter(|found| found.tokens.len() == 1 && matches!(found.source, Source::Curated(_)))
        .filter_map(|mut found| {
            let natural = found.naturals.swap_remove(0);
            let range = tokens.get(found.tokens.start)?.range.clone();
            (!natural.contains(' ')).then_some(StandIn { range, natural })
        })
        .collect()
}

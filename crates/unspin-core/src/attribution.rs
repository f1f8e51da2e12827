//! Who says what: sources, cues and contents of a block.
//!
//! [`read`] gives the triples of a block and depends on that block alone. What travels from paragraph to paragraph (the last speaker, a
//! frame, who was named) is in [`crate::claims`].
//!
//! # Map
//! - `words`: a sentence with its quotations folded into one word each; `stand_ins`: its spun words, read as what they stand for
//! - `cues`: verbs that introduce a content
//! - `noun_phrase`, `phrase_parts`, `source`: who stands beside them; `kinds`: what kind of source that is
//! - `clauses`: the triples of one line of words; `shapes`: those that no verb of the lists gives away
//! - `contents`: what is said, before, after or around source and cue; `spans`: where the parts of a clause begin and end

use std::ops::Range;

use unspin_text::Block;

mod clauses;
mod contents;
mod cues;
mod kinds;
mod noun_phrase;
mod phrase_parts;
mod shapes;
mod source;
mod spans;
mod stand_ins;
mod words;

pub(crate) use clauses::{agent_after, subject_of};
pub use cues::CueKind;
pub(crate) use cues::Loaded;
pub(crate) use kinds::{is_month_or_day, is_nationality, is_person};
pub use source::{Field, Source, SourceKind};
pub(crate) use spans::is_likely_verb;
pub(crate) use words::{WordKind, Words, lowercase};

/// Who says what, in prose bytes of the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Index of the sentence that the cue stands in.
    pub sentence: usize,
    /// It stands inside somebody's quotation.
    pub quoted: bool,
    /// Who says it.
    pub source: Source,
    /// The verb with its auxiliaries, or "according to".
    pub cue: Range<usize>,
    /// What the source does.
    pub kind: CueKind,
    /// The side that the verb takes.
    pub(crate) loaded: Loaded,
    /// The natural verb; empty for a verb of no list.
    pub lemma: &'static str,
    /// What is said: one range, or two when source and cue stand in its middle. A quotation is taken whole, with its marks.
    pub content: Vec<Range<usize>>,
    /// Quoted, reported or both.
    pub speech: Speech,
    /// What stands where.
    pub order: Order,
    /// Denied or left open: "would not say".
    pub negative: bool,
}

/// Quoted, reported or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speech {
    /// “We left,” he said.
    Direct,
    /// He said they had left.
    Reported,
    /// He said they had left “in a hurry”.
    Mixed,
}

/// The order of source, cue and content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// Krog said they left.
    SourceCueContent,
    /// They left, Krog said.
    ContentSourceCue,
    /// They left, said Krog.
    ContentCueSource,
    /// According to Krog, they left.
    CueSourceContent,
}

/// The attributions of a block, by sentence, then by the place of the cue; spun words are read as what they stand for.
pub(crate) fn read(block: &Block) -> (Vec<Attribution>, Vec<Words<'_>>) {
    let mut attributions = Vec::new();
    let mut found = Vec::new();
    let mut lines = Vec::with_capacity(block.sentences.len());
    for (sentence_idx, sentence) in block.sentences.iter().enumerate() {
        let stand_ins = stand_ins::of_sentence(block, sentence, &mut found);
        let line = Words::of_sentence(block, sentence_idx, sentence, &stand_ins);
        clauses::find(&line, &mut attributions);
        if !block.quotations.is_empty() {
            for inner in Words::inside_quotations(block, sentence_idx, sentence) {
                clauses::find(&inner, &mut attributions);
            }
        }
        lines.push(line);
    }
    (attributions, lines)
}

/// Whether a quotation is somebody's speech: a full clause or more. Titles, terms, nicknames and scare quotes are not.
pub(crate) fn is_speech_quotation(block: &Block, quotation_idx: usize) -> bool {
    let quotation = &block.quotations[quotation_idx];
    let words = block.prose[quotation.inner.clone()].split_whitespace();
    let (mut n_words, mut n_capitalised) = (0, 0);
    for word in words {
        n_words += 1;
        n_capitalised += usize::from(word.starts_with(char::is_uppercase));
    }
    // A name of one word, an address.
    let inner = &block.prose[quotation.inner.clone()];
    if n_words == 1 && (n_capitalised == 1 && !inner.ends_with([',', '.', '!', '?', '…']) || inner.contains("://")) {
        return false;
    }
    // A title has its words in capitals ("The Lamb Lies Down on Broadway").
    n_words >= 1 && !inner.starts_with("http") && !((2..=10).contains(&n_words) && n_capitalised * 3 >= n_words * 2)
}

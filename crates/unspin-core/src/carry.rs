//! What was known of a sentence before an edit, for the moment until the encoder has read it again.
//!
//! A mark whose words are unchanged stays where it is; what the edit touched is judged by the models that answer at once.

use std::ops::Range;

use unspin_text::{Block, Sentence, TextChange, TokenKind};

use crate::facts::BlockFacts;
use crate::spin::{Candidate, SpinFacts};

/// A candidate that an edit did not touch.
#[derive(Debug)]
pub(crate) struct Carried {
    /// What it and its fixes depend on, in bytes of the new source.
    source: Range<usize>,
    /// The same words.
    written: String,
    /// Where they began, counted from the old sentence's start.
    start: usize,
    candidate: Candidate,
}

/// The candidates of a block that goes, as far as the edit leaves their words alone.
pub(crate) fn carry(block: &Block, facts: &BlockFacts, change: &TextChange, carried: &mut Vec<Carried>) {
    for (sentence, read) in block.sentences.iter().zip(&facts.spin) {
        let at = sentence.range.start;
        for candidate in &read.spin.candidates {
            let replaced = candidate.naturals.iter().map(|natural| &natural.replaced).chain([&candidate.range]);
            let (start, end) =
                replaced.fold((usize::MAX, 0), |(start, end), range| (start.min(range.start), end.max(range.end)));
            let source = block.source_range(at + start..at + end);
            let source = if source.end <= change.start {
                source
            } else if change.old_end <= source.start {
                change.moved(source.start)..change.moved(source.end)
            } else {
                continue;
            };
            let written = block.prose[at + start..at + end].to_owned();
            carried.push(Carried { source, written, start, candidate: candidate.clone() });
        }
    }
}

/// The facts of a changed sentence: what was known of its unchanged words, and what `quick` says of the others.
pub(crate) fn merge(
    block: &Block,
    sentence: &Sentence,
    quick: SpinFacts,
    carried: &[Carried],
    change: &TextChange,
) -> SpinFacts {
    let mut candidates: Vec<Candidate> = carried.iter().filter_map(|carried| carried.placed(block, sentence)).collect();
    for candidate in quick.candidates {
        let prose = candidate.range.start + sentence.range.start..candidate.range.end + sentence.range.start;
        let source = block.source_range(prose);
        let is_touched = source.start <= change.new_end && change.start <= source.end;
        let is_free = candidates
            .iter()
            .all(|other| other.range.end <= candidate.range.start || candidate.range.end <= other.range.start);
        if is_touched && is_free {
            candidates.push(candidate);
        }
    }
    candidates.sort_by_key(|candidate| candidate.range.start);
    let is_covered = |at: usize| candidates.iter().any(|candidate| candidate.range.contains(&at));
    let other_words = block
        .sentence_tokens(sentence)
        .iter()
        .filter(|token| token.kind == TokenKind::Word && !is_covered(token.range.start - sentence.range.start))
        .count();
    SpinFacts { candidates, other_words: other_words as u32 }
}

impl Carried {
    /// The candidate in a new sentence, if it stands in that one, unchanged and as whole words.
    fn placed(&self, block: &Block, sentence: &Sentence) -> Option<Candidate> {
        let within = self.source.start.checked_sub(block.range.start)?;
        let segment = block.segments.iter().rfind(|segment| segment.source_start <= within)?;
        let prose_start = segment.prose_start + (within - segment.source_start);
        let prose = prose_start..prose_start + self.written.len();
        let tokens = block.sentence_tokens(sentence);
        let is_here = segment.verbatim
            && sentence.range.start <= prose.start
            && prose.end <= sentence.range.end
            && block.prose.get(prose.clone()) == Some(&self.written)
            && tokens.iter().any(|token| token.range.start == prose.start)
            && tokens.iter().any(|token| token.range.end == prose.end);
        if !is_here {
            return None;
        }
        let start = prose.start - sentence.range.start;
        let moved = |range: &Range<usize>| range.start - self.start + start..range.end - self.start + start;
        let mut candidate = self.candidate.clone();
        candidate.range = moved(&candidate.range);
        for natural in &mut candidate.naturals {
            natural.replaced = moved(&natural.replaced);
        }
        Some(candidate)
    }
}

//! What a sentence's phrases could stand for, and how much speaks for it: the part that depends on the sentence alone.

use std::ops::Range;

use unspin_lexicon::{Kind, Lexicon, Match, Source, Surety, Word, replacement};
use unspin_lm::{Ngram, WordKey, word_key};
use unspin_text::{Block, Sentence, TokenKind};

use super::weights::{NAT, NGRAM_CENTRE, NGRAM_LIMIT, NGRAM_PERCENT, RANK_STEP, channel};

/// What reads a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'m> {
    pub(crate) lexicon: &'m Lexicon,
    pub(crate) ngram: Option<&'m Ngram<'static>>,
}

/// What a sentence says by itself about spinning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SpinFacts {
    /// The best joint reading of the sentence: candidates that do not overlap, by start.
    pub(crate) candidates: Vec<Candidate>,
    /// Words of the sentence that are in no candidate.
    pub(crate) other_words: u32,
}

/// A phrase that may stand for another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Prose bytes of the block, counted from the sentence's start.
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
    pub(crate) source: Source,
    pub(crate) surety: Surety,
    /// Best first; never empty.
    pub(crate) naturals: Vec<Natural>,
    /// How much likelier this place is in spun than in clean text, in 1/1024 nats.
    pub(crate) ratio: i32,
}

impl Candidate {
    /// The words that stand there.
    pub(crate) fn written<'b>(&self, block: &'b Block, sentence: &Sentence) -> &'b str {
        &block.prose[self.range.start + sentence.range.start..self.range.end + sentence.range.start]
    }
}

/// What should stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Natural {
    /// The phrase, for the message.
    pub(crate) phrase: String,
    /// Prose bytes to replace, counted from the sentence's start: the phrase, and an article before it that changes too.
    pub(crate) replaced: Range<usize>,
    /// What to put there.
    pub(crate) text: String,
    /// The natural phrase over the written one by the n-gram model, in 1/1024 nats.
    pub(crate) ngram: Option<i32>,
}

/// Stands for something in the prose that is none; no entry has it.
const OPAQUE: &str = "\u{fffc}";

/// Reads one sentence.
pub(crate) fn read(reader: Reader<'_>, block: &Block, sentence: &Sentence) -> SpinFacts {
    let tokens = block.sentence_tokens(sentence);
    let start = sentence.range.start;
    let words: Vec<Word<'_>> = tokens
        .iter()
        .map(|token| Word {
            text: if token.kind == TokenKind::Opaque { OPAQUE } else { block.text(token) },
            range: token.range.start - start..token.range.end - start,
        })
        .collect();
    let mut matches = Vec::new();
    reader.lexicon.matches(&words, &mut matches);
    let keys: Vec<WordKey> = match (matches.is_empty(), reader.ngram) {
        (false, Some(_)) => words.iter().map(|word| word_key(word.text)).collect(),
        _ => Vec::new(),
    };
    let scored = matches.iter().filter_map(|found| score(reader, &words, &keys, found).map(|candidate| (found.tokens.clone(), candidate)));
    let chosen = best_reading(scored.collect(), words.len());
    let covered: usize = chosen.iter().map(|(tokens, _)| tokens.len()).sum();
    let n_words = tokens.iter().filter(|token| token.kind == TokenKind::Word).count();
    SpinFacts {
        candidates: chosen.into_iter().map(|(_, candidate)| candidate).collect(),
        other_words: n_words.saturating_sub(covered) as u32,
    }
}

fn score(reader: Reader<'_>, words: &[Word<'_>], keys: &[WordKey], found: &Match) -> Option<Candidate> {
    let mut naturals: Vec<(i32, Natural)> = Vec::new();
    for idx in 0..found.naturals.len() {
        let replacement = replacement(words, found, idx)?;
        let ngram = reader.ngram.map(|ngram| odds(ngram, keys, found, &found.naturals[idx]));
        let natural = Natural {
            phrase: found.naturals[idx].clone(),
            replaced: words[replacement.tokens.start].range.start..words[replacement.tokens.end - 1].range.end,
            text: replacement.text,
            ngram,
        };
        naturals.push((ngram.unwrap_or(0) - idx as i32 * RANK_STEP, natural));
    }
    // A stable sort: the entry's own order decides between equals.
    naturals.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    let naturals: Vec<Natural> = naturals.into_iter().map(|(_, natural)| natural).collect();
    let context = naturals.first()?.ngram.map_or(0, |odds| {
        (odds.clamp(-NGRAM_LIMIT, NGRAM_LIMIT) - NGRAM_CENTRE) * NGRAM_PERCENT / 100
    });
    Some(Candidate {
        range: words[found.tokens.start].range.start..words[found.tokens.end - 1].range.end,
        kind: found.kind,
        source: found.source,
        surety: found.surety,
        naturals,
        ratio: channel(found.surety) + context,
    })
}

fn odds(ngram: &Ngram<'_>, keys: &[WordKey], found: &Match, natural: &str) -> i32 {
    let natural: Vec<WordKey> = unspin_lexicon::key_tokens(natural).iter().map(|word| word_key(word.text)).collect();
    ngram.odds_nats_1024(&keys[..found.tokens.start], &keys[found.tokens.clone()], &natural, &keys[found.tokens.end..])
}

/// The candidates that do not overlap and together say the most.
///
/// Weighted interval scheduling over the tokens; each candidate weighs its ratio over that of an ordinary word, so that one that mends
/// a phrase as a whole wins over two that mend its halves less surely.
fn best_reading(candidates: Vec<(Range<usize>, Candidate)>, n_tokens: usize) -> Vec<(Range<usize>, Candidate)> {
    const FLOOR: i32 = -2 * NAT;
    // best[t]: the most that candidates ending at or before token t can say, and the candidate that ends there, if one does.
    let mut best: Vec<(i32, Option<usize>)> = vec![(0, None); n_tokens + 1];
    let mut by_end: Vec<usize> = (0..candidates.len()).collect();
    by_end.sort_by_key(|&idx| (candidates[idx].0.end, candidates[idx].0.start, idx));
    let mut next = by_end.into_iter().peekable();
    for end in 1..=n_tokens {
        best[end] = (best[end - 1].0, None);
        while let Some(idx) = next.next_if(|&idx| candidates[idx].0.end == end) {
            let (tokens, candidate) = &candidates[idx];
            let sum = best[tokens.start].0 + (candidate.ratio - FLOOR).max(0);
            if sum > best[end].0 {
                best[end] = (sum, Some(idx));
            }
        }
    }
    let mut chosen = Vec::new();
    let mut end = n_tokens;
    while end > 0 {
        match best[end].1 {
            Some(idx) => {
                chosen.push(idx);
                end = candidates[idx].0.start;
            }
            None => end -= 1,
        }
    }
    let mut slots: Vec<Option<(Range<usize>, Candidate)>> = candidates.into_iter().map(Some).collect();
    chosen.into_iter().rev().filter_map(|idx| slots[idx].take()).collect()
}

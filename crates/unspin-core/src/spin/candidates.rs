//! What a sentence's phrases could stand for: the part that depends on the sentence alone.

use std::ops::Range;

use unspin_english::class_of;
use unspin_lexicon::{
    COMPOSED, Kind, Lexicon, Match, Source, Surety, Word, composed_terms, key_tokens, replacement, thesaurus,
};
use unspin_lm::{Encoder, Ngram, Reading, WordKey, word_key};
use unspin_text::{Block, Sentence, TokenKind};

use super::signals::{NAT, Signals};
use crate::measuring::Measuring;

/// What reads a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'m> {
    pub(crate) lexicon: &'m Lexicon,
    pub(crate) ngram: Option<&'m Ngram<'static>>,
    pub(crate) encoder: Option<&'m Encoder>,
    pub(crate) measuring: Measuring,
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
    pub(crate) source: Origin,
    /// Best first; never empty.
    pub(crate) naturals: Vec<Natural>,
    pub(crate) signals: Signals,
    /// How much likelier this place is in spun than in clean text, in 1/1024 nats.
    pub(crate) ratio: i32,
}

/// Who says that the phrase may stand for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// An entry of the lexicon, one of its patterns, or a thesaurus.
    Lexicon(Source),
    /// The encoder alone.
    Encoder,
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
    /// The same by the encoder.
    pub(crate) original: Option<i32>,
}

/// Stands for something in the prose that is none; no entry has it.
const OPAQUE: &str = "\u{fffc}";

/// Reads one sentence.
pub(crate) fn read(reader: Reader<'_>, block: &Block, sentence: &Sentence) -> SpinFacts {
    let (words, scored) = all(reader, block, sentence);
    let chosen = best_reading(scored, words);
    let covered: usize = chosen.iter().map(|(tokens, _)| tokens.len()).sum();
    let n_words = block.sentence_tokens(sentence).iter().filter(|token| token.kind == TokenKind::Word).count();
    SpinFacts {
        candidates: chosen.into_iter().map(|(_, candidate)| candidate).collect(),
        other_words: n_words.saturating_sub(covered) as u32,
    }
}

/// Every candidate of a sentence with its tokens, overlapping ones included, and the number of tokens.
pub(crate) fn all(reader: Reader<'_>, block: &Block, sentence: &Sentence) -> (usize, Vec<(Range<usize>, Candidate)>) {
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
    let here = Here {
        keys: words.iter().map(|word| word_key(word.text)).collect(),
        reading: reader.encoder.map(|encoder| encoder.read(&words.iter().map(|word| word.text).collect::<Vec<_>>())),
        kinds: tokens.iter().map(|token| token.kind).collect(),
        words,
        reader,
    };
    let scored = here.candidates(&matches);
    (here.words.len(), scored)
}

/// A sentence with what the models say of it.
struct Here<'a> {
    words: Vec<Word<'a>>,
    kinds: Vec<TokenKind>,
    keys: Vec<WordKey>,
    reading: Option<Reading>,
    reader: Reader<'a>,
}

/// A word that may have stood at a place.
struct Proposal {
    natural: String,
    /// How much likelier it is for where it comes from, in 1/1024 nats.
    bonus: i32,
    origin: Origin,
}

/// Each word once, by whoever named it first.
#[derive(Default)]
struct Proposals(Vec<Proposal>);

impl Proposals {
    fn add(&mut self, natural: &str, bonus: i32, origin: Origin) {
        if !self.0.iter().any(|known| known.natural.eq_ignore_ascii_case(natural)) {
            self.0.push(Proposal { natural: natural.to_owned(), bonus, origin });
        }
    }
}

/// What an entry says at least, in 1/1024 nats, whatever the models make of the place: a strong one speaks in any document.
///
/// Strong entries are hit 27 times in a million clean words, certain ones twice (terms found by composition, the surest of them, 18 times),
/// and explain some of the words that a spinner puts, about one in ten and one in twenty: ln(.1 / 27e-6) is 8.2, ln(.05 / 2e-6) is 10.1.
fn least_ratio(surety: Surety) -> i32 {
    match surety {
        Surety::Certain => 10 * NAT,
        Surety::Strong => 8 * NAT,
        Surety::Medium | Surety::Weak => i32::MIN,
    }
}

/// What each place in an entry's own order of naturals costs when they are ranked.
const RANK_STEP: i32 = NAT;
/// How much of the n-gram model's odds counts in the ranking, in percent of the encoder's.
const NGRAM_PERCENT: i32 = 60;
/// A substitution that a thesaurus knows is that much likelier than one that none knows: most spinners use one.
const JOINED_BONUS: i32 = 3 * NAT;
/// A substitution of the list of everyday words is as much likelier …
const EVERYDAY_BONUS: i32 = 4 * NAT;
/// … and their order says little.
const EVERYDAY_STEP: i32 = NAT / 5;
/// One bit in 1/1024 nats.
const BIT: f32 = 710.0;
/// The log-odds of *replaced* from which the encoder points at a word that no entry knows.
const OPEN_REPLACED_MIN: i32 = -2 * NAT;
/// From here on the encoder's own words are proposed beside those of a thesaurus.
const FREE_REPLACED_MIN: i32 = -NAT / 2;
/// In one sentence the encoder points at so many words at most; in more, it has lost its way.
const OPEN_MAX: usize = 16;
/// How many words the encoder itself proposes for a place.
const ORIGINALS: usize = 8;
/// How many words of a thesaurus are tried.
const JOINED: usize = 32;
/// How many naturals are offered for a place.
const NATURALS_MAX: usize = 4;

impl Here<'_> {
    /// All candidates, overlapping ones included.
    fn candidates(&self, matches: &[Match]) -> Vec<(Range<usize>, Candidate)> {
        let mut scored: Vec<(Range<usize>, Candidate)> = matches
            .iter()
            .filter_map(|found| self.channel(found).map(|candidate| (found.tokens.clone(), candidate)))
            .collect();
        self.composed(&mut scored);
        if !self.reader.measuring.without_open {
            self.open(matches, &mut scored);
        }
        scored
    }

    /// A place that an entry knows.
    fn channel(&self, found: &Match) -> Option<Candidate> {
        let is_everyday = matches!(found.source, Source::Everyday(_));
        let replaced = self.replaced(&found.tokens);
        let is_pointed_at = replaced.is_some_and(|replaced| OPEN_REPLACED_MIN <= replaced);
        // Every second sentence has one of these: without the encoder's pointing they are no sign of anything. Asked first, because
        // what could stand there instead is the dear part. A single word is one proposal among others, see `open`.
        if is_everyday && (!is_pointed_at || found.tokens.len() == 1 && self.is_open(found.tokens.start)) {
            return None;
        }
        let step = if is_everyday { EVERYDAY_STEP } else { RANK_STEP };
        let mut naturals = Vec::new();
        for idx in 0..found.naturals.len() {
            let natural = self.natural(found, idx)?;
            naturals.push((rank(&natural) - idx as i32 * step, natural));
        }
        // A stable sort: the entry's own order decides between equals.
        naturals.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        let naturals: Vec<Natural> = naturals.into_iter().map(|(_, natural)| natural).collect();
        let mut signals = self.signals(&found.tokens, naturals.first()?);
        match found.source {
            Source::Everyday(_) => signals.everyday = true,
            // The encoder has seen few tortured terms: that it takes one for natural says little.
            Source::Pattern(COMPOSED) if !is_pointed_at => {
                signals.surety = Some(found.surety);
                signals.replaced = None;
            }
            _ => signals.surety = Some(found.surety),
        }
        Some(Candidate {
            range: self.range(&found.tokens),
            kind: found.kind,
            source: Origin::Lexicon(found.source),
            naturals,
            ratio: signals.ratio().max(signals.surety.map_or(i32::MIN, least_ratio)),
            signals,
        })
    }

    /// Noun phrases that an established term can be reached from word by word, where no entry knows better.
    fn composed(&self, scored: &mut Vec<(Range<usize>, Candidate)>) {
        let mut found = Vec::new();
        composed_terms(&self.words, &mut found);
        let is_known = |tokens: &Range<usize>| {
            scored.iter().any(|(known, _)| known.start < tokens.end && tokens.start < known.end && known.len() > 1)
        };
        found.retain(|term| !is_known(&term.tokens));
        scored.extend(found.iter().filter_map(|term| Some((term.tokens.clone(), self.channel(term)?))));
    }

    /// Places that no entry knows and the encoder points at, with what it or a thesaurus would put there.
    fn open(&self, matches: &[Match], scored: &mut Vec<(Range<usize>, Candidate)>) {
        let (Some(encoder), Some(reading)) = (self.reader.encoder, &self.reading) else { return };
        let mut places: Vec<(i32, usize)> = reading
            .replaced
            .iter()
            .enumerate()
            .filter_map(|(idx, replaced)| {
                replaced.filter(|&replaced| replaced >= OPEN_REPLACED_MIN).map(|replaced| (replaced, idx))
            })
            // Where an entry has an explanation, the encoder's word for it is no second one.
            .filter(|&(_, idx)| {
                let is_explained = |(tokens, known): &(Range<usize>, Candidate)| {
                    tokens.contains(&idx) && known.source != Origin::Lexicon(Source::Pattern(COMPOSED))
                };
                self.is_open(idx) && !scored.iter().any(is_explained)
            })
            .collect();
        places.sort_by_key(|&(replaced, idx)| (std::cmp::Reverse(replaced), idx));
        places.truncate(OPEN_MAX);
        for (replaced, idx) in places {
            let written = self.words[idx].text;
            let proposals = self.proposals(encoder, reading, matches, idx, replaced);
            let as_match = Match {
                tokens: idx..idx + 1,
                entry: None,
                form: unspin_english::Form::Base,
                naturals: proposals
                    .iter()
                    .map(|proposal| unspin_english::agree::match_case(written, &proposal.natural))
                    .collect(),
                surety: Surety::Weak,
                source: Source::Thesaurus,
                kind: Kind::SpunPhrase,
            };
            let mut naturals: Vec<(i32, Origin, Natural)> = proposals
                .iter()
                .enumerate()
                .filter(|(_, proposal)| !proposal.natural.eq_ignore_ascii_case(written))
                .filter_map(|(place, proposal)| {
                    let natural = self.natural(&as_match, place)?;
                    Some((rank(&natural) + proposal.bonus, proposal.origin, natural))
                })
                .collect();
            naturals.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.phrase.cmp(&b.2.phrase)));
            naturals.truncate(NATURALS_MAX);
            let Some(&(_, origin, ref best)) = naturals.first() else { continue };
            let mut signals = self.signals(&as_match.tokens, best);
            signals.everyday = matches!(origin, Origin::Lexicon(Source::Everyday(_)));
            signals.joined = origin == Origin::Lexicon(Source::Thesaurus);
            let candidate = Candidate {
                range: self.range(&as_match.tokens),
                kind: Kind::SpunPhrase,
                source: origin,
                ratio: signals.ratio(),
                signals,
                naturals: naturals.into_iter().map(|(_, _, natural)| natural).collect(),
            };
            scored.push((as_match.tokens, candidate));
        }
    }

    /// What may have stood at a place that the encoder points at: by the list of everyday words, by a thesaurus, by the encoder.
    fn proposals(
        &self,
        encoder: &Encoder,
        reading: &Reading,
        matches: &[Match],
        idx: usize,
        replaced: i32,
    ) -> Vec<Proposal> {
        let written = self.words[idx].text;
        let mut proposals = Proposals::default();
        let everyday = |found: &&Match| found.tokens == (idx..idx + 1) && matches!(found.source, Source::Everyday(_));
        for found in matches.iter().filter(everyday) {
            for (place, natural) in found.naturals.iter().enumerate() {
                proposals.add(natural, EVERYDAY_BONUS - place as i32 * EVERYDAY_STEP, Origin::Lexicon(found.source));
            }
        }
        let joined = if self.reader.measuring.without_thesaurus { 0 } else { JOINED };
        for candidate in thesaurus::thesaurus().candidates(written, None, joined) {
            let bonus = JOINED_BONUS + (candidate.weight * BIT).round() as i32 / 2;
            proposals.add(&candidate.natural, bonus, Origin::Lexicon(Source::Thesaurus));
        }
        // The whole vocabulary costs some milliseconds: where the encoder only hints, a list has to do.
        if FREE_REPLACED_MIN <= replaced || proposals.0.is_empty() {
            for (natural, _) in encoder.originals(reading, idx, written, ORIGINALS) {
                // A spinner puts a word of content for another one.
                if !class_of(natural).is_closed() {
                    proposals.add(natural, 0, Origin::Encoder);
                }
            }
        }
        proposals.0
    }

    /// Whether a word may be pointed at: an ordinary word in lower case, or the first of the sentence.
    ///
    /// Function words are not: what is wrong with them is wrong with the phrase around them, which one word cannot mend.
    fn is_open(&self, idx: usize) -> bool {
        let text = self.words[idx].text;
        let starts_low = text.starts_with(|first: char| first.is_ascii_lowercase());
        let is_first = idx == 0 && text.starts_with(|first: char| first.is_ascii_uppercase());
        self.kinds[idx] == TokenKind::Word
            && text.len() > 1
            && (starts_low || is_first)
            && text.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
            && !class_of(text).is_closed()
    }

    fn natural(&self, found: &Match, idx: usize) -> Option<Natural> {
        let replacement = replacement(&self.words, found, idx)?;
        let phrase = found.naturals.get(idx)?;
        Some(Natural {
            phrase: phrase.clone(),
            replaced: self.range(&replacement.tokens),
            text: replacement.text,
            ngram: self.reader.ngram.map(|ngram| self.ngram_odds(ngram, &found.tokens, phrase)),
            original: self.original_odds(&found.tokens, phrase),
        })
    }

    fn ngram_odds(&self, ngram: &Ngram<'_>, tokens: &Range<usize>, natural: &str) -> i32 {
        let natural: Vec<WordKey> = key_tokens(natural).iter().map(|word| word_key(word.text)).collect();
        ngram.odds_nats_1024(&self.keys[..tokens.start], &self.keys[tokens.clone()], &natural, &self.keys[tokens.end..])
    }

    /// The encoder's odds at the first word in which the two differ.
    fn original_odds(&self, tokens: &Range<usize>, natural: &str) -> Option<i32> {
        let (encoder, reading) = (self.reader.encoder?, self.reading.as_ref()?);
        let mut natural = natural.split_whitespace();
        for idx in tokens.clone() {
            let written = self.words[idx].text;
            let word = natural.next().unwrap_or_default();
            if !word.eq_ignore_ascii_case(written) {
                return encoder.original_odds(reading, idx, written, word);
            }
        }
        None
    }

    /// The log-odds that a word of the place was put there, the largest of its words.
    fn replaced(&self, tokens: &Range<usize>) -> Option<i32> {
        self.reading.as_ref()?.replaced[tokens.clone()].iter().flatten().max().copied()
    }

    fn signals(&self, tokens: &Range<usize>, best: &Natural) -> Signals {
        let first = self.words[tokens.start].text;
        let frequency = self
            .reader
            .ngram
            .filter(|_| tokens.len() == 1)
            .and_then(|ngram| ngram.frequency_nats_1024(self.keys[tokens.start]));
        Signals {
            surety: None,
            ngram: best.ngram,
            replaced: self.replaced(tokens),
            original: best.original,
            everyday: false,
            joined: false,
            is_phrase: tokens.len() > 1,
            is_function: tokens.len() == 1 && class_of(first).is_closed(),
            frequency,
        }
    }

    fn range(&self, tokens: &Range<usize>) -> Range<usize> {
        self.words[tokens.start].range.start..self.words[tokens.end - 1].range.end
    }
}

fn rank(natural: &Natural) -> i32 {
    natural.ngram.unwrap_or(0) * NGRAM_PERCENT / 100 + natural.original.unwrap_or(0)
}

/// The candidates that do not overlap and together say the most.
///
/// Weighted interval scheduling over the tokens. Each candidate weighs its ratio over that of an ordinary word, for each of its words, so
/// that one that mends a phrase as a whole wins over those that mend its words one by one less surely.
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
            let sum = best[tokens.start].0 + (candidate.ratio - FLOOR).max(0) * tokens.len() as i32;
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

//! The wide channel: which words a thesaurus joins.
//!
//! WordNet, Moby and MyThes, both directions, as dictionary forms; a surface is taken to its dictionary forms and the
//! natural ones are inflected like it. Alone it says nothing: a common word has two hundred neighbours, and which of
//! them fits is for the context to say. Bytes are read in place; nothing is unpacked at start.

use std::ops::{ControlFlow, Range};

use unspin_english::{Form, Pos, for_each_lemma, inflect_phrase, possible_pos};

use crate::bytes::{Bits, find, u32_at};

/// A natural word or phrase that a thesaurus joins with what stands there.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// In the form of the surface, lower case.
    pub natural: String,
    /// How it is read here, and so how it was inflected.
    pub pos: Pos,
    /// The form of the surface.
    pub form: Form,
    /// Zero for the likeliest, negative for the rest, in bits: -1 is half as likely to be behind this surface. From how near
    /// the thesauri hold the two, how many others they hold as near, and how common the natural word is.
    pub weight: f32,
}

/// A thesaurus in memory.
#[derive(Debug, Clone, Copy)]
pub struct Thesaurus<'a> {
    n_words: usize,
    /// Where the texts and the lists of each block of words begin.
    index: &'a [u8],
    /// How long each word's text and list are.
    lengths: &'a [u8],
    texts: &'a [u8],
    lists: &'a [u8],
}

/// The thesaurus that is compiled in.
#[must_use]
pub fn thesaurus() -> Thesaurus<'static> {
    Thesaurus::new(include_bytes!("../sources/thesaurus.bin"))
}

const HEAD_BYTES: usize = 16;
/// Words that share a place in the index; `BLOCK` in `generate_thesaurus.py`.
const BLOCK: usize = 16;
const INDEX_BYTES: usize = 8;
const LENGTHS_BYTES: usize = 3;
/// Bits between two tiers of the file; `HALVINGS / (TIERS - 1)` in `generate_thesaurus.py`.
const BITS_A_TIER: f32 = 5.5 / 7.0;

impl<'a> Thesaurus<'a> {
    /// Reads a file that `sources/generate_thesaurus.py` wrote; of anything else, nothing is found.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        let length = |idx: usize| u32_at(bytes, 4 + idx * 4) as usize;
        let (n_words, texts_len, lists_len) = (length(0), length(1), length(2));
        let (index_len, lengths_len) = (n_words.div_ceil(BLOCK) * INDEX_BYTES, n_words * LENGTHS_BYTES);
        if !bytes.starts_with(b"UTH2") || bytes.len() != HEAD_BYTES + index_len + lengths_len + texts_len + lists_len {
            return Self { n_words: 0, index: &[], lengths: &[], texts: &[], lists: &[] };
        }
        let (index, rest) = bytes[HEAD_BYTES..].split_at(index_len);
        let (lengths, rest) = rest.split_at(lengths_len);
        let (texts, lists) = rest.split_at(texts_len);
        Self { n_words, index, lengths, texts, lists }
    }

    /// The `limit` likeliest words that a thesaurus joins with a surface (a word, or words with one space between).
    ///
    /// With `pos`, only readings of that class. A natural word that is never of the class of the reading is left out;
    /// one that several readings give is there once, with its heaviest weight. Empty for a word that no thesaurus has. The
    /// surface itself is never among them. The likeliest first, ties in alphabetical order.
    #[must_use]
    pub fn candidates(&self, surface: &str, pos: Option<Pos>, limit: usize) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let surface = surface.to_lowercase();
        for (lemma, of, form) in readings(&surface) {
            if pos.is_some_and(|pos| pos != of) {
                continue;
            }
            let mut left = limit;
            let _ = self.neighbours(&lemma, |natural, weight| {
                if fits(natural, of) {
                    let natural = inflect_phrase(natural, of, form);
                    if natural != surface {
                        found.push(Candidate { natural, pos: of, form, weight });
                        left = left.saturating_sub(1);
                    }
                }
                if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
        }
        let heavier = |one: &Candidate, other: &Candidate| other.weight.total_cmp(&one.weight);
        found.sort_by(|one, other| one.natural.cmp(&other.natural).then_with(|| heavier(one, other)));
        found.dedup_by(|next, kept| next.natural == kept.natural);
        // Stable: what weighs the same stays in alphabetical order.
        found.sort_by(heavier);
        found.truncate(limit);
        found
    }

    /// Whether the two dictionary forms are joined, and how much that weighs, in bits as in [`Candidate::weight`].
    #[must_use]
    pub fn weight(&self, spun: &str, natural: &str) -> Option<f32> {
        let found =
            self.neighbours(
                spun,
                |other, bits| if other == natural { ControlFlow::Break(bits) } else { ControlFlow::Continue(()) },
            );
        found.break_value()
    }

    /// All words, sorted.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'a str> {
        let thesaurus = *self;
        (0..self.n_words).map(move |idx| thesaurus.word(idx))
    }

    /// The places among [`Self::words`] of what is joined with a dictionary form, with their weights.
    pub(crate) fn for_each_id(&self, lemma: &str, mut visit: impl FnMut(usize, f32)) {
        let _: ControlFlow<()> = self.neighbour_ids(lemma, |idx, bits| {
            visit(idx, bits);
            ControlFlow::Continue(())
        });
    }

    /// The naturals of a dictionary form as they are stored, the heaviest tier first.
    fn neighbours<T>(&self, lemma: &str, mut visit: impl FnMut(&'a str, f32) -> ControlFlow<T>) -> ControlFlow<T> {
        self.neighbour_ids(lemma, |idx, bits| visit(self.word(idx), bits))
    }

    fn neighbour_ids<T>(&self, lemma: &str, mut visit: impl FnMut(usize, f32) -> ControlFlow<T>) -> ControlFlow<T> {
        let Some(idx) = find(self.n_words, |idx| self.word(idx), lemma) else { return ControlFlow::Continue(()) };
        let list = self.lists.get(self.place(idx).1).unwrap_or_default();
        let mut bits = Bits::new(list);
        let n_tiers = if list.is_empty() { 0 } else { bits.number(3) + 1 };
        for tier in 0..n_tiers {
            let n_members = bits.number(8);
            let width = if n_members == 0 { 0 } else { bits.number(4) };
            let mut word = 0;
            for _ in 0..n_members {
                word += bits.rice(width);
                visit(word, -BITS_A_TIER * tier as f32)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn word(&self, idx: usize) -> &'a str {
        let text = self.texts.get(self.place(idx).0).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// Where a word's text and its list stand.
    fn place(&self, idx: usize) -> (Range<usize>, Range<usize>) {
        let start = |which: usize| u32_at(self.index, idx / BLOCK * INDEX_BYTES + which * 4) as usize;
        let (mut text, mut list) = (start(0)..start(0), start(1)..start(1));
        let block = idx / BLOCK * BLOCK..idx + 1;
        let lengths = self.lengths.get(block.start * LENGTHS_BYTES..block.end * LENGTHS_BYTES).unwrap_or_default();
        for lengths in lengths.chunks_exact(LENGTHS_BYTES) {
            text = text.end..text.end + usize::from(lengths[0]);
            list = list.end..list.end + usize::from(u16::from_le_bytes([lengths[1], lengths[2]]));
        }
        (text, list)
    }
}

/// The dictionary forms that a surface can be, each once.
fn readings(surface: &str) -> Vec<(String, Pos, Form)> {
    let mut readings: Vec<(String, Pos, Form)> = Vec::new();
    let mut add = |reading: (String, Pos, Form)| {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    };
    if let Some((first, rest)) = surface.split_once(' ') {
        // A verb phrase inflects its first word, a noun phrase its last.
        for_each_lemma(first, |lemma, pos, form| {
            if pos == Pos::Verb {
                add((format!("{lemma} {rest}"), pos, form));
            }
        });
        let (start, last) = surface.rsplit_once(' ').unwrap_or((first, rest));
        for_each_lemma(last, |lemma, pos, form| {
            if pos == Pos::Noun {
                add((format!("{start} {lemma}"), pos, form));
            }
        });
        for pos in [Pos::Adjective, Pos::Adverb] {
            add((surface.to_owned(), pos, Form::Base));
        }
        return readings;
    }
    for_each_lemma(surface, |lemma, pos, form| add((lemma.to_owned(), pos, form)));
    readings
}

/// Whether a natural phrase can stand where a word of this class stands: its head can be of the class.
fn fits(phrase: &str, pos: Pos) -> bool {
    let head = match pos {
        Pos::Verb => phrase.split(' ').next(),
        _ => phrase.rsplit(' ').next(),
    };
    let head = head.unwrap_or(phrase);
    if matches!(pos, Pos::Adjective | Pos::Adverb) && head.len() < phrase.len() {
        // "out of the ordinary": no head to look at, so the thesaurus is believed.
        return true;
    }
    possible_pos(head).contains(pos)
}

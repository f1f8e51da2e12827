//! Words to word pieces (WordPiece, uncased), each with the case of the run of letters it is cut from.

use std::collections::HashMap;

use rten_text::models::{Model, WordPiece, WordPieceOptions};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What marks the start and the end of a window, and that nothing stood at a place.
const START: &str = "[CLS]";
const END: &str = "[SEP]";
const NOTHING: &str = "[MASK]";

pub(super) struct Pieces {
    model: WordPiece,
    texts: Vec<&'static str>,
    start: u32,
    end: u32,
    nothing: u32,
}

impl Pieces {
    pub(super) fn new(vocabulary: &'static str) -> Result<Pieces, &'static str> {
        let texts: Vec<&'static str> = vocabulary.lines().collect();
        let ids: HashMap<String, u32> = texts.iter().zip(0..).map(|(&text, id)| (text.to_owned(), id)).collect();
        let special = |name: &str| ids.get(name).copied().ok_or("the vocabulary lacks the marks of a window");
        let (start, end, nothing) = (special(START)?, special(END)?, special(NOTHING)?);
        let model = WordPiece::from_vocab(ids, WordPieceOptions::default());
        Ok(Pieces { model, texts, start, end, nothing })
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(super) fn start(&self) -> (u32, u8) {
        (self.start, 0)
    }

    pub(super) fn end(&self) -> (u32, u8) {
        (self.end, 0)
    }

    pub(super) fn nothing(&self) -> u32 {
        self.nothing
    }

    /// The text of a piece.
    pub(super) fn text(&self, piece: u32) -> &'static str {
        self.texts[piece as usize]
    }

    /// Whether a piece is a word by itself.
    pub(super) fn is_word(&self, piece: u32) -> bool {
        let text = self.text(piece);
        text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_lowercase())
    }

    /// The first piece of a phrase.
    pub(super) fn first(&self, phrase: &str) -> Option<u32> {
        self.cut(phrase.split_whitespace().next()?).first().map(|&(piece, _)| piece)
    }

    /// A word's pieces with their cases: 0 no capital, 1 only the first letter, 2 all of several, 3 mixed.
    pub(super) fn cut(&self, word: &str) -> Vec<(u32, u8)> {
        let mut pieces = Vec::new();
        for run in runs(word) {
            let plain: String =
                run.chars().flat_map(char::to_lowercase).nfd().filter(|letter| !is_dropped(*letter)).collect();
            let case = case(run);
            // The library's own normaliser loses track of characters that vanish (0.27), so the model is asked without it. It refuses
            // nothing but a vocabulary without [UNK].
            let _ = self.model.encode_with_offsets(&plain, &mut |_, piece| pieces.push((piece, case)));
        }
        pieces
    }
}

/// What the base model's own normaliser takes away: accents and characters that nobody sees.
fn is_dropped(letter: char) -> bool {
    is_combining_mark(letter)
        || letter.is_control()
        || matches!(letter, '\u{fffd}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Runs of letters and digits, and every other character by itself.
fn runs(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if first.is_alphanumeric() {
            rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (run, tail) = rest.split_at(end);
        rest = tail;
        Some(run)
    })
}

fn case(run: &str) -> u8 {
    let letters = run.chars().filter(|letter| letter.is_alphabetic()).count();
    let capitals = run.chars().filter(|letter| letter.is_uppercase()).count();
    let first_is_capital = run.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase);
    match capitals {
        0 => 0,
        1 if first_is_capital => 1,
        _ if capitals == letters => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_belongs_to_a_run_of_letters() {
        let cases: Vec<(&str, u8)> = runs("Russian-occupied").map(|run| (run, case(run))).collect();
        assert_eq!(cases, [("Russian", 1), ("-", 0), ("occupied", 0)]);
        assert_eq!([case("NATO"), case("iPhone"), case("A"), case("5G"), case("MacDonald")], [2, 3, 1, 1, 3]);
    }
}

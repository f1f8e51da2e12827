//! Keys: how a phrase is spelt inside the table, whatever its capitals, apostrophes and hyphens in the text.

use std::ops::Range;

/// A token of one sentence: a word, a number or a mark of punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// The bytes of the text.
    pub text: &'a str,
    /// Where they stand, in any one coordinate system of the caller (bytes of the sentence, of the block, …).
    pub range: Range<usize>,
}

/// Cuts a phrase of the sources into tokens by the rule of the text crate, as far as a phrase needs it.
///
/// A word keeps its inner apostrophes and hyphens ("they're", "self-declared") and the dots of initials ("p.c", "U.S.");
/// a number keeps its inner dots and commas and its suffix ("1,200", "21st", "1000's"); anything else is one mark a token.
/// Ranges count from the start of `text`.
#[must_use]
pub fn key_tokens(text: &str) -> Vec<Word<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |idx: usize| chars.get(idx).map(|&(_, character)| character);
    let mut words = Vec::new();
    let mut idx = 0;
    while let Some(first) = at(idx) {
        let start = idx;
        idx += 1;
        if first.is_whitespace() {
            continue;
        }
        if first.is_alphanumeric() {
            // Where the part of a word between two dots started: initials have parts of one letter.
            let mut part = start;
            let mut initials = false;
            let number = first.is_numeric();
            while let Some(character) = at(idx) {
                let next = at(idx + 1);
                let joins = match character {
                    _ if character.is_alphanumeric() => true,
                    '\'' | '’' | '-' | '‑' => next.is_some_and(char::is_alphanumeric),
                    ',' => number && next.is_some_and(char::is_numeric),
                    '.' if number => next.is_some_and(char::is_numeric),
                    '.' if idx == part + 1 => {
                        let inner =
                            next.is_some_and(char::is_alphabetic) && !at(idx + 2).is_some_and(char::is_alphanumeric);
                        part = idx + 1;
                        initials |= inner;
                        inner || initials
                    }
                    _ => false,
                };
                if !joins {
                    break;
                }
                idx += 1;
                if character == '.' && !number && !at(idx).is_some_and(char::is_alphabetic) {
                    break;
                }
            }
        } else if matches!(first, '.' | '-' | '–' | '—') {
            while at(idx) == Some(first) {
                idx += 1;
            }
        }
        let from = chars[start].0;
        let to = chars.get(idx).map_or(text.len(), |&(offset, _)| offset);
        words.push(Word { text: &text[from..to], range: from..to });
    }
    words
}

/// The key of a phrase: its tokens' keys joined by one space.
#[must_use]
pub fn key(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    for word in key_tokens(phrase) {
        if !out.is_empty() {
            out.push(' ');
        }
        push_token_key(word.text, &mut out);
    }
    out
}

/// Appends the key of one token: lower case, straight apostrophes, a space for each inner hyphen, no last dot of initials.
///
/// A hyphen is a space so that "self-declared" and "self declared" are one phrase, in one token or in two.
pub(crate) fn push_token_key(token: &str, out: &mut String) {
    // An abbreviation's dot may be the sentence's full stop as well, and only some tokenisers keep it.
    let token = match token.strip_suffix('.') {
        Some(rest) if rest.chars().any(char::is_alphabetic) => rest,
        _ => token,
    };
    for (idx, character) in token.char_indices() {
        match character {
            '’' | '‘' | 'ʼ' => out.push('\''),
            '-' | '‑' if 0 < idx => out.push(' '),
            _ if character.is_ascii() => out.push(character.to_ascii_lowercase()),
            _ => out.extend(character.to_lowercase()),
        }
    }
}

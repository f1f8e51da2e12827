//! One sentence's tokens with their keys, made once for all that looks at them.

use crate::key::{Word, push_token_key};

/// Tokens and their keys. Lives as long as one call.
pub(crate) struct Sentence<'a> {
    pub(crate) tokens: &'a [Word<'a>],
    keys: String,
    /// Where each token's key ends in `keys`.
    ends: Vec<usize>,
}

impl<'a> Sentence<'a> {
    pub(crate) fn new(tokens: &'a [Word<'a>]) -> Self {
        let mut keys = String::with_capacity(tokens.len() * 6);
        let mut ends = Vec::with_capacity(tokens.len());
        for word in tokens {
            push_token_key(word.text, &mut keys);
            ends.push(keys.len());
        }
        Self { tokens, keys, ends }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn text(&self, idx: usize) -> &'a str {
        self.tokens[idx].text
    }

    /// Lower case, straight apostrophes, a space for a hyphen.
    pub(crate) fn key(&self, idx: usize) -> &str {
        let start = if idx == 0 { 0 } else { self.ends[idx - 1] };
        &self.keys[start..self.ends[idx]]
    }

    /// No white space between this token and the next one.
    pub(crate) fn touches_next(&self, idx: usize) -> bool {
        self.tokens.get(idx + 1).is_some_and(|next| next.range.start == self.tokens[idx].range.end)
    }

    pub(crate) fn is_punctuation(&self, idx: usize) -> bool {
        !self.text(idx).chars().any(char::is_alphanumeric)
            && !matches!(self.text(idx), "$" | "€" | "£" | "%" | "&" | "+" | "=" | "#")
    }

    pub(crate) fn is_quote(&self, idx: usize) -> bool {
        matches!(self.text(idx), "\"" | "“" | "”" | "„" | "«" | "»" | "'" | "‘" | "’" | "``" | "''")
    }

    /// A capital here says nothing: the sentence, or a quotation in it, starts here.
    pub(crate) fn starts_clause(&self, idx: usize) -> bool {
        match idx.checked_sub(1) {
            None => true,
            Some(before) => {
                self.is_quote(before)
                    || matches!(self.text(before), ":" | "(" | "•" | "*")
                    || (before == 0 && self.is_punctuation(0))
            }
        }
    }
}

pub(crate) fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// At least two letters, all of them capitals ("NATO", "U.S.").
pub(crate) fn is_acronym(word: &str) -> bool {
    let mut n_letters = 0;
    for letter in word.chars().filter(|character| character.is_alphabetic()) {
        if !letter.is_uppercase() {
            return false;
        }
        n_letters += 1;
    }
    2 <= n_letters
}

//! Words, numbers, marks: the tokens of a block's prose.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::abbreviations;
use crate::quotations::{MarkRole, Roles};
use crate::{Token, TokenKind};

/// Cuts prose into tokens. White space, control and format characters between them belong to none.
pub(crate) fn find(prose: &str, opaque: &[Range<usize>], roles: &Roles) -> Vec<Token> {
    // Six bytes a token, blank included, is what English news has.
    let mut tokens = Vec::with_capacity(prose.len() / 5 + 1);
    let mut opaque = opaque.iter().peekable();
    let cursor = Cursor { prose, roles };
    let mut at = 0;
    while at < prose.len() {
        if let Some(range) = opaque.next_if(|range| range.start == at) {
            tokens.push(Token { range: range.clone(), kind: TokenKind::Opaque });
            at = range.end;
            continue;
        }
        if prose.as_bytes()[at] == b' ' {
            at += 1;
            continue;
        }
        let limit = opaque.peek().map_or(prose.len(), |range| range.start);
        let (end, kind) = cursor.token(at, limit);
        if let Some(kind) = kind {
            tokens.push(Token { range: at..end, kind });
        }
        at = end;
    }
    tokens
}

struct Cursor<'a> {
    prose: &'a str,
    roles: &'a Roles,
}

impl Cursor<'_> {
    /// The token that starts at `at`, ending at `limit` at the latest; no kind for what is white space or invisible.
    fn token(&self, at: usize, limit: usize) -> (usize, Option<TokenKind>) {
        let first = char_at(self.prose, at).expect("the caller stops at the end of the prose");
        let next = at + first.len_utf8();
        match class(first) {
            Class::Blank | Class::Invisible => (next, None),
            Class::Letter => self.word(at, limit),
            Class::Digit => self.number(at, limit),
            Class::Apostrophe if self.roles.get(at) == MarkRole::Apostrophe && self.starts_word(next, limit) => {
                self.token(next, limit)
            }
            Class::Apostrophe if self.roles.get(at) == MarkRole::Prime => (next, Some(TokenKind::Symbol)),
            Class::Apostrophe => (next, Some(TokenKind::Punctuation)),
            Class::Dot => (self.ellipsis(at, limit), Some(TokenKind::Punctuation)),
            Class::Dash => (self.run(at, limit, |other| class(other) == Class::Dash), Some(TokenKind::Punctuation)),
            Class::Punctuation if self.roles.get(at) == MarkRole::Prime => (next, Some(TokenKind::Symbol)),
            Class::Punctuation => (next, Some(TokenKind::Punctuation)),
            Class::Symbol => (self.cluster(at, next, limit), Some(TokenKind::Symbol)),
        }
    }

    /// A clipped word or year keeps its apostrophe ("’tis", "’90s").
    fn starts_word(&self, at: usize, limit: usize) -> bool {
        at < limit && char_at(self.prose, at).is_some_and(|next| matches!(class(next), Class::Letter | Class::Digit))
    }

    fn word(&self, start: usize, limit: usize) -> (usize, Option<TokenKind>) {
        let mut segment = start; // start of the part after the last dot
        let mut at = start;
        while at < limit {
            let byte = self.prose.as_bytes()[at];
            if byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let Some(this) = char_at(self.prose, at) else { break };
            let next = at + this.len_utf8();
            match class(this) {
                Class::Letter | Class::Digit | Class::Invisible => at = next,
                // Inside a word, or at its end ("James’").
                Class::Apostrophe if self.roles.get(at) == MarkRole::Apostrophe => at = next,
                Class::Dash if is_hyphen(this) && self.alphanumeric(next, limit) => at = next,
                Class::Dot if this == '.' && self.inner_dot(segment, at, limit) => {
                    at = next;
                    segment = next;
                }
                Class::Symbol if this == '&' && self.ampersand(at, next, limit) => at = next,
                Class::Punctuation if this == '_' => at = next,
                _ => break,
            }
        }
        // A trailing format character (a right-to-left mark, say) is not part of the word.
        let at = self.trim_invisible(start, at);
        let bytes = &self.prose.as_bytes()[..limit];
        if bytes.get(at) == Some(&b'.') && bytes.get(at + 1) != Some(&b'.') {
            let word = &self.prose[start..at];
            let initials = segment > start && at - segment == 1;
            if initials || abbreviations::keeps_dot(word, &self.prose[at + 1..]) {
                return (at + 1, Some(TokenKind::Word));
            }
        }
        (at, Some(TokenKind::Word))
    }

    fn number(&self, start: usize, limit: usize) -> (usize, Option<TokenKind>) {
        let mut at = start;
        let mut in_suffix = false;
        while at < limit {
            let Some(this) = char_at(self.prose, at) else { break };
            let next = at + this.len_utf8();
            match class(this) {
                Class::Digit => at = next,
                Class::Letter => {
                    in_suffix = true;
                    at = next;
                }
                Class::Invisible if self.alphanumeric(next, limit) => at = next,
                Class::Dot | Class::Punctuation
                    if !in_suffix && matches!(this, '.' | ',' | ':') && self.digit(next, limit) =>
                {
                    at = next;
                }
                // "20-year-old" is an adjective.
                Class::Dash if is_hyphen(this) && self.letter(next, limit) => {
                    let (end, _) = self.word(next, limit);
                    return (end, Some(TokenKind::Word));
                }
                // "1990’s"
                Class::Apostrophe if self.roles.get(at) == MarkRole::Apostrophe && self.letter(next, limit) => {
                    at = next
                }
                _ => break,
            }
        }
        (at.max(start + 1), Some(TokenKind::Number))
    }

    fn trim_invisible(&self, start: usize, end: usize) -> usize {
        if self.prose.as_bytes()[end - 1].is_ascii_alphanumeric() {
            return end;
        }
        let word = &self.prose[start..end];
        start + word.trim_end_matches(|last| class(last) == Class::Invisible).len()
    }

    /// A dot inside a word: of initials ("U.S", "Ph.D"), of a cut-off word ("p.c", "eight.6"), of a name ("Amazon.com").
    ///
    /// Not the dot between two sentences with the blank left out ("left.The").
    fn inner_dot(&self, segment: usize, dot: usize, limit: usize) -> bool {
        let Some(right) = char_at(&self.prose[..limit], dot + 1) else { return false };
        if right.is_numeric() || right.is_lowercase() {
            return true;
        }
        if !right.is_alphabetic() || self.prose[segment..dot].chars().nth(2).is_some() {
            return false;
        }
        let after = dot + 1 + right.len_utf8();
        !self.letter(after, limit)
    }

    fn ampersand(&self, at: usize, next: usize, limit: usize) -> bool {
        self.prose[..at].chars().next_back().is_some_and(char::is_uppercase)
            && char_at(&self.prose[..limit], next).is_some_and(char::is_uppercase)
    }

    fn ellipsis(&self, at: usize, limit: usize) -> usize {
        let end = self.run(at, limit, |other| class(other) == Class::Dot);
        if end - at > 1 || !self.prose[at..].starts_with('.') {
            return end;
        }
        // ". . ."
        let mut end = end;
        let mut dots = 1;
        while let Some(rest) = self.prose[end..limit].strip_prefix([' ', '\u{a0}']) {
            if !rest.starts_with('.') {
                break;
            }
            end = limit - rest.len() + 1;
            dots += 1;
        }
        if dots >= 3 { end } else { at + 1 }
    }

    fn run(&self, at: usize, limit: usize, same: impl Fn(char) -> bool) -> usize {
        let rest = &self.prose[at..limit];
        at + rest.find(|other| !same(other)).unwrap_or(rest.len())
    }

    /// An emoji with its modifiers is one token.
    fn cluster(&self, at: usize, next: usize, limit: usize) -> usize {
        if self.prose.as_bytes()[at].is_ascii() {
            return next;
        }
        // No cluster that means anything is longer; without a bound a run of joiners would be read again and again.
        const CLUSTER_BYTES_MAX: usize = 64;
        let end = floor_char_boundary(self.prose, limit.min(at + CLUSTER_BYTES_MAX)).max(next);
        at + self.prose[at..end].graphemes(true).next().map_or(next - at, str::len)
    }

    fn letter(&self, at: usize, limit: usize) -> bool {
        char_at(&self.prose[..limit], at).is_some_and(|this| class(this) == Class::Letter)
    }

    fn digit(&self, at: usize, limit: usize) -> bool {
        char_at(&self.prose[..limit], at).is_some_and(|this| class(this) == Class::Digit)
    }

    fn alphanumeric(&self, at: usize, limit: usize) -> bool {
        self.letter(at, limit) || self.digit(at, limit)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Letter,
    Digit,
    Blank,
    /// Control and format characters, which nobody sees.
    Invisible,
    Apostrophe,
    Dot,
    Dash,
    Punctuation,
    Symbol,
}

pub(crate) fn class(this: char) -> Class {
    match this {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        ' ' | '\t'..='\r' | '\u{85}' | '\u{a0}' => Class::Blank,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Class::Invisible,
        '\'' | '‘' | '’' | '‛' => Class::Apostrophe,
        '.' | '…' | '‥' => Class::Dot,
        '-' | '‐'..='―' | '−' | '⸺' | '⸻' => Class::Dash,
        ',' | ';' | ':' | '!' | '?' | '"' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '_' => Class::Punctuation,
        '\0'..='~' => Class::Symbol,
        '«' | '»' | '¡' | '¿' | '§' | '¶' | '·' => Class::Punctuation,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
            Class::Invisible
        }
        '\u{fe00}'..='\u{fe0f}' => Class::Invisible,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => {
            Class::Letter
        }
        '\u{2016}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}' => {
            Class::Punctuation
        }
        '\u{2e00}'..='\u{2e7f}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' => {
            Class::Punctuation
        }
        _ if this.is_alphabetic() => Class::Letter,
        _ if this.is_numeric() => Class::Digit,
        _ if this.is_whitespace() => Class::Blank,
        _ => Class::Symbol,
    }
}

pub(crate) fn is_hyphen(this: char) -> bool {
    matches!(this, '-' | '\u{2010}' | '\u{2011}')
}

pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

pub(crate) fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

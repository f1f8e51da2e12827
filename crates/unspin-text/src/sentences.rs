//! Where sentences end.
//!
//! Every full stop, question mark, exclamation mark and ellipsis is a candidate; what stands before and after it decides.
//! A decision looks at a bounded number of tokens around the candidate, so that the whole is linear.

use crate::abbreviations::{self, Abbreviation};
use crate::quotations::{MarkRole, Roles};
use crate::tokens::{Class, class};
use crate::{Sentence, Token, TokenKind};

/// How many tokens after a quotation may be the speaker's name and title before a verb of saying must have come.
const SPEAKER_TOKENS_MAX: usize = 6;

/// Cuts a block into sentences. Every token is in one.
pub(crate) fn find(prose: &str, tokens: &[Token], roles: &Roles) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 20 + 1);
    let has_breaks = prose.contains('\n');
    let mut scan = Scan { prose, tokens, roles, has_breaks, start: 0, brackets: Vec::new() };
    let mut idx = 0;
    while idx < tokens.len() {
        scan.bracket(idx);
        if let Some(end) = scan.end_at(idx) {
            sentences.push(scan.sentence(end));
            scan.start = end;
            scan.brackets.clear();
            idx = end;
        } else {
            idx += 1;
        }
    }
    if scan.start < tokens.len() {
        sentences.push(scan.sentence(tokens.len()));
    }
    sentences
}

struct Scan<'a> {
    prose: &'a str,
    tokens: &'a [Token],
    roles: &'a Roles,
    /// There are line breaks in the prose at all.
    has_breaks: bool,
    /// First token of the sentence at hand.
    start: usize,
    /// Open brackets of the sentence at hand, as indices of tokens.
    brackets: Vec<usize>,
}

/// Brackets open at the same time; more are soup.
const BRACKET_DEPTH_MAX: usize = 16;
/// A bracket that has been open for longer was never meant to close.
const BRACKET_TOKENS_MAX: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terminator {
    Stop,
    /// A question or exclamation mark.
    Mark,
    Ellipsis,
    /// The dot of an abbreviation or of initials.
    Abbreviated,
}

impl Scan<'_> {
    /// If a sentence ends at or right behind this token: the index of the first token of the next one.
    fn end_at(&self, idx: usize) -> Option<usize> {
        if idx > self.start && self.hard_break(idx) {
            return Some(idx);
        }
        let terminator = self.terminator(idx)?;
        let (next, quoted) = self.absorb(idx + 1);
        if next >= self.tokens.len() {
            return Some(next);
        }
        if !self.blank_between(next - 1, next) {
            return (terminator == Terminator::Stop && self.blank_left_out(idx, next)).then_some(next);
        }
        if self.only_enumerates(idx) || self.inside_brackets(idx, next) {
            return None;
        }
        let ends = match terminator {
            Terminator::Abbreviated => self.abbreviation_ends(idx, next, quoted),
            Terminator::Stop => self.stop_ends(idx, next, quoted),
            Terminator::Mark => self.mark_ends(idx, next, quoted),
            Terminator::Ellipsis => self.ellipsis_ends(idx, next),
        };
        ends.then_some(next)
    }

    fn terminator(&self, idx: usize) -> Option<Terminator> {
        let token = &self.tokens[idx];
        match token.kind {
            TokenKind::Punctuation => match self.text(idx) {
                "." | "。" | "．" => Some(Terminator::Stop),
                "?" | "!" | "‽" | "⁇" | "⁈" | "⁉" | "‼" | "？" | "！" => Some(Terminator::Mark),
                other if other.starts_with(['.', '…', '‥']) => Some(Terminator::Ellipsis),
                _ => None,
            },
            TokenKind::Word if self.prose.as_bytes()[token.range.end - 1] == b'.' => Some(Terminator::Abbreviated),
            _ => None,
        }
    }

    /// What still belongs to the sentence behind its mark: more marks, closing quotation marks and brackets, "[12]".
    fn absorb(&self, from: usize) -> (usize, bool) {
        let mut quoted = false;
        let mut next = from;
        while next < self.tokens.len() && !self.hard_break(next) {
            let text = self.text(next);
            let close = match self.tokens[next].kind {
                TokenKind::Punctuation if self.closes(next) => {
                    quoted = true;
                    true
                }
                TokenKind::Punctuation => {
                    !self.blank_between(next - 1, next)
                        && matches!(text, ")" | "]" | "}" | "." | "!" | "?" | "…" | "...")
                }
                TokenKind::Opaque => text.starts_with('[') && text.ends_with(']'),
                _ => false,
            };
            if !close {
                break;
            }
            next += 1;
        }
        (next, quoted)
    }

    fn closes(&self, idx: usize) -> bool {
        let text = self.text(idx);
        let quote = matches!(text, "\"" | "'" | "“" | "”" | "‘" | "’" | "«" | "»" | "›" | "‹");
        quote
            && match self.roles.get(self.tokens[idx].range.start) {
                MarkRole::Close => true,
                MarkRole::Stray => !self.blank_between(idx - 1, idx),
                _ => false,
            }
    }

    fn stop_ends(&self, idx: usize, next: usize, quoted: bool) -> bool {
        match self.opening(next) {
            Opening::Capital(word) => !(quoted && self.is_attribution(word, true)),
            Opening::Odd => true,
            Opening::Number | Opening::Other => true,
            Opening::Lower(_) => !quoted && self.long_lower_word(idx),
            Opening::Joint => false,
        }
    }

    /// Before this full stop stands a word that is no abbreviation of anything: where the next sentence has lost its
    /// capital, the stop still ends this one.
    fn long_lower_word(&self, stop: usize) -> bool {
        const LONG_BYTES_MIN: usize = 5;
        stop > self.start
            && self.tokens[stop - 1].kind == TokenKind::Word
            && self.tokens[stop - 1].range.end == self.tokens[stop].range.start
            && self.text(stop - 1).len() >= LONG_BYTES_MIN
            && self.text(stop - 1).bytes().all(|letter| letter.is_ascii_lowercase())
    }

    fn mark_ends(&self, idx: usize, next: usize, quoted: bool) -> bool {
        if self.text(idx) == "!"
            && idx > 0
            && matches!(self.text(idx - 1), "Yahoo" | "Jeopardy" | "Oklahoma")
            && !quoted
        {
            return self.starter(next);
        }
        match self.opening(next) {
            Opening::Capital(word) => !(quoted && self.is_attribution(word, false)),
            Opening::Odd => !quoted,
            Opening::Number | Opening::Other => true,
            Opening::Lower(_) | Opening::Joint => false,
        }
    }

    fn ellipsis_ends(&self, idx: usize, next: usize) -> bool {
        // "... And then" begins a sentence, it does not end one.
        if (self.start..idx).all(|idx| self.tokens[idx].kind == TokenKind::Punctuation) {
            return false;
        }
        match self.opening(next) {
            Opening::Capital(word) => {
                !(self.text(word) == "I" || self.text(word).starts_with("I’") || self.text(word).starts_with("I'"))
            }
            Opening::Odd => false,
            Opening::Number | Opening::Joint | Opening::Lower(_) => false,
            Opening::Other => false,
        }
    }

    fn abbreviation_ends(&self, idx: usize, next: usize, quoted: bool) -> bool {
        let word = self.text(idx);
        let Opening::Capital(first) = self.opening(next) else {
            return quoted && matches!(self.opening(next), Opening::Number | Opening::Other);
        };
        let opens_quotation = self.roles.get(self.tokens[next].range.start) == MarkRole::Open;
        let starter = abbreviations::is_starter(self.text(first));
        if quoted {
            return !self.is_attribution(first, true);
        }
        match abbreviations::classify(word.strip_suffix('.').unwrap_or(word)) {
            Some(Abbreviation::Title) => {
                // "on Main St. He left": a street, not a saint.
                starter && matches!(word, "St." | "Ft." | "Mt.") && idx > self.start && self.capital(idx - 1)
            }
            Some(Abbreviation::BeforeNumber | Abbreviation::Inside) => false,
            Some(Abbreviation::Date) => starter,
            Some(Abbreviation::Hour) => {
                let next_word = self.text(first);
                !abbreviations::is_calendar(next_word) || opens_quotation
            }
            Some(Abbreviation::Measure) => true,
            Some(Abbreviation::State) => {
                let after_place = idx == self.start || self.text(idx - 1) == ",";
                let is_word = !after_place && matches!(word, "Mass." | "Wash." | "Miss." | "Ill.");
                starter || opens_quotation || is_word
            }
            Some(Abbreviation::Final) => starter || opens_quotation,
            // Initials. One letter is part of a name, several may be a country.
            None if word.chars().count() == 2 => false,
            // "8.6 p.c. Prices rose": no country, no name.
            None if word.starts_with(char::is_lowercase) => true,
            None => starter || opens_quotation,
        }
    }

    /// How the text goes on at a token, marks of opening passed over.
    fn opening(&self, next: usize) -> Opening {
        let mut idx = next;
        while idx < self.tokens.len() && idx < next + 4 {
            let text = self.text(idx);
            match self.tokens[idx].kind {
                TokenKind::Word => return self.word_opening(idx),
                TokenKind::Number => return Opening::Number,
                TokenKind::Opaque => return Opening::Other,
                TokenKind::Symbol => return Opening::Other,
                TokenKind::Punctuation if matches!(text, "," | ";" | ":" | "." | "?" | "!" | ")" | "]" | "}" | "/") => {
                    return Opening::Joint;
                }
                TokenKind::Punctuation => {
                    let this = text.chars().next().unwrap_or(' ');
                    if class(this) == Class::Dash {
                        return match self.word_after(idx) {
                            // "He left. – Reuters"
                            Some(after) if self.capital(after) => Opening::Other,
                            None if self.tokens.get(idx + 1).is_some_and(|after| after.kind == TokenKind::Number) => {
                                Opening::Other
                            }
                            _ => Opening::Joint,
                        };
                    }
                    if class(this) == Class::Dot {
                        return if self.word_after(idx).is_some_and(|after| self.capital(after)) {
                            Opening::Other
                        } else {
                            Opening::Joint
                        };
                    }
                }
            }
            idx += 1;
        }
        Opening::Other
    }

    fn word_opening(&self, idx: usize) -> Opening {
        let word = self.text(idx);
        let mut letters = word.chars().skip_while(|letter| !letter.is_alphanumeric());
        let Some(first) = letters.next() else { return Opening::Other };
        if first.is_numeric() {
            return Opening::Number;
        }
        if !first.is_lowercase() {
            return Opening::Capital(idx);
        }
        // "iPhone", "eBay", "al-Qaeda", "de Gaulle".
        let brand = letters.next().is_some_and(char::is_uppercase);
        let particle = ["al-", "el-", "ash-"].iter().any(|particle| word.starts_with(particle))
            || matches!(word, "bin" | "de" | "von" | "van" | "al" | "el" | "da" | "di" | "du" | "la" | "le")
                && self.word_after(idx).is_some_and(|after| after == idx + 1 && self.capital(after));
        if brand || particle { Opening::Odd } else { Opening::Lower(idx) }
    }

    fn word_after(&self, idx: usize) -> Option<usize> {
        let next = idx + 1;
        self.tokens.get(next).is_some_and(|token| token.kind == TokenKind::Word).then_some(next)
    }

    /// Whether what begins at this word says who spoke the quotation before: “Why now?” Mr. Zinberg asked.
    ///
    /// After a full stop inside the marks (`strict`) the verb must end the sentence, for there a new one is likely.
    fn is_attribution(&self, word: usize, strict: bool) -> bool {
        let mut idx = word;
        while idx < self.tokens.len() && idx < word + SPEAKER_TOKENS_MAX {
            let text = self.text(idx);
            if idx > word && is_verb_of_saying(text) {
                let after = self.tokens.get(idx + 1).map(|_| self.text(idx + 1));
                return match after {
                    None => true,
                    Some("." | "!" | "?") => true,
                    Some("," | ";") => !strict,
                    Some(after) => {
                        !strict
                            && !matches!(
                                after,
                                "that" | "he" | "she" | "it" | "they" | "the" | "a" | "his" | "her" | ":"
                            )
                    }
                };
            }
            if text == "," && idx > word {
                return !strict && self.apposition(idx).is_some_and(|verb| is_verb_of_saying(self.text(verb)));
            }
            let name = self.capital(idx)
                && (matches!(text, "The" | "One" | "Another" | "I") || !abbreviations::is_starter(text));
            let title = self.tokens[idx].kind == TokenKind::Word
                && idx > word
                && !matches!(text, "is" | "was" | "are" | "were" | "has" | "had");
            if !(name || title) {
                return false;
            }
            idx += 1;
        }
        false
    }

    /// The token behind an apposition: “…?” Mr. Otto, a former adviser, **asked**.
    fn apposition(&self, comma: usize) -> Option<usize> {
        const APPOSITION_TOKENS_MAX: usize = 12;
        let end = self.tokens.len().min(comma + APPOSITION_TOKENS_MAX);
        let close = (comma + 1..end).find(|&idx| self.text(idx) == "," || self.terminator(idx).is_some())?;
        (self.text(close) == ",").then_some(close + 1).filter(|&verb| verb < self.tokens.len())
    }

    /// The blank after a full stop was left out: "left.The".
    fn blank_left_out(&self, idx: usize, next: usize) -> bool {
        // After a name only a word that begins sentences will do: "Netflix.The", but "Node.Js".
        let name = idx > self.start && self.text(idx - 1).starts_with(char::is_uppercase);
        next == idx + 1
            && idx > self.start
            && (!name || self.starter(next))
            && self.tokens[idx - 1].kind == TokenKind::Word
            && self.tokens[idx - 1].range.end == self.tokens[idx].range.start
            && self.text(idx - 1).chars().nth(1).is_some()
            && self.text(idx - 1).chars().skip(1).all(char::is_lowercase)
            && self.tokens[next].kind == TokenKind::Word
            && self.text(next).starts_with(char::is_uppercase)
            && self.text(next).chars().nth(1).is_none_or(|second| !second.is_uppercase())
            && self.tokens.get(next + 1).is_some_and(|after| after.range.start > self.tokens[next].range.end)
    }

    /// "1. Wash hands": the number that begins a block or sentence.
    fn only_enumerates(&self, idx: usize) -> bool {
        idx == self.start + 1
            && self.tokens[self.start].kind == TokenKind::Number
            && self.tokens[self.start].range.len() <= 3
            && self.text(idx) == "."
    }

    /// A stop inside brackets ends a sentence only if the brackets hold whole sentences.
    fn inside_brackets(&self, idx: usize, next: usize) -> bool {
        self.brackets.iter().any(|&open| {
            open > self.start && idx - open <= BRACKET_TOKENS_MAX && !(open..next).any(|idx| self.closes_bracket(idx))
        })
    }

    fn closes_bracket(&self, idx: usize) -> bool {
        matches!(self.text(idx), ")" | "]" | "}")
    }

    fn bracket(&mut self, idx: usize) {
        if self.tokens[idx].kind != TokenKind::Punctuation {
            return;
        }
        match self.text(idx) {
            "(" | "[" | "{" if self.brackets.len() < BRACKET_DEPTH_MAX => self.brackets.push(idx),
            ")" | "]" | "}" => {
                self.brackets.pop();
            }
            _ => {}
        }
    }

    /// A line break that markup made, where a new sentence seems to begin.
    fn hard_break(&self, idx: usize) -> bool {
        if !self.has_breaks || idx == 0 || !self.gap(idx - 1, idx).contains('\n') {
            return false;
        }
        let before = self.text(idx - 1);
        !matches!(before, "," | ";" | "—" | "–" | "-")
            && !matches!(self.opening(idx), Opening::Lower(_) | Opening::Joint)
    }

    fn starter(&self, idx: usize) -> bool {
        abbreviations::is_starter(self.text(idx))
    }

    fn capital(&self, idx: usize) -> bool {
        self.tokens[idx].kind == TokenKind::Word && self.text(idx).starts_with(char::is_uppercase)
    }

    fn blank_between(&self, left: usize, right: usize) -> bool {
        self.gap(left, right).contains(|this| class(this) == Class::Blank)
    }

    fn gap(&self, left: usize, right: usize) -> &str {
        &self.prose[self.tokens[left].range.end..self.tokens[right].range.start]
    }

    fn text(&self, idx: usize) -> &str {
        &self.prose[self.tokens[idx].range.clone()]
    }

    fn sentence(&self, end: usize) -> Sentence {
        Sentence { range: self.tokens[self.start].range.start..self.tokens[end - 1].range.end, tokens: self.start..end }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// A word with a capital, at this index.
    Capital(usize),
    Lower(usize),
    /// A name without a capital at its start.
    Odd,
    Number,
    /// A mark that goes on with the sentence.
    Joint,
    Other,
}

fn is_verb_of_saying(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "said",
        "says",
        "asked",
        "asks",
        "added",
        "adds",
        "wrote",
        "writes",
        "replied",
        "told",
        "tells",
        "wondered",
        "cried",
        "shouted",
        "exclaimed",
        "quipped",
        "joked",
        "explained",
        "insisted",
        "warned",
        "declared",
        "answered",
        "continued",
        "recalled",
        "tweeted",
        "posted",
        "remarked",
        "noted",
        "mentioned",
        "stated",
        "commented",
        "concluded",
        "argued",
        "demanded",
    ];
    VERBS.contains(&word)
}

//! The words of a clause as attribution reads them: a direct quotation counts as one word of its sentence.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use unspin_english::{Form, Pos, PosSet, WordClasses, class_of, common_pos, for_each_lemma, possible_pos};
use unspin_text::{Block, Sentence, Token, TokenKind};

use super::cues::{self, Cue};
use super::kinds;
use super::stand_ins::StandIn;

/// A line of words: a sentence with its quotations folded, or the inside of a quotation.
#[derive(Debug)]
pub(crate) struct Words<'b> {
    pub(crate) block: &'b Block,
    /// Index into the block's sentences.
    pub(crate) sentence: usize,
    /// The words stand inside a quotation.
    pub(crate) quoted: bool,
    pub(crate) items: Vec<Word<'b>>,
}

/// One word, mark or folded quotation.
#[derive(Debug)]
pub(crate) struct Word<'b> {
    pub(crate) text: &'b str,
    pub(crate) lower: Cow<'b, str>,
    /// Prose bytes of the block.
    pub(crate) range: Range<usize>,
    pub(crate) kind: WordKind,
    pub(crate) classes: WordClasses,
    pub(crate) cue: Option<Cue>,
    // The dictionary is asked once a word: the walks to the left and right pass the same words again and again.
    common: OnceCell<PosSet>,
    possible: OnceCell<PosSet>,
    surely_verb: OnceCell<bool>,
    finite_form: OnceCell<bool>,
    adverb: OnceCell<bool>,
}

/// What a word is in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordKind {
    Word,
    Number,
    Symbol,
    Comma,
    Colon,
    Semicolon,
    Dash,
    /// An opening or closing bracket.
    Bracket,
    /// A full stop, a question mark, an ellipsis, any other mark.
    Stop,
    /// Code, a formula, a citation key.
    Opaque,
    /// A whole quotation; its index in the block.
    Quote(usize),
}

impl<'b> Words<'b> {
    /// The words of a sentence outside its quotations, each quotation folded into one word.
    pub(super) fn of_sentence(
        block: &'b Block,
        sentence_idx: usize,
        sentence: &Sentence,
        stand_ins: &[StandIn],
    ) -> Words<'b> {
        let mut items: Vec<Word<'b>> = Vec::with_capacity(sentence.tokens.len());
        for token in block.sentence_tokens(sentence) {
            match outer_quotation(block, token) {
                Some(quotation) => {
                    let folded = WordKind::Quote(quotation);
                    match items.last_mut().filter(|word| word.kind == folded) {
                        Some(word) => {
                            word.range.end = token.range.end;
                            word.text = &block.prose[word.range.clone()];
                        }
                        None => {
                            let mut word = Word::new(block, token);
                            word.kind = folded;
                            word.lower = Cow::Borrowed("");
                            word.classes = WordClasses::EMPTY;
                            word.cue = None;
                            items.push(word);
                        }
                    }
                }
                None => items.push(Word::read_through(block, token, stand_ins)),
            }
        }
        name_modals(&mut items);
        Words { block, sentence: sentence_idx, quoted: false, items }
    }

    /// The words of a sentence that stand inside its quotations, a line for each quotation.
    pub(crate) fn inside_quotations(block: &'b Block, sentence_idx: usize, sentence: &Sentence) -> Vec<Words<'b>> {
        let mut lines: Vec<(usize, Words<'b>)> = Vec::new();
        for token in block.sentence_tokens(sentence) {
            let Some(quotation) = outer_quotation(block, token) else { continue };
            let inner = &block.quotations[quotation].inner;
            if token.range.start < inner.start || inner.end < token.range.end {
                continue;
            }
            if lines.last().is_none_or(|(last, _)| *last != quotation) {
                lines.push((quotation, Words { block, sentence: sentence_idx, quoted: true, items: Vec::new() }));
            }
            if let Some((_, line)) = lines.last_mut() {
                line.items.push(Word::new(block, token));
            }
        }
        lines.into_iter().map(|(_, line)| line).collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The lower-case word at a place; empty outside the line and for marks.
    pub(crate) fn lower(&self, idx: usize) -> &str {
        self.items.get(idx).map_or("", |word| &word.lower)
    }

    pub(crate) fn kind(&self, idx: usize) -> Option<WordKind> {
        self.items.get(idx).map(|word| word.kind)
    }

    pub(crate) fn has(&self, idx: usize, classes: WordClasses) -> bool {
        self.items.get(idx).is_some_and(|word| word.classes.has(classes))
    }

    /// Whether the words from `idx` on are these.
    pub(crate) fn reads(&self, idx: usize, phrase: &str) -> bool {
        let mut at = idx;
        phrase.split(' ').all(|wanted| {
            at += 1;
            self.lower(at - 1) == wanted
        })
    }

    /// Prose bytes of words.
    pub(crate) fn range(&self, words: Range<usize>) -> Range<usize> {
        if words.is_empty() {
            let at = self.items.get(words.start).map_or(0, |word| word.range.start);
            return at..at;
        }
        self.items[words.start].range.start..self.items[words.end - 1].range.end
    }

    /// "not", "never", "n't" and adverbs that may stand between a subject and its verb.
    pub(crate) fn is_adverb(&self, idx: usize) -> bool {
        self.items.get(idx).is_some_and(|word| {
            // "Skelly" is a name.
            word.kind == WordKind::Word
                && (idx == 0 || !word.is_capitalised())
                && *word.adverb.get_or_init(|| is_adverb(&word.lower))
        })
    }
}

impl<'b> Word<'b> {
    fn new(block: &'b Block, token: &Token) -> Word<'b> {
        let text = block.text(token);
        let kind = match token.kind {
            TokenKind::Word => WordKind::Word,
            TokenKind::Number => WordKind::Number,
            TokenKind::Symbol => WordKind::Symbol,
            TokenKind::Opaque => WordKind::Opaque,
            TokenKind::Punctuation => match text {
                "," => WordKind::Comma,
                ":" => WordKind::Colon,
                ";" => WordKind::Semicolon,
                "—" | "–" | "--" | "-" => WordKind::Dash,
                "(" | ")" | "[" | "]" => WordKind::Bracket,
                _ => WordKind::Stop,
            },
        };
        let mut word = Word {
            text,
            lower: Cow::Borrowed(""),
            range: token.range.clone(),
            kind,
            classes: WordClasses::EMPTY,
            cue: None,
            common: OnceCell::new(),
            possible: OnceCell::new(),
            surely_verb: OnceCell::new(),
            finite_form: OnceCell::new(),
            adverb: OnceCell::new(),
        };
        if kind == WordKind::Word {
            word.lower = lowercase(text);
            word.classes = class_of(&word.lower);
            word.cue = cues::find(&word.lower);
            // "US", "WHO", "IT": a name that only looks like a pronoun.
            if word.classes.has(WordClasses::PRONOUN | WordClasses::WH_WORD) && word.is_acronym() {
                word.lower = Cow::Borrowed(text);
                word.classes = WordClasses::EMPTY;
            }
        }
        word
    }

    /// The word, or the one that it stands for, when that one speaks or is a cue and the written one is neither.
    fn read_through(block: &'b Block, token: &Token, stand_ins: &[StandIn]) -> Word<'b> {
        let mut word = Word::new(block, token);
        if stand_ins.is_empty() || word.kind != WordKind::Word || word.cue.is_some() {
            return word;
        }
        let known = stand_ins.iter().find(|known| known.range == token.range);
        if let Some(known) = known {
            let natural = lowercase(&known.natural);
            let cue = cues::find(&natural);
            if cue.is_some() || (speaks(&natural) && !speaks(&word.lower)) {
                word.lower = Cow::Owned(natural.into_owned());
                word.classes = class_of(&word.lower);
                word.cue = cue;
            }
        }
        word
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == WordKind::Word
    }

    /// Begins with a capital.
    pub(crate) fn is_capitalised(&self) -> bool {
        let mut letters = self.text.chars();
        match (letters.next(), letters.next(), letters.next()) {
            (Some(first), _, _) if first.is_uppercase() => true,
            // "d'Errico", "al-Sadr".
            (Some(_), Some('\'' | '’'), Some(third)) => third.is_uppercase(),
            (Some(_), Some(_), Some('-')) => letters.next().is_some_and(char::is_uppercase),
            _ => false,
        }
    }

    /// Every letter is a capital, and there are two at least ("NASA", "U.S.").
    pub(crate) fn is_acronym(&self) -> bool {
        let mut capitals = 0;
        for letter in self.text.chars() {
            if letter.is_lowercase() {
                return false;
            }
            capitals += usize::from(letter.is_uppercase());
        }
        2 <= capitals
    }

    /// What the word commonly is, by the dictionary.
    pub(crate) fn pos(&self) -> PosSet {
        *self.common.get_or_init(|| common_pos(&self.lower))
    }

    /// What the word can be at all.
    pub(crate) fn possible(&self) -> PosSet {
        *self.possible.get_or_init(|| possible_pos(&self.lower))
    }

    /// It can be a past or a third-person form ("rose", "plans").
    pub(crate) fn can_be_finite(&self) -> bool {
        *self.finite_form.get_or_init(|| {
            let mut finite = false;
            for_each_lemma(&self.lower, |_, pos, form| {
                finite |= pos == Pos::Verb && matches!(form, Form::Past | Form::ThirdPerson)
            });
            finite
        })
    }

    /// A finite verb by its looks alone: an auxiliary, a cue in a finite form that is no noun, or a word that is only ever a verb.
    pub(crate) fn is_surely_verb(&self) -> bool {
        *self.surely_verb.get_or_init(|| self.looks_like_verb())
    }

    fn looks_like_verb(&self) -> bool {
        if self.kind != WordKind::Word {
            return false;
        }
        if self.classes.has(WordClasses::AUXILIARY) {
            return !self.classes.has(WordClasses::OPEN_TOO)
                && &*self.lower != "being"
                && &*self.lower != "having"
                && &*self.lower != "'s";
        }
        if self.classes.is_closed() || self.is_capitalised() || self.lower.ends_with("ing") {
            return false;
        }
        if let Some(cue) = self.cue
            && cue.is_finite()
            && !cue.is_base()
        {
            return !self.possible().contains(Pos::Noun) || matches!(&*self.lower, "says" | "said");
        }
        let pos = self.pos();
        pos == PosSet::VERB
    }
}

/// "Peter May says", "May says", "Will Smith": a modal with a capital is a name, unless it begins a question.
fn name_modals(items: &mut [Word<'_>]) {
    for idx in 0..items.len() {
        if !matches!(items[idx].text, "May" | "Will") {
            continue;
        }
        let inside = idx > 0 && matches!(items[idx - 1].kind, WordKind::Word | WordKind::Comma | WordKind::Quote(_));
        let month = items[idx].text == "May"
            && (items.get(idx + 1).is_some_and(|next| next.kind == WordKind::Number)
                || idx > 0
                    && (items[idx - 1].kind == WordKind::Number
                        || matches!(
                            &*items[idx - 1].lower,
                            "in" | "of" | "since" | "by" | "on" | "late" | "early" | "mid"
                        )));
        let speaks =
            items.get(idx + 1).is_some_and(|next| next.cue.is_some_and(|cue| cue.is_past() || cue.is_third_person()));
        if (inside || speaks) && !month {
            items[idx].classes = WordClasses::EMPTY;
        }
    }
}

/// The outermost quotation that a token stands in, its marks included.
fn outer_quotation(block: &Block, token: &Token) -> Option<usize> {
    // Few quotations a block: a scan is quicker than anything clever.
    block.quotations.iter().position(|quotation| {
        quotation.depth == 0 && quotation.range.start <= token.range.start && token.range.end <= quotation.range.end
    })
}

/// A noun of a person, a body or a document.
fn speaks(lower: &str) -> bool {
    kinds::is_person(lower) || kinds::is_body(lower) || kinds::is_document(lower)
}

/// Lower case, with typewriter apostrophes.
pub(crate) fn lowercase(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'\'') {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(
            text.chars().map(|letter| if letter == '’' { '\'' } else { letter }).flat_map(char::to_lowercase).collect(),
        )
    }
}

/// "not", "also", "quickly".
fn is_adverb(lower: &str) -> bool {
    matches!(
        lower,
        "also"
            | "not"
            | "never"
            | "n't"
            | "then"
            | "now"
            | "later"
            | "earlier"
            | "still"
            | "once"
            | "often"
            | "even"
            | "further"
            | "both"
            | "again"
            | "ever"
            | "always"
            | "already"
            | "just"
            | "only"
            | "too"
            | "long"
            | "soon"
            | "yesterday"
            | "today"
            | "tonight"
    ) || (lower.len() > 4
        && lower.ends_with("ly")
        && !matches!(
            lower,
            "family"
                | "supply"
                | "reply"
                | "italy"
                | "july"
                | "assembly"
                | "ally"
                | "rally"
                | "friendly"
                | "elderly"
                | "likely"
                | "only"
                | "early"
                | "daily"
                | "weekly"
                | "monthly"
        ))
}

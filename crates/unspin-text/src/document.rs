//! What an article is made of. Positions inside a block count from the block's start, so moving a block changes nothing in it.

use std::ops::Range;

/// How the bytes of a document are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Markup {
    /// A blank line or a line break ends a paragraph (news copy: one paragraph a line, or blank lines between).
    #[default]
    Plain,
    /// CommonMark with GFM tables, footnotes, front matter, math and inline HTML.
    Markdown,
    /// MediaWiki's markup.
    Wikitext,
}

/// An article: its blocks of prose, in the order of the source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// How the source was read.
    pub markup: Markup,
    /// Every block that holds prose. Code, front matter and the like are in none of them.
    pub blocks: Vec<Block>,
    /// Where the writer asked us to look away, sorted by start.
    pub ignores: Vec<Ignore>,
}

/// A request by the writer not to mark something (`<!-- unspin-ignore-next-line weasel-source -->`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The source bytes in which nothing shall be marked.
    pub range: Range<usize>,
    /// The rules meant; empty means all.
    pub rules: Vec<String>,
    /// The bytes of the comment itself, for messages about it.
    pub comment: Range<usize>,
}

/// What kind of thing a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A title or subheading. In plain text: a short line without a full stop at its end.
    Heading,
    /// An item of a list.
    ListItem,
    /// One cell of a table.
    TableCell,
    /// A paragraph inside a block quotation.
    Quotation,
    /// The caption of a figure, a credit line.
    Caption,
    /// The text of a footnote.
    Footnote,
}

/// A block: its prose with the markup taken out, and how to get back to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What kind of block.
    pub kind: BlockKind,
    /// The source bytes of the whole block, markup included.
    pub range: Range<usize>,
    /// The prose a reader sees: markup removed, a soft line break as one space.
    pub prose: String,
    /// How prose bytes lie in the source; sorted, covering all of `prose`.
    pub segments: Vec<Segment>,
    /// The sentences, in order, without gaps other than white space.
    pub sentences: Vec<Sentence>,
    /// All tokens of the block, in order; a sentence names its slice.
    pub tokens: Vec<Token>,
    /// Direct quotations, outer before inner, sorted by start.
    pub quotations: Vec<Quotation>,
    /// Points and spans of the prose with a meaning that markup gave them: links, citations, emphasis.
    pub annotations: Vec<Annotation>,
}

/// A run of prose bytes that stand in the source just as they are (or, when `verbatim` is false, as an escape or a line break).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// First prose byte.
    pub prose_start: usize,
    /// Length in prose bytes.
    pub prose_len: usize,
    /// First source byte, counted from the block's start.
    pub source_start: usize,
    /// Length in source bytes; equal to `prose_len` when verbatim.
    pub source_len: usize,
    /// The prose bytes equal the source bytes.
    pub verbatim: bool,
}

/// A sentence: what lies between two boundaries, white space at the edges left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Prose bytes of the block.
    pub range: Range<usize>,
    /// Indices into the block's tokens.
    pub tokens: Range<usize>,
}

/// A word, a number, a mark of punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Prose bytes of the block.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and the dots of initials ("they're", "self-declared", "U.S.", "Mr.").
    Word,
    /// Digits with their inner dots and commas, and a suffix ("1,200", "3.5", "21st", "1990s", "5m").
    Number,
    /// One mark of punctuation; an ellipsis or a dash of several characters is one token.
    Punctuation,
    /// Anything else ("$", "%", "€", an emoji).
    Symbol,
    /// Something in the prose that is no prose: inline code, a formula, an image. Never marked.
    Opaque,
}

/// A direct quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Prose bytes with both marks (or to the end of the block, when it is not closed here).
    pub range: Range<usize>,
    /// Prose bytes of the words, without the marks.
    pub inner: Range<usize>,
    /// There is a closing mark. Without one it runs on into the next paragraph, or was never closed.
    pub closed: bool,
    /// It goes on from a paragraph before: the opening mark only repeats (“…¶ “…”).
    pub continued: bool,
    /// Zero for a quotation in the text, one for one inside that, and so on.
    pub depth: u8,
}

/// Something that markup says of a place in the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Prose bytes; empty for a point (a footnote reference, a citation template).
    pub range: Range<usize>,
    /// What it is.
    pub kind: AnnotationKind,
}

/// What an annotation is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AnnotationKind {
    /// A link to another page; the target as it stands.
    Link(String),
    /// A reference, footnote mark or citation (`[^1]`, `<ref>`, `[@smith]`, `{{sfn}}`).
    Citation,
    /// A request for a source that is already there (`{{citation needed}}`, `[who?]`).
    SourceRequested,
    /// Italics or bold.
    Emphasis,
}

impl Block {
    /// The words of a token.
    ///
    /// # Panics
    /// If the token is not one of this block's.
    #[must_use]
    pub fn text(&self, token: &Token) -> &str {
        &self.prose[token.range.clone()]
    }

    /// The tokens of one sentence.
    #[must_use]
    pub fn sentence_tokens(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.clone()]
    }

    /// The smallest range of the source that holds these prose bytes, in bytes of the document.
    ///
    /// An empty prose range gives an empty source range. Markup between the pieces lies inside the result.
    #[must_use]
    pub fn source_range(&self, prose: Range<usize>) -> Range<usize> {
        let start = self.source_offset(prose.start, Side::Start);
        let end = if prose.is_empty() { start } else { self.source_offset(prose.end, Side::End) };
        self.range.start + start..self.range.start + end.max(start)
    }

    /// The pieces of the source that hold these prose bytes, markup between them left out, in bytes of the document.
    ///
    /// Sorted and disjoint. To replace a phrase, put the new words into the first piece and empty the others:
    /// no markup around or inside the phrase is touched.
    #[must_use]
    pub fn source_pieces(&self, prose: Range<usize>) -> Vec<Range<usize>> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for segment in &self.segments {
            let start = segment.prose_start.max(prose.start);
            let end = (segment.prose_start + segment.prose_len).min(prose.end);
            if start >= end {
                continue;
            }
            let source = if segment.verbatim {
                let shift = segment.source_start + self.range.start;
                start - segment.prose_start + shift..end - segment.prose_start + shift
            } else {
                let shift = segment.source_start + self.range.start;
                shift..shift + segment.source_len
            };
            match pieces.last_mut() {
                Some(last) if last.end == source.start => last.end = source.end,
                _ => pieces.push(source),
            }
        }
        pieces
    }

    fn source_offset(&self, prose: usize, side: Side) -> usize {
        // At a border between two segments the start of a range belongs to the later one, its end to the earlier one.
        let idx = match side {
            Side::Start => self.segments.partition_point(|segment| segment.prose_start + segment.prose_len <= prose),
            Side::End => self.segments.partition_point(|segment| segment.prose_start + segment.prose_len < prose),
        };
        match self.segments.get(idx).or(self.segments.last()) {
            None => 0,
            Some(segment) => {
                let into = prose.saturating_sub(segment.prose_start).min(segment.prose_len);
                if segment.verbatim {
                    segment.source_start + into
                } else if into == 0 {
                    segment.source_start
                } else {
                    segment.source_start + segment.source_len
                }
            }
        }
    }
}

enum Side {
    Start,
    End,
}

//! HTML inside other markup: which of its text is prose.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::builder::{BlockBuilder, Mark};
use crate::citations::is_source_request;
use crate::{AnnotationKind, BlockKind, RawBlock};

/// The longest tag or comment mark that is looked for; what is longer is text.
const TAG_BYTES_MAX: usize = 16 * 1024;
/// The longest name of an entity, with its ampersand and semicolon.
const ENTITY_BYTES_MAX: usize = 34;

/// A tag, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// The element's name in small letters.
    pub(crate) name: String,
    pub(crate) kind: TagKind,
    /// Everything from `<` to `>`.
    pub(crate) range: Range<usize>,
    /// What stands between the name and the end.
    pub(crate) attributes: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagKind {
    Open,
    Close,
    /// `<br/>`
    Empty,
}

/// What begins with a `<`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Tag(Tag),
    /// A comment, marks included.
    Comment(Range<usize>),
    /// Text up to here holds no tag.
    Text(usize),
}

/// Reads what begins with the `<` at `at`.
pub(crate) fn item(source: &str, at: usize, limit: usize) -> Item {
    let bytes = &source.as_bytes()[..limit];
    if source[at..limit].starts_with("<!--") {
        // A comment that nobody closes goes on to the end, as in a browser.
        let end = source[at + 4..limit].find("-->").map_or(limit, |end| at + 4 + end + 3);
        return Item::Comment(at..end);
    }
    let mut cursor = at + 1;
    let close = bytes.get(cursor) == Some(&b'/');
    cursor += usize::from(close);
    let declaration = matches!(bytes.get(cursor), Some(b'!' | b'?'));
    if !declaration && !bytes.get(cursor).is_some_and(u8::is_ascii_alphabetic) {
        return Item::Text(at + 1);
    }
    let name = cursor;
    while bytes
        .get(cursor)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'!' | b'?'))
    {
        cursor += 1;
    }
    let attributes = cursor;
    let mut quote = None;
    while cursor < bytes.len() && cursor - at < TAG_BYTES_MAX {
        match (quote, bytes[cursor]) {
            (None, b'>') => {
                let empty = !close && bytes[cursor - 1] == b'/';
                let kind = match (close, empty) {
                    (true, _) => TagKind::Close,
                    (_, true) => TagKind::Empty,
                    _ => TagKind::Open,
                };
                return Item::Tag(Tag {
                    name: source[name..attributes].to_ascii_lowercase(),
                    kind,
                    range: at..cursor + 1,
                    attributes: attributes..(cursor - usize::from(empty)).max(attributes),
                });
            }
            (None, b'<') => break,
            // Only after "=" do marks of quotation mean something: <ref name=O'Neil>.
            (None, mark @ (b'"' | b'\'')) if bytes[cursor - 1] == b'=' => quote = Some(mark),
            (Some(open), mark) if open == mark => quote = None,
            _ => {}
        }
        cursor += 1;
    }
    while !source.is_char_boundary(cursor) {
        cursor += 1;
    }
    Item::Text(cursor)
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(source: &'a str, tag: &Tag, name: &str) -> Option<&'a str> {
    let mut rest = &source[tag.attributes.clone()];
    loop {
        rest = rest.trim_start();
        let end = rest.find(|this: char| this == '=' || this.is_whitespace()).unwrap_or(rest.len());
        if rest.is_empty() || end == 0 && !rest.starts_with('=') {
            return None;
        }
        let found = rest[..end].eq_ignore_ascii_case(name);
        let after = rest[end..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = &rest[end..];
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.strip_prefix(['"', '\'']) {
            Some(inner) => inner.split_once(&value[..1]).unwrap_or((inner, "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if found {
            return Some(value);
        }
        rest = after;
    }
}

/// The entity at an ampersand: its length and what it stands for.
pub(crate) fn entity(source: &str, at: usize) -> Option<(usize, String)> {
    let rest = &source.as_bytes()[at..source.len().min(at + ENTITY_BYTES_MAX)];
    let semicolon = rest.iter().position(|&byte| byte == b';')?;
    let inner = &rest[1..semicolon];
    if inner.is_empty() || !inner.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#') {
        return None;
    }
    let spelled = &source[at..=at + semicolon];
    // The Markdown reader knows the two thousand names.
    let decoded = Parser::new(spelled).find_map(|event| match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    })?;
    (decoded != spelled && !decoded.is_empty()).then_some((semicolon + 1, decoded))
}

/// Adds a stretch of HTML's text, entities decoded, line breaks as spaces. `n_quoted`: how many ">" may stand before a line.
pub(crate) fn text(source: &str, range: Range<usize>, builder: &mut BlockBuilder) {
    let bytes = source.as_bytes();
    let mut from = range.start;
    let mut at = range.start;
    while at < range.end {
        match bytes[at] {
            b'&' => {
                if let Some((len, decoded)) = entity(&source[..range.end], at) {
                    builder.text(from..at);
                    builder.replaced(at..at + len, &decoded);
                    at += len;
                    from = at;
                } else {
                    at += 1;
                }
            }
            b'\n' | b'\r' => {
                let end = at + source[at..range.end].len() - source[at..range.end].trim_start().len();
                let start = from + source[from..at].trim_end_matches([' ', '\t']).len();
                builder.text(from..start);
                builder.soft_break(start..end.max(at + 1));
                at = end.max(at + 1);
                from = at;
            }
            _ => at += 1,
        }
    }
    builder.text(from..range.end);
}

/// What to do with the text inside an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Prose,
    /// In the prose, but not to be read: `<code>`.
    Opaque,
    /// Not in the prose: `<script>`.
    Hidden,
}

pub(crate) fn content(name: &str) -> Content {
    match name {
        "code" | "kbd" | "samp" | "var" | "tt" | "math" | "pre" => Content::Opaque,
        "script" | "style" | "template" | "textarea" | "svg" | "head" | "title" | "object" | "audio" | "video"
        | "canvas" | "select" | "iframe" | "noscript" => Content::Hidden,
        _ => Content::Prose,
    }
}

/// Notes an element inside running text: emphasis, a link, a line break. True if it was one that has no text to hide.
pub(crate) fn inline(source: &str, tag: &Tag, builder: &mut BlockBuilder) {
    let at = tag.range.clone();
    let name = tag.name.as_str();
    match (name, tag.kind) {
        ("br", _) => builder.hard_break(at),
        ("img" | "image" | "picture" | "embed" | "input", TagKind::Open | TagKind::Empty) => builder.object(at),
        ("em" | "i" | "b" | "strong", TagKind::Open) => {
            builder.open(Mark::Element(tag.name.clone()), Some(AnnotationKind::Emphasis));
        }
        ("a", TagKind::Open) => {
            let link = attribute(source, tag, "href").map(|target| AnnotationKind::Link(target.to_owned()));
            builder.open(Mark::Element(tag.name.clone()), link);
        }
        ("sup" | "cite" | "q" | "span" | "u" | "small" | "mark", TagKind::Open) => {
            builder.open(Mark::Element(tag.name.clone()), None);
        }
        (_, TagKind::Close) => builder.close(&Mark::Element(tag.name.clone())),
        _ => {}
    }
}

/// Whether a link inside a raised mark is one to a note: `<sup><a href="#fn1">1</a></sup>`.
pub(crate) fn is_note_link(source: &str, tag: &Tag, builder: &BlockBuilder) -> bool {
    tag.name == "a"
        && tag.kind == TagKind::Open
        && builder.is_open(&Mark::Element("sup".to_owned()))
        && attribute(source, tag, "href").is_some_and(|target| target.starts_with('#'))
}

/// A comment may ask for a source: `<!-- who? -->`.
pub(crate) fn comment(source: &str, range: &Range<usize>, builder: &mut BlockBuilder) {
    let inner = source[range.clone()].trim_start_matches("<!--").trim_end_matches("-->");
    if is_source_request(inner) {
        builder.point(AnnotationKind::SourceRequested);
    }
}

/// The block that an element makes, if it makes one.
pub(crate) fn block_kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "legend" | "dt" => BlockKind::Heading,
        "li" | "dd" => BlockKind::ListItem,
        "td" | "th" => BlockKind::TableCell,
        "blockquote" => BlockKind::Quotation,
        "figcaption" | "caption" => BlockKind::Caption,
        "p" | "div" | "section" | "article" | "aside" | "header" | "footer" | "main" | "nav" | "ul" | "ol" | "dl"
        | "table" | "thead" | "tbody" | "tfoot" | "tr" | "figure" | "details" | "form" | "fieldset" | "hr"
        | "center" | "address" | "html" | "body" | "pre" => BlockKind::Paragraph,
        _ => return None,
    })
}

/// What was found in a stretch of HTML.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) blocks: Vec<RawBlock>,
    pub(crate) comments: Vec<Range<usize>>,
}

/// Reads a stretch of HTML that stands alone. `lines` are its lines without the marks of containers around it; `kind` is
/// what a paragraph in it is.
pub(crate) fn blocks(source: &str, lines: &[Range<usize>], kind: BlockKind) -> Found {
    let mut reader = Reader { source, kind, outer: Vec::new(), builder: None, hidden: None, found: Found::default() };
    for line in merge(source, lines) {
        reader.read(line);
    }
    reader.finish_block();
    reader.found
}

/// Lines that follow one another directly can be read in one go.
fn merge(source: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for line in lines {
        match merged.last_mut() {
            // Indentation is no reason to stop.
            Some(last) if source[last.end..line.start].trim().is_empty() => last.end = line.end,
            _ => merged.push(line.clone()),
        }
    }
    merged
}

struct Reader<'a> {
    source: &'a str,
    kind: BlockKind,
    /// Elements that make what is in them another kind of block.
    outer: Vec<(String, BlockKind)>,
    builder: Option<BlockBuilder>,
    /// The element whose text is not prose, and what it is instead.
    hidden: Option<(String, Content)>,
    found: Found,
}

impl Reader<'_> {
    fn read(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let mut from = at;
        while at < range.end {
            let Some(next) = self.source[at..range.end].find('<') else { break };
            at += next;
            match item(self.source, at, range.end) {
                Item::Text(end) => at = end,
                Item::Comment(comment) => {
                    self.text(from..at);
                    at = comment.end;
                    from = at;
                    if let Some(builder) = &mut self.builder {
                        self::comment(self.source, &comment, builder);
                    }
                    self.found.comments.push(comment);
                }
                Item::Tag(tag) => {
                    self.text(from..at);
                    at = tag.range.end;
                    from = at;
                    self.tag(&tag);
                }
            }
        }
        self.text(from..range.end);
        if let Some(builder) = &mut self.builder {
            // The next stretch begins on another line.
            let end = builder.end();
            builder.soft_break(end..end);
        }
    }

    fn text(&mut self, range: Range<usize>) {
        match (&self.hidden, &mut self.builder) {
            (Some((_, Content::Opaque)), Some(builder)) if !self.source[range.clone()].contains(['\n', '\r']) => {
                builder.opaque(range)
            }
            (Some((_, Content::Opaque)), Some(builder)) => builder.object(range),
            (Some(_), _) => {}
            (None, Some(builder)) => text(self.source, range, builder),
            (None, None) => {
                let blank = self.source[range.clone()].len() - self.source[range.clone()].trim_start().len();
                let start = range.start + blank;
                if start < range.end {
                    let builder = self.begin(start);
                    text(builder.0, start..range.end, builder.1);
                }
            }
        }
    }

    fn begin(&mut self, start: usize) -> (&str, &mut BlockBuilder) {
        let kind = self.outer.last().map_or(self.kind, |(_, kind)| *kind);
        (self.source, self.builder.insert(BlockBuilder::new(kind, start)))
    }

    fn tag(&mut self, tag: &Tag) {
        if let Some((name, _)) = &self.hidden {
            if tag.kind == TagKind::Close && *name == tag.name {
                self.hidden = None;
            }
            return;
        }
        if let Some(kind) = block_kind(&tag.name) {
            self.finish_block();
            match tag.kind {
                TagKind::Open if kind != BlockKind::Paragraph && self.outer.len() < crate::builder::OPEN_MARKS_MAX => {
                    self.outer.push((tag.name.clone(), kind));
                }
                TagKind::Close => {
                    if let Some(idx) = self.outer.iter().rposition(|(name, _)| *name == tag.name) {
                        self.outer.truncate(idx);
                    }
                }
                _ => {}
            }
        }
        if tag.kind == TagKind::Open && content(&tag.name) != Content::Prose {
            self.hidden = Some((tag.name.clone(), content(&tag.name)));
            return;
        }
        if block_kind(&tag.name).is_some() {
            return;
        }
        if self.builder.is_none()
            && tag.kind == TagKind::Open
            && !matches!(tag.name.as_str(), "img" | "image" | "picture" | "embed" | "input")
        {
            self.begin(tag.range.start);
        }
        let Some(builder) = &mut self.builder else { return };
        if is_note_link(self.source, tag, builder) {
            builder.point(AnnotationKind::Citation);
            self.hidden = Some((tag.name.clone(), Content::Hidden));
            return;
        }
        inline(self.source, tag, builder);
    }

    fn finish_block(&mut self) {
        if let Some(builder) = self.builder.take() {
            let end = builder.end();
            self.found.blocks.extend(builder.finish(self.source, end));
        }
    }
}

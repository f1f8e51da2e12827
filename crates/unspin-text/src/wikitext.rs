//! MediaWiki's markup: what a reader of the page sees as prose.
//!
//! A reader of our own: the crates for it are either unmaintained (`parse_wiki_text`, last released in 2018) or bind to the
//! wiki's own parser. It does not expand templates; what the best-known ones mean stands in [`templates`].

mod lines;
mod matching;
mod templates;

use std::ops::Range;

use crate::builder::{BlockBuilder, Mark};
use crate::html::{self, Content, Item, Tag, TagKind};
use crate::ignores;
use crate::plain::{self, BYTE_ORDER_MARK};
use crate::tokens::floor_char_boundary;
use crate::{AnnotationKind, BlockKind, Outline, RawBlock};
use matching::{Closes, Matching, item};
use templates::Meaning;

/// Links in captions in links in templates: deeper ones are shown, but not read.
const WIKITEXT_DEPTH_MAX: usize = 12;
/// The longest target of a link; what is longer is no link.
const TARGET_BYTES_MAX: usize = 400;
/// The longest link to another site, label included.
const EXTERNAL_LINK_BYTES_MAX: usize = 2048;

/// Finds the blocks of a page.
pub(crate) fn split(source: &str) -> Outline {
    let mut reader = Reader {
        source,
        matching: Matching::of(source),
        closes: Closes::default(),
        blocks: Vec::new(),
        comments: Vec::new(),
        builder: None,
        outer: Vec::new(),
        tables: Vec::new(),
        no_bracket: 0..0,
    };
    let mut at = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    while at < source.len() {
        let end = reader.line_end(at);
        reader.line(at..end);
        at = end + plain::line_break_len(&source[end..]);
    }
    reader.finish_block();
    let ignores = ignores::find(source, &reader.comments, &reader.blocks);
    Outline { blocks: reader.blocks, ignores }
}

struct Reader<'a> {
    source: &'a str,
    matching: Matching,
    closes: Closes,
    blocks: Vec<RawBlock>,
    comments: Vec<Range<usize>>,
    builder: Option<BlockBuilder>,
    /// Elements of HTML that make what is in them another kind of block.
    outer: Vec<(String, BlockKind)>,
    /// Tables that we are in; each says whether its cell at hand is a caption.
    tables: Vec<bool>,
    /// A stretch without a `]`.
    no_bracket: Range<usize>,
}

impl Reader<'_> {
    /// Where the line ends that begins at `at`; templates, comments and the like may run over many lines of text.
    fn line_end(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        let mut at = at;
        while at < bytes.len() {
            at = match bytes[at] {
                b'\n' | b'\r' => return at,
                b'{' | b'[' => self.matching.end_of(at).unwrap_or(at + 1),
                b'<' => match self.matching.raw_end(at) {
                    Some(end) => end,
                    None => self.whole_element(at, bytes.len()).unwrap_or(at + 1),
                },
                _ => at + 1,
            };
        }
        bytes.len()
    }

    /// Behind the closing tag of an element at `at` whose content is no running text: a reference, code.
    fn whole_element(&mut self, at: usize, limit: usize) -> Option<usize> {
        let Item::Tag(tag) = item(self.source, at, limit) else { return None };
        let whole = matches!(tag.name.as_str(), "ref" | "references") || html::content(&tag.name) != Content::Prose;
        if !whole || tag.kind != TagKind::Open {
            return None;
        }
        self.closes.within(self.source, &tag.name, tag.range.end..limit).map(|close| close.end)
    }

    fn paragraph_kind(&self) -> BlockKind {
        match (self.outer.last(), self.tables.last()) {
            (Some((_, kind)), _) => *kind,
            (None, Some(true)) => BlockKind::Caption,
            (None, Some(false)) => BlockKind::TableCell,
            (None, None) => BlockKind::Paragraph,
        }
    }

    fn builder(&mut self, start: usize) -> &mut BlockBuilder {
        let kind = self.paragraph_kind();
        self.builder.get_or_insert_with(|| BlockBuilder::new(kind, start))
    }

    fn finish_block(&mut self) {
        if let Some(builder) = self.builder.take() {
            let end = builder.end();
            self.blocks.extend(builder.finish(self.source, end));
        }
    }

    /// Reads running text. `depth` is how many links and templates it stands in; at zero it may begin and end blocks.
    fn inline(&mut self, range: Range<usize>, depth: usize) {
        let source = self.source;
        let bytes = source.as_bytes();
        let mut from = range.start;
        let mut at = range.start;
        while at < range.end {
            let special = matches!(bytes[at], b'\'' | b'{' | b'[' | b'<' | b'_');
            if !special {
                at += 1;
                continue;
            }
            let Some((start, end)) = self.extent(at, range.end) else {
                at += 1;
                continue;
            };
            self.text(from..start);
            self.markup(start..end, depth);
            at = end;
            from = end;
        }
        self.text(from..range.end);
    }

    /// From where to where the markup at `at` reaches, if it is any.
    fn extent(&mut self, at: usize, limit: usize) -> Option<(usize, usize)> {
        let rest = &self.source[at..limit];
        let end = match rest.as_bytes()[0] {
            b'\'' => {
                let n_marks = rest.bytes().take_while(|&byte| byte == b'\'').count();
                // Of four the first is an apostrophe, of more than five all but the last five are.
                let n_text = match n_marks {
                    0 | 1 => return None,
                    4 => 1,
                    n_marks => n_marks.saturating_sub(5),
                };
                return Some((at + n_text, at + n_marks));
            }
            b'{' => self.matching.end_of(at)?,
            b'[' if rest.starts_with("[[") => self.matching.end_of(at)?,
            b'[' => {
                let address = rest[1..].get(..8).unwrap_or(&rest[1..]);
                let external =
                    ["http://", "https://", "ftp://", "mailto:", "//"].iter().any(|scheme| address.starts_with(scheme));
                if !external {
                    return None;
                }
                self.external_link_end(at, limit)?
            }
            b'<' => match self.matching.raw_end(at).or_else(|| self.whole_element(at, limit)) {
                Some(end) => end,
                None => match item(self.source, at, limit) {
                    Item::Tag(tag) => tag.range.end,
                    _ => return None,
                },
            },
            _ => {
                let word = rest.strip_prefix("__")?;
                let letters = word.bytes().take_while(|byte| byte.is_ascii_uppercase()).count();
                (letters > 2 && word[letters..].starts_with("__")).then_some(at + letters + 4)?
            }
        };
        (end <= limit).then_some((at, end))
    }

    /// Behind the `]` of a link to another site, if there is one on this line and near.
    fn external_link_end(&mut self, at: usize, limit: usize) -> Option<usize> {
        // What has been searched for one link in vain need not be searched again for the next.
        let from = if self.no_bracket.contains(&at) { self.no_bracket.end } else { at };
        let near = floor_char_boundary(self.source, limit.min(at + EXTERNAL_LINK_BYTES_MAX)).max(from);
        let found = self.source[from..near].find([']', '\n']).map(|found| from + found);
        match found {
            Some(close) if self.source[close..].starts_with(']') => Some(close + 1),
            found => {
                let start = if from == at { at } else { self.no_bracket.start };
                self.no_bracket = start..found.unwrap_or(near);
                None
            }
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        let start = if self.builder.is_some() { range.start } else { range.end - text.trim_start().len() };
        if start < range.end {
            let source = self.source;
            html::text(source, start..range.end, self.builder(start));
        }
    }

    fn markup(&mut self, range: Range<usize>, depth: usize) {
        let source = self.source;
        let text = &source[range.clone()];
        match text.as_bytes()[0] {
            b'\'' => {
                let builder = self.builder(range.start);
                for mark in match range.len() {
                    2 => vec![italics()],
                    3 => vec![bold()],
                    _ => vec![bold(), italics()],
                } {
                    if builder.is_open(&mark) {
                        builder.close(&mark);
                    } else {
                        builder.open(mark, Some(AnnotationKind::Emphasis));
                    }
                }
            }
            b'{' => self.template(range, depth),
            b'[' if text.starts_with("[[") => self.link(range, depth),
            b'[' => self.external_link(range, depth),
            b'<' => self.element(range, depth),
            _ => {}
        }
    }

    fn link(&mut self, range: Range<usize>, depth: usize) {
        let source = self.source;
        let inner = range.start + 2..range.end - 2;
        let parts = self.parts(inner.clone());
        let target = source[parts[0].clone()].trim();
        let namespace = target.split_once(':').map(|(namespace, _)| namespace.trim().to_ascii_lowercase());
        match namespace.as_deref() {
            Some("file" | "image" | "media") => return self.figure(&parts, depth),
            Some("category") => return,
            // A link to the page in another language.
            Some(language) if (2..=3).contains(&language.len()) && parts.len() == 1 && self.builder.is_none() => return,
            _ => {}
        }
        if target.is_empty()
            || target.len() > TARGET_BYTES_MAX
            || target.contains(['\n', '\r', '<', '{'])
            || depth >= WIKITEXT_DEPTH_MAX
        {
            return self.builder(range.start).object(range);
        }
        let label = parts.last().cloned().unwrap_or(inner);
        let link = Mark::Element("[[".to_owned());
        self.builder(range.start).open(link.clone(), Some(AnnotationKind::Link(target.to_owned())));
        if parts.len() == 1 {
            let colon = source[label.clone()].len() - source[label.clone()].trim_start_matches(':').len();
            self.text(label.start + colon..label.end);
        } else {
            self.inline(label, depth + 1);
        }
        self.builder(range.start).close(&link);
    }

    /// A picture; its caption is a block of its own if it stands outside a paragraph.
    fn figure(&mut self, parts: &[Range<usize>], depth: usize) {
        let caption = parts[1..].iter().rev().find(|part| !is_picture_option(&self.source[(*part).clone()]));
        let Some(caption) = caption.cloned().filter(|_| self.builder.is_none() && depth == 0) else { return };
        self.aside(BlockKind::Caption, caption, depth);
    }

    /// A block inside something else; no paragraph may be at hand.
    fn aside(&mut self, kind: BlockKind, range: Range<usize>, depth: usize) {
        let start = range.end - self.source[range.clone()].trim_start().len();
        self.builder = Some(BlockBuilder::new(kind, start));
        self.inline(start..range.end, depth + 1);
        self.finish_block();
    }

    fn external_link(&mut self, range: Range<usize>, depth: usize) {
        let inner = range.start + 1..range.end - 1;
        let text = &self.source[inner.clone()];
        let target = text.split([' ', '\t']).next().unwrap_or(text);
        let label = inner.start + target.len()..inner.end;
        if self.source[label.clone()].trim().is_empty() || depth >= WIKITEXT_DEPTH_MAX {
            // Shown as a number, like a reference.
            self.builder(range.start).point(AnnotationKind::Citation);
            return;
        }
        let link = Mark::Element("[".to_owned());
        let target = target.to_owned();
        self.builder(range.start).open(link.clone(), Some(AnnotationKind::Link(target)));
        let blank = self.source[label.clone()].len() - self.source[label.clone()].trim_start().len();
        self.inline(label.start + blank..label.end, depth + 1);
        self.builder(range.start).close(&link);
    }

    /// The parts of a link or template between its `|`.
    fn parts(&self, inner: Range<usize>) -> Vec<Range<usize>> {
        let bytes = self.source.as_bytes();
        let mut parts = Vec::new();
        let (mut start, mut at) = (inner.start, inner.start);
        while at < inner.end {
            at = match bytes[at] {
                b'|' => {
                    parts.push(start..at);
                    start = at + 1;
                    start
                }
                b'{' | b'[' => self.matching.end_of(at).filter(|&end| end <= inner.end).unwrap_or(at + 1),
                b'<' => self.matching.raw_end(at).filter(|&end| end <= inner.end).unwrap_or(at + 1),
                _ => at + 1,
            };
        }
        parts.push(start..inner.end);
        parts
    }

    fn template(&mut self, range: Range<usize>, depth: usize) {
        let source = self.source;
        let inner = range.start + 2..range.end - 2;
        let name_end = source[inner.clone()].find(['|', '\n', '\r']).map_or(inner.end, |end| inner.start + end);
        let meaning = templates::meaning(&source[inner.start..name_end]);
        match meaning {
            Meaning::Citation if self.builder.is_some() => self.builder(range.start).point(AnnotationKind::Citation),
            Meaning::Request if self.builder.is_some() => {
                self.builder(range.start).point(AnnotationKind::SourceRequested)
            }
            Meaning::Citation | Meaning::Request | Meaning::Nothing => {}
            Meaning::Character(character) => self.builder(range.start).replaced(range, character),
            _ if depth >= WIKITEXT_DEPTH_MAX => self.builder(range.start).object(range),
            Meaning::RequestAround | Meaning::Inline => {
                if let Some(text) = self.parameter(&inner, 1, &["text"]) {
                    self.inline(text, depth + 1);
                    if meaning == Meaning::RequestAround {
                        self.builder(range.start).point(AnnotationKind::SourceRequested);
                    }
                }
            }
            Meaning::Foreign => match self.parameter(&inner, 2, &["text"]) {
                Some(text) if !source[text.clone()].contains(['\n', '\r', '{', '[', '<']) => {
                    self.builder(range.start).opaque(text)
                }
                _ => self.builder(range.start).object(range),
            },
            Meaning::Quotation if depth == 0 => {
                self.finish_block();
                if let Some(text) = self.parameter(&inner, 1, &["text", "quote", "1"]) {
                    self.aside(BlockKind::Quotation, text, depth);
                }
            }
            Meaning::Quotation | Meaning::Unknown => {
                // An infobox and the like stand before the text, not in it.
                let rest = source[range.end..].trim_start_matches([' ', '\t']);
                let alone = rest.is_empty()
                    || rest.starts_with(['\n', '\r', '<'])
                    || rest.starts_with("{{")
                    || rest.starts_with("[[");
                let block = self.builder.is_none() && (alone || source[range.clone()].contains('\n'));
                if !block {
                    self.builder(range.start).object(range);
                }
            }
        }
    }

    /// The value of a template's parameter, by its number or one of its names.
    fn parameter(&self, inner: &Range<usize>, number: usize, names: &[&str]) -> Option<Range<usize>> {
        let mut n_unnamed = 0;
        let mut found = None;
        for part in self.parts(inner.clone()).into_iter().skip(1) {
            let text = &self.source[part.clone()];
            let name = text.split_once('=').map(|(name, _)| name.trim());
            match name {
                Some(name) if names.contains(&name) => {
                    let value = part.start + text.find('=').unwrap_or(0) + 1;
                    return Some(self.trim(value..part.end));
                }
                Some(name)
                    if !name.is_empty()
                        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_ ".contains(&byte)) => {}
                _ => {
                    n_unnamed += 1;
                    if n_unnamed == number {
                        found = Some(self.trim(part));
                    }
                }
            }
        }
        found
    }

    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.source[range.clone()];
        let start = range.end - text.trim_start().len();
        start..start + self.source[start..range.end].trim_end().len()
    }

    fn element(&mut self, range: Range<usize>, depth: usize) {
        let source = self.source;
        let tag = match item(source, range.start, range.end) {
            Item::Comment(comment) => {
                if let Some(builder) = &mut self.builder {
                    html::comment(source, &comment, builder);
                }
                self.comments.push(comment);
                return;
            }
            Item::Tag(tag) => tag,
            Item::Text(_) => return,
        };
        let inner_len = source[tag.range.end..range.end].rfind("</").unwrap_or(0);
        let inner = tag.range.end..tag.range.end + inner_len;
        match tag.name.as_str() {
            "ref" => {
                if let Some(builder) = &mut self.builder {
                    builder.point(AnnotationKind::Citation);
                }
            }
            "nowiki" if tag.kind == TagKind::Open => self.text(inner),
            "math" | "chem" => self.builder(range.start).object(range),
            "references" | "pre" | "syntaxhighlight" | "source" | "score" | "timeline" | "gallery" | "graph"
            | "templatedata" => {
                if depth == 0 {
                    self.finish_block();
                }
            }
            name if html::content(name) != Content::Prose => {
                if html::content(name) == Content::Hidden || inner.is_empty() || range.end == tag.range.end {
                    return;
                }
                let plain = !source[inner.clone()].contains(['\n', '\r', '<']);
                let builder = self.builder(range.start);
                if plain { builder.opaque(inner) } else { builder.object(range) }
            }
            name => match html::block_kind(name) {
                Some(kind) if depth == 0 => self.block_element(&tag, kind),
                Some(_) => {}
                None => self.inline_element(&tag),
            },
        }
    }

    fn block_element(&mut self, tag: &Tag, kind: BlockKind) {
        self.finish_block();
        match tag.kind {
            TagKind::Open if kind != BlockKind::Paragraph && self.outer.len() < WIKITEXT_DEPTH_MAX => {
                self.outer.push((tag.name.clone(), kind))
            }
            TagKind::Close => {
                if let Some(idx) = self.outer.iter().rposition(|(name, _)| *name == tag.name) {
                    self.outer.truncate(idx);
                }
            }
            _ => {}
        }
    }

    fn inline_element(&mut self, tag: &Tag) {
        let source = self.source;
        if let Some(builder) = &mut self.builder {
            html::inline(source, tag, builder);
        } else if tag.kind == TagKind::Open {
            html::inline(source, tag, self.builder(tag.range.start));
        }
    }
}

fn italics() -> Mark {
    Mark::Element("''".to_owned())
}

fn bold() -> Mark {
    Mark::Element("'''".to_owned())
}

/// `thumb`, `200px`, `alt=…`: what stands in the link to a picture and is no caption.
fn is_picture_option(part: &str) -> bool {
    const OPTIONS: [&str; 17] = [
        "thumb",
        "thumbnail",
        "frame",
        "framed",
        "frameless",
        "border",
        "left",
        "right",
        "center",
        "centre",
        "none",
        "upright",
        "baseline",
        "middle",
        "top",
        "bottom",
        "text-top",
    ];
    let part = part.trim();
    let size =
        part.strip_suffix("px").is_some_and(|size| size.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x'));
    let named = part.split_once('=').is_some_and(|(name, _)| {
        matches!(name.trim(), "alt" | "link" | "upright" | "class" | "lang" | "page" | "start" | "end" | "thumbtime")
    });
    part.is_empty() || size || named || OPTIONS.contains(&part)
}

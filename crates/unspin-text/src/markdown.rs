//! Markdown: CommonMark with GFM's tables, footnotes and strikethrough, front matter, math and HTML.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::builder::{BlockBuilder, Mark};
use crate::html::{self, Content, Item, TagKind};
use crate::ignores;
use crate::plain::BYTE_ORDER_MARK;
use crate::{AnnotationKind, BlockKind, Outline, RawBlock};

/// Finds the blocks of a Markdown document.
pub(crate) fn split(source: &str) -> Outline {
    let body = front_matter_end(source);
    let mut reader = read(source, body, OPTIONS | Options::ENABLE_MATH, Vec::new());
    if reader.money {
        // "from $5 to US$6" is money: in the whole document the dollar marks formulas no more, but those that were one stay so.
        let formulas = std::mem::take(&mut reader.formulas);
        reader = read(source, body, OPTIONS, formulas);
    }
    // A footnote may stand anywhere, and is read where it stands.
    reader.blocks.sort_by_key(|block| block.range.start);
    // Whatever the Markdown reader says of broken text: what overlaps the block before it is not read twice.
    let mut end = 0;
    reader.blocks.retain(|block| {
        let apart = end <= block.range.start;
        end = end.max(block.range.end);
        apart
    });
    let ignores = ignores::find(source, &reader.comments, &reader.blocks);
    Outline { blocks: reader.blocks, ignores }
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM);

fn read(source: &str, body: usize, options: Options, formulas: Vec<Range<usize>>) -> Reader<'_> {
    let mut reader = Reader { source, formulas, ..Reader::default() };
    for (event, range) in Parser::new_ext(&source[body..], options).into_offset_iter() {
        reader.event(event, range.start + body..range.end + body);
    }
    reader.finish(source.len());
    reader
}

/// Whether what stands between two dollars can be a formula, and not the text between two sums of money.
fn is_formula(inner: &str) -> bool {
    if inner.contains(['\\', '^', '_', '=', '{', '<', '>']) {
        return true;
    }
    let words = inner.split(|this: char| !this.is_alphabetic()).filter(|word| word.chars().nth(2).is_some());
    !inner.starts_with(|first: char| first.is_ascii_digit()) && words.take(2).count() < 2
}

/// The bytes before the text: the mark of the byte order, and front matter in YAML (`---`) or TOML (`+++`).
fn front_matter_end(source: &str) -> usize {
    let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let mut lines = crate::plain::lines(&source[start..]).map(|line| line.start + start..line.end + start);
    let Some(first) = lines.next() else { return start };
    let fence = source[first].trim_end();
    if fence != "---" && fence != "+++" {
        return start;
    }
    for (n_lines, line) in lines.enumerate() {
        let text = source[line.clone()].trim_end();
        // A rule and some paragraphs up to the next rule look the same but for the blank line.
        if n_lines == 0 && text.is_empty() {
            return start;
        }
        if text == fence || fence == "---" && text == "..." {
            return line.end;
        }
    }
    start
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    blocks: Vec<RawBlock>,
    comments: Vec<Range<usize>>,
    containers: Vec<Container>,
    builder: Option<BlockBuilder>,
    /// Images open, and where the outermost one starts.
    image: Option<(usize, usize)>,
    /// Inside an autolink the text is an address.
    autolink: bool,
    /// Inside a block of code or the like.
    skipped: usize,
    /// An inline element of HTML whose text is not prose.
    hidden: Option<(String, Content)>,
    /// Formulas, sorted.
    formulas: Vec<Range<usize>>,
    /// Dollars that were taken for the marks of formulas are money.
    money: bool,
    /// The lines of the HTML block at hand.
    html: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Item,
    Quotation,
    Footnote,
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Html(_) => self.html.push(range),
            _ if self.skipped > 0 || self.image.is_some() => {}
            Event::Text(_) if range.is_empty() => {}
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => self.opaque(&code, range),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => {
                if is_formula(&formula) {
                    self.formulas.push(range.clone());
                } else {
                    self.money = true;
                }
                self.opaque(&formula, range);
            }
            Event::InlineHtml(_) => self.inline_html(range),
            Event::FootnoteReference(_) => self.builder(range.start).point(AnnotationKind::Citation),
            Event::SoftBreak => {
                let range = self.line_break(range);
                self.builder(range.start).soft_break(range);
            }
            Event::HardBreak => {
                let range = self.line_break(range);
                self.builder(range.start).hard_break(range);
            }
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin(self.paragraph_kind(), range.start),
            Tag::Heading { .. } => self.begin(BlockKind::Heading, range.start),
            Tag::TableCell => self.begin(BlockKind::TableCell, range.start),
            Tag::Item => self.contain(Container::Item, range.start),
            Tag::BlockQuote(_) => self.contain(Container::Quotation, range.start),
            Tag::FootnoteDefinition(_) => self.contain(Container::Footnote, range.start),
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.finish(range.start);
                self.skipped += 1;
            }
            Tag::HtmlBlock => {
                self.finish(range.start);
                self.html.clear();
                // Half a tab before it comes as text.
                self.skipped += 1;
            }
            Tag::List(_) | Tag::Table(_) => self.finish(range.start),
            Tag::Image { .. } => {
                let (depth, start) = self.image.unwrap_or((0, range.start));
                self.image = Some((depth + 1, start));
            }
            _ if self.image.is_some() || self.skipped > 0 => {}
            Tag::Emphasis | Tag::Strong => self.builder(range.start).open(Mark::Markup, Some(AnnotationKind::Emphasis)),
            Tag::Link { link_type, dest_url, .. } => {
                self.autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.builder(range.start).open(Mark::Markup, Some(AnnotationKind::Link(dest_url.into_string())));
            }
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.builder(range.start).open(Mark::Markup, None)
            }
            Tag::TableHead
            | Tag::TableRow
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => self.finish(range.end),
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.finish(range.end);
                self.containers.pop();
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.skipped -= 1,
            TagEnd::HtmlBlock => {
                self.skipped -= 1;
                self.html_block();
            }
            TagEnd::Image => match self.image {
                Some((1, start)) => {
                    self.image = None;
                    self.builder(start).object(start..range.end);
                }
                Some((depth, start)) => self.image = Some((depth - 1, start)),
                None => {}
            },
            _ if self.image.is_some() || self.skipped > 0 => {}
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => {
                self.autolink = false;
                if let Some(builder) = &mut self.builder {
                    builder.close(&Mark::Markup);
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind, start: usize) {
        self.finish(start);
        self.builder = Some(BlockBuilder::new(kind, start));
    }

    /// The block at hand; the items of a tight list begin theirs with their first word.
    fn builder(&mut self, start: usize) -> &mut BlockBuilder {
        let kind = self.paragraph_kind();
        self.builder.get_or_insert_with(|| BlockBuilder::new(kind, start))
    }

    fn finish(&mut self, end: usize) {
        self.hidden = None;
        self.autolink = false;
        if let Some(builder) = self.builder.take() {
            let markup_end = if builder.kind() == BlockKind::Heading { end } else { builder.end() };
            let markup_end = self.source[..markup_end].trim_end().len();
            self.blocks.extend(builder.finish(self.source, markup_end));
        }
    }

    fn contain(&mut self, container: Container, start: usize) {
        self.finish(start);
        self.containers.push(container);
    }

    fn paragraph_kind(&self) -> BlockKind {
        match self.containers.last() {
            None => BlockKind::Paragraph,
            Some(Container::Item) => BlockKind::ListItem,
            Some(Container::Quotation) => BlockKind::Quotation,
            Some(Container::Footnote) => BlockKind::Footnote,
        }
    }

    fn text(&mut self, text: &CowStr<'_>, range: Range<usize>) {
        let source = self.source;
        let autolink = self.autolink;
        let hidden = self.hidden.as_ref().map(|(_, content)| *content);
        let builder = self.builder(range.start);
        match hidden {
            Some(Content::Hidden) => return,
            Some(_) => return builder.opaque(range),
            None if autolink => return builder.opaque(range),
            None => {}
        }
        if **text != source[range.clone()] {
            return builder.replaced(range, text);
        }
        let escaped = range.start > builder.end()
            && source[..range.start].ends_with('\\')
            && text.starts_with(|first: char| first.is_ascii_punctuation());
        if escaped {
            builder.replaced(range.start - 1..range.start + 1, &text[..1]);
            builder.text(range.start + 1..range.end);
        } else {
            self.text_around_formulas(range);
        }
    }

    fn text_around_formulas(&mut self, range: Range<usize>) {
        let Some(builder) = &mut self.builder else { return };
        let mut from = range.start;
        let first = self.formulas.partition_point(|formula| formula.end <= range.start);
        for formula in self.formulas[first..].iter().take_while(|formula| formula.start < range.end) {
            builder.text(from..formula.start.max(from));
            from = formula.end.min(range.end);
            builder.opaque(formula.start.max(range.start)..from);
        }
        builder.text(from..range.end);
    }

    /// Code or a formula, the marks around it left out.
    fn opaque(&mut self, inner: &str, range: Range<usize>) {
        let start = self.source[range.clone()].find(inner).filter(|_| !inner.is_empty());
        let hidden = matches!(self.hidden, Some((_, Content::Hidden)));
        let builder = self.builder(range.start);
        match start {
            _ if hidden => {}
            Some(start) => builder.opaque(range.start + start..range.start + start + inner.len()),
            None => builder.object(range),
        }
    }

    /// A line break with all that stands before the next line's text: blanks, the marks of block quotations.
    fn line_break(&self, range: Range<usize>) -> Range<usize> {
        let last = self.builder.as_ref().map_or(range.start, BlockBuilder::end).min(range.start);
        let start = last + self.source[last..range.start].trim_end_matches([' ', '\t']).len();
        let mut rest = self.source[range.end..].trim_start_matches([' ', '\t']);
        for _ in self.containers.iter().filter(|container| **container == Container::Quotation) {
            match rest.strip_prefix('>') {
                Some(inner) => rest = inner.trim_start_matches([' ', '\t']),
                None => break,
            }
        }
        start..self.source.len() - rest.len()
    }

    fn inline_html(&mut self, range: Range<usize>) {
        let source = self.source;
        let item = html::item(source, range.start, range.end);
        if let Item::Comment(comment) = &item {
            self.comments.push(comment.clone());
        }
        let mut hidden = self.hidden.take();
        let builder = self.builder(range.start);
        match item {
            Item::Text(_) => {}
            Item::Comment(comment) => html::comment(source, &comment, builder),
            Item::Tag(tag) => match &hidden {
                Some((name, _)) => {
                    if tag.kind == TagKind::Close && *name == tag.name {
                        hidden = None;
                    }
                }
                None if tag.kind == TagKind::Open && html::content(&tag.name) != Content::Prose => {
                    let content = html::content(&tag.name);
                    hidden = Some((tag.name, content));
                }
                None if html::is_note_link(source, &tag, builder) => {
                    builder.point(AnnotationKind::Citation);
                    hidden = Some((tag.name, Content::Hidden));
                }
                None => html::inline(source, &tag, builder),
            },
        }
        self.hidden = hidden;
    }

    fn html_block(&mut self) {
        let found = html::blocks(self.source, &self.html, self.paragraph_kind());
        self.blocks.extend(found.blocks);
        self.comments.extend(found.comments);
        self.html.clear();
    }
}

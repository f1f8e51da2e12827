//! Which brackets of wikitext belong together, found in one pass over the text.

use std::ops::Range;

use crate::html::{self, Item, TagKind};
use crate::tokens::floor_char_boundary;

/// Extension tags whose content is not wikitext.
pub(crate) const RAW_ELEMENTS: [&str; 11] = [
    "nowiki",
    "pre",
    "math",
    "chem",
    "syntaxhighlight",
    "source",
    "score",
    "timeline",
    "gallery",
    "graph",
    "templatedata",
];

/// Where templates, links and elements end.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    /// `{{` and `[[` to behind their `}}` and `]]`, sorted by the first.
    brackets: Vec<(usize, usize)>,
    /// Comments and elements without wikitext in them, sorted.
    raw: Vec<Range<usize>>,
}

impl Matching {
    pub(crate) fn of(source: &str) -> Self {
        let mut matching = Matching::default();
        let mut closes = Closes::default();
        // Open brackets, and how many of either kind are among them.
        let mut open: Vec<(u8, usize)> = Vec::new();
        let mut n_open = [0_usize; 2];
        let bytes = source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let pair = bytes.get(at + 1) == Some(&bytes[at]);
            match bytes[at] {
                b'<' => {
                    let end = raw_end(source, at, &mut closes);
                    if end > at + 1 {
                        matching.raw.push(at..end);
                    }
                    at = end;
                }
                mark @ (b'{' | b'[') if pair => {
                    open.push((mark, at));
                    n_open[usize::from(mark == b'[')] += 1;
                    at += 2;
                }
                mark @ (b'}' | b']') if pair => {
                    let opening = if mark == b'}' { b'{' } else { b'[' };
                    if n_open[usize::from(mark == b']')] == 0 {
                        at += 1;
                        continue;
                    }
                    // What was opened inside and has no end is text.
                    while let Some((kind, start)) = open.pop() {
                        n_open[usize::from(kind == b'[')] -= 1;
                        if kind == opening {
                            matching.brackets.push((start, at + 2));
                            break;
                        }
                    }
                    at += 2;
                }
                _ => at += 1,
            }
        }
        matching.brackets.sort_unstable();
        matching
    }

    /// Behind the brackets that close what opens at `at`.
    pub(crate) fn end_of(&self, at: usize) -> Option<usize> {
        let idx = self.brackets.binary_search_by_key(&at, |&(start, _)| start).ok()?;
        Some(self.brackets[idx].1)
    }

    /// Behind the comment or raw element that begins at `at`.
    pub(crate) fn raw_end(&self, at: usize) -> Option<usize> {
        let idx = self.raw.binary_search_by_key(&at, |range| range.start).ok()?;
        Some(self.raw[idx].end)
    }
}

/// The longest tag in wikitext; a `<` that no `>` follows for so long is text.
const TAG_BYTES_MAX: usize = 1024;

/// What begins with the `<` at `at`.
pub(crate) fn item(source: &str, at: usize, limit: usize) -> Item {
    let near = floor_char_boundary(source, limit.min(at + TAG_BYTES_MAX));
    let limit = if source[at..limit].starts_with("<!--") { limit } else { near };
    html::item(source, at, limit)
}

/// Behind the comment or raw element at `at`; behind the `<` if it is neither.
fn raw_end(source: &str, at: usize, closes: &mut Closes) -> usize {
    match item(source, at, source.len()) {
        Item::Comment(range) => range.end,
        Item::Tag(tag) if tag.kind == TagKind::Open && RAW_ELEMENTS.contains(&tag.name.as_str()) => {
            closes.within(source, &tag.name, tag.range.end..source.len()).map_or(at + 1, |close| close.end)
        }
        // What is inside a tag may still be a template.
        Item::Tag(_) | Item::Text(_) => at + 1,
    }
}

/// Finds closing tags, and remembers where there was none: looking again for each opening one would be quadratic.
#[derive(Debug, Default)]
pub(crate) struct Closes {
    /// Stretches that hold no closing tag of this name, the last one for each name.
    without: Vec<(String, Range<usize>)>,
}

impl Closes {
    /// The first `</name>` that stands whole in `range`.
    pub(crate) fn within(&mut self, source: &str, name: &str, range: Range<usize>) -> Option<Range<usize>> {
        let known = self.without.iter().position(|(known, _)| known == name);
        if let Some(idx) = known {
            let without = &self.without[idx].1;
            if without.start <= range.start && range.end <= without.end {
                return None;
            }
        }
        let bytes = &source.as_bytes()[..range.end];
        let mut at = range.start;
        while let Some(next) = source[at..range.end].find("</") {
            let start = at + next;
            let end = start + 2 + name.len();
            let named = bytes.get(start + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            if named && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
                let close = source[end..range.end].find('>').map_or(range.end, |close| end + close + 1);
                return Some(start..close);
            }
            at = start + 2;
        }
        match known {
            Some(idx) => self.without[idx].1 = range,
            None => self.without.push((name.to_owned(), range)),
        }
        None
    }
}

//! Plain text: where paragraphs, headings, captions and list items are.

use std::ops::Range;

use crate::ignores;
use crate::tokens::floor_char_boundary;
use crate::{BlockKind, Outline, Piece, PieceKind, RawBlock};

/// Some editors put it before the text.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Finds the blocks of plain text.
pub(crate) fn split(source: &str) -> Outline {
    let (mut blocks, comments) = stretch(source, 0..source.len());
    headings(source, &mut blocks);
    let ignores = ignores::find(source, &comments, &blocks);
    Outline { blocks, ignores }
}

/// The blocks and comments of a part of a text that begins and ends at its ends or behind blank lines. Headings are paragraphs still.
pub(crate) fn stretch(source: &str, within: Range<usize>) -> (Vec<RawBlock>, Vec<Range<usize>>) {
    let mut blocks: Vec<RawBlock> = Vec::new();
    let mut chunk: Vec<Range<usize>> = Vec::new();
    let mut comments: Vec<Range<usize>> = Vec::new();
    for mut line in lines(&source[within.clone()]).map(|line| line.start + within.start..line.end + within.start) {
        if line.start == 0 && source.starts_with(BYTE_ORDER_MARK) {
            line.start = BYTE_ORDER_MARK.len_utf8();
        }
        let text = source[line.clone()].trim();
        let comment = text.starts_with("<!--") && text.ends_with("-->");
        if comment {
            let start = line.start + source[line.clone()].find('<').unwrap_or(0);
            comments.push(start..start + text.len());
        }
        if comment || text.is_empty() {
            paragraphs(source, &chunk, &mut blocks);
            chunk.clear();
        } else {
            chunk.push(line);
        }
    }
    paragraphs(source, &chunk, &mut blocks);
    (blocks, comments)
}

/// The lines of a text without their ends: CR, LF, CRLF, NEL, line and paragraph separator, form feed.
pub(crate) fn lines(source: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = source.as_bytes();
    let mut start = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let mut end = start;
        let next = loop {
            match bytes.get(end) {
                None => {
                    done = true;
                    break end;
                }
                Some(b'\n' | b'\r' | 0x0b | 0x0c | 0xc2 | 0xe2) => match line_break_len(&source[end..]) {
                    // A character of two bytes at least that is none.
                    0 => end += 2,
                    len => break end + len,
                },
                Some(_) => end += 1,
            }
        };
        let line = start..end;
        start = next;
        Some(line)
    })
}

/// The bytes of the line break that a text begins with; zero if it begins with none.
pub(crate) fn line_break_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => 2,
        [b'\n' | b'\r' | 0x0b | 0x0c, ..] => 1,
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
        _ => 0,
    }
}

/// No hard-wrapped text has longer lines: what is longer is a paragraph a line.
const WRAP_COLUMNS_MAX: usize = 120;
/// Nobody wraps text narrower than this; shorter lines are headings, lists, verse.
const WRAP_COLUMNS_MIN: usize = 45;
/// A heading has at most this many bytes.
const HEADING_BYTES_MAX: usize = 120;
const HEADING_WORDS_MAX: usize = 16;

/// Cuts lines that follow one another without a blank line into paragraphs.
fn paragraphs(source: &str, chunk: &[Range<usize>], blocks: &mut Vec<RawBlock>) {
    let wrapped = Wrapped::of(source, chunk);
    let mut start = 0;
    for end in 1..=chunk.len() {
        if end < chunk.len() {
            let hangs = hangs_under(&source[chunk[start].clone()], &source[chunk[end].clone()]);
            if hangs || wrapped.joins(source, &chunk[end - 1], &chunk[end]) {
                continue;
            }
        }
        block(source, &chunk[start..end], blocks);
        start = end;
    }
}

/// Whether a line is set under the text of a list item, to go on with it.
fn hangs_under(item: &str, line: &str) -> bool {
    list_marker(item).is_some() && indent_of(line) > indent_of(item) && list_marker(line).is_none()
}

/// What the lines of a chunk say about how it was wrapped.
struct Wrapped {
    /// The longest line that can be a wrapped one, in characters.
    columns: usize,
    /// Most lines break in the middle of a sentence.
    mostly: bool,
    /// Leading blanks of the line that has fewest.
    indent: usize,
}

impl Wrapped {
    fn of(source: &str, chunk: &[Range<usize>]) -> Self {
        let mut columns = 0;
        let mut long = 0;
        let mut broken = 0;
        let mut indent = usize::MAX;
        for (idx, line) in chunk.iter().enumerate() {
            let text = &source[line.clone()];
            let width = columns_of(text);
            if width > WRAP_COLUMNS_MAX {
                long += 1;
            } else {
                columns = columns.max(width);
            }
            if idx + 1 < chunk.len() && width >= WRAP_COLUMNS_MIN && !ends_sentence(text) {
                broken += 1;
            }
            indent = indent.min(indent_of(text));
        }
        // One line that somebody has been typing in does not make a wrapped text a text of long lines.
        if long * 2 > chunk.len() {
            columns = 0;
        }
        Wrapped { columns, mostly: chunk.len() > 1 && broken * 2 >= chunk.len() - 1, indent }
    }

    /// Whether a line goes on in the next one.
    fn joins(&self, source: &str, line: &Range<usize>, next: &Range<usize>) -> bool {
        let text = source[line.clone()].trim_end();
        let next = source[next.clone()].trim_end();
        let width = columns_of(text);
        if list_marker(next).is_some()
            || (indent_of(next) > self.indent && list_marker(text).is_none() && indent_of(text) == self.indent)
        {
            return false;
        }
        let first = next.trim_start();
        let ends = ends_sentence(text);
        if first.starts_with(char::is_lowercase) && !ends && width >= WRAP_COLUMNS_MIN {
            return true;
        }
        if self.columns < WRAP_COLUMNS_MIN || (ends && !self.mostly) {
            return false;
        }
        // In wrapped text the next line's first word had no room any more.
        let word = first.split(' ').next().map_or(0, |word| word.chars().take(WRAP_COLUMNS_MAX).count());
        let full = width + 1 + word > self.columns.saturating_sub(2);
        (full || width > WRAP_COLUMNS_MAX) && width >= WRAP_COLUMNS_MIN && (self.mostly || !ends)
    }
}

fn columns_of(line: &str) -> usize {
    // Counting beyond what matters would make a document of one long line slow.
    line.chars().take(WRAP_COLUMNS_MAX + 1).count()
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Ends with a mark that ends a sentence, whatever closes after it.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(|last: char| {
        last.is_whitespace() || matches!(last, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_')
    })
    .ends_with(['.', '!', '?', '…', ':'])
}

/// The bytes of a list marker with the blanks after it ("- ", "• ", "1. ").
fn list_marker(line: &str) -> Option<usize> {
    let text = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - text.len();
    let bullet = text.strip_prefix(['-', '*', '•', '‣', '▪', '◦', '–', '+']);
    let rest = match bullet {
        Some(rest) => rest,
        None => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 2 {
                return None;
            }
            text[digits..].strip_prefix(['.', ')'])?
        }
    };
    let word = rest.trim_start_matches([' ', '\t']);
    (word.len() < rest.len() && !word.is_empty()).then(|| indent + text.len() - word.len())
}

/// Adds one block made of these lines.
fn block(source: &str, lines: &[Range<usize>], blocks: &mut Vec<RawBlock>) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let start = first.start + source[first.clone()].len() - source[first.clone()].trim_start().len();
    let end = last.start + source[last.clone()].trim_end().len();
    let marker = list_marker(source[start..first.end.max(start)].trim_end()).unwrap_or(0);
    let mut pieces = Vec::with_capacity(lines.len() * 2 - 1);
    let mut at = start + marker;
    for (idx, line) in lines.iter().enumerate() {
        let line_end = line.start + source[line.clone()].trim_end().len();
        if idx > 0 {
            let line_start = line.start + source[line.clone()].len() - source[line.clone()].trim_start().len();
            // A word that was cut at its hyphen.
            let hyphen = source[..at].ends_with('-')
                && source[..at - 1].ends_with(char::is_alphabetic)
                && source[line_start..].starts_with(char::is_lowercase);
            if !hyphen {
                pieces.push(Piece { source: at - start..line_start - start, kind: PieceKind::SoftBreak });
            }
            at = line_start;
        }
        pieces.push(Piece { source: at - start..line_end - start, kind: PieceKind::Text });
        at = line_end;
    }
    let text = &source[start + marker..end];
    let kind = if marker > 0 {
        BlockKind::ListItem
    } else if is_caption(text) {
        BlockKind::Caption
    } else {
        BlockKind::Paragraph
    };
    let raw = RawBlock { kind, range: start..end, pieces };
    if raw.has_prose(source) {
        blocks.push(raw);
    }
}

/// Says of a short line without a full stop that it is a heading, if body text follows it. Gives the blocks that are now another kind,
/// from the first to the last.
pub(crate) fn headings(source: &str, blocks: &mut [RawBlock]) -> Option<Range<usize>> {
    let mut body_follows = false;
    let mut changed: Option<Range<usize>> = None;
    for (idx, block) in blocks.iter_mut().enumerate().rev() {
        let heading = match block.kind {
            BlockKind::Heading => true,
            BlockKind::Paragraph => looks_like_heading(&source[block.range.clone()]),
            _ => continue,
        };
        let kind = if heading && body_follows { BlockKind::Heading } else { BlockKind::Paragraph };
        body_follows |= !heading;
        if block.kind != kind {
            block.kind = kind;
            changed = Some(idx..changed.map_or(idx + 1, |changed| changed.end));
        }
    }
    changed
}

fn looks_like_heading(text: &str) -> bool {
    text.len() <= HEADING_BYTES_MAX
        && !ends_sentence(text)
        && !text.ends_with([',', ';', '-', '–', '—', '"', '”'])
        && text.chars().find(|first| first.is_alphanumeric()).is_some_and(|first| !first.is_lowercase())
        && text.split_whitespace().nth(HEADING_WORDS_MAX).is_none()
}

/// "Photo: Jane Doe", "FILE PHOTO: …", "The Mayor on Monday. (AP Photo/Jane Doe)".
fn is_caption(text: &str) -> bool {
    const CAPTION_BYTES_MAX: usize = 600;
    if text.len() > CAPTION_BYTES_MAX {
        return false;
    }
    let credit = text.strip_suffix(')').and_then(|text| text.rfind('(').map(|open| &text[open + 1..]));
    is_credit(text) || credit.is_some_and(is_credit)
}

fn is_credit(text: &str) -> bool {
    const LABELS: [&str; 16] = [
        "photo",
        "photos",
        "file photo",
        "photograph",
        "photo credit",
        "photo by",
        "image",
        "image credit",
        "images",
        "picture",
        "pictures",
        "picture credit",
        "caption",
        "credit",
        "graphic",
        "illustration",
    ];
    let text = text.trim_start_matches(['(', '[']);
    let head = &text[..floor_char_boundary(text, 24)];
    let label = head.split([':', '/']).next().unwrap_or(head);
    if label.len() < head.len() && LABELS.iter().any(|known| known.eq_ignore_ascii_case(label.trim())) {
        return true;
    }
    ["Photo by ", "Picture by ", "Image by ", "AP Photo", "FILE - ", "FILE — ", "FILE – "]
        .iter()
        .any(|known| text.starts_with(known))
}

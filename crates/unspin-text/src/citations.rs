//! What is written out in the text but is no prose, in any markup: citations, requests for a source, addresses.
//!
//! `[12]`, `[^1]`, `[@smith]`, `[who?]`, URLs, e-mail addresses and @names become opaque: no word of them is read.
//! `(Smith, 2019)` stays prose and is annotated.

use std::ops::Range;

use crate::prose::Prose;
use crate::tokens::floor_char_boundary;
use crate::{Annotation, AnnotationKind};

/// The longest thing in brackets that is looked at.
const BRACKETED_BYTES_MAX: usize = 200;
/// The longest name before the "@" of an address.
const LOCAL_PART_BYTES_MAX: usize = 64;

/// Finds them and adds what it finds to the prose.
pub(crate) fn find(prose: &mut Prose) {
    let mut found: Vec<(Range<usize>, Option<AnnotationKind>)> = Vec::new();
    let mut known = prose.opaque.iter().peekable();
    let mut at = 0;
    let mut floor = 0;
    while at < prose.text.len() {
        while known.next_if(|known| known.end <= at).is_some() {}
        let limit = match known.peek() {
            Some(known) if known.start <= at => {
                at = known.end;
                floor = at;
                continue;
            }
            Some(known) => known.start,
            None => prose.text.len(),
        };
        let bytes = &prose.text.as_bytes()[..limit];
        if !matches!(bytes[at], b'[' | b'(' | b':' | b'w' | b'W' | b'@') {
            let rest = bytes[at..].iter().position(|byte| matches!(byte, b'[' | b'(' | b':' | b'w' | b'W' | b'@'));
            at = rest.map_or(limit, |next| at + next);
            continue;
        }
        // Nothing is found across something opaque.
        let text = &prose.text[floor..limit];
        let place = at - floor;
        let hit = match text.as_bytes()[place] {
            b'[' => bracketed(text, place),
            b'(' => author_and_year(text, place),
            b':' => url(text, place),
            b'w' | b'W' => www(text, place),
            b'@' => address(text, place),
            _ => None,
        };
        let Some((range, kind, opaque)) = hit else {
            at += 1;
            continue;
        };
        let range = range.start + floor..range.end + floor;
        at = range.end;
        if opaque {
            floor = at;
            found.push((range, kind));
        } else {
            prose.annotations.push(Annotation { range, kind: kind.unwrap_or(AnnotationKind::Citation) });
        }
    }
    if found.is_empty() {
        return;
    }
    for (range, kind) in found {
        if let Some(kind) = kind {
            prose.annotations.push(Annotation { range: range.clone(), kind });
        }
        prose.opaque.push(range);
    }
    prose.opaque.sort_by_key(|range| range.start);
}

/// A range, what it means, and whether it is opaque.
type Hit = (Range<usize>, Option<AnnotationKind>, bool);

fn bracketed(text: &str, open: usize) -> Option<Hit> {
    let inner = closed_by(text, open, b']')?;
    let range = open..inner.end + 1;
    let inner = &text[inner];
    if is_reference_number(inner) || inner.strip_prefix('^').is_some_and(is_label) || is_citation_key(inner) {
        return Some((range, Some(AnnotationKind::Citation), true));
    }
    is_source_request(inner).then_some((range, Some(AnnotationKind::SourceRequested), true))
}

/// What stands between a bracket and the next one that closes it, if that is near and no other one opens before.
fn closed_by(text: &str, open: usize, close: u8) -> Option<Range<usize>> {
    let rest = &text.as_bytes()[open + 1..text.len().min(open + 1 + BRACKETED_BYTES_MAX)];
    let end = rest.iter().position(|&byte| byte == close || byte == text.as_bytes()[open])?;
    (rest[end] == close).then_some(open + 1..open + 1 + end)
}

/// "12", "3, 4", "5–7", "note 2".
fn is_reference_number(inner: &str) -> bool {
    let inner = inner.strip_prefix("note ").unwrap_or(inner);
    inner.len() <= 24
        && inner.starts_with(|first: char| first.is_ascii_digit())
        && inner.ends_with(|last: char| last.is_ascii_digit())
        && inner.chars().all(|this| this.is_ascii_digit() || matches!(this, ',' | ' ' | '-' | '–'))
        // A year in brackets is an insertion of the editor's.
        && !(inner.len() == 4 && inner.bytes().all(|digit| digit.is_ascii_digit()))
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|this| this.is_alphanumeric() || matches!(this, '-' | '_' | '.' | ':'))
}

/// "@smith", "-@smith, p. 3; @jones".
fn is_citation_key(inner: &str) -> bool {
    inner.split(';').all(|part| {
        part.split_whitespace().any(|word| {
            word.trim_start_matches('-')
                .strip_prefix('@')
                .is_some_and(|key| key.starts_with(|first: char| first.is_alphanumeric() || first == '{'))
        })
    })
}

/// What people write who ask for a source. A bare "[who]" is rather an insertion into somebody's words.
pub(crate) fn is_source_request(words: &str) -> bool {
    const REQUESTS: [&str; 21] = [
        "who?",
        "by whom",
        "by whom?",
        "whom?",
        "which?",
        "which one?",
        "according to whom",
        "according to whom?",
        "says who",
        "says who?",
        "citation needed",
        "source?",
        "source needed",
        "needs source",
        "needs a source",
        "attribution needed",
        "when?",
        "how many?",
        "clarification needed",
        "better source needed",
        "cite?",
    ];
    let words = words.trim();
    words.len() <= 24 && REQUESTS.iter().any(|request| request.eq_ignore_ascii_case(words))
}

/// "(Smith, 2019)", "(Smith & Jones 2019a; Lee et al., 2020, p. 4)".
fn author_and_year(text: &str, open: usize) -> Option<Hit> {
    let inner = closed_by(text, open, b')')?;
    let range = open..inner.end + 1;
    let inner = &text[inner];
    let inner = ["see ", "cf. ", "e.g. ", "e.g., "].iter().find_map(|lead| inner.strip_prefix(lead)).unwrap_or(inner);
    inner.split(';').all(is_author_and_year).then_some((range, Some(AnnotationKind::Citation), false))
}

fn is_author_and_year(part: &str) -> bool {
    let part = part.trim();
    let Some(at) = part.find(|digit: char| digit.is_ascii_digit()) else { return false };
    let (authors, year) = part.split_at(at);
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    let after = &year[digits..];
    let letter = after.strip_prefix(|letter: char| letter.is_ascii_lowercase()).unwrap_or(after);
    let pages = letter.is_empty() || letter.starts_with([',', ':']);
    let year = digits == 4 && (year.starts_with("1") || year.starts_with("20"));
    let authors = authors.trim_end().trim_end_matches(',').trim_end();
    let names = authors.split([' ', ',']).filter(|word| !word.is_empty()).all(|word| {
        word.starts_with(char::is_uppercase)
            || matches!(word, "and" | "&" | "et" | "al." | "al" | "de" | "van" | "von" | "der" | "n.d.")
    });
    // "(March 2019)", "(Born 1950)" name nobody.
    let month = crate::abbreviations::is_calendar(authors)
        || matches!(authors, "Born" | "Died" | "In" | "Since" | "Spring" | "Summer" | "Autumn" | "Winter");
    year && pages && names && !month && authors.starts_with(char::is_uppercase) && authors.chars().nth(1).is_some()
}

fn url(text: &str, colon: usize) -> Option<Hit> {
    if !text[colon..].starts_with("://") {
        return None;
    }
    let scheme = text.as_bytes()[..colon]
        .iter()
        .rev()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'+')
        .count();
    let start = colon - scheme;
    (scheme > 0).then(|| (start..url_end(text, colon + 3), None, true))
}

fn www(text: &str, at: usize) -> Option<Hit> {
    let starts = text[..at]
        .chars()
        .next_back()
        .is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '.' | '-' | '/'));
    let www = text.as_bytes().get(at..at + 4)?.eq_ignore_ascii_case(b"www.");
    (starts && www && text[at + 4..].starts_with(char::is_alphanumeric))
        .then(|| (at..url_end(text, at + 4), None, true))
}

/// Where a URL ends: before a blank or a mark that no URL holds, marks of punctuation at its end left out.
fn url_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let end = rest
        .find(|this: char| this.is_whitespace() || this.is_control() || "<>\"“”‘’«»`{}|\\^\u{fffc}".contains(this))
        .unwrap_or(rest.len());
    let mut url = &rest[..end];
    const TRAILING_BRACKETS_MAX: usize = 4;
    for _ in 0..TRAILING_BRACKETS_MAX {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '…']);
        let shorter = match shorter.strip_suffix([')', ']']) {
            // A bracket belongs to the URL if it was opened there.
            Some(without) if !without.contains(if shorter.ends_with(')') { '(' } else { '[' }) => without,
            _ => shorter,
        };
        if shorter.len() == url.len() {
            break;
        }
        url = shorter;
    }
    from + url.len()
}

/// An e-mail address, or a name on a social network.
fn address(text: &str, at: usize) -> Option<Hit> {
    let bytes = text.as_bytes();
    let local = bytes[..at]
        .iter()
        .rev()
        .take(LOCAL_PART_BYTES_MAX)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte))
        .count();
    let domain =
        bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(byte)).count();
    let start = floor_char_boundary(text, at - local);
    let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    let end = at + 1 + domain.len();
    if local > 0 {
        return domain.contains('.').then_some((start..end, None, true));
    }
    let after_blank = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    let name = domain.split('.').next().unwrap_or_default();
    (after_blank && name.len() > 1).then_some((at..at + 1 + name.len(), None, true))
}

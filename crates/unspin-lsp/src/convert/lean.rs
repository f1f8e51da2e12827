//! A whole report in the words of the protocol, written as it is walked through: on each key thousands of marks may have moved, and
//! building the library's value for each of them would take longer than the analysis.

use std::ops::Range;

use ropey::Rope;
use serde::ser::{Serialize, SerializeSeq, Serializer};
use tower_lsp::ls_types::{self, Uri};
use unspin_core::{Mark, rules};

use super::Encoding;
use super::to_lsp::{self, DiagnosticShape};

/// The marks of a text, as `to_lsp::mark` would give them.
pub(crate) struct Marks<'m> {
    pub(crate) marks: &'m [Mark],
    /// The whole text.
    pub(crate) text: &'m str,
    /// The same.
    pub(crate) rope: &'m Rope,
    pub(crate) uri: &'m Uri,
    pub(crate) shape: DiagnosticShape,
}

impl Serialize for Marks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut walk = Walk::new(self.text, self.shape.encoding);
        let mut list = serializer.serialize_seq(Some(self.marks.len()))?;
        for mark in self.marks {
            let bytes = mark.range();
            let start = walk.position(bytes.start);
            // Marks may overlap: the next one is looked for from the start of this one.
            let end = walk.clone().position(bytes.end);
            list.serialize_element(&Lean {
                range: ls_types::Range::new(start, end),
                severity: to_lsp::severity(mark.severity()),
                code: mark.rule(),
                code_description: self
                    .shape
                    .links
                    .then(|| rules::find(mark.rule()).map(|rule| Description { href: rule.url() }))
                    .flatten(),
                source: to_lsp::SOURCE,
                message: mark.message(),
                related_information: (self.shape.related && mark.related().len() > 0).then(|| self.related(mark)),
            })?;
        }
        list.end()
    }
}

impl Marks<'_> {
    fn related<'m>(&'m self, mark: &'m Mark) -> Vec<Related<'m>> {
        let location = |bytes: Range<usize>| Location {
            uri: self.uri,
            range: to_lsp::range(self.rope, &bytes, self.shape.encoding),
        };
        mark.related().map(|(bytes, message)| Related { location: location(bytes), message }).collect()
    }
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Lean<'m> {
    range: ls_types::Range,
    severity: ls_types::DiagnosticSeverity,
    code: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<Description>,
    source: &'m str,
    message: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    related_information: Option<Vec<Related<'m>>>,
}

#[derive(serde::Serialize)]
struct Description {
    href: String,
}

#[derive(serde::Serialize)]
struct Related<'m> {
    location: Location<'m>,
    message: &'m str,
}

#[derive(serde::Serialize)]
struct Location<'m> {
    uri: &'m Uri,
    range: ls_types::Range,
}

/// A way through a text that knows its line at each place.
#[derive(Clone)]
struct Walk<'t> {
    text: &'t str,
    encoding: Encoding,
    at: usize,
    line: u32,
    /// Units of the line before `at`.
    character: u32,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, encoding: Encoding) -> Walk<'t> {
        Walk { text, encoding, at: 0, line: 0, character: 0 }
    }

    /// The position of a byte that lies at or behind the one asked for last.
    fn position(&mut self, offset: usize) -> ls_types::Position {
        let offset = offset.min(self.text.len());
        debug_assert!(self.at <= offset, "marks are sorted by their start");
        let bytes = self.text.as_bytes();
        let mut line_start = self.at;
        for at in memchr::memchr2_iter(b'\n', b'\r', &bytes[self.at..offset]) {
            let end = self.at + at + 1;
            // A CR before an LF is half a line break; between the two there is no position.
            if bytes[end - 1] == b'\r' && bytes.get(end) == Some(&b'\n') {
                continue;
            }
            self.line += 1;
            self.character = 0;
            line_start = end;
        }
        let units = match (self.encoding, &self.text[line_start..offset]) {
            (_, rest) if rest.is_ascii() => rest.len(),
            (Encoding::Utf8, rest) => rest.len(),
            (Encoding::Utf16, rest) => rest.chars().map(char::len_utf16).sum(),
            (Encoding::Utf32, rest) => rest.chars().count(),
        };
        self.character += u32::try_from(units).unwrap_or(u32::MAX);
        self.at = offset;
        ls_types::Position::new(self.line, self.character)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_knows_the_positions_that_are_looked_up() {
        let text = "aé\u{1F600}\u{2028}b\r\nß\rc\n\n\u{1F468}\u{200D}\u{1F469}d";
        let rope = Rope::from_str(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut walk = Walk::new(text, encoding);
            for (offset, _) in
                text.char_indices().filter(|(offset, _)| text.get(offset - 1.min(*offset)..offset + 1) != Some("\r\n"))
            {
                let looked_up = to_lsp::position(&rope, offset, encoding);
                assert_eq!(walk.position(offset), looked_up, "{offset} {encoding:?}");
                assert_eq!(Walk::new(text, encoding).position(offset), looked_up, "{offset} {encoding:?}");
            }
        }
    }
}

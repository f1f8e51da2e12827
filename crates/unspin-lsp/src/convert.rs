//! The door between byte offsets and the positions of the protocol. No other module knows a line number.

pub(crate) mod from_lsp;
pub(crate) mod lean;
pub(crate) mod to_lsp;

use tower_lsp::ls_types::PositionEncodingKind;

/// In which units a client counts inside a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Encoding {
    Utf8,
    /// What holds when nothing was agreed.
    #[default]
    Utf16,
    Utf32,
}

impl Encoding {
    /// The first of the client's that we know; clients name the one they like best first.
    pub(crate) fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        offered.unwrap_or_default().iter().find_map(Encoding::known).unwrap_or_default()
    }

    fn known(kind: &PositionEncodingKind) -> Option<Encoding> {
        match kind.as_str() {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        }
    }

    /// As the protocol names it.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

#[cfg(test)]
mod tests {
    use ropey::Rope;
    use tower_lsp::ls_types::Position;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn every_offset_survives_the_way_there_and_back() {
        // CRLF is left out: no position points between its two bytes.
        let text = "aé\u{1F600}\u{2028}b\r\nß\rc\n\n\u{1F468}\u{200D}\u{1F469}";
        let rope = Rope::from_str(text);
        for encoding in ALL {
            for (offset, _) in text
                .char_indices()
                .chain([(text.len(), ' ')])
                .filter(|(offset, _)| text.get(offset - 1.min(*offset)..offset + 1) != Some("\r\n"))
            {
                let position = to_lsp::position(&rope, offset, encoding);
                assert_eq!(from_lsp::offset(&rope, position, encoding), offset, "{position:?} {encoding:?}");
            }
        }
    }

    #[test]
    fn only_the_line_breaks_of_the_protocol_count() {
        let rope = Rope::from_str("a\u{2028}b\u{85}c\u{b}d\re\r\nf\ng");
        assert_eq!(to_lsp::position(&rope, rope.len_bytes(), Encoding::Utf16), Position::new(3, 1));
    }

    #[test]
    fn what_lies_outside_is_clamped() {
        let rope = Rope::from_str("a\u{1F600}b\r\nc");
        let check = |line, character, encoding, offset| {
            assert_eq!(
                from_lsp::offset(&rope, Position::new(line, character), encoding),
                offset,
                "{line}:{character} {encoding:?}"
            );
        };
        for encoding in ALL {
            check(0, 99, encoding, 6); // The end of the line, before its break.
            check(1, u32::MAX, encoding, 9);
            check(2, 0, encoding, 9);
            check(u32::MAX, u32::MAX, encoding, 9);
        }
        check(0, 2, Encoding::Utf16, 1); // In the middle of the surrogate pair.
        check(0, 3, Encoding::Utf8, 1); // In the middle of the four bytes.
    }

    #[test]
    fn the_first_known_encoding_is_taken() {
        let kinds =
            |names: &[&'static str]| names.iter().map(|name| PositionEncodingKind::new(name)).collect::<Vec<_>>();
        assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(Some(&kinds(&["utf-7"]))), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(Some(&kinds(&["utf-7", "utf-32", "utf-8"]))), Encoding::Utf32);
    }
}

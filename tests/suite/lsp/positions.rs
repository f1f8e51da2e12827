//! The client's own idea of lines and characters, written by the letter of the protocol and not as the server does it.

use serde_json::{Value, json};

use super::client::{Client, ordinary, range};

/// How a client counts inside a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Units {
    Utf8,
    Utf16,
    Utf32,
}

impl Units {
    pub(crate) const ALL: [Units; 3] = [Units::Utf8, Units::Utf16, Units::Utf32];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Units::Utf8 => "utf-8",
            Units::Utf16 => "utf-16",
            Units::Utf32 => "utf-32",
        }
    }

    fn len(self, text: &str) -> usize {
        match self {
            Units::Utf8 => text.len(),
            Units::Utf16 => text.encode_utf16().count(),
            Units::Utf32 => text.chars().count(),
        }
    }

    /// The position of a byte on a character boundary that is not inside a CRLF.
    pub(crate) fn position(self, text: &str, offset: usize) -> Value {
        let (mut line, mut line_start) = (0, 0);
        for (idx, character) in text[..offset].char_indices() {
            let ends = character == '\n' || (character == '\r' && !text[idx + 1..].starts_with('\n'));
            if ends {
                line += 1;
                line_start = idx + 1;
            }
        }
        json!({ "line": line, "character": self.len(&text[line_start..offset]) })
    }

    /// The byte of a position that is in the text.
    #[track_caller]
    pub(crate) fn offset(self, text: &str, position: &Value) -> usize {
        let number = |key: &str| position[key].as_u64().expect("a number") as usize;
        let mut line_start = 0;
        for _ in 0..number("line") {
            let rest = &text[line_start..];
            let end = rest.find(['\r', '\n']).expect("the text has that line");
            line_start += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        }
        let line = &text[line_start..];
        let within = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        line_start
            + within
                .into_iter()
                .find(|at| self.len(&line[..*at]) == number("character"))
                .expect("the line has that place")
    }

    pub(crate) fn range(self, text: &str, bytes: std::ops::Range<usize>) -> Value {
        json!({ "start": self.position(text, bytes.start), "end": self.position(text, bytes.end) })
    }
}

/// An ordinary client that counts like this.
pub(crate) fn client_of(units: Units) -> Client {
    let mut capabilities = ordinary();
    capabilities["general"] = json!({ "positionEncodings": [units.name()] });
    Client::with(json!({ "capabilities": capabilities }))
}

#[test]
fn marks_are_counted_as_the_client_counts() {
    let text = "Zoë 😀: the army help arrived on Monday.\r\n\rThe army help came, too.";
    for units in Units::ALL {
        let mut client = client_of(units);
        assert_eq!(client.server["capabilities"]["positionEncoding"], units.name());
        client.open("untitled:a", "plaintext", text);
        let marked: Vec<Value> =
            client.diagnostics("untitled:a", 1).iter().map(|found| found["range"].clone()).collect();
        let expected: Vec<Value> =
            text.match_indices("army help").map(|(at, found)| units.range(text, at..at + found.len())).collect();
        assert_eq!(marked, expected, "{units:?}");
    }
}

#[test]
fn a_client_that_offers_nothing_counts_in_utf_16() {
    assert_eq!(Client::start().server["capabilities"]["positionEncoding"], "utf-16");
}

#[test]
fn positions_outside_the_text_are_brought_inside() {
    let mut client = Client::start();
    let uri = "untitled:a";
    client.open(uri, "plaintext", "a😀b\r\nc");
    let mut version = 1;
    let mut check = |start: Value, end: Value, text: &str, expected: &str| {
        version += 1;
        client.change(uri, version, json!([{ "range": { "start": start, "end": end }, "text": text }]));
        assert_eq!(client.text(uri).as_deref(), Some(expected));
    };
    let at = |line: i64, character: i64| json!({ "line": line, "character": character });
    check(at(0, 99), at(0, 99), "!", "a😀b!\r\nc"); // Past the end of a line.
    check(at(7, 0), at(9, 9), "?", "a😀b!\r\nc?"); // Past the last line.
    check(at(0, 2), at(0, 2), "-", "a-😀b!\r\nc?"); // In the middle of a surrogate pair.
    check(at(-1, -5), at(0, 0), ">", ">a-😀b!\r\nc?"); // Before the first line.
    check(at(0, 2), at(0, 1), "", ">-😀b!\r\nc?"); // The end before the start.
    check(at(0, 10_000_000_000), at(0, 10_000_000_000), ".", ">-😀b!.\r\nc?");
}

#[test]
fn half_a_surrogate_pair_does_not_part_client_and_server() {
    let mut client = Client::start();
    client.open("untitled:a", "plaintext", "ab");
    // As some clients send it while a person deletes an emoji: JSON that no Rust string can hold.
    let body = concat!(
        r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:a","version":2},"#,
        r#""contentChanges":[{"range":{"start":{"line":0,"character":1},"end":{"line":0,"character":1}},"text":"\ud83d"}]}}"#
    );
    client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    client.change("untitled:a", 3, json!([{ "range": range((0, 2), (0, 3)), "text": "c" }]));
    assert_eq!(client.text("untitled:a").as_deref(), Some("a\u{fffd}c"));
}

//! Ten thousand random edits: the server's text stays the client's, and its marks are those of a fresh start.

use serde_json::{Value, json};

use super::client::Client;
use super::positions::{Units, client_of};

/// What is typed and pasted: words that are marked and others, line ends of every kind, characters of every length.
pub(crate) const PIECES: &[&str] = &[
    "The army help arrived on Monday. ",
    "Officials mentioned the nuclear take a look at in worldwide sanctions. ",
    "It rained in the north, and nobody minded. ",
    "“We will not wait,” she said. ",
    "army ",
    "help",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\n\r",
    "a",
    " ",
    ".",
    "é",
    "ß\u{301}",
    "\u{1F600}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\u{feff}",
    "*",
    "`",
    "```\n",
    "> ",
    "| a | b |\n|---|---|\n",
    "<!-- ",
    " -->",
    "[x](y)",
    "\"",
    "“",
];

/// How long the text grows before it is cut down again.
const TEXT_BYTES_MAX: usize = 6000;

/// Numbers that are the same in every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        // Zero would stay zero.
        Random(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// The nearest place at or before `offset` that a position can name: not inside a character, and not inside a CRLF.
pub(crate) fn nameable(text: &str, mut offset: usize) -> usize {
    let inside_crlf = |offset: usize| text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
    while !text.is_char_boundary(offset) || inside_crlf(offset) {
        offset -= 1;
    }
    offset
}

#[test]
fn after_ten_thousand_edits_text_and_marks_are_those_of_a_fresh_start() {
    for (units, language, edits) in
        [(Units::Utf16, "markdown", 6000), (Units::Utf8, "plaintext", 2000), (Units::Utf32, "wikitext", 2000)]
    {
        let mut random = Random::new(edits);
        let uri = "untitled:article";
        let mut client = client_of(units);
        let mut text = "The army help arrived on Monday.\r\n".to_owned();
        client.open(uri, language, &text);
        let mut version = 1;
        let mut done = 0;
        while done < edits {
            // One message brings a few edits, each in positions of the text after the one before it.
            let mut changes = Vec::new();
            for _ in 0..=random.below(3) {
                let start = nameable(&text, random.below(text.len() + 1));
                let len = if TEXT_BYTES_MAX < text.len() { random.below(text.len()) } else { random.below(20) };
                let end = nameable(&text, (start + len).min(text.len())).max(start);
                let piece = if random.below(4) == 0 { "" } else { PIECES[random.below(PIECES.len())] };
                if random.below(200) == 0 {
                    text = format!("{piece}{text}");
                    changes.push(json!({ "text": text }));
                } else {
                    changes.push(json!({ "range": units.range(&text, start..end), "text": piece }));
                    text.replace_range(start..end, piece);
                }
                done += 1;
            }
            version += 1;
            client.change(uri, version, Value::Array(changes));
            if random.below(100) == 0 {
                assert_eq!(client.text(uri).as_deref(), Some(text.as_str()), "{language}, after {done} edits");
            }
        }
        // Something to be marked is there in the end, so that equal does not mean empty.
        version += 1;
        text.insert_str(0, "The army help arrived on Monday.\n\n");
        client.change(
            uri,
            version,
            json!([{ "range": units.range("", 0..0), "text": "The army help arrived on Monday.\n\n" }]),
        );
        assert_eq!(client.text(uri).as_deref(), Some(text.as_str()), "{language}");
        let followed = client.diagnostics(uri, version);
        assert!(!followed.is_empty());
        assert_eq!(followed, fresh(units, language, &text), "{language}");
        assert!(client.shut_down().success());
    }
}

fn fresh(units: Units, language: &str, text: &str) -> Vec<Value> {
    let mut client: Client = client_of(units);
    client.open("untitled:article", language, text);
    client.diagnostics("untitled:article", 1)
}

#[test]
fn marks_of_other_sentences_stand_still_while_one_is_typed() {
    let uri = "untitled:article";
    let mut client = client_of(Units::Utf16);
    let marked = "The nuclear take a look at came on Monday.\n\n";
    client.open(uri, "plaintext", &format!("{marked}\n\n{marked}{marked}"));
    client.diagnostics(uri, 1);
    let typed = "Nobody in the north had minded the rain, and the army help arrived without a word of it. ".repeat(6);
    let keys: Vec<char> = typed.chars().take(500).collect();
    for (idx, key) in keys.iter().enumerate() {
        let at = json!({ "line": 2, "character": idx });
        client.change(uri, idx as i32 + 2, json!([{ "range": { "start": at, "end": at }, "text": key }]));
    }
    client.diagnostics(uri, 501);
    // Everything that was ever published on the way.
    let published = client.all("textDocument/publishDiagnostics");
    for publication in &published {
        let lines: Vec<u64> = publication["diagnostics"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|found| found["range"]["start"]["line"].as_u64())
            .filter(|line| *line != 2)
            .collect();
        assert_eq!(lines, [0, 4, 6], "{publication}");
    }
}

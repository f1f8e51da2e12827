//! Typing all day: the server's memory ends where it began.
//!
//! `UNSPIN_EDITS` says how many edits there are; a release is made after 100,000.

use serde_json::{Value, json};

use super::client::Client;
use super::edits::{PIECES, Random, nameable};
use super::positions::{Units, client_of};

/// How many edits are made when nobody says how many.
const EDITS: usize = 1500;

/// After so many edits the server has everything that it needs to work.
const WARM_EDITS: usize = 500;

/// What may be there in the end that was not there at the beginning: an allocator does not give back every page.
const GROWTH_BYTES_MAX: usize = 12 << 20;

/// The server is waited for after so many edits; between, it works on what is newest.
const BURST: usize = 8;

/// How long the text grows before it becomes what it was.
const TEXT_BYTES_MAX: usize = 9000;

#[cfg(target_os = "linux")]
#[test]
fn memory_ends_where_it_began() {
    let edits = std::env::var("UNSPIN_EDITS").map_or(EDITS, |edits| edits.parse().expect("`UNSPIN_EDITS` is a number"));
    let uri = "untitled:article";
    let article = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/articles/seed.txt")).expect("ours");
    let mut client = client_of(Units::Utf16);
    client.open(uri, "markdown", &article);
    client.diagnostics(uri, 1);
    let mut typist = Typist { random: Random::new(5), text: article.clone(), article: article.clone(), version: 1 };
    typist.edit(&mut client, uri, WARM_EDITS);
    let before = typist.begin_anew(&mut client, uri);
    typist.edit(&mut client, uri, edits);
    let after = typist.begin_anew(&mut client, uri);
    println!("{} KiB before {edits} edits, {} KiB after", before >> 10, after >> 10);
    assert!(after < before + GROWTH_BYTES_MAX, "{before} bytes have become {after}");
    // What was kept for the document goes with it.
    client.close(uri);
    client.all("textDocument/publishDiagnostics");
    assert!(client.resident_bytes() < before + GROWTH_BYTES_MAX);
    assert!(client.shut_down().success());
}

struct Typist {
    random: Random,
    text: String,
    article: String,
    version: i32,
}

impl Typist {
    fn edit(&mut self, client: &mut Client, uri: &str, edits: usize) {
        for idx in 0..edits {
            if TEXT_BYTES_MAX < self.text.len() {
                self.replace_all(client, uri);
                continue;
            }
            let start = nameable(&self.text, self.random.below(self.text.len() + 1));
            // As much is deleted as is typed, one time in fifty a paragraph.
            let len = if self.random.below(50) == 0 { 400 } else { self.random.below(12) };
            let end = nameable(&self.text, (start + len).min(self.text.len())).max(start);
            let piece = match self.random.below(60) {
                0 => &self.article[..nameable(&self.article, self.random.below(1500))],
                _ => PIECES[self.random.below(PIECES.len())],
            };
            let change = json!([{ "range": Units::Utf16.range(&self.text, start..end), "text": piece }]);
            self.text.replace_range(start..end, piece);
            self.version += 1;
            client.change(uri, self.version, change);
            if idx % BURST == 0 {
                client.diagnostics(uri, self.version);
                client.all("textDocument/publishDiagnostics");
            }
        }
    }

    /// The text is again what it was at first; the memory that the server then holds.
    fn begin_anew(&mut self, client: &mut Client, uri: &str) -> usize {
        self.replace_all(client, uri);
        let marks: Vec<Value> = client.diagnostics(uri, self.version);
        assert!(!marks.is_empty());
        client.all("textDocument/publishDiagnostics");
        client.resident_bytes()
    }

    fn replace_all(&mut self, client: &mut Client, uri: &str) {
        self.text.clone_from(&self.article);
        self.version += 1;
        client.change(uri, self.version, json!([{ "text": self.text }]));
    }
}

//! Bytes become a stream of messages, whole, damaged and none at all; a server must bear it and be right afterwards.
//!
//! The same functions run under the fuzzer (`fuzz_targets/messages.rs`, in process, led by coverage) and as a test (over standard input
//! and output with the real program, led by chance).

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long the server may be silent before it counts as hanging.
const WAIT: Duration = Duration::from_secs(60);

/// A message may claim to be so much longer than it is.
const LIE_BYTES_MAX: usize = 2048;

const URIS: &[&str] = &["untitled:a", "untitled:b", "file:///nowhere/c.md", "file:///nowhere/d%20e.txt", "x", ""];

const LANGUAGES: &[&str] = &["plaintext", "markdown", "wikitext", "klingon", ""];

const PIECES: &[&str] = &[
    "The army help arrived on Monday. ",
    "Analysts suggest the plan will fail.\n\n",
    "“We will not wait,” she said. ",
    "e",
    " ",
    ".",
    "\n",
    "\r\n",
    "\r",
    "\u{1F600}",
    "e\u{301}",
    "\u{2028}",
    "\0",
    "“",
    "\"",
    "*",
    "```\n",
    "> ",
    "<!-- unspin-ignore -->",
    "[a]: b\n",
    "{|\n",
    "| a |\n|---|\n",
];

const COMMANDS: &[&str] = &["applyFix", "fixKind", "ignore", "fixAll", "allow", "selectPlaceholder", "showRule", "x"];

const REQUESTS: &[&str] = &[
    "textDocument/hover",
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/documentSymbol",
    "textDocument/diagnostic",
    "textDocument/inlayHint",
    "codeAction/resolve",
    "workspace/diagnostic",
    "unspin/debug/text",
    "unheard/of",
];

/// The bytes, taken one after the other; zero when there are no more.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn next(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::from(self.next()) % bound
    }

    fn of<'b>(&mut self, list: &[&'b str]) -> &'b str {
        list[self.below(list.len())]
    }

    fn text(&mut self) -> String {
        (0..self.below(6)).map(|_| self.of(PIECES)).collect()
    }

    /// A position, most of them in the text.
    fn position(&mut self) -> Value {
        let number = |byte: u8| match byte {
            250 => json!(-1),
            251 => json!(u32::MAX),
            252 => json!(1e12),
            253 => json!(0.5),
            254 => Value::Null,
            byte => json!(byte % 32),
        };
        json!({ "line": number(self.next() / 4), "character": number(self.next()) })
    }

    fn range(&mut self) -> Value {
        json!({ "start": self.position(), "end": self.position() })
    }

    /// A value of any kind.
    fn value(&mut self) -> Value {
        match self.below(7) {
            0 => Value::Null,
            1 => json!(self.next()),
            2 => json!(self.of(PIECES)),
            3 => json!([self.next(), self.of(URIS)]),
            4 => json!({ "uri": self.of(URIS), "range": self.range(), "rule": "spun-phrase", "fix": self.next() }),
            5 => {
                json!({ "unspin": { "rules": { "spun-phrase": self.of(&["off", "hint", "loud"]) }, "words": { "allow": [self.of(PIECES)] } } })
            }
            _ => json!({ "unspin": { "sensitivity": self.of(&["cautious", "thorough", "x"]), "inlayHints": true } }),
        }
    }
}

/// A client at one end of a server.
pub(crate) struct Driver<W> {
    to: W,
    from: Receiver<Value>,
    next_id: i64,
    version: i64,
    /// Requests that must be answered once each.
    open: BTreeSet<i64>,
    /// How many messages were sent.
    pub(crate) sent: usize,
}

impl<W: Write> Driver<W> {
    /// Shakes hands. What the server writes is read by a thread.
    pub(crate) fn new(to: W, from: impl Read + Send + 'static) -> Driver<W> {
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let mut from = BufReader::new(from);
            while let Some(message) = read_message(&mut from) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut driver = Driver { to, from: receiver, next_id: 0, version: 0, open: BTreeSet::new(), sent: 0 };
        let capabilities = json!({
            "workspace": { "configuration": true, "applyEdit": true, "workspaceEdit": { "documentChanges": true } },
            "textDocument": { "publishDiagnostics": { "versionSupport": true }, "inlayHint": {} },
            "window": { "showDocument": { "support": true }, "workDoneProgress": true },
            "experimental": { "unspinStatus": true },
        });
        driver.request("initialize", json!({ "capabilities": capabilities }));
        driver.settle();
        driver.notify("initialized", json!({}));
        driver
    }

    /// Sends what the bytes say. The server must answer each request once, and afterwards be as right as before.
    ///
    /// # Panics
    /// If it does not: that is the finding.
    pub(crate) fn run(&mut self, data: &[u8]) {
        let mut choices = Choices(data);
        while !choices.0.is_empty() {
            self.step(&mut choices);
        }
        self.notify("workspace/didChangeConfiguration", json!({ "settings": { "unspin": {} } }));
        for uri in URIS {
            self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        }
        self.is_right();
        self.settle();
    }

    fn step(&mut self, choices: &mut Choices<'_>) {
        match choices.below(16) {
            0 | 1 => {
                let text: String = (0..3).map(|_| choices.text()).collect();
                let (uri, language) = (choices.of(URIS), choices.of(LANGUAGES));
                let document =
                    json!({ "uri": uri, "languageId": language, "version": self.count(choices), "text": text });
                self.notify("textDocument/didOpen", json!({ "textDocument": document }));
            }
            2..=5 => {
                let changes: Vec<Value> = (0..=choices.below(3)).map(|_| change(choices)).collect();
                let document = json!({ "uri": choices.of(URIS), "version": self.count(choices) });
                let params = json!({ "textDocument": document, "contentChanges": changes });
                self.notify("textDocument/didChange", params);
            }
            6 => self.notify("textDocument/didClose", json!({ "textDocument": { "uri": choices.of(URIS) } })),
            7 | 8 => {
                let (method, params) = question(choices);
                self.request(method, params);
            }
            9 => {
                let command = format!("unspin.server.{}", choices.of(COMMANDS));
                let arguments = vec![choices.value(); choices.below(3)];
                self.request("workspace/executeCommand", json!({ "command": command, "arguments": arguments }));
            }
            10 => self.notify("workspace/didChangeConfiguration", json!({ "settings": choices.value() })),
            11 => {
                let id = self.next_id - choices.below(4) as i64;
                self.notify("$/cancelRequest", json!({ "id": id }));
            }
            12 => {
                let answered = json!({ "jsonrpc": "2.0", "id": choices.below(8), "result": choices.value() });
                self.frame(&answered.to_string().into_bytes(), 0);
            }
            13 => {
                let method = choices.of(&[
                    "$/setTrace",
                    "textDocument/didSave",
                    "workspace/didChangeWatchedFiles",
                    "workspace/didChangeWorkspaceFolders",
                    "window/workDoneProgress/cancel",
                    "initialized",
                ]);
                let params = choices.value();
                self.notify(method, params);
            }
            14 => self.damaged(choices),
            _ => self.noise(choices),
        }
    }

    /// A version, which may stand still or go backwards.
    fn count(&mut self, choices: &mut Choices<'_>) -> i64 {
        self.version += choices.below(8) as i64 - 1;
        self.version
    }

    /// A message with a few bytes changed. It has no number, so that it can claim nobody else's answer.
    fn damaged(&mut self, choices: &mut Choices<'_>) {
        let (method, params) = question(choices);
        let mut body = json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string().into_bytes();
        for _ in 0..=choices.below(4) {
            let at = choices.below(body.len().min(256));
            match choices.below(4) {
                0 => body[at] = choices.next(),
                1 => body.insert(at, choices.next()),
                2 => drop(body.remove(at)),
                _ => body.truncate(body.len() - at.min(8)),
            }
        }
        self.frame(&body, 0);
    }

    /// Anything: a body that is no JSON, a header that is none, a length that is a lie.
    fn noise(&mut self, choices: &mut Choices<'_>) {
        let kind = choices.below(4);
        let body: Vec<u8> = (0..choices.below(40)).map(|_| choices.next()).collect();
        match kind {
            0 => self.frame(&body, 0),
            1 => self.frame(&body, choices.below(LIE_BYTES_MAX)),
            2 => {
                self.write(&body);
                self.write(b"\r\n\r\n");
            }
            _ => {
                self.write(b"Content-Length: ");
                self.write(&body);
                self.write(b"\r\n\r\n");
            }
        }
        // However much the server still expects, here it has it, and the next message begins on a line of its own.
        self.write(&b"\r\n".repeat(LIE_BYTES_MAX));
    }

    /// The server still finds what is to be found.
    fn is_right(&mut self) {
        let uri = "untitled:right";
        // A claim: whether it is marked does not depend on how spun the rest is.
        let text = "It rained.\n\nAnalysts suggest the plan will fail.\n";
        let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        let begin = Instant::now();
        loop {
            let message = self.receive();
            let marks = &message["params"]["diagnostics"];
            if message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && marks[0]["range"]["start"] == json!({ "line": 2, "character": 0 })
            {
                break;
            }
            assert!(begin.elapsed() < WAIT, "a phrase is no longer found; the last message is {message}");
        }
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Waits until everything that was asked is answered.
    fn settle(&mut self) {
        while !self.open.is_empty() {
            self.receive();
        }
    }

    fn receive(&mut self) -> Value {
        let message = match self.from.recv_timeout(WAIT) {
            Ok(message) => message,
            Err(error) => panic!("{error}; unanswered are {:?}", self.open),
        };
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        match (message.get("method").and_then(Value::as_str), message["id"].as_i64()) {
            (None, Some(id)) => assert!(self.open.remove(&id), "nobody asked, or it is answered twice: {message}"),
            (Some("window/logMessage"), _) => {
                let line = message["params"]["message"].as_str().unwrap_or_default();
                assert!(!line.contains("a bug in Unspin") && !line.contains("failed:"), "{line}");
            }
            _ => {}
        }
        message
    }

    fn request(&mut self, method: &str, params: Value) {
        self.next_id += 1;
        self.open.insert(self.next_id);
        let message = json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params });
        self.frame(&message.to_string().into_bytes(), 0);
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.frame(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string().into_bytes(), 0);
    }

    /// Sends a body under a header that says that it is so much longer.
    fn frame(&mut self, body: &[u8], longer: usize) {
        self.sent += 1;
        self.write(format!("Content-Length: {}\r\n\r\n", body.len() + longer).as_bytes());
        self.write(body);
    }

    fn write(&mut self, bytes: &[u8]) {
        self.to.write_all(bytes).and_then(|()| self.to.flush()).expect("the server reads");
    }
}

/// A change of a document.
fn change(choices: &mut Choices<'_>) -> Value {
    if choices.below(8) == 0 {
        return json!({ "text": choices.text() });
    }
    json!({ "range": choices.range(), "text": choices.text() })
}

/// A request, most of them as a client would make it.
fn question(choices: &mut Choices<'_>) -> (&'static str, Value) {
    let method = choices.of(REQUESTS);
    let mut params = json!({
        "textDocument": { "uri": choices.of(URIS) },
        "uri": choices.of(URIS),
        "position": choices.position(),
        "range": choices.range(),
        "context": { "diagnostics": [] },
        "previousResultIds": [],
    });
    match choices.below(4) {
        0 => params["context"]["only"] = json!([choices.of(&["quickfix", "source.fixAll.unspin", "", "refactor"])]),
        1 => params["previousResultId"] = json!(choices.next().to_string()),
        2 => params["data"] = choices.value(),
        _ => {}
    }
    if method == "codeAction/resolve" {
        params["title"] = json!("x");
    }
    if choices.below(16) == 0 {
        params = choices.value();
    }
    (method, params)
}

/// The next message, which must be one.
fn read_message(input: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = Some(value.parse().expect("a length")),
            Some(_) => {}
            None => {
                assert_eq!(line, "\r\n", "a header of the server");
                break;
            }
        }
    }
    let mut body = vec![0; length.expect("the server says how long a message is")];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server writes JSON"))
}

//! One client for every server: over standard input and output, with the time at which each message came.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};

use super::process;

/// How long an answer may take before the run is given up.
const WAIT: Duration = Duration::from_secs(600);

/// The address of the one document.
const NAME: &str = "article.txt";

/// How a server is started, and what is known of it before it speaks.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) name: &'static str,
    pub(super) program: std::path::PathBuf,
    pub(super) args: &'static [&'static str],
    /// The answer to `workspace/configuration`.
    pub(super) configuration: Value,
    pub(super) completion: Completion,
}

/// How the client knows that a server has said all that it has to say of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Completion {
    /// It speaks once.
    First,
    /// `unspin/status` of the version says so; until it does, marks may come and go.
    Status,
}

/// A running server with one document.
pub(super) struct Session {
    child: Child,
    stdin: ChildStdin,
    incoming: Receiver<(Instant, Value)>,
    server: Server,
    folder: tempfile::TempDir,
    started: Instant,
    takes_ranges: bool,
    next_id: i64,
    version: i32,
    pub(super) text: String,
}

/// What a server said of one version of the document, and how long it took.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) first: Duration,
    pub(super) complete: Duration,
    /// What stands in the editor at last.
    pub(super) diagnostics: Value,
}

impl Answer {
    pub(super) fn marks(&self) -> usize {
        self.diagnostics.as_array().map_or(0, Vec::len)
    }
}

impl Session {
    /// Starts a server and shakes hands; the clock runs from before the process exists.
    pub(super) fn start(server: &Server) -> anyhow::Result<Session> {
        let folder = tempfile::tempdir()?;
        let started = Instant::now();
        let mut child = Command::new(&server.program)
            .args(server.args)
            // Dictionaries and settings of whoever runs this must not take part.
            .env("HOME", folder.path())
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start `{}`", server.program.display()))?;
        let stdin = child.stdin.take().context("it is piped")?;
        let mut stdout = BufReader::new(child.stdout.take().context("it is piped")?);
        let (sender, incoming) = channel();
        thread::spawn(move || {
            while let Some(body) = read_message(&mut stdout) {
                // A message has come when its last byte has; what the client makes of it is not the server's time.
                let came = Instant::now();
                let Ok(message) = serde_json::from_slice(&body) else { return };
                if sender.send((came, message)).is_err() {
                    return;
                }
            }
        });
        let mut session = Session {
            child,
            stdin,
            incoming,
            server: server.clone(),
            folder,
            started,
            takes_ranges: false,
            next_id: 0,
            version: 0,
            text: String::new(),
        };
        let capabilities = session.request(
            "initialize",
            json!({
                "processId": std::process::id(),
                "rootUri": uri(session.folder.path()),
                "capabilities": {
                    "workspace": { "configuration": true },
                    "textDocument": { "publishDiagnostics": { "versionSupport": true } },
                    "experimental": { "unspinStatus": server.completion == Completion::Status },
                },
            }),
        )?;
        let sync = &capabilities["capabilities"]["textDocumentSync"];
        session.takes_ranges = *sync == json!(2) || sync["change"] == json!(2);
        session.notify("initialized", &json!({}))?;
        Ok(session)
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Opens the document. The times count from the start of the process.
    pub(super) fn open(&mut self, text: &str) -> anyhow::Result<Answer> {
        std::fs::write(self.folder.path().join(NAME), text)?;
        self.version = 1;
        text.clone_into(&mut self.text);
        let document =
            json!({ "uri": self.uri(), "languageId": "plaintext", "version": self.version, "text": self.text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }))?;
        self.answer(self.started)
    }

    /// Types at a byte of the text, and gives the moment at which that was sent. What to send is made before the clock starts.
    pub(super) fn send_key(&mut self, at: usize, key: &str) -> anyhow::Result<Instant> {
        self.version += 1;
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let position = json!({
            "line": before.matches('\n').count(),
            "character": before[line_start..].encode_utf16().count(),
        });
        self.text.insert_str(at, key);
        let change = if self.takes_ranges {
            json!({ "range": { "start": position, "end": position }, "text": key })
        } else {
            json!({ "text": self.text })
        };
        let document = json!({ "uri": self.uri(), "version": self.version });
        let message = framed(
            &json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": { "textDocument": document, "contentChanges": [change] } }),
        )?;
        let sent = Instant::now();
        self.write(&message)?;
        Ok(sent)
    }

    /// Waits for all that the server says of the newest version.
    pub(super) fn answer(&mut self, since: Instant) -> anyhow::Result<Answer> {
        let mut first = None;
        let mut last: Option<Value> = None;
        loop {
            let (came, mut message) = self.receive(WAIT)?.context("no answer came")?;
            if self.is_publication(&message) {
                first.get_or_insert(came);
                last = Some(message["params"]["diagnostics"].take());
            }
            let is_complete = match self.server.completion {
                Completion::First => last.is_some(),
                Completion::Status => {
                    message["method"] == "unspin/status"
                        && message["params"]["version"] == json!(self.version)
                        && message["params"]["complete"] != json!(false)
                }
            };
            if is_complete && let (Some(first), Some(diagnostics)) = (first, last.take()) {
                return Ok(Answer { first: first - since, complete: came - since, diagnostics });
            }
        }
    }

    /// Takes in what comes until then; the number of publications among it.
    pub(super) fn listen_until(&mut self, end: Instant) -> anyhow::Result<usize> {
        let mut publications = 0;
        while let Some((_, message)) = self.receive(end.saturating_duration_since(Instant::now()))? {
            publications += usize::from(message["method"] == "textDocument/publishDiagnostics");
        }
        Ok(publications)
    }

    /// Ends the server.
    pub(super) fn stop(mut self) -> anyhow::Result<()> {
        self.request("shutdown", Value::Null)?;
        self.notify("exit", &Value::Null)?;
        self.child.wait()?;
        Ok(())
    }

    /// Diagnostics of the newest version; a server that gives no version speaks once of each, in order.
    fn is_publication(&self, message: &Value) -> bool {
        message["method"] == "textDocument/publishDiagnostics"
            && (message["params"]["version"].is_null() || message["params"]["version"] == json!(self.version))
    }

    fn uri(&self) -> String {
        uri(&self.folder.path().join(NAME))
    }

    fn request(&mut self, method: &str, params: Value) -> anyhow::Result<Value> {
        self.next_id += 1;
        let id = json!(self.next_id);
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.write(&framed(&message)?)?;
        loop {
            let (_, mut message) = self.receive(WAIT)?.with_context(|| format!("`{method}` is not answered"))?;
            if message.get("method").is_none() && message["id"] == id {
                ensure!(message.get("error").is_none(), "`{method}`: {}", message["error"]);
                return Ok(message["result"].take());
            }
        }
    }

    fn notify(&mut self, method: &str, params: &Value) -> anyhow::Result<()> {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        if !params.is_null() {
            message["params"] = params.clone();
        }
        self.write(&framed(&message)?)
    }

    /// The next message that is no request of the server; those are answered.
    fn receive(&mut self, wait: Duration) -> anyhow::Result<Option<(Instant, Value)>> {
        let end = Instant::now() + wait;
        loop {
            let (came, message) = match self.incoming.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(incoming) => incoming,
                Err(RecvTimeoutError::Timeout) => return Ok(None),
                Err(RecvTimeoutError::Disconnected) => bail!("`{}` ended", self.server.name),
            };
            let (Some(id), Some(method)) = (message.get("id"), message.get("method")) else {
                return Ok(Some((came, message)));
            };
            let result = match method.as_str() {
                Some("workspace/configuration") => {
                    let items = message["params"]["items"].as_array().map_or(0, Vec::len);
                    Value::from(vec![self.server.configuration.clone(); items])
                }
                _ => Value::Null,
            };
            let answer = framed(&json!({ "jsonrpc": "2.0", "id": id, "result": result }))?;
            self.write(&answer)?;
        }
    }

    fn write(&mut self, message: &[u8]) -> anyhow::Result<()> {
        let written = self.stdin.write_all(message).and_then(|()| self.stdin.flush());
        written.with_context(|| format!("`{}` does not read", self.server.name))
    }

    /// Bytes that it holds in memory now.
    pub(super) fn resident_bytes(&self) -> anyhow::Result<u64> {
        process::resident_bytes(self.pid())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Ended already, unless something failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn framed(message: &Value) -> anyhow::Result<Vec<u8>> {
    let body = serde_json::to_vec(message)?;
    let mut framed = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    framed.extend(body);
    Ok(framed)
}

fn read_message(input: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(':') {
            None => break,
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse().ok()?,
            Some(_) => {}
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(body)
}

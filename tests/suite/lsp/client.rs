//! A small client that does one thing after the other. What the server sends is read by a thread, as any editor does.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long an answer may take on a machine that does other things, too.
const WAIT: Duration = Duration::from_secs(60);

/// A running server and what was said so far.
pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    gate: Arc<Gate>,
    /// What has come and nobody has asked for yet, oldest first.
    pending: VecDeque<Value>,
    next_id: i64,
    /// Answers to requests of the server: `None` leaves them unanswered.
    answers: Option<Answers>,
    /// What the server answered to `initialize`.
    pub(crate) server: Value,
}

/// What a client answers to a request of the server, by method and parameters.
type Answers = Box<dyn Fn(&str, &Value) -> Value>;

/// Closed while the client does not read.
#[derive(Default)]
struct Gate {
    closed: Mutex<bool>,
    changed: Condvar,
}

/// Where the server is: `UNSPIN_BIN`, or what was built last.
pub(crate) fn server_path() -> PathBuf {
    if let Some(path) = std::env::var_os("UNSPIN_BIN") {
        return path.into();
    }
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let name = format!("unspin{}", std::env::consts::EXE_SUFFIX);
    let built = ["debug", "release"].map(|profile| target.join(profile).join(&name));
    let newest = built.into_iter().max_by_key(|path| path.metadata().and_then(|metadata| metadata.modified()).ok());
    newest.filter(|path| path.is_file()).expect("no server is built: run `cargo build`, or set UNSPIN_BIN")
}

/// What most editors can do.
pub(crate) fn ordinary() -> Value {
    json!({
        "workspace": { "applyEdit": true, "workspaceEdit": { "documentChanges": true } },
        "textDocument": {
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } } },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "publishDiagnostics": { "versionSupport": true },
        },
    })
}

impl Client {
    /// A server for an ordinary client without a workspace.
    pub(crate) fn start() -> Client {
        Client::with(json!({ "capabilities": ordinary() }))
    }

    /// A server that is told these parameters of `initialize`.
    pub(crate) fn with(params: Value) -> Client {
        let mut command = Command::new(server_path());
        command.arg("lsp");
        Client::spawn(command, params)
    }

    /// A server that another command starts.
    pub(crate) fn spawn(mut command: Command, mut params: Value) -> Client {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server can be started");
        let (sender, incoming) = channel();
        let gate = Arc::new(Gate::default());
        let (stdout, gate_of_reader) = (child.stdout.take().expect("it is piped"), Arc::clone(&gate));
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            loop {
                gate_of_reader.pass();
                let Some(message) = read_message(&mut stdout) else { return };
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        let (pending, server) = (VecDeque::new(), Value::Null);
        let answers: Option<Answers> = Some(Box::new(willing));
        let mut client = Client { child, stdin, incoming, gate, pending, next_id: 0, answers, server };
        params["processId"] = json!(std::process::id());
        client.server = client.request("initialize", params).expect("`initialize` is answered");
        client.notify("initialized", json!({}));
        client
    }

    /// Answers requests of the server in this way from here on.
    pub(crate) fn answer_with(&mut self, answers: impl Fn(&str, &Value) -> Value + 'static) {
        self.answers = Some(Box::new(answers));
    }

    /// Answers no request of the server from here on.
    pub(crate) fn answer_nothing(&mut self) {
        self.answers = None;
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and waits for the answer; `Err` is the error object.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer_to(id)
    }

    /// Asks, and gives the number of the request.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        self.next_id
    }

    #[track_caller]
    pub(crate) fn answer_to(&mut self, id: i64) -> Result<Value, Value> {
        let mut answer = self.wait_for(|message| message.get("method").is_none() && message["id"] == json!(id));
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["result"].take()),
        }
    }

    /// The parameters of the next notification or request of this method, among what has come and what comes.
    #[track_caller]
    pub(crate) fn next(&mut self, method: &str) -> Value {
        self.wait_for(|message| message["method"] == json!(method))["params"].take()
    }

    #[track_caller]
    pub(crate) fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(idx) = self.pending.iter().position(&wanted) {
            return self.pending.remove(idx).expect("it was just found");
        }
        let end = Instant::now() + WAIT;
        loop {
            match self.incoming.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) => {
                    self.serve(&message);
                    if wanted(&message) {
                        return message;
                    }
                    self.pending.push_back(message);
                }
                Err(RecvTimeoutError::Timeout) => panic!("nothing of the kind came; waiting are {:?}", self.methods()),
                Err(RecvTimeoutError::Disconnected) => panic!("the server ended; waiting are {:?}", self.methods()),
            }
        }
    }

    /// The methods of what nobody has asked for yet.
    fn methods(&self) -> Vec<String> {
        self.pending.iter().map(|message| message["method"].to_string()).collect()
    }

    /// Everything of this method that has come and was not asked for, until the server has done all it was told so far.
    pub(crate) fn all(&mut self, method: &str) -> Vec<Value> {
        let _ = self.request("unspin/debug/text", json!({ "uri": "file:///none" }));
        let (wanted, rest) =
            std::mem::take(&mut self.pending).into_iter().partition(|message| message["method"] == json!(method));
        self.pending = rest;
        wanted.into_iter().map(|mut message: Value| message["params"].take()).collect()
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        self.notify(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": language, "version": 1, "text": text } }),
        );
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: Value) {
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }),
        );
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The diagnostics that are published for this version in the end; what was published of it on the way is passed over.
    #[track_caller]
    pub(crate) fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let mut published = self.next_publication(uri, version);
        let settled = self.request("unspin/debug/settled", json!({ "uri": uri })).expect("an answer");
        assert_eq!(settled["version"], json!(version), "nothing newer was sent");
        while published["diagnostics"] != settled["diagnostics"] {
            published = self.next_publication(uri, version);
        }
        published["diagnostics"].as_array().expect("a list").clone()
    }

    /// What is published next for this version, perhaps without all that will be said of it.
    #[track_caller]
    pub(crate) fn next_publication(&mut self, uri: &str, version: i32) -> Value {
        let mut published = self.wait_for(|message| {
            message["method"] == json!("textDocument/publishDiagnostics")
                && message["params"]["uri"] == json!(uri)
                && message["params"]["version"] == json!(version)
        });
        published["params"].take()
    }

    /// The actions at a place.
    #[track_caller]
    pub(crate) fn actions(&mut self, uri: &str, range: Value, only: Option<&[&str]>) -> Vec<Value> {
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!(only);
        }
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        self.request("textDocument/codeAction", params).expect("an answer").as_array().expect("a list").clone()
    }

    /// The text as the server has it.
    pub(crate) fn text(&mut self, uri: &str) -> Option<String> {
        let answer = self.request("unspin/debug/text", json!({ "uri": uri })).expect("an answer");
        answer["text"].as_str().map(str::to_owned)
    }

    /// Stops reading what the server says.
    pub(crate) fn stop_reading(&self) {
        *self.gate.closed.lock().expect("no panic") = true;
    }

    /// Goes on reading.
    pub(crate) fn go_on_reading(&self) {
        *self.gate.closed.lock().expect("no panic") = false;
        self.gate.changed.notify_all();
    }

    /// Ends in the ordinary way.
    pub(crate) fn shut_down(mut self) -> ExitStatus {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", json!({}));
        self.wait_for_exit()
    }

    /// Closes the server's input, as a client that dies does, and waits for the server to end.
    pub(crate) fn hang_up(mut self) -> ExitStatus {
        self.stdin = None;
        self.wait_for_exit()
    }

    /// Waits for the process to end by itself.
    pub(crate) fn wait_for_exit(&mut self) -> ExitStatus {
        let end = Instant::now() + WAIT;
        loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                return status;
            }
            assert!(Instant::now() < end, "the server does not end");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Bytes of memory that the server holds.
    #[cfg(target_os = "linux")]
    pub(crate) fn resident_bytes(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it has memory");
        line.trim().trim_end_matches(" kB").trim().parse::<usize>().expect("a number") * 1024
    }

    /// Sends bytes that need be no message.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("the input is open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let body = serde_json::to_vec(message).expect("plain JSON");
        self.send_bytes(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        self.send_bytes(&body);
    }

    /// Answers a request of the server.
    fn serve(&mut self, message: &Value) {
        let (Some(id), Some(method)) = (message.get("id"), message.get("method")) else { return };
        if let Some(answers) = &self.answers {
            let result = answers(method.as_str().unwrap_or_default(), &message["params"]);
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.go_on_reading();
        // Ended already, as a rule; a test that fails must not leave one behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Gate {
    fn pass(&self) {
        let closed = self.closed.lock().expect("no panic");
        drop(self.changed.wait_while(closed, |closed| *closed));
    }
}

/// The answers of a client that does what it is asked.
fn willing(method: &str, params: &Value) -> Value {
    match method {
        "workspace/applyEdit" => json!({ "applied": true }),
        "workspace/configuration" => params["items"].as_array().into_iter().flatten().map(|_| Value::Null).collect(),
        _ => Value::Null,
    }
}

fn read_message(input: &mut impl BufRead) -> Option<Value> {
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
    Some(serde_json::from_slice(&body).expect("the server writes JSON"))
}

/// `line:character` to `line:character`.
pub(crate) fn range(start: (u32, u32), end: (u32, u32)) -> Value {
    let position = |(line, character)| json!({ "line": line, "character": character });
    json!({ "start": position(start), "end": position(end) })
}

/// The address of a file.
pub(crate) fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

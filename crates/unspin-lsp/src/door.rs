//! What comes in from the client: cut into messages, checked, and brought into the shape that the protocol's machinery takes.
//!
//! The machinery ends at the first message that it cannot read, so such messages are answered here and go no further.

use std::io::{self, BufRead, BufReader, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::{Notify, mpsc};
use tower_lsp::jsonrpc::{Id, Response};

use crate::outlet::{Message, Outlet};

/// The longest message that is read; a longer one is skipped.
const MESSAGE_BYTES_MAX: u64 = 256 << 20;

/// How many messages may wait between the thread that reads and the one that posts them.
const MESSAGES_WAITING_MAX: usize = 64;

/// Requests whose answers hold what the library's types have no field for (snippet edits); they are answered under a name of our own.
pub(crate) const CODE_ACTION: &str = "unspin/internal/codeAction";
/// See [`CODE_ACTION`].
pub(crate) const RESOLVE_CODE_ACTION: &str = "unspin/internal/resolveCodeAction";

/// The messages of the client, as a stream of bytes.
#[derive(Debug)]
pub(crate) struct Door {
    messages: mpsc::Receiver<Vec<u8>>,
    current: Vec<u8>,
    taken: usize,
}

impl Door {
    /// Starts the thread that reads. `ended` is told when there is no more.
    pub(crate) fn spawn(input: impl Read + Send + 'static, outlet: Outlet, ended: Arc<Notify>) -> io::Result<Door> {
        let (sender, messages) = mpsc::channel(MESSAGES_WAITING_MAX);
        thread::Builder::new().name("unspin-door".to_owned()).spawn(move || {
            read_all(input, &outlet, &sender);
            ended.notify_one();
        })?;
        Ok(Door { messages, current: Vec::new(), taken: 0 })
    }
}

impl AsyncRead for Door {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.taken == self.current.len() {
            match self.messages.poll_recv(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Ready(Some(message)) => {
                    self.current = message;
                    self.taken = 0;
                }
            }
        }
        let rest = &self.current[self.taken..];
        let taken = rest.len().min(buffer.remaining());
        buffer.put_slice(&rest[..taken]);
        self.taken += taken;
        Poll::Ready(Ok(()))
    }
}

fn read_all(input: impl Read, outlet: &Outlet, sender: &mpsc::Sender<Vec<u8>>) {
    let mut input = BufReader::new(input);
    loop {
        let body = match read_message(&mut input) {
            Ok(Some(body)) => body,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!("the client's stream ended in the middle of a message: {error}");
                return;
            }
        };
        match admit(&body) {
            Err(refusal) => {
                tracing::warn!("a message was refused: {}", refusal.why);
                if let Some(answer) = refusal.answer {
                    outlet.send(Message::of(&answer));
                }
            }
            Ok(message) => {
                let body = serde_json::to_vec(&message).expect("what was read as JSON can be written");
                let mut framed = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
                framed.extend(body);
                if sender.blocking_send(framed).is_err() {
                    return;
                }
            }
        }
    }
}

/// The body of the next message; `None` at the end of the input. Lines that are no header are passed over.
fn read_message(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    loop {
        let mut length = None;
        loop {
            let mut line = Vec::new();
            // A header that never ends is cut into pieces, none of which is a header.
            if input.by_ref().take(8192).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            let line = line.trim_ascii();
            if line.is_empty() {
                break;
            }
            let header = str::from_utf8(line).ok().and_then(|line| line.split_once(':'));
            if let Some((name, value)) = header
                && name.trim().eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse::<u64>().ok();
            }
        }
        match length {
            None => {}
            Some(length) if MESSAGE_BYTES_MAX < length => {
                tracing::error!("a message of {length} bytes was skipped");
                io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
            }
            Some(length) => {
                // Grown as bytes arrive: a length that is a lie allocates nothing.
                let mut body = Vec::new();
                let read = input.by_ref().take(length).read_to_end(&mut body)?;
                return if read as u64 == length { Ok(Some(body)) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
        }
    }
}

/// Why a message goes no further, and what the client is told.
struct Refusal {
    why: String,
    answer: Option<Response>,
}

/// A message in the shape that the machinery takes.
fn admit(body: &[u8]) -> Result<Value, Refusal> {
    let refuse = |why: String, error| Refusal { why, answer: Some(Response::from_error(Id::Null, error)) };
    let parsed = serde_json::from_slice(body)
        .or_else(|error| mend_surrogates(body).map_or(Err(error), |mended| serde_json::from_slice(&mended)));
    let mut message: Value =
        parsed.map_err(|error| refuse(format!("no JSON: {error}"), tower_lsp::jsonrpc::Error::parse_error()))?;
    let invalid = |why: &str| refuse(why.to_owned(), tower_lsp::jsonrpc::Error::invalid_request());
    let object = message.as_object_mut().ok_or_else(|| invalid("not an object"))?;
    if object.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err(invalid("not of JSON-RPC 2.0"));
    }
    if !matches!(object.get("id"), None | Some(Value::Null | Value::String(_))) && !object["id"].is_i64() {
        return Err(invalid("an id that is neither a number nor a string"));
    }
    let Some(method) = object.get("method") else {
        // An answer. The machinery reads it, or would take it for a request without a method.
        let readable = serde_json::from_value::<Response>(message.clone()).is_ok();
        return if readable {
            Ok(message)
        } else {
            Err(Refusal { why: "an answer without a result".to_owned(), answer: None })
        };
    };
    let method = method.as_str().ok_or_else(|| invalid("a method that is not a string"))?.to_owned();
    let params = object.get_mut("params");
    match (method.as_str(), params) {
        ("initialize", Some(params)) => carry_unknown_capabilities(params),
        (method, Some(params)) if method.starts_with("textDocument/") || method.starts_with("codeAction/") => {
            clamp_positions(params)
        }
        _ => {}
    }
    match method.as_str() {
        "textDocument/codeAction" => object["method"] = json!(CODE_ACTION),
        "codeAction/resolve" => object["method"] = json!(RESOLVE_CODE_ACTION),
        _ => {}
    }
    Ok(message)
}

/// Moves capabilities that the library's types do not know yet to where anything may stand.
fn carry_unknown_capabilities(params: &mut Value) {
    let snippets =
        params.pointer("/capabilities/workspace/workspaceEdit/snippetEditSupport") == Some(&Value::Bool(true));
    let Some(capabilities) = params.get_mut("capabilities").and_then(Value::as_object_mut) else {
        return;
    };
    let experimental = capabilities.entry("experimental").or_insert_with(|| json!({}));
    if !experimental.is_object() {
        *experimental = json!({});
    }
    experimental["unspinSnippetEdits"] = json!(snippets);
}

/// Brings lines and characters that are no numbers of 32 bits (-1, 1e10) to the nearest that is.
fn clamp_positions(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::Number(number) if key == "line" || key == "character" => {
                        if number.as_u64().is_none_or(|number| u64::from(u32::MAX) < number) {
                            let nearest = number.as_f64().unwrap_or_default().clamp(0.0, f64::from(u32::MAX));
                            *value = json!(nearest as u32);
                        }
                    }
                    _ => clamp_positions(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clamp_positions),
        _ => {}
    }
}

/// Replaces half surrogate pairs (`"\ud83d"` alone, as JavaScript clients send them while a person edits an emoji) by the replacement
/// character: it has the same length in UTF-16, so positions stay right. `None` when there is none.
fn mend_surrogates(body: &[u8]) -> Option<Vec<u8>> {
    let mut mended = Vec::with_capacity(body.len());
    let mut changed = false;
    let mut at = 0;
    while at < body.len() {
        if body[at] != b'\\' {
            mended.push(body[at]);
            at += 1;
            continue;
        }
        let escape = |at: usize| {
            let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
            u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
        };
        match (escape(at), escape(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => {
                mended.extend(&body[at..at + 12]);
                at += 12;
            }
            (Some(0xD800..=0xDFFF), _) => {
                mended.extend(b"\\ufffd");
                changed = true;
                at += 6;
            }
            _ => {
                let end = (at + 2).min(body.len());
                mended.extend(&body[at..end]);
                at = end;
            }
        }
    }
    changed.then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn admitted(body: &str) -> Value {
        admit(body.as_bytes()).unwrap_or_else(|refusal| panic!("{}", refusal.why))
    }

    #[test]
    fn half_a_surrogate_pair_is_mended() {
        let message = admitted(r#"{"jsonrpc":"2.0","method":"x","params":["a\ud83d","\ud83d\ude00","\\ud83d"]}"#);
        assert_eq!(message["params"], json!(["a\u{fffd}", "\u{1F600}", "\\ud83d"]));
    }

    #[test]
    fn positions_are_brought_to_the_nearest() {
        let message = admitted(
            r#"{"jsonrpc":"2.0","method":"textDocument/hover","params":{"position":{"line":-1,"character":99999999999},"other":-1}}"#,
        );
        assert_eq!(message["params"], json!({ "position": { "line": 0, "character": u32::MAX }, "other": -1 }));
    }

    #[test]
    fn what_the_machinery_cannot_read_is_refused() {
        for body in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"jsonrpc":"1.0","method":"x"}"#,
            r#"{"jsonrpc":"2.0","method":1}"#,
            r#"{"jsonrpc":"2.0","method":"x","id":1.5}"#,
            r#"{"jsonrpc":"2.0","method":"x","id":{}}"#,
            r#"{"jsonrpc":"2.0","id":1}"#,
        ] {
            assert!(admit(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn garbage_between_messages_is_passed_over() {
        let mut input = BufReader::new(
            &b"noise\n\r\nContent-Type: x\r\ncontent-length: 2\r\n\r\n{}Content-Length: 9\r\n\r\n{}"[..],
        );
        assert_eq!(read_message(&mut input).unwrap(), Some(b"{}".to_vec()));
        assert!(read_message(&mut input).is_err());
        assert_eq!(read_message(&mut input).unwrap(), None);
    }
}

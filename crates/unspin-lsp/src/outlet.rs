//! Everything that goes to the client, written by one thread of its own, so that a client that stops reading stops nobody else.
//!
//! Answers and messages stand in a queue. What only the newest state of counts (a document's diagnostics) has a slot instead: the
//! latest wins, and a slot is taken only when the client has read everything before it. So a client that stops reading costs one
//! slot a document, however much is typed.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

use serde::Serialize;
use tokio::io::AsyncWrite;

/// How many bytes of answers may wait for a client that does not read; after that its requests wait too.
const BACKLOG_BYTES_MAX: usize = 16 << 20;

/// How many bytes may wait before log lines are dropped.
const LOG_BACKLOG_BYTES_MAX: usize = 1 << 20;

/// The way out; a clone is another handle to the same one.
#[derive(Debug, Clone)]
pub(crate) struct Outlet {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Vec<u8>>,
    queued_bytes: usize,
    slots: BTreeMap<(String, SlotKind), Vec<u8>>,
    /// Who waits to put an answer into a full queue.
    waker: Option<Waker>,
    writing: bool,
    closed: bool,
}

/// Of what a slot holds the newest state, in the order in which they are sent for one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SlotKind {
    Diagnostics,
    Status,
}

/// A message, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message(Vec<u8>);

impl Message {
    /// A notification.
    pub(crate) fn notification(method: &str, params: &impl Serialize) -> Message {
        #[derive(Serialize)]
        struct Notification<'a, P> {
            jsonrpc: &'static str,
            method: &'a str,
            params: &'a P,
        }
        Message::of(&Notification { jsonrpc: "2.0", method, params })
    }

    /// Anything that is JSON-RPC already.
    pub(crate) fn of(message: &impl Serialize) -> Message {
        let body = serde_json::to_vec(message).expect("messages have string keys and can be written");
        let mut framed = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        framed.extend(body);
        Message(framed)
    }
}

impl Outlet {
    /// Starts the thread that writes.
    pub(crate) fn spawn(output: impl Write + Send + 'static) -> io::Result<Outlet> {
        let outlet = Outlet { shared: Arc::new(Shared { state: Mutex::default(), changed: Condvar::new() }) };
        let shared = Arc::clone(&outlet.shared);
        thread::Builder::new().name("unspin-outlet".to_owned()).spawn(move || write_all(&shared, output))?;
        Ok(outlet)
    }

    /// Sends a message after everything that is queued.
    pub(crate) fn send(&self, message: Message) {
        let mut state = self.lock();
        if !state.closed {
            state.queued_bytes += message.0.len();
            state.queue.push_back(message.0);
            self.shared.changed.notify_all();
        }
    }

    /// Sends a line of the log, unless the client is far behind.
    pub(crate) fn log(&self, message: Message) {
        if self.lock().queued_bytes < LOG_BACKLOG_BYTES_MAX {
            self.send(message);
        }
    }

    /// Puts a message into the slot of `kind` and `of`; what stood there and was not yet sent is forgotten.
    pub(crate) fn put(&self, kind: SlotKind, of: &str, message: Message) {
        let mut state = self.lock();
        if !state.closed {
            state.slots.insert((of.to_owned(), kind), message.0);
            self.shared.changed.notify_all();
        }
    }

    /// The half that answers are written to.
    pub(crate) fn answers(&self) -> Answers {
        Answers { outlet: self.clone() }
    }

    /// Waits until everything is written, or the client is gone, or the time is over.
    pub(crate) fn flush(&self, wait: std::time::Duration) {
        let state = self.lock();
        let busy =
            |state: &mut State| !state.closed && (state.writing || !state.queue.is_empty() || !state.slots.is_empty());
        drop(self.shared.changed.wait_timeout_while(state, wait, busy));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.lock()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writing thread: the queue first, then the slots, until nobody reads any more.
fn write_all(shared: &Shared, mut output: impl Write) {
    let mut state = shared.lock();
    loop {
        let next = match state.queue.pop_front() {
            Some(message) => {
                state.queued_bytes -= message.len();
                Some(message)
            }
            None => state.slots.pop_first().map(|(_, message)| message),
        };
        if state.queued_bytes < BACKLOG_BYTES_MAX
            && let Some(waker) = state.waker.take()
        {
            waker.wake();
        }
        state.writing = next.is_some();
        let Some(message) = next else {
            shared.changed.notify_all();
            state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        drop(state);
        let written = output.write_all(&message).and_then(|()| output.flush());
        state = shared.lock();
        if written.is_err() {
            *state = State { closed: true, waker: state.waker.take(), ..State::default() };
            if let Some(waker) = state.waker.take() {
                waker.wake();
            }
            shared.changed.notify_all();
            return;
        }
    }
}

/// The half of the outlet that the protocol's machinery writes answers to.
pub(crate) struct Answers {
    outlet: Outlet,
}

impl AsyncWrite for Answers {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut state = self.outlet.lock();
        if state.closed {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        if BACKLOG_BYTES_MAX <= state.queued_bytes {
            state.waker = Some(cx.waker().clone());
            return Poll::Pending;
        }
        // All is taken at once: what is handed over ends at the end of a message, and ours may follow.
        state.queued_bytes += bytes.len();
        state.queue.push_back(bytes.to_vec());
        self.outlet.shared.changed.notify_all();
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

//! What happens inside, told to the client's log at the level that it wants.

use std::fmt::{self, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use serde_json::json;
use tower_lsp::ls_types::{LogMessageParams, MessageType, TraceValue};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use crate::outlet::{Message, Outlet};

/// The most detailed level that is sent: 1 errors, 2 warnings, 3 information, 4 debugging.
static LEVEL: AtomicU8 = AtomicU8::new(3);

/// What `$/setTrace` asks for: 0 nothing, 1 messages, 2 with their content.
static TRACE: AtomicU8 = AtomicU8::new(0);

/// Sends what is traced in our crates to the client.
#[derive(Debug)]
pub(crate) struct ToClient(pub(crate) Outlet);

impl<S: Subscriber> Layer<S> for ToClient {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let (level, kind) = match *event.metadata().level() {
            Level::ERROR => (1, MessageType::ERROR),
            Level::WARN => (2, MessageType::WARNING),
            Level::INFO => (3, MessageType::INFO),
            Level::DEBUG => (4, MessageType::LOG),
            Level::TRACE => return,
        };
        // What the protocol's machinery traces is about messages; sent as messages it would never end.
        if LEVEL.load(Ordering::Relaxed) < level || !event.metadata().target().starts_with("unspin") {
            return;
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        self.0.log(Message::notification("window/logMessage", &LogMessageParams { typ: kind, message: text.0 }));
    }
}

/// Sets the level by its name in the settings (`error`, `warn`, `info`, `debug`).
pub(crate) fn set_level(name: &str) {
    let level = match name {
        "off" => 0,
        "error" => 1,
        "warn" | "warning" => 2,
        "info" => 3,
        "debug" | "trace" => 4,
        _ => {
            return tracing::warn!(
                "the setting `unspin.log`: there is no level `{name}` (off, error, warn, info, debug)"
            );
        }
    };
    LEVEL.store(level, Ordering::Relaxed);
}

/// What the client asks for with `$/setTrace`.
pub(crate) fn set_trace(value: TraceValue) {
    let trace = match value {
        TraceValue::Off => 0,
        TraceValue::Messages => 1,
        TraceValue::Verbose => 2,
    };
    TRACE.store(trace, Ordering::Relaxed);
}

/// Tells the client of a message that was handled, if it wants to know.
pub(crate) fn trace(outlet: &Outlet, message: impl FnOnce() -> String, verbose: impl FnOnce() -> String) {
    match TRACE.load(Ordering::Relaxed) {
        0 => {}
        1 => outlet.log(Message::notification("$/logTrace", &json!({ "message": message() }))),
        _ => outlet.log(Message::notification("$/logTrace", &json!({ "message": message(), "verbose": verbose() }))),
    }
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ =
            if field.name() == "message" { write!(self.0, "{value:?}") } else { write!(self.0, " {field}={value:?}") };
    }
}

//! The language server: a thin coat over [`unspin_core::Session`].
//!
//! - `door` cuts what comes in into messages, `inbox` turns each into an event before any `await`,
//! - `main_loop` is one plain thread that owns the state and matches on one `enum Event`,
//! - `pool` analyses, each job behind one `catch_unwind`; what comes back is dropped when the text has changed since,
//! - `outlet` writes; diagnostics stand in one slot a document, and the latest wins,
//! - `convert` holds all positions of the protocol; everything else counts in bytes.
//!
//! The client is asked things, but nobody waits for its answers; nothing opens a socket.
//!
//! # Beyond the protocol
//! - `initializationOptions` are the settings of an editor, with the names of `unspin.toml` (`rules`, `sensitivity`, `words.allow`), and
//!   `inlayHints` (who says it, beside each statement), `status` (send `unspin/status`), `codeLens` (`false`: no verdict above the title), `workspaceDiagnostics` (offer those), `log` (`off`, `error`, `warn`, `info`, `debug`). The same
//!   settings are asked for as the section `unspin` where the client has `workspace/configuration`.
//! - `unspin/status` `{uri, version, verdict, marks: {RULE: COUNT}, complete}` follows each analysis, for clients that announce
//!   `experimental.unspinStatus`. With `complete: false` the encoder is still reading: marks may come and go.
//! - A fix with a place to type over is a snippet edit where the client has `workspaceEdit.snippetEditSupport`. Where it has not, the
//!   action's `data.placeholder` is `{uri, range}`, the range being that after the edit, and the action's command selects it by
//!   `window/showDocument`.
//! - Commands, each with one object as argument: `unspin.server.applyFix` `{uri, version?, rule, range, fix}`, `unspin.server.fixKind` and
//!   `unspin.server.ignore` `{uri, version?, rule, range}`, `unspin.server.fixAll` `{uri, version?}`, `unspin.server.allow`
//!   `{uri, phrase}`, `unspin.server.selectPlaceholder` `{uri, range}`, `unspin.server.showRule` `{rule}`,
//!   `unspin.server.checkWorkspace` (none).
//! - `unspin/debug/text` `{uri}` gives the text as the server has it, and `unspin/debug/settled` `{uri}` the `{version, diagnostics}` that
//!   it comes to in the end, for tests.

mod actions;
mod answers;
mod capabilities;
mod commands;
mod configuration;
mod convert;
mod document;
mod door;
mod edits;
mod fix_all;
mod inbox;
mod log;
mod main_loop;
mod outlet;
mod pool;
mod repairs;
mod requests;
mod scan;
mod sources;
mod words;
mod workspace;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tower_lsp::{LspService, Server};
use tracing_subscriber::layer::SubscriberExt;
use unspin_core::Analyzer;

use crate::door::Door;
use crate::inbox::Inbox;
use crate::outlet::Outlet;
use crate::pool::Pool;
use crate::requests::Requests;

/// How many requests may be under way. All of them are: the machinery must not hold an edit back because requests wait.
const REQUESTS_MAX: usize = 1 << 16;

/// How long work under way may take when the client is gone.
const EXIT_WAIT: Duration = Duration::from_millis(500);

/// Serves one client over standard input and output, until it says `exit` or goes away.
///
/// # Errors
/// A thread or the runtime cannot be started, or the client went away without `shutdown`.
pub fn run_stdio(analyzer: Arc<Analyzer>) -> io::Result<()> {
    run(io::stdin(), io::stdout(), analyzer)
}

/// Serves one client that is at the other end of these two, as [`run_stdio`] does.
///
/// Meant for programs that end with the server: some of its threads end with the process only.
///
/// # Errors
/// As [`run_stdio`].
pub fn run(
    input: impl io::Read + Send + 'static,
    output: impl io::Write + Send + 'static,
    analyzer: Arc<Analyzer>,
) -> io::Result<()> {
    let outlet = Outlet::spawn(output)?;
    // Another subscriber, of a test or an embedding program, keeps its place.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(log::ToClient(outlet.clone())));
    let ended = Arc::new(tokio::sync::Notify::new());
    let door = Door::spawn(input, outlet.clone(), Arc::clone(&ended))?;
    let (sender, events) = crossbeam_channel::unbounded();
    let inbox = Inbox::new(sender);
    let pool = Pool::spawn(&inbox, &analyzer)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;

    let mut requests = None;
    let (service, socket) = LspService::build(|client| {
        requests = Some(Requests::new(client, runtime.handle().clone(), inbox.clone()));
        inbox
    })
    .custom_method(door::CODE_ACTION, Inbox::code_action_json)
    .custom_method(door::RESOLVE_CODE_ACTION, Inbox::resolve_code_action_json)
    .custom_method("$/setTrace", Inbox::set_trace)
    .custom_method("window/workDoneProgress/cancel", Inbox::cancel_progress)
    .custom_method("unspin/debug/text", Inbox::debug_text)
    .custom_method("unspin/debug/settled", Inbox::debug_settled)
    .finish();
    let requests = requests.expect("the service is built with a client");
    let was_shut_down = Arc::new(AtomicBool::new(false));
    main_loop::spawn(main_loop::Server::new(outlet.clone(), requests, pool, Arc::clone(&was_shut_down)), events)?;

    runtime.block_on(async {
        let serve = Server::new(door, outlet.answers(), socket).concurrency_level(REQUESTS_MAX).serve(service);
        tokio::pin!(serve);
        tokio::select! {
            () = &mut serve => {}
            () = ended.notified() => drop(tokio::time::timeout(EXIT_WAIT, serve).await),
        }
    });
    outlet.flush(EXIT_WAIT);
    // Threads may be at work, or wait for the client; they end with the process.
    runtime.shutdown_background();
    if was_shut_down.load(Ordering::Relaxed) {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::ConnectionAborted, "the client went away without `shutdown`"))
    }
}

//! The mail slots. A handler's first act, before any `await`, is to post an event; a request then waits for its answer. Nothing is
//! computed here.

use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::Sender;
use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeAction, CodeActionParams, CodeLens, CodeLensParams, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReportResult,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, Position, ProgressToken, SetTraceParams,
    TextDocumentIdentifier, WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult,
};

use crate::actions::{self, Deed, Ticket};
use crate::capabilities::Client;
use crate::document::Snapshot;
use crate::{pool, scan};

/// Everything that can happen to the server.
#[derive(Debug)]
pub(crate) enum Event {
    Initialize(Box<InitializeParams>, Reply<InitializeResult>),
    Initialized,
    Shutdown(Reply<()>),
    SetTrace(SetTraceParams),

    DidOpen(DidOpenTextDocumentParams),
    DidChange(DidChangeTextDocumentParams),
    DidSave(DidSaveTextDocumentParams),
    DidClose(DidCloseTextDocumentParams),

    /// A request about one open document.
    Ask(TextDocumentIdentifier, Waiting),
    WorkspaceDiagnostic(WorkspaceDiagnosticParams, Reply<WorkspaceDiagnosticReportResult>),
    ExecuteCommand(ExecuteCommandParams, Reply<Option<Value>>),

    DidChangeConfiguration(DidChangeConfigurationParams),
    DidChangeFolders(DidChangeWorkspaceFoldersParams),
    /// Some `unspin.toml` is new, changed or gone.
    DidChangeFiles,
    CancelProgress(WorkDoneProgressCancelParams),

    /// The client answered with its settings: first those for what is in no folder, then one value for each folder.
    Configuration {
        asked: u64,
        folders: Vec<PathBuf>,
        values: Vec<Value>,
    },
    /// The client is ready to show the progress of a scan.
    ProgressReady(u64, ProgressToken),
    /// The client refused an edit, or could not be asked.
    EditRefused(String),

    Analysed(Box<pool::Outcome>),
    Read(pool::Answers),
    Scanned(scan::Step),
    /// The request that needed it can be answered; `None` when the search failed.
    FixedAll(Option<(Waiting, Arc<Snapshot>)>),

    /// What the server takes the text of a document to be, for tests.
    DebugText(TextDocumentIdentifier, Reply<Value>),
}

/// A request about an open document, which waits until the newest text of that is analysed.
#[derive(Debug)]
pub(crate) enum Waiting {
    Actions(CodeActionParams, Reply<Value>),
    ResolveAction(Box<CodeAction>, Ticket, Reply<Value>),
    Hover(HoverParams, Reply<Option<Hover>>),
    Lenses(Reply<Option<Vec<CodeLens>>>),
    Hints(InlayHintParams, Reply<Option<Vec<InlayHint>>>),
    Symbols(Reply<Option<DocumentSymbolResponse>>),
    Diagnostics(DocumentDiagnosticParams, Reply<DocumentDiagnosticReportResult>),
    Command(Ticket, Reply<Option<Value>>),
    /// All that is said in the end, for tests.
    Settled(Reply<Value>),
}

/// Where an answer goes. One that is dropped unanswered answers "cancelled".
#[derive(Debug)]
pub(crate) struct Reply<T>(oneshot::Sender<Result<T>>);

impl<T> Reply<T> {
    pub(crate) fn send(self, answer: Result<T>) {
        // The client may have cancelled the request; then nobody waits any more.
        let _ = self.0.send(answer);
    }

    /// The client has cancelled the request.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.is_closed()
    }
}

impl Event {
    /// What it is called in a trace.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Event::Initialize(..) => "initialize",
            Event::Initialized => "initialized",
            Event::Shutdown(_) => "shutdown",
            Event::SetTrace(_) => "$/setTrace",
            Event::DidOpen(_) => "textDocument/didOpen",
            Event::DidChange(_) => "textDocument/didChange",
            Event::DidSave(_) => "textDocument/didSave",
            Event::DidClose(_) => "textDocument/didClose",
            Event::Ask(_, Waiting::Actions(..)) => "textDocument/codeAction",
            Event::Ask(_, Waiting::ResolveAction(..)) => "codeAction/resolve",
            Event::Ask(_, Waiting::Hover(..)) => "textDocument/hover",
            Event::Ask(_, Waiting::Lenses(_)) => "textDocument/codeLens",
            Event::Ask(_, Waiting::Hints(..)) => "textDocument/inlayHint",
            Event::Ask(_, Waiting::Symbols(_)) => "textDocument/documentSymbol",
            Event::Ask(_, Waiting::Diagnostics(..)) => "textDocument/diagnostic",
            Event::Ask(_, Waiting::Command(..)) | Event::ExecuteCommand(..) => "workspace/executeCommand",
            Event::Ask(_, Waiting::Settled(_)) => "unspin/debug/settled",
            Event::WorkspaceDiagnostic(..) => "workspace/diagnostic",
            Event::DidChangeConfiguration(_) => "workspace/didChangeConfiguration",
            Event::DidChangeFolders(_) => "workspace/didChangeWorkspaceFolders",
            Event::DidChangeFiles => "workspace/didChangeWatchedFiles",
            Event::CancelProgress(_) => "window/workDoneProgress/cancel",
            Event::Configuration { .. } => "the client's settings",
            Event::ProgressReady(..) => "the client shows progress",
            Event::EditRefused(_) => "the client refused an edit",
            Event::Analysed(_) => "a document is analysed",
            Event::Read(_) => "some sentences are read",
            Event::FixedAll(_) => "what can be fixed is known",
            Event::Scanned(_) => "a file of the workspace is analysed",
            Event::DebugText(..) => "unspin/debug/text",
        }
    }
}

impl Waiting {
    /// The answer holds the edits of "fix all".
    pub(crate) fn fixes_all(&self, client: &Client) -> bool {
        match self {
            Waiting::Actions(params, _) => !client.resolves_edits() && actions::asks_for_fix_all(&params.context),
            Waiting::ResolveAction(_, ticket, _) | Waiting::Command(ticket, _) => ticket.deed == Deed::FixAll,
            _ => false,
        }
    }

    /// It cannot be answered before all models have read the whole text.
    pub(crate) fn needs_all(&self) -> bool {
        match self {
            Waiting::Actions(params, _) => actions::asks_for_fix_all(&params.context),
            Waiting::ResolveAction(_, ticket, _) | Waiting::Command(ticket, _) => ticket.deed == Deed::FixAll,
            Waiting::Settled(_) => true,
            _ => false,
        }
    }

    /// The place that it is about, if it is about one.
    pub(crate) fn position(&self) -> Option<Position> {
        match self {
            Waiting::Actions(params, _) => Some(params.range.start),
            Waiting::Hover(params, _) => Some(params.text_document_position_params.position),
            Waiting::Hints(params, _) => Some(params.range.start),
            _ => None,
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        match self {
            Waiting::Actions(_, reply) | Waiting::ResolveAction(_, _, reply) => reply.is_cancelled(),
            Waiting::Hover(_, reply) => reply.is_cancelled(),
            Waiting::Lenses(reply) => reply.is_cancelled(),
            Waiting::Hints(_, reply) => reply.is_cancelled(),
            Waiting::Symbols(reply) => reply.is_cancelled(),
            Waiting::Diagnostics(_, reply) => reply.is_cancelled(),
            Waiting::Command(_, reply) => reply.is_cancelled(),
            Waiting::Settled(reply) => reply.is_cancelled(),
        }
    }

    pub(crate) fn refuse(self, error: Error) {
        match self {
            Waiting::Actions(_, reply) | Waiting::ResolveAction(_, _, reply) => reply.send(Err(error)),
            Waiting::Hover(_, reply) => reply.send(Err(error)),
            Waiting::Lenses(reply) => reply.send(Err(error)),
            Waiting::Hints(_, reply) => reply.send(Err(error)),
            Waiting::Symbols(reply) => reply.send(Err(error)),
            Waiting::Diagnostics(_, reply) => reply.send(Err(error)),
            Waiting::Command(_, reply) => reply.send(Err(error)),
            Waiting::Settled(reply) => reply.send(Err(error)),
        }
    }
}

/// The slot that everything goes into.
#[derive(Debug, Clone)]
pub(crate) struct Inbox(Sender<Event>);

impl Inbox {
    pub(crate) fn new(sender: Sender<Event>) -> Inbox {
        Inbox(sender)
    }

    pub(crate) fn post(&self, event: Event) {
        // The main loop lives as long as the process; if it died, the process is about to end.
        let _ = self.0.send(event);
    }

    async fn ask<T>(&self, event: impl FnOnce(Reply<T>) -> Event) -> Result<T> {
        let (sender, receiver) = oneshot::channel();
        self.post(event(Reply(sender)));
        receiver.await.unwrap_or_else(|_| Err(Error::request_cancelled()))
    }

    pub(crate) async fn code_action_json(&self, params: CodeActionParams) -> Result<Value> {
        self.ask(|reply| Event::Ask(params.text_document.clone(), Waiting::Actions(params, reply))).await
    }

    pub(crate) async fn resolve_code_action_json(&self, action: CodeAction) -> Result<Value> {
        match action.data.as_ref().and_then(Ticket::read) {
            Some(ticket) => {
                self.ask(|reply| Event::Ask(ticket.document(), Waiting::ResolveAction(Box::new(action), ticket, reply)))
                    .await
            }
            None => Err(Error::invalid_params("the action's `data` is not as it was given out")),
        }
    }

    pub(crate) async fn set_trace(&self, params: SetTraceParams) {
        self.post(Event::SetTrace(params));
    }

    pub(crate) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.post(Event::CancelProgress(params));
    }

    pub(crate) async fn debug_settled(&self, document: TextDocumentIdentifier) -> Result<Value> {
        self.ask(|reply| Event::Ask(document, Waiting::Settled(reply))).await
    }

    pub(crate) async fn debug_text(&self, document: TextDocumentIdentifier) -> Result<Value> {
        self.ask(|reply| Event::DebugText(document, reply)).await
    }
}

impl LanguageServer for Inbox {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.ask(|reply| Event::Initialize(Box::new(params), reply)).await
    }

    async fn initialized(&self, _: InitializedParams) {
        self.post(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.ask(Event::Shutdown).await
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.post(Event::DidOpen(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.post(Event::DidChange(params)); // The order of arrival is the order of edits.
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.post(Event::DidSave(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.post(Event::DidClose(params));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let document = params.text_document_position_params.text_document.clone();
        self.ask(|reply| Event::Ask(document, Waiting::Hover(params, reply))).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(|reply| Event::Ask(params.text_document, Waiting::Lenses(reply))).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(|reply| Event::Ask(params.text_document.clone(), Waiting::Hints(params, reply))).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(|reply| Event::Ask(params.text_document, Waiting::Symbols(reply))).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.ask(|reply| Event::Ask(params.text_document.clone(), Waiting::Diagnostics(params, reply))).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        self.ask(|reply| Event::WorkspaceDiagnostic(params, reply)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        self.ask(|reply| Event::ExecuteCommand(params, reply)).await
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.post(Event::DidChangeConfiguration(params));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.post(Event::DidChangeFolders(params));
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.post(Event::DidChangeFiles);
    }
}

//! Answers to what is asked about one document, from its newest snapshot.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::{
    CodeActionKind, CodeLens, Command, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, Hover, HoverContents, HoverParams, MarkupContent, MarkupKind, Position, Range,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::actions::{self, Refusal};
use crate::capabilities::Client;
use crate::convert::{from_lsp, to_lsp};
use crate::document::Snapshot;
use crate::edits;
use crate::inbox::Waiting;
use crate::requests::{ApplyEdit, Requests};
use crate::scan::hashed;
use crate::sources;
use crate::words;

/// What answers need to know beside the snapshot.
pub(crate) struct Context<'s> {
    pub(crate) client: &'s Client,
    pub(crate) requests: &'s Requests,
    /// There is a folder whose `unspin.toml` could allow a phrase.
    pub(crate) can_allow: bool,
    /// The settings ask for hints.
    pub(crate) inlay_hints: bool,
}

/// Answers a request about a document whose newest text is analysed.
pub(crate) fn answer(waiting: Waiting, snapshot: &Snapshot, cx: &Context<'_>) {
    let client = cx.client;
    match waiting {
        Waiting::Actions(params, reply) => {
            let range = from_lsp::range(&snapshot.rope, params.range, client.encoding());
            let only: Option<Vec<String>> =
                params.context.only.map(|kinds| kinds.iter().map(CodeActionKind::as_str).map(str::to_owned).collect());
            // An empty list asks for nothing in particular.
            let only = only.filter(|kinds| !kinds.is_empty());
            reply.send(Ok(actions::list(snapshot, range, only.as_deref(), client, cx.can_allow)));
        }
        Waiting::ResolveAction(action, ticket, reply) => {
            reply.send(actions::plan(snapshot, &ticket, client.encoding()).map_err(refusal).map(|plan| {
                let mut resolved = json!(action);
                resolved["edit"] = edits::workspace_edit(snapshot, &plan, client);
                resolved
            }));
        }
        Waiting::Hover(params, reply) => reply.send(Ok(hover(snapshot, &params, client))),
        Waiting::Lenses(reply) => reply.send(Ok(Some(vec![lens(snapshot)]))),
        Waiting::Hints(params, reply) => {
            let within = from_lsp::range(&snapshot.rope, params.range, client.encoding());
            reply.send(Ok(cx.inlay_hints.then(|| sources::hints(snapshot, within, client.encoding()))));
        }
        Waiting::Symbols(reply) => {
            reply.send(Ok(Some(sources::outline(snapshot, client.nests_symbols(), client.encoding()))));
        }
        Waiting::Diagnostics(params, reply) => {
            reply.send(Ok(DocumentDiagnosticReportResult::Report(report(
                snapshot,
                params.previous_result_id.as_deref(),
            ))));
        }
        Waiting::Settled(reply) => {
            reply.send(Ok(json!({ "version": snapshot.version, "diagnostics": snapshot.diagnostics })));
        }
        Waiting::Command(ticket, reply) => {
            let plan = match actions::plan(snapshot, &ticket, client.encoding()) {
                Ok(plan) => plan,
                Err(why) => return reply.send(Err(refusal(why))),
            };
            if !client.applies_edits() {
                return reply.send(Err(Error::invalid_params("the client does not take edits (workspace.applyEdit)")));
            }
            let edit = json!({ "label": plan.title, "edit": edits::workspace_edit(snapshot, &plan, client) });
            cx.requests.ask::<ApplyEdit>(edit, |answer| edit_refused(answer).map(crate::inbox::Event::EditRefused));
            reply.send(Ok(None));
        }
    }
}

/// Answers a request about a document that is not open.
pub(crate) fn answer_unopened(waiting: Waiting) {
    match waiting {
        Waiting::Actions(_, reply) => reply.send(Ok(json!([]))),
        Waiting::Hover(_, reply) => reply.send(Ok(None)),
        Waiting::Lenses(reply) => reply.send(Ok(None)),
        Waiting::Hints(_, reply) => reply.send(Ok(None)),
        Waiting::Symbols(reply) => reply.send(Ok(None)),
        Waiting::Diagnostics(_, reply) => {
            reply.send(Ok(DocumentDiagnosticReportResult::Report(
                RelatedFullDocumentDiagnosticReport::default().into(),
            )));
        }
        Waiting::ResolveAction(_, ticket, reply) => reply.send(Err(not_open(ticket.document().uri.as_str()))),
        Waiting::Settled(reply) => reply.send(Ok(Value::Null)),
        Waiting::Command(ticket, reply) => reply.send(Err(not_open(ticket.document().uri.as_str()))),
    }
}

/// The name of what is said of a text: the same marks have the same one, also in another run.
pub(crate) fn result_id(diagnostics: &[tower_lsp::ls_types::Diagnostic]) -> String {
    hashed(&serde_json::to_string(diagnostics).unwrap_or_default())
}

fn report(snapshot: &Snapshot, previous: Option<&str>) -> DocumentDiagnosticReport {
    let id = result_id(&snapshot.diagnostics);
    if previous == Some(id.as_str()) {
        return RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        }
        .into();
    }
    RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(id),
            items: snapshot.diagnostics.clone(),
        },
    }
    .into()
}

fn hover(snapshot: &Snapshot, params: &HoverParams, client: &Client) -> Option<Hover> {
    let at = from_lsp::offset(&snapshot.rope, params.text_document_position_params.position, client.encoding());
    let here: Vec<_> = snapshot
        .analysis
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.range.start <= at && at <= diagnostic.range.end)
        .collect();
    let markdown = client.hovers_in_markdown();
    let mut texts: Vec<String> = words::hover(&here, markdown);
    let mut range =
        here.iter().min_by_key(|diagnostic| diagnostic.range.len()).map(|diagnostic| diagnostic.range.clone());
    if let Some((text, content)) = sources::hover(snapshot, at) {
        texts.push(if markdown { words::escape(&text) } else { text });
        range = range.or(Some(content));
    }
    let range = range?;
    let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let value = texts.join(if markdown { "\n\n---\n\n" } else { "\n\n" });
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: Some(to_lsp::range(&snapshot.rope, &range, client.encoding())),
    })
}

/// The verdict, above the first line.
fn lens(snapshot: &Snapshot) -> CodeLens {
    let start = Position::new(0, 0);
    let title = format!(
        "Unspin: {}{}",
        snapshot.analysis.verdict.line(),
        if snapshot.window.is_some() { " (a part of the text)" } else { "" }
    );
    // An empty command is shown as text that cannot be clicked.
    CodeLens { range: Range::new(start, start), command: Some(Command::new(title, String::new(), None)), data: None }
}

fn refusal(why: Refusal) -> Error {
    match why {
        Refusal::Stale => {
            Error { message: "the text has changed since this was offered".into(), ..Error::content_modified() }
        }
        Refusal::Unknown => {
            Error { message: "there is no such finding, or it has no such fix".into(), ..Error::content_modified() }
        }
    }
}

fn not_open(uri: &str) -> Error {
    Error { code: ErrorCode::InvalidParams, message: format!("`{uri}` is not open").into(), data: None }
}

/// Why the client did not do an edit.
fn edit_refused(answer: tower_lsp::jsonrpc::Result<Value>) -> Option<String> {
    match answer {
        Ok(answer) if answer.get("applied") == Some(&Value::Bool(true)) => None,
        Ok(answer) => Some(answer.get("failureReason").and_then(Value::as_str).unwrap_or("no reason given").to_owned()),
        Err(error) => Some(error.message.into_owned()),
    }
}

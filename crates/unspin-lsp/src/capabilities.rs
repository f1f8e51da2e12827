//! What the client can do, asked once at `initialize`, and what we say that we can do.

use serde_json::Value;
use tower_lsp::ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, ExecuteCommandOptions, HoverProviderCapability, InitializeParams,
    InitializeResult, MarkupKind, OneOf, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use crate::commands;
use crate::convert::Encoding;
use crate::convert::to_lsp::DiagnosticShape;

/// The kind of the action that mends everything that is safe to mend.
pub(crate) const FIX_ALL_KIND: &str = "source.fixAll.unspin";

/// What the client can do: one question, one method.
#[derive(Debug, Clone, Default)]
pub(crate) struct Client {
    capabilities: ClientCapabilities,
    options: Value,
}

impl Client {
    pub(crate) fn new(params: &InitializeParams) -> Client {
        Client {
            capabilities: params.capabilities.clone(),
            options: params.initialization_options.clone().unwrap_or_default(),
        }
    }

    pub(crate) fn encoding(&self) -> Encoding {
        let offered = self.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        Encoding::negotiate(offered)
    }

    /// It asks for diagnostics itself, so they are not sent.
    pub(crate) fn pulls_diagnostics(&self) -> bool {
        self.text_document(|text_document| text_document.diagnostic.as_ref().map(|_| true))
    }

    pub(crate) fn diagnostic_shape(&self) -> DiagnosticShape {
        let push = |field: fn(&tower_lsp::ls_types::PublishDiagnosticsClientCapabilities) -> Option<bool>| {
            self.text_document(|text_document| text_document.publish_diagnostics.as_ref().and_then(field))
        };
        let pull = |field: fn(&tower_lsp::ls_types::DiagnosticClientCapabilities) -> Option<bool>| {
            self.text_document(|text_document| text_document.diagnostic.as_ref().and_then(field))
        };
        DiagnosticShape {
            encoding: self.encoding(),
            links: push(|push| push.code_description_support) || pull(|pull| pull.code_description_support),
            related: push(|push| push.related_information) || pull(|pull| pull.related_information),
        }
    }

    /// It takes actions that are more than a command.
    pub(crate) fn action_literals(&self) -> bool {
        self.text_document(|text_document| {
            text_document.code_action.as_ref()?.code_action_literal_support.as_ref().map(|_| true)
        })
    }

    /// It asks for the edit of an action when that is chosen.
    pub(crate) fn resolves_edits(&self) -> bool {
        self.text_document(|text_document| {
            let code_action = text_document.code_action.as_ref()?;
            let lazily = code_action.resolve_support.as_ref()?.properties.iter().any(|property| property == "edit");
            Some(lazily && code_action.data_support == Some(true))
        })
    }

    pub(crate) fn hovers_in_markdown(&self) -> bool {
        self.text_document(|text_document| {
            Some(text_document.hover.as_ref()?.content_format.as_ref()?.contains(&MarkupKind::Markdown))
        })
    }

    /// It shows lenses, and not the verdict in a place of its own.
    pub(crate) fn shows_lenses(&self) -> bool {
        self.options.get("codeLens") != Some(&Value::Bool(false))
            && self.text_document(|text_document| text_document.code_lens.as_ref().map(|_| true))
    }

    pub(crate) fn shows_hints(&self) -> bool {
        self.text_document(|text_document| text_document.inlay_hint.as_ref().map(|_| true))
    }

    pub(crate) fn nests_symbols(&self) -> bool {
        self.text_document(|text_document| text_document.document_symbol.as_ref()?.hierarchical_document_symbol_support)
    }

    pub(crate) fn refreshes_hints(&self) -> bool {
        self.workspace(|workspace| workspace.inlay_hint.as_ref()?.refresh_support)
    }

    /// It takes edits that name the version that they are for.
    pub(crate) fn versioned_edits(&self) -> bool {
        self.workspace_edit(|edit| edit.document_changes)
    }

    pub(crate) fn annotates_changes(&self) -> bool {
        self.versioned_edits() && self.workspace_edit(|edit| edit.change_annotation_support.as_ref().map(|_| true))
    }

    /// It takes edits with a place to type over.
    pub(crate) fn snippet_edits(&self) -> bool {
        self.versioned_edits() && self.experimental("unspinSnippetEdits")
    }

    pub(crate) fn applies_edits(&self) -> bool {
        self.workspace(|workspace| workspace.apply_edit)
    }

    pub(crate) fn has_configuration(&self) -> bool {
        self.workspace(|workspace| workspace.configuration)
    }

    pub(crate) fn registers_watchers(&self) -> bool {
        self.workspace(|workspace| workspace.did_change_watched_files.as_ref()?.dynamic_registration)
    }

    pub(crate) fn registers_configuration(&self) -> bool {
        self.workspace(|workspace| workspace.did_change_configuration.as_ref()?.dynamic_registration)
    }

    pub(crate) fn refreshes_diagnostics(&self) -> bool {
        self.workspace(|workspace| workspace.diagnostics.as_ref()?.refresh_support)
    }

    pub(crate) fn refreshes_lenses(&self) -> bool {
        self.shows_lenses() && self.workspace(|workspace| workspace.code_lens.as_ref()?.refresh_support)
    }

    pub(crate) fn shows_documents(&self) -> bool {
        self.capabilities
            .window
            .as_ref()
            .and_then(|window| Some(window.show_document.as_ref()?.support))
            .unwrap_or_default()
    }

    pub(crate) fn shows_progress(&self) -> bool {
        self.capabilities.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or_default()
    }

    /// It wants `unspin/status` with the verdict of a document after each analysis.
    pub(crate) fn wants_status(&self) -> bool {
        self.experimental("unspinStatus") || self.option("status")
    }

    /// It wants the whole workspace looked at, not only what is open.
    pub(crate) fn wants_workspace_diagnostics(&self) -> bool {
        self.option("workspaceDiagnostics")
    }

    /// Settings that came with `initialize`.
    pub(crate) fn options(&self) -> &Value {
        &self.options
    }

    fn option(&self, name: &str) -> bool {
        self.options.get(name) == Some(&Value::Bool(true))
    }

    fn experimental(&self, name: &str) -> bool {
        self.capabilities.experimental.as_ref().and_then(|experimental| experimental.get(name))
            == Some(&Value::Bool(true))
    }

    fn text_document(
        &self,
        question: impl Fn(&tower_lsp::ls_types::TextDocumentClientCapabilities) -> Option<bool>,
    ) -> bool {
        self.capabilities.text_document.as_ref().and_then(question).unwrap_or_default()
    }

    fn workspace(&self, question: impl Fn(&tower_lsp::ls_types::WorkspaceClientCapabilities) -> Option<bool>) -> bool {
        self.capabilities.workspace.as_ref().and_then(question).unwrap_or_default()
    }

    fn workspace_edit(
        &self,
        question: impl Fn(&tower_lsp::ls_types::WorkspaceEditClientCapabilities) -> Option<bool>,
    ) -> bool {
        self.workspace(|workspace| workspace.workspace_edit.as_ref().and_then(&question))
    }
}

/// The answer to `initialize`.
pub(crate) fn server(client: &Client) -> InitializeResult {
    let capabilities = ServerCapabilities {
        position_encoding: Some(client.encoding().kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::new(FIX_ALL_KIND)]),
            resolve_provider: client.resolves_edits().then_some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        code_lens_provider: client.shows_lenses().then_some(CodeLensOptions { resolve_provider: Some(false) }),
        inlay_hint_provider: client.shows_hints().then_some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        diagnostic_provider: client.pulls_diagnostics().then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("unspin".to_owned()),
                inter_file_dependencies: false,
                workspace_diagnostics: client.wants_workspace_diagnostics(),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: commands::ALL.iter().map(|&name| name.to_owned()).collect(),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    };
    InitializeResult {
        capabilities,
        server_info: Some(ServerInfo {
            name: "unspin".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        ..InitializeResult::default()
    }
}

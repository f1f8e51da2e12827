//! What concerns the workspace: folders, settings and their files, commands, scans.

use std::path::PathBuf;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Error;
use tower_lsp::ls_types::request::{
    InlayHintRefreshRequest, RegisterCapability, ShowDocument, WorkDoneProgressCreate, WorkspaceConfiguration,
    WorkspaceDiagnosticRefresh,
};
use tower_lsp::ls_types::{
    ConfigurationItem, ConfigurationParams, Diagnostic, DiagnosticSeverity, MessageType, Position, ProgressToken,
    Range, Registration, RegistrationParams, ShowDocumentParams, Uri, WorkDoneProgressCreateParams,
    WorkspaceFoldersChangeEvent,
};
use unspin_project::CONFIG_NAME;

use crate::actions::{Deed, Ticket};
use crate::answers;
use crate::commands;
use crate::convert::to_lsp::SOURCE;
use crate::document::{News, path_of};
use crate::inbox::{Event, Reply, Waiting};
use crate::log;
use crate::main_loop::Server;
use crate::outlet::{Message, SlotKind};
use crate::scan::{self, Scan};

impl Server {
    /// Asks to be told what the client does not tell by itself.
    pub(crate) fn register(&self) {
        let mut registrations = Vec::new();
        if self.client.registers_watchers() {
            registrations.push(Registration {
                id: "unspin-config".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: Some(json!({ "watchers": [{ "globPattern": format!("**/{CONFIG_NAME}") }] })),
            });
        }
        if self.client.registers_configuration() {
            registrations.push(Registration {
                id: "unspin-settings".to_owned(),
                method: "workspace/didChangeConfiguration".to_owned(),
                register_options: Some(json!({ "section": "unspin" })),
            });
        }
        if !registrations.is_empty() {
            self.requests.tell::<RegisterCapability>(RegistrationParams { registrations });
        }
    }

    /// Asks for the settings of each folder and of what is in none.
    pub(crate) fn ask_for_configuration(&mut self) {
        if !self.client.has_configuration() {
            return;
        }
        let asked = self.count();
        self.configuration_asked = asked;
        let item = |scope_uri: Option<Uri>| ConfigurationItem { scope_uri, section: Some("unspin".to_owned()) };
        let scoped = self.folders.iter().map(|(uri, _)| item(Some(uri.clone())));
        let items = std::iter::once(item(None)).chain(scoped).collect();
        let folders = self.folders.iter().map(|(_, path)| path.clone()).collect();
        self.requests.ask::<WorkspaceConfiguration>(ConfigurationParams { items }, move |answer| match answer {
            Ok(values) => Some(Event::Configuration { asked, folders, values }),
            Err(error) => {
                tracing::warn!("the client did not give its settings: {error}");
                None
            }
        });
    }

    pub(crate) fn take_configuration(&mut self, asked: u64, folders: Vec<PathBuf>, values: &[Value]) {
        if asked != self.configuration_asked {
            return;
        }
        let mut values = values.iter();
        if let Some(value) = values.next().filter(|value| value.is_object()) {
            self.configuration.set_editor(value);
            if let Some(level) = value.get("log").and_then(Value::as_str) {
                log::set_level(level);
            }
        }
        for (folder, value) in folders.into_iter().zip(values) {
            if value.is_object() {
                self.configuration.set_folder(folder, value);
            }
        }
        self.apply_settings();
    }

    pub(crate) fn configuration_changed(&mut self, settings: &Value) {
        if self.client.has_configuration() {
            self.ask_for_configuration();
        } else if settings.is_object() {
            self.configuration.set_editor(settings);
            self.apply_settings();
        }
    }

    pub(crate) fn folders_changed(&mut self, event: WorkspaceFoldersChangeEvent) {
        for removed in event.removed {
            if let Some(path) = path_of(&removed.uri) {
                self.configuration.forget_folder(&path);
            }
            self.folders.retain(|(uri, _)| *uri != removed.uri);
        }
        for added in event.added {
            if let Some(path) = path_of(&added.uri) {
                self.folders.push((added.uri, path));
            }
        }
        self.ask_for_configuration();
        self.apply_settings();
    }

    /// Reads every `unspin.toml` again.
    pub(crate) fn reload_files(&mut self) {
        self.configuration.forget_files();
        self.configuration.forget_vanished();
        self.apply_settings();
    }

    /// Gives each document the settings that hold for it now; those whose settings have changed are analysed again.
    fn apply_settings(&mut self) {
        let mut changed = Vec::new();
        let mut hints_changed = false;
        for (uri, document) in &mut self.documents {
            let resolved = self.configuration.resolve(document.path.as_deref());
            hints_changed |= document.inlay_hints != resolved.inlay_hints;
            document.inlay_hints = resolved.inlay_hints;
            let excluded = resolved.excluded || crate::main_loop::is_config(document.path.as_deref());
            if *document.settings == resolved.settings && document.excluded == excluded {
                continue;
            }
            document.settings = resolved.settings.into();
            if document.excluded != excluded {
                document.excluded = excluded;
                document.session = None;
            }
            document.tell(News::Settings(document.settings.clone()));
            changed.push(uri.clone());
        }
        for uri in &changed {
            let revision = self.count();
            if let Some(document) = self.documents.get_mut(uri) {
                document.renew(revision);
            }
            self.wait_patiently(uri);
        }
        if hints_changed && self.client.refreshes_hints() {
            self.requests.tell::<InlayHintRefreshRequest>(());
        }
        if !changed.is_empty() && self.client.refreshes_diagnostics() {
            self.requests.tell::<WorkspaceDiagnosticRefresh>(());
        }
        self.report_broken();
    }

    /// Tells of configuration files that are wrong, and of those that no longer are, each once.
    pub(crate) fn report_broken(&mut self) {
        let broken = self.configuration.broken();
        let gone: Vec<PathBuf> = self.reported.keys().filter(|path| !broken.contains_key(*path)).cloned().collect();
        let news: Vec<_> = broken.iter().filter(|(path, error)| self.reported.get(*path) != Some(error)).collect();
        for (path, error) in &news {
            let diagnostics: Vec<Diagnostic> =
                error.problems.iter().map(|problem| config_diagnostic(problem.line, &problem.message)).collect();
            self.publish_config(path, &diagnostics);
            self.show(MessageType::ERROR, format!("Unspin keeps its last good settings: {error}"));
        }
        for path in &gone {
            self.publish_config(path, &[]);
        }
        self.reported = broken.clone();
    }

    fn publish_config(&self, path: &std::path::Path, diagnostics: &[Diagnostic]) {
        // Under the client's own address, if it has the file open.
        let open = self
            .documents
            .values()
            .find(|document| document.path.as_deref() == Some(path))
            .map(|document| document.uri.clone());
        let Some(uri) = open.or_else(|| Uri::from_file_path(path)) else {
            return;
        };
        let params = json!({ "uri": uri, "diagnostics": diagnostics });
        self.outlet.put(
            SlotKind::Diagnostics,
            uri.as_str(),
            Message::notification("textDocument/publishDiagnostics", &params),
        );
    }

    pub(crate) fn execute(&mut self, command: &str, arguments: &[Value], reply: Reply<Option<Value>>) {
        match Ticket::of_command(command, arguments) {
            Some(Err(why)) => reply.send(Err(Error::invalid_params(why))),
            Some(Ok(ticket)) => match &ticket.deed {
                Deed::Allow { phrase } => {
                    let uri = ticket.document().uri;
                    reply.send(self.allow(&uri, phrase).map(Some).map_err(Error::invalid_params));
                }
                _ => {
                    let uri = ticket.document().uri;
                    self.ask(&uri, Waiting::Command(ticket, reply));
                }
            },
            None => reply.send(self.execute_other(command, arguments).map(|()| None)),
        }
    }

    fn execute_other(&mut self, command: &str, arguments: &[Value]) -> Result<(), Error> {
        let argument = arguments.first().unwrap_or(&Value::Null);
        match command {
            commands::CHECK_WORKSPACE => {
                let id = self.count();
                self.start_scan(Scan::to_publish(id));
                Ok(())
            }
            commands::SELECT_PLACEHOLDER => {
                let uri = argument.get("uri").and_then(|uri| serde_json::from_value(uri.clone()).ok());
                let selection = argument.get("range").and_then(|range| serde_json::from_value(range.clone()).ok());
                let uri = uri.ok_or_else(|| Error::invalid_params("`uri` is missing"))?;
                self.show_document(ShowDocumentParams { uri, external: Some(false), take_focus: Some(true), selection })
            }
            commands::SHOW_RULE => {
                let rule = argument.get("rule").and_then(Value::as_str).unwrap_or_default();
                let rule = unspin_core::rules::find(rule)
                    .ok_or_else(|| Error::invalid_params(format!("there is no rule `{rule}`")))?;
                let uri = rule.url().parse().map_err(|_| Error::internal_error())?;
                self.show_document(ShowDocumentParams { uri, external: Some(true), take_focus: None, selection: None })
            }
            _ => Err(Error::invalid_params(format!("there is no command `{command}`"))),
        }
    }

    fn show_document(&self, params: ShowDocumentParams) -> Result<(), Error> {
        if !self.client.shows_documents() {
            return Err(Error::invalid_params("the client does not show documents (window.showDocument)"));
        }
        self.requests.tell::<ShowDocument>(params);
        Ok(())
    }

    /// Never marks a phrase again; gives the file that says so.
    fn allow(&mut self, uri: &Uri, phrase: &str) -> Result<Value, String> {
        let phrase = phrase.trim();
        if phrase.is_empty() {
            return Err("there is no phrase to allow".to_owned());
        }
        let folder =
            self.folder_of(path_of(uri).as_deref()).ok_or("a text that is no file has no workspace to allow it in")?;
        let path = self
            .configuration
            .allow(&folder, phrase)
            .map_err(|error| format!("“{phrase}” was not allowed: {error}"))?;
        tracing::info!("“{phrase}” is allowed in `{}`", path.display());
        self.apply_settings();
        Ok(json!({ "path": path.display().to_string() }))
    }

    pub(crate) fn start_scan(&mut self, mut scan: Scan) {
        scan.begin_progress(&self.outlet);
        for document in self.documents.values() {
            if let Some(shown) = document.current() {
                let diagnostics = shown.diagnostics(&document.uri, self.client.diagnostic_shape());
                scan.add_open(document.uri.clone(), shown.version, answers::result_id(&diagnostics), diagnostics);
            }
        }
        let id = scan.id;
        if matches!(scan.purpose, scan::Purpose::Publish) && self.client.shows_progress() {
            let token = ProgressToken::String(format!("unspin-scan-{id}"));
            let create = WorkDoneProgressCreateParams { token: token.clone() };
            self.requests.ask::<WorkDoneProgressCreate>(create, move |answer| {
                answer.ok().map(|()| Event::ProgressReady(id, token))
            });
        }
        self.scans.push(scan);
    }

    /// The next piece of the oldest scan, if it has one that may start.
    pub(crate) fn next_scan_job(&mut self) -> Option<scan::Job> {
        let folders: Vec<PathBuf> = self.folders.iter().map(|(_, path)| path.clone()).collect();
        for scan in &mut self.scans {
            if scan.is_new() {
                return Some(scan.walk(folders));
            }
            while let Some(path) = scan.next_file() {
                let is_open = self.documents.values().any(|document| document.path.as_deref() == Some(path.as_path()));
                let resolved = self.configuration.resolve(Some(&path));
                if is_open || resolved.excluded {
                    scan.skip_file();
                    continue;
                }
                return Some(scan.file(path, resolved.settings, self.client.diagnostic_shape()));
            }
        }
        None
    }

    pub(crate) fn finish_scans(&mut self) {
        let (ended, going): (Vec<Scan>, Vec<Scan>) =
            std::mem::take(&mut self.scans).into_iter().partition(|scan| scan.is_done() || scan.is_cancelled());
        self.scans = going;
        ended.into_iter().for_each(|scan| scan.finish(&self.outlet));
    }
}

fn config_diagnostic(line: usize, message: &str) -> Diagnostic {
    let line = u32::try_from(line.saturating_sub(1)).unwrap_or_default();
    Diagnostic {
        range: Range::new(Position::new(line, 0), Position::new(line, u32::from(u16::MAX))),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: message.to_owned(),
        ..Diagnostic::default()
    }
}

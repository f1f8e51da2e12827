//! The one thread that owns the state. Everything that can ever happen is an [`Event`], and [`Server::handle`] is where it happens.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crossbeam_channel::Receiver;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Error;
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidOpenTextDocumentParams, InitializeParams, InitializeResult, ProgressToken, Uri,
};
use unspin_project::{CONFIG_NAME, ConfigError};

use crate::answers::{self, Context};
use crate::capabilities::{self, Client};
use crate::configuration::Configuration;
use crate::convert::from_lsp;
use crate::document::{Document, News, Snapshot, UNREAD_SENTENCES_MAX, WAITING_MAX, path_of};
use crate::fix_all::FixAll;
use crate::inbox::{Event, Waiting};
use crate::log;
use crate::outlet::{Message, Outlet, SlotKind};
use crate::pool::{Analyse, Answers, Job, Outcome, Pool, Read, Subject};
use crate::repairs::{self, Replacement};
use crate::requests::Requests;
use crate::scan::Scan;

/// More sentences than the encoder reads before others have their turn.
const READING_SENTENCES: usize = 16;

/// How many replacements of one change are looked at for accepted fixes.
const REPLACEMENTS_MAX: usize = 4096;

/// The state of the server.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) client: Client,
    pub(crate) outlet: Outlet,
    pub(crate) requests: Requests,
    pub(crate) configuration: Configuration,
    pub(crate) folders: Vec<(Uri, PathBuf)>,
    pub(crate) documents: BTreeMap<Uri, Document>,
    pub(crate) scans: Vec<Scan>,
    /// The number of the newest question for the client's settings; an answer to an older one is too late.
    pub(crate) configuration_asked: u64,
    /// What the client was told of broken configuration files.
    pub(crate) reported: BTreeMap<PathBuf, ConfigError>,
    pool: Pool,
    /// Documents to analyse: those somebody waits for, the one edited last before all.
    urgent: VecDeque<Uri>,
    /// Documents to analyse when there is nothing more urgent.
    patient: VecDeque<Uri>,
    /// Documents that the encoder has not read to the end, the one edited last before all.
    unread: VecDeque<Uri>,
    counter: u64,
    was_shut_down: Arc<AtomicBool>,
}

impl Server {
    pub(crate) fn new(outlet: Outlet, requests: Requests, pool: Pool, was_shut_down: Arc<AtomicBool>) -> Server {
        Server {
            client: Client::default(),
            outlet,
            requests,
            configuration: Configuration::default(),
            folders: Vec::new(),
            documents: BTreeMap::new(),
            scans: Vec::new(),
            configuration_asked: 0,
            reported: BTreeMap::new(),
            pool,
            urgent: VecDeque::new(),
            patient: VecDeque::new(),
            unread: VecDeque::new(),
            counter: 0,
            was_shut_down,
        }
    }

    /// Runs until nobody can post any more.
    pub(crate) fn run(mut self, events: &Receiver<Event>) {
        while let Ok(event) = events.recv() {
            self.handle(event);
            // What has arrived meanwhile is taken in before work begins: a burst of keys is one piece of work, a single key waits for nobody.
            while let Ok(event) = events.try_recv() {
                self.handle(event);
            }
            self.dispatch();
        }
    }

    fn handle(&mut self, event: Event) {
        log::trace(&self.outlet, || event.name().to_owned(), || format!("{} open documents", self.documents.len()));
        match event {
            Event::Initialize(params, reply) => reply.send(Ok(self.initialize(&params))),
            Event::Initialized => self.initialized(),
            Event::Shutdown(reply) => {
                self.was_shut_down.store(true, Ordering::Relaxed);
                reply.send(Ok(()));
            }
            Event::SetTrace(params) => log::set_trace(params.value),

            Event::DidOpen(params) => self.open(params),
            Event::DidChange(params) => self.change(params),
            Event::DidSave(params) => {
                if is_config(path_of(&params.text_document.uri).as_deref()) {
                    self.reload_files();
                }
            }
            Event::DidClose(params) => self.close(&params.text_document.uri),

            Event::Ask(document, waiting) => self.ask(&document.uri, waiting),
            Event::WorkspaceDiagnostic(params, reply) => {
                let id = self.count();
                self.start_scan(Scan::to_answer(id, params, reply));
            }
            Event::ExecuteCommand(params, reply) => self.execute(&params.command, &params.arguments, reply),

            Event::DidChangeConfiguration(params) => self.configuration_changed(&params.settings),
            Event::DidChangeFolders(params) => self.folders_changed(params.event),
            Event::DidChangeFiles => self.reload_files(),
            Event::Configuration { asked, folders, values } => self.take_configuration(asked, folders, &values),
            Event::CancelProgress(params) => self.scans.retain(|scan| !scan.shows(&params.token)),
            Event::ProgressReady(scan, token) => self.show_progress(scan, token),
            Event::EditRefused(why) => tracing::warn!("the editor did not make the change: {why}"),

            Event::Analysed(outcome) => {
                self.pool.done();
                self.take_outcome(*outcome);
            }
            Event::Read(answers) => {
                self.pool.reading_done();
                self.take_answers(answers);
            }
            Event::FixedAll(answerable) => {
                self.pool.done();
                if let Some((waiting, snapshot)) = answerable {
                    self.answer(waiting, &snapshot);
                }
            }
            Event::Scanned(step) => {
                self.pool.done();
                if let Some(scan) = self.scans.iter_mut().find(|scan| scan.id == step.scan) {
                    scan.take(step, &self.outlet);
                }
            }
            Event::DebugText(document, reply) => reply.send(self.debug_text(&document.uri)),
        }
    }

    fn initialize(&mut self, params: &InitializeParams) -> InitializeResult {
        self.client = Client::new(params);
        self.configuration.set_editor(self.client.options());
        if let Some(level) = self.client.options().get("log").and_then(Value::as_str) {
            log::set_level(level);
        }
        if let Some(trace) = params.trace {
            log::set_trace(trace);
        }
        let folders = params.workspace_folders.iter().flatten().map(|folder| folder.uri.clone());
        #[expect(deprecated, reason = "older clients know no workspace folders")]
        let root = params.root_uri.clone().filter(|_| params.workspace_folders.is_none());
        self.folders = folders.chain(root).filter_map(|uri| path_of(&uri).map(|path| (uri, path))).collect();
        tracing::info!("unspin {} at your service", env!("CARGO_PKG_VERSION"));
        capabilities::server(&self.client)
    }

    fn initialized(&mut self) {
        self.register();
        self.ask_for_configuration();
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let revision = self.count();
        let markup = unspin_project::markup_of_language(&item.language_id);
        if self.documents.contains_key(&item.uri) {
            tracing::warn!("`{}` was opened while it was open; the newer text holds", item.uri.as_str());
            self.close(&item.uri);
        }
        let mut document = Document::open(item.uri.clone(), markup, item.version, &item.text, revision);
        let resolved = self.configuration.resolve(document.path.as_deref());
        document.settings = Arc::new(resolved.settings);
        document.excluded = resolved.excluded || is_config(document.path.as_deref());
        document.inlay_hints = resolved.inlay_hints;
        document.pulls_again = self.client.refreshes_diagnostics();
        self.tell_of_window(&mut document);
        self.documents.insert(item.uri.clone(), document);
        self.patient.push_back(item.uri);
        self.report_broken();
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let revision = self.count();
        let uri = params.text_document.uri;
        let Some(mut document) = self.documents.remove(&uri) else {
            tracing::warn!("`{}` was changed but never opened; the change is lost", uri.as_str());
            return;
        };
        if params.text_document.version <= document.version {
            tracing::debug!(
                "the version of `{}` goes from {} to {}",
                uri.as_str(),
                document.version,
                params.text_document.version
            );
        }
        let (before, rope_before) = (document.current().cloned(), document.rope.clone());
        let mut replacements = Vec::new();
        for change in params.content_changes {
            let (range, text) = match change.range {
                Some(range) => (from_lsp::range(&document.rope, range, self.client.encoding()), change.text),
                None => difference(&document.rope, &change.text),
            };
            replacements.push(Replacement { range: range.clone(), len: text.len() });
            document.edit(range, text);
        }
        document.version = params.text_document.version;
        // The person looks at what they edit.
        document.looked_at = None;
        document.renew(revision);
        if let Some(before) = before.filter(|_| replacements.len() <= REPLACEMENTS_MAX) {
            let accepted = repairs::accepted(&before, &replacements, &document.rope);
            if accepted > 0 {
                document.repairs = document.repairs.saturating_add(accepted);
                document.tell(News::Repairs(accepted));
                repairs::remember(&mut document.accepted, &rope_before, accepted);
            }
        }
        let undone = repairs::undone(&mut document.accepted, &document.rope);
        if undone > 0 {
            document.repairs = document.repairs.saturating_sub(undone);
            document.tell(News::Undone(undone));
        }
        self.tell_of_window(&mut document);
        self.documents.insert(uri.clone(), document);
        self.hurry(&uri);
    }

    fn close(&mut self, uri: &Uri) {
        let Some(document) = self.documents.remove(uri) else {
            return;
        };
        // Work under way sees that nobody needs it.
        document.newest.store(0, Ordering::Relaxed);
        document.waiting.into_iter().for_each(answers::answer_unopened);
        self.urgent.retain(|waiting| waiting != uri);
        self.patient.retain(|waiting| waiting != uri);
        self.unread.retain(|waiting| waiting != uri);
        if !self.client.pulls_diagnostics() && !is_config(document.path.as_deref()) {
            let params = json!({ "uri": uri, "diagnostics": [] });
            self.outlet.put(
                SlotKind::Diagnostics,
                uri.as_str(),
                Message::notification("textDocument/publishDiagnostics", &params),
            );
        }
    }

    /// Answers at once, or when the newest text is analysed.
    pub(crate) fn ask(&mut self, uri: &Uri, waiting: Waiting) {
        let Some(document) = self.documents.get_mut(uri) else {
            return answers::answer_unopened(waiting);
        };
        if let Some(at) = waiting.position() {
            // What is asked about is what the person sees.
            let offset = from_lsp::offset(&document.rope, at, self.client.encoding());
            document.looked_at = Some(offset);
            if document.window.as_ref().is_some_and(|window| !window.contains(&offset)) {
                document.look_at(offset);
                self.counter += 1;
                document.renew(self.counter);
            }
        }
        match document.answerable(&waiting).cloned() {
            Some(snapshot) => self.answer(waiting, &snapshot),
            None if WAITING_MAX <= document.waiting.len() => waiting.refuse(Error::content_modified()),
            None => {
                document.waiting.push(waiting);
                if document.needs_analysis() {
                    self.hurry(uri);
                }
            }
        }
    }

    fn answer(&mut self, waiting: Waiting, snapshot: &Arc<Snapshot>) {
        if waiting.fixes_all(&self.client)
            && snapshot.fix_all.get().is_none()
            && let Some(document) = self.documents.get(&snapshot.uri)
        {
            let (settings, repairs) = (Arc::clone(&document.settings), document.repairs);
            let job = FixAll { snapshot: Arc::clone(snapshot), settings, repairs, waiting };
            return self.pool.start(Job::FixAll(Box::new(job)));
        }
        if matches!(waiting, Waiting::Diagnostics(..))
            && snapshot.unread > 0
            && let Some(document) = self.documents.get_mut(&snapshot.uri)
        {
            document.pulled_early = true;
        }
        let can_allow = self.folder_of(path_of(&snapshot.uri).as_deref()).is_some();
        let inlay_hints = self.documents.get(&snapshot.uri).is_some_and(|document| document.inlay_hints);
        let cx = Context { client: &self.client, requests: &self.requests, can_allow, inlay_hints };
        answers::answer(waiting, snapshot, &cx);
    }

    /// The folder whose `unspin.toml` a phrase of this file would be allowed in.
    pub(crate) fn folder_of(&self, path: Option<&Path>) -> Option<PathBuf> {
        let Some(path) = path else {
            return self.folders.first().map(|(_, folder)| folder.clone());
        };
        let holding = self.folders.iter().map(|(_, folder)| folder).filter(|folder| path.starts_with(folder));
        holding.max_by_key(|folder| folder.as_os_str().len()).cloned().or_else(|| path.parent().map(Path::to_owned))
    }

    fn take_outcome(&mut self, outcome: Outcome) {
        let Some(document) = self.documents.get_mut(&outcome.uri) else {
            return;
        };
        if document.opened != outcome.opened {
            return;
        }
        document.at_work = false;
        document.session = outcome.session;
        let shown = outcome.shown.filter(|_| outcome.revision == document.revision);
        let Some(shown) = shown else {
            // Stale: the newer text is analysed at once.
            return self.hurry(&outcome.uri);
        };
        let verdict_before = document.shown.as_ref().map(|shown| shown.report.verdict.line());
        document.shown = Some(Arc::clone(&shown));
        // One of an earlier text is of no use any more.
        document.snapshot = outcome.snapshot;
        document.told_at = Instant::now();
        document.learned = document.take_answers_home();
        if let Some(publication) = outcome.publication {
            self.outlet.put(SlotKind::Diagnostics, outcome.uri.as_str(), publication);
        }
        let verdict = &shown.report.verdict;
        // While a few sentences are read nobody need know; while a long text is, it is good to see how far it is.
        if self.client.wants_status() && (shown.unread == 0 || UNREAD_SENTENCES_MAX < shown.unread) {
            let status = json!({
                "uri": outcome.uri,
                "version": shown.version,
                "verdict": verdict.line(),
                "marks": verdict.marks,
                "complete": shown.unread == 0,
            });
            self.outlet.put(SlotKind::Status, outcome.uri.as_str(), Message::notification("unspin/status", &status));
        }
        if verdict_before.is_some_and(|before| before != verdict.line()) && self.client.refreshes_lenses() {
            self.requests.tell::<tower_lsp::ls_types::request::CodeLensRefresh>(());
        }
        if shown.unread == 0 && std::mem::take(&mut document.pulled_early) {
            self.requests.tell::<tower_lsp::ls_types::request::WorkspaceDiagnosticRefresh>(());
        }
        self.answer_waiting(&outcome.uri);
        self.read_on(&outcome.uri);
    }

    /// Answers the requests that can be answered now.
    fn answer_waiting(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get_mut(uri) else {
            return;
        };
        let mut answers = Vec::new();
        for waiting in std::mem::take(&mut document.waiting) {
            if waiting.is_cancelled() {
                continue;
            }
            match document.answerable(&waiting).cloned() {
                Some(snapshot) => answers.push((waiting, snapshot)),
                None => document.waiting.push(waiting),
            }
        }
        for (waiting, snapshot) in answers {
            self.answer(waiting, &snapshot);
        }
    }

    /// Lets the encoder go on with a document, or tells the client what it has found.
    fn read_on(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get_mut(uri) else {
            return;
        };
        if document.needs_analysis() {
            return self.hurry(uri);
        }
        let has_more = document.session.as_ref().is_some_and(|session| session.waiting() > 0);
        if has_more && !self.unread.contains(uri) {
            self.unread.push_back(uri.clone());
        }
    }

    fn take_answers(&mut self, read: Answers) {
        let Some(document) = self.documents.get_mut(&read.uri) else {
            return;
        };
        if document.opened != read.opened {
            return;
        }
        if read.answers.is_empty() {
            // It failed, and would fail again; the next edit begins with a new session.
            document.session = None;
            let waiting = std::mem::take(&mut document.waiting);
            return waiting.into_iter().for_each(|waiting| waiting.refuse(Error::internal_error()));
        }
        match &mut document.session {
            // At work on a newer text, which will want to know, too.
            None => document.news.push(News::Answers(read.answers)),
            Some(session) => session.take(read.answers),
        }
        document.learned = true;
        if document.session.is_some() {
            self.read_on(&read.uri);
        }
    }

    /// Puts a document before all others.
    pub(crate) fn hurry(&mut self, uri: &Uri) {
        self.urgent.retain(|waiting| waiting != uri);
        self.patient.retain(|waiting| waiting != uri);
        self.urgent.push_front(uri.clone());
        // It is also the one that the encoder reads first.
        if let Some(idx) = self.unread.iter().position(|waiting| waiting == uri) {
            self.unread.swap(0, idx);
        }
    }

    /// Puts a document behind all others.
    pub(crate) fn wait_patiently(&mut self, uri: &Uri) {
        if !self.urgent.contains(uri) && !self.patient.contains(uri) {
            self.patient.push_back(uri.clone());
        }
    }

    /// Gives work to whoever has none: the document edited last, then other documents, then workspace scans.
    fn dispatch(&mut self) {
        while self.pool.is_free()
            && let Some(uri) = self.urgent.pop_front()
        {
            self.analyse(&uri);
        }
        while self.pool.is_free_for_background()
            && let Some(uri) = self.patient.pop_front()
        {
            self.analyse(&uri);
        }
        self.dispatch_reading();
        self.dispatch_scans();
    }

    /// Gives the encoder its next sentences: those of the document edited last, then of the others by turns.
    fn dispatch_reading(&mut self) {
        if !self.pool.is_free_for_reading() {
            return;
        }
        for _ in 0..self.unread.len() {
            let Some(uri) = self.unread.pop_front() else { return };
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            // While it is at work its sentences change; it comes back here.
            let is_current = document.current().is_some();
            let Some(session) = document.session.as_mut().filter(|_| is_current) else { continue };
            let start = document.window.as_ref().map_or(0, |window| window.start);
            let near = document.looked_at.map(|offset| offset.saturating_sub(start));
            let questions = session.questions(READING_SENTENCES, near);
            if questions.is_empty() {
                // All that was left is known from elsewhere in the text.
                document.learned = true;
                self.analyse(&uri);
                continue;
            }
            let read = Read {
                uri: uri.clone(),
                opened: document.opened,
                revision: document.revision,
                newest: Arc::clone(&document.newest),
                questions,
            };
            self.pool.start_reading(read);
            return;
        }
    }

    fn dispatch_scans(&mut self) {
        while self.pool.is_free_for_background()
            && let Some(job) = self.next_scan_job()
        {
            self.pool.start(Job::Scan(job));
        }
        self.finish_scans();
    }

    fn analyse(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get_mut(uri) else {
            return;
        };
        // One that is at work comes back here when its outcome is stale.
        if document.at_work || !document.needs_analysis() {
            return;
        }
        let news = std::mem::take(&mut document.news);
        let subject = match document.session.take() {
            _ if document.excluded => Subject::Excluded,
            Some(session) => Subject::Session(Box::new(session), news),
            None => Subject::New { settings: Arc::clone(&document.settings), repairs: document.repairs },
        };
        document.at_work = true;
        let publish = !self.client.pulls_diagnostics() && !is_config(document.path.as_deref());
        self.pool.start(Job::Analyse(Box::new(Analyse {
            uri: uri.clone(),
            opened: document.opened,
            version: document.version,
            revision: document.revision,
            newest: Arc::clone(&document.newest),
            rope: document.rope.clone(),
            markup: document.markup,
            window: document.window.clone(),
            subject,
            shape: self.client.diagnostic_shape(),
            publish,
            told: document.current().cloned(),
            is_asked: !document.waiting.is_empty(),
        })));
    }

    /// Says that only a part of a long text is looked at, once.
    fn tell_of_window(&self, document: &mut Document) {
        let Some(window) = &document.window else {
            return;
        };
        if std::mem::replace(&mut document.told_of_window, true) {
            return;
        }
        let name = document.uri.path().as_str().rsplit('/').next().unwrap_or_default();
        let message = format!(
            "`{name}` has {} MB: Unspin looks at {} KB around the place you work at",
            document.rope.len_bytes() / 1_000_000,
            window.len() / 1_000
        );
        self.show(tower_lsp::ls_types::MessageType::WARNING, message);
    }

    pub(crate) fn show(&self, typ: tower_lsp::ls_types::MessageType, message: String) {
        self.outlet.send(Message::notification(
            "window/showMessage",
            &tower_lsp::ls_types::ShowMessageParams { typ, message },
        ));
    }

    fn show_progress(&mut self, scan: u64, token: ProgressToken) {
        if let Some(scan) = self.scans.iter_mut().find(|known| known.id == scan) {
            scan.show_progress(token, &self.outlet);
        }
    }

    fn debug_text(&self, uri: &Uri) -> tower_lsp::jsonrpc::Result<Value> {
        match self.documents.get(uri) {
            Some(document) => Ok(
                json!({ "text": String::from(&document.rope), "version": document.version, "repairs": document.repairs }),
            ),
            None => Ok(Value::Null),
        }
    }

    /// The next number: of a revision, a scan, a question.
    pub(crate) fn count(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }
}

/// Starts the thread.
pub(crate) fn spawn(server: Server, events: Receiver<Event>) -> std::io::Result<()> {
    std::thread::Builder::new().name("unspin-main".to_owned()).spawn(move || server.run(&events))?;
    Ok(())
}

/// The client's text of an `unspin.toml` is no article.
pub(crate) fn is_config(path: Option<&Path>) -> bool {
    path.and_then(Path::file_name).is_some_and(|name| name == CONFIG_NAME)
}

/// The smallest replacement that makes `old` into `new`: clients that send the whole text on each change mean no more than that.
fn difference(old: &ropey::Rope, new: &str) -> (std::ops::Range<usize>, String) {
    let old_bytes = || old.bytes();
    let mut prefix = old_bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    while !new.is_char_boundary(prefix) || old.char_to_byte(old.byte_to_char(prefix)) != prefix {
        prefix -= 1;
    }
    let room = old.len_bytes().min(new.len()) - prefix;
    let backwards = old.bytes_at(old.len_bytes()).reversed();
    let mut suffix = backwards.zip(new.bytes().rev()).take(room).take_while(|(old, new)| old == new).count();
    while !new.is_char_boundary(new.len() - suffix) {
        suffix -= 1;
    }
    (prefix..old.len_bytes() - suffix, new[prefix..new.len() - suffix].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_no_more_than_what_changed() {
        let check = |old: &str, new: &str, range: std::ops::Range<usize>, text: &str| {
            assert_eq!(difference(&ropey::Rope::from_str(old), new), (range, text.to_owned()), "{old:?} {new:?}");
        };
        check("the army help", "the spun help", 4..8, "spun");
        check("aa", "aaa", 2..2, "a");
        check("aaa", "aa", 2..3, "");
        check("same", "same", 4..4, "");
        check("é", "è", 0..2, "è"); // They share their first byte.
        check("ĩ", "ũ", 0..2, "ũ"); // They share their second byte.
        check("", "x", 0..0, "x");
    }
}

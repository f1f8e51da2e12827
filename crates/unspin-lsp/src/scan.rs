//! Looking at every article of the workspace, one file a job, behind everything that somebody types.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use std::{fs, mem};

use ropey::Rope;
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    Diagnostic, FullDocumentDiagnosticReport, PartialResultParams, ProgressToken, UnchangedDocumentDiagnosticReport,
    Uri, WorkDoneProgressParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use unspin_core::{Analyzer, Settings};
use unspin_project::Configs;

use crate::convert::to_lsp::{self, DiagnosticShape};
use crate::document::DOCUMENT_BYTES_MAX;
use crate::inbox::Reply;
use crate::outlet::{Message, Outlet, SlotKind};

/// How many articles of a workspace are looked at.
const FILES_MAX: usize = 20_000;

/// Whom a scan is for.
#[derive(Debug)]
pub(crate) enum Purpose {
    /// The client asked and gets a report.
    Answer {
        reply: Reply<WorkspaceDiagnosticReportResult>,
        previous: BTreeMap<Uri, String>,
        partial: Option<ProgressToken>,
    },
    /// A command; what is found is published.
    Publish,
}

/// A scan under way.
#[derive(Debug)]
pub(crate) struct Scan {
    pub(crate) id: u64,
    pub(crate) purpose: Purpose,
    progress: Option<ProgressToken>,
    files: VecDeque<PathBuf>,
    walked: bool,
    total: usize,
    done: usize,
    in_flight: usize,
    items: Vec<WorkspaceDocumentDiagnosticReport>,
}

/// A piece of a scan, for a worker.
#[derive(Debug)]
pub(crate) struct Job {
    scan: u64,
    task: Task,
}

#[derive(Debug)]
enum Task {
    Walk(Vec<PathBuf>),
    File { path: PathBuf, settings: Arc<Settings>, shape: DiagnosticShape, previous: Option<String> },
}

/// What came of a piece.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) scan: u64,
    found: Found,
}

#[derive(Debug)]
enum Found {
    Files(Vec<PathBuf>),
    Report { uri: Uri, id: String, diagnostics: Option<Vec<Diagnostic>> },
    Nothing,
}

impl Scan {
    /// A scan that the client asked for.
    pub(crate) fn to_answer(
        id: u64,
        params: WorkspaceDiagnosticParams,
        reply: Reply<WorkspaceDiagnosticReportResult>,
    ) -> Scan {
        let WorkspaceDiagnosticParams { previous_result_ids, work_done_progress_params, partial_result_params, .. } =
            params;
        let WorkDoneProgressParams { work_done_token } = work_done_progress_params;
        let PartialResultParams { partial_result_token } = partial_result_params;
        let previous = previous_result_ids.into_iter().map(|previous| (previous.uri, previous.value)).collect();
        Scan::new(id, Purpose::Answer { reply, previous, partial: partial_result_token }, work_done_token)
    }

    /// A scan whose findings are published.
    pub(crate) fn to_publish(id: u64) -> Scan {
        Scan::new(id, Purpose::Publish, None)
    }

    fn new(id: u64, purpose: Purpose, progress: Option<ProgressToken>) -> Scan {
        Scan {
            id,
            purpose,
            progress,
            files: VecDeque::new(),
            walked: false,
            total: 0,
            done: 0,
            in_flight: 0,
            items: Vec::new(),
        }
    }

    /// The first piece.
    pub(crate) fn walk(&mut self, folders: Vec<PathBuf>) -> Job {
        self.in_flight += 1;
        Job { scan: self.id, task: Task::Walk(folders) }
    }

    /// Shows progress from here on.
    pub(crate) fn show_progress(&mut self, token: ProgressToken, outlet: &Outlet) {
        self.progress = Some(token);
        self.begin_progress(outlet);
    }

    pub(crate) fn begin_progress(&self, outlet: &Outlet) {
        self.report_progress(
            outlet,
            &json!({ "kind": "begin", "title": "Unspin", "cancellable": true, "percentage": 0 }),
        );
    }

    pub(crate) fn shows(&self, token: &ProgressToken) -> bool {
        self.progress.as_ref() == Some(token)
    }

    /// It has not begun.
    pub(crate) fn is_new(&self) -> bool {
        !self.walked && self.in_flight == 0
    }

    /// The next file to look at.
    pub(crate) fn next_file(&mut self) -> Option<PathBuf> {
        self.files.pop_front()
    }

    /// A file that was not looked at after all.
    pub(crate) fn skip_file(&mut self) {
        self.done += 1;
    }

    /// The piece that looks at a file.
    pub(crate) fn file(&mut self, path: PathBuf, settings: Settings, shape: DiagnosticShape) -> Job {
        self.in_flight += 1;
        let previous = match &self.purpose {
            Purpose::Answer { previous, .. } => Uri::from_file_path(&path).and_then(|uri| previous.get(&uri).cloned()),
            Purpose::Publish => None,
        };
        Job { scan: self.id, task: Task::File { path, settings: Arc::new(settings), shape, previous } }
    }

    /// Takes in what came of a piece.
    pub(crate) fn take(&mut self, step: Step, outlet: &Outlet) {
        self.in_flight -= 1;
        match step.found {
            Found::Files(files) => {
                self.total = files.len();
                self.files = files.into();
                self.walked = true;
                return;
            }
            Found::Report { uri, id, diagnostics } => self.report(uri, id, diagnostics, outlet),
            Found::Nothing => self.walked = true,
        }
        self.done += 1;
        let percentage = self.done * 100 / self.total.max(1);
        let message = format!("{} of {} articles", self.done, self.total);
        self.report_progress(
            outlet,
            &json!({ "kind": "report", "message": message, "percentage": percentage.min(100) }),
        );
    }

    /// Adds what is known of an open document.
    pub(crate) fn add_open(&mut self, uri: Uri, version: i32, id: String, diagnostics: Vec<Diagnostic>) {
        let Purpose::Answer { previous, .. } = &self.purpose else {
            return;
        };
        let version = Some(i64::from(version));
        let item = if previous.get(&uri) == Some(&id) {
            unchanged(uri, version, id)
        } else {
            full(uri, version, id, diagnostics)
        };
        self.items.push(item);
    }

    pub(crate) fn is_done(&self) -> bool {
        self.in_flight == 0 && self.walked && self.files.is_empty()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        matches!(&self.purpose, Purpose::Answer { reply, .. } if reply.is_cancelled())
    }

    /// Answers, and ends the progress.
    pub(crate) fn finish(self, outlet: &Outlet) {
        self.report_progress(outlet, &json!({ "kind": "end" }));
        if let Purpose::Answer { reply, .. } = self.purpose {
            reply.send(Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items: self.items })));
        }
    }

    fn report(&mut self, uri: Uri, id: String, diagnostics: Option<Vec<Diagnostic>>, outlet: &Outlet) {
        match (&self.purpose, diagnostics) {
            (Purpose::Publish, diagnostics) => {
                let params = json!({ "uri": uri, "diagnostics": diagnostics.unwrap_or_default() });
                let message = Message::notification("textDocument/publishDiagnostics", &params);
                outlet.put(SlotKind::Diagnostics, uri.as_str(), message);
                return;
            }
            (_, None) => self.items.push(unchanged(uri, None, id)),
            (_, Some(diagnostics)) => self.items.push(full(uri, None, id, diagnostics)),
        }
        if let Purpose::Answer { partial: Some(token), .. } = &self.purpose {
            let items = mem::take(&mut self.items);
            outlet.send(Message::notification("$/progress", &json!({ "token": token, "value": { "items": items } })));
        }
    }

    fn report_progress(&self, outlet: &Outlet, value: &Value) {
        if let Some(token) = &self.progress {
            outlet.send(Message::notification("$/progress", &json!({ "token": token, "value": value })));
        }
    }
}

fn full(uri: Uri, version: Option<i64>, id: String, items: Vec<Diagnostic>) -> WorkspaceDocumentDiagnosticReport {
    let report = FullDocumentDiagnosticReport { result_id: Some(id), items };
    WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report: report }.into()
}

fn unchanged(uri: Uri, version: Option<i64>, result_id: String) -> WorkspaceDocumentDiagnosticReport {
    let report = UnchangedDocumentDiagnosticReport { result_id };
    WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report: report }.into()
}

impl Job {
    /// The scan it belongs to.
    pub(crate) fn scan(&self) -> u64 {
        self.scan
    }

    pub(crate) fn run(self, analyzer: &Analyzer) -> Step {
        let found = match self.task {
            Task::Walk(folders) => Found::Files(walk(&folders)),
            Task::File { path, settings, shape, previous } => {
                look_at(&path, &settings, shape, previous.as_deref(), analyzer).unwrap_or_else(|why| {
                    tracing::info!("left out of the scan: {why}");
                    Found::Nothing
                })
            }
        };
        Step { scan: self.scan, found }
    }
}

impl Step {
    /// A piece that came to nothing.
    pub(crate) fn failed(scan: u64) -> Step {
        Step { scan, found: Found::Nothing }
    }
}

fn walk(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut configs = Configs::default();
    let mut files: Vec<PathBuf> = Vec::new();
    for found in folders.iter().flat_map(|folder| unspin_project::walk(folder, &mut configs)) {
        match found {
            Ok(path) => files.push(path),
            Err(error) => tracing::info!("left out of the scan: {error}"),
        }
    }
    files.sort();
    files.dedup();
    if FILES_MAX < files.len() {
        tracing::warn!("the workspace holds {} articles; the first {FILES_MAX} are looked at", files.len());
        files.truncate(FILES_MAX);
    }
    files
}

fn look_at(
    path: &std::path::Path,
    settings: &Settings,
    shape: DiagnosticShape,
    previous: Option<&str>,
    analyzer: &Analyzer,
) -> Result<Found, String> {
    let uri = Uri::from_file_path(path).ok_or_else(|| format!("`{}` has no address", path.display()))?;
    let metadata = fs::metadata(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    if DOCUMENT_BYTES_MAX as u64 * 4 < metadata.len() {
        return Err(format!("`{}` has {} MB", path.display(), metadata.len() / 1_000_000));
    }
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let id = hashed(&(metadata.len(), changed, format!("{settings:?}")));
    if previous == Some(id.as_str()) {
        return Ok(Found::Report { uri, id, diagnostics: None });
    }
    let text = unspin_project::read_article(path).map_err(|error| error.to_string())?;
    let markup = unspin_project::markup_of(path).unwrap_or_default();
    let analysis = analyzer.analyze(&text, markup, settings, 0);
    let rope = Rope::from_str(&text);
    let diagnostics =
        analysis.diagnostics.iter().map(|diagnostic| to_lsp::diagnostic(diagnostic, &rope, &uri, shape)).collect();
    Ok(Found::Report { uri, id, diagnostics: Some(diagnostics) })
}

/// A short name for a value, the same in every run.
pub(crate) fn hashed(value: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

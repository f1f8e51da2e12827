//! The threads that analyse. Each job runs behind one `catch_unwind`, in one place, here.

use std::any::Any;
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use crossbeam_channel::{Receiver, Sender};
use ropey::Rope;
use serde::Serialize;
use tower_lsp::ls_types::Uri;
use unspin_core::{Analysis, Analyzer, Session};
use unspin_text::Markup;

use crate::convert::to_lsp::{self, DiagnosticShape};
use crate::document::{News, Snapshot};
use crate::fix_all::FixAll;
use crate::inbox::{Event, Inbox};
use crate::outlet::Message;
use crate::scan;

/// Markup that is nested deeply needs room to be walked.
const STACK_BYTES: usize = 16 << 20;

/// The threads, seen from the main loop.
#[derive(Debug)]
pub(crate) struct Pool {
    jobs: Sender<Job>,
    workers: usize,
    busy: usize,
}

/// Something to do away from the main loop.
#[derive(Debug)]
pub(crate) enum Job {
    Analyse(Box<Analyse>),
    Scan(scan::Job),
    FixAll(Box<FixAll>),
}

/// The analysis of a document as it is at one revision.
#[derive(Debug)]
pub(crate) struct Analyse {
    pub(crate) uri: Uri,
    pub(crate) opened: u64,
    pub(crate) version: i32,
    pub(crate) revision: u64,
    pub(crate) newest: Arc<AtomicU64>,
    pub(crate) rope: Rope,
    pub(crate) markup: Markup,
    pub(crate) window: Option<Range<usize>>,
    pub(crate) subject: Subject,
    pub(crate) shape: DiagnosticShape,
    /// Make the message for the client, too.
    pub(crate) publish: bool,
}

/// What is to be analysed.
#[derive(Debug)]
pub(crate) enum Subject {
    /// A session that has to be told some news first.
    Session(Session, Vec<News>),
    /// A new session.
    New { settings: Arc<unspin_core::Settings>, repairs: u32 },
    /// Nothing, by the wish of `unspin.toml`.
    Excluded,
}

/// What came of an analysis.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) uri: Uri,
    pub(crate) opened: u64,
    pub(crate) revision: u64,
    /// Back from work; it is lost when the work failed.
    pub(crate) session: Option<Session>,
    /// `None` when the work was given up because a newer revision came.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    pub(crate) publication: Option<Message>,
}

impl Pool {
    /// Starts as many threads as there are cores, and never fewer than two, so that an edit does not wait for a workspace scan.
    pub(crate) fn spawn(inbox: &Inbox, analyzer: &Arc<Analyzer>) -> io::Result<Pool> {
        let workers = thread::available_parallelism().map_or(2, |cores| cores.get()).max(2);
        let (sender, receiver) = crossbeam_channel::unbounded();
        for idx in 0..workers {
            let (receiver, inbox, analyzer) = (receiver.clone(), inbox.clone(), Arc::clone(analyzer));
            thread::Builder::new()
                .name(format!("unspin-worker-{idx}"))
                .stack_size(STACK_BYTES)
                .spawn(move || work(&receiver, &inbox, &analyzer))?;
        }
        Ok(Pool { jobs: sender, workers, busy: 0 })
    }

    /// A thread has nothing to do.
    pub(crate) fn is_free(&self) -> bool {
        self.busy < self.workers
    }

    /// More than one thread has nothing to do: what nobody waits for may take one.
    pub(crate) fn is_free_for_background(&self) -> bool {
        self.busy + 1 < self.workers
    }

    pub(crate) fn start(&mut self, job: Job) {
        self.busy += 1;
        self.jobs.send(job).expect("the workers live as long as the pool");
    }

    /// A job has come back.
    pub(crate) fn done(&mut self) {
        self.busy -= 1;
    }
}

fn work(jobs: &Receiver<Job>, inbox: &Inbox, analyzer: &Arc<Analyzer>) {
    for job in jobs {
        let event = match job {
            Job::Analyse(job) => {
                let failed = Failed::of(&job);
                let outcome = catch_unwind(AssertUnwindSafe(|| job.run(analyzer)));
                Event::Analysed(Box::new(outcome.unwrap_or_else(|panic| failed.outcome(&*panic))))
            }
            Job::FixAll(job) => {
                let result = catch_unwind(AssertUnwindSafe(|| job.run(analyzer)));
                // When it fails, the request is dropped, which answers it.
                Event::FixedAll(
                    result.inspect_err(|panic| tracing::error!("fix all failed: {}", reason(&**panic))).ok(),
                )
            }
            Job::Scan(job) => {
                let scan = job.scan();
                let result = catch_unwind(AssertUnwindSafe(|| job.run(analyzer)));
                Event::Scanned(result.unwrap_or_else(|panic| {
                    tracing::error!("a file of the workspace could not be analysed: {}", reason(&*panic));
                    scan::Step::failed(scan)
                }))
            }
        };
        inbox.post(event);
    }
}

impl Analyse {
    fn run(self, analyzer: &Arc<Analyzer>) -> Outcome {
        let is_stale = || self.newest.load(Ordering::Relaxed) != self.revision;
        let mut session = match self.subject {
            Subject::Excluded => None,
            Subject::New { settings, repairs } => {
                let mut session = Session::new(
                    Arc::clone(analyzer),
                    analysed_text(&self.rope, self.window.as_ref()),
                    self.markup,
                    settings,
                );
                if repairs > 0 {
                    session.count_repairs(repairs);
                }
                Some(session)
            }
            Subject::Session(mut session, news) => {
                for news in news {
                    match news {
                        News::Edit(range, text) => session.edit(range, &text),
                        News::Text => session.set_text(analysed_text(&self.rope, self.window.as_ref())),
                        News::Settings(settings) => session.set_settings(settings),
                        News::Repairs(accepted) => session.count_repairs(accepted),
                    }
                }
                Some(session)
            }
        };
        let analysis = match &mut session {
            None => Some(Arc::default()),
            Some(session) => session.analysis(&is_stale),
        };
        let snapshot = analysis.map(|analysis| {
            let analysis = match &self.window {
                Some(window) if window.start > 0 => Arc::new(shifted(&analysis, window.start)),
                _ => analysis,
            };
            snapshot(
                self.uri.clone(),
                self.version,
                self.revision,
                self.rope,
                self.markup,
                self.window,
                analysis,
                self.shape,
            )
        });
        let publication = snapshot.as_ref().filter(|_| self.publish).map(publication);
        Outcome {
            uri: self.uri,
            opened: self.opened,
            revision: self.revision,
            session,
            snapshot: snapshot.map(Arc::new),
            publication,
        }
    }
}

/// The diagnostics of a snapshot, as they are pushed.
fn publication(snapshot: &Snapshot) -> Message {
    /// As the protocol has it, without a copy of the diagnostics.
    #[derive(Serialize)]
    struct Params<'a> {
        uri: &'a Uri,
        version: i32,
        diagnostics: &'a [tower_lsp::ls_types::Diagnostic],
    }
    let params = Params { uri: &snapshot.uri, version: snapshot.version, diagnostics: &snapshot.diagnostics };
    Message::notification("textDocument/publishDiagnostics", &params)
}

#[expect(clippy::too_many_arguments, reason = "they are the fields")]
fn snapshot(
    uri: Uri,
    version: i32,
    revision: u64,
    rope: Rope,
    markup: Markup,
    window: Option<Range<usize>>,
    analysis: Arc<Analysis>,
    shape: DiagnosticShape,
) -> Snapshot {
    let diagnostics =
        analysis.diagnostics.iter().map(|diagnostic| to_lsp::diagnostic(diagnostic, &rope, &uri, shape)).collect();
    Snapshot { uri, version, revision, rope, markup, analysis, diagnostics, window, fix_all: OnceLock::new() }
}

fn analysed_text(rope: &Rope, window: Option<&Range<usize>>) -> String {
    match window {
        None => String::from(rope),
        Some(window) => String::from(rope.byte_slice(window.clone())),
    }
}

/// The analysis of a window, with positions of the whole text.
fn shifted(analysis: &Analysis, by: usize) -> Analysis {
    let mut analysis = analysis.clone();
    let shift = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
    for diagnostic in &mut analysis.diagnostics {
        shift(&mut diagnostic.range);
        diagnostic.related.iter_mut().for_each(|related| shift(&mut related.range));
        for edit in diagnostic.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.start += by;
            edit.end += by;
        }
    }
    for span in &mut analysis.attributions {
        shift(&mut span.source);
        shift(&mut span.cue);
        span.content.iter_mut().for_each(shift);
    }
    analysis.sources.iter_mut().for_each(|source| shift(&mut source.introduced));
    analysis
}

/// What is needed to go on when an analysis panics.
struct Failed {
    uri: Uri,
    opened: u64,
    version: i32,
    revision: u64,
    rope: Rope,
    markup: Markup,
    publish: bool,
}

impl Failed {
    fn of(job: &Analyse) -> Failed {
        Failed {
            uri: job.uri.clone(),
            opened: job.opened,
            version: job.version,
            revision: job.revision,
            rope: job.rope.clone(),
            markup: job.markup,
            publish: job.publish,
        }
    }

    /// Nothing is said of this revision; the next edit begins with a new session.
    fn outcome(self, panic: &(dyn Any + Send)) -> Outcome {
        tracing::error!("the analysis of {} failed, a bug in Unspin: {}", self.uri.as_str(), reason(panic));
        let snapshot = Snapshot {
            uri: self.uri.clone(),
            version: self.version,
            revision: self.revision,
            rope: self.rope,
            markup: self.markup,
            analysis: Arc::default(),
            diagnostics: Vec::new(),
            window: None,
            fix_all: OnceLock::new(),
        };
        let publication = self.publish.then(|| publication(&snapshot));
        Outcome {
            uri: self.uri,
            opened: self.opened,
            revision: self.revision,
            session: None,
            snapshot: Some(Arc::new(snapshot)),
            publication,
        }
    }
}

fn reason(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given")
}

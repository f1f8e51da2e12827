//! The threads that analyse. Each job runs behind one `catch_unwind`, in one place, here.

use std::any::Any;
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};
use ropey::Rope;
use serde::Serialize;
use tower_lsp::ls_types::Uri;
use unspin_core::{Analysis, Analyzer, Answer, Question, Report, Session};
use unspin_text::Markup;

use crate::convert::lean::Marks;
use crate::convert::to_lsp::{self, DiagnosticShape};
use crate::document::{News, Shown, Snapshot, UNREAD_SENTENCES_MAX};
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
    reading: bool,
}

/// How long the encoder reads before others have their turn.
const READING_SLICE: Duration = Duration::from_millis(40);

/// Something to do away from the main loop.
#[derive(Debug)]
pub(crate) enum Job {
    Analyse(Box<Analyse>),
    Read(Read),
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
    /// What the client was told last, if that was of this revision: the same is not said twice.
    pub(crate) told: Option<Arc<Shown>>,
    /// Somebody asks for more than the marks.
    pub(crate) is_asked: bool,
}

/// Sentences of a document for the encoder.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) uri: Uri,
    pub(crate) opened: u64,
    pub(crate) revision: u64,
    pub(crate) newest: Arc<AtomicU64>,
    pub(crate) questions: Vec<Question>,
}

/// What the encoder said.
#[derive(Debug)]
pub(crate) struct Answers {
    pub(crate) uri: Uri,
    pub(crate) opened: u64,
    pub(crate) answers: Vec<Answer>,
}

/// What is to be analysed.
#[derive(Debug)]
pub(crate) enum Subject {
    /// A session that has to be told some news first.
    Session(Box<Session>, Vec<News>),
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
    pub(crate) shown: Option<Arc<Shown>>,
    /// If somebody asked for it, and it can be given.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    pub(crate) publication: Option<Message>,
}

impl Pool {
    /// Starts as many threads as there are cores, and never fewer than two, so that an edit does not wait for a workspace scan; and one
    /// more, so that it does not wait for the encoder.
    pub(crate) fn spawn(inbox: &Inbox, analyzer: &Arc<Analyzer>) -> io::Result<Pool> {
        let workers = thread::available_parallelism().map_or(2, |cores| cores.get()).max(2);
        let (sender, receiver) = crossbeam_channel::unbounded();
        for idx in 0..=workers {
            let (receiver, inbox, analyzer) = (receiver.clone(), inbox.clone(), Arc::clone(analyzer));
            thread::Builder::new()
                .name(format!("unspin-worker-{idx}"))
                .stack_size(STACK_BYTES)
                .spawn(move || work(&receiver, &inbox, &analyzer))?;
        }
        Ok(Pool { jobs: sender, workers, busy: 0, reading: false })
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

    /// The encoder has nothing to do. It reads one sentence at a time, whatever number of threads there is.
    pub(crate) fn is_free_for_reading(&self) -> bool {
        !self.reading
    }

    pub(crate) fn start_reading(&mut self, read: Read) {
        self.reading = true;
        self.jobs.send(Job::Read(read)).expect("the workers live as long as the pool");
    }

    /// The encoder has come back.
    pub(crate) fn reading_done(&mut self) {
        self.reading = false;
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
            Job::Read(job) => {
                let answers = Answers { uri: job.uri.clone(), opened: job.opened, answers: Vec::new() };
                Event::Read(catch_unwind(AssertUnwindSafe(|| job.run(analyzer))).unwrap_or_else(|panic| {
                    tracing::error!("a sentence could not be read, a bug in Unspin: {}", reason(&*panic));
                    answers
                }))
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

impl Read {
    /// Reads until the time is over, or a newer text makes other sentences more urgent; the first in any case.
    fn run(self, analyzer: &Analyzer) -> Answers {
        let started = Instant::now();
        let mut answers = Vec::new();
        for question in self.questions {
            let is_stale = self.newest.load(Ordering::Relaxed) != self.revision;
            if !answers.is_empty() && (is_stale || READING_SLICE <= started.elapsed()) {
                break;
            }
            answers.push(question.answer(analyzer));
        }
        Answers { uri: self.uri, opened: self.opened, answers }
    }
}

impl Analyse {
    fn run(self, analyzer: &Arc<Analyzer>) -> Outcome {
        let mut session = match self.subject {
            Subject::Excluded => None,
            Subject::New { settings, repairs } => {
                let mut session = Session::new(
                    Arc::clone(analyzer),
                    analysed_text(&self.rope, self.window.as_ref()),
                    self.markup,
                    settings,
                );
                session.count_repairs(repairs);
                Some(session)
            }
            Subject::Session(mut session, news) => {
                for news in news {
                    match news {
                        News::Edit(range, text) => session.edit(range, &text),
                        News::Text => session.set_text(analysed_text(&self.rope, self.window.as_ref())),
                        News::Settings(settings) => session.set_settings(settings),
                        News::Repairs(accepted) => session.count_repairs(accepted),
                        News::Undone(undone) => session.forget_repairs(undone),
                        News::Answers(answers) => session.take(answers),
                    }
                }
                Some(*session)
            }
        };
        let mut outcome = Outcome {
            uri: self.uri.clone(),
            opened: self.opened,
            revision: self.revision,
            session: None,
            shown: None,
            snapshot: None,
            publication: None,
        };
        if self.newest.load(Ordering::Relaxed) != self.revision {
            return Outcome { session, ..outcome };
        }
        let start = self.window.as_ref().map_or(0, |window| window.start);
        let mut report = match &mut session {
            None => Report { is_complete: true, ..Report::default() },
            Some(session) => session.report(),
        };
        if start > 0 {
            report.marks = report.marks.iter().map(|mark| mark.at(start)).collect();
        }
        let unread = session.as_ref().map_or(0, Session::waiting);
        let shown = Shown { version: self.version, revision: self.revision, rope: self.rope.clone(), report, unread };
        let is_known = self.told.is_some_and(|told| told.looks_like(&shown));
        let text = session.as_ref().filter(|_| self.window.is_none()).map(Session::text);
        outcome.publication = (self.publish && !is_known).then(|| publication(&self.uri, &shown, text, self.shape));
        // When few sentences are left, whoever asks waits for them.
        if self.is_asked && (unread == 0 || UNREAD_SENTENCES_MAX < unread) {
            let analysis = session.as_mut().map(Session::analysis_so_far).unwrap_or_default();
            let analysis = if start > 0 { Arc::new(shifted(&analysis, start)) } else { analysis };
            let diagnostics = shown.diagnostics(&self.uri, self.shape);
            outcome.snapshot = Some(Arc::new(Snapshot {
                uri: self.uri,
                version: self.version,
                revision: self.revision,
                rope: self.rope,
                markup: self.markup,
                unread,
                analysis,
                diagnostics,
                window: self.window,
                fix_all: OnceLock::new(),
            }));
        }
        Outcome { session, shown: Some(Arc::new(shown)), ..outcome }
    }
}

impl Shown {
    /// A client that was told this need not be told the other.
    fn looks_like(&self, other: &Shown) -> bool {
        let (ours, theirs) = (&self.report.marks, &other.report.marks);
        ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| ours.looks_like(theirs))
    }

    /// The marks in the words of the protocol.
    pub(crate) fn diagnostics(&self, uri: &Uri, shape: DiagnosticShape) -> Vec<tower_lsp::ls_types::Diagnostic> {
        self.report.marks.iter().map(|mark| to_lsp::mark(mark, &self.rope, uri, shape)).collect()
    }
}

/// The marks, as they are pushed; `text` is the whole text, where it is at hand in one piece.
fn publication(uri: &Uri, shown: &Shown, text: Option<&str>, shape: DiagnosticShape) -> Message {
    #[derive(Serialize)]
    struct Params<'a, D> {
        uri: &'a Uri,
        version: i32,
        diagnostics: D,
    }
    let (version, method) = (shown.version, "textDocument/publishDiagnostics");
    match text {
        Some(text) => {
            let marks = Marks { marks: &shown.report.marks, text, rope: &shown.rope, uri, shape };
            Message::notification(method, &Params { uri, version, diagnostics: marks })
        }
        None => {
            let diagnostics = shown.diagnostics(uri, shape);
            Message::notification(method, &Params { uri, version, diagnostics })
        }
    }
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
    shape: DiagnosticShape,
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
            shape: job.shape,
            publish: job.publish,
        }
    }

    /// Nothing is said of this revision; the next edit begins with a new session.
    fn outcome(self, panic: &(dyn Any + Send)) -> Outcome {
        tracing::error!("the analysis of {} failed, a bug in Unspin: {}", self.uri.as_str(), reason(panic));
        let report = Report { is_complete: true, ..Report::default() };
        let shown =
            Shown { version: self.version, revision: self.revision, rope: self.rope.clone(), report, unread: 0 };
        let publication = self.publish.then(|| publication(&self.uri, &shown, None, self.shape));
        let snapshot = Snapshot {
            uri: self.uri.clone(),
            version: self.version,
            revision: self.revision,
            rope: self.rope,
            markup: self.markup,
            unread: 0,
            analysis: Arc::default(),
            diagnostics: Vec::new(),
            window: None,
            fix_all: OnceLock::new(),
        };
        Outcome {
            uri: self.uri,
            opened: self.opened,
            revision: self.revision,
            session: None,
            shown: Some(Arc::new(shown)),
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

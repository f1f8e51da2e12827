//! One open document: the text as the client has it, and how far the analysis has followed.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use ropey::Rope;
use tower_lsp::ls_types::Uri;
use unspin_core::{Analysis, Answer, Edit, Report, Session, Settings};
use unspin_text::Markup;

use crate::inbox::Waiting;
use crate::repairs::Accepted;

/// The longest text that is analysed as a whole.
pub(crate) const DOCUMENT_BYTES_MAX: usize = 4 << 20;

/// How much of a longer text is analysed: what can be seen, and a good deal around it.
const WINDOW_BYTES: usize = 256 << 10;

/// While the encoder reads a long text, the client is told what it found that often.
const PACE: Duration = Duration::from_millis(500);

/// How many requests may wait for the analysis of one document.
pub(crate) const WAITING_MAX: usize = 4096;

/// One open document.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) uri: Uri,
    /// Where it lies, if it is a file.
    pub(crate) path: Option<PathBuf>,
    pub(crate) markup: Markup,
    /// The client's number for the text; it may stand still or go back.
    pub(crate) version: i32,
    /// Our own number for text, settings and repairs together; it only grows, also from one opening to the next.
    pub(crate) revision: u64,
    /// The revision of the opening, to tell it from an earlier one.
    pub(crate) opened: u64,
    /// The newest revision, for work under way to see that it is stale.
    pub(crate) newest: Arc<AtomicU64>,
    pub(crate) rope: Rope,
    pub(crate) settings: Arc<Settings>,
    /// `unspin.toml` asks to leave it alone.
    pub(crate) excluded: bool,
    /// Who says it is shown beside each statement.
    pub(crate) inlay_hints: bool,
    /// At home while nobody works on it.
    pub(crate) session: Option<Session>,
    pub(crate) at_work: bool,
    /// What the session has not been told yet.
    pub(crate) news: Vec<News>,
    pub(crate) repairs: u32,
    /// The bytes of the text that are analysed, when that is not all.
    pub(crate) window: Option<Range<usize>>,
    /// The person has been told about the window.
    pub(crate) told_of_window: bool,
    /// What the client was last told, perhaps of an older revision.
    pub(crate) shown: Option<Arc<Shown>>,
    /// The same with all that can be asked about, if somebody asked.
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    /// The client pulls its diagnostics again when it is told to.
    pub(crate) pulls_again: bool,
    /// It has pulled them before the encoder had read all.
    pub(crate) pulled_early: bool,
    /// The encoder has said something that the client was not told.
    pub(crate) learned: bool,
    /// When the client was last told something.
    pub(crate) told_at: Instant,
    /// Where the person looks, as far as requests say.
    pub(crate) looked_at: Option<usize>,
    /// Requests that wait for the analysis of the newest revision.
    pub(crate) waiting: Vec<Waiting>,
    /// The fixes that were accepted, to see when they are taken back.
    pub(crate) accepted: Vec<Accepted>,
}

/// How many sentences may be unread, so that it is better to wait for the encoder than to answer without it.
pub(crate) const UNREAD_SENTENCES_MAX: usize = 8;

/// Something that a session has to be told before it is asked again.
#[derive(Debug, Clone)]
pub(crate) enum News {
    /// A replacement, in bytes of what is analysed.
    Edit(Range<usize>, String),
    /// All is new.
    Text,
    Settings(Arc<Settings>),
    /// Fixes were accepted.
    Repairs(u32),
    /// Fixes were taken back.
    Undone(u32),
    /// The encoder has read some sentences.
    Answers(Vec<Answer>),
}

/// A text and what the client is told of it.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) version: i32,
    pub(crate) revision: u64,
    pub(crate) rope: Rope,
    /// Its marks are in bytes of the whole text.
    pub(crate) report: Report,
    /// How many sentences the encoder has not read.
    pub(crate) unread: usize,
}

/// A text and all that is said of it.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) revision: u64,
    pub(crate) rope: Rope,
    pub(crate) markup: Markup,
    /// How many sentences the encoder has not read.
    pub(crate) unread: usize,
    /// Its ranges are bytes of the whole text.
    pub(crate) analysis: Arc<Analysis>,
    /// The same diagnostics, in the same order, as the client shows them.
    pub(crate) diagnostics: Vec<tower_lsp::ls_types::Diagnostic>,
    /// The part that was analysed, when that is not all.
    pub(crate) window: Option<Range<usize>>,
    /// What "fix all" does, once somebody has asked.
    pub(crate) fix_all: OnceLock<Vec<Edit>>,
}

impl Document {
    pub(crate) fn open(uri: Uri, markup: Markup, version: i32, text: &str, revision: u64) -> Document {
        let mut document = Document {
            path: path_of(&uri),
            uri,
            markup,
            version,
            revision,
            opened: revision,
            newest: Arc::new(AtomicU64::new(revision)),
            rope: Rope::from_str(text),
            settings: Arc::default(),
            excluded: false,
            inlay_hints: false,
            session: None,
            at_work: false,
            news: Vec::new(),
            repairs: 0,
            window: None,
            told_of_window: false,
            shown: None,
            snapshot: None,
            pulls_again: false,
            pulled_early: false,
            learned: false,
            told_at: Instant::now(),
            looked_at: None,
            waiting: Vec::new(),
            accepted: Vec::new(),
        };
        document.window = document.window_around(0);
        document
    }

    /// What the client was told, if that was of the newest revision.
    pub(crate) fn current(&self) -> Option<&Arc<Shown>> {
        self.shown.as_ref().filter(|shown| shown.revision == self.revision)
    }

    /// What a request can be answered from, if there is enough.
    pub(crate) fn answerable(&self, waiting: &Waiting) -> Option<&Arc<Snapshot>> {
        let newest = self.current()?;
        // What the client sees is what it asks about.
        let is_newest =
            |snapshot: &&Arc<Snapshot>| snapshot.revision == newest.revision && snapshot.unread == newest.unread;
        self.snapshot.as_ref().filter(is_newest).filter(|snapshot| self.is_enough(waiting, snapshot.unread))
    }

    /// Whether a request can be answered while so many sentences are unread.
    fn is_enough(&self, waiting: &Waiting, unread: usize) -> bool {
        let needs_all = waiting.needs_all() || (matches!(waiting, Waiting::Diagnostics(..)) && !self.pulls_again);
        unread == 0 || (UNREAD_SENTENCES_MAX < unread && !needs_all)
    }

    /// There is something to tell or to answer that is not known yet.
    pub(crate) fn needs_analysis(&self) -> bool {
        let Some(shown) = self.current() else { return true };
        let is_read = self.session.as_ref().is_some_and(|session| session.waiting() == 0);
        let is_due = self.learned && (is_read || PACE <= self.told_at.elapsed());
        let can_answer =
            |waiting: &Waiting| self.is_enough(waiting, shown.unread) && self.answerable(waiting).is_none();
        is_due || self.waiting.iter().any(can_answer)
    }

    /// Tells the session, which has come home, what the encoder said meanwhile. True if it said something.
    pub(crate) fn take_answers_home(&mut self) -> bool {
        let Some(session) = &mut self.session else { return false };
        let mut learned = false;
        for news in std::mem::take(&mut self.news) {
            match news {
                News::Answers(answers) => {
                    session.take(answers);
                    learned = true;
                }
                news => self.news.push(news),
            }
        }
        learned
    }

    /// Work under way is stale from here on.
    pub(crate) fn renew(&mut self, revision: u64) {
        self.revision = revision;
        self.learned = false;
        self.newest.store(revision, Ordering::Relaxed);
    }

    /// Replaces bytes of the text; the range lies on character boundaries.
    pub(crate) fn edit(&mut self, range: Range<usize>, text: String) {
        let chars = self.rope.byte_to_char(range.start)..self.rope.byte_to_char(range.end);
        let start_char = chars.start;
        self.rope.remove(chars);
        self.rope.insert(start_char, &text);
        let was_large = self.window.is_some();
        match &mut self.window {
            None => {}
            Some(window) if window.start <= range.start && range.end <= window.end => {
                let inner = range.start - window.start..range.end - window.start;
                window.end = window.end - range.len() + text.len();
                if window.len() <= 2 * WINDOW_BYTES && DOCUMENT_BYTES_MAX < self.rope.len_bytes() {
                    self.tell(News::Edit(inner, text));
                    return;
                }
            }
            Some(_) => {}
        }
        if was_large || DOCUMENT_BYTES_MAX < self.rope.len_bytes() {
            self.look_at(range.start);
        } else {
            self.tell(News::Edit(range, text));
        }
    }

    /// Moves the window so that it holds a byte, and forgets what was known of the old one.
    pub(crate) fn look_at(&mut self, offset: usize) {
        self.window = self.window_around(offset);
        self.news.retain(|news| !matches!(news, News::Edit(..) | News::Text));
        self.news.push(News::Text);
    }

    /// Notes something for the session.
    pub(crate) fn tell(&mut self, news: News) {
        // A session that is given the whole text has every edit with it.
        let told = matches!(news, News::Edit(..)) && self.news.iter().any(|news| matches!(news, News::Text));
        if !told {
            self.news.push(news);
        }
    }

    fn window_around(&self, offset: usize) -> Option<Range<usize>> {
        let len = self.rope.len_bytes();
        if len <= DOCUMENT_BYTES_MAX {
            return None;
        }
        let start = offset.saturating_sub(WINDOW_BYTES / 2);
        let end = (start + WINDOW_BYTES).min(len);
        // Whole lines, unless a line is longer than all that is looked at.
        let line_start = self.rope.line_to_byte(self.rope.byte_to_line(start));
        let start = if start - line_start <= WINDOW_BYTES / 4 {
            line_start
        } else {
            self.rope.char_to_byte(self.rope.byte_to_char(start))
        };
        let line_end = self.rope.line_to_byte((self.rope.byte_to_line(end) + 1).min(self.rope.len_lines()));
        let end = if line_end.saturating_sub(end) <= WINDOW_BYTES / 4 {
            line_end
        } else {
            self.rope.char_to_byte(self.rope.byte_to_char(end))
        };
        Some(start..end.max(start))
    }
}

impl Snapshot {
    /// The text of some bytes.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        self.rope.get_byte_slice(range).map(String::from).unwrap_or_default()
    }
}

/// The path of a file that a client names.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    uri.to_file_path().map(|path| path.into_owned())
}

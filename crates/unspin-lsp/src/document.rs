//! One open document: the text as the client has it, and how far the analysis has followed.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use ropey::Rope;
use tower_lsp::ls_types::Uri;
use unspin_core::{Analysis, Edit, Session, Settings};
use unspin_text::Markup;

use crate::inbox::Waiting;

/// The longest text that is analysed as a whole.
pub(crate) const DOCUMENT_BYTES_MAX: usize = 4 << 20;

/// How much of a longer text is analysed: what can be seen, and a good deal around it.
const WINDOW_BYTES: usize = 256 << 10;

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
    /// The newest complete analysis, perhaps of an older revision.
    pub(crate) shown: Option<Arc<Snapshot>>,
    /// Requests that wait for the analysis of the newest revision.
    pub(crate) waiting: Vec<Waiting>,
}

/// Something that a session has to be told before it is asked again.
#[derive(Debug, Clone)]
pub(crate) enum News {
    /// A replacement, in bytes of what is analysed.
    Edit(Range<usize>, String),
    /// All is new.
    Text,
    Settings(Arc<Settings>),
    Repairs(u32),
}

/// A text and all that is said of it.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) revision: u64,
    pub(crate) rope: Rope,
    pub(crate) markup: Markup,
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
            waiting: Vec::new(),
        };
        document.window = document.window_around(0);
        document
    }

    /// The analysis, if it is of the newest revision.
    pub(crate) fn current(&self) -> Option<&Arc<Snapshot>> {
        self.shown.as_ref().filter(|shown| shown.revision == self.revision)
    }

    /// Work under way is stale from here on.
    pub(crate) fn renew(&mut self, revision: u64) {
        self.revision = revision;
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

//! Analysis that follows the edits equals analysis from scratch, whatever is typed, pasted, deleted and taken back.
//!
//! `UNSPIN_EDITS` says how many edits there are; a release is made after 100,000. What ever failed stands in
//! `incremental.proptest-regressions` and is tried first.

use std::cell::Cell;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};
use unspin_core::{Analysis, Analyzer, Report, Sensitivity, Session, Settings};
use unspin_text::Markup;

use super::articles::ANALYZER;

/// How many edits the tests make when nobody says how many.
const EDITS: usize = 6000;

/// Reading with the encoder takes a thousand times as long, so so many edits are made without it for each one with it.
const EDITS_FOR_ONE_WITH_ENCODER: usize = 120;

/// How long the text grows before half of it is deleted.
const TEXT_BYTES_MAX: usize = 6000;

const STEPS_MAX: usize = 80;

/// Half of that, without the steps after which nothing is compared.
const STEPS_MEAN: usize = 35;

/// What is typed: words that are marked and others, and pieces of markup that mean something only with what stands around them.
const PIECES: &[&str] = &[
    "The army help arrived on Monday. ",
    "Officials mentioned the nuclear take a look at in worldwide sanctions. ",
    "Analysts suggest the plan will fail. ",
    "Sales rose by 40 percent. ",
    "Mr. Smith of the U.S. office said that it rained. ",
    "army ",
    "help",
    " said Jane Smith.",
    "e",
    "s",
    " ",
    ".",
    ". ",
    ", ",
    "?!",
    "…",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "\r",
    "\t",
    "    ",
    "é",
    "e\u{301}",
    "\u{1F600}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "字",
    "\u{202e}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\u{feff}",
    "\u{ad}",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "«",
    "»",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~~\n",
    "> ",
    "- ",
    "1. ",
    "# ",
    "===\n",
    "\n---\n",
    "| a | b |\n|---|---|\n",
    "[army help][a]",
    "\n\n[a]: https://example.com \"help\"\n\n",
    "[^1]",
    "\n\n[^1]: The army help.\n\n",
    "[x](y)",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<!-- unspin-ignore -->",
    "<!-- unspin-ignore-end -->",
    "<!-- unspin-ignore-next-line spun-phrase -->\n",
    "'''",
    "\n== Head ==\n",
    "{{cn}}",
    "{|\n| a\n|}\n",
    "<ref>",
    "</ref>",
    "<nowiki>",
    "</nowiki>",
    "$",
    "\\",
];

/// What stands around something: quotations, markup, comments.
const PAIRS: &[(&str, &str)] = &[
    ("“", "”"),
    ("\"", "\""),
    ("‘", "’"),
    ("*", "*"),
    ("```\n", "\n```\n"),
    ("<!-- ", " -->"),
    ("<ref>", "</ref>"),
    ("[", "](https://example.com)"),
];

/// A place in a text of any length, in parts of 2^16.
type Place = u16;

#[derive(Debug, Clone)]
enum Step {
    Type(Place, &'static str),
    /// An article, or the part of it up to a place.
    Paste(Place, usize, Place),
    DeleteChars(Place, usize),
    DeleteParagraphs(Place, usize),
    Enclose(Place, usize, (&'static str, &'static str)),
    /// Takes back the edit made last.
    Undo,
    /// The whole text is another one.
    Replace(usize),
    /// Fixes were accepted.
    Repairs(u32),
    Sensitivity(Sensitivity),
    /// Work is given up after so many sentences, because a newer edit came.
    GiveUp(usize),
    /// What is known at once is asked for, and the encoder reads so many sentences of the rest.
    ReadOn(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let place = any::<Place>;
    let article = || 0..texts().len();
    prop_oneof![
        40 => (place(), select(PIECES)).prop_map(|(at, piece)| Step::Type(at, piece)),
        4 => (place(), any::<char>()).prop_map(|(at, character)| Step::Type(at, Box::leak(Box::from(character.to_string())))),
        2 => (place(), article(), place()).prop_map(|(at, article, part)| Step::Paste(at, article, part)),
        14 => (place(), 1..12_usize).prop_map(|(at, len)| Step::DeleteChars(at, len)),
        3 => (place(), 1..5_usize).prop_map(|(at, count)| Step::DeleteParagraphs(at, count)),
        8 => (place(), 0..80_usize, select(PAIRS)).prop_map(|(at, len, pair)| Step::Enclose(at, len, pair)),
        10 => Just(Step::Undo),
        1 => article().prop_map(Step::Replace),
        2 => (1..4_u32).prop_map(Step::Repairs),
        1 => select(&[Sensitivity::Cautious, Sensitivity::Balanced, Sensitivity::Thorough][..]).prop_map(Step::Sensitivity),
        5 => (0..4_usize).prop_map(Step::GiveUp),
        5 => (0..4_usize).prop_map(Step::ReadOn),
    ]
}

/// A person at work: the text as it should be, and what can be taken back.
struct Work {
    analyzer: Arc<Analyzer>,
    session: Session,
    text: String,
    settings: Settings,
    repairs: u32,
    /// The range to replace, and by what, the newest last.
    undo: Vec<(Range<usize>, String)>,
}

impl Work {
    fn new(analyzer: &Arc<Analyzer>, text: &str, markup: Markup) -> Work {
        let settings = Settings::default();
        let session = Session::new(Arc::clone(analyzer), text.to_owned(), markup, Arc::new(settings.clone()));
        Work { analyzer: Arc::clone(analyzer), session, text: text.to_owned(), settings, repairs: 0, undo: Vec::new() }
    }

    /// The nearest character boundary at or before.
    fn boundary(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }

    fn offset(&self, place: Place) -> usize {
        self.boundary(((self.text.len() + 1) * usize::from(place)) >> 16)
    }

    fn replace(&mut self, range: Range<usize>, replacement: &str) {
        self.undo.push((range.start..range.start + replacement.len(), self.text[range.clone()].to_owned()));
        self.session.edit(range.clone(), replacement);
        self.text.replace_range(range, replacement);
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Type(at, piece) => {
                let at = self.offset(at);
                self.replace(at..at, piece);
            }
            Step::Paste(at, article, part) => {
                let (at, article) = (self.offset(at), &texts()[article]);
                let part = article.floor_char_boundary((article.len() * usize::from(part)) >> 16);
                self.replace(at..at, &article[..part]);
            }
            Step::DeleteChars(at, len) => {
                let at = self.offset(at);
                let end = self.text[at..].char_indices().nth(len).map_or(self.text.len(), |(len, _)| at + len);
                self.replace(at..end, "");
            }
            Step::DeleteParagraphs(at, count) => {
                let at = self.offset(at);
                let end =
                    self.text[at..].match_indices('\n').nth(2 * count).map_or(self.text.len(), |(len, _)| at + len);
                self.replace(at..end, "");
            }
            Step::Enclose(at, len, (open, close)) => {
                let at = self.offset(at);
                let end = self.boundary((at + len).min(self.text.len())).max(at);
                self.replace(end..end, close);
                self.replace(at..at, open);
            }
            Step::Undo => {
                if let Some((range, removed)) = self.undo.pop() {
                    self.session.edit(range.clone(), &removed);
                    self.text.replace_range(range, &removed);
                }
            }
            Step::Replace(article) => {
                self.undo.clear();
                self.text.clone_from(&texts()[article]);
                self.session.set_text(self.text.clone());
            }
            Step::Repairs(accepted) => {
                self.repairs += accepted;
                self.session.count_repairs(accepted);
            }
            Step::Sensitivity(sensitivity) => {
                self.settings.sensitivity = sensitivity;
                self.session.set_settings(Arc::new(self.settings.clone()));
            }
            Step::GiveUp(blocks) => {
                let asked = Cell::new(0);
                let is_stale = || {
                    asked.set(asked.get() + 1);
                    asked.get() > blocks
                };
                let _ = self.session.analysis(&is_stale);
            }
            Step::ReadOn(sentences) => {
                self.session.report();
                let questions = self.session.questions(sentences, None);
                // Answers may come late, and in any order.
                let answers = questions.into_iter().rev().map(|question| question.answer(&self.analyzer)).collect();
                self.session.take(answers);
            }
        }
        if TEXT_BYTES_MAX < self.text.len() {
            let half = self.boundary(self.text.len() / 2);
            self.replace(half..self.text.len(), "");
        }
    }
}

/// Makes so many edits, and compares after each.
fn check(name: &str, analyzer: &Arc<Analyzer>, markup: Markup, edits: usize) {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/suite/incremental.proptest-regressions");
    let config = Config {
        cases: u32::try_from(edits / STEPS_MEAN + 1).unwrap(),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(kept))),
        max_shrink_iters: 4000,
        ..Config::default()
    };
    let (done, marks) = (Cell::new(0), Cell::new(0));
    let cases = (0..texts().len(), any::<Place>(), vec(step(), 1..=STEPS_MAX));
    TestRunner::new(config)
        .run(&cases, |(article, part, steps)| {
            let article = &texts()[article];
            let part = article.floor_char_boundary((article.len() * usize::from(part)) >> 17);
            let mut work = Work::new(analyzer, &article[..part], markup);
            for step in &steps {
                work.take(step);
                if matches!(step, Step::GiveUp(_) | Step::ReadOn(_)) {
                    continue;
                }
                let followed = work.session.analysis(&|| false).expect("nobody gives up");
                let fresh = analyzer.analyze(&work.text, markup, &work.settings, work.repairs);
                prop_assert_eq!(work.session.text(), &work.text);
                prop_assert_eq!(&*followed, &fresh, "after {:?} the text is {:?}", step, &work.text);
                check_report(&work.session.report(), &fresh)?;
                done.set(done.get() + 1);
                marks.set(marks.get() + fresh.diagnostics.len());
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{name}: {failure}"));
    println!("{name}: equal after each of {} edits, with {} marks in all", done.get(), marks.get());
    // Equal does not mean empty.
    assert!(done.get() < marks.get() + 10, "hardly anything was marked");
}

/// The lean report says what the analysis says.
fn check_report(report: &Report, analysis: &Analysis) -> Result<(), TestCaseError> {
    let lean = report.marks.iter().map(|mark| (mark.range(), mark.rule(), mark.severity(), mark.message().to_owned()));
    let full = analysis
        .diagnostics
        .iter()
        .map(|found| (found.range.clone(), found.rule, found.severity, found.message.clone()));
    prop_assert_eq!(lean.collect::<Vec<_>>(), full.collect::<Vec<_>>());
    prop_assert_eq!(&report.verdict, &analysis.verdict);
    prop_assert!(report.is_complete);
    Ok(())
}

/// Whole articles of our own.
fn texts() -> &'static [String] {
    static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
        let wild = ["business1", "clean1", "clean4", "health2", "law1", "politics2", "technology1"];
        let names = wild.map(|name| format!("wild/{name}.txt")).into_iter().chain(["seed.txt".to_owned()]);
        names.map(|name| std::fs::read_to_string(folder.join(name)).expect("an article of our own")).collect()
    });
    &TEXTS
}

fn edits() -> usize {
    std::env::var("UNSPIN_EDITS").map_or(EDITS, |edits| edits.parse().expect("`UNSPIN_EDITS` is a number"))
}

static CHANNEL: LazyLock<Arc<Analyzer>> = LazyLock::new(Arc::default);

#[test]
fn plain_text_that_is_edited_is_analysed_as_from_scratch() {
    check("plain text", &CHANNEL, Markup::Plain, edits() / 3);
}

#[test]
fn markdown_that_is_edited_is_analysed_as_from_scratch() {
    check("Markdown", &CHANNEL, Markup::Markdown, edits() / 3);
}

#[test]
fn wikitext_that_is_edited_is_analysed_as_from_scratch() {
    check("wikitext", &CHANNEL, Markup::Wikitext, edits() / 3);
}

#[test]
fn what_all_models_say_follows_the_edits_too() {
    check("Markdown, all models", &ANALYZER, Markup::Markdown, edits() / EDITS_FOR_ONE_WITH_ENCODER);
}

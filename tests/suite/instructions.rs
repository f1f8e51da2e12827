//! What a key costs, counted and not timed: the instructions that the processor executes from an edit to its first answer.
//!
//! The count is the same on a busy machine and an idle one, so it can guard against getting slower. This program runs itself under
//! `valgrind`, with and without keys; the difference is what the keys cost. (`gungraun` does the same with a runner of its own that has
//! to be installed, and a second build of everything.)

use std::process::Command;
use std::sync::Arc;

use unspin_core::{Analyzer, Session, Settings};
use unspin_text::Markup;

/// The name under which this program runs itself, and the numbers of words and keys that it then looks for.
const WORKLOAD: &str = "instructions::a_key_costs_what_it_touches";
const WORKLOAD_WORDS: &str = "UNSPIN_WORKLOAD_WORDS";
const WORKLOAD_KEYS: &str = "UNSPIN_WORKLOAD_KEYS";

const KEYS: usize = 40;

/// What a key may cost in so many words, in the development profile. When this was written it was 3.3 and 5.6 million: nothing is read
/// again but the sentence (two fifths of it are looking for established terms); what grows with the document is handing on the marks of
/// all others.
const INSTRUCTIONS_MAX: [(usize, u64); 2] = [(2000, 4_500_000), (20_000, 8_000_000)];

#[test]
fn a_key_costs_what_it_touches() {
    let number = |name: &str| std::env::var(name).ok().map(|number| number.parse::<usize>().expect("a number"));
    if let (Some(words), Some(keys)) = (number(WORKLOAD_WORDS), number(WORKLOAD_KEYS)) {
        return workload(words, keys);
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("skipped: `valgrind` is not installed");
        return;
    }
    for (words, at_most) in INSTRUCTIONS_MAX {
        let a_key = (instructions(words, KEYS) - instructions(words, 0)) / KEYS as u64;
        println!("a key executes {a_key} instructions in {words} words");
        assert!(a_key < at_most, "a key executes {a_key} instructions in {words} words, {at_most} at most");
    }
}

/// Types so many keys in the middle of so many words, and asks after each what can be said at once.
fn workload(words: usize, keys: usize) {
    let paragraph = |idx: usize| {
        format!(
            "Minister {idx} said on Monday that the army help for town {idx} had come. Nobody in street {idx} minded the rain.\n\n"
        )
    };
    let text: String = (0..words / 20).map(paragraph).collect();
    let half = text.len() / 2;
    let mut at = half + text[half..].find(". ").expect("there are sentences");
    let analyzer = Arc::new(Analyzer::default());
    let mut session = Session::new(analyzer, text, Markup::Plain, Arc::new(Settings::default()));
    let marks = session.report().marks.len();
    assert!(words / 40 < marks, "{marks} marks");
    for key in " when the army help was there already".chars().cycle().take(keys) {
        session.edit(at..at, &key.to_string());
        at += key.len_utf8();
        assert!(marks <= session.report().marks.len());
    }
}

/// Executed by this program over that workload, from its start to its end.
fn instructions(words: usize, keys: usize) -> u64 {
    let program = std::env::current_exe().expect("this program is a file");
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(program)
        .args(["--exact", WORKLOAD, "--test-threads=1"])
        .env(WORKLOAD_WORDS, words.to_string())
        .env(WORKLOAD_KEYS, keys.to_string())
        .output()
        .expect("it was there a moment ago");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stdout));
    let count = said.lines().find_map(|line| line.split_once("refs:")).expect("cachegrind counts").1;
    count.trim().replace(',', "").parse().expect("a number")
}

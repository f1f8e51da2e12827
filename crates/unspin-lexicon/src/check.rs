//! Runs each entry's own sentence: the entry must find the marked place and nothing else, and its first fix must give
//! the text of the mark.

use std::ops::Range;

use crate::entry::{Entry, Example, Mistake, SourceFile};
use crate::key::{Word, key_tokens};
use crate::lexicon::{Lexicon, Match};
use crate::replacement::{Replacement, replacement};

/// How many entries are right, and all mistakes of these files: in a line, between lines, in what a line does with its sentence.
#[must_use]
pub fn check(files: &[SourceFile<'_>]) -> (usize, Vec<Mistake>) {
    let (lexicon, entries, mut mistakes) = Lexicon::compile_lenient(files);
    let mistaken: Vec<(String, u32)> = mistakes.iter().map(|mistake| (mistake.file.clone(), mistake.line)).collect();
    mistakes.extend(entries.iter().enumerate().filter_map(|(idx, entry)| {
        // What is wrong with the line itself explains what its sentence does.
        if mistaken.iter().any(|(file, line)| file == files[entry.file].name && *line == entry.line) {
            return None;
        }
        let message = example_problem(&lexicon, idx as u32, entry)?;
        Some(Mistake { file: files[entry.file].name.to_owned(), line: entry.line, message })
    }));
    mistakes.sort();
    mistakes.dedup();
    let mut lines: Vec<(&str, u32)> = mistakes.iter().map(|mistake| (mistake.file.as_str(), mistake.line)).collect();
    lines.dedup();
    let is_wrong = |entry: &&Entry| lines.binary_search(&(files[entry.file].name, entry.line)).is_ok();
    let n_wrong = entries.iter().filter(is_wrong).count();
    (entries.len() - n_wrong, mistakes)
}

fn example_problem(lexicon: &Lexicon, entry_idx: u32, entry: &Entry) -> Option<String> {
    let example = entry.example.as_ref()?;
    let tokens = key_tokens(&example.spun);
    let mut found = Vec::new();
    lexicon.matches(&tokens, &mut found);
    found.retain(|hit| hit.entry.is_some_and(|id| id.0 == entry_idx));
    let marked = &example.spun[example.marked.clone()];
    let (at_mark, elsewhere): (Vec<&Match>, Vec<&Match>) =
        found.iter().partition(|hit| touches(&span(&tokens, &hit.tokens), &example.marked));
    if let Some(hit) = elsewhere.first() {
        let other = &example.spun[span(&tokens, &hit.tokens)];
        return Some(format!(
            "it also finds `{other}` elsewhere in its sentence; shorten the sentence, or add a guard"
        ));
    }
    match at_mark[..] {
        [] => Some(not_found(entry, marked, &tokens, example)),
        [hit] => wrong_fix(&tokens, hit, example, marked),
        [one, other, ..] => {
            let (one, other) = (&example.spun[span(&tokens, &one.tokens)], &example.spun[span(&tokens, &other.tokens)]);
            Some(format!("it finds both `{one}` and `{other}` inside the mark; mark the one that changes"))
        }
    }
}

fn wrong_fix(tokens: &[Word<'_>], hit: &Match, example: &Example, marked: &str) -> Option<String> {
    let Some(Replacement { tokens: replaced, text }) = replacement(tokens, hit, 0) else {
        return Some("it has no natural".to_owned());
    };
    let at = span(tokens, &replaced);
    let fixed = [&example.spun[..at.start], &text, &example.spun[at.end..]].concat();
    if straight(&fixed) != straight(&example.natural) {
        return Some(format!("its fix gives “{fixed}”, its mark asks for “{}”", example.natural));
    }
    // The article before the phrase may change with it, and a mark may hold neighbours that stay.
    let place = span(tokens, &hit.tokens);
    let found = &example.spun[place.clone()];
    let is_inside = example.marked.start <= place.start && place.end <= example.marked.end;
    let is_owner = example.marked.start <= place.start && found.len() - marked.len().min(found.len()) <= "’s".len();
    (!is_inside && !is_owner).then(|| format!("it finds `{found}`, but the mark is `{marked}`; mark all that it finds"))
}

fn not_found(entry: &Entry, marked: &str, tokens: &[Word<'_>], example: &Example) -> String {
    let before = tokens.iter().rfind(|word| word.range.end <= example.marked.start).map_or("nothing", |word| word.text);
    let after = tokens.iter().find(|word| example.marked.end <= word.range.start).map_or("nothing", |word| word.text);
    let why = if entry.guards.is_empty() {
        "is the mark a form of the spun phrase, in this word class?".to_owned()
    } else {
        format!("do its guards allow `{before}` before it and `{after}` after it?")
    };
    format!("it does not find `{marked}` in its sentence; {why}")
}

fn span(tokens: &[Word<'_>], range: &Range<usize>) -> Range<usize> {
    tokens[range.start].range.start..tokens[range.end - 1].range.end
}

fn touches(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn straight(text: &str) -> String {
    text.replace(['’', '‘'], "'")
}

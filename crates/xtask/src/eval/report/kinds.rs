//! What kinds of marks are found: by their words, and by whether a list knows the pair.

use std::fmt::Write as _;
use std::ops::Range;

use unspin_core::Sensitivity;
use unspin_english::class_of;
use unspin_fixture::{Finding, Rank, score};
use unspin_lexicon::curated;

use super::super::share;
use super::Measured;
use super::known::{self, Known};
use super::measured::Truth;

/// What a mark is by its words. The first that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What is written or what was meant has a capital of its own.
    Name,
    /// Every word is a function word.
    Function,
    /// Words of content for as many other words of content: how terms are tortured.
    Term,
    Multiword,
    Single,
}

const KINDS: [(Kind, &str); 5] = [
    (Kind::Single, "single word"),
    (Kind::Multiword, "several words"),
    (Kind::Function, "function words alone"),
    (Kind::Name, "name"),
    (Kind::Term, "term (words of content for as many others)"),
];

const LEVELS: [(Known, &str); 5] = [
    (Known::Entry, "an entry of the lexicon"),
    (Known::Everyday, "the list of everyday words"),
    (Known::Composed, "composition of an established term"),
    (Known::Thesaurus, "a thesaurus"),
    (Known::Nowhere, "nothing"),
];

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    gold: usize,
    found: usize,
    asked: usize,
    fixed: usize,
    wrong: usize,
}

pub(super) fn section(set: &[&Measured], without: &[String], title: &str) -> String {
    let without: Vec<&str> = without.iter().map(String::as_str).collect();
    let lexicon = curated().without(&without);
    let mut by_kind = [Count::default(); KINDS.len()];
    let mut by_level = [Count::default(); LEVELS.len()];
    let threshold = Sensitivity::Balanced.threshold();
    for measured in set {
        let fixture = &measured.article.fixture;
        let levels = known::levels(fixture, &lexicon);
        let shown: Vec<Finding> = measured.shown(threshold).map(|found| found.finding.clone()).collect();
        for outcome in score(fixture, &shown).outcomes {
            let mark = &fixture.marks[outcome.mark];
            let kind = kind(&fixture.text, &mark.range, mark.naturals.first().map_or("", String::as_str));
            let kind = KINDS.iter().position(|(of, _)| *of == kind);
            let level = LEVELS.iter().position(|(of, _)| *of == levels[outcome.mark]);
            for count in kind.map(|idx| &mut by_kind[idx]).into_iter().chain(level.map(|idx| &mut by_level[idx])) {
                count.gold += 1;
                count.found += usize::from(outcome.found);
                count.asked += usize::from(outcome.fix.is_some());
                count.fixed += usize::from(outcome.fix == Some(Rank::At(1)));
            }
        }
        for found in measured.shown(threshold).filter(|found| found.truth == Truth::False) {
            let natural = found.finding.fixes.first().and_then(|fix| fix.first()).map_or("", |(_, text)| text);
            let kind = kind(&fixture.text, &found.finding.range, natural);
            if let Some(idx) = KINDS.iter().position(|(of, _)| *of == kind) {
                by_kind[idx].wrong += 1;
            }
        }
    }
    let mut page = format!(
        "## By kind\n\nIn {title}, at balanced.\n\n| mark | gold | recall | first fix | false marks |\n| --- | --- | --- | --- | --- |\n"
    );
    for ((_, name), count) in KINDS.iter().zip(&by_kind) {
        writeln!(page, "| {name} | {} | {} |", cells(count), count.wrong).expect("writing to a string");
    }
    page.push_str("\n| the pair is known to | gold | recall | first fix |\n| --- | --- | --- | --- |\n");
    for ((_, name), count) in LEVELS.iter().zip(&by_level) {
        writeln!(page, "| {name} | {} |", cells(count)).expect("writing to a string");
    }
    page.push('\n');
    page
}

fn cells(count: &Count) -> String {
    if count.gold == 0 {
        return "0 | | ".to_owned();
    }
    let fix = if count.asked == 0 { String::new() } else { format!("{:.2}", share(count.fixed, count.asked)) };
    format!("{} | {:.2} | {fix}", count.gold, share(count.found, count.gold))
}

fn kind(text: &str, range: &Range<usize>, natural: &str) -> Kind {
    let written: Vec<&str> = text[range.clone()].split_whitespace().collect();
    let meant: Vec<&str> = natural.split_whitespace().collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    // The first word of a sentence has a capital that is not its own.
    let before = text[..range.start].trim_end_matches([' ', '“', '"', '‘']);
    let first_is_free = before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':']);
    let skipped = usize::from(first_is_free);
    if written.iter().skip(skipped).any(is_capital) || meant.iter().skip(skipped).any(is_capital) {
        return Kind::Name;
    }
    let is_function = |word: &&str| class_of(word).is_closed();
    if written.iter().all(is_function) {
        Kind::Function
    } else if written.len() == 1 {
        Kind::Single
    } else if written.len() == meant.len() && !written.iter().chain(&meant).any(is_function) {
        Kind::Term
    } else {
        Kind::Multiword
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(marked: &str, expected: Kind) {
        let fixture = unspin_fixture::parse(marked).unwrap();
        let mark = &fixture.marks[0];
        assert_eq!(kind(&fixture.text, &mark.range, &mark.naturals[0]), expected);
    }

    #[test]
    fn a_kind_follows_from_the_words() {
        check("He {{talked about=>said}} so.", Kind::Multiword);
        check("It came {{in opposition to=>against}} them.", Kind::Multiword);
        check("They went {{with out=>without}} it.", Kind::Function);
        check("in {{japanese=>eastern}} Ukraine", Kind::Single);
        check("the {{White Home=>White House}}", Kind::Name);
        check("So. {{Help=>Aid}} came.", Kind::Single);
        check("an {{army help=>military aid}} plan", Kind::Term);
    }
}

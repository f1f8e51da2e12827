//! The document that is typed in: ordinary density, any length, no sentence twice.
//!
//! A server that finds sentences again by their words would have an easy life with an article that is repeated, so each sentence ends
//! with somebody who says it: thirteen hundred names in forty towns are enough for a million words.

use std::path::Path;

use anyhow::{Context, ensure};
use unspin_text::{Markup, parse};

const WORDS_A_SENTENCE: std::ops::RangeInclusive<usize> = 6..=34;
const SENTENCES_A_PARAGRAPH: usize = 3;

const FIRST_NAMES: &[&str] = &[
    "Alice", "Anna", "Carl", "Clara", "Daniel", "David", "Edith", "Emma", "Frank", "Grace", "Helen", "Henry", "Irene",
    "James", "Jane", "John", "Julia", "Karen", "Laura", "Louis", "Maria", "Martin", "Nancy", "Oscar", "Paul", "Peter",
    "Rachel", "Robert", "Ruth", "Samuel", "Sarah", "Simon", "Susan", "Thomas", "Walter", "William",
];

const LAST_NAMES: &[&str] = &[
    "Adams", "Baker", "Bennett", "Carter", "Clark", "Cooper", "Davis", "Edwards", "Evans", "Fisher", "Foster",
    "Gibson", "Graham", "Harris", "Hughes", "Jackson", "Jenkins", "Johnson", "Kelly", "Lewis", "Martin", "Mitchell",
    "Morgan", "Murphy", "Nelson", "Parker", "Phillips", "Roberts", "Russell", "Scott", "Stevens", "Taylor", "Turner",
    "Watson", "Wilson", "Wright",
];

const TOWNS: &[&str] = &[
    "Albany",
    "Austin",
    "Baltimore",
    "Belfast",
    "Birmingham",
    "Boston",
    "Bristol",
    "Buffalo",
    "Cambridge",
    "Cardiff",
    "Chicago",
    "Cleveland",
    "Dallas",
    "Denver",
    "Detroit",
    "Dublin",
    "Edinburgh",
    "Exeter",
    "Glasgow",
    "Houston",
    "Leeds",
    "Liverpool",
    "London",
    "Manchester",
    "Memphis",
    "Miami",
    "Milwaukee",
    "Nashville",
    "Newark",
    "Norwich",
    "Oakland",
    "Oxford",
    "Phoenix",
    "Portland",
    "Richmond",
    "Sacramento",
    "Seattle",
    "Sheffield",
    "Toledo",
    "York",
];

const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Sentences with a mark each, so that their number decides how many marks there are.
const MARKED: &[&str] = &[
    "The army help arrived in the north without a word of warning",
    "The ministers agreed on new sanctions after the nuclear take a look at",
    "The team used a profound learning model to read the old letters",
    "The bosom peril screening was moved to the new hospital",
    "The company put its counterfeit consciousness into every telephone",
    "The United Nations Safety Council met twice in the autumn",
];

/// One sentence in so many is one of those; the others have a mark now and then.
const SENTENCES_A_MARK: usize = 6;

/// Sentences of our own articles.
#[derive(Debug)]
pub(super) struct Sentences {
    /// Of articles that nobody has spun.
    clean: Vec<String>,
    spun: Vec<String>,
}

impl Sentences {
    /// Reads `seed.txt` and `wild/*.txt` of a folder; what is called `clean…` is clean.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Sentences> {
        let mut sentences = Sentences { clean: Vec::new(), spun: Vec::new() };
        let wild = folder.join("wild");
        let entries = std::fs::read_dir(&wild).with_context(|| format!("cannot read `{}`", wild.display()))?;
        let mut paths = vec![folder.join("seed.txt")];
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".txt") && !name.ends_with(".gold.txt") {
                paths.push(path);
            }
        }
        paths.sort();
        for path in paths {
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
            let is_clean = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("clean"));
            let list = if is_clean { &mut sentences.clean } else { &mut sentences.spun };
            for block in parse(&text, Markup::Plain).blocks {
                list.extend(block.sentences.iter().filter_map(|sentence| usable(&block.prose[sentence.range.clone()])));
            }
        }
        ensure!(!sentences.clean.is_empty() && !sentences.spun.is_empty(), "there are no articles to build from");
        Ok(sentences)
    }

    /// A document of about so many words; this share of the articles' sentences (in thousandths) is from spun ones. The same numbers give
    /// the same document.
    pub(super) fn document(&self, words: usize, spun_per_mille: usize) -> String {
        let mut text = String::new();
        let (mut n_words, mut idx) = (0, 0);
        while n_words < words {
            let is_spun = random(idx, 0) % 1000 < spun_per_mille;
            let list = if is_spun { &self.spun } else { &self.clean };
            let sentence = if idx % SENTENCES_A_MARK == 0 {
                varied(MARKED[random(idx, 1) % MARKED.len()], idx)
            } else {
                varied(&list[random(idx, 1) % list.len()], idx)
            };
            n_words += sentence.split_whitespace().count();
            text.push_str(&sentence);
            idx += 1;
            text.push_str(if idx % SENTENCES_A_PARAGRAPH == 0 { "\n\n" } else { " " });
        }
        let end = text.trim_end().len();
        text.truncate(end);
        text.push('\n');
        text
    }
}

/// A sentence that somebody else's words can be put behind, without its full stop.
fn usable(sentence: &str) -> Option<String> {
    let sentence = sentence.trim().strip_suffix('.')?;
    let plain = !sentence.contains(['“', '”', '"', '\n', '.', '?', '!', ':', ';', '(', '—']);
    let words = sentence.split_whitespace().count();
    (plain && WORDS_A_SENTENCE.contains(&words)).then(|| sentence.to_owned())
}

/// The sentence as one of many says it; the number of a sentence decides who, so that no two are the same.
fn varied(sentence: &str, idx: usize) -> String {
    // Each number has a name of its own up to the product of the lists' lengths.
    let (first, rest) = (idx % FIRST_NAMES.len(), idx / FIRST_NAMES.len());
    let (last, rest) = ((rest + first) % LAST_NAMES.len(), rest / LAST_NAMES.len());
    let town = (rest + first + last) % TOWNS.len();
    let day = random(idx, 2) % DAYS.len();
    format!("{sentence}, {} {} of {} said on {}.", FIRST_NAMES[first], LAST_NAMES[last], TOWNS[town], DAYS[day])
}

/// A number that depends on these two alone (the finaliser of splitmix64).
fn random(idx: usize, purpose: u64) -> usize {
    let mut bits = (idx as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(purpose << 56 | 0x1234_5678);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (bits ^ (bits >> 31)) as usize >> 1
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_sentence_comes_twice_and_the_length_is_right() {
        let sentences = Sentences { clean: vec!["It rained".to_owned()], spun: vec!["The spun one came".to_owned()] };
        let text = sentences.document(20_000, 100);
        assert_eq!(text, sentences.document(20_000, 100));
        let words = text.split_whitespace().count();
        assert!((20_000..20_020).contains(&words), "{words}");
        let all: Vec<&str> = text.split_inclusive(". ").flat_map(|part| part.split("\n\n")).collect();
        let different: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(different.len(), all.len());
        let spun = text.matches("The spun").count() * 1000 / all.len();
        assert!((60..110).contains(&spun), "{spun}");
        let marked = all.len() / SENTENCES_A_MARK;
        let found: usize = MARKED.iter().map(|sentence| text.matches(sentence).count()).sum();
        assert!((marked..=marked + 1).contains(&found), "{found} of {marked}");
    }

    #[test]
    fn only_whole_plain_sentences_are_used() {
        assert_eq!(
            usable("The rain fell in the north on Monday."),
            Some("The rain fell in the north on Monday".into())
        );
        assert_eq!(usable("It rained."), None);
        assert_eq!(usable("“The rain fell in the north,” she said."), None);
        assert_eq!(usable("The rain fell in the north on Monday?"), None);
    }
}

//! Sentence boundaries: ours and those of the peer, on the same gold.

use std::collections::BTreeSet;

use unspin_text::{Markup, parse};

const BOUNDARY: char = '‖';

#[test]
fn sentences_end_where_an_editor_says_and_the_peer_is_beaten() {
    for (name, gold) in
        [("tricky", include_str!("data/sentences.txt")), ("articles", include_str!("data/article_sentences.txt"))]
    {
        let score = check(gold, ours);
        let peer = check(gold, sentencex);
        println!("{name}: ours {:.4} {score:?}, sentencex {:.4} {peer:?}", score.f1(), peer.f1());
        assert!(score.f1() >= 0.99, "{name}: {score:?}");
        assert!(score.f1() > peer.f1(), "{name}: {score:?}, sentencex {peer:?}");
    }
}

/// Where the text goes on in a new sentence, in bytes.
type Boundaries = BTreeSet<usize>;

#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed) as f64
    }
}

/// Scores a splitter on a gold text, one paragraph a line, and prints each paragraph that it gets wrong.
#[track_caller]
fn check(gold: &str, split: impl Fn(&str) -> Boundaries) -> Score {
    let mut score = Score::default();
    for line in gold.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut text = String::new();
        let mut expected = Boundaries::new();
        for (idx, sentence) in line.split(BOUNDARY).enumerate() {
            if idx > 0 {
                expected.insert(text.len());
            }
            text.push_str(sentence);
        }
        let found = split(&text);
        score.right += expected.intersection(&found).count();
        score.wrong += found.difference(&expected).count();
        score.missed += expected.difference(&found).count();
        if found != expected {
            println!("expected {line}\nfound    {}", mark(&text, &found));
        }
    }
    score
}

fn ours(text: &str) -> Boundaries {
    let document = parse(text, Markup::Plain);
    let starts = document
        .blocks
        .iter()
        .flat_map(|block| block.sentences.iter().map(|sentence| block.source_range(sentence.range.clone()).start));
    starts.skip(1).collect()
}

fn sentencex(text: &str) -> Boundaries {
    let mut boundaries = Boundaries::new();
    let mut at = 0;
    for sentence in sentencex::segment("en", text) {
        let blank = sentence.len() - sentence.trim_start().len();
        if !sentence.trim().is_empty() {
            boundaries.insert(at + blank);
        }
        at += sentence.len();
    }
    boundaries.pop_first();
    boundaries
}

fn mark(text: &str, boundaries: &Boundaries) -> String {
    let mut marked = text.to_owned();
    for &at in boundaries.iter().rev() {
        marked.insert(at, BOUNDARY);
    }
    marked
}

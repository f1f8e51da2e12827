//! Whether some list knows what an expected mark says was put for what.

use std::ops::Range;
use std::slice;

use unspin_fixture::{Finding, Fixture, Rank, score};
use unspin_lexicon::{Lexicon, Match, Source, Word, composed_terms, replacement, thesaurus};
use unspin_text::{Markup, TokenKind, parse};

/// The surest list that has the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known {
    Entry,
    Everyday,
    Composed,
    Thesaurus,
    Nowhere,
}

/// For thesauri with hundreds of words for one.
const NEIGHBOURS: usize = 1000;

/// For each mark of the text. A list knows a pair if one of its naturals, put in its place, is right.
pub(super) fn levels(fixture: &Fixture, lexicon: &Lexicon) -> Vec<Known> {
    let text = &fixture.text;
    let mut levels: Vec<Known> = fixture
        .marks
        .iter()
        .map(|mark| {
            let joined = thesaurus::thesaurus().candidates(&text[mark.range.clone()], None, NEIGHBOURS);
            let is_joined = |natural: &String| joined.iter().any(|other| other.natural.eq_ignore_ascii_case(natural));
            if mark.naturals.iter().any(is_joined) { Known::Thesaurus } else { Known::Nowhere }
        })
        .collect();
    let document = parse(text, Markup::Plain);
    for block in &document.blocks {
        for sentence in &block.sentences {
            let tokens = block.sentence_tokens(sentence);
            let words: Vec<Word<'_>> = tokens
                .iter()
                .map(|token| Word {
                    text: if token.kind == TokenKind::Opaque { "\u{fffc}" } else { block.text(token) },
                    range: token.range.clone(),
                })
                .collect();
            let mut matches = Vec::new();
            lexicon.matches(&words, &mut matches);
            composed_terms(&words, &mut matches);
            let place = |tokens: &Range<usize>| {
                block.source_range(words[tokens.start].range.start..words[tokens.end - 1].range.end)
            };
            for found in &matches {
                let Some(finding) = finding(&words, found, place) else { continue };
                for outcome in score(fixture, slice::from_ref(&finding)).outcomes {
                    if matches!(outcome.fix, Some(Rank::At(_))) {
                        let level = &mut levels[outcome.mark];
                        *level = level_of(found).min(*level);
                    }
                }
            }
        }
    }
    levels
}

fn level_of(found: &Match) -> Known {
    match found.source {
        Source::Everyday(_) => Known::Everyday,
        Source::Pattern("composed term") => Known::Composed,
        Source::Thesaurus => Known::Thesaurus,
        Source::Curated(_) | Source::Term(_) | Source::Pattern(_) => Known::Entry,
    }
}

/// A match as a finding with all its naturals as fixes.
fn finding(words: &[Word<'_>], found: &Match, place: impl Fn(&Range<usize>) -> Range<usize>) -> Option<Finding> {
    let fixes = (0..found.naturals.len()).map(|idx| {
        let replacement = replacement(words, found, idx)?;
        Some(vec![(place(&replacement.tokens), replacement.text)])
    });
    Some(Finding { rule: "spun-phrase".into(), range: place(&found.tokens), fixes: fixes.collect::<Option<_>>()? })
}

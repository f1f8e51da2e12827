//! Who speaks in an article: for `unspin sources`, hovers and inlay hints.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::ClaimFacts;
use super::fixes::short_name;
use crate::attribution::{Attribution, SourceKind, Speech};
use unspin_text::{Block, Document};

/// One source of the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceSummary {
    /// As it was introduced: the longest form of its name.
    pub name: String,
    /// `person`, `role`, `institution`, `document`, `crowd`, `anonymous`.
    pub kind: &'static str,
    /// The words that introduce it, with title and apposition: "the economist Jan Mol, who wrote the report".
    pub introduced: Range<usize>,
    /// How often it speaks.
    pub times: usize,
    /// Words of the article that it carries.
    pub words: usize,
}

/// A content with its source, in bytes of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttributedSpan {
    /// Who says it.
    pub source: Range<usize>,
    /// The verb, or "according to".
    pub cue: Range<usize>,
    /// What is said.
    pub content: Vec<Range<usize>>,
    /// Quoted, not reported.
    pub quoted: bool,
    /// The kind of source, as in [`SourceSummary::kind`]; `definite` when it was named before.
    pub kind: &'static str,
}

fn kind_name(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::NamedPerson => "person",
        SourceKind::Role => "role",
        SourceKind::Institution => "institution",
        SourceKind::Document => "document",
        SourceKind::Definite => "definite",
        SourceKind::Crowd => "crowd",
        SourceKind::Anonymous => "anonymous",
        SourceKind::Author => "author",
        SourceKind::Nobody => "nobody",
    }
}

/// Every attribution of the document, in its order.
pub(crate) fn attributed_spans(document: &Document, facts: &[&ClaimFacts]) -> Vec<AttributedSpan> {
    let mut spans = Vec::new();
    for (block, facts) in document.blocks.iter().zip(facts) {
        for attribution in &facts.attributions {
            spans.push(AttributedSpan {
                source: block.source_range(attribution.source.range.clone()),
                cue: block.source_range(attribution.cue.clone()),
                content: attribution.content.iter().map(|content| block.source_range(content.clone())).collect(),
                quoted: attribution.speech == Speech::Direct,
                kind: kind_name(attribution.source.kind),
            });
        }
    }
    spans
}

/// The words that introduce a source: its noun phrase, and the apposition behind it ("Rah Jong-yil, a former diplomat").
fn introduction(block: &Block, attribution: &Attribution) -> Range<usize> {
    let source = &attribution.source.range;
    let rest = &block.prose[source.end..];
    let Some(apposition) = rest.strip_prefix(", ") else { return source.clone() };
    let first = apposition.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    let describes = matches!(first, "a" | "an" | "the" | "who" | "whose" | "of" | "from")
        || crate::attribution::is_person(first)
        || first.bytes().all(|byte| byte.is_ascii_digit()) && !first.is_empty();
    if !describes {
        return source.clone();
    }
    let words = apposition.find([',', ';', ':', '(', '"', '“', '”']).unwrap_or(apposition.len());
    let end = source.end + 2 + words;
    // It ends before the verb, or with the sentence.
    let sentence = block.sentences.iter().find(|sentence| sentence.range.contains(&source.start));
    let end = sentence.map_or(end, |sentence| end.min(sentence.range.end));
    let end = if source.end < attribution.cue.start { end.min(attribution.cue.start) } else { end };
    // "According to the council, the repair costs …": what is said is no apposition.
    if attribution.content.iter().any(|content| (source.end..end).contains(&content.start)) {
        return source.clone();
    }
    source.start..source.start + block.prose[source.start..end].trim_end_matches([' ', ',', '.', '!', '?']).len()
}

/// The article's sources, who speaks most first.
///
/// A later "Rah" is the "Rah Jong-yil" of before; "he" and "the researchers" are whoever spoke last.
pub(crate) fn summaries(document: &Document, facts: &[&ClaimFacts]) -> Vec<SourceSummary> {
    let mut found: Vec<SourceSummary> = Vec::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    let mut last: Option<usize> = None;
    for (block, facts) in document.blocks.iter().zip(facts) {
        for attribution in facts.attributions.iter().filter(|attribution| !attribution.quoted) {
            let source = &attribution.source;
            let name = &block.prose[source.range.clone()];
            let words = attribution
                .content
                .iter()
                .map(|content| block.prose[content.clone()].split_whitespace().count())
                .sum::<usize>();
            let idx = match source.kind {
                SourceKind::Definite => last,
                SourceKind::Author | SourceKind::Nobody => None,
                kind => {
                    let surname = name.rsplit(' ').next().unwrap_or(name).to_owned();
                    let known = by_name
                        .get(name)
                        .or_else(|| (kind == SourceKind::NamedPerson).then(|| by_name.get(&surname)).flatten())
                        .copied();
                    // Names in an order that is not ours: "Rah Jong-yil" is "Rah" later.
                    let known = known.or_else(|| {
                        (kind == SourceKind::NamedPerson && !name.contains(' '))
                            .then(|| {
                                found.iter().position(|other| {
                                    other.kind == "person" && other.name.split(' ').any(|part| part == name)
                                })
                            })
                            .flatten()
                    });
                    let idx = known.unwrap_or_else(|| {
                        found.push(SourceSummary {
                            name: short_name(name).to_owned(),
                            kind: kind_name(kind),
                            introduced: block.source_range(introduction(block, attribution)),
                            times: 0,
                            words: 0,
                        });
                        found.len() - 1
                    });
                    by_name.entry(name.to_owned()).or_insert(idx);
                    if kind == SourceKind::NamedPerson {
                        by_name.entry(surname).or_insert(idx);
                    }
                    Some(idx)
                }
            };
            if let Some(idx) = idx {
                // The longest form: "Rah" may speak before "Rah Jong-yil" does.
                let longer = short_name(name);
                if kind_name(source.kind) == "person"
                    && longer.len() > found[idx].name.len()
                    && longer.contains(&found[idx].name)
                {
                    found[idx].name = longer.to_owned();
                }
                found[idx].times += 1;
                found[idx].words += words;
                last = Some(idx);
            }
        }
    }
    found.sort_by(|a, b| {
        b.times.cmp(&a.times).then(b.words.cmp(&a.words)).then(a.introduced.start.cmp(&b.introduced.start))
    });
    found
}

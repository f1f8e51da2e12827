//! Says who? What is claimed without a source: the facts of a block, what travels through the document, and the verdicts.
//!
//! [`ClaimFacts::of`] depends on one block. [`ClaimCx`] sees the document: who speaks elsewhere, what was framed, what kind of text it is.
//! The rules (`rules/`) compare the two and put what they find into [`Findings`].

use std::ops::Range;

use unspin_text::{AnnotationKind, Block, BlockKind, Document};

use crate::attribution::{self, Attribution, Source, WordKind, Words};
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::rules;

mod confidence;
mod context;
mod findings;
pub(crate) mod fixes;
mod sources;

pub(crate) use context::{ClaimCx, Place};
pub(crate) use findings::{Finding, Findings};
pub use sources::{AttributedSpan, SourceSummary};
pub(crate) use sources::{attributed_spans, summaries};

/// What a block says by itself about who says what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ClaimFacts {
    pub(crate) attributions: Vec<Attribution>,
    /// One for each sentence.
    pub(crate) sentences: Vec<SentenceFacts>,
    /// Words that could be a claim without a source, by sentence, then by start.
    pub(crate) hits: Vec<Hit>,
}

/// What one sentence says by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SentenceFacts {
    /// Its grammatical subject, when that can speak.
    pub(crate) subject: Option<Source>,
    /// A footnote, a citation, a link.
    pub(crate) cited: bool,
    /// "I", "we", "my" outside quotations.
    pub(crate) first_person: bool,
    /// "he", "her": a person acts in it.
    pub(crate) gendered: bool,
    /// Has a word of news: a day of the week, "yesterday", "last year".
    pub(crate) timely: bool,
    /// Names a forum: an indictment, a court, an audit.
    pub(crate) forum: bool,
    /// "if", a question, "would have".
    pub(crate) conditional: bool,
    /// Somebody publishes, releases or announces something in it.
    pub(crate) publishes: bool,
    /// A document that counts stands in it: a survey, figures, a report.
    pub(crate) counted: bool,
    /// A name stands in it.
    pub(crate) names_somebody: bool,
    /// "for instance", "among them": it gives an example of what stood before.
    pub(crate) example: bool,
    /// Words outside quotations.
    pub(crate) words: usize,
}

/// Words that could be a claim without a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) kind: HitKind,
    /// Index of the sentence.
    pub(crate) sentence: usize,
    /// Prose bytes of the block.
    pub(crate) range: Range<usize>,
}

/// Which rule could speak of a hit, and what it needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HitKind {
    /// A hedge that hides the source.
    Hidden(Hedge),
    /// "has been called".
    Passive,
    /// "is regarded by many as".
    PassiveByCrowd,
    /// "some 40 per cent".
    Figure,
    /// "the largest".
    Superlative,
    /// "because of".
    Cause,
    /// "will cripple".
    Prediction,
}

/// How a source is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hedge {
    /// "reportedly".
    Adverb,
    /// "It is understood that".
    ItIs,
    /// "is believed to".
    IsTo,
    /// "There are fears".
    ThereAre,
    /// "Rumours are growing", "word is that".
    Rumour,
}

impl ClaimFacts {
    /// Reads a block.
    pub(crate) fn of(block: &Block) -> ClaimFacts {
        if block.kind == BlockKind::TableCell {
            return ClaimFacts {
                sentences: vec![SentenceFacts::default(); block.sentences.len()],
                ..ClaimFacts::default()
            };
        }
        let (attributions, lines) = attribution::read(block);
        // E5: a heading claims nothing that its text does not say again, but it too tells who speaks.
        if block.kind == BlockKind::Heading {
            return ClaimFacts {
                attributions,
                sentences: vec![SentenceFacts::default(); block.sentences.len()],
                hits: Vec::new(),
            };
        }
        let mut hits = Vec::new();
        for line in &lines {
            rules::find_claims(line, &mut hits);
        }
        hits.sort_by_key(|hit: &Hit| (hit.sentence, hit.range.start, hit.range.end));
        let sentences = lines.iter().map(|line| SentenceFacts::of(block, line)).collect();
        ClaimFacts { attributions, sentences, hits }
    }
}

impl SentenceFacts {
    fn of(block: &Block, line: &Words<'_>) -> SentenceFacts {
        let range = &block.sentences[line.sentence].range;
        let mut facts = SentenceFacts { subject: attribution::subject_of(line), ..SentenceFacts::default() };
        facts.cited = block.annotations.iter().any(|annotation| {
            matches!(
                annotation.kind,
                AnnotationKind::Citation | AnnotationKind::Link(_) | AnnotationKind::SourceRequested
            ) && range.start <= annotation.range.start
                && annotation.range.start <= range.end + 2
        });
        for (idx, word) in line.items.iter().enumerate() {
            if word.kind == WordKind::Stop && word.text == "?" {
                facts.conditional = true;
            }
            if !word.is_word() {
                continue;
            }
            facts.words += 1;
            facts.names_somebody |= idx > 0 && word.is_capitalised() && !attribution::is_month_or_day(&word.lower);
            facts.counted |= matches!(
                &*word.lower,
                "survey"
                    | "surveys"
                    | "poll"
                    | "census"
                    | "statistics"
                    | "figures"
                    | "report"
                    | "study"
                    | "measurements"
                    | "respondents"
                    | "forecast"
                    | "estimates"
                    | "audit"
                    | "projections"
                    | "monitor"
            );
            facts.example |= matches!(&*word.lower, "instance" | "example" | "including");
            match &*word.lower {
                "i" | "i'm" | "i've" | "i'd" | "my" | "we" | "we're" | "we've" | "our" | "me" => {
                    facts.first_person = true
                }
                "he" | "she" | "his" | "her" | "him" | "hers" | "himself" | "herself" => facts.gendered = true,
                "if" | "unless" | "whether" => facts.conditional = true,
                "indictment" | "indicted" | "lawsuit" | "court" | "charged" | "charges" | "prosecutors"
                | "prosecution" | "audit" | "hearing" | "hearings" | "convicted" | "inquest" | "coroner" | "sued"
                | "suing" | "sues" | "suit" | "complaint" | "inquiry" | "tribunal" | "trial" | "plaintiffs" => {
                    facts.forum = true
                }
                "published" | "released" | "issued" | "publishes" | "forecast" | "survey" | "report" | "figures"
                | "statistics" | "census" | "study" => {
                    facts.publishes |= facts.subject.as_ref().is_some_and(|subject| subject.kind.is_named());
                }
                "yesterday" | "tomorrow" | "today" | "tonight" => facts.timely = true,
                "last" | "this" | "next"
                    if matches!(
                        line.lower(idx + 1),
                        "week" | "month" | "year" | "morning" | "season" | "summer" | "spring" | "autumn" | "winter"
                    ) =>
                {
                    facts.timely = true;
                }
                lower => facts.timely |= lower.ends_with("day") && attribution::is_month_or_day(lower),
            }
        }
        facts
    }
}

/// The hits of one `unsourced-*` rule that no exemption saves: E1, E2, E3, E6, E14 (questions and conditions), E15.
pub(crate) fn unsourced<'d>(cx: &ClaimCx<'d>, kind: HitKind) -> Vec<(Place, &'d Hit)> {
    if !cx.reporting {
        return Vec::new();
    }
    let mut found = Vec::new();
    for place in cx.places() {
        for hit in cx.hits(place).filter(|hit| hit.kind == kind) {
            let facts = cx.facts(place);
            let exempt = facts.cited
                || facts.first_person
                || (kind == HitKind::Figure && facts.counted)
                || (facts.conditional && kind != HitKind::Cause)
                || cx.is_content(place, &hit.range)
                || cx.is_covered_next_door(place)
                || (kind == HitKind::Figure
                    && (cx.is_measured_next_door(place) || cx.speaks_near(place, attribution::Field::Science)))
                || cx.is_framed(place);
            if !exempt {
                found.push((place, hit));
            }
        }
    }
    found
}

/// Reads who says what in every block, as an analysis does, and gives the number of attributions: what the bench measures.
#[must_use]
pub fn read_claims(document: &Document) -> usize {
    document.blocks.iter().map(|block| ClaimFacts::of(block).attributions.len()).sum()
}

/// All marks of the claim family, unsorted.
pub(crate) fn diagnostics(document: &Document, facts: &[&ClaimFacts], settings: &Settings) -> Vec<Diagnostic> {
    let cx = ClaimCx::new(document, facts);
    let mut findings = Findings::default();
    rules::check_claims(&cx, &mut findings);
    findings.into_diagnostics(&cx, settings)
}

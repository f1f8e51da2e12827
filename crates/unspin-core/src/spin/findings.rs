//! From a candidate that is shown to what is said of it.

use unspin_lexicon::{COMPOSED, Kind, Lexicon, Source};
use unspin_text::{Block, BlockKind, Sentence};

use super::candidates::{Candidate, Natural, Origin};
use crate::diagnostic::{Confidence, Diagnostic, Evidence, Severity};
use crate::fix::{Applicability, Edit, Fix};
use crate::rules::{Rule, spin_rule};

/// The least probability with which a fix is applied without a look.
const SAFE_MIN: f64 = 0.6;

/// The rule that speaks of a candidate.
pub(crate) fn rule(candidate: &Candidate) -> &'static Rule {
    spin_rule(candidate.kind)
}

/// What is said of a candidate.
pub(crate) fn diagnostic(
    lexicon: &Lexicon,
    block: &Block,
    sentence: &Sentence,
    candidate: &Candidate,
    confidence: Confidence,
    severity: Severity,
    document: Evidence,
) -> Diagnostic {
    let at = |range: &std::ops::Range<usize>| range.start + sentence.range.start..range.end + sentence.range.start;
    let prose = at(&candidate.range);
    let written = &block.prose[prose.clone()];
    let quoted = is_somebodys_words(block, &prose);
    let best = &candidate.naturals[0];
    let message = match candidate.kind {
        Kind::SpunPhrase => format!("“{written}” reads like a spun “{}”", best.phrase),
        Kind::TortureTerm => format!("“{written}” is a tortured “{}”", best.phrase),
        Kind::SpunName => format!("“{written}” is a broken name for “{}”", best.phrase),
    };
    let mut evidence = vec![channel_evidence(lexicon, candidate, best)];
    for (model, log_odds) in
        [("n-gram", best.ngram), ("encoder", best.original), ("replaced", candidate.signals.replaced)]
    {
        evidence.extend(log_odds.map(|log_odds| Evidence::Context { model, log_odds }));
    }
    evidence.push(document);
    let fixes = candidate
        .naturals
        .iter()
        .enumerate()
        .map(|(idx, natural)| {
            // What no person wrote down is for a person to look at.
            let is_known = match candidate.source {
                Origin::Lexicon(Source::Pattern(name)) => name != COMPOSED,
                Origin::Lexicon(Source::Curated(_) | Source::Term(_)) => true,
                Origin::Lexicon(Source::Everyday(_) | Source::Thesaurus) | Origin::Encoder => false,
            };
            let safe = idx == 0 && is_known && !quoted && confidence >= Confidence::new(SAFE_MIN);
            Fix {
                title: format!("Replace with “{}”", natural.text),
                applicability: if safe { Applicability::Safe } else { Applicability::Suggested },
                edits: edits(block, at(&natural.replaced), &natural.text),
            }
        })
        .collect();
    Diagnostic {
        rule: rule(candidate).name,
        range: block.source_range(prose),
        severity,
        message,
        confidence,
        evidence,
        fixes,
        related: Vec::new(),
    }
}

/// New words into the first piece of the source, nothing into the others: no markup around or inside the phrase is touched.
fn edits(block: &Block, prose: std::ops::Range<usize>, text: &str) -> Vec<Edit> {
    let mut text = Some(text);
    block.source_pieces(prose).into_iter().map(|piece| Edit::replace(piece, text.take().unwrap_or_default())).collect()
}

/// A direct quotation is somebody's words: nobody changes them without a look.
pub(crate) fn is_somebodys_words(block: &Block, prose: &std::ops::Range<usize>) -> bool {
    block.kind == BlockKind::Quotation
        || block
            .quotations
            .iter()
            .any(|quotation| quotation.inner.start < prose.end && prose.start < quotation.inner.end)
}

fn channel_evidence(lexicon: &Lexicon, candidate: &Candidate, best: &Natural) -> Evidence {
    let file = |file| Some(lexicon.file_name(file).to_owned());
    let (source, file) = match candidate.source {
        Origin::Lexicon(Source::Curated(of)) => ("curated", file(of)),
        Origin::Lexicon(Source::Term(of)) => ("term", file(of)),
        Origin::Lexicon(Source::Everyday(of)) => ("everyday", file(of)),
        Origin::Lexicon(Source::Thesaurus) => ("thesaurus", None),
        Origin::Lexicon(Source::Pattern(name)) => ("pattern", Some(name.to_owned())),
        Origin::Encoder => ("encoder", None),
    };
    Evidence::Channel { source, file, natural: best.phrase.clone() }
}

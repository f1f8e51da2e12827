//! What the rules found, one mark a question.

use std::ops::Range;

use super::context::{ClaimCx, Place};
use super::{confidence, fixes};
use crate::attribution::Field;
use crate::config::Settings;
use crate::diagnostic::{Confidence, Diagnostic, Evidence, Related};
use crate::fix::Fix;
use crate::rules::Rule;

/// A finding on its way to a diagnostic.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) rule: &'static Rule,
    pub(crate) place: Place,
    /// Prose bytes to underline.
    pub(crate) range: Range<usize>,
    /// Prose bytes about which the same question is not asked again.
    pub(crate) covers: Vec<Range<usize>>,
    pub(crate) message: String,
    /// What was found, or looked for in vain.
    pub(crate) note: String,
    /// What the source should be able to speak of.
    pub(crate) field: Field,
    pub(crate) fixes: Vec<Fix>,
}

/// Findings in the order of precedence.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Finding>,
}

impl Findings {
    /// Adds a finding, unless the same question was asked already.
    pub(crate) fn add(&mut self, finding: Finding) {
        let asked = self.found.iter().any(|other| {
            other.place.block == finding.place.block
                && (overlap(&other.range, &finding.range)
                    || (is_unsourced(finding.rule)
                        && other.covers.iter().any(|covered| overlap(covered, &finding.range))))
        });
        if !asked {
            self.found.push(finding);
        }
    }

    pub(crate) fn into_diagnostics(self, cx: &ClaimCx<'_>, settings: &Settings) -> Vec<Diagnostic> {
        self.found
            .into_iter()
            .filter_map(|finding| {
                let severity = settings.severity(finding.rule)?;
                let block = cx.block(finding.place);
                if settings.allows(&block.prose[finding.range.clone()]) {
                    return None;
                }
                let related = cx.nearest_named(finding.place, finding.field).map(|(place, attribution)| Related {
                    range: cx.block(place).source_range(attribution.source.range.clone()),
                    message: format!(
                        "“{}” is the nearest source with a name",
                        cx.text(place, &attribution.source.range)
                    ),
                });
                let mut fixes = finding.fixes;
                fixes.extend(fixes::follow_up(cx, finding.rule, finding.place, &finding.range));
                Some(Diagnostic {
                    rule: finding.rule.name,
                    range: block.source_range(finding.range),
                    severity,
                    message: finding.message,
                    confidence: Confidence::new(confidence::of_rule(finding.rule.name)),
                    evidence: vec![Evidence::Note { text: finding.note }],
                    fixes,
                    related: related.into_iter().collect(),
                })
            })
            .collect()
    }
}

fn is_unsourced(rule: &Rule) -> bool {
    rule.name.starts_with("unsourced-")
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

//! The list of rules. A rule is two files side by side in `rules/` and one line here.

use crate::attribution::Words;
use crate::claims::{ClaimCx, Findings, Hit};
use crate::config::RuleLevel;

mod anonymous_source;
mod hidden_source;
mod loaded_verb;
mod orphan_quote;
mod spun_name;
mod spun_phrase;
mod tortured_term;
mod unsourced_cause;
mod unsourced_figure;
mod unsourced_prediction;
mod unsourced_superlative;
mod vague_passive;
mod weasel_source;

/// A rule: what it is called, how loudly it speaks, and the page that explains it.
#[derive(Debug)]
pub struct Rule {
    /// What is wrong, as in "ignore *weasel-source* here".
    pub name: &'static str,
    /// Which question it asks.
    pub family: Family,
    /// Markdown: a heading, why it matters, `flagged` and `clean` examples that are run as tests.
    pub page: &'static str,
    /// The level without any configuration.
    pub level: RuleLevel,
}

/// Which question a rule asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Was this put here by a spinner?
    Spun,
    /// Says who?
    Claim,
}

/// Every rule, in the order of precedence: where several fit the same words, the first speaks.
pub static RULES: &[&Rule] = &[
    &spun_name::RULE,
    &tortured_term::RULE,
    &spun_phrase::RULE,
    &orphan_quote::RULE,
    &anonymous_source::RULE,
    &weasel_source::RULE,
    &hidden_source::RULE,
    &vague_passive::RULE,
    &loaded_verb::RULE,
    &unsourced_figure::RULE,
    &unsourced_superlative::RULE,
    &unsourced_cause::RULE,
    &unsourced_prediction::RULE,
];

/// The rule that speaks of what the channel found.
pub(crate) fn spin_rule(kind: unspin_lexicon::Kind) -> &'static Rule {
    match kind {
        unspin_lexicon::Kind::SpunPhrase => &spun_phrase::RULE,
        unspin_lexicon::Kind::TortureTerm => &tortured_term::RULE,
        unspin_lexicon::Kind::SpunName => &spun_name::RULE,
    }
}

/// What a line of words could claim without a source, for all rules that look for words of their own.
pub(crate) fn find_claims(line: &Words<'_>, hits: &mut Vec<Hit>) {
    hidden_source::find(line, hits);
    vague_passive::find(line, hits);
    unsourced_figure::find(line, hits);
    unsourced_superlative::find(line, hits);
    unsourced_cause::find(line, hits);
    unsourced_prediction::find(line, hits);
}

/// The rules of the claim family, in the order of precedence.
pub(crate) fn check_claims(cx: &ClaimCx<'_>, findings: &mut Findings) {
    orphan_quote::check(cx, findings);
    anonymous_source::check(cx, findings);
    weasel_source::check(cx, findings);
    hidden_source::check(cx, findings);
    vague_passive::check(cx, findings);
    loaded_verb::check(cx, findings);
    unsourced_figure::check(cx, findings);
    unsourced_superlative::check(cx, findings);
    unsourced_cause::check(cx, findings);
    unsourced_prediction::check(cx, findings);
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// The known rule name nearest to a misspelt one, if any is near.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static str> {
    RULES
        .iter()
        .map(|rule| (strsim::damerau_levenshtein(name, rule.name), rule.name))
        .min()
        .filter(|(distance, known)| *distance <= known.len() / 3)
        .map(|(_, known)| known)
        // "weasel", "quote": half of a name.
        .or_else(|| RULES.iter().map(|rule| rule.name).find(|known| known.split('-').any(|part| part == name)))
}

impl Rule {
    /// The address of the page for a browser.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), self.name)
    }

    /// The first paragraph of the page: what is wrong, in a sentence or two.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.page
            .split("\n\n")
            .map(str::trim)
            .find(|part| !part.is_empty() && !part.starts_with('#'))
            .unwrap_or_default()
    }
}

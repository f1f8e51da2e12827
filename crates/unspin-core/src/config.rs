//! The settings that an analysis depends on: plain values, already resolved for one file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::rules::Rule;

/// What the analysis of one file is to look for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The level of rules that differ from their default. Names that no rule has are ignored here; whoever reads files reports them.
    pub rules: BTreeMap<String, RuleLevel>,
    /// Where between "few and sure" and "all" the marks begin.
    pub sensitivity: Sensitivity,
    /// Phrases that are never marked, compared without regard to case.
    pub allow: Vec<String>,
}

/// A rule's severity, or that it is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// Says nothing.
    Off,
    /// Shown faintly.
    Hint,
    /// Shown as information.
    Information,
    /// Shown as a warning.
    Warning,
    /// Shown as an error.
    Error,
}

impl RuleLevel {
    /// The severity, unless the rule is off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            RuleLevel::Off => None,
            RuleLevel::Hint => Some(Severity::Hint),
            RuleLevel::Information => Some(Severity::Information),
            RuleLevel::Warning => Some(Severity::Warning),
            RuleLevel::Error => Some(Severity::Error),
        }
    }
}

/// Where between "few and sure" and "all" the marks begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Only what is nearly certain.
    Cautious,
    /// What an editor would want to see.
    #[default]
    Balanced,
    /// Everything worth a look, at the price of false marks.
    Thorough,
}

impl Settings {
    /// How loudly a rule speaks here; `None` when it is off.
    #[must_use]
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.rules.get(rule.name).copied().unwrap_or(rule.level).severity()
    }

    /// Whether a phrase is never to be marked.
    #[must_use]
    pub fn allows(&self, phrase: &str) -> bool {
        // Lower-casing is dear and the list is short or empty, so it is asked first.
        !self.allow.is_empty() && self.allow.iter().any(|allowed| allowed.to_lowercase() == phrase.to_lowercase())
    }
}

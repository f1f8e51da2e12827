//! The rule `tortured-term`; what it is stands on its page.

use super::{Family, Rule};
use crate::config::RuleLevel;

pub(super) static RULE: Rule = Rule {
    name: "tortured-term",
    family: Family::Spun,
    page: include_str!("tortured_term.md"),
    level: RuleLevel::Warning,
};

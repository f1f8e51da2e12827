//! The rule `spun-phrase`; what it is stands on its page.

use super::{Family, Rule};
use crate::config::RuleLevel;

pub(super) static RULE: Rule =
    Rule { name: "spun-phrase", family: Family::Spun, page: include_str!("spun_phrase.md"), level: RuleLevel::Warning };

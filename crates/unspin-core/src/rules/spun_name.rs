//! The rule `spun-name`; what it is stands on its page.

use super::{Family, Rule};
use crate::config::RuleLevel;

pub(super) static RULE: Rule =
    Rule { name: "spun-name", family: Family::Spun, page: include_str!("spun_name.md"), level: RuleLevel::Warning };

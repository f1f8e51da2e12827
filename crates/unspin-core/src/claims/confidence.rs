//! How often an editor agrees with a mark of each rule.
//!
//! The shares come from marks in news text that a person read and judged (`tests/eval/claims_abc.md`: the first and the last table, 328 marks).
//! An arguable mark counts half; one mark right and one wrong are added to each rule, so that few marks make no certainty.

/// Rule, marks judged, of them right, of them arguable.
const JUDGED: &[(&str, u32, u32, u32)] = &[
    ("orphan-quote", 11, 1, 2),
    ("anonymous-source", 12, 9, 2),
    ("weasel-source", 107, 46, 38),
    ("hidden-source", 53, 29, 15),
    ("vague-passive", 24, 15, 2),
    ("loaded-verb", 22, 16, 1),
    ("unsourced-figure", 62, 18, 22),
    ("unsourced-superlative", 37, 26, 5),
];

/// The share of a rule's marks with which an editor agrees, from 0 to 1; one half for a rule of which no mark was judged.
pub(super) fn of_rule(rule: &str) -> f64 {
    let (judged, right, arguable) = JUDGED
        .iter()
        .find(|(name, ..)| *name == rule)
        .map_or((0, 0, 0), |&(_, judged, right, arguable)| (judged, right, arguable));
    (f64::from(right) + f64::from(arguable) / 2.0 + 1.0) / (f64::from(judged) + 2.0)
}

//! Comparing findings with expected marks.
//!
//! A mark is found when a finding shares a character with it. A first fix is right when, applied, the place reads as one of the naturals.

use std::ops::Range;

use crate::notation::Fixture;

/// What a detector said, in the terms of this crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that spoke.
    pub rule: String,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The fixes, best first: what each puts where.
    pub fixes: Vec<Vec<(Range<usize>, String)>>,
}

/// What became of one expected mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Index into [`Fixture::marks`].
    pub mark: usize,
    /// Some finding shares a character with it.
    pub found: bool,
    /// Where the right fix stands among those offered; only asked when found and naturals are known.
    pub fix: Option<Rank>,
}

/// Where the right fix stands among those offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The fix at this place, from 1, gives one of the naturals.
    At(usize),
    /// None of them does.
    Absent,
}

/// The comparison for one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Score {
    /// One for each expected mark that counts (optional ones are left out).
    pub outcomes: Vec<Outcome>,
    /// Indices of findings that answer no mark.
    pub false_marks: Vec<usize>,
    /// Indices of findings that answer a mark that counts.
    pub true_marks: Vec<usize>,
}

impl Score {
    /// Expected marks that were found.
    #[must_use]
    pub fn found(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.found).count()
    }

    /// Found marks whose first fix is right.
    #[must_use]
    pub fn first_fix_right(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.fix == Some(Rank::At(1))).count()
    }
}

/// Compares findings with the marks of a text.
///
/// A mark that names a rule is answered by that rule alone. A finding that touches only optional marks counts neither way.
#[must_use]
pub fn score(fixture: &Fixture, findings: &[Finding]) -> Score {
    let answers = |finding: &Finding, mark_idx: usize| {
        let mark = &fixture.marks[mark_idx];
        mark.rule.as_ref().is_none_or(|rule| *rule == finding.rule) && overlap(&finding.range, &mark.range)
    };
    let mut score = Score::default();
    for (finding_idx, finding) in findings.iter().enumerate() {
        let touched: Vec<usize> = (0..fixture.marks.len()).filter(|&mark| answers(finding, mark)).collect();
        if touched.is_empty() {
            score.false_marks.push(finding_idx);
        } else if touched.iter().any(|&mark| !fixture.marks[mark].optional) {
            score.true_marks.push(finding_idx);
        }
    }
    for (mark_idx, mark) in fixture.marks.iter().enumerate() {
        if mark.optional {
            continue;
        }
        let mine: Vec<&Finding> = findings.iter().filter(|finding| answers(finding, mark_idx)).collect();
        let fix = (!mine.is_empty() && !mark.naturals.is_empty()).then(|| rank(fixture, mark_idx, &mine));
        score.outcomes.push(Outcome { mark: mark_idx, found: !mine.is_empty(), fix });
    }
    score
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

const FIXES_TRIED_MAX: usize = 5;

/// Applies the n-th fix of the first finding together with the first fixes of the others, and reads the place.
fn rank(fixture: &Fixture, mark_idx: usize, findings: &[&Finding]) -> Rank {
    for place in 0..FIXES_TRIED_MAX {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for (finding_idx, finding) in findings.iter().enumerate() {
            let wanted = if finding_idx == 0 { place } else { 0 };
            if let Some(fix) = finding.fixes.get(wanted) {
                edits.extend(fix.iter().cloned());
            } else if finding_idx == 0 {
                return Rank::Absent;
            }
        }
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        edits.dedup();
        if reads_naturally(fixture, mark_idx, &edits) {
            return Rank::At(place + 1);
        }
    }
    Rank::Absent
}

fn reads_naturally(fixture: &Fixture, mark_idx: usize, edits: &[(Range<usize>, String)]) -> bool {
    let text = &fixture.text;
    let mark = &fixture.marks[mark_idx];
    let low = edits.iter().map(|(range, _)| range.start).min().unwrap_or(mark.range.start).min(mark.range.start);
    let high = edits.iter().map(|(range, _)| range.end).max().unwrap_or(mark.range.end).max(mark.range.end);
    let mut got = String::new();
    let mut at = low;
    for (range, replacement) in edits {
        if range.start < at {
            return false;
        }
        got.push_str(&text[at..range.start]);
        got.push_str(replacement);
        at = range.end;
    }
    got.push_str(&text[at..high]);
    // A fix may reach over neighbours that are marked themselves: each may then read as it does, or as one of its naturals.
    let mut expected = vec![String::new()];
    let mut at = low;
    for (other_idx, other) in fixture.marks.iter().enumerate() {
        if other.range.start < low || other.range.end > high {
            continue;
        }
        let before = &text[at..other.range.start];
        let mut choices: Vec<&str> = other.naturals.iter().map(String::as_str).collect();
        if other_idx != mark_idx {
            choices.push(&text[other.range.clone()]);
        }
        expected = expected
            .iter()
            .flat_map(|prefix| choices.iter().map(move |choice| format!("{prefix}{before}{choice}")))
            .take(CHOICES_MAX)
            .collect();
        at = other.range.end;
    }
    let after = &text[at..high];
    let got = normalise(&got);
    expected.iter().any(|prefix| normalise(&format!("{prefix}{after}")) == got)
}

const CHOICES_MAX: usize = 256;

/// White space and the shape of apostrophes are no part of the wording.
fn normalise(text: &str) -> String {
    text.replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::parse;

    fn finding(text: &str, at: &str, fixes: &[&str]) -> Finding {
        let start = text.find(at).unwrap();
        let range = start..start + at.len();
        let fixes = fixes.iter().map(|fix| vec![(range.clone(), (*fix).to_owned())]).collect();
        Finding { rule: "spun-phrase".into(), range, fixes }
    }

    #[test]
    fn a_fix_may_be_wider_or_narrower_than_the_mark() {
        let fixture = parse("the {{larger a part=>larger part}} of {{the 12 months=>the year}}").unwrap();
        let findings = [
            finding(&fixture.text, "a part", &["part"]),
            finding(&fixture.text, "of the 12 months", &["of year", "of the year"]),
        ];
        let score = score(&fixture, &findings);
        assert_eq!(score.outcomes[0].fix, Some(Rank::At(1)));
        assert_eq!(score.outcomes[1].fix, Some(Rank::At(2)));
        assert_eq!(score.found(), 2);
        assert!(score.false_marks.is_empty());
    }

    #[test]
    fn optional_marks_count_neither_way() {
        let fixture = parse("{{?presently=>currently}} they {{mentioned=>said}} so").unwrap();
        let findings = [finding(&fixture.text, "presently", &["now"]), finding(&fixture.text, "so", &["thus"])];
        let score = score(&fixture, &findings);
        assert_eq!((score.found(), score.outcomes.len()), (0, 1));
        assert_eq!(score.false_marks, [1]);
        assert!(score.true_marks.is_empty());
    }

    #[test]
    fn a_named_rule_must_be_the_one_that_speaks() {
        let fixture = parse("{{weasel-source: Analysts say}} so").unwrap();
        let score = score(&fixture, &[finding(&fixture.text, "Analysts", &[])]);
        assert_eq!((score.found(), score.false_marks.len()), (0, 1));
    }
}

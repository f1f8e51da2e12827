//! Precision against recall, as the threshold goes from sure to everything.

use super::Measured;
use super::measured::Truth;

/// What is reached with one threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) threshold: f64,
    pub(super) precision: f64,
    pub(super) recall: f64,
}

/// A point for each confidence that occurs, the highest first. A mark is found when one of its candidates is shown.
pub(super) fn points(set: &[&Measured]) -> Vec<Point> {
    let gold: usize = set.iter().map(|measured| measured.gold()).sum();
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for (article, measured) in set.iter().enumerate() {
        candidates.extend(measured.found.iter().enumerate().map(|(idx, found)| (found.confidence, article, idx)));
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut is_found: Vec<Vec<bool>> =
        set.iter().map(|measured| vec![false; measured.article.fixture.marks.len()]).collect();
    let (mut right, mut wrong, mut found) = (0_usize, 0_usize, 0_usize);
    let mut points = Vec::new();
    for group in candidates.chunk_by(|a, b| a.0 == b.0) {
        for &(_, article, idx) in group {
            let candidate = &set[article].found[idx];
            right += usize::from(candidate.truth == Truth::Right);
            wrong += usize::from(candidate.truth == Truth::False);
            for &mark in &candidate.answers {
                found += usize::from(!std::mem::replace(&mut is_found[article][mark], true));
            }
        }
        if 0 < right + wrong && 0 < gold {
            points.push(Point {
                threshold: group[0].0,
                precision: right as f64 / (right + wrong) as f64,
                recall: found as f64 / gold as f64,
            });
        }
    }
    points
}

/// The area under the steps: each gain of recall at the precision that it is paid with. What is never found adds nothing.
pub(super) fn area(points: &[Point]) -> f64 {
    let mut recall = 0.0;
    let mut area = 0.0;
    for point in points {
        area += (point.recall - recall) * point.precision;
        recall = point.recall;
    }
    area
}

/// The last point that is shown with a threshold.
pub(super) fn at(points: &[Point], threshold: f64) -> Option<Point> {
    points.iter().take_while(|point| threshold <= point.threshold).last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recall_is_paid_with_the_precision_it_comes_at() {
        let point = |threshold, precision, recall| Point { threshold, precision, recall };
        let points = [point(0.9, 1.0, 0.2), point(0.5, 0.8, 0.6), point(0.1, 0.5, 0.6)];
        assert!((area(&points) - (0.2 + 0.4 * 0.8)).abs() < 1e-9);
        assert_eq!(at(&points, 0.5), Some(points[1]));
        assert_eq!(at(&points, 0.95), None);
    }
}

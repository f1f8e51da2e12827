//! Whether a confidence means what it says.

use std::fmt::Write as _;

use super::worst::FalseMark;
use super::{Measured, Truth};

const BINS: usize = 10;
/// Bins with fewer candidates say little.
const ENOUGH: usize = 50;

#[derive(Debug, Clone, Copy, Default)]
struct Bin {
    candidates: usize,
    right: usize,
    confidence: f64,
}

pub(super) fn section(set: &[&Measured], clean: &[Vec<FalseMark>], title: &str) -> String {
    let mut gold = [Bin::default(); BINS];
    let judged = set.iter().flat_map(|measured| &measured.found).filter(|found| found.truth != Truth::Neither);
    judged.for_each(|found| add(&mut gold, found.confidence, found.truth == Truth::Right));
    let mut all = gold;
    clean.iter().flatten().for_each(|mark| add(&mut all, mark.confidence, false));
    let mut page = format!(
        "## Reliability\n\nAll candidates by their confidence, shown or not: in {title}, and with the clean texts added, in which every candidate \
         is wrong. Off: the share right less the mean confidence, for bins of {ENOUGH} and more.\n\n\
         | confidence | {title} | mean | right | off | with clean text | mean | right | off |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for (idx, (gold, all)) in gold.iter().zip(&all).enumerate() {
        let (low, high) = (idx as f64 / BINS as f64, (idx + 1) as f64 / BINS as f64);
        writeln!(page, "| {low:.1}–{high:.1} | {} | {} |", cells(gold), cells(all)).expect("writing to a string");
    }
    page.push('\n');
    page
}

fn add(bins: &mut [Bin; BINS], confidence: f64, is_right: bool) {
    let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
    bin.candidates += 1;
    bin.right += usize::from(is_right);
    bin.confidence += confidence;
}

fn cells(bin: &Bin) -> String {
    if bin.candidates == 0 {
        return "0 | | | ".to_owned();
    }
    let n = bin.candidates as f64;
    let (mean, right) = (bin.confidence / n, bin.right as f64 / n);
    let off = if bin.candidates < ENOUGH { String::new() } else { format!("{:+.2}", right - mean) };
    format!("{} | {mean:.2} | {right:.2} | {off}", bin.candidates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_falls_into_the_last_bin() {
        let mut bins = [Bin::default(); BINS];
        add(&mut bins, 1.0, true);
        add(&mut bins, 0.95, false);
        assert_eq!((bins[9].candidates, bins[9].right), (2, 1));
    }
}

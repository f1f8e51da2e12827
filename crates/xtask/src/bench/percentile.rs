//! Times, and what share of them was shorter.

use std::time::Duration;

/// Times in order of length.
#[derive(Debug)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    pub(super) fn new(mut times: Vec<Duration>) -> Times {
        times.sort();
        Times(times)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The shortest time that `percent` of them do not exceed (nearest rank), in milliseconds; 0 when there are none.
    pub(super) fn percentile_ms(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rank_is_taken() {
        let times = Times::new((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!([50, 95, 99, 100].map(|percent| times.percentile_ms(percent)), [100.0, 190.0, 198.0, 200.0]);
        assert_eq!(Times::new(vec![Duration::from_millis(7)]).percentile_ms(95), 7.0);
        assert_eq!(Times::new(Vec::new()).percentile_ms(95), 0.0);
    }
}

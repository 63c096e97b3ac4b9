//! The end of the start-up phase of a run: the MSER-5 rule, and MSER over batches of another length.
//!
//! Read [`mser5`] first. Give it the series averaged over the replications, so that the chance of one replication is not taken
//! for a start-up, and drop the longer of the two warm-ups from both lines of a comparison. A shift that really starts
//! empty needs no warm-up.

/// How much of the beginning to drop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truncation {
    /// Observations to drop from the beginning, a multiple of those in a batch.
    pub cut: usize,
    /// The best cut is the largest allowed (half of the series): the run is too short for a warm-up to be found.
    pub at_limit: bool,
    /// The MSER statistic at the cut: the squared standard error of the mean of what is left, were it independent.
    /// Infinite when there is nothing to go by.
    pub statistic: f64,
}

/// Observations in a batch: short enough to cut finely, long enough to smooth single observations.
const BATCH: usize = 5;

/// MSER-5 (White 1997; White, Cobb and Spratt 2000): with `Z_j` the means of `m` batches of five,
/// `d* = argmin over 0 <= d <= m/2 of 1/(m-d)² Σ_{j>d} (Z_j - Zbar_d)²`, the smallest `d` on a tie.
///
/// Observations that fill no last batch are left out. A series of fewer than ten observations is at its limit from the
/// start.
pub fn mser5(series: &[f64]) -> Truncation {
    let batches: Vec<f64> =
        series.chunks_exact(BATCH).map(|batch| batch.iter().sum::<f64>() / BATCH as f64).collect();
    let found = mser(&batches);
    Truncation { cut: found.cut * BATCH, ..found }
}

/// The same rule for means of batches: those of a line that repeats a pattern are over whole periods of it, since the rule would
/// else take the pattern for a start-up. A series of fewer than two is at its limit from the start.
pub fn mser(batches: &[f64]) -> Truncation {
    let m = batches.len();
    let limit = m / 2;
    let mut best = (limit, f64::INFINITY);
    // Backwards, so that the mean and the sum of squares of all later batches grow by one batch a step (Welford 1962).
    let (mut level, mut squares) = (0.0, 0.0);
    for d in (0..m).rev() {
        let left = (m - d) as f64;
        let distance = batches[d] - level;
        level += distance / left;
        squares += distance * (batches[d] - level);
        let statistic = squares / (left * left);
        if d <= limit && statistic <= best.1 {
            best = (d, statistic);
        }
    }
    Truncation { cut: best.0, at_limit: best.0 == limit, statistic: best.1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::draws::ResamplingDraws;

    /// The formula as it is written down.
    fn as_written(series: &[f64]) -> (usize, f64) {
        let z: Vec<f64> = series.chunks_exact(5).map(|five| five.iter().sum::<f64>() / 5.0).collect();
        let statistic = |d: usize| {
            let left = &z[d..];
            let mean = left.iter().sum::<f64>() / left.len() as f64;
            left.iter().map(|z| (z - mean) * (z - mean)).sum::<f64>() / (left.len() * left.len()) as f64
        };
        (0..=z.len() / 2).map(|d| (d * 5, statistic(d))).min_by(|a, b| a.1.total_cmp(&b.1)).unwrap()
    }

    #[test]
    fn the_fast_rule_agrees_with_the_formula_as_written() {
        let mut draws = ResamplingDraws(41);
        for length in 10..400 {
            let decay = 100.0 * draws.uniform();
            let start = 20.0 * draws.normal();
            let series: Vec<f64> = (0..length)
                .map(|i| 1e4 + start * libm::exp(-f64::from(i) / decay) + draws.normal())
                .collect();
            let (found, expected) = (mser5(&series), as_written(&series));
            assert_eq!(found.cut, expected.0, "length {length}");
            assert!((found.statistic - expected.1).abs() <= 1e-9 * expected.1);
        }
    }

    #[test]
    fn an_obvious_start_up_is_cut_and_little_more() {
        let mut draws = ResamplingDraws(42);
        let series: Vec<f64> =
            (0..1_000).map(|i| 30.0 - if i < 100 { 20.0 } else { 0.0 } + draws.normal()).collect();
        let warm_up = mser5(&series);
        assert!((100..=150).contains(&warm_up.cut), "{warm_up:?}");
        assert!(!warm_up.at_limit);
    }

    #[test]
    fn a_series_that_only_rises_is_at_its_limit() {
        let series: Vec<f64> = (0..200).map(f64::from).collect();
        let warm_up = mser5(&series);
        assert_eq!((warm_up.cut, warm_up.at_limit), (100, true));
    }

    #[test]
    fn on_a_tie_the_smallest_cut_wins() {
        let constant = mser5(&[0.1; 60]);
        assert_eq!(constant, Truncation { cut: 0, at_limit: false, statistic: 0.0 });
        let step: Vec<f64> = (0..60).map(|i| if i < 10 { 1.0 } else { 0.1 }).collect();
        assert_eq!(mser5(&step), Truncation { cut: 10, at_limit: false, statistic: 0.0 });
    }

    #[test]
    fn the_last_incomplete_batch_is_left_out() {
        let mut series = ResamplingDraws(4).normals(100, 5.0, 1.0);
        let without = mser5(&series);
        series.extend([1e6; 4]);
        assert_eq!(mser5(&series), without);
    }

    #[test]
    fn too_short_a_series_is_at_its_limit() {
        for length in 0..10 {
            let warm_up = mser5(&vec![1.0; length]);
            assert_eq!((warm_up.cut, warm_up.at_limit), (0, true), "{length}");
        }
    }

    #[test]
    fn a_beginning_that_is_no_number_is_cut() {
        let mut series = ResamplingDraws(6).normals(100, 5.0, 1.0);
        series[7] = f64::NAN;
        assert!(mser5(&series).cut >= 10);
        assert!(mser5(&[f64::NAN; 100]).at_limit);
    }
}

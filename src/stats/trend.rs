//! Tests whether a quantity still grows when it should be steady: the sign of a line that gets more work than it can do.
//!
//! Read [`growth`] first. Observations within one run depend on each other, so the slope of one run says nothing about
//! its own accuracy; the slopes of independent replications do.

use super::Interval;

/// How a series rises or falls over its length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// The slope per observation, with its t interval over the replications.
    pub slope: Interval,
    /// The rise over the whole length: the mean slope times the number of observations.
    pub total: f64,
    /// The mean of all observations, to judge the rise by.
    pub level: f64,
}

impl Growth {
    /// Whether the whole interval of the slope is above zero. A steady line is suspected by chance in `a/2` of all
    /// cases, and with many replications a rise too small to matter is seen: weigh `total` against `level` before
    /// warning.
    pub fn is_seen(&self) -> bool {
        self.slope.low().is_some_and(|low| low > 0.0)
    }
}

/// Least-squares slopes of equally spaced observations, one series per replication.
///
/// `None` without replications, when they differ in length or have fewer than two observations, or when an observation
/// is not finite.
pub fn growth(series_per_replication: &[Vec<f64>], confidence: f64) -> Option<Growth> {
    let length = series_per_replication.first()?.len();
    if length < 2 || series_per_replication.iter().any(|series| series.len() != length) {
        return None;
    }
    let slopes: Vec<f64> = series_per_replication.iter().map(|series| slope(series)).collect();
    let levels: Option<Vec<f64>> = series_per_replication.iter().map(|series| super::mean(series)).collect();
    let slope = Interval::of(&slopes, confidence)?;
    Some(Growth { slope, total: slope.mean * length as f64, level: super::mean(&levels?)? })
}

/// `Σ (i - i_mean) y_i / Σ (i - i_mean)²`; the lower sum is `n (n² - 1)/12`.
fn slope(series: &[f64]) -> f64 {
    let n = series.len() as f64;
    let middle = (n - 1.0) / 2.0;
    // The weights add up to zero, so taking the first value off changes nothing but keeps the digits.
    let moment: f64 = series.iter().enumerate().map(|(i, y)| (i as f64 - middle) * (y - series[0])).sum();
    moment / (n * (n * n - 1.0) / 12.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::draws::ResamplingDraws;

    #[test]
    fn the_slope_of_straight_lines_is_exact() {
        let line = |slope: f64| (0..9).map(|i| 4.0 + slope * f64::from(i)).collect::<Vec<_>>();
        let growth = growth(&[line(1.0), line(2.0), line(3.0)], 0.95).unwrap();
        // Slopes 1, 2, 3: mean 2, s = 1, t(2, 0.975) = 4.302653.
        assert!((growth.slope.mean - 2.0).abs() < 1e-14);
        assert!((growth.slope.half_width.unwrap() - 4.302_652_729_749_464 / 3f64.sqrt()).abs() < 1e-12);
        assert!((growth.total - 18.0).abs() < 1e-12);
        assert!((growth.level - 12.0).abs() < 1e-12);
        assert!(!growth.is_seen());
    }

    #[test]
    fn the_slope_is_the_least_squares_one() {
        let mut draws = ResamplingDraws(9);
        let series = draws.normals(40, 3.0, 1.0);
        let best = slope(&series);
        let squares = |slope: f64| {
            let rests: Vec<f64> = series.iter().enumerate().map(|(i, y)| y - slope * i as f64).collect();
            super::super::variance(&rests).unwrap()
        };
        assert!(squares(best) < squares(best + 1e-4) && squares(best) < squares(best - 1e-4));
    }

    #[test]
    fn a_rising_line_is_seen_and_a_steady_or_falling_one_is_not() {
        let mut draws = ResamplingDraws(10);
        let mut runs = |slope: f64| -> Vec<Vec<f64>> {
            (0..10)
                .map(|_| (0..200).map(|i| 50.0 + slope * f64::from(i) + 5.0 * draws.normal()).collect())
                .collect()
        };
        let (rising, falling) = (growth(&runs(0.1), 0.95).unwrap(), growth(&runs(-0.1), 0.95).unwrap());
        assert!(rising.is_seen() && (rising.total - 20.0).abs() < 3.0, "{rising:?}");
        assert!(!falling.is_seen() && (falling.total + 20.0).abs() < 3.0, "{falling:?}");
        // A false alarm in 2.5 % of 400 steady lines: 10, with a standard deviation of 3.
        let alarms = (0..400).filter(|_| growth(&runs(0.0), 0.95).unwrap().is_seen()).count();
        assert!((2..=20).contains(&alarms), "{alarms}");
    }

    #[test]
    fn a_constant_does_not_grow() {
        let growth = growth(&[vec![0.1; 30], vec![0.3; 30]], 0.95).unwrap();
        assert_eq!((growth.slope.mean, growth.slope.half_width, growth.total), (0.0, Some(0.0), 0.0));
        assert!(!growth.is_seen());
    }

    #[test]
    fn one_replication_has_a_slope_but_is_no_proof() {
        let growth = growth(&[vec![1.0, 2.0, 3.0]], 0.95).unwrap();
        assert_eq!((growth.slope.mean, growth.slope.half_width), (1.0, None));
        assert!(!growth.is_seen());
    }

    #[test]
    fn what_has_no_slope_is_none() {
        assert_eq!(growth(&[], 0.95), None);
        assert_eq!(growth(&[vec![1.0]], 0.95), None);
        assert_eq!(growth(&[vec![1.0, 2.0], vec![1.0, 2.0, 3.0]], 0.95), None);
        assert_eq!(growth(&[vec![1.0, f64::NAN]], 0.95), None);
    }
}

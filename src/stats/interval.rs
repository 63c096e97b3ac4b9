//! A mean over independent replications with its confidence interval, and how many replications a narrower one needs.
//!
//! Read [`Interval`] first. The values must be independent, which replications are and the observations within one run
//! are not.

use super::{mean, normal_quantile, student_quantile, variance};

/// A mean and how far from it the truth may be, at the confidence it was made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean of the values.
    pub mean: f64,
    /// Half the width of the interval, finite; `None` when one value says nothing about its spread.
    pub half_width: Option<f64>,
    /// How many values.
    pub n: usize,
}

impl Interval {
    /// The t interval `mean ± t(n-1, 1-a/2) s/√n` (Law 4.5); `None` without values or when one is not finite.
    ///
    /// # Example
    /// Three replications with 38, 39 and 40 parts an hour give 39 ± 2.48 at 95 %.
    pub fn of(values: &[f64], confidence: f64) -> Option<Interval> {
        let n = values.len();
        let half_width = variance(values).and_then(|variance| {
            let error = (variance / n as f64).sqrt();
            half_width(error, confidence, (n - 1) as f64)
        });
        Some(Interval { mean: mean(values)?, half_width, n })
    }

    /// The lower end.
    pub fn low(&self) -> Option<f64> {
        self.half_width.map(|half_width| self.mean - half_width)
    }

    /// The upper end.
    pub fn high(&self) -> Option<f64> {
        self.half_width.map(|half_width| self.mean + half_width)
    }

    /// Whether `x` lies inside, ends included. An interval of unknown width vouches for nothing: it contains no number.
    pub fn contains(&self, x: f64) -> bool {
        self.half_width.is_some_and(|half_width| (x - self.mean).abs() <= half_width)
    }

    /// The half-width as a share of the mean's size; `None` when either is unknown or the mean is zero.
    pub fn relative(&self) -> Option<f64> {
        self.half_width.map(|half_width| half_width / self.mean.abs()).filter(|share| share.is_finite())
    }
}

/// The half-width for that standard error; `None` when the confidence is no probability.
pub(crate) fn half_width(error: f64, confidence: f64, df: f64) -> Option<f64> {
    let half_width = student_quantile(1.0 - 0.5 * (1.0 - confidence), df) * error;
    Some(half_width).filter(|half_width| half_width.is_finite() && *half_width >= 0.0)
}

/// How many replications in all make the interval narrow: the smallest `n` with `t(n-1) s/√n / |mean| <= g/(1+g)`,
/// where `g` is `relative_precision`; dividing by `1+g` keeps the error relative to the *true* mean at `g` (Law 9.4.1).
///
/// Takes mean and `s` from the values at hand, so it is a hint, and a better one the more of them there are. `None`
/// when no number of replications will do (a mean of zero) or nothing can be said (fewer than two values, a precision
/// or confidence that is none, more than a billion replications).
pub fn required_replications(values: &[f64], confidence: f64, relative_precision: f64) -> Option<usize> {
    let spread = variance(values)?.sqrt() / mean(values)?.abs();
    let target = relative_precision / (1.0 + relative_precision);
    let tail = 0.5 * (1.0 - confidence);
    if !(spread.is_finite() && target > 0.0 && tail > 0.0 && tail < 0.5) {
        return None;
    }
    // Student's t is wider than the normal distribution, so the normal answer is too small, but only by a few.
    let with_known_spread = -normal_quantile(tail) * spread / target;
    let least = (with_known_spread * with_known_spread).ceil().max(2.0);
    let enough = |n: &f64| student_quantile(1.0 - tail, n - 1.0) * spread / n.sqrt() <= target;
    (0..100).map(|more| least + f64::from(more)).take_while(|&n| n <= 1e9).find(enough).map(|n| n as usize)
}

/// The confidence each of several comparisons needs so that all of them hold together at `confidence`: Bonferroni's
/// `1 - a/k`, valid also when the comparisons share their random numbers (Law 10.3).
pub fn bonferroni(confidence: f64, comparisons: usize) -> f64 {
    1.0 - (1.0 - confidence) / comparisons.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::draws::ResamplingDraws;

    #[test]
    fn an_interval_worked_by_hand() {
        let interval = Interval::of(&[38.0, 39.0, 40.0], 0.95).unwrap();
        // s = 1, t(2, 0.975) = 4.302653
        let half_width = 4.302_652_729_749_464 / 3f64.sqrt();
        assert_eq!((interval.mean, interval.n), (39.0, 3));
        assert!((interval.half_width.unwrap() - half_width).abs() < 1e-12);
        assert_eq!(interval.low(), Some(39.0 - interval.half_width.unwrap()));
        assert_eq!(interval.high(), Some(39.0 + interval.half_width.unwrap()));
        assert_eq!(interval.relative(), Some(interval.half_width.unwrap() / 39.0));
        assert!(interval.contains(41.48) && !interval.contains(41.49) && !interval.contains(36.51));
    }

    #[test]
    fn one_value_has_a_mean_but_no_width() {
        let interval = Interval::of(&[7.0], 0.95).unwrap();
        assert_eq!(interval, Interval { mean: 7.0, half_width: None, n: 1 });
        assert_eq!((interval.low(), interval.high(), interval.relative()), (None, None, None));
        assert!(!interval.contains(7.0));
    }

    #[test]
    fn no_values_or_values_that_are_none_have_no_interval() {
        assert_eq!(Interval::of(&[], 0.95), None);
        assert_eq!(Interval::of(&[1.0, f64::NAN], 0.95), None);
        assert_eq!(Interval::of(&[1.0, f64::INFINITY], 0.95), None);
    }

    #[test]
    fn values_that_never_vary_have_a_width_of_zero() {
        let interval = Interval::of(&[0.1; 10], 0.95).unwrap();
        assert_eq!(interval, Interval { mean: 0.1, half_width: Some(0.0), n: 10 });
    }

    #[test]
    fn a_confidence_that_is_none_gives_no_width() {
        for confidence in [1.0, -0.5, 1.5, f64::NAN, f64::INFINITY] {
            assert_eq!(Interval::of(&[1.0, 2.0, 3.0], confidence).unwrap().half_width, None, "{confidence}");
        }
    }

    #[test]
    fn ninety_five_percent_means_ninety_five_percent() {
        let mut draws = ResamplingDraws(2026);
        let hits =
            (0..2_000).filter(|_| Interval::of(&draws.normals(10, 38.4, 1.7), 0.95).unwrap().contains(38.4));
        let coverage = hits.count() as f64 / 2_000.0;
        assert!((0.935..=0.965).contains(&coverage), "{coverage}");
    }

    #[test]
    fn the_required_replications_are_the_smallest_number_that_is_enough() {
        let values = ResamplingDraws(3).normals(10, 100.0, 7.0);
        let (spread, g) = (variance(&values).unwrap().sqrt() / mean(&values).unwrap(), 0.02);
        let precision = |n: usize| student_quantile(0.975, (n - 1) as f64) * spread / (n as f64).sqrt();
        let n = required_replications(&values, 0.95, g).unwrap();
        assert!(precision(n) <= g / (1.0 + g) && precision(n - 1) > g / (1.0 + g), "{n}");
        let by_counting = (2..1_000).find(|&n| precision(n) <= g / (1.0 + g));
        assert_eq!(Some(n), by_counting);
    }

    #[test]
    fn two_replications_are_enough_when_nothing_varies_and_none_are_when_the_mean_is_zero() {
        assert_eq!(required_replications(&[5.0, 5.0, 5.0], 0.95, 0.01), Some(2));
        assert_eq!(required_replications(&[-1.0, 1.0], 0.95, 0.01), None);
        assert_eq!(required_replications(&[0.0, 0.0], 0.95, 0.01), None);
        assert_eq!(required_replications(&[1.0], 0.95, 0.01), None);
        assert_eq!(required_replications(&[1.0, 2.0], 0.95, 1e-9), None);
        for nonsense in [0.0, -0.5, f64::NAN] {
            assert_eq!(required_replications(&[1.0, 2.0], 0.95, nonsense), None);
        }
        for nonsense in [1.0, 0.0, f64::NAN] {
            assert_eq!(required_replications(&[1.0, 2.0], nonsense, 0.01), None);
        }
    }

    #[test]
    fn bonferroni_shares_the_error_among_the_comparisons() {
        assert_eq!(bonferroni(0.95, 0), 0.95);
        assert_eq!(bonferroni(0.95, 1), 0.95);
        assert!((bonferroni(0.95, 5) - 0.99).abs() < 1e-15);
    }
}

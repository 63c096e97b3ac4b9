//! Two lines compared replication by replication on common random numbers.
//!
//! Read [`Paired`] first. Both lines use the same random numbers, so chance cancels in the differences, and the interval of the
//! difference is narrower than the intervals of the two means suggest. Lines run on independent seeds: see `welch`.

use super::sample::covariance;
use super::{Interval, variance};
use libm::{expm1, log};

/// What an upgrade changes, and what pairing the replications gained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// The mean of `other - base` and its t interval (Law 10.2.1).
    pub difference: Interval,
    /// The mean change relative to the base; `None` when a value is zero or negative.
    pub relative: Option<RelativeChange>,
    /// The correlation of the two lines over the replications, -1 to 1; `None` when one of them never varies.
    pub correlation: Option<f64>,
    /// How many times more replications independent runs would need for the same interval:
    /// `(s_base² + s_other²) / s_difference²`; `None` when the difference never varies.
    pub variance_reduction: Option<f64>,
}

/// A relative change: 0.1 is ten percent more than the base.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RelativeChange {
    /// The mean of `ln(other / base)`, read as a change: one less than the geometric mean of the quotients.
    pub mean: f64,
    /// The lower end of its interval; `None` with one replication.
    pub low: Option<f64>,
    /// The upper end; `None` with one replication.
    pub high: Option<f64>,
}

impl Paired {
    /// Compares replication `i` of one line with replication `i` of the other; `None` without replications, when their
    /// numbers differ, or when a value is not finite.
    pub fn of(base: &[f64], other: &[f64], confidence: f64) -> Option<Paired> {
        if base.len() != other.len() {
            return None;
        }
        let differences: Vec<f64> = base.iter().zip(other).map(|(&x, &y)| difference(x, y)).collect();
        Some(Paired {
            difference: Interval::of(&differences, confidence)?,
            relative: RelativeChange::of(base, other, confidence),
            correlation: correlation(base, other),
            variance_reduction: variance_reduction(base, other, &differences),
        })
    }

    /// Whether the common random numbers widened the interval instead of narrowing it (a factor below one).
    ///
    /// The interval stays valid. The remedy is to run the other line on its own seed and to use
    /// [`welch`](super::welch()), not to put Welch's formula on the same values: it takes them for independent and
    /// would be too narrow. Lines that have nothing in common get a factor a little below one by chance half the time.
    pub fn pairing_hurt(&self) -> bool {
        self.variance_reduction.is_some_and(|factor| factor < 1.0)
    }
}

impl RelativeChange {
    /// `exp(mean L ± t s_L/√n) - 1` with `L = ln(other/base)`: the interval never falls below -100 %, and swapping the
    /// lines turns a doubling into a halving.
    fn of(base: &[f64], other: &[f64], confidence: f64) -> Option<RelativeChange> {
        if base.iter().chain(other).any(|&value| value.is_nan() || value <= 0.0) {
            return None;
        }
        let quotient = |(&x, &y): (&f64, &f64)| if difference(x, y) == 0.0 { 0.0 } else { log(y / x) };
        let logs: Vec<f64> = base.iter().zip(other).map(quotient).collect();
        let logs = Interval::of(&logs, confidence)?;
        let change = |log: f64| Some(expm1(log)).filter(|change| change.is_finite());
        Some(RelativeChange {
            mean: change(logs.mean)?,
            low: logs.low().and_then(change),
            high: logs.high().and_then(change),
        })
    }

    /// Half the width of the interval, for a table with one column for it. The interval itself is a little longer above
    /// the mean than below.
    pub fn half_width(&self) -> Option<f64> {
        Some(0.5 * (self.high? - self.low?))
    }
}

/// `y - x`, where the last four or so of sixteen digits count as rounding: the same quantities added up in another
/// order are no finding, and on a line without chance they would look like a certain one.
fn difference(x: f64, y: f64) -> f64 {
    let difference = y - x;
    if difference.abs() <= 1e-12 * x.abs().max(y.abs()) { 0.0 } else { difference }
}

fn correlation(xs: &[f64], ys: &[f64]) -> Option<f64> {
    let spread = variance(xs)?.sqrt() * variance(ys)?.sqrt();
    Some(covariance(xs, ys)? / spread).filter(|r| r.is_finite()).map(|r| r.clamp(-1.0, 1.0))
}

fn variance_reduction(base: &[f64], other: &[f64], differences: &[f64]) -> Option<f64> {
    let apart = variance(base)? + variance(other)?;
    Some(apart / variance(differences)?).filter(|factor| factor.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::draws::ResamplingDraws;

    fn close(a: Option<f64>, b: f64) -> bool {
        a.is_some_and(|a| (a - b).abs() <= 1e-12 * b.abs())
    }

    #[test]
    fn a_comparison_worked_by_hand() {
        let paired = Paired::of(&[10.0, 20.0, 30.0], &[11.0, 22.0, 36.0], 0.95).unwrap();
        // D = 1, 2, 6: mean 3, variance 7. Variances 100 and 157, covariance 125.
        assert_eq!((paired.difference.mean, paired.difference.n), (3.0, 3));
        assert!(close(paired.difference.half_width, 4.302_652_729_749_464 * (7.0f64 / 3.0).sqrt()));
        assert!(close(paired.correlation, 125.0 / 15_700f64.sqrt()));
        assert!(close(paired.variance_reduction, 257.0 / 7.0));
        assert!(!paired.pairing_hurt());
    }

    #[test]
    fn the_relative_change_is_the_geometric_mean_of_the_quotients() {
        let relative = Paired::of(&[1.0, 10.0], &[2.0, 80.0], 0.95).unwrap().relative.unwrap();
        // L = ln 2 and 3 ln 2: the mean is ln 4, s/√2 is ln 2, t(1, 0.975) = 12.7062.
        let reach = 12.706_204_736_174_693 * std::f64::consts::LN_2;
        assert!(close(Some(relative.mean), 3.0));
        assert!(close(relative.low, 4.0 * (-reach).exp() - 1.0));
        assert!(close(relative.high, 4.0 * reach.exp() - 1.0));
        assert!(close(relative.half_width(), 2.0 * (reach.exp() - (-reach).exp())));
    }

    #[test]
    fn a_value_of_zero_or_below_has_no_relative_change() {
        for bad in [0.0, -1.0] {
            let paired = Paired::of(&[1.0, bad, 3.0], &[2.0, 3.0, 4.0], 0.95).unwrap();
            assert_eq!(paired.relative, None);
            assert!(paired.difference.half_width.is_some());
        }
    }

    #[test]
    fn one_replication_shows_a_difference_of_unknown_width() {
        let paired = Paired::of(&[4.0], &[5.0], 0.95).unwrap();
        assert_eq!(paired.difference, Interval { mean: 1.0, half_width: None, n: 1 });
        let relative = paired.relative.unwrap();
        assert!(close(Some(relative.mean), 0.25));
        assert_eq!((relative.low, relative.high, relative.half_width()), (None, None, None));
        assert_eq!((paired.correlation, paired.variance_reduction), (None, None));
    }

    #[test]
    fn samples_that_do_not_fit_together_are_not_compared() {
        assert_eq!(Paired::of(&[1.0, 2.0], &[1.0], 0.95), None);
        assert_eq!(Paired::of(&[], &[], 0.95), None);
        assert_eq!(Paired::of(&[1.0, f64::NAN], &[1.0, 2.0], 0.95), None);
        assert_eq!(Paired::of(&[1.0, f64::INFINITY], &[1.0, f64::INFINITY], 0.95), None);
    }

    #[test]
    fn lines_without_chance_have_no_correlation_and_no_width() {
        let paired = Paired::of(&[3.0; 5], &[4.0; 5], 0.95).unwrap();
        assert_eq!(paired.difference, Interval { mean: 1.0, half_width: Some(0.0), n: 5 });
        assert_eq!((paired.correlation, paired.variance_reduction), (None, None));
        assert!(!paired.pairing_hurt());
    }

    #[test]
    fn the_same_sum_in_another_order_is_no_difference() {
        let (x, y) = (0.1 + (0.2 + 0.3), (0.1 + 0.2) + 0.3);
        assert_ne!(x, y);
        let paired = Paired::of(&[x; 5], &[y; 5], 0.95).unwrap();
        assert_eq!(paired.difference, Interval { mean: 0.0, half_width: Some(0.0), n: 5 });
        assert_eq!(paired.relative.unwrap(), RelativeChange { mean: 0.0, low: Some(0.0), high: Some(0.0) });
    }

    #[test]
    fn shared_noise_narrows_the_interval_and_opposite_noise_widens_it() {
        let mut draws = ResamplingDraws(11);
        let noise = draws.normals(30, 0.0, 2.0);
        let mut line =
            |share: f64| noise.iter().map(|n| 50.0 + share * n + draws.normal()).collect::<Vec<_>>();
        let (base, like, unlike) = (line(1.0), line(1.0), line(-1.0));
        let together = Paired::of(&base, &like, 0.95).unwrap();
        let against = Paired::of(&base, &unlike, 0.95).unwrap();
        assert!(together.correlation.unwrap() > 0.5 && together.variance_reduction.unwrap() > 2.0);
        assert!(against.correlation.unwrap() < -0.5 && against.pairing_hurt());
        assert!(together.difference.half_width < against.difference.half_width);
    }

    #[test]
    fn the_intervals_of_difference_and_relative_change_cover_the_truth() {
        let mut draws = ResamplingDraws(5);
        let (mut differences, mut changes) = (0, 0);
        for _ in 0..2_000 {
            // The quotient is lognormal around 1.1 exactly; the difference is normal around 4.
            let base: Vec<f64> = (0..10).map(|_| libm::exp(3.0 + 0.2 * draws.normal())).collect();
            let scaled: Vec<f64> = base.iter().map(|x| x * 1.1 * libm::exp(0.05 * draws.normal())).collect();
            let shifted: Vec<f64> = base.iter().map(|x| x + 4.0 + 0.5 * draws.normal()).collect();
            let change = Paired::of(&base, &scaled, 0.95).unwrap().relative.unwrap();
            changes += usize::from(change.low.unwrap() <= 0.1 && 0.1 <= change.high.unwrap());
            differences += usize::from(Paired::of(&base, &shifted, 0.95).unwrap().difference.contains(4.0));
        }
        assert!((1_870..=1_930).contains(&differences), "{differences}");
        assert!((1_870..=1_930).contains(&changes), "{changes}");
    }
}

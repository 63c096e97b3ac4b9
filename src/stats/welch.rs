//! Two lines compared on independent random numbers, each with its own spread and number of replications.
//!
//! Read [`welch`] first. With common random numbers the replications are no longer independent: use `Paired`.

use super::interval::half_width;
use super::{Interval, mean, variance};

/// The difference of two independent means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Welch {
    /// `mean(other) - mean(base)` with its interval; `n` is the smaller number of replications.
    pub difference: Interval,
    /// Satterthwaite's degrees of freedom; `None` when one line has a single replication or neither varies.
    pub degrees_of_freedom: Option<f64>,
}

/// Welch's interval (Law 10.2.2): `t(df, 1-a/2) √(u + v)` around the difference, where `u = s_x²/n`, `v = s_y²/m` and
/// `df = (u+v)² / (u²/(n-1) + v²/(m-1))` after Satterthwaite (1946).
///
/// `None` when a line has no replications or a value is not finite.
pub fn welch(base: &[f64], other: &[f64], confidence: f64) -> Option<Welch> {
    let n = base.len().min(other.len());
    let mean = Some(mean(other)? - mean(base)?).filter(|difference| difference.is_finite())?;
    let errors = squared_error(base).zip(squared_error(other));
    let degrees_of_freedom = errors.and_then(|(u, v)| {
        // Shares of the sum instead of squares: those would underflow for very small values.
        let (u, v) = (u / (u + v), v / (u + v));
        let weight = u * u / (base.len() - 1) as f64 + v * v / (other.len() - 1) as f64;
        Some(1.0 / weight).filter(|df| df.is_finite())
    });
    let half_width = match (errors, degrees_of_freedom) {
        (Some((u, v)), Some(df)) => half_width((u + v).sqrt(), confidence, df),
        (Some((u, v)), None) if u + v == 0.0 => Some(0.0),
        _ => None,
    };
    Some(Welch { difference: Interval { mean, half_width, n }, degrees_of_freedom })
}

/// The squared standard error of a mean.
fn squared_error(values: &[f64]) -> Option<f64> {
    variance(values).map(|variance| variance / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{draws::ResamplingDraws, student_quantile};

    #[test]
    fn a_comparison_worked_by_hand() {
        // Means 2 and 5, variances 1 and 20/3: u = 1/3, v = 5/3, df = 4 / (1/18 + 25/27) = 216/53.
        let welch = welch(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0, 8.0], 0.95).unwrap();
        assert!((welch.degrees_of_freedom.unwrap() - 216.0 / 53.0).abs() < 1e-13);
        assert_eq!((welch.difference.mean, welch.difference.n), (3.0, 3));
        let half_width = student_quantile(0.975, 216.0 / 53.0) * 2f64.sqrt();
        assert!((welch.difference.half_width.unwrap() - half_width).abs() < 1e-12);
    }

    #[test]
    fn equal_samples_have_the_degrees_of_freedom_of_both_together() {
        let values = [1.0, 2.0, 4.0, 8.0];
        let welch = welch(&values, &values, 0.95).unwrap();
        assert!((welch.degrees_of_freedom.unwrap() - 6.0).abs() < 1e-12);
    }

    #[test]
    fn lines_that_never_vary_differ_for_certain() {
        let welch = welch(&[3.0; 4], &[5.0; 6], 0.95).unwrap();
        assert_eq!(welch.difference, Interval { mean: 2.0, half_width: Some(0.0), n: 4 });
        assert_eq!(welch.degrees_of_freedom, None);
    }

    #[test]
    fn too_few_values_leave_the_width_or_everything_open() {
        let one = welch(&[3.0], &[5.0, 6.0], 0.95).unwrap();
        assert_eq!(one.difference, Interval { mean: 2.5, half_width: None, n: 1 });
        assert_eq!(welch(&[], &[5.0, 6.0], 0.95), None);
        assert_eq!(welch(&[1.0, f64::NAN], &[5.0, 6.0], 0.95), None);
    }

    #[test]
    fn the_interval_covers_the_truth_for_unequal_spreads_and_numbers() {
        let mut draws = ResamplingDraws(8);
        let mut hits = 0;
        for _ in 0..2_000 {
            let (base, other) = (draws.normals(6, 20.0, 1.0), draws.normals(15, 23.0, 4.0));
            hits += usize::from(welch(&base, &other, 0.95).unwrap().difference.contains(3.0));
        }
        assert!((1_870..=1_930).contains(&hits), "{hits}");
    }
}

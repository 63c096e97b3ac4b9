//! Mean, variance, covariance and quantiles of a handful of values, computed without subtracting squares, which loses digits.
//!
//! Values that are all the same have a variance of exactly zero: a line without chance must not seem to vary by
//! rounding.

/// The arithmetic mean; `None` without values or when one of them is not finite.
pub fn mean(values: &[f64]) -> Option<f64> {
    let &first = values.first()?;
    // Sums of distances from the first value keep their digits when the values are large and close together.
    let distance: f64 = values.iter().map(|value| value - first).sum();
    Some(first + distance / values.len() as f64).filter(|mean| mean.is_finite())
}

/// The sample variance (divisor `n - 1`); `None` with fewer than two values or when one of them is not finite.
pub fn variance(values: &[f64]) -> Option<f64> {
    covariance(values, values)
}

/// The sample covariance (divisor `n - 1`) of two samples of the same length, in two passes: distances from the means
/// first, so that no large squares are subtracted.
pub(crate) fn covariance(xs: &[f64], ys: &[f64]) -> Option<f64> {
    if xs.len() != ys.len() || xs.len() < 2 {
        return None;
    }
    let (x_mean, y_mean) = (mean(xs)?, mean(ys)?);
    let products: f64 = xs.iter().zip(ys).map(|(x, y)| (x - x_mean) * (y - y_mean)).sum();
    Some(products / (xs.len() - 1) as f64).filter(|covariance| covariance.is_finite())
}

/// The `p` quantile of values sorted upwards, interpolated between neighbours (type 7 of Hyndman and Fan 1996, the
/// default of R and NumPy). `p` is kept between 0 and 1; `None` without values.
pub fn quantile_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = p.clamp(0.0, 1.0) * last as f64;
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let share = place - below as f64;
    Some(sorted[below] * (1.0 - share) + sorted[above] * share).filter(|value| !value.is_nan())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::draws::ResamplingDraws;

    #[test]
    fn mean_and_variance_of_a_sample_worked_by_hand() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_eq!(mean(&values), Some(5.0));
        assert_eq!(variance(&values), Some(32.0 / 7.0));
        assert_eq!(covariance(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
    }

    #[test]
    fn values_that_are_all_the_same_do_not_vary_at_all() {
        for value in [0.1, 1.0 / 3.0, 1e300, -7e-300] {
            let same = [value; 7];
            assert_eq!((mean(&same), variance(&same)), (Some(value), Some(0.0)));
        }
    }

    #[test]
    fn a_large_common_level_takes_no_digits_from_the_variance() {
        let small = ResamplingDraws(1).normals(50, 0.0, 1.0);
        // Rounded to 2^-20, so that adding the level of 2^30 is exact and the variances must agree.
        let small: Vec<f64> = small.iter().map(|x| (x * 1_048_576.0).round() / 1_048_576.0).collect();
        let large: Vec<f64> = small.iter().map(|x| x + 1_073_741_824.0).collect();
        let (small, large) = (variance(&small).unwrap(), variance(&large).unwrap());
        assert!((large / small - 1.0).abs() < 1e-14, "{large} {small}");
    }

    #[test]
    fn what_cannot_be_computed_is_none() {
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[1.0, f64::NAN]), None);
        assert_eq!(mean(&[f64::INFINITY]), None);
        assert_eq!(variance(&[1.0]), None);
        assert_eq!(variance(&[1e200, -1e200]), None);
        assert_eq!(covariance(&[1.0, 2.0], &[1.0]), None);
        assert_eq!(quantile_sorted(&[], 0.5), None);
    }

    #[test]
    fn quantiles_interpolate_between_neighbours() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile_sorted(&sorted, 0.0), Some(1.0));
        assert_eq!(quantile_sorted(&sorted, 0.5), Some(3.0));
        assert_eq!(quantile_sorted(&sorted, 0.75), Some(5.0));
        assert_eq!(quantile_sorted(&sorted, 1.0), Some(8.0));
        assert_eq!(quantile_sorted(&sorted, 7.0), Some(8.0));
        assert_eq!(quantile_sorted(&sorted, f64::NAN), None);
        assert_eq!(quantile_sorted(&[3.5], 0.9), Some(3.5));
    }
}

//! Quantiles of Student's t distribution: how wide an interval from few values must be.
//!
//! Read [`student_quantile`] first. The incomplete beta function under it is in `special`.

use super::special::{beta_kernel, normal_quantile, regularised_beta};

/// The value below which Student's t with `df` degrees of freedom stays with probability `p`.
///
/// For a two-sided interval at confidence `1 - a` pass `1 - a/2`. `df` may be fractional. Solves
/// `P(|T| > t) = I_x(df/2, 1/2)` with `x = df/(df + t²)` (Abramowitz and Stegun 26.7.1) by a safeguarded Newton
/// iteration. Relative error below 1e-11 when `df` is at least 1 and `p` at least 1e-14 away from 0 and 1; about a
/// microsecond. Infinite at 0 and 1; NaN for `p` outside 0..1 and for `df` that is not positive.
pub fn student_quantile(p: f64, df: f64) -> f64 {
    if df.is_nan() || df <= 0.0 || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let beyond = p.min(1.0 - p);
    let size = if beyond == 0.0 {
        f64::INFINITY
    } else if beyond == 0.5 {
        0.0
    } else if df > MANY {
        expansion(-normal_quantile(beyond), df)
    } else if beyond < 0.25 {
        solve(Tail::Beyond, 2.0 * beyond, df, expansion(-normal_quantile(beyond), df))
    } else {
        solve(Tail::Within, 1.0 - 2.0 * beyond, df, -normal_quantile(beyond))
    };
    size.copysign(p - 0.5)
}

/// Above so many degrees of freedom the expansion errs by less than 1e-11, even in tails of 1e-14, and the gamma
/// functions in the exact form begin to cancel.
const MANY: f64 = 10_000.0;

/// The expansion of t about the normal quantile `z` (Abramowitz and Stegun 26.7.5).
fn expansion(z: f64, df: f64) -> f64 {
    let s = z * z;
    let first = z * (s + 1.0) / 4.0;
    let second = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let third = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    z + (first + (second + third / df) / df) / df
}

/// Which of the two probabilities is the smaller one, and so is known to more digits.
#[derive(Clone, Copy, PartialEq)]
enum Tail {
    /// `|T| < t`
    Within,
    /// `|T| > t`
    Beyond,
}

/// The `t` at which the probability of that side is `target`.
///
/// Newton in `ln t` on `ln P`: both tails of t and its centre are nearly straight there, so a few steps do. The root
/// stays between two bounds; a step that would leave them is replaced by one to their geometric middle.
fn solve(side: Tail, target: f64, df: f64, start: f64) -> f64 {
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut t = start.max(1e-300);
    for _ in 0..200 {
        let (probability, slope) = probability(side, t, df);
        let excess = libm::log(probability / target);
        if (excess > 0.0) == (side == Tail::Beyond) {
            low = t;
        } else {
            high = t;
        }
        let step = -excess * probability / slope;
        let next = t * libm::exp(step);
        // Newton squares the error, so the step after one of 1e-8 could change nothing.
        if step.abs() < 1e-8 {
            return next;
        }
        t = if next > low && next < high { next } else { between(low, high) };
        if !t.is_finite() {
            break;
        }
    }
    t
}

/// The probability of that side at `t`, and its slope in `ln t`.
fn probability(side: Tail, t: f64, df: f64) -> (f64, f64) {
    let square = t * t;
    let (beyond, within) = (df / (df + square), square / (df + square));
    // t times the density, on both sides of zero, is the kernel of the beta function.
    let slope = 2.0 * beta_kernel(0.5, 0.5 * df, within);
    match side {
        Tail::Within => (regularised_beta(0.5, 0.5 * df, within), slope),
        Tail::Beyond => (regularised_beta(0.5 * df, 0.5, beyond), -slope),
    }
}

fn between(low: f64, high: f64) -> f64 {
    match (low > 0.0, high.is_finite()) {
        (true, true) => (low * high).sqrt(),
        (true, false) => low * 8.0,
        (false, _) => high / 8.0,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::excessive_precision, reason = "reference values as computed")]

    use super::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    fn close(found: f64, expected: f64, relative: f64) -> bool {
        (found - expected).abs() <= relative * expected.abs()
    }

    #[test]
    fn quantiles_agree_with_the_printed_table() {
        // Rows: degrees of freedom; columns: 0.90, 0.95, 0.975, 0.995, 0.9995.
        let table = [
            (1.0, [3.077684, 6.313752, 12.706205, 63.656741, 636.619249]),
            (2.0, [1.885618, 2.919986, 4.302653, 9.924843, 31.599055]),
            (5.0, [1.475884, 2.015048, 2.570582, 4.032143, 6.868827]),
            (9.0, [1.383029, 1.833113, 2.262157, 3.249836, 4.780913]),
            (19.0, [1.327728, 1.729133, 2.093024, 2.860935, 3.883406]),
            (29.0, [1.311434, 1.699127, 2.045230, 2.756386, 3.659405]),
            (120.0, [1.288646, 1.657651, 1.979930, 2.617421, 3.373454]),
        ];
        for (df, row) in table {
            for (p, expected) in [0.90, 0.95, 0.975, 0.995, 0.9995].into_iter().zip(row) {
                let found = student_quantile(p, df);
                assert!((found - expected).abs() < 6e-7, "{p} {df}: {found}, not {expected}");
            }
        }
    }

    #[test]
    fn one_and_two_degrees_of_freedom_have_closed_forms() {
        for i in 1..1_000 {
            let p = 0.5 + f64::from(i) / 2_000.0;
            let cauchy = libm::tan(std::f64::consts::PI * (p - 0.5));
            assert!(close(student_quantile(p, 1.0), cauchy, 1e-13), "{p}");
            let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            assert!(close(student_quantile(p, 2.0), two, 1e-13), "{p}");
        }
    }

    #[test]
    fn quantiles_agree_with_a_computation_in_forty_digits() {
        let exact = [
            (0.501, 1.5, 0.0029348392372056880751),
            (0.9999, 1.0, 3183.0987571185014745),
            (0.9999, 4.0754, 12.669843098526483649),
            (0.975, 29.0, 2.0452296421327038745),
            (0.501, 600.0, 0.0025076755528188869342),
            (0.75, 1000.0, 0.67473516460700943738),
            (0.9999, 1000.0, 3.7328516045753962333),
            (0.501, 10_001.0, 0.002506693560255100859),
            (0.9999, 10_001.0, 3.7203957311473370619),
        ];
        for (p, df, expected) in exact {
            let found = student_quantile(p, df);
            assert!(close(found, expected, 1e-11), "{p} {df}: {found}, not {expected}");
        }
    }

    #[test]
    fn quantiles_invert_the_distribution_of_an_independent_library() {
        let fractional = [1.5, 4.0754, 17.3, 333.3];
        for df in (1..=1_000).map(f64::from).chain(fractional) {
            let reference = StudentsT::new(0.0, 1.0, df).unwrap();
            for p in [0.501, 0.55, 0.6, 0.749, 0.75, 0.8, 0.9, 0.95, 0.975, 0.995, 0.9999] {
                let beyond = reference.sf(student_quantile(p, df));
                // The library is good to about 1e-11 here; its own quantiles only to 1e-8.
                assert!(close(beyond, 1.0 - p, 1e-10), "{p} {df}: {beyond}");
            }
        }
    }

    #[test]
    fn quantiles_are_symmetric_and_end_in_infinity() {
        for df in [0.7, 1.0, 8.5, 20_000.0] {
            for i in 1..64 {
                let p = f64::from(i) / 64.0;
                assert_eq!(student_quantile(p, df), -student_quantile(1.0 - p, df), "{p} {df}");
            }
            assert_eq!(student_quantile(0.5, df), 0.0);
            assert_eq!(student_quantile(1.0, df), f64::INFINITY);
            assert_eq!(student_quantile(0.0, df), f64::NEG_INFINITY);
        }
    }

    #[test]
    fn more_degrees_of_freedom_always_narrow_the_interval() {
        for p in [0.6, 0.95, 0.9999] {
            let mut before = f64::INFINITY;
            // Across the border where the expansion takes over.
            for df in (1..300).chain(9_950..10_050) {
                let t = student_quantile(p, f64::from(df));
                assert!(t < before && t > normal_quantile(p), "{p} {df}");
                before = t;
            }
        }
    }

    #[test]
    fn nonsense_has_no_quantile() {
        for (p, df) in [(0.9, 0.0), (0.9, -1.0), (0.9, f64::NAN), (-0.1, 5.0), (1.1, 5.0), (f64::NAN, 5.0)] {
            assert!(student_quantile(p, df).is_nan(), "{p} {df}");
        }
        assert!(!student_quantile(1e-300, 0.01).is_nan());
    }
}

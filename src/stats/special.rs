//! The normal quantile and the incomplete beta function, with the same bits on every platform.
//!
//! [`normal_quantile`] also turns uniform numbers into normal ones, so it is fast: nine values out of ten need nothing
//! but additions, multiplications and one division. Quantiles of Student's t are in `student`.
#![expect(
    clippy::excessive_precision,
    reason = "coefficients as printed in the paper, to be compared with it"
)]

use libm::{exp, lgamma, log, log1p};

/// The value below which a standard normal variable stays with probability `p`.
///
/// Algorithm AS 241 (PPND16) of Wichura, *Applied Statistics* 37 (1988): relative error about 1e-16. Minus infinity at
/// 0, infinity at 1, NaN outside.
#[inline]
pub fn normal_quantile(p: f64) -> f64 {
    let centre = p - 0.5;
    if centre.abs() <= 0.425 {
        let r = 0.180625 - centre * centre;
        centre * ratio(&MIDDLE, r)
    } else {
        normal_tail(p, centre)
    }
}

/// The part of AS 241 beyond 0.925 and below 0.075.
fn normal_tail(p: f64, centre: f64) -> f64 {
    let beyond = if centre < 0.0 { p } else { 1.0 - p };
    if beyond == 0.0 {
        return f64::INFINITY.copysign(centre);
    }
    let r = log(beyond);
    let r = (-r).sqrt();
    let size = if r <= 5.0 { ratio(&TAIL, r - 1.6) } else { ratio(&FAR_TAIL, r - 5.0) };
    size.copysign(centre)
}

/// Numerator and denominator of a rational function of degree seven, lowest power first.
type Rational = [[f64; 8]; 2];

#[inline]
fn ratio([above, below]: &Rational, r: f64) -> f64 {
    polynomial(above, r) / polynomial(below, r)
}

#[inline]
fn polynomial(c: &[f64; 8], r: f64) -> f64 {
    ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0]
}

const MIDDLE: Rational = [
    [
        3.387132872796366608,
        133.14166789178437745,
        1971.5909503065514427,
        13731.693765509461125,
        45921.953931549871457,
        67265.770927008700853,
        33430.575583588128105,
        2509.0809287301226727,
    ],
    [
        1.0,
        42.313330701600911252,
        687.1870074920579083,
        5394.1960214247511077,
        21213.794301586595867,
        39307.89580009271061,
        28729.085735721942674,
        5226.495278852545925,
    ],
];

const TAIL: Rational = [
    [
        1.42343711074968357734,
        4.6303378461565452959,
        5.7694972214606914055,
        3.64784832476320460504,
        1.27045825245236838258,
        0.24178072517745061177,
        0.0227238449892691845833,
        7.7454501427834140764e-4,
    ],
    [
        1.0,
        2.05319162663775882187,
        1.6763848301838038494,
        0.68976733498510000455,
        0.14810397642748007459,
        0.0151986665636164571966,
        5.475938084995344946e-4,
        1.05075007164441684324e-9,
    ],
];

const FAR_TAIL: Rational = [
    [
        6.6579046435011037772,
        5.4637849111641143699,
        1.7848265399172913358,
        0.29656057182850489123,
        0.026532189526576123093,
        0.0012426609473880784386,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ],
    [
        1.0,
        0.59983220655588793769,
        0.13692988092273580531,
        0.0148753612908506148525,
        7.868691311456132591e-4,
        1.8463183175100546818e-5,
        1.4215117583164458887e-7,
        2.04426310338993978564e-15,
    ],
];

/// The regularised incomplete beta function `I_x(a, b)`: the probability that a beta(a, b) variable is below `x`.
///
/// Continued fraction DLMF 8.17.22 on the side where it converges fast; relative error about 1e-12 for `a` and `b` up
/// to 5,000, growing with them since the gamma functions cancel. `a` and `b` must be positive; `x` outside 0..1 counts
/// as the nearer end.
pub(crate) fn regularised_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else if x <= (a + 1.0) / (a + b + 2.0) {
        beta_kernel(a, b, x) * beta_fraction(a, b, x) / a
    } else {
        1.0 - beta_kernel(b, a, 1.0 - x) * beta_fraction(b, a, 1.0 - x) / b
    }
}

/// `x^a (1-x)^b / B(a, b)`, the factor before the fraction, and `x (1-x)` times the density of beta(a, b).
pub(crate) fn beta_kernel(a: f64, b: f64, x: f64) -> f64 {
    exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
}

/// `1/(1 + d1/(1 + d2/(1 + ...)))` by the method of Lentz as modified by Thompson and Barnett (1986).
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let (mut c, mut fraction) = (1.0, d);
    // On the fast side the number of terms grows with the root of the larger parameter: about 100 for 5,000.
    for m in 1..2_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

/// A denominator that has become zero is nudged; the next step of the fraction makes up for it.
fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal_below(x: f64) -> f64 {
        0.5 * libm::erfc(-x / 2f64.sqrt())
    }

    #[test]
    fn normal_quantiles_agree_with_the_printed_checks_of_as_241() {
        assert!((normal_quantile(0.25) + 0.674_489_750_196_081_7).abs() < 2e-16);
        assert!((normal_quantile(0.001) + 3.090_232_306_167_813_5).abs() < 1e-15);
        assert!((normal_quantile(1e-20) + 9.262_340_089_798_408).abs() < 4e-15);
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
    }

    #[test]
    fn normal_quantiles_invert_the_normal_distribution() {
        // erfc itself loses digits of order x^2 far out, hence the growing allowance.
        for i in 1..4_000 {
            let p = libm::exp(-f64::from(i) * 0.15);
            let x = normal_quantile(p);
            let allowed = 1e-15 * (4.0 + x * x);
            assert!((normal_below(x) / p - 1.0).abs() < allowed, "{p} {x} {}", normal_below(x) / p - 1.0);
        }
    }

    #[test]
    fn normal_quantiles_are_symmetric_and_rise() {
        let mut before = f64::NEG_INFINITY;
        for i in 1..4_096 {
            let p = f64::from(i) / 4_096.0;
            let x = normal_quantile(p);
            assert_eq!(x, -normal_quantile(1.0 - p));
            assert!(x > before, "{p}");
            before = x;
        }
        assert_eq!(normal_quantile(0.5), 0.0);
    }

    #[test]
    fn beyond_certainty_there_is_no_normal_quantile() {
        assert!(
            normal_quantile(-0.1).is_nan()
                && normal_quantile(1.1).is_nan()
                && normal_quantile(f64::NAN).is_nan()
        );
    }

    #[test]
    fn the_incomplete_beta_function_has_its_closed_forms() {
        for i in 1..100 {
            let x = f64::from(i) / 100.0;
            let power = regularised_beta(7.5, 1.0, x) / libm::pow(x, 7.5);
            assert!((power - 1.0).abs() < 1e-13, "{x} {power}");
            let arcsine = 2.0 / std::f64::consts::PI * libm::asin(x.sqrt());
            assert!((regularised_beta(0.5, 0.5, x) / arcsine - 1.0).abs() < 1e-13, "{x}");
        }
    }

    #[test]
    fn the_incomplete_beta_function_and_its_complement_add_up_to_one() {
        for (a, b) in [(0.5, 40.0), (3.0, 2.0), (700.0, 0.5), (5_000.0, 4_000.0)] {
            for i in 0..=50 {
                let x = f64::from(i) / 50.0;
                let sum = regularised_beta(a, b, x) + regularised_beta(b, a, 1.0 - x);
                assert!((sum - 1.0).abs() < 1e-10, "{a} {b} {x} {sum}");
            }
        }
    }
}

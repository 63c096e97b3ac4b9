//! The functions of real numbers that distributions need, with the same bits on every machine.
//!
//! Everything here is additions, multiplications, divisions, square roots and bit operations in a fixed order (IEEE 754
//! fixes their results), or comes from `libm`, which is made of the same. Read [`ln_of_share`] first: it is the one
//! function that a simulation calls for every exponential draw.

/// The natural logarithm of a share, `0 < x <= 1`, within 2 units in the last place.
#[inline]
pub(crate) fn ln_of_share(x: f64) -> f64 {
    let (most, rest) = ln_in_two(x);
    most + rest
}

/// The natural logarithm of a share in two parts, of which the second is small; the first is known much earlier.
///
/// `x = 2^k z` with `z` in [0.6875, 1.375); `z` lies near one of 128 centres `c` of a table; then
/// `ln x = k ln 2 + ln c + ln(1 + r)` with `r = (z - c) / c`, at most 2^-7, and seven terms of the series for the last one.
/// The table spares the division on which the usual methods wait, and the terms are added in pairs so that they wait
/// little for each other: a simulation draws a logarithm for every operation.
#[inline(always)]
pub(crate) fn ln_in_two(x: f64) -> (f64, f64) {
    debug_assert!((f64::MIN_POSITIVE..=1.0).contains(&x), "not a share: {x}");
    let above = x.to_bits().wrapping_sub(LOWEST_BITS);
    let k = (above as i64 >> 52) as f64;
    let z = f64::from_bits(x.to_bits().wrapping_sub(above & (0xfff << 52)));
    let near = &CENTRES[(above >> 45) as usize & 127];
    let r = (z - near.centre) * near.inverse;
    let r2 = r * r;
    let first = -1.0 / 2.0 + r * (1.0 / 3.0);
    let second = -1.0 / 4.0 + r * (1.0 / 5.0);
    let third = -1.0 / 6.0 + r * (1.0 / 7.0);
    let series = r2 * first + (r2 * r2) * (second + r2 * third);
    (k * LN_2_HIGH + near.logarithm, (r + k * LN_2_LOW) + series)
}

// ln 2 in two parts; the first has 21 trailing zero bits, so that its products with exponents are exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// The bits of 0.6875, where the reduced range begins: away from 1, so that nothing cancels near 1.
const LOWEST_BITS: u64 = 0x3fe6_0000_0000_0000;

#[derive(Clone, Copy)]
struct Centre {
    centre: f64,
    inverse: f64,
    logarithm: f64,
}

static CENTRES: [Centre; 128] = centres();

const fn centres() -> [Centre; 128] {
    let mut all = [Centre { centre: 1.0, inverse: 1.0, logarithm: 0.0 }; 128];
    let mut i = 0;
    while i < 128 {
        let low = f64::from_bits(LOWEST_BITS + ((i as u64) << 45));
        let high = f64::from_bits(LOWEST_BITS + ((i as u64 + 1) << 45));
        // The two steps that touch 1 share the centre 1, so that ln is exact there.
        if low != 1.0 && high != 1.0 {
            let centre = 0.5 * (low + high);
            all[i] = Centre { centre, inverse: 1.0 / centre, logarithm: ln_by_series(centre) };
        }
        i += 1;
    }
    all
}

/// ln c = 2 artanh((c - 1) / (c + 1)), where the argument is at most 0.19: 16 terms reach 1e-23.
const fn ln_by_series(c: f64) -> f64 {
    let s = (c - 1.0) / (c + 1.0);
    let mut sum = 0.0;
    let mut odd = 31;
    while odd > 1 {
        sum = (sum + 1.0 / odd as f64) * (s * s);
        odd -= 2;
    }
    2.0 * (s + s * sum)
}

/// The share of a standard normal below `z`.
pub(crate) fn normal_share_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The density of the standard normal at `z`.
pub(crate) fn normal_density(z: f64) -> f64 {
    const ONE_BY_ROOT_TWO_PI: f64 = 0.398_942_280_401_432_7;
    ONE_BY_ROOT_TWO_PI * libm::exp(-0.5 * z * z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::stream::{SplitMix, unit};
    use crate::stats::normal_quantile;
    use statrs::distribution::{ContinuousCDF, Normal};

    fn ulps_from_libm(x: f64) -> f64 {
        let exact = libm::log(x);
        let ulp = exact.abs().next_up() - exact.abs();
        (ln_of_share(x) - exact).abs() / ulp
    }

    #[test]
    fn the_logarithm_of_a_share_agrees_with_libm_to_two_units_in_the_last_place() {
        let mut numbers = SplitMix(7);
        for _ in 0..500_000 {
            let share = numbers.unit();
            for x in [share, 1.0 - share / 16.0, 1.0 - share / 4096.0, share * share * share] {
                assert!(ulps_from_libm(x) <= 2.0, "{x:e}: {} ulp", ulps_from_libm(x));
            }
        }
        for x in
            [unit(0), unit(u64::MAX), 0.6875, 0.6875f64.next_down(), 0.5, 0.75, 1.0f64.next_down(), 1e-300]
        {
            assert!(ulps_from_libm(x) <= 2.0, "{x:e}: {} ulp", ulps_from_libm(x));
        }
        assert_eq!(ln_of_share(1.0), 0.0);
    }

    #[test]
    fn the_logarithm_of_a_share_grows_with_the_share() {
        let mut numbers = SplitMix(8);
        let mut shares: Vec<f64> = (0..200_000).map(|_| numbers.unit()).collect();
        shares.sort_by(f64::total_cmp);
        let logarithms: Vec<f64> = shares.iter().map(|&share| ln_of_share(share)).collect();
        assert!(logarithms.is_sorted());
    }

    #[test]
    fn the_normal_quantile_is_the_published_one() {
        // Wichura's own checks, and the point every p10/p90 needs.
        let known = [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_5),
            (1e-20, -9.262_340_089_798_408),
            (0.9, 1.281_551_565_544_600_4),
        ];
        for (p, z) in known {
            assert!((normal_quantile(p) / z - 1.0).abs() < 1e-15, "{p}: {}", normal_quantile(p));
        }
        assert_eq!(normal_quantile(0.5), 0.0);
    }

    #[test]
    fn the_normal_quantile_inverts_the_share_below() {
        let theirs = Normal::standard();
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            assert!((normal_share_below(normal_quantile(p)) - p).abs() < 1e-15 * 4.0, "{p}");
            assert!((normal_quantile(p) - theirs.inverse_cdf(p)).abs() < 1e-9, "{p}");
        }
    }
}

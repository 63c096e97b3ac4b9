//! The distributions against theory, against another implementation, and against their own past.

use crate::kernel::{Distribution, Purpose, Stream, Time, Unfit};
use statrs::distribution as theirs;
use statrs::distribution::ContinuousCDF;

/// One distribution of every kind and of every way of sampling.
fn distributions() -> Vec<(&'static str, Distribution)> {
    let mixed = vec![
        (0.9, distribution(Distribution::gamma(60.0, 15.0))),
        (0.1, distribution(Distribution::exponential(600.0))),
    ];
    vec![
        ("uniform", distribution(Distribution::uniform(10.0, 30.0))),
        ("triangular", distribution(Distribution::triangular(10.0, 12.0, 30.0))),
        ("normal", distribution(Distribution::normal(60.0, 6.0))),
        ("normal, half cut", distribution(Distribution::normal(1.0, 2.0))),
        ("exponential", distribution(Distribution::exponential(7200.0))),
        ("gamma", distribution(Distribution::gamma(62.0, 15.5))),
        ("gamma, wild", distribution(Distribution::gamma(10.0, 20.0))),
        ("erlang", distribution(Distribution::erlang(62.0, 3))),
        ("lognormal", distribution(Distribution::lognormal(240.0, 120.0))),
        ("lognormal by points", distribution(Distribution::lognormal_p10_p90(100.0, 400.0))),
        ("weibull", distribution(Distribution::weibull(100.0, 1.5))),
        ("weibull by mean", distribution(Distribution::weibull_with_mean(100.0, 0.8))),
        ("weibull by points", distribution(Distribution::weibull_p10_p90(50.0, 150.0))),
        ("beta", distribution(Distribution::beta(10.0, 20.0, 14.0, 1.5))),
        ("beta, two horns", distribution(Distribution::beta(0.0, 1.0, 0.3, 0.4))),
        ("pert", distribution(Distribution::pert(10.0, 12.0, 20.0))),
        ("empirical", distribution(Distribution::empirical(vec![3.0, 1.0, 2.0, 2.5, 9.0]))),
        ("mixture", distribution(Distribution::mixture(mixed))),
    ]
}

fn distribution(made: Result<Distribution, Unfit>) -> Distribution {
    made.unwrap_or_else(|fault| panic!("{fault}"))
}

fn stream() -> Stream {
    Stream::new(2026, 0, "weld", Purpose::Cycle, 0)
}

fn draws(distribution: &Distribution, n: usize) -> Vec<f64> {
    let mut stream = stream();
    (0..n).map(|_| distribution.draw(&mut stream)).collect()
}

#[test]
fn sample_means_and_variances_are_the_exact_ones() {
    const N: usize = 200_000;
    for (name, distribution) in distributions() {
        let values = draws(&distribution, N);
        let (mean, variance) = (distribution.mean(), distribution.variance());
        let moment = |power: i32| values.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / N as f64;
        let error_of_mean = (variance / N as f64).sqrt();
        assert!(moment(1).abs() < 5.0 * error_of_mean, "{name}: {mean} + {}", moment(1));
        let error_of_variance = ((moment(4) - moment(2).powi(2)) / N as f64).sqrt();
        assert!((moment(2) - variance).abs() < 5.0 * error_of_variance, "{name}: {variance}, {}", moment(2));
    }
}

/// The largest distance between the distribution of 200,000 draws and the one given, times the root of their number;
/// Kolmogorov's distribution is below 1.95 in 99.9 of 100 cases.
fn distance(distribution: &Distribution, share_below: impl Fn(f64) -> f64) -> f64 {
    let mut values = draws(distribution, 200_000);
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let gap = |(i, &x): (usize, &f64)| {
        let share = share_below(x);
        (share - i as f64 / n).abs().max((share - (i + 1) as f64 / n).abs())
    };
    values.iter().enumerate().map(gap).fold(0.0, f64::max) * n.sqrt()
}

#[test]
fn draws_are_distributed_as_another_implementation_says() {
    let known = |name: &str, distribution: Distribution, theirs: &dyn Fn(f64) -> f64| {
        let distance = distance(&distribution, theirs);
        assert!(distance < 1.95, "{name}: {distance}");
    };
    let gamma = theirs::Gamma::new(16.0, 16.0 / 62.0).unwrap();
    known("gamma", distribution(Distribution::gamma(62.0, 15.5)), &|x| gamma.cdf(x));
    let wild = theirs::Gamma::new(0.25, 0.025).unwrap();
    known("gamma, wild", distribution(Distribution::gamma(10.0, 20.0)), &|x| wild.cdf(x));
    let erlang = theirs::Gamma::new(3.0, 3.0 / 62.0).unwrap();
    known("erlang", distribution(Distribution::erlang(62.0, 3)), &|x| erlang.cdf(x));
    let sigma = 1.25f64.ln().sqrt();
    let lognormal = theirs::LogNormal::new(240f64.ln() - sigma * sigma / 2.0, sigma).unwrap();
    known("lognormal", distribution(Distribution::lognormal(240.0, 120.0)), &|x| lognormal.cdf(x));
    let weibull = theirs::Weibull::new(1.5, 100.0).unwrap();
    known("weibull", distribution(Distribution::weibull(100.0, 1.5)), &|x| weibull.cdf(x));
    let beta = theirs::Beta::new(2.6, 6.4).unwrap();
    let share = 2.6 / 9.0;
    let sd = (share * (1.0 - share) / 10.0f64).sqrt();
    known("beta", distribution(Distribution::beta(5.0, 6.0, 5.0 + share, sd)), &|x| beta.cdf(x - 5.0));
    let horns = theirs::Beta::new(0.3, 0.25).unwrap();
    let sd = (6.0 / 11.0 * 5.0 / 11.0 / 1.55f64).sqrt();
    known("beta, two horns", distribution(Distribution::beta(0.0, 1.0, 6.0 / 11.0, sd)), &|x| horns.cdf(x));
    let normal = theirs::Normal::new(1.0, 2.0).unwrap();
    let cut = normal.cdf(0.0);
    known("normal, half cut", distribution(Distribution::normal(1.0, 2.0)), &|x| {
        (normal.cdf(x) - cut) / (1.0 - cut)
    });
    known("exponential", distribution(Distribution::exponential(10.0)), &|x| 1.0 - (-x / 10.0).exp());
}

#[test]
fn every_draw_takes_one_number_whatever_the_distribution() {
    let mut expected = stream();
    expected.next();
    for (name, distribution) in distributions() {
        let (mut drawn, mut timed) = (stream(), stream());
        distribution.draw(&mut drawn);
        distribution.draw_time(&mut timed);
        assert_eq!((&drawn, &timed), (&expected, &expected), "{name}");
    }
}

#[test]
fn a_constant_takes_no_number() {
    let mut stream = stream();
    for distribution in [
        distribution(Distribution::constant(55.0)),
        distribution(Distribution::uniform(55.0, 55.0)),
        distribution(Distribution::empirical(vec![55.0; 3])),
    ] {
        assert!(distribution.is_constant());
        assert_eq!(
            (distribution.draw(&mut stream), distribution.draw_time(&mut stream)),
            (55.0, Time(55_000_000_000))
        );
    }
    assert_eq!(stream, self::stream());
}

#[test]
fn a_larger_number_gives_a_larger_value_where_one_number_is_enough() {
    let rejected_or_mixed = ["gamma", "gamma, wild", "erlang", "beta", "beta, two horns", "pert", "mixture"];
    for (name, distribution) in
        distributions().into_iter().filter(|(name, _)| !rejected_or_mixed.contains(name))
    {
        let numbers = (0..=2000u64).map(|i| i * (u64::MAX / 2000));
        let values: Vec<f64> = numbers.map(|number| distribution.value(number)).collect();
        assert!(values.is_sorted(), "{name}");
        assert!(values[0] < values[2000], "{name}");
    }
}

#[test]
fn the_draws_of_two_gammas_on_the_same_numbers_stay_close() {
    let (slow, fast) = (
        draws(&distribution(Distribution::gamma(60.0, 15.0)), 20_000),
        draws(&distribution(Distribution::gamma(50.0, 4.0)), 20_000),
    );
    let deviation =
        |values: &[f64], mean: f64, sd: f64| values.iter().map(|x| (x - mean) / sd).collect::<Vec<_>>();
    let (slow, fast) = (deviation(&slow, 60.0, 15.0), deviation(&fast, 50.0, 4.0));
    let correlation = slow.iter().zip(&fast).map(|(x, y)| x * y).sum::<f64>() / 20_000.0;
    assert!(correlation > 0.95, "{correlation}");
}

#[test]
fn times_are_the_values_to_the_nanosecond() {
    for (name, distribution) in distributions() {
        let (mut one, mut two) = (stream(), stream());
        for _ in 0..1000 {
            let (value, time) = (distribution.draw(&mut one), distribution.draw_time(&mut two));
            assert!(time.0.abs_diff(Time::from_secs(value).0) <= 1, "{name}: {value} s is not {time:?}");
        }
    }
}

#[test]
fn extreme_numbers_give_finite_values_not_below_the_lowest() {
    let mut all = distributions();
    all.push(("weibull, wildest", distribution(Distribution::weibull(1.0, 0.02))));
    all.push(("lognormal, wildest", distribution(Distribution::lognormal(1.0, 1e4))));
    all.push(("exponential, longest", distribution(Distribution::exponential(6e9))));
    for (name, distribution) in all {
        for number in [0, 1, 1 << 12, u64::MAX / 2, u64::MAX - (1 << 12), u64::MAX] {
            let value = distribution.value(number);
            assert!(value.is_finite() && value >= distribution.lowest(), "{name}: {value}");
        }
        assert!(distribution.draw_time(&mut stream()) <= Time::LONGEST, "{name}");
    }
}

#[test]
fn points_and_moments_are_those_that_were_asked_for() {
    let near = |seen: f64, asked: f64| assert!((seen / asked - 1.0).abs() < 1e-12, "{seen} is not {asked}");
    let tenth =
        |distribution: &Distribution, tenths: f64| distribution.value((tenths / 10.0 * 2f64.powi(64)) as u64);
    for distribution in [
        distribution(Distribution::lognormal_p10_p90(100.0, 400.0)),
        distribution(Distribution::weibull_p10_p90(100.0, 400.0)),
    ] {
        near(tenth(&distribution, 1.0), 100.0);
        near(tenth(&distribution, 9.0), 400.0);
    }
    for (distribution, sd) in [
        (distribution(Distribution::gamma(62.0, 15.5)), 15.5),
        (distribution(Distribution::gamma(62.0, 124.0)), 124.0),
        (distribution(Distribution::lognormal(62.0, 15.5)), 15.5),
        (distribution(Distribution::weibull_with_sd(62.0, 15.5)), 15.5),
        (distribution(Distribution::weibull_with_sd(62.0, 124.0)), 124.0),
        (distribution(Distribution::beta(0.0, 100.0, 62.0, 15.5)), 15.5),
    ] {
        near(distribution.mean(), 62.0);
        near(distribution.variance().sqrt(), sd);
    }
    near(distribution(Distribution::weibull_with_mean(100.0, 0.8)).mean(), 100.0);
    near(distribution(Distribution::pert(10.0, 12.0, 20.0)).mean(), (10.0 + 4.0 * 12.0 + 20.0) / 6.0);
}

#[test]
fn the_first_draws_never_change() {
    for ((name, distribution), golden) in distributions().iter().zip(FIRST_DRAWS) {
        let bits: Vec<u64> = draws(distribution, 3).iter().map(|x| x.to_bits()).collect();
        assert_eq!(bits, golden, "{name}");
    }
    assert_eq!(distributions().len(), FIRST_DRAWS.len());
}

/// The bits of the first three draws of each of the distributions above.
#[rustfmt::skip]
const FIRST_DRAWS: [[u64; 3]; 18] = [
    [0x4034_0832_083c_a2b8, 0x4027_5148_e73c_35ec, 0x403c_8b74_ccd2_a5b9],
    [0x4030_9ae6_d33b_b252, 0x4027_a48f_492a_93f2, 0x4038_e1c7_2d47_f71b],
    [0x404e_0314_d9a2_44da, 0x4049_d7e0_5dd0_2b74, 0x4051_2eeb_9990_6831],
    [0x3ffc_cbc5_e5f7_f804, 0x3fd4_2023_199b_d3f6, 0x4011_2278_5b27_940a],
    [0x40b3_95bf_1063_4465, 0x4083_7b04_6b7d_e3db, 0x40d2_6cff_da95_abc2],
    [0x404e_628b_df1a_5395, 0x4044_eb88_2ff3_1a8e, 0x4055_7861_4279_999d],
    [0x3fa6_b884_2e1c_73cf, 0x3f19_deb2_f602_3a9f, 0x400f_eeca_e9c1_822a],
    [0x404b_9f91_9cac_241a, 0x4034_541a_07d2_0e07, 0x405e_1172_3a95_ccb2],
    [0x406a_e23b_8b52_d938, 0x405b_e3ba_9d5a_eb14, 0x407a_aeee_5154_4459],
    [0x4069_0de7_606e_b068, 0x4057_a1da_42ac_40ed, 0x407b_7772_447e_22a6],
    [0x4053_a40d_abf9_5307, 0x4033_922a_d137_7719, 0x4067_c274_4f91_2657],
    [0x404c_127a_ca79_fce6, 0x4010_94a6_4ca4_c604, 0x4072_647a_561c_1817],
    [0x4058_7e19_fee2_5286, 0x4047_4fc4_aa4f_60f4, 0x4063_a253_d699_1048],
    [0x402b_a8c0_abd8_e9ec, 0x4028_37d3_7fd4_c70a, 0x4030_cad4_415a_1202],
    [0x3e69_f4ae_09e6_38ec, 0x3dea_3a11_e2ef_30a2, 0x3f90_82a6_222e_4e1e],
    [0x4029_5020_7ffc_6629, 0x4025_9524_0f7b_30af, 0x4030_8e17_8106_6061],
    [0x4004_0000_0000_0000, 0x3ff0_0000_0000_0000, 0x4022_0000_0000_0000],
    [0x4056_07f2_e2e8_2b4f, 0x404c_9088_bf54_4c1b, 0x4088_6e42_8532_b750],
];

#[test]
fn every_draw_of_a_scaled_distribution_is_so_many_times_as_large() {
    for (name, before) in distributions() {
        for factor in [1.0, 0.99, 1.01, 3.0] {
            let after = before.times(factor);
            let close = |after: f64, before: f64| (after - factor * before).abs() <= 1e-12 * before.abs();
            assert!(close(after.mean(), before.mean()), "{name}, {factor}");
            for (first, second) in draws(&before, 200).into_iter().zip(draws(&after, 200)) {
                assert!(close(second, first), "{name}, {factor}: {first} {second}");
            }
            let [one, other] = [&before, &after].map(|of| of.draw_time(&mut stream()).secs());
            assert!((other - factor * one).abs() < 4e-9 + 1e-12 * one, "{name}, {factor}: {one} {other}");
        }
    }
}

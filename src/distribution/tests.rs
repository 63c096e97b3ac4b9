//! Every distribution as written; what can be wrong with it is in `flaw_tests.rs`.

use super::*;
use crate::units::Duration;
use serde::Deserialize;

pub(super) fn read(text: &str) -> Result<Distribution, Vec<Flaw>> {
    let mut table = |column: &CatalogColumn<'_>, _: &ReadCell<'_>| match (column.path, column.name) {
        ("times.csv" | "times.xlsx", "cycle_s") => Ok(rows([50.0, 55.0, 60.0])),
        (path, name) => Err(format!("there is no column \"{name}\" in {path}")),
    };
    DistributionSpec::<Duration>::written(text).distribution(&mut table)
}

fn rows<const N: usize>(values: [f64; N]) -> Vec<CatalogRow> {
    values.into_iter().zip(2..).map(|(value, row)| CatalogRow { row, value }).collect()
}

fn distribution(text: &str) -> Distribution {
    read(text).unwrap_or_else(|flaws| panic!("{text}: {flaws:?}"))
}

fn made(distribution: Result<Distribution, Unfit>) -> Distribution {
    distribution.unwrap_or_else(|unfit| panic!("{unfit}"))
}

#[test]
fn every_example_of_every_distribution_is_read() {
    for example in DISTRIBUTIONS.iter().flat_map(|entry| entry.examples) {
        assert!(distribution(example).mean() > 0.0, "{example}");
    }
}

#[test]
fn a_distribution_has_the_parameters_that_are_written() {
    let same = |text: &str, expected: Result<Distribution, Unfit>| {
        assert_eq!(distribution(text), made(expected), "{text}")
    };
    same(r#""55 s""#, Distribution::constant(55.0));
    same(r##"r#"55 s"#"##, Distribution::constant(55.0));
    same(r#"Constant("0 s")"#, Distribution::constant(0.0));
    same(r#"Uniform(min: "50 s", max: "1 min")"#, Distribution::uniform(50.0, 60.0));
    same(r#"Triangular(min: "1 s", mode: "2 s", max: "4 s")"#, Distribution::triangular(1.0, 2.0, 4.0));
    same(r#"Normal(mean: "60 s", sd: "6 s")"#, Distribution::normal(60.0, 6.0));
    same(r#"Normal(mean: "60 s", cv: 0.5)"#, Distribution::normal(60.0, 30.0));
    same(r#"Exponential("2 h")"#, Distribution::exponential(7200.0));
    same(r#"Erlang(mean: "60 s", phases: 3)"#, Distribution::erlang(60.0, 3));
    same(r#"Gamma(mean: "60 s", cv: 0.25)"#, Distribution::gamma(60.0, 15.0));
    same(r#"Gamma(sd: "15 s", mean: "60 s")"#, Distribution::gamma(60.0, 15.0));
    same(r#"Lognormal(mean: "60 s", cv: 0.5)"#, Distribution::lognormal(60.0, 30.0));
    same(r#"Lognormal(p10: "1 s", p90: "9 s")"#, Distribution::lognormal_p10_p90(1.0, 9.0));
    same(r#"Weibull(mean: "60 s", shape: 2)"#, Distribution::weibull_with_mean(60.0, 2.0));
    same(r#"Weibull(scale: "60 s", shape: 2)"#, Distribution::weibull(60.0, 2.0));
    same(r#"Weibull(mean: "60 s", cv: 0.5)"#, Distribution::weibull_with_sd(60.0, 30.0));
    same(r#"Weibull(p10: "1 s", p90: "9 s")"#, Distribution::weibull_p10_p90(1.0, 9.0));
    same(r#"Beta(min: "0 s", max: "9 s", mean: "3 s", sd: "1 s")"#, Distribution::beta(0.0, 9.0, 3.0, 1.0));
    same(r#"Pert(min: "1 s", mode: "2 s", max: "9 s")"#, Distribution::pert(1.0, 2.0, 9.0));
    same(r#"Empirical(values: ["1 s", "2 s"])"#, Distribution::empirical(vec![1.0, 2.0]));
    same(
        r#"Empirical(csv: "times.csv", column: "cycle_s")"#,
        Distribution::empirical(vec![50.0, 55.0, 60.0]),
    );
    let parts = vec![(0.9, made(Distribution::gamma(60.0, 6.0))), (0.1, made(Distribution::constant(300.0)))];
    let text = r#"Mixture([(weight: 0.9, of: Gamma(mean: "60 s", cv: 0.1)), (weight: 0.1, of: "5 min")])"#;
    same(text, Distribution::mixture(parts));
}

#[test]
fn comments_and_lines_within_a_distribution_are_skipped() {
    let text = "Gamma /* a */ ( // b\n mean : /* c */ \"60 s\" /* d */, cv: 0.25, )";
    assert_eq!(distribution(text), made(Distribution::gamma(60.0, 15.0)));
}

#[test]
fn a_distribution_is_a_field_of_a_file_like_any_other() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Machine {
        cycle: DistributionSpec<Duration>,
        load: Option<DistributionSpec<Duration>>,
        after: Vec<DistributionSpec<Life>>,
    }
    let extensions = ron::extensions::Extensions::all();
    let options = ron::Options::default().with_default_extension(extensions);
    let text = r#"Machine(
        cycle: Gamma(mean: "62 s", cv: 0.25), // manual
        load: /* by hand */ "3 s",
        after: [ Exponential("2 h"), Exponential("500 parts") ],
    )"#;

    let machine: Machine = options.from_str(text).unwrap_or_else(|error| panic!("{error}"));

    assert_eq!(machine.cycle, DistributionSpec::written(r#"Gamma(mean: "62 s", cv: 0.25)"#));
    assert_eq!(machine.load, Some(DistributionSpec::written(r#""3 s""#)));
    assert_eq!(machine.after.iter().map(DistributionSpec::is_parts).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn lives_are_in_time_or_in_parts_but_not_in_both() {
    let read = |text: &str| DistributionSpec::<Life>::written(text).distribution(&mut |_, _| Ok(vec![]));
    assert_eq!(
        read(r#"Weibull(mean: "500 parts", shape: 2)"#),
        Ok(made(Distribution::weibull_with_mean(500.0, 2.0)))
    );
    assert_eq!(
        read(r#"Uniform(min: "2 h", max: "500 parts")"#),
        Err(vec![(
            "max".into(),
            "this counts something else than the quantities before it; use one kind of unit throughout"
                .into()
        )])
    );
}

#[test]
fn a_way_is_joined_by_a_point_or_a_bracket() {
    assert_eq!(join("", "mean"), "mean");
    assert_eq!(join("cycle", "mean"), "cycle.mean");
    assert_eq!(join("breakdowns[0].after", "[1].of"), "breakdowns[0].after[1].of");
    assert_eq!(join("cycle", ""), "cycle");
}

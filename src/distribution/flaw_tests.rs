//! Everything that can be wrong with a distribution: the way to it, and the message.

use super::tests::read;
use super::*;
use crate::units::Duration;

fn flaws(text: &str) -> Vec<Flaw> {
    read(text).expect_err(text)
}

/// The single flaw, as `way: message`.
fn flaw(text: &str) -> String {
    let flaws = flaws(text);
    assert_eq!(flaws.len(), 1, "{text}: {flaws:?}");
    format!("{}: {}", flaws[0].0, flaws[0].1)
}

#[test]
fn a_quantity_that_cannot_be_read_is_a_flaw_at_its_field() {
    let message = |text: &str| Duration::parse(text).expect_err(text);
    assert_eq!(flaw(r#""62 secs""#), format!(": {}", message("62 secs")));
    assert_eq!(flaw(r#"Exponential("62")"#), format!("[0]: {}", message("62")));
    assert_eq!(flaw(r#"Gamma(mean: "-1 s", cv: 0.1)"#), format!("mean: {}", message("-1 s")));
    assert_eq!(flaw(r#"Empirical(values: ["1 s", "2"])"#), format!("values[1]: {}", message("2")));
    assert_eq!(
        flaw("Gamma(mean: 62, cv: 0.1)"),
        "mean: 62 is not a duration; write it in quotes and with its unit, such as \"62 s\""
    );
    assert_eq!(
        flaw(r#"Gamma(mean: "62 s", cv: "0.1")"#),
        "cv: \"0.1\" is not a plain number; write it without quotes and unit, such as 0.25"
    );
}

#[test]
fn what_is_no_distribution_is_answered_with_what_is_one() {
    let expected = "not a duration; write it in quotes and with its unit, such as \"62 s\", or a distribution, such as Gamma(mean: \"62 s\", cv: 0.25)";
    assert_eq!(flaw("62"), format!(": 62 is {expected}"));
    assert_eq!(flaw("[1, 2]"), format!(": this is {expected}"));
    assert_eq!(flaw("(mean: 1)"), format!(": this is {expected}"));
    assert_eq!(flaw("Gama(mean: 1)"), ": unknown distribution \"Gama\"; did you mean \"Gamma\"?");
    assert_eq!(flaw("Poisson(3)"), ": unknown distribution \"Poisson\"; did you mean \"Exponential\"?");
    assert!(
        flaw("Pareto(3)").starts_with(": unknown distribution \"Pareto\"; there are Constant, Uniform, ")
    );
}

#[test]
fn a_distribution_in_the_wrong_form_is_answered_with_the_right_one() {
    assert_eq!(
        flaw(r#"Exponential(mean: "2 h")"#),
        ": Exponential is written differently; write Exponential(\"2 h\")"
    );
    assert_eq!(
        flaw(r#"Exponential("2 h", "3 h")"#),
        ": Exponential is written differently; write Exponential(\"2 h\")"
    );
    assert_eq!(
        flaw(r#"Gamma("62 s", 0.25)"#),
        ": Gamma is written differently; write Gamma(mean: \"62 s\", cv: 0.25) or Gamma(mean: \"62 s\", sd: \"15 s\")"
    );
    for text in ["Gamma", "Mixture(1)", "Mixture", "Constant", "Constant()"] {
        assert!(flaw(text).contains(" is written differently; write "), "{text}");
    }
}

#[test]
fn parameters_that_lack_or_are_too_many_are_named() {
    assert!(flaw(r#"Gamma(mean: "62 s")"#).starts_with(": Gamma lacks cv or sd; write Gamma(mean: "));
    assert!(flaw("Gamma(cv: 0.1)").starts_with(": Gamma lacks mean; write "));
    assert_eq!(flaw(r#"Gamma(mean: "62 s", cv: 0.1, sd: "6 s")"#), "cv: give cv or sd, not both");
    assert_eq!(
        flaw(r#"Gamma(mean: "62 s", cv: 0.1, men: 1)"#),
        "men: Gamma has no \"men\"; did you mean \"mean\"?"
    );
    assert_eq!(
        flaw(r#"Erlang(mean: "62 s", phases: 2, colour: 1)"#),
        "colour: Erlang has no \"colour\"; there are mean, phases"
    );
    let beside = flaw(r#"Lognormal(p10: "1 s", p90: "2 s", mean: "1 s")"#);
    assert!(beside.starts_with("mean: Lognormal cannot take mean beside the others; write "), "{beside}");
    let twice = flaw(r#"Uniform(min: "1 s", max: "2 s", min: "1 s")"#);
    assert!(twice.starts_with("min: Uniform cannot take min beside the others; write "), "{twice}");
    assert!(flaw("Empirical()").starts_with(": Empirical lacks values; write "));
    assert!(flaw(r#"Empirical(csv: "times.csv")"#).starts_with(": Empirical lacks column; write "));
    assert_eq!(
        flaw(r#"Empirical(csv: "times.csv", column: "repair_s")"#),
        "csv: there is no column \"repair_s\" in times.csv"
    );
}

#[test]
fn parameters_that_fit_no_distribution_are_flaws_at_their_fields() {
    assert_eq!(flaw(r#"Gamma(mean: "62 s", cv: 0)"#), "cv: cv must be above zero");
    assert_eq!(flaw(r#"Gamma(mean: "62 s", cv: -0.1)"#), "cv: cv cannot be negative");
    assert_eq!(flaw(r#"Gamma(mean: "62 s", cv: NaN)"#), "cv: cv must be a finite number");
    assert_eq!(flaw(r#"Gamma(mean: "62 s", sd: "0 s")"#), "sd: sd must be above zero");
    assert_eq!(flaw(r#"Gamma(mean: "0 s", cv: 0.1)"#), "mean: mean must be above zero");
    assert_eq!(flaw(r#"Uniform(min: "2 s", max: "1 s")"#), "min: min must not be above max");
    assert_eq!(
        flaw(r#"Pert(min: "2 s", mode: "1 s", max: "3 s")"#),
        "mode: mode must lie between min and max"
    );
    assert_eq!(
        flaw(r#"Beta(min: "2 s", mean: "1 s", max: "3 s", sd: "1 s")"#),
        "mean: mean must lie between min and max"
    );
    assert_eq!(flaw(r#"Lognormal(p10: "2 s", p90: "1 s")"#), "p10: p10 must be below p90");
    assert_eq!(flaw(r#"Weibull(mean: "2 s", shape: inf)"#), "shape: shape must be a finite number");
    assert_eq!(flaw(r#"Erlang(mean: "2 s", phases: 2.5)"#), "phases: phases must be a whole number, not 2.5");
    assert_eq!(flaw(r#"Erlang(mean: "2 s", phases: 0)"#), "phases: phases must be from 1 to 1000, not 0");
    assert_eq!(flaw("Empirical(values: [])"), "values: values must hold 1 to 1,000,000 values, not 0");
    assert_eq!(flaw("Mixture([])"), ": a mixture needs at least one distribution");
}

#[test]
fn flaws_inside_a_mixture_have_the_whole_way() {
    let inside = |part: &str| flaw(&format!("Mixture([(weight: 1, of: \"1 s\"), {part}])"));
    assert_eq!(
        inside(r#"(weight: 0, of: "1 s")"#),
        "[1].weight: weight must be above zero and finite, not 0"
    );
    assert_eq!(inside(r#"(weight: 1, of: Gamma(mean: "1 s", cv: 0))"#), "[1].of.cv: cv must be above zero");
    assert!(inside(r#"(weight: 1, of: Exponential("1"))"#).starts_with("[1].of[0]: \"1\" is not a duration"));
    assert!(inside("(weight: 1)").starts_with("[1]: a part of a mixture lacks of; write "));
    assert!(inside("(1, 2)").starts_with("[1]: this is no part of a mixture; write "));
}

#[test]
fn all_flaws_are_found_at_once_up_to_ten() {
    let found = flaws(r#"Gamma(mean: "62", cv: "x", colour: 1)"#);
    assert_eq!(found.iter().map(|flaw| flaw.0.as_str()).collect::<Vec<_>>(), ["mean", "cv", "colour"]);
    let many = format!("Empirical(values: [{}])", "\"62\",".repeat(1000));
    assert_eq!(flaws(&many).len(), 10);
}

#[test]
fn no_text_makes_the_reader_panic() {
    let text = r##"Mixture([(weight: 0.9, of: Gamma(mean: "62 s", cv: 0.25)), (weight: 1, of: r#"5 s"#)])"##;
    for (at, _) in text.char_indices() {
        for with in ["", "(", ")", "\"", ",", "é", "\u{0}", "[", "//", "/*"] {
            let mutated = format!("{}{with}{}", &text[..at], &text[at + 1..]);
            if let Err(flaws) = read(&mutated) {
                assert!(!flaws.is_empty() && flaws.len() <= 10, "{mutated}");
            }
        }
    }
}

#[test]
fn mixtures_are_not_endlessly_deep() {
    let deep =
        |levels| format!("{}\"1 s\"{}", "Mixture([(weight: 1, of: ".repeat(levels), ")])".repeat(levels));
    assert!(read(&deep(8)).is_ok());
    assert!(flaw(&deep(9)).ends_with("mixtures may stand in mixtures 8 deep, no deeper"));
    assert_eq!(flaws(&deep(100_000)).len(), 1);
}

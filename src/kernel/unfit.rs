//! Faults of the parameters of a distribution, and the checks that all distributions share. Read [`Unfit`].

use std::fmt;

/// A parameter that fits no distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The parameter's name, such as `mean`; empty when it is the distribution as a whole.
    pub parameter: &'static str,
    /// What is wrong, as the rest of a sentence that begins with the parameter.
    pub message: String,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parameter {
            "" => f.write_str(&self.message),
            parameter => write!(f, "{parameter} {}", self.message),
        }
    }
}

impl std::error::Error for Unfit {}

pub(super) fn unfit(parameter: &'static str, message: impl Into<String>) -> Unfit {
    Unfit { parameter, message: message.into() }
}

pub(super) fn not_negative(parameter: &'static str, value: f64) -> Result<f64, Unfit> {
    if !value.is_finite() {
        Err(unfit(parameter, "must be a finite number"))
    } else if value < 0.0 {
        Err(unfit(parameter, "cannot be negative"))
    } else {
        // Adding zero turns -0 into 0.
        Ok(value + 0.0)
    }
}

pub(super) fn above_zero(parameter: &'static str, value: f64) -> Result<f64, Unfit> {
    match not_negative(parameter, value)? {
        0.0 => Err(unfit(parameter, "must be above zero")),
        value => Ok(value),
    }
}

/// A shape parameter of Weibull; beyond these bounds the distribution is a typing error.
pub(super) fn form(shape: f64) -> Result<f64, Unfit> {
    let shape = above_zero("shape", shape)?;
    if (0.01..=1000.0).contains(&shape) {
        Ok(shape)
    } else {
        Err(unfit("shape", format!("must be between 0.01 and 1000, not {shape}")))
    }
}

pub(super) fn span(min: f64, max: f64) -> Result<f64, Unfit> {
    let (min, max) = (not_negative("min", min)?, not_negative("max", max)?);
    if min <= max { Ok(max - min) } else { Err(unfit("min", "must not be above max")) }
}

pub(super) fn between(parameter: &'static str, value: f64, min: f64, max: f64) -> Result<(), Unfit> {
    if (min..=max).contains(&value) { Ok(()) } else { Err(unfit(parameter, "must lie between min and max")) }
}

/// The logarithms of the two points that one draw in ten stays below, and one in ten exceeds.
pub(super) fn logarithms(p10: f64, p90: f64) -> Result<(f64, f64), Unfit> {
    let (p10, p90) = (above_zero("p10", p10)?, above_zero("p90", p90)?);
    if p10 < p90 { Ok((libm::log(p10), libm::log(p90))) } else { Err(unfit("p10", "must be below p90")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Distribution;

    fn refused(made: Result<Distribution, Unfit>) -> String {
        match made {
            Ok(distribution) => panic!("{distribution:?} was not refused"),
            Err(unfit) => unfit.to_string(),
        }
    }

    #[test]
    fn what_is_no_length_is_refused() {
        assert_eq!(refused(Distribution::constant(f64::NAN)), "value must be a finite number");
        assert_eq!(refused(Distribution::constant(-1.0)), "value cannot be negative");
        assert_eq!(refused(Distribution::exponential(f64::INFINITY)), "mean must be a finite number");
        assert_eq!(refused(Distribution::gamma(0.0, 1.0)), "mean must be above zero");
        assert_eq!(refused(Distribution::normal(1.0, 0.0)), "sd must be above zero");
    }

    #[test]
    fn parameters_that_contradict_each_other_are_refused() {
        assert_eq!(refused(Distribution::uniform(2.0, 1.0)), "min must not be above max");
        assert_eq!(refused(Distribution::triangular(1.0, 4.0, 3.0)), "mode must lie between min and max");
        assert_eq!(refused(Distribution::pert(1.0, 0.5, 3.0)), "mode must lie between min and max");
        assert_eq!(refused(Distribution::beta(1.0, 3.0, 4.0, 0.1)), "mean must lie between min and max");
        assert_eq!(refused(Distribution::lognormal_p10_p90(2.0, 2.0)), "p10 must be below p90");
        assert_eq!(refused(Distribution::weibull_p10_p90(0.0, 2.0)), "p10 must be above zero");
        assert_eq!(
            refused(Distribution::weibull_p10_p90(1.0, 1.0 + 1e-9)),
            "p90 is too near to p10 or too far from it"
        );
    }

    #[test]
    fn parameters_beyond_reason_are_refused() {
        assert_eq!(
            refused(Distribution::gamma(1.0, 11.0)),
            "sd must be between 0.000001 and 10 times the mean, not 11 times"
        );
        assert_eq!(
            refused(Distribution::weibull_with_sd(1.0, 11.0)),
            "sd must be between 0.01 and 10 times the mean, not 11 times"
        );
        assert_eq!(
            refused(Distribution::weibull(1.0, 0.001)),
            "shape must be between 0.01 and 1000, not 0.001"
        );
        assert_eq!(refused(Distribution::weibull(1.0, 0.01)), "shape spreads the values beyond all bounds");
        assert_eq!(refused(Distribution::erlang(1.0, 0)), "phases must be from 1 to 1000, not 0");
        assert_eq!(refused(Distribution::erlang(1.0, 1001)), "phases must be from 1 to 1000, not 1001");
        assert_eq!(
            refused(Distribution::beta(0.0, 1.0, 0.5, 0.5)),
            "sd does not fit an interval and a mean like these"
        );
        assert_eq!(
            refused(Distribution::beta(0.0, 1.0, 0.0, 0.1)),
            "sd does not fit an interval and a mean like these"
        );
        assert_eq!(
            refused(Distribution::beta(1.0, 1.0, 1.0, 0.1)),
            "sd does not fit an interval and a mean like these"
        );
    }

    #[test]
    fn lists_that_say_nothing_are_refused() {
        assert_eq!(refused(Distribution::empirical(vec![])), "values must hold 1 to 1,000,000 values, not 0");
        assert_eq!(
            refused(Distribution::empirical(vec![1.0; 1_000_001])),
            "values must hold 1 to 1,000,000 values, not 1000001"
        );
        let nan = Distribution::empirical(vec![1.0, f64::NAN]);
        assert_eq!(refused(nan), "values hold NaN at place 2, which must be a finite number");
        assert_eq!(refused(Distribution::mixture(vec![])), "must mix at least one distribution");
    }

    #[test]
    fn weights_that_choose_nothing_are_refused() {
        let mixture = |weight| {
            Distribution::constant(1.0).and_then(|distribution| {
                Distribution::mixture(vec![(1.0, distribution.clone()), (weight, distribution)])
            })
        };
        assert_eq!(refused(mixture(0.0)), "weight must be above zero");
        assert_eq!(refused(mixture(-0.1)), "weight cannot be negative");
        assert_eq!(refused(mixture(f64::NAN)), "weight must be a finite number");
    }
}

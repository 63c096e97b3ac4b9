//! Distributions from the parameters that practitioners know, each checked; nothing else makes a [`Distribution`].
//!
//! A parameter that fits no distribution is an `Unfit` (in `unfit.rs`) with the parameter's name, so that a message can point at it.
//! How the parameters are written, and in which unit, is `distribution`'s business. Read [`Distribution::gamma`] as an example.

use super::distribution::{BetaOn, CutNormal, Distribution, DistributionShape, MixtureComponent, Triangle};
use super::gamma::Gamma;
use super::maths::normal_share_below;
use super::unfit::{Unfit, above_zero, between, form, logarithms, not_negative, span, unfit};
use crate::stats::normal_quantile;
use std::sync::Arc;

/// The longest list of measured values, so that a wrong file cannot fill the memory.
const MOST_VALUES: usize = 1_000_000;

impl Distribution {
    /// Always `value`.
    pub fn constant(value: f64) -> Result<Distribution, Unfit> {
        let value = not_negative("value", value)?;
        Ok(Distribution::of(DistributionShape::Constant(value)))
    }

    /// Evenly between `min` and `max`.
    pub fn uniform(min: f64, max: f64) -> Result<Distribution, Unfit> {
        let span = span(min, max)?;
        if span == 0.0 {
            Distribution::constant(min)
        } else {
            Distribution::of(DistributionShape::Uniform { min, span }).bounded("max")
        }
    }

    /// Between `min` and `max`, most often near `mode`.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Result<Distribution, Unfit> {
        let span = span(min, max)?;
        between("mode", mode, min, max)?;
        if span == 0.0 {
            Distribution::constant(min)
        } else {
            Distribution::of(DistributionShape::Triangular(Arc::new(Triangle { min, mode, max })))
                .bounded("max")
        }
    }

    /// Normal, cut at zero; mean and standard deviation are those before the cut.
    pub fn normal(mean: f64, sd: f64) -> Result<Distribution, Unfit> {
        let (mean, sd) = (not_negative("mean", mean)?, above_zero("sd", sd)?);
        let kept = normal_share_below(mean / sd);
        Distribution::of(DistributionShape::Normal(Arc::new(CutNormal { mean, sd, kept }))).bounded("sd")
    }

    /// Exponential: as likely to end in the next moment however long it has lasted.
    pub fn exponential(mean: f64) -> Result<Distribution, Unfit> {
        let mean = not_negative("mean", mean)?;
        if mean == 0.0 {
            return Distribution::constant(0.0);
        }
        Distribution::of(DistributionShape::Exponential { mean, mean_nanos: mean * 1e9 }).bounded("mean")
    }

    /// Gamma with this mean and standard deviation.
    pub fn gamma(mean: f64, sd: f64) -> Result<Distribution, Unfit> {
        let (mean, sd) = (above_zero("mean", mean)?, above_zero("sd", sd)?);
        let cv = sd / mean;
        if !(1e-6..=10.0).contains(&cv) {
            return Err(unfit(
                "sd",
                format!("must be between 0.000001 and 10 times the mean, not {cv} times"),
            ));
        }
        let gamma = Arc::new(Gamma::new(1.0 / (cv * cv)));
        Distribution::of(DistributionShape::Gamma { gamma, scale: mean * (cv * cv) }).bounded("sd")
    }

    /// Erlang: the sum of so many exponential phases, with this mean altogether.
    pub fn erlang(mean: f64, phases: u32) -> Result<Distribution, Unfit> {
        let mean = above_zero("mean", mean)?;
        if !(1..=1000).contains(&phases) {
            return Err(unfit("phases", format!("must be from 1 to 1000, not {phases}")));
        }
        let shape = f64::from(phases);
        let gamma = Arc::new(Gamma::new(shape));
        Distribution::of(DistributionShape::Gamma { gamma, scale: mean / shape }).bounded("mean")
    }

    /// Lognormal with this mean and standard deviation (of the values, not of their logarithms).
    pub fn lognormal(mean: f64, sd: f64) -> Result<Distribution, Unfit> {
        let (mean, sd) = (above_zero("mean", mean)?, above_zero("sd", sd)?);
        let cv = sd / mean;
        let variance = libm::log1p(cv * cv);
        let (mu, sigma) = (libm::log(mean) - variance / 2.0, variance.sqrt());
        Distribution::of(DistributionShape::Lognormal { mu, sigma }).bounded("sd")
    }

    /// Lognormal with one draw in ten below `p10` and one in ten above `p90`.
    pub fn lognormal_p10_p90(p10: f64, p90: f64) -> Result<Distribution, Unfit> {
        let (low, high) = logarithms(p10, p90)?;
        let sigma = (high - low) / (2.0 * normal_quantile(0.9));
        Distribution::of(DistributionShape::Lognormal { mu: (low + high) / 2.0, sigma }).bounded("p90")
    }

    /// Weibull: `scale` is the value that 63.2 % of the draws stay below.
    pub fn weibull(scale: f64, shape: f64) -> Result<Distribution, Unfit> {
        let (scale, power) = (above_zero("scale", scale)?, 1.0 / form(shape)?);
        Distribution::of(DistributionShape::Weibull { scale, power }).bounded("shape")
    }

    /// Weibull with this mean.
    pub fn weibull_with_mean(mean: f64, shape: f64) -> Result<Distribution, Unfit> {
        let (mean, power) = (above_zero("mean", mean)?, 1.0 / form(shape)?);
        let scale = mean / libm::tgamma(1.0 + power);
        Distribution::of(DistributionShape::Weibull { scale, power }).bounded("shape")
    }

    /// Weibull with this mean and standard deviation.
    pub fn weibull_with_sd(mean: f64, sd: f64) -> Result<Distribution, Unfit> {
        let (mean, sd) = (above_zero("mean", mean)?, above_zero("sd", sd)?);
        let cv = sd / mean;
        if !(0.01..=10.0).contains(&cv) {
            return Err(unfit("sd", format!("must be between 0.01 and 10 times the mean, not {cv} times")));
        }
        Distribution::weibull_with_mean(mean, 1.0 / weibull_power(cv))
    }

    /// Weibull with one draw in ten below `p10` and one in ten above `p90`.
    pub fn weibull_p10_p90(p10: f64, p90: f64) -> Result<Distribution, Unfit> {
        let (low, high) = logarithms(p10, p90)?;
        // The p-quantile is scale * (-ln(1 - p))^(1/shape).
        let (at_10, at_90) = (libm::log(-libm::log(0.9)), libm::log(-libm::log(0.1)));
        let power = (high - low) / (at_90 - at_10);
        form(1.0 / power).map_err(|_| unfit("p90", "is too near to p10 or too far from it"))?;
        let scale = libm::exp(low - power * at_10);
        Distribution::of(DistributionShape::Weibull { scale, power }).bounded("p90")
    }

    /// Beta on the interval from `min` to `max`, with this mean and standard deviation.
    pub fn beta(min: f64, max: f64, mean: f64, sd: f64) -> Result<Distribution, Unfit> {
        let span = span(min, max)?;
        between("mean", mean, min, max)?;
        let (share, relative_sd) = ((mean - min) / span, above_zero("sd", sd)? / span);
        let sum = share * (1.0 - share) / (relative_sd * relative_sd) - 1.0;
        let (a, b) = (share * sum, (1.0 - share) * sum);
        if !(a.min(b) >= 0.01 && a.max(b) <= 1e12) {
            return Err(unfit("sd", "does not fit an interval and a mean like these"));
        }
        Distribution::of(DistributionShape::Beta(Arc::new(BetaOn {
            min,
            span,
            gammas: (Gamma::new(a), Gamma::new(b)),
        })))
        .bounded("max")
    }

    /// PERT: the beta distribution with mean `(min + 4 mode + max) / 6` that planners use for three-point estimates.
    pub fn pert(min: f64, mode: f64, max: f64) -> Result<Distribution, Unfit> {
        let span = span(min, max)?;
        between("mode", mode, min, max)?;
        if span == 0.0 {
            return Distribution::constant(min);
        }
        let (a, b) = (1.0 + 4.0 * (mode - min) / span, 1.0 + 4.0 * (max - mode) / span);
        Distribution::of(DistributionShape::Beta(Arc::new(BetaOn {
            min,
            span,
            gammas: (Gamma::new(a), Gamma::new(b)),
        })))
        .bounded("max")
    }

    /// One of these values, each as likely as the other.
    pub fn empirical(mut values: Vec<f64>) -> Result<Distribution, Unfit> {
        if values.is_empty() || values.len() > MOST_VALUES {
            let message = format!("must hold 1 to 1,000,000 values, not {}", values.len());
            return Err(unfit("values", message));
        }
        for (row, &value) in values.iter().enumerate() {
            not_negative("values", value).map_err(|fault| {
                unfit("values", format!("hold {value} at place {}, which {}", row + 1, fault.message))
            })?;
        }
        values.sort_by(f64::total_cmp);
        if values[0] == values[values.len() - 1] {
            return Distribution::constant(values[0]);
        }
        Distribution::of(DistributionShape::Empirical(values.into())).bounded("values")
    }

    /// One of these distributions, chosen by weight; weights need not add up to anything.
    pub fn mixture(parts: Vec<(f64, Distribution)>) -> Result<Distribution, Unfit> {
        if parts.is_empty() {
            return Err(unfit("", "must mix at least one distribution"));
        }
        for &(weight, _) in &parts {
            above_zero("weight", weight)?;
        }
        let total: f64 = parts.iter().map(|part| part.0).sum();
        above_zero("weight", total)?;
        let mut until = 0.0;
        let components = parts.into_iter().map(|(weight, distribution)| {
            until += weight / total;
            MixtureComponent { until, weight: weight / total, distribution }
        });
        Distribution::of(DistributionShape::Mixture(components.collect())).bounded("weight")
    }

    /// Refuses a distribution whose mean or variance no float can hold.
    fn bounded(self, parameter: &'static str) -> Result<Distribution, Unfit> {
        if self.mean().is_finite() && self.variance().is_finite() {
            Ok(self)
        } else {
            Err(unfit(parameter, "spreads the values beyond all bounds"))
        }
    }
}

/// The reciprocal shape at which a Weibull distribution has this coefficient of variation, between halves: the coefficient grows
/// with the power, from 0.006 to 19 over the range searched.
fn weibull_power(cv: f64) -> f64 {
    let (mut low, mut high) = (0.005, 8.0);
    // Each step gives one bit; 60 are more than a float holds.
    for _ in 0..60 {
        let power = 0.5 * (low + high);
        let mean = libm::tgamma(1.0 + power);
        let too_wide = libm::tgamma(1.0 + 2.0 * power) / (mean * mean) > 1.0 + cv * cv;
        *(if too_wide { &mut high } else { &mut low }) = power;
    }
    0.5 * (low + high)
}

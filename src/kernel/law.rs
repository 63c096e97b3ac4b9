//! What a draw follows: pure numbers, in whatever unit the caller means.
//!
//! A law turns one number of a stream into one value (the rule of the draws in `stream.rs`); by the inverse distribution
//! function wherever that is closed enough, so that a larger number gives a larger value and common random numbers stay
//! correlated when a parameter changes. Making a law from the parameters that practitioners know is in `parameters.rs`; how
//! a user writes it, and in which unit, is `distribution.rs`'s business. Read [`Law`] first.
//!
//! All values are finite and not below zero. The normal law is cut at zero; its `mean` and `sd` are those before the cut.

use super::gamma::{Gamma, beta};
use super::maths::{ln_in_two, ln_of_share, normal_density};
use super::stream::{SplitMix, Stream, unit};
use super::time::Time;
use crate::stats::normal_quantile;
use std::sync::Arc;

/// What a draw follows.
///
/// Small, because every machine has one: what needs more than three numbers keeps them elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Law(pub(super) Shape);

/// What is needed at every operation lies in front of what is needed for a draw: `time` is the mean of draws that are meant in
/// seconds, at the same place in all laws that have room for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// Always the same.
    Constant { time: Time, value: f64 },
    /// Evenly between two ends.
    Uniform { time: Time, min: f64, span: f64 },
    /// Between two ends with a peak.
    Triangular { min: f64, mode: f64, max: f64 },
    /// Normal, cut at zero; `kept` is the share that the cut leaves, `lifts` by how many standard deviations it lifts the mean.
    Normal { mean: f64, sd: f64, kept: f64, lifts: f32 },
    /// Without memory.
    Exponential { time: Time, mean: f64, mean_nanos: f64 },
    /// Gamma and Erlang.
    Gamma { time: Time, gamma: Arc<Gamma>, scale: f64 },
    /// The exponential of a normal.
    Lognormal { time: Time, mu: f64, sigma: f64 },
    /// `scale` times a power (1 / shape) of a standard exponential.
    Weibull { time: Time, scale: f64, power: f64 },
    /// Beta on an interval; PERT is one.
    Beta { min: f64, span: f64, of: Arc<(Gamma, Gamma)> },
    /// One of these values, each as likely as the other; in rising order.
    Empirical { time: Time, values: Arc<[f64]> },
    /// One of these laws, by weight.
    Mixture { time: Time, of: Arc<[Component]> },
}

/// One law of a mixture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Component {
    /// The sum of the weights up to and with this one, of 1.
    pub(super) until: f64,
    pub(super) weight: f64,
    pub(super) law: Law,
}

impl Law {
    /// Draws a value. Takes one number of the stream, or none if the law is constant.
    #[inline]
    pub fn draw(&self, stream: &mut Stream) -> f64 {
        match self.0 {
            Shape::Constant { value, .. } => value,
            Shape::Exponential { mean, .. } => exponential(mean, stream.next()),
            _ => self.value(stream.next()),
        }
    }

    /// Draws a value that is meant in seconds. Takes one number of the stream, or none if the law is constant.
    #[inline(always)]
    pub fn draw_time(&self, stream: &mut Stream) -> Time {
        match self.0 {
            Shape::Constant { time, .. } => time,
            _ => self.time(stream.next()),
        }
    }

    /// The value that belongs to a number of a stream and is meant in seconds.
    #[inline(always)]
    pub(crate) fn time(&self, number: u64) -> Time {
        match self.0 {
            Shape::Constant { time, .. } => time,
            Shape::Exponential { mean_nanos, .. } => {
                let (most, rest) = ln_in_two(unit(!number));
                Time::from_nanos(-(mean_nanos * most + mean_nanos * rest))
            }
            _ => Time::from_secs(self.value(number)),
        }
    }

    /// The value that belongs to a number of a stream.
    pub(crate) fn value(&self, number: u64) -> f64 {
        match &self.0 {
            Shape::Constant { value, .. } => *value,
            Shape::Uniform { min, span, .. } => min + span * unit(number),
            Shape::Triangular { min, mode, max } => triangular(*min, *mode, *max, unit(number)),
            Shape::Normal { mean, sd, kept, .. } => {
                // Measured from the upper end, where nothing is lost to rounding.
                (mean - sd * normal_quantile(unit(!number) * kept)).max(0.0)
            }
            Shape::Exponential { mean, .. } => exponential(*mean, number),
            Shape::Gamma { gamma, scale, .. } => scale * gamma.value(number),
            Shape::Lognormal { mu, sigma, .. } => libm::exp(mu + sigma * normal_quantile(unit(number))),
            Shape::Weibull { scale, power, .. } => scale * libm::pow(exponential(1.0, number), *power),
            Shape::Beta { min, span, of } => min + span * beta(&of.0, &of.1, number),
            Shape::Empirical { values, .. } => {
                values[((u128::from(number) * values.len() as u128) >> 64) as usize]
            }
            Shape::Mixture { of: components, .. } => {
                let share = unit(number);
                let which = components.partition_point(|component| component.until <= share);
                let chosen = &components[which.min(components.len() - 1)];
                chosen.law.value(SplitMix(number).next())
            }
        }
    }

    /// Whether every draw gives the same value, without a number of the stream.
    pub fn is_constant(&self) -> bool {
        matches!(self.0, Shape::Constant { .. })
    }

    /// Whether it has no memory.
    pub fn is_exponential(&self) -> bool {
        matches!(self.0, Shape::Exponential { .. })
    }

    /// No draw is below this.
    pub fn lowest(&self) -> f64 {
        match &self.0 {
            Shape::Constant { value, .. } => *value,
            Shape::Uniform { min, .. } | Shape::Triangular { min, .. } | Shape::Beta { min, .. } => *min,
            Shape::Empirical { values, .. } => values[0],
            Shape::Mixture { of, .. } => of.iter().map(|c| c.law.lowest()).fold(f64::INFINITY, f64::min),
            _ => 0.0,
        }
    }

    /// How much longer than a draw of this law one of another law is, on average.
    pub fn ratio(&self, other: &Law) -> f64 {
        let ratio = other.mean() / self.mean();
        if ratio.is_finite() { ratio } else { 1.0 }
    }

    /// Whether a length of time by this law is at least a nanosecond on average, so that it passes at all.
    pub fn takes_time(&self) -> bool {
        Time::from_secs(self.mean()) > Time::ZERO
    }

    /// The mean of the draws, exactly (after the cut, for the normal law).
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Shape::Constant { value, .. } => *value,
            Shape::Uniform { min, span, .. } => min + span / 2.0,
            Shape::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Shape::Normal { mean, sd, kept, .. } => mean + sd * normal_density(mean / sd) / kept,
            Shape::Exponential { mean, .. } => *mean,
            Shape::Gamma { gamma, scale, .. } => gamma.shape() * scale,
            Shape::Lognormal { mu, sigma, .. } => libm::exp(mu + sigma * sigma / 2.0),
            Shape::Weibull { scale, power, .. } => scale * libm::tgamma(1.0 + power),
            Shape::Beta { min, span, of } => min + span * of.0.shape() / (of.0.shape() + of.1.shape()),
            Shape::Empirical { values, .. } => values.iter().sum::<f64>() / values.len() as f64,
            Shape::Mixture { of, .. } => of.iter().map(|c| c.weight * c.law.mean()).sum(),
        }
    }

    /// The mean of draws that are meant in seconds: quick, since it is asked for at the end of every operation.
    #[inline]
    pub fn mean_time(&self) -> Time {
        match self.0 {
            Shape::Constant { time, .. }
            | Shape::Uniform { time, .. }
            | Shape::Exponential { time, .. }
            | Shape::Gamma { time, .. }
            | Shape::Lognormal { time, .. }
            | Shape::Weibull { time, .. }
            | Shape::Empirical { time, .. }
            | Shape::Mixture { time, .. } => time,
            Shape::Normal { mean, sd, lifts, .. } => Time::from_secs(mean + sd * f64::from(lifts)),
            Shape::Triangular { .. } | Shape::Beta { .. } => Time::from_secs(self.mean()),
        }
    }

    /// The law with its mean at hand.
    pub(super) fn with_mean_time(mut self) -> Law {
        let mean = Time::from_secs(self.mean());
        match &mut self.0 {
            Shape::Constant { time, .. }
            | Shape::Uniform { time, .. }
            | Shape::Exponential { time, .. }
            | Shape::Gamma { time, .. }
            | Shape::Lognormal { time, .. }
            | Shape::Weibull { time, .. }
            | Shape::Empirical { time, .. }
            | Shape::Mixture { time, .. } => *time = mean,
            Shape::Normal { .. } | Shape::Triangular { .. } | Shape::Beta { .. } => {}
        }
        self
    }

    /// The variance of the draws, exactly (after the cut, for the normal law).
    pub fn variance(&self) -> f64 {
        match &self.0 {
            Shape::Constant { .. } => 0.0,
            Shape::Uniform { span, .. } => span * span / 12.0,
            Shape::Triangular { min, mode, max } => {
                let (below, above) = (mode - min, max - mode);
                (below * below + below * above + above * above) / 18.0
            }
            Shape::Normal { mean, sd, kept, .. } => {
                let pull = normal_density(mean / sd) / kept;
                sd * sd * (1.0 - pull * (mean / sd + pull))
            }
            Shape::Exponential { mean, .. } => mean * mean,
            Shape::Gamma { gamma, scale, .. } => gamma.shape() * scale * scale,
            Shape::Lognormal { mu, sigma, .. } => {
                libm::expm1(sigma * sigma) * libm::exp(2.0 * mu + sigma * sigma)
            }
            Shape::Weibull { scale, power, .. } => {
                let mean = libm::tgamma(1.0 + power);
                scale * scale * (libm::tgamma(1.0 + 2.0 * power) - mean * mean)
            }
            Shape::Beta { span, of, .. } => {
                let (a, b) = (of.0.shape(), of.1.shape());
                span * span * (a * b) / ((a + b) * (a + b) * (a + b + 1.0))
            }
            Shape::Empirical { values, .. } => {
                let mean = self.mean();
                values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / values.len() as f64
            }
            Shape::Mixture { of, .. } => {
                let mean = self.mean();
                of.iter()
                    .map(|c| c.weight * (c.law.variance() + (c.law.mean() - mean) * (c.law.mean() - mean)))
                    .sum()
            }
        }
    }
}

#[inline]
fn exponential(mean: f64, number: u64) -> f64 {
    // The complement, so that a larger number gives a larger value.
    mean * -ln_of_share(unit(!number))
}

fn triangular(min: f64, mode: f64, max: f64, share: f64) -> f64 {
    let (span, below, above) = (max - min, mode - min, max - mode);
    if share * span < below {
        min + (share * span * below).sqrt()
    } else {
        max - ((1.0 - share) * span * above).sqrt()
    }
}

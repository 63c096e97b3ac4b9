//! Distributions of pure numbers; the caller knows the unit.
//!
//! A distribution turns one number of a stream into one value (the rule of the draws in `stream.rs`); by the inverse distribution
//! function wherever that is closed enough, so that a larger number gives a larger value and common random numbers stay
//! correlated when a parameter changes. Making a distribution from the parameters that practitioners know is in `parameters.rs`; how
//! a user writes it, and in which unit, is `distribution`'s business. Read [`Distribution`] first.
//!
//! All values are finite and not below zero. The normal distribution is cut at zero; its `mean` and `sd` are those before the cut.

use super::gamma::{Gamma, beta};
use super::maths::{ln_in_two, ln_of_share, normal_density};
use super::stream::{SplitMix, Stream, unit};
use super::time::Time;
use crate::stats::normal_quantile;
use std::sync::Arc;

/// What a draw follows.
///
/// Small, because every machine has one: what needs more than two numbers keeps them elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// The mean of draws that are meant in seconds: asked for at the end of every operation.
    mean_time: Time,
    pub(super) shape: DistributionShape,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum DistributionShape {
    /// Always the same.
    Constant(f64),
    /// Evenly between two ends.
    Uniform { min: f64, span: f64 },
    /// Between two ends with a peak.
    Triangular(Arc<Triangle>),
    /// Normal, cut at zero.
    Normal(Arc<CutNormal>),
    /// Without memory.
    Exponential { mean: f64, mean_nanos: f64 },
    /// Gamma and Erlang.
    Gamma { gamma: Arc<Gamma>, scale: f64 },
    /// The exponential of a normal.
    Lognormal { mu: f64, sigma: f64 },
    /// `scale` times a power (1 / shape) of a standard exponential.
    Weibull { scale: f64, power: f64 },
    /// Beta on an interval; PERT is one.
    Beta(Arc<BetaOn>),
    /// One of these values, each as likely as the other; in rising order.
    Empirical(Arc<[f64]>),
    /// One of these distributions, by weight.
    Mixture(Arc<[MixtureComponent]>),
}

/// Two ends and the peak between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Triangle {
    pub(super) min: f64,
    pub(super) mode: f64,
    pub(super) max: f64,
}

/// A normal distribution before the cut at zero, and the share that the cut leaves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CutNormal {
    pub(super) mean: f64,
    pub(super) sd: f64,
    pub(super) kept: f64,
}

/// The interval of a beta distribution, and the two gammas that it is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BetaOn {
    pub(super) min: f64,
    pub(super) span: f64,
    pub(super) gammas: (Gamma, Gamma),
}

/// One distribution of a mixture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MixtureComponent {
    /// The sum of the weights up to and with this one, of 1.
    pub(super) until: f64,
    pub(super) weight: f64,
    pub(super) distribution: Distribution,
}

impl Distribution {
    /// The distribution of this shape.
    pub(super) fn of(shape: DistributionShape) -> Distribution {
        let distribution = Distribution { mean_time: Time::ZERO, shape };
        Distribution { mean_time: Time::from_secs(distribution.mean()), ..distribution }
    }

    /// Draws a value. Takes one number of the stream, or none if the distribution is constant.
    #[inline]
    pub fn draw(&self, stream: &mut Stream) -> f64 {
        match self.shape {
            DistributionShape::Constant(value) => value,
            DistributionShape::Exponential { mean, .. } => exponential(mean, stream.next()),
            _ => self.value(stream.next()),
        }
    }

    /// Draws a value that is meant in seconds. Takes one number of the stream, or none if the distribution is constant.
    #[inline(always)]
    pub fn draw_time(&self, stream: &mut Stream) -> Time {
        match self.shape {
            DistributionShape::Constant(_) => self.mean_time,
            _ => self.time(stream.next()),
        }
    }

    /// The value that belongs to a number of a stream and is meant in seconds.
    #[inline(always)]
    pub(crate) fn time(&self, number: u64) -> Time {
        match self.shape {
            DistributionShape::Constant(_) => self.mean_time,
            DistributionShape::Exponential { mean_nanos, .. } => {
                let (most, rest) = ln_in_two(unit(!number));
                Time::from_nanos(-(mean_nanos * most + mean_nanos * rest))
            }
            _ => Time::from_secs(self.value(number)),
        }
    }

    /// The value that belongs to a number of a stream.
    pub(crate) fn value(&self, number: u64) -> f64 {
        match &self.shape {
            DistributionShape::Constant(value) => *value,
            DistributionShape::Uniform { min, span } => min + span * unit(number),
            DistributionShape::Triangular(of) => of.value(unit(number)),
            DistributionShape::Normal(of) => {
                // Measured from the upper end, where nothing is lost to rounding.
                (of.mean - of.sd * normal_quantile(unit(!number) * of.kept)).max(0.0)
            }
            DistributionShape::Exponential { mean, .. } => exponential(*mean, number),
            DistributionShape::Gamma { gamma, scale } => scale * gamma.value(number),
            DistributionShape::Lognormal { mu, sigma } => {
                libm::exp(mu + sigma * normal_quantile(unit(number)))
            }
            DistributionShape::Weibull { scale, power } => {
                scale * libm::pow(exponential(1.0, number), *power)
            }
            DistributionShape::Beta(of) => of.min + of.span * beta(&of.gammas.0, &of.gammas.1, number),
            DistributionShape::Empirical(values) => {
                values[((u128::from(number) * values.len() as u128) >> 64) as usize]
            }
            DistributionShape::Mixture(components) => {
                let share = unit(number);
                let which = components.partition_point(|component| component.until <= share);
                let chosen = &components[which.min(components.len() - 1)];
                chosen.distribution.value(SplitMix(number).next())
            }
        }
    }

    /// Whether every draw gives the same value, without a number of the stream.
    pub fn is_constant(&self) -> bool {
        matches!(self.shape, DistributionShape::Constant(_))
    }

    /// Whether it has no memory.
    pub fn is_exponential(&self) -> bool {
        matches!(self.shape, DistributionShape::Exponential { .. })
    }

    /// No draw is below this.
    pub fn lowest(&self) -> f64 {
        match &self.shape {
            DistributionShape::Constant(value) => *value,
            DistributionShape::Uniform { min, .. } => *min,
            DistributionShape::Triangular(of) => of.min,
            DistributionShape::Beta(of) => of.min,
            DistributionShape::Empirical(values) => values[0],
            DistributionShape::Mixture(of) => {
                of.iter().map(|c| c.distribution.lowest()).fold(f64::INFINITY, f64::min)
            }
            _ => 0.0,
        }
    }

    /// How much longer than a draw of this distribution one of another distribution is, on average.
    pub fn ratio(&self, other: &Distribution) -> f64 {
        let ratio = other.mean() / self.mean();
        if ratio.is_finite() { ratio } else { 1.0 }
    }

    /// Whether a length of time by this distribution is at least a nanosecond on average, so that it passes at all.
    pub fn takes_time(&self) -> bool {
        self.mean_time > Time::ZERO
    }

    /// The mean of the draws, exactly (after the cut, for the normal distribution).
    pub fn mean(&self) -> f64 {
        match &self.shape {
            DistributionShape::Constant(value) => *value,
            DistributionShape::Uniform { min, span } => min + span / 2.0,
            DistributionShape::Triangular(of) => (of.min + of.mode + of.max) / 3.0,
            DistributionShape::Normal(of) => of.mean + of.sd * of.lift(),
            DistributionShape::Exponential { mean, .. } => *mean,
            DistributionShape::Gamma { gamma, scale } => gamma.shape() * scale,
            DistributionShape::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            DistributionShape::Weibull { scale, power } => scale * libm::tgamma(1.0 + power),
            DistributionShape::Beta(of) => {
                let (a, b) = of.shapes();
                of.min + of.span * a / (a + b)
            }
            DistributionShape::Empirical(values) => values.iter().sum::<f64>() / values.len() as f64,
            DistributionShape::Mixture(of) => of.iter().map(|c| c.weight * c.distribution.mean()).sum(),
        }
    }

    /// The mean of draws that are meant in seconds.
    #[inline]
    pub fn mean_time(&self) -> Time {
        self.mean_time
    }

    /// The variance of the draws, exactly (after the cut, for the normal distribution).
    pub fn variance(&self) -> f64 {
        match &self.shape {
            DistributionShape::Constant(_) => 0.0,
            DistributionShape::Uniform { span, .. } => span * span / 12.0,
            DistributionShape::Triangular(of) => {
                let (below, above) = (of.mode - of.min, of.max - of.mode);
                (below * below + below * above + above * above) / 18.0
            }
            DistributionShape::Normal(of) => {
                let lift = of.lift();
                of.sd * of.sd * (1.0 - lift * (of.mean / of.sd + lift))
            }
            DistributionShape::Exponential { mean, .. } => mean * mean,
            DistributionShape::Gamma { gamma, scale } => gamma.shape() * scale * scale,
            DistributionShape::Lognormal { mu, sigma } => {
                libm::expm1(sigma * sigma) * libm::exp(2.0 * mu + sigma * sigma)
            }
            DistributionShape::Weibull { scale, power } => {
                let mean = libm::tgamma(1.0 + power);
                scale * scale * (libm::tgamma(1.0 + 2.0 * power) - mean * mean)
            }
            DistributionShape::Beta(of) => {
                let (a, b) = of.shapes();
                of.span * of.span * (a * b) / ((a + b) * (a + b) * (a + b + 1.0))
            }
            DistributionShape::Empirical(values) => {
                let mean = self.mean();
                values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / values.len() as f64
            }
            DistributionShape::Mixture(of) => {
                let mean = self.mean();
                of.iter()
                    .map(|c| {
                        c.weight
                            * (c.distribution.variance()
                                + (c.distribution.mean() - mean) * (c.distribution.mean() - mean))
                    })
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

impl Triangle {
    /// The value that so large a share of the draws stays below.
    fn value(&self, share: f64) -> f64 {
        let Triangle { min, mode, max } = self;
        let (span, below, above) = (max - min, mode - min, max - mode);
        if share * span < below {
            min + (share * span * below).sqrt()
        } else {
            max - ((1.0 - share) * span * above).sqrt()
        }
    }
}

impl CutNormal {
    /// By how many standard deviations the cut lifts the mean.
    fn lift(&self) -> f64 {
        normal_density(self.mean / self.sd) / self.kept
    }
}

impl BetaOn {
    fn shapes(&self) -> (f64, f64) {
        (self.gammas.0.shape(), self.gammas.1.shape())
    }
}

//! A distribution whose draws are some factor larger or smaller, as common random numbers need it: each draw from the same number.

use super::distribution::{BetaOn, CutNormal, Distribution, DistributionShape, MixtureComponent, Triangle};
use std::sync::Arc;

impl Distribution {
    /// The distribution of draws that are so many times as large, each from the same number of the stream.
    pub fn times(&self, factor: f64) -> Distribution {
        use DistributionShape as Shape;
        Distribution::of(match &self.shape {
            Shape::Constant(value) => Shape::Constant(value * factor),
            Shape::Uniform { min, span } => Shape::Uniform { min: min * factor, span: span * factor },
            Shape::Triangular(of) => {
                let [min, mode, max] = [of.min, of.mode, of.max].map(|value| value * factor);
                Shape::Triangular(Arc::new(Triangle { min, mode, max }))
            }
            Shape::Normal(of) => Shape::Normal(Arc::new(CutNormal {
                mean: of.mean * factor,
                sd: of.sd * factor,
                kept: of.kept,
            })),
            Shape::Exponential { mean, mean_nanos } => {
                Shape::Exponential { mean: mean * factor, mean_nanos: mean_nanos * factor }
            }
            Shape::Gamma { gamma, scale } => Shape::Gamma { gamma: Arc::clone(gamma), scale: scale * factor },
            Shape::Lognormal { mu, sigma } => Shape::Lognormal { mu: mu + libm::log(factor), sigma: *sigma },
            Shape::Weibull { scale, power } => Shape::Weibull { scale: scale * factor, power: *power },
            Shape::Beta(of) => {
                let (min, span) = (of.min * factor, of.span * factor);
                Shape::Beta(Arc::new(BetaOn { min, span, gammas: of.gammas }))
            }
            Shape::Empirical(values) => Shape::Empirical(values.iter().map(|value| value * factor).collect()),
            Shape::Mixture(of) => {
                let times = |one: &MixtureComponent| MixtureComponent {
                    distribution: one.distribution.times(factor),
                    ..one.clone()
                };
                Shape::Mixture(of.iter().map(times).collect())
            }
        })
    }
}

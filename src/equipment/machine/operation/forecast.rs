//! How long an operation takes, as far as means can say.

use super::Operation;
use crate::equipment::Demand;
use crate::equipment::changeover::Changeover;
use crate::equipment::passage::longest_secs;
use crate::kernel::{Distribution, Sampler};
use crate::material::Offer;

impl Operation {
    /// What a part takes of the machine. With several places a part is taken up and put down as part of the work there.
    pub(in crate::equipment::machine) fn demand(&self, offer: &Offer<'_>) -> Demand {
        let (mean, variance) = self.cycles.moments_of(offer);
        let around = self.around_secs();
        let held = Demand { holds_secs: around, stay_secs: mean + around, ..Demand::one(mean, variance) };
        match self.several() {
            Some(_) => Demand { work_secs: mean + around, holds_secs: 0.0, ..held },
            None => held,
        }
    }

    /// How long it holds a part besides the work, in seconds.
    fn around_secs(&self) -> f64 {
        self.aside_secs().iter().sum()
    }

    /// How long loading and unloading take on average, in seconds.
    pub(in crate::equipment::machine) fn aside_secs(&self) -> [f64; 2] {
        let mean = |sampler: Option<&Sampler>| sampler.map_or(0.0, |sampler| sampler.distribution().mean());
        let extras = self.extras.as_deref();
        [
            mean(extras.and_then(|extras| extras.load.as_ref())),
            mean(extras.and_then(|extras| extras.unload.as_ref())),
        ]
    }

    /// How long an operation is in hand at most, in seconds, as far as means can say.
    pub(in crate::equipment::machine) fn longest_secs(&self) -> f64 {
        let work = self.cycles.distributions().map(longest_secs).fold(0.0, f64::max);
        work + self.around_secs() + self.setup.as_ref().map_or(0.0, Changeover::mean_secs)
    }

    /// Mean and variance of an operation in seconds, over all that it may be, and how long it holds the part besides.
    pub(in crate::equipment::machine) fn moments(&self) -> (f64, f64, f64) {
        let distributions: Vec<&Distribution> = self.cycles.distributions().collect();
        let count = distributions.len().max(1) as f64;
        let mean = distributions.iter().map(|distribution| distribution.mean()).sum::<f64>() / count;
        let spread = |distribution: &&Distribution| {
            distribution.variance() + (distribution.mean() - mean) * (distribution.mean() - mean)
        };
        let variance = distributions.iter().map(spread).sum::<f64>() / count;
        (mean, variance, self.around_secs())
    }
}

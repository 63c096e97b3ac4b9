//! Gamma variates, from which the gamma, Erlang and beta distributions are made.
//!
//! Marsaglia and Tsang (2000), A simple method for generating gamma variables: a cube of a normal variate, accepted or
//! refused. The first normal is the inverse distribution function of the stream's one number, so that a larger number
//! nearly always gives a larger draw; whatever else is needed comes from its continuation. Read [`Gamma`].

use super::maths::ln_of_share;
use super::stream::{SplitMix, unit};
use crate::stats::normal_quantile;

/// The standard gamma distribution (scale 1) of one shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gamma {
    /// The shape less 1/3 (shapes below 1 are raised by 1 and boosted).
    d: f64,
    /// 1 / sqrt(9 d).
    c: f64,
    /// 1 / shape for shapes below 1, else 0: the power of the boost.
    boost: f64,
}

impl Gamma {
    pub(crate) fn new(shape: f64) -> Gamma {
        let boosted = shape < 1.0;
        let d = if boosted { shape + 2.0 / 3.0 } else { shape - 1.0 / 3.0 };
        Gamma { d, c: 1.0 / (9.0 * d).sqrt(), boost: if boosted { 1.0 / shape } else { 0.0 } }
    }

    /// The shape: mean and variance of the standard distribution.
    pub(crate) fn shape(&self) -> f64 {
        if self.boost > 0.0 { 1.0 / self.boost } else { self.d + 1.0 / 3.0 }
    }

    /// The variate that belongs to a number.
    pub(crate) fn value(&self, number: u64) -> f64 {
        let mut more = SplitMix(number);
        let raised = self.raised(number, &mut more);
        if self.boost == 0.0 { raised } else { raised * libm::pow(more.unit(), self.boost) }
    }

    /// Its logarithm, which small shapes need: their variates are often too small for a float.
    fn ln_value(&self, number: u64) -> f64 {
        let mut more = SplitMix(number);
        let raised = libm::log(self.raised(number, &mut more));
        if self.boost == 0.0 { raised } else { raised + ln_of_share(more.unit()) * self.boost }
    }

    /// A variate of shape `d + 1/3`, at least 1; above zero.
    fn raised(&self, number: u64, more: &mut SplitMix) -> f64 {
        let mut share = unit(number);
        loop {
            let z = normal_quantile(share);
            let root = 1.0 + self.c * z;
            if root > 0.0 && self.accepts(z, root * root * root, more.unit()) {
                return self.d * (root * root * root);
            }
            share = more.unit();
        }
    }

    fn accepts(&self, z: f64, cube: f64, share: f64) -> bool {
        // The squeeze of the paper settles nearly every case without a logarithm.
        share < 1.0 - 0.0331 * (z * z) * (z * z)
            || ln_of_share(share) < 0.5 * z * z + self.d * (1.0 - cube + libm::log(cube))
    }
}

/// The beta variate on [0, 1] that belongs to a number: `a / (a + b)` of two gamma variates.
pub(crate) fn beta(a: &Gamma, b: &Gamma, number: u64) -> f64 {
    // The second gamma goes on from the complement: the continuation of the number itself belongs to the first.
    let difference = b.ln_value(SplitMix(!number).next()) - a.ln_value(number);
    1.0 / (1.0 + libm::exp(difference))
}

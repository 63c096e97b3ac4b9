//! What a kind says of itself before anything runs: how long its work takes, how often it can work, what it supplies.
//!
//! These are the numbers that `explain` computes with. Rates are those of a piece of
//! equipment that always has a part to work on and always has room for the next; waiting for others is not in them.
//! Read [`Work`] first.

use crate::disruption::Availability;
use crate::material::PartSpec;

/// What an element can do by itself; a kind says what applies to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Capability {
    /// Its work on parts, if it works.
    pub work: Option<Work>,
    /// How it brings parts into the line, if it is a source.
    pub feed: Option<Feed>,
    /// What it brings.
    pub spec: Option<PartSpec>,
    /// Coefficient of variation of the time between two arrivals.
    pub feed_cv: f64,
    /// Whether the time between two arrivals is exponential, so that they come at random.
    pub arrives_at_random: bool,
    /// Parts inside when the run begins.
    pub initial: u32,
    /// How long a changeover takes in seconds, on average over those that there can be; none if it changes over for nothing.
    pub changeover_secs: Option<f64>,
    /// How many parts leave by each port for each that comes: a share, where nothing is put together or taken apart. Empty for
    /// a kind with one port by which all leave that come.
    pub ports: Vec<f64>,
}

impl Capability {
    /// How many parts it works on side by side, each in a place of its own.
    pub fn places(&self) -> u32 {
        self.work.as_ref().map_or(1, |work| work.places)
    }
}

/// Work on parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// Mean length of one operation without losses, in seconds.
    pub cycle_secs: f64,
    /// Standard deviation of that length, relative to its mean.
    pub cv: f64,
    /// Operations that go on side by side.
    pub places: u32,
    /// Parts that one operation finishes, at most; none where their masses decide.
    pub parts_per_cycle: Option<f64>,
    /// Parts that come in for each that it finishes: more than one where parts are put together.
    pub takes: f64,
    /// How much of its time it is up while it always has work.
    pub availability: Availability,
}

impl Work {
    /// Work on one part after the other, never interrupted.
    pub fn one_by_one(cycle_secs: f64, variance: f64) -> Work {
        let cv = if cycle_secs > 0.0 { variance.sqrt() / cycle_secs } else { 0.0 };
        Work {
            cycle_secs,
            cv,
            places: 1,
            parts_per_cycle: Some(1.0),
            takes: 1.0,
            availability: Availability::default(),
        }
    }

    /// Effective length of one operation, in seconds: with its share of the repairs, t_e = t_0 / A (Factory Physics).
    pub fn effective_secs(&self) -> f64 {
        if self.cycle_secs > 0.0 { self.cycle_secs / self.availability.share } else { 0.0 }
    }

    /// Time that each part which comes takes of it, in seconds: the reciprocal of the effective rate.
    pub fn secs_per_part(&self) -> Option<f64> {
        Some(self.effective_secs() / (f64::from(self.places) * self.parts_per_cycle? * self.takes))
    }
}

/// How parts come into the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Feed {
    /// There is always a part when one is asked for.
    Endless,
    /// So many parts in a second, on average.
    Arrivals(f64),
}

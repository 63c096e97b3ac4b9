//! What an element does to a part on average, before a run: the time that the part takes, the way by which it leaves, and its
//! product afterwards.
//!
//! `explain` builds the traffic equations of a line from this. A kind says it for one [`Specimen`] at a time, so that every
//! probability is a constant. Read [`Specimen`] first, then [`Outlook`] and [`Demand`].

use crate::disruption::{self, Task};
use crate::event::{Part, Slot};
use crate::kernel::{Distribution, Time};
use crate::material::{Offer, PartAttributes, PartId};

/// A part, as far as its way through the line and the work on it depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specimen {
    /// The number of its product.
    pub product: u32,
    /// How many stops of its product's route it has come to.
    pub step: u32,
    /// Whether it is a carrier.
    pub carrier: bool,
    /// Whether parts are in it.
    pub loaded: bool,
    /// Whether something is wrong with it.
    pub defective: bool,
    /// How often it was reworked.
    pub reworks: u8,
    /// Which inspection found it bad last.
    pub found_bad_at: Option<Slot>,
}

impl Specimen {
    /// Shows it to equipment as a part of this mass.
    pub fn show<T>(&self, mass_mg: u64, look: impl FnOnce(&Offer<'_>) -> T) -> T {
        let record = Part { serial: 0, entered: Time::ZERO, product: self.product, priority: 0 };
        let attributes = PartAttributes {
            step: self.step,
            carrier: self.carrier,
            loaded: self.loaded,
            defective: self.defective,
            reworks: self.reworks,
            found_bad_at: self.found_bad_at,
            mass_mg,
            ..PartAttributes::default()
        };
        look(&Offer { part: PartId::default(), record: &record, attributes: &attributes })
    }
}

/// What can become of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// One of these happens.
    pub outcomes: Vec<Possibility>,
    /// Whether their shares hold in every run. Else they are estimates, and a bound must allow any shares.
    pub exact: bool,
    /// The product of the carrier that the part is put into.
    pub packed_into: Option<u32>,
}

/// One thing that can become of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Possibility {
    /// The share of parts of which this becomes.
    pub share: f64,
    /// How much of the work on a part is done then, of 1.
    pub work: f64,
    /// What leaves; nothing if the part becomes a piece of another.
    pub outputs: Vec<Leaving>,
}

/// Parts that leave by one way.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaving {
    /// The number of the port.
    pub port: u8,
    /// How many for each part that comes.
    pub count: f64,
    /// What they are.
    pub part: Specimen,
    /// Where what is in the part goes.
    pub contents: Contained,
}

/// Where the parts in a carrier go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contained {
    /// On with the carrier.
    Along,
    /// Out by this port, as parts of their own.
    Out(u8),
    /// Into a product; they are parts of the line no longer.
    Merged,
}

impl Leaving {
    /// The part goes on, by a port.
    pub fn of(part: Specimen, port: u8) -> Leaving {
        Leaving { port, count: 1.0, part, contents: Contained::Along }
    }
}

impl Outlook {
    /// These become of it, in these shares.
    pub fn of(outcomes: Vec<Possibility>) -> Outlook {
        Outlook { outcomes, exact: true, packed_into: None }
    }

    /// Exactly this becomes of it.
    pub fn sure(outputs: Vec<Leaving>) -> Outlook {
        Outlook::of(vec![Possibility { share: 1.0, work: 1.0, outputs }])
    }

    /// Of some of the parts this becomes instead, which is an estimate of the `share`.
    pub fn spoiling(mut self, share: f64, work: f64, part: Specimen, port: u8) -> Outlook {
        let share = share.clamp(0.0, 1.0);
        self.outcomes.iter_mut().for_each(|outcome| outcome.share *= 1.0 - share);
        self.outcomes.push(Possibility { share, work, outputs: vec![Leaving::of(part, port)] });
        Outlook { exact: false, ..self }
    }
}

/// What one part that comes takes of an element by itself, stops left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Demand {
    /// Operations: a share where several parts go into one, or not every part needs one.
    pub operations: f64,
    /// Mean work of one operation, in seconds.
    pub work_secs: f64,
    /// Variance of an operation, in square seconds.
    pub variance: f64,
    /// How long an operation holds its place besides, in seconds: taking the part up and putting it down.
    pub holds_secs: f64,
    /// How long the part is inside if it never waits, in seconds.
    pub stay_secs: f64,
}

impl Demand {
    /// One operation for each part.
    pub fn one(work_secs: f64, variance: f64) -> Demand {
        Demand { operations: 1.0, work_secs, variance, holds_secs: 0.0, stay_secs: work_secs }
    }
}

/// That an element puts parts together by a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// How many of each row go into one piece of work; the first row is the main part.
    pub needed: Vec<u32>,
    /// Whether it may begin with less of the other rows.
    pub may_be_short: bool,
}

/// How long work by a distribution is in hand for an element that waits for its end, in seconds: a constant length at most, any
/// other by twice the mean of what is met.
pub(super) fn longest_secs(distribution: &Distribution) -> f64 {
    let mean = distribution.mean();
    if mean > 0.0 { mean + distribution.variance() / mean } else { 0.0 }
}

impl Task {
    /// What becomes of a part if breakdowns, or something else, may spoil it: half of the work is done by then.
    pub(super) fn outlook(&self, done: Outlook, part: Specimen, work_secs: f64, wastes: bool) -> Outlook {
        self.outlook_by(done, part, work_secs, wastes, disruption::SCRAP)
    }

    /// The same, with the number of the way for scrap.
    pub(super) fn outlook_by(
        &self,
        done: Outlook,
        part: Specimen,
        work_secs: f64,
        wastes: bool,
        port: u8,
    ) -> Outlook {
        let stops = self.stops(0.0, 0.0);
        let spoils = stops.spoils_per_sec * work_secs + stops.spoils_per_operation;
        if spoils > 0.0 || wastes { done.spoiling(-libm::expm1(-spoils), 0.5, part, port) } else { done }
    }
}

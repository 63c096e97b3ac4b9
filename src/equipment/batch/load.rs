//! The load of a batch machine, counted or weighed, and its limits.

use crate::kernel::Time;
use crate::units::{LoadAmount, Mass};

/// How much is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Parts(u32),
    /// In milligrams.
    Mass(u64),
}

/// As a layout says it.
pub(super) fn amount(load: LoadAmount) -> Amount {
    match load {
        LoadAmount::Parts(parts) => Amount::Parts(parts.0.round() as u32),
        LoadAmount::Mass(mass) => Amount::Mass(milligrams(mass)),
    }
}

pub(super) fn milligrams(mass: Mass) -> u64 {
    (mass.0 * 1e6).round() as u64
}

/// What a run may hold and must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    pub min: Amount,
    pub max: Amount,
    /// How long the first part waits for others at most.
    pub wait: Option<Time>,
    /// The masses of the parts that it takes.
    pub takes: Option<(u64, u64)>,
}

/// How far it is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filling {
    pub parts: u32,
    pub mass_mg: u64,
    pub group: u32,
}

impl Filling {
    pub(super) fn reaches(self, amount: Amount) -> bool {
        match amount {
            Amount::Parts(parts) => self.parts >= parts,
            Amount::Mass(mass_mg) => self.mass_mg >= mass_mg,
        }
    }

    pub(super) fn with(self, mass_mg: u64) -> Filling {
        Filling { parts: self.parts + 1, mass_mg: self.mass_mg + mass_mg, ..self }
    }

    pub(super) fn fits(self, max: Amount) -> bool {
        match max {
            Amount::Parts(parts) => self.parts <= parts,
            Amount::Mass(mass_mg) => self.mass_mg <= mass_mg,
        }
    }
}

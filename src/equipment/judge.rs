//! How an inspection judges parts: which ones it looks at, what it finds, and which way it sends them.

use super::Traits;
use super::quality::{Chance, Outflow};
use crate::event::Slot;
use serde::Deserialize;

/// The ways out of an inspection, by number.
pub(super) const PASS: u8 = 0;
pub(super) const FAIL: u8 = 1;
pub(super) const SCRAP: u8 = 2;

/// Which parts are inspected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub enum Sample {
    /// All.
    #[default]
    All,
    /// The last of so many.
    Every(u32),
    /// This share of them, by chance.
    Share(f64),
}

/// Where parts go that are found bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rejects {
    /// All of them through this port.
    All(u8),
    /// To rework, until they were reworked so often.
    Until(u8),
}

/// How parts are judged.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judge {
    pub defects: Chance,
    pub mistakes: Chance,
    pub escapes: f64,
    pub false_calls: f64,
    pub sample: Sample,
    pub sampled: Chance,
    /// Parts that came for the first time.
    pub met: u64,
    pub rejects: Rejects,
}

impl Judge {
    /// A part has come: it may have a defect. Whether it is inspected, and will be found bad.
    pub(super) fn meet(&mut self, traits: &mut Traits, me: Slot) -> Option<bool> {
        let inspected = traits.found_bad_at == Some(me) || self.meet_first(traits);
        // Drawn for parts that pass uninspected too, so that another sample meets the same luck.
        let bad = self.finds_bad(traits);
        inspected.then_some(bad)
    }

    /// A part is in hand when the run begins, in the sample or not: whether it will be found bad.
    pub(super) fn has_in_hand(&mut self, traits: &mut Traits) -> bool {
        self.meet_first(traits);
        self.finds_bad(traits)
    }

    fn finds_bad(&mut self, traits: &Traits) -> bool {
        let share = if traits.defective { 1.0 - self.escapes } else { self.false_calls };
        self.mistakes.befalls_share(share)
    }

    /// A part has come that was not found bad here before; whether it is in the sample.
    fn meet_first(&mut self, traits: &mut Traits) -> bool {
        traits.defective |= self.defects.befalls();
        self.met += 1;
        match self.sample {
            Sample::All => true,
            Sample::Every(parts) => self.met.is_multiple_of(u64::from(parts)),
            Sample::Share(share) => self.sampled.befalls_share(share),
        }
    }

    /// The share of the parts that is inspected.
    pub(super) fn inspected(&self) -> f64 {
        match self.sample {
            Sample::All => 1.0,
            Sample::Every(parts) => 1.0 / f64::from(parts.max(1)),
            Sample::Share(share) => share,
        }
    }

    /// What goes each way, if this share of the parts that come has a defect and no part comes twice.
    pub(super) fn outflows(&self, defective: f64) -> Vec<Outflow> {
        let defective = defective + (1.0 - defective) * self.defects.share;
        let (found, inspected) = (defective * (1.0 - self.escapes), self.inspected());
        let bad = inspected * (found + (1.0 - defective) * self.false_calls);
        let found = inspected * found;
        let (pass, fail) = (
            Outflow { parts: 1.0 - bad, defective: defective - found },
            Outflow { parts: bad, defective: found },
        );
        match self.rejects {
            Rejects::All(SCRAP) => vec![pass, Outflow::default(), fail],
            Rejects::All(_) | Rejects::Until(_) => vec![pass, fail, Outflow::default()],
        }
    }

    /// Writes the finding on the part, and says which way it goes.
    pub(super) fn pronounce(&self, bad: bool, traits: &mut Traits, me: Slot) {
        (traits.inspected, traits.rejected) = (true, bad);
        traits.exit = PASS;
        if bad {
            traits.found_bad_at = Some(me);
            traits.exit = match self.rejects {
                Rejects::All(port) => port,
                Rejects::Until(limit) if traits.reworks >= limit => SCRAP,
                Rejects::Until(_) => FAIL,
            };
        }
    }
}

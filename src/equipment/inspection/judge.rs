//! How an inspection judges parts: which ones it looks at, what it finds, and which way it sends them.

use crate::equipment::quality::Chance;
use crate::equipment::{Leaving, Outlook, Possibility, Specimen};
use crate::event::Slot;
use crate::material::PartAttributes;
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
    pub(super) fn meet(&mut self, attributes: &mut PartAttributes, me: Slot) -> Option<bool> {
        let inspected = attributes.found_bad_at == Some(me) || self.meet_first(attributes);
        // Drawn for parts that pass uninspected too, so that another sample sees the same random numbers.
        let bad = self.finds_bad(attributes);
        inspected.then_some(bad)
    }

    /// A part is in hand when the run begins, in the sample or not: whether it will be found bad.
    pub(super) fn has_in_hand(&mut self, attributes: &mut PartAttributes) -> bool {
        self.meet_first(attributes);
        self.finds_bad(attributes)
    }

    fn finds_bad(&mut self, attributes: &PartAttributes) -> bool {
        let share = if attributes.defective { 1.0 - self.escapes } else { self.false_calls };
        self.mistakes.occurs_at(share)
    }

    /// A part has come that was not found bad here before; whether it is in the sample.
    fn meet_first(&mut self, attributes: &mut PartAttributes) -> bool {
        attributes.defective |= self.defects.occurs();
        self.met += 1;
        match self.sample {
            Sample::All => true,
            Sample::Every(parts) => self.met.is_multiple_of(u64::from(parts)),
            Sample::Share(share) => self.sampled.occurs_at(share),
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

    /// The share of parts like this that is inspected.
    pub(super) fn inspects(&self, part: Specimen, me: Slot) -> f64 {
        if part.found_bad_at == Some(me) { 1.0 } else { self.inspected() }
    }

    /// What becomes of a part that comes. Which parts an inspection of every tenth meets may depend on their order.
    pub(super) fn outlook(&self, part: Specimen, me: Slot) -> Outlook {
        let arises = if part.defective || part.found_bad_at == Some(me) { 0.0 } else { self.defects.share };
        let inspected = self.inspects(part, me);
        let mut outcomes = Vec::new();
        for (defective, share) in [(true, arises), (false, 1.0 - arises)] {
            let part = Specimen { defective: defective || part.defective, ..part };
            let found = if part.defective { 1.0 - self.escapes } else { self.false_calls };
            let bad = self.goes(true, part.reworks);
            let found_bad = Specimen { found_bad_at: Some(me), ..part };
            for (share, port, part) in
                [(share * (1.0 - inspected * found), PASS, part), (share * inspected * found, bad, found_bad)]
            {
                if share > 0.0 {
                    outcomes.push(Possibility { share, work: 1.0, outputs: vec![Leaving::of(part, port)] });
                }
            }
        }
        let exact = !matches!(self.sample, Sample::Every(2..)) || part.found_bad_at == Some(me);
        Outlook { exact, ..Outlook::of(outcomes) }
    }

    /// How often a part is reworked before it is scrapped.
    pub(super) fn limit(&self) -> Option<u8> {
        match self.rejects {
            Rejects::All(_) => None,
            Rejects::Until(limit) => Some(limit),
        }
    }

    /// The number of the way of a part that was reworked so often.
    fn goes(&self, bad: bool, reworks: u8) -> u8 {
        match self.rejects {
            _ if !bad => PASS,
            Rejects::All(port) => port,
            Rejects::Until(limit) if reworks >= limit => SCRAP,
            Rejects::Until(_) => FAIL,
        }
    }

    /// Writes the finding on the part, and says which way it goes.
    pub(super) fn pronounce(&self, bad: bool, attributes: &mut PartAttributes, me: Slot) {
        (attributes.inspected, attributes.rejected) = (true, bad);
        attributes.exit = self.goes(bad, attributes.reworks);
        if bad {
            attributes.found_bad_at = Some(me);
        }
    }
}

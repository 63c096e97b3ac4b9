//! What one element is charged in a run: nanoseconds by cause, of its own state and of its places. Read [`LossAccount`] first.

use super::loss::{Loss, LossKind, Root};
use crate::event::State;
use crate::kernel::Time;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// What the places of an element are charged to, and how many each.
pub(super) type PlaceLosses = SmallVec<[(Loss, u32); 3]>;

/// What one element is charged.
#[derive(Clone, Debug, Default)]
pub(super) struct LossAccount {
    /// Since when it is charged as it is now.
    since: Time,
    /// What its own state is charged to.
    own: Option<Loss>,
    /// What its places are charged to, and how many.
    places: PlaceLosses,
    sums: BTreeMap<Loss, LossCharge>,
    /// Nanoseconds in which its state was working.
    worked: u64,
}

/// What was charged to one cause.
#[derive(Clone, Copy, Debug, Default)]
struct LossCharge {
    /// Nanoseconds, added up over the places.
    places: u128,
    /// Nanoseconds of the element's own state.
    own: u64,
}

/// What one element lost in the window, and what it did not lose.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementLosses {
    /// How many places its time is counted for.
    pub places: u32,
    /// Each cause once, in their order.
    pub shares: Vec<(Loss, LossShare)>,
}

/// What is charged to one cause.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LossShare {
    /// Nanoseconds, added up over the places of the element: over all causes, those of the window for each place.
    pub nanos: u128,
    /// Final energy in kilowatt-hours; none if the factor of a carrier that was drawn is not known.
    pub kwh: Option<f64>,
}

impl LossAccount {
    /// Nanoseconds of work up to an instant.
    pub fn worked_until(&self, opens: Time, now: Time) -> u64 {
        let works = self.own.is_some_and(|own| own.kind == LossKind::Work);
        self.worked + if works { now.0.saturating_sub(self.since.max(opens).0) } else { 0 }
    }

    /// To whom the present waiting is due, if it waits.
    pub fn root(&self) -> Option<Root> {
        self.own?.root
    }

    /// From now on it is charged to these.
    pub fn charge_to(&mut self, own: Option<Loss>, places: PlaceLosses, opens: Time, now: Time) {
        if own != self.own || places != self.places {
            self.settle(opens, now);
            (self.own, self.places) = (own, places);
        }
    }

    /// What was lost, with the nanoseconds of rework and of work on scrap, and what was drawn in each state.
    pub fn losses(
        &self,
        places: u32,
        (rework, scrap): (u64, u64),
        kwh: impl Fn(State) -> Option<f64>,
    ) -> ElementLosses {
        let mut shares = Vec::new();
        for (loss, charge) in &self.sums {
            let energy = charge.own_energy(&self.sums, *loss, &kwh);
            let kinds = match loss.kind {
                LossKind::Work => vec![
                    (LossKind::Work, charge.places - u128::from(rework) - u128::from(scrap)),
                    (LossKind::Rework, u128::from(rework)),
                    (LossKind::Scrap, u128::from(scrap)),
                ],
                other => vec![(other, charge.places)],
            };
            for (kind, nanos) in kinds {
                let part = if charge.places > 0 { nanos as f64 / charge.places as f64 } else { 1.0 };
                let is_worth_a_row = nanos > 0 || charge.places == 0 && kind == loss.kind;
                let share = LossShare { nanos, kwh: energy.map(|energy| energy * part) };
                shares.extend(is_worth_a_row.then_some((Loss { kind, root: loss.root }, share)));
            }
        }
        ElementLosses { places, shares }
    }

    /// Charges the time up to an instant.
    pub fn settle(&mut self, opens: Time, now: Time) {
        let nanos = now.0.saturating_sub(self.since.max(opens).0);
        self.since = now;
        let Some(own) = self.own.filter(|_| nanos > 0) else { return };
        self.worked += if own.kind == LossKind::Work { nanos } else { 0 };
        self.sums.entry(own).or_default().own += nanos;
        for (loss, places) in &self.places {
            self.sums.entry(*loss).or_default().places += u128::from(nanos) * u128::from(*places);
        }
    }
}

impl LossCharge {
    /// The share of the energy that an element drew in a state, by its time in the state.
    fn own_energy(
        self,
        all: &BTreeMap<Loss, LossCharge>,
        loss: Loss,
        energy: impl Fn(State) -> Option<f64>,
    ) -> Option<f64> {
        let in_state = all.iter().filter(|(other, _)| other.kind == loss.kind);
        let nanos: u64 = in_state.map(|(_, charge)| charge.own).sum();
        let energy = energy(loss.kind.state())?;
        Some(if nanos > 0 { energy * (self.own as f64 / nanos as f64) } else { 0.0 })
    }
}

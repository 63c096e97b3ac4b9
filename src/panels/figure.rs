//! The data of one element on one side, and the form of a number that the panel shows. Read [`OfSide`] first.

use crate::desk::side::Side;
use crate::energy::EnergyCarrier;
use crate::event::{Slot, State};
use crate::line::Line;
use crate::records::{Meter, Records};
use egui_plot::PlotPoint;

/// A number: its title, its meaning, its text.
pub(super) type Number = (&'static str, &'static str, fn(&OfSide) -> String);

/// What was gathered on one side since its window was opened.
#[derive(Clone)]
pub(super) struct OfSide {
    pub(super) times: [f64; State::ALL.len()],
    pub(super) arrived: u64,
    pub(super) left: u64,
    pub(super) contents: u64,
    pub(super) completed: u64,
    /// None if the layout gives no power.
    pub(super) kwh: Option<f64>,
    pub(super) hours: f64,
    pub(super) inside: Vec<PlotPoint>,
    /// For what lends: how many are at work.
    pub(super) at_work: Option<AtWork>,
}

impl OfSide {
    pub(super) fn of(side: &Side, slot: Slot) -> OfSide {
        let mut records = side.twin.records().clone();
        records.settle(side.twin.now());
        let element = &records.elements[slot.index()];
        let known = side.line().elements[slot.index()].power.known;
        OfSide {
            times: records.state_times(slot.index()),
            arrived: element.arrived(),
            left: element.left,
            contents: element.contents,
            completed: element.completed,
            kwh: if known { final_energy(side.line(), &records.meters[slot.index()]) } else { None },
            hours: side.twin.counted().secs() / 3600.0,
            inside: side.twin.history().inside(slot).into_iter().map(PlotPoint::from).collect(),
            at_work: AtWork::of(side, &records, slot),
        }
    }

    /// The states with their shares, the longest first.
    pub(super) fn shares(&self) -> Vec<(State, f64, f64)> {
        let sum: f64 = self.times.iter().sum();
        let share = |state: State| {
            let nanos = self.times[state as usize];
            (state, nanos / sum, nanos / 1e9)
        };
        let mut shares: Vec<_> =
            State::ALL.into_iter().map(share).filter(|(_, share, _)| *share > 0.0).collect();
        shares.sort_by(|one, other| other.1.total_cmp(&one.1));
        shares
    }
}

/// How many there are, and how many are at work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AtWork {
    pub(super) all: u32,
    pub(super) now: u32,
    /// Averaged over the time since the window was opened; none before any has passed.
    pub(super) mean: Option<f64>,
}

impl AtWork {
    /// From settled records; none for elements that lend nothing.
    pub(super) fn of(side: &Side, records: &Records, slot: Slot) -> Option<AtWork> {
        let counted = side.twin.counted().0;
        let mean = (counted > 0).then(|| records.people_nanos(slot.index()) as f64 / counted as f64);
        Some(AtWork { all: all(side, slot)?, now: records.people_now(slot.index()), mean })
    }
}

pub(super) fn all(side: &Side, slot: Slot) -> Option<u32> {
    side.line().elements.get(slot.index())?.datasheet.lends
}

/// Kilowatt-hours of all carriers that an element drew; none if the energy of one of them is not known.
fn final_energy(line: &Line, meter: &Meter) -> Option<f64> {
    let of =
        |carrier: EnergyCarrier| line.factors.kwh_of(carrier, carrier.in_units(meter.amount(carrier) as f64));
    EnergyCarrier::ALL.into_iter().map(of).sum()
}

//! What one element did in one replication: the numbers that its figures are computed from.
//!
//! Read [`ElementOutcome`] first; the figures themselves are in `list.rs`.

use crate::energy::EnergyCarrier;
use crate::event::{Incident, ResourcePurpose, State};
use crate::kpi::labour_hours::labour_hours;
use crate::kpi::oee::planned_busy_time;
use crate::kpi::{Factors, Measured};
use crate::records::Meter;

/// What one element did in one replication.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementOutcome {
    /// Nanoseconds in each state, in the order of [`State::ALL`]; all zero for what only stores.
    pub times: [u64; State::ALL.len()],
    /// The same for one of its places, on average, where it has several; the state of a place is that of the part in it,
    /// unless something stops them all.
    pub place_times: [f64; State::ALL.len()],
    /// Nanoseconds of its hours in the window, if it works by a calendar.
    pub scheduled: Option<u64>,
    /// Nanoseconds that it worked, carried or prepared while its hours were over.
    pub overtime: u64,
    /// Nanoseconds of its planned time: its hours and its overtime; the window, if it works around the clock.
    pub planned: u64,
    /// Picojoules of electricity, all [terms](crate::energy::PowerTerm) together.
    pub energy: u128,
    /// The same in each state, in the order of [`State::ALL`].
    pub energy_by_state: [f64; State::ALL.len()],
    /// What it drew of other carriers in each state, in their units.
    pub others: Vec<(EnergyCarrier, [f64; State::ALL.len()])>,
    /// Operations finished.
    pub operations: u64,
    /// Its OEE with its factors, if it has a cycle.
    pub factors: Option<Factors>,
    /// Parts inside, averaged over time.
    pub contents_mean: f64,
    /// People of a crew at work, or robots in a zone, averaged over time.
    pub at_work_mean: f64,
    /// People of a crew who were there, or places of a zone, averaged over time; zero for what lends nothing.
    pub there_mean: f64,
    /// Hours of the people of a crew who were there, and of those who were at work though their shift was over.
    pub labour_h: f64,
    /// How many calls a crew or zone answered.
    pub calls: u64,
    /// Seconds that an answered call waited, on average; none without calls.
    pub call_wait_s: Option<f64>,
    /// Nanoseconds in which calls waited for people who were missing, by the skills that it calls for.
    pub lacked: Vec<u64>,
    /// Those at work by purpose, in the order of [`ResourcePurpose::ALL`]; together that is all of them.
    pub at_work_by_purpose: [f64; ResourcePurpose::ALL.len()],
    /// The most parts that were inside at once.
    pub contents_max: u64,
    /// How often each of [`Incident::ALL`] happened.
    pub incidents: [u64; Incident::ALL.len()],
    /// Parts that left by each way out, by the number of the port; one number if it has one way out.
    pub parts_out: Vec<u64>,
    /// Seconds that a part which left in the window waited for its work, on average; where nothing is done to parts, how long it
    /// stayed; on a belt, how much longer than the free run it took to the end. `None` if no part left, or no part ever stays.
    pub queue_time_s: Option<f64>,
    /// Seconds from the end of its work until it left, on average; `None` also where nothing is done to parts.
    pub blocked_time_s: Option<f64>,
}

impl ElementOutcome {
    /// What an element did in the time that is measured.
    pub(crate) fn of(run: &Measured<'_>, slot: usize) -> ElementOutcome {
        let Measured { line, records, counted } = *run;
        let length = counted.length().0.max(1) as f64;
        let (record, tally) = (&records.elements[slot], records.tally(slot));
        let element = &line.elements[slot];
        let stay = record.stay_until(records.line.settled()) as f64;
        let (meter, clock) = (&records.meters[slot], records.clock(slot));
        let [queue_time_s, blocked_time_s] = waiting_times(run, slot);
        let (calls, waited) = records.calls(slot);
        ElementOutcome {
            times: clock.times,
            place_times: records.state_times(slot),
            scheduled: element.datasheet.hours.as_ref().map(|hours| counted.open_in(hours).0),
            overtime: records.overtime(slot),
            planned: planned_busy_time(run, slot),
            energy: meter.energy(),
            energy_by_state: State::ALL
                .map(|state| meter.amount_in(EnergyCarrier::Electricity, state) as f64),
            others: meter
                .others()
                .into_iter()
                .map(|carrier| (carrier, drawn_by_state(meter, carrier)))
                .collect(),
            operations: record.completed,
            factors: Factors::of(run, slot),
            contents_mean: stay / length,
            contents_max: record.most,
            at_work_mean: records.people_nanos(slot) as f64 / length,
            there_mean: counted.mean(|range| element.datasheet.mean_lent(range.from, range.to)),
            labour_h: labour_hours(run, slot),
            calls,
            call_wait_s: (calls > 0).then(|| waited as f64 / (calls as f64 * 1e9)),
            lacked: element.calls.iter().map(|(skill, _)| records.lacked(slot, *skill)).collect(),
            at_work_by_purpose: ResourcePurpose::ALL
                .map(|purpose| records.people_nanos_for(slot, purpose) as f64 / length),
            incidents: Incident::ALL.map(|incident| tally.count(incident)),
            parts_out: (0..element.ways_out().len()).map(|nth| tally.left_by(nth, record.left)).collect(),
            queue_time_s,
            blocked_time_s,
        }
    }

    /// What it drew of a carrier, in the carrier's unit.
    pub fn amount(&self, carrier: EnergyCarrier) -> f64 {
        match carrier {
            EnergyCarrier::Electricity => carrier.in_units(self.energy as f64),
            other => State::ALL.into_iter().map(|state| self.amount_in(other, state)).sum(),
        }
    }

    /// What it drew of a carrier in a state, in the carrier's unit.
    pub fn amount_in(&self, carrier: EnergyCarrier, state: State) -> f64 {
        match carrier {
            EnergyCarrier::Electricity => carrier.in_units(self.energy_by_state[state as usize]),
            other => {
                let found = self.others.iter().find(|(known, _)| *known == other);
                found.map_or(0.0, |(_, by_state)| by_state[state as usize])
            }
        }
    }

    /// Whether it has states at all: sources, buffers and sinks only store.
    pub fn has_states(&self) -> bool {
        self.times.iter().any(|time| *time > 0)
    }

    /// The share of the window in such states, of its places on average; zero for what only stores.
    pub fn share(&self, such: impl Fn(State) -> bool) -> f64 {
        self.time(such) / self.times.iter().sum::<u64>().max(1) as f64
    }

    /// The share of its planned time in such states.
    pub fn share_of_planned(&self, such: impl Fn(State) -> bool) -> Option<f64> {
        (self.planned > 0).then(|| self.time(such) / self.planned as f64)
    }

    /// Nanoseconds in such states, of its places on average.
    fn time(&self, such: impl Fn(State) -> bool) -> f64 {
        let states = State::ALL.into_iter().filter(|state| such(*state));
        states.map(|state| self.place_times[state as usize]).sum()
    }
}

fn drawn_by_state(meter: &Meter, carrier: EnergyCarrier) -> [f64; State::ALL.len()] {
    State::ALL.map(|state| carrier.in_units(meter.amount_in(carrier, state) as f64))
}

/// Seconds that a part which left waited for its work, and after it, on average; where nothing is done to parts, only the first.
fn waiting_times(run: &Measured<'_>, slot: usize) -> [Option<f64>; 2] {
    let (waits, stores) = (run.records.waits(slot), run.records.clock(slot).state().is_none());
    // Parts leave the line at the instant at which they come to a sink.
    let keeps = !(stores && run.line.elements[slot].outlets.is_empty());
    let mean = |nanos: u128| nanos as f64 / (waits.parts as f64 * 1e9);
    let known = waits.parts > 0 && keeps;
    [known.then(|| mean(waits.queue)), (known && !stores).then(|| mean(waits.blocked))]
}

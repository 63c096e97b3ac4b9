//! The course of a line: its totals at equal steps of time, in memory that does not grow. When there are too many steps,
//! every second one is forgotten.

use crate::energy::EnergyCarrier;
use crate::event::Slot;
use crate::kernel::Time;
use crate::line::Line;
use crate::records::Records;

/// What was counted since time zero.
#[derive(Clone, Debug, Default, PartialEq)]
struct Totals {
    time: Time,
    delivered: u64,
    scrapped: u64,
    /// Nanoseconds that all parts together have been inside.
    stay: i128,
    /// Nanoseconds of lead time of all delivered parts.
    lead_time: u128,
    /// Picojoules.
    /// Of electricity, in picojoules.
    energy: u128,
    /// Milliwatts at that instant.
    power: u64,
    bottleneck: Option<Slot>,
    /// Parts in each element at that instant.
    inside: Vec<u16>,
    /// Nanoseconds of ideal time of the work of each element, in each of its places.
    ideal: Vec<u64>,
    /// Whether the layout gives the power of any element.
    knows_energy: bool,
}

/// What a history notes of a run at one instant.
#[derive(Clone, Copy)]
pub(super) struct SeenState<'a> {
    pub(super) records: &'a Records,
    /// How much of the ideal time of the work in hand is done, by slot.
    pub(super) in_hand: &'a [Time],
    pub(super) bottleneck: Option<Slot>,
    pub(super) knows_energy: bool,
}

/// The totals of a run, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct LineHistory {
    notes: Vec<Totals>,
    /// What was counted before the window was opened.
    before: Totals,
    step: Time,
    most: usize,
    /// How many operations go on side by side in each element with a cycle.
    places: Vec<Option<u32>>,
}

/// A curve over time that a window can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum HistoryCourse {
    /// Good parts of the last hour, per hour.
    Throughput,
    /// Mean work in process of each step.
    Wip,
    /// Mean lead time in minutes of the parts that were finished in the last hour.
    LeadTime,
    /// Mean power of each step, in kW.
    Power,
    /// Mean power of the last 15 minutes, in kW.
    PowerOf15Min,
    /// Highest mean power of 15 minutes so far, in kW.
    PeakPower,
    /// kWh for each good part of the last hour.
    EnergyPerPart,
    /// OEE of the line over the last hour.
    Oee,
    /// Good parts since time zero.
    Delivered,
}

/// The first steps are a 64th of a quarter of an hour: so power is averaged over 15 minutes exactly.
const FIRST_STEP: Time = Time(900_000_000_000 / 64);
const QUARTER: Time = Time(900_000_000_000);
const HOUR: Time = Time(3_600_000_000_000);

impl LineHistory {
    /// The history of a run at time zero.
    pub(super) fn new(line: &Line) -> LineHistory {
        let most = if line.elements.len() > 2000 { 256 } else { 1024 };
        let places = line.elements.iter().map(|element| element.datasheet.works_in).collect();
        LineHistory { notes: Vec::new(), before: Totals::default(), step: FIRST_STEP, most, places }
    }

    /// When the next note is due.
    pub(super) fn next(&self) -> Time {
        self.notes.last().map_or(Time::ZERO, |last| last.time + self.step)
    }

    /// Notes the totals of settled records, and the ideal time of the work in hand.
    pub(super) fn note(&mut self, seen: &SeenState<'_>, now: Time) {
        if self.notes.len() == self.most {
            let mut nth = 0;
            self.notes.retain(|_| {
                nth += 1;
                nth % 2 == 1
            });
            self.step = self.step + self.step;
            if self.next() > now {
                return;
            }
        }
        let totals = self.totals(seen, now);
        self.notes.push(totals);
    }

    /// The records will begin to count from zero.
    pub(super) fn open_window(&mut self, seen: &SeenState<'_>, now: Time) {
        let mut settled = seen.records.clone();
        settled.settle(now);
        self.before = self.totals(&SeenState { records: &settled, ..*seen }, now);
    }

    fn totals(&self, seen: &SeenState<'_>, now: Time) -> Totals {
        let SeenState { records, in_hand, bottleneck, knows_energy } = *seen;
        let (before, line) = (&self.before, &records.line);
        let ideal = |(slot, places): (usize, &Option<u32>)| {
            let (Some(places), Some(done)) = (*places, in_hand.get(slot)) else { return 0 };
            let done = records.clock(slot).ideal + i128::from(done.0);
            let in_each = done / i128::from(places.max(1));
            before.ideal.get(slot).copied().unwrap_or(0).saturating_add_signed(in_each as i64)
        };
        Totals {
            time: now,
            delivered: before.delivered + line.delivered,
            scrapped: before.scrapped + line.scrapped,
            stay: before.stay + line.stay_until(now),
            lead_time: before.lead_time + line.lead_times.sum,
            energy: before.energy + line.energy,
            power: line.power(),
            bottleneck,
            inside: records.elements.iter().map(|element| element.contents.min(65_535) as u16).collect(),
            ideal: self.places.iter().enumerate().map(ideal).collect(),
            knows_energy,
        }
    }

    /// How far apart the points of a course are.
    pub fn step(&self) -> Time {
        self.step
    }

    /// A course as pairs of hours and values; the gaps where nothing was finished are left out, and so
    /// are all power values while the layout gives no power.
    pub fn course(&self, course: HistoryCourse) -> Vec<[f64; 2]> {
        let mut highest = 0.0_f64;
        let points = self.notes.iter().enumerate().filter_map(|(at, note)| {
            let value = match course {
                HistoryCourse::Throughput => self
                    .over(at, HOUR, |now, then, hours| Some((now.delivered - then.delivered) as f64 / hours)),
                HistoryCourse::Wip => self.over(at, self.step, |now, then, hours| {
                    Some((now.stay - then.stay) as f64 / (hours * HOUR.0 as f64))
                }),
                HistoryCourse::LeadTime => self.over(at, HOUR, |now, then, _| {
                    let parts = (now.delivered - then.delivered) as f64;
                    Some((now.lead_time - then.lead_time) as f64 / parts / 60e9)
                }),
                HistoryCourse::Power => self.over(at, self.step, kilowatts),
                HistoryCourse::PowerOf15Min => self.over_whole(at, QUARTER, kilowatts),
                HistoryCourse::PeakPower => {
                    highest = highest.max(self.over_whole(at, QUARTER, kilowatts)?);
                    Some(highest)
                }
                HistoryCourse::EnergyPerPart => self.over(at, HOUR, |now, then, _| {
                    let parts = (now.delivered - then.delivered) as f64;
                    Some(kilowatt_hours(now, then)? / parts)
                }),
                HistoryCourse::Oee => self.over(at, HOUR, |now, then, hours| self.oee(now, then, hours)),
                HistoryCourse::Delivered => Some(note.delivered as f64),
            };
            Some([note.time.secs() / 3600.0, value.filter(|value| value.is_finite())?])
        });
        points.collect()
    }

    /// Parts in an element over time, as pairs of hours and numbers.
    pub fn inside(&self, slot: Slot) -> Vec<[f64; 2]> {
        let point = |note: &Totals| {
            [note.time.secs() / 3600.0, f64::from(note.inside.get(slot.index()).copied().unwrap_or(0))]
        };
        self.notes.iter().map(point).collect()
    }

    /// The momentary bottleneck over time: from when on which element, joined where it stays.
    pub fn bottlenecks(&self) -> Vec<(Time, Option<Slot>)> {
        let mut all: Vec<(Time, Option<Slot>)> = Vec::new();
        for note in &self.notes {
            if all.last().is_none_or(|(_, last)| *last != note.bottleneck) {
                all.push((note.time, note.bottleneck));
            }
        }
        all
    }

    /// As the KPI: the highest share of ideal time of any element, times the share of good parts.
    fn oee(&self, now: &Totals, then: &Totals, hours: f64) -> Option<f64> {
        let shares = now.ideal.iter().zip(&then.ideal).zip(&self.places);
        let nanos = shares.filter_map(|((now, then), places)| places.map(|_| now.saturating_sub(*then)));
        let highest = nanos.max()? as f64 / (hours * HOUR.0 as f64);
        let good = (now.delivered - then.delivered) as f64;
        let left = good + (now.scrapped - then.scrapped) as f64;
        Some(highest * good / left)
    }

    /// A value from the totals at a note and those so long before it, or as long as there is.
    fn over(
        &self,
        at: usize,
        length: Time,
        value: impl Fn(&Totals, &Totals, f64) -> Option<f64>,
    ) -> Option<f64> {
        let steps = (length.0 / self.step.0).max(1) as usize;
        let (now, then) = (&self.notes[at], &self.notes[at.saturating_sub(steps)]);
        let hours = (now.time - then.time).secs() / 3600.0;
        if hours > 0.0 { value(now, then, hours) } else { None }
    }

    /// The same, only where there is so long a time.
    fn over_whole(
        &self,
        at: usize,
        length: Time,
        value: impl Fn(&Totals, &Totals, f64) -> Option<f64>,
    ) -> Option<f64> {
        (self.notes[at].time >= length).then(|| self.over(at, length, value)).flatten()
    }
}

/// Unknown while the layout gives no power.
fn kilowatt_hours(now: &Totals, then: &Totals) -> Option<f64> {
    let known = now.knows_energy && then.knows_energy;
    known.then(|| EnergyCarrier::Electricity.in_units((now.energy - then.energy) as f64))
}

fn kilowatts(now: &Totals, then: &Totals, hours: f64) -> Option<f64> {
    Some(kilowatt_hours(now, then)? / hours)
}

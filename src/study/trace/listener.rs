//! What collects a trace while the run goes on. Read [`TraceListener`] first.
//!
//! The sums that the engine's own records keep (parts inside, power, lead times) come from a [`Records`] of this run, so that
//! they are the same numbers.

use super::active_periods::ActivePeriods;
use super::arrows::is_station;
use super::excerpt::ExcerptWriter;
use super::peak_shares::PeakShares;
use super::profile::DayProfile;
use super::{BinAxis, LevelBins, RunTrace};
use crate::event::{LineEvent, Listener, Slot, What};
use crate::kernel::Time;
use crate::line::Line;
use crate::records::Records;

/// Collects the trace of one run.
pub(super) struct TraceListener {
    records: Records,
    axis: BinAxis,
    warm_up: Time,
    is_open: bool,
    finished: Vec<u64>,
    wip: LevelBins,
    /// Which series an element has, by slot.
    series: Vec<Option<usize>>,
    levels: Vec<(Slot, LevelBins)>,
    profile: DayProfile,
    peak: Option<PeakShares>,
    is_station: Vec<bool>,
    periods: ActivePeriods,
    excerpt: ExcerptWriter,
}

impl TraceListener {
    /// For a run of a line to `end`, with an excerpt.
    pub(super) fn new(
        line: &Line,
        warm_up: Time,
        end: Time,
        excerpt: (Time, Time),
        peak_ends: Option<Time>,
    ) -> TraceListener {
        let axis = BinAxis { end, count: RunTrace::BINS };
        let elements = line.elements.len();
        let stores = line.elements.iter().zip(0..).filter(|(element, _)| element.stores_between());
        let stores: Vec<Slot> = stores.map(|(_, slot)| Slot(slot)).take(RunTrace::MOST_LEVELS).collect();
        let mut series = vec![None; elements];
        stores.iter().enumerate().for_each(|(nth, slot)| series[slot.index()] = Some(nth));
        TraceListener {
            records: Records::of(line),
            axis,
            warm_up,
            is_open: warm_up == Time::ZERO,
            finished: vec![0; axis.count],
            wip: LevelBins::new(axis),
            series,
            levels: stores.into_iter().map(|slot| (slot, LevelBins::new(axis))).collect(),
            profile: DayProfile::new(line.run.clock(), warm_up),
            peak: peak_ends.map(PeakShares::new),
            is_station: line.elements.iter().map(is_station).collect(),
            periods: ActivePeriods::new(elements, axis, warm_up),
            excerpt: ExcerptWriter::new(elements, excerpt),
        }
    }

    /// What happens when the warm-up ends belongs to the warm-up, as in a replication of a study.
    fn open_window(&mut self, now: Time) {
        if !self.is_open && now > self.warm_up {
            self.records.open_window(self.warm_up);
            self.is_open = true;
        }
    }

    /// The window is open before the peak begins: only what it counts has a peak.
    fn pass_peak(&mut self, now: Time) {
        if let Some(peak) = &mut self.peak {
            peak.go_on(now, &mut self.records);
        }
    }

    fn change_level(&mut self, now: Time, slot: Slot) {
        let contents = self.records.elements[slot.index()].contents;
        if let Some(nth) = self.series[slot.index()] {
            self.levels[nth].1.set(now, contents);
        }
        self.excerpt.change_level(now, slot, contents);
    }

    /// The trace, once the run is over.
    pub(super) fn finish(mut self) -> RunTrace {
        let end = self.axis.end;
        self.open_window(Time(end.0 + 1));
        self.profile.pass(end);
        self.pass_peak(Time(end.0 + 1));
        RunTrace {
            axis: self.axis,
            warm_up: self.warm_up,
            finished: self.finished,
            wip: self.wip.finish(end),
            levels: self.levels.into_iter().map(|(slot, bins)| (slot, bins.finish(end))).collect(),
            profile: self.profile,
            peak: self.peak.and_then(PeakShares::finish),
            bottleneck: self.periods.finish(end),
            lead_times: self.records.line.lead_times,
            excerpt: self.excerpt.finish(end),
        }
    }
}

impl Listener for TraceListener {
    fn on_event(&mut self, event: LineEvent) {
        let LineEvent { time, element, what } = event;
        self.open_window(time);
        self.pass_peak(time);
        self.records.on_event(event);
        match what {
            What::Became(state) => {
                if self.is_station[element.index()] {
                    self.periods.set(time, element, state.is_active());
                }
                self.excerpt.become_state(time, element, state);
            }
            What::Left { part, .. } => {
                self.excerpt.leave(&part, element);
                self.change_level(time, element);
            }
            What::Arrived(part) => {
                self.excerpt.arrive(time, &part, element);
                self.change_level(time, element);
            }
            What::Created(_) | What::Scrapped(_) | What::Merged { .. } | What::Withdrawn(_) => {
                self.change_level(time, element);
            }
            What::Delivered(_) => {
                self.finished[self.axis.bin_of(time)] += 1;
                self.change_level(time, element);
            }
            _ => {}
        }
        self.wip.set(time, self.records.line.wip());
        self.profile.set(time, self.records.line.power());
    }

    fn weighs_parts(&self) -> bool {
        self.records.weighs_parts()
    }
}

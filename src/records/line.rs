//! The records of the line as a whole: parts in and out, work in process, lead times, and the line's own meter.

use super::tariff_meter::TariffMeter;
use super::{LeadTimes, QualityRecord};
use crate::energy::{Peak, PowerChange};
use crate::event::Part;
use crate::kernel::Time;
use crate::tariff::TariffClock;
use std::sync::Arc;

/// The record of the line since the window was opened.
#[derive(Clone, Debug)]
pub struct LineRecord {
    /// When the window was opened.
    pub opened: Time,
    /// Parts inside when the window was opened.
    pub inside_at_first: u64,
    /// Parts that came into the line.
    pub created: u64,
    /// Good parts that left it.
    pub delivered: u64,
    /// Parts that left it as scrap.
    pub scrapped: u64,
    /// What is known of the quality of parts.
    pub quality: QualityRecord,
    /// Parts that became pieces of others.
    pub merged: u64,
    /// Carriers that left it.
    pub withdrawn: u64,
    /// Nanoseconds that parts stayed, each counted from its entry (negative) to its leaving (positive).
    stay: i128,
    /// Nanoseconds that the parts which left were inside since the window was opened, by their own stamps.
    pub sojourn: u128,
    /// The lead times of all delivered parts.
    pub lead_times: LeadTimes,
    /// Picojoules on the line's meter, the power now, and since when.
    pub energy: u128,
    power: u64,
    since: Time,
    /// The same by the period of the tariff, if the line has one.
    tariff: Option<Box<TariffMeter>>,
    peak: Peak,
    /// The same of stretches that were added.
    peak_of_stretches: Option<f64>,
}

impl PartialEq for LineRecord {
    fn eq(&self, other: &LineRecord) -> bool {
        let counts = |line: &LineRecord| {
            (
                line.opened,
                line.inside_at_first,
                line.created,
                line.delivered,
                line.scrapped,
                line.merged,
                line.withdrawn,
                line.stay,
                line.sojourn,
            )
        };
        let meter = |line: &LineRecord| {
            (line.energy, line.power, line.since, line.peak.highest_milliwatts().to_bits())
        };
        let periods = self.energy_by_period() == other.energy_by_period();
        periods
            && counts(self) == counts(other)
            && meter(self) == meter(other)
            && self.lead_times == other.lead_times
            && self.quality == other.quality
    }
}

impl LineRecord {
    pub(super) fn new() -> LineRecord {
        LineRecord {
            opened: Time::ZERO,
            inside_at_first: 0,
            created: 0,
            delivered: 0,
            scrapped: 0,
            quality: QualityRecord::default(),
            merged: 0,
            withdrawn: 0,
            stay: 0,
            sojourn: 0,
            lead_times: LeadTimes::default(),
            energy: 0,
            power: 0,
            since: Time::ZERO,
            tariff: None,
            peak: Peak::new(Peak::WINDOW, Time::ZERO, 0),
            peak_of_stretches: None,
        }
    }

    /// What the line draws now, in milliwatts.
    pub fn power(&self) -> u64 {
        self.power
    }

    /// Keeps the energy by the period of a tariff too, from time zero on.
    pub(super) fn follow(&mut self, tariff: Arc<TariffClock>) {
        self.tariff = Some(Box::new(TariffMeter::new(tariff)));
    }

    /// Picojoules by the number of the period of the tariff; none without a tariff. Settled records only.
    pub fn energy_by_period(&self) -> Option<&[u128]> {
        self.tariff.as_deref().map(TariffMeter::energy)
    }

    /// Parts inside now.
    pub fn wip(&self) -> u64 {
        let gone = self.delivered + self.scrapped + self.merged + self.withdrawn;
        self.inside_at_first + self.created - gone
    }

    /// Nanoseconds that all parts together were inside, up to `now`.
    pub fn stay_until(&self, now: Time) -> i128 {
        self.stay + i128::from(self.wip()) * i128::from(now.0)
    }

    /// The same up to the instant at which the record was settled.
    pub fn stay(&self) -> i128 {
        self.stay_until(self.settled())
    }

    /// The instant at which the record was settled. Settled records only.
    pub fn settled(&self) -> Time {
        self.since
    }

    /// When the 15 minutes of the highest mean power ended; none if the window is shorter, or was put together of stretches.
    pub fn peak_ends(&self) -> Option<Time> {
        let is_whole = self.since - self.opened >= Peak::WINDOW && self.peak_of_stretches.is_none();
        is_whole.then(|| self.peak.highest_ends())
    }

    /// The highest mean power over 15 minutes that lie in the window, or in one stretch of it, in milliwatts; none if it is
    /// shorter than that.
    pub fn peak_milliwatts(&self) -> Option<f64> {
        let here = (self.since - self.opened >= Peak::WINDOW).then(|| self.peak.highest_milliwatts());
        here.into_iter().chain(self.peak_of_stretches).reduce(f64::max)
    }

    #[inline]
    pub(super) fn enter(&mut self, now: Time) {
        self.created += 1;
        self.stay -= i128::from(now.0);
    }

    #[inline]
    pub(super) fn deliver(&mut self, now: Time, part: &Part) {
        self.delivered += 1;
        self.leave(now, part);
        self.lead_times.record(now - part.entered);
    }

    pub(super) fn scrap(&mut self, now: Time, part: &Part) {
        self.scrapped += 1;
        self.quality.scrap(part.product);
        self.leave(now, part);
    }

    pub(super) fn merge(&mut self, now: Time, part: &Part) {
        self.merged += 1;
        self.leave(now, part);
    }

    pub(super) fn withdraw(&mut self, now: Time, part: &Part) {
        self.withdrawn += 1;
        self.leave(now, part);
    }

    #[inline]
    fn leave(&mut self, now: Time, part: &Part) {
        self.stay += i128::from(now.0);
        self.sojourn += u128::from((now - part.entered.max(self.opened)).0);
    }

    #[inline]
    pub(super) fn change_power(&mut self, now: Time, PowerChange { before, after }: PowerChange) {
        if before != after {
            self.draw(now);
            self.power = self.power - before + after;
            self.peak.step(now, self.power);
        }
    }

    #[inline]
    fn draw(&mut self, now: Time) {
        self.energy += u128::from(self.power) * u128::from((now - self.since).0);
        if let Some(tariff) = &mut self.tariff {
            tariff.draw(self.power, self.since, now);
        }
        self.since = now;
    }

    pub(super) fn settle(&mut self, now: Time) {
        self.draw(now);
        self.peak.advance(now);
    }

    /// Adds what was in another stretch, settled at its end: the stays are then those up to time zero.
    pub(super) fn add(&mut self, stretch: &LineRecord) {
        let LineRecord { inside_at_first, created, delivered, scrapped, merged, withdrawn, .. } = stretch;
        self.inside_at_first += inside_at_first;
        self.created += created;
        self.delivered += delivered;
        self.scrapped += scrapped;
        self.merged += merged;
        self.withdrawn += withdrawn;
        self.quality.add(&stretch.quality);
        self.stay += stretch.stay();
        self.sojourn += stretch.sojourn;
        self.lead_times.add(&stretch.lead_times);
        self.energy += stretch.energy;
        self.tariff.iter_mut().zip(&stretch.tariff).for_each(|(all, more)| all.add(more));
        self.peak_of_stretches =
            self.peak_milliwatts().into_iter().chain(stretch.peak_milliwatts()).reduce(f64::max);
    }

    pub(super) fn open_window(&mut self, now: Time) {
        let inside_at_first = self.wip();
        let stay = -i128::from(inside_at_first) * i128::from(now.0);
        let peak = Peak::new(Peak::WINDOW, now, self.power);
        let (power, mut tariff) = (self.power, self.tariff.take());
        if let Some(tariff) = &mut tariff {
            tariff.draw(power, self.since, now);
            tariff.open_window();
        }
        let fresh = LineRecord::new();
        *self = LineRecord { opened: now, inside_at_first, stay, power, since: now, tariff, peak, ..fresh };
    }
}

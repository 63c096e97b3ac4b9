//! The energy of the line by the period of its tariff.
//!
//! The line's meter passes on each stretch of constant power; where a period ends inside, the stretch is cut. The periods are asked
//! for a year at a time. Read [`TariffMeter`].

use crate::kernel::Time;
use crate::tariff::{RunPeriodSpan, TariffClock};
use std::sync::Arc;

/// How much of the run is asked for at once.
const CHUNK: Time = Time(366 * 24 * 3_600_000_000_000);

/// What the line drew in each period of its tariff since the window was opened.
#[derive(Clone, Debug)]
pub(super) struct TariffMeter {
    clock: Arc<TariffClock>,
    /// The periods up to a time, and the one that holds.
    spans: Arc<[RunPeriodSpan]>,
    nth: usize,
    /// Picojoules by the number of the period.
    energy: Vec<u128>,
}

impl TariffMeter {
    /// A meter that begins at time zero.
    pub(super) fn new(clock: Arc<TariffClock>) -> TariffMeter {
        let energy = vec![0; clock.periods()];
        // Many records are only added up, and never ask.
        TariffMeter { clock, spans: Arc::new([]), nth: 0, energy }
    }

    /// The line draws a power from one time to another, which is not before the last one.
    pub(super) fn draw(&mut self, milliwatts: u64, mut from: Time, to: Time) {
        while from < to {
            let Some(span) = self.spans.get(self.nth) else {
                let spans = self.clock.spans(from, from + CHUNK);
                // Beyond the last instant of all the last period goes on.
                let last = RunPeriodSpan { until: Time::NEVER, period: self.energy.len() - 1 };
                self.spans = if spans.is_empty() { Arc::new([last]) } else { spans.into() };
                self.nth = 0;
                continue;
            };
            let until = span.until.min(to);
            if until > from {
                self.energy[span.period] += u128::from(milliwatts) * u128::from((until - from).0);
                from = until;
            }
            self.nth += usize::from(span.until <= to);
        }
    }

    /// Picojoules by the number of the period.
    pub(super) fn energy(&self) -> &[u128] {
        &self.energy
    }

    pub(super) fn open_window(&mut self) {
        self.energy.fill(0);
    }

    pub(super) fn add(&mut self, stretch: &TariffMeter) {
        self.energy.iter_mut().zip(&stretch.energy).for_each(|(all, more)| *all += more);
    }
}

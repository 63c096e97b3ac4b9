//! From the clock of a meter to real time: each stamp becomes an interval, through the hours that daylight saving skips or repeats.
//!
//! After an interval the next one is expected. Where its stamp is the one that the clock shows then, it follows without a gap; so
//! of an hour that comes twice, the rows of the first pass come before those of the second. Read [`MeterClock`].

use crate::tariff::{clock_at, nanos_of};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// Which end of its interval a stamp names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StampedAt {
    /// The first instant.
    Begin,
    /// The instant after the last one.
    End,
}

/// Puts the stamps of one file on the axis of time, in their order.
pub(super) struct MeterClock<'a> {
    pub(super) zone: &'a TimeZone,
    pub(super) stamped_at: StampedAt,
    /// The length of an interval in nanoseconds.
    pub(super) step: i64,
    /// The end of the interval before.
    pub(super) last: Option<i64>,
}

/// Why a stamp has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StampFault {
    /// The clock of the zone skips it.
    Skipped,
    /// It lies before the end of the interval before it.
    Earlier,
}

impl MeterClock<'_> {
    /// The first instant of the interval of a stamp, which ends `step` later.
    pub(super) fn begin_of(&mut self, clock: DateTime, offset: Option<i32>) -> Result<i64, StampFault> {
        let begin = match offset {
            Some(secs) => self.by_offset(clock, secs),
            None if self.is_expected(clock) => self.last.unwrap_or_default(),
            None => self.by_zone(clock)?,
        };
        if self.last.is_some_and(|last| begin < last) {
            return Err(StampFault::Earlier);
        }
        self.last = Some(begin + self.step);
        Ok(begin)
    }

    fn by_offset(&self, clock: DateTime, secs: i32) -> i64 {
        let offset = Offset::from_seconds(secs).unwrap_or(Offset::UTC);
        let instant = offset.to_timestamp(clock).map_or(i64::MAX, nanos_of);
        if self.stamped_at == StampedAt::Begin { instant } else { instant - self.step }
    }

    /// Whether the clock shows this at the interval that follows the one before. The end of an interval may be written as the
    /// clock shows it, or as the beginning and the length.
    fn is_expected(&self, clock: DateTime) -> bool {
        let Some(last) = self.last else { return false };
        let shown = |nanos: i64| clock_at(nanos, self.zone);
        match self.stamped_at {
            StampedAt::Begin => shown(last) == clock,
            StampedAt::End => {
                let later = shown(last).checked_add(SignedDuration::from_nanos(self.step));
                shown(last + self.step) == clock || later.is_ok_and(|later| later == clock)
            }
        }
    }

    fn by_zone(&self, clock: DateTime) -> Result<i64, StampFault> {
        let length =
            SignedDuration::from_nanos(if self.stamped_at == StampedAt::Begin { 0 } else { self.step });
        let begin = clock.checked_sub(length).map_err(|_| StampFault::Skipped)?;
        let instants = self.zone.to_ambiguous_timestamp(begin);
        if matches!(instants.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
            return Err(StampFault::Skipped);
        }
        let earlier = instants.earlier().map(nanos_of).map_err(|_| StampFault::Skipped)?;
        let later = instants.later().map_or(earlier, nanos_of);
        Ok(if self.last.is_some_and(|last| earlier < last) { later } else { earlier })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: i64 = 900_000_000_000;

    /// The begins of intervals in quarters of an hour after the first.
    fn quarters(zone: &str, stamped_at: StampedAt, stamps: &[&str]) -> Vec<Result<i64, StampFault>> {
        let zone = TimeZone::get(zone).unwrap();
        let mut clock = MeterClock { zone: &zone, stamped_at, step: QUARTER, last: None };
        let begin = |text: &&str| clock.begin_of(text.parse().unwrap(), None);
        let begins: Vec<_> = stamps.iter().map(begin).collect();
        let first = begins[0].unwrap();
        begins.into_iter().map(|begin| begin.map(|begin| (begin - first) / QUARTER)).collect()
    }

    #[test]
    fn an_hour_that_comes_twice_has_its_rows_one_after_the_other() {
        let stamps = [
            "2026-10-25 01:45",
            "2026-10-25 02:00",
            "2026-10-25 02:15",
            "2026-10-25 02:30",
            "2026-10-25 02:45",
            "2026-10-25 02:00",
            "2026-10-25 02:15",
            "2026-10-25 02:30",
            "2026-10-25 02:45",
            "2026-10-25 03:00",
        ];
        let all: Vec<_> = (0..10).map(Ok).collect();
        assert_eq!(quarters("Europe/Berlin", StampedAt::Begin, &stamps), all);
        // The end of the last interval of the first pass is written as 02:00 or as 03:00.
        for turn in ["2026-10-25 02:00", "2026-10-25 03:00"] {
            let stamps = [
                "2026-10-25 02:00",
                "2026-10-25 02:15",
                "2026-10-25 02:30",
                "2026-10-25 02:45",
                turn,
                "2026-10-25 02:15",
                "2026-10-25 02:30",
                "2026-10-25 02:45",
                "2026-10-25 03:00",
                "2026-10-25 03:15",
            ];
            assert_eq!(quarters("Europe/Berlin", StampedAt::End, &stamps), all, "{turn}");
        }
    }

    #[test]
    fn an_hour_that_is_skipped_is_no_gap_and_its_stamps_do_not_exist() {
        let stamps = ["2026-03-29 01:30", "2026-03-29 01:45", "2026-03-29 03:00"];
        assert_eq!(quarters("Europe/Berlin", StampedAt::Begin, &stamps), [Ok(0), Ok(1), Ok(2)]);
        let stamps = ["2026-03-29 01:45", "2026-03-29 02:00", "2026-03-29 03:15"];
        assert_eq!(quarters("Europe/Berlin", StampedAt::End, &stamps), [Ok(0), Ok(1), Ok(2)]);
        let stamps = ["2026-03-29 01:45", "2026-03-29 02:15"];
        assert_eq!(quarters("Europe/Berlin", StampedAt::Begin, &stamps), [Ok(0), Err(StampFault::Skipped)]);
    }

    #[test]
    fn a_stamp_may_come_later_but_not_earlier() {
        let stamps = ["2026-03-02 08:00", "2026-03-02 08:45", "2026-03-02 08:30"];
        let found = quarters("Asia/Shanghai", StampedAt::Begin, &stamps);
        assert_eq!(found, [Ok(0), Ok(3), Err(StampFault::Earlier)]);
    }
}

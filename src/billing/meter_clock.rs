//! From the clock of a meter to real time: each stamp becomes an interval, through the hours that daylight saving skips or repeats.
//!
//! After an interval the next one is expected. Where its stamp is the one that the clock shows then, it follows without a gap; so
//! of an hour that comes twice, the rows of the first pass come before those of the second. Intervals of more than an hour, such as
//! days, are those of the clock on the wall, so a day may have 23 or 25 hours. Read [`MeterClock`].

use crate::tariff::{clock_at, nanos_of};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// Which end of its interval a stamp names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StampedAt {
    /// The first instant.
    Begin,
    /// The instant after the last one.
    End,
}

const HOUR: i64 = 3_600_000_000_000;

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
    /// It is no whole number of intervals after the one before it.
    Between,
}

impl MeterClock<'_> {
    /// The first instant of the interval of a stamp, and the instant after the last one.
    pub(super) fn interval_of(
        &mut self,
        clock: DateTime,
        offset: Option<i32>,
    ) -> Result<(i64, i64), StampFault> {
        let (begin, end) = match offset {
            Some(secs) => self.by_offset(clock, secs)?,
            None if self.step > HOUR => self.on_the_wall(clock)?,
            None => {
                let begin = self.by_zone(clock)?;
                (begin, begin + self.step)
            }
        };
        if let Some(last) = self.last {
            // A change of the clock moves long intervals by its length.
            let between = self.step <= HOUR && (begin - last) % self.step != 0;
            if begin < last {
                return Err(StampFault::Earlier);
            } else if between {
                return Err(StampFault::Between);
            }
        }
        self.last = Some(end);
        Ok((begin, end))
    }

    /// The clock at the beginning of an interval.
    fn begin_clock(&self, clock: DateTime) -> Result<DateTime, StampFault> {
        let length =
            SignedDuration::from_nanos(if self.stamped_at == StampedAt::Begin { 0 } else { self.step });
        clock.checked_sub(length).map_err(|_| StampFault::Skipped)
    }

    /// An interval of a stamp that says how far it is ahead of UTC; of more than an hour, its other end is that of the clock.
    fn by_offset(&self, clock: DateTime, secs: i32) -> Result<(i64, i64), StampFault> {
        let offset = Offset::from_seconds(secs).map_err(|_| StampFault::Skipped)?;
        let stamped = offset.to_timestamp(clock).map(nanos_of).map_err(|_| StampFault::Skipped)?;
        let length = if self.stamped_at == StampedAt::Begin { self.step } else { -self.step };
        let other = match self.step > HOUR {
            true => {
                let clock = clock_at(stamped, self.zone).checked_add(SignedDuration::from_nanos(length));
                let other = clock.and_then(|clock| self.zone.to_timestamp(clock));
                other.map(nanos_of).map_err(|_| StampFault::Skipped)?
            }
            false => stamped + length,
        };
        Ok((stamped.min(other), stamped.max(other)))
    }

    /// An interval from one time of the clock to another.
    fn on_the_wall(&self, clock: DateTime) -> Result<(i64, i64), StampFault> {
        let begin = self.begin_clock(clock)?;
        let end =
            begin.checked_add(SignedDuration::from_nanos(self.step)).map_err(|_| StampFault::Skipped)?;
        let instant =
            |clock: DateTime| self.zone.to_timestamp(clock).map(nanos_of).map_err(|_| StampFault::Skipped);
        Ok((instant(begin)?, instant(end)?))
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
        if self.is_expected(clock) {
            return Ok(self.last.unwrap_or_default());
        }
        let instants = self.zone.to_ambiguous_timestamp(self.begin_clock(clock)?);
        if matches!(instants.offset(), AmbiguousOffset::Gap { .. }) {
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

    /// The intervals in quarters of an hour after the first, each with its length.
    fn quarters(
        zone: &str,
        stamped_at: StampedAt,
        quarters: i64,
        stamps: &[&str],
    ) -> Vec<Result<(i64, i64), StampFault>> {
        let zone = TimeZone::get(zone).unwrap();
        let mut clock = MeterClock { zone: &zone, stamped_at, step: quarters * QUARTER, last: None };
        let found: Vec<_> =
            stamps.iter().map(|text| clock.interval_of(text.parse().unwrap(), None)).collect();
        let first = found[0].unwrap().0;
        let relative = |(begin, end): (i64, i64)| ((begin - first) / QUARTER, (end - begin) / QUARTER);
        found.into_iter().map(|interval| interval.map(relative)).collect()
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
        let all: Vec<_> = (0..10).map(|nth| Ok((nth, 1))).collect();
        assert_eq!(quarters("Europe/Berlin", StampedAt::Begin, 1, &stamps), all);
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
            assert_eq!(quarters("Europe/Berlin", StampedAt::End, 1, &stamps), all, "{turn}");
        }
    }

    #[test]
    fn an_hour_that_is_skipped_is_no_gap_and_its_stamps_do_not_exist() {
        let follow = [Ok((0, 1)), Ok((1, 1)), Ok((2, 1))];
        let stamps = ["2026-03-29 01:30", "2026-03-29 01:45", "2026-03-29 03:00"];
        assert_eq!(quarters("Europe/Berlin", StampedAt::Begin, 1, &stamps), follow);
        let stamps = ["2026-03-29 01:45", "2026-03-29 02:00", "2026-03-29 03:15"];
        assert_eq!(quarters("Europe/Berlin", StampedAt::End, 1, &stamps), follow);
        let stamps = ["2026-03-29 01:45", "2026-03-29 02:15"];
        let found = quarters("Europe/Berlin", StampedAt::Begin, 1, &stamps);
        assert_eq!(found, [Ok((0, 1)), Err(StampFault::Skipped)]);
    }

    #[test]
    fn days_and_quarters_of_days_are_those_of_the_clock() {
        let days = ["2026-03-28", "2026-03-29", "2026-03-30"].map(|day| format!("{day} 00:00"));
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        let found = quarters("Europe/Berlin", StampedAt::Begin, 96, &days);
        assert_eq!(found, [Ok((0, 96)), Ok((96, 92)), Ok((188, 96))]);
        let sixes = ["2026-10-25 00:00", "2026-10-25 06:00", "2026-10-25 12:00"];
        let found = quarters("Europe/Berlin", StampedAt::End, 24, &sixes);
        assert_eq!(found, [Ok((0, 24)), Ok((24, 28)), Ok((52, 24))]);
    }

    #[test]
    fn days_with_offsets_are_those_of_the_clock_too() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let mut clock =
            MeterClock { zone: &zone, stamped_at: StampedAt::Begin, step: 96 * QUARTER, last: None };
        let mut length = |day: &str, hours: i32| {
            let (from, to) =
                clock.interval_of(format!("{day} 00:00").parse().unwrap(), Some(hours * 3600)).unwrap();
            (to - from) / HOUR
        };
        assert_eq!([length("2026-03-28", 1), length("2026-03-29", 1), length("2026-03-30", 2)], [24, 23, 24]);
    }

    #[test]
    fn a_stamp_may_come_later_but_neither_earlier_nor_between() {
        let stamps = ["2026-03-02 08:00", "2026-03-02 08:45", "2026-03-02 08:30", "2026-03-02 09:07"];
        let found = quarters("Asia/Shanghai", StampedAt::Begin, 1, &stamps);
        assert_eq!(found, [Ok((0, 1)), Ok((3, 1)), Err(StampFault::Earlier), Err(StampFault::Between)]);
    }
}

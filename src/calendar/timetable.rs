//! A calendar on the axis of a run: who is present and who works at each instant.

use super::chunk::{Axis, Chunk};
use super::{Calendar, CalendarFault};
use crate::kernel::Time;
use jiff::ZonedDateTime;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A chunk lasts 2^55 ns, which is 417 days.
const CHUNK_BITS: u32 = 55;
/// As many chunks as reach [`Time::LONGEST`].
pub(super) const CHUNKS: usize = (Time::LONGEST.0 >> CHUNK_BITS) as usize + 1;
/// jiff has dates up to the year 9999, and a run may last 200 years.
const START_YEARS: std::ops::RangeInclusive<i16> = 1..=9700;

/// Who is there at an instant. Bit `i` stands for shift `i` of [`Timetable::shift_names`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attendance {
    /// The shifts whose hours these are, breaks included.
    pub present: u64,
    /// The shifts that work: present and not in a break.
    pub working: u64,
}

impl Attendance {
    /// The only shift of [`Calendar::always_open`] works.
    pub(crate) const ALWAYS: Attendance = Attendance { present: 1, working: 1 };

    /// Whether anyone works.
    pub fn is_open(self) -> bool {
        self.working != 0
    }

    /// Whether these are the hours of this shift, breaks included.
    pub fn is_present(self, shift: usize) -> bool {
        self.present >> shift & 1 != 0
    }

    /// Whether this shift works.
    pub fn is_working(self, shift: usize) -> bool {
        self.working >> shift & 1 != 0
    }
}

/// A calendar laid on real time from the start of a run, up to [`Time::LONGEST`]. A clone is cheap and shares what is computed.
///
/// What was before the start counts: a night shift that began the day before is present at time 0. The changes of a year are
/// computed when they are first asked for. Two timetables are equal if calendar, zone and start are.
#[derive(Clone)]
pub struct Timetable(Arc<SharedTimetable>);

struct SharedTimetable {
    axis: Axis,
    chunks: Vec<OnceLock<Chunk>>,
}

impl Timetable {
    /// Lays the calendar on the axis that starts at this date and time in this zone. A start that the clock skips when daylight
    /// saving begins is moved later by the gap; of a start that comes twice the first one is taken.
    pub fn new(calendar: &Calendar, zone: TimeZone, start: DateTime) -> Result<Timetable, CalendarFault> {
        let outside = || {
            let message = format!("the start {start} is not between the years 1 and 9700");
            CalendarFault::new(message, "start the run at a date of this calendar")
        };
        if !START_YEARS.contains(&start.year()) {
            return Err(outside());
        }
        let origin = zone.to_timestamp(start).map_err(|_| outside())?;
        let chunks = (0..CHUNKS).map(|_| OnceLock::new()).collect();
        Ok(Timetable(Arc::new(SharedTimetable {
            axis: Axis { calendar: calendar.clone(), zone, origin },
            chunks,
        })))
    }

    /// A timetable that never closes.
    pub fn always_open(zone: TimeZone, start: DateTime) -> Result<Timetable, CalendarFault> {
        Timetable::new(&Calendar::always_open(), zone, start)
    }

    /// Whether somebody works at all times from the start on.
    pub fn is_always_open(&self) -> bool {
        self.at(Time::ZERO).is_open() && self.next_closing(Time::ZERO).is_none()
    }

    /// Whether one is a clone of the other.
    pub fn is_shared_with(&self, other: &Timetable) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.0.axis.calendar
    }

    /// The time zone of the clock on the wall.
    pub fn zone(&self) -> &TimeZone {
        &self.0.axis.zone
    }

    /// The names of the shifts. The number of a shift is its place here.
    pub fn shift_names(&self) -> &[String] {
        self.calendar().shift_names()
    }

    /// Who is there at this time.
    pub fn at(&self, time: Time) -> Attendance {
        let instant = clipped(time);
        self.chunk(chunk_of(instant)).at(instant)
    }

    /// The first time after this one at which the attendance changes, and the attendance from then on.
    pub fn next_change(&self, after: Time) -> Option<(Time, Attendance)> {
        let (at, attendance) =
            self.find(after, |chunk, instant, _| chunk.change_after(instant), |(at, _)| *at)?;
        Some((Time(at as u64), attendance))
    }

    /// The first time after this one at which work begins and nobody worked just before.
    pub fn next_opening(&self, after: Time) -> Option<Time> {
        let at = self.find(after, |chunk, instant, _| chunk.opening_after(instant), |at| *at)?;
        Some(Time(at as u64))
    }

    /// The first time after this one at which nobody works and somebody worked just before.
    pub fn next_closing(&self, after: Time) -> Option<Time> {
        let at = self.find(after, |chunk, instant, end| chunk.closing_after(instant, end), |at| *at)?;
        Some(Time(at as u64))
    }

    /// How long somebody works between two times: the scheduled time.
    pub fn open_between(&self, from: Time, to: Time) -> Time {
        self.sum(from, to, |chunk, instant| chunk.open.until(instant))
    }

    /// How long this shift works between two times.
    pub fn open_of_shift(&self, shift: usize, from: Time, to: Time) -> Time {
        assert!(shift < self.shift_names().len(), "a shift has a number below that of all shifts");
        self.sum(from, to, |chunk, instant| chunk.shifts[shift].until(instant))
    }

    /// The date and the time of the clock on the wall.
    pub fn date_time(&self, time: Time) -> ZonedDateTime {
        self.0.axis.timestamp(clipped(time)).to_zoned_datetime(self.zone().clone())
    }

    /// The time of an instant; none before the start or after the end of the axis.
    pub fn time_of(&self, instant: &ZonedDateTime) -> Option<Time> {
        let nanoseconds = self.0.axis.since_origin(instant.timestamp())?;
        u64::try_from(nanoseconds).ok().map(Time).filter(|time| *time <= Time::LONGEST)
    }

    /// The time at which the clock on the wall shows this date and time, by the same rule as the start.
    pub fn time_at(&self, clock: DateTime) -> Option<Time> {
        self.time_of(&self.zone().to_zoned_datetime(clock).ok()?)
    }

    pub(crate) fn axis(&self) -> &Axis {
        &self.0.axis
    }

    fn chunk(&self, place: usize) -> &Chunk {
        self.0.chunks[place]
            .get_or_init(|| Chunk::new(&self.0.axis, chunk_begin(place), chunk_begin(place + 1)))
    }

    /// The first finding in a chunk after this time, up to the end of the axis.
    fn find<T>(
        &self,
        after: Time,
        find: impl Fn(&Chunk, i64, i64) -> Option<T>,
        at: impl Fn(&T) -> i64,
    ) -> Option<T> {
        let after = clipped(after);
        let found = |place| find(self.chunk(place), after, chunk_begin(place + 1));
        (chunk_of(after)..CHUNKS).find_map(found).filter(|found| at(found) <= Time::LONGEST.0 as i64)
    }

    fn sum(&self, from: Time, to: Time, until: impl Fn(&Chunk, i64) -> i64) -> Time {
        let (from, to) = (clipped(from), clipped(to));
        if to <= from {
            return Time::ZERO;
        }
        let part = |place: usize| {
            let (begin, end) = (from.max(chunk_begin(place)), to.min(chunk_begin(place + 1)));
            let chunk = self.chunk(place);
            until(chunk, end) - until(chunk, begin)
        };
        Time((chunk_of(from)..=chunk_of(to)).map(part).sum::<i64>() as u64)
    }
}

/// The instant of a time on the axis.
fn clipped(time: Time) -> i64 {
    time.min(Time::LONGEST).0 as i64
}

pub(super) fn chunk_of(instant: i64) -> usize {
    (instant >> CHUNK_BITS) as usize
}

pub(super) fn chunk_begin(place: usize) -> i64 {
    (place as i64) << CHUNK_BITS
}

impl PartialEq for Timetable {
    fn eq(&self, other: &Timetable) -> bool {
        self.is_shared_with(other) || self.0.axis == other.0.axis
    }
}

impl fmt::Debug for Timetable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.date_time(Time::ZERO);
        f.debug_struct("Timetable").field("start", &start).field("calendar", self.calendar()).finish()
    }
}

//! The changes of attendance within a part of the axis, and sums over it. A chunk depends on the calendar alone and not on the
//! chunks before it, so the order in which chunks are asked for does not matter.

use super::dates::dates_between;
use super::{Attendance, Calendar, DayHours, ShiftRule};
use jiff::civil::{Date, Time as ClockTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

const MINUTES_OF_DAY: u16 = 24 * 60;
/// The calendar on the axis: instants are nanoseconds since the origin, negative before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) calendar: Calendar,
    pub(crate) zone: TimeZone,
    pub(crate) origin: Timestamp,
}

/// The attendance from one instant to another.
#[derive(Clone, Debug)]
pub(crate) struct Attendances {
    /// The attendance just before.
    pub(crate) before: Attendance,
    /// Each attendance with its beginning. The first one begins with the part; each later one differs from the one before it.
    pub(crate) changes: Vec<(i64, Attendance)>,
}

/// A shift begins or ends, or its break does.
struct ShiftEdge {
    at: i64,
    shift: usize,
    present: i32,
    working: i32,
}

impl Axis {
    /// A shift lasts a day at most; zones have skipped a whole day, and a day is added for the offset.
    pub(crate) const DAYS_BEFORE: i32 = 3;

    /// The attendance from `from` up to but without `to`.
    pub(crate) fn attendances(&self, from: i64, to: i64) -> Attendances {
        let mut edges = self.edges(from, to);
        edges.sort_by_key(|edge| edge.at);
        let mut crews = CrewCounts::default();
        let mut edges = edges.into_iter().peekable();
        while let Some(edge) = edges.next_if(|edge| edge.at < from) {
            crews.pass(&edge);
        }
        let before = crews.attendance();
        while let Some(edge) = edges.next_if(|edge| edge.at == from) {
            crews.pass(&edge);
        }
        let mut changes = vec![(from, crews.attendance())];
        while let Some(edge) = edges.next_if(|edge| edge.at < to) {
            crews.pass(&edge);
            let last = edges.peek().is_none_or(|next| next.at > edge.at);
            let attendance = crews.attendance();
            if last && changes.last().is_none_or(|(_, previous)| *previous != attendance) {
                changes.push((edge.at, attendance));
            }
        }
        Attendances { before, changes }
    }

    /// The edges of all shifts that may touch this part.
    fn edges(&self, from: i64, to: i64) -> Vec<ShiftEdge> {
        let first = self.date(from).saturating_sub(Span::new().days(Axis::DAYS_BEFORE));
        let last = self.date(to);
        let mut edges = Vec::new();
        for date in dates_between(first, last) {
            for (shift, rule) in self.calendar.day(date).shifts {
                self.add_edges(date, shift, rule, &mut edges);
            }
        }
        edges
    }

    fn add_edges(&self, date: Date, shift: usize, rule: &ShiftRule, edges: &mut Vec<ShiftEdge>) {
        let Some((begin, end)) = self.instants(date, rule.hours) else { return };
        // Daylight saving may leave nothing of a short shift or break.
        if begin >= end {
            return;
        }
        let mut add = |at, present, working| edges.push(ShiftEdge { at, shift, present, working });
        add(begin, 1, 1);
        add(end, -1, -1);
        for &pause in &rule.breaks {
            let Some((pause, back)) = self.instants(date, pause) else { continue };
            let (pause, back) = (pause.clamp(begin, end), back.clamp(begin, end));
            if pause < back {
                add(pause, 0, -1);
                add(back, 0, 1);
            }
        }
    }

    /// The instants at which hours of a date begin and end.
    pub(crate) fn instants(&self, date: Date, hours: DayHours) -> Option<(i64, i64)> {
        Some((self.instant(date, hours.from)?, self.instant(date, hours.to)?))
    }

    /// The instant of a minute counted from the midnight of a date, on the clock on the wall.
    pub(crate) fn instant(&self, date: Date, minutes: u16) -> Option<i64> {
        let date = date.checked_add(Span::new().days(minutes / MINUTES_OF_DAY)).ok()?;
        let minutes = minutes % MINUTES_OF_DAY;
        let clock = ClockTime::new((minutes / 60) as i8, (minutes % 60) as i8, 0, 0).ok()?;
        self.since_origin(self.zone.to_timestamp(date.to_datetime(clock)).ok()?)
    }

    pub(crate) fn since_origin(&self, instant: Timestamp) -> Option<i64> {
        i64::try_from(instant.as_nanosecond() - self.origin.as_nanosecond()).ok()
    }

    pub(crate) fn date(&self, instant: i64) -> Date {
        self.zone.to_datetime(self.timestamp(instant)).date()
    }

    pub(crate) fn timestamp(&self, instant: i64) -> Timestamp {
        let nanoseconds = self.origin.as_nanosecond() + i128::from(instant);
        Timestamp::from_nanosecond(nanoseconds).unwrap_or(Timestamp::MAX)
    }
}

/// How many crews of each shift are present and at work; two only where the hours of one shift overlap from day to day.
struct CrewCounts {
    present: [i32; Calendar::MOST_SHIFTS],
    working: [i32; Calendar::MOST_SHIFTS],
}

impl Default for CrewCounts {
    fn default() -> CrewCounts {
        CrewCounts { present: [0; Calendar::MOST_SHIFTS], working: [0; Calendar::MOST_SHIFTS] }
    }
}

impl CrewCounts {
    fn pass(&mut self, edge: &ShiftEdge) {
        self.present[edge.shift] += edge.present;
        self.working[edge.shift] += edge.working;
    }

    fn attendance(&self) -> Attendance {
        let mask =
            |crews: &[i32]| crews.iter().rev().fold(0, |mask, &crews| mask << 1 | u64::from(crews > 0));
        Attendance { present: mask(&self.present), working: mask(&self.working) }
    }
}

/// About a year of the axis.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(crate) attendances: Attendances,
    /// When anyone works.
    pub(crate) open: WorkedSpans,
    /// When each shift works.
    pub(crate) shifts: Vec<WorkedSpans>,
}

impl Chunk {
    /// The part of the axis from `from` up to but without `to`.
    pub(crate) fn new(axis: &Axis, from: i64, to: i64) -> Chunk {
        let attendances = match axis.calendar.is_one_endless_shift() {
            true => Attendances { before: Attendance::ALWAYS, changes: vec![(from, Attendance::ALWAYS)] },
            false => axis.attendances(from, to),
        };
        let worked = |mask: u64| WorkedSpans::of(&attendances, to, mask);
        let shifts = (0..axis.calendar.shift_names().len()).map(|shift| worked(1 << shift)).collect();
        Chunk { open: worked(u64::MAX), shifts, attendances }
    }

    /// The attendance at an instant of this chunk.
    pub(crate) fn at(&self, instant: i64) -> Attendance {
        let changes = &self.attendances.changes;
        changes[changes.partition_point(|(from, _)| *from <= instant).max(1) - 1].1
    }

    /// The first change after an instant, which may lie before this chunk.
    pub(crate) fn change_after(&self, instant: i64) -> Option<(i64, Attendance)> {
        let changes = &self.attendances.changes;
        let next = changes.partition_point(|(from, _)| *from <= instant);
        // The chunk begins with an attendance, which is a change only if it differs from that before.
        let next = if next == 0 && changes[0].1 == self.attendances.before { 1 } else { next };
        changes.get(next).copied()
    }

    /// The first time after an instant at which somebody works and nobody did before.
    pub(crate) fn opening_after(&self, instant: i64) -> Option<i64> {
        let continued = self.attendances.before.is_open();
        let next = self.open.0.partition_point(|span| span.from <= instant);
        let mut spans = self.open.0[next..].iter();
        spans.find(|span| !(continued && span.from == self.begin())).map(|span| span.from)
    }

    /// The first time after an instant, and before the chunk's end, at which nobody works and somebody did before.
    pub(crate) fn closing_after(&self, instant: i64, chunk_end: i64) -> Option<i64> {
        let begin = self.begin();
        if begin > instant && self.attendances.before.is_open() && !self.attendances.changes[0].1.is_open() {
            return Some(begin);
        }
        let next = self.open.0.partition_point(|span| span.to <= instant);
        self.open.0.get(next).map(|span| span.to).filter(|to| *to < chunk_end)
    }

    fn begin(&self) -> i64 {
        self.attendances.changes[0].0
    }
}

/// The spans in which some of the shifts work.
#[derive(Debug)]
pub(crate) struct WorkedSpans(Vec<WorkedSpan>);

#[derive(Debug)]
struct WorkedSpan {
    from: i64,
    to: i64,
    /// The length of all spans before this one in the chunk.
    before: i64,
}

impl WorkedSpans {
    /// The spans up to `end` in which a shift of the mask works.
    pub(crate) fn of(attendances: &Attendances, end: i64, mask: u64) -> WorkedSpans {
        let mut spans: Vec<WorkedSpan> = Vec::new();
        let ends = attendances.changes.iter().skip(1).map(|(from, _)| *from).chain([end]);
        let mut total = 0;
        for (&(from, attendance), to) in attendances.changes.iter().zip(ends) {
            if attendance.working & mask == 0 {
                continue;
            }
            match spans.last_mut() {
                Some(last) if last.to == from => last.to = to,
                _ => spans.push(WorkedSpan { from, to, before: total }),
            }
            total += to - from;
        }
        WorkedSpans(spans)
    }

    /// The length of the spans up to an instant.
    pub(crate) fn until(&self, instant: i64) -> i64 {
        match self.0.partition_point(|span| span.from < instant) {
            0 => 0,
            next => {
                let span = &self.0[next - 1];
                span.before + span.to.min(instant) - span.from
            }
        }
    }
}

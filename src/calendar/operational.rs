//! A clock for arrivals whose rate varies over day, week and shift.
//!
//! Each [`RateRule`] has a factor and says when it holds. At an instant `t` the clock runs at the speed `r(t)`, the product of the
//! factors that hold then, and it stands still while nobody works. Its reading `R(t)`, the integral of `r` from the start to `t`,
//! is called operational time. Times between arrivals are drawn in operational time, so that the arrival with the number `k` comes at
//! `T = inf { t : R(t) >= S }`, with `S` the sum of the first `k` times.
//!
//! With exponential times of mean `m` that is exactly a Poisson process of the rate `r(t) / m` (Çinlar 1975, Introduction to Stochastic
//! Processes, section 4.7); with any other distribution it is the renewal process on a changed clock, whose counts have
//! the mean `R(t) / m` in the long run and keep the spread of that distribution (Gerhardt and Nelson 2009, INFORMS Journal on
//! Computing 21). Against thinning it needs one random number an arrival whatever the factors are, so that two lines with other
//! factors keep common random numbers.
//!
//! Factors count in billionths, so that `R` is a whole number at each nanosecond and the integral is exact. An arrival comes at the
//! first nanosecond at which `R` is not below `S`, and rounding does not add up. Read [`OperationalClock`] first.

use super::chunk::Axis;
use super::dates::dates_between;
use super::timetable::{CHUNKS, chunk_begin, chunk_of};
use super::{Attendance, DayHours, Timetable, WeekdaySet};
use crate::kernel::Time;
use jiff::Span;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Operational time in a nanosecond at the factor 1.
const ONE: u64 = 1_000_000_000;

/// A length of time as operational time.
pub fn operational(length: Time) -> u128 {
    u128::from(length.0) * u128::from(ONE)
}

/// Operational time as the length that it has at the factor 1, rounded up.
pub fn at_speed_one(operational: u128) -> Time {
    Time(operational.div_ceil(u128::from(ONE)) as u64)
}

/// A factor of the speed, and when it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct RateRule {
    /// When it holds.
    pub span: RateSpan,
    /// Not negative and finite.
    pub factor: f64,
}

/// When a factor holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateSpan {
    /// In these hours of the clock on the wall, which belong to the day on which they begin.
    Daily(WeekdaySet, DayHours),
    /// While the shift of this number works.
    Shift(usize),
    /// Never: it is of a shift that does not come.
    Never,
}

/// The clock, from the start of a run up to [`Time::LONGEST`]. A clone is cheap and shares what is computed.
#[derive(Clone)]
pub struct OperationalClock(Arc<SharedClock>);

struct SharedClock {
    hours: Timetable,
    rules: Vec<RateRule>,
    chunks: Vec<OnceLock<RateChunk>>,
}

impl OperationalClock {
    /// A clock that runs in these hours, at the speed of these rules.
    pub fn new(hours: Timetable, rules: Vec<RateRule>) -> OperationalClock {
        let chunks = (0..CHUNKS).map(|_| OnceLock::new()).collect();
        OperationalClock(Arc::new(SharedClock { hours, rules, chunks }))
    }

    /// The first time, not before `now`, at which the clock has this reading. A reading of zero is that of the first time at which the
    /// clock runs. [`Time::LONGEST`] if it never has it.
    pub fn time_of(&self, reading: u128, now: Time) -> Time {
        let from = now.min(Time::LONGEST).0 as i64;
        let has = self.reading(now);
        if reading < has || reading == has && reading > 0 {
            return now;
        }
        let first = chunk_of(from);
        let mut rest = reading - (has - self.chunk(first).reading(from));
        for place in first..CHUNKS {
            let chunk = self.chunk(place);
            if let Some(at) = chunk.reaches(rest, from) {
                return Time(at as u64).min(Time::LONGEST).max(now);
            }
            rest -= chunk.total;
        }
        Time::LONGEST.max(now)
    }

    /// What it reads at a time: operational time in billionths of a nanosecond.
    pub fn reading(&self, time: Time) -> u128 {
        let instant = time.min(Time::LONGEST).0 as i64;
        let last = chunk_of(instant);
        let before: u128 = (0..last).map(|place| self.chunk(place).total).sum();
        before + self.chunk(last).reading(instant)
    }

    /// The mean speed from the start until then.
    pub fn mean_speed(&self, until: Time) -> f64 {
        if until == Time::ZERO {
            return self.speed(until);
        }
        self.reading(until) as f64 / (until.min(Time::LONGEST).0 as f64 * ONE as f64)
    }

    /// The highest speed from the start until then.
    pub fn highest_speed(&self, until: Time) -> f64 {
        let end = until.min(Time::LONGEST).0 as i64;
        let pieces = (0..=chunk_of(end)).flat_map(|place| &self.chunk(place).pieces);
        let highest = pieces.take_while(|piece| piece.from <= end).map(|piece| piece.speed).max();
        highest.unwrap_or_default() as f64 / ONE as f64
    }

    /// The speed at an instant.
    pub fn speed(&self, time: Time) -> f64 {
        let instant = time.min(Time::LONGEST).0 as i64;
        let pieces = &self.chunk(chunk_of(instant)).pieces;
        let next = pieces.partition_point(|piece| piece.from <= instant);
        pieces[next.max(1) - 1].speed as f64 / ONE as f64
    }

    pub(super) fn rules(&self) -> &[RateRule] {
        &self.0.rules
    }

    fn chunk(&self, place: usize) -> &RateChunk {
        self.0.chunks[place]
            .get_or_init(|| RateChunk::new(&self.0, chunk_begin(place), chunk_begin(place + 1)))
    }
}

impl SharedClock {
    /// The speed while these rules hold and these shifts work, in billionths.
    fn speed(&self, holds: &[i32], attendance: Attendance) -> u64 {
        if !attendance.is_open() {
            return 0;
        }
        let rules = self.rules.iter().zip(holds);
        let factors = rules.filter(|(rule, holds)| match rule.span {
            RateSpan::Daily(..) => **holds > 0,
            RateSpan::Shift(shift) => attendance.is_working(shift),
            RateSpan::Never => false,
        });
        // A cast keeps what is too large at the largest number.
        (factors.map(|(rule, _)| rule.factor).product::<f64>() * ONE as f64).round() as u64
    }

    /// When the rules of days begin and end that may touch this part: the instant, the rule, and 1 or -1; in order.
    fn edges(&self, from: i64, to: i64) -> Vec<(i64, usize, i32)> {
        let axis = self.hours.axis();
        let mut edges = Vec::new();
        for date in
            dates_between(axis.date(from).saturating_sub(Span::new().days(Axis::DAYS_BEFORE)), axis.date(to))
        {
            for (number, rule) in self.rules.iter().enumerate() {
                let RateSpan::Daily(days, hours) = rule.span else { continue };
                let Some((begin, end)) = axis.instants(date, hours) else { continue };
                // Daylight saving may leave nothing of short hours.
                if days.contains(date.weekday()) && begin < end {
                    edges.extend([(begin, number, 1), (end, number, -1)]);
                }
            }
        }
        edges.sort_unstable();
        edges
    }
}

/// About a year of the clock.
struct RateChunk {
    /// The first begins with the chunk.
    pieces: Vec<RatePiece>,
    end: i64,
    /// The operational time of the whole.
    total: u128,
}

/// A time of constant speed, which ends where the next one begins.
struct RatePiece {
    from: i64,
    speed: u64,
    /// The operational time of all pieces before it in the chunk.
    before: u128,
}

impl RateChunk {
    fn new(clock: &SharedClock, from: i64, to: i64) -> RateChunk {
        let mut edges = clock.edges(from, to).into_iter().peekable();
        let mut holds = vec![0; clock.rules.len()];
        let mut attendance = clock.hours.at(Time(from as u64));
        let mut change = clock.hours.next_change(Time(from as u64));
        let mut pieces: Vec<RatePiece> = Vec::new();
        let (mut now, mut total) = (from, 0);
        while now < to {
            while let Some((_, number, step)) = edges.next_if(|(at, ..)| *at <= now) {
                holds[number] += step;
            }
            if let Some((at, present)) = change.filter(|(at, _)| at.0 as i64 <= now) {
                (attendance, change) = (present, clock.hours.next_change(at));
            }
            let speed = clock.speed(&holds, attendance);
            if pieces.last().is_none_or(|last| last.speed != speed) {
                pieces.push(RatePiece { from: now, speed, before: total });
            }
            let next_edge = edges.peek().map_or(to, |(at, ..)| *at);
            let next = change.map_or(to, |(at, _)| at.0 as i64).min(next_edge).min(to);
            total += u128::from(speed) * (next - now) as u128;
            now = next;
        }
        RateChunk { pieces, end: to, total }
    }

    /// The operational time from the beginning of the chunk to an instant of it.
    fn reading(&self, instant: i64) -> u128 {
        let next = self.pieces.partition_point(|piece| piece.from <= instant);
        let piece = &self.pieces[next.max(1) - 1];
        piece.before + u128::from(piece.speed) * (instant - piece.from) as u128
    }

    /// The first instant, not before `from`, at which the clock runs or has just run and has this reading, counted from the beginning
    /// of the chunk. None if that is behind this chunk.
    fn reaches(&self, reading: u128, from: i64) -> Option<i64> {
        let fits = |place: usize| {
            let next = self.pieces.get(place + 1);
            let (end, after) = next.map_or((self.end, self.total), |next| (next.from, next.before));
            self.pieces[place].speed > 0 && end > from && after >= reading
        };
        let first = self.pieces.partition_point(|piece| piece.before < reading).saturating_sub(1);
        let piece = &self.pieces[(first..self.pieces.len()).find(|place| fits(*place))?];
        let passed = reading.saturating_sub(piece.before).div_ceil(u128::from(piece.speed));
        Some(piece.from + passed as i64)
    }
}

impl PartialEq for OperationalClock {
    fn eq(&self, other: &OperationalClock) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.rules == other.0.rules && self.0.hours == other.0.hours
    }
}

impl fmt::Debug for OperationalClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationalClock")
            .field("hours", &self.0.hours)
            .field("rules", &self.0.rules)
            .finish()
    }
}

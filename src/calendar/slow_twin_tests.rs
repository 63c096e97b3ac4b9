//! A slow, obvious twin of the timetable. It reads the layout by its own means and decides every minute by the rules.

use super::{Attendance, CalendarLayout, ExceptionKind, ExceptionList, ShiftLayout};
use indexmap::IndexMap;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// The minutes of a run and of three days before it, with the clock on the wall at each of them.
pub(super) struct Minutes {
    pub(super) zone: TimeZone,
    pub(super) start: DateTime,
    /// The clock in minutes since 1970, at each minute from three days before the start.
    clocks: Vec<i64>,
    /// The first of these minutes at which the clock shows a minute, by that minute.
    shown: BTreeMap<i64, usize>,
}

/// The minutes before the start.
pub(super) const LEAD: usize = 3 * 1440;

impl Minutes {
    pub(super) fn new(zone: &str, start: DateTime, count: usize) -> Minutes {
        let zone = TimeZone::get(zone).unwrap();
        let begin: Timestamp = zone.to_timestamp(start).unwrap() - SignedDuration::from_mins(LEAD as i64);
        let clock = |minute: usize| {
            let clock = zone.to_datetime(begin + SignedDuration::from_mins(minute as i64));
            day_number(clock.date()) * 1440 + i64::from(clock.hour()) * 60 + i64::from(clock.minute())
        };
        // Two days more, so that the ends of the last shifts are known.
        let clocks: Vec<i64> = (0..LEAD + count + 2 * 1440).map(clock).collect();
        let mut shown = BTreeMap::new();
        for (minute, clock) in clocks.iter().enumerate() {
            shown.entry(*clock).or_insert(minute);
        }
        Minutes { zone, start, clocks, shown }
    }

    pub(super) fn count(&self) -> usize {
        self.clocks.len() - LEAD - 2 * 1440
    }

    /// The first minute at which the clock shows this; if it never does, the minute as long after the gap as this is after the
    /// beginning of the gap.
    fn first_shown(&self, clock: i64) -> Option<usize> {
        if let Some(&minute) = self.shown.get(&clock) {
            return Some(minute);
        }
        let before = self.shown.range(..clock).next_back()?.0;
        let after = self.shown.range(clock..).next()?.0;
        self.shown.get(&(clock + after - before - 1)).copied()
    }
}

fn day_number(day: Date) -> i64 {
    i64::from((day - date(1970, 1, 1)).get_days())
}

/// A shift of one day in minutes of that day, which may pass 1440.
struct TwinShift {
    name: String,
    hours: (i64, i64),
    breaks: Vec<(i64, i64)>,
}

fn clock_minutes(text: &str) -> i64 {
    text[..2].parse::<i64>().unwrap() * 60 + text[3..5].parse::<i64>().unwrap()
}

fn span(text: &str) -> (i64, i64) {
    let (from, to) = (clock_minutes(&text[..5]), clock_minutes(&text[6..]));
    (from, if to < from { to + 1440 } else { to })
}

fn twin_shift(name: &str, layout: &ShiftLayout) -> TwinShift {
    let hours = span(&layout.hours);
    let later = |(from, to)| if from < hours.0 { (from + 1440, to + 1440) } else { (from, to) };
    let breaks = layout.breaks.iter().map(|text| later(span(text))).collect();
    TwinShift { name: name.into(), hours, breaks }
}

/// Whether the text of days has this weekday, 0 for Monday.
fn has_day(text: &str, wanted: usize) -> bool {
    let number = |name: &str| {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            .iter()
            .position(|day| name.trim().to_lowercase().starts_with(day))
    };
    text.split(',').any(|part| match part.split_once('-') {
        _ if part.trim() == "daily" => true,
        None => number(part) == Some(wanted),
        Some((first, last)) => {
            let (mut day, last) = (number(first).unwrap(), number(last).unwrap());
            loop {
                if day == wanted {
                    return true;
                }
                if day == last {
                    return false;
                }
                day = (day + 1) % 7;
            }
        }
    })
}

/// The bit of a shift, and the minutes of its beginning, its end and its breaks.
type LaidShift = (u64, usize, usize, Vec<(usize, usize)>);

/// A layout and its files, judged minute by minute.
pub(super) struct SlowTwin<'t> {
    pub(super) layout: &'t CalendarLayout,
    pub(super) lists: &'t [ExceptionList],
    pub(super) names: &'t [String],
}

impl SlowTwin<'_> {
    /// The attendance at each minute of the run.
    pub(super) fn attendances(&self, minutes: &Minutes) -> Vec<Attendance> {
        // Each shift of each day: its bit, and the minutes of its beginning, its end and its breaks.
        let mut days: BTreeMap<i64, Vec<LaidShift>> = BTreeMap::new();
        let (first, last) = (minutes.clocks[0] / 1440 + 1, minutes.clocks[LEAD + minutes.count()] / 1440);
        for day in first..=last {
            for shift in self.shifts_on(date(1970, 1, 1).saturating_add(jiff::Span::new().days(day))) {
                let number = self.names.iter().position(|name| *name == shift.name).unwrap();
                let at = |minute: i64| minutes.first_shown(day * 1440 + minute).unwrap_or(usize::MAX);
                let breaks = shift.breaks.iter().map(|&(from, to)| (at(from), at(to))).collect();
                days.entry(day).or_default().push((
                    1 << number,
                    at(shift.hours.0),
                    at(shift.hours.1),
                    breaks,
                ));
            }
        }
        let none = Vec::new();
        let attendance = |minute: usize| {
            let today = minutes.clocks[minute] / 1440;
            let mut found = Attendance::default();
            for day in today - 1..=today {
                for (bit, from, to, breaks) in days.get(&day).unwrap_or(&none) {
                    if *from <= minute && minute < *to {
                        found.present |= bit;
                        if !breaks.iter().any(|(from, to)| *from <= minute && minute < *to) {
                            found.working |= bit;
                        }
                    }
                }
            }
            found
        };
        (LEAD..LEAD + minutes.count()).map(attendance).collect()
    }

    fn shifts_on(&self, day: Date) -> Vec<TwinShift> {
        if let Some(shifts) = self.layout.extra.get(&day.to_string()) {
            return shifts.iter().map(|text| self.single(day, text)).collect();
        }
        let text = day.to_string();
        let is_closed = |range: &String| {
            let (first, last) = range.split_once("..").unwrap_or((range, range));
            first <= text.as_str() && text.as_str() <= last
        };
        if self.layout.closed.iter().any(is_closed) {
            return Vec::new();
        }
        for list in self.lists.iter().rev() {
            let said: Vec<_> =
                list.entries.iter().filter(|entry| entry.date == day).map(|entry| &entry.kind).collect();
            match said.iter().rev().find(|kind| ***kind != ExceptionKind::Closed) {
                Some(ExceptionKind::Shifts(texts)) => {
                    return texts.iter().map(|text| self.single(day, text)).collect();
                }
                Some(_) => return self.workday(day),
                None if !said.is_empty() => return Vec::new(),
                None => {}
            }
        }
        self.usual(day, weekday(day))
    }

    /// The shifts of the season or of the year.
    fn shifts_of(&self, day: Date) -> &IndexMap<String, ShiftLayout> {
        let text = day.to_string()[5..].to_owned();
        for season in &self.layout.seasons {
            let (after, before) = (season.from <= text, text <= season.to);
            if if season.from <= season.to { after && before } else { after || before } {
                return &season.shifts;
            }
        }
        &self.layout.shifts
    }

    fn usual(&self, day: Date, weekday: usize) -> Vec<TwinShift> {
        let shifts = self.shifts_of(day);
        if let Some(roster) = &self.layout.roster {
            let mut place = day_number(day) - day_number(roster.from.parse().unwrap());
            while place < 0 {
                place += roster.days.len() as i64;
            }
            return self.on_roster(day, &roster.days[place as usize % roster.days.len()]);
        }
        let comes = |shift: &ShiftLayout| shift.days.as_ref().is_none_or(|days| has_day(days, weekday));
        shifts.iter().filter(|(_, shift)| comes(shift)).map(|(name, shift)| twin_shift(name, shift)).collect()
    }

    fn on_roster(&self, day: Date, text: &str) -> Vec<TwinShift> {
        let names = text.split(',').map(str::trim).filter(|name| *name != "off");
        names.filter_map(|name| Some(twin_shift(name, self.shifts_of(day).get(name)?))).collect()
    }

    fn workday(&self, day: Date) -> Vec<TwinShift> {
        let own = self.usual(day, weekday(day));
        if let Some(roster) = &self.layout.roster {
            if !own.is_empty() {
                return own;
            }
            let turn = roster.days.iter().map(|text| self.on_roster(day, text));
            return turn.into_iter().find(|shifts| !shifts.is_empty()).unwrap_or_default();
        }
        if weekday(day) < 5 && !own.is_empty() {
            return own;
        }
        (0..7).map(|weekday| self.usual(day, weekday)).find(|shifts| !shifts.is_empty()).unwrap_or_default()
    }

    fn single(&self, day: Date, text: &str) -> TwinShift {
        if text.contains(':') {
            let layout = ShiftLayout { days: None, hours: text.into(), breaks: Vec::new() };
            return twin_shift("extra", &layout);
        }
        let seasons = self.layout.seasons.iter().map(|season| &season.shifts);
        let mut all = [self.shifts_of(day), &self.layout.shifts].into_iter().chain(seasons);
        twin_shift(text, all.find_map(|shifts| shifts.get(text)).unwrap())
    }
}

fn weekday(day: Date) -> usize {
    // 1970-01-01 was a Thursday.
    (day_number(day) + 3).rem_euclid(7) as usize
}

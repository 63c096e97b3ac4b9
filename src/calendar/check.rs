//! From the calendar as written to the checked one. Every field is looked at, so that all faults are reported at once.

use super::calendar_rules::{DayEntry, ListedDay};
use super::dates::parse_date;
use super::fault::CalendarFaults;
use super::pattern::{Season, ShiftPattern, ShiftRoster};
use super::{
    Calendar, CalendarFault, CalendarLayout, DateRange, DayHours, ExceptionKind, ExceptionList, RosterLayout,
    SeasonLayout, ShiftLayout, ShiftRule, WeekdaySet, YearDay,
};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// The name of the shift that hours without a name belong to.
const EXTRA: &str = "extra";
/// Words that stand for something else where a name of a shift may stand.
const WORDS: [&str; 3] = ["off", "closed", "workday"];

/// Checks a calendar with its files of exceptions.
pub(crate) fn calendar(
    layout: &CalendarLayout,
    lists: &[ExceptionList],
) -> Result<Calendar, Vec<CalendarFault>> {
    let seasons = layout.seasons.iter().flat_map(|season| season.shifts.keys());
    let mut check = CalendarCheck {
        names: layout.shifts.keys().chain(seasons).cloned().collect(),
        has_roster: layout.roster.is_some(),
        faults: CalendarFaults::default(),
    };
    check.names();
    let calendar = Calendar {
        pattern: check.pattern("shifts", &layout.shifts),
        roster: layout.roster.as_ref().and_then(|roster| check.roster(roster)),
        seasons: check.seasons(layout),
        closed: check.closed(&layout.closed),
        extra: check.extra(&layout.extra),
        listed: check.listed(lists),
        coverage: lists.iter().map(ExceptionList::coverage).collect(),
        shift_names: Vec::new(),
    };
    check.number_of_shifts();
    match check.faults.0.is_empty() {
        true => Ok(Calendar { shift_names: check.names.into_iter().collect(), ..calendar }),
        false => Err(check.faults.0),
    }
}

/// The names found so far, in the order of their numbers, and the faults.
struct CalendarCheck {
    names: IndexSet<String>,
    has_roster: bool,
    faults: CalendarFaults,
}

impl CalendarCheck {
    fn names(&mut self) {
        if self.names.is_empty() {
            self.faults.add(
                "shifts",
                "the calendar has no shift",
                "add a shift such as \"day\": (hours: \"06:00-14:00\")",
            );
        }
        for name in &self.names {
            let way = format!("shifts[\"{name}\"]");
            if WORDS.contains(&name.to_lowercase().as_str()) {
                let message =
                    format!("\"{name}\" is a word of the calendar and cannot be the name of a shift");
                self.faults.add(way, message, "name the shift otherwise");
            } else if name.trim() != name || name.is_empty() || name.contains([',', ':', ';', '"', '\n']) {
                let message = format!("\"{name}\" cannot be the name of a shift");
                self.faults.add(
                    way,
                    message,
                    "write a name without comma, semicolon, colon, quotation mark, and spaces at its ends",
                );
            }
        }
    }

    fn number_of_shifts(&mut self) {
        if self.names.len() > Calendar::MOST_SHIFTS {
            let message = format!("there are {} shifts, and a calendar has at most 64", self.names.len());
            self.faults.add("shifts", message, "write one calendar for each crew or area");
        }
    }

    fn pattern(&mut self, way: &str, shifts: &IndexMap<String, ShiftLayout>) -> ShiftPattern {
        let mut pattern = ShiftPattern::default();
        for (name, layout) in shifts {
            let rule = self.shift(&format!("{way}[\"{name}\"]"), layout);
            pattern.0.extend(self.names.get_index_of(name).zip(rule));
        }
        pattern
    }

    fn shift(&mut self, way: &str, layout: &ShiftLayout) -> Option<ShiftRule> {
        if self.has_roster && layout.days.is_some() {
            let message = "the shift has days, but the calendar has a roster";
            self.faults.add(format!("{way}.days"), message, "leave out the days, or the roster");
        }
        let days = layout.days.as_ref().filter(|_| !self.has_roster);
        let days = days.map_or(Ok(WeekdaySet::DAILY), |days| WeekdaySet::parse(days));
        let days = self.faults.keep(format!("{way}.days"), days);
        let hours = self.faults.keep(format!("{way}.hours"), DayHours::parse(&layout.hours));
        let mut breaks = Vec::new();
        for (place, text) in layout.breaks.iter().enumerate() {
            // Without hours only the form of the break can be judged.
            let pause = match hours {
                Some(hours) => hours.next_pause(text, &breaks),
                None => DayHours::parse(text),
            };
            breaks.extend(self.faults.keep(format!("{way}.breaks[{place}]"), pause));
        }
        breaks.sort();
        Some(ShiftRule { days: days?, hours: hours?, breaks })
    }

    fn roster(&mut self, layout: &RosterLayout) -> Option<ShiftRoster> {
        let from = self.faults.keep("roster.from", parse_date(&layout.from));
        if layout.days.is_empty() {
            self.faults.add(
                "roster.days",
                "the roster has no days",
                "list the shifts of each day, or \"off\"",
            );
        }
        let mut days = Vec::new();
        for (place, text) in layout.days.iter().enumerate() {
            let day = self.roster_day(text);
            days.extend(self.faults.keep(format!("roster.days[{place}]"), day));
        }
        (days.len() == layout.days.len() && !days.is_empty()).then_some(ShiftRoster { from: from?, days })
    }

    fn roster_day(&self, text: &str) -> Result<Vec<usize>, CalendarFault> {
        if text.trim().eq_ignore_ascii_case("off") {
            return Ok(Vec::new());
        }
        let number = |name: &str| {
            self.names.get_index_of(name.trim()).ok_or_else(|| {
                let message = format!("\"{}\" is not a shift", name.trim());
                CalendarFault::new(message, format!("{}; \"off\" alone means none", self.known_shifts()))
            })
        };
        text.split(',').map(number).collect()
    }

    fn seasons(&mut self, layout: &CalendarLayout) -> Vec<Season> {
        let mut seasons: Vec<(usize, Season)> = Vec::new();
        for (place, season) in layout.seasons.iter().enumerate() {
            let way = format!("seasons[{place}]");
            let first = self.faults.keep(format!("{way}.from"), YearDay::parse(&season.from));
            let last = self.faults.keep(format!("{way}.to"), YearDay::parse(&season.to));
            self.roster_names(&way, season, layout);
            let pattern = self.pattern(&format!("{way}.shifts"), &season.shifts);
            let (Some(first), Some(last)) = (first, last) else { continue };
            let season = Season { first, last, pattern };
            if let Some((other, _)) = seasons.iter().find(|(_, other)| overlap(&season, other)) {
                let message = format!("the season {first} to {last} overlaps seasons[{other}]");
                self.faults.add(way, message, "let each season end before the next one begins");
            }
            seasons.push((place, season));
        }
        seasons.into_iter().map(|(_, season)| season).collect()
    }

    /// With a roster, a new shift of a season comes only if the roster names it.
    fn roster_names(&mut self, way: &str, season: &SeasonLayout, layout: &CalendarLayout) {
        let Some(roster) = &layout.roster else { return };
        let in_roster =
            |name: &str| roster.days.iter().any(|day| day.split(',').any(|other| other.trim() == name));
        let known = |name: &str| layout.shifts.contains_key(name) || in_roster(name);
        for name in season.shifts.keys().filter(|name| !known(name)) {
            let message =
                format!("the shift \"{name}\" of the season never comes, since the roster does not name it");
            self.faults.add(
                format!("{way}.shifts[\"{name}\"]"),
                message,
                "use a name of the roster, or leave it out",
            );
        }
    }

    fn closed(&mut self, texts: &[String]) -> Vec<DateRange> {
        let ranges = texts.iter().enumerate();
        ranges
            .filter_map(|(i, text)| self.faults.keep(format!("closed[{i}]"), DateRange::parse(text)))
            .collect()
    }

    fn extra(&mut self, layout: &IndexMap<String, Vec<String>>) -> BTreeMap<Date, Vec<DayEntry>> {
        let mut days = BTreeMap::new();
        for (text, shifts) in layout {
            let way = format!("extra[\"{text}\"]");
            let date = self.faults.keep(&way, parse_date(text));
            if shifts.is_empty() {
                let message = format!("the extra day \"{text}\" has no shift");
                self.faults.add(&way, message, "name its shifts or hours, or move the date to `closed`");
            }
            let mut entries = Vec::new();
            for (place, text) in shifts.iter().enumerate() {
                let entry = self.day_entry(text);
                entries.extend(self.faults.keep(format!("{way}[{place}]"), entry));
            }
            days.extend(date.map(|date| (date, entries)));
        }
        days
    }

    /// What the files say about each date; a later file wins.
    fn listed(&mut self, lists: &[ExceptionList]) -> BTreeMap<Date, ListedDay> {
        let mut days = BTreeMap::new();
        for (place, list) in lists.iter().enumerate() {
            for exception in list.by_date().into_values() {
                let day = match &exception.kind {
                    ExceptionKind::Closed => Ok(ListedDay::Closed),
                    ExceptionKind::Workday => Ok(ListedDay::Workday),
                    ExceptionKind::Shifts(texts) => texts
                        .iter()
                        .map(|text| self.day_entry(text))
                        .collect::<Result<_, _>>()
                        .map(ListedDay::Entries),
                };
                let day = day.map_err(|fault| fault.in_place(&format!("{}, {}", list.name, exception.place)));
                let day = self.faults.keep(format!("also[{place}]"), day);
                days.extend(day.map(|day| (exception.date, day)));
            }
        }
        days
    }

    /// A shift of a single day: the name of one, or hours.
    fn day_entry(&mut self, text: &str) -> Result<DayEntry, CalendarFault> {
        if let Some(shift) = self.names.get_index_of(text.trim()) {
            return Ok(DayEntry::Named(shift));
        }
        if !text.contains(':') {
            let message = format!("\"{text}\" is neither a shift nor hours");
            let help = format!("{}; hours are written as \"07:00-11:00\"", self.known_shifts());
            return Err(CalendarFault::new(message, help));
        }
        let hours = DayHours::parse(text)?;
        let shift = self.names.insert_full(EXTRA.into()).0;
        Ok(DayEntry::Hours(shift, ShiftRule { days: WeekdaySet::DAILY, hours, breaks: Vec::new() }))
    }

    fn known_shifts(&self) -> String {
        let names: Vec<String> = self.names.iter().map(|name| format!("\"{name}\"")).collect();
        format!("the shifts are {}", names.join(", "))
    }
}

/// Whether two seasons have a day in common, 29 February included.
fn overlap(one: &Season, other: &Season) -> bool {
    let days = date(2024, 1, 1).series(jiff::Span::new().days(1)).take(366);
    days.map(YearDay::of).any(|day| one.contains(day) && other.contains(day))
}

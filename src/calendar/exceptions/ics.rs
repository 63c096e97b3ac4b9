//! Events of an iCalendar file as exceptions: each closes its days, or opens them if its summary marks a make-up workday.

use super::ics_lines::{IcsProperty, properties};
use super::{ExceptionKind, ExceptionList, ListedException, recurrence};
use crate::calendar::CalendarFault;
use crate::calendar::dates::dates_between;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

const MOMENT_HELP: &str = "write a date as 20260101 or a time as 20260101T080000";

pub(super) fn read(
    name: &str,
    text: &str,
    years: RangeInclusive<i16>,
    zone: &TimeZone,
) -> Result<ExceptionList, Vec<CalendarFault>> {
    let named =
        |faults: Vec<CalendarFault>| faults.into_iter().map(|fault| fault.in_place(name)).collect::<Vec<_>>();
    let properties = properties(text).map_err(named)?;
    if !properties.first().is_some_and(|first| is(first, "BEGIN", "VCALENDAR")) {
        let fault = CalendarFault::new("the file is not iCalendar", "begin it with BEGIN:VCALENDAR");
        return Err(named(vec![fault]));
    }
    let events = events(properties).map_err(|fault| named(vec![fault]))?;
    let reader = IcsReader { replaced: events.iter().filter_map(Replacement::of).collect(), years, zone };
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for event in &events {
        let place = format!("line {}", event.line);
        match reader.days(event) {
            Err(fault) => faults.push(fault.in_place(&place)),
            Ok(days) => {
                let kind = event.kind();
                let listed = |date| ListedException { date, kind: kind.clone(), place: place.clone() };
                entries.extend(days.into_iter().map(listed));
            }
        }
    }
    match faults.is_empty() {
        true => Ok(ExceptionList { name: name.into(), entries, year: None }),
        false => Err(named(faults)),
    }
}

/// A `VEVENT`.
struct IcsEvent {
    line: u64,
    properties: Vec<IcsProperty>,
}

fn is(property: &IcsProperty, name: &str, value: &str) -> bool {
    property.name == name && property.value.trim().eq_ignore_ascii_case(value)
}

/// The events with their own properties; those of an alarm within an event are left out.
fn events(properties: Vec<IcsProperty>) -> Result<Vec<IcsEvent>, CalendarFault> {
    let mut events = Vec::new();
    let mut current: Option<IcsEvent> = None;
    let mut depth = 0;
    for property in properties {
        if is(&property, "BEGIN", "VEVENT") {
            let event = IcsEvent { line: property.line, properties: Vec::new() };
            ended(current.replace(event))?;
            depth = 0;
        } else if is(&property, "END", "VEVENT") {
            events.extend(current.take());
        } else if let Some(event) = &mut current {
            match property.name.as_str() {
                "BEGIN" => depth += 1,
                "END" => depth -= 1,
                _ if depth == 0 => event.properties.push(property),
                _ => {}
            }
        }
    }
    ended(current)?;
    Ok(events)
}

/// A fault if an event is still open.
fn ended(event: Option<IcsEvent>) -> Result<(), CalendarFault> {
    event.map_or(Ok(()), |event| {
        let message = format!("line {}: the event does not end", event.line);
        Err(CalendarFault::new(message, "end it with END:VEVENT; the file may be cut off"))
    })
}

impl IcsEvent {
    fn all(&self, name: &str) -> impl Iterator<Item = &IcsProperty> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.all(name).next().map(|property| property.value.trim())
    }

    fn kind(&self) -> ExceptionKind {
        match marks_workday(self.value("SUMMARY").unwrap_or_default()) {
            true => ExceptionKind::Workday,
            false => ExceptionKind::Closed,
        }
    }

    /// All moments of a property that may hold several, with commas; of a period its beginning.
    fn moments(&self, name: &str) -> Result<Vec<IcsMoment>, CalendarFault> {
        let texts =
            self.all(name).flat_map(|property| property.value.split(',').map(move |text| (property, text)));
        texts
            .map(|(property, text)| IcsMoment::parse(text.split('/').next().unwrap_or(text), property))
            .collect()
    }
}

/// Whether a summary marks a make-up workday.
fn marks_workday(summary: &str) -> bool {
    let summary = summary.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| summary.contains(word));
    if has(&["上班", "补班", "補班"]) {
        return !has(&["不上班"]);
    }
    if has(&["workday", "working day"]) {
        return !has(&["non-", "non ", "nonwork", "not a ", "no work"]);
    }
    has(&["make-up"]) && !has(&["holiday", "day off", "leave"])
}

/// A date or a time of an event, on the clock of its own zone; none for a date or a time without a zone that is known.
#[derive(Clone)]
struct IcsMoment {
    clock: DateTime,
    zone: Option<TimeZone>,
}

impl IcsMoment {
    fn parse(text: &str, property: &IcsProperty) -> Result<IcsMoment, CalendarFault> {
        let text = text.trim();
        let wrong = || {
            let message = format!("\"{text}\" in {} is neither a date nor a time", property.name);
            CalendarFault::new(message, MOMENT_HELP)
        };
        let (clock, utc) = text.strip_suffix('Z').map_or((text, false), |clock| (clock, true));
        let clock = match clock.len() {
            8 => Date::strptime("%Y%m%d", clock).map(|date| date.at(0, 0, 0, 0)),
            _ => DateTime::strptime("%Y%m%dT%H%M%S", clock),
        };
        let zone = match property.parameter("TZID") {
            _ if utc => Some(TimeZone::UTC),
            Some(name) if text.len() > 8 => TimeZone::get(name).ok(),
            _ => None,
        };
        Ok(IcsMoment { clock: clock.map_err(|_| wrong())?, zone })
    }

    /// The clock in another zone at this moment.
    fn clock_in(&self, zone: &TimeZone) -> DateTime {
        let instant = self.zone.as_ref().and_then(|own| own.to_timestamp(self.clock).ok());
        instant.map_or(self.clock, |instant: Timestamp| zone.to_datetime(instant))
    }

    /// The date of this moment on the clock that the other moment has.
    fn date_beside(&self, other: &IcsMoment) -> Date {
        other.zone.as_ref().map_or(self.clock, |zone| self.clock_in(zone)).date()
    }
}

/// One recurrence of an event that another event replaces.
struct Replacement {
    uid: String,
    moment: IcsMoment,
}

impl Replacement {
    fn of(event: &IcsEvent) -> Option<Replacement> {
        let moment = event.moments("RECURRENCE-ID").ok()?.into_iter().next()?;
        Some(Replacement { uid: event.value("UID")?.to_owned(), moment })
    }
}

struct IcsReader<'z> {
    replaced: Vec<Replacement>,
    years: RangeInclusive<i16>,
    zone: &'z TimeZone,
}

impl IcsReader<'_> {
    /// The days of an event within the years.
    fn days(&self, event: &IcsEvent) -> Result<BTreeSet<Date>, CalendarFault> {
        let lacking =
            || CalendarFault::new("the event has no DTSTART", "give it the date on which it begins");
        let start = event.moments("DTSTART")?.into_iter().next().ok_or_else(lacking)?;
        let more_days = self.more_days(event, &start)?;
        if event.value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
            return Ok(BTreeSet::new());
        }
        let first = Date::new(*self.years.start(), 1, 1).unwrap_or(Date::MIN);
        let last = Date::new(*self.years.end(), 12, 31).unwrap_or(Date::MAX);
        let mut days = BTreeSet::new();
        for begin in self.starts(event, &start, last)? {
            let moment = IcsMoment { clock: begin.to_datetime(start.clock.time()), zone: start.zone.clone() };
            let begin = moment.clock_in(self.zone).date();
            let end = begin.saturating_add(Span::new().days(more_days)).min(last);
            days.extend(dates_between(begin.max(first), end));
        }
        Ok(days)
    }

    /// The dates at which an event begins, on the clock of its start.
    fn starts(
        &self,
        event: &IcsEvent,
        start: &IcsMoment,
        last: Date,
    ) -> Result<BTreeSet<Date>, CalendarFault> {
        let first = start.clock.date();
        // A day more, since the clock of the event may be ahead.
        let last = last.saturating_add(Span::new().days(1));
        let mut dates: BTreeSet<Date> = BTreeSet::new();
        for rule in event.all("RRULE") {
            let until = |text: &str| Ok(IcsMoment::parse(text, rule)?.date_beside(start));
            dates.extend(recurrence::dates(first, rule.value.trim(), last, until)?);
        }
        if event.all("RRULE").next().is_none() {
            dates.insert(first);
        }
        dates.extend(event.moments("RDATE")?.iter().map(|moment| moment.date_beside(start)));
        let mut without = event.moments("EXDATE")?;
        if event.all("RECURRENCE-ID").next().is_none() {
            let own = self.replaced.iter().filter(|other| event.value("UID") == Some(&other.uid));
            without.extend(own.map(|replaced| replaced.moment.clone()));
        }
        for moment in without {
            dates.remove(&moment.date_beside(start));
        }
        Ok(dates)
    }

    /// How many days an event has after its first one. An end at midnight does not touch the day that it begins.
    fn more_days(&self, event: &IcsEvent, start: &IcsMoment) -> Result<i32, CalendarFault> {
        let begin = start.clock_in(self.zone);
        let end = match (event.moments("DTEND")?.into_iter().next(), event.value("DURATION")) {
            (Some(end), _) => end.clock_in(self.zone),
            (None, Some(text)) => {
                let wrong = |_| {
                    let message = format!("\"{text}\" is not a duration");
                    CalendarFault::new(message, "write DURATION as P2D or PT8H, or write DTEND")
                };
                text.parse().and_then(|length: Span| begin.checked_add(length)).map_err(wrong)?
            }
            (None, None) => begin,
        };
        if end < begin {
            return Err(CalendarFault::new(
                format!("the event ends at {end}, before it begins"),
                "correct DTEND",
            ));
        }
        let last = end.checked_sub(Span::new().nanoseconds(1)).unwrap_or(end).date();
        Ok((last - begin.date()).get_days().max(0))
    }
}

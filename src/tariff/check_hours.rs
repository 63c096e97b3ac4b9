//! Checks of the hours of periods: dates, days and hours of the clock.

use super::check::TariffCheck;
use super::layout::{PeriodLayout, WhenLayout};
use super::schedule::{Schedule, TariffDates, TariffDays, TariffHours, TariffPeriod};
use crate::calendar::{CalendarFault, DateRange, DayHours, WeekdaySet, YearDay};
use crate::units::spelling::brief;
use indexmap::IndexMap;
use std::sync::Arc;

/// More periods than any tariff has.
const MOST: usize = 1000;

impl TariffCheck {
    pub(super) fn schedule(
        &mut self,
        way: &str,
        written: &IndexMap<String, PeriodLayout>,
    ) -> Option<Schedule> {
        if written.len() > MOST {
            let message = format!("there are {} periods", written.len());
            self.faults.add(way, message, "write at most 1000");
            return None;
        }
        for (nth, (name, period)) in written.iter().enumerate() {
            let way = format!("{way}[\"{name}\"]");
            let is_last = nth + 1 == written.len();
            self.name(&way, name);
            if period.when.is_empty() && !is_last {
                let message =
                    format!("\"{}\" takes all hours, so the periods after it never come", brief(name));
                self.faults.add(way, message, "put the period without `when` last");
            } else if !period.when.is_empty() && is_last {
                let message = format!("\"{}\" is the last period and has limits", brief(name));
                let help = "add a last period without `when`, which has all hours that are left";
                self.faults.add(format!("{way}.when"), message, help);
            }
        }
        let periods = written.iter().map(|(name, period)| {
            let way = format!("{way}[\"{name}\"].when");
            let when = period.when.iter().enumerate();
            let when = when.map(|(nth, hours)| self.hours(&format!("{way}[{nth}]"), hours)).collect();
            TariffPeriod { name: name.clone(), when }
        });
        let periods = periods.collect();
        Some(Schedule { periods, holidays: Arc::clone(&self.holidays) })
    }

    fn hours(&mut self, way: &str, written: &WhenLayout) -> TariffHours {
        if *written == WhenLayout::default() {
            let message = "these hours have no limit";
            self.faults.add(way, message, "write `dates`, `days` or `hours`, or leave `when` out");
        }
        let mut dates = Vec::new();
        for (nth, text) in written.dates.iter().enumerate() {
            dates.extend(self.faults.keep(format!("{way}.dates[{nth}]"), tariff_dates(text)));
        }
        let days = written.days.as_ref().and_then(|text| self.days(&format!("{way}.days"), text));
        let mut hours = Vec::new();
        for (nth, text) in written.hours.iter().enumerate() {
            hours.extend(self.faults.keep(format!("{way}.hours[{nth}]"), DayHours::parse(text)));
        }
        TariffHours { dates, days, hours }
    }

    fn days(&mut self, way: &str, text: &str) -> Option<TariffDays> {
        let is_holidays = |part: &&str| part.trim().eq_ignore_ascii_case("holidays");
        let holidays = text.split(',').any(|part| is_holidays(&part));
        if holidays && self.holidays.is_empty() {
            let message = "the tariff lists no holidays";
            self.faults.add(way, message, "add `holidays: [\"2026-05-01\", ..]` to the tariff");
        }
        let weekdays: Vec<&str> = text.split(',').filter(|part| !is_holidays(part)).collect();
        if weekdays.is_empty() {
            return Some(TariffDays { weekdays: None, holidays });
        }
        let weekdays = self.faults.keep(way, WeekdaySet::parse(&weekdays.join(",")));
        weekdays.map(|weekdays| TariffDays { weekdays: Some(weekdays), holidays })
    }
}

/// Days of every year, such as `07-01..09-30`, or dates of one year.
fn tariff_dates(text: &str) -> Result<TariffDates, CalendarFault> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    // A day of the year has five letters, a date ten.
    if first.trim().len() <= 5 && last.trim().len() <= 5 {
        return Ok(TariffDates::Yearly(YearDay::parse(first)?, YearDay::parse(last)?));
    }
    DateRange::parse(text).map(TariffDates::Once)
}

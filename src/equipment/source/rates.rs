//! Rates of arrival that vary over day, week and shift, as a layout says them.

use super::arrivals::VaryingRate;
use crate::calendar::{CalendarFault, DayHours, OperationalClock, RateRule, RateSpan, Timetable, WeekdaySet};
use crate::checking::Check;
use crate::kernel::{Sampler, Time};
use crate::units;
use serde::Deserialize;

/// By which factor more or fewer arrive, and when. Factors that hold at one instant multiply.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateSpec {
    /// The rate relative to that of `interarrival`: 0 for none, 2 for twice as many.
    pub factor: f64,
    /// The weekdays, such as `"Mon-Fri"`; every day without it.
    pub days: Option<String>,
    /// The hours of these days, such as `"06:00-10:00"`; the whole day without it.
    pub hours: Option<String>,
    /// The shift of the source's calendar, instead of days and hours.
    pub shift: Option<String>,
}

/// A thousand times as many are no busy hour but a mistake.
const HIGHEST: f64 = 1000.0;

impl RateSpec {
    /// The clock of these factors; none without any, or with faults.
    pub(super) fn clock(
        all: &[RateSpec],
        hours: Option<&Timetable>,
        check: &mut Check<'_>,
    ) -> Option<OperationalClock> {
        if all.is_empty() {
            return None;
        }
        let rules: Vec<Option<RateRule>> =
            all.iter().enumerate().map(|(nth, one)| one.rule(nth, hours, check)).collect();
        let rules: Option<Vec<RateRule>> = rules.into_iter().collect();
        Some(OperationalClock::new(check.hours_or_clock("rates", hours)?, rules?))
    }

    fn rule(&self, nth: usize, hours: Option<&Timetable>, check: &mut Check<'_>) -> Option<RateRule> {
        let way = format!("rates[{nth}]");
        // Written so that what is no number at all is refused as well.
        let is_factor = (0.0..=HIGHEST).contains(&self.factor);
        if !is_factor {
            let message = format!("the factor {} is not between 0 and {HIGHEST}", self.factor);
            let help = "give a number from 0 (no arrivals) to 1000, such as 1.4 for 40 % more";
            check.fault_alone(&format!("{way}.factor"), "", message, help);
        }
        let span = match &self.shift {
            Some(shift) => self.of_shift(shift, &way, hours, check),
            None => self.of_days(&way, check),
        };
        Some(RateRule { span: span?, factor: self.factor }).filter(|_| is_factor)
    }

    fn of_days(&self, way: &str, check: &mut Check<'_>) -> Option<RateSpan> {
        let days = self.days.as_deref().map_or(Ok(WeekdaySet::DAILY), WeekdaySet::parse);
        let days = keep(check, &format!("{way}.days"), days);
        let hours = self.hours.as_deref().map_or(Ok(DayHours::WHOLE_DAY), DayHours::parse);
        let hours = keep(check, &format!("{way}.hours"), hours);
        Some(RateSpan::Daily(days?, hours?))
    }

    fn of_shift(
        &self,
        shift: &str,
        way: &str,
        hours: Option<&Timetable>,
        check: &mut Check<'_>,
    ) -> Option<RateSpan> {
        if self.days.is_some() || self.hours.is_some() {
            let message = "a shift has days and hours of its own".to_owned();
            check.fault(&format!("{way}.shift"), message, "keep `shift`, or `days` and `hours`");
            return None;
        }
        let names = hours.map_or(&[][..], |hours| hours.shift_names());
        if let Some(number) = names.iter().position(|name| name == shift) {
            return Some(RateSpan::Shift(number));
        }
        // A source that works around the clock for a time keeps the factors of its shifts.
        let calendars = check.around.calendars;
        if hours.is_none() && (calendars.incomplete || calendars.have_shift(shift)) {
            return Some(RateSpan::Never);
        }
        let without_calendar = "give the source a `calendar`, or write `days` and `hours` instead";
        check.unknown_shift(&format!("{way}.shift"), shift, names, without_calendar);
        None
    }
}

/// The rate of arrivals with these times between them, if the highest one leaves time between two.
pub(super) fn varying(
    clock: OperationalClock,
    gaps: &Sampler,
    check: &mut Check<'_>,
) -> Option<Box<VaryingRate>> {
    let highest = clock.highest_speed(check.around.run_ends);
    if gaps.distribution().mean() < highest * Time(1).secs() {
        let message = format!(
            "at {} times the rate of `interarrival` parts arrive without any time between them",
            units::number(highest)
        );
        check.fault(
            "rates",
            message,
            "lower the factors, which multiply where several hold, or give a longer `interarrival`",
        );
        return None;
    }
    Some(Box::new(VaryingRate::new(clock)))
}

/// What was read, or nothing and its fault noted at this field.
pub(super) fn keep<T>(check: &mut Check<'_>, field: &str, found: Result<T, CalendarFault>) -> Option<T> {
    found.map_err(|fault| check.fault_alone(field, "", fault.message, &fault.help)).ok()
}

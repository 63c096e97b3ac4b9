//! Calendars: when work is done, in shifts with breaks, and when it is not.
//!
//! A calendar is written as a [`CalendarLayout`]: weekly shifts or a roster, seasons, closed dates, extra days, and files of
//! exceptions, which become an [`ExceptionList`] (`exceptions`). `check` turns them into a [`Calendar`], all faults at once. The
//! calendar decides by the date alone which shifts begin on a day. A [`Timetable`] lays it on the axis of a run, in a time zone and
//! from a start, and answers at any [`Time`](crate::kernel::Time) who is present and who works. It computes its changes in chunks of
//! about a year when they are first asked for (`chunk`). An [`OperationalClock`] runs at a speed that varies over day, week and
//! shift. [`Periods`] are the shifts, hours or days of a run, for which figures are reported. `picture`, `next_changes`,
//! `closed_shades`, `present` and `day` show hours to people.
//!
//! Read [`Calendar`] first, then [`Timetable`].
//!
//! # Rules
//!
//! - A shift belongs to the date on which it begins. A closed date has no beginning of a shift; the night shift of the day before
//!   ends as usual.
//! - On a date `extra` wins over `closed`, that over the files, and those over the season, the pattern or the roster. A later file
//!   wins over an earlier one; within a file what opens a date wins over what closes it.
//! - A make-up workday of a file has the shifts of its weekday. If it falls on a weekend, or its weekday has no shift, then it has
//!   the shifts of the first weekday from Monday on that has any. With a roster it has the roster's entry for its date, or the first
//!   entry of the roster that is not off.
//! - A season replaces all shifts of the calendar; with a roster, a name that the season lacks does not come in the season. The
//!   date on which a shift begins decides its season. Seasons do not overlap.
//! - Hours of a single day, in `extra` or a file, belong to the shift "extra" and have no breaks. A named shift of a single day has
//!   the hours of the season, or else those of the calendar, or of the first season that has it.
//! - If hours of one shift overlap from day to day, the shift is present while any of them lasts, and works while any of them does.
//! - The axis is real time. Hours are those of the clock on the wall, so a night in which daylight saving begins or ends is shorter
//!   or longer. A time that the clock skips is moved later by the length of the gap; of a time that comes twice the first one
//!   counts (`compatible` of jiff and of RFC 5545). A shift or a break of which daylight saving leaves nothing does not come.
//!
//! Not modelled: breaks that depend on the work at hand, shifts longer than a day, and hours in seconds.

mod calendar_rules;
mod check;
mod chunk;
mod closed_shades;
mod counted_time;
mod dates;
mod day;
mod exceptions;
mod fault;
mod hours;
mod layout;
mod line_calendars;
mod next_changes;
mod operational;
mod pattern;
mod periods;
mod picture;
mod present;
mod repeat;
mod scheduled;
mod timetable;
mod weekdays;
mod weeks;
mod zone;

#[cfg(test)]
mod exception_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod ics_tests;
#[cfg(test)]
mod operational_tests;
#[cfg(test)]
mod period_tests;
#[cfg(test)]
mod picture_tests;
#[cfg(test)]
mod present_tests;
#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod shade_tests;
#[cfg(test)]
mod slow_twin_tests;
#[cfg(test)]
mod test_calendars_tests;
#[cfg(test)]
mod timetable_tests;
#[cfg(test)]
mod twin_tests;

pub use calendar_rules::{Calendar, DayReason, PlannedDay};
pub use closed_shades::{ClosedShade, closed_shades};
pub use counted_time::{CountedTime, TimeRange};
pub use dates::{DateRange, YearDay};
pub(crate) use dates::{dates_between, dates_of_year};
pub use day::{DayKind, DayShift};
pub use exceptions::{ExceptionKind, ExceptionList, ListedException};
pub use fault::CalendarFault;
pub(crate) use fault::CalendarFaults;
pub use hours::{DayHours, DayTime};
pub use layout::{CalendarLayout, RosterLayout, SeasonLayout, ShiftLayout};
pub use line_calendars::{ALWAYS, Calendars};
pub use next_changes::next_changes;
pub use operational::{OperationalClock, RateRule, RateSpan, at_speed_one, operational};
pub use pattern::ShiftRule;
pub use periods::{NO_SHIFT, Period, Periods};
pub use picture::year_picture;
pub use present::ShiftStretch;
pub use timetable::{Attendance, Timetable};
pub use weekdays::WeekdaySet;
pub use weeks::RunWeeks;
pub use zone::zone_named;

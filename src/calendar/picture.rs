//! A year of a timetable in one picture of text: months as rows, days as columns.

use super::chunk::WorkedSpans;
use super::dates::dates_of_year;
use super::{DayKind, Timetable};
use jiff::Span;
use jiff::civil::Date;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const HEAD: &str = "    1   5    10   15   20   25   30   days      hours";
const COLUMNS: &str = "days: with a shift that begins; hours: worked by the clock, breaks left out";

/// A year in text, at most 80 columns wide: a letter for the kind of each day, a legend, and the working days and scheduled hours of
/// each month and of the year. It shows the whole year, also what lies before the start of the run. An open day has fewer hours if
/// the longest usual day of the year has more.
pub fn year_picture(timetable: &Timetable, year: i16) -> Vec<String> {
    let zone = timetable.zone().iana_name().unwrap_or("local time");
    let mut lines = vec![format!("{year} in {zone}"), HEAD.into()];
    let days = |month: i8| dates_of_year(year).filter(move |day| day.month() == month);
    let longest = timetable.longest_day(year);
    let (mut year_days, mut year_hours) = (0, 0.0);
    for (name, month) in MONTHS.iter().zip(1..) {
        let letters: String = days(month).map(|day| timetable.day_kind(day, longest).letter()).collect();
        let working = days(month).filter(|&day| !timetable.calendar().day(day).shifts.is_empty()).count();
        let hours = days(month).next().map_or(0.0, |first| worked_hours(timetable, first));
        lines.push(format!("{name} {letters:<31}  {working:>5} {hours:>10.2}"));
        year_days += working;
        year_hours += hours;
    }
    lines.push(format!("{year:<37}{year_days:>5} {year_hours:>10.2}"));
    let legend = DayKind::ALL.map(|kind| format!("{} {}", kind.letter(), kind.words()));
    lines.extend(legend.chunks(3).map(|kinds| kinds.join("   ")));
    lines.push(COLUMNS.into());
    lines
}

/// The hours in which somebody works from midnight to midnight of a month.
fn worked_hours(timetable: &Timetable, first: Date) -> f64 {
    let axis = timetable.axis();
    let midnight = |day: Date| axis.since_origin(axis.zone.to_timestamp(day.at(0, 0, 0, 0)).ok()?);
    let next = first.saturating_add(Span::new().months(1));
    let Some((from, to)) = midnight(first).zip(midnight(next)) else { return 0.0 };
    WorkedSpans::of(&axis.attendances(from, to), to, u64::MAX).until(to) as f64 / 3.6e12
}

//! After how long a line repeats its pattern of hours and rates: a figure by the hour means something over whole periods of it.

use super::Line;
use crate::calendar::Timetable;
use crate::kernel::Time;

const DAY: u64 = 86_400 * 1_000_000_000;
/// No run is longer, so that patterns that repeat together only later never do.
const LONGEST_DAYS: u64 = Time::LONGEST.0 / DAY;

/// A pattern of a line that repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePattern {
    /// The name of the calendar, or that of the source whose rate varies.
    pub name: String,
    /// After how many days it repeats.
    pub days: u32,
}

/// The patterns of a line, and when all of them repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePeriod {
    /// The calendars that elements keep, in the order of the file, then the sources whose rate varies.
    pub patterns: Vec<LinePattern>,
    /// The shortest time after which all of them repeat, at most the longest time of a run. A day has 24 hours.
    pub length: Time,
}

impl Line {
    /// The patterns of its calendars and rates; none if it is the same at all times. Dates that are exceptions do not count.
    pub fn period(&self) -> Option<LinePeriod> {
        LinePeriod::of(self.patterns())
    }

    fn patterns(&self) -> Vec<LinePattern> {
        let kept = |timetable: &Timetable| {
            let elements = self.elements.iter().filter_map(|element| element.datasheet.hours.as_ref());
            elements.chain(self.calendars.of_line()).any(|hours| hours == timetable)
        };
        let calendars = self.calendars.all().iter().filter(|(_, timetable)| kept(timetable));
        let calendars = calendars.filter_map(|(name, timetable)| {
            Some(LinePattern { name: name.clone(), days: timetable.calendar().period_days()? })
        });
        let rates = self.elements.iter().filter_map(|element| {
            Some(LinePattern { name: element.name.clone(), days: element.datasheet.rate_days? })
        });
        calendars.chain(rates).collect()
    }
}

impl LinePeriod {
    /// The period of several lines that are compared.
    pub fn of_all(lines: &[&Line]) -> Option<LinePeriod> {
        let mut patterns: Vec<LinePattern> = Vec::new();
        for pattern in lines.iter().flat_map(|line| line.patterns()) {
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
        LinePeriod::of(patterns)
    }

    fn of(patterns: Vec<LinePattern>) -> Option<LinePeriod> {
        let days = patterns.iter().map(|pattern| u64::from(pattern.days));
        let together = days.reduce(|one, other| least_common_multiple(one, other).min(LONGEST_DAYS))?;
        Some(LinePeriod { patterns, length: Time(together * DAY) })
    }

    /// How many whole periods there are in a window.
    pub fn whole_in(&self, window: Time) -> u64 {
        window.0 / self.length.0
    }

    /// The patterns of which this window is no whole number of periods.
    pub fn cut_by(&self, window: Time) -> Vec<LinePattern> {
        let is_cut = |pattern: &&LinePattern| !window.0.is_multiple_of(u64::from(pattern.days) * DAY);
        self.patterns.iter().filter(is_cut).cloned().collect()
    }
}

/// Neither is zero.
fn least_common_multiple(one: u64, other: u64) -> u64 {
    let (mut greater, mut smaller) = (one, other);
    while smaller > 0 {
        (greater, smaller) = (smaller, greater % smaller);
    }
    (one / greater).saturating_mul(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(days: &[u32]) -> Vec<LinePattern> {
        days.iter().map(|days| LinePattern { name: format!("of {days}"), days: *days }).collect()
    }

    fn period(days: &[u32]) -> Option<u64> {
        LinePeriod::of(patterns(days)).map(|period| period.length.0 / DAY)
    }

    #[test]
    fn patterns_repeat_together_after_the_least_common_multiple() {
        assert_eq!(period(&[]), None);
        assert_eq!(period(&[1]), Some(1));
        assert_eq!(period(&[7, 1]), Some(7));
        assert_eq!(period(&[7, 4]), Some(28));
        assert_eq!(period(&[6, 4]), Some(12));
        assert_eq!(period(&[5, 7, 10]), Some(70));
        assert_eq!(period(&[7, 8, 9]), Some(504));
        // More than 200 years.
        assert_eq!(period(&[1009, 1013]), Some(LONGEST_DAYS));
    }

    #[test]
    fn a_window_cuts_what_it_is_no_multiple_of() {
        let period = LinePeriod::of(patterns(&[1, 4, 7])).expect("three patterns");
        let cut = |days: u64| -> Vec<u32> {
            period.cut_by(Time(days * DAY)).iter().map(|pattern| pattern.days).collect()
        };
        assert_eq!((cut(28), cut(14), cut(5)), (vec![], vec![4], vec![4, 7]));
        assert_eq!(period.cut_by(Time(DAY + 1)).len(), 3);
        assert_eq!([27, 28, 56].map(|days| period.whole_in(Time(days * DAY))), [0, 1, 2]);
    }
}

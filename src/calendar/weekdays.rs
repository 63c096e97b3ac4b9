//! A set of weekdays, written as `"Mon-Fri"`, `"Mon, Wed-Fri"`, `"Fri-Mon"` or `"daily"`.

use super::CalendarFault;
use jiff::civil::Weekday;
use std::fmt;

const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const HELP: &str = "write days as \"Mon-Fri\", \"Mon, Wed, Sat\" or \"daily\"";

/// Which days of the week; Monday is the lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekdaySet(u8);

impl WeekdaySet {
    /// Every day of the week.
    pub const DAILY: WeekdaySet = WeekdaySet(0x7f);

    /// Whether this day belongs to the set.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.to_monday_zero_offset()) != 0
    }

    /// Reads a list of days and ranges of days; a range may pass the end of the week.
    pub fn parse(text: &str) -> Result<WeekdaySet, CalendarFault> {
        let mut days = 0;
        for part in text.split(',') {
            let part = part.trim();
            if part.eq_ignore_ascii_case("daily") {
                days |= WeekdaySet::DAILY.0;
                continue;
            }
            let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
            let (first, last) = (day_named(first, text)?, day_named(last, text)?);
            for step in 0..=(last + 7 - first) % 7 {
                days |= 1 << ((first + step) % 7);
            }
        }
        Ok(WeekdaySet(days))
    }
}

/// The offset from Monday of a day, by its full name or its first three letters.
fn day_named(name: &str, whole: &str) -> Result<usize, CalendarFault> {
    let name = name.trim();
    if name.is_empty() {
        return Err(CalendarFault::new(format!("the days \"{whole}\" lack a name of a weekday"), HELP));
    }
    let is_named = |day: &&str| day.eq_ignore_ascii_case(name) || day[..3].eq_ignore_ascii_case(name);
    NAMES
        .iter()
        .position(is_named)
        .ok_or_else(|| CalendarFault::new(format!("\"{name}\" is not the English name of a weekday"), HELP))
}

impl fmt::Display for WeekdaySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == WeekdaySet::DAILY {
            return f.write_str("daily");
        }
        let mut parts: Vec<String> = Vec::new();
        let mut day = 0;
        while day < 7 {
            let run = (day..7).take_while(|&day| self.0 & (1 << day) != 0).count();
            match run {
                0 => {}
                1 => parts.push(NAMES[day][..3].into()),
                _ => parts.push(format!("{}-{}", &NAMES[day][..3], &NAMES[day + run - 1][..3])),
            }
            day += run.max(1);
        }
        f.write_str(&parts.join(", "))
    }
}

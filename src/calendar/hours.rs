//! Hours of the day, written as `"06:00-14:00"`. Hours whose end is not after their beginning end on the next day.

use super::CalendarFault;
use jiff::civil::{Date, DateTime};
use std::fmt;

const DAY: u16 = 24 * 60;
const HELP: &str = "write hours as \"06:00-14:00\", with 24:00 for the end of the day";

/// From a minute of the day to a later one, which may lie on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayHours {
    /// Minutes from the midnight that begins the day; below 24 h.
    pub from: u16,
    /// Minutes from the same midnight; at most 24 h after `from`.
    pub to: u16,
}

impl DayHours {
    /// The whole day.
    pub const WHOLE_DAY: DayHours = DayHours { from: 0, to: DAY };

    /// Reads `"06:00-14:00"`; `"22:00-06:00"` ends on the next day.
    pub fn parse(text: &str) -> Result<DayHours, CalendarFault> {
        let wrong = || CalendarFault::new(format!("\"{text}\" is not hours of the day"), HELP);
        let (from, to) = text.split_once(['-', '–']).ok_or_else(wrong)?;
        let (from, to) = (minute(from).ok_or_else(wrong)?, minute(to).ok_or_else(wrong)?);
        if from == DAY {
            let message = format!("the hours \"{text}\" begin at 24:00, which is only an end");
            return Err(CalendarFault::new(message, "begin at 00:00 of the next day"));
        }
        if from == to {
            let message = format!("the hours \"{text}\" end when they begin");
            return Err(CalendarFault::new(
                message,
                "write \"00:00-24:00\" for the whole day, or another end",
            ));
        }
        Ok(DayHours { from, to: if to < from { to + DAY } else { to } })
    }

    /// The length in minutes.
    pub fn minutes(self) -> u16 {
        self.to - self.from
    }

    /// A break of these hours; a break before the hours begin is one of the next day.
    fn pause(self, text: &str) -> Result<DayHours, CalendarFault> {
        let mut pause = DayHours::parse(text)?;
        if pause.from < self.from {
            pause = DayHours { from: pause.from + DAY, to: pause.to + DAY };
        }
        if pause.to > self.to {
            let message = format!("the break \"{text}\" is not within the hours \"{self}\"");
            return Err(CalendarFault::new(
                message,
                "let the break begin and end within the hours of its shift",
            ));
        }
        if pause == self {
            let message = format!("the break \"{text}\" leaves nothing of the hours \"{self}\"");
            return Err(CalendarFault::new(message, "shorten the break, or leave the shift out"));
        }
        Ok(pause)
    }

    /// The next break of these hours, which must not overlap those found before it.
    pub(crate) fn next_pause(self, text: &str, before: &[DayHours]) -> Result<DayHours, CalendarFault> {
        let pause = self.pause(text)?;
        match before.iter().find(|other| other.from < pause.to && pause.from < other.to) {
            Some(other) => {
                let message = format!("the break \"{text}\" overlaps the break \"{other}\"");
                Err(CalendarFault::new(message, "let each break end before the next one begins"))
            }
            None => Ok(pause),
        }
    }
}

/// A minute of the day, written as `"07:30"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayTime(u16);

impl DayTime {
    /// Reads `"07:30"`.
    pub fn parse(text: &str) -> Result<DayTime, CalendarFault> {
        minute(text).filter(|minute| *minute < DAY).map(DayTime).ok_or_else(|| {
            let message = format!("\"{text}\" is not a time of the day");
            CalendarFault::new(message, "write it as \"07:30\", from 00:00 to 23:59")
        })
    }

    /// This time of a date.
    pub fn on(self, date: Date) -> DateTime {
        date.at((self.0 / 60) as i8, (self.0 % 60) as i8, 0, 0)
    }
}

/// The minute of the day that `06:00` names, up to 24:00.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(hours, 2) || !digits(minutes, 2) || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= DAY).then_some(hours * 60 + minutes)
}

impl fmt::Display for DayHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from % DAY, if self.to == DAY { DAY } else { self.to % DAY });
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

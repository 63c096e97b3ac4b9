//! Dates and times as meters write them: `2026-03-02 08:15`, `2026-03-02T08:15:00+08:00`, `2.3.2026 8:15`, `3/2/2026 8:15 AM`,
//! `2026年3月2日 8:15`. Read [`MeterStamp`] first.

use jiff::Unit;
use jiff::civil::{Date, DateTime, Time};
use std::borrow::Cow;

/// A date and time as it is written, before it is known whether a day or a month comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MeterStamp {
    /// The three numbers of the date as they are written.
    date: [i16; 3],
    form: DateForm,
    /// Hour, minute, second and nanosecond; 24:00 is the end of the day.
    time: (i8, i8, i8, i32),
    /// Seconds ahead of UTC, if the text says that.
    pub(super) offset: Option<i32>,
    /// Whether it is a range, such as `08:00-08:15`, of which the beginning is read.
    pub(super) is_range: bool,
    /// Of a range with a minus, which could be an offset from UTC too: the minutes after the minus.
    minus: Option<i32>,
}

/// In which order the numbers of a date are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DateForm {
    YearFirst,
    DayFirst,
    /// Day or month, with slashes.
    Open,
}

/// Whether a day or a month comes first in dates such as `3/2/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 February.
    DayFirst,
    /// 2 March.
    MonthFirst,
}

impl MeterStamp {
    /// Reads a date and time; none if the text is anything else.
    pub(super) fn parse(text: &str) -> Option<MeterStamp> {
        let (text, end) = without_end(text.trim());
        let is_range = end.is_some();
        let minus = end.flatten();
        let (text, offset) = without_offset(text)?;
        let (text, afternoon) = without_half(text);
        let mut numbers = Numbers { rest: &text };
        let (first, after) = numbers.next()?;
        let date = match (first.len(), after) {
            (8, _) if first.starts_with("19") || first.starts_with("20") => {
                let part = |from: usize, to: usize| first[from..to].parse().ok();
                [part(0, 4)?, part(4, 6)?, part(6, 8)?]
            }
            _ => [first.parse().ok()?, numbers.number()?, numbers.number()?],
        };
        let form = match (first.len(), after) {
            (4 | 8, _) => DateForm::YearFirst,
            (1 | 2, '.') => DateForm::DayFirst,
            (1 | 2, '/' | '-') => DateForm::Open,
            _ => return None,
        };
        if form != DateForm::YearFirst && date[2] < 1000 {
            return None;
        }
        let time = numbers.time(afternoon)?;
        Some(MeterStamp { date, form, time, offset, is_range, minus })
    }

    /// How long it is in minutes, if it is a range with a minus.
    pub(super) fn minutes(&self) -> Option<i32> {
        let begin = i32::from(self.time.0) * 60 + i32::from(self.time.1);
        self.minus.map(|end| (end - begin).rem_euclid(24 * 60))
    }

    /// The same text read as a time and its offset from UTC, such as `08:15-05:00`; unchanged if it cannot be one.
    pub(super) fn with_offset(self) -> MeterStamp {
        match self.minus.filter(|minutes| *minutes <= 18 * 60) {
            Some(minutes) => MeterStamp { offset: Some(-60 * minutes), is_range: false, minus: None, ..self },
            None => self,
        }
    }

    /// Which order the numbers of its date can only have; none if it has both or says it.
    pub(super) fn order(&self) -> Option<DateOrder> {
        match self.form {
            DateForm::Open if self.date[0] > 12 => Some(DateOrder::DayFirst),
            DateForm::Open if self.date[1] > 12 => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether it cannot be read without an order.
    pub(super) fn is_open(&self) -> bool {
        self.form == DateForm::Open && self.date[0] != self.date[1]
    }

    /// The date and time, if there is such a one.
    pub(super) fn clock(&self, order: DateOrder) -> Option<DateTime> {
        let [a, b, c] = self.date;
        let (year, month, day) = match (self.form, order) {
            (DateForm::YearFirst, _) => (a, b, c),
            (DateForm::DayFirst, _) | (DateForm::Open, DateOrder::DayFirst) => (c, b, a),
            (DateForm::Open, DateOrder::MonthFirst) => (c, a, b),
        };
        let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        let (hour, minute, second, nanos) = self.time;
        match (hour, minute, second, nanos) {
            (24, 0, 0, 0) => date.tomorrow().ok().map(|next| next.at(0, 0, 0, 0)),
            // Workbooks count in parts of a day, which are off by their last digits.
            _ => date.to_datetime(Time::new(hour, minute, second, nanos).ok()?).round(Unit::Second).ok(),
        }
    }
}

/// What may stand between the numbers of a date and time.
const WORDS: &str = "T年月日号號时時点點分秒";

/// The runs of digits of a text, and the letter after each.
struct Numbers<'a> {
    rest: &'a str,
}

impl<'a> Numbers<'a> {
    fn next(&mut self) -> Option<(&'a str, char)> {
        let begin = self.rest.find(|letter: char| letter.is_ascii_digit())?;
        // Other words between numbers belong to no date.
        if self.rest[..begin].chars().any(|letter| letter.is_alphabetic() && !WORDS.contains(letter)) {
            return None;
        }
        let from = &self.rest[begin..];
        let end = from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len());
        self.rest = &from[end..];
        Some((&from[..end], self.rest.chars().next().unwrap_or(' ')))
    }

    /// Whether nothing is left but words that belong to a date.
    fn is_over(&self) -> bool {
        self.rest.chars().all(|letter| !letter.is_alphanumeric() || WORDS.contains(letter))
    }

    fn number(&mut self) -> Option<i16> {
        let (digits, _) = self.next()?;
        (digits.len() <= 4).then(|| digits.parse().ok())?
    }

    /// What is left, as a time of the day; midnight if nothing is left.
    fn time(&mut self, afternoon: Option<bool>) -> Option<(i8, i8, i8, i32)> {
        let Some((first, _)) = self.next() else {
            return self.is_over().then_some((0, 0, 0, 0));
        };
        let (hour, minute): (i8, i8) = match first.len() {
            // As in 202603020815.
            4 => (first[..2].parse().ok()?, first[2..].parse().ok()?),
            1 | 2 => (first.parse().ok()?, self.number()?.try_into().ok()?),
            _ => return None,
        };
        let hour = match afternoon {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
            None => hour,
        };
        let second = self.number().unwrap_or(0).try_into().ok()?;
        let fraction = self.next().map_or(Some(0), |(digits, _)| {
            let nanos: i32 = format!("{digits:0<9}").get(..9)?.parse().ok()?;
            Some(nanos)
        });
        let is_end = self.is_over();
        let fits = minute < 60 && second < 60 && (hour < 24 || (hour == 24 && minute == 0 && second == 0));
        (is_end && fits).then_some((hour, minute, second, fraction?))
    }
}

/// A text without the end of a range, such as ` - 08:15` after a time, and that it has one; of an end that follows a minus its
/// minutes after midnight too.
fn without_end(text: &str) -> (&str, Option<Option<i32>>) {
    let is_time = |text: &str| {
        text.contains(':') && text.chars().all(|letter| letter.is_ascii_digit() || letter == ':')
    };
    // Where seconds or a `T` are written, what follows a minus is an offset from UTC.
    let is_precise = text.contains('T') || text.split(['-', '+']).any(|part| part.matches(':').count() > 1);
    for (at, sign) in text.char_indices().filter(|(_, letter)| "-–—~～至".contains(*letter)) {
        let (before, after) = (text[..at].trim_end(), text[at + sign.len_utf8()..].trim());
        if before.contains(':') && is_time(after) && (sign != '-' || !is_precise) {
            let minutes = || {
                let (hours, minutes) = after.split_once(':')?;
                Some(hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?)
            };
            return (before, Some(minutes().filter(|_| sign == '-')));
        }
    }
    (text, None)
}

/// A text without the offset at its end: `Z`, `+08:00`, `+0800` or `+08`. An offset follows a time. None if there is no such offset.
fn without_offset(text: &str) -> Option<(&str, Option<i32>)> {
    if let Some(rest) = text.strip_suffix(['Z', 'z']) {
        return Some((rest, Some(0)));
    }
    let Some(at) = text.rfind(['+', '-']).filter(|at| text[..*at].contains(':')) else {
        return Some((text, None));
    };
    let digits: String = text[at + 1..].chars().filter(char::is_ascii_digit).collect();
    let plain = text[at + 1..].chars().all(|letter| letter.is_ascii_digit() || letter == ':');
    let (hours, minutes) = match digits.len() {
        2 if plain => (digits.parse::<i32>().ok()?, 0),
        4 if plain => (digits[..2].parse().ok()?, digits[2..].parse::<i32>().ok()?),
        _ => return None,
    };
    let secs = hours * 3600 + minutes * 60;
    let secs = if text[at..].starts_with('-') { -secs } else { secs };
    (hours <= 18 && minutes < 60).then(|| (text[..at].trim_end(), Some(secs)))
}

/// A text without the word for its half of the day, such as PM at its end or 下午 before the time, and whether it is the afternoon.
fn without_half(text: &str) -> (Cow<'_, str>, Option<bool>) {
    for (word, afternoon) in [("上午", false), ("下午", true)] {
        if text.contains(word) {
            return (text.replacen(word, " ", 1).into(), Some(afternoon));
        }
    }
    let lower = text.to_ascii_lowercase();
    for (word, afternoon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] {
        if lower.ends_with(word) {
            return (text[..text.len() - word.len()].trim_end().into(), Some(afternoon));
        }
    }
    (text.into(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let stamp = MeterStamp::parse(text)?;
        let clock = stamp.clock(stamp.order().unwrap_or(DateOrder::MonthFirst))?;
        Some(match stamp.offset {
            Some(secs) => format!("{clock} {secs}"),
            None => clock.to_string(),
        })
    }

    #[test]
    fn dates_and_times_are_read_as_meters_write_them() {
        for text in [
            "2026-03-02 08:15",
            "2026-03-02T08:15:00",
            "2026/3/2 8:15",
            "02.03.2026 08:15",
            "3/2/2026 8:15 AM",
            "3/2/2026 8:15:00.000 a.m.",
            "20260302 0815",
            "20260302 08:15:00",
            "2026年3月2日 8:15",
            "2026/3/2 上午8:15",
            "2026-03-02 08:15-08:30",
            "02.03.2026 08:15 - 08:30",
            "2026-03-02 08:15~08:30",
            "2026-03-02 08:14:59.999",
        ] {
            assert_eq!(read(text).as_deref(), Some("2026-03-02T08:15:00"), "{text}");
        }
        assert_eq!(read("2026-03-02T08:15:00+08:00").as_deref(), Some("2026-03-02T08:15:00 28800"));
        assert_eq!(read("2026-03-02 08:15:00-05:30").as_deref(), Some("2026-03-02T08:15:00 -19800"));
        assert_eq!(read("2026-03-02T08:15-05:30").as_deref(), Some("2026-03-02T08:15:00 -19800"));
        assert_eq!(read("2026/3/2 下午 8:15").as_deref(), Some("2026-03-02T20:15:00"));
        assert!(MeterStamp::parse("2026-03-02 08:15-08:30").is_some_and(|stamp| stamp.is_range));
        assert_eq!(read("2026-03-02T00:15Z").as_deref(), Some("2026-03-02T00:15:00 0"));
        assert_eq!(read("2026-03-02 24:00").as_deref(), Some("2026-03-03T00:00:00"));
        assert_eq!(read("13/2/2026 12:30 PM").as_deref(), Some("2026-02-13T12:30:00"));
        assert_eq!(read("2/13/2026 12:30 AM").as_deref(), Some("2026-02-13T00:30:00"));
        assert_eq!(read("2026-03-02").as_deref(), Some("2026-03-02T00:00:00"));
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "",
            "12.5",
            "1234",
            "abc",
            "2026-13-02 08:15",
            "2026-02-30",
            "2026-03-02 25:00",
            "2026-03-02 08:61",
            "2 March 2026",
            "2026-03-02 晚上 8:15",
            "2026-03-02 08:15+99:00",
            "12345678",
            "3/2/26 8:15",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

//! A calendar as it is written in a layout: texts, not yet checked. Read [`CalendarLayout`] first; `check` turns it into a
//! [`Calendar`](super::Calendar).

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// When work is done: shifts, and the dates on which they do not come or others come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarLayout {
    /// The shifts by name; at most 64 with those of the seasons.
    pub shifts: IndexMap<String, ShiftLayout>,
    /// Which shifts come on which day of a turn; the shifts have no `days` then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<RosterLayout>,
    /// Dates such as `"2026-05-01"` or ranges such as `"2026-10-01..2026-10-07"` on which no shift begins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<String>,
    /// Make-up workdays and single days: a date, and the names of its shifts or hours of their own. Wins over `closed`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub extra: IndexMap<String, Vec<String>>,
    /// Parts of every year with shifts of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seasons: Vec<SeasonLayout>,
    /// Files of exceptions: holidays as `.json`, `.ics` or `.csv`. A later file wins over an earlier one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
}

/// One shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftLayout {
    /// The weekdays on which it begins, such as `"Mon-Fri"`; every day if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<String>,
    /// From when to when, such as `"22:00-06:00"`, which ends on the next day.
    pub hours: String,
    /// Hours within the shift during which nobody works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<String>,
}

/// A turn of days that repeats in both directions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterLayout {
    /// A date that has the first entry of `days`.
    pub from: String,
    /// The shifts of each day of the turn: a name, several names with commas, or `"off"`.
    pub days: Vec<String>,
}

/// A part of every year with shifts of its own, which replace those of the calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeasonLayout {
    /// The first day, such as `"06-15"`.
    pub from: String,
    /// The last day; one before `from` lies in the next year.
    pub to: String,
    /// The shifts of the season. A name that the calendar has too is the same shift with other hours.
    pub shifts: IndexMap<String, ShiftLayout>,
}

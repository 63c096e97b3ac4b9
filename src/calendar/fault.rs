//! What is wrong in a calendar, with the way to the field that says it.

use std::fmt;

/// A mistake in a calendar or in a file of exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFault {
    /// The way to the field within the calendar, such as `shifts["early"].breaks[1]`; empty for a fault of a file that no calendar
    /// has taken yet.
    pub way: String,
    /// The value and the rule that it breaks, in lower case.
    pub message: String,
    /// The remedy.
    pub help: String,
}

impl CalendarFault {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> CalendarFault {
        CalendarFault { way: String::new(), message: message.into(), help: help.into() }
    }

    /// The same fault at this field.
    pub(crate) fn at(mut self, way: impl Into<String>) -> CalendarFault {
        self.way = way.into();
        self
    }

    /// The same fault with the place in a file before its message.
    pub(crate) fn in_place(mut self, place: &str) -> CalendarFault {
        self.message = format!("{place}: {}", self.message);
        self
    }
}

impl fmt::Display for CalendarFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.way.is_empty() {
            write!(f, "{}: ", self.way)?;
        }
        write!(f, "{} ({})", self.message, self.help)
    }
}

impl std::error::Error for CalendarFault {}

/// Collects the faults of many fields, so that all of them are reported at once.
#[derive(Default)]
pub(crate) struct CalendarFaults(pub(crate) Vec<CalendarFault>);

impl CalendarFaults {
    /// The value, or nothing and its fault noted at this field.
    pub(crate) fn keep<T>(&mut self, way: impl Into<String>, found: Result<T, CalendarFault>) -> Option<T> {
        found.map_err(|fault| self.0.push(fault.at(way))).ok()
    }

    pub(crate) fn add(
        &mut self,
        way: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(CalendarFault::new(message, help).at(way));
    }
}

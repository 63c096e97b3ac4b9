//! The calendars of a line, by name.

use super::{CalendarFault, Timetable};
use crate::units::spelling;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The name of the hours of what works around the clock.
pub const ALWAYS: &str = "always";

/// The calendars of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendars {
    all: Vec<(String, Timetable)>,
    of_line: Option<usize>,
    /// The zone of the run; one without daylight saving if there is none.
    zone: Option<TimeZone>,
    /// Whether some calendar could not be read, which may have what is missing here.
    pub incomplete: bool,
}

impl Calendars {
    /// These calendars in this zone, of which the one of that name holds where an element names none.
    pub fn new(
        all: Vec<(String, Timetable)>,
        of_line: Option<&str>,
        zone: TimeZone,
        incomplete: bool,
    ) -> Calendars {
        let of_line = of_line.and_then(|wanted| all.iter().position(|(name, _)| name == wanted));
        Calendars { all, of_line, zone: Some(zone), incomplete }
    }

    /// The clock on the wall from this start on, for what has no calendar.
    pub fn around_the_clock(&self, start: DateTime) -> Result<Timetable, CalendarFault> {
        Timetable::always_open(self.zone.clone().unwrap_or(TimeZone::UTC), start)
    }

    /// The one that holds where an element names none.
    pub fn of_line(&self) -> Option<&Timetable> {
        self.of_line.map(|nth| &self.all[nth].1)
    }

    /// The one of this name.
    pub fn named(&self, name: &str) -> Option<&Timetable> {
        self.all.iter().find(|(known, _)| known == name).map(|(_, timetable)| timetable)
    }

    /// The name of one of these.
    pub fn name_of(&self, timetable: &Timetable) -> Option<&str> {
        // Two calendars may say the same; the one that an element names is that of the same data.
        let same = self.all.iter().find(|(_, known)| known.is_shared_with(timetable));
        let found = same.or_else(|| self.all.iter().find(|(_, known)| known == timetable));
        found.map(|(name, _)| name.as_str())
    }

    /// The name that looks most like this one.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        spelling::nearest(name, self.all.iter().map(|(known, _)| known.as_str()).chain([ALWAYS]))
    }

    /// Whether the line has none, also none that could not be read.
    pub fn are_none(&self) -> bool {
        self.all.is_empty() && !self.incomplete
    }

    /// Whether one of them has a shift of this name.
    pub fn have_shift(&self, name: &str) -> bool {
        self.all.iter().any(|(_, timetable)| timetable.shift_names().iter().any(|known| known == name))
    }

    /// All of them, in the order of the file.
    pub fn all(&self) -> &[(String, Timetable)] {
        &self.all
    }
}

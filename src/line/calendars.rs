//! The calendars of a line, checked, with the files that they name, and laid on the time of the run.
//!
//! Read [`checked`].

use super::check::run_plan;
use crate::calendar::{
    ALWAYS, Calendar, CalendarFault, CalendarLayout, Calendars, ExceptionList, Timetable, zone_named,
};
use crate::equipment::AnySettings;
use crate::kernel::Time;
use crate::layout::{Fault, Faults, LineLayout, Placed, Sources, TextSpan};
use crate::tables::Tables;
use crate::units::spelling::{brief, nearest};
use jiff::tz::TimeZone;
use std::ops::RangeInclusive;

/// All calendars of a line.
pub(super) fn checked(
    layout: &LineLayout<AnySettings>,
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Calendars {
    let zone = zone(layout, sources, faults);
    let mut all = Vec::new();
    let mut incomplete = layout.holes.calendars;
    for (name, written) in &layout.calendars {
        let before = faults.count();
        if name == ALWAYS {
            let fault = Fault::new(format!("\"{ALWAYS}\" means around the clock and cannot be declared"));
            faults.push(fault.at(written.key).help("give this calendar another name"));
        }
        let reader = CalendarReader { layout, sources, written, zone: &zone };
        let timetable = reader.timetable(name, tables, faults);
        incomplete |= faults.count() > before;
        all.extend(timetable.map(|timetable| (name.clone(), timetable)));
    }
    let wanted = layout.run.value.calendar.as_deref().filter(|name| *name != ALWAYS);
    if let Some(name) = wanted.filter(|name| !layout.calendars.contains_key(*name))
        && !layout.holes.calendars
    {
        let fault = Fault::new(format!("unknown calendar \"{}\"", brief(name)));
        let help = match nearest(name, layout.calendars.keys().map(String::as_str).chain([ALWAYS])) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "declare it in `calendars`, or leave `calendar` out".to_owned(),
        };
        faults.push(fault.at(layout.run.place_of("calendar", sources)).help(help));
        incomplete = true;
    }
    Calendars::new(all, wanted, zone, incomplete)
}

/// The time zone of the run: that of its name, or one without daylight saving.
fn zone(layout: &LineLayout<AnySettings>, sources: &Sources, faults: &mut Faults) -> TimeZone {
    let Some(name) = &layout.run.value.zone else { return TimeZone::UTC };
    zone_named(name).unwrap_or_else(|CalendarFault { message, help, .. }| {
        faults.push(Fault::new(message).at(layout.run.place_of("zone", sources)).help(help));
        TimeZone::UTC
    })
}

/// One calendar of a layout.
struct CalendarReader<'a> {
    layout: &'a LineLayout<AnySettings>,
    sources: &'a Sources,
    written: &'a Placed<CalendarLayout>,
    zone: &'a TimeZone,
}

impl CalendarReader<'_> {
    fn timetable(&self, name: &str, tables: &mut Tables, faults: &mut Faults) -> Option<Timetable> {
        let before = faults.count();
        let lists = self.lists(tables, faults);
        let calendar = match Calendar::new(&self.written.value, &lists) {
            Ok(calendar) => calendar,
            Err(found) => {
                found.into_iter().for_each(|fault| faults.push(self.placed(fault)));
                return None;
            }
        };
        if faults.count() > before {
            return None;
        }
        for year in calendar.uncovered_years(self.years()) {
            tables.notes.insert(format!(
                "a file of calendar \"{name}\" says nothing of the year {year}, so that {year} has no holidays of that file"
            ));
        }
        let run = &self.layout.run.value;
        match Timetable::new(&calendar, self.zone.clone(), run.start) {
            Ok(timetable) => {
                if timetable.open_between(Time::ZERO, run_plan(run).end()) == Time::ZERO {
                    tables.notes.insert(format!(
                        "calendar \"{name}\" has no hours in this run: what keeps it stands still"
                    ));
                }
                Some(timetable)
            }
            Err(CalendarFault { message, help, .. }) => {
                let place = self.layout.run.place_of("start", self.sources);
                faults.push(Fault::new(message).at(place).help(help));
                None
            }
        }
    }

    /// The files of exceptions that can be read.
    fn lists(&self, tables: &mut Tables, faults: &mut Faults) -> Vec<ExceptionList> {
        let mut lists = Vec::new();
        for (nth, path) in self.written.value.also.iter().enumerate() {
            let place = self.written.place_of(&format!("also[{nth}]"), self.sources);
            match self.list(path, place, tables) {
                Ok(list) => lists.push(list),
                Err(found) => found.into_iter().for_each(|fault| faults.push(fault)),
            }
        }
        lists
    }

    fn list(&self, path: &str, place: TextSpan, tables: &mut Tables) -> Result<ExceptionList, Vec<Fault>> {
        let text = tables.text(self.sources.folder(place.file), path).map_err(|message| {
            let (message, help) = message.split_once("; ").unwrap_or((&message, ""));
            vec![Fault::new(message).at(place).help(help)]
        })?;
        ExceptionList::read(path, &text, self.years(), self.zone).map_err(|found| {
            let fault = |fault: CalendarFault| Fault::new(fault.message).at(place).help(fault.help);
            found.into_iter().map(fault).collect()
        })
    }

    /// The years that the run touches, with the day before it.
    fn years(&self) -> RangeInclusive<i16> {
        let run = &self.layout.run.value;
        let days = (run_plan(run).end().secs() / 86_400.0).ceil() as i64 + 1;
        let last = run.start.date().checked_add(jiff::Span::new().days(days));
        run.start.year()..=last.map_or(run.start.year(), |last| last.year())
    }

    /// A fault at its field.
    fn placed(&self, fault: CalendarFault) -> Fault {
        let way = fault.way.replace("[\"", ".").replace("\"]", "");
        let place = self.written.place_of(way.trim_start_matches('.'), self.sources);
        Fault::new(fault.message).at(place).help(fault.help)
    }
}

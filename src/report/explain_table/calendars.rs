//! The calendars of a line, each as a picture of its first year and in its next changes.

use super::heading;
use crate::calendar::{Timetable, next_changes, year_picture};
use crate::kernel::Time;
use crate::line::Line;
use crate::report::{Look, wrapped};

/// So many changes are named.
const CHANGES: usize = 5;

/// All calendars, that of the line first; none if there is none.
pub(super) fn calendars(line: &Line, look: Look) -> Option<String> {
    let of_line = line.calendars.of_line();
    let is_first = |timetable: &Timetable| of_line == Some(timetable);
    let mut all: Vec<&(String, Timetable)> = line.calendars.all().iter().collect();
    all.sort_by_key(|(_, timetable)| !is_first(timetable));
    let one = |(name, timetable): &&(String, Timetable)| {
        let whose = if is_first(timetable) {
            ", of all that names no other and of the line's scheduled hours"
        } else {
            ""
        };
        let mut text = heading(&wrapped(&format!("calendar \"{name}\"{whose}"), 0, look.columns), look);
        for row in year_picture(timetable, line.run.start.year()) {
            // The months fit any terminal; the legend may need two lines.
            let fits = row.chars().count() <= look.columns;
            text += &if fits { row } else { wrapped(&row, 0, look.columns) };
            text += "\n";
        }
        text + &coming(timetable, look)
    };
    (!all.is_empty()).then(|| all.iter().map(one).collect::<Vec<String>>().join("\n"))
}

/// The first changes from the start of the run on.
fn coming(timetable: &Timetable, look: Look) -> String {
    let changes = next_changes(timetable, Time::ZERO, CHANGES);
    if changes.is_empty() {
        return "it never changes\n".to_owned();
    }
    let row = |(_, date_time, words): (Time, jiff::ZonedDateTime, String)| {
        let text = format!("{}  {words}", date_time.strftime("%a %Y-%m-%d %H:%M"));
        format!(
            "  {}\n",
            if text.chars().count() + 2 <= look.columns { text } else { wrapped(&text, 4, look.columns) }
                .trim_start()
        )
    };
    changes.into_iter().map(row).fold("next:\n".to_owned(), |text, row| text + &row)
}

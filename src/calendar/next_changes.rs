//! The next changes of a timetable in words.

use super::{Attendance, Timetable};
use crate::kernel::Time;
use jiff::ZonedDateTime;

/// The next changes after a time, each with its date and in words such as `late begins`, `break of early` or `early ends, closed`.
pub fn next_changes(timetable: &Timetable, from: Time, count: usize) -> Vec<(Time, ZonedDateTime, String)> {
    let mut last = (from, timetable.at(from));
    let mut next = || {
        let (time, attendance) = timetable.next_change(last.0)?;
        let words = change_words(timetable.shift_names(), last.1, attendance);
        last = (time, attendance);
        Some((time, timetable.date_time(time), words))
    };
    std::iter::from_fn(&mut next).take(count).collect()
}

/// What happens between two attendances that differ.
fn change_words(names: &[String], before: Attendance, after: Attendance) -> String {
    let mut words = Vec::new();
    for (shift, name) in names.iter().enumerate() {
        let presence = (before.is_present(shift), after.is_present(shift));
        let work = (before.is_working(shift), after.is_working(shift));
        match (presence, work) {
            ((false, true), _) => words.push(format!("{name} begins")),
            ((true, false), _) => words.push(format!("{name} ends")),
            ((true, true), (true, false)) => words.push(format!("break of {name}")),
            ((true, true), (false, true)) => words.push(format!("{name} works again")),
            _ => {}
        }
    }
    // Endings are told before beginnings, as they happen.
    words.sort_by_key(|words| !words.ends_with(" ends"));
    if after.present == 0 {
        words.push("closed".into());
    }
    words.join(", ")
}

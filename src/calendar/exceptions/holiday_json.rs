//! The JSON files of holiday-cn, one for each year.

use super::{ExceptionKind, ExceptionList, ListedException};
use crate::calendar::CalendarFault;
use crate::calendar::dates::parse_date;
use crate::calendar::fault::CalendarFaults;
use serde::Deserialize;

/// A file as it is written; other fields are of no interest here.
#[derive(Deserialize)]
struct HolidayFile {
    year: Option<i16>,
    days: Vec<HolidayDay>,
}

#[derive(Deserialize)]
struct HolidayDay {
    date: String,
    #[serde(rename = "isOffDay")]
    is_off_day: bool,
}

pub(super) fn read(name: &str, text: &str) -> Result<ExceptionList, Vec<CalendarFault>> {
    let text = text.trim_start_matches('\u{feff}');
    let file: HolidayFile = serde_json::from_str(text).map_err(|error| {
        let message = format!("{name}, line {}: the file is not a list of holidays: {error}", error.line());
        vec![CalendarFault::new(
            message,
            "write {\"days\": [{\"date\": \"2026-01-01\", \"isOffDay\": true}]}",
        )]
    })?;
    let (mut entries, mut faults) = (Vec::new(), CalendarFaults::default());
    for (place, day) in file.days.iter().enumerate() {
        let place = format!("entry {}", place + 1);
        let date = parse_date(&day.date).map_err(|fault| fault.in_place(&format!("{name}, {place}")));
        let kind = if day.is_off_day { ExceptionKind::Closed } else { ExceptionKind::Workday };
        entries.extend(faults.keep("", date).map(|date| ListedException { date, kind, place }));
    }
    match faults.0.is_empty() {
        true => Ok(ExceptionList { name: name.into(), entries, year: file.year }),
        false => Err(faults.0),
    }
}

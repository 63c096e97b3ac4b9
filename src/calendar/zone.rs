//! Time zones by their names. Read [`zone_named`].

use super::CalendarFault;
use crate::units::spelling::{brief, nearest};
use jiff::tz::{self, TimeZone};

/// The time zone of a name of the IANA database.
pub fn zone_named(name: &str) -> Result<TimeZone, CalendarFault> {
    TimeZone::get(name).map_err(|_| {
        let known: Vec<String> = tz::db().available().map(|known| known.to_string()).collect();
        let help = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "give a name of the IANA database, such as \"Asia/Shanghai\"".to_owned(),
        };
        CalendarFault::new(format!("unknown time zone \"{}\"", brief(name)), help)
    })
}

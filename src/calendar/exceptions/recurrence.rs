//! The dates of an event that recurs. The rules are expanded by the crate `rrule`; this file gives it dates only, as midnights in
//! UTC, so that no time zone has a part in it.

use crate::calendar::CalendarFault;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rrule::RRuleSet;

const HELP: &str = "write a rule of RFC 5545 such as \"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25\"";
/// Parts of a rule that say when within a day; the date stays the same.
const WITHIN_DAY: [&str; 3] = ["BYHOUR", "BYMINUTE", "BYSECOND"];

/// The dates up to `last` at which an event with this first date recurs by this rule. `until` reads the value of `UNTIL`.
pub(super) fn dates(
    first: Date,
    rule: &str,
    last: Date,
    until: impl Fn(&str) -> Result<Date, CalendarFault>,
) -> Result<Vec<Date>, CalendarFault> {
    let rule = by_date(rule, until)?;
    let text = format!("DTSTART:{}T000000Z\nRRULE:{rule}", first.strftime("%Y%m%d"));
    let set: RRuleSet = text.parse().map_err(|error| {
        CalendarFault::new(format!("the rule \"{rule}\" cannot be followed: {error}"), HELP)
    })?;
    // The limit ends the search of a rule that never comes, such as 30 February.
    let set = set.limit();
    let instants = set.into_iter().map(|instant| Timestamp::from_second(instant.timestamp()));
    let dates = instants.map_while(|instant| Some(TimeZone::UTC.to_datetime(instant.ok()?).date()));
    let mut dates: Vec<Date> = dates.take_while(|date| *date <= last).collect();
    dates.dedup();
    Ok(dates)
}

/// The rule without what says when within a day, and with `UNTIL` as the end of a date.
fn by_date(rule: &str, until: impl Fn(&str) -> Result<Date, CalendarFault>) -> Result<String, CalendarFault> {
    let mut parts = Vec::new();
    for part in rule.split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name.to_uppercase().as_str() {
            "FREQ" if ["HOURLY", "MINUTELY", "SECONDLY"].contains(&value.to_uppercase().as_str()) => {
                let message = format!("the event recurs {} within a day", value.to_lowercase());
                return Err(CalendarFault::new(message, "let it recur daily, or once in several days"));
            }
            "UNTIL" => parts.push(format!("UNTIL={}T235959Z", until(value)?.strftime("%Y%m%d"))),
            within if WITHIN_DAY.contains(&within) => {}
            _ => parts.push(part.to_owned()),
        }
    }
    Ok(parts.join(";"))
}

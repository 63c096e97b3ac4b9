//! Tables of exceptions, one line for each date or range of dates.

use super::{ExceptionKind, ExceptionList, ListedException};
use crate::calendar::dates::{dates_between, parse_date};
use crate::calendar::fault::CalendarFaults;
use crate::calendar::{CalendarFault, DateRange, DayHours};

/// Longer ranges are mistyped years.
const LONGEST_RANGE_DAYS: usize = 3660;

pub(super) fn read(name: &str, text: &str) -> Result<ExceptionList, Vec<CalendarFault>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        vec![CalendarFault::new(
            format!("{name}: the table cannot be read: {error}"),
            "write a table with a head line",
        )]
    };
    let columns = TableColumns::of(reader.headers().map_err(unreadable)?)
        .map_err(|fault| vec![fault.in_place(&format!("{name}, line 1"))])?;
    let (mut entries, mut faults) = (Vec::new(), CalendarFaults::default());
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, |position| line_of(position, text));
        let found =
            columns.exception(&record).map_err(|fault| fault.in_place(&format!("{name}, line {line}")));
        let Some((dates, kind)) = faults.keep("", found) else { continue };
        let days = dates_between(dates.first, dates.last);
        let listed = |date| ListedException { date, kind: kind.clone(), place: format!("line {line}") };
        entries.extend(days.map(listed));
    }
    match faults.0.is_empty() {
        true => Ok(ExceptionList { name: name.into(), entries, year: None }),
        false => Err(faults.0),
    }
}

/// The line of a record. Its position is that of the empty lines before it, if there are any.
fn line_of(position: &csv::Position, text: &str) -> u64 {
    let rest = &text.as_bytes()[position.byte() as usize..];
    let ends = rest.iter().take_while(|byte| b"\r\n".contains(byte)).filter(|byte| **byte == b'\n');
    position.line() + ends.count() as u64
}

/// The separator that the head line has most of.
fn separator(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: u8| head.bytes().filter(|&byte| byte == separator).count();
    // Of equal counts the last wins: a comma.
    [b'\t', b';', b','].into_iter().max_by_key(|&separator| count(separator)).unwrap_or(b',')
}

/// Where the columns stand.
struct TableColumns {
    first: usize,
    last: usize,
    open: usize,
}

impl TableColumns {
    fn of(head: &csv::StringRecord) -> Result<TableColumns, CalendarFault> {
        let column = |name: &str| head.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        let dates = column("date").map(|date| (date, date)).or_else(|| column("from").zip(column("to")));
        let names = head.iter().collect::<Vec<_>>().join("\", \"");
        let help = "write a head line such as \"date,open\" or \"from,to,hours\"";
        let lacking = |what: &str| CalendarFault::new(format!("the columns \"{names}\" lack {what}"), help);
        let (first, last) = dates.ok_or_else(|| lacking("\"date\", or \"from\" and \"to\""))?;
        let open =
            column("open").or_else(|| column("hours")).ok_or_else(|| lacking("\"open\" or \"hours\""))?;
        Ok(TableColumns { first, last, open })
    }

    fn exception(&self, record: &csv::StringRecord) -> Result<(DateRange, ExceptionKind), CalendarFault> {
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let (first, last) = (parse_date(cell(self.first))?, cell(self.last));
        // A single day may leave out its end.
        let last = if last.is_empty() { first } else { parse_date(last)? };
        let dates = DateRange::parse(&format!("{first}..{last}"))?;
        if (last - first).get_days() as usize >= LONGEST_RANGE_DAYS {
            let message = format!("the range \"{dates}\" is longer than ten years");
            return Err(CalendarFault::new(
                message,
                "write a shorter range; a shift that never comes can be left out",
            ));
        }
        Ok((dates, kind(cell(self.open))?))
    }
}

fn kind(text: &str) -> Result<ExceptionKind, CalendarFault> {
    match text.to_lowercase().as_str() {
        "" => {
            let help = "write \"closed\", \"workday\", hours such as \"07:00-11:00\", or names of shifts";
            Err(CalendarFault::new("the line does not say whether the date is open", help))
        }
        "closed" => Ok(ExceptionKind::Closed),
        "workday" => Ok(ExceptionKind::Workday),
        _ => {
            let parts: Vec<String> = text.split([',', ';']).map(|part| part.trim().to_owned()).collect();
            for hours in parts.iter().filter(|part| part.contains(':')) {
                DayHours::parse(hours)?;
            }
            Ok(ExceptionKind::Shifts(parts))
        }
    }
}

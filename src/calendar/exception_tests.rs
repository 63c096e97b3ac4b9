//! Tables and JSON of exceptions: what they say, and what is wrong in them. `ics_tests` is about iCalendar.

use super::ics_tests::{berlin, ics};
use super::test_calendars_tests::Numbers;
use super::{CalendarFault, ExceptionList};
use jiff::tz::TimeZone;

/// The faults as a person reads them.
pub(super) fn told(faults: Vec<CalendarFault>) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn tables_have_commas_or_semicolons_or_tabs_and_both_ends_of_lines() {
    let table = "\u{feff}date,Open,note\n2026-01-01,closed,New Year\n\n2026-01-03,Workday,\n2026-01-04,\"early, 20:00-22:00\",x\n";
    for separator in [",", ";", "\t"] {
        for end in ["\n", "\r\n"] {
            // A list with a comma within a cell stays in quotes.
            let table =
                table.replace(", ", "§").replace(',', separator).replace('§', ", ").replace('\n', end);
            let list = ExceptionList::read("x.CSV", &table, 2026..=2026, &TimeZone::UTC).unwrap();
            let found: Vec<_> = list
                .entries
                .iter()
                .map(|entry| format!("{} {} {:?}", entry.place, entry.date, entry.kind))
                .collect();
            let wanted = [
                "line 2 2026-01-01 Closed",
                "line 4 2026-01-03 Workday",
                "line 5 2026-01-04 Shifts([\"early\", \"20:00-22:00\"])",
            ];
            assert_eq!(found, wanted, "{table:?}");
        }
    }
    let ranges =
        ExceptionList::from_csv("x.csv", "From;To;Hours\n2026-01-01;2026-01-03;closed\n2026-02-01;;closed")
            .unwrap();
    assert_eq!(ranges.entries.len(), 4);
}

#[test]
fn faults_of_tables_name_the_line() {
    let table = "date,open\n2026-02-30,closed\n2026-01-02,\n2026-01-03,6:00-25:00\n2026-01-04,closed\n";
    let wanted = [
        "x.csv, line 2: \"2026-02-30\" is not a date (write a date that exists as \"2026-05-01\", with year, month and day)",
        "x.csv, line 3: the line does not say whether the date is open (write \"closed\", \"workday\", hours such as \"07:00-11:00\", or names of shifts)",
        "x.csv, line 4: \"6:00-25:00\" is not hours of the day (write hours as \"06:00-14:00\", with 24:00 for the end of the day)",
    ];
    assert_eq!(told(ExceptionList::from_csv("x.csv", table).unwrap_err()), wanted);
    for (table, fault) in [
        (
            "from,open\n",
            "x.csv, line 1: the columns \"from\", \"open\" lack \"date\", or \"from\" and \"to\" (write a head line such as \"date,open\" or \"from,to,hours\")",
        ),
        (
            "date;name\n",
            "x.csv, line 1: the columns \"date\", \"name\" lack \"open\" or \"hours\" (write a head line such as \"date,open\" or \"from,to,hours\")",
        ),
        (
            "from,to,open\n2026-01-02,2026-01-01,closed\n",
            "x.csv, line 2: the range \"2026-01-02..2026-01-01\" ends before it begins (write the earlier date first)",
        ),
        (
            "from,to,open\n2026-01-02,2206-01-01,closed\n",
            "x.csv, line 2: the range \"2026-01-02..2206-01-01\" is longer than ten years (write a shorter range; a shift that never comes can be left out)",
        ),
    ] {
        assert_eq!(told(ExceptionList::from_csv("x.csv", table).unwrap_err()), [fault]);
    }
}

#[test]
fn faults_of_json_name_the_line_or_the_entry() {
    let text = "{\"days\": [{\"date\": \"2026-01-01\", \"isOffDay\": true},\n{\"date\": \"2026-01-32\", \"isOffDay\": true}]}";
    let wanted = "x.json, entry 2: \"2026-01-32\" is not a date (write a date that exists as \"2026-05-01\", with year, month and day)";
    assert_eq!(told(ExceptionList::from_holiday_json("x.json", text).unwrap_err()), [wanted]);
    let faults = told(ExceptionList::from_holiday_json("x.json", "{\"days\": [\n{}]}").unwrap_err());
    assert!(
        faults[0].starts_with("x.json, line 2: the file is not a list of holidays: missing field `date`"),
        "{faults:?}"
    );
    let faults = ExceptionList::read("x.xlsx", "", 2026..=2026, &TimeZone::UTC).unwrap_err();
    assert_eq!(
        told(faults),
        ["\"x.xlsx\" is no file of exceptions (name a file that ends in .json, .ics or .csv)"]
    );
}

#[test]
fn no_text_makes_a_reader_panic() {
    let table = "from;to;open\n2026-01-01;2026-01-03;closed\n2026-02-01;;07:00-11:00, early\n";
    let rule = ics(
        &[
            "DTSTART;TZID=Asia/Shanghai:20260101T080000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=9\nDURATION:P1DT2H\nEXDATE:20260130T000000Z",
        ],
        "\r\n",
    );
    let texts = [include_str!("test_files/2026.ics"), include_str!("test_files/2027.json"), table, &rule];
    let mut numbers = Numbers(3);
    let letters: Vec<char> = "0123456789-:;,=TZP./\"{}\n\r 春é\u{0}".chars().collect();
    for round in 0..4000 {
        let mut text: Vec<char> = texts[round % texts.len()].chars().collect();
        for _ in 0..1 + numbers.below(4) {
            let place = numbers.below(text.len() as u64) as usize;
            let letter = letters[numbers.below(letters.len() as u64) as usize];
            match numbers.below(4) {
                0 => text.truncate(place.max(1)),
                1 => text.insert(place, letter),
                _ => text[place] = letter,
            }
        }
        let text: String = text.into_iter().collect();
        for name in ["x.ics", "x.json", "x.csv"] {
            // Either a list or faults; both are fine.
            let _ = ExceptionList::read(name, &text, 2026..=2027, &berlin());
        }
        for part in text.split(['\n', ':', ';']) {
            let _ = super::DayHours::parse(part);
            let _ = super::WeekdaySet::parse(part);
            let _ = super::DateRange::parse(part);
            let _ = super::YearDay::parse(part);
        }
    }
}

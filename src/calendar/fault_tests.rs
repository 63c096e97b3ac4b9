//! Each mistake in a calendar has its field, its message and its remedy, and all are reported at once.

use super::test_calendars_tests::layout;
use super::{Calendar, CalendarLayout, ExceptionList, ShiftLayout};

/// The faults of a calendar, one a line.
fn faults(layout: &CalendarLayout) -> Vec<String> {
    let faults = Calendar::new(layout, &[]).map(|_| ()).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

fn one_shift(days: &str, hours: &str, breaks: &[&str]) -> CalendarLayout {
    let breaks = breaks.iter().map(|&text| text.to_owned()).collect();
    let shift = ShiftLayout { days: Some(days.into()), hours: hours.into(), breaks };
    CalendarLayout { shifts: [("a".to_owned(), shift)].into_iter().collect(), ..CalendarLayout::default() }
}

#[test]
fn wrong_hours_have_their_messages() {
    const FORM: &str = "write hours as \"06:00-14:00\", with 24:00 for the end of the day";
    for (hours, message, help) in [
        ("6-14", "\"6-14\" is not hours of the day", FORM),
        ("06:00", "\"06:00\" is not hours of the day", FORM),
        ("06:60-14:00", "\"06:60-14:00\" is not hours of the day", FORM),
        ("06:00-24:01", "\"06:00-24:01\" is not hours of the day", FORM),
        ("06:0-14:00", "\"06:0-14:00\" is not hours of the day", FORM),
        ("", "\"\" is not hours of the day", FORM),
        (
            "24:00-06:00",
            "the hours \"24:00-06:00\" begin at 24:00, which is only an end",
            "begin at 00:00 of the next day",
        ),
        (
            "06:00-06:00",
            "the hours \"06:00-06:00\" end when they begin",
            "write \"00:00-24:00\" for the whole day, or another end",
        ),
    ] {
        let wanted = format!("shifts[\"a\"].hours: {message} ({help})");
        assert_eq!(faults(&one_shift("Mon", hours, &[])), [wanted]);
    }
}

#[test]
fn wrong_breaks_have_their_messages() {
    for (hours, pause) in [
        ("06:00-14:00", "05:45-06:15"),
        ("06:00-14:00", "13:45-14:15"),
        ("22:00-06:00", "05:45-06:15"),
        ("22:00-06:00", "12:00-12:15"),
    ] {
        let message = format!("the break \"{pause}\" is not within the hours \"{hours}\"");
        let help = "let the break begin and end within the hours of its shift";
        let wanted = format!("shifts[\"a\"].breaks[0]: {message} ({help})");
        assert_eq!(faults(&one_shift("Mon", hours, &[pause])), [wanted]);
    }
    assert_eq!(
        faults(&one_shift("Mon", "06:00-14:00", &["06:00-14:00"])),
        ["shifts[\"a\"].breaks[0]: the break \"06:00-14:00\" leaves nothing of the hours \"06:00-14:00\" \
         (shorten the break, or leave the shift out)"]
    );
    assert_eq!(
        faults(&one_shift("Mon", "22:00-06:00", &["02:00-02:30", "23:00-23:30", "02:15-02:45"])),
        ["shifts[\"a\"].breaks[2]: the break \"02:15-02:45\" overlaps the break \"02:00-02:30\" \
         (let each break end before the next one begins)"]
    );
    assert!(
        Calendar::new(&one_shift("Mon", "22:00-06:00", &["02:00-02:30", "23:30-00:00", "02:30-02:45"]), &[])
            .is_ok()
    );
}

#[test]
fn wrong_days_have_their_messages() {
    const HELP: &str = "write days as \"Mon-Fri\", \"Mon, Wed, Sat\" or \"daily\"";
    for (days, message) in [
        ("Mo-Fr", "\"Mo\" is not the English name of a weekday"),
        ("Mon-Fridayy", "\"Fridayy\" is not the English name of a weekday"),
        ("Mon,,Tue", "the days \"Mon,,Tue\" lack a name of a weekday"),
        ("", "the days \"\" lack a name of a weekday"),
        ("周一", "\"周一\" is not the English name of a weekday"),
    ] {
        assert_eq!(
            faults(&one_shift(days, "06:00-14:00", &[])),
            [format!("shifts[\"a\"].days: {message} ({HELP})")]
        );
    }
}

#[test]
fn all_faults_are_reported_at_once() {
    let layout = layout(
        r#"(
        shifts: {
            "early": (days: "Mon-Fri", hours: "06:00-14:00", breaks: ["09:00-09:15", "15:00-15:30"]),
            "Closed": (hours: "6h"),
            "a, b": (hours: "06:00-14:00"),
        },
        roster: (from: "2026-02-30", days: ["early", "off", "erly", "off, early"]),
        closed: ["2026-05-01", "2026-10-07..2026-10-01", "1.5.2026"],
        extra: { "2026-13-01": ["early"], "2026-05-09": [], "2026-05-10": ["lunch", "7:00"] },
        seasons: [
            (from: "06-15", to: "09-14", shifts: {}),
            (from: "06-31", to: "9-1", shifts: {}),
            (from: "09-14", to: "01-10", shifts: { "early": (hours: "05:00-13:00"), "winter": (hours: "06:00-14:00") }),
        ],
    )"#,
    );
    let faults = faults(&layout);
    let wanted = include_str!("test_files/all_faults.txt");
    assert_eq!(faults.join("\n"), wanted.trim_end());
}

#[test]
fn a_calendar_has_between_1_and_64_shifts() {
    assert_eq!(
        faults(&CalendarLayout::default()),
        ["shifts: the calendar has no shift (add a shift such as \"day\": (hours: \"06:00-14:00\"))"]
    );
    let shift = ShiftLayout { days: None, hours: "06:00-14:00".into(), breaks: Vec::new() };
    let mut layout = CalendarLayout {
        shifts: (0..64).map(|number| (format!("shift {number}"), shift.clone())).collect(),
        ..CalendarLayout::default()
    };
    assert_eq!(Calendar::new(&layout, &[]).unwrap().shift_names().len(), 64);
    layout.extra.insert("2026-05-09".into(), vec!["07:00-11:00".into()]);
    assert_eq!(
        faults(&layout),
        [
            "shifts: there are 65 shifts, and a calendar has at most 64 (write one calendar for each crew or area)"
        ]
    );
}

#[test]
fn an_empty_roster_is_refused() {
    let layout =
        layout(r#"(shifts: { "a": (hours: "06:00-14:00") }, roster: (from: "2026-01-01", days: []))"#);
    assert_eq!(
        faults(&layout),
        ["roster.days: the roster has no days (list the shifts of each day, or \"off\")"]
    );
}

#[test]
fn a_file_that_names_an_unknown_shift_is_told_with_its_line() {
    let layout = layout(
        r#"(shifts: { "a": (hours: "06:00-14:00"), "b": (hours: "14:00-22:00") }, also: ["x.csv", "y.csv"])"#,
    );
    let good = ExceptionList::from_csv("x.csv", "date,open\n2026-01-01,a\n").unwrap();
    let bad = ExceptionList::from_csv("y.csv", "date,open\n\n2026-01-02,\"b, c\"\n").unwrap();
    let faults = Calendar::new(&layout, &[good, bad]).unwrap_err();
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "also[1]: y.csv, line 3: \"c\" is neither a shift nor hours (the shifts are \"a\", \"b\"; hours are written as \"07:00-11:00\")"
        ]
    );
}

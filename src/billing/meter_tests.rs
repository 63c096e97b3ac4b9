//! Tables of meters as people have them, and what is said of those that cannot be read.

use super::*;
use jiff::tz::TimeZone;
use std::fs;

fn options() -> MeterOptions {
    MeterOptions {
        time: Vec::new(),
        value: None,
        unit: None,
        stamped_at: None,
        zone: TimeZone::get("Europe/Berlin").unwrap(),
        interval: None,
        order: None,
        sheet: None,
        encoding: None,
    }
}

fn read(text: &str, options: &MeterOptions) -> Result<MeterReading, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.csv");
    fs::write(&path, text).unwrap();
    let place = folder.path().join("").display().to_string();
    read_meter(&path, options).map_err(|wrong| wrong.replace(&place, ""))
}

/// Kilowatts, hours from the first reading, and minutes of an interval.
fn load(text: &str, options: &MeterOptions) -> (Vec<(f64, f64)>, i64) {
    let reading = read(text, options).unwrap_or_else(|wrong| panic!("{text:?}: {wrong}"));
    let first = reading.load.steps()[0].from;
    let hours = |from: i64| (from - first) as f64 / 3.6e12;
    let steps = reading.load.steps().iter().map(|step| (hours(step.from), step.kw)).collect();
    (steps, reading.step / 60_000_000_000)
}

fn wrong(text: &str) -> String {
    read(text, &options()).map(|_| ()).expect_err(text)
}

#[test]
fn columns_units_and_intervals_are_found() {
    let quarter = (vec![(0.0, 8.0), (0.25, 12.0), (0.5, 4.0)], 15);
    for text in [
        "Time,Load (kW)\n2026-03-02 08:00,8\n2026-03-02 08:15,12\n2026-03-02 08:30,4\n",
        "Zeit;Energie [kWh];Status\n02.03.2026 08:00;2,0;ok\n02.03.2026 08:15;3,0;ok\n02.03.2026 08:30;1,0;ok\n",
        "id\tDate\tHour\tWh\n7\t2026-03-02\t08:00\t2000\n7\t2026-03-02\t08:15\t3000\n7\t2026-03-02\t08:30\t1000\n",
        "t,power_kw\n2026-03-02T07:00:00Z,8\n2026-03-02T08:15:00+01:00,12\n2026-03-02T08:30:00+01:00,4\n",
        "时间,电量(kWh)\n2026/3/2 8:00,2\n2026/3/2 8:15,3\n2026/3/2 8:30,1\n",
        // From the newest row to the oldest.
        "Time,kW\r\n3/2/2026 8:30 AM,4\r\n3/2/2026 8:15 AM,12\r\n3/2/2026 8:00 AM,8\r\n12/31/2025 8:00 AM,\r\n",
    ] {
        let month_first = MeterOptions { order: Some(DateOrder::MonthFirst), ..options() };
        assert_eq!(load(text, &month_first), quarter, "{text}");
    }
}

#[test]
fn stamps_at_the_end_name_the_interval_before_them() {
    let text = "t,kWh\n2026-03-02 00:15,1\n2026-03-02 00:30,2\n2026-03-03 00:00,3\n";
    let at_end = MeterOptions { stamped_at: Some(StampedAt::End), ..options() };
    let [begin, end] = [options(), at_end].map(|options| read(text, &options).unwrap());
    assert_eq!(begin.load.steps()[0].from - end.load.steps()[0].from, end.step);
    assert!(begin.notes[0].contains("say `--stamps end`"), "{:?}", begin.notes);
    assert_eq!(end.notes, [""; 0]);
}

#[test]
fn what_is_missing_is_a_gap_and_nothing_is_filled() {
    let text = "t,kW\n2026-03-02 08:00,8\n2026-03-02 08:15,\n2026-03-02 08:30,n/a\n2026-03-02 08:45,4\n2026-03-02 09:30,5\n2026-03-02 09:45,5\n";
    let reading = read(text, &options()).unwrap();
    let gaps: Vec<i64> = reading.load.gaps().iter().map(|(from, to)| (to - from) / 60_000_000_000).collect();
    assert_eq!((reading.rows, gaps), (4, vec![30, 30]));
}

#[test]
fn a_year_with_daylight_saving_has_no_gap() {
    // Rows as a meter on the wall writes them: 02:00 to 03:00 comes twice in October and not at all in March.
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let begin = zone.to_timestamp("2026-01-01T00:00".parse().unwrap()).unwrap();
    let rows: String = (0..365 * 24 * 4)
        .map(|nth| {
            let at = begin + jiff::SignedDuration::from_mins(15 * nth);
            format!("{},1\n", zone.to_datetime(at).strftime("%Y-%m-%d %H:%M"))
        })
        .collect();
    let reading = read(&format!("t,kW\n{rows}"), &options()).unwrap();
    assert_eq!((reading.load.gaps(), reading.load.steps().len()), (Vec::new(), 35_040));
    let (from, to) = reading.load.ends().unwrap();
    assert_eq!(to - from, 365 * 24 * 3_600_000_000_000);
    // The same rows of a meter that keeps one time all year lack an hour in October, and have one that does not exist.
    let skipped = rows.replace("2026-03-29 03:00,1\n", "2026-03-29 02:00,1\n2026-03-29 03:00,1\n");
    assert!(wrong(&format!("t,kW\n{skipped}")).contains("name its zone by `--meter-zone`, such as +01:00"));
}

#[test]
fn what_cannot_be_read_is_said_with_its_row_and_a_remedy() {
    let rows = "2026-03-02 08:00,8\n2026-03-02 08:15,12\n";
    for (text, message) in [
        (
            "t,x\n2026-03-02 08:00,8\n2026-03-02 08:15,12\n".to_owned(),
            "the column \"x\" of m.csv does not say its unit; name it by `--unit`",
        ),
        (
            format!("t,kW,kWh\n{}", rows.replace(",8", ",8,2").replace(",12", ",12,3")),
            "several columns of m.csv hold numbers; choose one by `--value`, of \"kW\", \"kWh\"",
        ),
        (
            "a,kW\nx,8\n".to_owned(),
            "no column of m.csv has a date and time as 2026-03-02 08:15; its row after \"a\", \"kW\" is \"x\", \"8\"",
        ),
        ("t,note\n2026-03-02 08:00,x\n".to_owned(), "no column of m.csv has a number as a reading"),
        (
            format!("t,kW\n{rows}2026-03-02 8 o'clock,9\n"),
            "\"2026-03-02 8 o'clock\" in row 4 of m.csv is no date and time",
        ),
        (format!("t,kW\n{rows}2026-03-02 08:30,nine\n"), "is no number"),
        (
            format!("t,kW\n{rows}2026-03-02 08:15,9\n"),
            "row 4 of m.csv has the date and time of the row before, 2026-03-02 08:15",
        ),
        (format!("t,kW\n{rows}2026-03-02 08:37,9\n"), "is no whole number of intervals of"),
        ("t,kW\n2026-03-02 08:00,8\n".to_owned(), "say it by `--interval`"),
        (
            "t,kW\n2026-01-01,8\n2026-02-01,8\n2026-03-04,8\n".to_owned(),
            "a load needs readings from 1 s to 1 d apart",
        ),
        (
            "t,kW\n3/2/2026 8:00,8\n3/2/2026 8:15,8\n".to_owned(),
            "say which by `--dates day-first` or `--dates month-first`",
        ),
        ("t,kW\n3/20/2026 8:00,8\n20/3/2026 8:15,8\n".to_owned(), "in one of the rows 2 and 3"),
        ("t,kW\n".to_owned(), "m.csv has no readings"),
        ("t,kW\n2026-03-02 08:00,1e12\n2026-03-02 08:15,8\n".to_owned(), "look at its unit"),
    ] {
        let found = wrong(&text);
        assert!(found.contains(message), "{text}\n{found}");
    }
    let named = MeterOptions { value: Some("kV".into()), ..options() };
    let found = read(&format!("t,kW\n{rows}"), &named).map(|_| ()).unwrap_err();
    assert!(found.contains("has no column \"kV\"; did you mean \"kW\"?"), "{found}");
}

#[test]
fn options_win_over_what_would_be_found() {
    let text = "t,a,b\n2026-03-02 08:00,1,2\n2026-03-02 08:15,3,4\n";
    let unit = MeterUnit::ALL.into_iter().find(|unit| unit.name == "MW");
    let chosen = MeterOptions { value: Some("b".into()), unit, ..options() };
    assert_eq!(load(text, &chosen), (vec![(0.0, 2000.0), (0.25, 4000.0)], 15));
    let long = MeterOptions { interval: Some(5 * 60_000_000_000), ..chosen };
    assert_eq!(read(text, &long).unwrap().load.gaps().len(), 1);
}

#[test]
fn ranges_workbook_times_and_days_are_read_as_they_are_meant() {
    let ranges =
        "日期,时段,kWh\n2026-03-02,00:00-00:15,1\n2026-03-02,00:15-00:30,2\n2026-03-02,00:30-00:45,3\n";
    let at_end = MeterOptions { stamped_at: Some(StampedAt::End), ..options() };
    assert_eq!(load(ranges, &at_end), (vec![(0.0, 4.0), (0.25, 8.0), (0.5, 12.0)], 15));
    // A workbook has the date and the time in two cells, each with both.
    let cells = "d,t,kW\n2026-03-02 00:00:00.000,1899-12-31 00:14:59.999,1\n2026-03-02 00:00:00.000,1899-12-31 00:30:00.000,2\n";
    assert_eq!(load(cells, &options()), (vec![(0.0, 1.0), (0.25, 2.0)], 15));
    let dots = "Datum;Uhrzeit;kW\n02.03.2026;00:00;1\n02.03.2026;00:15;2\n";
    assert_eq!(load(dots, &options()), (vec![(0.0, 1.0), (0.25, 2.0)], 15));
    // Three days, of which the second has 23 hours: 24 kWh are more than 1 kW there.
    let days = "d,kWh\n2026-03-28,24\n2026-03-29,23\n2026-03-30,24\n2026-03-31,48\n";
    let found = load(days, &options());
    assert_eq!(found.0, [(0.0, 1.0), (24.0, 1.0), (47.0, 1.0), (71.0, 2.0)]);
}

#[test]
fn the_first_readings_may_be_missing_and_a_gap_keeps_its_place_where_an_hour_comes_twice() {
    let text = "t,kWh\n2026-03-02 08:00,\n2026-03-02 08:15,\n2026-03-02 08:30,1\n2026-03-02 08:45,2\n";
    assert_eq!(load(text, &options()), (vec![(0.0, 4.0), (0.25, 8.0)], 15));
    let quarters = ["00", "15", "30", "45"];
    let hour =
        |hour: &str, kw: &str| quarters.map(|minute| format!("2026-10-25 {hour}:{minute},{kw}\n")).concat();
    let text = format!("t,kW\n{}{}{}{}", hour("01", "1"), hour("02", ""), hour("02", "2"), hour("03", "3"));
    let reading = read(&text, &options()).unwrap();
    let first = reading.load.steps()[0].from;
    let gaps: Vec<_> = reading
        .load
        .gaps()
        .iter()
        .map(|(from, to)| ((from - first) / reading.step, (to - from) / reading.step))
        .collect();
    assert_eq!(gaps, [(4, 4)], "the first pass is missing");
}

#[test]
fn what_would_be_billed_wrongly_is_refused() {
    let rows = |value: &dyn Fn(usize) -> String| -> String {
        (0..120)
            .map(|nth| format!("2026-03-{:02} {:02}:00;{}\n", 2 + nth / 24, nth % 24, value(nth)))
            .collect()
    };
    let register = format!("t;Total kWh\n{}", rows(&|nth| (100_000 + 5 * nth).to_string()));
    assert!(wrong(&register).contains("never fall, as those of a register that counts up"));
    let thousands =
        format!("t;kWh\n{}", rows(&|nth| if nth % 2 == 0 { "900".into() } else { "1.106".into() }));
    assert!(
        wrong(&thousands)
            .contains("\"1.106\" in row 3, column \"kWh\" of m.csv may have decimals or thousands")
    );
    let price = format!("t;Preis EUR/kWh\n{}", rows(&|nth| nth.to_string()));
    assert!(wrong(&price).contains("no column of m.csv has a number as a reading"));
    let without_names = rows(&|nth| (nth % 7).to_string());
    assert!(wrong(&without_names).contains("has no names, but \"2026-03-02 00:00\", \"0\""));
    let year = "t,kW\n2026-03-02 08:00,8\n2026-03-02 08:15,8\n9999-03-02 08:30,8\n";
    assert!(wrong(year).contains("row 4 of m.csv is of the year 9999; correct it"));
    let total = "t,kW\n2026-03-02 08:00,8\n2026-03-02 08:15,8\nTotal,16\n";
    assert!(wrong(total).contains("take the row out if it is a total or a remark"));
}

#[test]
fn a_minus_is_that_of_an_offset_unless_all_rows_are_ranges_of_one_length() {
    let west = MeterOptions { zone: TimeZone::get("America/Los_Angeles").unwrap(), ..options() };
    let text = "t,kW\n2026-03-08 01:30-08:00,1\n2026-03-08 01:45-08:00,2\n2026-03-08 03:00-07:00,3\n";
    let reading = read(text, &west).unwrap();
    assert!(reading.has_offsets && reading.load.gaps().is_empty());
    assert_eq!(load(text, &west), (vec![(0.0, 1.0), (0.25, 2.0), (0.5, 3.0)], 15));
    let at_end = MeterOptions { stamped_at: Some(StampedAt::End), ..west };
    assert_eq!(read(text, &at_end).unwrap().load.steps()[0].to, reading.load.steps()[0].from);
    let ranges = "t,kW\n2026-03-08 01:30-01:45,1\n2026-03-08 01:45-03:00,2\n";
    assert!(read(ranges, &at_end).unwrap().has_offsets, "ranges of other lengths are none");
}

//! Figures by shift, by hour of the day and by day: by hand. On random lines they are in
//! `by_period_random.rs`.

use super::exit_codes::{answer, complaint, good, taktwin};
use super::kit::{Folder, layout_by, read, serial};
use super::shifts::MINUTE;
use taktwin::kpi;
use taktwin::line::Line;
use taktwin::study::{self, Overrides, PeriodKind, PeriodStudy, Study, StudyFailure, StudyPlan, Watch};

pub fn plan(line: &Line, by: Option<PeriodKind>) -> StudyPlan {
    StudyPlan { by, ..StudyPlan::of(line, &Overrides::default()) }
}

fn study_by(line: &Line, kind: PeriodKind) -> Study<'_> {
    study::run(line, &plan(line, Some(kind)), &Watch::nobody()).unwrap_or_else(|failure| panic!("{failure}"))
}

fn mean(study: &Study<'_>, name: &str) -> Option<f64> {
    study.interval(kpi::named(name).expect("the name of a KPI")).map(|found| found.mean)
}

fn named<'s, 'a>(study: &'s Study<'a>, name: &str) -> &'s PeriodStudy<'a> {
    let mut all = study.periods.iter();
    all.find(|period| period.period.name == name).unwrap_or_else(|| panic!("no period {name}"))
}

/// A machine in an early shift with a break and a late shift, which finishes what it has begun.
fn two_shifts(cycle: &str) -> Line {
    read(&two_shifts_text(cycle))
}

fn two_shifts_text(cycle: &str) -> String {
    let calendars = "\"c\": (shifts: { \"early\": (hours: \"06:00-14:00\", breaks: [\"10:00-10:30\"]), \
         \"late\": (hours: \"14:00-22:00\") })";
    let power = "power: (working: \"6 kW\", idle: \"2 kW\", paused: \"1 kW\")";
    let machine = format!("Machine(cycle: \"{cycle}\", {power})");
    let elements = [("in", "Source()"), ("m", machine.as_str()), ("out", "Sink()")];
    let run = "start: \"2026-03-02 06:00\", calendar: \"c\", replications: 2, length: \"24 h\"";
    layout_by(calendars, "\"part\": ()", run, &elements, &["in -> m -> out"])
}

#[test]
fn two_shifts_with_a_break_by_hand() {
    let line = two_shifts("25 min");
    let study = study_by(&line, PeriodKind::Shift);
    let names: Vec<&str> = study.periods.iter().map(|period| period.period.name.as_str()).collect();
    assert_eq!(names, ["early", "late", "no shift"]);
    let (early, late, closed) = (&study.periods[0], &study.periods[1], &study.periods[2]);
    let hours = |of: &PeriodStudy<'_>| {
        (of.period.counted.length().secs() / 3600.0, of.scheduled().unwrap().secs() / 3600.0)
    };
    assert_eq!((hours(early), hours(late), hours(closed)), ((8.0, 7.5), (8.0, 8.0), (8.0, 0.0)));
    // From six o'clock on a part every 25 minutes. At ten one has been worked on for 15 minutes; it is finished at 10:10,
    // in the break. From 10:30 on one more every 25 minutes, the eighth at 13:50. The next is finished by the late shift at
    // 14:15, and the last that the late shift begins is finished after its end, at 22:10.
    assert_eq!(mean(&early.study, "finished"), Some(10.0 + 8.0));
    assert_eq!(mean(&late.study, "finished"), Some(19.0));
    assert_eq!(mean(&closed.study, "finished"), Some(1.0));
    assert_eq!(mean(&early.study, "throughput"), Some(18.0 / 8.0));
    assert_eq!(mean(&early.study, "throughput_scheduled"), Some(18.0 / 7.5));
    assert_eq!(mean(&closed.study, "throughput_scheduled"), None);
    // Paused from 10:10 to 10:30, and after 22:10.
    let energy = [6.0 * (8.0 - 1.0 / 3.0) + 1.0 / 3.0, 6.0 * 8.0, 6.0 / 6.0 + (8.0 - 1.0 / 6.0)];
    let found = [early, late, closed].map(|period| mean(&period.study, "energy").unwrap());
    assert!(found.iter().zip(energy).all(|(found, expected)| (found - expected).abs() < 1e-9), "{found:?}");
    // The demand meter of the night begins with it: ten minutes of work, then five of the pause.
    let peak = [early, late, closed].map(|period| mean(&period.study, "peak_power_15min").unwrap());
    assert_eq!((peak[0], peak[1]), (6.0, 6.0));
    assert!((peak[2] - (10.0 * 6.0 + 5.0) / 15.0).abs() < 1e-9, "{peak:?}");
    let of_machine = |period: &PeriodStudy<'_>| period.study.outcomes[0].elements[1].clone();
    let minutes = |of: u64| of / MINUTE;
    let planned = [early, late, closed].map(|period| minutes(of_machine(period).planned));
    let overtime = [early, late, closed].map(|period| minutes(of_machine(period).overtime));
    assert_eq!((planned, overtime), ([450 + 10, 480, 10], [10, 0, 10]));
    // All of the planned time is work, and all work takes what it should.
    for period in [early, late, closed] {
        assert_eq!(mean(&period.study, "oee"), Some(1.0), "{}", period.period.name);
    }
    // A part is in the machine at all times in which it works.
    let wip = [early, late, closed].map(|period| mean(&period.study, "wip").unwrap());
    assert!(
        (wip[0] - 460.0 / 480.0).abs() < 1e-12 && wip[1] == 1.0 && (wip[2] - 10.0 / 480.0).abs() < 1e-12,
        "{wip:?}"
    );
    assert_eq!(early.study.outcomes.len(), 2);
}

#[test]
fn what_happens_at_the_instant_of_a_change_belongs_to_the_period_that_ends() {
    // A part every 30 minutes, so that one is finished at 14:00 and one at 22:00.
    let line = two_shifts("30 min");
    let study = study_by(&line, PeriodKind::Shift);
    let finished: Vec<_> = study.periods.iter().map(|period| mean(&period.study, "finished")).collect();
    assert_eq!(finished, [Some(15.0), Some(16.0), Some(0.0)]);
    let by_hour = study_by(&line, PeriodKind::Hour);
    let of_hour = |name: &str| mean(&named(&by_hour, name).study, "finished");
    assert_eq!((of_hour("13:00"), of_hour("14:00"), of_hour("22:00")), (Some(2.0), Some(2.0), Some(0.0)));
}

#[test]
fn a_line_without_a_calendar_has_hours_and_days_but_no_shifts() {
    let line = serial(
        "start: \"2026-03-02 22:30\", length: \"3 h\"",
        &["Source()", "Machine(cycle: \"10 min\")", "Sink()"],
    );
    let failure = study::run(&line, &plan(&line, Some(PeriodKind::Shift)), &Watch::nobody()).unwrap_err();
    assert!(matches!(failure, StudyFailure::NoPeriods { .. }), "{failure}");
    let names =
        |kind| study_by(&line, kind).periods.iter().map(|one| one.period.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(PeriodKind::Hour), ["00:00", "01:00", "22:00", "23:00"]);
    assert_eq!(names(PeriodKind::Day), ["2026-03-02", "2026-03-03"]);
    assert!(study_by(&line, PeriodKind::Day).periods[0].scheduled().is_none());
}

#[test]
fn more_periods_than_can_be_kept_are_refused_before_anything_runs() {
    let line = serial(
        "length: \"36500 d\", replications: 10000",
        &["Source()", "Machine(cycle: \"10 h\")", "Sink()"],
    );
    let failure = study::run(&line, &plan(&line, Some(PeriodKind::Day)), &Watch::nobody()).unwrap_err();
    assert!(failure.to_string().contains("are too many to keep"), "{failure}");
}

#[test]
fn a_user_finds_every_period_in_every_format() {
    let text = two_shifts_text("25 min");
    let folder = Folder::with(&[("line.ron", &text), ("other.ron", &good())]);
    let run = |format: &str| {
        answer(&taktwin(&folder, &["run", "line.ron", "--by", "shift", "--format", format]).code(0))
    };
    let csv = run("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let is_finished = |row: &&csv::StringRecord| (&row[1], &row[3], &row[6]) == ("line", "finished", "1");
    let finished: Vec<(&str, &str)> =
        rows.iter().filter(is_finished).map(|row| (&row[12], &row[7])).collect();
    assert_eq!(finished, [("", "38.0"), ("early", "18.0"), ("late", "19.0"), ("no shift", "1.0")]);
    let markdown = run("markdown");
    assert!(markdown.contains("\n| early | 8 | 7.5 | 18 ± 0 | 0 ± 0 | 2.25 ± 0 | 2.4 ± 0 |"), "{markdown}");
    let compared =
        taktwin(&folder, &["compare", "line.ron", "line.ron", "--by", "shift", "--format", "table"]);
    assert!(answer(&compared.code(0)).contains("\nby shift: no shift\n"));
    let refused = complaint(&taktwin(&folder, &["run", "other.ron", "--by", "shift"]).code(2));
    assert!(refused.contains("its `run` names no calendar") && refused.contains("--by hour"), "{refused}");
}

//! The hours of a machine, by hand to the nanosecond: what it does when they end, phase by phase. `shift_stops.rs` has
//! breakdowns and maintenance beside them, `shift_kinds.rs` the other kinds.

use super::kit::{Folder, Recording, SECOND, kpi, layout_by, read, record, slot, study};
use taktwin::event::{Incident, Listener, State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::records::Records;

pub const MINUTE: u64 = 60 * SECOND;

/// A line that runs from midnight of a Monday, with a calendar "day" of this text for all that names none.
pub fn line_by(calendar: &str, run: &str, elements: &[(&str, &str)], flow: &[&str]) -> Line {
    let calendars = format!("\"day\": ({calendar})");
    by(&calendars, &format!("calendar: \"day\", {run}"), elements, flow)
}

/// The same with these calendars, and a run that names its own.
pub fn by(calendars: &str, run: &str, elements: &[(&str, &str)], flow: &[&str]) -> Line {
    let run = format!("start: \"2026-03-02 00:00\", {run}");
    read(&layout_by(calendars, "\"part\": ()", &run, elements, flow))
}

/// A source that never runs dry, a machine "m" with these settings, a sink; from one to three o'clock every day.
pub fn machine(settings: &str) -> Line {
    let machine = format!("Machine({settings})");
    let elements = [("in", "Source(calendar: \"always\")"), ("m", machine.as_str()), ("out", "Sink()")];
    line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"])
}

pub const ONE_TO_THREE: &str = "shifts: { \"d\": (hours: \"01:00-03:00\") }";

pub fn minutes<const N: usize>(times: [u64; N]) -> Vec<u64> {
    times.map(|time| time * MINUTE).to_vec()
}

pub fn became(line: &Line, recorded: &Recording, state: State) -> Vec<u64> {
    recorded.times(slot(line, "m"), |what| what == What::Became(state))
}

/// What a line has told in two days.
pub fn two_days(line: &Line) -> Recording {
    record(line, 2 * 86_400)
}

pub const CYCLE: &str = "cycle: \"25 min\"";
/// One o'clock of the second day.
pub const NEXT: u64 = 1440 + 60;

/// What a line has recorded up to an instant.
pub fn records(line: &Line, recorded: &Recording, days: u64) -> Records {
    let mut records = Records::of(line);
    recorded.0.iter().for_each(|event| records.on_event(*event));
    records.settle(Time(days * 86_400 * SECOND));
    records
}

#[test]
fn work_in_hand_is_finished_in_overtime() {
    let line = machine(CYCLE);
    let recorded = two_days(&line);
    assert_eq!(
        recorded.deliveries(),
        minutes([85, 110, 135, 160, 185, NEXT + 25, NEXT + 50, NEXT + 75, NEXT + 100, NEXT + 125])
    );
    assert_eq!(became(&line, &recorded, State::Paused), minutes([0, 185, NEXT + 125]));
    let closed = recorded.times(slot(&line, "m"), |what| what == What::Happened(Incident::Closed));
    let opened = recorded.times(slot(&line, "m"), |what| what == What::Happened(Incident::Opened));
    assert_eq!((closed, opened), (minutes([0, 180, NEXT + 120]), minutes([60, NEXT])));
}

#[test]
fn work_that_pauses_goes_on_exactly_where_it_stopped() {
    let line = machine(&format!("{CYCLE}, shift_end: Pause"));
    let recorded = two_days(&line);
    // 120 minutes are four parts and 20 minutes of the fifth; on the next day 5 minutes, four parts, and 15 minutes.
    assert_eq!(
        recorded.deliveries(),
        minutes([85, 110, 135, 160, NEXT + 5, NEXT + 30, NEXT + 55, NEXT + 80, NEXT + 105])
    );
    assert_eq!(became(&line, &recorded, State::Paused), minutes([0, 180, NEXT + 120]));
}

#[test]
fn only_what_fits_begins() {
    let line = machine(&format!("{CYCLE}, shift_end: OnlyWhatFits"));
    let recorded = two_days(&line);
    assert_eq!(
        recorded.deliveries(),
        minutes([85, 110, 135, 160, NEXT + 25, NEXT + 50, NEXT + 75, NEXT + 100])
    );
    assert_eq!(became(&line, &recorded, State::Paused), minutes([0, 160, NEXT + 100]));
}

#[test]
fn what_ends_with_the_hours_fits() {
    let line = machine("cycle: \"30 min\", shift_end: OnlyWhatFits");
    let recorded = two_days(&line);
    assert_eq!(recorded.deliveries()[..5], minutes([90, 120, 150, 180, NEXT + 30])[..]);
    // No other way to end the hours makes a difference then.
    for end in ["Finish", "Pause"] {
        let other = two_days(&machine(&format!("cycle: \"30 min\", shift_end: {end}")));
        assert_eq!(other.deliveries(), recorded.deliveries(), "{end}");
    }
}

#[test]
fn what_fits_into_no_hours_begins_with_them() {
    let line = machine("cycle: \"3 h\", shift_end: OnlyWhatFits");
    assert_eq!(two_days(&line).deliveries(), minutes([240, NEXT + 180]));
}

#[test]
fn each_phase_of_an_operation_ends_with_the_hours_as_the_whole_does() {
    let phases = "cycle: \"40 min\", load: \"15 min\", unload: \"10 min\"";
    // An operation takes 65 minutes: the second would end at 190.
    let finished = two_days(&machine(phases)).deliveries();
    assert_eq!(finished, minutes([125, 190, NEXT + 65, NEXT + 130]));
    let paused = two_days(&machine(&format!("{phases}, shift_end: Pause"))).deliveries();
    assert_eq!(paused, minutes([125, NEXT + 10, NEXT + 75]));
    // Loading fits, and so does the work until 180; the unloading does not.
    let fitting = two_days(&machine(&format!("{phases}, shift_end: OnlyWhatFits"))).deliveries();
    assert_eq!(fitting, minutes([125, NEXT + 10, NEXT + 75]));
}

#[test]
fn a_changeover_is_finished_paused_or_not_begun() {
    let products = |end: &str| {
        let text = format!(
            "Line(name: \"two\", run: (start: \"2026-03-02 00:00\", calendar: \"day\"), calendars: {{ \"day\": ({ONE_TO_THREE}) }},
            products: {{ \"a\": (), \"b\": () }},
            elements: {{
                \"a\": Source(product: \"a\", parts: 1), \"b\": Source(product: \"b\", parts: 1),
                \"rack\": Buffer(),
                \"m\": Machine(cycle: \"50 min\", setup: (time: \"50 min\", initial: \"a\"), shift_end: {end}),
                \"out\": Sink(),
            }},
            flow: [\"a -> rack\", \"b -> rack\", \"rack -> m -> out\"])"
        );
        let line = Folder::with(&[("line.ron", &text)]).read("line.ron");
        two_days(&line).deliveries()
    };
    // The first part until 110, the changeover until 160, the work until 210.
    assert_eq!(products("Finish"), minutes([110, 210]));
    assert_eq!(products("Pause"), minutes([110, NEXT + 30]));
    assert_eq!(products("OnlyWhatFits"), minutes([110, NEXT + 50]));
}

#[test]
fn a_break_that_ends_before_the_work_in_hand_is_not_taken() {
    let calendar = "shifts: { \"d\": (hours: \"01:00-03:00\", breaks: [\"02:00-02:10\"]) }";
    let elements = [("in", "Source()"), ("m", "Machine(cycle: \"25 min\")"), ("out", "Sink()")];
    let line = line_by(
        calendar,
        "warm_up: \"0 s\", length: \"1 d\", replications: 1",
        &elements,
        &["in -> m -> out"],
    );
    let recorded = record(&line, 86_400);
    assert_eq!(recorded.deliveries(), minutes([85, 110, 135, 160, 185]));
    assert_eq!(became(&line, &recorded, State::Paused), minutes([0, 185]));
    let records = records(&line, &recorded, 1);
    // From 120 to 130 and from 180 to 185.
    assert_eq!(records.overtime(slot(&line, "m").index()), 15 * MINUTE);
}

#[test]
fn figures_know_the_hours() {
    let elements = [
        ("in", "Source()"),
        ("m", "Machine(cycle: \"25 min\", power: (working: \"6 kW\", paused: \"1 kW\"))"),
        ("out", "Sink()"),
    ];
    let line = line_by(ONE_TO_THREE, "length: \"10 d\", replications: 2", &elements, &["in -> m -> out"]);
    let study = study(&line);
    // Five parts a day, 125 minutes of work, of which 5 are overtime.
    assert!((kpi(&study, "throughput").mean - 5.0 / 24.0).abs() < 1e-12);
    assert!((kpi(&study, "throughput_scheduled").mean - 5.0 / 2.0).abs() < 1e-12);
    let energy = 10.0 * (125.0 / 60.0 * 6.0 + (1440.0 - 125.0) / 60.0);
    assert!((kpi(&study, "energy").mean - energy).abs() < 1e-6, "{}", kpi(&study, "energy").mean);
    assert!((kpi(&study, "oee").mean - 1.0).abs() < 1e-12);
    let outcome = &study.outcomes[0].elements[1];
    assert_eq!(outcome.scheduled, Some(10 * 120 * MINUTE));
    assert_eq!(outcome.overtime, 10 * 5 * MINUTE);
}

#[test]
fn work_waits_for_hours_into_which_it_fits() {
    let calendar = "shifts: { \"d\": (hours: \"06:00-14:00\", breaks: [\"08:00-08:15\"]) }";
    let elements =
        [("in", "Source()"), ("m", "Machine(cycle: \"3 h\", shift_end: OnlyWhatFits)"), ("out", "Sink()")];
    let line = line_by(calendar, "", &elements, &["in -> m -> out"]);
    // It does not fit before the break, and only once after it.
    let recorded = two_days(&line);
    assert_eq!(recorded.deliveries(), minutes([11 * 60 + 15, 1440 + 11 * 60 + 15]));
    let records = records(&line, &recorded, 2);
    assert_eq!(records.overtime(slot(&line, "m").index()), 0);
}

#[test]
fn work_that_was_begun_before_the_run_is_finished() {
    let elements = [
        ("in", "Source()"),
        ("m", "Machine(cycle: \"30 min\", shift_end: OnlyWhatFits, initial: (working: \"20 min\"))"),
        ("out", "Sink()"),
    ];
    let run = "start: \"2026-03-02 02:50\", calendar: \"day\"";
    let text =
        layout_by(&format!("\"day\": ({ONE_TO_THREE})"), "\"part\": ()", run, &elements, &["in -> m -> out"]);
    let recorded = record(&read(&text), 3600);
    assert_eq!(recorded.deliveries(), minutes([20]));
}

#[test]
fn a_machine_that_was_idle_as_its_hours_ended_begins_nothing_late_on_the_next_day() {
    let elements = [
        ("in", "Source(interarrival: \"10 min\", first: \"1610 min\", parts: 1, calendar: \"always\")"),
        ("m", "Machine(cycle: \"25 min\", shift_end: OnlyWhatFits)"),
        ("out", "Sink()"),
    ];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"]);
    // It comes ten minutes before the end of the second day's hours.
    assert_eq!(record(&line, 4 * 86_400).deliveries(), minutes([1440 + NEXT + 25]));
}

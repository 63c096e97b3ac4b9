//! The hours of equipment, by hand to the nanosecond: what each kind does when its hours end, phase by phase.

use super::kit::{Folder, Recording, SECOND, kpi, layout_by, read, record, slot, study};
use taktwin::event::{Incident, Listener, State, What};
use taktwin::explain::Explanation;
use taktwin::line::Line;
use taktwin::records::Records;

const MINUTE: u64 = 60 * SECOND;

/// A line that runs from midnight of a Monday, with a calendar "day" of this text for all that names none.
fn line_by(calendar: &str, run: &str, elements: &[(&str, &str)], flow: &[&str]) -> Line {
    let calendars = format!("\"day\": ({calendar})");
    by(&calendars, &format!("calendar: \"day\", {run}"), elements, flow)
}

/// The same with these calendars, and a run that names its own.
fn by(calendars: &str, run: &str, elements: &[(&str, &str)], flow: &[&str]) -> Line {
    let run = format!("start: \"2026-03-02 00:00\", {run}");
    read(&layout_by(calendars, "\"part\": ()", &run, elements, flow))
}

/// A source that never runs dry, a machine "m" with these settings, a sink; from one to three o'clock every day.
fn machine(settings: &str) -> Line {
    let machine = format!("Machine({settings})");
    let elements = [("in", "Source(calendar: \"always\")"), ("m", machine.as_str()), ("out", "Sink()")];
    line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"])
}

const ONE_TO_THREE: &str = "shifts: { \"d\": (hours: \"01:00-03:00\") }";

fn minutes<const N: usize>(times: [u64; N]) -> Vec<u64> {
    times.map(|time| time * MINUTE).to_vec()
}

fn became(line: &Line, recorded: &Recording, state: State) -> Vec<u64> {
    recorded.times(slot(line, "m"), |what| what == What::Became(state))
}

/// What a line has told in two days.
fn two_days(line: &Line) -> Recording {
    record(line, 2 * 86_400)
}

const CYCLE: &str = "cycle: \"25 min\"";
/// One o'clock of the second day.
const NEXT: u64 = 1440 + 60;

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
    let mut records = Records::of(&line);
    recorded.0.iter().for_each(|event| records.on_event(*event));
    records.settle(taktwin::kernel::Time(86_400 * SECOND));
    // From 120 to 130 and from 180 to 185.
    assert_eq!(records.overtime(slot(&line, "m").index()), 15 * MINUTE);
}

#[test]
fn a_repair_goes_on_in_closed_time_and_what_it_interrupted_waits_for_the_next_hours() {
    let failure = "breakdowns: [(after: \"110 min\", repair: \"1 h\")]";
    for end in ["Finish", "Pause", "OnlyWhatFits"] {
        let cycle = if end == "OnlyWhatFits" { "cycle: \"40 min\"" } else { "cycle: \"50 min\"" };
        let line = machine(&format!("{cycle}, {failure}, shift_end: {end}"));
        let recorded = record(&line, (NEXT + 60) * 60);
        // Down after 110 minutes of work, at 170, up at 230, in the third part.
        assert_eq!(became(&line, &recorded, State::Failed), minutes([170]), "{end}");
        assert_eq!(became(&line, &recorded, State::Paused)[..2], minutes([0, 230])[..], "{end}");
        let first_of_next_day = recorded.deliveries()[2];
        let by_hand = if end == "OnlyWhatFits" { NEXT + 10 } else { NEXT + 40 };
        assert_eq!(first_of_next_day, by_hand * MINUTE, "{end}");
    }
}

#[test]
fn a_breakdown_by_the_calendar_that_falls_due_in_closed_time_comes_with_the_next_hours() {
    let line =
        machine(&format!("{CYCLE}, breakdowns: [(after: \"10 h\", repair: \"30 min\", clock: Calendar)]"));
    let recorded = two_days(&line);
    assert_eq!(became(&line, &recorded, State::Failed)[0], NEXT * MINUTE);
    assert_eq!(recorded.deliveries()[5], (NEXT + 30 + 25) * MINUTE);
}

#[test]
fn maintenance_off_shift_waits_for_the_end_of_the_hours_and_may_go_on_into_the_next() {
    let plan = |takes: &str, end: &str, policy: &str| {
        machine(&format!(
            "{CYCLE}, shift_end: {end}, maintenance: [(every: \"100 min\", takes: \"{takes}\", when: OffShift{policy})]"
        ))
    };
    // Due at 100; it begins with the closed time, after the overtime, or with the part in the machine.
    for (end, closes) in [("Finish", 185), ("Pause", 180), ("OnlyWhatFits", 160)] {
        let line = plan("30 min", end, "");
        let recorded = record(&line, 600 * 60);
        assert_eq!(became(&line, &recorded, State::Maintenance)[0], closes * MINUTE, "{end}");
        assert_eq!(became(&line, &recorded, State::Paused)[..2], minutes([0, closes + 30])[..], "{end}");
    }
    // Due again at 200 while it rests: at once.
    let line = plan("10 min", "Finish", "");
    let recorded = record(&line, 320 * 60);
    assert_eq!(became(&line, &recorded, State::Maintenance), minutes([185, 200, 300]));
    // A long one lasts until after the next hours have begun.
    let line = plan("22 h 30 min", "Finish", ", policy: Age");
    let recorded = two_days(&line);
    assert_eq!(recorded.deliveries()[5], (185 + 22 * 60 + 30 + 25) * MINUTE);
}

#[test]
fn other_maintenance_waits_for_the_hours() {
    for when in ["AtOnce", "AfterPart", "WhenEmpty"] {
        let line =
            machine(&format!("{CYCLE}, maintenance: [(every: \"5 h\", takes: \"30 min\", when: {when})]"));
        let recorded = two_days(&line);
        assert_eq!(became(&line, &recorded, State::Maintenance), minutes([NEXT]), "{when}");
    }
}

#[test]
fn a_batch_in_mid_run_ends_it_or_pauses() {
    let run = |end: &str| {
        let batch = format!("Batch(cycle: \"50 min\", max: \"4 parts\", shift_end: {end})");
        let elements = [("in", "Source()"), ("m", batch.as_str()), ("out", "Sink()")];
        two_days(&line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"])).deliveries()
    };
    let four = |ends: &[u64]| ends.iter().flat_map(|end| [end * MINUTE; 4]).collect::<Vec<u64>>();
    assert_eq!(run("Finish"), four(&[110, 160, 210, NEXT + 50, NEXT + 100, NEXT + 150]));
    assert_eq!(run("Pause"), four(&[110, 160, NEXT + 30, NEXT + 80]));
    assert_eq!(run("OnlyWhatFits"), four(&[110, 160, NEXT + 50, NEXT + 100]));
}

#[test]
fn benches_and_inspections_keep_their_hours() {
    let kinds = [
        "Inspection(cycle: \"25 min\"",
        "Assembler(cycle: \"25 min\", parts: { \"part\": 1 }",
        "Machine(cycle: \"25 min\", places: 2",
    ];
    for kind in kinds {
        for (end, last) in [("Finish", 185), ("Pause", NEXT + 5), ("OnlyWhatFits", NEXT + 25)] {
            let element = format!("{kind}, shift_end: {end})");
            let exits = if kind.starts_with("Insp") {
                ["m.pass -> out", "m.fail -> out"].as_slice()
            } else {
                &["m -> out"]
            };
            let mut flow = vec!["in -> m"];
            flow.extend(exits);
            let elements = [("in", "Source()"), ("m", element.as_str()), ("out", "Sink()")];
            let recorded = two_days(&line_by(ONE_TO_THREE, "", &elements, &flow));
            let mut deliveries = recorded.deliveries();
            deliveries.dedup();
            assert_eq!(deliveries[..5], minutes([85, 110, 135, 160, last])[..], "{kind} {end}");
        }
    }
}

#[test]
fn a_belt_stands_in_closed_time_with_the_parts_on_it() {
    let belt = "Conveyor(length: \"60 m\", speed: \"1 m/min\", pitch: \"1 m\")";
    let elements =
        [("in", "Source(interarrival: \"1 h\", calendar: \"always\")"), ("m", belt), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"]);
    // Parts come at 60 (as the belt starts), 120 and 180 (as it stops); the belt runs from 60 to 180.
    let recorded = two_days(&line);
    assert_eq!(recorded.deliveries()[..2], minutes([120, 180])[..]);
    assert_eq!(became(&line, &recorded, State::Paused), minutes([0, 180, NEXT + 120]));
}

#[test]
fn a_robot_finishes_its_transport_and_begins_no_other() {
    let robot = "Robot(travel: { \"in -> out\": \"25 min\" }, load: \"10 min\")";
    let elements = [("in", "Source(calendar: \"always\")"), ("m", robot), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> out by m"]);
    let recorded = two_days(&line);
    // It stands at the source: 35 minutes, then 60 with the way back.
    assert_eq!(recorded.deliveries(), minutes([95, 155, 215, NEXT + 60, NEXT + 120]));
    assert_eq!(became(&line, &recorded, State::Paused), minutes([0, 215, NEXT + 120]));
}

#[test]
fn a_source_that_never_runs_dry_gives_parts_in_its_hours_only() {
    let elements =
        [("in", "Source()"), ("m", "Machine(cycle: \"25 min\", calendar: \"always\")"), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"]);
    assert_eq!(two_days(&line).deliveries()[..6], minutes([85, 110, 135, 160, 185, NEXT + 25])[..]);
}

#[test]
fn times_between_arrivals_count_the_hours_of_the_source() {
    let elements = [("in", "Source(interarrival: \"50 min\")"), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> out"]);
    // 120 minutes a day: at 50, 100, 150 and 200 minutes of these.
    assert_eq!(two_days(&line).deliveries(), minutes([110, 160, NEXT + 30, NEXT + 80]));
}

#[test]
fn aging_parts_age_on_in_closed_time() {
    let elements = [
        ("in", "Source(interarrival: \"2 h\")"),
        ("cool", "Buffer(dwell: \"3 h\")"),
        ("m", "Machine(cycle: \"10 min\")"),
        ("out", "Sink()"),
    ];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> cool -> m -> out"]);
    // Comes at 180, is cool at 360, and is worked on when the hours begin.
    assert_eq!(two_days(&line).deliveries(), minutes([NEXT + 10]));
}

#[test]
fn a_crew_has_the_people_of_its_shift_and_finishes_what_it_has_begun() {
    let calendars =
        "\"day\": (shifts: { \"early\": (hours: \"06:00-14:00\"), \"late\": (hours: \"14:00-22:00\") })";
    let weld = "Machine(cycle: \"1 h\", breakdowns: [(after: \"3 h\", repair: \"100 min\", skill: \"e\", clock: Calendar)])";
    let elements = [
        ("in", "Source()"),
        ("m", weld),
        ("out", "Sink()"),
        ("crew", "Crew(size: 1, skills: [\"e\"], calendar: \"day\", by_shift: { \"late\": 0 })"),
    ];
    let line = by(calendars, "", &elements, &["in -> m -> out"]);
    let recorded = record(&line, 86_400 + 10 * 3600);
    // Down at 3:00, the person comes at 6:00; down again 3 hours after the repair at 7:40, so at 10:40, repaired at 12:20; then at
    // 15:20, when nobody comes before 6:00 of the next day.
    let failed = became(&line, &recorded, State::Failed);
    assert_eq!(failed, minutes([360, 640, 1440 + 360]));
    // At 10:40 the person is there within the instant.
    assert_eq!(became(&line, &recorded, State::WaitingForRepair)[..3], minutes([180, 640, 920])[..]);
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
    let mut records = Records::of(&line);
    recorded.0.iter().for_each(|event| records.on_event(*event));
    records.settle(taktwin::kernel::Time(2 * 86_400 * SECOND));
    assert_eq!(records.overtime(slot(&line, "m").index()), 0);
}

#[test]
fn work_that_has_waited_begins_though_a_stop_comes_first() {
    // Each day a breakdown is due with the hours; the work is longer than they are, or as long.
    for cycle in ["13 h", "12 h"] {
        let machine = format!(
            "Machine(cycle: \"{cycle}\", shift_end: OnlyWhatFits, breakdowns: [(after: \"10 h\", repair: \"5 min\", clock: Scheduled)])"
        );
        let elements = [("in", "Source()"), ("m", machine.as_str()), ("out", "Sink()")];
        let line = line_by("shifts: { \"d\": (hours: \"09:00-21:00\") }", "", &elements, &["in -> m -> out"]);
        let recorded = record(&line, 60 * 86_400);
        assert!(recorded.deliveries().len() >= 30, "{cycle}: {}", recorded.deliveries().len());
        let last = recorded.deliveries().last().map_or(0, |time| time / SECOND);
        assert!(last > 57 * 86_400, "{cycle}: nothing after {last} s");
    }
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
fn work_that_comes_as_the_hours_end_waits_for_the_next() {
    // A robot puts a part down, and a machine gives one away, at three o'clock.
    let robot = [
        ("in", "Source(parts: 1)"),
        ("r", "Robot(load: \"60 min\", unload: \"60 min\")"),
        ("m", "Machine(cycle: \"50 min\")"),
        ("out", "Sink()"),
    ];
    let line = line_by(ONE_TO_THREE, "", &robot, &["in -> m by r", "m -> out"]);
    let recorded = two_days(&line);
    assert_eq!(recorded.deliveries(), minutes([NEXT + 50]));
    let machines = [
        ("in", "Source()"),
        ("press", "Machine(cycle: \"1 h\")"),
        ("m", "Disassembler(cycle: \"90 min\", gives: { \"part\": 2 })"),
        ("out", "Sink()"),
    ];
    let line = line_by(ONE_TO_THREE, "", &machines, &["in -> press -> m", "m.part -> out"]);
    let recorded = two_days(&line);
    let mut records = Records::of(&line);
    recorded.0.iter().for_each(|event| records.on_event(*event));
    records.settle(taktwin::kernel::Time(2 * 86_400 * SECOND));
    // The one that came at 120 is finished at 210; the next waits, and the second of the next day ends an hour late.
    assert_eq!(recorded.deliveries()[..3], minutes([210, 210, NEXT + 90])[..]);
    assert_eq!(records.overtime(slot(&line, "m").index()), 90 * MINUTE);
}

#[test]
fn maintenance_in_closed_time_costs_no_hours_and_the_bound_holds() {
    for plan in [
        "every: \"5 parts\", takes: \"4 h\"",
        "every: \"1 d\", takes: \"5 h\"",
        "every: \"5 h\", takes: \"1 h\", clock: Working",
    ] {
        let machine = format!("Machine(cycle: \"10 min\", maintenance: [({plan}, when: OffShift)])");
        let elements = [("in", "Source()"), ("m", machine.as_str()), ("out", "Sink()")];
        let run = "length: \"28 d\", replications: 2";
        let line =
            line_by("shifts: { \"d\": (hours: \"06:00-14:00\") }", run, &elements, &["in -> m -> out"]);
        let made = kpi(&study(&line), "throughput").mean;
        let capacity = Explanation::of(&line).capacity;
        assert!((made - 2.0).abs() < 1e-9, "{plan}: {made}");
        assert!((capacity.good_per_sec.unwrap() * 3600.0 - 2.0).abs() < 1e-9, "{plan}");
        assert!(capacity.at_most_per_sec.unwrap() * 3600.0 >= 2.0, "{plan}");
    }
}

#[test]
fn maintenance_for_closed_time_waits_for_the_part_where_nothing_is_ever_closed() {
    let line = machine(&format!(
        "{CYCLE}, calendar: \"always\", maintenance: [(every: \"2 h\", takes: \"10 min\", when: OffShift)]"
    ));
    assert_eq!(became(&line, &record(&line, 3 * 3600), State::Maintenance), minutes([125]));
}

#[test]
fn the_first_interval_may_be_another() {
    let line = machine(&format!(
        "{CYCLE}, calendar: \"always\", maintenance: [(every: \"5 h\", first: \"1 h\", takes: \"10 min\", when: AtOnce)]"
    ));
    let recorded = record(&line, 12 * 3600);
    assert_eq!(became(&line, &recorded, State::Maintenance), minutes([60, 360, 660]));
    let line = machine(&format!(
        "{CYCLE}, calendar: \"always\", maintenance: [(every: \"10 parts\", first: \"2 parts\", takes: \"10 min\")]"
    ));
    assert_eq!(became(&line, &record(&line, 6 * 3600), State::Maintenance), minutes([50, 310]));
    let elements = [("in", "Source(interarrival: \"50 min\", first: \"0 s\")"), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> out"]);
    assert_eq!(two_days(&line).deliveries(), minutes([60, 110, 160, NEXT + 30, NEXT + 80]));
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

//! The order of an instant, by hand: what falls due, what ends, what breaks down, what is maintained, what is decided, and who is
//! lent, whatever the phase and the clock.

use super::kit::{Recording, SECOND, line, line_of, record, serial, slot};
use taktwin::event::{State, What};
use taktwin::line::Line;

fn secs(times: &[u64]) -> Vec<u64> {
    times.iter().map(|time| time * SECOND).collect()
}

/// When an element came into a state.
fn became(line: &Line, recorded: &Recording, element: &str, state: State) -> Vec<u64> {
    recorded.times(slot(line, element), |what| what == What::Became(state))
}

/// Clock, interval, `when` and policy of a plan; when its first two maintenances begin, and when the first two parts are done.
type Row = (&'static str, &'static str, &'static str, &'static str, [u64; 2], [u64; 2]);

/// A machine with parts at the door is set up for 40 s first; each part is loaded for 20 s, worked on for 100 s and unloaded for
/// 20 s; a maintenance takes 5 s. So the first part is done at 180 s and each other 140 s later, if nothing stops it.
const ROWS: &[Row] = &[
    // While it is set up.
    ("Calendar", "30 s", "AtOnce", "Block", [30, 60], [210, 380]),
    ("Calendar", "30 s", "AtOnce", "Age", [30, 65], [205, 370]),
    ("Calendar", "30 s", "AfterPart", "Block", [180, 325], [180, 325]),
    ("Calendar", "30 s", "AfterPart", "Age", [180, 325], [180, 325]),
    ("Calendar", "30 s", "WhenEmpty", "Block", [180, 325], [180, 325]),
    ("Calendar", "30 s", "WhenEmpty", "Age", [180, 325], [180, 325]),
    // While it is loaded.
    ("Calendar", "50 s", "AtOnce", "Block", [50, 100], [195, 350]),
    ("Calendar", "50 s", "AtOnce", "Age", [50, 105], [195, 350]),
    ("Calendar", "50 s", "AfterPart", "Block", [180, 325], [180, 325]),
    ("Calendar", "50 s", "AfterPart", "Age", [180, 325], [180, 325]),
    ("Calendar", "50 s", "WhenEmpty", "Block", [180, 325], [180, 325]),
    ("Calendar", "50 s", "WhenEmpty", "Age", [180, 325], [180, 325]),
    // In the midst of the work.
    ("Calendar", "110 s", "AtOnce", "Block", [110, 220], [185, 330]),
    ("Calendar", "110 s", "AtOnce", "Age", [110, 225], [185, 330]),
    ("Calendar", "110 s", "AfterPart", "Block", [180, 325], [180, 325]),
    ("Calendar", "110 s", "AfterPart", "Age", [180, 325], [180, 325]),
    ("Calendar", "110 s", "WhenEmpty", "Block", [180, 325], [180, 325]),
    ("Calendar", "110 s", "WhenEmpty", "Age", [180, 325], [180, 325]),
    // While it is unloaded.
    ("Calendar", "170 s", "AtOnce", "Block", [170, 340], [185, 325]),
    ("Calendar", "170 s", "AtOnce", "Age", [170, 345], [185, 325]),
    ("Calendar", "170 s", "AfterPart", "Block", [180, 465], [180, 325]),
    ("Calendar", "170 s", "AfterPart", "Age", [180, 465], [180, 325]),
    ("Calendar", "170 s", "WhenEmpty", "Block", [180, 465], [180, 325]),
    ("Calendar", "170 s", "WhenEmpty", "Age", [180, 465], [180, 325]),
    // At the instant at which the part is done.
    ("Calendar", "180 s", "AtOnce", "Block", [180, 360], [180, 325]),
    ("Calendar", "180 s", "AtOnce", "Age", [180, 365], [180, 325]),
    ("Calendar", "180 s", "AfterPart", "Block", [180, 465], [180, 325]),
    ("Calendar", "180 s", "AfterPart", "Age", [180, 465], [180, 325]),
    ("Calendar", "180 s", "WhenEmpty", "Block", [180, 465], [180, 325]),
    ("Calendar", "180 s", "WhenEmpty", "Age", [180, 465], [180, 325]),
    // In the midst of the work, and then at its end.
    ("Working", "50 s", "AtOnce", "Block", [110, 165], [190, 340]),
    ("Working", "50 s", "AtOnce", "Age", [110, 165], [190, 340]),
    ("Working", "50 s", "AfterPart", "Block", [180, 325], [180, 325]),
    ("Working", "50 s", "AfterPart", "Age", [180, 325], [180, 325]),
    ("Working", "50 s", "WhenEmpty", "Block", [180, 325], [180, 325]),
    ("Working", "50 s", "WhenEmpty", "Age", [180, 325], [180, 325]),
    // At the end of the work, before the unloading.
    ("Working", "100 s", "AtOnce", "Block", [160, 305], [185, 330]),
    ("Working", "100 s", "AtOnce", "Age", [160, 305], [185, 330]),
    ("Working", "100 s", "AfterPart", "Block", [180, 325], [180, 325]),
    ("Working", "100 s", "AfterPart", "Age", [180, 325], [180, 325]),
    ("Working", "100 s", "WhenEmpty", "Block", [180, 325], [180, 325]),
    ("Working", "100 s", "WhenEmpty", "Age", [180, 325], [180, 325]),
    // The same, by parts.
    ("Parts", "1 parts", "AtOnce", "Block", [160, 305], [185, 330]),
    ("Parts", "1 parts", "AtOnce", "Age", [160, 305], [185, 330]),
    ("Parts", "1 parts", "AfterPart", "Block", [180, 325], [180, 325]),
    ("Parts", "1 parts", "AfterPart", "Age", [180, 325], [180, 325]),
    ("Parts", "1 parts", "WhenEmpty", "Block", [180, 325], [180, 325]),
    ("Parts", "1 parts", "WhenEmpty", "Age", [180, 325], [180, 325]),
];

#[test]
fn a_plan_that_falls_due_in_any_phase_follows_the_order_of_an_instant() {
    for (clock, every, when, policy, begins, deliveries) in ROWS {
        let plan =
            format!("(every: \"{every}\", takes: \"5 s\", clock: {clock}, when: {when}, policy: {policy})");
        let machine = format!(
            "Machine(cycle: \"100 s\", load: \"20 s\", unload: \"20 s\", \
             setup: (time: \"40 s\", initial: \"other\"), maintenance: [{plan}])"
        );
        let products = "\"part\": (), \"other\": ()";
        let elements = [("in", "Source(product: \"part\")"), ("m", &machine), ("out", "Sink()")];
        let line = line_of(products, "", &elements, &["in -> m -> out"]);
        let recorded = record(&line, 600);
        let maintained = became(&line, &recorded, "m", State::Maintenance);
        assert_eq!(maintained[..2], secs(begins), "{clock} {every} {when} {policy}");
        assert_eq!(recorded.deliveries()[..2], secs(deliveries), "{clock} {every} {when} {policy}");
    }
}

#[test]
fn a_plan_that_falls_due_while_a_part_is_put_down_begins_when_that_is_over() {
    let line = serial(
        "",
        &[
            "Source()",
            "Machine(cycle: \"10 s\", unload: \"2 s\", maintenance: [(every: \"11 s\", takes: \"5 s\")])",
            "Sink()",
        ],
    );
    let recorded = record(&line, 60);
    // Due at 11, 22, 33, 44 and 55 s: parts are in hand from 0 to 12, 17 to 29, 34 to 46, 51 to 63 s.
    assert_eq!(became(&line, &recorded, "1", State::Maintenance), secs(&[12, 29, 46]));
    assert_eq!(recorded.deliveries(), secs(&[12, 29, 46]));
}

#[test]
fn a_plan_that_falls_due_in_an_idle_machine_comes_before_a_part_of_that_instant() {
    // The first part comes at 20 s and takes 10 s.
    for (due, delivered) in [(15, 30), (17, 32), (20, 35)] {
        for (when, policy) in all_of(&["AtOnce", "AfterPart", "WhenEmpty"], &["Block", "Age"]) {
            let plan = format!("every: \"{due} s\", takes: \"5 s\", when: {when}, policy: {policy}");
            let machine = format!("Machine(cycle: \"10 s\", maintenance: [({plan})])");
            let line = serial("", &["Source(interarrival: \"20 s\")", &machine, "Sink()"]);
            let recorded = record(&line, 40);
            assert_eq!(
                became(&line, &recorded, "1", State::Maintenance)[0],
                due * SECOND,
                "{due} {when} {policy}"
            );
            assert_eq!(recorded.deliveries(), secs(&[delivered]), "{due} {when} {policy}");
        }
    }
}

#[test]
fn a_plan_that_falls_due_while_a_part_is_blocked_waits_for_it_only_when_empty() {
    // The second part is done at 10 s and leaves at 105 s, when the next machine has room.
    for (when, begins) in [("AtOnce", 50), ("AfterPart", 50), ("WhenEmpty", 105)] {
        for policy in ["Block", "Age"] {
            let plan = format!("every: \"50 s\", takes: \"20 s\", when: {when}, policy: {policy}");
            let first = format!("Machine(cycle: \"5 s\", maintenance: [({plan})])");
            let line = serial("", &["Source()", &first, "Machine(cycle: \"100 s\")", "Sink()"]);
            let recorded = record(&line, 300);
            assert_eq!(
                became(&line, &recorded, "1", State::Maintenance)[0],
                begins * SECOND,
                "{when} {policy}"
            );
        }
    }
}

#[test]
fn a_plan_that_falls_due_while_a_machine_waits_for_somebody_comes_after_the_repair() {
    // The only fitter is at the other machine until 12 s, then here until 16 s; 7 s of the work in hand are left. The plan is
    // due while the machine waits, while it is repaired, or at the instant at which the repair is over.
    for (when, begins) in [("AtOnce", 16), ("AfterPart", 23), ("WhenEmpty", 23)] {
        for (due, policy) in all_of(&["5", "14", "16"], &["Block", "Age"]) {
            let machine = format!(
                "Machine(cycle: \"10 s\", breakdowns: [(after: \"1 h\", repair: \"4 s\", skill: \"fit\")], \
                 maintenance: [(every: \"{due} s\", takes: \"2 s\", when: {when}, policy: {policy}, renews: [])], \
                 initial: (working: \"7 s\", down: 0, left: \"4 s\"))"
            );
            let other = "Machine(cycle: \"1 s\", initial: (down: 0, left: \"12 s\"), \
                         breakdowns: [(after: \"1 h\", repair: \"1 s\", skill: \"fit\", priority: 1)])";
            let elements = [
                ("in", "Source(interarrival: \"1 h\")"),
                ("other", other),
                ("m", machine.as_str()),
                ("out", "Sink()"),
                ("crew", "Crew(size: 1, skills: [\"fit\"])"),
            ];
            let line = line("", &elements, &["in -> other -> m -> out"]);
            let recorded = record(&line, 30);
            assert_eq!(became(&line, &recorded, "m", State::Failed), secs(&[12]));
            let maintained = became(&line, &recorded, "m", State::Maintenance);
            assert_eq!(maintained[0], begins * SECOND, "{due} {when} {policy}");
        }
    }
}

#[test]
fn a_part_is_done_then_the_machine_fails_then_it_is_maintained_whatever_the_clocks() {
    // All three at 30 s: the repair lasts until 34 s, the maintenance until 39 s.
    let lives = ["\"30 s\", clock: Calendar", "\"30 s\", clock: Working", "\"3 parts\""];
    for (life, interval) in all_of(&lives, &lives) {
        for when in ["AtOnce", "AfterPart", "WhenEmpty"] {
            let machine = format!(
                "Machine(cycle: \"10 s\", breakdowns: [(after: {life}, repair: \"4 s\")], \
                 maintenance: [(every: {interval}, takes: \"5 s\", when: {when}, renews: [])])"
            );
            let line = serial("", &["Source()", &machine, "Sink()"]);
            let recorded = record(&line, 50);
            assert_eq!(became(&line, &recorded, "1", State::Failed), secs(&[30]), "{life} {interval} {when}");
            assert_eq!(
                became(&line, &recorded, "1", State::Maintenance),
                secs(&[34]),
                "{life} {interval} {when}"
            );
            assert_eq!(recorded.deliveries(), secs(&[10, 20, 30, 49]), "{life} {interval} {when}");
        }
    }
}

#[test]
fn a_life_that_is_used_up_at_the_end_of_an_operation_stops_the_next_one() {
    // Parts come at 20, 40, 60 s and take 10 s, so the life is used up at 50 s. A maintenance of that instant comes after the
    // breakdown; one before the next part at 60 s puts it right; one of 60 s comes first of all at that instant.
    for life in ["\"20 s\"", "\"2 parts\""] {
        for (plans, failed, delivered) in [
            ("", 60, 74),
            ("(every: \"50 s\", takes: \"1 s\")", 50, 70),
            ("(every: \"55 s\", takes: \"1 s\", renews: [])", 60, 74),
            ("(every: \"55 s\", takes: \"1 s\")", 0, 70),
            ("(every: \"59 s\", takes: \"1 s\")", 0, 70),
            ("(every: \"60 s\", takes: \"1 s\")", 0, 71),
        ] {
            let machine = format!(
                "Machine(cycle: \"10 s\", breakdowns: [(after: {life}, repair: \"4 s\")], maintenance: [{plans}])"
            );
            let line = serial("", &["Source(interarrival: \"20 s\")", &machine, "Sink()"]);
            let recorded = record(&line, 75);
            let first = became(&line, &recorded, "1", State::Failed).first().copied().unwrap_or(0);
            assert_eq!(first, failed * SECOND, "{life} {plans}");
            assert_eq!(recorded.deliveries(), secs(&[30, 50, delivered]), "{life} {plans}");
        }
    }
}

#[test]
fn no_other_part_comes_to_several_places_once_a_plan_is_due() {
    // Parts come at 7, 14 and 21 s and take 10 s; the plan is due at 10 s, and the first part is done at 17 s.
    for (interval, when) in all_of(&["\"10 s\"", "\"3 s\", clock: Working"], &["AfterPart", "WhenEmpty"]) {
        let machine = format!(
            "Machine(cycle: \"10 s\", places: 2, \
             maintenance: [(every: {interval}, takes: \"5 s\", when: {when}, policy: Age)])"
        );
        let line = serial("", &["Source(interarrival: \"7 s\")", "Buffer(capacity: 9)", &machine, "Sink()"]);
        let recorded = record(&line, 32);
        assert_eq!(became(&line, &recorded, "2", State::Maintenance)[0], 17 * SECOND, "{interval} {when}");
        assert_eq!(recorded.deliveries(), secs(&[17, 32, 32]), "{interval} {when}");
    }
}

#[test]
fn decisions_come_after_all_parts_of_their_instant_and_after_maintenance() {
    // Boxes come at 3, 6 and 9 s. The wait of the first is over at 13 s, in the midst of a maintenance until 30 s: then all three
    // come in before it is decided.
    let line = line_of(
        "\"box\": (), \"pal\": (carrier: true)",
        "",
        &[
            ("in", "Source(product: \"box\", interarrival: \"3 s\", parts: 3)"),
            ("door", "Buffer(capacity: 3)"),
            ("emp", "Source(product: \"pal\")"),
            (
                "pk",
                "Packer(cycle: \"10 s\", carrier: \"pal\", holds: 3, wait: \"10 s\", \
                 maintenance: [(every: \"5 s\", takes: \"25 s\", policy: Age)])",
            ),
            ("out", "Sink()"),
        ],
        &["in -> door -> pk", "emp -> pk", "pk -> out"],
    );
    assert_eq!(record(&line, 60).deliveries(), secs(&[40, 40, 40]));
    // Parts come every 5 s; a load of three would be complete at 15 s, when a maintenance of 7 s is due.
    let rows: [(&str, u64, &[u64]); 3] = [
        // Due again at 37 s, in the midst of the run.
        ("AtOnce", 15, &[49, 49, 49]),
        ("AfterPart", 15, &[42, 42, 42]),
        // It runs with the two parts that it has.
        ("WhenEmpty", 35, &[35, 35]),
    ];
    for (when, begins, deliveries) in rows {
        let batch = format!(
            "Batch(cycle: \"20 s\", max: \"3 parts\", min: \"3 parts\", \
             maintenance: [(every: \"15 s\", takes: \"7 s\", when: {when}, policy: Age)])"
        );
        let line = serial("", &["Source(interarrival: \"5 s\")", &batch, "Sink()"]);
        let recorded = record(&line, 50);
        assert_eq!(became(&line, &recorded, "1", State::Maintenance)[0], begins * SECOND, "{when}");
        assert_eq!(recorded.deliveries(), secs(deliveries), "{when}");
    }
}

#[test]
fn a_batch_never_runs_while_a_robot_is_on_its_way_to_it() {
    // One part would be load enough, but the robot has set out for the second when the first is there.
    let elements = [
        ("in", "Source()"),
        (
            "arm",
            "Robot(load: \"3 s\", unload: \"2 s\", travel: { \"in -> oven\": \"5 s\", \"oven -> in\": \"5 s\" })",
        ),
        ("oven", "Batch(cycle: \"100 s\", max: \"2 parts\")"),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> oven by arm", "oven -> out"]);
    let recorded = record(&line, 1000);
    let arrived = recorded.times(slot(&line, "oven"), |what| matches!(what, What::Arrived(_)));
    let runs = became(&line, &recorded, "oven", State::Working);
    assert_eq!(runs, arrived.iter().skip(1).step_by(2).copied().collect::<Vec<_>>(), "each with two parts");
    let by_hand: Vec<u64> = runs.iter().flat_map(|run| [run + 100 * SECOND; 2]).collect();
    assert_eq!(recorded.deliveries(), by_hand[..recorded.deliveries().len()]);
    assert!(runs.len() > 7);
}

/// Each of the one with each of the other.
fn all_of<'a>(one: &'a [&'a str], other: &'a [&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    one.iter().flat_map(|one| other.iter().map(|other| (*one, *other)))
}

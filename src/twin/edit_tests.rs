//! Changes of a running line: from an instant on, taken back, and beside the future without them.

use super::tests::{CUT, HOUR, LINE, RACK, TwinAlone, file, first_split, go, read, told_by_the_terminal};
use super::*;
use crate::event::{State, What};
use crate::records::Meter;
use crate::study::Divergence;

pub(super) fn edit(at: u64, way: &str, written: &str) -> Edit {
    Edit {
        at: Time(at),
        way: way.into(),
        before: String::new(),
        written: written.into(),
        name: way.into(),
        on: true,
    }
}

#[test]
fn a_change_holds_from_its_instant_on_and_leaves_the_past_as_it_was() {
    let file = file(LINE);
    let mut edits = Edits::of(&file.path);
    let mut twin = TwinAlone::new(edits.phases().map_err(|e| e.render(false)).expect("a line"));
    twin.keep_tape();
    go(&mut twin, 2 * HOUR);
    let (before, _) = twin.take_tape();

    edits.add(edit(2 * HOUR, "cut.cycle.mean", "20 s")).map_err(|e| e.render(false)).expect("a change");
    twin.change_phases(edits.phases().map_err(|e| e.render(false)).expect("a line"));

    assert_eq!(twin.now(), Time(2 * HOUR), "it goes on from where it is");
    go(&mut twin, 4 * HOUR);
    let done = |tape: &[LineEvent]| {
        tape.iter().filter(|e| e.element == CUT && matches!(e.what, What::Completed { .. })).count()
    };
    let (after, from_zero) = twin.take_tape();
    assert!(!from_zero, "a change from now on needs no run from zero");
    let fastest = done(&before) as f64 * 62.0 / 20.0;
    assert!(done(&after) > done(&before) && (done(&after) as f64) < fastest, "weld holds it back");
    // Run again from zero: the same.
    go(&mut twin, HOUR);
    go(&mut twin, 4 * HOUR);
    let (again, from_zero) = twin.take_tape();
    assert!(from_zero && again == [before, after].concat());
}

#[test]
fn a_change_of_nothing_changes_nothing() {
    let file = file(LINE);
    let expected = told_by_the_terminal(&read(&file.path, &[]));
    let mut edits = Edits::of(&file.path);
    for (hour, way, written) in [
        (1, "cut.cycle.mean", "62 s"),
        (2, "weld.breakdowns[0].repair", "Exponential(\"4 min\")"),
        (3, "arm.load", "3 s"),
        (4, "rack.capacity", "4"),
    ] {
        edits.add(edit(hour * HOUR, way, written)).map_err(|e| e.render(false)).expect("a change");
    }
    let mut twin = TwinAlone::new(edits.phases().map_err(|e| e.render(false)).expect("a line"));
    twin.keep_tape();
    let end = twin.end().0;
    go(&mut twin, end);
    let (facts, _) = twin.take_tape();
    assert!(facts == expected);
}

#[test]
fn a_wider_buffer_is_filled_at_once_and_a_narrower_one_loses_nothing() {
    let file = file(LINE);
    let mut edits = Edits::of(&file.path);
    // A weld that takes half an hour: the rack is full.
    edits.add(edit(0, "run.length", "12 h")).map_err(|e| e.render(false)).expect("a change");
    edits.add(edit(0, "weld.cycle", "30 min")).map_err(|e| e.render(false)).expect("a change");
    edits.add(edit(2 * HOUR, "rack.capacity", "12")).map_err(|e| e.render(false)).expect("a change");
    edits.add(edit(4 * HOUR, "rack.capacity", "3")).map_err(|e| e.render(false)).expect("a change");
    let mut twin = TwinAlone::new(edits.phases().map_err(|e| e.render(false)).expect("a line"));
    let inside = |twin: &TwinAlone| twin.records().elements[RACK.index()].contents;
    go(&mut twin, 2 * HOUR - 1);
    assert_eq!((inside(&twin), twin.timeline(CUT).at(twin.now())), (4, Some(State::Blocked)));
    go(&mut twin, 2 * HOUR);
    assert_eq!((inside(&twin), twin.timeline(CUT).at(twin.now())), (5, Some(State::Working)));
    go(&mut twin, 4 * HOUR - 1);
    assert_eq!(inside(&twin), 12);
    go(&mut twin, 4 * HOUR + HOUR / 2 + HOUR / 10);
    assert_eq!(inside(&twin), 11, "it drains before it takes another");
    let end = twin.end().0;
    go(&mut twin, end);
    assert_eq!((inside(&twin), twin.timeline(CUT).at(twin.now())), (3, Some(State::Blocked)));
}

#[test]
fn another_power_counts_from_its_instant_on() {
    let file = file(&LINE.replace("30 min", "0 s"));
    let mut edits = Edits::of(&file.path);
    let energy = |edits: &mut Edits, until: u64| {
        let mut twin = TwinAlone::new(edits.phases().map_err(|e| e.render(false)).expect("a line"));
        go(&mut twin, until);
        let mut records = twin.records().clone();
        records.settle(twin.now());
        let meters: u128 = records.meters.iter().map(Meter::energy).sum();
        assert_eq!(meters, records.line.energy, "the meters still add up");
        (records.meters[CUT.index()].energy(), meters)
    };
    let [(one, _), (two, before)] = [1, 2].map(|hours| energy(&mut edits, hours * HOUR));
    edits
        .add(edit(HOUR, "cut.power", "(working: \"6 kW\", idle: \"2 kW\")"))
        .map_err(|e| e.render(false))
        .expect("power");
    let (doubled, after) = energy(&mut edits, 2 * HOUR);
    assert_eq!(doubled, one + 2 * (two - one));
    assert_eq!(after - before, two - one);
}

#[test]
fn what_a_running_line_cannot_change_holds_from_the_beginning() {
    let file = file(LINE);
    let mut edits = Edits::of(&file.path);
    edits.add(edit(HOUR, "rack.order", "Lifo")).map_err(|e| e.render(false)).expect("a change");
    let phases = edits.phases().map_err(|e| e.render(false)).expect("a line");
    assert_eq!(phases.len(), 1);
    assert!(
        told_by_the_terminal(&phases[0].line)
            == told_by_the_terminal(&read(&file.path, &["rack.order=Lifo"]))
    );
}

/// A belt that stops now and then, and a rack in which parts cool and grow old.
const COOLING: &str = r#"Line(
    name: "cooling",
    run: (length: "4 h", seed: 5),
    products: { "part": (mass: "2 kg") },
    elements: {
        "in": Source(interarrival: Exponential("20 s")),
        "belt": Conveyor(
            length: "6 m", speed: "0.1 m/s", pitch: "0.5 m", when_blocked: Stop,
            breakdowns: [(after: Exponential("20 min"), repair: "2 min")],
            power: (per_metre: "0.1 kW", per_part: "50 W", per_kg: "10 W"),
        ),
        "rack": Buffer(capacity: 20, dwell: Uniform(min: "1 min", max: "3 min"), shelf_life: Exponential("1 h")),
        "weld": Machine(cycle: Exponential("18 s")),
        "out": Sink(),
        "bin": Sink(scrap: true),
    },
    flow: ["in -> belt -> rack -> weld -> out", "rack.expired -> bin"],
)"#;

#[test]
fn belts_and_cooling_parts_go_on_under_other_distributions_and_powers_but_not_at_another_speed() {
    let file = file(COOLING);
    let phases_with = |way: &str, written: &str| {
        let mut edits = Edits::of(&file.path);
        edits.add(edit(HOUR, way, written)).map_err(|e| e.render(false)).expect("a change");
        edits.phases().map_err(|e| e.render(false)).expect("a line")
    };
    let tape = |phases: Vec<LinePhase>| {
        let mut twin = TwinAlone::new(phases);
        twin.keep_tape();
        let end = twin.end().0;
        go(&mut twin, end);
        let mut records = twin.records().clone();
        records.settle(twin.now());
        let meters: u128 = records.meters.iter().map(Meter::energy).sum();
        assert_eq!(meters, records.line.energy, "the meters still add up");
        (twin.take_tape().0, meters)
    };
    let (plain, energy) = tape(phases_with("belt.power.per_part", "50 W"));
    assert!(plain == told_by_the_terminal(&read(&file.path, &[])), "a change of nothing changes nothing");
    let (heavier, more) = tape(phases_with("belt.power.per_kg", "100 W"));
    assert!(heavier == plain && more > energy, "powers move no part");
    for (way, written) in [
        ("belt.breakdowns[0].repair", "4 min"),
        ("rack.dwell.max", "5 min"),
        ("rack.shelf_life", "Exponential(\"2 min\")"),
    ] {
        let phases = phases_with(way, written);
        assert_eq!(phases.len(), 2, "{way}");
        let (changed, _) = tape(phases);
        let differ = plain.iter().zip(&changed).position(|(one, other)| one != other).expect(way);
        assert!(plain[differ].time >= Time(HOUR), "{way}");
    }
    for (way, written) in
        [("belt.speed", "0.2 m/s"), ("belt.when_blocked", "Accumulate"), ("rack.order", "Lifo")]
    {
        assert_eq!(phases_with(way, written).len(), 1, "{way} holds from the beginning");
    }
}

#[test]
fn a_wrong_change_is_refused_with_its_place_and_changes_nothing() {
    let file = file(LINE);
    let mut edits = Edits::of(&file.path);
    let rejected = edits.add(edit(HOUR, "rack.capacity", "many")).expect_err("no number").render(false);
    assert!(rejected.contains("rack.capacity=many"), "{rejected}");
    assert!(edits.list().is_empty() && !edits.undo());
}

#[test]
fn changes_are_taken_back_and_made_again_and_switched_off() {
    let file = file(LINE);
    let mut edits = Edits::of(&file.path);
    for (way, written) in [("rack.capacity", "6"), ("cut.cycle.mean", "40 s"), ("arm.load", "1 s")] {
        edits.add(edit(HOUR, way, written)).map_err(|e| e.render(false)).expect("a change");
    }
    let all = edits.sets();
    assert!(edits.undo() && edits.undo());
    assert_eq!(edits.sets(), all[..1]);
    assert!(edits.redo());
    assert_eq!(edits.sets(), all[..2]);
    edits.switch(0).map_err(|e| e.render(false)).expect("off");
    assert_eq!(edits.sets(), all[1..2]);
    assert!(!edits.redo(), "what was taken back is forgotten once something else was done");
    assert!(edits.undo());
    assert_eq!(edits.sets(), all[..2]);
}

#[test]
fn two_futures_part_where_their_journals_first_differ() {
    let file = file(LINE);
    let mut edits = Edits::of(&file.path);
    let as_it_is = edits.phases().map_err(|e| e.render(false)).expect("a line");
    edits.add(edit(2 * HOUR, "rack.capacity", "8")).map_err(|e| e.render(false)).expect("a change");
    let changed = edits.phases().map_err(|e| e.render(false)).expect("a line");
    let tapes = [&as_it_is, &changed].map(|phases| {
        let mut twin = TwinAlone::new(phases.clone());
        twin.keep_tape();
        let end = twin.end().0;
        go(&mut twin, end);
        twin.take_tape().0
    });
    let expected = first_split(&tapes[0], &tapes[1]).expect("they part");

    let mut divergence = Divergence::new(as_it_is.clone(), changed, Time(8 * HOUR));
    while !divergence.pursue(&mut || false) {}

    let found = divergence.found().expect("they part");
    assert_eq!(found, expected);
    assert!(found.time >= Time(2 * HOUR));
    let mut never = Divergence::new(as_it_is.clone(), as_it_is, Time(HOUR));
    assert!(never.pursue(&mut || true) && never.found().is_none());
}

const SHARED: &str = r#"Line(
    name: "three robots at one rack",
    run: (length: "8 h", replications: 2, seed: 11),
    products: { "left": (), "right": () },
    elements: {
        "lefts": Source(product: "left"),
        "rights": Source(product: "right"),
        "shop": Sink(),
        "one": Robot(load: Exponential("20 s"), unload: Exponential("5 s"), tools: (time: "30 s")),
        "two": Robot(load: Exponential("20 s"), unload: Exponential("5 s")),
        "three": Robot(load: Exponential("20 s"), unload: Exponential("5 s")),
        "zone": Zone(around: ["lefts", "rights"]),
    },
    flow: [
        "lefts -> shop by one", "rights -> shop by one",
        "lefts -> shop by two", "rights -> shop by three",
    ],
)"#;

#[test]
fn zones_and_tools_change_while_the_line_runs() {
    let file = file(SHARED);
    let expected = told_by_the_terminal(&read(&file.path, &[]));
    let run = |changes: &[(u64, &str, &str)]| {
        let mut edits = Edits::of(&file.path);
        for (minute, way, written) in changes {
            edits.add(edit(minute * HOUR / 60, way, written)).map_err(|e| e.render(false)).expect("a change");
        }
        let phases = edits.phases().map_err(|e| e.render(false)).expect("a line");
        let from: Vec<u64> = phases.iter().map(|phase| phase.from.0).collect();
        let mut twin = TwinAlone::new(phases);
        twin.keep_tape();
        let end = twin.end().0;
        go(&mut twin, end);
        (twin.take_tape().0, from)
    };
    assert!(run(&[(61, "zone.capacity", "1"), (95, "one.tools.time", "30 s")]).0 == expected);
    // Room for a second robot: the one that waits enters at once, and none enters before.
    let (facts, from) = run(&[(95, "zone.capacity", "2")]);
    assert_eq!(from, [0, 95 * HOUR / 60]);
    let first =
        facts.iter().find(|fact| matches!(fact.what, What::AtWork { busy: 2, .. })).expect("a second robot");
    assert_eq!(first.time, Time(95 * HOUR / 60));
    // Tools that are changed in no time from then on.
    let (facts, _) = run(&[(95, "one.tools.time", "1 ns")]);
    let parted = facts.iter().zip(&expected).position(|(one, other)| one != other).expect("they part");
    assert!(facts[parted].time.min(expected[parted].time) >= Time(95 * HOUR / 60));
    // Who comes into the zone at all holds from the beginning of the run.
    assert_eq!(run(&[(95, "zone.around", "[\"lefts\"]")]).1, [0]);
}

const CALLED: &str = r#"Line(
    name: "a press and a fitter",
    run: (length: "8 h", replications: 2, seed: 11),
    products: { "panel": () },
    elements: {
        "sheets": Source(),
        "cut": Machine(
            cycle: Exponential("50 s"),
            breakdowns: [(after: Exponential("20 min"), repair: Exponential("4 min"), part: Restart, skill: "fitter")],
            maintenance: [(every: "45 min", takes: "5 min", skill: "fitter"), (every: "40 parts", takes: "1 min", when: WhenEmpty)],
        ),
        "weld": Machine(
            cycle: Exponential("40 s"),
            breakdowns: [(after: Exponential("20 min"), repair: Exponential("9 min"), skill: "fitter", priority: 1)],
        ),
        "shop": Sink(),
        "crew": Crew(size: 1, skills: ["fitter"]),
    },
    flow: ["sheets -> cut -> weld -> shop"],
)"#;

#[test]
fn maintenance_and_crews_change_while_the_line_runs() {
    let file = file(CALLED);
    let expected = told_by_the_terminal(&read(&file.path, &[]));
    let run = |changes: &[(u64, &str, &str)]| {
        let mut edits = Edits::of(&file.path);
        for (minute, way, written) in changes {
            edits.add(edit(minute * HOUR / 60, way, written)).map_err(|e| e.render(false)).expect("a change");
        }
        let phases = edits.phases().map_err(|e| e.render(false)).expect("a line");
        let from: Vec<u64> = phases.iter().map(|phase| phase.from.0).collect();
        let mut twin = TwinAlone::new(phases);
        twin.keep_tape();
        let end = twin.end().0;
        go(&mut twin, end);
        (twin.take_tape().0, from)
    };
    // As it is: nothing changes.
    let same = [
        (61, "cut.maintenance[0].takes", "5 min"),
        (95, "crew.size", "1"),
        (130, "cut.breakdowns[0].repair", "Exponential(\"4 min\")"),
        (155, "weld.breakdowns[0].priority", "1"),
    ];
    assert!(run(&same).0 == expected);
    // A second person, and a longer maintenance, from an instant on: what was until then stays.
    let (facts, from) = run(&[(95, "crew.size", "2"), (200, "cut.maintenance[0].takes", "15 min")]);
    assert_eq!(from, [0, 95 * HOUR / 60, 200 * HOUR / 60]);
    let parted = facts.iter().zip(&expected).position(|(one, other)| one != other).expect("they part");
    assert!(facts[parted].time.min(expected[parted].time) >= Time(95 * HOUR / 60));
    let most = facts.iter().filter_map(|fact| match fact.what {
        What::AtWork { busy, .. } => Some((busy, fact.time)),
        _ => None,
    });
    assert!(most.clone().any(|(people, _)| people == 2));
    assert!(most.filter(|(people, _)| *people == 2).all(|(_, time)| time >= Time(95 * HOUR / 60)));
    // Another beginning, and a plan more, hold from the beginning of the run.
    assert_eq!(run(&[(95, "cut.initial", "(working: \"9 s\")")]).1, [0]);
    assert_eq!(run(&[(95, "weld.maintenance", "[(every: \"1 h\", takes: \"1 min\")]")]).1, [0]);
}

#[test]
fn each_part_is_judged_by_the_settings_under_which_its_work_began() {
    let machines = [
        "Machine(cycle: \"60 s\")",
        "Machine(cycle: \"60 s\", load: \"7 s\", unload: \"5 s\")",
        "Machine(cycle: \"60 s\", places: 3)",
        "Machine(cycle: \"60 s\", initial: (working: \"33 s\"))",
        "Batch(cycle: \"60 s\", max: \"2 parts\")",
    ];
    for machine in machines {
        let text = format!(
            "Line(name: \"l\", run: (length: \"4 h\"), products: {{ \"p\": () }}, \
             elements: {{ \"in\": Source(), \"m\": {machine}, \"out\": Sink() }}, flow: [\"in -> m -> out\"])"
        );
        let file = file(&text);
        let mut edits = Edits::of(&file.path);
        // Both changes fall into the midst of an operation.
        for (after_secs, written) in [(13, "20 s"), (1811, "90 s")] {
            let from = HOUR + after_secs * 1_000_000_000;
            edits.add(edit(from, "m.cycle", written)).map_err(|e| e.render(false)).expect("a change");
        }
        let mut twin = TwinAlone::new(edits.phases().map_err(|e| e.render(false)).expect("a line"));
        for minutes in [30, 59, 61, 70, 91, 120, 200] {
            go(&mut twin, HOUR / 60 * minutes);
            let figures = twin.figures();
            for name in ["effectiveness", "oee"] {
                let found = figures.iter().find(|(kpi, _)| kpi.name == name).and_then(|(_, value)| *value);
                let off = found.map_or(1.0, |found| (found - 1.0).abs());
                assert!(off < 1e-9, "{machine}: {name} after {minutes} min: {found:?}");
            }
        }
        let course = twin.history().course(HistoryCourse::Oee);
        assert!(course.len() > 300 && course.iter().all(|[_, oee]| (oee - 1.0).abs() < 1e-9), "{machine}");
    }
}

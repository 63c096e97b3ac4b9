//! Edits one after the other, at one instant, taken back, and made again.

use super::edit_tests::edit;
use super::tests::{HOUR, LINE, TwinAlone, file, go, read, told_by_the_terminal};
use super::*;
use crate::event::{State, What};

#[test]
fn a_change_that_is_taken_back_while_paused_leaves_the_run_as_it_was() {
    let path = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scenes/examples/robot_cell.ron"));
    let mut edits = Edits::of(path);
    let as_it_is = edits.phases().map_err(|e| e.render(false)).expect("a line");
    let (mut twin, mut unchanged) = (TwinAlone::new(as_it_is.clone()), TwinAlone::new(as_it_is.clone()));
    go(&mut twin, 2 * HOUR);
    edits.add(edit(2 * HOUR, "weld 1.cycle", "60 s")).map_err(|e| e.render(false)).expect("a change");
    twin.change_phases(edits.phases().map_err(|e| e.render(false)).expect("a line"));
    assert!(twin.pursue(&mut || true) && edits.undo());
    twin.change_phases(edits.phases().map_err(|e| e.render(false)).expect("a line"));
    assert!(twin.pursue(&mut || true));
    assert_eq!(twin.now(), Time(2 * HOUR));
    go(&mut twin, 3 * HOUR);
    go(&mut unchanged, 3 * HOUR);
    assert!(Arc::ptr_eq(twin.line(), &as_it_is[0].line));
    assert_eq!(twin.records(), unchanged.records());
}

#[test]
fn the_last_of_several_changes_of_one_value_holds_in_the_end() {
    let file = file(LINE);
    let mut edits = Edits::of(&file.path);
    edits.add(edit(HOUR, "cut.cycle.mean", "40 s")).map_err(|e| e.render(false)).expect("a change");
    edits.add(edit(HOUR, "rack.capacity", "9")).map_err(|e| e.render(false)).expect("a change");
    // Another rack holds from the beginning, and would be widened at one o'clock if the order of the changes were lost.
    let smaller = edit(2 * HOUR, "rack", "Buffer(capacity: 2, order: Lifo)");
    edits.add(smaller).map_err(|e| e.render(false)).expect("a change");
    let phases = edits.phases().map_err(|e| e.render(false)).expect("a line");
    let last = &phases.last().expect("a phase").line;
    assert!(
        told_by_the_terminal(last)
            == told_by_the_terminal(&read(
                &file.path,
                &["cut.cycle.mean=40 s", "rack=Buffer(capacity: 2, order: Lifo)"]
            ))
    );
    // The cut is faster from one o'clock on still.
    edits.switch(1).map_err(|e| e.render(false)).expect("a change");
    let phases = edits.phases().map_err(|e| e.render(false)).expect("a line");
    assert_eq!(phases.iter().map(|phase| phase.from.0).collect::<Vec<_>>(), [0, HOUR]);
}

#[test]
fn a_search_that_ends_where_a_change_begins_enters_the_change() {
    let file = file(LINE);
    let told = told_by_the_terminal(&read(&file.path, &[]));
    let first = told.iter().find(|event| event.what == What::Became(State::Failed)).expect("a breakdown");
    let mut edits = Edits::of(&file.path);
    edits.add(edit(first.time.0, "cut.cycle.mean", "20 s")).map_err(|e| e.render(false)).expect("a change");
    let phases = edits.phases().map_err(|e| e.render(false)).expect("a line");
    let mut twin = TwinAlone::new(phases.clone());
    twin.go_to_next(SearchTarget::Trouble(Trouble::Breakdown, None));
    assert!(twin.pursue(&mut || true));
    assert_eq!(twin.now(), first.time);
    assert!(Arc::ptr_eq(twin.line(), &phases[1].line));
}

#[test]
fn two_changes_of_one_instant_are_made_together() {
    let file = file(LINE);
    let expected = told_by_the_terminal(&read(&file.path, &[]));
    let mut edits = Edits::of(&file.path);
    // A rack that is wider for no time lets no part in.
    for written in ["9", "4"] {
        edits.add(edit(2 * HOUR, "rack.capacity", written)).map_err(|e| e.render(false)).expect("a change");
    }
    let mut twin = TwinAlone::new(edits.phases().map_err(|e| e.render(false)).expect("a line"));
    twin.keep_tape();
    let end = twin.end().0;
    go(&mut twin, end);
    assert!(twin.take_tape().0 == expected);
}

#[test]
fn a_maintenance_that_is_due_may_wait_for_less_from_an_instant_on() {
    // The second part is blocked from 10 to 105 s; the maintenance is due at 50 s.
    let file = file(
        r#"Line(
        name: "blocked", run: (length: "1 h"), products: { "p": () },
        elements: {
            "in": Source(), "out": Sink(), "next": Machine(cycle: "100 s"),
            "m": Machine(cycle: "5 s", maintenance: [(every: "50 s", takes: "20 s", when: WhenEmpty, policy: Age)]),
        },
        flow: ["in -> m -> next -> out"],
    )"#,
    );
    let mut edits = Edits::of(&file.path);
    let change = edit(60_000_000_000, "m.maintenance[0].when", "AfterPart");
    edits.add(change).map_err(|e| e.render(false)).expect("a change");
    let phases = edits.phases().map_err(|e| e.render(false)).expect("a line");
    assert_eq!(phases.len(), 2);
    let mut twin = TwinAlone::new(phases);
    go(&mut twin, 60_000_000_000);
    go(&mut twin, 61_000_000_000);
    assert_eq!(twin.timeline(Slot(3)).at(twin.now()), Some(State::Maintenance));
}

#[test]
fn what_is_set_up_at_first_holds_from_the_beginning() {
    let machine = "Machine(cycle: \"60 s\", at: (0, 0)";
    let robot = "Robot(load: \"1 s\", unload: \"1 s\", speed: \"1 m/s\"";
    for (mill, arm, way) in [
        ("setup: (time: \"10 min\", initial: \"p\")", "", "mill.setup.initial"),
        ("setup: (time: \"10 min\", initial: \"p\", min_lot: 2, wait: \"1 min\")", "", "mill.setup.initial"),
        ("", "tools: (time: \"10 min\", initial: \"p\")", "arm.tools.initial"),
    ] {
        let text = format!(
            "Line(name: \"l\", run: (length: \"4 h\"), products: {{ \"p\": (), \"q\": () }}, elements: {{ \
             \"ps\": Source(product: \"p\"), \"qs\": Source(product: \"q\", interarrival: \"1 h\"), \
             \"mill\": {machine}, {mill}), \"arm\": {robot}, {arm}), \"out\": Sink(at: (1, 0)) }}, \
             flow: [\"ps -> mill -> out by arm\", \"qs -> mill\"])"
        )
        .replace(", )", ")");
        let file = file(&text);
        let facts = |edits: &mut Edits| {
            let phases = edits.phases().map_err(|e| e.render(false)).expect("a line");
            let from: Vec<u64> = phases.iter().map(|phase| phase.from.0).collect();
            let mut twin = TwinAlone::new(phases);
            twin.keep_tape();
            let end = twin.end().0;
            go(&mut twin, end);
            (twin.take_tape().0, from)
        };
        let changed = |at: u64, written: &str| {
            let mut edits = Edits::of(&file.path);
            edits.add(edit(at, way, written)).map_err(|e| e.render(false)).expect("a change");
            facts(&mut edits)
        };
        let as_it_is = facts(&mut Edits::of(&file.path)).0;
        assert!(changed(HOUR, "\"p\"").0 == as_it_is, "{way}: the same is no change");
        let (late, from) = changed(HOUR, "\"q\"");
        assert_eq!(from, [0], "{way}");
        assert!(late == changed(0, "\"q\"").0 && late != as_it_is, "{way}");
    }
}

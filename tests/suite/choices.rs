//! Choices: a part takes the first of its ways that has room, whoever takes it there; who chooses, chooses among all that is
//! there at an instant; the order of a file decides nothing else; no request is passed over for ever.

use super::kit::{self, Folder, Recording, SECOND, line, line_of, record, slot};
use super::random_lines::any_plant;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use taktwin::event::{Slot, State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;

/// How many parts came to an element.
fn came(recorded: &Recording, line: &Line, to: &str) -> usize {
    recorded.times(slot(line, to), |what| matches!(what, What::Arrived(_))).len()
}

/// When parts of this product came to an element, in seconds.
fn came_at(recorded: &Recording, line: &Line, to: &str, product: u32) -> Vec<u64> {
    let wanted = |what| matches!(what, What::Arrived(part) if part.product == product);
    recorded.times(slot(line, to), wanted).iter().map(|time| time / SECOND).collect()
}

#[test]
fn an_assembler_takes_its_main_part_before_a_later_way_does() {
    // A frame comes every 60 s and the assembler needs 10 s: it lacks a frame each time, so none goes to the bin.
    let line = line_of(
        "\"frame\": (), \"wheel\": ()",
        "",
        &[
            ("frames", "Source(product: \"frame\", interarrival: \"60 s\")"),
            ("wheels", "Source(product: \"wheel\")"),
            ("join", "Assembler(cycle: \"10 s\", parts: { \"frame\": 1, \"wheel\": 1 })"),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["frames -> join", "frames -> bin", "wheels -> join -> out"],
    );
    let recorded = record(&line, 36_000);
    assert_eq!(came(&recorded, &line, "bin"), 0);
    assert_eq!(came(&recorded, &line, "out"), 599);
}

#[test]
fn the_first_of_two_equal_elements_takes_what_it_has_room_for_whatever_its_kind() {
    for kind in [
        "Machine(cycle: \"2 s\")",
        "Machine(cycle: \"2 s\", order: FirstCome)",
        "Machine(cycle: \"2 s\", order: EarliestDue)",
        "Batch(cycle: \"1 s\", max: \"3 parts\")",
        "Assembler(cycle: \"2 s\", parts: { \"part\": 1 })",
    ] {
        for (one, other) in
            [(kind, "Machine(cycle: \"2 s\")"), (kind, kind), ("Machine(cycle: \"2 s\")", kind)]
        {
            let elements =
                [("in", "Source(interarrival: \"4 s\")"), ("m 1", one), ("m 2", other), ("out", "Sink()")];
            let line = line("", &elements, &["in -> m 1 -> out", "in -> m 2 -> out"]);
            let recorded = record(&line, 3601);
            let counts = ["m 1", "m 2"].map(|name| came(&recorded, &line, name));
            assert_eq!(counts, [900, 0], "{one} before {other}");
        }
    }
}

#[test]
fn a_way_by_a_robot_that_is_free_is_taken_before_a_later_way() {
    // The robot is free again 5 s after each part has come, and a part comes every 6 s; every 4 s it would be busy for the second.
    let by_robot = |gap: &str| {
        let source = format!("Source(interarrival: \"{gap}\")");
        let line = line(
            "",
            &[
                ("in", &source),
                ("shop", "Sink()"),
                ("yard", "Sink()"),
                ("arm", "Robot(load: \"3 s\", unload: \"2 s\")"),
            ],
            &["in -> shop by arm", "in -> yard"],
        );
        let recorded = record(&line, 601);
        ["shop", "yard"].map(|name| came(&recorded, &line, name))
    };
    assert_eq!(by_robot("6 s"), [99, 0]);
    assert_eq!(by_robot("4 s"), [75, 75]);
}

#[test]
fn a_part_that_a_chooser_does_not_take_goes_on_to_its_next_way_at_the_same_instant() {
    // Two parts come at once; the first element takes the urgent one, as it is due first, and the other goes past it.
    let line = line_of(
        "\"late\": (), \"urgent\": ()",
        "",
        &[
            ("a", "Source(product: \"late\", interarrival: \"60 s\", due: \"1 h\")"),
            ("b", "Source(product: \"urgent\", interarrival: \"60 s\", due: \"5 min\")"),
            ("m", "Machine(cycle: \"30 s\", order: EarliestDue)"),
            ("beside", "Sink()"),
            ("out", "Sink()"),
        ],
        &["a -> m", "a -> beside", "b -> m -> out"],
    );
    let recorded = record(&line, 601);
    assert!(came_at(&recorded, &line, "m", 0).is_empty());
    assert_eq!(came_at(&recorded, &line, "beside", 0)[..3], [60, 120, 180]);
    assert_eq!(came_at(&recorded, &line, "m", 1)[..3], [60, 120, 180]);
}

/// Two sources, written in either order, whose parts come at the same instants to one element.
fn at_one_instant(taker: &str, late_first: bool) -> (Recording, Line) {
    let late = ("a", "Source(product: \"late\", interarrival: \"600 s\", parts: 2, due: \"1 h\")");
    let urgent = ("b", "Source(product: \"urgent\", interarrival: \"600 s\", parts: 2, due: \"5 min\")");
    let (one, other) = if late_first { (late, urgent) } else { (urgent, late) };
    let ways = if late_first { ["a -> m", "b -> m"] } else { ["b -> m", "a -> m"] };
    let line = line_of(
        "\"late\": (), \"urgent\": (priority: 1)",
        "",
        &[one, other, ("m", taker), ("out", "Sink()"), ("w", "Machine(cycle: \"4 min\")")],
        &[&ways[..], &["m -> w -> out"]].concat(),
    );
    (record(&line, 3600), line)
}

#[test]
fn of_all_parts_that_come_at_an_instant_the_best_is_chosen_whatever_the_order_of_the_file() {
    for late_first in [true, false] {
        for taker in [
            "Machine(cycle: \"4 min\", order: EarliestDue)",
            "Machine(cycle: \"4 min\", order: Priority)",
            "Buffer(order: Priority)",
            "Batch(cycle: \"4 min\", max: \"1 part\", order: EarliestDue)",
        ] {
            let (recorded, line) = at_one_instant(taker, late_first);
            // At 600 s and at 1200 s both come, and the urgent one is worked on first.
            let worker = if taker.starts_with("Buffer") { "w" } else { "m" };
            assert_eq!(came_at(&recorded, &line, worker, 1), [600, 1200], "{taker}");
            assert_eq!(came_at(&recorded, &line, worker, 0), [840, 1440], "{taker}");
        }
    }
}

#[test]
fn a_last_in_first_out_store_gives_the_part_that_came_last_at_an_instant() {
    // Both parts are there at 10 s, when the machine is free; that of "b" came last, as sources give in the order of names.
    let line = line_of(
        "\"one\": (), \"two\": ()",
        "",
        &[
            ("a", "Source(product: \"one\", interarrival: \"10 s\", parts: 1)"),
            ("b", "Source(product: \"two\", interarrival: \"10 s\", parts: 1)"),
            ("stack", "Buffer(order: Lifo)"),
            ("m", "Machine(cycle: \"5 s\")"),
            ("out", "Sink()"),
        ],
        &["a -> stack", "b -> stack -> m -> out"],
    );
    let recorded = record(&line, 60);
    assert_eq!((came_at(&recorded, &line, "m", 1), came_at(&recorded, &line, "m", 0)), (vec![10], vec![15]));
}

#[test]
fn parts_made_on_demand_are_chosen_among_at_the_first_instant() {
    for names in [["a", "b"], ["b", "a"]] {
        let [late, urgent] = names;
        let ways = [format!("{late} -> m"), format!("{urgent} -> m -> out")];
        let line = line_of(
            "\"late\": (), \"urgent\": (priority: 1)",
            "",
            &[
                (late, "Source(product: \"late\")"),
                (urgent, "Source(product: \"urgent\", parts: 2)"),
                ("m", "Machine(cycle: \"10 s\", order: Priority)"),
                ("out", "Sink()"),
            ],
            &[&ways[0], &ways[1]],
        );
        let recorded = record(&line, 25);
        assert_eq!(
            (came_at(&recorded, &line, "m", 1), came_at(&recorded, &line, "m", 0)),
            (vec![0, 10], vec![20])
        );
    }
}

#[test]
fn the_shortest_work_is_that_of_the_stop_to_which_the_part_goes() {
    // Both parts come from a stop of their own: there "x" takes 1 s and "y" 9 s, here it is the other way round.
    let text = r#"Line(
        name: "stops", run: (length: "1 h"),
        products: {
            "x": (route: [(to: "first", cycle: "1 s"), (to: "m", cycle: "9 s"), (to: "out")]),
            "y": (route: [(to: "first", cycle: "9 s"), (to: "m", cycle: "1 s"), (to: "out")]),
        },
        elements: {
            "in x": Source(product: "x", parts: 3), "in y": Source(product: "y", parts: 3),
            "first": Machine(places: 6), "rack": Buffer(order: Picked, dwell: "60 s"), "m": Machine(order: Shortest), "out": Sink(),
        },
        flow: ["in x -> first", "in y -> first", "first -> rack -> m -> out"],
    )"#;
    let line = Folder::with(&[("line.ron", text)]).read("line.ron");
    let recorded = record(&line, 600);
    // At 61 s the x's have ripened and one begins; at 70 s the y's are there too, and all of them go before the other x's.
    assert_eq!(came_at(&recorded, &line, "m", 1), [70, 71, 72]);
    assert_eq!(came_at(&recorded, &line, "m", 0), [61, 73, 82]);
}

#[test]
fn the_longest_queue_is_served_first() {
    let line = line_of(
        "\"part\": ()",
        "",
        &[
            ("rack a", "Buffer(initial: 2)"),
            ("rack b", "Buffer(initial: 4)"),
            ("none", "Source(interarrival: \"1 d\", parts: 1)"),
            ("m", "Machine(cycle: \"10 s\", order: LongestQueue)"),
            ("out", "Sink()"),
        ],
        &["none -> rack a -> m -> out", "none -> rack b -> m"],
    );
    let recorded = record(&line, 65);
    let left = |name| -> Vec<u64> {
        recorded
            .times(slot(&line, name), |what| matches!(what, What::Left { .. }))
            .iter()
            .map(|time| time / SECOND)
            .collect()
    };
    // 2 and 4 parts: two of b, then they are level and take turns.
    let (a, b) = (left("rack a"), left("rack b"));
    assert_eq!(b[..2], [0, 10]);
    assert_eq!((a.len(), b.len()), (2, 4));
    assert!(a[0] == 20 || a[0] == 30, "{a:?} {b:?}");
}

#[test]
fn two_grippers_let_no_machine_starve() {
    // The parts of "A" and "B" take turns, as each is asked for when the one before it is promised, and so do the two machines
    // of "A" at their exchanges of 40 s: a quarter of the rounds, a quarter and a half.
    let line = line_of(
        "\"a\": (), \"b\": ()",
        "",
        &[
            ("A", "Source(product: \"a\")"),
            ("B", "Source(product: \"b\")"),
            ("arm", "Robot(load: \"13 s\", unload: \"7 s\", grippers: 2)"),
            ("m 1", "Machine(cycle: \"20 s\")"),
            ("m 2", "Machine(cycle: \"20 s\")"),
            ("m 3", "Machine(cycle: \"20 s\")"),
            ("out", "Sink()"),
        ],
        &[
            "A -> m 1 by arm",
            "A -> m 2 by arm",
            "B -> m 3 by arm",
            "m 1 -> out by arm",
            "m 2 -> out by arm",
            "m 3 -> out by arm",
        ],
    );
    let recorded = record(&line, 36_000);
    let counts = ["m 1", "m 2", "m 3"].map(|machine| came(&recorded, &line, machine));
    assert_eq!(counts, [226, 225, 450]);
    assert!(recorded.times(slot(&line, "arm"), |what| what == What::Became(State::Starved)).is_empty());
}

/// A cell of machines that one robot serves and clears: `shared` of them from one source, the others each from its own.
fn cell(cycles: &[u32], shared: usize, grippers: u32, handling: (u32, u32), order: &str) -> Line {
    let mut elements = vec![(
        "arm".to_owned(),
        format!(
            "Robot(load: \"{} s\", unload: \"{} s\", grippers: {grippers}{order})",
            handling.0, handling.1
        ),
    )];
    let mut flow = Vec::new();
    for (nth, cycle) in cycles.iter().enumerate() {
        let source = if nth < shared { "in".to_owned() } else { format!("in {nth}") };
        if elements.iter().all(|(name, _)| *name != source) {
            elements.push((source.clone(), "Source()".to_owned()));
        }
        elements.push((format!("m {nth}"), format!("Machine(cycle: \"{cycle} s\")")));
        flow.extend([format!("{source} -> m {nth} by arm"), format!("m {nth} -> out by arm")]);
    }
    elements.push(("out".to_owned(), "Sink()".to_owned()));
    let elements: Vec<(&str, &str)> =
        elements.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
    let flow: Vec<&str> = flow.iter().map(String::as_str).collect();
    line("", &elements, &flow)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2026),
        ..Default::default()
    })]

    #[test]
    fn the_order_of_the_file_changes_nothing(plant in any_plant(), seed in any::<u64>()) {
        let journal = |line: &Line| {
            let (recorded, end) = kit::try_record(line, Time(3000 * SECOND));
            let name = |slot: Slot| line.elements[slot.index()].name.clone();
            // The numbers of the elements are those of the file.
            let what = |what: What| match what {
                What::AtWork { busy, purpose, holder } => {
                    (What::AtWork { busy, purpose, holder: Slot(0) }, Some(name(holder)))
                }
                other => (other, None),
            };
            let told: Vec<_> =
                recorded.0.iter().map(|event| (event.time, name(event.element), what(event.what))).collect();
            (told, end.is_err())
        };
        let (as_written, shuffled) = (journal(&plant.line("")), journal(&plant.shuffled(seed).line("")));
        let differs = as_written.0.iter().zip(&shuffled.0).find(|(one, other)| one != other);
        prop_assert!(differs.is_none(), "{differs:?}");
        prop_assert_eq!(as_written.0.len(), shuffled.0.len());
        prop_assert_eq!(as_written.1, shuffled.1);
    }

    #[test]
    fn no_request_that_can_be_done_waits_longer_than_those_before_it_take(
        cycles in proptest::collection::vec(1u32..60, 2..6),
        shared in 0usize..4,
        grippers in 1u32..3,
        handling in (1u32..15, 1u32..15),
    ) {
        let line = cell(&cycles, shared, grippers, handling, "");
        let recorded = record(&line, 7200);
        // Each of the ways in and out is asked for once before it; a round of an exchange takes up and puts down two parts.
        let round = u64::from(handling.0 + handling.1) * if grippers > 1 { 2 } else { 1 };
        let longest = (2 * cycles.len() as u64 + 1) * round;
        prop_assert!(recorded.deliveries().len() > 100);
        for nth in 0..cycles.len() {
            let machine = slot(&line, &format!("m {nth}"));
            let done = recorded.times(machine, |what| matches!(what, What::Completed { .. }));
            let left = recorded.times(machine, |what| matches!(what, What::Left { .. }));
            for (nth_part, done) in done.iter().enumerate().filter(|(_, done)| **done < (7200 - longest) * SECOND) {
                let waited = left.get(nth_part).map(|left| (left - done) / SECOND);
                prop_assert!(waited.is_some_and(|waited| waited <= longest), "m {nth} waits {waited:?} s of {longest} s");
            }
        }
    }
}

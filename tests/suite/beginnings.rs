//! Runs that begin with what lies on the floor today: parts in stores and on belts, work in hand, repairs under way. By hand
//! arithmetic.

use super::kit::{Recording, SECOND, line_of, record, slot};
use taktwin::event::{Part, State, What};
use taktwin::line::Line;

const COLOURS: &str = "\"red\": (), \"blue\": (), \"pallet\": (carrier: true)";

/// When good parts left, in nanoseconds, and of which product they were.
fn good(recorded: &Recording) -> Vec<(u64, u32)> {
    let good = |what| if let What::Delivered(Part { product, .. }) = what { Some(product) } else { None };
    recorded.0.iter().filter_map(|event| good(event.what).map(|product| (event.time.0, product))).collect()
}

/// The same in whole seconds.
fn secs(recorded: &Recording) -> Vec<(u64, u32)> {
    good(recorded).into_iter().map(|(time, product)| (time / SECOND, product)).collect()
}

/// An element between a source of red parts, from which so many come, and a shop to which this way leads.
fn red(parts: &str, written: &str, way: &str) -> Line {
    let source = format!("Source(product: \"red\"{parts})");
    let elements = [("in", source.as_str()), ("m", written), ("out", "Sink()")];
    line_of(COLOURS, "", &elements, &["in -> m", way])
}

/// The same where all that comes out goes on to the shop.
fn through(parts: &str, written: &str) -> Line {
    red(parts, written, "m -> out")
}

const NO_MORE: &str = ", parts: 0";

#[test]
fn a_buffer_may_begin_with_several_products_in_the_order_in_which_they_came() {
    let order = |order: &str| {
        let store = format!("Buffer(order: {order}, initial: [(\"red\", 1), (\"blue\", 2), (\"red\", 1)])");
        let elements = [
            ("in", "Source(product: \"red\", parts: 0)"),
            ("store", store.as_str()),
            ("mill", "Machine(cycle: Constant(\"10 s\"))"),
            ("next", "Buffer(initial: [(\"blue\", 1)])"),
            ("out", "Sink()"),
        ];
        let recorded = record(&line_of(COLOURS, "", &elements, &["in -> store -> mill -> next -> out"]), 100);
        let products: Vec<u32> = good(&recorded).into_iter().map(|(_, product)| product).collect();
        let created = recorded.0.iter().filter(|event| matches!(event.what, What::Created(_))).count();
        assert_eq!((products.len(), created), (5, 5), "all that was there has left");
        products
    };
    // The blue part behind the machine is there already.
    assert_eq!(order("Fifo"), [1, 0, 1, 1, 0]);
    let store = "Buffer(order: Lifo, initial: [(\"red\", 1), (\"blue\", 1)])";
    assert_eq!(secs(&record(&through(NO_MORE, store), 5)), [(0, 1), (0, 0)]);
}

#[test]
fn what_a_buffer_keeps_at_first_ripens_from_the_beginning_on() {
    let store = "Buffer(dwell: Constant(\"7 s\"), initial: [(\"blue\", 2)])";
    assert_eq!(secs(&record(&through(NO_MORE, store), 10)), [(7, 1), (7, 1)]);
}

/// When an element came into a state.
fn became(line: &Line, recorded: &Recording, state: State) -> Vec<u64> {
    let times = recorded.times(slot(line, "m"), |what| what == What::Became(state));
    times.into_iter().map(|time| time / SECOND).collect()
}

#[test]
fn a_machine_may_begin_under_maintenance() {
    // 3 s are left; then parts every 10 s. Due next 50 s after the beginning, and begun when a part is done, at 53 s.
    let plan = "maintenance: [(every: \"50 s\", takes: \"5 s\")]";
    let line = through(
        "",
        &format!("Machine(cycle: Constant(\"10 s\"), {plan}, initial: (maintenance: 0, left: \"3 s\"))"),
    );
    let recorded = record(&line, 70);
    let times: Vec<u64> = secs(&recorded).into_iter().map(|(time, _)| time).collect();
    assert_eq!(times, [13, 23, 33, 43, 53, 68]);
    assert_eq!(became(&line, &recorded, State::Maintenance), [0, 53]);
    // By age it is due 50 s after it was over, at 53 s, when a part is done: no other part is taken before it.
    let aged = through(
        "",
        "Machine(cycle: Constant(\"10 s\"), maintenance: [(every: \"50 s\", takes: \"5 s\", policy: Age)], \
         initial: (maintenance: 0, left: \"3 s\"))",
    );
    assert_eq!(became(&aged, &record(&aged, 70), State::Maintenance), [0, 53]);
    // What interrupts work may do so at first: 3 s, and 4 s of work.
    let at_once = through(
        NO_MORE,
        "Machine(cycle: Constant(\"10 s\"), maintenance: [(every: \"50 s\", takes: \"5 s\", when: AtOnce)], \
         initial: (working: \"4 s\", product: \"blue\", maintenance: 0, left: \"3 s\"))",
    );
    assert_eq!(secs(&record(&at_once, 40)), [(7, 1)]);
}

#[test]
fn a_batch_may_begin_in_the_midst_of_a_run() {
    let batch = |more: &str| format!("Batch(cycle: Constant(\"10 s\"), max: \"3 parts\"{more})");
    // 4 s are left for two blues; then three reds each time.
    let recorded = record(&through("", &batch(", initial: (working: \"4 s\", parts: [(\"blue\", 2)])")), 30);
    assert_eq!(secs(&recorded), [(4, 1), (4, 1), (14, 0), (14, 0), (14, 0), (24, 0), (24, 0), (24, 0)]);
    // Down for 5 s more with that.
    let down = ", breakdowns: [(after: \"1000 s\", repair: \"3 s\")], \
                initial: (working: \"4 s\", parts: [(\"blue\", 2)], down: 0, left: \"5 s\")";
    assert_eq!(secs(&record(&through("", &batch(down)), 15)), [(9, 1), (9, 1)]);
}

#[test]
fn a_batch_may_begin_with_what_it_has_collected() {
    let batch = |more: &str| {
        let batch = "Batch(cycle: Constant(\"10 s\"), max: \"3 parts\", min: \"3 parts\", wait: \"5 s\"";
        format!("{batch}{more}, initial: (parts: [(\"blue\", 1), (\"red\", 1)]))")
    };
    // They wait 5 s for a third; or it comes after 2 s.
    let late = record(&through(", interarrival: Constant(\"40 s\")", &batch("")), 30);
    assert_eq!(secs(&late), [(15, 1), (15, 0)]);
    let soon = record(&through(", interarrival: Constant(\"2 s\"), parts: 1", &batch("")), 30);
    assert_eq!(secs(&soon), [(12, 1), (12, 0), (12, 0)]);
}

#[test]
fn a_conveyor_may_begin_with_parts_on_it() {
    let belt = |more: &str| format!("Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\"{more})");
    // At 12, 9, 6 and 3 m: one leaves at once, the others every 15 s.
    let evenly = belt(", initial: (parts: [(\"blue\", 3), (\"red\", 1)])");
    assert_eq!(secs(&record(&through(NO_MORE, &evenly), 100)), [(0, 1), (15, 1), (30, 1), (45, 0)]);
    // All 25 that fit lie at the pitch, the last at the entrance: 2.5 s from one to the next.
    let full = record(&through(NO_MORE, &belt(", initial: (parts: [(\"blue\", 25)])")), 100);
    let times: Vec<u64> = good(&full).into_iter().map(|(time, _)| time * 2 / SECOND).collect();
    assert_eq!(times, (0..25).map(|nth| nth * 5).collect::<Vec<u64>>());
    // At 6 and 5.5 m: 30 and 32.5 s; and 10 s later if it is down for so long.
    let placed = "parts: [(\"blue\", 2)], at: [\"6 m\", \"5.5 m\"]";
    let at = |more: &str, breakdowns: &str| {
        let belt = belt(&format!("{breakdowns}, initial: ({placed}{more})"));
        good(&record(&through(NO_MORE, &belt), 100)).into_iter().map(|(time, _)| time).collect::<Vec<_>>()
    };
    assert_eq!(at("", ""), [30 * SECOND, 65 * SECOND / 2]);
    let mode = ", breakdowns: [(after: \"1000 s\", repair: \"3 s\")]";
    assert_eq!(at(", down: 0, left: \"10 s\"", mode), [40 * SECOND, 85 * SECOND / 2]);
}

#[test]
fn the_entrance_of_a_conveyor_is_free_once_the_last_part_has_moved_on_by_the_pitch() {
    // It lies at 0.2 m and has to move 0.3 m at 0.2 m/s; then a part every 2.5 s.
    let belt = "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", \
                initial: (parts: [(\"blue\", 1)], at: [\"20 cm\"]))";
    let line = red("", belt, "m -> out");
    let recorded = record(&line, 7);
    let arrived = recorded.times(slot(&line, "m"), |what| matches!(what, What::Arrived(_)));
    assert_eq!(arrived, [3, 8, 13].map(|halves| halves * SECOND / 2));
}

#[test]
fn parts_that_queue_at_the_end_of_a_conveyor_at_first_queue_on() {
    // The machine takes the first at once and works 20 s on each; behind it four lie at the pitch.
    let belt = "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", initial: (parts: [(\"blue\", 4)], \
                at: [\"12 m\", \"11.5 m\", \"11 m\", \"10.5 m\"]))";
    let elements = [
        ("in", "Source(product: \"red\", parts: 0)"),
        ("m", belt),
        ("mill", "Machine(cycle: Constant(\"20 s\"))"),
        ("out", "Sink()"),
    ];
    let line = line_of(COLOURS, "", &elements, &["in -> m -> mill -> out"]);
    let recorded = record(&line, 100);
    assert_eq!(secs(&recorded), [(20, 1), (40, 1), (60, 1), (80, 1)]);
    let done = recorded.times(slot(&line, "m"), |what| matches!(what, What::Completed { .. }));
    // The second is at the end 2.5 s after the first has left, and so are the others after each.
    assert_eq!(done, [0, 5, 45, 85].map(|halves| halves * SECOND / 2));
}

/// Reds that never run dry, blues every 3 s; three blues are built into a red in 5 s.
fn building(how: &str) -> Line {
    let build = format!(
        "Assembler(cycle: Constant(\"5 s\"), parts: {{ \"red\": 1, \"blue\": 3 }}, ahead: 1, initial: ({how}))"
    );
    let elements = [
        ("reds", "Source(product: \"red\")"),
        ("blues", "Source(product: \"blue\", interarrival: Constant(\"3 s\"))"),
        ("m", build.as_str()),
        ("out", "Sink()"),
    ];
    line_of(COLOURS, "", &elements, &["reds -> m", "blues -> m -> out"])
}

#[test]
fn an_assembler_may_begin_with_a_bill_in_work_and_parts_for_the_next() {
    let times = |how: &str| {
        let recorded = record(&building(how), 30);
        secs(&recorded).into_iter().map(|(time, _)| time).collect::<Vec<_>>()
    };
    // Done at 2 s; the blue of 3 s completes the next bill, those of 6, 9 and 12 s the one after, and so on.
    assert_eq!(times("working: \"2 s\", parts: [(\"blue\", 2)]"), [2, 8, 17, 26]);
    // Nothing is in work: a bill that is complete begins at once.
    assert_eq!(times("parts: [(\"red\", 1), (\"blue\", 3)]"), [5, 14, 23]);
    assert_eq!(times("parts: [(\"blue\", 1)]"), [11, 20, 29]);
    // Three blues of a bill in work and one of the next are built in, and none is lost.
    let line = building("working: \"2 s\", parts: [(\"blue\", 1)]");
    let recorded = record(&line, 12);
    let count = |wanted: fn(What) -> bool| recorded.0.iter().filter(|event| wanted(event.what)).count();
    assert_eq!(secs(&recorded), [(2, 0), (11, 0)]);
    assert_eq!(count(|what| matches!(what, What::Merged { .. })), 6);
}

#[test]
fn an_assembler_may_begin_down_and_begins_its_bill_afterwards() {
    let build = |how: &str| {
        let build = format!(
            "Assembler(cycle: Constant(\"5 s\"), parts: {{ \"red\": 1 }}, breakdowns: [(after: \"900 s\", repair: \"2 s\")], \
             maintenance: [(every: \"800 s\", takes: \"2 s\")], initial: ({how}))"
        );
        secs(&record(&through(NO_MORE, &build), 30))
    };
    assert_eq!(build("parts: [(\"red\", 1)], down: 0, left: \"4 s\""), [(9, 0)]);
    assert_eq!(build("parts: [(\"red\", 1)], maintenance: 0, left: \"6 s\""), [(11, 0)]);
    assert_eq!(build("working: \"1 s\", down: 0, left: \"4 s\""), [(5, 0)]);
}

#[test]
fn an_inspection_may_begin_with_a_part_in_hand_or_down() {
    let test = |initial: &str, finds: &str| {
        let written = format!(
            "Inspection(cycle: Constant(\"6 s\"), {finds}, breakdowns: [(after: \"1 h\", repair: \"1 min\")], initial: ({initial}))"
        );
        let elements = [
            ("in", "Source(product: \"red\", parts: 1)"),
            ("m", written.as_str()),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ];
        let line = line_of(COLOURS, "", &elements, &["in -> m", "m.pass -> out", "m.fail -> bin"]);
        let recorded = record(&line, 60);
        let scrapped = recorded.times(slot(&line, "bin"), |what| matches!(what, What::Scrapped(_)));
        (secs(&recorded), scrapped.into_iter().map(|time| time / SECOND).collect::<Vec<_>>())
    };
    let blue = "working: \"2 s\", product: \"blue\"";
    assert_eq!(test(blue, "defects: 0"), (vec![(2, 1), (8, 0)], vec![]));
    // Every part has a defect, that one too; and it is inspected although only every third part is.
    assert_eq!(test(blue, "defects: 1"), (vec![], vec![2, 8]));
    assert_eq!(test(blue, "defects: 1, sample: Every(3)"), (vec![(2, 0)], vec![2]));
    assert_eq!(test("down: 0, left: \"4 s\"", "defects: 0"), (vec![(10, 0)], vec![]));
    assert_eq!(
        test(&format!("{blue}, down: 0, left: \"4 s\""), "defects: 0"),
        (vec![(6, 1), (12, 0)], vec![])
    );
}

#[test]
fn carriers_may_be_packed_and_unpacked_when_the_run_begins() {
    // The packer has a pallet of three reds in work for 1 s, the unpacker one of two blues for 4 s; each takes 6 s.
    let elements = [
        ("in", "Source(product: \"red\", parts: 3)"),
        (
            "pack",
            "Packer(cycle: Constant(\"6 s\"), carrier: \"pallet\", holds: 3, initial: (working: \"1 s\", product: \"red\"))",
        ),
        (
            "unpack",
            "Unpacker(cycle: Constant(\"6 s\"), initial: (working: \"4 s\", product: \"pallet\", parts: [(\"blue\", 2)]))",
        ),
        ("empty", "Buffer()"),
        ("out", "Sink()"),
    ];
    let flow = ["in -> pack -> unpack", "unpack.parts -> out", "unpack.carrier -> empty -> pack"];
    let line = line_of(COLOURS, "", &elements, &flow);
    let recorded = record(&line, 60);
    // Two blues at 4 s; the pallet that waited since 1 s at 10. The three reds of the source went to the first empty pallet,
    // at 4 s: packed and unpacked at 10 and 16 s.
    assert_eq!(secs(&recorded), [(4, 1), (4, 1), (10, 0), (10, 0), (10, 0), (16, 0), (16, 0), (16, 0)]);
    let created = recorded.0.iter().filter(|event| matches!(event.what, What::Created(_))).count();
    assert_eq!(created, 8 + 2, "the parts that left, and two pallets");
}

#[test]
fn a_part_may_be_taken_apart_when_the_run_begins() {
    let open = "Disassembler(cycle: Constant(\"10 s\"), gives: { \"blue\": 2 }, initial: (working: \"3 s\", product: \"red\"))";
    let line = red(", parts: 1", open, "m.blue -> out");
    assert_eq!(secs(&record(&line, 40)), [(3, 1), (3, 1), (13, 1), (13, 1)]);
}

//! Deadlocks of assemblers, batches, lots and carriers, and lines that only seem to be stuck.

use super::kit;
use super::stuck::{names, run};
use taktwin::flow::Stuck;
use taktwin::line::Line;

const PAIRS: &str = "\"a\": (), \"b\": ()";

const PAIR: &str = "Assembler(cycle: Constant(\"5 s\"), parts: { \"a\": 1, \"b\": 1 })";

#[test]
fn an_assembler_before_which_only_the_wrong_parts_stand_is_a_deadlock() {
    // Nobody is in a loop. The lane brings a's until one that is not needed stands first, and b's behind it never come.
    let line = kit::line_of(
        PAIRS,
        "",
        &[
            ("as", "Source(product: \"a\", interarrival: Constant(\"10 s\"))"),
            ("bs", "Source(product: \"b\", interarrival: Constant(\"25 s\"))"),
            ("lane", "Buffer(capacity: 3)"),
            ("build", PAIR),
            ("out", "Sink()"),
        ],
        &["as -> lane", "bs -> lane", "lane -> build -> out"],
    );
    match run(line.clone()) {
        Err(Stuck::Deadlock(circle)) => assert_eq!(names(&line, &circle), ["build", "lane"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn parts_that_come_on_ways_of_their_own_never_lock_an_assembler() {
    // The slower of two feeders sets the pace: a pair every 25 s, the first at 30.
    let line = kit::line_of(
        PAIRS,
        "",
        &[
            ("as", "Source(product: \"a\", interarrival: Constant(\"10 s\"))"),
            ("bs", "Source(product: \"b\", interarrival: Constant(\"25 s\"))"),
            ("lane a", "Buffer(capacity: 3)"),
            ("lane b", "Buffer(capacity: 3)"),
            ("build", PAIR),
            ("out", "Sink()"),
        ],
        &["as -> lane a", "bs -> lane b", "lane a -> build", "lane b -> build", "build -> out"],
    );
    assert_eq!(run(line), Ok(10 * 86_400 / 25 - 1));
}

/// A store from which the assembler may pick any part; so many a's come at the start, and three b's, one each hour.
fn picked(a: u32) -> Line {
    kit::line_of(
        PAIRS,
        "",
        &[
            ("as", &format!("Source(product: \"a\", parts: {a})")),
            ("bs", "Source(product: \"b\", interarrival: Constant(\"1 h\"), parts: 3)"),
            ("store", "Buffer(capacity: 3, order: Picked)"),
            ("build", PAIR),
            ("out", "Sink()"),
        ],
        &["as -> store", "bs -> store", "store -> build -> out"],
    )
}

#[test]
fn a_part_that_may_still_come_is_waited_for() {
    // One a is in the assembler and two are in the store, which has room for the b's that come once an hour.
    assert_eq!(run(picked(3)), Ok(3));
}

#[test]
fn a_store_full_of_what_nobody_needs_is_a_deadlock() {
    let line = picked(4);
    match run(line.clone()) {
        Err(Stuck::Deadlock(circle)) => assert_eq!(names(&line, &circle), ["build", "store"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_assembler_that_gets_no_more_parts_rests() {
    let line = kit::line_of(
        PAIRS,
        "",
        &[
            ("as", "Source(product: \"a\")"),
            ("bs", "Source(product: \"b\", parts: 7)"),
            ("cut", "Machine(cycle: Constant(\"1 s\"))"),
            ("build", PAIR),
            ("out", "Sink()"),
        ],
        &["as -> cut -> build", "bs -> build", "build -> out"],
    );
    assert_eq!(run(line), Ok(7));
}

#[test]
fn a_batch_that_waits_for_parts_behind_others_is_a_deadlock() {
    // Runs of at least two of one product, out of a lane in which a's and b's take turns.
    let line = |wait: &str| {
        let oven = format!(
            "Batch(cycle: Constant(\"60 s\"), max: \"4 parts\", min: \"2 parts\", together: Product{wait})"
        );
        kit::line_of(
            PAIRS,
            "",
            &[
                ("as", "Source(product: \"a\", interarrival: Constant(\"100 s\"))"),
                ("bs", "Source(product: \"b\", interarrival: Constant(\"100 s\"))"),
                ("lane", "Buffer()"),
                ("oven", &oven),
                ("out", "Sink()"),
            ],
            &["as -> lane", "bs -> lane", "lane -> oven -> out"],
        )
    };
    let locked = line("");
    match run(locked.clone()) {
        Err(Stuck::Deadlock(circle)) => assert_eq!(names(&locked, &circle), ["lane", "oven"]),
        other => panic!("{other:?}"),
    }
    // With an end to the waiting only time is waited for: 60 s of work after at most 90 s.
    let delivered = run(line(", wait: \"90 s\"")).expect("a line that goes on");
    assert!(delivered > 10 * 86_400 / 151, "{delivered}");
    // Before each maintenance it runs the one part that it has.
    let maintained = line(", maintenance: [(every: \"10 min\", takes: \"1 min\", when: WhenEmpty)]");
    assert_eq!(run(maintained), Ok(10 * 86_400 / 600 - 1));
}

#[test]
fn a_repair_before_an_assembler_is_no_deadlock() {
    // The lane is full of a's and the only b is in a machine under repair for an hour; it has a way of its own.
    let line = kit::line_of(
        PAIRS,
        "",
        &[
            ("as", "Source(product: \"a\")"),
            ("bs", "Source(product: \"b\")"),
            ("lane", "Buffer(capacity: 2)"),
            (
                "cut",
                "Machine(cycle: Constant(\"10 s\"), breakdowns: [(after: Constant(\"5 s\"), repair: Constant(\"1 h\"))])",
            ),
            ("build", PAIR),
            ("out", "Sink()"),
        ],
        &["as -> lane -> build", "bs -> cut -> build", "build -> out"],
    );
    // A b takes 10 s and two repairs but for the first, which takes one: the last of ten days is the 120th, finished at
    // 10 × 120 + 3600 × 239 s.
    assert_eq!(run(line), Ok(120));
}

#[test]
fn a_robot_before_a_lane_of_the_wrong_parts_is_in_the_circle() {
    let line = kit::line_of(
        PAIRS,
        "",
        &[
            ("as", "Source(product: \"a\", interarrival: Constant(\"10 s\"))"),
            ("bs", "Source(product: \"b\", interarrival: Constant(\"25 s\"))"),
            ("lane", "Buffer(capacity: 3)"),
            ("build", PAIR),
            ("out", "Sink()"),
            ("arm", "Robot(load: \"1 s\")"),
        ],
        &["as -> lane", "bs -> lane", "lane -> build by arm", "build -> out"],
    );
    match run(line.clone()) {
        Err(Stuck::Deadlock(circle)) => assert_eq!(names(&line, &circle), ["arm", "build", "lane"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_part_that_stands_behind_one_nobody_needs_locks_two_lanes() {
    // Of every box come three a's and then a b. The second box cannot give its third a while the lane of a's is full, and
    // the b behind it never comes.
    let line = kit::line_of(
        "\"box\": (), \"a\": (), \"b\": ()",
        "",
        &[
            ("in", "Source(product: \"box\")"),
            ("open", "Disassembler(cycle: Constant(\"1 s\"), gives: { \"a\": 3, \"b\": 1 })"),
            ("lane a", "Buffer(capacity: 2)"),
            ("lane b", "Buffer(capacity: 2)"),
            ("build", PAIR),
            ("out", "Sink()"),
        ],
        &["in -> open", "open.a -> lane a -> build", "open.b -> lane b -> build", "build -> out"],
    );
    match run(line.clone()) {
        Err(Stuck::Deadlock(circle)) => {
            assert_eq!(names(&line, &circle), ["build", "lane a", "lane b", "open"]);
            let order: Vec<&str> =
                circle.iter().map(|slot| line.elements[slot.index()].name.as_str()).cycle().take(5).collect();
            let waits = |one, other| order.windows(2).any(|pair| pair == [one, other]);
            assert!(waits("build", "lane b") && waits("lane b", "open"), "{order:?}");
        }
        other => panic!("{other:?}"),
    }
}

/// Boxes on pallets to and fro, with four places for the empty ones; so many pallets are there at first or come later.
fn pallets(initial: u32, later: u32) -> Line {
    kit::line_of(
        "\"box\": (), \"pallet\": (carrier: true)",
        "",
        &[
            ("in", "Source(product: \"box\")"),
            ("new", &format!("Source(product: \"pallet\", parts: {later})")),
            ("pack", "Packer(cycle: Constant(\"10 s\"), carrier: \"pallet\", holds: 2)"),
            ("lane", "Buffer(capacity: 1)"),
            ("unpack", "Unpacker(cycle: Constant(\"10 s\"))"),
            ("empty", &format!("Buffer(product: \"pallet\", initial: {initial}, capacity: 4)")),
            ("out", "Sink()"),
        ],
        &[
            "in -> pack -> lane -> unpack",
            "unpack.parts -> out",
            "unpack.carrier -> empty -> pack",
            "new -> empty",
        ],
    )
}

#[test]
fn a_circle_of_carriers_runs_as_long_as_one_of_them_has_room_to_move() {
    // Packer, lane, unpacker and four places hold seven. A pallet every 10 s, with a single one every 20.
    for (initial, later) in [(1, 0), (2, 0), (4, 0), (0, 6), (4, 2)] {
        let delivered = run(pallets(initial, later)).expect("a circle that moves");
        let rounds = if initial + later == 1 { 10 * 86_400 / 20 } else { 10 * 86_400 / 10 - 1 };
        assert_eq!(delivered, 2 * rounds, "{initial} carriers and {later}");
    }
}

#[test]
fn a_circle_full_of_carriers_is_a_deadlock() {
    let line = pallets(0, 7);
    match run(line.clone()) {
        Err(Stuck::Deadlock(circle)) => {
            assert_eq!(names(&line, &circle), ["empty", "lane", "pack", "unpack"])
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_circle_that_lost_its_last_carrier_is_a_deadlock() {
    // The only pallet goes out with the first boxes that are not taken off; nobody else could bring one.
    let line = kit::line_of(
        "\"box\": (), \"pallet\": (carrier: true)",
        "",
        &[
            ("in", "Source(product: \"box\")"),
            ("pack", "Packer(cycle: Constant(\"10 s\"), carrier: \"pallet\", holds: 2)"),
            ("ship", "Machine(cycle: Constant(\"1 s\"))"),
            ("unpack", "Unpacker(cycle: Constant(\"10 s\"))"),
            ("empty", "Buffer(product: \"pallet\", initial: 1)"),
            ("out", "Sink()"),
        ],
        &[
            "in -> pack -> ship",
            "ship -> out 50 %",
            "ship -> unpack 50 %",
            "unpack.parts -> out",
            "unpack.carrier -> empty -> pack",
        ],
    );
    match run(line.clone()) {
        Err(Stuck::Deadlock(circle)) => {
            assert_eq!(names(&line, &circle), ["empty", "pack", "ship", "unpack"]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_lot_that_waits_for_parts_behind_others_is_a_deadlock() {
    // Lots of two of one product, out of a lane in which a's and b's take turns; from a store they can be picked.
    let line = |lane: &str, wait: &str| {
        let setup = format!("(time: Constant(\"10 s\"), min_lot: 2{wait})");
        let press = format!("Machine(cycle: Constant(\"30 s\"), setup: {setup})");
        kit::line_of(
            PAIRS,
            "",
            &[
                ("as", "Source(product: \"a\", interarrival: Constant(\"100 s\"))"),
                ("bs", "Source(product: \"b\", interarrival: Constant(\"100 s\"))"),
                ("lane", lane),
                ("press", &press),
                ("out", "Sink()"),
            ],
            &["as -> lane", "bs -> lane", "lane -> press -> out"],
        )
    };
    let locked = line("Buffer()", "");
    match run(locked.clone()) {
        Err(Stuck::Deadlock(circle)) => assert_eq!(names(&locked, &circle), ["lane", "press"]),
        other => panic!("{other:?}"),
    }
    let delivered = run(line("Buffer(order: Picked)", "")).expect("a line that goes on");
    // Two parts every 100 s, of which the last few are inside.
    assert!((17_270..=17_280).contains(&delivered), "{delivered}");
    // Who waits so long at most waits for time: 50 s before each changeover of 10 s, and the first part at 130 s.
    let delivered = run(line("Buffer()", ", wait: \"50 s\"")).expect("a line that goes on");
    assert_eq!(delivered, 1 + (10 * 86_400 - 130) / 90);
}

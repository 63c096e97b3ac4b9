//! Who comes next: the order of buffers, of those who wait for one place, and of the ways out of one element.

use super::kit::{Folder, Recording, layout, line, record, slot};
use taktwin::event::What;
use taktwin::line::Line;

/// The numbers of the delivered parts, in order; parts are numbered as they come into the line.
fn delivered(recorded: &Recording) -> Vec<u64> {
    let number = |what| if let What::Delivered(part) = what { Some(part.serial) } else { None };
    recorded.0.iter().filter_map(|event| number(event.what)).collect()
}

/// Plain parts come at 1, 2 and 3 s, one in a hurry at 4 s, to a machine that needs 10 s for each.
fn queue(order: &str) -> Line {
    let buffer = format!("Buffer(order: {order})");
    let elements = [
        ("in", "Source(product: \"plain\", arrivals: (csv: \"t.csv\", column: \"t\"))"),
        ("rush", "Source(product: \"rush\", interarrival: Constant(\"4 s\"), parts: 1)"),
        ("rack", &buffer),
        ("m", "Machine(cycle: Constant(\"10 s\"))"),
        ("out", "Sink()"),
    ];
    let text = layout("", &elements, &["in -> rack -> m -> out", "rush -> rack"])
        .replace("\"part\": ()", "\"plain\": (), \"rush\": (priority: 1)");
    Folder::with(&[("t.csv", "t\n1\n2\n3\n"), ("line.ron", &text)]).read("line.ron")
}

#[test]
fn a_buffer_gives_its_parts_in_its_order() {
    for (order, expected) in [("Fifo", [0, 1, 2, 3]), ("Lifo", [0, 3, 2, 1]), ("Priority", [0, 3, 1, 2])] {
        assert_eq!(delivered(&record(&queue(order), 60)), expected, "{order}");
    }
}

#[test]
fn whoever_has_waited_longest_for_a_place_gets_it_first() {
    // Done at 5, 3 and 4 s; the first place goes to the one of 3 s, then they come in the order in which they wait, and
    // each comes back behind the others.
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("a", "Machine(cycle: Constant(\"5 s\"))"),
            ("b", "Machine(cycle: Constant(\"3 s\"))"),
            ("c", "Machine(cycle: Constant(\"4 s\"))"),
            ("wash", "Machine(cycle: Constant(\"20 s\"))"),
            ("out", "Sink()"),
        ],
        &["in -> a -> wash -> out", "in -> b -> wash", "in -> c -> wash"],
    );
    let recorded = record(&line, 200);
    let from = |name| slot(&line, name);
    let machines = [from("a"), from("b"), from("c")];
    let left = recorded.0.iter().filter(|event| matches!(event.what, What::Left { .. }));
    let givers: Vec<_> = left.map(|event| event.element).filter(|giver| machines.contains(giver)).collect();
    let turn = [from("b"), from("c"), from("a")];
    assert_eq!(givers[..9], [turn, turn, turn].concat());
}

#[test]
fn a_part_without_shares_takes_the_first_way_that_has_room() {
    // The first needs 25 s, the second 45 s, and a part comes every 10 s: the third waits for the first until 35 s.
    let line = line(
        "",
        &[
            ("in", "Source(interarrival: Constant(\"10 s\"), parts: 4)"),
            ("first", "Machine(cycle: Constant(\"25 s\"))"),
            ("second", "Machine(cycle: Constant(\"45 s\"))"),
            ("out", "Sink()"),
        ],
        &["in -> first -> out", "in -> second -> out"],
    );
    let recorded = record(&line, 200);
    let came = |name| recorded.times(slot(&line, name), |what| matches!(what, What::Arrived(_)));
    let secs = |times: Vec<u64>| times.iter().map(|t| t / super::kit::SECOND).collect::<Vec<u64>>();
    assert_eq!(secs(came("first")), [10, 35, 60]);
    assert_eq!(secs(came("second")), [20]);
}

#[test]
fn shares_are_kept_in_the_long_run() {
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("m", "Machine(cycle: Constant(\"1 s\"))"),
            ("good", "Sink()"),
            ("bad", "Sink(scrap: true)"),
        ],
        &["in -> m -> good 93 %", "m -> bad 7 %"],
    );
    let recorded = record(&line, 40_000);
    let scrapped = recorded.times(slot(&line, "bad"), |what| matches!(what, What::Scrapped(_))).len() as f64;
    // 2800 of 40,000, within four standard deviations of a binomial distribution.
    assert!((scrapped - 2800.0).abs() < 4.0 * (40_000.0f64 * 0.07 * 0.93).sqrt(), "{scrapped}");
}

//! Carriers, such as pallets: packed, unpacked, going round, and leaving with their load.

use super::assembly::{HOUR, PALLETS, delivered, deliveries, inside, parts};
use super::kit::{SECOND, SURE, agrees, kpi, line_of, record, study};
use taktwin::event::{Part, What};
use taktwin::line::Line;

/// Boxes, one a second, three on a pallet in 4 s, off it again in so many; so many pallets go round.
fn circle(pallets: u32, unpack: u32) -> Line {
    let empty = format!("Buffer(product: \"pallet\", initial: {pallets})");
    let unpacker = format!("Unpacker(cycle: Constant(\"{unpack} s\"))");
    line_of(
        PALLETS,
        "",
        &[
            ("in", "Source(product: \"box\")"),
            ("cut", "Machine(cycle: Constant(\"1 s\"))"),
            ("pack", "Packer(cycle: Constant(\"4 s\"), carrier: \"pallet\", holds: 3)"),
            ("lane", "Buffer()"),
            ("unpack", &unpacker),
            ("empty", &empty),
            ("out", "Sink()"),
        ],
        &["in -> cut -> pack -> lane -> unpack", "unpack.parts -> out", "unpack.carrier -> empty -> pack"],
    )
}

#[test]
fn parts_go_into_carriers_and_come_out_as_they_were() {
    // Boxes come at 1, 2 and 3 s, the pallet is packed at 7; the next boxes at 7 (it waited), 8 and 9 s, packed at 13.
    let line = circle(2, 2);
    let recorded = record(&line, 22);
    assert_eq!(deliveries(&recorded), [9, 9, 9, 15, 15, 15, 21, 21, 21]);
    let boxes = parts(&recorded, delivered);
    assert!(boxes.iter().all(|part| line.products[part.product as usize].name == "box"));
    // The third waits in the saw from 3 s on for the pallet to leave at 7.
    let entered: Vec<u64> = boxes.iter().map(|part| part.entered.0 / SECOND).collect();
    assert_eq!(entered, [0, 1, 2, 3, 7, 8, 9, 13, 14]);
    let made = parts(&recorded, |what| if let What::Created(part) = what { Some(part) } else { None });
    let numbers = |parts: &[Part]| parts.iter().map(|part| part.serial).collect::<Vec<_>>();
    let made: Vec<Part> = made.into_iter().filter(|part| part.product == 0).collect();
    assert_eq!(numbers(&boxes), numbers(&made)[..9], "every box comes out under its own number");
    // What is on a pallet is seen inside.
    assert_eq!(inside(&line, 22), made.len() + 2 - boxes.len());
}

#[test]
fn carriers_that_run_short_stop_the_packer() {
    // Unpacking takes 8 s and is the bottleneck for two pallets. A single one is away from 7 to 15 s, and is packed again
    // at 19: a round takes 12 s.
    assert_eq!(
        deliveries(&record(&circle(2, 8), 40)).iter().step_by(3).collect::<Vec<_>>(),
        [&15, &23, &31, &39]
    );
    assert_eq!(deliveries(&record(&circle(1, 8), 40)).iter().step_by(3).collect::<Vec<_>>(), [&15, &27, &39]);
}

#[test]
fn circulating_carriers_are_a_closed_queueing_network() {
    // Two exponential stations of equal rates and n carriers between them: mu n / (n + 1) (Gordon and Newell 1967).
    for carriers in [1, 2, 5] {
        let empty = format!("Buffer(product: \"pallet\", initial: {carriers})");
        let line = line_of(
            PALLETS,
            &format!("warm_up: \"500 s\", length: \"20000 s\", replications: 20, seed: 4, {SURE}"),
            &[
                ("in", "Source(product: \"box\")"),
                ("pack", "Packer(cycle: Exponential(\"1 s\"), carrier: \"pallet\", holds: 1)"),
                ("lane", "Buffer()"),
                ("unpack", "Unpacker(cycle: Exponential(\"1 s\"))"),
                ("empty", &empty),
                ("out", "Sink()"),
            ],
            &["in -> pack -> lane -> unpack", "unpack.parts -> out", "unpack.carrier -> empty -> pack"],
        );
        let n = f64::from(carriers);
        let study = study(&line);
        agrees(kpi(&study, "throughput"), HOUR * n / (n + 1.0), 0.01);
        // The carriers, their loads, and the box that waits in the packer while no carrier is there.
        let wip = kpi(&study, "wip").mean;
        assert!((n + 1.0..2.0 * n + 1.0).contains(&wip), "{wip}");
    }
}

#[test]
fn a_carrier_that_leaves_delivers_its_load_and_is_no_part_itself() {
    // Items in cartons, cartons on pallets, all the way to the sink.
    let line = line_of(
        "\"item\": (), \"carton\": (carrier: true), \"pallet\": (carrier: true)",
        "warm_up: \"0 s\", length: \"1000 s\", replications: 2",
        &[
            ("in", "Source(product: \"item\")"),
            ("cartons", "Source(product: \"carton\")"),
            ("pallets", "Source(product: \"pallet\")"),
            ("fill", "Packer(cycle: Constant(\"10 s\"), carrier: \"carton\", holds: 4)"),
            ("stack", "Packer(cycle: Constant(\"1 s\"), carrier: \"pallet\", of: \"carton\", holds: 3)"),
            ("wrap", "Machine(cycle: Constant(\"2 s\"))"),
            ("out", "Sink()"),
        ],
        &["in -> fill", "cartons -> fill -> stack", "pallets -> stack -> wrap -> out"],
    );
    // A carton every 10 s, a pallet of three at 30 s and every 30 s, stacked and wrapped 3 s later: 33 pallets in 1000 s.
    let recorded = record(&line, 1000);
    let count = |wanted: fn(What) -> bool| recorded.0.iter().filter(|event| wanted(event.what)).count();
    assert_eq!(recorded.deliveries().len(), 33 * 12);
    assert_eq!(count(|what| matches!(what, What::Withdrawn(_))), 33 * 4);
    let study = study(&line);
    assert_eq!(kpi(&study, "finished").mean, 396.0);
    // All invariants were checked; lead times are those of the items: four wait for each other in every carton.
    assert!(kpi(&study, "lead_time").mean > 13.0);
}

#[test]
fn a_loaded_carrier_that_is_built_in_takes_its_load_along() {
    // A pallet of two boxes is boxed up as one shipment: two boxes become pieces, and one good part leaves.
    let line = line_of(
        "\"box\": (), \"pallet\": (carrier: true), \"hood\": (), \"shipment\": ()",
        "warm_up: \"0 s\", length: \"1000 s\", replications: 1",
        &[
            ("in", "Source(product: \"box\")"),
            ("pallets", "Source(product: \"pallet\")"),
            ("hoods", "Source(product: \"hood\")"),
            ("pack", "Packer(cycle: Constant(\"10 s\"), carrier: \"pallet\", holds: 2)"),
            (
                "ship",
                "Assembler(cycle: Constant(\"1 s\"), parts: { \"pallet\": 1, \"hood\": 1 }, makes: \"shipment\")",
            ),
            ("out", "Sink()"),
        ],
        &["in -> pack", "pallets -> pack -> ship", "hoods -> ship -> out"],
    );
    let recorded = record(&line, 1000);
    let merged = recorded.0.iter().filter(|event| matches!(event.what, What::Merged { .. })).count();
    assert_eq!((recorded.deliveries().len(), merged), (99, 99 * 3));
    assert_eq!(kpi(&study(&line), "finished").mean, 99.0);
}

#[test]
fn a_loaded_carrier_takes_one_place_of_a_machine_with_several() {
    let line = line_of(
        PALLETS,
        "warm_up: \"0 s\", length: \"100 s\", replications: 2",
        &[
            ("in", "Source(product: \"box\")"),
            ("pack", "Packer(cycle: Constant(\"10 s\"), carrier: \"pallet\", holds: 3)"),
            ("wrap", "Machine(cycle: Constant(\"40 s\"), places: 2)"),
            ("empty", "Buffer(product: \"pallet\", initial: 1)"),
            ("out", "Sink()"),
        ],
        &["in -> pack -> wrap -> out", "empty -> pack"],
    );
    // The only pallet is in one of the two places from 10 to 50 s.
    let study = study(&line);
    let share = study.elements()[2].part("states", "working").expect("a share").mean;
    assert!((share - 0.2).abs() < 1e-12, "{share}");
}

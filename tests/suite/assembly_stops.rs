//! Maintenance and breakdowns of assemblers, disassemblers and packers.

use super::assembly::{BIKES, PALLETS, deliveries, parts};
use super::kit::{Folder, Recording, SECOND, layout_of, line_of, record, slot};
use taktwin::event::{State, What};
use taktwin::line::Line;

/// Frames and wheels that never run dry; a wheel takes so long and an assembly 5 s.
fn bikes_with_a_bin(wheel: u64, how: &str) -> Line {
    let assembler = format!(
        "Assembler(cycle: Constant(\"5 s\"), parts: {{ \"frame\": 1, \"wheel\": 4 }}, makes: \"bike\"{how})"
    );
    let (spoke, scraps) = (format!("Machine(cycle: Constant(\"{wheel} s\"))"), how.contains("Scrap"));
    let mut elements = vec![
        ("frames", "Source(product: \"frame\")"),
        ("rims", "Source(product: \"wheel\")"),
        ("spoke", spoke.as_str()),
        ("build", assembler.as_str()),
        ("out", "Sink()"),
    ];
    let mut flow = vec!["frames -> build", "rims -> spoke -> build", "build -> out"];
    if scraps {
        elements.push(("bin", "Sink(scrap: true)"));
        flow.push("build.scrap -> bin");
    }
    line_of(BIKES, "", &elements, &flow)
}

/// When an element was down for maintenance, in whole seconds.
fn maintained(line: &Line, recorded: &Recording, name: &str) -> Vec<u64> {
    let begun = recorded.times(slot(line, name), |what| what == What::Became(State::Maintenance));
    begun.into_iter().map(|time| time / SECOND).collect()
}

#[test]
fn maintenance_comes_before_the_next_bill_even_if_that_is_complete() {
    // Four wheels at 4 s, and the four of the next bill at 8 s: it could begin at 9 s, when the first bike is ready. What is
    // due at 7, 14 and 21 s comes between, and a part leaves before it.
    let line = bikes_with_a_bin(1, ", ahead: 1, maintenance: [(every: \"7 s\", takes: \"2 s\")]");
    let recorded = record(&line, 26);
    assert_eq!(deliveries(&recorded), [9, 16, 23]);
    assert_eq!(maintained(&line, &recorded, "build"), [9, 16, 23]);
}

#[test]
fn maintenance_of_an_empty_assembler_does_not_wait_for_the_rest_of_a_bill() {
    // At 19 s a frame and a wheel lie there: they stay, and it is maintained until 23 s. The other wheels come at 23 (it
    // waited since 20), 26 and 29. At 38 s it is the same with two wheels: the others come at 42 and 45.
    let how = ", maintenance: [(every: \"19 s\", takes: \"4 s\", when: WhenEmpty)]";
    let line = bikes_with_a_bin(3, how);
    let recorded = record(&line, 50);
    assert_eq!(deliveries(&recorded), [17, 34, 50]);
    assert_eq!(maintained(&line, &recorded, "build"), [19, 38]);
}

#[test]
fn maintenance_of_an_empty_assembler_waits_for_the_robot_that_is_on_its_way() {
    // The robot sets out with the first wheel at 10 s and is there at 16 s; maintenance is due at 12 s. The other wheel
    // is brought from 21 s on.
    let plan = "(every: \"12 s\", takes: \"5 s\", when: WhenEmpty, policy: Age)";
    let build = format!(
        "Assembler(cycle: Constant(\"5 s\"), parts: {{ \"frame\": 1, \"wheel\": 2 }}, maintenance: [{plan}])"
    );
    let line = line_of(
        BIKES,
        "",
        &[
            ("frames", "Source(product: \"frame\")"),
            ("wheels", "Source(product: \"wheel\", interarrival: Constant(\"10 s\"))"),
            ("build", &build),
            ("arm", "Robot(load: Constant(\"3 s\"), unload: Constant(\"3 s\"))"),
            ("out", "Sink()"),
        ],
        &["frames -> build", "wheels -> build by arm", "build -> out"],
    );
    let recorded = record(&line, 42);
    // The second wheel is there at 27, in work until 32, when the robot sets out with the third; the next maintenance is due
    // at 33, 12 s after the last, and waits for that until 38.
    assert_eq!(maintained(&line, &recorded, "build"), [16, 38]);
    assert_eq!(deliveries(&recorded), [32]);
}

#[test]
fn a_breakdown_that_scraps_a_bill_throws_away_all_its_parts_and_none_of_the_next() {
    // The second bike is spoilt after 3 s of its work, at 29 s; its five parts leave when it is up again at 35 s. A wheel
    // has waited since 29 s, the others come at 38, 41 and 44.
    let how = ", breakdowns: [(after: Constant(\"8 s\"), repair: Constant(\"6 s\"), part: Scrap)]";
    let line = bikes_with_a_bin(3, how);
    let recorded = record(&line, 60);
    assert_eq!(deliveries(&recorded), [17, 49]);
    let bin = recorded.times(slot(&line, "bin"), |what| matches!(what, What::Scrapped(_)));
    assert_eq!(bin, [35 * SECOND; 5]);
    let spoilt = parts(&recorded, |what| if let What::Scrapped(part) = what { Some(part) } else { None });
    assert_eq!(spoilt.iter().filter(|part| part.product == 0).count(), 1, "a frame, which is no bike");

    // With a bill ahead the third one is complete by then, and begins as soon as the five have left.
    let ahead = record(&bikes_with_a_bin(1, &format!(", ahead: 1{how}")), 60);
    // In work from 4, 9 (spoilt at 12, up at 18), 18, 23 (spoilt at 26, up at 32), 32 s.
    assert_eq!(deliveries(&ahead), [9, 23, 37, 51]);
}

#[test]
fn a_part_that_is_spoilt_while_it_is_taken_apart_leaves_as_a_whole() {
    let open = "Disassembler(cycle: Constant(\"10 s\"), gives: { \"box\": 1, \"item\": 4 }, \
                breakdowns: [(after: Constant(\"14 s\"), repair: Constant(\"3 s\"), part: Scrap)])";
    let line = line_of(
        "\"full\": (), \"box\": (), \"item\": ()",
        "",
        &[
            ("in", "Source(product: \"full\")"),
            ("open", open),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
            ("spoilt", "Sink(scrap: true)"),
        ],
        &["in -> open", "open.item -> out", "open.box -> bin", "open.scrap -> spoilt"],
    );
    // Spoilt at 14 s, away at 17; done at 27 and spoilt at 31, away at 34.
    let recorded = record(&line, 40);
    assert_eq!(deliveries(&recorded), [10, 10, 10, 10, 27, 27, 27, 27]);
    let spoilt = slot(&line, "spoilt");
    assert_eq!(recorded.times(spoilt, |what| matches!(what, What::Scrapped(_))), [17 * SECOND, 34 * SECOND]);
    let arrived = recorded.0.iter().filter(|event| event.element == spoilt);
    let wholes = arrived.filter(|event| matches!(event.what, What::Scrapped(part) if part.product == 0));
    assert_eq!(wholes.count(), 2);
}

#[test]
fn a_carrier_that_has_waited_long_enough_leaves_half_full() {
    let run = |boxes: &str, pallet: &str| {
        let pallets = format!("Source(product: \"pallet\", interarrival: Constant(\"{pallet}\"))");
        let elements = [
            ("in", "Source(product: \"box\", arrivals: (csv: \"t.csv\", column: \"t\"))"),
            ("pallets", pallets.as_str()),
            ("pack", "Packer(cycle: Constant(\"4 s\"), carrier: \"pallet\", holds: 3, wait: \"15 s\")"),
            ("out", "Sink()"),
        ];
        let text = layout_of(PALLETS, "", &elements, &["in -> pack -> out", "pallets -> pack"]);
        let folder = Folder::with(&[("t.csv", &format!("t\n{boxes}\n")), ("line.ron", &text)]);
        deliveries(&record(&folder.read("line.ron"), 100))
    };
    let boxes = "10\n20\n30\n40\n50";
    // The first came at 10 s: at 25 s two are there. One at 30 and one at 40 wait until 45, the last from 50 to 65 s.
    assert_eq!(run(boxes, "1 s"), [29, 29, 49, 49, 69]);
    // Without a pallet it waits on: at 27 s two go with it, and those of 30 and 40 s with the next, which is there at 54 s, with
    // the last.
    assert_eq!(run(boxes, "27 s"), [31, 31, 58, 58, 58]);
    // At 33 s there are three: it is full.
    assert_eq!(run(boxes, "33 s"), [37, 37, 37, 70, 70]);
    // What comes in the very instant goes along, and a full one does not wait.
    assert_eq!(run("10\n25\n26\n26\n26", "1 s"), [29, 29, 33, 33, 33]);
}

#[test]
fn a_breakdown_while_packing_or_unpacking_spoils_what_is_on_the_carrier() {
    let fails = |after: u32| {
        format!("breakdowns: [(after: Constant(\"{after} s\"), repair: Constant(\"2 s\"), part: Scrap)]")
    };
    let run = |pack: &str, unpack: &str, flow: &str| {
        let pack = format!("Packer(cycle: Constant(\"4 s\"), carrier: \"pallet\", holds: 3{pack})");
        let unpack = format!("Unpacker(cycle: Constant(\"2 s\"){unpack})");
        let elements = [
            ("in", "Source(product: \"box\")"),
            ("pallets", "Source(product: \"pallet\")"),
            ("pack", pack.as_str()),
            ("unpack", unpack.as_str()),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ];
        let flow =
            ["in -> pack", "pallets -> pack -> unpack", "unpack.parts -> out", "unpack.carrier -> bin", flow];
        let line = line_of(PALLETS, "", &elements, &flow);
        let recorded = record(&line, 19);
        let scrapped = recorded.times(slot(&line, "bin"), |what| matches!(what, What::Scrapped(_)));
        (deliveries(&recorded), scrapped.into_iter().map(|time| time / SECOND).collect::<Vec<_>>())
    };
    // Packed at 4, 8, 12 and 16 s, unpacked 2 s later; the second is spoilt at 9 and leaves at 11 s.
    let (good, scrapped) = run("", &format!(", {}", fails(3)), "unpack.scrap -> bin");
    assert_eq!(good, [6, 6, 6, 14, 14, 14]);
    assert_eq!(scrapped, [11, 11, 11, 19, 19, 19]);
    // The packer is spoilt after 6 s of work, at 6 s, and up at 8; packed at 12 s, spoilt at 14, up at 16.
    let (good, scrapped) = run(&format!(", {}", fails(6)), "", "pack.scrap -> bin");
    assert_eq!(good, [6, 6, 6, 14, 14, 14]);
    assert_eq!(scrapped, [8, 8, 8, 16, 16, 16]);
}

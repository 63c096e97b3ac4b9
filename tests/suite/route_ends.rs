//! Routes of parts that are found bad, become another product, or are carried.

use super::routes::{came, deliveries, line_of, refused};
use crate::kit::{SECOND, record, slot};
use taktwin::event::What;

#[test]
fn what_was_found_bad_comes_back_to_its_route_or_leaves_for_scrap() {
    let elements = r#""in": Source(parts: 40), "q": Buffer(), "mill": Machine(defects: 0.5),
            "mend": Machine(cycle: "1 s", rework: (success: 0.5)), "test": Inspection(cycle: "1 s", rework_limit: 1), "next": Machine(), "shop": Sink(), "bin": Sink(scrap: true)"#;
    let line = line_of(
        r#""p": (route: [(to: "q", cycle: "9 s"), (to: "next", cycle: "2 s"), (to: "shop")])"#,
        elements,
        r#""in -> q -> mill -> test -> next -> shop", "test.fail -> mend -> q", "test.scrap -> bin""#,
    );
    let recorded = record(&line, 3600);
    let [mill, next, bin] = ["mill", "next", "bin"].map(|name| came(&line, &recorded, name));
    assert!(mill > 40 && bin > 0 && next + bin == 40, "{mill} {next} {bin}");
    // Every time that it is in the mill it takes the time of the stop in front of that.
    let at = slot(&line, "mill");
    let begun = recorded.times(at, |what| matches!(what, What::Arrived(_)));
    let done = recorded.times(at, |what| matches!(what, What::Completed { .. }));
    assert!(begun.iter().zip(&done).all(|(begun, done)| done - begun == 9 * SECOND));
}

#[test]
fn what_becomes_another_product_begins_the_route_of_that() {
    let line = line_of(
        r#""frame": (route: [(to: "weld", cycle: "5 s"), (to: "build")]), "car": (route: [(to: "paint", cycle: "8 s"), (to: "shop")])"#,
        r#""in": Source(product: "frame", parts: 1), "weld": Machine(), "build": Assembler(cycle: "3 s", parts: { "frame": 1 }, makes: "car"),
            "test": Machine(cycle: "1 h"), "paint": Machine(), "shop": Sink()"#,
        r#""in -> weld -> build", "build -> test -> shop", "build -> paint -> shop""#,
    );
    assert_eq!(deliveries(&record(&line, 3600)), [(16, 1)]);
}

#[test]
fn a_part_in_a_carrier_comes_to_what_its_carrier_comes_to() {
    let line = line_of(
        r#""box": (route: [(to: "fill", cycle: "5 s"), (to: "store"), (to: "seal", cycle: "2 s"), (to: "shop")]), "tray": (carrier: true)"#,
        r#""in": Source(product: "box", parts: 2), "trays": Source(product: "tray"), "fill": Machine(),
            "pack": Packer(cycle: "1 s", carrier: "tray", holds: 2), "store": Buffer(), "off": Unpacker(cycle: "1 s"),
            "seal": Machine(), "shop": Sink(), "yard": Sink()"#,
        r#""in -> fill -> pack -> store -> off -> seal -> shop", "trays -> pack", "off.carrier -> yard""#,
    );
    assert_eq!(deliveries(&record(&line, 3600)), [(14, 0), (16, 0)]);
}

/// Boxes on trays that are unpacked, and then go on to a machine and the shop.
const BOXES: &str = r#""box": (route: [(to: "weld"), (to: "shop")])"#;

const TRAYS: &str = r#""in": Source(product: "box", parts: 4), "trays": Source(product: "tray", parts: 2),
    "pack": Packer(cycle: "1 s", carrier: "tray", holds: 2), "off": Unpacker(cycle: "1 s"),
    "weld": Machine(cycle: "1 s"), "shop": Sink(), "yard": Sink(), "gate": Buffer()"#;

#[test]
fn what_was_unpacked_follows_its_route() {
    let line = line_of(
        &format!(r#"{BOXES}, "tray": (carrier: true)"#),
        &format!("{TRAYS}, \"other\": Machine(cycle: \"1 s\")"),
        r#""in -> pack -> gate -> off -> other -> shop", "trays -> pack", "off -> weld -> shop", "off.carrier -> yard""#,
    );
    let recorded = record(&line, 3600);
    assert_eq!((came(&line, &recorded, "weld"), came(&line, &recorded, "other")), (4, 0));
}

#[test]
fn parts_in_a_carrier_leave_by_no_sink_before_their_stops() {
    // A loaded tray may go to the yard, by share or because there is room.
    let flow = |share: [&str; 2]| {
        let [off, yard] = share;
        format!(
            r#""in -> pack -> gate", "trays -> pack", "gate -> off{off}", "gate -> yard{yard}",
            "off -> weld -> shop", "off.carrier -> gate""#
        )
    };
    let products = |tray: &str| format!(r#"{BOXES}, "tray": (carrier: true{tray})"#);
    for share in [["", ""], [" 50 %", " 50 %"]] {
        let told = refused(&products(""), TRAYS, &flow(share));
        assert!(
            told.contains(
                "parts of product \"box\" leave in a carrier by \"yard\" before their stop \"weld\""
            ),
            "{told}"
        );
    }
    // As scrap it may, and nothing is wrong if the trays follow a route, also where they come to the gate both full and empty.
    let scrap = TRAYS.replace("\"yard\": Sink()", "\"yard\": Sink(scrap: true)");
    line_of(&products(""), &scrap, &flow([" 50 %", " 50 %"]));
    let line = line_of(&products(", route: [(to: \"off\"), (to: \"yard\")]"), TRAYS, &flow(["", ""]));
    let recorded = record(&line, 3600);
    assert_eq!((came(&line, &recorded, "weld"), came(&line, &recorded, "yard")), (4, 2));
    // Full trays may come to the gate twice: on their way to a check, and from there.
    let line = line_of(
        &products(", route: [(to: \"check\"), (to: \"off\"), (to: \"yard\")]"),
        &format!("{TRAYS}, \"check\": Machine(cycle: \"1 s\")"),
        &format!(r#"{}, "gate -> check -> gate""#, flow(["", ""])),
    );
    let recorded = record(&line, 3600);
    let times = ["check", "weld", "yard"].map(|name| came(&line, &recorded, name));
    assert_eq!(times, [2 + 4, 4, 2], "a tray comes with its two boxes");
    // Where it is unknown where the trays go, no more is said.
    let told = refused(&products(", route: [(to: \"nowhere\")]"), TRAYS, &flow(["", ""]));
    assert!(told.contains("nowhere") && !told.contains("leave in a carrier"), "{told}");
    // By another route they go to the yard with their boxes.
    let told = refused(&products(", route: [(to: \"gate\"), (to: \"yard\")]"), TRAYS, &flow(["", ""]));
    assert!(told.contains("weld"), "{told}");
}

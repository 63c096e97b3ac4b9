//! Where parts go that follow routes, what can come to an element at all, and where a line begins. By hand arithmetic.

use crate::kit::{Folder, Heard, SECOND, hear, read, slot};
use taktwin::event::What;
use taktwin::line::{self, Line};

/// A line of these products, elements and ways, in RON.
fn text(products: &str, elements: &str, flow: &str) -> String {
    format!(
        "Line(name: \"proof\", run: (length: \"1 h\", replications: 1), products: {{ {products} }}, elements: {{ {elements} }}, \
         flow: [{flow}])"
    )
}

/// The same as a line.
fn line_of(products: &str, elements: &str, flow: &str) -> Line {
    read(&text(products, elements, flow))
}

/// What is said of a line that is refused.
fn refused(products: &str, elements: &str, flow: &str) -> String {
    let folder = Folder::with(&[("line.ron", &text(products, elements, flow))]);
    match line::read(&folder.at("line.ron"), &[]) {
        Ok(_) => panic!("it was accepted"),
        Err(rejected) => rejected.render(false),
    }
}

/// When good parts left, in whole seconds, and of which product they were.
fn deliveries(heard: &Heard) -> Vec<(u64, u32)> {
    let good = |what| if let What::Delivered(part) = what { Some(part.product) } else { None };
    heard
        .0
        .iter()
        .filter_map(|event| good(event.what).map(|product| (event.time.0 / SECOND, product)))
        .collect()
}

/// How many parts came to an element.
fn came(line: &Line, heard: &Heard, name: &str) -> usize {
    heard.times(slot(line, name), |what| matches!(what, What::Arrived(_))).len()
}

#[test]
fn only_what_a_disassembler_gives_comes_behind_it() {
    // Every 5 min a lot, 1 min to split it; then the mill takes 1 min for each of four pieces.
    let line = line_of(
        r#""lot": (), "piece": (route: [(to: "mill", cycle: "1 min"), (to: "out")])"#,
        r#""in": Source(product: "lot", interarrival: "5 min", parts: 1),
            "split": Disassembler(cycle: "1 min", gives: { "piece": 4 }), "mill": Machine(), "out": Sink()"#,
        r#""in -> split", "split.piece -> mill -> out""#,
    );
    assert_eq!(deliveries(&hear(&line, 3600)), [(420, 1), (480, 1), (540, 1), (600, 1)]);
}

#[test]
fn carriers_do_not_come_where_only_unpacked_parts_go() {
    // Three lots at 20, 40 and 60 s; packed at 61, unpacked at 62 s; then 10 s each.
    let products = r#""lot": (route: [(to: "mill", cycle: "10 s"), (to: "out")]), "boat": (carrier: true)"#;
    let elements = r#"
        "lots": Source(product: "lot", interarrival: "20 s", parts: 3), "boats": Source(product: "boat"),
        "pack": Packer(cycle: "1 s", carrier: "boat", holds: 3), "unpack": Unpacker(cycle: "1 s"),
        "mill": Machine(), "out": Sink(), "yard": Sink()"#;
    let flow = r#""lots -> pack", "boats -> pack", "pack -> unpack", "unpack.carrier -> yard", "unpack.parts -> mill -> out""#;
    let line = line_of(products, elements, flow);
    assert_eq!(deliveries(&hear(&line, 3600)), [(72, 0), (82, 0), (92, 0)]);
    // The other way round the carriers come to the mill, and nobody says how long it works on them.
    let crossed = flow.replace("unpack.carrier -> yard", "unpack.carrier -> mill -> yard");
    let message = refused(products, elements, &crossed);
    assert!(message.contains("how long it works on \"boat\" is not said"), "{message}");
}

#[test]
fn what_is_spoilt_and_what_is_done_come_to_different_elements() {
    // Only whole boxes come to the bin for scrap, and only items to the packer of items.
    let products = r#""box": (), "item": (), "tray": (carrier: true)"#;
    let elements = |of: &str| {
        format!(
            r#""in": Source(product: "box"), "trays": Source(product: "tray"),
            "open": Disassembler(cycle: "1 min", gives: {{ "item": 2 }}, breakdowns: [(after: "1 h", repair: "1 min", part: Scrap)]),
            "pack": Packer(cycle: "1 s", carrier: "tray", holds: 2, of: "{of}"), "out": Sink(), "bin": Sink(scrap: true)"#
        )
    };
    let flow = r#""in -> open", "open.item -> pack -> out", "open.scrap -> bin", "trays -> pack""#;
    line_of(products, &elements("item"), flow);
    let message = refused(products, &elements("box"), flow);
    assert!(message.contains("no part of product \"box\" ever comes here"), "{message}");
}

#[test]
fn a_line_may_begin_with_what_is_in_it_and_end_when_that_is_used_up() {
    let line = line_of(
        "\"p\": ()",
        r#""rack": Buffer(initial: 5), "m": Machine(cycle: "1 min"), "out": Sink()"#,
        r#""rack -> m -> out""#,
    );
    let times: Vec<u64> = deliveries(&hear(&line, 3600)).into_iter().map(|(time, _)| time).collect();
    assert_eq!(times, [60, 120, 180, 240, 300]);
    // Work in hand is enough, of the only product there is.
    let line = line_of(
        "\"p\": ()",
        r#""m": Machine(cycle: "1 min", initial: (working: "20 s")), "out": Sink()"#,
        r#""m -> out""#,
    );
    assert_eq!(deliveries(&hear(&line, 3600)), [(20, 0)]);
    // A belt, and a pallet that is being unpacked.
    let line = line_of(
        r#""box": (), "pallet": (carrier: true)"#,
        r#""off": Unpacker(cycle: "9 s", initial: (working: "5 s", product: "pallet", parts: [("box", 2)])),
           "belt": Conveyor(length: "2 m", speed: "1 m/s", pitch: "1 m", initial: (parts: [("box", 1)])),
           "out": Sink(), "yard": Sink()"#,
        r#""off -> belt -> out", "off.carrier -> yard""#,
    );
    assert_eq!(deliveries(&hear(&line, 3600)), [(0, 0), (7, 0), (8, 0)]);
}

#[test]
fn a_line_in_which_there_is_nothing_to_move_is_refused() {
    let nothing = refused(
        "\"p\": ()",
        r#""rack": Buffer(), "m": Machine(cycle: "1 min", breakdowns: [(after: "1 h", repair: "1 min")],
            initial: (down: 0, left: "1 min")), "out": Sink()"#,
        r#""rack -> m -> out""#,
    );
    assert!(nothing.contains("this line has no source"), "{nothing}");
    assert!(nothing.contains("Buffer(initial: 5)"), "{nothing}");
}

//! Putting together and taking apart: by theory where there is one, and by hand arithmetic to the nanosecond.

use super::kit::{Folder, Recording, SECOND, SURE, agrees, kpi, layout_of, line_of, record, slot, study};
use taktwin::event::{Part, State, What};
use taktwin::line::Line;
use taktwin::sim::Replication;

/// Seconds of an hour: throughput is told per hour.
pub const HOUR: f64 = 3600.0;

pub const PALLETS: &str = "\"box\": (mass: \"2 kg\"), \"pallet\": (carrier: true, mass: \"20 kg\")";

pub const BIKES: &str = "\"frame\": (mass: \"5 kg\"), \"wheel\": (mass: \"1 kg\"), \"bike\": ()";

/// Times in whole seconds at which good parts left.
pub fn deliveries(recorded: &Recording) -> Vec<u64> {
    recorded.deliveries().into_iter().map(|time| time / SECOND).collect()
}

/// The parts of which something was told, in order.
pub fn parts(recorded: &Recording, wanted: impl Fn(What) -> Option<Part>) -> Vec<Part> {
    recorded.0.iter().filter_map(|event| wanted(event.what)).collect()
}

pub fn delivered(what: What) -> Option<Part> {
    if let What::Delivered(part) = what { Some(part) } else { None }
}

/// Parts inside a line after so many seconds, counted by looking.
pub fn inside(line: &Line, secs: u64) -> usize {
    let (mut world, mut parts) = (Replication::new(line, 1, 0), 0);
    world.advance(taktwin::kernel::Time(secs * SECOND), &mut Recording::default()).unwrap();
    world.each_part(|_| parts += 1);
    parts
}

/// Frames and wheels that never run dry; a wheel takes 3 s, an assembly of a frame and four wheels 5 s.
fn bikes(how: &str) -> Line {
    let assembler = format!(
        "Assembler(cycle: Constant(\"5 s\"), parts: {{ \"frame\": 1, \"wheel\": 4 }}, makes: \"bike\"{how})"
    );
    line_of(
        BIKES,
        "",
        &[
            ("frames", "Source(product: \"frame\")"),
            ("rims", "Source(product: \"wheel\")"),
            ("spoke", "Machine(cycle: Constant(\"3 s\"))"),
            ("build", &assembler),
            ("out", "Sink()"),
        ],
        &["frames -> build", "rims -> spoke -> build", "build -> out"],
    )
}

#[test]
fn a_bill_is_collected_worked_on_and_collected_again() {
    // Four wheels come at 3, 6, 9 and 12 s, the bike is ready at 17. One wheel waits in the machine by then and three more
    // come at 20, 23 and 26: the next bike is ready at 31, and so on every 14 s.
    let line = bikes("");
    let recorded = record(&line, 60);
    assert_eq!(deliveries(&recorded), [17, 31, 45, 59]);
    let build = slot(&line, "build");
    let working = recorded.times(build, |what| what == What::Became(State::Working));
    assert_eq!(working, [12, 26, 40, 54].map(|secs| secs * SECOND));
    let starved = recorded.times(build, |what| what == What::Became(State::Starved));
    assert_eq!(starved, [0, 17, 31, 45, 59].map(|secs| secs * SECOND));
}

#[test]
fn a_bill_collected_ahead_leaves_the_pace_to_the_wheels() {
    // Four wheels take 12 s whatever the assembler does.
    assert_eq!(deliveries(&record(&bikes(", ahead: 1"), 60)), [17, 29, 41, 53]);
}

#[test]
fn the_main_part_goes_on_under_its_number_and_all_others_become_pieces() {
    let line = bikes("");
    let recorded = record(&line, 32);
    let bikes = parts(&recorded, delivered);
    // The first frame came in at the start, the second when the first bike had left.
    let entered: Vec<u64> = bikes.iter().map(|bike| bike.entered.0 / SECOND).collect();
    assert_eq!(entered, [0, 17]);
    assert!(bikes.iter().all(|bike| line.products[bike.product as usize].name == "bike"));
    let frames = parts(&recorded, |what| if let What::Created(part) = what { Some(part) } else { None });
    let frames: Vec<u64> = frames.iter().filter(|part| part.product == 0).map(|part| part.serial).collect();
    assert_eq!(bikes.iter().map(|bike| bike.serial).collect::<Vec<_>>(), frames[..2]);
    let merged =
        parts(&recorded, |what| if let What::Merged { part, .. } = what { Some(part) } else { None });
    assert_eq!(merged.len(), 8);
    assert!(merged.iter().all(|piece| line.products[piece.product as usize].name == "wheel"));
    let made = recorded.0.iter().filter(|event| matches!(event.what, What::Created(_))).count();
    assert_eq!(made, bikes.len() + merged.len() + inside(&line, 32));
}

#[test]
fn what_is_made_weighs_what_its_pieces_weigh() {
    // 5 kg and four times 1 kg: a furnace that is loaded by mass takes two bikes of 9 kg into 20 kg, never three.
    let assembler =
        "Assembler(cycle: Constant(\"5 s\"), parts: { \"frame\": 1, \"wheel\": 4 }, makes: \"bike\")";
    let line = line_of(
        BIKES,
        "",
        &[
            ("frames", "Source(product: \"frame\")"),
            ("wheels", "Source(product: \"wheel\")"),
            ("build", assembler),
            ("paint", "Batch(cycle: Constant(\"60 s\"), max: \"20 kg\", min: \"18 kg\")"),
            ("out", "Sink()"),
        ],
        &["frames -> build", "wheels -> build", "build -> paint -> out"],
    );
    // Bikes at 5 and 10 s; a run of 60 s; the third has waited since 15 s, the fourth comes 5 s after the run.
    assert_eq!(deliveries(&record(&line, 200)), [70, 70, 135, 135, 200, 200]);
}

#[test]
fn an_assembler_that_fails_goes_on_where_it_stopped() {
    // It fails after 2 s of work, for 10 s: bikes are ready 12 + 5 + 2 × 10 s after the start, and then it has worked 1 s
    // since its second repair; the next bill is complete at 46 s, and fails after 1 s and 3 s of work.
    let line = bikes(", breakdowns: [(after: Constant(\"2 s\"), repair: Constant(\"10 s\"))]");
    assert_eq!(deliveries(&record(&line, 80)), [37, 71]);
}

#[test]
fn a_robot_brings_only_what_the_bill_lacks() {
    // The robot needs 2 s for each part and serves both ways in.
    let assembler =
        "Assembler(cycle: Constant(\"5 s\"), parts: { \"frame\": 1, \"wheel\": 2 }, makes: \"bike\")";
    let line = line_of(
        BIKES,
        "",
        &[
            ("frames", "Buffer(product: \"frame\", initial: 9)"),
            ("wheels", "Buffer(product: \"wheel\", initial: 9)"),
            ("build", assembler),
            ("arm", "Robot(load: Constant(\"1 s\"), unload: Constant(\"1 s\"))"),
            ("out", "Sink()"),
            ("more", "Source(product: \"frame\", parts: 0)"),
        ],
        &[
            "more -> frames",
            "more -> wheels",
            "frames -> build by arm",
            "wheels -> build by arm",
            "build -> out",
        ],
    );
    // 3 × 2 s and 5 s of work, after which it begins again.
    let recorded = record(&line, 60);
    assert_eq!(deliveries(&recorded), [11, 22, 33, 44]);
    // Nine wheels make four bikes; the ninth and a frame wait for ever, and that is no deadlock.
    assert_eq!(inside(&line, 60), 2 * 9 - 4 * 3);
}

/// Two exponential feeders with so many places each before an assembler that takes no time.
fn matched(first: f64, second: f64, places: u32) -> Line {
    let feeder = |mean: f64| format!("Machine(cycle: Exponential(\"{mean} s\"))");
    let (first, second, rack) = (feeder(first), feeder(second), format!("Buffer(capacity: {places})"));
    let assembler = "Assembler(cycle: Constant(\"0 s\"), parts: { \"a\": 1, \"b\": 1 })";
    let mut elements = vec![
        ("as", "Source(product: \"a\")"),
        ("bs", "Source(product: \"b\")"),
        ("feed a", first.as_str()),
        ("feed b", second.as_str()),
    ];
    let mut flow = vec!["as -> feed a -> build", "bs -> feed b -> build"];
    if places > 0 {
        elements.extend([("rack a", rack.as_str()), ("rack b", rack.as_str())]);
        flow = vec!["as -> feed a -> rack a -> build", "bs -> feed b -> rack b -> build"];
    }
    elements.extend([("build", assembler), ("out", "Sink()")]);
    flow.push("build -> out");
    let run = format!("warm_up: \"500 s\", length: \"20000 s\", replications: 20, seed: 3, {SURE}");
    line_of("\"a\": (), \"b\": ()", &run, &elements, &flow)
}

#[test]
fn two_feeders_are_matched_as_a_random_walk_between_two_walls() {
    // How many more a's than b's were fed is a birth-death chain from -m to m: one waits in the assembler, one in each place
    // of the rack, and one in the machine that is blocked, m = places + 2. With rates x and y, p(n) goes with (x/y)^n, and
    // what is matched is x (1 - p(m)).
    for (mean_a, mean_b, places) in
        [(1.0, 1.0, 0), (1.0, 1.0, 1), (1.0, 1.0, 4), (0.8, 1.0, 0), (1.25, 1.0, 2)]
    {
        let (x, ratio, m) = (1.0 / mean_a, mean_b / mean_a, places as i32 + 2);
        let weight = |n: i32| f64::powi(ratio, n);
        let all: f64 = (-m..=m).map(weight).sum();
        let study_line = matched(mean_a, mean_b, places);
        let found = kpi(&study(&study_line), "throughput");
        agrees(found, HOUR * x * (1.0 - weight(m) / all), 0.01);
    }
}

#[test]
fn a_part_taken_apart_leaves_in_the_order_of_its_list_by_the_ways_of_its_products() {
    // A box is open at 10 s and leaves; the items go one by one into a machine of 1 s, the last at 13, when the next box
    // comes in.
    let line = line_of(
        "\"full\": (), \"box\": (), \"item\": ()",
        "",
        &[
            ("in", "Source(product: \"full\")"),
            ("open", "Disassembler(cycle: Constant(\"10 s\"), gives: { \"box\": 1, \"item\": 4 })"),
            ("test", "Machine(cycle: Constant(\"1 s\"))"),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> open", "open.item -> test -> out", "open.box -> bin"],
    );
    let recorded = record(&line, 37);
    assert_eq!(deliveries(&recorded), [11, 12, 13, 14, 24, 25, 26, 27, 37]);
    let boxes = parts(&recorded, |what| if let What::Scrapped(part) = what { Some(part) } else { None });
    let named = |part: &Part| line.products[part.product as usize].name.clone();
    assert!(boxes.iter().all(|part| named(part) == "box"));
    // The box is the part that came; the items entered when it was opened.
    assert_eq!(boxes.iter().map(|part| part.entered.0 / SECOND).collect::<Vec<_>>(), [0, 13, 26]);
    let items = parts(&recorded, delivered);
    assert!(items.iter().all(|part| named(part) == "item"));
    assert_eq!(
        items.iter().map(|part| part.entered.0 / SECOND).collect::<Vec<_>>()[..5],
        [10, 10, 10, 10, 23]
    );
}

#[test]
fn what_is_taken_out_of_a_part_is_missing_from_its_mass() {
    // 10 kg less 4 kg: a furnace that runs with exactly 12 kg takes two.
    let line = line_of(
        "\"whole\": (mass: \"10 kg\"), \"rest\": (), \"core\": (mass: \"4 kg\")",
        "",
        &[
            ("in", "Source(product: \"whole\")"),
            ("open", "Disassembler(cycle: Constant(\"5 s\"), gives: { \"rest\": 1, \"core\": 1 })"),
            ("heat", "Batch(cycle: Constant(\"60 s\"), max: \"12 kg\", min: \"12 kg\")"),
            ("out", "Sink()"),
            ("cores", "Sink(scrap: true)"),
        ],
        &["in -> open", "open.rest -> heat -> out", "open.core -> cores"],
    );
    assert_eq!(deliveries(&record(&line, 100)), [70, 70]);
}

#[test]
fn more_products_than_there_can_be_ways_out_are_refused() {
    let names: Vec<String> = (0..256).map(|nth| format!("p{nth}")).collect();
    let each =
        |what: &str| names.iter().map(|name| format!("\"{name}\": {what}")).collect::<Vec<_>>().join(", ");
    let open = format!("Disassembler(cycle: \"1 s\", gives: {{ {} }})", each("1"));
    let elements = [("in", "Source(product: \"p0\")"), ("open", open.as_str()), ("out", "Sink()")];
    let folder =
        Folder::with(&[("line.ron", &layout_of(&each("()"), "", &elements, &["in -> open -> out"]))]);
    let rejected = taktwin::line::read(&folder.at("line.ron"), &[]).expect_err("a fault");
    assert_eq!(rejected.first().1, "256 products are more ways out than there can be");
}

#[test]
fn the_way_by_which_a_part_left_is_forgotten_at_the_next_fork() {
    // Items leave by the second way of one element and are shared out by the next.
    let line = line_of(
        "\"box\": (), \"item\": ()",
        "",
        &[
            ("in", "Source(product: \"box\", parts: 50)"),
            ("open", "Disassembler(cycle: Constant(\"10 s\"), gives: { \"box\": 1, \"item\": 4 })"),
            ("test", "Machine(cycle: Constant(\"1 s\"))"),
            ("out", "Sink()"),
            ("shop", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> open", "open.box -> bin", "open.item -> test", "test -> out 50 %", "test -> shop 50 %"],
    );
    assert_eq!(record(&line, 1000).deliveries().len(), 200);
}

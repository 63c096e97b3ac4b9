//! Waiting, part by part: cases worked by hand, an independent computation from the facts of random lines, and bounds.

use super::kit::{self, SECOND, line, serial, slot, study};
use taktwin::event::{State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::records::Records;
use taktwin::sim::Replication;
use taktwin::study::{ElementSummary, Study};

fn element<'a>(study: &'a Study<'_>, name: &str) -> ElementSummary<'a> {
    study.elements().into_iter().find(|element| element.name == name).expect("the name of an element")
}

/// Mean queue time and blocked time of an element, in seconds.
fn waits(study: &Study<'_>, name: &str) -> (Option<f64>, Option<f64>) {
    let element = element(study, name);
    (element.one("queue_time_s").map(|it| it.mean), element.one("blocked_time_s").map(|it| it.mean))
}

const HOURS: &str = "warm_up: \"0 s\", length: \"10 h\", replications: 1";

#[test]
fn no_part_waits_in_a_machine_with_places_enough() {
    // A part every 60 s, each 90 s in one of two places: 1.5 of them are used on average.
    let run = "warm_up: \"1 h\", length: \"10 h\", replications: 1";
    let source = "Source(interarrival: \"60 s\")";
    let line = serial(run, &[source, "Machine(cycle: \"90 s\", places: 2)", "Sink()"]);
    let study = study(&line);
    assert_eq!(waits(&study, "1"), (Some(0.0), Some(0.0)));
    let machine = element(&study, "1");
    assert!((machine.one("utilisation").unwrap().mean - 0.75).abs() < 1e-9);
    let share = |state: State| machine.part("states", state.name()).map(|share| share.mean);
    assert!((share(State::Working).unwrap() - 0.75).abs() < 1e-9);
    assert!((share(State::Starved).unwrap() - 0.25).abs() < 1e-9);
    assert_eq!(kit::kpi(&study, "lead_time").mean, 90.0);
}

#[test]
fn a_done_part_blocks_its_own_place_and_no_other() {
    // The robot-free way on is a machine of 100 s: of the two parts that are done together one waits for it.
    let line = serial(
        "warm_up: \"0 s\", length: \"200 s\", replications: 1",
        &["Source(parts: 2)", "Machine(cycle: \"50 s\", places: 2)", "Machine(cycle: \"100 s\")", "Sink()"],
    );
    let study = study(&line);
    assert_eq!(waits(&study, "1"), (Some(0.0), Some(50.0)));
    let machine = element(&study, "1");
    let share = |state: State| machine.part("states", state.name()).map(|share| share.mean);
    // Of 400 s of two places: twice 50 s of work, and one place blocked for 100 s.
    assert_eq!((share(State::Working), share(State::Blocked)), (Some(0.25), Some(0.25)));
    assert_eq!(machine.one("utilisation").unwrap().mean, 0.25);
}

#[test]
fn the_first_of_a_load_waits_for_the_others_and_the_last_does_not() {
    let line = serial(
        "warm_up: \"0 s\", length: \"100 h\", replications: 1",
        &[
            "Source(interarrival: \"10 min\")",
            "Batch(cycle: \"5 min\", max: \"2 parts\", min: \"2 parts\")",
            "Sink()",
        ],
    );
    let study = study(&line);
    assert_eq!(waits(&study, "1"), (Some(300.0), Some(0.0)));
    let oven = element(&study, "1");
    let runs = oven.part("counts", "runs").unwrap();
    assert_eq!(runs.mean * 2.0, oven.one("operations").unwrap().mean);
    // It runs 5 of every 20 min, however many parts are in it.
    assert!((oven.one("utilisation").unwrap().mean - 0.25).abs() < 1e-3);
}

#[test]
fn who_leaves_a_growing_queue_waited_no_longer_than_the_run() {
    // Part k comes at k min and is taken at 1 + 10 (k - 1) min, so it waits for 9 (k - 1) min; in 10 h 60 parts are taken.
    let line = serial(
        HOURS,
        &["Source(interarrival: \"1 min\")", "Buffer()", "Machine(cycle: \"10 min\")", "Sink()"],
    );
    let study = study(&line);
    assert_eq!(waits(&study, "1"), (Some(60.0 * 9.0 * 59.0 / 2.0), None));
    assert_eq!(element(&study, "1").one("contents_max").unwrap().mean, 540.0);
}

#[test]
fn a_part_that_a_robot_brings_to_a_broken_machine_waits_for_the_end_of_the_repair() {
    // The machine is down from 30 s to 130 s. The robot has set out before, and puts its part down at 40 s.
    let line = line(
        "warm_up: \"0 s\", length: \"1000 s\", replications: 1",
        &[
            ("in", "Source(parts: 1)"),
            ("arm", "Robot(load: \"20 s\", unload: \"20 s\")"),
            (
                "m",
                "Machine(cycle: \"10 s\", breakdowns: [(after: \"30 s\", clock: Calendar, repair: \"100 s\")])",
            ),
            ("out", "Sink()"),
        ],
        &["in -> m by arm", "m -> out"],
    );
    let study = study(&line);
    assert_eq!(waits(&study, "m"), (Some(90.0), Some(0.0)));
    assert_eq!(waits(&study, "arm"), (Some(0.0), Some(0.0)));
}

#[test]
fn parts_wait_at_a_bench_until_the_bill_is_complete() {
    // Frames come at 10, 20, .. s and wheels at 40, 80, .. s: each frame waits for its wheel, each wheel for the bench.
    let line = kit::line_of(
        "\"frame\": (), \"wheel\": (), \"cart\": ()",
        "warm_up: \"0 s\", length: \"115 s\", replications: 1",
        &[
            ("frames", "Source(product: \"frame\", interarrival: \"10 s\", parts: 2)"),
            ("wheels", "Source(product: \"wheel\", interarrival: \"40 s\", parts: 2)"),
            ("bench", "Assembler(cycle: \"30 s\", parts: { \"frame\": 1, \"wheel\": 1 }, makes: \"cart\")"),
            ("out", "Sink()"),
        ],
        &["frames -> bench -> out", "wheels -> bench"],
    );
    let study = study(&line);
    // The first frame comes at 10 s and is taken up at 40 s; the second comes when that is done, at 70 s, and its wheel at 80 s.
    // The wheels do not wait.
    assert_eq!(waits(&study, "bench"), (Some((30.0 + 10.0) / 4.0), Some(0.0)));
    let products = study.products();
    let figure = |product: &str, name: &str| {
        let product = products.iter().find(|one| one.name == product).unwrap();
        product.all().find(|(figure, _)| figure.name == name).unwrap().1.interval.map(|it| it.mean)
    };
    assert_eq!((figure("cart", "entered"), figure("cart", "finished")), (Some(2.0), Some(2.0)));
    assert_eq!((figure("wheel", "entered"), figure("wheel", "finished")), (Some(2.0), Some(0.0)));
    assert_eq!(figure("wheel", "lead_time"), None);
    // A cart was a frame before: it came at 10 s and left at 70 s, or at 20 s and at 110 s.
    assert_eq!(figure("cart", "lead_time"), Some(75.0));
    assert_eq!(figure("cart", "wip"), Some(0.0));
    assert_eq!(figure("frame", "wip"), Some((60.0 + 90.0) / 115.0));
}

#[test]
fn the_lead_times_of_a_serial_line_are_the_waits_and_the_work() {
    let line = serial(
        "",
        &[
            "Source(parts: 200)",
            "Machine(cycle: Exponential(\"9 s\"))",
            "Buffer(capacity: 3)",
            "Machine(cycle: Gamma(mean: \"10 s\", cv: 0.6))",
            "Machine(cycle: Exponential(\"7 s\"))",
            "Sink()",
        ],
    );
    let (mut world, mut records) = (Replication::new(&line, 3, 0), Records::of(&line));
    let end = Time(20_000 * SECOND);
    world.advance(end, &mut records).unwrap();
    records.settle(end);
    assert_eq!(records.line.delivered, 200);
    let of = |slot: usize| records.waits(slot);
    let waited: u128 = (0..line.elements.len()).map(|slot| of(slot).queue + of(slot).blocked).sum();
    let worked: u64 = records.meters.iter().map(|meter| meter.clock().times[State::Working as usize]).sum();
    assert_eq!(records.line.lead_times.sum, waited + u128::from(worked));
    assert!(of(1).blocked > 0 && of(2).queue > 0 && of(3).blocked > 0);
}

#[test]
fn breakdowns_repairs_maintenances_and_setups_are_counted() {
    // 100 s of work and a repair of 20 s in turn: it breaks down at 100, 220, .. 940 s.
    let machine = "Machine(cycle: \"10 s\", breakdowns: [(after: \"100 s\", repair: \"20 s\")])";
    let counted = |line: &Line| {
        let study = study(line);
        let machine = element(&study, "1");
        let counts = machine.each("counts");
        counts.map(|(what, found)| (what.to_owned(), found.mean)).collect::<Vec<_>>()
    };
    let run = "warm_up: \"0 s\", length: \"950 s\", replications: 1";
    let broken = serial(run, &["Source()", machine, "Sink()"]);
    assert_eq!(counted(&broken), [("breakdowns".to_owned(), 8.0), ("repairs".to_owned(), 7.0)]);
    let plan = "Machine(cycle: \"10 s\", maintenance: [(every: \"100 s\", takes: \"20 s\")])";
    let kept = serial(run, &["Source()", plan, "Sink()"]);
    let counts = counted(&kept);
    assert!(counts.len() == 1 && counts[0].0 == "maintenances", "{counts:?}");
    assert!((7.0..=9.0).contains(&counts[0].1), "{counts:?}");
}

#[test]
fn parts_are_counted_by_the_way_they_leave() {
    let line = line(
        "warm_up: \"0 s\", length: \"2 h\", replications: 1",
        &[
            ("in", "Source()"),
            ("test", "Inspection(cycle: \"10 s\", defects: 0.3)"),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> test", "test.pass -> out", "test.fail -> bin"],
    );
    let study = study(&line);
    let test = element(&study, "test");
    let ways: Vec<(&str, f64)> = test.each("parts_out").map(|(name, found)| (name, found.mean)).collect();
    let (good, bad) = (kit::kpi(&study, "finished").mean, kit::kpi(&study, "scrapped").mean);
    assert_eq!(ways, [("pass", good), ("fail", bad), ("scrap", 0.0)]);
    assert!(bad > 0.0);
}

#[test]
fn what_was_never_found_bad_is_not_reworked() {
    // The machine makes and mends, and no part comes back to it.
    let elements = [
        ("in", "Source()"),
        ("m", "Machine(cycle: \"10 s\", rework: (success: 0.8))"),
        ("test", "Inspection(cycle: \"5 s\", defects: 0.1)"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let once = line(HOURS, &elements, &["in -> m -> test", "test.pass -> out", "test.fail -> bin"]);
    assert_eq!(kit::kpi(&study(&once), "rework_ratio").mean, 0.0);
    let loops = [&elements[..4], &[("rest", "Buffer()")]].concat();
    let again = line(HOURS, &loops, &["in -> m -> test", "test.pass -> out", "test.fail -> rest -> m"]);
    let ratio = kit::kpi(&study(&again), "rework_ratio").mean;
    // One part in ten is found bad, and of five that were reworked one again: 0.1 / (1 - 0.2).
    assert!((0.1..0.15).contains(&ratio), "{ratio}");
}

/// When the boxes come to the packer, in seconds, and what is known of the box then; pallets come at 100 s, by themselves or by a robot.
fn packed(takes: &str, pallets: &str) -> (Vec<u64>, Option<f64>, Option<f64>) {
    let line = kit::line_of(
        "\"box\": (), \"pallet\": (carrier: true)",
        "warm_up: \"0 s\", length: \"300 s\", replications: 1",
        &[
            ("boxes", "Source(product: \"box\", parts: 2)"),
            ("pallets", "Source(product: \"pallet\", interarrival: \"100 s\", parts: 1)"),
            ("rack", "Buffer()"),
            ("arm", "Robot()"),
            ("pack", &format!("Packer(cycle: \"10 s\", carrier: \"pallet\", of: \"box\", holds: 2{takes})")),
            ("unpack", "Unpacker(cycle: \"5 s\")"),
            ("out", "Sink()"),
            ("empties", "Sink()"),
        ],
        &[
            "boxes -> rack -> pack -> unpack",
            pallets,
            "unpack.parts -> out by arm",
            "unpack.carrier -> empties",
        ],
    );
    let recorded = kit::record(&line, 300);
    let came =
        recorded.times(slot(&line, "pack"), |what| matches!(what, What::Arrived(part) if part.product == 0));
    let study = study(&line);
    let products = study.products();
    let figure = |name: &str| {
        products[0].all().find(|(figure, _)| figure.name == name).unwrap().1.interval.map(|it| it.mean)
    };
    let came = came.into_iter().map(|nanos| nanos / SECOND).collect();
    (came, figure("lead_time"), figure("lead_time_from_carrier"))
}

#[test]
fn a_packer_takes_parts_before_their_carrier_is_there_or_with_it() {
    for pallets in ["pallets -> pack", "pallets -> pack by arm"] {
        // Packed at 110 s, and out at 115 s, 5 s after they came into the carrier.
        assert_eq!(packed("", pallets), (vec![0, 0], Some(115.0), Some(5.0)));
        assert_eq!(packed(", takes: WithCarrier", pallets), (vec![100, 100], Some(115.0), Some(5.0)));
    }
}

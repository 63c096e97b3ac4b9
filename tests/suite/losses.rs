//! The ledger of time and energy: by hand on lines with one known cause, against the records on random lines, and in another order.

use super::kit::{SECOND, line, line_of, serial, slot};
use super::random_lines::{Plant, any_cell, any_plant};
use super::random_saving::with_saving;
use super::random_shifts::{CALENDARS, END, RUN, config, with_ends};
use proptest::prelude::*;
use std::collections::BTreeMap;
use taktwin::energy::EnergyCarrier;
use taktwin::event::State;
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::losses::{ElementLosses, LossLedger};
use taktwin::records::Records;
use taktwin::sim::Replication;

/// What is charged to each cause of an element, as "starved: welder failed".
pub type Charges = BTreeMap<String, f64>;

pub fn ledger(line: &Line, opens: Time, end: Time) -> Option<Vec<ElementLosses>> {
    let mut ledger = LossLedger::new(line, opens);
    Replication::new(line, 1, 0).advance(end, &mut ledger).ok()?;
    Some(ledger.losses(line, end))
}

pub fn charges(line: &Line, losses: &[ElementLosses], name: &str) -> Charges {
    let mut charges = Charges::new();
    let at = slot(line, name).index();
    for (loss, share) in &losses[at].shares {
        let root = loss
            .root
            .map(|root| format!(": {} {}", line.elements[root.element.index()].name, root.reason.name()));
        *charges.entry(format!("{}{}", loss.kind.name(), root.unwrap_or_default())).or_default() +=
            share.nanos as f64 / f64::from(losses[at].places) / SECOND as f64;
    }
    charges
}

/// The seconds that are charged to the causes of an element between two instants.
pub fn seconds(line: &Line, name: &str, from: u64, to: u64) -> Vec<(String, f64)> {
    let losses = ledger(line, Time(from * SECOND), Time(to * SECOND)).expect("a run");
    charges(line, &losses, name).into_iter().collect()
}

fn is(found: &[(String, f64)], expected: &[(&str, f64)]) {
    let expected: Vec<(String, f64)> =
        expected.iter().map(|(cause, secs)| ((*cause).to_owned(), *secs)).collect();
    assert_eq!(found, expected);
}

#[test]
fn all_wait_for_the_slowest_machine_through_full_and_empty_buffers() {
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("a", "Machine(cycle: \"40 s\")"),
            ("rack", "Buffer(capacity: 2)"),
            ("b", "Machine(cycle: \"60 s\")"),
            ("shelf", "Buffer(capacity: 2)"),
            ("c", "Machine(cycle: \"30 s\")"),
            ("out", "Sink()"),
        ],
        &["in -> a -> rack -> b -> shelf -> c -> out"],
    );
    is(&seconds(&line, "a", 3600, 7200), &[("blocked: b working", 1200.0), ("work", 2400.0)]);
    is(&seconds(&line, "b", 3600, 7200), &[("work", 3600.0)]);
    is(&seconds(&line, "c", 3600, 7200), &[("starved: b working", 1800.0), ("work", 1800.0)]);
}

#[test]
fn a_breakdown_is_the_cause_wherever_it_makes_others_wait() {
    let b = "Machine(cycle: \"60 s\", breakdowns: [(after: \"590 s\", clock: Calendar, repair: \"300 s\")])";
    let line = serial("", &["Source()", "Machine(cycle: \"60 s\")", b, "Machine(cycle: \"60 s\")", "Sink()"]);
    // All end work at each full minute. Machine 2 is down from 590 to 890 s, with 10 s of work left that are late because of that.
    is(&seconds(&line, "1", 300, 1200), &[("blocked: 2 failed", 300.0), ("work", 600.0)]);
    is(&seconds(&line, "2", 300, 1200), &[("failed", 300.0), ("work", 600.0)]);
    is(&seconds(&line, "3", 300, 1200), &[("starved: 2 failed", 300.0), ("work", 600.0)]);
}

#[test]
fn arrivals_stays_and_the_end_of_the_supply_are_causes() {
    let resting = |rack: &str| {
        line(
            "",
            &[
                ("in", "Source(interarrival: \"100 s\", parts: 4)"),
                ("rest", rack),
                ("m", "Machine(cycle: \"20 s\")"),
                ("out", "Sink()"),
            ],
            &["in -> rest -> m -> out"],
        )
    };
    // Parts come at 100, 200, 300 and 400 s, rest for 30 s and are worked on for 20 s. They are late because they come late.
    is(
        &seconds(&resting("Buffer(dwell: \"30 s\")"), "m", 0, 1000),
        &[("starved: in arrivals", 370.0), ("starved: in ended", 550.0), ("work", 80.0)],
    );
    // With one place for 150 s the store lets in one part every 150 s.
    is(
        &seconds(&resting("Buffer(dwell: \"150 s\", capacity: 1)"), "m", 300, 700),
        &[("starved: rest stay", 400.0 - 40.0), ("work", 40.0)],
    );
}

#[test]
fn a_robot_on_its_way_is_the_cause_and_its_own_waiting_has_one() {
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("a", "Machine(cycle: \"50 s\")"),
            ("r", "Robot(travel: { \"a -> b\": \"10 s\" }, load: \"4 s\", unload: \"6 s\")"),
            ("b", "Machine(cycle: \"20 s\")"),
            ("out", "Sink()"),
        ],
        &["in -> a", "a -> b by r", "b -> out"],
    );
    // Each round: "a" works for 50 s; the robot loads for 4 s, carries for 10 s and unloads for 6 s; it goes back for 10 s once it is
    // called. From the part at "a" to the next: 50 s and the way of the robot to it, 10 s, and 4 s of loading.
    let round = 64.0;
    let rounds = 3200.0 / round;
    let found = seconds(&line, "a", 6400, 9600);
    is(
        &found,
        &[
            ("blocked: r holding", 4.0 * rounds),
            ("blocked: r moving", 10.0 * rounds),
            ("work", 50.0 * rounds),
        ],
    );
    let found = seconds(&line, "r", 6400, 9600);
    is(
        &found,
        &[("holding", 10.0 * rounds), ("moving", 20.0 * rounds), ("starved: a working", 34.0 * rounds)],
    );
    let found: BTreeMap<String, f64> = seconds(&line, "b", 6400, 9600).into_iter().collect();
    assert_eq!(found["work"], 20.0 * rounds);
    assert_eq!(found["starved: r holding"] + found["starved: r moving"], 30.0 * rounds);
    assert_eq!(found["starved: a working"], 14.0 * rounds, "before the part is done");
}

#[test]
fn an_assembler_waits_for_the_piece_that_is_missing() {
    let slow = "Machine(cycle: \"90 s\")";
    let line = line_of(
        "\"frame\": (), \"motor\": (), \"hood\": ()",
        "",
        &[
            ("frames", "Source(product: \"frame\")"),
            ("motors", "Source(product: \"motor\")"),
            ("wind", slow),
            ("cell", "Assembler(cycle: \"60 s\", parts: { \"frame\": 1, \"motor\": 1 }, makes: \"hood\")"),
            ("out", "Sink()"),
        ],
        &["frames -> cell", "motors -> wind -> cell", "cell -> out"],
    );
    is(&seconds(&line, "cell", 900, 1800), &[("starved: wind working", 300.0), ("work", 600.0)]);
}

#[test]
fn work_on_scrap_and_rework_are_losses_and_the_rest_is_work_on_good_parts() {
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("a", "Machine(cycle: \"50 s\", defects: 1)"),
            ("look", "Inspection(cycle: \"10 s\", false_calls: 0, escapes: 0)"),
            ("mend", "Machine(cycle: \"30 s\", rework: (success: 0))"),
            ("again", "Inspection(cycle: \"5 s\", false_calls: 0, escapes: 0)"),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &[
            "in -> a -> look",
            "look.pass -> out",
            "look.fail -> mend -> again",
            "again.pass -> out",
            "again.fail -> bin",
        ],
    );
    // Every part is bad, is mended in vain and is scrapped 95 s after its work began. The parts of the last 95 s are inside still.
    let found: BTreeMap<String, f64> = seconds(&line, "a", 0, 5000).into_iter().collect();
    // 100 parts were begun; those of 0 to 4900 s have left by 5000 s: 99.
    assert_eq!((found["scrap"], found["work"]), (99.0 * 50.0, 50.0));
    let found: BTreeMap<String, f64> = seconds(&line, "mend", 0, 5000).into_iter().collect();
    assert_eq!((found["rework"], found.get("scrap")), (99.0 * 30.0, None));
    let found: BTreeMap<String, f64> = seconds(&line, "again", 0, 5000).into_iter().collect();
    assert_eq!(found["scrap"], 99.0 * 5.0);
}

#[test]
fn a_load_shares_its_work_and_places_are_counted_one_by_one() {
    let line = line(
        "",
        &[
            ("in", "Source()"),
            ("press", "Machine(cycle: \"10 s\", defects: 0.5)"),
            ("oven", "Batch(cycle: \"100 s\", max: \"4 parts\", min: \"4 parts\")"),
            ("look", "Inspection(cycle: \"1 ms\", false_calls: 0, escapes: 0)"),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> press -> oven -> look", "look.pass -> out", "look.fail -> bin"],
    );
    let losses = ledger(&line, Time::ZERO, Time(100_000 * SECOND)).expect("a run");
    let oven = charges(&line, &losses, "oven");
    let mut records = super::kit::record(&line, 100_000);
    records.0.retain(|event| matches!(event.what, taktwin::event::What::Scrapped(_)));
    // Each part of a load took 25 s of the oven.
    assert_eq!(oven["scrap"], records.0.len() as f64 * 25.0);
    assert!(records.0.len() > 1000);

    let two = "Machine(cycle: \"60 s\", places: 2)";
    let line = serial("", &["Source(interarrival: \"40 s\")", two, "Sink()"]);
    // A place works for 60 s of each 80 s, and waits for the next part for the rest.
    let found = seconds(&line, "1", 4000, 8000);
    is(&found, &[("starved: 0 arrivals", 1000.0), ("work", 3000.0)]);
}

#[test]
fn the_work_on_a_pallet_is_work_on_its_load_and_that_on_a_whole_on_its_parts() {
    let elements = [
        ("in", "Source(product: \"box\")"),
        ("pallets", "Source(product: \"pallet\")"),
        ("pack", "Packer(cycle: \"5 s\", carrier: \"pallet\", holds: 2)"),
        ("m", "Machine(cycle: \"20 s\")"),
        ("unpack", "Unpacker(cycle: \"5 s\")"),
        ("bin", "Sink(scrap: true)"),
        ("out", "Sink()"),
    ];
    let flow =
        ["in -> pack", "pallets -> pack -> m -> unpack", "unpack.parts -> bin", "unpack.carrier -> out"];
    let line = line_of("\"box\": (), \"pallet\": (carrier: true)", "", &elements, &flow);
    let losses = ledger(&line, Time::ZERO, Time(2000 * SECOND)).expect("a run");
    // What is not scrap is on parts still inside: one pallet in work at each station, and one before it.
    let m = charges(&line, &losses, "m");
    assert!(m["scrap"] >= 1940.0 && m["work"] <= 40.0, "{m:?}");
    let elements = [
        ("in", "Source(product: \"p\")"),
        ("a", "Machine(cycle: \"10 s\")"),
        ("split", "Disassembler(cycle: \"10 s\", gives: { \"x\": 1, \"y\": 3 })"),
        ("bin", "Sink(scrap: true)"),
        ("out", "Sink()"),
    ];
    let flow = ["in -> a -> split", "split.x -> bin", "split.y -> out"];
    let line = line_of("\"p\": (), \"x\": (), \"y\": ()", "", &elements, &flow);
    // 100 parts are begun at "a", 99 of them are taken apart, and a quarter of each is scrap.
    is(&seconds(&line, "a", 0, 1000), &[("scrap", 99.0 * 2.5), ("work", 1000.0 - 99.0 * 2.5)]);
}

/// The ledger against the records, which know nothing of causes.
fn is_the_whole(line: &Line, opens: Time, end: Time) -> Option<Vec<ElementLosses>> {
    let losses = ledger(line, opens, end)?;
    let mut records = Records::of(line);
    let mut run = Replication::new(line, 1, 0);
    run.advance(opens, &mut records).expect("the same run");
    records.open_window(opens);
    run.advance(end, &mut records).expect("the same run");
    records.settle(end);
    let window = u128::from((end - opens).0);
    for (nth, element) in line.elements.iter().enumerate() {
        let losses = &losses[nth];
        let has_states = records.clock(nth).state().is_some();
        let all: u128 = losses.shares.iter().map(|(_, share)| share.nanos).sum();
        let expected = if has_states { window * u128::from(losses.places) } else { 0 };
        assert_eq!(all, expected, "{}: {:?}", element.name, losses.shares);
        let times = records.state_times(nth);
        let meter = &records.meters[nth];
        for state in State::ALL {
            let of_state = || losses.shares.iter().filter(|(loss, _)| loss.kind.state() == state);
            let nanos: u128 = of_state().map(|(_, share)| share.nanos).sum();
            let mean = nanos as f64 / f64::from(losses.places);
            assert!(
                (mean - times[state as usize]).abs() < 2.0,
                "{} {state:?}: {mean} {}",
                element.name,
                times[state as usize]
            );
            let kwh: f64 = of_state().map(|(_, share)| share.kwh.expect("known")).sum();
            let of_carrier = |carrier: EnergyCarrier| {
                let amount = carrier.in_units(meter.amount_in(carrier, state) as f64);
                line.factors.kwh_of(carrier, amount).expect("a factor")
            };
            let metered: f64 = EnergyCarrier::ALL.into_iter().map(of_carrier).sum();
            assert!((kwh - metered).abs() <= 1e-9 * metered, "{} {state:?}: {kwh} {metered}", element.name);
        }
    }
    Some(losses)
}

fn all_holds(plant: &Plant, picks: u64) {
    let opens = Time(20 * 60 * SECOND);
    let line = plant.line_by(CALENDARS, RUN);
    let Some(losses) = is_the_whole(&line, opens, END) else { return };
    let again = plant.shuffled(picks).line_by(CALENDARS, RUN);
    let other = ledger(&again, opens, END).expect("the same run");
    for element in &line.elements {
        assert_eq!(
            charges(&line, &losses, &element.name),
            charges(&again, &other, &element.name),
            "{}",
            element.name
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..config() })]

    #[test]
    fn every_instant_and_every_kilowatt_hour_has_one_cause(plant in any_plant(), ends in any::<u64>(), picks in any::<u64>()) {
        all_holds(&with_saving(with_ends(plant, ends), picks), picks);
    }

    #[test]
    fn so_it_is_in_every_robot_cell(plant in any_cell(), ends in any::<u64>(), picks in any::<u64>()) {
        all_holds(&with_saving(with_ends(plant, ends), picks), picks);
    }
}

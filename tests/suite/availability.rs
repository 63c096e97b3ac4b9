//! Breakdowns in the long run: what each clock costs, and what two machines cost each other.
//!
//! Theory is judged as in `closed_forms.rs`; single breakdowns are followed to the nanosecond in `interruption.rs`.

use super::kit::{SURE, agrees, kpi, serial, study};
use taktwin::event::State;
use taktwin::line::Line;
use taktwin::stats::Interval;

const HOUR: f64 = 3600.0;

fn line(elements: &[&str]) -> Line {
    let run = format!("warm_up: \"1000 s\", length: \"100000 s\", replications: 20, seed: 4, {SURE}");
    serial(&run, elements)
}

fn throughput(elements: &[&str]) -> Interval {
    kpi(&study(&line(elements)), "throughput")
}

/// The share of time that the machine in place 1 is in a state.
fn share(elements: &[&str], state: State) -> Interval {
    let line = line(elements);
    let study = study(&line);
    study.elements()[1].part("states", state.name()).expect("a state that occurs")
}

#[test]
fn a_life_in_working_time_costs_its_repair_per_life_worked() {
    // 1 / (c (1 + repair / life)), exact since nothing else stops the machine.
    let machine = "Machine(cycle: Constant(\"2 s\"), \
                   breakdowns: [(after: Exponential(\"100 s\"), repair: Exponential(\"25 s\"))])";
    let line = ["Source()", machine, "Sink()"];
    agrees(throughput(&line), HOUR / (2.0 * 1.25), 0.02);
    agrees(share(&line, State::Failed), 0.2, 0.05);
}

#[test]
fn a_life_in_working_time_does_not_pass_while_the_machine_waits() {
    // Half loaded: working 0.5, failed 0.5 · 25 / 100.
    let machine = "Machine(cycle: Constant(\"2 s\"), \
                   breakdowns: [(after: Exponential(\"100 s\"), repair: Exponential(\"25 s\"))])";
    let line = ["Source(interarrival: Exponential(\"4 s\"))", machine, "Sink()"];
    agrees(share(&line, State::Working), 0.5, 0.02);
    agrees(share(&line, State::Failed), 0.125, 0.07);
}

#[test]
fn a_life_by_the_calendar_passes_also_while_the_machine_waits() {
    // Failed repair / (life + repair) whatever the load is.
    let breakdowns =
        "breakdowns: [(after: Exponential(\"100 s\"), repair: Exponential(\"25 s\"), clock: Calendar)]";
    let machine = format!("Machine(cycle: Constant(\"2 s\"), {breakdowns})");
    agrees(share(&["Source()", &machine, "Sink()"], State::Failed), 0.2, 0.05);
    let half_loaded = ["Source(interarrival: Exponential(\"4 s\"))", &machine, "Sink()"];
    agrees(share(&half_loaded, State::Failed), 0.2, 0.05);
    agrees(share(&half_loaded, State::Working), 0.5, 0.02);
    agrees(throughput(&["Source()", &machine, "Sink()"]), HOUR * 0.8 / 2.0, 0.02);
}

#[test]
fn a_life_in_parts_costs_its_repair_per_number_of_parts() {
    // 1 / (c + repair / n)
    for (life, repair) in
        [("Constant(\"50 parts\")", "Exponential(\"100 s\")"), ("Constant(\"1 parts\")", "Constant(\"2 s\")")]
    {
        let machine =
            format!("Machine(cycle: Exponential(\"2 s\"), breakdowns: [(after: {life}, repair: {repair})])");
        agrees(throughput(&["Source()", &machine, "Sink()"]), HOUR / 4.0, 0.03);
    }
}

#[test]
fn competing_modes_add_up() {
    // 1 / (c (1 + r1 / m1 + r2 / m2 + r3 / (n c)))
    let machine = "Machine(cycle: Constant(\"2 s\"), breakdowns: [\
                   (after: Exponential(\"100 s\"), repair: Exponential(\"20 s\")), \
                   (after: Gamma(mean: \"400 s\", cv: 0.5), repair: Constant(\"40 s\")), \
                   (after: Constant(\"100 parts\"), repair: Exponential(\"40 s\"))])";
    agrees(throughput(&["Source()", machine, "Sink()"]), HOUR / (2.0 * 1.5), 0.02);
}

#[test]
fn two_machines_without_a_buffer_wait_for_the_longer_of_their_stops() {
    // Both begin together: machine 1 hands over at the instant at which both are done. With constant repairs r and lives
    // without memory, each stops N ~ Poisson(c / m) times in an operation, so a cycle lasts c + r E[max(N1, N2)].
    let machine = "Machine(cycle: Constant(\"10 s\"), \
                   breakdowns: [(after: Exponential(\"40 s\"), repair: Constant(\"6 s\"))])";
    let a: f64 = 10.0 / 40.0;
    let poisson = |n: i32| (-a).exp() * (1..=n).map(|i| a / f64::from(i)).product::<f64>();
    let at_most = |n: i32| (0..=n).map(poisson).sum::<f64>();
    let longer: f64 = (0..40).map(|n| 1.0 - at_most(n) * at_most(n)).sum();
    agrees(throughput(&["Source()", machine, machine, "Sink()"]), HOUR / (10.0 + 6.0 * longer), 0.01);
}

#[test]
fn a_long_buffer_leaves_the_weaker_machine_its_whole_rate() {
    // The weaker: rate x availability. The stronger has so much to spare that 10,000 places never fill nor run empty.
    let weak = "Machine(cycle: Constant(\"2 s\"), \
                breakdowns: [(after: Exponential(\"100 s\"), repair: Exponential(\"25 s\"))])";
    let strong = "Machine(cycle: Constant(\"1 s\"), \
                  breakdowns: [(after: Exponential(\"100 s\"), repair: Exponential(\"25 s\"))])";
    let buffer = "Buffer(capacity: 10000)";
    let rate = HOUR / 2.5;
    agrees(throughput(&["Source()", weak, buffer, strong, "Sink()"]), rate, 0.02);
    let begun = "Buffer(capacity: 10000, initial: 5000)";
    agrees(throughput(&["Source()", strong, begun, weak, "Sink()"]), rate, 0.02);
}

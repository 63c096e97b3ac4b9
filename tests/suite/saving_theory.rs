//! Queues whose server sleeps, against closed forms: stock, shares of the time in each state, and when to switch off.

use super::kit::{SURE, agrees, kpi, serial, study};
use taktwin::event::State;
use taktwin::line::Line;
use taktwin::study::Study;

/// Arrivals a second; the cycle is exponential with a mean of one second.
const RATE: f64 = 0.5;

/// Exponential gaps, a queue without end, a server with this mode. The element with the server is "2".
fn queue(length: u32, mode: &str) -> Line {
    let machine = format!(
        "Machine(cycle: Exponential(\"1 s\"), power: (working: \"10 kW\", idle: \"4 kW\"), saving: [(power: \"1 kW\", {mode})])"
    );
    let run = format!("warm_up: \"500 s\", length: \"{length} s\", replications: 20, seed: 10, {SURE}");
    serial(&run, &["Source(interarrival: Exponential(\"2 s\"))", "Buffer()", &machine, "Sink()"])
}

/// The mean share of the time that the server is in a state.
fn share(study: &Study<'_>, state: State) -> f64 {
    study.elements()[2].part("states", state.name()).map_or(0.0, |share| share.mean)
}

#[test]
fn a_server_that_sleeps_at_once_and_wakes_for_the_nth_customer_has_the_stock_of_the_n_policy_with_setup() {
    for (parts, setup) in [(1_u32, 1.5), (1, 0.0), (4, 2.5)] {
        let mode = format!("time_to_operate: \"{setup} s\", off: [After(\"0 s\")], on: [Parts({parts})]");
        let line = queue(40_000, &mode);
        let study = study(&line);
        // L = rho + lambda^2 E[S^2] / (2 (1 - rho)) + E[X (X - 1)] / (2 E[X]), where X = N + Poisson(lambda D) customers are there when
        // the work begins (decomposition of Fuhrmann and Cooper).
        let (n, during) = (f64::from(parts), RATE * setup);
        let begin = n + during;
        let pairs = n * (n - 1.0) + 2.0 * n * during + during * during;
        let stock = RATE + RATE * RATE * 2.0 / (2.0 * (1.0 - RATE)) + pairs / (2.0 * begin);
        agrees(kpi(&study, "wip"), stock, 0.06);
        // It sleeps for N gaps, comes back for the setup, and works for the rest.
        let (sleeps, back) = (n / RATE, setup);
        let rest = (1.0 - RATE) / (sleeps + back);
        let close = |state: State, theory: f64| {
            let found = share(&study, state);
            assert!((found - theory).abs() < 0.006, "{parts}, {setup}: {state:?} {found}, theory {theory}");
        };
        close(State::Working, RATE);
        close(State::Standby, sleeps * rest);
        close(State::WarmUp, back * rest);
    }
}

#[test]
fn a_server_with_a_timer_is_in_each_state_for_the_share_of_theory() {
    let (timer, setup) = (1.2, 0.8);
    let line = queue(40_000, &format!("time_to_operate: \"{setup} s\", off: [After(\"{timer} s\")]"));
    let study = study(&line);
    // An idle time is exponential. It is over before the timer with 1 - p; else the server sleeps for another exponential time, since
    // the next customer wakes it, and comes back.
    let p = (-RATE * timer).exp();
    let (waits, sleeps, back) = ((1.0 - p) / RATE, p / RATE, p * setup);
    let rest = (1.0 - RATE) / (waits + sleeps + back);
    for (state, theory) in [
        (State::Working, RATE),
        (State::Starved, waits * rest),
        (State::Standby, sleeps * rest),
        (State::WarmUp, back * rest),
    ] {
        let found = share(&study, state);
        assert!((found - theory).abs() < 0.006, "{state:?} {found}, theory {theory}");
    }
}

/// The energy for each hour of a server that goes off after a time, or never.
fn power(off: &str, energy: &str) -> f64 {
    let mode = format!("time_to_operate: \"1 ms\", energy_to_operate: \"{energy}\", off: [{off}]");
    kpi(&study(&queue(4000, &mode)), "mean_power").mean
}

#[test]
fn with_exponential_gaps_it_is_best_to_switch_off_at_once_or_never() {
    // The mean gap is 2 s and a second in the mode saves 3 kJ: coming back may take up to 6 kJ.
    let timers = ["", "After(\"4 s\")", "After(\"2 s\")", "After(\"1 s\")", "After(\"0 s\")"];
    let cheap = timers.map(|off| power(off, "2 kJ"));
    assert!(cheap.is_sorted_by(|one, next| one > next), "the sooner the better: {cheap:?}");
    let dear = timers.map(|off| power(off, "15 kJ"));
    assert!(dear.is_sorted_by(|one, next| one < next), "the later the better: {dear:?}");
}

/// The energy in kilojoules that a machine takes for each part of one second and the gap after it.
pub fn energy_of_gap(gap: f64, machine: &str) -> f64 {
    let both = gap + 1.0;
    let source = format!("Source(interarrival: \"{both} s\")");
    let run = format!("warm_up: \"{} s\", length: \"{} s\", replications: 2", 10.0 * both, 100.0 * both);
    let line = serial(&run, &[&source, "Buffer()", machine, "Sink()"]);
    kpi(&study(&line), "energy").mean * 3600.0 / 100.0
}

#[test]
fn the_break_even_timer_takes_at_most_twice_what_one_takes_who_knows_the_gap() {
    // Gaps of every length, each between two parts of one second: waiting costs 3 kJ/s more than the mode, coming back 12 kJ.
    let energy = |gap: f64, off: &str| {
        let machine = format!(
            "Machine(cycle: \"1 s\", power: (working: \"10 kW\", idle: \"4 kW\"), saving: [(power: \"1 kW\", \
             time_to_operate: \"1 ms\", energy_to_operate: \"12 kJ\", off: [{off}])])"
        );
        energy_of_gap(gap, &machine)
    };
    let mut worst = 0.0_f64;
    for gap in [0.5, 1.0, 2.0, 3.0, 3.9, 4.0, 4.1, 5.0, 8.0, 20.0] {
        // What a gap costs above sleeping through it.
        let base = 10.0 + 1.0 * gap;
        let clairvoyant = energy(gap, "").min(energy(gap, "After(\"0 s\")")) - base;
        let timer = energy(gap, "BreakEven") - base;
        worst = worst.max(timer / clairvoyant);
        assert!(
            timer <= 2.0 * clairvoyant + 0.02 && timer >= clairvoyant - 1e-6,
            "{gap}: {timer}, {clairvoyant}"
        );
    }
    assert!(worst > 1.8, "the bound is nearly reached by the gap that ends just after the timer: {worst}");
}

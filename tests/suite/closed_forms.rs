//! Queues and lines whose throughput, stock and lead time are known in closed form.
//!
//! Each theory must lie in the product's own interval at a confidence of 99.99 % (see [`SURE`](super::kit::SURE)), and
//! that interval must be narrow. Availability is in `availability.rs`, robots are in `robots.rs`.

use super::kit::{SURE, agrees, kpi, serial, study};

/// Seconds of an hour: throughput is told per hour.
const HOUR: f64 = 3600.0;

fn run(warm_up: u32, length: u32) -> String {
    format!("warm_up: \"{warm_up} s\", length: \"{length} s\", replications: 20, seed: 10, {SURE}")
}

/// One machine, a queue without end, exponential gaps of 1.25 s: the load is 0.8 for a cycle of 1 s.
fn queue_before(cycle: &str) -> [String; 4] {
    let machine = format!("Machine(cycle: {cycle})");
    ["Source(interarrival: Exponential(\"1.25 s\"))", "Buffer()", &machine, "Sink()"].map(str::to_owned)
}

fn of(elements: &[String], warm_up: u32, length: u32, name: &str) -> taktwin::stats::Interval {
    let elements: Vec<&str> = elements.iter().map(String::as_str).collect();
    kpi(&study(&serial(&run(warm_up, length), &elements)), name)
}

#[test]
fn a_queue_with_exponential_cycles_has_the_stock_and_the_lead_time_of_mm1() {
    // L = rho / (1 - rho) = 4, W = 1 s / (1 - rho) = 5 s.
    let line = queue_before("Exponential(\"1 s\")");
    agrees(of(&line, 500, 40_000, "wip"), 4.0, 0.08);
    agrees(of(&line, 500, 40_000, "lead_time"), 5.0, 0.08);
    agrees(of(&line, 500, 40_000, "throughput"), 0.8 * HOUR, 0.01);
}

/// Pollaczek and Khinchine: W = s + rho s (1 + cv²) / (2 (1 - rho)), with s = 1 s and rho = 0.8.
fn pollaczek_khinchine(cv: f64) -> f64 {
    1.0 + 0.8 * (1.0 + cv * cv) / (2.0 * 0.2)
}

#[test]
fn a_queue_with_any_cycle_has_the_lead_time_of_pollaczek_and_khinchine() {
    for (cycle, cv) in [
        ("Constant(\"1 s\")", 0.0),
        ("Gamma(mean: \"1 s\", cv: 0.5)", 0.5),
        ("Gamma(mean: \"1 s\", cv: 1.5)", 1.5),
        ("Lognormal(mean: \"1 s\", cv: 0.7)", 0.7),
        ("Uniform(min: \"0.5 s\", max: \"1.5 s\")", (1.0f64 / 12.0).sqrt()),
        ("Erlang(mean: \"1 s\", phases: 4)", 0.5),
    ] {
        let found = of(&queue_before(cycle), 500, 30_000, "lead_time");
        agrees(found, pollaczek_khinchine(cv), 0.15);
    }
}

/// Two exponential stations with `places` between them, the first never short of parts.
fn two_stations(first: &str, second: &str, places: usize) -> Vec<String> {
    let machine = |mean: &str| format!("Machine(cycle: Exponential(\"{mean}\"))");
    let buffer = (places > 0).then(|| format!("Buffer(capacity: {places})"));
    let head = ["Source()".to_owned(), machine(first)];
    head.into_iter().chain(buffer).chain([machine(second), "Sink()".to_owned()]).collect()
}

#[test]
fn two_equal_exponential_stations_lose_what_their_buffer_does_not_save() {
    // mu (b + 2) / (b + 3)
    for places in [0, 1, 2, 6] {
        let b = places as f64;
        let found = of(&two_stations("1 s", "1 s", places), 200, 20_000, "throughput");
        agrees(found, HOUR * (b + 2.0) / (b + 3.0), 0.01);
    }
}

#[test]
fn two_unequal_exponential_stations_are_the_queue_mm1k() {
    // What station 1 has finished and station 2 has not is M/M/1/K with K = b + 2: the buffer, the part in service, and
    // the one that blocks station 1. It arrives at 1/0.8 s while station 1 is not blocked: rho = 1.25.
    for places in [0, 3] {
        let (rate, rho, k) = (1.25f64, 1.25f64, places as i32 + 2);
        let p = |n: i32| rho.powi(n) * (1.0 - rho) / (1.0 - rho.powi(k + 1));
        let line = two_stations("0.8 s", "1 s", places);
        agrees(of(&line, 200, 20_000, "throughput"), HOUR * rate * (1.0 - p(k)), 0.01);
        // Station 1 holds one part more while it works.
        let stock: f64 = (0..=k).map(|n| f64::from(n) * p(n)).sum::<f64>() + 1.0 - p(k);
        agrees(of(&line, 200, 20_000, "wip"), stock, 0.02);
    }
}

#[test]
fn three_exponential_stations_without_buffers_reach_22_of_39() {
    let line = ["Source()", "Machine(cycle: Exponential(\"1 s\"))"].map(str::to_owned);
    let line: Vec<String> =
        line.iter().cloned().chain([line[1].clone(), line[1].clone(), "Sink()".to_owned()]).collect();
    agrees(of(&line, 200, 30_000, "throughput"), HOUR * 22.0 / 39.0, 0.01);
}

#[test]
fn a_line_of_constant_cycles_runs_at_the_pace_of_its_slowest_station() {
    let line = ["Source()", "Machine(cycle: Constant(\"4 s\"))", "Machine(cycle: Constant(\"5 s\"))"];
    let line: Vec<String> =
        line.into_iter().chain(["Machine(cycle: Constant(\"3 s\"))", "Sink()"]).map(str::to_owned).collect();
    let found = of(&line, 100, 5000, "throughput");
    assert_eq!((found.mean, found.half_width), (720.0, Some(0.0)));
}

//! Energy and peaks by hand arithmetic: power of a state times the time in it.

use super::kit::{kpi, line, serial, study};
use taktwin::line::Line;

/// The mean of a KPI of a line without chance.
fn figure(line: &Line, name: &str) -> f64 {
    let found = kpi(&study(line), name);
    assert_eq!(found.half_width, Some(0.0), "nothing varies here");
    found.mean
}

fn near(found: f64, by_hand: f64) {
    assert!((found - by_hand).abs() <= 1e-9 * by_hand, "{found} is not {by_hand}");
}

/// A part an hour, from the first hour on, works for so long at 12 kW; the rest of the hour draws 3 kW.
fn hourly(cycle: &str) -> Line {
    let machine =
        format!("Machine(cycle: Constant(\"{cycle}\"), power: (working: \"12 kW\", idle: \"3 kW\"))");
    let run = "warm_up: \"1 h\", length: \"10 h\", replications: 2";
    serial(run, &["Source(interarrival: Constant(\"1 h\"))", &machine, "Sink()"])
}

#[test]
fn energy_is_power_by_state_times_time() {
    // 10 h of 20 min at 12 kW and 40 min at 3 kW: 60 kWh for ten parts.
    let line = hourly("20 min");
    near(figure(&line, "energy"), 60.0);
    near(figure(&line, "mean_power"), 6.0);
    near(figure(&line, "energy_per_good_part"), 6.0);
}

#[test]
fn the_peak_is_the_highest_mean_over_any_fifteen_minutes() {
    // Longer than the meter's window: all of it. Shorter: five minutes at 12 kW beside ten at 3 kW.
    near(figure(&hourly("20 min"), "peak_power_15min"), 12.0);
    near(figure(&hourly("5 min"), "peak_power_15min"), 6.0);
}

#[test]
fn two_machines_share_one_peak_only_while_both_work() {
    // The first works 0 to 10 min of each hour, the second 10 to 15: 12 · 10 + 3 · 5 and 3 · 10 + 12 · 5 kW min.
    let machine = |cycle: &str| {
        format!("Machine(cycle: Constant(\"{cycle}\"), power: (working: \"12 kW\", idle: \"3 kW\"))")
    };
    let run = "warm_up: \"1 h\", length: \"10 h\", replications: 2";
    let source = "Source(interarrival: Constant(\"1 h\"))";
    let line = serial(run, &[source, &machine("10 min"), &machine("5 min"), "Sink()"]);
    near(figure(&line, "peak_power_15min"), 9.0 + 6.0);
    near(figure(&line, "energy"), 10.0 * ((12.0 * 10.0 + 3.0 * 50.0) + (12.0 * 5.0 + 3.0 * 55.0)) / 60.0);
}

#[test]
fn a_failed_machine_draws_three_tenths_of_its_working_power_unless_told_otherwise() {
    // 1 h of work at 10 kW, half an hour of repair: at 3 kW by default, at 8 kW where the layout says so.
    let machine = |power: &str| {
        format!(
            "Machine(cycle: Constant(\"7 min\"), power: (working: \"10 kW\"{power}), \
             breakdowns: [(after: Constant(\"1 h\"), repair: Constant(\"30 min\"))])"
        )
    };
    let run = "length: \"15 h\", replications: 2";
    near(figure(&serial(run, &["Source()", &machine(""), "Sink()"]), "energy"), 115.0);
    let said = machine(", failed: \"8 kW\"");
    near(figure(&serial(run, &["Source()", &said, "Sink()"]), "energy"), 140.0);
}

#[test]
fn a_robot_draws_by_what_it_does() {
    // Of every 25 s: 20 s moving at 2 kW, 5 s holding at 1 kW, and no rest.
    let robot = "Robot(load: \"2 s\", unload: \"3 s\", speed: \"0.5 m/s\", \
                 power: (moving: \"2 kW\", holding: \"1 kW\", idle: \"0.5 kW\"))";
    let elements = [("in", "Source(at: (1.0, 1.0))"), ("out", "Sink(at: (4.0, 5.0))"), ("robot", robot)];
    let line =
        line("warm_up: \"40 s\", length: \"10000 s\", replications: 2", &elements, &["in -> out by robot"]);
    near(figure(&line, "energy"), 10_000.0 / 3600.0 * 1.8);
}

//! Energy and peaks by hand arithmetic: power of a state times the time in it.

use super::kit::{kpi, line, line_of, serial, study};
use taktwin::kpi::named;
use taktwin::line::Line;
use taktwin::study::Warning;

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
    let written = machine(", failed: \"8 kW\"");
    near(figure(&serial(run, &["Source()", &written, "Sink()"]), "energy"), 140.0);
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

#[test]
fn changing_over_draws_six_tenths_of_the_working_power_unless_told_otherwise() {
    // Of every 100 s: 20 s of work on each of two products, 15 s before each of them for changing over, and 30 s of waiting.
    let of = |power: &str| {
        let machine =
            format!("Machine(cycle: \"20 s\", setup: (time: \"15 s\"), power: (working: \"10 kW\"{power}))");
        let elements = [
            ("a", "Source(product: \"a\", interarrival: \"100 s\")"),
            ("b", "Source(product: \"b\", interarrival: \"100 s\")"),
            ("mill", machine.as_str()),
            ("out", "Sink()"),
        ];
        let run = "warm_up: \"1000 s\", length: \"36000 s\", replications: 2";
        line_of("\"a\": (), \"b\": ()", run, &elements, &["a -> mill", "b -> mill", "mill -> out"])
    };
    let hours = 10.0;
    near(figure(&of(""), "energy"), hours * (10.0 * 0.4 + 6.0 * 0.3 + 5.0 * 0.3));
    near(figure(&of(", setup: \"8 kW\""), "energy"), hours * (10.0 * 0.4 + 8.0 * 0.3 + 5.0 * 0.3));
}

#[test]
fn what_draws_by_its_load_only_has_a_known_energy() {
    // Four parts of 3.6 kW, on the belt for 30, 30, 30 and 20 s.
    let belt = |power: &str| format!("Conveyor(length: \"30 m\", speed: \"1 m/s\", pitch: \"1 m\"{power})");
    let of = |power: &str| {
        serial(
            "length: \"100 s\", replications: 2",
            &["Source(interarrival: \"20 s\")", &belt(power), "Sink()"],
        )
    };
    let loaded = of(", power: (working: \"0 W\", per_part: \"3.6 kW\")");
    near(figure(&loaded, "energy"), 0.11);
    let found = study(&loaded);
    near(found.elements()[1].energy_kwh.expect("known").mean, 0.11);
    assert!(!found.warnings.iter().any(|warning| matches!(warning, Warning::EnergyUnknown)));

    // Nothing is a number too, if somebody says it; if nobody does, energy is unknown.
    let nothing = of(", power: (working: \"0 W\")");
    assert_eq!(figure(&nothing, "energy"), 0.0);
    let silent = of("");
    let found = study(&silent);
    assert_eq!((found.interval(named("energy").unwrap()), found.elements()[1].energy_kwh), (None, None));
    assert!(found.warnings.contains(&Warning::EnergyUnknown));
}

//! What a conveyor draws by its length and by what moves on it, worked by hand.

use super::conveyors::near;
use super::kit::{self, kpi, study};
use taktwin::line::Line;

/// The mean of a KPI of a line without chance.
fn figure(line: &Line, name: &str) -> f64 {
    let found = kpi(&study(line), name);
    assert_eq!(found.half_width, Some(0.0), "nothing varies here");
    found.mean
}

/// A kiln of 45 min, held at 3 MW; each square metre takes up 8.4 kW as long as it is inside.
fn kiln(interarrival: &str) -> Line {
    let kiln = "Conveyor(length: \"45 m\", speed: \"1 m/min\", pitch: \"1 m\", when_blocked: Never, \
                power: (working: \"3 MW\", per_part: \"8.4 kW\"))";
    let source = format!("Source(interarrival: \"{interarrival}\")");
    let elements = [("press", &source[..]), ("kiln", kiln), ("sort", "Sink()"), ("bin", "Sink(scrap: true)")];
    let run = "warm_up: \"1 h\", length: \"10 h\", replications: 2";
    kit::line(run, &elements, &["press -> kiln -> sort", "kiln.scrap -> bin"])
}

#[test]
fn gaps_in_a_kiln_cost_energy() {
    // Full, a tile a minute: 3000 kW / 60 /h + 8.4 kW · 0.75 h. With every second place empty the hold counts twice.
    near(figure(&kiln("1 min"), "energy_per_good_part"), 50.0 + 6.3);
    near(figure(&kiln("2 min"), "energy_per_good_part"), 100.0 + 6.3);
    near(figure(&kiln("1 min"), "mean_power"), 3000.0 + 45.0 * 8.4);
    // The mean of 22 and 23 tiles inside; a quarter of an hour sees at most eight halves of its minutes with 23.
    near(figure(&kiln("2 min"), "mean_power"), 3000.0 + 22.5 * 8.4);
    near(figure(&kiln("2 min"), "peak_power_15min"), 3000.0 + 8.4 * (22.0 + 8.0 / 15.0));
    // The report's elements say the same as the line's meter.
    let line = kiln("2 min");
    let study = study(&line);
    let kiln = &study.elements()[kit::slot(&line, "kiln").index()];
    near(kiln.one("energy_kwh").unwrap().mean, 10.0 * (3000.0 + 22.5 * 8.4));
    let by_state: Vec<_> = kiln.each("energy_by_state_kwh").collect();
    assert_eq!(by_state.len(), 1);
    near(by_state[0].1.mean, 10.0 * (3000.0 + 22.5 * 8.4));
}

#[test]
fn a_belt_draws_by_its_length_and_by_what_moves_on_it() {
    // 12 m at 0.1 kW/m beside 0.3 kW: 1.5 kW. A part of 4 kg an hour, on its way for 60 s, adds 20 W + 4 · 5 W. The empty belt
    // runs on; so 1.5 kW all the time.
    let belt = |more: &str| {
        format!(
            "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", \
             power: (working: \"0.3 kW\", per_metre: \"0.1 kW\", per_part: \"20 W\", per_kg: \"5 W\"{more}))"
        )
    };
    let line = |belt: &str| {
        let run = "warm_up: \"1 h\", length: \"10 h\", replications: 2";
        let elements = [("in", "Source(interarrival: \"1 h\")"), ("belt", belt), ("out", "Sink()")];
        let text = kit::layout(run, &elements, &["in -> belt -> out"]);
        kit::read(&text.replace("\"part\": ()", "\"part\": (mass: \"4 kg\")"))
    };
    near(figure(&line(&belt("")), "energy"), 15.0 + 10.0 * 0.04 / 60.0);
    // One that is switched off when it is empty.
    near(figure(&line(&belt(", starved: \"0 W\"")), "energy"), 10.0 * 1.54 / 60.0);
}

#[test]
fn parts_that_lie_on_a_belt_at_first_draw_their_share_until_they_leave() {
    // At 6 and 3 m of 12 m at 0.2 m/s: 30 and 45 s on their way, 36 kW each, 0.3 and 0.45 kWh; the belt itself 0.1 kWh in 100 s.
    let belt = "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", power: (working: \"3.6 kW\", per_part: \"36 kW\"), \
                initial: (parts: [(\"part\", 2)], at: [\"6 m\", \"3 m\"]))";
    let run = "warm_up: \"0 s\", length: \"100 s\", replications: 2";
    near(figure(&kit::serial(run, &["Source(parts: 0)", belt, "Sink()"]), "energy"), 0.85);
}

#[test]
fn what_stands_on_a_belt_is_no_load() {
    // Before the slow machine, from 120 s on: 5 s of each 100 s the belt moves its queue, 95 s all stand. It carries four
    // parts until the fifth comes at the end of the move.
    let line = |when_blocked: &str| {
        let belt = format!(
            "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\", when_blocked: {when_blocked}, \
             power: (per_metre: \"1 kW\", per_part: \"0.5 kW\"))"
        );
        let run = "warm_up: \"120 s\", length: \"1000 s\", replications: 2";
        kit::serial(run, &["Source()", &belt, "Machine(cycle: \"100 s\")", "Sink()"])
    };
    let hours = |secs: f64| secs / 3600.0;
    near(figure(&line("Accumulate"), "energy"), 2.0 * hours(1000.0) + 4.0 * 0.5 * hours(50.0));
    near(figure(&line("Stop"), "energy"), 2.0 * hours(50.0) + 0.3 * hours(950.0) + 4.0 * 0.5 * hours(50.0));
}

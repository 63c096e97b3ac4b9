//! Energy and peaks by hand arithmetic: power of a state times the time in it.

use super::kit::{SECOND, kpi, line, line_of, record, serial, slot, study};
use taktwin::energy::{EnergyCarrier, PowerTerm};
use taktwin::event::{Listener, State, What};
use taktwin::kernel::Time;
use taktwin::kpi::named;
use taktwin::line::Line;
use taktwin::records::{Meter, Records};
use taktwin::study::trace::trace;
use taktwin::study::{Warning, Watch};

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
    let study = study(&line);
    let (warm_up, ends) = (study.warm_up, study.peak_ends());
    let trace = trace(&line, &study.plan, warm_up, (warm_up, Time(1)), ends, &Watch::nobody()).unwrap();
    let peak = trace.peak.unwrap();
    let shares: Vec<(&str, f64)> =
        peak.shares.iter().map(|(slot, watts)| (line.elements[slot.index()].name.as_str(), *watts)).collect();
    assert_eq!(shares, [("1", 9000.0), ("2", 6000.0)]);
    assert_eq!(peak.from.0 % (3600 * SECOND), 0, "it begins with the first machine");
    near(figure(&line, "energy"), 10.0 * ((12.0 * 10.0 + 3.0 * 50.0) + (12.0 * 5.0 + 3.0 * 55.0)) / 60.0);
}

/// The peak of a line by chance, with parts that weigh, from the events alone.
#[test]
fn the_shares_of_the_peak_are_power_times_time_by_the_events() {
    let line = mill_and_belt();
    let study = study(&line);
    let ends = study.peak_ends().unwrap();
    let trace =
        trace(&line, &study.plan, Time::ZERO, (Time::ZERO, Time(1)), Some(ends), &Watch::nobody()).unwrap();
    let peak = trace.peak.unwrap();
    let (from, quarter) = (ends.0 - 900 * SECOND, 900.0 * SECOND as f64);
    let nothing = Followed { state: None, inside: vec![0; 2], amounts: Default::default() };
    let (mut followed, mut now) = (vec![nothing; line.elements.len()], 0);
    let mut joules = vec![0.0; line.elements.len()];
    let mut pass = |followed: &[Followed], now: u64, next: u64| {
        let nanos = next.min(ends.0).saturating_sub(now.max(from)) as f64;
        for (slot, element) in followed.iter().enumerate() {
            let power: u64 = element.flows(&line, slot, EnergyCarrier::Electricity).iter().sum();
            joules[slot] += power as f64 * nanos;
        }
    };
    for event in record(&line, 4 * 3600).0 {
        pass(&followed, now, event.time.0);
        now = event.time.0;
        followed[event.element.index()].hear(event.what);
    }
    pass(&followed, now, 4 * 3600 * SECOND);
    for (slot, energy) in joules.iter().enumerate() {
        let share = peak.shares.iter().find(|(of, _)| of.index() == slot).map_or(0.0, |(_, watts)| *watts);
        assert!((share - energy / quarter / 1e3).abs() < 1e-6, "{slot}: {share} {energy}");
    }
    let place = taktwin::kpi::ALL.iter().position(|kpi| kpi.name == "peak_power_15min").unwrap();
    near(peak.shares.iter().map(|(_, watts)| watts / 1e3).sum(), study.outcomes[0].kpis[place].unwrap());
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
    near(found.elements()[1].one("energy_kwh").expect("known").mean, 0.11);
    assert!(!found.warnings.iter().any(|warning| matches!(warning, Warning::EnergyUnknown)));

    // Nothing is a number too, if somebody says it; if nobody does, energy is unknown.
    let nothing = of(", power: (working: \"0 W\")");
    assert_eq!(figure(&nothing, "energy"), 0.0);
    let silent = of("");
    let found = study(&silent);
    assert_eq!(
        (found.interval(named("energy").unwrap()), found.elements()[1].one("energy_kwh")),
        (None, None)
    );
    assert!(found.warnings.contains(&Warning::EnergyUnknown));
}

/// One element, followed event by event: its state, the parts of each product inside, and what it drew by term and state.
#[derive(Clone)]
struct Followed {
    state: Option<State>,
    inside: Vec<u64>,
    /// By carrier, term and state.
    amounts: [[[u128; State::ALL.len()]; PowerTerm::ALL.len()]; EnergyCarrier::ALL.len()],
}

impl Followed {
    /// What its state and the parts inside draw of a carrier, in whole steps a second.
    fn flows(&self, line: &Line, slot: usize, carrier: EnergyCarrier) -> [u64; PowerTerm::ALL.len()] {
        let table = &line.elements[slot].power;
        let Some(state) = self.state else { return [0, 0] };
        let loads = match carrier {
            EnergyCarrier::Electricity => table.loads.clone(),
            other => table
                .others
                .iter()
                .find(|flows| flows.carrier == other)
                .map_or(vec![], |flows| flows.loads.clone()),
        };
        let load: u64 = loads.iter().zip(&self.inside).map(|(each, parts)| each * parts).sum();
        [table.flow(carrier, state), if state == State::Working { load } else { 0 }]
    }

    fn pass(&mut self, line: &Line, slot: usize, nanos: u64) {
        let Some(state) = self.state else { return };
        for carrier in EnergyCarrier::ALL {
            for (term, flow) in self.flows(line, slot, carrier).into_iter().enumerate() {
                self.amounts[carrier as usize][term][state as usize] += u128::from(flow) * u128::from(nanos);
            }
        }
    }

    fn hear(&mut self, what: What) {
        match what {
            What::Became(state) => self.state = Some(state),
            What::Created(part) | What::Arrived(part) => self.inside[part.product as usize] += 1,
            What::Left { part, .. } | What::Delivered(part) => self.inside[part.product as usize] -= 1,
            _ => {}
        }
    }
}

/// Two products of other masses through a mill with all kinds of states, and over a belt that stands at times.
fn mill_and_belt() -> Line {
    let power = "power: (working: (electricity: \"12 kW\", air: \"0.3 Nm3/min\", cooling: \"2 kW\"), starved: \"3 kW\")";
    let mill = format!(
        "Machine(cycle: Exponential(\"40 s\"), setup: (time: \"15 s\"), {power}, \
         breakdowns: [(after: Exponential(\"10 min\"), repair: Exponential(\"3 min\"))])"
    );
    let belt = "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"2 m\", \
                power: (working: \"1 kW\", per_part: (electricity: \"20 W\", gas: \"1.5 kW\"), per_kg: (electricity: \"7 W\", steam: \"0.1 kg/h\"), idle: \"0.2 kW\"))";
    let weld = format!("Machine(cycle: Exponential(\"45 s\"), {power})");
    let elements = [
        ("a", "Source(product: \"a\", interarrival: Exponential(\"100 s\"))"),
        ("b", "Source(product: \"b\", interarrival: Exponential(\"100 s\"))"),
        ("mill", mill.as_str()),
        ("belt", belt),
        ("weld", weld.as_str()),
        ("out", "Sink()"),
    ];
    let products = "\"a\": (mass: \"2 kg\"), \"b\": (mass: \"50 kg\")";
    let flow = ["a -> mill", "b -> mill", "mill -> belt -> weld -> out"];
    line_of(products, "length: \"4 h\", replications: 2", &elements, &flow)
}

#[test]
fn the_meter_of_each_element_is_the_sum_over_the_events_of_power_times_time() {
    let line = mill_and_belt();
    let (end, mut now) = (4 * 3600, 0);
    let nothing = Followed { state: None, inside: vec![0; 2], amounts: Default::default() };
    let (mut followed, mut records) = (vec![nothing; line.elements.len()], Records::of(&line));
    let pass = |followed: &mut Vec<Followed>, nanos: u64| {
        followed.iter_mut().enumerate().for_each(|(slot, element)| element.pass(&line, slot, nanos));
    };
    for event in record(&line, end).0 {
        pass(&mut followed, event.time.0 - now);
        now = event.time.0;
        followed[event.element.index()].hear(event.what);
        records.on_event(event);
    }
    pass(&mut followed, end * SECOND - now);
    records.settle(Time(end * SECOND));

    for (slot, (element, meter)) in followed.iter().zip(&records.meters).enumerate() {
        let name = &line.elements[slot].name;
        let electricity = element.flows(&line, slot, EnergyCarrier::Electricity);
        assert_eq!(PowerTerm::ALL.map(|term| meter.power_of(term)), electricity, "{name}");
        let by_term = element.amounts[EnergyCarrier::Electricity as usize];
        for (term, by_state) in PowerTerm::ALL.into_iter().zip(by_term) {
            assert_eq!(meter.energy_of(term), by_state.iter().sum::<u128>(), "{name}, {}", term.name());
        }
        for carrier in EnergyCarrier::ALL {
            for state in State::ALL {
                let by_term = &element.amounts[carrier as usize];
                let of_terms: u128 = by_term.iter().map(|by_state| by_state[state as usize]).sum();
                assert_eq!(
                    meter.amount_in(carrier, state),
                    of_terms,
                    "{name}, {carrier:?}, {}",
                    state.name()
                );
            }
        }
    }
    let drawn =
        |carrier: EnergyCarrier| records.meters.iter().map(|meter| meter.amount(carrier)).sum::<u128>();
    for carrier in [EnergyCarrier::Gas, EnergyCarrier::Steam, EnergyCarrier::Air, EnergyCarrier::Cooling] {
        assert!(drawn(carrier) > 0, "{carrier:?}");
    }
    assert_eq!(records.line.power(), records.meters.iter().map(Meter::power).sum::<u64>());
    assert_eq!(records.line.energy, records.meters.iter().map(Meter::energy).sum::<u128>());
    // All of it happened.
    let [mill, belt] = ["mill", "belt"].map(|name| &records.meters[slot(&line, name).index()]);
    for state in [State::Working, State::Starved, State::Blocked, State::Setup, State::Failed] {
        assert!(mill.amount_in(EnergyCarrier::Electricity, state) > 0, "the mill was never {}", state.name());
    }
    assert!(
        belt.amount_in(EnergyCarrier::Electricity, State::Blocked) > 0 && belt.energy_of(PowerTerm::Load) > 0
    );
}

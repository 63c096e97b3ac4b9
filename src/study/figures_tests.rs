//! Figures of small lines that can be computed by hand.

use super::test_lines::{WORKED_BY_HAND, hours, line, mean, mm1, serial, study};
use super::{ElementSummary, Warning, narrate};
use crate::event::{LineEvent, Listener, State, What};
use crate::kernel::Time;
use crate::kpi;

/// The mean of a figure of an element.
fn of(element: &ElementSummary<'_>, figure: &str) -> Option<f64> {
    element.one(figure).map(|found| found.mean)
}

/// The means of a figure that has one for each state.
fn by_state(element: &ElementSummary<'_>, figure: &str) -> Vec<(State, f64)> {
    element.each(figure).filter_map(|(name, found)| Some((State::named(name)?, found.mean))).collect()
}

#[test]
fn the_kpis_of_a_line_without_chance_are_those_computed_by_hand() {
    let line = serial(&WORKED_BY_HAND);
    let study = study(&line);
    let expected = [
        ("throughput", 60.0),
        ("finished", 600.0),
        ("scrapped", 0.0),
        ("lead_time", 90.0),
        ("wip", 1.5),
        ("energy", 82.5),
        ("energy_per_good_part", 0.1375),
        ("mean_power", 8.25),
        ("peak_power_15min", 8.25),
        ("oee", 1.0),
    ];
    for (name, value) in expected {
        let interval = kpi::named(name).and_then(|kpi| study.interval(kpi)).expect(name);
        assert!((interval.mean - value).abs() < 1e-9 * value.max(1.0), "{name}: {}", interval.mean);
        assert!(interval.half_width.expect(name) < 1e-9, "{name}");
    }
    for name in ["lead_time_p50", "lead_time_p90", "lead_time_p95"] {
        let lead_time = mean(&study, name).expect(name);
        assert!((lead_time / 90.0 - 1.0).abs() < 1e-3, "{name}: {lead_time}");
    }
    assert_eq!(study.warnings, []);
}

#[test]
fn a_round_throughput_comes_out_round() {
    assert_eq!(mean(&study(&serial(&WORKED_BY_HAND)), "throughput"), Some(60.0));
}

#[test]
fn elements_share_their_time_and_energy_between_their_states() {
    let line = serial(&WORKED_BY_HAND);
    let study = study(&line);
    let second = &study.elements()[3];
    let states: Vec<(State, f64)> = by_state(second, "states");
    let energy: Vec<(State, f64)> = by_state(second, "energy_by_state_kwh");
    assert_eq!(states, [(State::Starved, 0.5), (State::Working, 0.5)]);
    assert_eq!(energy, [(State::Starved, 7.5), (State::Working, 15.0)]);
    assert_eq!(of(second, "energy_kwh"), Some(22.5));
    assert_eq!((of(second, "operations"), of(second, "contents_mean")), (Some(600.0), Some(0.5)));
    assert_eq!(of(second, "oee"), Some(0.5));
    assert_eq!(of(second, "utilisation"), Some(0.5));
}

#[test]
fn what_only_stores_has_no_states_and_no_energy() {
    let line = serial(&WORKED_BY_HAND);
    let study = study(&line);
    let buffer = &study.elements()[2];
    assert_eq!(
        (by_state(buffer, "states").len(), ["energy_kwh", "utilisation", "oee"].map(|name| of(buffer, name))),
        (0, [None; 3])
    );
}

#[test]
fn a_part_waits_where_it_is_blocked_and_where_it_is_stored() {
    // The second machine is the slower one: after each 30 s the first is blocked for 30 s, and the two places
    // between them are always full, so that a part stays there for two cycles.
    let line = serial(&[
        "Source()",
        "Machine(cycle: Constant(\"30 s\"))",
        "Buffer(capacity: 2)",
        "Machine(cycle: Constant(\"60 s\"))",
        "Sink()",
    ]);
    let study = study(&line);
    let waits: Vec<Option<f64>> = study.elements().iter().map(|element| of(element, "wait_s")).collect();
    assert_eq!(waits[1..], [Some(30.0), Some(120.0), Some(0.0), None]);
}

#[test]
fn a_part_never_waits_in_a_robot() {
    let line = line(
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: Constant(\"60 s\"))"),
            ("arm", "Robot(load: Constant(\"5 s\"), unload: Constant(\"5 s\"), power: (moving: \"2.6 kW\"))"),
            ("out", "Sink()"),
        ],
        &["in -> mill", "mill -> out by arm"],
    );
    let study = study(&line);
    let arm = &study.elements()[2];
    assert_eq!(of(arm, "wait_s"), Some(0.0));
    // 60 s of work and 5 s until the arm has taken the part; the next part comes in at once.
    let cycles = 36_000.0 / 65.0;
    assert!((of(arm, "utilisation").expect("a robot has states") - 10.0 * cycles / 36_000.0).abs() < 1e-3);
}

#[test]
fn scrap_lowers_the_oee_by_its_share() {
    let mut line = line(
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: Constant(\"60 s\"))"),
            ("shop", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> mill", "mill -> shop", "mill -> bin"],
    );
    line.elements[1].exits[0].shares = Some(vec![0.8, 0.2]);
    let study = study(&line);
    for outcome in &study.outcomes {
        let value = |name: &str| {
            kpi::ALL.iter().position(|kpi| kpi.name == name).and_then(|place| outcome.kpis[place])
        };
        let (good, scrap) = (value("finished").expect("finished"), value("scrapped").expect("scrapped"));
        assert!(scrap > 60.0 && good + scrap == 600.0);
        assert_eq!(value("oee"), Some(good / 600.0));
    }
}

#[test]
fn energy_is_unknown_when_nobody_says_what_anything_draws() {
    let line = serial(&["Source()", "Machine(cycle: Constant(\"60 s\"))", "Sink()"]);
    let study = study(&line);
    for name in ["energy", "energy_per_good_part", "mean_power", "peak_power_15min"] {
        assert_eq!(mean(&study, name), None, "{name}");
    }
    assert_eq!(study.warnings, [Warning::EnergyUnknown]);
}

#[test]
fn a_window_below_fifteen_minutes_has_no_peak() {
    let mut line = serial(&WORKED_BY_HAND);
    line.run.length = hours(0.2);
    let study = study(&line);
    assert_eq!(mean(&study, "peak_power_15min"), None);
    assert!(mean(&study, "mean_power").is_some());
}

#[test]
fn a_run_that_is_told_again_is_the_run_that_was_counted() {
    struct Deliveries(Time, f64);
    impl Listener for Deliveries {
        fn on_event(&mut self, event: LineEvent) {
            self.1 += f64::from(event.time > self.0 && matches!(event.what, What::Delivered(_)));
        }
    }
    let line = mm1("100 s", "70 s");
    let study = study(&line);
    let mut heard = Deliveries(study.warm_up, 0.0);
    narrate(&line, &study.plan, 3, study.warm_up, &mut heard).expect("a line that runs");
    assert_eq!(kpi::named("finished").map(|kpi| study.values(kpi)[3]), Some(Some(heard.1)));
}

//! Carriers beside electricity, by hand: a flow of a state times the time in it, converted by the factors of the line.

use super::kit::{kpi, slot, study};
use std::fs;
use taktwin::energy::EnergyCarrier;
use taktwin::event::State;
use taktwin::line::{self, Line};
use taktwin::study::{self, ElementSummary, Overrides, Study, StudyPlan, Warning, Watch};

/// A line in a file, with what it says of its energy and of the power of its only machine.
fn oven(energy: &str, power: &str) -> Line {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.ron");
    let text = format!(
        r#"Line(
            name: "oven",
            energy: ({energy}),
            run: (start: "2026-07-06 00:00", zone: "Asia/Shanghai", warm_up: "1 h", length: "10 h", replications: 2),
            products: {{ "part": () }},
            elements: {{
                "in":   Source(interarrival: "1 h"),
                "oven": Machine(cycle: "20 min", power: ({power})),
                "out":  Sink(),
            }},
            flow: ["in -> oven -> out"],
        )"#
    );
    fs::write(&path, text).unwrap();
    line::read(&path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
}

/// The mean of a figure of a line without chance; none if it is unknown.
fn figure(line: &Line, name: &str) -> Option<f64> {
    let study = study(line);
    study.interval(taktwin::kpi::named(name).unwrap()).map(|found| found.mean)
}

fn element<'a>(study: &'a Study<'_>, slot: usize) -> ElementSummary<'a> {
    study.elements().swap_remove(slot)
}

fn near(found: Option<f64>, by_hand: f64) {
    let found = found.expect("a value");
    assert!((found - by_hand).abs() <= 1e-9 * by_hand, "{found} is not {by_hand}");
}

const ALL: &str = "(electricity: \"12 kW\", gas: \"3 MW\", steam: \"300 kg/h\", air: \"0.5 Nm3/min\", water: \"12 L/min\", \
                   heat: \"90 kW\", cooling: \"45 kW\")";

#[test]
fn the_amount_of_each_carrier_is_its_flow_times_the_time_in_the_state() {
    // Ten parts of 20 min: ten thirds of an hour of work, and nothing else is drawn in the twenty thirds of waiting.
    let line = oven("", &format!("working: {ALL}, starved: (electricity: \"3 kW\")"));
    near(figure(&line, "electricity"), 12.0 * 10.0 / 3.0 + 3.0 * 20.0 / 3.0);
    near(figure(&line, "gas"), 3000.0 * 10.0 / 3.0);
    near(figure(&line, "steam"), 300.0 * 10.0 / 3.0);
    near(figure(&line, "air"), 30.0 * 10.0 / 3.0);
    near(figure(&line, "water"), 0.72 * 10.0 / 3.0);
    near(figure(&line, "heat"), 90.0 * 10.0 / 3.0);
    near(figure(&line, "cooling"), 45.0 * 10.0 / 3.0);
    // The meter of electricity knows nothing of the others.
    near(figure(&line, "mean_power"), 6.0);
    near(figure(&line, "peak_power_15min"), 12.0);
}

#[test]
fn a_state_that_is_written_is_complete_and_another_follows_carrier_by_carrier() {
    let line = oven("", "working: (electricity: \"10 kW\", gas: \"1 MW\"), starved: \"2 kW\"");
    let power = &line.elements[slot(&line, "oven").index()].power;
    let flows =
        |state: State| [power.flow(EnergyCarrier::Electricity, state), power.flow(EnergyCarrier::Gas, state)];
    assert_eq!(flows(State::Working), [10_000_000, 1_000_000_000]);
    assert_eq!(flows(State::Starved), [2_000_000, 0], "no gas is written for it");
    assert_eq!(flows(State::Blocked), [5_000_000, 500_000_000], "half of each is assumed");
    assert!(power.assumed.contains(&State::Blocked) && !power.assumed.contains(&State::Starved));
}

#[test]
fn energy_money_and_carbon_dioxide_are_converted_by_the_factors_of_the_line() {
    let factors = r#"
        electricity: (co2: (factor: "0.4 kg/kWh")),
        gas: (energy: "10 kWh/Nm3", price: "3.6 CNY/Nm3", co2: (factor: "2 kg/Nm3")),
        steam: (energy: "2.7 GJ/t", price: "250 CNY/t", co2: (factor: "0.11 t/GJ")),
        air: (energy: "0.12 kWh/Nm3", price: "0.1 CNY/Nm3", co2: (factor: "0.05 kg/Nm3")),
        water: (price: "5 CNY/m3", co2: (factor: "0.2 kg/m3")),
        heat: (price: "100 CNY/GJ", co2: (factor: "0.2 kg/kWh")),
        cooling: (energy: "0.3 kWh/kWh", price: "0.2 CNY/kWh", co2: (factor: "0.1 kg/kWh")),
    "#;
    let line = oven(factors, &format!("working: {ALL}, starved: \"0 W\""));
    let hours = 10.0 / 3.0;
    let by_hand = |of: [f64; 7]| of.iter().sum::<f64>() * hours;
    near(figure(&line, "energy"), by_hand([12.0, 3000.0, 300.0 * 0.75, 30.0 * 0.12, 0.0, 90.0, 45.0 * 0.3]));
    let co2 = [12.0 * 0.4, 3000.0 * 0.2, 300.0 * 2.7 * 0.11, 30.0 * 0.05, 0.72 * 0.2, 90.0 * 0.2, 45.0 * 0.1];
    near(figure(&line, "co2"), by_hand(co2));
    near(figure(&line, "co2_per_good_part"), by_hand(co2) / 10.0);
    // Electricity has no price yet.
    assert_eq!(figure(&line, "energy_cost"), None);
    let missing = |line: &Line| {
        let warnings = study(line).warnings;
        warnings.into_iter().find(|warning| matches!(warning, Warning::FactorMissing { .. }))
    };
    let carriers = vec![EnergyCarrier::Electricity];
    assert_eq!(missing(&line), Some(Warning::FactorMissing { kpi: "energy_cost", carriers }));

    let with_tariff = factors.replace("electricity: (", "electricity: (tariff: \"guangdong_2021\", ");
    let line = oven(&with_tariff, &format!("working: {ALL}, starved: \"0 W\""));
    assert_eq!(missing(&line), None);
    // From one to eleven o'clock in July: seven hours of the valley, two flat, and one of the peak, each with 20 min of work at 12 kW.
    let electricity = 4.0 * 0.65 * (7.0 * 0.38 + 2.0 + 1.7);
    let others = by_hand([0.0, 300.0 * 3.6, 0.3 * 250.0, 30.0 * 0.1, 0.72 * 5.0, 90.0 * 0.36, 45.0 * 0.2]);
    near(figure(&line, "energy_cost"), electricity + others);
}

#[test]
fn gas_alone_has_a_cost_in_its_currency_and_water_is_paid_by_the_tonne_too() {
    let line = oven("gas: (price: \"0.3 CNY/kWh\")", "working: (gas: \"100 kW\"), starved: \"0 W\"");
    near(figure(&line, "energy_cost"), 100.0 * 0.3 * 10.0 / 3.0);
    assert_eq!(line.currency(), Some(*b"CNY"));
    assert_eq!(figure(&line, "electricity"), Some(0.0), "nothing is drawn, and that is known");
    let [by_tonne, by_volume] = ["5 CNY/t", "5 CNY/m3"].map(|price| {
        let line =
            oven(&format!("water: (price: \"{price}\")"), "working: (water: \"12 L/min\"), starved: \"0 W\"");
        figure(&line, "energy_cost")
    });
    near(by_tonne, 0.72 * 5.0 * 10.0 / 3.0);
    assert_eq!(by_tonne, by_volume);
}

#[test]
fn what_is_only_named_for_a_state_that_never_comes_needs_no_factor() {
    let line = oven("", "working: \"10 kW\", starved: \"1 kW\", maintenance: (steam: \"30 kg/h\")");
    near(figure(&line, "energy"), 10.0 * 10.0 / 3.0 + 20.0 / 3.0);
    assert_eq!(figure(&line, "steam"), Some(0.0));
    assert!(!study(&line).warnings.iter().any(|warning| matches!(warning, Warning::FactorMissing { .. })));
}

#[test]
fn a_factor_that_is_missing_leaves_its_figure_unknown_and_is_named() {
    let line = oven("", "working: (electricity: \"10 kW\", steam: \"300 kg/h\", air: \"1 Nm3/min\")");
    assert_eq!(figure(&line, "energy"), None);
    assert!(figure(&line, "steam").is_some() && figure(&line, "co2").is_none());
    let carriers = vec![EnergyCarrier::Steam, EnergyCarrier::Air];
    let warning = Warning::FactorMissing { kpi: "energy", carriers };
    assert!(study(&line).warnings.contains(&warning));
    assert_eq!(warning.seen(), "the energy of a unit of steam, air is not known: `energy` is unknown");
}

#[test]
fn gas_by_its_volume_is_gas_by_its_heat() {
    let factors = "gas: (energy: \"10.3 kWh/Nm3\")";
    let [volume, heat] = ["300 Nm3/h", "3.09 MW"].map(|gas| {
        let line = oven(factors, &format!("working: (gas: \"{gas}\"), idle: (gas: \"0 W\")"));
        kpi(&study(&line), "gas").mean
    });
    assert!((volume - heat).abs() < 1e-6 * heat, "{volume} {heat}");
}

#[test]
fn the_energies_of_an_element_by_state_and_by_carrier_are_its_energy() {
    let factors = "steam: (energy: \"0.75 kWh/kg\"), air: (energy: \"0.12 kWh/Nm3\"), cooling: (energy: \"0.3 kWh/kWh\")";
    let line = oven(factors, &format!("working: {ALL}, starved: (electricity: \"3 kW\", gas: \"0.5 MW\")"));
    let study = study(&line);
    let element = element(&study, slot(&line, "oven").index());
    let sum = |figure: &str| element.each(figure).map(|(_, found)| found.mean).sum::<f64>();
    let whole = element.one("energy_kwh").unwrap().mean;
    near(Some(sum("energy_by_state_kwh")), whole);
    near(Some(sum("energy_by_carrier_kwh")), whole);
    near(figure(&line, "energy"), whole);
    let carriers: Vec<&str> = element.each("energy_by_carrier_kwh").map(|(name, _)| name).collect();
    assert_eq!(carriers, ["electricity", "gas", "steam", "air", "water", "heat", "cooling"]);
}

#[test]
fn the_kiln_of_the_scene_draws_what_its_numbers_say() {
    let line =
        line::read("scenes/tile_kiln/before.ron".as_ref(), &["run.replications=2".to_owned()]).unwrap();
    let study = study(&line);
    let energy = |name: &str| {
        let element = element(&study, slot(&line, name).index());
        element.part("energy_by_carrier_kwh", "gas").unwrap().mean
    };
    let parts = |name: &str| element(&study, slot(&line, name).index()).one("operations").unwrap().mean;
    // 3 MW for a week, whatever is in the kiln, and 11.1 kWh for each square metre that passes through.
    let by_hand = 3000.0 * 168.0 + 11.1 * parts("kiln");
    assert!((energy("kiln") / by_hand - 1.0).abs() < 1e-3, "{} {by_hand}", energy("kiln"));
    let by_hand = 10.3 * parts("spray dryer");
    assert!((energy("spray dryer") / by_hand - 1.0).abs() < 1e-3, "{} {by_hand}", energy("spray dryer"));
}

#[test]
fn the_upgrade_of_the_tile_kiln_saves_what_the_arithmetic_of_the_trade_says() {
    // 36.66 and 33.38 kWh for a square metre of first quality, -8.9 %: by hold power and fill, firing heat, dryers, electricity and
    // first-quality share.
    let [before, after] = ["before", "upgrade"].map(|name| {
        line::read(format!("scenes/tile_kiln/{name}.ron").as_ref(), &["run.replications=3".to_owned()])
            .unwrap()
    });
    let plan = StudyPlan::of(&before, &Overrides::default());
    let studies = study::run_all(&[&before, &after], &plan, &Watch::nobody()).unwrap();
    let comparison = study::compare(&studies[0], &studies[1], 1);
    let found = comparison.kpis.iter().find(|found| found.name() == "energy_per_good_part").unwrap();
    assert!((found.baseline.mean / 36.66 - 1.0).abs() < 0.02, "{:?}", found.baseline);
    assert!((found.mean.mean / 33.38 - 1.0).abs() < 0.02, "{:?}", found.mean);
    let change = found.change().unwrap().mean * 100.0;
    assert!((change + 8.9).abs() < 1.5, "{change} %");
}

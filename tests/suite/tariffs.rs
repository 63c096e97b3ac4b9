//! Tariffs in runs: cost and carbon dioxide by hand, energy by tariff period against the journal, and the bill of a simulated load
//! against the figures of the run.

use super::exit_codes::{answer, complaint, taktwin};
use super::kit::{Folder, kpi, read, record, study};
use super::scenes::scenes;
use taktwin::event::What;
use taktwin::kernel::Time;
use taktwin::line::{self, Line};
use taktwin::study::{self, Overrides, PeriodKind, Study, StudyPlan, Watch};
use taktwin::tariff::ElectricityBill;

/// A line of one machine that always works at 10 kW, in the zone of Guangdong.
fn press(run: &str, supply: &str) -> String {
    format!(
        "Line(name: \"press\", run: (zone: \"Asia/Shanghai\", {run}), energy: (electricity: ({supply})),
        products: {{ \"part\": () }},
        elements: {{ \"in\": Source(), \"press\": Machine(cycle: \"60 s\", power: (working: \"10 kW\")), \"out\": Sink() }},
        flow: [\"in -> press -> out\"])"
    )
}

const GUANGDONG: &str = "tariff: \"guangdong_2021\"";

fn study_by_tariff(line: &Line) -> Study<'_> {
    let plan = StudyPlan { by: Some(PeriodKind::Tariff), ..StudyPlan::of(line, &Overrides::default()) };
    study::run(line, &plan, &Watch::nobody()).unwrap_or_else(|failure| panic!("{failure}"))
}

fn mean(study: &Study<'_>, name: &str) -> Option<f64> {
    study.interval(taktwin::kpi::named(name).expect("a KPI")).map(|found| found.mean)
}

fn near(found: f64, by_hand: f64) {
    assert!((found - by_hand).abs() <= 1e-9 * by_hand.abs().max(1.0), "{found} is not {by_hand}");
}

#[test]
fn a_day_in_winter_and_a_day_in_summer_cost_what_the_hours_say() {
    let co2 = "co2: (factor: \"0.3869 kg/kWh\", source: \"South China 2022\")";
    for (start, prices) in [
        ("2026-03-02 00:00", 7.0 * 1.105 + 8.0 * 0.247 + 9.0 * 0.65),
        ("2026-07-06 00:00", 3.0 * 1.38125 + 4.0 * 1.105 + 8.0 * 0.247 + 9.0 * 0.65),
    ] {
        let run = format!("start: \"{start}\", length: \"1 d\", replications: 2");
        let line = read(&press(&run, &format!("{GUANGDONG}, {co2}")));
        let found = study(&line);
        near(kpi(&found, "energy_cost").mean, 10.0 * prices);
        near(kpi(&found, "energy_cost_per_good_part").mean, 10.0 * prices / 1440.0);
        near(kpi(&found, "co2").mean, 240.0 * 0.3869);
        near(kpi(&found, "co2_per_good_part").mean, 240.0 * 0.3869 / 1440.0);
        assert_eq!(line.currency(), Some(*b"CNY"));
    }
}

#[test]
fn a_warm_up_belongs_to_no_period_and_periods_begin_where_the_window_does() {
    // From 09:30 on, after half an hour: half an hour flat, and from ten two hours of peak, then half an hour.
    let run = "start: \"2026-03-02 09:00\", warm_up: \"30 min\", length: \"3 h\", replications: 2";
    let line = read(&press(run, GUANGDONG));
    let study = study_by_tariff(&line);
    let found: Vec<(&str, f64, f64)> = study
        .periods
        .iter()
        .map(|period| {
            let hours = period.period.counted.length().secs() / 3600.0;
            (period.period.name.as_str(), hours, mean(&period.study, "energy_cost").unwrap())
        })
        .collect();
    assert_eq!(
        found.iter().map(|(name, hours, _)| (*name, *hours)).collect::<Vec<_>>(),
        [("peak", 2.0), ("flat", 1.0)]
    );
    near(found[0].2, 20.0 * 1.105);
    near(found[1].2, 10.0 * 0.65);
    near(mean(&study, "energy_cost").unwrap(), 20.0 * 1.105 + 10.0 * 0.65);
}

/// The scene of range hoods with a tariff of a zone that puts its clocks forward in the run.
fn hoods(length: &str) -> (Folder, Line) {
    const TARIFF: &str = r#"Tariff(name: "t", zone: "Europe/Berlin", charges: {
        "energy": Energy(price: "0.2 CNY/kWh", periods: {
            "night": (times: 0.5, when: [(hours: ["22:00-02:30", "03:10-05:00"])]),
            "weekend": (times: 0.7, when: [(days: "Sat, Sun")]),
            "day": (),
        }),
        "grid": Energy(periods: { "evening": (price: "0.05 CNY/kWh", when: [(hours: ["17:07-19:00"])]), "rest": (price: "0.01 CNY/kWh") }),
        "demand": Demand(price: "3 CNY/kW", window: Sliding),
    })"#;
    let text = std::fs::read_to_string(scenes().join("range_hoods/before.ron")).unwrap();
    let text = text
        .replace("start: \"2026-03-02 08:00\"", "start: \"2026-03-27 08:00\", zone: \"Europe/Berlin\"")
        .replace("length: \"10 d\"", &format!("length: \"{length}\""))
        .replace("replications: 20", "replications: 2")
        .replace("    products:", "    energy: (electricity: (tariff: \"t.ron\")),\n    products:");
    let folder = Folder::with(&[("line.ron", &text), ("t.ron", TARIFF)]);
    let line = folder.read("line.ron");
    (folder, line)
}

#[test]
fn energy_by_tariff_period_is_that_of_a_twin_that_walks_the_journal_minute_by_minute() {
    let (_folder, line) = hoods("4 d");
    let study = study_by_tariff(&line);
    // The periods and prices by hand, from the clock on the wall.
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let start = zone.to_timestamp(line.run.start).unwrap();
    let of_minute = |minute: u64| {
        let clock = zone.to_datetime(start + jiff::SignedDuration::from_mins(minute as i64));
        let of_day = clock.hour() as u32 * 60 + clock.minute() as u32;
        let weekday = clock.weekday().to_monday_zero_offset();
        let (name, price) = match () {
            () if !(150..1320).contains(&of_day) || (190..300).contains(&of_day) => ("night", 0.1),
            () if weekday >= 5 => ("weekend", 0.14),
            () => ("day", 0.2),
        };
        match (1027..1140).contains(&of_day) {
            true => (format!("{name} + evening"), price + 0.05),
            false => (format!("{name} + rest"), price + 0.01),
        }
    };
    // The power of the line in each minute, from the states of replication 0.
    let (from, until) = (8 * 60, 8 * 60 + 4 * 24 * 60);
    let plan = StudyPlan { seed: 1, replications: 1, ..StudyPlan::of(&line, &Overrides::default()) };
    let by = StudyPlan { by: Some(PeriodKind::Tariff), ..plan };
    let one = study::run(&line, &by, &Watch::nobody()).unwrap();
    let minute = 60_000_000_000_u64;
    let mut kwh = std::collections::BTreeMap::<String, f64>::new();
    let mut cost = 0.0;
    let mut states = vec![None; line.elements.len()];
    let mut last = 0_u64;
    let mut spend = |states: &[Option<taktwin::event::State>], from_ns: u64, to_ns: u64| {
        let draws =
            |(nth, state): (usize, &Option<_>)| state.map_or(0, |state| line.elements[nth].power.of(state));
        let kw: f64 = states.iter().enumerate().map(draws).sum::<u64>() as f64 / 1e6;
        let mut at = from_ns.max(from * minute);
        while at < to_ns.min(until * minute) {
            let end = ((at / minute + 1) * minute).min(to_ns).min(until * minute);
            let (name, price) = of_minute(at / minute);
            let energy = kw * (end - at) as f64 / 3.6e12;
            *kwh.entry(name).or_default() += energy;
            cost += energy * price;
            at = end;
        }
    };
    for event in &record(&line, until * 60).0 {
        spend(&states, last, event.time.0);
        last = event.time.0;
        if let What::Became(state) = event.what {
            states[event.element.index()] = Some(state);
        }
    }
    spend(&states, last, until * minute);
    let found: Vec<(&str, f64)> = one
        .periods
        .iter()
        .map(|period| (period.period.name.as_str(), mean(&period.study, "energy").unwrap()))
        .collect();
    assert_eq!(found.len(), kwh.len(), "{found:?} {kwh:?}");
    for (name, energy) in &found {
        let expected = kwh[*name];
        assert!((energy - expected).abs() < 1e-6, "{name}: {energy} is not {expected}");
    }
    assert!((mean(&one, "energy_cost").unwrap() - cost).abs() < 1e-6, "{cost}");
    // The parts add up in every replication of the whole study.
    for name in ["energy", "energy_cost", "finished"] {
        let sum: f64 = study.periods.iter().map(|period| mean(&period.study, name).unwrap()).sum();
        near(sum, mean(&study, name).unwrap());
    }
}

#[test]
fn the_bill_of_a_simulated_load_agrees_with_the_figures_of_the_run() {
    let (folder, line) = hoods("3 d");
    let plan = StudyPlan::of(&line, &Overrides::default());
    let study = study::run(&line, &plan, &Watch::nobody()).unwrap();
    let warm_up = Time::from_secs(8.0 * 3600.0);
    for (number, outcome) in (0..).zip(&study.outcomes) {
        let start = taktwin::tariff::start_of_run(&line.run.zone, line.run.start).unwrap();
        let load = study::line_load(&line, &plan, number, (warm_up, start), &Watch::nobody()).unwrap();
        assert_eq!(load.cell, None);
        let tariff = line.electricity.as_ref().unwrap().tariff.as_ref().unwrap();
        let bill = ElectricityBill::of(&load.load, tariff, tariff.zone.as_ref().unwrap());
        let lines = || bill.months.iter().flat_map(|month| &month.lines);
        let of = |name: &str| {
            let nth = taktwin::kpi::ALL.iter().position(|kpi| kpi.name == name).unwrap();
            outcome.kpis[nth].unwrap()
        };
        let energy: f64 = bill.months.iter().map(|month| month.drawn_kwh).sum();
        let cost: f64 = lines().filter(|line| line.charge != "demand").map(|line| line.amount).sum();
        assert!((energy - of("energy")).abs() < 1e-6, "{energy}");
        // Each of the lines is rounded to hundredths.
        assert!((cost - of("energy_cost")).abs() < 0.005 * lines().count() as f64, "{cost}");
        // Within one month the demand is the peak of the run, which another algorithm finds in whole milliwatts.
        let demands: Vec<f64> =
            lines().filter(|line| line.charge == "demand").map(|line| line.quantity).collect();
        assert_eq!(demands.len(), 1);
        assert!((demands[0] - of("peak_power_15min")).abs() < 1e-6, "{demands:?}");
    }
    let bill = answer(&taktwin(&folder, &["bill", "line.ron", "--quiet", "--format", "json"]).code(0));
    let bill: serde_json::Value = serde_json::from_str(&bill).unwrap();
    assert_eq!(bill["replications"]["values"].as_array().unwrap().len(), 2);
    assert_eq!(bill["months"][0]["whole"], false);
}

#[test]
fn a_run_of_more_than_a_year_goes_on_by_the_seasons_of_the_next() {
    let run = "start: \"2026-01-01 00:00\", length: \"600 d\", replications: 2";
    let line = read(&press(run, GUANGDONG).replace("cycle: \"60 s\"", "cycle: \"6 h\""));
    // July to September in 2026, and from 1 July to 23 August in 2027.
    let summer = 92.0 + 31.0 + 23.0;
    let winter_day = 7.0 * 1.105 + 8.0 * 0.247 + 9.0 * 0.65;
    let summer_day = 3.0 * 1.38125 + 4.0 * 1.105 + 8.0 * 0.247 + 9.0 * 0.65;
    near(
        kpi(&study(&line), "energy_cost").mean,
        10.0 * (summer * summer_day + (600.0 - summer) * winter_day),
    );
}

#[test]
fn a_line_that_names_no_zone_has_the_clock_of_its_tariff() {
    let run = "start: \"2026-03-02 10:00\", length: \"2 h\", replications: 2";
    let text = press(run, GUANGDONG).replace("zone: \"Asia/Shanghai\", ", "");
    let folder = Folder::with(&[("line.ron", &text)]);
    near(kpi(&study(&folder.read("line.ron")), "energy_cost").mean, 20.0 * 1.105);
    let call = ["bill", "line.ron", "--quiet", "--format", "json"];
    let bill: serde_json::Value = serde_json::from_str(&answer(&taktwin(&folder, &call).code(0))).unwrap();
    let lines = bill["months"][0]["lines"].as_array().unwrap();
    assert_eq!((&lines[0]["period"], &lines[0]["amount"]), (&"peak".into(), &22.1.into()));
    folder.write("late.ron", &text.replace("2026-03-02", "2300-03-02"));
    let found = complaint(&taktwin(&folder, &["check", "late.ron"]).code(2));
    assert!(found.contains("a run with a tariff starts from 1970 to 2060"), "{found}");
}

#[test]
fn an_upgrade_may_change_the_tariff_and_nothing_else_changes() {
    let line = press("length: \"1 d\", replications: 2", GUANGDONG);
    let upgrade = "Upgrade(name: \"cheap\", base: \"line.ron\", changes: [(name: \"contract\", set: {
        \"energy.electricity.set\": { \"charges.energy.price\": \"0.325 CNY/kWh\" } })])";
    let folder = Folder::with(&[("line.ron", &line), ("upgrade.ron", upgrade)]);
    let [base, cheap] = ["line.ron", "upgrade.ron"].map(|name| folder.read(name));
    let [before, after] = [study(&base), study(&cheap)];
    near(kpi(&after, "energy_cost").mean * 2.0, kpi(&before, "energy_cost").mean);
    near(kpi(&after, "energy").mean, kpi(&before, "energy").mean);
    let diff = answer(&taktwin(&folder, &["diff", "line.ron", "upgrade.ron"]).code(0));
    assert!(diff.contains("energy.electricity.set"), "{diff}");
}

#[test]
fn what_the_prices_do_not_say_is_unknown_and_not_zero() {
    let tiers = "Tariff(name: \"t\", charges: { \"energy\": Energy(tiers: [(up_to: \"1 MWh\", price: \"1 CNY/kWh\"), (price: \"2 CNY/kWh\")]) })";
    let demand = "Tariff(name: \"t\", charges: { \"demand\": Demand(price: \"1 CNY/kW\") })";
    let line = press("length: \"2 h\", replications: 2", "tariff: \"t.ron\"");
    for (tariff, by) in [(tiers, true), (demand, false)] {
        let folder = Folder::with(&[("line.ron", &line), ("t.ron", tariff)]);
        let line = folder.read("line.ron");
        let study = study(&line);
        assert_eq!((mean(&study, "energy_cost"), mean(&study, "co2")), (None, None));
        let code = if by { 0 } else { 2 };
        let call = taktwin(&folder, &["run", "line.ron", "--by", "tariff", "--quiet"]).code(code);
        if !by {
            assert!(complaint(&call).contains("names no tariff whose periods could be told apart"));
        }
    }
    let without = read(&press("length: \"2 h\", replications: 2", ""));
    assert_eq!(mean(&study(&without), "energy_cost"), None);
    let other = line::read(
        &scenes().join("range_hoods/before.ron"),
        &["energy.electricity=(tariff: \"guangdong_2021\")".into()],
    );
    assert!(other.is_ok_and(|line| line.electricity.is_some()), "a line without the field gets it");
}

//! Tariffs in the form of the utility rate database: their hours, tiers and amounts, and what is refused.

use super::*;
use serde_json::{Value, json};

/// A tariff with seasons, weekends and hours.
fn sample() -> Value {
    let row = |month: usize, weekend: bool| -> Vec<usize> {
        let hour = |hour: usize| match (month, weekend, hour) {
            (5..=8, false, 12..=17) => 2,
            (5..=8, _, 8..=21) => 1,
            (5..=8, ..) => 0,
            (_, false, 7..=9 | 18..=19) => 3,
            _ => 0,
        };
        (0..24).map(hour).collect()
    };
    let days = |weekend: bool| -> Vec<Vec<usize>> { (0..12).map(|month| row(month, weekend)).collect() };
    json!({
        "items": [{
            "utility": "A utility", "name": "Large", "uri": "https://example.org",
            "energyratestructure": [
                [{"rate": 0.05, "unit": "kWh"}],
                [{"rate": 0.08, "adj": 0.01, "max": 1000, "unit": "kWh"}, {"rate": 0.07, "unit": "kWh"}],
                [{"rate": 0.2}], [{"rate": 0.1, "max": 1e14}],
            ],
            "energyweekdayschedule": days(false), "energyweekendschedule": days(true),
            "demandratestructure": [[{"rate": 0}], [{"rate": 3}], [{"rate": 12}], [{"rate": 3}]],
            "demandweekdayschedule": days(false), "demandweekendschedule": days(true),
            "flatdemandstructure": [[{"max": 50, "rate": 0}, {"rate": 10}]], "flatdemandmonths": [0,0,0,0,0,0,0,0,0,0,0,0],
            "demandwindow": 30, "fixedchargefirstmeter": 2.5, "fixedchargeunits": "$/day",
        }]
    })
}

fn read(value: &Value) -> Tariff {
    let layout = from_urdb(&value.to_string(), "t.json").unwrap_or_else(|wrong| panic!("{wrong}"));
    Tariff::new(&layout).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn prices<'t>(tariff: &'t Tariff, name: &str) -> &'t PeriodPrices {
    let charge = tariff.charges.iter().find(|(known, _)| known == name).unwrap();
    charge.1.prices().unwrap()
}

#[test]
fn each_hour_of_a_year_has_the_period_of_the_matrix() {
    let value = sample();
    let tariff = read(&value);
    assert_eq!((tariff.name.as_str(), tariff.currency), ("A utility, Large", *b"USD"));
    let item = &value["items"][0];
    for (charge, days) in [("energy", "energy"), ("demand", "demand")] {
        let schedule = &prices(&tariff, charge).schedule;
        let names: Vec<&str> = schedule.names().collect();
        for date in crate::calendar::dates_of_year(2026) {
            let kind = if date.weekday().to_monday_zero_offset() < 5 { "weekday" } else { "weekend" };
            for hour in 0..24 {
                let wanted = &item[format!("{days}{kind}schedule")][date.month() as usize - 1][hour];
                let found = names[schedule.period_at(date, hour as u16 * 60 + 30)];
                assert_eq!(found, format!("period {wanted}"), "{date} {hour}");
            }
        }
    }
}

#[test]
fn a_flat_load_costs_what_the_rates_say() {
    let tariff = read(&sample());
    let utc = TimeZone::UTC;
    let at = |text: &str| nanos_of(utc.to_timestamp(text.parse().unwrap()).unwrap());
    // June 2026 has 22 weekdays and 8 days of weekends.
    let load = LoadCurve::new(vec![LoadStep {
        from: at("2026-06-01 00:00"),
        to: at("2026-07-01 00:00"),
        kw: 100.0,
    }]);
    let bill = ElectricityBill::of(&load, &tariff, &utc);
    let amount = |charge: &str| -> f64 {
        let lines = bill.months[0].lines.iter().filter(|line| line.charge == charge);
        lines.map(|line| line.amount).sum()
    };
    let (high, middle) = (22.0 * 6.0 * 100.0, 22.0 * 8.0 * 100.0 + 8.0 * 14.0 * 100.0);
    let low = 72_000.0 - high - middle;
    let energy = high * 0.2 + 1000.0 * 0.09 + (middle - 1000.0) * 0.07 + low * 0.05;
    assert!((amount("energy") - energy).abs() < 1e-6, "{} {energy}", amount("energy"));
    assert!((amount("demand") - 1500.0).abs() < 1e-6);
    assert!((amount("flat demand") - 500.0).abs() < 1e-6);
    assert!((amount("fixed") - 75.0).abs() < 1e-9);
    let Charge::Demand(demand) = &tariff.charges[1].1 else { panic!("the demand") };
    assert_eq!((demand.interval, demand.window), (1_800_000_000_000, WindowLayout::Fixed));
}

#[test]
fn schedules_that_are_texts_are_read_too() {
    let mut value = sample();
    let item = &mut value["items"][0];
    item["energyweekdayschedule"] = json!(item["energyweekdayschedule"].to_string());
    assert_eq!(read(&value), read(&sample()));
}

#[test]
fn what_is_not_computed_or_not_there_is_refused_by_name() {
    let wrong = |change: fn(&mut Value)| {
        let mut value = sample();
        change(&mut value["items"][0]);
        from_urdb(&value.to_string(), "t.json").map(|_| ()).unwrap_err()
    };
    assert_eq!(
        wrong(|item| item["demandratchetpercentage"] = json!([0, 0.5])),
        "t.json has `demandratchetpercentage`, which is not computed; remove it to get a bill without it"
    );
    assert!(
        wrong(|item| item["lookbackPercent"] = json!(0.8))
            .contains("`lookbackPercent`, which is not computed")
    );
    assert!(
        wrong(|item| item["energyratestructure"][0][0]["unit"] = json!("kWh/kW"))
            .contains("tiers in \"kWh/kW\"")
    );
    assert!(
        wrong(|item| item["energyweekdayschedule"][3] = json!([0, 1]))
            .contains("is no 12 months of 24 hours")
    );
    assert!(wrong(|item| item["energyweekdayschedule"][3][5] = json!(7)).contains("has no period 7"));
    assert!(
        wrong(|item| item["fixedchargeunits"] = json!("$/week"))
            .contains("expected $/day, $/month or $/year")
    );
    assert!(from_urdb("{\"a\": 1}", "t.json").unwrap_err().contains("has no `energyratestructure`"));
    assert!(from_urdb("Tariff(", "t.json").unwrap_err().contains("is no JSON"));
    let mut value = sample();
    value["items"][0]["lookbackPercent"] = json!(0);
    read(&value);
}

//! `taktwin bill`: a load and a tariff in, a bill out, as its user calls it.

use super::exit_codes::{answer, complaint, taktwin};
use super::kit::Folder;

/// Two days of June in hours, in kWh: 10 in each hour, and 40 from ten to twelve.
fn meter() -> String {
    let row = |hour: usize| {
        let kwh = if (10..12).contains(&(hour % 24)) { 40 } else { 10 };
        format!("2026-06-{:02} {:02}:00;{kwh},0\n", 1 + hour / 24, hour % 24)
    };
    "Time;Energy [kWh]\n".to_owned() + &(0..48).map(row).collect::<String>()
}

const TARIFF: &str = r#"Tariff(
    name: "Two prices",
    zone: "Europe/Berlin",
    charges: {
        "energy": Energy(price: "0.2 EUR/kWh", periods: {
            "day": (times: 1.5, when: [(days: "Mon-Fri", hours: ["08:00-20:00"])]),
            "night": (),
        }),
        "demand": Demand(price: "5 EUR/kW"),
        "tax": Share(share: 0.19),
    },
)
"#;

#[test]
fn a_bill_is_a_table_with_a_row_for_each_line() {
    let folder = Folder::with(&[("meter.csv", &meter()), ("ours.ron", TARIFF)]);
    let bill = answer(&taktwin(&folder, &["bill", "meter.csv", "--tariff", "ours.ron"]).code(0));
    insta::assert_snapshot!("bill_of_two_days", bill);
}

#[test]
fn programs_get_every_line_with_its_amount() {
    let folder = Folder::with(&[("meter.csv", &meter()), ("ours.ron", TARIFF)]);
    let call = |format: &str| {
        answer(&taktwin(&folder, &["bill", "meter.csv", "--tariff", "ours.ron", "--format", format]).code(0))
    };
    let json: serde_json::Value = serde_json::from_str(&call("json")).unwrap();
    // By hand: 2 x (2 x 40 + 10 x 10) by day at 0.3, 2 x 12 x 10 by night at 0.2, 40 kW at 5, and 19 % of all.
    let lines = json["months"][0]["lines"].as_array().unwrap();
    let amounts: Vec<f64> = lines.iter().map(|line| line["amount"].as_f64().unwrap()).collect();
    assert_eq!(amounts, [108.0, 48.0, 200.0, 67.64]);
    assert_eq!(json["total"], 423.64);
    assert_eq!((&json["months"][0]["whole"], &json["months"][0]["known_h"]), (&false.into(), &48.0.into()));
    assert_eq!(lines[2]["from"], "2026-06-01T10:00:00+02:00");
    let csv = call("csv");
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 1 + 4);
    assert_eq!(rows[1], "2026-06-01,2026-06-30,energy,day,,360,kWh,0.3,108.00,EUR,,");
}

#[test]
fn a_tariff_alone_is_shown_as_it_was_understood_and_can_be_changed() {
    let folder = Folder::with(&[("ours.ron", TARIFF)]);
    let shown = answer(
        &taktwin(&folder, &["bill", "--tariff", "ours.ron", "--set", "charges.demand.price=7 EUR/kW"])
            .code(0),
    );
    insta::assert_snapshot!("tariff_of_two_prices", shown);
    let ready = answer(&taktwin(&folder, &["bill", "--tariff", "guangdong_2021"]).code(0));
    assert!(ready.contains("1.38125 CNY") && ready.contains("07-01 to 09-30"), "{ready}");
}

#[test]
fn what_is_wrong_has_a_place_and_a_remedy() {
    let wrong = TARIFF.replace("times: 1.5", "tims: 1.5").replace("5 EUR/kW", "5 EUR/kWh");
    let folder = Folder::with(&[("meter.csv", &meter()), ("wrong.ron", &wrong), ("ours.ron", TARIFF)]);
    let said = |arguments: &[&str]| complaint(&taktwin(&folder, &[&["bill"], arguments].concat()).code(2));
    let found = said(&["meter.csv", "--tariff", "wrong.ron"]);
    assert!(found.contains("unknown field `tims`") && found.contains("did you mean `times`?"), "{found}");
    let found = said(&["meter.csv", "--tariff", "ours.ron", "--set", "charges.demand.price=5 EUR/kWh"]);
    assert!(found.contains("write a price for a kW"), "{found}");
    let found = said(&["meter.csv", "--tariff", "guangdong"]);
    assert!(
        found.contains("there is no tariff \"guangdong\"") && found.contains("guangdong_2021"),
        "{found}"
    );
    let found = said(&["meter.csv", "--tariff", "ours.ron", "--meter-zone", "+1"]);
    assert!(found.contains("write it as +01:00"), "{found}");
    let plain = TARIFF.replace("    zone: \"Europe/Berlin\",\n", "");
    folder.write("plain.ron", &plain);
    folder.write("utc.csv", "t,kW\n2026-06-01T10:00Z,1\n2026-06-01T11:00Z,1\n");
    let found = said(&["utc.csv", "--tariff", "plain.ron"]);
    assert!(found.contains("name it by `--zone`"), "{found}");
    let found = said(&["metre.csv", "--tariff", "ours.ron"]);
    assert!(
        found.contains("there is no file metre.csv") && found.contains("did you mean meter.csv?"),
        "{found}"
    );
    let found = said(&["meter.csv", "--tariff", "meter.csv"]);
    assert!(found.contains("meter.csv:1:"), "{found}");
    let found = said(&["meter.csv", "--tariff", "ours.ron", "--meter-zone", "Europe/Berln"]);
    assert!(found.contains("did you mean \"Europe/Berlin\"?"), "{found}");
    for (arguments, option) in [
        (&["meter.csv", "--tariff", "ours.ron", "--length", "3 d"][..], "--length"),
        (&["--tariff", "ours.ron", "--whole-year", "2026"], "--whole-year"),
        (&["line.ron", "--tariff", "ours.ron", "--stamps", "end"], "--stamps"),
    ] {
        let found = said(arguments);
        assert!(found.contains(&format!("`{option}` has no effect here")), "{found}");
    }
    let found = said(&["meter.csv", "--tariff", "ours.ron", "--out", "meter.csv"]);
    assert!(found.contains("would replace"), "{found}");
}

#[test]
fn gaps_are_reported_and_months_that_are_not_whole_are_named() {
    let gap = meter()
        .lines()
        .filter(|row| !row.contains("06-01 05:00"))
        .map(|row| row.to_owned() + "\n")
        .collect::<String>();
    let folder = Folder::with(&[("meter.csv", &gap), ("ours.ron", TARIFF)]);
    let bill = answer(&taktwin(&folder, &["bill", "meter.csv", "--tariff", "ours.ron"]).code(0));
    assert!(
        bill.contains("no readings: 1 gap, 60 min in all: 2026-06-01 05:00 to 2026-06-01 06:00"),
        "{bill}"
    );
    assert!(bill.contains("the bill has only a part of 2026-06"), "{bill}");
}

#[test]
fn a_year_is_made_of_the_days_of_a_week_and_says_so() {
    // Sundays draw 5 kW, all other days 10 kW; 2026 has 52 Sundays, and 1 May takes one.
    let row = |hour: usize| {
        let kwh = if hour / 24 == 6 { 5 } else { 10 };
        format!("2026-06-{:02} {:02}:00,{kwh}\n", 1 + hour / 24, hour % 24)
    };
    let week = "t,kWh\n".to_owned() + &(0..7 * 24).map(row).collect::<String>();
    let tariff = TARIFF.replace("charges:", "holidays: [\"2026-05-01\"],\n    charges:");
    let folder = Folder::with(&[("week.csv", &week), ("ours.ron", &tariff)]);
    let call = ["bill", "week.csv", "--tariff", "ours.ron", "--whole-year", "2026", "--by-month"];
    let json = answer(&taktwin(&folder, &[&call[..], &["--format", "json"]].concat()).code(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((json["months"].as_array().unwrap().len(), &json["load"]["known_h"]), (12, &8760.0.into()));
    // An hour less at 5 kW on the Sunday in March, an hour more in October.
    let sundays = 53.0 * 24.0 * 5.0;
    assert_eq!(json["load"]["drawn_kwh"], sundays + (365.0 - 53.0) * 24.0 * 10.0);
    let made_of = json["load"]["made_of"].as_array().unwrap();
    let closed = made_of.iter().find(|days| days["kind"] == "closed day").unwrap();
    assert_eq!(
        (&closed["days"], &closed["source"], &closed["sources"]),
        (&1.into(), &"Sunday".into(), &1.into())
    );
    let table = answer(&taktwin(&folder, &call).code(0));
    assert!(table.contains("1 closed days from 1 known Sundays"), "{table}");
    assert!(
        table.contains("lines of 2026-02") && table.contains("lines of all 12 billing months"),
        "{table}"
    );
    let without = week.lines().filter(|row| !row.starts_with("2026-06-03")).map(|row| row.to_owned() + "\n");
    folder.write("week.csv", &without.collect::<String>());
    let found = complaint(&taktwin(&folder, &call).code(2));
    assert!(found.contains("the load has no whole Wednesday from midnight to midnight"), "{found}");
}

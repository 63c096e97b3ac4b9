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
    assert!(bill.contains("1 time without readings, 60 min: 2026-06-01 05:00 to 2026-06-01 06:00"), "{bill}");
    assert!(bill.contains("the bill has only a part of 2026-06"), "{bill}");
}

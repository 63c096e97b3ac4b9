//! What is wrong in a tariff is said, all at once, with the field and the remedy.

use super::bill_tests::layout;
use super::*;

fn faults(charges: &str) -> Vec<String> {
    let text = format!("Tariff(name: \"\", charges: {{ {charges} }})");
    let found = Tariff::new(&layout(&text)).expect_err(&text);
    found.into_iter().map(|fault| fault.to_string()).collect()
}

fn only(charges: &str) -> String {
    let found = faults(charges);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[test]
fn all_faults_of_a_tariff_are_reported_at_once() {
    let text =
        r#"Tariff(name: "", zone: "Asia/Shanghia", billing_day: 31, holidays: ["2026-13-01"], charges: {})"#;
    let found: Vec<String> =
        Tariff::new(&layout(text)).unwrap_err().into_iter().map(|fault| fault.to_string()).collect();
    assert_eq!(
        found,
        [
            "holidays[0]: \"2026-13-01\" is not a date (write a date that exists as \"2026-05-01\", with year, month and day)",
            "zone: unknown time zone \"Asia/Shanghia\" (did you mean \"Asia/Shanghai\"?)",
            "billing_day: a billing month cannot begin on day 31 (choose a day from 1 to 28, which every month has)",
            "charges: the tariff charges nothing (add a charge such as \"energy\": Energy(price: \"0.65 CNY/kWh\"))",
        ]
    );
}

#[test]
fn prices_have_one_unit_and_one_currency() {
    assert_eq!(
        only(r#""e": Energy(price: "36 CNY/kW")"#),
        "charges[\"e\"].price: the price \"36 CNY/kW\" is for a kW (write a price for a kWh, such as \"0.65 CNY/kWh\")"
    );
    assert!(
        only(r#""d": Demand(price: "1 CNY/kWh")"#).contains("write a price for a kW, such as \"36 CNY/kW\"")
    );
    assert!(only(r#""d": Fixed(price: "1 CNY/kWh")"#).contains("write a price for a day, month, year"));
    assert!(
        only(r#""e": Energy(price: "1 CNY/kWh"), "d": Demand(price: "1 EUR/kW")"#)
            .contains("write all prices in CNY")
    );
    assert!(only(r#""e": Energy()"#).contains("the price is missing"));
    assert!(
        only(r#""e": Energy(price: "1 CNY/kWh", tiers: [(price: "1 CNY/kWh")])"#)
            .contains("keep one of them")
    );
}

#[test]
fn periods_cover_all_hours_and_each_has_one_price() {
    let periods =
        |periods: &str| only(&format!("\"e\": Energy(price: \"1 CNY/kWh\", periods: {{ {periods} }})"));
    assert!(
        periods(r#""day": (when: [(hours: ["08:00-20:00"])])"#).contains("is the last period and has limits")
    );
    assert!(
        periods(r#""all": (), "day": ()"#)
            .contains("\"all\" takes all hours, so the periods after it never come")
    );
    assert!(
        periods(r#""a": (times: 2, price: "1 CNY/kWh")"#)
            .contains("more than one of `times`, `price` and `tiers`")
    );
    assert!(periods(r#""a": (times: -2)"#).contains("write a number from 0 to 1000"));
    assert!(periods(r#""a": (when: [()]), "b": ()"#).contains("these hours have no limit"));
    assert!(
        periods(r#""a": (when: [(days: "Mun")]), "b": ()"#).contains("is not the English name of a weekday")
    );
    assert!(
        periods(r#""a": (when: [(days: "holidays")]), "b": ()"#).contains("the tariff lists no holidays")
    );
    assert!(periods(r#""a": (when: [(dates: ["02-30"])]), "b": ()"#).contains("is not a day of the year"));
    assert!(periods(r#""a": (when: [(hours: ["8-20"])]), "b": ()"#).contains("is not hours of the day"));
    assert!(only(r#""e": Energy(periods: {"a": ()})"#).contains("the period has no price"));
}

#[test]
fn tiers_ascend_and_only_the_last_has_no_limit() {
    let two = faults(r#""e": Energy(tiers: [(price: "1 CNY/kWh"), (price: "1 CNY/kWh")])"#);
    assert!(two[0].contains("only the last tier has no limit"), "{two:?}");
    let tiers = |tiers: &str| only(&format!("\"e\": Energy(tiers: [{tiers}])"));
    assert!(
        tiers(r#"(up_to: "2 MWh", price: "1 CNY/kWh"), (up_to: "1 MWh", price: "1 CNY/kWh")"#)
            .contains("does not reach further")
    );
    assert!(tiers(r#"(up_to: "2 MWh", price: "1 CNY/kWh")"#).contains("only the last tier has no limit"));
    assert!(
        tiers(r#"(up_to: "2 kW", price: "1 CNY/kWh"), (price: "1 CNY/kWh")"#).contains("unknown unit \"kW\"")
    );
}

#[test]
fn other_charges_are_checked_too() {
    assert!(
        only(r#""d": Demand(price: "1 CNY/kW", interval: "7 min")"#)
            .contains("is not what a demand meter takes")
    );
    assert!(only(r#""c": Capacity(price: "1 CNY/kVA", kva: -1.0)"#).contains("is no size of transformers"));
    assert!(
        only(r#""e": Energy(price: "1 CNY/kWh"), "t": Share(share: 13000.0)"#)
            .contains("write 0.13 for 13 %")
    );
    assert!(
        only(r#""e": Energy(price: "1 CNY/kWh"), "t": Share(share: 0.1, of: ["energie"])"#)
            .contains("no charge before this one")
    );
}

#[test]
fn names_can_be_reached_and_numbers_are_of_this_world() {
    assert!(only(r#""a.b": Energy(price: "1 CNY/kWh")"#).contains("\"a.b\" cannot be a name in a tariff"));
    assert!(
        only(r#""a": Energy(price: "1 CNY/kWh", periods: {"[x]": ()})"#)
            .contains("cannot be a name in a tariff")
    );
    assert!(only(r#""a": Energy(price: "10 MCNY/kWh")"#).contains("is beyond all measure"));
    let text = r#"Tariff(name: "", holidays: ["0001-01-01..9999-12-31"], charges: {"a": Energy(price: "1 CNY/kWh")})"#;
    assert!(Tariff::new(&layout(text)).unwrap_err()[0].message.contains("more than 10,000 holidays"));
}

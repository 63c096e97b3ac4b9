//! Bills worked out by hand, and what a partial month, a tier or a holiday does to them.

use super::*;
use jiff::civil::DateTime;
use ron::extensions::Extensions;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// A tariff as the files of users write it.
pub(super) fn layout(text: &str) -> TariffLayout {
    let dialect = Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES;
    let options = ron::Options::default().with_default_extension(dialect);
    options.from_str(text).unwrap_or_else(|wrong| panic!("{wrong}: {text}"))
}

pub(super) fn tariff(text: &str) -> Tariff {
    Tariff::new(&layout(text)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn nanos(clock: &str, zone: &TimeZone) -> i64 {
    let clock: DateTime = clock.parse().unwrap();
    nanos_of(zone.to_timestamp(clock).unwrap())
}

/// A load of constant powers between instants of a clock.
fn load(zone: &TimeZone, steps: &[(&str, &str, f64)]) -> LoadCurve {
    let step =
        |&(from, to, kw): &(&str, &str, f64)| LoadStep { from: nanos(from, zone), to: nanos(to, zone), kw };
    LoadCurve::new(steps.iter().map(step).collect())
}

/// Charge, period, tier, quantity and amount of each line, rounded to thousandths.
fn lines(month: &BillMonth) -> Vec<(String, f64, f64)> {
    let thousandths = |value: f64| (value * 1e3).round() / 1e3;
    let name = |line: &BillLine| {
        let tier = line.tier.map_or_else(String::new, |tier| tier.to_string());
        let words = [line.charge.as_str(), &line.period, &tier];
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    month
        .lines
        .iter()
        .map(|line| (name(line), thousandths(line.quantity), thousandths(line.amount)))
        .collect()
}

fn row(name: &str, quantity: f64, amount: f64) -> (String, f64, f64) {
    (name.to_owned(), quantity, amount)
}

#[test]
fn an_invoice_of_guangdong_is_as_worked_out_by_hand() {
    let shanghai = zone("Asia/Shanghai");
    let guangdong = tariff(READY[0].1);
    // June has 30 days: each with 7 h of peak, 8 h of valley and 9 h left. 100 kW, and 500 kW for half an hour.
    let june = load(
        &shanghai,
        &[
            ("2026-06-01 00:00", "2026-06-10 10:05", 100.0),
            ("2026-06-10 10:05", "2026-06-10 10:35", 500.0),
            ("2026-06-10 10:35", "2026-07-01 00:00", 100.0),
        ],
    );
    let bill = ElectricityBill::of(&june, &guangdong, &shanghai);
    let [month] = &bill.months[..] else { panic!("one month") };
    assert!(month.is_whole());
    let by_hand = [
        row("energy peak", 21_000.0 + 200.0, 21_200.0 * 1.105),
        row("energy valley", 24_000.0, 24_000.0 * 0.247),
        row("energy flat", 27_000.0, 27_000.0 * 0.65),
        row("demand", 500.0, 18_000.0),
    ];
    assert_eq!(lines(month), by_hand);
    // In July the critical peak takes three of the seven hours.
    let july = load(&shanghai, &[("2026-07-01 00:00", "2026-08-01 00:00", 100.0)]);
    let bill = ElectricityBill::of(&july, &guangdong, &shanghai);
    let by_hand = [
        row("energy critical peak", 9_300.0, 9_300.0 * 1.38125),
        row("energy peak", 12_400.0, 12_400.0 * 1.105),
        row("energy valley", 24_800.0, 24_800.0 * 0.247),
        row("energy flat", 27_900.0, 27_900.0 * 0.65),
        row("demand", 100.0, 3_600.0),
    ];
    let cents =
        |(name, quantity, amount): (String, f64, f64)| (name, quantity, (amount * 100.0).round() / 100.0);
    assert_eq!(lines(&bill.months[0]), by_hand.map(cents));
}

#[test]
fn a_demand_over_fixed_intervals_is_that_of_the_meter_and_a_sliding_one_is_the_highest_of_all() {
    let utc = TimeZone::UTC;
    // 15 minutes at 300 kW that two intervals of the clock share: 10:05 to 10:20.
    let june = load(
        &utc,
        &[
            ("2026-06-01 00:00", "2026-06-10 10:05", 0.0),
            ("2026-06-10 10:05", "2026-06-10 10:20", 300.0),
            ("2026-06-10 10:20", "2026-07-01 00:00", 0.0),
        ],
    );
    let demand = |window: &str| {
        let text = format!(
            "Tariff(name: \"\", charges: {{\"demand\": Demand(price: \"2 EUR/kW\", window: {window})}})"
        );
        let bill = ElectricityBill::of(&june, &tariff(&text), &utc);
        let line = bill.months[0].lines[0].clone();
        (line.quantity, line.during.map(|during| during.0 - nanos("2026-06-10 10:00", &utc)))
    };
    assert_eq!(demand("Fixed"), (200.0, Some(0)));
    assert_eq!(demand("Sliding"), (300.0, Some(300_000_000_000)));
    assert_eq!(june.steps().len(), 3);
}

#[test]
fn each_period_has_a_demand_of_its_own_and_no_interval_reaches_into_another() {
    let utc = TimeZone::UTC;
    let text = r#"Tariff(name: "", charges: { "demand": Demand(window: Sliding, periods: {
        "day": (price: "10 EUR/kW", when: [(hours: ["08:00-20:00"])]),
        "night": (price: "1 EUR/kW"),
    }) })"#;
    // High from 07:50 to 08:05: the night sees ten minutes of it, the day five.
    let day = load(
        &utc,
        &[
            ("2026-06-01 00:00", "2026-06-01 07:50", 30.0),
            ("2026-06-01 07:50", "2026-06-01 08:05", 330.0),
            ("2026-06-01 08:05", "2026-06-02 00:00", 30.0),
        ],
    );
    let bill = ElectricityBill::of(&day, &tariff(text), &utc);
    assert_eq!(lines(&bill.months[0]), [row("demand day", 130.0, 1300.0), row("demand night", 230.0, 230.0)]);
}

#[test]
fn tiers_fixed_charges_taxes_and_least_demands_add_up() {
    let utc = TimeZone::UTC;
    let text = r#"Tariff(name: "", charges: {
        "energy": Energy(tiers: [(up_to: "1 MWh", price: "0.2 EUR/kWh"), (up_to: "2 MWh", price: "100 EUR/MWh"), (price: "0.05 EUR/kWh")]),
        "demand": Demand(price: "5 EUR/kW", at_least: "40 kW"),
        "transformer": Capacity(price: "2 EUR/kVA", kva: 630.0),
        "meter": Fixed(price: "1.5 EUR/day"),
        "service": Fixed(price: "120 EUR/year"),
        "levy": Share(share: 0.1, of: ["energy"]),
        "tax": Share(share: 0.2),
    })"#;
    let april = load(&utc, &[("2026-04-01 00:00", "2026-05-01 00:00", 5.0)]);
    let bill = ElectricityBill::of(&april, &tariff(text), &utc);
    // 3,600 kWh: 1,000 at 0.2, 1,000 at 0.1 and 1,600 at 0.05.
    let before_tax = 380.0 + 200.0 + 1260.0 + 45.0 + 10.0 + 38.0;
    let by_hand = [
        row("energy 1", 1000.0, 200.0),
        row("energy 2", 1000.0, 100.0),
        row("energy 3", 1600.0, 80.0),
        row("demand", 40.0, 200.0),
        row("transformer", 630.0, 1260.0),
        row("meter", 30.0, 45.0),
        row("service", 1.0, 10.0),
        row("levy", 380.0, 38.0),
        row("tax", before_tax, before_tax * 0.2),
    ];
    assert_eq!(lines(&bill.months[0]), by_hand);
    assert!((bill.amount() - before_tax * 1.2).abs() < 1e-9);
    assert_eq!(bill.months[0].lines[3].during, None, "what is charged at least has no time");
}

#[test]
fn holidays_and_weekdays_are_those_of_the_instant() {
    let utc = TimeZone::UTC;
    let text = r#"Tariff(name: "", holidays: ["2026-05-01"], charges: { "energy": Energy(price: "1 EUR/kWh", periods: {
        "free": (times: 0, when: [(days: "Sun, holidays")]),
        "night": (times: 0.5, when: [(days: "Mon-Fri", hours: ["22:00-06:00"])]),
        "day": (),
    }) })"#;
    // 2026-05-01 is a Friday and a holiday; Saturday has no night, Sunday is free.
    let days = load(&utc, &[("2026-04-30 00:00", "2026-05-05 00:00", 1.0)]);
    let bill = ElectricityBill::of(&days, &tariff(text), &utc);
    assert_eq!(lines(&bill.months[0]), [row("energy night", 8.0, 4.0), row("energy day", 16.0, 16.0)]);
    let may =
        [row("energy free", 48.0, 0.0), row("energy night", 8.0, 4.0), row("energy day", 24.0 + 16.0, 40.0)];
    assert_eq!(lines(&bill.months[1]), may);
}

#[test]
fn what_is_fed_in_is_paid_and_lowers_no_other_line() {
    let utc = TimeZone::UTC;
    let text = r#"Tariff(name: "", charges: {
        "energy": Energy(price: "0.3 EUR/kWh"),
        "demand": Demand(price: "10 EUR/kW"),
        "sold": FeedIn(price: "0.1 EUR/kWh"),
    })"#;
    let day = load(
        &utc,
        &[("2026-06-01 00:00", "2026-06-01 12:00", 10.0), ("2026-06-01 12:00", "2026-06-02 00:00", -20.0)],
    );
    let bill = ElectricityBill::of(&day, &tariff(text), &utc);
    let by_hand = [row("energy", 120.0, 36.0), row("demand", 10.0, 100.0), row("sold", 240.0, -24.0)];
    assert_eq!(lines(&bill.months[0]), by_hand);
    assert_eq!((bill.months[0].drawn_kwh, bill.months[0].fed_in_kwh), (120.0, 240.0));
}

#[test]
fn billing_months_begin_on_their_day_and_gaps_are_never_filled() {
    let utc = TimeZone::UTC;
    let text = r#"Tariff(name: "", billing_day: 15, charges: {
        "energy": Energy(price: "1 EUR/kWh"), "meter": Fixed(price: "1 EUR/day"),
    })"#;
    let two = load(
        &utc,
        &[("2026-01-10 00:00", "2026-01-20 00:00", 1.0), ("2026-01-21 00:00", "2026-02-15 00:00", 1.0)],
    );
    let bill = ElectricityBill::of(&two, &tariff(text), &utc);
    let dates: Vec<String> =
        bill.months.iter().map(|month| format!("{} {}", month.first, month.last)).collect();
    assert_eq!(dates, ["2025-12-15 2026-01-14", "2026-01-15 2026-02-14"]);
    assert_eq!(lines(&bill.months[0]), [row("energy", 5.0 * 24.0, 120.0), row("meter", 31.0, 31.0)]);
    assert_eq!(lines(&bill.months[1]), [row("energy", 30.0 * 24.0, 720.0), row("meter", 31.0, 31.0)]);
    assert_eq!(bill.months.iter().map(BillMonth::is_whole).collect::<Vec<_>>(), [false, false]);
    assert_eq!(bill.months[1].known_hours, 30.0 * 24.0);
}

#[test]
fn amounts_are_rounded_where_they_arise_and_a_tax_is_that_of_the_rounded_ones() {
    let utc = TimeZone::UTC;
    let text = r#"Tariff(name: "", charges: {
        "a": Energy(price: "0.001 EUR/kWh"), "b": Energy(price: "0.001 EUR/kWh"), "tax": Share(share: 1.0),
    })"#;
    let hour = load(&utc, &[("2026-06-01 00:00", "2026-06-01 01:00", 4.0)]);
    let bill = ElectricityBill::of(&hour, &tariff(text), &utc);
    assert_eq!(bill.months[0].lines.iter().map(|line| line.amount).collect::<Vec<_>>(), [0.0, 0.0, 0.0]);
    let text = r#"Tariff(name: "", charges: { "a": Energy(price: "0.335 EUR/kWh"), "sold": FeedIn(price: "1 EUR/kWh") })"#;
    let hour = load(&utc, &[("2026-06-01 00:00", "2026-06-01 01:00", 3.0)]);
    let bill = ElectricityBill::of(&hour, &tariff(text), &utc);
    assert_eq!(bill.months[0].lines[0].amount, 1.01, "1.005 is rounded up, whatever its last digits are");
}

#[test]
fn fixed_intervals_are_those_of_the_clock_where_it_is_put_forward_by_half_an_hour() {
    // On Lord Howe Island the clock goes from 02:00 to 02:30 on 2026-10-04. 10:00 to 11:00 has 100 kW.
    let zone = zone("Australia/Lord_Howe");
    let day = load(
        &zone,
        &[
            ("2026-10-04 00:00", "2026-10-04 10:00", 10.0),
            ("2026-10-04 10:00", "2026-10-04 11:00", 100.0),
            ("2026-10-04 11:00", "2026-10-05 00:00", 10.0),
        ],
    );
    let text = "Tariff(name: \"\", charges: {\"demand\": Demand(price: \"1 EUR/kW\", interval: \"60 min\")})";
    let bill = ElectricityBill::of(&day, &tariff(text), &zone);
    assert_eq!(lines(&bill.months[0]), [row("demand", 100.0, 100.0)]);
}

#[test]
fn what_is_charged_at_least_is_charged_in_a_month_without_any_known_load() {
    let utc = TimeZone::UTC;
    let text = "Tariff(name: \"\", charges: {\"demand\": Demand(price: \"1 EUR/kW\", at_least: \"50 kW\")})";
    let ends = load(
        &utc,
        &[("2026-03-31 00:00", "2026-04-01 00:00", 1.0), ("2026-05-01 00:00", "2026-05-02 00:00", 70.0)],
    );
    let bill = ElectricityBill::of(&ends, &tariff(text), &utc);
    let charged: Vec<f64> = bill.months.iter().flat_map(lines).map(|(_, kw, _)| kw).collect();
    assert_eq!(charged, [50.0, 50.0, 70.0]);
}

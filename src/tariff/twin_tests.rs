//! A slow twin: every minute of a year with daylight saving is looked at by itself, with rules that are written out by hand.

use super::bill_tests::tariff;
use super::*;
use jiff::civil::Weekday;
use std::collections::BTreeMap;

const TARIFF: &str = r#"Tariff(
    name: "A twin",
    zone: "Europe/Berlin",
    holidays: ["2026-01-01", "2026-04-06", "2026-12-25..2026-12-26"],
    charges: {
        "energy": Energy(price: "0.1 EUR/kWh", periods: {
            "summer peak": (times: 3, when: [
                (dates: ["04-15..09-15"], days: "Mon-Fri", hours: ["11:00-13:30"]),
                (dates: ["2026-10-25"], hours: ["02:15-02:45"]),
            ]),
            "night": (price: "0.05 EUR/kWh", when: [(hours: ["22:00-02:30"]), (days: "Sat-Sun, holidays", hours: ["22:00-06:00"])]),
            "winter": (times: 1.5, when: [(dates: ["11-01..02-28"])]),
            "day": (),
        }),
        "fixed demand": Demand(periods: {
            "week": (price: "8 EUR/kW", when: [(days: "Mon-Fri", hours: ["06:00-22:00"])]),
            "other": (price: "2 EUR/kW"),
        }),
        "sliding demand": Demand(price: "5 EUR/kW", interval: "30 min", window: Sliding),
    },
)"#;

const MINUTE: i64 = 60_000_000_000;

/// The period of the energy at a minute, by hand.
fn energy_period(clock: jiff::civil::DateTime) -> &'static str {
    let (date, minute) = (clock.date(), clock.hour() as u32 * 60 + clock.minute() as u32);
    let day = (date.month(), date.day());
    let is_holiday = [(1, 1), (4, 6), (12, 25), (12, 26)].contains(&day);
    let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let is_summer = ((4, 15)..=(9, 15)).contains(&day);
    let is_work = !is_weekend && !is_holiday;
    let peak = is_summer && is_work && (660..810).contains(&minute);
    let special = day == (10, 25) && (135..165).contains(&minute);
    let night = !(150..1320).contains(&minute) || (!is_work && !(360..1320).contains(&minute));
    match () {
        () if peak || special => "summer peak",
        () if night => "night",
        () if day >= (11, 1) || day <= (2, 28) => "winter",
        () => "day",
    }
}

fn demand_period(clock: jiff::civil::DateTime) -> &'static str {
    let is_holiday = [(1, 1), (4, 6), (12, 25), (12, 26)].contains(&(clock.month(), clock.day()));
    let is_week = !matches!(clock.weekday(), Weekday::Saturday | Weekday::Sunday);
    if is_week && !is_holiday && (6..22).contains(&clock.hour()) { "week" } else { "other" }
}

/// A load for each minute of 2026 on the clock of Berlin; some minutes are unknown.
fn minutes(zone: &TimeZone) -> Vec<(i64, Option<f64>)> {
    let at = |text: &str| nanos_of(zone.to_timestamp(text.parse().unwrap()).unwrap());
    let (from, to) = (at("2026-01-01 00:00"), at("2027-01-01 00:00"));
    let mut random = 11_u64;
    let mut level = 100.0;
    (0..(to - from) / MINUTE)
        .map(|minute| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            if random >> 61 == 0 {
                level = (random >> 40 & 0xff) as f64;
            }
            let is_known = !(200_000..203_333).contains(&minute);
            (from + minute * MINUTE, is_known.then_some(level))
        })
        .collect()
}

#[test]
fn a_bill_is_that_of_a_twin_that_looks_at_every_minute_of_a_year() {
    let tariff = tariff(TARIFF);
    let zone = tariff.zone.clone().unwrap();
    let minutes = minutes(&zone);
    assert_eq!(minutes.len(), 365 * 24 * 60);
    let mut steps: Vec<LoadStep> = Vec::new();
    for (from, kw) in minutes.iter().filter_map(|(from, kw)| Some((*from, (*kw)?))) {
        match steps.last_mut() {
            Some(last) if last.to == from && last.kw == kw => last.to += MINUTE,
            _ => steps.push(LoadStep { from, to: from + MINUTE, kw }),
        }
    }
    let bill = ElectricityBill::of(&LoadCurve::new(steps), &tariff, &zone);

    let mut expected: BTreeMap<(i8, &str, &str), f64> = BTreeMap::new();
    let mut most = |key: (i8, &'static str, &'static str), kw: f64| {
        let known = expected.entry(key).or_insert(0.0);
        *known = known.max(kw);
    };
    let clocks: Vec<_> = minutes.iter().map(|(from, _)| clock_at(*from, &zone)).collect();
    for end in 1..=minutes.len() {
        for (charge, length) in [("fixed demand", 15), ("sliding demand", 30)] {
            let Some(begin) = end.checked_sub(length) else { continue };
            let (first, last) = (clocks[begin], clocks[end - 1]);
            let period = if charge == "fixed demand" { demand_period(first) } else { "" };
            let stays = charge != "fixed demand"
                || (begin..end).all(|minute| demand_period(clocks[minute]) == period);
            let aligned = charge != "fixed demand" || first.minute() % 15 == 0;
            let known: Option<f64> = minutes[begin..end].iter().map(|(_, kw)| *kw).sum();
            if let Some(sum) = known.filter(|_| stays && aligned && first.month() == last.month()) {
                most((first.month(), charge, period), sum / length as f64);
            }
        }
    }
    for ((_, kw), clock) in minutes.iter().zip(&clocks) {
        if let Some(kw) = kw {
            *expected.entry((clock.month(), "energy", energy_period(*clock))).or_insert(0.0) += kw / 60.0;
        }
    }

    let price = |charge: &str, period: &str| match (charge, period) {
        ("energy", "summer peak") => 0.1 * 3.0,
        ("energy", "night") => 0.05,
        ("energy", "winter") => 0.1 * 1.5,
        ("energy", _) => 0.1,
        ("fixed demand", "week") => 8.0,
        ("fixed demand", _) => 2.0,
        _ => 5.0,
    };
    let mut seen = 0;
    for month in &bill.months {
        for line in &month.lines {
            let key = (month.first.month(), line.charge.as_str(), line.period.as_str());
            let quantity = expected.get(&key).copied().unwrap_or_else(|| panic!("{key:?}"));
            assert!((line.quantity - quantity).abs() < 1e-6, "{key:?}: {} and {quantity}", line.quantity);
            assert!((line.amount - quantity * price(key.1, key.2)).abs() < 0.005 + 1e-6, "{key:?}");
            seen += 1;
        }
    }
    assert_eq!((bill.months.len(), seen), (12, expected.len()));
    assert_eq!(bill.months[2].hours, 31.0 * 24.0 - 1.0);
    assert_eq!(bill.months[9].hours, 31.0 * 24.0 + 1.0);
    let gap: f64 = bill.months.iter().map(|month| month.hours - month.known_hours).sum();
    assert!((gap * 60.0 - 3333.0).abs() < 1e-6, "{gap}");
}

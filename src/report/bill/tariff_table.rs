//! A tariff as it was understood: each charge with its prices, and a picture of the hours of a year.

use crate::report::Look;
use crate::report::table::{TableColumn, grid, paragraphs};
use crate::report::text::{TextStyle, labelled, wrapped};
use crate::tariff::{Charge, PeriodPrices, PriceTier, Tariff, Tiers, WindowLayout};
use crate::units::{self, currency};
use indexmap::IndexMap;
use jiff::civil::Date;

/// Letters for periods, by their number.
const MARKS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A tariff for people, with the hours of a year.
pub fn write(tariff: &Tariff, year: i16, look: Look) -> String {
    let mut head = TextStyle::Bold.on(wrapped(&tariff.name, 0, look.columns), look) + "\n";
    if let Some(source) = &tariff.source {
        head += &labelled("prices", source, look, TextStyle::Bold);
    }
    let zone = tariff.zone.as_ref().and_then(|zone| zone.iana_name());
    head += &labelled("zone", zone.unwrap_or("that of the load"), look, TextStyle::Bold);
    if tariff.billing_day != 1 {
        head += &labelled("months", &format!("begin on day {}", tariff.billing_day), look, TextStyle::Bold);
    }
    let charges =
        tariff.charges.iter().map(|(name, charge)| Some(described(name, charge, tariff, year, look)));
    paragraphs([Some(head)].into_iter().chain(charges))
}

fn described(name: &str, charge: &Charge, tariff: &Tariff, year: i16, look: Look) -> String {
    let money = currency(tariff.currency);
    let text = match charge {
        Charge::Energy(charge) if charge.is_feed_in => "a payment for each kWh that is fed in".to_owned(),
        Charge::Energy(_) => "for each kWh that is drawn".to_owned(),
        Charge::Demand(charge) => {
            let interval = units::duration(charge.interval as f64 / 1e9);
            let begins = match charge.window {
                WindowLayout::Fixed => "that begin at whole intervals of the clock",
                WindowLayout::Sliding => "that begin at any instant",
            };
            let least = match charge.at_least > 0.0 {
                true => format!(", at least {} kW", units::number(charge.at_least)),
                false => String::new(),
            };
            format!("for each kW of the highest mean over {interval} {begins}, each billing month{least}")
        }
        Charge::Capacity(charge) => format!(
            "{} {money} for each of {} kVA, each billing month",
            units::number(charge.price),
            units::number(charge.kva)
        ),
        Charge::Fixed(charge) => {
            format!("{} {money} for each {}", units::number(charge.price), charge.per.name())
        }
        Charge::Share(charge) if charge.of.is_empty() => {
            format!("{} of all charges before it", units::share(charge.share))
        }
        Charge::Share(charge) => format!("{} of {}", units::share(charge.share), charge.of.join(", ")),
    };
    let unit = if matches!(charge, Charge::Demand(_)) { "kW" } else { "kWh" };
    let prices = charge.prices();
    let only = prices.filter(|prices| prices.prices.len() == 1);
    let text =
        only.map_or_else(|| text.clone(), |only| format!("{} {text}", tiered(&only.prices[0], &money, unit)));
    let head = labelled(name, &text, look, TextStyle::Bold);
    let several = prices.filter(|prices| prices.prices.len() > 1);
    several.map_or_else(|| head.clone(), |prices| head.clone() + &priced(prices, (&money, unit), year, look))
}

/// The prices by period, and when each is.
fn priced(prices: &PeriodPrices, (money, unit): (&str, &str), year: i16, look: Look) -> String {
    let row = |(nth, (name, tiers)): (usize, (&str, &Tiers))| {
        vec![mark(nth).to_string(), name.to_owned(), tiered(tiers, money, unit)]
    };
    let rows = prices.schedule.names().zip(&prices.prices).enumerate().map(row).collect();
    let columns = [("", TableColumn::Words), ("period", TableColumn::Name), ("price", TableColumn::Words)];
    grid(&columns, rows, look) + "\n" + &hours_of_year(prices, year)
}

/// The letter of a period.
fn mark(period: usize) -> char {
    MARKS.chars().nth(period).unwrap_or('?')
}

fn tiered(tiers: &Tiers, money: &str, unit: &str) -> String {
    let tier = |tier: &PriceTier| {
        let limit = match tier.up_to.is_finite() {
            true => format!(" up to {} {unit}", units::number(tier.up_to)),
            false => String::new(),
        };
        format!("{} {money}{limit}", units::fixed(tier.price, 6).trim_end_matches('0').trim_end_matches('.'))
    };
    tiers.all().iter().map(tier).collect::<Vec<_>>().join(", then ")
}

/// Which period is at each half hour, of each kind of day in a year.
fn hours_of_year(prices: &PeriodPrices, year: i16) -> String {
    let mut kinds: IndexMap<String, Vec<Date>> = IndexMap::new();
    for date in crate::calendar::dates_of_year(year) {
        let hours = (0..48).map(|half| mark(prices.schedule.period_at(date, half * 30))).collect();
        kinds.entry(hours).or_default().push(date);
    }
    let ruler: String = (0..12).map(|hour| format!("{:02}  ", hour * 2)).collect();
    let row = |(hours, dates): (String, Vec<Date>)| {
        let (first, last) = (dates[0], dates[dates.len() - 1]);
        let running = i32::try_from(dates.len()).is_ok_and(|count| (last - first).get_days() + 1 == count);
        match running {
            true => format!("{hours}  {} to {}\n", first.strftime("%m-%d"), last.strftime("%m-%d")),
            false => format!("{hours}  {} days, as {}\n", dates.len(), first.strftime("%a %m-%d")),
        }
    };
    format!("{ruler}  {year}\n{}", kinds.into_iter().map(row).collect::<String>())
}

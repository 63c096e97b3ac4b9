//! Prices per unit, such as `0.65 CNY/kWh` or `36 CNY/kW`. Read [`UnitPrice`].

use super::amount::Money;
use super::quantity::from_text;
use super::text::quoted;
use serde::de::{Deserialize, Deserializer};
use std::fmt;

/// A price per unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitPrice {
    /// In whole units of the currency.
    pub amount: f64,
    /// Its three capital letters.
    pub currency: [u8; 3],
    /// For what.
    pub per: PricedUnit,
}

/// What a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PricedUnit {
    /// A kilowatt-hour; a price for a megawatt-hour becomes one for a thousandth of it.
    Kwh,
    /// A kilowatt of demand, in each billing month.
    Kw,
    /// A kilovolt-ampere of transformers, in each billing month.
    Kva,
    /// A billing month.
    Month,
    /// A day.
    Day,
    /// A year, of which each billing month has a twelfth.
    Year,
}

impl PricedUnit {
    const ALL: [PricedUnit; 6] = [
        PricedUnit::Kwh,
        PricedUnit::Kw,
        PricedUnit::Kva,
        PricedUnit::Month,
        PricedUnit::Day,
        PricedUnit::Year,
    ];

    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            PricedUnit::Kwh => "kWh",
            PricedUnit::Kw => "kW",
            PricedUnit::Kva => "kVA",
            PricedUnit::Month => "month",
            PricedUnit::Day => "day",
            PricedUnit::Year => "year",
        }
    }
}

impl UnitPrice {
    const WHAT: &'static str = "a price";
    const EXAMPLE: &'static str = "0.65 CNY/kWh";

    /// Reads `0.65 CNY/kWh`, `203 EUR/MWh`, `36 CNY/kW`, `23 CNY/kVA`, `12 EUR/month`, `3.30 USD/day` or `2 kEUR/year`.
    pub fn parse(text: &str) -> Result<UnitPrice, String> {
        let wrong = |wrong: &str| {
            let units: Vec<&str> = PricedUnit::ALL.iter().map(|unit| unit.name()).collect();
            let (what, example) = (UnitPrice::WHAT, UnitPrice::EXAMPLE);
            format!(
                "{} is not {what}: {wrong}; write an amount of money and what it is for ({}, MWh), such as \"{example}\"",
                quoted(text),
                units.join(", ")
            )
        };
        let Some((money, unit)) = text.split_once('/') else {
            return Err(wrong("it does not say for what"));
        };
        let money = Money::parse(money).map_err(|_| {
            let money = money.trim();
            wrong(&format!("{} is not an amount of money", quoted(money)))
        })?;
        let (per, amount) = match unit.trim() {
            "MWh" => (PricedUnit::Kwh, money.amount / 1000.0),
            unit => {
                let known = PricedUnit::ALL.into_iter().find(|known| known.name() == unit);
                (known.ok_or_else(|| wrong(&format!("unknown unit {}", quoted(unit))))?, money.amount)
            }
        };
        Ok(UnitPrice { amount, currency: money.currency, per })
    }
}

impl<'de> Deserialize<'de> for UnitPrice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<UnitPrice, D::Error> {
        from_text(deserializer, UnitPrice::WHAT, UnitPrice::EXAMPLE, UnitPrice::parse)
    }
}

impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", super::number(self.amount), super::currency(self.currency), self.per.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(text: &str) -> (f64, PricedUnit) {
        let price = UnitPrice::parse(text).unwrap_or_else(|wrong| panic!("{wrong}"));
        (price.amount, price.per)
    }

    #[test]
    fn a_price_is_money_for_a_unit() {
        assert_eq!(price("0.65 CNY/kWh"), (0.65, PricedUnit::Kwh));
        assert_eq!(price("203 EUR/MWh"), (0.203, PricedUnit::Kwh));
        assert_eq!(price("36 CNY / kW"), (36.0, PricedUnit::Kw));
        assert_eq!(price("23 CNY/kVA"), (23.0, PricedUnit::Kva));
        assert_eq!(price("2 kEUR/year"), (2000.0, PricedUnit::Year));
        assert_eq!(UnitPrice::parse("36 CNY/kW").map(|price| price.to_string()), Ok("36 CNY/kW".into()));
    }

    #[test]
    fn what_is_no_price_is_refused_with_the_reason() {
        let message = |text: &str| UnitPrice::parse(text).expect_err(text);
        assert_eq!(
            message("0.65 CNY"),
            "\"0.65 CNY\" is not a price: it does not say for what; write an amount of money and what it is for \
             (kWh, kW, kVA, month, day, year, MWh), such as \"0.65 CNY/kWh\""
        );
        assert!(message("0.65 CNY/kwh").contains("unknown unit \"kwh\""));
        assert!(message("0,65 CNY/kWh").contains("is not an amount of money"));
        assert!(message("-1 CNY/kWh").contains("is not an amount of money"));
    }
}

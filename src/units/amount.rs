//! Quantities that are more than a number and a table of units: times to failure, money, and quantities of any kind.
//!
//! The quantities with a table are in `quantity.rs`. Read [`Money`] first.

use crate::units::quantity::{
    COUNT, Count, DURATION, Dimension, Duration, KINDS, MASS, Mass, Quantity, from_text,
};
use crate::units::text::{UnitKind, complaint, number_at_start, quoted, read, unknown};
use serde::de::{Deserialize, Deserializer};

/// An amount of money in some currency; there are no rates of exchange.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Money {
    /// In whole units of the currency.
    pub amount: f64,
    /// Its three capital letters.
    pub currency: [u8; 3],
}

impl Money {
    const WHAT: &'static str = "an amount of money";
    const EXAMPLE: &'static str = "2.4 MCNY";

    /// Reads `410 CNY`, `12 kEUR`, `2.4 MCNY`.
    pub fn parse(text: &str) -> Result<Money, String> {
        let wrong = |wrong: &str| {
            complaint(text, Money::WHAT, wrong, "three capital letters, after k, M or G", Money::EXAMPLE)
        };
        let (number, unit) = number_at_start(text.trim()).map_err(|reason| wrong(&reason))?;
        let (size, letters) = match unit.as_bytes() {
            [b'k', letters @ ..] => (1e3, letters),
            [b'M', letters @ ..] if letters.len() == 3 => (1e6, letters),
            [b'G', letters @ ..] if letters.len() == 3 => (1e9, letters),
            letters => (1.0, letters),
        };
        match <[u8; 3]>::try_from(letters) {
            Ok(currency) if currency.iter().all(u8::is_ascii_uppercase) && number * size <= 1e18 => {
                Ok(Money { amount: number * size, currency })
            }
            Ok(currency) if currency.iter().all(u8::is_ascii_uppercase) => {
                Err(wrong("the number is too large"))
            }
            _ if unit.is_empty() => Err(wrong("the currency is missing")),
            _ => Err(wrong(&format!("unknown currency {}", quoted(unit)))),
        }
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        from_text(deserializer, Money::WHAT, Money::EXAMPLE, Money::parse)
    }
}

/// A time or a number of parts, as the clock of a breakdown counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Life {
    /// It counts time.
    Time(Duration),
    /// It counts parts.
    Parts(Count),
}

const LIFE: UnitKind =
    UnitKind { what: "a duration or a number of parts", example: "2 h\" or \"500 parts", ..DURATION };

impl Quantity for Life {
    const WHAT: &'static str = LIFE.what;
    // Two texts: messages put the outer quotes around them.
    const EXAMPLE: &'static str = LIFE.example;

    fn parse(text: &str) -> Result<Life, String> {
        if COUNT.units.iter().chain(COUNT.also).any(|(unit, _)| text.trim_end().ends_with(unit)) {
            return Count::parse(text).map(Life::Parts);
        }
        read(&LIFE, text).map(|secs| Life::Time(Duration(secs)))
    }

    fn base(self) -> f64 {
        match self {
            Life::Time(time) => time.0,
            Life::Parts(parts) => parts.0,
        }
    }

    fn from_base(base: f64) -> Life {
        Life::Time(Duration(base))
    }

    fn dimension(self) -> Dimension {
        match self {
            Life::Time(_) => Dimension::Time,
            Life::Parts(_) => Dimension::Count,
        }
    }
}

/// How much is loaded into something at once: counted or weighed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LoadAmount {
    /// So many parts.
    Parts(Count),
    /// So much mass.
    Mass(Mass),
}

impl LoadAmount {
    const WHAT: &'static str = "a number of parts or a mass";
    // Two texts: messages put the outer quotes around them.
    const EXAMPLE: &'static str = "24 parts\" or \"2000 kg";

    /// Reads `24 parts` or `2000 kg`.
    pub fn parse(text: &str) -> Result<LoadAmount, String> {
        const LOAD: UnitKind = UnitKind { what: LoadAmount::WHAT, example: LoadAmount::EXAMPLE, ..MASS };
        if COUNT.units.iter().chain(COUNT.also).any(|(unit, _)| text.trim_end().ends_with(unit)) {
            return Count::parse(text).map(LoadAmount::Parts);
        }
        read(&LOAD, text).map(|kg| LoadAmount::Mass(Mass(kg)))
    }
}

impl<'de> Deserialize<'de> for LoadAmount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LoadAmount, D::Error> {
        from_text(deserializer, LoadAmount::WHAT, LoadAmount::EXAMPLE, LoadAmount::parse)
    }
}

/// Reads a quantity of any kind: its number in the base unit, and what it measures.
///
/// A plain number and a percentage are ratios. An amount of money loses its currency.
pub fn parse_any(text: &str) -> Result<(f64, Dimension), String> {
    let every_unit = || KINDS.iter().flat_map(|(kind, _)| kind.units).map(|unit| unit.0).chain(["%"]);
    let wrong = |wrong: &str| {
        let units = every_unit().collect::<Vec<_>>().join(", ");
        complaint(text, "a quantity", wrong, &units, "35 /h")
    };
    let (number, unit) = number_at_start(text.trim()).map_err(|reason| wrong(&reason))?;
    match unit {
        "" => return Ok((number, Dimension::Ratio)),
        "%" => return Ok((number / 100.0, Dimension::Ratio)),
        _ => {}
    }
    let time = unit.split_whitespace().next().unwrap_or_default();
    for (kind, dimension) in KINDS {
        if kind.size_of(unit).is_some() || (kind.compound && kind.size_of(time).is_some()) {
            return read(kind, text).map(|base| (base, dimension));
        }
    }
    match Money::parse(text) {
        Ok(money) => Ok((money.amount, Dimension::Money)),
        Err(_) => Err(wrong(&unknown(unit, every_unit()))),
    }
}

/// The unit of results that are money, in whatever currency the line has.
pub const MONEY: &str = "money";

/// The dimension and the size of a unit in which results are given, such as `1/h`, `kWh`, `s`, `parts`, `1` or `money`.
pub fn unit_named(unit: &str) -> Option<(Dimension, f64)> {
    match unit {
        "1" => return Some((Dimension::Ratio, 1.0)),
        MONEY => return Some((Dimension::Money, 1.0)),
        _ => {}
    }
    KINDS.iter().find_map(|(kind, dimension)| Some((*dimension, kind.size_of(unit)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::quantity::Power;

    fn money(text: &str) -> Option<(f64, String)> {
        let money = Money::parse(text).ok()?;
        Some((money.amount, String::from_utf8_lossy(&money.currency).into_owned()))
    }

    #[test]
    fn money_is_a_number_a_prefix_and_a_currency() {
        assert_eq!(money("410 CNY"), Some((410.0, "CNY".into())));
        assert_eq!(money("2.4 MCNY"), Some((2.4e6, "CNY".into())));
        assert_eq!(money("12 kEUR"), Some((12_000.0, "EUR".into())));
        assert_eq!(money("1 GBP"), Some((1.0, "GBP".into())));
        assert_eq!(money("1 MXN"), Some((1.0, "MXN".into())));
        assert_eq!(money("1 GGBP"), Some((1e9, "GBP".into())));
    }

    #[test]
    fn what_is_no_money_is_refused_with_the_reason() {
        let message = |text: &str| Money::parse(text).expect_err(text);
        assert_eq!(
            message("410"),
            "\"410\" is not an amount of money: the currency is missing; \
             write a number and a unit (three capital letters, after k, M or G), such as \"2.4 MCNY\""
        );
        for text in ["410 cny", "410 KEUR", "410 euro", "410 €", "410 E"] {
            assert!(message(text).contains("unknown currency"), "{text}");
        }
        assert!(message("-1 CNY").contains("it cannot be negative"));
        assert!(message("1e300 CNY").contains("the number is too large"));
    }

    #[test]
    fn a_life_counts_time_or_parts() {
        assert_eq!(Life::parse("2 h"), Ok(Life::Time(Duration(7200.0))));
        assert_eq!(Life::parse("500 parts"), Ok(Life::Parts(Count(500.0))));
        let message = Life::parse("500 pieces").expect_err("no unit");
        assert_eq!(
            message,
            "\"500 pieces\" is not a duration or a number of parts: unknown unit \"pieces\"; \
             write a number and a unit (ns, us, ms, s, min, h, d, week, y), such as \"2 h\" or \"500 parts\""
        );
    }

    #[test]
    fn a_quantity_of_any_kind_is_known_by_its_unit() {
        let known = [
            ("35 /h", 35.0 / 3600.0, Dimension::Rate),
            ("0.6 kWh", 0.6 * 3.6e6, Dimension::Energy),
            ("2 h 15 min", 8100.0, Dimension::Time),
            ("3 kW", 3000.0, Dimension::Power),
            ("2 m", 2.0, Dimension::Length),
            ("2 m/s", 2.0, Dimension::Speed),
            ("2 t", 2000.0, Dimension::Mass),
            ("20 parts", 20.0, Dimension::Count),
            ("2 kEUR", 2000.0, Dimension::Money),
            ("85 %", 0.85, Dimension::Ratio),
            ("0.85", 0.85, Dimension::Ratio),
        ];
        for (text, base, dimension) in known {
            assert_eq!(parse_any(text), Ok((base, dimension)), "{text}");
        }
        let message = parse_any("35 kwh").expect_err("a slip");
        assert!(
            message.starts_with("\"35 kwh\" is not a quantity: unknown unit \"kwh\", did you mean \"kWh\"?"),
            "{message}"
        );
        assert!(parse_any("201 y").is_err() && parse_any("").is_err() && parse_any("x").is_err());
    }

    #[test]
    fn no_unit_belongs_to_two_kinds() {
        let mut seen = std::collections::BTreeSet::new();
        for (unit, _) in KINDS.iter().flat_map(|(kind, _)| kind.units.iter().chain(kind.also)) {
            assert!(seen.insert(unit), "{unit}");
        }
    }

    #[test]
    fn every_example_is_read() {
        for (kind, dimension) in KINDS {
            assert_eq!(parse_any(kind.example).map(|known| known.1), Ok(dimension));
        }
        assert!(Money::parse(Money::EXAMPLE).is_ok());
    }

    #[test]
    fn a_load_is_counted_or_weighed() {
        assert_eq!(LoadAmount::parse("24 parts"), Ok(LoadAmount::Parts(Count(24.0))));
        assert_eq!(LoadAmount::parse("0.4 t"), Ok(LoadAmount::Mass(Mass(400.0))));
        let message = LoadAmount::parse("24 m").expect_err("no load");
        assert!(message.contains("is not a number of parts or a mass: unknown unit \"m\""), "{message}");
    }

    #[test]
    fn units_of_results_have_a_size() {
        assert_eq!(unit_named("1/h"), Some((Dimension::Rate, 1.0 / 3600.0)));
        assert_eq!(unit_named("kWh"), Some((Dimension::Energy, 3.6e6)));
        assert_eq!(unit_named("1"), Some((Dimension::Ratio, 1.0)));
        assert_eq!(unit_named("money"), Some((Dimension::Money, 1.0)));
        assert_eq!(unit_named("furlong"), None);
    }

    #[test]
    fn quantities_are_read_from_strings_of_a_file() {
        assert_eq!(ron::from_str::<Duration>("\"62 s\""), Ok(Duration(62.0)));
        assert_eq!(ron::from_str::<Duration>("r#\"62 s\"#"), Ok(Duration(62.0)));
        let message = |text: &str| ron::from_str::<Power>(text).expect_err(text).code.to_string();
        assert_eq!(message("\"62 s\""), Power::parse("62 s").expect_err("no power"));
        assert!(message("62").contains("a power in quotes, such as \"3.2 kW\""), "{}", message("62"));
    }
}

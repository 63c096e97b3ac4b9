//! Factors of what is drawn, such as `10.3 kWh/Nm3`, `2.162 kg/Nm3` or `3.6 CNY/Nm3`. Read [`PerAmount`].

use super::amount::Money;
use super::quantity::{Energy, Mass, Quantity, from_text};
use super::text::{quoted, unknown};
use serde::de::{Deserialize, Deserializer};

/// So much for each unit of an amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PerAmount<T> {
    /// How much: joules, kilograms, or money.
    pub value: T,
    /// For each of these.
    pub per: AmountUnit,
}

/// The unit of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountUnit {
    /// A kilowatt-hour; what is written for a megawatt-hour or a gigajoule becomes that of a kilowatt-hour.
    Kwh,
    /// A cubic metre of gas under standard conditions.
    Nm3,
    /// A kilogram; a tonne has a thousand.
    Kg,
    /// A cubic metre of liquid.
    M3,
}

/// The units as they are written, and how many of the counted ones each is.
const WRITTEN: [(&str, AmountUnit, f64); 8] = [
    ("kWh", AmountUnit::Kwh, 1.0),
    ("MWh", AmountUnit::Kwh, 1000.0),
    ("GJ", AmountUnit::Kwh, 1000.0 / 3.6),
    ("Nm3", AmountUnit::Nm3, 1.0),
    ("kg", AmountUnit::Kg, 1.0),
    ("t", AmountUnit::Kg, 1000.0),
    ("m3", AmountUnit::M3, 1.0),
    ("L", AmountUnit::M3, 1e-3),
];

impl AmountUnit {
    /// How it is written.
    pub fn name(self) -> &'static str {
        WRITTEN.iter().find(|(_, unit, size)| *unit == self && *size == 1.0).map_or("", |(name, ..)| name)
    }
}

/// What can be so much for each unit.
pub trait Numerator: Copy {
    /// With its article: `an energy per unit`.
    const WHAT: &'static str;
    /// A text of it.
    const EXAMPLE: &'static str;
    /// What stands before the slash, with its article.
    const PART: &'static str;
    /// Reads what stands before the slash.
    fn read(text: &str) -> Result<Self, String>;
    /// A share of it.
    fn divided(self, by: f64) -> Self;
}

impl Numerator for Energy {
    const WHAT: &'static str = "an energy per unit";
    const EXAMPLE: &'static str = "10.3 kWh/Nm3";
    const PART: &'static str = "an energy";

    fn read(text: &str) -> Result<Energy, String> {
        Energy::parse(text)
    }

    fn divided(self, by: f64) -> Energy {
        Energy(self.0 / by)
    }
}

impl Numerator for Mass {
    const WHAT: &'static str = "an emission factor";
    const EXAMPLE: &'static str = "0.3869 kg/kWh";
    const PART: &'static str = "a mass";

    fn read(text: &str) -> Result<Mass, String> {
        Mass::parse(text)
    }

    fn divided(self, by: f64) -> Mass {
        Mass(self.0 / by)
    }
}

impl Numerator for Money {
    const WHAT: &'static str = "a price per unit";
    const EXAMPLE: &'static str = "3.6 CNY/Nm3";
    const PART: &'static str = "an amount of money";

    fn read(text: &str) -> Result<Money, String> {
        Money::parse(text)
    }

    fn divided(self, by: f64) -> Money {
        Money { amount: self.amount / by, ..self }
    }
}

impl<T: Numerator> PerAmount<T> {
    /// Reads it; the message says what is wrong with a text and what is expected.
    pub fn parse(text: &str) -> Result<PerAmount<T>, String> {
        let names = || WRITTEN.iter().map(|(name, ..)| *name);
        let wrong = |wrong: &str| {
            let units: Vec<&str> = names().collect();
            format!(
                "{} is not {}: {wrong}; name what it is for ({}), such as \"{}\"",
                quoted(text),
                T::WHAT,
                units.join(", "),
                T::EXAMPLE
            )
        };
        let (amount, unit) = text.rsplit_once('/').ok_or_else(|| wrong("it does not say for what"))?;
        let unit = unit.trim().replace('³', "3");
        let found = WRITTEN.iter().find(|(name, ..)| *name == unit);
        let (_, per, size) = found.ok_or_else(|| wrong(&unknown(&unit, names())))?;
        let value =
            T::read(amount).map_err(|_| wrong(&format!("{} is not {}", quoted(amount.trim()), T::PART)))?;
        Ok(PerAmount { value: value.divided(*size), per: *per })
    }
}

impl<'de, T: Numerator> Deserialize<'de> for PerAmount<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PerAmount<T>, D::Error> {
        from_text(deserializer, T::WHAT, T::EXAMPLE, PerAmount::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_factor_in_several_units_is_one_factor() {
        for text in ["0.387 kg/kWh", "387 g/kWh", "0.387 t/MWh", "107.5 kg/GJ"] {
            let factor = PerAmount::<Mass>::parse(text).unwrap();
            assert!((factor.value.0 - 0.387).abs() < 1e-12 && factor.per == AmountUnit::Kwh, "{text}");
        }
        let heat = PerAmount::<Energy>::parse("2.7 GJ/t").unwrap();
        assert!((heat.value.0 - 2.7e6).abs() < 1e-6 && heat.per == AmountUnit::Kg);
        let price = PerAmount::<Money>::parse("250 CNY/t").unwrap();
        assert_eq!((price.value.amount, price.value.currency, price.per), (0.25, *b"CNY", AmountUnit::Kg));
    }

    #[test]
    fn what_is_no_factor_is_refused_with_the_reason() {
        let wrong = PerAmount::<Mass>::parse("0.387 kg").unwrap_err();
        assert_eq!(
            wrong,
            "\"0.387 kg\" is not an emission factor: it does not say for what; \
             name what it is for (kWh, MWh, GJ, Nm3, kg, t, m3, L), such as \"0.3869 kg/kWh\""
        );
        assert!(PerAmount::<Mass>::parse("0.387 kg/kwh").unwrap_err().contains("did you mean \"kWh\"?"));
        let wrong = PerAmount::<Money>::parse("3.6/Nm3").unwrap_err();
        let begin =
            "\"3.6/Nm3\" is not a price per unit: \"3.6\" is not an amount of money; name what it is for";
        assert!(wrong.starts_with(begin) && wrong.ends_with("such as \"3.6 CNY/Nm3\""), "{wrong}");
    }
}

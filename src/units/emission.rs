//! Emission factors, such as `0.3869 kg/kWh`. Read [`EmissionFactor`].

use super::quantity::from_text;
use super::text::{UnitKind, read};
use serde::de::{Deserialize, Deserializer};

/// How much carbon dioxide belongs to an energy, in kilograms for each kilowatt-hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EmissionFactor(pub f64);

const EMISSION: UnitKind = UnitKind {
    what: "an emission factor",
    example: "0.3869 kg/kWh",
    units: &[("kg/kWh", 1.0), ("g/kWh", 1e-3), ("t/MWh", 1.0)],
    also: &[],
    largest: ("100 kg/kWh", 100.0),
    compound: false,
};

impl EmissionFactor {
    /// Reads `0.3869 kg/kWh`, `387 g/kWh` or `0.3869 t/MWh`.
    pub fn parse(text: &str) -> Result<EmissionFactor, String> {
        read(&EMISSION, text).map(EmissionFactor)
    }
}

impl<'de> Deserialize<'de> for EmissionFactor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<EmissionFactor, D::Error> {
        from_text(deserializer, EMISSION.what, EMISSION.example, EmissionFactor::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_is_a_mass_for_an_energy() {
        for text in ["0.387 kg/kWh", "387 g/kWh", "0.387 t/MWh"] {
            assert_eq!(EmissionFactor::parse(text), Ok(EmissionFactor(0.387)), "{text}");
        }
        assert!(EmissionFactor::parse("0.387 kg").unwrap_err().contains("unknown unit \"kg\""));
    }
}

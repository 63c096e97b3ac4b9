//! Flows of media: steam by mass, air and water by volume, gas by its heat or its volume. Read [`MassFlow`], then [`GasFlow`].

use super::quantity::{POWER, Power, Quantity, from_text};
use super::text::{UnitKind, number_at_start, read};
use serde::de::{Deserialize, Deserializer};

/// Declares a flow: its type and its table of units.
macro_rules! flow {
    ($(#[$doc:meta])* $name:ident, $kind:ident = $table:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(pub f64);

        const $kind: UnitKind = $table;

        impl $name {
            /// Reads a text; the message says what is wrong with it and what is expected.
            pub fn parse(text: &str) -> Result<$name, String> {
                read(&$kind, text).map($name)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                from_text(deserializer, $kind.what, $kind.example, $name::parse)
            }
        }
    };
}

flow! {
    /// A mass that flows, in kilograms per second.
    MassFlow, MASS_FLOW = UnitKind {
        what: "a flow of mass",
        example: "300 kg/h",
        units: &[("kg/h", 1.0 / 3600.0), ("kg/min", 1.0 / 60.0), ("kg/s", 1.0), ("t/h", 1000.0 / 3600.0)],
        also: &[],
        largest: ("10,000 t/h", 1e7 / 3600.0),
        compound: false,
    }
}

flow! {
    /// A gas that flows, in cubic metres per second under standard conditions (0 °C and 101,325 Pa).
    NormFlow, NORM_FLOW = UnitKind {
        what: "a flow of gas",
        example: "0.5 Nm3/min",
        units: &[("Nm3/h", 1.0 / 3600.0), ("Nm3/min", 1.0 / 60.0), ("NL/min", 1e-3 / 60.0)],
        also: &[("Nm³/h", 1.0 / 3600.0), ("Nm³/min", 1.0 / 60.0)],
        largest: ("1,000,000 Nm3/h", 1e6 / 3600.0),
        compound: false,
    }
}

flow! {
    /// Water that flows, in cubic metres per second.
    WaterFlow, WATER_FLOW = UnitKind {
        what: "a flow of water",
        example: "12 L/min",
        units: &[("L/min", 1e-3 / 60.0), ("L/h", 1e-3 / 3600.0), ("L/s", 1e-3), ("m3/h", 1.0 / 3600.0)],
        also: &[("m³/h", 1.0 / 3600.0), ("l/min", 1e-3 / 60.0), ("l/h", 1e-3 / 3600.0), ("l/s", 1e-3)],
        largest: ("1,000,000 m3/h", 1e6 / 3600.0),
        compound: false,
    }
}

/// Natural gas that flows: by the heat that burning it gives, or by its volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GasFlow {
    /// In watts of the lower heating value.
    Heat(f64),
    /// In cubic metres per second under standard conditions.
    Volume(f64),
}

impl GasFlow {
    const KIND: UnitKind = UnitKind {
        what: "a power or a flow of gas",
        example: "3 MW\" or \"300 Nm3/h",
        // The powers are for messages: what has their units is read as one before.
        units: &[
            ("kW", 1e3),
            ("MW", 1e6),
            ("Nm3/h", 1.0 / 3600.0),
            ("Nm3/min", 1.0 / 60.0),
            ("NL/min", 1e-3 / 60.0),
        ],
        ..NORM_FLOW
    };

    /// Reads `3 MW` or `300 Nm3/h`.
    pub fn parse(text: &str) -> Result<GasFlow, String> {
        let unit = number_at_start(text.trim()).map_or("", |(_, unit)| unit);
        match POWER.size_of(unit) {
            Some(_) => Power::parse(text).map(|power| GasFlow::Heat(power.base())),
            None => read(&GasFlow::KIND, text).map(GasFlow::Volume),
        }
    }
}

impl<'de> Deserialize<'de> for GasFlow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<GasFlow, D::Error> {
        from_text(deserializer, GasFlow::KIND.what, GasFlow::KIND.example, GasFlow::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_flow_in_several_units_is_one_flow() {
        for text in ["300 kg/h", "5 kg/min", "0.3 t/h"] {
            let flow = MassFlow::parse(text).unwrap();
            assert!((flow.0 * 3600.0 - 300.0).abs() < 1e-9, "{text}");
        }
        for text in ["30 Nm3/h", "0.5 Nm3/min", "500 NL/min", "30 Nm³/h"] {
            assert!((NormFlow::parse(text).unwrap().0 * 3600.0 - 30.0).abs() < 1e-9, "{text}");
        }
        for text in ["12 L/min", "720 L/h", "0.2 L/s", "0.72 m3/h", "12 l/min"] {
            assert!((WaterFlow::parse(text).unwrap().0 * 3600.0 - 0.72).abs() < 1e-12, "{text}");
        }
    }

    #[test]
    fn gas_has_a_heat_or_a_volume() {
        assert_eq!(GasFlow::parse("3 MW"), Ok(GasFlow::Heat(3e6)));
        let is_megawatt = |flow| matches!(flow, GasFlow::Heat(watts) if (watts - 1e6).abs() < 1e-6);
        assert!(GasFlow::parse("3.6 GJ/h").is_ok_and(is_megawatt));
        assert_eq!(GasFlow::parse("36 Nm3/h"), Ok(GasFlow::Volume(0.01)));
        let wrong = GasFlow::parse("36 m3/h").unwrap_err();
        assert!(wrong.starts_with("\"36 m3/h\" is not a power or a flow of gas: unknown unit"), "{wrong}");
    }
}

//! The kinds of quantities: what a user writes as `"62 s"`, `"3.2 kW"` or `"410 CNY"`.
//!
//! Inside the program a quantity is a float in its base unit (s, W, J, m, m/s, kg, 1/s, parts). Money, and what is either
//! of two kinds, is in `amount.rs`; how a text is read is in `text.rs`; how a number is shown is in `mod.rs`.
//! Read [`Quantity`] first.

use crate::units::text::{UnitKind, read};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::fmt;

/// Something that is written as a number and a unit in one string.
pub trait Quantity: Copy + PartialEq + fmt::Debug + 'static {
    /// What it is, with its article: `a duration`.
    const WHAT: &'static str;
    /// A text of it: `62 s`.
    const EXAMPLE: &'static str;
    /// Reads a text; the message says what is wrong with it and what is expected.
    fn parse(text: &str) -> Result<Self, String>;
    /// The number in the base unit.
    fn base(self) -> f64;
    /// The quantity of a number in the base unit.
    fn from_base(base: f64) -> Self;
    /// What is measured.
    fn dimension(self) -> Dimension;
}

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// In seconds.
    Time,
    /// In watts.
    Power,
    /// In joules.
    Energy,
    /// In metres.
    Length,
    /// In metres per second.
    Speed,
    /// In kilograms.
    Mass,
    /// In cubic metres.
    Volume,
    /// Per second.
    Rate,
    /// In parts.
    Count,
    /// In some currency.
    Money,
    /// A plain number or a share.
    Ratio,
}

/// Declares a quantity: its type, its base unit and its table of units.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $dimension:ident, $kind:ident = $table:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(pub f64);

        pub(crate) const $kind: UnitKind = $table;

        impl Quantity for $name {
            const WHAT: &'static str = $kind.what;
            const EXAMPLE: &'static str = $kind.example;

            fn parse(text: &str) -> Result<$name, String> {
                read(&$kind, text).map($name)
            }

            fn base(self) -> f64 {
                self.0
            }

            fn from_base(base: f64) -> $name {
                $name(base)
            }

            fn dimension(self) -> Dimension {
                Dimension::$dimension
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                from_text(deserializer, $name::WHAT, $name::EXAMPLE, $name::parse)
            }
        }
    };
}

quantity! {
    /// A length of time in seconds.
    Duration, Time, DURATION = UnitKind {
        what: "a duration",
        example: "62 s",
        units: &[
            ("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("s", 1.0), ("min", 60.0), ("h", 3600.0), ("d", 86_400.0),
            ("week", 604_800.0), ("y", 31_536_000.0),
        ],
        also: &[("µs", 1e-6), ("sec", 1.0), ("weeks", 604_800.0)],
        // As long as the kernel's longest time.
        largest: ("200 years", 200.0 * 31_536_000.0),
        compound: true,
    }
}

quantity! {
    /// Power in watts.
    Power, Power, POWER = UnitKind {
        what: "a power",
        example: "3.2 kW",
        units: &[("W", 1.0), ("kW", 1e3), ("MW", 1e6), ("mW", 1e-3)],
        // As heat networks bill.
        also: &[("GJ/h", 1e9 / 3600.0)],
        largest: ("1000 GW", 1e12),
        compound: false,
    }
}

quantity! {
    /// Energy in joules.
    Energy, Energy, ENERGY = UnitKind {
        what: "an energy",
        example: "0.6 kWh",
        units: &[("Wh", 3600.0), ("kWh", 3.6e6), ("MWh", 3.6e9), ("J", 1.0), ("kJ", 1e3), ("MJ", 1e6), ("GJ", 1e9)],
        // Of coal, as Chinese standards count energy: 7000 kcal, or 8.141 kWh.
        also: &[("kgce", 29.3076e6), ("tce", 29.3076e9)],
        largest: ("1,000,000 GWh", 3.6e18),
        compound: false,
    }
}

quantity! {
    /// A length in metres.
    Length, Length, LENGTH = UnitKind {
        what: "a length",
        example: "1.5 m",
        units: &[("mm", 1e-3), ("cm", 1e-2), ("m", 1.0), ("km", 1e3)],
        also: &[],
        largest: ("100,000 km", 1e8),
        compound: false,
    }
}

quantity! {
    /// A speed in metres per second.
    Speed, Speed, SPEED = UnitKind {
        what: "a speed",
        example: "1.2 m/s",
        units: &[("m/s", 1.0), ("m/min", 1.0 / 60.0), ("km/h", 1.0 / 3.6), ("mm/s", 1e-3)],
        also: &[],
        largest: ("100 km/s", 1e5),
        compound: false,
    }
}

quantity! {
    /// A mass in kilograms.
    Mass, Mass, MASS = UnitKind {
        what: "a mass",
        example: "12 kg",
        units: &[("g", 1e-3), ("kg", 1.0), ("t", 1e3)],
        also: &[],
        largest: ("1,000,000,000 t", 1e12),
        compound: false,
    }
}

quantity! {
    /// A volume in cubic metres; of a gas, under standard conditions.
    Volume, Volume, VOLUME = UnitKind {
        what: "a volume",
        example: "2 m3",
        units: &[("L", 1e-3), ("m3", 1.0), ("Nm3", 1.0)],
        also: &[("l", 1e-3), ("m³", 1.0), ("Nm³", 1.0)],
        largest: ("1,000,000,000 m3", 1e9),
        compound: false,
    }
}

quantity! {
    /// So many per second.
    Rate, Rate, RATE = UnitKind {
        what: "a rate",
        example: "35 /h",
        units: &[("/s", 1.0), ("/min", 1.0 / 60.0), ("/h", 1.0 / 3600.0), ("/d", 1.0 / 86_400.0)],
        also: &[("1/s", 1.0), ("1/min", 1.0 / 60.0), ("1/h", 1.0 / 3600.0), ("1/d", 1.0 / 86_400.0)],
        largest: ("1,000,000,000 /s", 1e9),
        compound: false,
    }
}

quantity! {
    /// A number of parts.
    Count, Count, COUNT = UnitKind {
        what: "a number of parts",
        example: "500 parts",
        units: &[("parts", 1.0), ("part", 1.0)],
        also: &[("pcs", 1.0)],
        largest: ("1,000,000,000,000,000 parts", 1e15),
        compound: false,
    }
}

/// The quantities with a table, for texts whose kind is not known beforehand.
pub(crate) const KINDS: [(&UnitKind, Dimension); 9] = [
    (&DURATION, Dimension::Time),
    (&POWER, Dimension::Power),
    (&ENERGY, Dimension::Energy),
    (&LENGTH, Dimension::Length),
    (&SPEED, Dimension::Speed),
    (&MASS, Dimension::Mass),
    (&VOLUME, Dimension::Volume),
    (&RATE, Dimension::Rate),
    (&COUNT, Dimension::Count),
];

/// Reads a quantity from a string of any format.
pub(crate) fn from_text<'de, D: Deserializer<'de>, Q>(
    deserializer: D,
    what: &'static str,
    example: &'static str,
    parse: fn(&str) -> Result<Q, String>,
) -> Result<Q, D::Error> {
    struct QuantityText<Q> {
        what: &'static str,
        example: &'static str,
        parse: fn(&str) -> Result<Q, String>,
    }

    impl<Q> Visitor<'_> for QuantityText<Q> {
        type Value = Q;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{} in quotes, such as \"{}\"", self.what, self.example)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Q, E> {
            (self.parse)(text).map_err(E::custom)
        }
    }

    // `any`, so that a number without quotes is answered with what is expected here.
    deserializer.deserialize_any(QuantityText { what, example, parse })
}

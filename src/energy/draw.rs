//! What equipment draws in a state, as a layout says it: a power, which is electricity, or a flow of each of several carriers.
//!
//! Read [`Draw`].

use super::EnergyCarrier;
use crate::units::{GasFlow, MassFlow, NormFlow, Power, Quantity, WaterFlow};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::fmt;
use std::ops::{Add, Mul};

/// What is drawn of each carrier: W, kg/s or m3/s.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Draw {
    flows: [f64; EnergyCarrier::ALL.len()],
    /// Gas that is given by its volume, in m3/s: its heat is known to the line.
    gas_volume: f64,
}

/// The carriers of a draw, as a layout says them.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DrawLayout {
    electricity: Option<Power>,
    gas: Option<GasFlow>,
    steam: Option<MassFlow>,
    air: Option<NormFlow>,
    water: Option<WaterFlow>,
    heat: Option<Power>,
    cooling: Option<Power>,
}

impl Draw {
    /// Electricity alone, in watts.
    pub fn electric(watts: f64) -> Draw {
        let mut draw = Draw::default();
        draw.flows[EnergyCarrier::Electricity as usize] = watts;
        draw
    }

    /// What it has of a carrier: W, kg/s or m3/s.
    pub fn of(&self, carrier: EnergyCarrier) -> f64 {
        self.flows[carrier as usize]
    }

    /// Whether it draws nothing at all.
    pub fn is_nothing(&self) -> bool {
        *self == Draw::default()
    }

    /// Whether some gas is given by its volume.
    pub(super) fn has_gas_volume(&self) -> bool {
        self.gas_volume > 0.0
    }

    /// Turns gas by volume into heat, at so many joules a cubic metre.
    pub(super) fn with_gas_heat(mut self, joules: f64) -> Draw {
        self.flows[EnergyCarrier::Gas as usize] += self.gas_volume * joules;
        self.gas_volume = 0.0;
        self
    }
}

impl From<DrawLayout> for Draw {
    fn from(written: DrawLayout) -> Draw {
        let DrawLayout { electricity, gas, steam, air, water, heat, cooling } = written;
        let (gas_power, gas_volume) = match gas {
            Some(GasFlow::Heat(watts)) => (watts, 0.0),
            Some(GasFlow::Volume(flow)) => (0.0, flow),
            None => (0.0, 0.0),
        };
        let mut flows = [0.0; EnergyCarrier::ALL.len()];
        for carrier in EnergyCarrier::ALL {
            flows[carrier as usize] = match carrier {
                EnergyCarrier::Electricity => electricity.map_or(0.0, Quantity::base),
                EnergyCarrier::Gas => gas_power,
                EnergyCarrier::Steam => steam.map_or(0.0, |flow| flow.0),
                EnergyCarrier::Air => air.map_or(0.0, |flow| flow.0),
                EnergyCarrier::Water => water.map_or(0.0, |flow| flow.0),
                EnergyCarrier::Heat => heat.map_or(0.0, Quantity::base),
                EnergyCarrier::Cooling => cooling.map_or(0.0, Quantity::base),
            };
        }
        Draw { flows, gas_volume }
    }
}

impl Add for Draw {
    type Output = Draw;

    fn add(mut self, more: Draw) -> Draw {
        self.flows.iter_mut().zip(more.flows).for_each(|(all, more)| *all += more);
        self.gas_volume += more.gas_volume;
        self
    }
}

impl Mul<f64> for Draw {
    type Output = Draw;

    fn mul(mut self, factor: f64) -> Draw {
        self.flows.iter_mut().for_each(|flow| *flow *= factor);
        self.gas_volume *= factor;
        self
    }
}

impl<'de> Deserialize<'de> for Draw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Draw, D::Error> {
        struct DrawText;

        impl<'de> Visitor<'de> for DrawText {
            type Value = Draw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(
                    f,
                    "a power in quotes, such as \"{}\", or carriers, such as (electricity: \"14 kW\", gas: \"3 MW\")",
                    Power::EXAMPLE
                )
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Draw, E> {
                Power::parse(text).map(|power| Draw::electric(power.0)).map_err(E::custom)
            }

            /// Parentheses without anything in them.
            fn visit_unit<E: Error>(self) -> Result<Draw, E> {
                Ok(Draw::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Draw, A::Error> {
                DrawLayout::deserialize(MapAccessDeserializer::new(map)).map(Draw::from)
            }
        }

        deserializer.deserialize_any(DrawText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ron::extensions::Extensions;

    fn draw(text: &str) -> Result<Draw, String> {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        options.from_str(text).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn a_power_alone_is_electricity() {
        assert_eq!(draw("\"14 kW\""), Ok(Draw::electric(14e3)));
        assert_eq!(draw("(electricity: \"14 kW\")"), Ok(Draw::electric(14e3)));
        assert!(draw("\"3 Nm3/min\"").unwrap_err().contains("is not a power"));
    }

    #[test]
    fn each_carrier_has_units_of_its_own() {
        let text = r#"(electricity: "14 kW", gas: "3 MW", steam: "1.8 t/h", air: "0.6 Nm3/min", water: "36 L/min", heat: "90 kW", cooling: "45 kW")"#;
        let found = draw(text).unwrap();
        let expected = [14e3, 3e6, 0.5, 0.01, 0.0006, 90e3, 45e3];
        for (carrier, expected) in EnergyCarrier::ALL.into_iter().zip(expected) {
            assert!((found.of(carrier) - expected).abs() < 1e-12 * expected, "{carrier:?}");
        }
        let wrong = draw("(air: \"0.5 m3/min\")").unwrap_err();
        assert!(wrong.contains("unknown unit \"m3/min\", did you mean \"Nm3/min\"?"), "{wrong}");
        assert!(draw("(oil: \"3 kW\")").unwrap_err().contains("oil"));
    }

    #[test]
    fn gas_by_volume_waits_for_its_heat() {
        let found = draw("(gas: \"360 Nm3/h\")").unwrap();
        assert!(found.has_gas_volume() && found.of(EnergyCarrier::Gas) == 0.0);
        // 0.1 m3/s of 10 kWh each.
        assert!(((found * 0.5).with_gas_heat(3.6e7).of(EnergyCarrier::Gas) - 1.8e6).abs() < 1e-3);
    }
}

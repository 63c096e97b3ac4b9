//! Where a line has its energy from, as its file says it: the tariff, and the carbon dioxide that belongs to it.
//!
//! Read [`EnergySupply`].

use crate::units::EmissionFactor;
use indexmap::IndexMap;
use serde::Deserialize;

/// Where a line has its energy from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EnergySupply {
    /// What its electricity costs and causes.
    pub electricity: Option<ElectricitySupply>,
}

/// What electricity costs and causes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ElectricitySupply {
    /// The name of a ready tariff, or a file.
    pub tariff: Option<String>,
    /// Changes of the tariff, such as `"charges.energy.price": "0.7 CNY/kWh"`.
    pub set: IndexMap<String, String>,
    /// The carbon dioxide that belongs to it.
    pub co2: Option<Co2Factor>,
}

/// The carbon dioxide that belongs to a kilowatt-hour.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Co2Factor {
    /// How much it is.
    pub factor: EmissionFactor,
    /// What the factor counts.
    #[serde(default)]
    pub kind: Co2Kind,
    /// Where the factor comes from, with its year.
    #[serde(default)]
    pub source: Option<String>,
}

/// What an emission factor counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Co2Kind {
    /// The mean of the grid at the place.
    #[default]
    Location,
    /// What was bought by contract.
    Market,
    /// All that is caused over the life of the plants, fuels included.
    Footprint,
}

impl Co2Kind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Co2Kind::Location => "location",
            Co2Kind::Market => "market",
            Co2Kind::Footprint => "footprint",
        }
    }
}

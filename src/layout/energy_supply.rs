//! Where a line has its energy from, as its file says it: what each carrier costs and causes, and of what energy it is.
//!
//! Read [`EnergySupply`].

use crate::energy::EnergyCarrier;
use crate::units::{Energy, Mass, Money, PerAmount, Power};
use indexmap::IndexMap;
use serde::Deserialize;

/// Where a line has its energy from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EnergySupply {
    /// What its electricity costs and causes.
    pub electricity: Option<ElectricitySupply>,
    /// Natural gas.
    pub gas: Option<CarrierSupply>,
    /// Steam.
    pub steam: Option<CarrierSupply>,
    /// Compressed air.
    pub air: Option<CarrierSupply>,
    /// Water.
    pub water: Option<CarrierSupply>,
    /// Heat from a network.
    pub heat: Option<CarrierSupply>,
    /// Cold from a network.
    pub cooling: Option<CarrierSupply>,
}

impl EnergySupply {
    /// What is said of a carrier other than electricity.
    pub fn of(&self, carrier: EnergyCarrier) -> Option<&CarrierSupply> {
        match carrier {
            EnergyCarrier::Electricity => None,
            EnergyCarrier::Gas => self.gas.as_ref(),
            EnergyCarrier::Steam => self.steam.as_ref(),
            EnergyCarrier::Air => self.air.as_ref(),
            EnergyCarrier::Water => self.water.as_ref(),
            EnergyCarrier::Heat => self.heat.as_ref(),
            EnergyCarrier::Cooling => self.cooling.as_ref(),
        }
    }
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
    /// Up to which power of the line elements come back from their saving modes.
    pub start_limit: Option<Power>,
}

/// What another carrier costs and causes, and of what energy it is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CarrierSupply {
    /// The heat of gas or steam, or the electricity that it takes to make compressed air or cold.
    pub energy: Option<PerAmount<Energy>>,
    /// What it costs.
    pub price: Option<PerAmount<Money>>,
    /// The carbon dioxide that belongs to it.
    pub co2: Option<Co2Factor>,
}

/// The carbon dioxide that belongs to an amount.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Co2Factor {
    /// How much it is.
    pub factor: PerAmount<Mass>,
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
    /// What burning a fuel on the site gives.
    Direct,
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
            Co2Kind::Direct => "direct",
            Co2Kind::Market => "market",
            Co2Kind::Footprint => "footprint",
        }
    }
}

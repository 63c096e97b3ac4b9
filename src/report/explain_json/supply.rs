//! What a line draws: its tariff, and each other carrier with what a unit of it is, costs and causes.

use crate::energy::{EnergyCarrier, EnergyFlows};
use crate::event::State;
use crate::line::Line;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
pub(super) struct ElectricityJson<'a> {
    tariff: Option<&'a str>,
    currency: Option<String>,
    co2_kg_per_kwh: Option<f64>,
    /// `location`, `direct`, `market` or `footprint`.
    co2_kind: Option<&'static str>,
    co2_source: Option<&'a str>,
}

/// What a unit of a carrier is, costs and causes; none where that is not known.
#[derive(Serialize, JsonSchema)]
pub(super) struct CarrierJson<'a> {
    /// `kWh`, `kg`, `Nm3` or `m3`.
    unit: &'static str,
    energy_kwh: Option<f64>,
    price: Option<f64>,
    currency: Option<String>,
    co2_kg: Option<f64>,
    /// `location`, `direct`, `market` or `footprint`.
    co2_kind: Option<&'static str>,
    co2_source: Option<&'a str>,
}

impl<'a> ElectricityJson<'a> {
    pub(super) fn of(line: &'a Line) -> Option<ElectricityJson<'a>> {
        let tariff = line.electricity.as_ref()?.tariff.as_ref();
        let co2 = line.factors.of(EnergyCarrier::Electricity).co2.as_ref();
        Some(ElectricityJson {
            tariff: tariff.map(|tariff| tariff.name.as_str()),
            currency: tariff.map(|tariff| crate::units::currency(tariff.currency)),
            co2_kg_per_kwh: co2.map(|co2| co2.kg),
            co2_kind: co2.map(|co2| co2.kind.name()),
            co2_source: co2.and_then(|co2| co2.source.as_deref()),
        })
    }
}

/// What is drawn of a carrier in an hour, in its unit.
pub(super) fn per_hour(flows: &EnergyFlows, state: State) -> f64 {
    flows.carrier.in_units(flows.by_state[state as usize] as f64 * 3.6e12)
}

/// The carriers that are drawn beside electricity.
pub(super) fn carriers(line: &Line) -> IndexMap<&'static str, CarrierJson<'_>> {
    let others = EnergyCarrier::ALL
        .into_iter()
        .filter(|carrier| *carrier != EnergyCarrier::Electricity && line.draws(*carrier));
    let json = |carrier: EnergyCarrier| {
        let factors = line.factors.of(carrier);
        let co2 = factors.co2.as_ref();
        CarrierJson {
            unit: carrier.unit(),
            energy_kwh: factors.kwh,
            price: factors.price,
            currency: factors.price.and(line.currency()).map(crate::units::currency),
            co2_kg: co2.map(|co2| co2.kg),
            co2_kind: co2.map(|co2| co2.kind.name()),
            co2_source: co2.and_then(|co2| co2.source.as_deref()),
        }
    };
    others.map(|carrier| (carrier.name(), json(carrier))).collect()
}

//! What the electricity of a line costs: its tariff, by the name of a ready one or by its file.
//!
//! Read [`Electricity`].

use super::check::run_plan;
use super::tariff_file::{TariffFile, read_tariff};
use super::{ProductSpec, currency};
use crate::equipment::AnySettings;
use crate::layout::{ElectricitySupply, EnergySupply, Fault, Faults, LineLayout, Placed, Sources};
use crate::tables::Tables;
use crate::tariff::{Tariff, TariffClock};
use crate::units;
use std::sync::Arc;

/// What the electricity of a line costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Electricity {
    /// What it costs.
    pub tariff: Option<Tariff>,
    /// The tariff's periods on the time of the run; none if it charges no energy.
    pub clock: Option<Arc<TariffClock>>,
    /// Up to how many milliwatts of the line elements come back from their saving modes; none without a limit.
    pub start_limit: Option<u64>,
}

/// The electricity of a line.
pub(super) fn checked(
    layout: &LineLayout<AnySettings>,
    products: &[ProductSpec],
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Option<Electricity> {
    let written = layout.energy.as_ref()?;
    let EnergySupply { electricity: Some(supply), .. } = &written.value else { return None };
    let tariff = tariff_of(supply, written, sources, tables, faults);
    let place = written.place_of("electricity.tariff", sources);
    if let Some((tariff, material)) =
        tariff.as_ref().zip(currency(products)).filter(|(tariff, material)| tariff.currency != *material)
    {
        let [tariff, material] = [tariff.currency, material].map(units::currency);
        let fault = Fault::new(format!("the tariff is in {tariff}, and the products are in {material}"));
        faults.push(
            fault.at(place).help("write all money of a line in one currency; there are no rates of exchange"),
        );
    }
    let run = run_plan(&layout.run.value);
    let clock = tariff.as_ref().and_then(|tariff| {
        let clock = TariffClock::new(tariff, &run.zone_or(tariff.zone.as_ref()), run.start);
        faults.keep(clock.map_err(|why| Fault::new(format!("the tariff cannot be used: {why}")).at(place)))
    });
    let clock = clock.flatten();
    let is_priced = |clock: &TariffClock| (0..clock.periods()).all(|period| clock.price(period).is_some());
    if tariff.is_some() && !clock.as_ref().is_some_and(is_priced) {
        tables.notes.insert(
            "the tariff has no price of a kilowatt-hour, or one that depends on the energy of the month, so `energy_cost` is unknown; `taktwin bill` has the bill"
                .to_owned(),
        );
    }
    let start_limit = supply.start_limit.map(|limit| (limit.0 * 1e3).round() as u64);
    Some(Electricity { tariff, clock: clock.map(Arc::new), start_limit })
}

fn tariff_of(
    supply: &ElectricitySupply,
    written: &Placed<EnergySupply>,
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Option<Tariff> {
    let Some(named) = &supply.tariff else {
        if !supply.set.is_empty() {
            let place = written.place_of("electricity.set", sources);
            faults.push(
                Fault::new("there is no tariff to change")
                    .at(place)
                    .help("name a `tariff`, or leave `set` out"),
            );
        }
        return None;
    };
    let place = written.place_of("electricity.tariff", sources);
    let sets: Vec<String> = supply.set.iter().map(|(way, value)| format!("{way}={value}")).collect();
    match read_tariff(sources.folder(place.file), named, &sets) {
        Ok(TariffFile { tariff, file }) => {
            tables.files.extend(file);
            Some(tariff)
        }
        Err(rejected) => {
            for (from, wrong, help) in rejected.all() {
                let from = if from.is_empty() { String::new() } else { format!("{from}: ") };
                let fault = Fault::new(format!("the tariff cannot be used: {from}{wrong}")).at(place);
                faults.push(if help.is_empty() { fault } else { fault.help(help) });
            }
            None
        }
    }
}

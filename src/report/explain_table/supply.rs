//! What a line draws: each carrier with those who draw it, what it costs and what it causes.

use crate::energy::EnergyCarrier;
use crate::event::State;
use crate::line::{Element, Line};
use crate::study;
use crate::units;

/// What a carrier is, costs and causes, and who draws it; none if that is nobody and nothing is said of it.
pub(super) fn supply(line: &Line, carrier: EnergyCarrier) -> Option<String> {
    let factors = line.factors.of(carrier);
    let mut said = match carrier {
        EnergyCarrier::Electricity => tariff(line)?,
        other => cost_of_other(line, other)?,
    };
    match &factors.co2 {
        Some(co2) => {
            let source = co2.source.as_ref().map_or_else(String::new, |source| format!(": {source}"));
            let (kg, kind, unit) = (units::number(co2.kg), co2.kind.name(), carrier.unit());
            said.push(format!("{kg} kg of CO2 for each {unit} ({kind}{source})"));
        }
        None if carrier == EnergyCarrier::Electricity => {}
        None => said.push("CO2 unknown".to_owned()),
    }
    Some(said.join("; "))
}

/// The tariff of electricity, if anything is said of electricity.
fn tariff(line: &Line) -> Option<Vec<String>> {
    let tariff = line.electricity.as_ref()?.tariff.as_ref();
    Some(vec![tariff.map_or_else(|| "without a tariff".to_owned(), |tariff| tariff.name.clone())])
}

/// Who draws another carrier, what it costs, and what energy that is.
fn cost_of_other(line: &Line, carrier: EnergyCarrier) -> Option<Vec<String>> {
    let (factors, unit) = (line.factors.of(carrier), carrier.unit());
    let drawers = line.elements.iter().filter(|element| element.power.draws(carrier));
    let drawers: Vec<String> = drawers.map(|element| drawer(element, carrier)).collect();
    if drawers.is_empty() && factors.price.is_none() && factors.co2.is_none() {
        return None;
    }
    let who = match drawers.is_empty() {
        true => "no element draws any".to_owned(),
        false => format!("drawn by {}", study::first_of(&drawers, ", ")),
    };
    let currency = line.currency().map(units::currency).unwrap_or_default();
    let price = match factors.price {
        Some(price) => format!("{} {currency} for each {unit}", units::number(price)),
        None => "price unknown".to_owned(),
    };
    let energy = match factors.kwh {
        // A kilowatt-hour of gas or heat is one of energy.
        Some(1.0) if unit == "kWh" => None,
        Some(kwh) => Some(format!("{} kWh of energy for each {unit}", units::number(kwh))),
        None => Some("energy unknown".to_owned()),
    };
    Some([who, price].into_iter().chain(energy).collect())
}

/// "kiln (3.00 MW)": an element, and what it draws of a carrier while it works.
fn drawer(element: &Element, carrier: EnergyCarrier) -> String {
    let state = if element.carries.is_empty() { State::Working } else { State::Moving };
    let per_second = element.power.flow(carrier, state) as f64 / carrier.steps_per_base();
    let flow = match carrier.unit() {
        "kWh" => units::power(per_second),
        unit => format!("{} {unit}/h", units::number(per_second * 3600.0)),
    };
    format!(
        "{} ({flow}{})",
        element.name,
        if element.power.parts_draw(carrier) { ", and its load" } else { "" }
    )
}

//! Figures of the energy of an element: in all, by state, by carrier, and the amounts that were drawn.

use super::list::state_names;
use super::measure::{EachMeasure, ElementMeasure, PartKind};
use super::{ElementFigure, ElementOutcome, ElementSubject};
use crate::energy::EnergyCarrier;
use crate::event::State;
use crate::kpi::Better;
use crate::line::Element;

pub(super) const ENERGY: ElementFigure = ElementFigure {
    name: "energy_kwh",
    unit: "kWh",
    title: "energy",
    formula: "power in each state times the time in it, and other carriers by the energy of their unit; unknown if the element does not say what it draws, or if the energy of a carrier is not known",
    better: Better::Lower,
    measure: ElementMeasure::One(|of, one| {
        let kwh = |carrier: EnergyCarrier| of.factors.kwh_of(carrier, one.amount(carrier));
        of.element.power.known.then(|| EnergyCarrier::ALL.into_iter().map(kwh).sum())?
    }),
};

pub(super) const BY_STATE: ElementFigure = ElementFigure {
    name: "energy_by_state_kwh",
    unit: "kWh",
    title: "energy in each state",
    formula: "the same, state by state",
    better: Better::Lower,
    measure: ElementMeasure::Each(EachMeasure {
        kind: PartKind::Fixed(state_names),
        names: |element| if element.power.known { state_names() } else { Vec::new() },
        occurs: |one, nth| one.times[nth] > 0,
        value: |of, one, nth| {
            let kwh = |carrier| of.factors.kwh_of(carrier, one.amount_in(carrier, State::ALL[nth]));
            EnergyCarrier::ALL.into_iter().map(kwh).sum()
        },
    }),
};

pub(super) const BY_CARRIER: ElementFigure = ElementFigure {
    name: "energy_by_carrier_kwh",
    unit: "kWh",
    title: "energy of each carrier",
    formula: "the same, carrier by carrier, of an element that draws others than electricity",
    better: Better::Lower,
    measure: each_carrier(|of, one, nth| {
        let carrier = EnergyCarrier::ALL[nth];
        of.factors.kwh_of(carrier, one.amount(carrier))
    }),
};

pub(super) const DRAWN: ElementFigure = ElementFigure {
    name: "drawn",
    unit: ElementFigure::UNIT_OF_PART,
    title: "what it drew of each carrier",
    formula: "amount of each carrier in its own unit, of an element that draws others than electricity",
    better: Better::Lower,
    measure: each_carrier(|_, one, nth| Some(one.amount(EnergyCarrier::ALL[nth]))),
};

/// A value for each carrier that was drawn.
const fn each_carrier(
    value: fn(&ElementSubject<'_>, &ElementOutcome, usize) -> Option<f64>,
) -> ElementMeasure {
    ElementMeasure::Each(EachMeasure {
        kind: PartKind::Fixed(carrier_names),
        names: names_of_carriers,
        occurs: |one, nth| one.amount(EnergyCarrier::ALL[nth]) > 0.0,
        value,
    })
}

fn names_of_carriers(element: &Element) -> Vec<&str> {
    if element.power.others.is_empty() { Vec::new() } else { carrier_names() }
}

fn carrier_names() -> Vec<&'static str> {
    EnergyCarrier::ALL.map(EnergyCarrier::name).to_vec()
}

//! The lists in the code that the reference is made from: the entries below each heading of a chapter.
//!
//! Fields and choices come from the types that read them, so that there is no second list to keep correct. Read [`FIELDS_OF_FILES`].

use crate::calendar::{CalendarLayout, RosterLayout, SeasonLayout, ShiftLayout};
use crate::dispatch::Rule;
use crate::disruption::{Breakdown, Initial, Maintenance};
use crate::energy::{ConveyorPower, Power, RobotPower};
use crate::equipment::conveyor::OnBelt;
use crate::equipment::fields;
use crate::equipment::machine::Machine;
use crate::equipment::source::{DeliverySpec, RateSpec};
use crate::event::State;
use crate::layout;
use crate::saving::SavingMode;
use serde::de::DeserializeOwned;

/// A heading of a chapter, and the names that the chapter explains below it.
pub(super) type NameList = (&'static str, fn() -> Vec<&'static str>);

/// What has fields in a file beside its elements.
pub(super) const FIELDS_OF_FILES: [NameList; 16] = [
    ("The line", || layout::LINE_FIELDS.to_vec()),
    ("Fields of `run`", of::<layout::Run>),
    ("Fields of `energy`", of::<layout::EnergySupply>),
    ("Fields of a carrier", of::<layout::CarrierSupply>),
    ("Fields of `electricity`", of::<layout::ElectricitySupply>),
    ("Fields of `co2`", of::<layout::Co2Factor>),
    ("Fields of a calendar", of::<CalendarLayout>),
    ("Fields of a shift", of::<ShiftLayout>),
    ("Fields of a roster", of::<RosterLayout>),
    ("Fields of a season", of::<SeasonLayout>),
    ("Fields of a product", of::<layout::Product>),
    ("Fields of a stop", of::<layout::Stage>),
    ("Fields of a group", || layout::GROUP_FIELDS.to_vec()),
    ("Fields of an include", || layout::INCLUDE_FIELDS.to_vec()),
    ("Fields of an upgrade", || layout::UPGRADE_FIELDS.to_vec()),
    ("Fields of a change", || layout::CHANGE_FIELDS.to_vec()),
];

/// What has fields within elements.
pub(super) const FIELDS_WITHIN: [NameList; 13] = [
    ("Fields of a rate", of::<RateSpec>),
    ("Fields of a delivery", of::<DeliverySpec>),
    ("Fields of `first_part`", || inside(|machine: &Machine| &machine.first_part)),
    ("Fields of `rework`", || inside(|machine: &Machine| &machine.rework)),
    ("Fields of `setup`", || inside(|machine: &Machine| &machine.setup)),
    ("Fields of `initial`", of::<Initial>),
    ("Fields of the `initial` of a conveyor", of::<OnBelt>),
    ("Fields of a breakdown", of::<Breakdown>),
    ("Fields of a maintenance", of::<Maintenance>),
    ("Fields of the `power` of a machine", of::<Power>),
    ("Fields of the `power` of a robot", of::<RobotPower>),
    ("Fields of the `power` of a conveyor", of::<ConveyorPower>),
    ("Fields of a saving mode", of::<SavingMode>),
];

/// The dispatching rules.
pub(super) const RULES: NameList = ("Dispatch rules", of::<Rule>);

/// The states of elements.
pub(super) const STATES: NameList = ("States", || State::ALL.map(State::name).to_vec());

/// The fields of what is read as a struct, or the choices of an enum.
pub(super) fn of<T: DeserializeOwned>() -> Vec<&'static str> {
    fields::of::<T>().to_vec()
}

/// The same of what can stand in a field.
pub(super) fn inside<T, S: DeserializeOwned>(_: fn(&T) -> &Option<S>) -> Vec<&'static str> {
    of::<S>()
}

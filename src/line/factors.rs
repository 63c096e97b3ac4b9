//! What an amount of each carrier is as energy, costs and causes, by the factors of the line.
//!
//! Factors may be given for the unit in which a carrier is counted, or for another that its energy leads to: gas is counted by its heat,
//! and paid by the cubic metre. Read [`CarrierFactors`].

use crate::energy::EnergyCarrier;
use crate::equipment::AnySettings;
use crate::layout::{Co2Factor, Co2Kind, EnergySupply, Fault, Faults, LineLayout, Placed, Sources};
use crate::units::{self, AmountUnit, Energy, PerAmount, Quantity};
use std::ops::RangeInclusive;

const JOULES_PER_KWH: f64 = 3.6e6;

/// What one unit of a carrier is, costs and causes; what is not known is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CarrierFactors {
    /// Kilowatt-hours of final energy.
    pub kwh: Option<f64>,
    /// Money, in the currency of the line; that of electricity follows from its tariff.
    pub price: Option<f64>,
    /// Carbon dioxide.
    pub co2: Option<Emission>,
}

/// The carbon dioxide that belongs to a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Emission {
    /// How many kilograms.
    pub kg: f64,
    /// What that counts.
    pub kind: Co2Kind,
    /// Where the number comes from.
    pub source: Option<String>,
}

/// The factors of all carriers.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyFactors {
    of: [CarrierFactors; EnergyCarrier::ALL.len()],
    /// The currency of their prices; none without any.
    pub(super) currency: Option<[u8; 3]>,
}

impl EnergyFactors {
    /// Those of one carrier.
    pub fn of(&self, carrier: EnergyCarrier) -> &CarrierFactors {
        &self.of[carrier as usize]
    }

    /// Kilowatt-hours of an amount; of nothing that is nothing, whatever is known.
    pub fn kwh_of(&self, carrier: EnergyCarrier, amount: f64) -> Option<f64> {
        if amount == 0.0 { Some(0.0) } else { Some(amount * self.of(carrier).kwh?) }
    }
}

impl Default for EnergyFactors {
    /// What is known of every line: electricity, gas and heat are energy, and water is none.
    fn default() -> EnergyFactors {
        let of = |carrier: EnergyCarrier| {
            let kwh = match carrier {
                EnergyCarrier::Electricity | EnergyCarrier::Gas | EnergyCarrier::Heat => Some(1.0),
                EnergyCarrier::Water => Some(0.0),
                EnergyCarrier::Steam | EnergyCarrier::Air | EnergyCarrier::Cooling => None,
            };
            CarrierFactors { kwh, ..CarrierFactors::default() }
        };
        EnergyFactors { of: EnergyCarrier::ALL.map(of), currency: None }
    }
}

/// The joules of a cubic metre of gas, if the line says so.
pub(super) fn gas_heat(layout: &LineLayout<AnySettings>) -> Option<f64> {
    let heat = layout.energy.as_ref()?.value.gas.as_ref()?.energy?;
    // Of a wrong one it is said elsewhere that it is wrong.
    Some(if heat.per == AmountUnit::Nm3 && heat.value.0 > 0.0 { heat.value.0 } else { JOULES_PER_KWH })
}

/// The factors of a line, whose other figures are in this currency.
pub(super) fn checked(
    layout: &LineLayout<AnySettings>,
    currency: Option<[u8; 3]>,
    sources: &Sources,
    faults: &mut Faults,
) -> EnergyFactors {
    let mut factors = EnergyFactors::default();
    let Some(written) = &layout.energy else { return factors };
    let mut reading = FactorReading { written, sources, faults, currency };
    for carrier in EnergyCarrier::ALL {
        let of = &mut factors.of[carrier as usize];
        match carrier {
            EnergyCarrier::Electricity => {
                let co2 = written.value.electricity.as_ref().and_then(|supply| supply.co2.as_ref());
                of.co2 = co2.and_then(|co2| reading.emission(carrier, of.kwh, co2));
            }
            _ => reading.medium(carrier, of),
        }
    }
    factors.currency = reading.currency;
    factors
}

/// Reads the factors of a line.
struct FactorReading<'a> {
    written: &'a Placed<EnergySupply>,
    sources: &'a Sources,
    faults: &'a mut Faults,
    /// The currency of all money that was read so far.
    currency: Option<[u8; 3]>,
}

impl FactorReading<'_> {
    fn medium(&mut self, carrier: EnergyCarrier, of: &mut CarrierFactors) {
        let Some(supply) = self.written.value.of(carrier) else { return };
        if let Some(price) = supply.price {
            self.same_currency(carrier, price.value.currency);
        }
        if let Some(written) = supply.energy {
            // Without it, what follows from it is not judged.
            let Some(kwh) = self.energy(carrier, written) else { return };
            of.kwh = if carrier == EnergyCarrier::Gas { of.kwh } else { Some(kwh) };
        }
        // Kilowatt-hours of the unit in which other factors may be given, too: of gas, a cubic metre.
        let written = supply.energy.map(|written| written.value.0 / JOULES_PER_KWH);
        let energy = written.or(of.kwh.filter(|_| carrier != EnergyCarrier::Gas)).filter(|kwh| *kwh > 0.0);
        if let Some(price) = supply.price {
            let share = self.for_counted(carrier, "price", price.per, energy);
            of.price = share.map(|share| price.value.amount * share);
        }
        of.co2 = supply.co2.as_ref().and_then(|co2| self.emission(carrier, energy, co2));
    }

    /// Kilowatt-hours of the unit whose energy is given, unless that is wrong.
    fn energy(&mut self, carrier: EnergyCarrier, written: PerAmount<Energy>) -> Option<f64> {
        let (kwh, name) = (written.value.0 / JOULES_PER_KWH, carrier.name());
        let (unit, range) = energy_of_unit(carrier);
        let (message, help) = if carrier == EnergyCarrier::Heat {
            ("heat is energy already".to_owned(), "leave `energy` out".to_owned())
        } else if written.per != unit {
            let message = format!(
                "the energy of {name} is given for a {}, not for a {}",
                unit.name(),
                written.per.name()
            );
            (message, format!("write it as \"{}\"", example_of_energy(carrier)))
        } else if !range.contains(&kwh) {
            let (low, high) = (units::number(*range.start()), units::number(*range.end()));
            let message = format!("a {} of {name} has from {low} to {high} kWh of energy", unit.name());
            (message, format!("look at the unit; usual is \"{}\"", example_of_energy(carrier)))
        } else {
            return Some(kwh);
        };
        self.fault(carrier, "energy", message, &help);
        None
    }

    fn emission(&mut self, carrier: EnergyCarrier, energy: Option<f64>, co2: &Co2Factor) -> Option<Emission> {
        let share = self.for_counted(carrier, "co2.factor", co2.factor.per, energy)?;
        let kg = co2.factor.value.base() * share;
        if kg > MOST_KG {
            let message = format!(
                "no {} of {} causes {} kg of carbon dioxide",
                carrier.unit(),
                carrier.name(),
                units::number(kg)
            );
            self.fault(carrier, "co2.factor", message, "look at the unit: grams are \"387 g/kWh\"");
            return None;
        }
        Some(Emission { kg, kind: co2.kind, source: co2.source.clone() })
    }

    /// How many of the units that a factor is for make one of those in which the carrier is counted.
    fn for_counted(
        &mut self,
        carrier: EnergyCarrier,
        field: &str,
        per: AmountUnit,
        energy: Option<f64>,
    ) -> Option<f64> {
        let (counted, name) = (carrier.counted_in(), carrier.name());
        let what = if field == "price" { "price" } else { "emission factor" };
        let (unit, _) = energy_of_unit(carrier);
        match per {
            _ if per == counted => return Some(1.0),
            AmountUnit::Kg if carrier == EnergyCarrier::Water => return Some(1000.0),
            // What is left is known by the energy of a unit.
            AmountUnit::Kwh => {}
            _ if per == unit => {}
            _ => {
                let units = if unit == AmountUnit::Kwh {
                    "kWh".to_owned()
                } else {
                    format!("{} or a kWh", unit.name())
                };
                let message = format!("the {what} of {name} is for a {units}, not for a {}", per.name());
                self.fault(carrier, field, message, &format!("write it for a {}", unit.name()));
                return None;
            }
        }
        let Some(kwh) = energy else {
            let message = format!(
                "the {what} of {name} is for a {}, and the kWh of a {} are not given",
                per.name(),
                unit.name()
            );
            self.fault(carrier, field, message, &format!("add `energy: \"{}\"`", example_of_energy(carrier)));
            return None;
        };
        Some(if per == AmountUnit::Kwh { kwh } else { 1.0 / kwh })
    }

    fn same_currency(&mut self, carrier: EnergyCarrier, found: [u8; 3]) {
        let known = *self.currency.get_or_insert(found);
        if known != found {
            let [found, known] = [found, known].map(units::currency);
            self.fault(
                carrier,
                "price",
                format!("the price is in {found}, and other money of the line is in {known}"),
                "write all money of a line in one currency; there are no rates of exchange",
            );
        }
    }

    fn fault(&mut self, carrier: EnergyCarrier, field: &str, message: String, help: &str) {
        let place = self.written.place_of(&format!("{}.{field}", carrier.name()), self.sources);
        self.faults.push(Fault::new(message).at(place).help(help));
    }
}

/// More belongs to a unit of nothing.
const MOST_KG: f64 = 100.0;

/// The unit whose energy is given, of which the carrier itself may be counted in another, and how many kilowatt-hours it can have.
fn energy_of_unit(carrier: EnergyCarrier) -> (AmountUnit, RangeInclusive<f64>) {
    match carrier {
        EnergyCarrier::Gas => (AmountUnit::Nm3, 1.0..=50.0),
        EnergyCarrier::Steam => (AmountUnit::Kg, 0.0..=2.0),
        other => (other.counted_in(), 0.0..=10.0),
    }
}

fn example_of_energy(carrier: EnergyCarrier) -> &'static str {
    match carrier {
        EnergyCarrier::Electricity | EnergyCarrier::Heat => "1 kWh/kWh",
        EnergyCarrier::Gas => "10.3 kWh/Nm3",
        EnergyCarrier::Steam => "0.76 kWh/kg",
        EnergyCarrier::Air => "0.12 kWh/Nm3",
        EnergyCarrier::Water => "0.5 kWh/m3",
        EnergyCarrier::Cooling => "0.3 kWh/kWh",
    }
}

//! What an amount of each carrier is as energy, costs and causes, by the factors of the line.
//!
//! Factors may be given for the unit in which a carrier is counted, or for another that its energy leads to: gas is counted by its heat,
//! and paid by the cubic metre. Read [`CarrierFactors`].

use crate::energy::EnergyCarrier;
use crate::equipment::AnySettings;
use crate::layout::{Co2Factor, Co2Kind, EnergySupply, Fault, Faults, LineLayout, Placed, Sources};
use crate::units::{self, AmountUnit, Energy, PerAmount, Quantity};

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
    Some(if heat.per == AmountUnit::Nm3 && heat.much.0 > 0.0 { heat.much.0 } else { JOULES_PER_KWH })
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
            self.same_currency(carrier, price.much.currency);
        }
        if let Some(written) = supply.energy {
            // Without it, what follows from it is not judged.
            let Some(kwh) = self.energy(carrier, written) else { return };
            of.kwh = if carrier == EnergyCarrier::Gas { of.kwh } else { Some(kwh) };
        }
        // Kilowatt-hours of the unit in which other factors may be given, too: of gas, a cubic metre.
        let written = supply.energy.map(|written| written.much.0 / JOULES_PER_KWH);
        let energy = written.or(of.kwh.filter(|_| carrier != EnergyCarrier::Gas)).filter(|kwh| *kwh > 0.0);
        if let Some(price) = supply.price {
            let share = self.for_counted(carrier, "price", price.per, energy);
            of.price = share.map(|share| price.much.amount * share);
        }
        of.co2 = supply.co2.as_ref().and_then(|co2| self.emission(carrier, energy, co2));
    }

    /// Kilowatt-hours of the unit whose energy is given, unless that is wrong.
    fn energy(&mut self, carrier: EnergyCarrier, written: PerAmount<Energy>) -> Option<f64> {
        let kwh = written.much.0 / JOULES_PER_KWH;
        let unit = if carrier == EnergyCarrier::Gas { AmountUnit::Nm3 } else { carrier.counted_in() };
        let (message, help) = if carrier == EnergyCarrier::Heat {
            ("heat is energy already".to_owned(), "leave `energy` out".to_owned())
        } else if written.per != unit {
            let message = format!("the energy of {} is that of a {}", carrier.name(), unit.name());
            (message, format!("write it as \"{}\"", example_of_energy(carrier)))
        } else if kwh <= 0.0 && carrier == EnergyCarrier::Gas {
            ("this is no energy".to_owned(), "write a number above zero".to_owned())
        } else {
            return Some(kwh);
        };
        self.fault(carrier, "energy", message, &help);
        None
    }

    fn emission(&mut self, carrier: EnergyCarrier, energy: Option<f64>, co2: &Co2Factor) -> Option<Emission> {
        let share = self.for_counted(carrier, "co2.factor", co2.factor.per, energy)?;
        Some(Emission { kg: co2.factor.much.base() * share, kind: co2.kind, source: co2.source.clone() })
    }

    /// How many of the units that a factor is for make one of those in which the carrier is counted.
    fn for_counted(
        &mut self,
        carrier: EnergyCarrier,
        field: &str,
        per: AmountUnit,
        energy: Option<f64>,
    ) -> Option<f64> {
        let counted = carrier.counted_in();
        if per == counted {
            return Some(1.0);
        }
        if carrier == EnergyCarrier::Water && per == AmountUnit::Kg {
            return Some(1000.0);
        }
        let gas_by_volume = carrier == EnergyCarrier::Gas && per == AmountUnit::Nm3;
        if !gas_by_volume && per != AmountUnit::Kwh {
            let other = if carrier == EnergyCarrier::Gas { "Nm3" } else { "kWh" };
            let units = if counted.name() == other {
                other.to_owned()
            } else {
                format!("{} or {other}", counted.name())
            };
            let message =
                format!("this is for a {}, and {} is counted in {units}", per.name(), carrier.name());
            let usual = if carrier == EnergyCarrier::Gas { other } else { counted.name() };
            self.fault(carrier, field, message, &format!("write it for a {usual}"));
            return None;
        }
        let Some(kwh) = energy else {
            let message = format!(
                "this is for a {}, {} is counted in {}, and the one is not known of the other",
                per.name(),
                carrier.name(),
                counted.name()
            );
            self.fault(carrier, field, message, &format!("add `energy: \"{}\"`", example_of_energy(carrier)));
            return None;
        };
        Some(if gas_by_volume { 1.0 / kwh } else { kwh })
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

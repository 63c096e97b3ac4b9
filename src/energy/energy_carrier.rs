//! Energy carriers and other media that equipment draws: what each is called, and in what it is counted.
//!
//! Amounts of different carriers are never added up as they are. Each is kept in its own unit; only the figures convert them to
//! kilowatt-hours, money and carbon dioxide, by the factors of the line. Read [`EnergyCarrier`].

use crate::units::AmountUnit;

/// What equipment draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EnergyCarrier {
    /// Electricity, in kilowatt-hours.
    Electricity,
    /// Natural gas by its heat, in kilowatt-hours of the lower heating value.
    Gas,
    /// Steam, in kilograms.
    Steam,
    /// Compressed air, in cubic metres as measured at 0 °C and 101,325 Pa.
    Air,
    /// Water, in cubic metres.
    Water,
    /// Heat from a network, in kilowatt-hours.
    Heat,
    /// Cold from a network, in kilowatt-hours of heat that is taken away.
    Cooling,
}

impl EnergyCarrier {
    /// Every carrier, in the order of reports.
    pub const ALL: [EnergyCarrier; 7] = [
        EnergyCarrier::Electricity,
        EnergyCarrier::Gas,
        EnergyCarrier::Steam,
        EnergyCarrier::Air,
        EnergyCarrier::Water,
        EnergyCarrier::Heat,
        EnergyCarrier::Cooling,
    ];

    /// The word in every file.
    pub fn name(self) -> &'static str {
        match self {
            EnergyCarrier::Electricity => "electricity",
            EnergyCarrier::Gas => "gas",
            EnergyCarrier::Steam => "steam",
            EnergyCarrier::Air => "air",
            EnergyCarrier::Water => "water",
            EnergyCarrier::Heat => "heat",
            EnergyCarrier::Cooling => "cooling",
        }
    }

    /// In what it is counted.
    pub fn counted_in(self) -> AmountUnit {
        match self {
            EnergyCarrier::Electricity
            | EnergyCarrier::Gas
            | EnergyCarrier::Heat
            | EnergyCarrier::Cooling => AmountUnit::Kwh,
            EnergyCarrier::Steam => AmountUnit::Kg,
            EnergyCarrier::Air => AmountUnit::Nm3,
            EnergyCarrier::Water => AmountUnit::M3,
        }
    }

    /// The unit in which it is counted: `kWh`, `kg`, `Nm3` or `m3`.
    pub fn unit(self) -> &'static str {
        self.counted_in().name()
    }

    /// The whole steps in which a flow is counted, in one of its base unit: milliwatts, nanograms or nanolitres a second.
    pub(crate) fn steps_per_base(self) -> f64 {
        match self.counted_in() {
            AmountUnit::Kwh => 1e3,
            AmountUnit::Kg | AmountUnit::Nm3 | AmountUnit::M3 => 1e12,
        }
    }

    /// So many steps of its flow over so many nanoseconds, in its [unit](EnergyCarrier::unit).
    pub fn in_units(self, steps_times_nanos: f64) -> f64 {
        match self.counted_in() {
            AmountUnit::Kwh => steps_times_nanos / PICOJOULES_PER_KWH,
            AmountUnit::Kg | AmountUnit::Nm3 | AmountUnit::M3 => steps_times_nanos / 1e21,
        }
    }
}

/// Picojoules (a milliwatt for a nanosecond) in a kilowatt-hour.
const PICOJOULES_PER_KWH: f64 = 3.6e18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_over_an_hour_is_its_amount_in_an_hour() {
        let hour = 3.6e12;
        let amount =
            |carrier: EnergyCarrier, base: f64| carrier.in_units(base * carrier.steps_per_base() * hour);
        // 14 kW, 300 kg/h, half a cubic metre a minute.
        assert!((amount(EnergyCarrier::Electricity, 14e3) - 14.0).abs() < 1e-9);
        assert!((amount(EnergyCarrier::Steam, 300.0 / 3600.0) - 300.0).abs() < 1e-9);
        assert!((amount(EnergyCarrier::Air, 0.5 / 60.0) - 30.0).abs() < 1e-9);
        assert!((amount(EnergyCarrier::Water, 2.0 / 3600.0) - 2.0).abs() < 1e-9);
    }
}

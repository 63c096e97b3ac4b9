//! What the line drew of each carrier, in the carrier's own unit. Carriers are not added up; [`energy`](super::energy) converts them.

use super::{Better, Kpi, Measured};
use crate::energy::EnergyCarrier;
use crate::line::Line;

/// Declares the key figure of a carrier.
macro_rules! drawn {
    ($name:ident, $carrier:ident, $word:literal, $title:literal, $unit:literal, $formula:literal) => {
        pub(super) static $name: Kpi = Kpi {
            name: $word,
            title: $title,
            unit: $unit,
            better: Better::Lower,
            formula: $formula,
            measure: |run| run.amount(EnergyCarrier::$carrier),
        };
    };
}

drawn!(
    ELECTRICITY,
    Electricity,
    "electricity",
    "electricity",
    "kWh",
    "electric power times time, summed over elements; unknown if no element says what it draws"
);
drawn!(
    GAS,
    Gas,
    "gas",
    "natural gas",
    "kWh",
    "heat of the gas (lower heating value) that elements burn, summed over them; unknown if no element says what it draws"
);
drawn!(
    STEAM,
    Steam,
    "steam",
    "steam",
    "kg",
    "flow of steam times time, summed over elements; unknown if no element says what it draws"
);
drawn!(
    AIR,
    Air,
    "air",
    "compressed air",
    "Nm3",
    "flow of compressed air (at 0 °C and 101,325 Pa) times time, summed over elements; unknown if no element says what it draws"
);
drawn!(
    WATER,
    Water,
    "water",
    "water",
    "m3",
    "flow of water times time, summed over elements; unknown if no element says what it draws"
);
drawn!(
    HEAT,
    Heat,
    "heat",
    "heat",
    "kWh",
    "heat from a network, summed over elements; unknown if no element says what it draws"
);
drawn!(
    COOLING,
    Cooling,
    "cooling",
    "cooling",
    "kWh",
    "heat that a cold network takes away, summed over elements; unknown if no element says what it draws"
);

/// The figures of all carriers, in their order.
static ALL: [&Kpi; EnergyCarrier::ALL.len()] = [&ELECTRICITY, &GAS, &STEAM, &AIR, &WATER, &HEAT, &COOLING];

impl Kpi {
    /// Whether a table of this line has a row for it: a carrier has one if it is drawn and electricity is not the only one.
    pub fn concerns(&self, line: &Line) -> bool {
        let carrier = ALL
            .iter()
            .zip(EnergyCarrier::ALL)
            .find(|(kpi, _)| kpi.name == self.name)
            .map(|(_, carrier)| carrier);
        carrier.is_none_or(|carrier| line.draws(carrier) && line.draws_others())
    }
}

impl Measured<'_> {
    /// What the line drew of a carrier, in its unit; unknown if no element says what it draws.
    pub(super) fn amount(&self, carrier: EnergyCarrier) -> Option<f64> {
        match carrier {
            EnergyCarrier::Electricity => self.electricity().map(|energy| carrier.in_units(energy as f64)),
            other => self.electricity().map(|_| {
                let drawn: u128 = self.records.meters.iter().map(|meter| meter.amount(other)).sum();
                other.in_units(drawn as f64)
            }),
        }
    }

    /// The sum over the carriers that the line drew of their amounts times a factor; unknown if one of these is not known, or if
    /// the line does not say what it draws.
    pub(super) fn weighed(&self, factor: impl Fn(EnergyCarrier) -> Option<f64>) -> Option<f64> {
        let part = |carrier: EnergyCarrier| match self.amount(carrier)? {
            0.0 => Some(0.0),
            amount => Some(amount * factor(carrier)?),
        };
        EnergyCarrier::ALL.into_iter().map(part).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_carrier_has_a_figure_of_its_name_in_its_unit() {
        for (kpi, carrier) in ALL.iter().zip(EnergyCarrier::ALL) {
            assert_eq!((kpi.name, kpi.unit), (carrier.name(), carrier.unit()));
        }
        let drawn = super::super::of_element::named("drawn").unwrap();
        for (part, carrier) in drawn.fixed_parts().unwrap().into_iter().zip(EnergyCarrier::ALL) {
            assert_eq!((part, drawn.unit_of(Some(part))), (carrier.name(), carrier.unit()));
        }
    }
}

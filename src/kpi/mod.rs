//! Key figures: one file per KPI, and the list that tables, JSON, CSV, help and expectations read.
//!
//! A KPI computes one number from the records of one replication. [`study`](crate::study) computes means and intervals over
//! many replications. A new KPI is a new file, and one line in [`ALL`]. Read [`Kpi`] first, then `throughput.rs`.

mod by_carrier;
mod co2;
mod energy;
mod energy_cost;
mod energy_per_good_part;
mod escaped;
mod figure;
mod finished;
mod first_pass_yield;
mod labour_hours;
mod lead_time;
mod mean_power;
mod oee;
pub mod of_element;
pub mod of_product;
mod peak_power_15min;
mod rework_ratio;
mod scrap_value;
mod scrapped;
mod throughput;
mod throughput_scheduled;
mod wip;

pub use figure::{Figure, FigureNames, FigureOwner, FigurePlace, LineFigureNames, NoFigure, find_figure};
pub(crate) use oee::element_of_oee;
pub use oee::{CONVENTION as OEE_CONVENTION, Factors};
pub use of_element::ElementOutcome;

use crate::calendar::CountedTime;
use crate::equipment::Quality;
use crate::line::Line;
use crate::records::Records;
use crate::units;
use std::borrow::Cow;

/// Every KPI, in the order in which reports show them.
pub static ALL: &[&Kpi] = &[
    &throughput::KPI,
    &throughput_scheduled::KPI,
    &finished::KPI,
    &scrapped::KPI,
    &scrap_value::KPI,
    &first_pass_yield::KPI,
    &rework_ratio::KPI,
    &escaped::KPI,
    &escaped::RATE,
    &lead_time::MEAN,
    &lead_time::P50,
    &lead_time::P90,
    &lead_time::P95,
    &wip::KPI,
    &energy::KPI,
    &by_carrier::ELECTRICITY,
    &by_carrier::GAS,
    &by_carrier::STEAM,
    &by_carrier::AIR,
    &by_carrier::WATER,
    &by_carrier::HEAT,
    &by_carrier::COOLING,
    &energy_per_good_part::KPI,
    &energy_cost::KPI,
    &energy_cost::PER_GOOD_PART,
    &co2::KPI,
    &co2::PER_GOOD_PART,
    &mean_power::KPI,
    &peak_power_15min::KPI,
    &labour_hours::KPI,
    &labour_hours::PER_GOOD_PART,
    &oee::KPI,
    &oee::AVAILABILITY,
    &oee::EFFECTIVENESS,
    &oee::QUALITY,
];

/// The KPI of that name.
pub fn named(name: &str) -> Option<&'static Kpi> {
    ALL.iter().copied().find(|kpi| kpi.name == name)
}

/// A key figure: what it is called, what it means, and how it is measured.
#[derive(Clone, Copy, Debug)]
pub struct Kpi {
    /// The name in every table, file and option.
    pub name: &'static str,
    /// What a person would call it.
    pub title: &'static str,
    /// The unit of its values, as in the result contract: `1/h`, `parts`, `s`, `kWh`, `kW`, `1` for a share, or `money`
    /// for that of the line, see [`Kpi::unit_in`].
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// How it is calculated, in one sentence, with the source where there is one.
    pub formula: &'static str,
    measure: fn(&Measured<'_>) -> Option<f64>,
}

impl Kpi {
    /// Its value in one replication; `None` when the replication has none, such as a lead time without parts.
    pub fn of(&self, measured: &Measured<'_>) -> Option<f64> {
        (self.measure)(measured).filter(|value| value.is_finite())
    }

    /// The unit of its values in a line: as [`Kpi::unit`], but the currency of the line where that is money.
    pub fn unit_in(&self, line: &Line) -> Cow<'static, str> {
        match line.currency().filter(|_| self.unit == units::MONEY) {
            Some(currency) => units::currency(currency).into(),
            None => self.unit.into(),
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More of it.
    Higher,
    /// Less of it.
    Lower,
    /// Neither by itself.
    Neither,
}

impl Better {
    /// The word in every table and file.
    pub fn name(self) -> &'static str {
        match self {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "neither",
        }
    }

    /// Whether higher is better, if either is.
    pub fn higher(self) -> Option<bool> {
        match self {
            Better::Higher => Some(true),
            Better::Lower => Some(false),
            Better::Neither => None,
        }
    }
}

/// One replication, ready to be measured.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// The line that ran.
    pub line: &'a Line,
    /// What was kept of the run in that time, settled at its end.
    pub records: &'a Records,
    /// The time that counts: the window, or that of a period in it.
    pub counted: &'a CountedTime,
}

const NANOS_PER_HOUR: f64 = 3.6e12;

impl Measured<'_> {
    /// The electricity on the line's meter in picojoules; unknown when the layout gives no power.
    fn electricity(&self) -> Option<u128> {
        knows_energy(self.line).then_some(self.records.line.energy)
    }

    /// The final energy of all carriers in kilowatt-hours.
    fn energy_kwh(&self) -> Option<f64> {
        self.weighed(|carrier| self.line.factors.of(carrier).kwh)
    }

    /// A sum over the window for each good part that left the line in it; unknown without any.
    fn per_good_part(&self, sum: Option<f64>) -> Option<f64> {
        let good = self.records.line.delivered;
        sum.filter(|_| good > 0).map(|sum| sum / good as f64)
    }

    /// Whether any element does something to the quality of parts.
    fn any(&self, does: impl Fn(Quality) -> bool) -> bool {
        self.line.elements.iter().any(|element| does(element.datasheet.quality))
    }

    /// Parts that left the line, as good ones or as scrap.
    fn gone(&self) -> u64 {
        self.records.line.delivered + self.records.line.scrapped
    }

    fn nanos(&self) -> f64 {
        self.counted.length().0 as f64
    }
}

/// Whether the energy of a line is known: whether the layout gives the power of any element, even if that is zero.
pub(crate) fn knows_energy(line: &Line) -> bool {
    line.elements.iter().any(|element| element.power.known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kpi_is_found_under_a_name_of_its_own_that_a_program_can_use() {
        for kpi in ALL {
            assert_eq!(named(kpi.name).map(|found| found.title), Some(kpi.title));
            assert!(
                kpi.name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')),
                "{}",
                kpi.name
            );
            assert_eq!(ALL.iter().filter(|other| other.name == kpi.name).count(), 1);
        }
        assert!(named("Throughput").is_none());
    }

    #[test]
    fn every_kpi_has_a_unit_that_an_expectation_can_be_written_in() {
        let known = |kpi: &&Kpi| crate::units::unit_named(kpi.unit).is_some();
        let unknown: Vec<&str> = ALL.iter().copied().filter(|kpi| !known(kpi)).map(|kpi| kpi.name).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}

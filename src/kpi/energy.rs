//! Energy: what all meters counted, as final energy.

use super::{Better, Kpi};

pub(super) static KPI: Kpi = Kpi {
    name: "energy",
    title: "energy",
    unit: "kWh",
    better: Better::Lower,
    formula: "power in each state times the time in it, summed over states and elements; other carriers by the energy of their unit; \
              unknown if no element says what it draws, or if the energy of a carrier that is drawn is not known",
    measure: |run| run.energy_kwh(),
};

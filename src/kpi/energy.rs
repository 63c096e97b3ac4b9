//! Energy: what the line's meter counted.

use super::{Better, Kpi};

pub(super) static KPI: Kpi = Kpi {
    name: "energy",
    title: "energy",
    unit: "kWh",
    better: Better::Lower,
    formula: "power in each state times the time in it, summed over states and elements; \
              unknown if no element says what it draws",
    measure: |run| run.energy_kwh(),
};

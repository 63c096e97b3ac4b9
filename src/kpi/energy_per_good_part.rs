//! Energy per good part: it includes the energy of scrapped parts and of waiting.

use super::{Better, Kpi};

pub(super) static KPI: Kpi = Kpi {
    name: "energy_per_good_part",
    title: "energy per good part",
    unit: "kWh",
    better: Better::Lower,
    formula: "energy of the whole line in the window, divided by the good parts that left it; \
              unknown without any",
    measure: |run| run.per_good_part(run.energy_kwh()),
};

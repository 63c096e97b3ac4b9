//! Energy per good part: it includes the energy of scrapped parts and of waiting.

use super::{Better, Kpi, Measured, PICOJOULES_PER_KWH};

pub(super) static KPI: Kpi = Kpi {
    name: "energy_per_good_part",
    title: "energy per good part",
    unit: "kWh",
    better: Better::Lower,
    formula: "energy of the whole line in the window, divided by the good parts that left it; \
              unknown without any",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let good = run.records.line.delivered;
    (good > 0).then_some(run.energy()? as f64 / PICOJOULES_PER_KWH / good as f64)
}

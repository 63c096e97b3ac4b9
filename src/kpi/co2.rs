//! Carbon dioxide: what belongs to the energy by the emission factors of the line.

use super::{Better, Kpi, Measured};
use crate::energy::EnergyCarrier;

pub(super) static KPI: Kpi = Kpi {
    name: "co2",
    title: "carbon dioxide of the energy",
    unit: "kg",
    better: Better::Lower,
    formula: "what is drawn of each carrier times the emission factor of the line for it; unknown if one that is drawn has no factor",
    measure,
};

pub(super) static PER_GOOD_PART: Kpi = Kpi {
    name: "co2_per_good_part",
    title: "carbon dioxide per good part",
    unit: "kg",
    better: Better::Lower,
    formula: "carbon dioxide of the energy of the whole line in the window, divided by the good parts that left it; unknown without any",
    measure: |run| run.per_good_part(measure(run)),
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let kg = |carrier: EnergyCarrier| run.line.factors.of(carrier).co2.as_ref().map(|co2| co2.kg);
    let any = EnergyCarrier::ALL.into_iter().any(|carrier| kg(carrier).is_some());
    run.weighed(kg).filter(|_| any)
}

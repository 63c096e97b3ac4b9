//! Scrap value: what the material of the scrapped parts cost.
//!
//! Only the material counts. Work and energy that went into a part before it was scrapped are in the figures of time and
//! energy, and are not counted twice.

use super::{Better, Kpi, Measured};
use crate::units;

pub(super) static KPI: Kpi = Kpi {
    name: "scrap_value",
    title: "material of the scrapped parts",
    unit: units::MONEY,
    better: Better::Lower,
    formula: "material of each product times its parts that left the line as scrap in the window; \
              unknown unless every product has a material, all in one currency",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    run.line.material_currency()?;
    let scrapped = |product: usize| run.records.line.quality.scrapped(product) as f64;
    let products = run.line.products.iter().enumerate();
    Some(products.filter_map(|(i, product)| Some(scrapped(i) * product.material?.amount)).sum())
}

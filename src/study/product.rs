//! What became of one product, over all replications.

use super::{Outcome, Study};
use crate::kpi::of_product::{self, ProductFigure};
use crate::stats::Interval;

/// What became of one product.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductSummary<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is a carrier.
    pub carrier: bool,
    /// The figures, in the order of [`of_product::ALL`].
    pub figures: Vec<ProductEstimate>,
}

/// One figure of a product: its values, one per replication, and their mean.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductEstimate {
    /// `None` where a replication has no value.
    pub values: Vec<Option<f64>>,
    /// Over the replications that have a value; `None` if none has.
    pub interval: Option<Interval>,
}

impl ProductSummary<'_> {
    /// Each figure with what was found of it.
    pub fn all(&self) -> impl Iterator<Item = (&'static ProductFigure, &ProductEstimate)> {
        of_product::ALL.iter().zip(&self.figures)
    }

    pub(super) fn of<'a>(study: &'a Study<'_>, number: usize) -> ProductSummary<'a> {
        let product = &study.line.products[number];
        let estimate = |figure: usize| {
            let value = |outcome: &Outcome| outcome.products[number][figure];
            let values: Vec<Option<f64>> = study.outcomes.iter().map(value).collect();
            let told: Vec<f64> = values.iter().copied().flatten().collect();
            ProductEstimate { values, interval: Interval::of(&told, study.plan.confidence) }
        };
        let figures = (0..of_product::ALL.len()).map(estimate).collect();
        ProductSummary { name: &product.name, carrier: product.carrier, figures }
    }
}

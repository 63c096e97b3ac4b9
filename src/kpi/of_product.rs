//! Figures of each product, where the key figures are those of the whole line. They have the names of these where they mean the
//! same, so that in a line with one product both agree.
//!
//! A part counts for the product that it is: one that becomes another product leaves the one and comes to the other.

use super::Better;
use crate::kernel::Time;
use crate::records::ProductTotals;

/// A figure of a product: what it is called, what it means, and how it is measured.
#[derive(Clone, Copy, Debug)]
pub struct ProductFigure {
    /// The name in every table and file.
    pub name: &'static str,
    /// What a person would call it.
    pub title: &'static str,
    /// The unit of its values.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    measure: fn(&ProductTotals<'_>, Time) -> Option<f64>,
}

/// Every figure of a product, in the order in which reports show them.
pub static ALL: &[ProductFigure] = &[
    ProductFigure {
        name: "entered",
        title: "parts that came into the line, or became this product",
        unit: "parts",
        better: Better::Neither,
        measure: |product, _| Some(product.entered as f64),
    },
    ProductFigure {
        name: "finished",
        title: "good parts",
        unit: "parts",
        better: Better::Higher,
        measure: |product, _| Some(product.delivered as f64),
    },
    ProductFigure {
        name: "scrapped",
        title: "scrap",
        unit: "parts",
        better: Better::Lower,
        measure: |product, _| Some(product.scrapped as f64),
    },
    ProductFigure {
        name: "throughput",
        title: "good parts an hour",
        unit: "1/h",
        better: Better::Higher,
        measure: |product, window| Some(product.delivered as f64 * 3.6e12 / window.0 as f64),
    },
    ProductFigure {
        name: "lead_time",
        title: "lead time, mean",
        unit: "s",
        better: Better::Lower,
        measure: |product, _| {
            let sum = product.lead_times.filter(|_| product.delivered > 0)?.sum as f64;
            Some(sum / (product.delivered as f64 * 1e9))
        },
    },
    ProductFigure {
        measure: |product, _| product.lead_times?.quantile(0.5),
        ..quantile("lead_time_p50", "lead time, median")
    },
    ProductFigure {
        measure: |product, _| product.lead_times?.quantile(0.9),
        ..quantile("lead_time_p90", "lead time, 90 % of parts")
    },
    ProductFigure {
        measure: |product, _| product.lead_times?.quantile(0.95),
        ..quantile("lead_time_p95", "lead time, 95 % of parts")
    },
    ProductFigure {
        name: "lead_time_from_carrier",
        title: "lead time since first put into a carrier",
        unit: "s",
        better: Better::Lower,
        measure: |product, _| {
            let (parts, nanos) = product.from_carrier;
            (parts > 0).then(|| nanos as f64 / (parts as f64 * 1e9))
        },
    },
    ProductFigure {
        name: "wip",
        title: "work in process",
        unit: "parts",
        better: Better::Lower,
        measure: |product, window| Some(product.stay as f64 / window.0 as f64),
    },
    ProductFigure {
        name: "first_pass_yield",
        title: "first-pass yield",
        unit: "1",
        better: Better::Higher,
        measure: |product, _| {
            (product.inspected > 0).then(|| product.first_pass as f64 / product.inspected as f64)
        },
    },
];

const fn quantile(name: &'static str, title: &'static str) -> ProductFigure {
    ProductFigure { name, title, unit: "s", better: Better::Lower, measure: |_, _| None }
}

impl ProductFigure {
    /// Its value in one replication, in a window of this length; `None` when the replication does not tell.
    pub fn of(&self, product: &ProductTotals<'_>, window: Time) -> Option<f64> {
        (self.measure)(product, window).filter(|value| value.is_finite())
    }
}

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
    /// How it is measured.
    pub formula: &'static str,
    measure: fn(&ProductTotals<'_>, Time) -> Option<f64>,
}

/// Every figure of a product, in the order in which reports show them.
pub static ALL: &[ProductFigure] = &[
    ProductFigure {
        name: "entered",
        title: "parts that came into the line, or became this product",
        unit: "parts",
        better: Better::Neither,
        formula: "parts of the product that came into the line in the window, and parts that became this product in it",
        measure: |product, _| Some(product.entered as f64),
    },
    ProductFigure {
        name: "finished",
        title: "good parts",
        unit: "parts",
        better: Better::Higher,
        formula: "good parts of the product that left the line in the window",
        measure: |product, _| Some(product.delivered as f64),
    },
    ProductFigure {
        name: "scrapped",
        title: "scrap",
        unit: "parts",
        better: Better::Lower,
        formula: "parts of the product that left the line as scrap in the window",
        measure: |product, _| Some(product.scrapped as f64),
    },
    ProductFigure {
        name: "throughput",
        title: "good parts an hour",
        unit: "1/h",
        better: Better::Higher,
        formula: "good parts of the product that left the line in the window, divided by its length",
        measure: |product, window| Some(product.delivered as f64 * 3.6e12 / window.0 as f64),
    },
    ProductFigure {
        name: "lead_time",
        title: "lead time, mean",
        unit: "s",
        better: Better::Lower,
        formula: "mean time from entering to leaving the line, over the good parts of the product that left in the window; also if they came in as another product",
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
        formula: "mean time from when the part was first put into a carrier until it left the line, over the good parts of the product that left in the window and were in one",
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
        formula: "time average of the parts of the product between entering and leaving the line, in a carrier or not",
        measure: |product, window| Some(product.stay as f64 / window.0 as f64),
    },
    ProductFigure {
        name: "first_pass_yield",
        title: "first-pass yield",
        unit: "1",
        better: Better::Higher,
        formula: "of the inspected parts of the product that left the line in the window, good or scrap, the share that no inspection found bad",
        measure: |product, _| {
            (product.inspected > 0).then(|| product.first_pass as f64 / product.inspected as f64)
        },
    },
];

const fn quantile(name: &'static str, title: &'static str) -> ProductFigure {
    let formula =
        "the lead time that so many of the good parts of the product that left in the window did not exceed";
    ProductFigure { name, title, unit: "s", better: Better::Lower, formula, measure: |_, _| None }
}

/// The figure of a product of that name.
pub fn named(name: &str) -> Option<&'static ProductFigure> {
    ALL.iter().find(|figure| figure.name == name)
}

impl ProductFigure {
    /// Its value in one replication, in a window of this length; `None` when the replication has none.
    pub fn of(&self, product: &ProductTotals<'_>, window: Time) -> Option<f64> {
        (self.measure)(product, window).filter(|value| value.is_finite())
    }
}

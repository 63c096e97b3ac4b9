//! The tables of a run: key figures, products, elements.

use super::sheet::{ReportCell, ReportTable};
use super::words::Lang;
use crate::kpi::of_product::ProductFigure;
use crate::kpi::{self, Kpi};
use crate::study::sensitivity::{Sensitivities, Sensitivity};
use crate::study::{
    ElementEstimate, ElementSummary, FigureComparison, ProductEstimate, ProductSummary, Study,
};

/// The key figures of the line.
pub(super) fn figures(study: &Study<'_>) -> ReportTable {
    let row = |kpi: &&Kpi| {
        vec![
            ReportCell::text(kpi.name),
            ReportCell::found(study.interval(kpi)),
            ReportCell::text(kpi.unit_in(study.line)),
            ReportCell::text(kpi.better.name()),
            ReportCell::text(kpi.title),
        ]
    };
    let columns = vec!["figure", "mean", "unit", "better", "what it is"];
    ReportTable { name: "figures", columns, rows: kpi::ALL.iter().map(row).collect() }
}

/// Every figure of each product.
pub(super) fn products(study: &Study<'_>) -> Option<ReportTable> {
    let of_product = |product: ProductSummary<'_>| {
        let row = |(figure, found): (&ProductFigure, &ProductEstimate)| {
            vec![
                ReportCell::text(product.name),
                ReportCell::text(figure.name),
                ReportCell::found(found.interval),
                ReportCell::text(figure.unit),
            ]
        };
        product.all().map(row).collect::<Vec<_>>()
    };
    let rows = study.products().into_iter().flat_map(of_product).collect();
    ReportTable::unless_empty("products", &["product", "figure", "mean", "unit"], rows)
}

/// The main figures of each element, a row for each.
pub(super) fn elements(study: &Study<'_>) -> Option<ReportTable> {
    let row = |element: ElementSummary<'_>| {
        let stores = element.each("states").next().is_none();
        let lends = element.one("at_work_mean").is_some();
        vec![
            ReportCell::text(element.name),
            ReportCell::text(element.kind),
            ReportCell::found(element.one("operations").filter(|_| !stores)),
            ReportCell::found(element.one("utilisation")),
            ReportCell::found(element.one("contents_mean").filter(|_| !lends)),
            ReportCell::found(element.one("wait_s")),
            ReportCell::found(element.one("energy_kwh")),
        ]
    };
    let columns =
        ["element", "kind", "operations", "utilisation (1)", "contents (parts)", "wait (s)", "energy (kWh)"];
    let rows = study.elements().into_iter().map(row).collect();
    ReportTable::unless_empty("elements", &columns, rows)
}

/// Every figure of each element, a row for each figure.
pub(super) fn element_figures(study: &Study<'_>) -> Option<ReportTable> {
    let of_element = |element: ElementSummary<'_>| {
        let row = |found: &ElementEstimate<'_>| {
            vec![
                ReportCell::text(element.name),
                ReportCell::text(element.kind),
                ReportCell::Text(found.name()),
                ReportCell::found(found.interval),
                ReportCell::text(found.unit()),
            ]
        };
        element.figures.iter().map(row).collect::<Vec<_>>()
    };
    let rows = study.elements().into_iter().flat_map(of_element).collect();
    ReportTable::unless_empty("elements", &["element", "kind", "figure", "mean", "unit"], rows)
}

/// What it would be worth if something were a little better, a row for each figure.
pub(super) fn sensitivities(name: &'static str, found: Option<&Sensitivities>) -> Option<ReportTable> {
    let of_row = |row: &Sensitivity| {
        let note = Lang::En.trouble(row).map_or(ReportCell::Nothing, ReportCell::Text);
        let named = || [ReportCell::text(&row.name), ReportCell::text(row.improvement.words())].into_iter();
        let effect = |found: &FigureComparison| {
            let cells = [
                ReportCell::Text(found.name()),
                ReportCell::found(Some(found.difference)),
                ReportCell::text(found.unit.as_ref()),
                ReportCell::found(found.change()),
                ReportCell::text(found.verdict.words()),
                note.clone(),
            ];
            named().chain(cells).collect()
        };
        let nothing = || named().chain(vec![ReportCell::Nothing; 5]).chain([note.clone()]).collect();
        let rows: Vec<Vec<ReportCell>> = row.figures.iter().map(effect).collect();
        if rows.is_empty() { vec![nothing()] } else { rows }
    };
    let rows = found?.rows.iter().flat_map(of_row).collect();
    let columns = ["element", "were better", "figure", "difference", "unit", "change (1)", "verdict", "note"];
    ReportTable::unless_empty(name, &columns, rows)
}

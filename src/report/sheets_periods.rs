//! The tables of figures by shift, hour or day.

use super::sheet::{ReportCell, ReportTable};
use crate::kernel::Time;
use crate::kpi::{Kpi, named};
use crate::stats::Interval;
use crate::study::{ElementSummary, PeriodStudy, ProductSummary, Study};

/// The key figures of the line that have a column, with their heads.
const KPIS: [(&str, &str); 8] = [
    ("finished", "finished (parts)"),
    ("scrapped", "scrapped (parts)"),
    ("throughput", "throughput (1/h)"),
    ("throughput_scheduled", "throughput_scheduled (1/h)"),
    ("lead_time", "lead_time (s)"),
    ("wip", "wip (parts)"),
    ("energy", "energy (kWh)"),
    ("oee", "oee (1)"),
];

/// The tables that there are; none if figures by period were not asked for.
pub(super) fn tables(study: &Study<'_>) -> [Option<ReportTable>; 3] {
    [lines(study), products(study), elements(study)]
}

/// A row for each period.
fn lines(study: &Study<'_>) -> Option<ReportTable> {
    let kpis: Vec<(&Kpi, &'static str)> =
        KPIS.iter().filter_map(|(name, head)| Some((named(name)?, *head))).collect();
    let hours = |time: Option<Time>| {
        let of = |time: Time| Interval { mean: time.secs() / 3600.0, half_width: None, n: 1 };
        ReportCell::found(time.map(of))
    };
    let row = |period: &PeriodStudy<'_>| {
        let first = [
            ReportCell::Text(period.period.label()),
            hours(Some(period.period.counted.length())),
            hours(period.scheduled()),
        ];
        let found = kpis.iter().map(|(kpi, _)| ReportCell::found(period.study.interval(kpi)));
        first.into_iter().chain(found).collect()
    };
    let mut columns = vec!["period", "time (h)", "scheduled (h)"];
    columns.extend(kpis.iter().map(|(_, head)| *head));
    ReportTable::unless_empty("periods", &columns, study.periods.iter().map(row).collect())
}

/// The good parts and the scrap of each product in each period, if there is more than one.
fn products(study: &Study<'_>) -> Option<ReportTable> {
    let of_period = |period: &PeriodStudy<'_>| {
        let found = |product: &ProductSummary<'_>, name: &str| {
            let found = product.all().find(|(figure, _)| figure.name == name);
            ReportCell::found(found.and_then(|(_, found)| found.interval))
        };
        let row = |product: ProductSummary<'_>| {
            vec![
                ReportCell::Text(period.period.label()),
                ReportCell::text(product.name),
                found(&product, "finished"),
                found(&product, "scrapped"),
            ]
        };
        period.study.products().into_iter().map(row).collect::<Vec<_>>()
    };
    let periods = study.periods.iter().filter(|_| study.line.products.len() > 1);
    let columns = ["period", "product", "finished (parts)", "scrapped (parts)"];
    ReportTable::unless_empty("products by period", &columns, periods.flat_map(of_period).collect())
}

/// The main figures of each element in each period.
fn elements(study: &Study<'_>) -> Option<ReportTable> {
    let of_period = |period: &PeriodStudy<'_>| {
        let row = |element: ElementSummary<'_>| {
            vec![
                ReportCell::Text(period.period.label()),
                ReportCell::text(element.name),
                ReportCell::found(
                    element.one("operations").filter(|_| element.each("states").next().is_some()),
                ),
                ReportCell::found(element.one("utilisation")),
                ReportCell::found(element.one("oee")),
                ReportCell::found(element.one("energy_kwh")),
            ]
        };
        // What only stores has none of these figures.
        let is_known = |row: &Vec<ReportCell>| row[2..].iter().any(|cell| *cell != ReportCell::Nothing);
        period.study.elements().into_iter().map(row).filter(is_known).collect::<Vec<_>>()
    };
    let columns = ["period", "element", "operations", "utilisation (1)", "oee (1)", "energy (kWh)"];
    let rows = study.periods.iter().flat_map(of_period).collect();
    ReportTable::unless_empty("elements by period", &columns, rows)
}

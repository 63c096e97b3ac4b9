//! Figures by shift, hour, day or period of the tariff as tables: the line in each period, then products and elements where the periods are few enough
//! to stand beside each other.

use super::table::{TableColumn, grid, paragraphs};
use super::text::{TextStyle, counted, labelled, stacked, stacked_share, stacked_time};
use super::{Look, RunReport, table_run};
use crate::kpi::{self, Figure, Kpi, of_element, of_product};
use crate::stats::Interval;
use crate::study::{ElementSummary, PeriodKind, PeriodStudy, Study};
use crate::units;

/// The key figures that are shown unless others are asked for, with their heads.
pub(super) const SHOWN: [(&str, &str); 8] = [
    ("finished", "finished"),
    ("scrapped", "scrapped"),
    ("throughput_scheduled", "good/h"),
    ("throughput", "good/h"),
    ("energy", "kWh"),
    ("energy_cost", "cost"),
    ("wip", "wip"),
    ("oee", "oee"),
];

pub(super) const OEE: &str = "oee";
/// The figure that only elements with states have.
pub(super) const OPERATIONS: &str = "operations";
/// For how long people and tools were missing, with the head.
const MISSING_FIGURE: &str = "missing_h";
pub(super) const MISSING: &str = "missing, h";
/// The figures of elements that are shown, with their heads, and the key figure that has the same name for people.
const ELEMENT_FIGURES: [(&str, &str, Option<&str>); 4] = [
    (OPERATIONS, OPERATIONS, None),
    ("utilisation", "utilisation", None),
    (OEE, OEE, None),
    ("energy_kwh", "energy, kWh", Some("energy")),
];
/// So many periods fit beside each other.
const BESIDE: usize = 6;
/// Beyond this number periods are counted and not shown.
pub(super) const ROWS: usize = 62;

/// The tables; nothing if figures by period were not asked for.
pub(super) fn write(report: &RunReport<'_>) -> Option<String> {
    let kind = report.study.plan.by?;
    let all = &report.study.periods;
    let shown = &all[..all.len().min(ROWS)];
    let hidden = (all.len() > shown.len()).then(|| {
        format!(
            "and {}: --format json has them all\n",
            counted((all.len() - shown.len()) as u64, kind.name())
        )
    });
    let elsewhere = (all.len() > BESIDE)
        .then(|| format!("products and elements by {}: --format json, jsonl or csv\n", kind.name()));
    let tables = [Some(line_table(report, kind, shown)), hidden, Some(rules(report, kind))];
    let beside =
        side_by_side(report.study).into_iter().map(|table| Some(table.table(report.study, report.look)));
    Some(paragraphs(tables.into_iter().chain(beside).chain([elsewhere])))
}

/// The figures of the line that are shown, with their heads: those that are known in any period.
pub(super) fn shown_figures(study: &Study<'_>) -> Vec<(Figure, &'static str)> {
    let known =
        |figure: &Figure| study.periods.iter().any(|period| period.study.interval_of(figure).is_some());
    let scheduled = study.line.calendars.of_line().is_some();
    let fits = |figure: &Figure| match figure.name().as_str() {
        "scrapped" => study.interval_of(figure).is_some_and(|found| found.mean > 0.0),
        "throughput" => !scheduled,
        _ => known(figure),
    };
    let named = SHOWN.iter().filter_map(|(name, head)| Some((Figure::of_line(kpi::named(name)?), *head)));
    named.filter(|(figure, _)| fits(figure)).collect()
}

/// A row for each period.
fn line_table(report: &RunReport<'_>, kind: PeriodKind, periods: &[PeriodStudy<'_>]) -> String {
    let usual = || shown_figures(report.study).into_iter().map(|(figure, head)| (figure, head.to_owned()));
    let with_currency = |(figure, head): (Figure, String)| match figure.unit() == units::MONEY {
        true => (figure.clone(), format!("{head}, {}", figure.unit_in(report.study.line))),
        false => (figure, head),
    };
    let figures: Vec<(Figure, String)> = match report.figures {
        [] => usual().map(with_currency).collect(),
        wanted => wanted.iter().map(|figure| (figure.clone(), figure.name())).collect(),
    };
    let head = format!("by {}", kind.name());
    let mut columns = vec![(head.as_str(), TableColumn::Name), ("hours", TableColumn::Figure)];
    let scheduled = report.study.line.calendars.of_line().is_some();
    columns.extend(scheduled.then_some(("scheduled", TableColumn::Figure)));
    columns.extend(figures.iter().map(|(_, head)| (head.as_str(), TableColumn::Figure)));
    let row = |period: &PeriodStudy<'_>| {
        let hours = [Some(period.period.counted.length()), period.scheduled()];
        let hours = hours.into_iter().flatten().map(|time| units::number(time.secs() / 3600.0));
        let figures = figures.iter().map(|(figure, _)| cell(period.study.interval_of(figure), figure.unit()));
        std::iter::once(period.period.label()).chain(hours).chain(figures).collect()
    };
    grid(&columns, periods.iter().map(row).collect(), report.look)
}

/// What was found, with its half width below it.
fn cell(found: Option<Interval>, unit: &str) -> String {
    match unit {
        "1" => stacked_share(found),
        "s" => stacked_time(found),
        _ => stacked(found),
    }
}

/// What to know of the table.
fn rules(report: &RunReport<'_>, kind: PeriodKind) -> String {
    let mut text = match kind {
        PeriodKind::Shift => {
            "a part counts in the shift in which it leaves the line, not in those that worked on it; \"no shift\" is the time outside all shifts"
        }
        PeriodKind::Hour => "a part counts in the hour of the day in which it leaves the line",
        PeriodKind::Day => "a part counts on the day on which it leaves the line",
        PeriodKind::Tariff => "a part counts in the period of the tariff in which it leaves the line",
    }
    .to_owned();
    if report.figures.is_empty() {
        text += match report.study.line.calendars.of_line() {
            Some(_) => "; good/h is good parts per scheduled hour",
            None => "; good/h is good parts per hour",
        };
        text += "; oee is that of the element where it is highest in that time";
    }
    labelled(&format!("by {}", kind.name()), &text, report.look, TextStyle::Bold)
}

/// A figure of several owners in several periods, which stand beside each other.
pub(super) struct SideBySide {
    /// The figure.
    pub(super) head: &'static str,
    /// The key figure of the same name, if there is one.
    pub(super) kpi: Option<&'static Kpi>,
    pub(super) unit: &'static str,
    /// Each owner of it that has it in any period, with what was found in each.
    pub(super) rows: Vec<(String, Vec<Option<Interval>>)>,
}

/// The good parts of each product if there are several, and operations, utilisation, OEE and energy of each element and group, and who was
/// missing there. Nothing if there are too many periods.
pub(super) fn side_by_side(study: &Study<'_>) -> Vec<SideBySide> {
    if study.periods.len() > BESIDE {
        return Vec::new();
    }
    let products = study.line.products.iter().filter(|product| !product.carrier);
    let products: Vec<&str> = products.map(|product| product.name.as_str()).collect();
    let finished = of_product::named("finished").filter(|_| products.len() > 1).map(|figure| {
        let owners = products.iter().map(|name| ((*name).to_owned(), Figure::of_product(name, figure)));
        SideBySide::of(study, ("finished", kpi::named("finished")), figure.unit, owners.collect())
    });
    let elements = table_run::shown_rows(study);
    let of_elements = ELEMENT_FIGURES.iter().filter_map(|(name, head, kpi)| {
        let figure = of_element::named(name)?;
        let owner =
            |row: &ElementSummary<'_>| (table_run::name(row), Figure::of_element(row.name, figure, None));
        let head = (*head, kpi.and_then(kpi::named));
        // What only stores finishes no operations.
        let works = |row: &&ElementSummary<'_>| *name != OPERATIONS || row.each("states").next().is_some();
        let owners = elements.iter().filter(works).map(owner);
        Some(SideBySide::of(study, head, figure.unit, owners.collect()))
    });
    let missing = of_element::named(MISSING_FIGURE).map(|figure| {
        let owners = elements.iter().flat_map(|row| {
            let skills = row.each(MISSING_FIGURE);
            skills.map(|(skill, _)| {
                (
                    format!("{}: {skill}", table_run::name(row)),
                    Figure::of_element(row.name, figure, Some(skill)),
                )
            })
        });
        SideBySide::of(study, (MISSING, None), figure.unit, owners.collect())
    });
    let all = finished.into_iter().chain(of_elements).chain(missing);
    all.filter(|table| !table.rows.is_empty()).collect()
}

impl SideBySide {
    fn of(
        study: &Study<'_>,
        (head, kpi): (&'static str, Option<&'static Kpi>),
        unit: &'static str,
        owners: Vec<(String, Figure)>,
    ) -> SideBySide {
        let row = |(name, figure): (String, Figure)| {
            let found = study.periods.iter().map(|period| period.study.interval_of(&figure));
            let found: Vec<Option<Interval>> = found.collect();
            found.iter().any(Option::is_some).then_some((name, found))
        };
        SideBySide { head, kpi, unit, rows: owners.into_iter().filter_map(row).collect() }
    }

    /// As a table in a terminal.
    fn table(self, study: &Study<'_>, look: Look) -> String {
        let labels: Vec<String> = study.periods.iter().map(|period| period.period.label()).collect();
        let mut columns = vec![(self.head, TableColumn::Name)];
        columns.extend(labels.iter().map(|label| (label.as_str(), TableColumn::Figure)));
        let unit = self.unit;
        let row = |(name, found): (String, Vec<Option<Interval>>)| {
            std::iter::once(name).chain(found.into_iter().map(|found| cell(found, unit))).collect()
        };
        grid(&columns, self.rows.into_iter().map(row).collect(), look)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{COLUMNS, sample};
    use super::*;

    #[test]
    fn there_is_a_row_for_each_hour_within_80_columns() {
        let text = sample::with_run_by(Some(PeriodKind::Hour), |report| write(report).unwrap());
        assert!(text.lines().all(|line| line.chars().count() <= COLUMNS), "{text}");
        let hours = text.lines().filter(|line| line.get(2..5).is_some_and(|minutes| minutes == ":00"));
        assert_eq!(hours.count(), 20, "{text}");
        assert!(text.contains("products and elements by hour: --format json"), "{text}");
    }

    #[test]
    fn few_periods_stand_beside_each_other_with_their_elements() {
        let text = sample::with_run_by(Some(PeriodKind::Day), |report| write(report).unwrap());
        let heads: Vec<&str> = text.lines().filter(|line| line.ends_with("2026-01-05 Mon")).collect();
        assert_eq!(heads.len(), ELEMENT_FIGURES.len(), "{text}");
        assert!(sample::with_run(write).is_none());
    }
}

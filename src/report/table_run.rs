//! What one line does, as tables: key figures, elements, states, expectations, and what to beware of.

use super::table::{Column, changes, expectations, grid, paragraphs, title, warnings};
use super::text::{Paint, counted, interval, labelled};
use super::{Look, RunReport};
use crate::event::State;
use crate::kpi::{self, of_product};
use crate::stats::Interval;
use crate::study::{ElementSummary, ProductEstimate, Study};
use crate::units;

/// More elements are counted, not shown: nobody reads thousands of rows.
const SHOWN: usize = 100;

pub(super) fn write(report: &RunReport<'_>) -> String {
    let (study, look) = (report.study, report.look);
    let elements = study.elements();
    let hidden = elements.len().saturating_sub(SHOWN);
    let shown = &elements[..elements.len() - hidden];
    paragraphs([
        Some(title(&study.line.name, study, look)),
        Some(key_figures(study, look)),
        Some(element_table(shown, look)),
        oee_and_factors(shown, look),
        at_work(shown, look),
        report.by_product.then(|| product_table(study, look)),
        states(shown, look),
        (hidden > 0)
            .then(|| format!("and {}: --format json has them all\n", counted(hidden as u64, "element"))),
        expectations(report.judgements, look),
        changes(&study.line.changes, &[], look),
        warnings(study, "", look),
        Some(sources(study, look)),
    ])
}

fn key_figures(study: &Study<'_>, look: Look) -> String {
    let row = |kpi: &&kpi::Kpi| {
        let value = study.interval(kpi).map_or_else(|| "unknown".to_owned(), |found| interval(&found));
        vec![kpi.name.to_owned(), value, kpi.unit_in(study.line).into_owned(), kpi.title.to_owned()]
    };
    let columns =
        [("KPI", Column::Name), ("mean", Column::Figure), ("unit", Column::Words), ("", Column::Words)];
    grid(&columns, kpi::ALL.iter().map(row).collect(), look)
}

fn element_table(elements: &[ElementSummary<'_>], look: Look) -> String {
    let columns = [
        ("element", Column::Name),
        ("kind", Column::Words),
        ("operations", Column::Figure),
        ("contents", Column::Figure),
        ("wait", Column::Figure),
        ("kWh", Column::Figure),
    ];
    let row = |element: &ElementSummary<'_>| {
        // What only stores finishes no operations.
        let operations =
            if element.states.is_empty() { String::new() } else { units::number(element.operations.mean) };
        vec![
            element.name.to_owned(),
            element.kind.to_owned(),
            operations,
            units::number(element.contents_mean.mean),
            element.wait_s.map_or_else(String::new, |wait| units::duration(wait.mean)),
            element.energy_kwh.map_or_else(String::new, |energy| units::number(energy.mean)),
        ]
    };
    grid(&columns, elements.iter().map(row).collect(), look)
}

/// The OEE of the elements with a cycle, and its factors; nothing if there are none.
fn oee_and_factors(elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let row = |element: &ElementSummary<'_>| {
        let figures = [element.availability, element.effectiveness, element.quality, element.oee];
        let share = |figure: Option<Interval>| figure.map_or_else(String::new, |it| units::share(it.mean));
        let name = element.availability.map(|_| element.name.to_owned())?;
        Some(std::iter::once(name).chain(figures.map(share)).collect())
    };
    let rows: Vec<Vec<String>> = elements.iter().filter_map(row).collect();
    let columns = [
        ("with a cycle", Column::Name),
        ("availability", Column::Figure),
        ("effectiveness", Column::Figure),
        ("quality", Column::Figure),
        ("oee", Column::Figure),
    ];
    (!rows.is_empty()).then(|| grid(&columns, rows, look))
}

/// The figures of each product, one below the other: their half widths would not fit beside each other.
fn product_table(study: &Study<'_>, look: Look) -> String {
    let columns = [
        ("product", Column::Name),
        ("KPI", Column::Words),
        ("mean", Column::Figure),
        ("unit", Column::Words),
        ("", Column::Words),
    ];
    let rows = study.products().into_iter().flat_map(|product| {
        let row = |(nth, (figure, found)): (usize, (&of_product::ProductFigure, &ProductEstimate))| {
            let name = if nth == 0 { product.name.to_owned() } else { String::new() };
            let value = found.interval.map_or_else(|| "unknown".to_owned(), |found| interval(&found));
            vec![name, figure.name.to_owned(), value, figure.unit.to_owned(), figure.title.to_owned()]
        };
        product.all().enumerate().map(row).collect::<Vec<_>>()
    });
    grid(&columns, rows.collect(), look)
}

/// How busy the people of crews are, and how full the zones; nothing if there are none.
fn at_work(elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let row = |element: &ElementSummary<'_>| {
        let (number, share) = (element.at_work_mean?, element.utilisation?);
        Some(vec![element.name.to_owned(), units::number(number.mean), units::share(share.mean)])
    };
    let rows: Vec<Vec<String>> = elements.iter().filter_map(row).collect();
    let columns =
        [("crew or zone", Column::Name), ("at work", Column::Figure), ("utilisation", Column::Figure)];
    (!rows.is_empty()).then(|| grid(&columns, rows, look))
}

/// Shares of the time in each state that any element was in; nothing if all of them only store.
fn states(elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let share = |element: &ElementSummary<'_>, state: State| {
        element.states.iter().find(|(found, _)| *found == state).map(|(_, share)| share.mean)
    };
    let occurred: Vec<State> = STATES
        .into_iter()
        .filter(|state| elements.iter().any(|element| share(element, *state).is_some()))
        .collect();
    let row = |element: &ElementSummary<'_>| {
        let shares =
            occurred.iter().map(|state| share(element, *state).map_or_else(String::new, units::share));
        std::iter::once(element.name.to_owned()).chain(shares).collect()
    };
    let mut columns = vec![("share of the time", Column::Name)];
    columns.extend(occurred.iter().map(|state| (state.name(), Column::Figure)));
    let with_states = elements.iter().filter(|element| !element.states.is_empty());
    (!occurred.is_empty()).then(|| grid(&columns, with_states.map(row).collect(), look))
}

/// From what earns money to what costs it.
const STATES: [State; State::ALL.len()] = [
    State::Working,
    State::Moving,
    State::Holding,
    State::Setup,
    State::Starved,
    State::Blocked,
    State::Failed,
    State::WaitingForRepair,
    State::Maintenance,
    State::Paused,
    State::WarmUp,
    State::Standby,
    State::Off,
];

fn sources(study: &Study<'_>, look: Look) -> String {
    let convention = labelled("oee", kpi::OEE_CONVENTION, look, Paint::Bold);
    let provenance = study.line.provenance.as_deref();
    convention + &provenance.map_or_else(String::new, |text| labelled("provenance", text, look, Paint::Bold))
}

#[cfg(test)]
mod tests {
    use super::super::{COLUMNS, sample};
    use super::*;

    #[test]
    fn a_run_fits_80_columns_without_colours() {
        let text = sample::with_run(write);
        assert!(text.lines().all(|line| line.chars().count() <= COLUMNS), "{text}");
        assert!(!text.contains('\x1b') && !text.contains(" \n"), "{text}");
    }

    #[test]
    fn a_run_names_every_kpi_element_and_state_as_json_does() {
        let text = sample::with_run(write);
        let names = kpi::ALL.iter().map(|kpi| kpi.name);
        for name in
            names.chain(["panels", "bend", "rack", "weld", "shop", "working", "starved", "blocked", "failed"])
        {
            assert!(text.contains(name), "{name} is missing in\n{text}");
        }
    }

    #[test]
    fn a_run_says_how_it_was_run_and_where_its_numbers_come_from() {
        let text = sample::with_run(write);
        assert!(
            text.starts_with(
                "Range hoods, line 3\n5 replications of 20 h after a warm-up of 60 min, seed 2026"
            ),
            "{text}"
        );
        assert!(text.contains("\nprovenance: made up for tests\n"), "{text}");
        assert!(text.contains("throughput at least 20 /h"), "{text}");
    }

    #[test]
    fn every_state_has_a_place_in_the_table() {
        assert!(State::ALL.iter().all(|state| STATES.contains(state)));
    }
}

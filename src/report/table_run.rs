//! A run as tables: key figures, elements, states, expectations, and warnings.

use super::losses::losses_table;
use super::table::{TableColumn, changes, expectations, grid, paragraphs, precision, title, warnings};
use super::text::{TextStyle, counted, interval, labelled, per_cent, stacked, stacked_share, stacked_time};
use super::{Look, RunReport, table_periods, table_sensitivity};
use crate::event::{ResourcePurpose, State};
use crate::kpi::{self, Figure, of_product};
use crate::stats::Interval;
use crate::study::{ElementEstimate, ElementSummary, ProductEstimate, Study};
use std::collections::BTreeSet;

/// Of larger groups the tables have no single members.
const MEMBERS: usize = 12;

/// Beyond this number elements are counted and not shown: a table of thousands of rows is not readable.
const SHOWN: usize = 100;

pub(super) fn write(report: &RunReport<'_>) -> String {
    let (study, look) = (report.study, report.look);
    let elements = study.elements();
    let shown = &shown_rows(study)[..];
    let told = shown.iter().filter(|row| elements.iter().any(|element| element.name == row.name)).count();
    let hidden = elements.len() - told;
    paragraphs([
        Some(title(&study.line.name, study, look)),
        precision(study, look),
        Some(key_figures(report)),
        whose_oee(study, &elements, look),
        Some(element_table(shown, look)),
        oee_and_factors(shown, look),
        at_work(shown, look),
        at_work_by_purpose(shown, look),
        missing(shown, look),
        states(shown, look),
        report.by.filter(|by| by.shows("product")).map(|_| product_table(study, look)),
        report.by.filter(|by| by.shows("element")).map(|_| figure_table(shown, look)),
        (hidden > 0)
            .then(|| format!("and {}: --format json has them all\n", counted(hidden as u64, "element"))),
        table_periods::write(report),
        report.losses.map(|found| losses_table(study, found, report.by, look)),
        report.sensitivities.map(|found| table_sensitivity::write(found, study.plan.confidence, look)),
        expectations(report.judgements, look),
        changes(&study.line.changes, &[], look),
        warnings(study, "", look),
        Some(sources(study, look)),
    ])
}

/// The groups and elements that tables show, in the order of the file: the first of them, without the members of large groups.
pub(super) fn shown_rows<'a>(study: &'a Study<'_>) -> Vec<ElementSummary<'a>> {
    let large = study.line.groups.iter().filter(|group| group.members.len() > MEMBERS);
    let members = large.flat_map(|group| &group.members);
    let hidden: BTreeSet<&str> =
        members.map(|slot| study.line.elements[slot.index()].name.as_str()).collect();
    let mut rows = study.elements_with_groups();
    rows.retain(|row| !hidden.contains(row.name));
    rows.truncate(SHOWN);
    rows
}

/// The name of an element; of a group with the number of its members.
pub(super) fn name(element: &ElementSummary<'_>) -> String {
    element.members.map_or_else(|| element.name.to_owned(), |members| format!("{} ({members})", element.name))
}

fn key_figures(report: &RunReport<'_>) -> String {
    let study = report.study;
    let row = |figure: &Figure| {
        let value = study.interval_of(figure).map_or_else(|| "unknown".to_owned(), |found| interval(&found));
        vec![figure.name(), value, figure.unit_in(study.line).into_owned(), figure.title().to_owned()]
    };
    let rows = match report.figures {
        [] => kpi::ALL
            .iter()
            .filter(|kpi| kpi.concerns(study.line))
            .map(|kpi| row(&Figure::of_line(kpi)))
            .collect(),
        figures => figures.iter().map(row).collect(),
    };
    let columns = [
        ("KPI", TableColumn::Name),
        ("mean", TableColumn::Figure),
        ("unit", TableColumn::Words),
        ("", TableColumn::Words),
    ];
    grid(&columns, rows, report.look)
}

fn element_table(elements: &[ElementSummary<'_>], look: Look) -> String {
    let columns = [
        ("element", TableColumn::Name),
        ("kind", TableColumn::Words),
        ("operations", TableColumn::Figure),
        ("contents", TableColumn::Figure),
        ("wait", TableColumn::Figure),
        ("kWh", TableColumn::Figure),
    ];
    let row = |element: &ElementSummary<'_>| {
        // What only stores finishes no operations.
        let stores = element.each("states").next().is_none();
        let operations = if stores { String::new() } else { stacked(element.one("operations")) };
        // No part comes to people.
        let has_people = element.one("at_work_mean").is_some();
        let contents = if has_people { String::new() } else { stacked(element.one("contents_mean")) };
        vec![
            name(element),
            element.kind.to_owned(),
            operations,
            contents,
            stacked_time(element.one("wait_s")),
            stacked(element.one("energy_kwh")),
        ]
    };
    grid(&columns, elements.iter().map(row).collect(), look)
}

/// The OEE of the elements with a cycle, and its factors; nothing if there are none.
fn oee_and_factors(elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let row = |element: &ElementSummary<'_>| {
        let figures = ["availability", "effectiveness", "quality", "oee"].map(|figure| element.one(figure));
        let name = figures[0].map(|_| name(element))?;
        Some(std::iter::once(name).chain(figures.map(stacked_share)).collect())
    };
    let rows: Vec<Vec<String>> = elements.iter().filter_map(row).collect();
    let columns = [
        ("with a cycle", TableColumn::Name),
        ("availability", TableColumn::Figure),
        ("effectiveness", TableColumn::Figure),
        ("quality", TableColumn::Figure),
        ("oee", TableColumn::Figure),
    ];
    (!rows.is_empty()).then(|| grid(&columns, rows, look))
}

/// The figures of each product, one below the other: their half widths would not fit beside each other.
fn product_table(study: &Study<'_>, look: Look) -> String {
    let columns = [
        ("product", TableColumn::Name),
        ("KPI", TableColumn::Words),
        ("mean", TableColumn::Figure),
        ("unit", TableColumn::Words),
        ("", TableColumn::Words),
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

/// Every figure of each element, one below the other; `taktwin kpis` says what they mean.
fn figure_table(elements: &[ElementSummary<'_>], look: Look) -> String {
    let columns = [
        ("element", TableColumn::Name),
        ("KPI", TableColumn::Words),
        ("mean", TableColumn::Figure),
        ("unit", TableColumn::Words),
    ];
    let rows = elements.iter().flat_map(|element| {
        let known = element.figures.iter().filter_map(|found| Some((found, found.interval?)));
        let row = |(nth, (found, mean)): (usize, (&ElementEstimate<'_>, Interval))| {
            let first = if nth == 0 { name(element) } else { String::new() };
            vec![first, found.name(), interval(&mean), found.unit().to_owned()]
        };
        known.enumerate().map(row).collect::<Vec<_>>()
    });
    grid(&columns, rows.collect(), look)
}

/// Whose OEE is that of the line, with its factors; nothing if that is unknown.
fn whose_oee(study: &Study<'_>, elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let all = study.oee_elements();
    let (first, _) = *all.first()?;
    let element = elements.iter().find(|element| element.name == first)?;
    let factors = format!(
        "{} of \"{first}\" (availability {} x effectiveness {} x quality {})",
        per_cent(element.one("oee")),
        per_cent(element.one("availability")),
        per_cent(element.one("effectiveness")),
        per_cent(element.one("quality"))
    );
    let each =
        |(name, count): &(&str, usize)| format!("\"{name}\" in {}", counted(*count as u64, "replication"));
    let more = if all.len() > WHOSE { ", .." } else { "" };
    let whose: Vec<String> = all.iter().take(WHOSE).map(each).collect();
    let text = match all.len() {
        1 => factors,
        _ => format!("that of {}{more}; {factors}", whose.join(", ")),
    };
    Some(labelled("oee", &text, look, TextStyle::Bold))
}

/// So many elements are named whose OEE was that of the line.
const WHOSE: usize = 4;

/// How busy the people of crews are, and how full the zones; nothing if there are none.
fn at_work(elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let row = |element: &ElementSummary<'_>| {
        let (number, share) = (element.one("at_work_mean")?, element.one("utilisation")?);
        Some(vec![
            name(element),
            stacked(Some(number)),
            stacked_share(Some(share)),
            stacked(element.one("calls")),
            stacked_time(element.one("call_wait_s")),
            stacked(element.one("labour_h")),
        ])
    };
    let rows: Vec<Vec<String>> = elements.iter().filter_map(row).collect();
    let columns = [
        ("crew, tools or zone", TableColumn::Name),
        ("at work", TableColumn::Figure),
        ("utilisation", TableColumn::Figure),
        ("calls", TableColumn::Figure),
        ("wait", TableColumn::Figure),
        ("labour h", TableColumn::Figure),
    ];
    (!rows.is_empty()).then(|| grid(&columns, rows, look))
}

/// The people at work by purpose, if any crew has more than one; the purposes are the columns.
fn at_work_by_purpose(elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let for_purpose = |element: &ElementSummary<'_>, purpose: ResourcePurpose| {
        element.part("at_work_by_purpose", purpose.name())
    };
    let mixed: Vec<_> =
        elements.iter().filter(|element| element.each("at_work_by_purpose").count() > 1).collect();
    let told = |purpose: &ResourcePurpose| mixed.iter().any(|one| for_purpose(one, *purpose).is_some());
    let purposes: Vec<ResourcePurpose> = ResourcePurpose::ALL.into_iter().filter(told).collect();
    let row = |element: &&ElementSummary<'_>| {
        let each = purposes.iter().map(|purpose| stacked(for_purpose(element, *purpose)));
        std::iter::once(name(element)).chain(each).collect()
    };
    let rows: Vec<Vec<String>> = mixed.iter().map(row).collect();
    let mut columns = vec![("at work for", TableColumn::Name)];
    columns.extend(purposes.iter().map(|purpose| (purpose.name(), TableColumn::Figure)));
    (!rows.is_empty()).then(|| grid(&columns, rows, look))
}

/// Who and what was missing, and for how long; nothing if nothing was.
fn missing(elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let columns = [
        ("missing at", TableColumn::Name),
        ("skill or tools", TableColumn::Name),
        ("hours", TableColumn::Figure),
    ];
    let rows = elements.iter().flat_map(|element| {
        let row = |(nth, (skill, hours)): (usize, (&str, Interval))| {
            let first = if nth == 0 { name(element) } else { String::new() };
            vec![first, skill.to_owned(), stacked(Some(hours))]
        };
        element.each("missing_h").enumerate().map(row).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    (!rows.is_empty()).then(|| grid(&columns, rows, look))
}

/// Shares of the time in each state that any element was in; nothing if all of them only store.
fn states(elements: &[ElementSummary<'_>], look: Look) -> Option<String> {
    let share = |element: &ElementSummary<'_>, state: State| element.part("states", state.name());
    let occurred: Vec<State> = State::in_order_of_reports()
        .into_iter()
        .filter(|state| elements.iter().any(|element| share(element, *state).is_some()))
        .collect();
    let with_states: Vec<&ElementSummary<'_>> =
        elements.iter().filter(|element| element.each("states").next().is_some()).collect();
    let table = |states: &[State]| {
        let row = |element: &&ElementSummary<'_>| {
            let shares = states.iter().map(|state| stacked_share(share(element, *state)));
            std::iter::once(name(element)).chain(shares).collect()
        };
        let mut columns = vec![("share of the time", TableColumn::Name)];
        columns.extend(states.iter().map(|state| (state.name(), TableColumn::Figure)));
        grid(&columns, with_states.iter().map(row).collect(), look)
    };
    let tables: Vec<String> = side_by_side(&occurred, look.columns).into_iter().map(table).collect();
    (!tables.is_empty()).then(|| tables.join("\n"))
}

/// As many states after one another as have room beside each other: several tables are easier to read than names that are broken.
fn side_by_side(states: &[State], columns: usize) -> Vec<&[State]> {
    let (mut tables, mut begin, mut width) = (Vec::new(), 0, NAMES);
    for (nth, state) in states.iter().enumerate() {
        let needed = state.name().len().max(SHARE) + 1;
        if width + needed > columns && nth > begin {
            tables.push(&states[begin..nth]);
            (begin, width) = (nth, NAMES);
        }
        width += needed;
    }
    tables.extend((begin < states.len()).then(|| &states[begin..]));
    tables
}

/// The usual room for the names of elements, and that for a share with its interval.
const NAMES: usize = 12;
const SHARE: usize = 7;

fn sources(study: &Study<'_>, look: Look) -> String {
    let convention = labelled("oee", kpi::OEE_CONVENTION, look, TextStyle::Bold);
    let provenance = study.line.provenance.as_deref();
    convention
        + &provenance.map_or_else(String::new, |text| labelled("provenance", text, look, TextStyle::Bold))
}

#[cfg(test)]
mod tests {
    use super::super::{By, COLUMNS, sample};
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
        let shown = sample::with_run(|run| {
            kpi::ALL.iter().filter(|kpi| kpi.concerns(run.study.line)).collect::<Vec<_>>()
        });
        let names = shown.into_iter().map(|kpi| kpi.name);
        for name in
            names.chain(["panels", "bend", "rack", "weld", "shop", "working", "starved", "blocked", "failed"])
        {
            assert!(text.contains(name), "{name} is missing in\n{text}");
        }
    }

    #[test]
    fn a_run_names_the_element_whose_oee_is_the_lines_with_its_factors() {
        let (text, whose, oee) = sample::with_run(|report| {
            let whose: Vec<(String, usize)> = report
                .study
                .oee_elements()
                .into_iter()
                .map(|(name, count)| (name.to_owned(), count))
                .collect();
            let elements = report.study.elements();
            let bend = elements.iter().find(|element| element.name == whose[0].0).unwrap();
            (write(report), whose, per_cent(bend.one("oee")))
        });
        // It is that of the slower machine, and in every replication.
        assert_eq!(whose, [("bend".to_owned(), sample::REPLICATIONS as usize)]);
        assert!(text.contains(&format!("\noee: {oee} of \"bend\" (availability ")), "{text}");
    }

    #[test]
    fn by_element_every_figure_that_is_known_has_its_half_width() {
        let text = sample::with_run(|report| write(&RunReport { by: Some(By::Element), ..*report }));
        let line =
            |name: &str| text.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{text}"));
        for name in ["states.working", "counts.breakdowns", "energy_by_state_kwh.working", "blocked_time_s"] {
            assert!(line(name).contains('±'), "{name}: {text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= COLUMNS), "{text}");
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
}

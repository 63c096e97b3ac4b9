//! The losses as tables: the tree of the line, what each cause costs, what the line would gain without it, and differences.

use super::{CAUSES, root_name, tree_rows};
use crate::line::Line;
use crate::report::table::{TableColumn, grid, paragraphs};
use crate::report::text::{
    TextStyle, counted, interval, labelled, per_cent, stacked, stacked_share, wrapped,
};
use crate::report::words::Lang;
use crate::report::{By, CompareReport, Look, table_sensitivity};
use crate::stats::Interval;
use crate::study::Study;
use crate::study::losses::{BeforeAfter, LineLosses, LossCause, LossChange, LossScope};

/// How to read the tables.
const NOTE: &str = "shares are of the time of all elements together; starved and blocked time is charged to the element at which the \
                    waiting ends, and to what it does (topic `losses`)";

const NO_GAINS: &str = "there are no breakdowns, maintenance or changeovers to run without";
const NO_STATES: &str = "no element of this line has states, so that there are no losses";

/// All tables of one line; with its elements if `by` asks for them.
pub fn write(study: &Study<'_>, losses: &LineLosses, by: Option<By>, look: Look) -> String {
    let line = study.line;
    if losses.elements().next().is_none() {
        return labelled("note", NO_STATES, look, TextStyle::Bold);
    }
    let of_elements = by.filter(|by| by.shows("element")).map(|_| elements(line, losses, look));
    let gains = losses.gains.as_ref().map(|gains| {
        if gains.rows.is_empty() {
            return labelled("note", NO_GAINS, look, TextStyle::Bold);
        }
        let heading = wrapped("Without one of the causes (gains do not add up)", 0, look.columns);
        heading + "\n\n" + &table_sensitivity::write(gains, study.plan.confidence, look)
    });
    let heading = wrapped("Where the time and the energy of the elements went", 0, look.columns);
    paragraphs([
        Some(format!("{heading}\n\n{}", tree(line, losses, LossScope::Line, look))),
        Some(causes(line, losses, look)),
        Some(labelled("note", NOTE, look, TextStyle::Bold)),
        of_elements,
        gains,
    ])
}

fn tree(line: &Line, losses: &LineLosses, scope: LossScope, look: Look) -> String {
    let columns = [
        ("what they did", TableColumn::Words),
        ("time", TableColumn::Figure),
        ("energy\n(kWh)", TableColumn::Figure),
    ];
    let rows = tree_rows(line, losses, scope, Lang::En).into_iter().map(|row| {
        let name = if row.is_part { format!("  {}", row.name) } else { row.name };
        vec![
            name,
            per_cent(Some(row.figures.share)),
            row.figures.kwh.as_ref().map_or_else(String::new, interval),
        ]
    });
    with_energy(&columns, rows.collect(), losses.tells_energy(), look)
}

/// A table whose last columns, about energy, are left out if that is not known.
fn with_energy(
    columns: &[(&str, TableColumn)],
    rows: Vec<Vec<String>>,
    is_known: bool,
    look: Look,
) -> String {
    let shown = columns.iter().filter(|(head, _)| is_known || !head.contains("kWh")).count();
    let cut = |mut row: Vec<String>| {
        row.truncate(shown);
        row
    };
    grid(&columns[..shown], rows.into_iter().map(cut).collect(), look)
}

/// What makes the line lose time.
fn causes(line: &Line, losses: &LineLosses, look: Look) -> String {
    let columns = [
        ("lost because of", TableColumn::Words),
        ("itself", TableColumn::Figure),
        ("others\nstarved", TableColumn::Figure),
        ("others\nblocked", TableColumn::Figure),
        ("together", TableColumn::Figure),
        ("energy\n(kWh)", TableColumn::Figure),
    ];
    let all = losses.causes();
    let row = |cause: &LossCause| {
        let shares = cause.shares().map(|share| stacked_share(Some(share)));
        let name = root_name(line, cause.root, Lang::En);
        std::iter::once(name).chain(shares).chain([stacked(cause.kwh)]).collect()
    };
    let rows = all.iter().take(CAUSES).map(row).collect();
    let table = with_energy(&columns, rows, losses.tells_energy(), look);
    match all.len().saturating_sub(CAUSES) {
        0 => table,
        more => table + &format!("and {}: --format json has them all\n", counted(more as u64, "cause")),
    }
}

/// So many elements have a tree of their own.
const ELEMENTS: usize = 40;

fn elements(line: &Line, losses: &LineLosses, look: Look) -> String {
    let slots: Vec<_> = losses.elements().collect();
    let trees = slots.iter().take(ELEMENTS).map(|slot| {
        let name = &line.elements[slot.index()].name;
        format!("losses of {name}\n\n{}", tree(line, losses, LossScope::Element(*slot), look))
    });
    let hidden = slots.len().saturating_sub(ELEMENTS);
    let rest = (hidden > 0)
        .then(|| format!("and {}: --format json has them all\n", counted(hidden as u64, "element")));
    trees.chain(rest).collect::<Vec<_>>().join("\n")
}

/// The tables of lines that are compared, one after the other, and how each differs from the first.
pub fn compared(report: &CompareReport<'_>) -> Option<String> {
    let tables = report.losses().map(|(name, study, losses)| {
        format!("losses of {name}\n\n{}", write(study, losses, report.by, report.look))
    });
    let differences = report.loss_changes().map(|(name, changes)| {
        let heading = wrapped(&format!("losses of {name}, against the baseline"), 0, report.look.columns);
        format!("{heading}\n\n{}", differences(&changes, report.look))
    });
    let all: Vec<String> = tables.chain(differences).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

fn differences(found: &[LossChange], look: Look) -> String {
    let columns = [
        ("what they did", TableColumn::Words),
        ("before", TableColumn::Figure),
        ("after", TableColumn::Figure),
        ("difference", TableColumn::Figure),
        ("before\n(kWh)", TableColumn::Figure),
        ("after\n(kWh)", TableColumn::Figure),
        ("difference\n(kWh)", TableColumn::Figure),
    ];
    let row = |change: &LossChange| {
        let shares = of_both(&change.shares, stacked_share);
        let energy = change.kwh.iter().flat_map(|kwh| of_both(kwh, stacked));
        std::iter::once(Lang::En.loss(change.kind).to_owned()).chain(shares).chain(energy).collect()
    };
    let knows_energy = found.iter().all(|change| change.kwh.is_some());
    with_energy(&columns, found.iter().map(row).collect(), knows_energy, look)
}

/// Before, after, and the difference with its sign.
fn of_both(found: &BeforeAfter, written: fn(Option<Interval>) -> String) -> [String; 3] {
    let sign = if found.difference.mean > 0.0 { "+" } else { "" };
    [
        written(Some(found.before)),
        written(Some(found.after)),
        sign.to_owned() + &written(Some(found.difference)),
    ]
}

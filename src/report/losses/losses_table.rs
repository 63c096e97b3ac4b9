//! The losses as tables: the tree of the line, the roots, and what the line would gain without them.

use super::{per_cent, root_name, tree_rows};
use crate::line::Line;
use crate::report::table::{TableColumn, grid, paragraphs};
use crate::report::text::{TextStyle, counted, interval, labelled, signed_interval, wrapped};
use crate::report::words::Lang;
use crate::report::{By, CompareReport, Look, table_sensitivity};
use crate::stats::Interval;
use crate::study::losses::{LineLosses, LossRoot, LossScope};
use crate::study::{BeforeAfter, LossChange, Study, loss_changes};

/// So many roots are listed.
const ROOTS: usize = 12;

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
        Some(roots(line, losses, look)),
        Some(labelled("note", NOTE, look, TextStyle::Bold)),
        of_elements,
        gains,
    ])
}

fn tree(line: &Line, losses: &LineLosses, scope: LossScope, look: Look) -> String {
    let columns = [
        ("what they did", TableColumn::Words),
        ("time\n(%)", TableColumn::Figure),
        ("energy\n(kWh)", TableColumn::Figure),
    ];
    let rows = tree_rows(line, losses, scope, Lang::En).into_iter().map(|row| {
        let name = if row.is_part { format!("  {}", row.name) } else { row.name };
        let kwh = row.figures.kwh.map(|kwh| interval(&kwh));
        [name, interval(&per_cent(&row.figures.share))].into_iter().chain(kwh).collect()
    });
    with_energy(&columns, rows.collect(), losses, look)
}

/// A table whose last column is left out if the energy is not known.
fn with_energy(
    columns: &[(&str, TableColumn)],
    rows: Vec<Vec<String>>,
    losses: &LineLosses,
    look: Look,
) -> String {
    let is_known = losses.total(LossScope::Line).kwh.is_some();
    grid(&columns[..columns.len() - usize::from(!is_known)], rows, look)
}

/// Who makes the line lose time.
fn roots(line: &Line, losses: &LineLosses, look: Look) -> String {
    let columns = [
        ("lost because of", TableColumn::Words),
        ("itself\n(%)", TableColumn::Figure),
        ("others\nstarved\n(%)", TableColumn::Figure),
        ("others\nblocked\n(%)", TableColumn::Figure),
        ("together\n(%)", TableColumn::Figure),
        ("energy\n(kWh)", TableColumn::Figure),
    ];
    let all = losses.roots();
    let row = |root: &LossRoot| {
        let shares = root.shares.iter().map(|share| below(&interval(&per_cent(share))));
        let kwh = root.kwh.map(|kwh| below(&interval(&kwh)));
        std::iter::once(root_name(line, root.root, Lang::En)).chain(shares).chain(kwh).collect()
    };
    let table = with_energy(&columns, all.iter().take(ROOTS).map(row).collect(), losses, look);
    match all.len().saturating_sub(ROOTS) {
        0 => table,
        more => table + &format!("and {}: --format json has them all\n", counted(more as u64, "cause")),
    }
}

/// The half width goes below the mean.
fn below(interval: &str) -> String {
    interval.replacen(" ± ", "\n± ", 1)
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
    let names = report.names();
    let (base, others) = report.findings.losses.split_first()?;
    let found = names.iter().zip(report.studies).zip(&report.findings.losses);
    let tables = found.map(|((name, study), losses)| {
        format!("losses of {name}\n\n{}", write(study, losses, report.by, report.look))
    });
    let differences = names.iter().skip(1).zip(others).map(|(name, losses)| {
        let heading = wrapped(&format!("losses of {name}, against the baseline"), 0, report.look.columns);
        format!("{heading}\n\n{}", changes(&loss_changes(base, losses), report.look))
    });
    Some(tables.chain(differences).collect::<Vec<_>>().join("\n"))
}

fn changes(found: &[LossChange], look: Look) -> String {
    let columns = [
        ("what they did", TableColumn::Words),
        ("before\n(%)", TableColumn::Figure),
        ("after\n(%)", TableColumn::Figure),
        ("difference\n(%)", TableColumn::Figure),
        ("before\n(kWh)", TableColumn::Figure),
        ("after\n(kWh)", TableColumn::Figure),
        ("difference\n(kWh)", TableColumn::Figure),
    ];
    let knows_energy = found.iter().all(|change| change.kwh.is_some());
    let cells = |of: &BeforeAfter, scale: fn(&Interval) -> Interval| {
        let both = [&of.before, &of.after].map(|one| below(&interval(&scale(one))));
        both.into_iter().chain([below(&signed_interval(&scale(&of.difference)))]).collect::<Vec<String>>()
    };
    let row = |change: &LossChange| {
        let energy = change.kwh.iter().filter(|_| knows_energy).flat_map(|kwh| cells(kwh, |one| *one));
        let shares = cells(&change.shares, per_cent);
        std::iter::once(Lang::En.loss(change.kind).to_owned()).chain(shares).chain(energy).collect()
    };
    let shown = if knows_energy { columns.len() } else { columns.len() - 3 };
    grid(&columns[..shown], found.iter().map(row).collect(), look)
}

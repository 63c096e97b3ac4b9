//! The losses of a line as a sheet: a row for each branch and root of the tree, of the line and of each element.

use crate::line::Line;
use crate::report::sheet::{ReportCell, ReportTable};
use crate::report::words::Lang;
use crate::study::losses::{BeforeAfter, LineLosses, LossBranch, LossChange, LossFigures, LossScope};

const COLUMNS: [&str; 6] = ["element", "loss", "cause: element", "cause: reason", "time (1)", "energy (kWh)"];

/// The sheet; the rows of the line have no element.
pub fn write(line: &Line, losses: &LineLosses) -> Option<ReportTable> {
    let of_line = rows(line, losses, LossScope::Line, "");
    let of_elements = losses
        .elements()
        .flat_map(|slot| rows(line, losses, LossScope::Element(slot), &line.elements[slot.index()].name));
    ReportTable::unless_empty("losses", &COLUMNS, of_line.into_iter().chain(of_elements).collect())
}

fn rows(line: &Line, losses: &LineLosses, scope: LossScope, element: &str) -> Vec<Vec<ReportCell>> {
    let row = |branch: &LossBranch, because: [&str; 2], figures: &LossFigures| {
        let [whom, which] = because.map(ReportCell::text);
        let named = [ReportCell::text(element), ReportCell::text(Lang::En.loss(branch.kind)), whom, which];
        let found = [ReportCell::found(Some(figures.share)), ReportCell::found(figures.kwh)];
        named.into_iter().chain(found).collect::<Vec<ReportCell>>()
    };
    let tree = losses.tree(scope, usize::MAX);
    let of_branch = |branch: &LossBranch| {
        let roots = branch.roots.iter().map(|(root, figures)| {
            let name = line.elements[root.element.index()].name.as_str();
            row(branch, [name, Lang::En.loss_reason(root.reason)], figures)
        });
        // The rows of the roots add up to the branch, so that the column adds up to the whole.
        let whole = branch.roots.is_empty().then(|| row(branch, ["", ""], &branch.all));
        whole.into_iter().chain(roots).collect::<Vec<_>>()
    };
    tree.iter().flat_map(of_branch).collect()
}

/// How the losses of a line differ from those of the baseline.
pub fn differences(found: &[LossChange]) -> Option<ReportTable> {
    let columns = [
        "loss",
        "time before (1)",
        "time after (1)",
        "time difference (1)",
        "energy before (kWh)",
        "energy after (kWh)",
        "energy difference (kWh)",
    ];
    let row = |change: &LossChange| {
        let cells = |of: Option<&BeforeAfter>| {
            let parts = [of.map(|of| of.before), of.map(|of| of.after), of.map(|of| of.difference)];
            parts.map(ReportCell::found)
        };
        let name = ReportCell::text(Lang::En.loss(change.kind));
        std::iter::once(name).chain(cells(Some(&change.shares))).chain(cells(change.kwh.as_ref())).collect()
    };
    ReportTable::unless_empty("differences of losses", &columns, found.iter().map(row).collect())
}

//! The losses of a line: tables for people, JSON for programs. The section of the page is in `report/html`.
//!
//! Every form shows the same tree: what the elements did, and under starved and blocked for whom they waited.

mod losses_json;
mod losses_sheet;
mod losses_table;

pub(super) use losses_json::{LineLossesJson, LossesJson};
pub(super) use losses_sheet::{differences as loss_differences_sheet, write as losses_sheet};
pub(super) use losses_table::{compared as compared_losses, write as losses_table};

use super::words::{Lang, Phrase};
use crate::line::Line;
use crate::losses::Root;
use crate::study::losses::{LineLosses, LossBranch, LossFigures, LossScope};

/// One row of the loss tree.
#[derive(Clone, Debug)]
pub(super) struct LossTreeRow {
    /// What it is.
    pub name: String,
    /// Whether it is a part of the row above it that has no parts.
    pub is_part: bool,
    /// What was charged.
    pub figures: LossFigures,
}

/// So many roots of a branch are shown; the others are one row.
const ROOTS: usize = 6;
/// So many causes are listed, those that cost most.
pub(super) const CAUSES: usize = 12;

/// The tree in rows, and all of it as the last.
pub(super) fn tree_rows(line: &Line, losses: &LineLosses, scope: LossScope, lang: Lang) -> Vec<LossTreeRow> {
    let rows = losses.tree(scope, ROOTS).into_iter().flat_map(|branch| branch_rows(line, branch, lang));
    let name = lang.say(Phrase::LossesAll).to_owned();
    rows.chain([LossTreeRow { name, is_part: false, figures: losses.total(scope) }]).collect()
}

fn branch_rows(line: &Line, branch: LossBranch, lang: Lang) -> Vec<LossTreeRow> {
    let part = |name: String, figures: LossFigures| LossTreeRow { name, is_part: true, figures };
    let all = LossTreeRow { name: lang.loss(branch.kind).to_owned(), is_part: false, figures: branch.all };
    let roots = branch.roots.into_iter().map(|(root, figures)| part(root_name(line, root, lang), figures));
    let rest = branch
        .rest
        .map(|(count, figures)| part(lang.fill(Phrase::LossesOthers, &[&count.to_string()]), figures));
    std::iter::once(all).chain(roots).chain(rest).collect()
}

/// An element and what it does.
pub(super) fn root_name(line: &Line, root: Root, lang: Lang) -> String {
    lang.fill(Phrase::Named, &[&line.elements[root.element.index()].name, lang.loss_reason(root.reason)])
}

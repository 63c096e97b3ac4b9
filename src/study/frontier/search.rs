//! Which settings are evaluated: all, or those that a search comes to.
//!
//! The search begins at the baseline. It evaluates every setting that differs in one choice from the best setting found so far,
//! until that is the best of its neighbours; then those that differ in one choice from each other setting on the frontier. It ends when
//! all neighbours of the frontier are known, or after so many settings. The order is fixed, so the result does not depend on
//! threads. The search can miss settings that differ in several choices from all that it sees. Read [`explore`] first.

use super::pareto::{SettingPoint, best, front};
use super::space::{ChosenOptions, SettingSpace};
use crate::study::StudyFailure;
use std::collections::BTreeSet;

/// Why no more settings were evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchEnd {
    /// All were.
    All,
    /// Every neighbour of the frontier is known.
    NothingNew,
    /// The largest number of settings is reached.
    Most,
}

impl SearchEnd {
    /// The word in every file.
    pub fn name(self) -> &'static str {
        match self {
            SearchEnd::All => "all",
            SearchEnd::NothingNew => "nothing_new",
            SearchEnd::Most => "most",
        }
    }

    /// Every end.
    pub const ALL: [SearchEnd; 3] = [SearchEnd::All, SearchEnd::NothingNew, SearchEnd::Most];
}

/// The settings that were evaluated, in order, and what each came to; `None` where it has no figures.
pub(super) struct Explored {
    pub(super) tried: Vec<ChosenOptions>,
    pub(super) points: Vec<Option<SettingPoint>>,
    pub(super) end: SearchEnd,
}

/// Evaluates several settings at once, in order.
pub(super) type Evaluate<'a> =
    dyn FnMut(&[ChosenOptions]) -> Result<Vec<Option<SettingPoint>>, StudyFailure> + 'a;

/// Evaluates all settings, or searches if there are more than `most`. The baseline comes first.
pub(super) fn explore(
    space: &SettingSpace,
    most: usize,
    evaluate: &mut Evaluate<'_>,
) -> Result<Explored, StudyFailure> {
    if space.count() <= most as u64 {
        let tried: Vec<ChosenOptions> = space.all().collect();
        let points = evaluate(&tried)?;
        return Ok(Explored { tried, points, end: SearchEnd::All });
    }
    let mut search = SettingSearch { known: BTreeSet::new(), expanded: BTreeSet::new(), tried: Vec::new() };
    let mut points = Vec::new();
    let (mut next, mut is_cut) = search.take([space.baseline()].into_iter(), most);
    let end = loop {
        points.extend(evaluate(&next)?);
        if is_cut {
            break SearchEnd::Most;
        }
        let origins = search.origins(&points);
        if origins.is_empty() {
            break SearchEnd::NothingNew;
        }
        let moves = origins.iter().flat_map(|origin| space.moves(origin));
        (next, is_cut) = search.take(moves, most);
    };
    Ok(Explored { tried: search.tried, points, end })
}

/// A search under way.
struct SettingSearch {
    known: BTreeSet<ChosenOptions>,
    /// The numbers of settings whose neighbours are known.
    expanded: BTreeSet<usize>,
    tried: Vec<ChosenOptions>,
}

impl SettingSearch {
    /// The settings whose neighbours come next: the best, or if these are known, those of the frontier.
    fn origins(&mut self, points: &[Option<SettingPoint>]) -> Vec<ChosenOptions> {
        let is_new = |nth: &usize| !self.expanded.contains(nth);
        let found: Vec<usize> = match best(points).filter(is_new) {
            Some(best) => vec![best],
            None => front(points).into_iter().filter(is_new).collect(),
        };
        self.expanded.extend(&found);
        found.into_iter().map(|nth| self.tried[nth].clone()).collect()
    }

    /// Those that are not known, as many as may still be evaluated, and whether there are more.
    fn take(
        &mut self,
        moves: impl Iterator<Item = ChosenOptions>,
        most: usize,
    ) -> (Vec<ChosenOptions>, bool) {
        let (begin, mut is_cut) = (self.tried.len(), false);
        for chosen in moves {
            if self.known.contains(&chosen) {
                continue;
            }
            if self.tried.len() >= most {
                is_cut = true;
                break;
            }
            self.known.insert(chosen.clone());
            self.tried.push(chosen);
        }
        (self.tried[begin..].to_vec(), is_cut)
    }
}

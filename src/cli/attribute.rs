//! `compare --attribute`: which change of an upgrade pays.

use super::progress::RunProgress;
use super::run::failed;
use super::{ExitStatus, Failure};
use crate::kpi::Figure;
use crate::line::{self, Line};
use crate::study::attribution::{Attribution, ChangeGame, ChangeSet, MOST_CHANGES, attribute};
use crate::study::change_groups::{grouped, members};
use crate::study::{Study, Watch};
use std::path::Path;

/// An upgrade whose changes are taken apart.
pub(crate) struct Upgraded<'a> {
    /// Its file.
    pub(crate) path: &'a Path,
    /// The changes of the command line.
    pub(crate) sets: &'a [String],
    /// The line that it is compared with, and itself.
    pub(crate) lines: [&'a Line; 2],
}

impl Upgraded<'_> {
    /// Takes it apart by these figures, in the window of a study of it.
    pub(crate) fn attribution(
        &self,
        figures: &[Figure],
        study: &Study<'_>,
        quiet: bool,
    ) -> Result<Attribution, Failure> {
        let (first, changes) = self.own_changes()?;
        let read = |chosen: &[bool]| {
            let takes = |nth: usize| nth < first || chosen.get(nth - first).copied().unwrap_or(false);
            line::read_with_changes(self.path, self.sets, &takes).ok()
        };
        if changes.len() > MOST_CHANGES {
            let wrong = format!("the upgrade has {} changes; at most 60 are taken apart", changes.len());
            return Err(Failure::new(
                ExitStatus::InputWrong,
                wrong,
                "put changes that belong together into one",
            ));
        }
        let groups = grouped(changes.len(), &|chosen| read(chosen).is_some());
        let named = groups.iter().map(|group| group.iter().map(|nth| changes[*nth].clone()).collect());
        let line = |set: ChangeSet| read(&members(&groups, set, changes.len()));
        let game = ChangeGame { groups: named.collect(), line: &line };
        let progress = RunProgress::of_runs("which change pays", 1, 0, quiet);
        let watch = Watch { progress: &|steps| progress.done(steps), ..Watch::nobody() };
        attribute(&game, figures, &study.plan, study.warm_up, &watch, &|runs| progress.plan(runs))
            .map_err(failed)
    }

    /// The number of changes that the baseline has too, and the names of the others.
    fn own_changes(&self) -> Result<(usize, Vec<String>), Failure> {
        let [base, other] = self.lines.map(|line| &line.changes);
        let without = line::read_with_changes(self.path, self.sets, &|nth| nth < base.len());
        let names =
            |line: &Line| line.elements.iter().map(|element| element.name.clone()).collect::<Vec<_>>();
        let same = without.is_ok_and(|line| line.changes == *base && names(&line) == names(self.lines[0]));
        if !same || !other.starts_with(base) || other.len() == base.len() {
            let wrong = "--attribute takes an upgrade of the baseline apart, and this is none";
            let remedy = "compare the line that the upgrade names as its `base` with the upgrade";
            return Err(Failure::new(ExitStatus::InputWrong, wrong, remedy));
        }
        Ok((base.len(), other[base.len()..].iter().map(|change| change.name.clone()).collect()))
    }
}

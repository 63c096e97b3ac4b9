//! `--losses`: where the time and the energy of lines went, and what a line would gain without each cause.

use super::Failure;
use super::progress::RunProgress;
use super::run::failed;
use crate::kpi::Figure;
use crate::study::losses::{LineLosses, gains, line_losses};
use crate::study::{Findings, Study, Watch};

/// The losses of each line.
pub(crate) fn losses(studies: &[Study<'_>], quiet: bool) -> Result<Vec<LineLosses>, Failure> {
    let runs = studies.iter().map(|study| study.outcomes.len()).sum();
    let progress = RunProgress::of_runs("losses", runs, 0, quiet);
    let watch = Watch { progress: &|steps| progress.done(steps), ..Watch::nobody() };
    line_losses(studies, &watch).map_err(failed)
}

/// The losses of one line, with what it would gain in these figures without each cause that can be taken away.
pub(crate) fn losses_and_gains(
    study: &Study<'_>,
    figures: &[Figure],
    quiet: bool,
) -> Result<Vec<LineLosses>, Failure> {
    let studies = std::slice::from_ref(study);
    let mut all = losses(studies, quiet)?;
    let figures = Findings::of_interest(studies, figures);
    let progress = RunProgress::of_runs("without each loss", 1, 0, quiet);
    let watch = Watch { progress: &|steps| progress.done(steps), ..Watch::nobody() };
    for losses in &mut all {
        let found = gains(study, losses, &figures, &watch, &|runs| progress.plan(runs)).map_err(failed)?;
        losses.gains = Some(found);
    }
    Ok(all)
}

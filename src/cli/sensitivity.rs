//! `run --sensitivity`: what it would be worth if something of the line were a little better; and the figures of interest.

use super::progress::RunProgress;
use super::run::failed;
use super::{ExitStatus, Failure};
use crate::kpi::Figure;
use crate::line::{Line, figure_named};
use crate::study::sensitivity::{Sensitivities, sensitivities};
use crate::study::{Findings, Study, Watch};

/// Finds out what each improvement of a line is worth in these figures.
pub(crate) fn sensitivity(
    study: &Study<'_>,
    figures: &[Figure],
    quiet: bool,
) -> Result<Sensitivities, Failure> {
    let figures = Findings::of_interest(std::slice::from_ref(study), figures);
    let progress = RunProgress::of_runs("sensitivity", 1, 0, quiet);
    let watch = Watch { progress: &|steps| progress.done(steps), ..Watch::nobody() };
    sensitivities(study, &figures, &watch, &|runs| progress.plan(runs)).map_err(failed)
}

/// The figures of these names; those of products and elements are of the baseline.
pub(crate) fn figures(names: &[String], line: &Line) -> Result<Vec<Figure>, Failure> {
    let one = |name: &String| {
        figure_named(name.trim(), line).map_err(|fault| {
            let help = if fault.help.is_empty() {
                "`taktwin kpis` lists them".to_owned()
            } else {
                fault.help.join("; ")
            };
            Failure::new(ExitStatus::InputWrong, format_args!("--figures: {}", fault.message), help)
        })
    };
    names.iter().map(one).collect()
}

//! `run --sensitivity`: what it would be worth if something of the line were a little better; and the figures of interest.

use super::progress::RunProgress;
use super::run::failed;
use super::{ExitStatus, Failure};
use crate::kpi::{self, Figure, LineFigureNames};
use crate::line::{Line, no_figure};
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
    let known = LineFigureNames::of(line);
    let one = |name: &String| {
        kpi::find_figure(name.trim(), &known.names()).map_err(|fault| {
            let fault = no_figure(name.trim(), &fault, &known.names());
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

//! What the exit code says about a result: an expectation that does not hold, a question that is not decided.

use super::{ExitStatus, Failure};
use crate::line::Line;
use crate::report;
use crate::stats::Verdict;
use crate::study::precision::PrecisionEnd;
use crate::study::{Comparison, Holds, Judgement, Study};

/// The end of a call that has printed its result. `undecided` are other questions that remain open.
pub(crate) fn of<'a>(
    judged: impl Iterator<Item = (&'a Line, &'a Judgement<'a>)>,
    undecided: Vec<String>,
    strict: bool,
) -> Result<ExitStatus, Failure> {
    let (mut failed, mut open) = (Vec::new(), Vec::new());
    for (line, judgement) in judged {
        let (expected, found) = (report::expected(judgement), report::found(judgement));
        let sentence = |outcome| format!("\"{}\": {expected} {outcome}: it is {found}", line.name);
        match judgement.holds {
            Holds::Holds => (),
            Holds::Fails => failed.push(sentence("does not hold")),
            Holds::Inconclusive => open.push(sentence("is neither confirmed nor refuted")),
        }
    }
    open.extend(undecided);
    if !failed.is_empty() {
        return Err(Failure::plain(ExitStatus::ExpectationFails, failed.join("\nerror: ")));
    }
    if strict && !open.is_empty() {
        let remedy = "more `--replications` or a longer `--length` make the intervals narrower";
        return Err(Failure::new(ExitStatus::Inconclusive, open.join("\nerror: "), remedy));
    }
    Ok(ExitStatus::Done)
}

/// That the precision that was asked for is not reached, in words.
pub(crate) fn imprecise(study: &Study<'_>) -> Option<String> {
    let report = study.precision.as_ref().filter(|report| report.end != PrecisionEnd::Reached)?;
    let open = report.targets.iter().filter(|found| !found.progress.is_some_and(|found| found.reached));
    let names: Vec<String> = open.map(|found| found.target.figure.name()).collect();
    Some(format!("the precision that was asked for is not reached: {}", names.join(", ")))
}

/// The lines of which no difference in throughput to the baseline is seen, in words; other figures may differ.
pub(crate) fn undecided(comparisons: &[Comparison<'_>]) -> Option<String> {
    let decided = |comparison: &Comparison<'_>| {
        let throughput = comparison.kpis.iter().find(|kpi| kpi.name() == "throughput");
        throughput.is_some_and(|kpi| !matches!(kpi.verdict, Verdict::NoDifferenceSeen | Verdict::TooFewRuns))
    };
    let open = comparisons.iter().filter(|comparison| !decided(comparison));
    let names: Vec<String> = open.map(|comparison| format!("\"{}\"", comparison.name)).collect();
    (!names.is_empty())
        .then(|| format!("no difference in throughput is seen between the baseline and {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendars;
    use crate::kernel::Time;
    use crate::kpi::{self, Figure};
    use crate::layout::Compared;
    use crate::line::{EnergyFactors, ExpectedFigure, FilePlace, RunPlan, WarmUpTime};
    use crate::stats::Interval;

    fn line() -> Line {
        let run = RunPlan {
            start: jiff::civil::date(2026, 3, 2).at(8, 0, 0, 0),
            zone: jiff::tz::TimeZone::UTC,
            names_zone: false,
            warm_up: WarmUpTime::Auto,
            length: Time::ZERO,
            replications: 5,
            seed: 1,
            confidence: 0.95,
        };
        let (products, elements, changes, expectations) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (name, files, notes, begun) = ("hoods".to_owned(), Vec::new(), Vec::new(), Vec::new());
        Line {
            name,
            provenance: None,
            run,
            electricity: None,
            factors: EnergyFactors::default(),
            calendars: Calendars::default(),
            products,
            elements,
            groups: Vec::new(),
            begun,
            changes,
            expectations,
            files,
            notes,
        }
    }

    fn end(holds: &[Holds], undecided: Option<&str>, strict: bool) -> Result<ExitStatus, Failure> {
        let (line, place) = (line(), FilePlace::default());
        let figure = Figure::of_line(kpi::ALL[0]);
        let (compared, low, high) = (Compared::Value, Some(35.0), None);
        let expectation = ExpectedFigure { figure, compared, low, high, place };
        let interval = Some(Interval { mean: 33.0, half_width: Some(1.0), n: 5 });
        let judgement = |holds: &Holds| Judgement {
            expectation: &expectation,
            unit: "1/h".into(),
            interval,
            holds: *holds,
        };
        let judgements: Vec<Judgement<'_>> = holds.iter().map(judgement).collect();
        of(
            judgements.iter().map(|one| (&line, one)),
            undecided.map(str::to_owned).into_iter().collect(),
            strict,
        )
    }

    fn code(holds: &[Holds], undecided: Option<&str>, strict: bool) -> u8 {
        end(holds, undecided, strict).unwrap_or_else(|failure| failure.exit()).code()
    }

    #[test]
    fn an_expectation_that_fails_counts_more_than_one_that_is_open() {
        assert_eq!(code(&[Holds::Holds, Holds::Inconclusive, Holds::Fails], None, true), 1);
    }

    #[test]
    fn what_is_open_matters_only_to_the_strict() {
        assert_eq!(code(&[Holds::Inconclusive], None, false), 0);
        assert_eq!(code(&[Holds::Inconclusive], None, true), 4);
        assert_eq!(code(&[Holds::Holds], Some("it is open"), false), 0);
        assert_eq!(code(&[Holds::Holds], Some("it is open"), true), 4);
        assert_eq!(code(&[Holds::Holds], None, true), 0);
    }

    #[test]
    fn the_reason_names_the_line_the_bound_and_what_was_found() {
        let failure = end(&[Holds::Fails], None, false).unwrap_err();
        let text = "error: \"hoods\": throughput at least 35 /h does not hold: it is 33.0 ± 1.0 /h\n";
        assert_eq!(failure.to_string(), text);
    }
}

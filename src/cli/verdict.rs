//! What the exit code says about a result: an expectation that does not hold, a question that is not decided.

use super::{Exit, Failure};
use crate::report;
use crate::stats::Verdict;
use crate::study::{Comparison, Holds, Judgement};

/// The end of a call that has printed its result. `undecided` is a question of the comparison that remains open.
pub(crate) fn of(judgements: &[Judgement<'_>], undecided: Option<String>, strict: bool) -> Result<Exit, Failure> {
    let some = |holds| judgements.iter().filter(move |judgement| judgement.holds == holds).map(sentence);
    let failed: Vec<String> = some(Holds::Fails).collect();
    if !failed.is_empty() {
        return Err(Failure::plain(Exit::ExpectationFails, failed.join("\nerror: ")));
    }
    let open: Vec<String> = some(Holds::Inconclusive).chain(undecided).collect();
    if strict && !open.is_empty() {
        let remedy = "more `--replications` or a longer `--length` make the intervals narrower";
        return Err(Failure::new(Exit::Inconclusive, open.join("\nerror: "), remedy));
    }
    Ok(Exit::Done)
}

fn sentence(judgement: &Judgement<'_>) -> String {
    let (expected, found) = (report::expected(judgement), report::found(judgement));
    match judgement.holds {
        Holds::Holds => format!("{expected} holds: it is {found}"),
        Holds::Fails => format!("{expected} does not hold: it is {found}"),
        Holds::Inconclusive => format!("{expected} is neither confirmed nor refuted: it is {found}"),
    }
}

/// The lines of which no difference in throughput to the baseline is seen, in words; other figures may differ.
pub(crate) fn undecided(comparisons: &[Comparison<'_>]) -> Option<String> {
    let decided = |comparison: &Comparison<'_>| {
        let throughput = comparison.kpis.iter().find(|kpi| kpi.kpi.name == "throughput");
        throughput.is_some_and(|kpi| !matches!(kpi.verdict, Verdict::NoDifferenceSeen | Verdict::TooFewRuns))
    };
    let open = comparisons.iter().filter(|comparison| !decided(comparison));
    let names: Vec<String> = open.map(|comparison| format!("\"{}\"", comparison.name)).collect();
    (!names.is_empty()).then(|| format!("no difference in throughput is seen between the baseline and {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi;
    use crate::line::Expectation;
    use crate::stats::Interval;

    fn code(holds: &[Holds], undecided: Option<&str>, strict: bool) -> u8 {
        let said = String::new();
        let expectation = Expectation { kpi: "throughput".to_owned(), at_least: true, bound: 35.0, said };
        let interval = Some(Interval { mean: 33.0, half_width: Some(1.0), n: 5 });
        let judgement = |holds: &Holds| {
            Judgement { expectation: &expectation, kpi: kpi::named("throughput"), interval, holds: *holds }
        };
        let judgements: Vec<Judgement<'_>> = holds.iter().map(judgement).collect();
        let end = of(&judgements, undecided.map(str::to_owned), strict);
        end.unwrap_or_else(|failure| failure.exit()).code()
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
}

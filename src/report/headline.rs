//! The first sentence of a report, for somebody who reads nothing else: what it says. It says only what the intervals allow.
//!
//! Page, terminal, JSON, Markdown and workbook begin with the same facts; the words are in `words/sentences.rs`. Read
//! [`Headline`] first.

use crate::kpi::{self, Figure};
use crate::stats::{Interval, Verdict};
use crate::study::{Comparison, FigureComparison, Findings, LineRanking, Study};
use crate::units::Money;

/// What is said first.
#[derive(Clone, Debug)]
pub enum Headline {
    /// What one line does.
    Alone {
        /// Its name.
        name: String,
        /// Good parts an hour.
        throughput: Option<Interval>,
        /// Energy per good part, and its unit.
        energy: Option<(Interval, String)>,
    },
    /// How a line differs from the baseline.
    Against {
        /// Its name.
        name: String,
        /// Good parts an hour.
        throughput: Option<ThroughputFact>,
        /// The relative change of the lead time, if one is seen.
        lead_time: Option<f64>,
        /// The relative change of the energy per good part, if one is seen.
        energy: Option<f64>,
        /// What its changes cost, one amount per currency.
        cost: Vec<Money>,
    },
    /// Which of several lines may be the best.
    Ranked {
        /// How many lines there are.
        lines: usize,
        /// By what they are ranked.
        figure: Figure,
        /// The name of the line with the best mean.
        best: String,
        /// That mean, and its unit.
        value: (Interval, String),
        /// The names of those that cannot be told apart from it.
        rivals: Vec<String>,
    },
}

/// What can be said of good parts an hour, after and before.
#[derive(Clone, Debug, PartialEq)]
pub enum ThroughputFact {
    /// They differ, by this relative change if there is one.
    Changed([f64; 2], Option<Interval>),
    /// No difference is seen; it lies between these ends.
    NoneSeen([f64; 2], Option<[f64; 2]>),
    /// There are too few replications to tell.
    TooFewRuns([f64; 2]),
}

/// What a report says first: of several lines the best, then each against the baseline; of one line what it does.
pub(super) fn headlines(
    names: &[String],
    studies: &[Study<'_>],
    comparisons: &[Comparison<'_>],
    findings: &Findings,
) -> Vec<Headline> {
    if let ([study], [name]) = (studies, names) {
        return vec![Headline::of_run(name, study)];
    }
    let ranked = findings.rankings.first().and_then(|ranking| Headline::of_ranking(names, ranking));
    let each =
        names.iter().skip(1).zip(comparisons).map(|(name, found)| Headline::of_comparison(name, found));
    ranked.into_iter().chain(each).collect()
}

impl Headline {
    /// What one line makes, and the energy that it takes.
    pub fn of_run(name: &str, study: &Study<'_>) -> Headline {
        let found = |name: &str| {
            let kpi = kpi::named(name)?;
            Some((study.interval(kpi)?, kpi.unit_in(study.line).into_owned()))
        };
        Headline::Alone {
            name: name.to_owned(),
            throughput: found("throughput").map(|(throughput, _)| throughput),
            energy: found("energy_per_good_part"),
        }
    }

    /// What a line does better or worse than the baseline: good parts an hour, lead time, energy, cost.
    pub fn of_comparison(name: &str, comparison: &Comparison<'_>) -> Headline {
        let found = |figure: &str| comparison.kpis.iter().find(|found| found.name() == figure);
        Headline::Against {
            name: name.to_owned(),
            throughput: found("throughput").map(ThroughputFact::of),
            lead_time: found("lead_time").and_then(change_seen),
            energy: found("energy_per_good_part").and_then(change_seen),
            cost: comparison.cost.clone(),
        }
    }

    /// Which of several lines may be the best.
    pub fn of_ranking(names: &[String], ranking: &LineRanking) -> Option<Headline> {
        let (first, others) = ranking.rows.split_first()?;
        let rivals = others.iter().filter(|row| row.may_be_best());
        Some(Headline::Ranked {
            lines: names.len(),
            figure: ranking.figure.clone(),
            best: names[first.number].clone(),
            value: (first.mean, ranking.unit.clone().into_owned()),
            rivals: rivals.map(|row| names[row.number].clone()).collect(),
        })
    }
}

impl ThroughputFact {
    fn of(found: &FigureComparison) -> ThroughputFact {
        let means = [found.mean.mean, found.baseline.mean];
        match found.verdict {
            Verdict::TooFewRuns => ThroughputFact::TooFewRuns(means),
            Verdict::NoDifferenceSeen => {
                let ends = found.difference.low().zip(found.difference.high());
                let ends = ends.filter(|(low, high)| low < high).map(|(low, high)| [low, high]);
                ThroughputFact::NoneSeen(means, ends)
            }
            Verdict::Better | Verdict::Worse | Verdict::Different => {
                ThroughputFact::Changed(means, found.change())
            }
        }
    }
}

/// The relative change, if a difference is seen.
fn change_seen(found: &FigureComparison) -> Option<f64> {
    match found.verdict {
        Verdict::NoDifferenceSeen | Verdict::TooFewRuns => None,
        Verdict::Better | Verdict::Worse | Verdict::Different => Some(found.relative?.mean),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lang, sample};
    use super::*;
    use crate::{study, units};

    #[test]
    fn the_sentence_has_the_numbers_of_the_comparison_and_the_cost() {
        let (text, throughput) = sample::with_compare(|report| {
            let comparison = &report.comparisons[0];
            let said = Headline::of_comparison("Faster bending", comparison).in_words(Lang::En);
            (said, comparison.kpis[0].clone())
        });
        let (before, after) = (units::number(throughput.baseline.mean), units::number(throughput.mean.mean));
        let begin = format!("\"Faster bending\" makes {after} instead of {before} good parts an hour (+");
        assert!(text.starts_with(&begin), "{text}");
        assert!(text.ends_with(" It costs 2.4 MCNY."), "{text}");
    }

    #[test]
    fn a_difference_that_is_not_seen_is_not_claimed() {
        let said = sample::with_compare(|report| {
            let same = study::compare(&report.studies[1], &report.studies[2], 1);
            Headline::of_comparison("the same", &same)
        });
        let Headline::Against { throughput: Some(throughput), lead_time: None, energy: None, .. } = said
        else {
            panic!("{said:?}")
        };
        assert!(matches!(throughput, ThroughputFact::NoneSeen(_, None)), "{throughput:?}");
    }

    #[test]
    fn lines_that_cannot_be_told_apart_are_named() {
        let text = sample::with_compare(|report| {
            let ranking = study::rank(report.studies, &Figure::of_line(kpi::ALL[0])).unwrap();
            Headline::of_ranking(&report.names(), &ranking).unwrap().in_words(Lang::En)
        });
        assert!(text.starts_with("Of 3 lines, \"Faster bending\" has the best throughput ("), "{text}");
        assert!(text.ends_with("but it cannot be told apart from \"Faster bending (2)\"."), "{text}");
    }
}

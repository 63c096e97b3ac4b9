//! Several lines ranked by one figure, with what can be told apart; and which of them no other beats in every figure.
//!
//! Every pair is compared replication by replication. The pairs share the error by Bonferroni, so that all differences hold
//! together at the confidence of the plan, also on common random numbers. A line that no other is better than may be the best; the
//! best is among these lines with that confidence (subset selection; Law, section 10.4). Read [`LineRanking`] first, then [`Tradeoff`].

use super::Study;
use crate::kpi::Figure;
use crate::stats::{self, Interval, Paired, Verdict};
use std::borrow::Cow;
use std::cmp::Ordering;

/// Lines in the order of a figure, the best first.
#[derive(Clone, Debug)]
pub struct LineRanking {
    /// By what they are ranked.
    pub figure: Figure,
    /// Its unit.
    pub unit: Cow<'static, str>,
    /// The confidence of each difference; all hold together at that of the plan.
    pub confidence: f64,
    /// The lines, by their means.
    pub rows: Vec<RankedLine>,
}

/// A line in a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedLine {
    /// Which of the studies.
    pub number: usize,
    /// The mean of the figure, at the confidence of the plan.
    pub mean: Interval,
    /// The best rank that it may have, from 1: one more than there are lines that are seen to be better.
    pub first: usize,
    /// The worst rank that it may have.
    pub last: usize,
}

impl RankedLine {
    /// Whether no other line is seen to be better.
    pub fn may_be_best(&self) -> bool {
        self.first == 1
    }
}

/// What all pairs of lines have shown of a figure.
struct AllPairs {
    /// The verdict on the second of two lines against the first, by both numbers.
    verdicts: Vec<Vec<Verdict>>,
}

impl AllPairs {
    /// `comparisons` share the error.
    fn of(studies: &[Study<'_>], figure: &Figure, confidence: f64) -> Option<AllPairs> {
        let higher = figure.better().higher()?;
        let values: Vec<Vec<Option<f64>>> = studies.iter().map(|study| study.values_of(figure)).collect();
        let against = |base: &Vec<Option<f64>>, other: &Vec<Option<f64>>| {
            let pairs = base.iter().zip(other).filter_map(|(before, after)| (*before).zip(*after));
            let (before, after): (Vec<f64>, Vec<f64>) = pairs.unzip();
            let paired = Paired::of(&before, &after, confidence);
            paired.map_or(Verdict::TooFewRuns, |paired| stats::verdict(&paired.difference, Some(higher)))
        };
        let row = |base| values.iter().map(|other| against(base, other)).collect();
        Some(AllPairs { verdicts: values.iter().map(row).collect() })
    }

    /// How many lines are seen to be better than a line, and how many worse.
    fn others(&self, number: usize) -> (usize, usize) {
        let count = |verdict| self.verdicts[number].iter().filter(|found| **found == verdict).count();
        (count(Verdict::Better), count(Verdict::Worse))
    }
}

/// The confidence of each difference when all pairs of lines are compared in so many figures.
fn of_each_pair(studies: &[Study<'_>], figures: usize) -> f64 {
    let (lines, asked) = (studies.len(), studies.first().map_or(0.95, |study| study.plan.confidence));
    stats::bonferroni(asked, figures * lines * lines.saturating_sub(1) / 2)
}

/// Ranks lines by a figure; `None` if neither more nor less of it is better, units differ, or a line has no value.
pub fn rank(studies: &[Study<'_>], figure: &Figure) -> Option<LineRanking> {
    let unit = figure.unit_in(studies.first()?.line);
    if studies.iter().any(|study| figure.unit_in(study.line) != unit) {
        return None;
    }
    let confidence = of_each_pair(studies, 1);
    let pairs = AllPairs::of(studies, figure, confidence)?;
    let row = |number: usize| {
        let mean = studies[number].interval_of(figure)?;
        let (better, worse) = pairs.others(number);
        Some(RankedLine { number, mean, first: better + 1, last: studies.len() - worse })
    };
    let mut rows: Vec<RankedLine> = (0..studies.len()).map(row).collect::<Option<_>>()?;
    let higher = figure.better().higher()?;
    let order = |one: &RankedLine, other: &RankedLine| {
        let rising = one.mean.mean.total_cmp(&other.mean.mean);
        if higher { rising.reverse() } else { rising }.then(one.number.cmp(&other.number))
    };
    rows.sort_by(order);
    Some(LineRanking { figure: figure.clone(), unit, confidence, rows })
}

/// Which lines no other beats in several figures at once: the Pareto front.
#[derive(Clone, Debug)]
pub struct Tradeoff {
    /// The figures that are weighed against each other.
    pub figures: Vec<Figure>,
    /// The confidence of each difference; all hold together at that of the plan.
    pub confidence: f64,
    /// One for each line.
    pub rows: Vec<TradeoffRow>,
}

/// A line among others with several figures.
#[derive(Clone, Debug, PartialEq)]
pub struct TradeoffRow {
    /// The means of the figures.
    pub means: Vec<Interval>,
    /// Whether no other line has a mean at least as good in every figure, and a better one in some figure.
    pub on_front: bool,
    /// Lines that are seen to be better in some figure and worse in none, with means at least as good in all: these beat it
    /// with the confidence of the plan.
    pub beaten_by: Vec<usize>,
}

/// Weighs figures against each other; `None` if a figure has no better side, or a line has no value of it.
pub fn tradeoff(studies: &[Study<'_>], figures: &[Figure]) -> Option<Tradeoff> {
    let confidence = of_each_pair(studies, figures.len());
    let pairs: Vec<AllPairs> =
        figures.iter().map(|figure| AllPairs::of(studies, figure, confidence)).collect::<Option<_>>()?;
    let means_of = |study: &Study<'_>| {
        figures.iter().map(|figure| study.interval_of(figure)).collect::<Option<Vec<_>>>()
    };
    let means: Vec<Vec<Interval>> = studies.iter().map(means_of).collect::<Option<_>>()?;
    // Whether the second line is at least as good, and where it is better, by the means.
    let compare = |one: usize, other: usize| {
        let sides = figures.iter().enumerate().map(|(nth, figure)| {
            let order = means[other][nth].mean.total_cmp(&means[one][nth].mean);
            if figure.better().higher() == Some(true) { order } else { order.reverse() }
        });
        let sides: Vec<Ordering> = sides.collect();
        (sides.iter().all(|side| side.is_ge()), sides.iter().any(|side| side.is_gt()))
    };
    let row = |number: usize| {
        let others = || (0..studies.len()).filter(move |other| *other != number);
        let verdict = |other: usize, nth: usize| pairs[nth].verdicts[number][other];
        let beats = |other: &usize| {
            let seen = |verdict_of| (0..figures.len()).any(|nth| verdict(*other, nth) == verdict_of);
            compare(number, *other).0 && seen(Verdict::Better) && !seen(Verdict::Worse)
        };
        let on_front = !others().any(|other| compare(number, other) == (true, true));
        TradeoffRow { means: means[number].clone(), on_front, beaten_by: others().filter(beats).collect() }
    };
    Some(Tradeoff { figures: figures.to_vec(), confidence, rows: (0..studies.len()).map(row).collect() })
}

#[cfg(test)]
mod tests {
    use super::super::test_lines::{WORKED_BY_HAND, serial, study};
    use super::*;
    use crate::kpi;
    use crate::stats::draws::ResamplingDraws;

    #[test]
    fn the_best_line_is_among_those_that_may_be_the_best_as_often_as_promised() {
        // Three lines on common random numbers, the first a little better than the others.
        const TRIALS: u32 = 1_000;
        let (line, mut draws) = (serial(&WORKED_BY_HAND), ResamplingDraws(31));
        let sample = study(&line);
        let throughput = Figure::of_line(kpi::ALL[0]);
        let (mut kept, mut all_right, mut told_apart) = (0, 0, 0);
        for _ in 0..TRIALS {
            let noise = draws.normals(10, 0.0, 2.0);
            let studies: Vec<Study<'_>> = [60.5, 60.0, 59.0]
                .iter()
                .map(|truth| {
                    let mut study = sample.clone();
                    study.outcomes =
                        (0..10).map(|nth| study.outcomes[nth % study.outcomes.len()].clone()).collect();
                    for (outcome, shared) in study.outcomes.iter_mut().zip(&noise) {
                        outcome.kpis[0] = Some(truth + shared + 0.5 * draws.normal());
                    }
                    study
                })
                .collect();
            let ranking = rank(&studies, &throughput).unwrap();
            let ranks = |number: usize| ranking.rows.iter().find(|row| row.number == number).unwrap();
            kept += u32::from(ranks(0).may_be_best());
            let right = |number: usize| (ranks(number).first..=ranks(number).last).contains(&(number + 1));
            all_right += u32::from((0..3).all(right));
            told_apart += u32::from(!ranks(2).may_be_best());
        }
        assert!(kept >= TRIALS * 95 / 100, "{kept}");
        // All ranks hold together, and most lines that differ by three times the noise are told apart.
        assert!(all_right >= TRIALS * 95 / 100, "{all_right}");
        assert!(told_apart >= TRIALS * 80 / 100, "{told_apart}");
    }
}

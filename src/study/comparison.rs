//! Lines compared with a baseline, replication by replication on common random numbers.
//!
//! Read [`Comparison`] first.

use super::{AssumedPowerCheck, ComparisonNote, PeriodStudy, Study};
use crate::kpi::{self, Figure, FigureOwner};
use crate::line::Change;
use crate::stats::{self, Interval, Paired, RelativeChange, Verdict};
use crate::units::Money;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// How a line differs from the baseline.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The name of the line.
    pub name: &'a str,
    /// What was changed against its base, with its cost.
    pub changes: &'a [Change],
    /// The sum of what the changes cost, one amount per currency.
    pub cost: Vec<Money>,
    /// The confidence of the differences, corrected when several lines are compared.
    pub confidence: f64,
    /// KPI by KPI, in the order of [`kpi::ALL`]; those without a value in any replication of both lines are left out, and money in
    /// two currencies.
    pub kpis: Vec<FigureComparison>,
    /// The same for each product and each element that both lines have, in the order of the baseline.
    pub others: Vec<FigureComparison>,
    /// The key figures by period, of the periods that both lines have; empty if figures by period were not asked for.
    pub periods: Vec<PeriodComparison>,
    /// What to know about these figures.
    pub notes: Vec<ComparisonNote>,
}

/// How the key figures of one period differ, such as those of all early shifts.
#[derive(Clone, Debug)]
pub struct PeriodComparison {
    /// The name of the period.
    pub name: String,
    /// KPI by KPI, as those of the whole window.
    pub kpis: Vec<FigureComparison>,
}

/// How one figure differs, over the replications in which both lines have a value.
#[derive(Clone, Debug)]
pub struct FigureComparison {
    /// Which figure.
    pub figure: Figure,
    /// Its unit in both lines.
    pub unit: Cow<'static, str>,
    /// The baseline's mean, at the confidence of the plan.
    pub baseline: Interval,
    /// The line's mean, at the confidence of the plan.
    pub mean: Interval,
    /// The mean difference, line less baseline, at the confidence of the comparison.
    pub difference: Interval,
    /// The change relative to the baseline; `None` when a value is zero or negative.
    pub relative: Option<RelativeChange>,
    /// The correlation over the replications; `None` when one of the lines never varies.
    pub correlation: Option<f64>,
    /// How many times more replications independent runs would need for the same interval; `None` when the difference
    /// never varies.
    pub variance_reduction: Option<f64>,
    /// The outcome in words.
    pub verdict: Verdict,
}

/// Compares every study but the first with the first.
pub fn compare_all<'a>(studies: &'a [Study<'_>]) -> Vec<Comparison<'a>> {
    let Some((base, others)) = studies.split_first() else { return Vec::new() };
    others.iter().map(|other| compare(base, other, others.len())).collect()
}

/// Compares a study with the baseline. When it is one of several `comparisons`, the differences get Bonferroni's
/// confidence, so that all of them hold together at the confidence of the plan.
///
/// Both must come from one [`run_all`](super::run_all), or from the same seed, warm-up and length.
pub fn compare<'a>(base: &Study<'_>, other: &'a Study<'_>, comparisons: usize) -> Comparison<'a> {
    let confidence = stats::bonferroni(base.plan.confidence, comparisons);
    let compared = |figure: &Figure| FigureComparison::of(base, other, figure, confidence);
    let kpis = compared_kpis(base, other, confidence);
    let others = figures_of_either(base, other).iter().filter_map(compared).collect();
    let mut notes = Vec::new();
    if comparisons > 1 {
        notes.push(ComparisonNote::SharedConfidence {
            lines: comparisons,
            asked: base.plan.confidence,
            used: confidence,
        });
    }
    notes.extend(kpis.iter().find(|kpi| kpi.name() == "throughput").and_then(ComparisonNote::of));
    let checks = AssumedPowerCheck::all(base, other, &kpis, confidence);
    notes.extend((!checks.is_empty()).then_some(ComparisonNote::AssumedPowers(checks)));
    let line = other.line;
    Comparison {
        name: &line.name,
        changes: &line.changes,
        cost: cost(&line.changes),
        confidence,
        kpis,
        others,
        periods: compared_periods(base, other, confidence),
        notes,
    }
}

fn compared_kpis(base: &Study<'_>, other: &Study<'_>, confidence: f64) -> Vec<FigureComparison> {
    let of = |kpi| FigureComparison::of(base, other, &Figure::of_line(kpi), confidence);
    let concerned =
        kpi::ALL.iter().copied().filter(|kpi| kpi.concerns(base.line) || kpi.concerns(other.line));
    concerned.filter_map(of).collect()
}

/// The periods that both lines have, in the order of the baseline.
fn compared_periods(base: &Study<'_>, other: &Study<'_>, confidence: f64) -> Vec<PeriodComparison> {
    let of = |one: &PeriodStudy<'_>| {
        let other = other.periods.iter().find(|other| other.period.name == one.period.name)?;
        let kpis = compared_kpis(&one.study, &other.study, confidence);
        Some(PeriodComparison { name: one.period.name.clone(), kpis })
    };
    base.periods.iter().filter_map(of).collect()
}

/// The figures of products and elements that occurred in either line, those of an owner together, in the order of the baseline.
fn figures_of_either(base: &Study<'_>, other: &Study<'_>) -> Vec<Figure> {
    let mut figures: Vec<Figure> = base.figures();
    let known: BTreeSet<String> = figures.iter().map(Figure::name).collect();
    figures.extend(other.figures().into_iter().filter(|figure| !known.contains(&figure.name())));
    figures.retain(|figure| figure.owner != FigureOwner::Line);
    let mut order: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (nth, figure) in figures.iter().enumerate() {
        order.entry((figure.owner.level(), figure.owner.name())).or_insert(nth);
    }
    let place = |figure: &Figure| order.get(&(figure.owner.level(), figure.owner.name())).copied();
    let mut sorted = figures.clone();
    sorted.sort_by_key(place);
    sorted
}

impl FigureComparison {
    /// Compares a figure of two studies on the same random numbers; `None` if it has no value in both, or two units.
    pub fn of(
        base: &Study<'_>,
        other: &Study<'_>,
        figure: &Figure,
        confidence: f64,
    ) -> Option<FigureComparison> {
        let unit = figure.unit_in(other.line);
        if unit != figure.unit_in(base.line) {
            return None;
        }
        let values = (base.values_of(figure), other.values_of(figure));
        FigureComparison::of_values(figure, unit, values, [base.plan.confidence, confidence])
    }

    /// Compares the values of a figure, replication by replication: means have the first confidence, the difference the second.
    pub(super) fn of_values(
        figure: &Figure,
        unit: Cow<'static, str>,
        (before, after): (Vec<Option<f64>>, Vec<Option<f64>>),
        [confidence, of_difference]: [f64; 2],
    ) -> Option<FigureComparison> {
        let pairs = before.into_iter().zip(after);
        let (before, after): (Vec<f64>, Vec<f64>) =
            pairs.filter_map(|(before, after)| before.zip(after)).unzip();
        let Paired { difference, relative, correlation, variance_reduction } =
            Paired::of(&before, &after, of_difference)?;
        let verdict = stats::verdict(&difference, figure.better().higher());
        let (baseline, mean) = (Interval::of(&before, confidence)?, Interval::of(&after, confidence)?);
        Some(FigureComparison {
            figure: figure.clone(),
            unit,
            baseline,
            mean,
            difference,
            relative,
            correlation,
            variance_reduction,
            verdict,
        })
    }

    /// The name of the figure, such as `throughput` or `weld.utilisation`.
    pub fn name(&self) -> String {
        self.figure.name()
    }

    /// The change relative to the baseline, of 1.
    pub fn change(&self) -> Option<Interval> {
        let relative = self.relative?;
        Some(Interval { mean: relative.mean, half_width: relative.half_width(), n: self.difference.n })
    }

    /// How much narrower the interval is than that of independent runs: the root of the variance reduction.
    pub fn narrower(&self) -> Option<f64> {
        self.variance_reduction.map(f64::sqrt)
    }
}

/// The sum of all costs, one amount per currency, in the order in which the currencies appear.
pub(crate) fn cost(changes: &[Change]) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for cost in changes.iter().filter_map(|change| change.cost) {
        match sums.iter_mut().find(|sum| sum.currency == cost.currency) {
            Some(sum) => sum.amount += cost.amount,
            None => sums.push(cost),
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_add_up_in_each_currency_by_itself() {
        let change = |cost: Option<&str>| Change {
            name: "change".to_owned(),
            cost: cost.and_then(|cost| Money::parse(cost).ok()),
        };
        let changes = [Some("2.4 MCNY"), None, Some("10 kEUR"), Some("0.1 MCNY")].map(change);
        let expected = ["2.5 MCNY", "10 kEUR"].map(|sum| Money::parse(sum).expect("an amount"));
        assert_eq!(cost(&changes), expected);
    }
}

//! Which change of an upgrade pays: each change alone, all changes but one, and Shapley's share of each in the whole gain.
//!
//! All lines run on the same random numbers, so a gain is a difference replication by replication. Shapley's share of a change is what
//! it adds, averaged over all orders in which the changes can be made (Shapley, *Contributions to the Theory of Games II*, 1953);
//! in every replication the shares add up to the whole gain. Up to [`EXACT`] changes all sets of changes run. Beyond that,
//! each replication draws orders of its own, each with its reverse; the intervals then cover this sampling too.
//! Changes that cannot be made without each other are one group. Read [`Attribution`] first, then [`attribute`].

use super::plan::{Counter, Pace};
use super::{StudyFailure, StudyPlan, Watch, replicate, side_by_side};
use crate::kernel::{Purpose, Stream, Time};
use crate::kpi::Figure;
use crate::line::Line;
use crate::stats::{self, Interval};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// So many groups of changes at most are attributed exactly.
pub const EXACT: usize = 8;
/// Beyond that, so many marginal effects are drawn in each replication.
const DRAWN: usize = 256;
/// No upgrade with more changes is taken apart.
pub const MOST_CHANGES: usize = 60;

/// A set of groups of changes, a bit for each.
pub type ChangeSet = u64;

/// What each change of an upgrade contributes.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The groups of changes, each with the names of the changes in it.
    pub groups: Vec<Vec<String>>,
    /// Whether all orders were averaged; else orders were drawn.
    pub exact: bool,
    /// How many different lines ran.
    pub lines: usize,
    /// One for each figure that has a value in every run.
    pub figures: Vec<FigureAttribution>,
}

/// What each group of changes contributes to one figure.
#[derive(Clone, Debug)]
pub struct FigureAttribution {
    /// Which figure.
    pub figure: Figure,
    /// Its unit.
    pub unit: Cow<'static, str>,
    /// The whole gain: with all changes less with none.
    pub total: Interval,
    /// One for each group.
    pub shares: Vec<ChangeShare>,
    /// Pairs of groups that together do more or less than the sum of both alone, where that is seen; the differences hold
    /// together at the confidence of the plan.
    pub interactions: Vec<Interaction>,
}

/// What a group of changes contributes.
#[derive(Clone, Copy, Debug)]
pub struct ChangeShare {
    /// The gain of this group without any other.
    pub alone: Interval,
    /// What the whole gain loses without this group.
    pub last: Interval,
    /// Shapley's share.
    pub share: Interval,
}

/// What two groups of changes do together beyond the sum of both alone.
#[derive(Clone, Copy, Debug)]
pub struct Interaction {
    /// The numbers of the groups.
    pub groups: (usize, usize),
    /// The gain of both less the gain of each alone.
    pub effect: Interval,
}

/// An upgrade taken apart: the groups of its changes, and the line with any set of them.
pub struct ChangeGame<'a> {
    /// The names of the changes in each group.
    pub groups: Vec<Vec<String>>,
    /// Builds the line with some groups of changes.
    pub line: &'a dyn Fn(ChangeSet) -> Option<Line>,
}

/// The values of all figures in one run.
type RunValues = Vec<Option<f64>>;

/// Runs the sets of changes that are needed and averages what each group adds. `None` in place of a line ends in
/// [`StudyFailure::Interrupted`], which groups that were found by reading all sets cannot cause.
pub fn attribute(
    game: &ChangeGame<'_>,
    figures: &[Figure],
    plan: &StudyPlan,
    warm_up: Time,
    watch: &Watch<'_>,
    planned: &dyn Fn(usize),
) -> Result<Attribution, StudyFailure> {
    let orders = Orders::of(game.groups.len(), plan);
    let runs = orders.runs(plan.replications);
    planned(runs.len());
    let mut lines: BTreeMap<ChangeSet, Line> = BTreeMap::new();
    for (set, _) in &runs {
        if !lines.contains_key(set) {
            lines.insert(*set, (game.line)(*set).ok_or(StudyFailure::Interrupted)?);
        }
    }
    let counter = Counter::new(watch, 0);
    let values = side_by_side::in_order(runs.len(), plan.jobs, &counter, |number, tell| {
        let (set, replication) = runs[number];
        let (line, pace) = (&lines[&set], Pace::new(warm_up + plan.length, watch, tell));
        let outcome = replicate::at_pace(line, plan, replication, warm_up, pace)?;
        let value = |figure: &Figure| outcome.value(line, figure.place_in(line)?);
        Ok(figures.iter().map(value).collect::<RunValues>())
    })?;
    let found: BTreeMap<(ChangeSet, u32), RunValues> = runs.into_iter().zip(values).collect();
    let unit =
        |figure: &Figure| lines.values().next().map_or(figure.unit().into(), |line| figure.unit_in(line));
    let one = |(nth, figure): (usize, &Figure)| {
        let game = FigureGame { found: &found, nth, orders: &orders, plan };
        game.attribution(figure, unit(figure))
    };
    Ok(Attribution {
        groups: game.groups.clone(),
        exact: orders.drawn.is_none(),
        lines: lines.len(),
        figures: figures.iter().enumerate().filter_map(one).collect(),
    })
}

/// In which orders the groups are added.
struct Orders {
    groups: usize,
    /// The orders of each replication; none if all sets run.
    drawn: Option<Vec<Vec<Vec<usize>>>>,
}

impl Orders {
    fn of(groups: usize, plan: &StudyPlan) -> Orders {
        let drawn = (groups > EXACT).then(|| {
            let pairs = DRAWN.div_ceil(2 * groups).max(1);
            (0..plan.replications)
                .map(|replication| drawn_orders(groups, pairs, plan.seed, replication))
                .collect()
        });
        Orders { groups, drawn }
    }

    fn all(&self) -> ChangeSet {
        (1 << self.groups) - 1
    }

    /// The sets that every replication runs: none, all, each alone, all but each, each pair.
    fn always(&self) -> Vec<ChangeSet> {
        let groups = 0..self.groups;
        let pairs = groups.clone().flat_map(|one| (0..one).map(move |other| (1 << one) | (1 << other)));
        let single = groups.flat_map(|one| [1 << one, self.all() & !(1 << one)]);
        let mut sets: Vec<ChangeSet> = [0, self.all()].into_iter().chain(single).chain(pairs).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    /// Every set with every replication that runs it.
    fn runs(&self, replications: u32) -> Vec<(ChangeSet, u32)> {
        let sets = |replication: u32| -> Vec<ChangeSet> {
            let Some(drawn) = &self.drawn else { return (0..=self.all()).collect() };
            let chains = drawn[replication as usize].iter().flat_map(|order| prefixes(order));
            let mut sets: Vec<ChangeSet> = self.always().into_iter().chain(chains).collect();
            sets.sort_unstable();
            sets.dedup();
            sets
        };
        (0..replications).flat_map(|number| sets(number).into_iter().map(move |set| (set, number))).collect()
    }
}

/// Orders of a replication, each followed by its reverse.
fn drawn_orders(groups: usize, pairs: usize, seed: u64, replication: u32) -> Vec<Vec<usize>> {
    let mut stream = Stream::new(seed, u64::from(replication), "attribution", Purpose::Dispatch, 0);
    let mut orders = Vec::with_capacity(2 * pairs);
    for _ in 0..pairs {
        let mut order: Vec<usize> = (0..groups).collect();
        // Fisher and Yates.
        for last in (1..groups).rev() {
            order.swap(last, (stream.unit() * (last + 1) as f64) as usize);
        }
        orders.push(order.clone());
        order.reverse();
        orders.push(order);
    }
    orders
}

/// The sets that an order passes, from none to all.
fn prefixes(order: &[usize]) -> impl Iterator<Item = ChangeSet> {
    let mut set = 0;
    std::iter::once(0).chain(order.iter().map(move |group| {
        set |= 1 << group;
        set
    }))
}

/// The values of one figure.
struct FigureGame<'a> {
    found: &'a BTreeMap<(ChangeSet, u32), RunValues>,
    nth: usize,
    orders: &'a Orders,
    plan: &'a StudyPlan,
}

impl FigureGame<'_> {
    fn value(&self, set: ChangeSet, replication: u32) -> Option<f64> {
        *self.found.get(&(set, replication))?.get(self.nth)?
    }

    /// The mean of something over the replications; `None` if it is unknown in one of them.
    fn mean(&self, confidence: f64, of: impl Fn(u32) -> Option<f64>) -> Option<Interval> {
        let values: Vec<f64> = (0..self.plan.replications).map(of).collect::<Option<_>>()?;
        Interval::of(&values, confidence)
    }

    fn attribution(&self, figure: &Figure, unit: Cow<'static, str>) -> Option<FigureAttribution> {
        let (all, confidence) = (self.orders.all(), self.plan.confidence);
        let gain = |to: ChangeSet, from: ChangeSet| {
            self.mean(confidence, |number| Some(self.value(to, number)? - self.value(from, number)?))
        };
        let share = |group: usize| {
            let bit = 1 << group;
            let share = self.mean(confidence, |number| self.share(group, number))?;
            Some(ChangeShare { alone: gain(bit, 0)?, last: gain(all, all & !bit)?, share })
        };
        let shares = (0..self.orders.groups).map(share).collect::<Option<Vec<_>>>()?;
        let (figure, interactions) = (figure.clone(), self.interactions());
        Some(FigureAttribution { figure, unit, total: gain(all, 0)?, shares, interactions })
    }

    /// Shapley's share of a group in one replication.
    fn share(&self, group: usize, replication: u32) -> Option<f64> {
        match &self.orders.drawn {
            None => self.exact_share(group, replication),
            Some(drawn) => {
                let orders = &drawn[replication as usize];
                let added = orders.iter().map(|order| self.added(group, order, replication));
                Some(added.collect::<Option<Vec<f64>>>()?.iter().sum::<f64>() / orders.len() as f64)
            }
        }
    }

    /// What a group adds where it stands in an order.
    fn added(&self, group: usize, order: &[usize], replication: u32) -> Option<f64> {
        let before =
            order.iter().take_while(|other| **other != group).fold(0, |set, other| set | (1 << other));
        Some(self.value(before | (1 << group), replication)? - self.value(before, replication)?)
    }

    /// The mean over all orders: a set of s other groups stands before it in s! (n - s - 1)! of n! orders.
    fn exact_share(&self, group: usize, replication: u32) -> Option<f64> {
        let (groups, bit) = (self.orders.groups, 1 << group);
        let others = (0..=self.orders.all()).filter(|set| set & bit == 0);
        let added = others.map(|set: ChangeSet| {
            let gain = self.value(set | bit, replication)? - self.value(set, replication)?;
            Some(gain * weight(set.count_ones() as usize, groups))
        });
        Some(added.collect::<Option<Vec<f64>>>()?.iter().sum())
    }

    fn interactions(&self) -> Vec<Interaction> {
        let groups = self.orders.groups;
        let confidence = stats::bonferroni(self.plan.confidence, groups * groups.saturating_sub(1) / 2);
        let effect = |one: usize, other: usize| {
            let (first, second) = (1 << one, 1 << other);
            let value = |set, number| self.value(set, number);
            let effect = self.mean(confidence, |number| {
                Some(
                    value(first | second, number)? - value(first, number)? - value(second, number)?
                        + value(0, number)?,
                )
            })?;
            Some(Interaction { groups: (one, other), effect })
        };
        let pairs = (0..groups).flat_map(|one| (one + 1..groups).map(move |other| (one, other)));
        let seen = |found: &Interaction| {
            let (low, high) = (found.effect.low(), found.effect.high());
            // Sums of floats may be off by their last digits.
            low.zip(high).is_some_and(|(low, high)| low > 1e-9 || high < -1e-9)
        };
        pairs.filter_map(|(one, other)| effect(one, other)).filter(seen).collect()
    }
}

/// s! (n - s - 1)! / n!, without large numbers: 1 / (n (n - 1 over s)).
fn weight(before: usize, groups: usize) -> f64 {
    let ways = (0..before).fold(1.0, |ways, nth| ways * (groups - 1 - nth) as f64 / (nth + 1) as f64);
    1.0 / (groups as f64 * ways)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_all_sets_before_a_change_add_up_to_one() {
        for groups in 1..=EXACT {
            let sets = 0..1u64 << (groups - 1);
            let sum: f64 = sets.map(|set| weight(set.count_ones() as usize, groups)).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{groups}: {sum}");
        }
        assert!((weight(1, 3) - 1.0 / 6.0).abs() < 1e-15);
    }

    #[test]
    fn an_order_and_its_reverse_have_every_change_once() {
        for order in drawn_orders(12, 4, 7, 3) {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..12).collect::<Vec<_>>());
            assert_eq!(prefixes(&order).last(), Some((1 << 12) - 1));
        }
        assert_ne!(drawn_orders(12, 1, 7, 3), drawn_orders(12, 1, 7, 4));
    }
}

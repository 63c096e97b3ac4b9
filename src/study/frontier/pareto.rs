//! Which settings no other beats, and which is the best under the limit: on points, without a line.
//!
//! Read [`SettingPoint`] first, then [`front`] and [`best`].

use std::cmp::Ordering;

/// What a setting came to, turned so that less cost and more gain are better.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SettingPoint {
    /// The mean cost.
    pub(super) cost: f64,
    /// The mean gain.
    pub(super) gain: f64,
    /// Whether its loss of gain is shown not to exceed the limit.
    pub(super) within_limit: bool,
    /// How many fields it changes.
    pub(super) changes: usize,
    /// What it changes, in an order that does not depend on that of the choices.
    pub(super) name: String,
}

impl SettingPoint {
    /// Of two that are equally good: the one with fewer changes, then by name.
    fn simpler(&self, other: &SettingPoint) -> Ordering {
        self.changes.cmp(&other.changes).then_with(|| self.name.cmp(&other.name))
    }
}

/// The numbers of the points that no other beats, the one with most gain first. A point is beaten by another that costs no more,
/// gains no less, and is better in one of them. Of equal points the simplest stands for all.
pub(super) fn front(points: &[Option<SettingPoint>]) -> Vec<usize> {
    let known = points.iter().enumerate().filter_map(|(nth, point)| Some((nth, point.as_ref()?)));
    let mut sorted: Vec<(usize, &SettingPoint)> = known.collect();
    sorted.sort_by(|(_, one), (_, other)| {
        let by_figures = one.cost.total_cmp(&other.cost).then(other.gain.total_cmp(&one.gain));
        by_figures.then_with(|| one.simpler(other))
    });
    let (mut found, mut most) = (Vec::new(), f64::NEG_INFINITY);
    for (nth, point) in sorted {
        if point.gain > most {
            most = point.gain;
            found.push(nth);
        }
    }
    found.reverse();
    found
}

/// The number of the point within the limit that costs least; of those that cost the same, the one with fewest changes.
pub(super) fn best(points: &[Option<SettingPoint>]) -> Option<usize> {
    let known = points.iter().enumerate().filter_map(|(nth, point)| Some((nth, point.as_ref()?)));
    let within = known.filter(|(_, point)| point.within_limit);
    let least = within
        .min_by(|(_, one), (_, other)| one.cost.total_cmp(&other.cost).then_with(|| one.simpler(other)));
    least.map(|(nth, _)| nth)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::draws::ResamplingDraws;

    fn point(cost: f64, gain: f64, changes: usize) -> Option<SettingPoint> {
        Some(SettingPoint { cost, gain, within_limit: true, changes, name: format!("{changes}") })
    }

    #[test]
    fn a_point_that_costs_more_and_gains_less_is_not_on_the_front() {
        let points = [point(5.0, 60.0, 0), point(4.0, 58.0, 1), point(4.5, 57.0, 1), point(3.0, 50.0, 2)];
        assert_eq!(front(&points), [0, 1, 3]);
    }

    #[test]
    fn of_points_that_cost_the_same_the_one_that_gains_more_stays() {
        let points = [point(4.0, 57.0, 0), point(4.0, 58.0, 3), point(5.0, 58.0, 1)];
        assert_eq!(front(&points), [1]);
    }

    #[test]
    fn of_equal_points_the_one_with_fewest_changes_stands_for_all() {
        let points = [point(4.0, 57.0, 2), point(4.0, 57.0, 1), None, point(4.0, 57.0, 3)];
        assert_eq!(front(&points), [1]);
        assert_eq!(best(&points), Some(1));
    }

    #[test]
    fn the_best_costs_least_within_the_limit_and_ties_go_to_fewer_changes() {
        let beyond =
            |cost: f64| point(cost, 10.0, 1).map(|point| SettingPoint { within_limit: false, ..point });
        let points = [point(5.0, 60.0, 0), beyond(1.0), point(4.0, 50.0, 2), point(4.0, 49.0, 1)];
        assert_eq!(best(&points), Some(3));
        assert_eq!(best(&points[..2]), Some(0));
        assert_eq!(best(&[beyond(1.0), None]), None);
    }

    #[test]
    fn the_front_is_that_of_the_definition_on_random_points_with_ties() {
        let mut draws = ResamplingDraws(17);
        for _ in 0..200 {
            let mut digit = || (draws.normal() * 2.0).round() + 0.0;
            let points: Vec<_> = (0..25).map(|nth| point(digit(), digit(), nth)).collect();
            let of = |nth: usize| points[nth].as_ref().unwrap();
            let beats = |other: usize, one: usize| {
                let (one, other) = (of(one), of(other));
                other.cost <= one.cost
                    && other.gain >= one.gain
                    && (other.cost, other.gain) != (one.cost, one.gain)
            };
            let stands_for = |other: usize, one: usize| {
                other < one && (of(other).cost, of(other).gain) == (of(one).cost, of(one).gain)
            };
            let stays = |one: &usize| !(0..25).any(|other| beats(other, *one) || stands_for(other, *one));
            let expected: Vec<usize> = (0..25).filter(stays).collect();
            let mut found = front(&points);
            assert!(found.windows(2).all(|pair| of(pair[0]).gain > of(pair[1]).gain));
            found.sort_unstable();
            assert_eq!(found, expected);
        }
    }
}

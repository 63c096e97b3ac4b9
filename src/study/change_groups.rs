//! The changes of an upgrade in groups that can be made without each other.
//!
//! A change may set a field of an element that another adds; then neither has a meaning alone, and both are one group. Read
//! [`grouped`] first.

use super::attribution::{ChangeSet, EXACT};

/// Puts changes together until every set of groups can be made; `fits` says whether a set of changes can. Up to [`EXACT`] groups all
/// sets are tried, beyond that every group alone, all but each, every pair, and the first so many in a row.
pub fn grouped(changes: usize, fits: &dyn Fn(&[bool]) -> bool) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..changes).map(|change| vec![change]).collect();
    while let Some(wrong) = first_that_fails(&groups, changes, fits) {
        let (one, other) = needs(&groups, wrong, changes, fits);
        let joined = groups.remove(one.max(other));
        groups[one.min(other)].extend(joined);
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort();
    }
    groups
}

/// The changes in a set of groups.
pub fn members(groups: &[Vec<usize>], set: ChangeSet, changes: usize) -> Vec<bool> {
    let mut chosen = vec![false; changes];
    let inside = groups.iter().enumerate().filter(|(nth, _)| set & (1 << nth) != 0);
    inside.flat_map(|(_, group)| group).for_each(|change| chosen[*change] = true);
    chosen
}

/// The smallest set that cannot be made; none and all always can.
fn first_that_fails(
    groups: &[Vec<usize>],
    changes: usize,
    fits: &dyn Fn(&[bool]) -> bool,
) -> Option<ChangeSet> {
    let all: ChangeSet = (1 << groups.len()) - 1;
    let mut sets: Vec<ChangeSet> = if groups.len() <= EXACT {
        (1..all).collect()
    } else {
        let single = (0..groups.len()).flat_map(|nth| [1 << nth, all & !(1 << nth), (1 << nth) - 1]);
        let pairs = (0..groups.len()).flat_map(|one| (0..one).map(move |other| (1 << one) | (1 << other)));
        single.chain(pairs).filter(|set| *set != 0).collect()
    };
    sets.sort_by_key(|set: &ChangeSet| (set.count_ones(), *set));
    sets.into_iter().find(|set| !fits(&members(groups, *set, changes)))
}

/// Two groups to put together so that a set that cannot be made comes closer to one that can: a group of the set, and the group that
/// makes the set whole; else one before it, which is most often what it needs.
fn needs(
    groups: &[Vec<usize>],
    wrong: ChangeSet,
    changes: usize,
    fits: &dyn Fn(&[bool]) -> bool,
) -> (usize, usize) {
    let inside = (0..groups.len()).rev().find(|nth| wrong & (1 << nth) != 0).unwrap_or(0);
    let outside = || (0..groups.len()).filter(|nth| wrong & (1 << nth) == 0);
    let helps = |nth: &usize| fits(&members(groups, wrong | (1 << nth), changes));
    let other = outside().find(helps).or_else(|| outside().next());
    (inside, other.unwrap_or(if inside == 0 { 1 } else { 0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_need_each_other_are_one_group_and_the_others_stay_apart() {
        // The third needs the first.
        let fits = |chosen: &[bool]| !chosen[2] || chosen[0];
        assert_eq!(grouped(4, &fits), [vec![0, 2], vec![1], vec![3]]);
        assert_eq!(grouped(3, &|_| true), [[0], [1], [2]]);
        // The last needs both others; one of twelve needs the one before it.
        let both = |chosen: &[bool]| !chosen[2] || (chosen[0] && chosen[1]);
        assert_eq!(grouped(3, &both), [vec![0, 1, 2]]);
        let late = |chosen: &[bool]| !chosen[11] || chosen[10];
        assert_eq!(grouped(12, &late).last(), Some(&vec![10, 11]));
    }

    #[test]
    fn grouping_ends_whatever_fits() {
        assert_eq!(grouped(5, &|_| false).len(), 1);
        assert!(grouped(0, &|_| true).is_empty());
    }
}

//! The search on made-up settings: against all of them, in any order of the choices, and at its ends.

use super::Choice;
use super::pareto::{SettingPoint, best, front};
use super::search::{Explored, SearchEnd, explore};
use super::space::{ChosenOptions, SettingSpace};
use std::collections::BTreeSet;

fn space(names: &[&str], options: usize) -> SettingSpace {
    let options: Vec<String> = (1..=options).map(|value| value.to_string()).collect();
    let choice = |name: &&str| Choice { path: (*name).to_owned(), options: options.clone() };
    SettingSpace { choices: names.iter().map(choice).collect() }
}

/// The numbers of the options by the names of the choices.
fn by_name(space: &SettingSpace, chosen: &ChosenOptions) -> Vec<usize> {
    let mut named: Vec<(&str, usize)> =
        space.choices.iter().map(|choice| &*choice.path).zip(chosen.0.iter().copied()).collect();
    named.sort_unstable();
    named.into_iter().map(|(_, option)| option).collect()
}

/// Explores with cost and gain of the options, given in the order of the names.
fn explored(space: &SettingSpace, most: usize, of: &dyn Fn(&[usize]) -> (f64, f64)) -> Explored {
    let mut evaluate = |settings: &[ChosenOptions]| {
        let point = |chosen: &ChosenOptions| {
            let (cost, gain) = of(&by_name(space, chosen));
            let (changes, name) = (chosen.changes(), space.canonical(chosen));
            Some(SettingPoint { cost, gain, within_limit: gain >= -1.0, changes, name })
        };
        Ok(settings.iter().map(point).collect())
    };
    explore(space, most, &mut evaluate).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The settings on the frontier and the best, whatever the order of the choices.
fn found(space: &SettingSpace, explored: &Explored) -> (BTreeSet<Vec<usize>>, Vec<usize>) {
    let setting = |nth: usize| by_name(space, &explored.tried[nth]);
    let on_front = front(&explored.points).into_iter().map(setting).collect();
    (on_front, setting(best(&explored.points).expect("the baseline is within the limit")))
}

/// Each option saves in its own measure and loses in another; every sum is different.
fn separable(options: &[usize]) -> (f64, f64) {
    let saves =
        [[0.0, 1.13, 2.9, 3.17], [0.0, 0.57, 0.71, 2.03], [0.0, 1.91, 1.37, 4.71], [0.0, 0.29, 0.83, 0.61]];
    let loses = [[0.0, 0.31, 0.9, 2.2], [0.0, 0.05, 0.6, 0.7], [0.0, 0.75, 0.4, 3.1], [0.0, 0.02, 0.45, 0.5]];
    let sum =
        |table: &[[f64; 4]; 4]| options.iter().zip(table).map(|(option, row)| row[*option]).sum::<f64>();
    (10.0 - sum(&saves), -sum(&loses))
}

/// The same with two choices that help each other.
fn with_interaction(options: &[usize]) -> (f64, f64) {
    let (cost, gain) = separable(options);
    let both = if options[0] > 1 && options[1] > 1 { 0.77 } else { 0.0 };
    (cost - both, gain - both / 7.0)
}

#[test]
fn a_search_that_runs_to_its_end_finds_the_frontier_of_all_settings() {
    let space = space(&["a", "b", "c", "d"], 3);
    for of in [separable, with_interaction] {
        let all = explored(&space, 256, &of);
        assert_eq!((all.end, all.tried.len()), (SearchEnd::All, 256));
        // One less than there are, so that it searches.
        let searched = explored(&space, 255, &of);
        assert_eq!(searched.end, SearchEnd::NothingNew);
        assert!(searched.tried.len() < 250, "{}", searched.tried.len());
        assert_eq!(found(&space, &searched), found(&space, &all));
        assert!(found(&space, &all).0.len() > 10);
    }
}

#[test]
fn another_order_of_the_choices_finds_the_same_settings() {
    let [one, other] = [["a", "b", "c", "d"], ["d", "b", "a", "c"]].map(|names| space(&names, 3));
    let [first, second] = [&one, &other].map(|space| explored(space, 255, &with_interaction));
    assert_eq!((first.end, second.end), (SearchEnd::NothingNew, SearchEnd::NothingNew));
    assert_eq!(found(&one, &first), found(&other, &second));
}

#[test]
fn no_setting_is_evaluated_twice_and_the_limit_is_kept() {
    let space = space(&["a", "b", "c", "d"], 3);
    for most in [2, 13, 14, 40, 255] {
        let explored = explored(&space, most, &separable);
        let distinct: BTreeSet<&ChosenOptions> = explored.tried.iter().collect();
        assert_eq!((distinct.len(), explored.points.len()), (explored.tried.len(), explored.tried.len()));
        assert!(explored.tried.len() <= most);
        assert_eq!(explored.tried[0], space.baseline());
        assert_eq!(explored.end == SearchEnd::Most, most < 255, "{most}");
        assert!(explored.end != SearchEnd::Most || explored.tried.len() == most);
    }
}

#[test]
fn a_search_first_follows_the_best_setting() {
    let space = space(&["a", "b", "c", "d"], 3);
    // The baseline and its 12 neighbours, then those of the best.
    let searched = explored(&space, 20, &separable);
    let (_, best) = found(&space, &explored(&space, 13, &separable));
    let next = &searched.tried[13..];
    assert_eq!(next.len(), 7);
    for chosen in next {
        let differing = by_name(&space, chosen).iter().zip(&best).filter(|(one, other)| one != other).count();
        assert_eq!(differing, 1, "{chosen:?}");
    }
}

#[test]
fn a_search_ends_where_no_neighbour_is_better_or_different() {
    // Every setting costs more, so the frontier is the baseline alone.
    let space = space(&["a", "b", "c", "d"], 3);
    let explored = explored(&space, 100, &|options| (options.iter().sum::<usize>() as f64, 0.0));
    assert_eq!((explored.end, explored.tried.len()), (SearchEnd::NothingNew, 13));
    assert_eq!(front(&explored.points), [0]);
}

#[test]
fn a_million_settings_need_no_more_memory_than_those_that_are_evaluated() {
    let space = space(&["a", "b", "c", "d"], 999);
    let explored = explored(&space, 50, &|options| (-(options[0] as f64), -(options[1] as f64)));
    assert_eq!((explored.end, explored.tried.len()), (SearchEnd::Most, 50));
}

//! Who waits for whom among those who hold and wait.

use super::Pools;
use super::pools_tests::{allocate, ask, pools};
use crate::event::Slot;

/// The elements that will never get what they wait for, each with the one that it waits for.
fn locked(pools: &mut Pools) -> Vec<(u32, u32)> {
    pools.finds_deadlock();
    let elements = (0..20).map(Slot).filter(|element| pools.is_locked(*element));
    elements.map(|element| (element.0, pools.blocker_of(element).expect("a holder").0)).collect()
}

/// Two elements that hold one each of lenders with so many, and ask for one of the other.
fn crossed(sizes: [u32; 2]) -> Pools {
    let mut pools = pools(&sizes);
    ask(&mut pools, 0, 1, 0, &[100]);
    ask(&mut pools, 1, 1, 0, &[101]);
    allocate(&mut pools);
    ask(&mut pools, 0, 1, 0, &[101]);
    ask(&mut pools, 1, 1, 0, &[100]);
    pools
}

#[test]
fn two_that_hold_one_each_and_want_the_others_are_a_deadlock() {
    let mut pools = crossed([1, 1]);
    assert!(pools.finds_deadlock());
    assert_eq!(locked(&mut pools), [(0, 1), (1, 0)]);
    assert!(!pools.finds_deadlock(), "it is reported once");
}

#[test]
fn one_more_of_either_resource_and_there_is_none() {
    let mut pools = crossed([1, 2]);
    assert!(!pools.finds_deadlock());
    assert_eq!(locked(&mut pools), []);
    assert_eq!(allocate(&mut pools), [(0, 101)]);
}

#[test]
fn a_holder_that_waits_for_nothing_gives_back_in_the_end() {
    // The second place is held by one that goes on.
    let mut pools = pools(&[1, 2]);
    let others = ask(&mut pools, 2, 1, 0, &[101]);
    for (element, lender) in [(0, 100), (1, 101)] {
        ask(&mut pools, element, 1, 0, &[lender]);
    }
    allocate(&mut pools);
    ask(&mut pools, 0, 1, 0, &[101]);
    ask(&mut pools, 1, 1, 0, &[100]);
    assert!(!pools.finds_deadlock());
    pools.give_back(others);
    assert_eq!(allocate(&mut pools), [(0, 101)]);
}

#[test]
fn one_behind_a_deadlock_waits_for_it_and_one_at_another_lender_does_not() {
    let mut pools = crossed([1, 1]);
    pools.set_size(Slot(102), 1);
    assert!(pools.finds_deadlock());
    ask(&mut pools, 2, 1, 0, &[100]);
    ask(&mut pools, 3, 1, 0, &[100, 102]);
    assert_eq!(locked(&mut pools), [(0, 1), (1, 0), (2, 0)]);
    assert_eq!(allocate(&mut pools), [(3, 102)]);
}

#[test]
fn a_request_that_is_withdrawn_ends_the_deadlock() {
    let mut pools = pools(&[1, 1]);
    ask(&mut pools, 0, 1, 0, &[100]);
    ask(&mut pools, 1, 1, 0, &[101]);
    allocate(&mut pools);
    let second = ask(&mut pools, 0, 1, 0, &[101]);
    ask(&mut pools, 1, 1, 0, &[100]);
    assert_eq!(locked(&mut pools).len(), 2);
    pools.give_back(second);
    assert_eq!(locked(&mut pools), []);
}

#[test]
fn what_there_is_not_enough_of_is_waited_for_until_there_is() {
    let mut pools = pools(&[1]);
    ask(&mut pools, 4, 2, 0, &[100]);
    assert_eq!(locked(&mut pools), [(4, 4)]);
    // It is no use to keep anything for it.
    ask(&mut pools, 5, 1, 0, &[100]);
    assert_eq!(allocate(&mut pools), [(5, 100)]);
    pools.set_size(Slot(100), 3);
    assert_eq!(locked(&mut pools), []);
    assert_eq!(allocate(&mut pools), [(4, 100)]);
}

#[test]
fn one_that_waits_for_the_rest_of_what_it_holds_itself_waits_for_itself() {
    let mut pools = pools(&[2]);
    ask(&mut pools, 6, 1, 0, &[100]);
    allocate(&mut pools);
    ask(&mut pools, 6, 2, 0, &[100]);
    assert_eq!(locked(&mut pools), [(6, 6)]);
}

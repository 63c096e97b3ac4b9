//! Who is served first, at the pools alone; against a simpler way to say it wherever there is one.

use super::{Grant, Pools, Request, Token};
use crate::event::{ResourcePurpose, Slot};
use crate::kernel::Time;
use std::collections::BTreeMap;

/// Pools whose lenders, numbered from 100, have so many each.
pub(super) fn pools(sizes: &[u32]) -> Pools {
    let mut pools = Pools::default();
    for (lender, size) in (100..).zip(sizes) {
        pools.set_size(Slot(lender), *size);
    }
    pools
}

/// An element asks these lenders for some.
pub(super) fn ask(pools: &mut Pools, element: u32, quantity: u32, priority: i32, from: &[u32]) -> Token {
    let token = pools.next_token();
    let from = from.iter().copied().map(Slot).collect();
    let request = Request { purpose: ResourcePurpose::Repair, quantity, priority, from };
    pools.wait(token, Slot(element), request);
    token
}

/// Which element is granted something now, by which lender.
pub(super) fn allocate(pools: &mut Pools) -> Vec<(u32, u32)> {
    let next = pools.next_lender();
    let grants = pools.allocate(Time(5));
    assert_eq!(next, grants.first().map(|allocate| allocate.holding.lender), "what is announced is done");
    grants.iter().map(|allocate| (allocate.holding.holder.0, allocate.holding.lender.0)).collect()
}

#[test]
fn the_highest_priority_is_served_first_and_of_equals_the_oldest() {
    let mut pools = pools(&[1]);
    let tokens: Vec<Token> =
        (0..).zip([0, 2, 2]).map(|(i, rank)| ask(&mut pools, i, 1, rank, &[100])).collect();
    assert_eq!(allocate(&mut pools), [(1, 100)]);
    assert_eq!(allocate(&mut pools), []);
    pools.give_back(tokens[1]);
    assert_eq!(allocate(&mut pools), [(2, 100)]);
    pools.give_back(tokens[2]);
    assert_eq!(allocate(&mut pools), [(0, 100)]);
}

#[test]
fn the_pools_know_who_holds_how_many_of_what_and_since_when() {
    let mut pools = pools(&[3]);
    let token = ask(&mut pools, 7, 2, 0, &[100]);
    let granted: Vec<Grant> = pools.allocate(Time(9));
    assert_eq!((granted.len(), granted[0].token, granted[0].busy), (1, token, 2));
    let held: Vec<_> = pools.holdings().copied().collect();
    assert_eq!(held, [granted[0].holding]);
    let holding = held[0];
    assert_eq!((holding.holder, holding.lender, holding.quantity), (Slot(7), Slot(100), 2));
    assert_eq!((holding.purpose, holding.since), (ResourcePurpose::Repair, Time(9)));
    let back = pools.give_back(token).expect("it was held");
    assert_eq!((back.holding, back.busy), (holding, 0));
    assert_eq!((pools.holdings().count(), pools.busy(Slot(100))), (0, 0));
    assert_eq!(pools.give_back(token), None, "only once");
}

#[test]
fn a_large_request_is_granted_whole_and_smaller_ones_do_not_overtake_it_at_its_lender() {
    let mut pools = pools(&[3, 1]);
    let first = ask(&mut pools, 0, 1, 0, &[100]);
    let second = ask(&mut pools, 1, 1, 0, &[100]);
    assert_eq!(allocate(&mut pools), [(0, 100), (1, 100)]);
    // One of three is left: not enough for two, and no longer there for those behind, except at the other lender.
    ask(&mut pools, 2, 2, 0, &[100]);
    ask(&mut pools, 3, 1, 0, &[100]);
    ask(&mut pools, 4, 1, 0, &[100, 101]);
    assert_eq!(allocate(&mut pools), [(4, 101)]);
    // A higher priority comes before it, and is served.
    ask(&mut pools, 5, 1, 1, &[100]);
    assert_eq!(allocate(&mut pools), [(5, 100)]);
    pools.give_back(first);
    assert_eq!(allocate(&mut pools), []);
    pools.give_back(second);
    assert_eq!(allocate(&mut pools), [(2, 100)]);
}

#[test]
fn a_request_that_is_withdrawn_is_never_granted_and_holds_up_nobody() {
    let mut pools = pools(&[2]);
    ask(&mut pools, 0, 1, 0, &[100]);
    allocate(&mut pools);
    let large = ask(&mut pools, 1, 2, 0, &[100]);
    ask(&mut pools, 2, 1, 0, &[100]);
    assert_eq!(allocate(&mut pools), []);
    assert_eq!(pools.give_back(large), None);
    assert_eq!(allocate(&mut pools), [(2, 100)]);
}

#[test]
fn a_lender_that_becomes_smaller_takes_nothing_away() {
    let mut pools = pools(&[2]);
    let tokens = [0, 1].map(|element| ask(&mut pools, element, 1, 0, &[100]));
    allocate(&mut pools);
    pools.set_size(Slot(100), 1);
    ask(&mut pools, 2, 1, 0, &[100]);
    assert_eq!((pools.busy(Slot(100)), allocate(&mut pools)), (2, vec![]));
    pools.give_back(tokens[0]);
    assert_eq!((pools.busy(Slot(100)), allocate(&mut pools)), (1, vec![]));
    pools.give_back(tokens[1]);
    assert_eq!(allocate(&mut pools), [(2, 100)]);
}

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(end)) as u32
    }
}

const LENDERS: [u32; 3] = [100, 101, 102];

/// One request as the test sees it.
#[derive(Clone)]
struct Asked {
    element: u32,
    quantity: u32,
    priority: i32,
    from: Vec<u32>,
}

/// What a round of grants must be: each request in line takes from the first lender that has enough and that no request before
/// it still waits for.
fn by_hand(line: &mut Vec<(Token, Asked)>, free: &mut BTreeMap<u32, u32>, sizes: &[u32]) -> Vec<(u32, u32)> {
    line.sort_by_key(|(token, asked)| (-asked.priority, *token));
    let (mut granted, mut left) = (Vec::new(), Vec::<(Token, Asked)>::new());
    for (token, asked) in line.drain(..) {
        let size = |lender: u32| sizes[lender as usize - 100];
        let waited_for = |lender: u32| {
            left.iter().any(|(_, other)| other.from.contains(&lender) && other.quantity <= size(lender))
        };
        let found =
            asked.from.iter().copied().find(|lender| free[lender] >= asked.quantity && !waited_for(*lender));
        match found {
            Some(lender) => {
                *free.get_mut(&lender).expect("a lender") -= asked.quantity;
                granted.push((asked.element, lender));
            }
            None => left.push((token, asked)),
        }
    }
    *line = left;
    granted
}

#[test]
fn random_requests_are_granted_as_the_rule_says_them() {
    // With requests for one the rule is the simpler one that was there before quantities: no request waits for a lender that
    // has one left.
    for (seed, most) in [(1, 1), (2, 3), (3, 3), (4, 4)] {
        let (mut dice, sizes) = (Dice(seed), [1, 2, 4]);
        let mut pools = pools(&sizes);
        let mut free: BTreeMap<u32, u32> = LENDERS.into_iter().zip(sizes).collect();
        let (mut line, mut held, mut rounds) = (Vec::new(), Vec::<(Token, u32, u32)>::new(), 0);
        for element in 0..3000 {
            if dice.below(2) == 0 || held.is_empty() {
                let skip = dice.below(3);
                let from: Vec<u32> = LENDERS.into_iter().filter(|lender| *lender != 100 + skip).collect();
                let asked =
                    Asked { element, quantity: 1 + dice.below(most), priority: dice.below(3) as i32, from };
                let token = ask(&mut pools, element, asked.quantity, asked.priority, &asked.from);
                line.push((token, asked));
            } else {
                let (token, lender, quantity) = held.swap_remove(dice.below(held.len() as u32) as usize);
                assert!(pools.give_back(token).is_some());
                *free.get_mut(&lender).expect("a lender") += quantity;
            }
            let known = line.clone();
            let granted = allocate(&mut pools);
            assert_eq!(granted, by_hand(&mut line, &mut free, &sizes), "after {element} of {seed}");
            for (element, lender) in granted {
                let (token, asked) =
                    known.iter().find(|(_, asked)| asked.element == element).expect("it asked");
                held.push((*token, lender, asked.quantity));
                rounds += 1;
            }
            for (lender, size) in LENDERS.into_iter().zip(sizes) {
                assert_eq!(pools.busy(Slot(lender)) + free[&lender], size);
            }
        }
        assert!(rounds > 700, "{rounds} grants");
    }
}

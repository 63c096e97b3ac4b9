//! Who is served first, at the pools alone; against a simpler way to say it wherever there is one.

use super::{Granted, Pools, Request, Token, Want};
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
    let from: Vec<Slot> = from.iter().copied().map(Slot).collect();
    ask_for(pools, token, element, priority, &[Want::of(quantity, from)]);
    token
}

/// An element asks for all of this at once.
pub(super) fn ask_for(pools: &mut Pools, token: Token, element: u32, priority: i32, wants: &[Want]) {
    let request = Request { purpose: ResourcePurpose::Repair, priority, wants: wants.into() };
    pools.wait(token, Slot(element), &request, Time(2));
}

/// Which element is granted something now, by which lender.
pub(super) fn allocate(pools: &mut Pools) -> Vec<(u32, u32)> {
    let next = pools.next_lender();
    let mut grants = Vec::new();
    let called_away = pools.allocate(Time(5), &mut grants);
    assert_eq!(next.is_some(), !grants.is_empty() || !called_away.is_empty(), "what is announced is done");
    let holdings = grants.iter().flat_map(|grant| &grant.lent).map(|lent| lent.holding);
    holdings.map(|holding| (holding.holder.0, holding.lender.0)).collect()
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
    let mut granted: Vec<Granted> = Vec::new();
    assert_eq!(pools.allocate(Time(9), &mut granted), []);
    assert_eq!((granted.len(), granted[0].token, granted[0].lent[0].busy), (1, token, 2));
    assert_eq!((granted[0].waited, granted[0].walk), (Time(7), Time::ZERO));
    let held: Vec<_> = pools.holdings().copied().collect();
    assert_eq!(held, [granted[0].lent[0].holding]);
    let holding = held[0];
    assert_eq!((holding.holder, holding.lender, holding.quantity), (Slot(7), Slot(100), 2));
    assert_eq!((holding.purpose, holding.since), (ResourcePurpose::Repair, Time(9)));
    let back = pools.give_back(token);
    assert_eq!((back.len(), back[0].holding, back[0].busy), (1, holding, 0));
    assert_eq!((pools.holdings().count(), pools.busy(Slot(100))), (0, 0));
    assert!(pools.give_back(token).is_empty(), "only once");
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
fn who_holds_something_goes_on_with_what_is_kept_for_those_who_hold_nothing() {
    // One operator (100) and two fixtures (101), which 0 and 1 have. 2 needs both, and keeps the operator until it has a fixture.
    let mut pools = pools(&[1, 2]);
    let [first, _] = [0, 1].map(|element| ask(&mut pools, element, 1, 0, &[101]));
    assert_eq!(allocate(&mut pools), [(0, 101), (1, 101)]);
    let token = pools.next_token();
    ask_for(&mut pools, token, 2, 0, &[Want::of(1, [Slot(100)]), Want::of(1, [Slot(101)])]);
    // Another who holds nothing does not get the operator, and one with a fixture does.
    ask(&mut pools, 3, 1, 0, &[100]);
    assert_eq!(allocate(&mut pools), []);
    let operator = ask(&mut pools, 0, 1, 0, &[100]);
    assert!(!pools.finds_deadlock());
    assert_eq!(allocate(&mut pools), [(0, 100)]);
    pools.give_back(operator);
    pools.give_back(first);
    assert_eq!(allocate(&mut pools), [(2, 100), (2, 101)]);
}

#[test]
fn a_request_that_is_withdrawn_is_never_granted_and_holds_up_nobody() {
    let mut pools = pools(&[2]);
    ask(&mut pools, 0, 1, 0, &[100]);
    allocate(&mut pools);
    let large = ask(&mut pools, 1, 2, 0, &[100]);
    ask(&mut pools, 2, 1, 0, &[100]);
    assert_eq!(allocate(&mut pools), []);
    assert!(pools.give_back(large).is_empty());
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

/// What a round of grants must be: each request in line takes from the lenders in its list what is free and not kept for one before
/// it. If that is not enough it is kept, unless there never will be enough.
fn by_hand(line: &mut Vec<(Token, Asked)>, free: &mut BTreeMap<u32, u32>, sizes: &[u32]) -> Vec<(u32, u32)> {
    line.sort_by_key(|(token, asked)| (-asked.priority, *token));
    let (mut granted, mut left) = (Vec::new(), Vec::<(Token, Asked)>::new());
    let mut kept: BTreeMap<u32, u32> = LENDERS.into_iter().map(|lender| (lender, 0)).collect();
    for (token, asked) in line.drain(..) {
        let mut needed = asked.quantity;
        let mut taken = Vec::new();
        for lender in &asked.from {
            let some = needed.min(free[lender] - kept[lender]);
            needed -= some;
            taken.push((*lender, some));
        }
        let size: u32 = asked.from.iter().map(|lender| sizes[*lender as usize - 100]).sum();
        let (whole, ever) = (needed == 0, size >= asked.quantity);
        for (lender, some) in taken.into_iter().filter(|(_, some)| *some > 0) {
            match whole {
                true => *free.get_mut(&lender).expect("a lender") -= some,
                false if ever => *kept.get_mut(&lender).expect("a lender") += some,
                false => {}
            }
            granted.extend(whole.then_some((asked.element, lender)));
        }
        if !whole {
            left.push((token, asked));
        }
    }
    *line = left;
    granted
}

#[test]
fn random_requests_are_granted_as_the_rule_says_them() {
    for (seed, most) in [(1, 1), (2, 3), (3, 3), (4, 8)] {
        let (mut dice, sizes) = (Dice(seed), [1, 2, 4]);
        let mut pools = pools(&sizes);
        let mut free: BTreeMap<u32, u32> = LENDERS.into_iter().zip(sizes).collect();
        let (mut line, mut held, mut rounds) = (Vec::new(), Vec::<Token>::new(), 0);
        for element in 0..3000 {
            if dice.below(2) == 0 || held.is_empty() {
                let skip = dice.below(3);
                let from: Vec<u32> = LENDERS.into_iter().filter(|lender| *lender != 100 + skip).collect();
                let asked =
                    Asked { element, quantity: 1 + dice.below(most), priority: dice.below(3) as i32, from };
                let token = ask(&mut pools, element, asked.quantity, asked.priority, &asked.from);
                line.push((token, asked));
            } else {
                let token = held.swap_remove(dice.below(held.len() as u32) as usize);
                for back in pools.give_back(token) {
                    *free.get_mut(&back.holding.lender.0).expect("a lender") += back.holding.quantity;
                }
            }
            let known = line.clone();
            let granted = allocate(&mut pools);
            assert_eq!(granted, by_hand(&mut line, &mut free, &sizes), "after {element} of {seed}");
            let mut elements: Vec<u32> = granted.iter().map(|(element, _)| *element).collect();
            elements.dedup();
            for element in elements {
                let (token, _) = known.iter().find(|(_, asked)| asked.element == element).expect("it asked");
                held.push(*token);
                rounds += 1;
            }
            for (lender, size) in LENDERS.into_iter().zip(sizes) {
                assert_eq!(pools.busy(Slot(lender)) + free[&lender], size);
            }
        }
        assert!(rounds > 500, "{rounds} grants");
    }
}

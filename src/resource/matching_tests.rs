//! What can be served of several wants, against all ways to share out the lenders.

use super::Want;
use super::matching::{as_written, serve};
use crate::event::Slot;

/// Whether any way of sharing out serves all wants: every want in turn takes every number from every lender.
fn some_way_serves(wants: &[Want], free: &mut Vec<u32>) -> bool {
    let Some((first, others)) = wants.split_first() else { return true };
    if first.quantity == 0 {
        return some_way_serves(others, free);
    }
    first.from.iter().any(|lender| {
        let lender = lender.index();
        if free[lender] == 0 {
            return false;
        }
        free[lender] -= 1;
        let mut rest = wants.to_vec();
        rest[0].quantity -= 1;
        let serves = some_way_serves(&rest, free);
        free[lender] += 1;
        serves
    })
}

#[test]
fn wants_are_served_together_wherever_some_way_serves_them_all() {
    let mut state = 7_u64;
    let mut below = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let (mut whole, mut part) = (0, 0);
    for _ in 0..4000 {
        let free: Vec<u32> = (0..4).map(|_| below(3) as u32).collect();
        let wants: Vec<Want> = (0..1 + below(3))
            .map(|_| {
                let mut from: Vec<Slot> = (0..4).filter(|_| below(2) == 0).map(Slot).collect();
                let turn = below(4) as usize % from.len().max(1);
                from.rotate_left(turn);
                Want::of(1 + below(2) as u32, from)
            })
            .collect();
        let served = serve(&wants, &|slot| free[slot.index()], &as_written);
        assert_eq!(served.is_whole, some_way_serves(&wants, &mut free.clone()), "{wants:?} of {free:?}");
        for lender in 0..4 {
            let taken: u32 = served
                .shares
                .iter()
                .filter(|share| share.lender == Slot(lender))
                .map(|share| share.quantity)
                .sum();
            assert!(taken <= free[lender as usize], "{served:?} of {free:?}");
        }
        for (number, want) in (0..).zip(&wants) {
            let shares: Vec<_> = served.shares.iter().filter(|share| share.want == number).collect();
            assert!(shares.iter().all(|share| want.from.contains(&share.lender)));
            let got: u32 = shares.iter().map(|share| share.quantity).sum();
            assert!(if served.is_whole { got == want.quantity } else { got <= want.quantity });
        }
        if served.is_whole { whole += 1 } else { part += 1 }
    }
    assert!(whole > 500 && part > 500, "{whole} and {part}");
}

/// By hand: the operator of the first group can do both jobs, the setter only one. The first want prefers the operator, and
/// must take the setter, so that the second gets the operator.
#[test]
fn an_earlier_want_takes_another_lender_if_a_later_one_needs_the_first() {
    let (operator, setter) = (Slot(0), Slot(1));
    let wants = [Want::of(1, [operator, setter]), Want::of(1, [operator])];
    let served = serve(&wants, &|_| 1, &as_written);
    assert!(served.is_whole);
    let by: Vec<(u8, Slot)> = served.shares.iter().map(|share| (share.want, share.lender)).collect();
    assert!(by.contains(&(0, setter)) && by.contains(&(1, operator)), "{by:?}");
}

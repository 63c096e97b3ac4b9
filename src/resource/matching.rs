//! Which lenders serve the wants of a request: a matching of units to lenders, found by augmenting paths.

use super::Want;
use crate::event::Slot;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// Some shares; most often there is one.
pub(super) type Shares = SmallVec<[Share; 2]>;
/// Lenders, the preferred one first.
pub(super) type PreferredLenders = SmallVec<[Slot; 4]>;

/// How many a want takes from a lender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// The number of the want.
    pub(super) want: u8,
    pub(super) lender: Slot,
    pub(super) quantity: u32,
}

/// What can be served of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Served {
    pub(super) shares: Shares,
    /// Whether that is all that is wanted.
    pub(super) is_whole: bool,
}

/// As much of the wants as can be served. Each want in turn takes from its first lender that has something left; where nothing
/// is left for a later want, an earlier one takes from another lender if it can.
pub(super) fn serve(
    wants: &[Want],
    free: &dyn Fn(Slot) -> u32,
    order: &dyn Fn(&Want) -> PreferredLenders,
) -> Served {
    if let [Want { quantity, from, .. }] = wants
        && let [lender] = **from
    {
        return serve_alone(*quantity, lender, free(lender));
    }
    if let [want] = wants {
        return serve_one(want, free, order);
    }
    let mut matching = UnitMatching { left: BTreeMap::new(), orders: Vec::new(), taken: Shares::new() };
    for want in wants {
        let order = order(want);
        order.iter().for_each(|lender| _ = matching.left.insert(*lender, free(*lender)));
        matching.orders.push(order);
    }
    let mut is_whole = true;
    for (number, want) in (0..).zip(wants) {
        is_whole &= (0..want.quantity).all(|_| matching.take_one(number, &mut Vec::new()));
    }
    Served { shares: matching.taken, is_whole }
}

/// One want that only one lender can serve is what most calls are.
fn serve_alone(needed: u32, lender: Slot, free: u32) -> Served {
    let quantity = free.min(needed);
    let share = (quantity > 0).then_some(Share { want: 0, lender, quantity });
    Served { shares: share.into_iter().collect(), is_whole: quantity == needed }
}

/// One want needs no search.
fn serve_one(want: &Want, free: &dyn Fn(Slot) -> u32, order: &dyn Fn(&Want) -> PreferredLenders) -> Served {
    let mut needed = want.quantity;
    let mut shares = Shares::new();
    for lender in order(want) {
        let quantity = free(lender).min(needed);
        needed -= quantity;
        if quantity > 0 {
            shares.push(Share { want: 0, lender, quantity });
        }
    }
    Served { shares, is_whole: needed == 0 }
}

/// The lenders of a want as they are written.
pub(super) fn as_written(want: &Want) -> PreferredLenders {
    PreferredLenders::from_slice(&want.from)
}

/// Whether all wants can be served together if each lender has so many.
pub(crate) fn can_serve(wants: &[Want], most: &dyn Fn(Slot) -> u32) -> bool {
    serve(wants, most, &as_written).is_whole
}

struct UnitMatching {
    /// What each lender has left.
    left: BTreeMap<Slot, u32>,
    /// The lenders of each want, in the order in which it prefers them.
    orders: Vec<PreferredLenders>,
    taken: Shares,
}

impl UnitMatching {
    /// One unit more for a want; to look again at the lenders that were looked at is of no use.
    fn take_one(&mut self, want: u8, looked_at: &mut Vec<Slot>) -> bool {
        let order = self.orders[usize::from(want)].clone();
        if let Some(lender) = order.iter().find(|lender| self.left[lender] > 0) {
            self.left.entry(*lender).and_modify(|left| *left -= 1);
            self.add(want, *lender);
            return true;
        }
        for lender in order {
            if looked_at.contains(&lender) {
                continue;
            }
            looked_at.push(lender);
            let others: Vec<u8> =
                self.taken.iter().filter(|share| share.lender == lender).map(|share| share.want).collect();
            for other in others.into_iter().filter(|other| *other != want) {
                if self.take_one(other, looked_at) {
                    self.remove(other, lender);
                    self.add(want, lender);
                    return true;
                }
            }
        }
        false
    }

    fn share(&mut self, want: u8, lender: Slot) -> Option<&mut Share> {
        self.taken.iter_mut().find(|share| share.want == want && share.lender == lender)
    }

    fn add(&mut self, want: u8, lender: Slot) {
        match self.share(want, lender) {
            Some(share) => share.quantity += 1,
            None => self.taken.push(Share { want, lender, quantity: 1 }),
        }
    }

    fn remove(&mut self, want: u8, lender: Slot) {
        self.share(want, lender).into_iter().for_each(|share| share.quantity -= 1);
        self.taken.retain(|share| share.quantity > 0);
    }
}

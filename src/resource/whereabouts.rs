//! Where people are at an instant, for pictures.

use super::lender::{Lender, PersonWay};
use super::{Holding, Pools};
use crate::event::{ResourcePurpose, Slot};
use crate::kernel::Time;
use std::collections::BTreeMap;

/// Some of what a lender has, and where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedGroup {
    /// The lender.
    pub lender: Slot,
    /// How many.
    pub quantity: u32,
    /// Where they come from if they walk; none for their own place.
    pub from: Option<Slot>,
    /// The element at which they are, or to which they walk; none for their own place.
    pub to: Option<Slot>,
    /// How much of the way is done, from 0 to 1; 1 if they do not walk.
    pub share: f32,
    /// Whether they are lent, not free.
    pub busy: bool,
}

impl Pools {
    /// Where everything is that is there now, lender by lender: what is lent in the order of the requests, then what is free.
    pub fn whereabouts(&self, now: Time) -> Vec<PlacedGroup> {
        let mut lent: BTreeMap<Slot, Vec<&Holding>> = BTreeMap::new();
        self.holdings().for_each(|holding| lent.entry(holding.lender).or_default().push(holding));
        let mut all = Vec::new();
        for (slot, lender) in self.lenders() {
            let holdings = lent.get(&slot).into_iter().flatten();
            holdings.for_each(|holding| all.extend(whereabouts_of(lender, holding, now)));
            let free = lender.free_places().into_iter();
            all.extend(free.map(|(to, quantity)| PlacedGroup {
                lender: slot,
                quantity,
                from: to,
                to,
                share: 1.0,
                busy: false,
            }));
        }
        all
    }
}

/// Where those are who were lent together: one by one while they walk, the others at the element.
fn whereabouts_of(lender: &Lender, holding: &Holding, now: Time) -> impl Iterator<Item = PlacedGroup> {
    let Holding { lender: slot, holder, quantity, since, purpose, want, .. } = *holding;
    let mut ways: Vec<&PersonWay> = Vec::new();
    if purpose == ResourcePurpose::OnTheWay {
        ways.extend(lender.ways_to(holder, want, since));
    }
    // People who were called back at the instant at which these were sent come first, and are none of these.
    let first = ways.len().saturating_sub(quantity as usize);
    let walking: Vec<PlacedGroup> = ways[first..]
        .iter()
        .filter(|way| way.ends > now)
        .map(|way| PlacedGroup {
            lender: slot,
            quantity: 1,
            from: way.from,
            to: Some(holder),
            share: ((now - way.began).secs() / (way.ends - way.began).secs()) as f32,
            busy: true,
        })
        .collect();
    let there = quantity - walking.len() as u32;
    let (from, to) = (Some(holder), Some(holder));
    let standing = PlacedGroup { lender: slot, quantity: there, from, to, share: 1.0, busy: true };
    walking.into_iter().chain((there > 0).then_some(standing))
}

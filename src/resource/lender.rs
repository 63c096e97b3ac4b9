//! A lender: how many it has, and where its people stand if they have to walk.

use super::TravelTimes;
use super::matching::Share;
use crate::event::Slot;
use crate::kernel::Time;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One resource, such as the people of a crew.
#[derive(Clone, Debug, Default)]
pub(super) struct Lender {
    /// How many are there now.
    size: u32,
    /// How many are there at most.
    pub(super) most: u32,
    /// How many of them are lent.
    pub(super) busy: u32,
    /// How long they walk; none if they are wherever they are needed.
    walk: Option<Walk>,
}

/// People who walk.
#[derive(Clone, Debug)]
struct Walk {
    times: Arc<TravelTimes>,
    /// The number of the stop at which each stands who is free, in the order in which they became free.
    free: Vec<u32>,
    /// The ways of those who were sent last, with all who may still be on one. Only pictures ask for them.
    ways: Vec<PersonWay>,
    /// At how many ways those that are over are forgotten.
    next_look: usize,
}

/// The way of one person to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PersonWay {
    /// Where it began; none at the place at the beginning.
    pub(super) from: Option<Slot>,
    pub(super) to: Slot,
    /// The number of the want for which the person goes there.
    want: u8,
    pub(super) began: Time,
    pub(super) ends: Time,
}

impl Walk {
    /// The element at a stop; none for the place at the beginning.
    fn element(&self, stop: u32) -> Option<Slot> {
        self.times.stops().get(stop as usize).copied()
    }

    /// Notes a way. Those that are over are forgotten once they are half of all.
    fn note(&mut self, way: PersonWay) {
        if self.ways.len() >= self.next_look {
            self.ways.retain(|other| other.ends > way.began);
            self.next_look = (2 * self.ways.len()).max(FEW_WAYS);
        }
        self.ways.push(way);
    }
}

/// So many ways are kept without a look at which of them are over.
const FEW_WAYS: usize = 8;

impl Lender {
    /// How many are left to lend.
    pub(super) fn free(&self) -> u32 {
        self.size.saturating_sub(self.busy)
    }

    /// Whether more are at work than are there.
    pub(super) fn is_over(&self) -> bool {
        self.busy > self.size
    }

    /// How many would be left if so many came back.
    pub(super) fn free_with(&self, back: u32) -> u32 {
        self.size.saturating_sub(self.busy.saturating_sub(back))
    }

    /// There are so many at most, and all of them now.
    pub(super) fn resize(&mut self, most: u32) {
        self.most = most;
        self.attend(most);
    }

    /// So many are there now. If that is another number, those who are free stand at their first place then.
    pub(super) fn attend(&mut self, size: u32) {
        if size == self.size && self.walk.as_ref().is_some_and(|walk| !walk.free.is_empty()) {
            return;
        }
        self.size = size;
        let free = self.free() as usize;
        if let Some(walk) = &mut self.walk {
            walk.free = vec![walk.times.home(); free];
        }
    }

    /// They walk so long from place to place.
    pub(super) fn let_walk(&mut self, times: Arc<TravelTimes>) {
        self.walk = Some(Walk { times, free: Vec::new(), ways: Vec::new(), next_look: FEW_WAYS });
        self.attend(self.size);
    }

    /// How long the nearest of those who are free walks to an element.
    pub(super) fn nearest(&self, element: Slot) -> Time {
        let Some(walk) = &self.walk else { return Time::ZERO };
        let Some(to) = walk.times.stop(element) else { return Time::ZERO };
        walk.free.iter().map(|from| walk.times.time(*from as usize, to)).min().unwrap_or_default()
    }

    /// As many go to an element as this share of it says, the nearest first; of equally near ones, who has been free longest. Returns
    /// how long the last of them walks.
    pub(super) fn send(&mut self, share: &Share, element: Slot, now: Time) -> Time {
        self.busy += share.quantity;
        let Some(walk) = &mut self.walk else { return Time::ZERO };
        let to = walk.times.stop(element);
        let mut longest = Time::ZERO;
        for _ in 0..share.quantity {
            let time_to = |from: u32| to.map_or(Time::ZERO, |to| walk.times.time(from as usize, to));
            let times = walk.free.iter().map(|from| time_to(*from));
            let Some((nth, time)) = times.enumerate().min_by_key(|(nth, time)| (*time, *nth)) else { break };
            let from = walk.free.remove(nth);
            longest = longest.max(time);
            if time > Time::ZERO {
                walk.note(PersonWay {
                    from: walk.element(from),
                    to: element,
                    want: share.want,
                    began: now,
                    ends: now + time,
                });
            }
        }
        longest
    }

    /// So many come back, and stand at an element now.
    pub(super) fn take_back(&mut self, quantity: u32, element: Slot) {
        self.busy = self.busy.saturating_sub(quantity);
        let free = self.free() as usize;
        if let Some(walk) = &mut self.walk {
            let back = free.saturating_sub(walk.free.len());
            let at = walk.times.stop(element).map_or(walk.times.home(), |stop| stop as u32);
            walk.free.extend(std::iter::repeat_n(at, back));
        }
    }

    /// Where those are who are free: the element, or none for the place at the beginning, and how many.
    pub(super) fn free_places(&self) -> BTreeMap<Option<Slot>, u32> {
        let mut places = BTreeMap::new();
        match &self.walk {
            None if self.free() == 0 => {}
            None => _ = places.insert(None, self.free()),
            Some(walk) => {
                walk.free.iter().for_each(|stop| *places.entry(walk.element(*stop)).or_default() += 1)
            }
        }
        places
    }

    /// The ways that lead to an element for one of its wants and began then; those of people who were called back meanwhile come
    /// first.
    pub(super) fn ways_to(&self, element: Slot, want: u8, began: Time) -> impl Iterator<Item = &PersonWay> {
        let ways = self.walk.iter().flat_map(|walk| &walk.ways);
        ways.filter(move |way| (way.to, way.want, way.began) == (element, want, began))
    }
}

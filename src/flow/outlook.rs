//! The outlook: which elements will ever give or get a part again.
//!
//! The result is the least set that follows these rules. An element outside the set will never move:
//! - **Time** changes an element that works, expects an arrival or a robot, or waits for a limited time. A repair or maintenance
//!   alone changes nothing: an element that is down is treated as if it were up.
//! - **A part takes a way** if it is there or may come there, and if the next element has room and would take it, or will
//!   change before. Robots always come, so they block no way.
//! - **A resource** is granted at last, unless its holders wait in turn (`resource/deadlock.rs`). If they do, the element that
//!   waits for it neither gives nor takes parts.
//! - **An element changes** when it gets or gives a part. The parts behind the next one may leave only after it, unless the
//!   order of the element lets another part pass.
//!
//! Of parts that are not there yet only the product is known. Where more must be known, such as the mass, the part counts as
//! taken: an element that may go on is never reported as stuck. An element may get any product if an element before it makes
//! new products.

use super::Floor;
use super::network::{DeadlockCheck, Way};
use crate::event::{Listener, Slot};
use crate::material::{Departure, Offer, Place};
use smallvec::SmallVec;
use std::collections::BTreeSet;

/// What will become of one element.
pub(super) struct Future {
    /// Its place, as if it were up.
    place: Place,
    /// Whether time alone changes it.
    timed: bool,
    /// Whether a part will leave it.
    gives: bool,
    /// Whether a part will come to it.
    gets: bool,
    /// What it may offer besides what it offers now.
    news: ProductSet,
}

/// Why an element that has no part waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// For one that stands as well.
    Lock,
    /// For parts that no source makes any more.
    Shortage,
    /// For parts that take their time.
    Time,
}

/// Products of parts that may come.
#[derive(Clone, Default)]
struct ProductSet {
    any: bool,
    products: BTreeSet<u32>,
}

impl ProductSet {
    fn any() -> ProductSet {
        ProductSet { any: true, ..ProductSet::default() }
    }

    fn is_empty(&self) -> bool {
        !self.any && self.products.is_empty()
    }

    /// Whether that was news.
    fn add(&mut self, others: &ProductSet) -> bool {
        let (any, count) = (self.any, self.products.len());
        self.any |= others.any;
        self.products.extend(&others.products);
        self.any != any || self.products.len() > count
    }
}

impl FromIterator<u32> for ProductSet {
    fn from_iter<I: IntoIterator<Item = u32>>(products: I) -> ProductSet {
        ProductSet { any: false, products: products.into_iter().collect() }
    }
}

impl Future {
    /// Whether what it takes may change.
    fn changes(&self) -> bool {
        self.timed || self.gives || self.gets
    }

    /// Whether a part that comes could leave before the one that is next.
    fn lets_pass(&self) -> bool {
        !self.place.has_part() || self.gives || self.place.may_offer_another()
    }
}

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// The future of every element, by slot. Sources that have ended count as if they made another part if they are `supplied`.
    pub(super) fn outlook(&self, supplied: bool) -> Vec<Future> {
        let slots = (0..self.units.len() as u32).map(Slot);
        let mut futures: Vec<Future> = slots.map(|slot| self.future_by_time(slot, supplied)).collect();
        let ways: Vec<u32> = (0..self.ways.len() as u32).filter(|way| !self.is_of_robot(*way)).collect();
        loop {
            let moves = ways.iter().filter(|way| self.look_along(**way, &mut futures)).count();
            if moves == 0 && !self.sleepers_wake(&mut futures) {
                return futures;
            }
        }
    }

    /// Whether a way is one of a robot itself, and none of parts.
    fn is_of_robot(&self, way: u32) -> bool {
        self.node(self.way(way).from).carries()
    }

    /// Elements in a saving mode take parts again if something that they look at will change. Whether that is news of any.
    fn sleepers_wake(&self, futures: &mut [Future]) -> bool {
        let mut wake = false;
        for slot in (0..self.units.len() as u32).map(Slot).filter(|slot| self.is_asleep(*slot)) {
            let changes = |watched: Slot| watched != slot && futures[watched.index()].changes();
            let is_news = !futures[slot.index()].place.lets_in();
            if is_news && self.watched_by(slot).any(changes) {
                futures[slot.index()].place.let_in();
                wake = true;
            }
        }
        wake
    }

    /// The place of an element as it would be if it were up and came back from its saving mode.
    pub(super) fn place_as_if_up(&self, slot: Slot) -> Place {
        let mut place = self.node(slot).place.as_if_up();
        if self.is_asleep(slot) {
            place.let_in();
        }
        place
    }

    fn future_by_time(&self, slot: Slot, supplied: bool) -> Future {
        let (node, unit) = (self.node(slot), &self.units[slot.index()]);
        // What calls an element back from its saving mode must still come.
        let place = match self.wakes_by_itself(slot) {
            true => self.place_as_if_up(slot),
            false => node.place.as_if_up(),
        };
        let timed = self.only_time_tells(slot) || supplied && unit.is_dry(&node.place);
        let news = match unit.supplies() {
            _ if !timed => ProductSet::default(),
            Some(product) => ProductSet::from_iter([product]),
            None => self.products_of(slot, &place),
        };
        Future { place, timed, gives: false, gets: false, news }
    }

    /// What an element may offer once it has done what it does now.
    fn products_of(&self, slot: Slot, place: &Place) -> ProductSet {
        if self.units[slot.index()].makes_others() || place.booked() > 0 {
            return ProductSet::any();
        }
        place.each_part(self.ctx.parts).map(|part| self.ctx.parts.get(part).product).collect()
    }

    /// Looks whether parts will go a way; whether that changes a future.
    fn look_along(&self, number: u32, futures: &mut [Future]) -> bool {
        let passing = self.passing(number, futures);
        if passing.is_empty() {
            return false;
        }
        let Way { from, to, .. } = *self.way(number);
        let giver = &mut futures[from.index()];
        let mut changed = !std::mem::replace(&mut giver.gives, true);
        if changed {
            giver.news.add(&self.products_of(from, &giver.place));
        }
        let taker = &mut futures[to.index()];
        changed |= !std::mem::replace(&mut taker.gets, true);
        if self.units[to.index()].makes_others() {
            changed |= taker.news.add(&ProductSet::any());
        } else if taker.lets_pass() {
            changed |= taker.news.add(&passing);
        }
        changed
    }

    /// The products of the parts that will go a way, as far as the futures are known.
    fn passing(&self, number: u32, futures: &[Future]) -> ProductSet {
        let way = *self.way(number);
        if [way.from, way.to, way.taker].iter().any(|slot| self.ctx.pools.is_locked(*slot)) {
            return ProductSet::default();
        }
        let (from, to) = (&futures[way.from.index()], &futures[way.to.index()]);
        let (free, room) = (to.changes(), to.place.has_room());
        if !(free || room) {
            return ProductSet::default();
        }
        let taker = &self.units[way.to.index()];
        let takes = |product: &u32| free || taker.could_take(*product);
        let mut passing: ProductSet = from.news.products.iter().copied().filter(takes).collect();
        passing.any = from.news.any;
        if self.is_possible_way(number) {
            self.each_offer(way.from, &from.place, |offer| {
                if (free || self.admits(way.to, offer)) && self.may_take(number, offer) {
                    passing.products.insert(offer.record.product);
                }
            });
        }
        passing
    }

    /// Shows the parts that an element offers while it has this place.
    fn each_offer(&self, from: Slot, place: &Place, mut see: impl FnMut(&Offer<'_>)) {
        let parts = &*self.ctx.parts;
        if place.departure == Departure::Made {
            let made = self.units[from.index()].next_made(self.ctx.now);
            made.filter(|_| place.has_part()).iter().for_each(|made| see(&made.offer()));
            return;
        }
        let fork = self.forks.get(self.node(from).fork as usize).filter(|fork| fork.has_ports());
        let port = fork.and_then(|_| place.next_part(parts)).map(|next| parts.attributes(next).exit);
        for part in place.offered().filter_map(|nth| place.part_at(nth, parts)) {
            let offer = parts.offer(part);
            if !place.picked || port.is_none_or(|port| offer.attributes.exit == port) {
                see(&offer);
            }
        }
    }

    /// The elements with parts, in them or to be made, that will never move; and those that wait for a resource for ever.
    pub(super) fn stranded(&self, futures: &[Future]) -> Vec<Slot> {
        let stands = |(future, slot): (&Future, u32)| {
            if self.ctx.pools.is_locked(Slot(slot)) {
                return Some(Slot(slot));
            }
            let Future { place, timed, gives, gets, .. } = future;
            let has_parts = place.inside() > 0 || place.has_part();
            let moves = *timed || *gives || *gets && !place.has_part();
            (has_parts && !moves && !self.node(Slot(slot)).carries()).then_some(Slot(slot))
        };
        futures.iter().zip(0..).filter_map(stands).collect()
    }

    /// Whether parts that are not in the line yet can still leave it as good ones, or by any sink where none is for good parts:
    /// whether a way leads there from a source that goes on, past all that stands.
    pub(super) fn delivers(&self, futures: &[Future]) -> bool {
        let stranded = self.stranded(futures);
        let supplies = |slot: &Slot| {
            let unit = &self.units[slot.index()];
            unit.supplies().is_some() && !unit.is_dry(&self.node(*slot).place) && !stranded.contains(slot)
        };
        let mut reached: Vec<Slot> = (0..self.units.len() as u32).map(Slot).filter(supplies).collect();
        let mut next = 0;
        while let Some(slot) = reached.get(next).copied() {
            next += 1;
            for way in self.ways_out(slot) {
                let to = self.way(way).to;
                if !reached.contains(&to) && !stranded.contains(&to) {
                    reached.push(to);
                }
            }
        }
        let any_good = self.units.iter().any(|unit| unit.is_for_scrap() == Some(false));
        let for_scrap = |slot: &Slot| self.units[slot.index()].is_for_scrap();
        reached.iter().filter_map(for_scrap).any(|scrap| !scrap || !any_good)
    }

    /// Whether parts of an element stand only because the next one waits for others to complete its lot or its load.
    pub(super) fn is_kept_away(&self, slot: Slot, futures: &[Future]) -> bool {
        let place = &futures[slot.index()].place;
        let mut ways = self.ways_out(slot).filter(|way| place.has_part() && self.is_possible_way(*way));
        ways.any(|way| {
            let to = self.way(way).to;
            futures[to.index()].place.has_room() && self.units[to.index()].keeps_to_its_load()
        })
    }

    /// Who waits for whom, from an element that stands: the circle, if it leads into one, and whether it does.
    pub(super) fn chain_from(&self, slot: Slot, lack: Lack, futures: &[Future]) -> (Vec<Slot>, bool) {
        let mut chain = vec![slot];
        let mut met = vec![(slot, 0)];
        while let Some((robot, next)) = self.blames(met[met.len() - 1].0, lack, futures) {
            chain.extend(robot);
            if let Some((_, begin)) = met.iter().find(|(slot, _)| *slot == next) {
                return (chain.split_off(*begin), true);
            }
            met.push((next, chain.len()));
            chain.push(next);
        }
        (chain, false)
    }

    /// For whom an element that stands waits, and the robot between them: for one that keeps a resource from it, for the first
    /// that could take its part, or for one that could bring it a part. Of those, elements without a part come first, since
    /// they say more about what is missing than elements with the wrong part; but a source that has ended only if nothing else
    /// is missing. Where only time is lacking, it is one from which a part will come.
    fn blames(&self, slot: Slot, lack: Lack, futures: &[Future]) -> Option<(Option<Slot>, Slot)> {
        if let Some(blocker) = self.ctx.pools.blocker_of(slot) {
            return Some((None, blocker));
        }
        let mut ways = self.ways_out(slot).filter(|way| self.is_possible_way(*way)).map(|way| *self.way(way));
        if futures[slot.index()].place.has_part() {
            let way = ways.next()?;
            let robot = (way.taker != way.to).then_some(way.taker);
            let blocker = robot.and_then(|robot| self.ctx.pools.blocker_of(robot));
            return Some((robot, blocker.unwrap_or(way.to)));
        }
        let all = (0..self.ways.len() as u32).filter(|way| !self.is_of_robot(*way));
        let givers = all.map(|way| *self.way(way)).filter(|way| way.to == slot).map(|way| way.from);
        let rank = |giver: &Slot| {
            let place = &futures[giver.index()].place;
            let is_dry = self.units[giver.index()].is_dry(place);
            let brings = futures[giver.index()].changes();
            (lack == Lack::Time && !brings, is_dry && lack == Lack::Lock, place.has_part())
        };
        // An element that moves but brings none of the missing parts is not the cause, unless only time is missing.
        let stands = |giver: &Slot| {
            let Future { place, timed, gives, gets, .. } = &futures[giver.index()];
            !(*timed || *gives || *gets && !place.has_part())
        };
        givers.filter(|giver| lack == Lack::Time || stands(giver)).min_by_key(rank).map(|giver| (None, giver))
    }
}

/// Those that were looked at already.
type SeenElements = SmallVec<[Slot; 16]>;

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Whether an element goes on, by a quick check: by time, by the way of its next part, or by a part that will come.
    /// A wrong yes depends on another element that still moves. It is checked again when that element stops.
    pub(super) fn clearly_goes_on(&self, slot: Slot) -> bool {
        self.goes_on(slot, &mut SeenElements::new())
    }

    fn goes_on(&self, slot: Slot, seen: &mut SeenElements) -> bool {
        let node = self.node(slot);
        let stands_already = || self.standing.found.iter().any(|found| found.elements.contains(&slot));
        if self.ctx.pools.is_locked(slot) {
            return false;
        }
        if node.deadlock_check == DeadlockCheck::Never || node.carries() || self.only_time_tells(slot) {
            return true;
        }
        if seen.contains(&slot) || stands_already() {
            return false;
        }
        seen.push(slot);
        let place = self.place_as_if_up(slot);
        if place.has_part() {
            let mut ways = self.ways_out(slot).filter(|way| self.is_possible_way(*way));
            return ways.any(|way| self.goes_on(self.way(way).to, seen));
        }
        // What takes any part is in no circle as long as it has room.
        node.deadlock_check == DeadlockCheck::OnStateChange || self.something_comes(slot, seen)
    }

    /// Whether time alone will change an element.
    pub(super) fn only_time_tells(&self, slot: Slot) -> bool {
        let timed = self.units[slot.index()].has_pending_event(&self.node(slot).place);
        !self.ctx.pools.is_locked(slot) && (timed || self.wakes_by_itself(slot))
    }

    /// Whether an element before this one moves and has a part that this one could take.
    fn something_comes(&self, slot: Slot, seen: &mut SeenElements) -> bool {
        let mut upstream: SeenElements = SmallVec::from_slice(&[slot]);
        let mut next = 0;
        while let Some(one) = upstream.get(next).copied() {
            next += 1;
            for giver in self.givers.get(one.index()).into_iter().flatten().copied() {
                if upstream.contains(&giver) {
                    continue;
                }
                let place = self.place_as_if_up(giver);
                let moves = self.only_time_tells(giver) || place.has_part() && self.goes_on(giver, seen);
                if moves && self.has_for(giver, slot) {
                    return true;
                }
                if moves || !place.has_part() || place.may_offer_another() {
                    upstream.push(giver);
                }
            }
        }
        false
    }

    /// Whether an element has, or will make, a part that another could take.
    fn has_for(&self, giver: Slot, taker: Slot) -> bool {
        let (unit, taker) = (&self.units[giver.index()], &self.units[taker.index()]);
        if let Some(product) = unit.supplies() {
            return taker.could_take(product);
        }
        let offered = self.products_of(giver, &self.node(giver).place);
        offered.any || offered.products.iter().any(|product| taker.could_take(*product))
    }
}

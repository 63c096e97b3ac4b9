//! What calls elements out of their saving modes and sends them there: the parts that wait for them, and the levels of other
//! elements. It costs nothing in lines without saving modes.
//!
//! Levels are looked at when everything else of an instant has happened, so that a part that only passes through calls nobody.
//! Read [`Floor::look_at_sleepers`] first.

use super::Floor;
use super::network::Way;
use crate::context::DECISION;
use crate::event::{Listener, Slot, State};
use crate::material::Departure;
use crate::saving::{EnergySaver, LevelCondition, ModePlan, SavingOrder, SavingView, WakeCondition};

/// Who looks at whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Watches {
    /// The elements with saving modes that look at an element, by slot; empty if no element has any.
    watchers: Vec<Vec<Slot>>,
    /// The ways that lead to an element with saving modes, by slot.
    ways_in: Vec<Vec<u32>>,
    /// The place of each element in the order of the names, by slot.
    ranks: Vec<u32>,
}

impl Watches {
    /// Those of elements with these saving modes, by slot, and these ways.
    pub fn of(
        modes: &[&[ModePlan]],
        ways: &[Way],
        by_name: &[Slot],
        carries: &dyn Fn(Slot) -> bool,
    ) -> Watches {
        if modes.iter().all(|modes| modes.is_empty()) {
            return Watches::default();
        }
        let mut ranks = vec![0; modes.len()];
        by_name.iter().zip(0..).for_each(|(slot, rank)| ranks[slot.index()] = rank);
        let (watchers, ways_in) = (vec![Vec::new(); modes.len()], vec![Vec::new(); modes.len()]);
        let mut watches = Watches { watchers, ways_in, ranks };
        let has_modes = |slot: Slot| !modes[slot.index()].is_empty() && !carries(slot);
        for (way, number) in ways.iter().zip(0..).filter(|(way, _)| has_modes(way.to) && !carries(way.from)) {
            watches.ways_in[way.to.index()].push(number);
            watches.watch(way.from, way.to);
        }
        for (modes, slot) in modes.iter().zip((0..).map(Slot)).filter(|(_, slot)| has_modes(*slot)) {
            // Whether it has room depends on itself.
            watches.watch(slot, slot);
            let levels = modes.iter().flat_map(|mode| {
                let on = mode.on.iter().filter_map(|condition| match condition {
                    WakeCondition::Level(level) => Some(level),
                    WakeCondition::Parts(_) => None,
                });
                mode.off.iter().chain(on)
            });
            levels.for_each(|LevelCondition { of, .. }| watches.watch(*of, slot));
        }
        watches
    }

    fn watch(&mut self, watched: Slot, by: Slot) {
        let watchers = &mut self.watchers[watched.index()];
        if !watchers.contains(&by) {
            watchers.push(by);
        }
    }

    /// Whether nobody looks at anything.
    pub fn are_none(&self) -> bool {
        self.watchers.is_empty()
    }
}

/// What one element with saving modes sees of the floor.
struct SleeperSight<'f, 'w, L, const PLAIN: bool> {
    floor: &'f Floor<'w, L, PLAIN>,
    me: Slot,
}

impl<L: Listener, const PLAIN: bool> SavingView for SleeperSight<'_, '_, L, PLAIN> {
    fn inside(&self, slot: Slot) -> u32 {
        self.floor.node(slot).place.inside()
    }

    fn may_start(&self, mode: u8) -> bool {
        let limit = self.floor.start_limit.as_ref();
        limit.is_none_or(|limit| {
            limit.waiting.first().is_none_or(|first| *first == self.me) && limit.allows(self.me, mode)
        })
    }

    fn waiting(&self) -> u32 {
        if !self.floor.node(self.me).place.has_room_inside() {
            return 0;
        }
        let ways = self.floor.watches.ways_in[self.me.index()].iter();
        ways.map(|way| self.floor.waiting_along(*way, self.me)).sum()
    }
}

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// The parts inside an element, or those that it offers, have changed.
    #[inline(always)]
    pub(super) fn note_change(&mut self, slot: Slot) {
        if !PLAIN && !self.watches.are_none() {
            self.call_watchers(slot);
        }
    }

    #[inline(never)]
    fn call_watchers(&mut self, slot: Slot) {
        for by in &self.watches.watchers[slot.index()] {
            if !self.to_look.contains(by) {
                self.to_look.push(*by);
                self.stirred = true;
            }
        }
    }

    /// Elements with saving modes look at the levels, unless another event comes at this instant. Returns whether all have.
    #[inline(never)]
    pub(super) fn look_at_sleepers(&mut self) -> bool {
        while !self.to_look.is_empty() {
            if self.ctx.queue.goes_on_at(self.ctx.now, DECISION) {
                return false;
            }
            let mut looking = std::mem::take(&mut self.to_look);
            // Those that wait to come back first, the one that has waited longest before the others; else in the order of their
            // names, whatever called them.
            let waiting = self.start_limit.as_ref().map_or(&[][..], |limit| &limit.waiting);
            let rank = |slot: &Slot| waiting.iter().position(|waiting| waiting == slot).unwrap_or(usize::MAX);
            looking.sort_unstable_by_key(|slot| (rank(slot), self.watches.ranks[slot.index()]));
            looking.dedup();
            looking.into_iter().for_each(|slot| self.look_at_levels(slot));
            self.settle();
            if self.has_to_decide() && !self.decide() {
                return false;
            }
        }
        true
    }

    fn look_at_levels(&mut self, me: Slot) {
        let mut order = self.carry_out_order(me);
        if matches!(order, Some(SavingOrder::Keep(_))) {
            // It knows now from which modes it would be called back.
            order = self.carry_out_order(me);
        }
        let (Some(limit), Some(saver)) = (&mut *self.start_limit, self.units[me.index()].saver()) else {
            return;
        };
        if limit.note(me, saver.waits_to_start()) {
            self.to_look.extend(&limit.waiting);
        }
        if order == Some(SavingOrder::Start) {
            // What it will draw counts at once, for those that look after it.
            limit.enter(me, saver.entered(), State::WarmUp);
        }
    }

    /// An element does what the levels ask of it. Returns what that is.
    fn carry_out_order(&mut self, me: Slot) -> Option<SavingOrder> {
        let order = self.units[me.index()].saver()?.order(&SleeperSight { floor: self, me })?;
        if self.node(me).place.is_held_back() && order != SavingOrder::Start {
            return None;
        }
        self.units[me.index()].obey(order, &mut self.nodes[me.index()].place, me, &mut self.ctx);
        match order {
            SavingOrder::On => self.unsettle(me),
            SavingOrder::Off(_) | SavingOrder::Start | SavingOrder::Keep(_) => self.emit_state(me),
        }
        Some(order)
    }

    /// How many parts wait to go this way: those that are ready in the element before, if the next of them could come in, or those of
    /// them that could, where any may be picked.
    fn waiting_along(&self, number: u32, to: Slot) -> u32 {
        let Way { from, .. } = *self.way(number);
        let place = &self.node(from).place;
        if !self.may_go(number) {
            return 0;
        }
        let mut admitted = 0;
        self.show_offers(number, |offer| {
            admitted += u32::from(self.may_take(number, offer) && self.admits(to, offer));
        });
        match admitted {
            0 => 0,
            _ if place.picked => admitted,
            _ if place.departure == Departure::Made => place.finished(),
            _ => place.finished() - place.promised(),
        }
    }

    /// Whether an element takes no part for the sake of energy.
    pub(super) fn is_asleep(&self, slot: Slot) -> bool {
        self.units[slot.index()].saver().is_some_and(EnergySaver::keeps_shut)
    }

    /// The elements that an element with saving modes looks at, itself included.
    pub(super) fn watched_by(&self, slot: Slot) -> impl Iterator<Item = Slot> {
        let watchers = self.watches.watchers.iter().zip((0..).map(Slot));
        watchers.filter(move |(watchers, _)| watchers.contains(&slot)).map(|(_, watched)| watched)
    }

    /// Whether an element will come back from a saving mode by itself.
    pub(super) fn wakes_by_itself(&self, slot: Slot) -> bool {
        self.units[slot.index()].saver().is_some_and(|saver| saver.comes_back_by_itself())
    }
}

//! How records count each event.
//!
//! On a plain floor most events are parts that come and go, which have a fast path:
//! [`on_plain_event`](Listener::on_plain_event). Records that only some lines need cost one check of an empty list.

use super::Records;
use super::places::PlaceClock;
use super::product::ProductRecord;
use super::resource_use::PeopleClock;
use crate::event::{Incident, LineEvent, Listener, ResourcePurpose, State, Stay, What};
use crate::kernel::Time;

impl Records {
    /// A part comes to an element or leaves it.
    #[inline(always)]
    fn change_load(&mut self, now: Time, slot: usize, product: u32, comes: bool) {
        if self.weighs_parts {
            self.carry(now, slot, product, comes);
        }
    }

    /// Something happens to one of the places of an element, if it has several.
    #[inline(always)]
    fn change_places(&mut self, slot: usize, change: impl Fn(&mut PlaceClock)) {
        if let Some(places) = self.places.get_mut(slot).and_then(Option::as_mut) {
            change(places);
        }
    }

    /// Something happens to a part of this product, if products are kept apart.
    #[inline(always)]
    fn change_product(&mut self, product: u32, change: impl Fn(&mut ProductRecord)) {
        if let Some(product) = self.products.get_mut(product as usize) {
            change(product);
        }
    }

    /// A part goes from an element, by itself or in a carrier.
    #[inline(always)]
    fn leave(&mut self, now: Time, slot: usize, stay: Stay) {
        if stay.is_packed() {
            self.elements[slot].leave(now);
            self.tallies[slot].carry();
            self.load.0 += 1;
            return;
        }
        self.elements[slot].leave_after(now, stay);
        if stay.queued > Time::ZERO {
            self.tallies[slot].queue(stay);
        }
        self.change_places(slot, |places| places.leave(now));
    }

    #[cold]
    fn lent(&mut self, now: Time, slot: usize, busy: u32, purpose: ResourcePurpose) {
        self.people_clock(slot).change(now, busy, purpose);
    }

    #[cold]
    fn lack(&mut self, now: Time, slot: usize, skill: u32, lacks: bool) {
        self.lacks.at(slot).change(now, skill, lacks);
    }

    #[cold]
    fn people_clock(&mut self, slot: usize) -> &mut PeopleClock {
        self.people.at(slot)
    }

    /// The hours of an element begin or end.
    #[cold]
    fn change_hours(&mut self, now: Time, slot: usize, opens: bool) {
        let clock = self.meters[slot].clock_mut();
        clock.settle(now);
        let hours = self.hours.entry(slot as u32).or_default();
        if opens { hours.open(&clock.times) } else { hours.close(&clock.times) }
    }

    #[inline(never)]
    fn carry(&mut self, now: Time, slot: usize, product: u32, comes: bool) {
        let change = self.meters[slot].carry(now, product, comes);
        self.line.change_power(now, change);
    }
}

impl Records {
    #[inline(always)]
    fn arrive(&mut self, now: Time, slot: usize, product: u32) {
        self.elements[slot].arrive(now);
        self.change_load(now, slot, product, true);
        match self.load.1 {
            0 => {
                self.load = (0, self.load.0);
                self.change_places(slot, |places| places.come(now));
            }
            coming => self.load.1 = coming - 1,
        }
    }

    #[inline(always)]
    fn become_state(&mut self, now: Time, slot: usize, state: State) {
        self.change_places(slot, |places| places.become_state(now, state));
        let change = self.meters[slot].enter(now, state);
        self.line.change_power(now, change);
    }

    /// A part leaves the line, or goes on as something else.
    #[inline(always)]
    fn become_of_part(&mut self, now: Time, slot: usize, what: What) {
        match what {
            What::Delivered(part) => {
                self.elements[slot].leave(now);
                self.line.deliver(now, &part);
                self.change_product(part.product, |product| product.deliver(now, now - part.entered));
            }
            What::Scrapped(part) => {
                self.elements[slot].leave(now);
                self.line.scrap(now, &part);
                self.change_product(part.product, |product| product.scrap(now));
            }
            What::Merged { part, stay } => {
                self.elements[slot].leave(now);
                match stay.is_packed() {
                    true => self.tallies[slot].carry(),
                    false => self.tallies[slot].queue(stay),
                }
                self.line.merge(now, &part);
                self.change_product(part.product, |product| product.leave(now));
            }
            What::Withdrawn(part) => {
                self.elements[slot].leave(now);
                self.line.withdraw(now, &part);
                self.change_product(part.product, |product| product.leave(now));
            }
            What::Converted { part, from } => {
                self.change_product(from, |product| product.leave(now));
                self.change_product(part.product, |product| product.enter(now));
            }
            What::Packed { stay, .. } => self.tallies[slot].pack(stay),
            // A part that is unpacked is where it was.
            What::Unpacked(_) => {}
            _ => debug_assert!(false, "{what:?} ends no part"),
        }
    }

    /// Something of a part is known now: its quality, or how long it was in a carrier.
    #[inline(always)]
    fn know_of_part(&mut self, now: Time, what: What) {
        match what {
            What::Judged { bad, .. } => self.line.quality.judge(bad),
            What::Reworked(_) => self.line.quality.reworked += 1,
            What::Inspected { part, first_pass } => {
                self.line.quality.leave_inspected(first_pass);
                self.change_product(part.product, |product| product.leave_inspected(first_pass));
            }
            What::FromCarrier { part, since } => {
                self.change_product(part.product, |product| product.come_from_carrier(now - since));
            }
            What::Escaped(_) => self.line.quality.escaped += 1,
            _ => debug_assert!(false, "{what:?} tells nothing of a part"),
        }
    }
}

impl Listener for Records {
    fn weighs_parts(&self) -> bool {
        self.weighs_parts || !self.places.is_empty()
    }

    #[inline(always)]
    fn on_plain_event(&mut self, event: LineEvent) {
        let element = &mut self.elements[event.element.index()];
        match event.what {
            What::Arrived(_) => element.arrive(event.time),
            What::Left { stay, .. } => {
                element.leave_after(event.time, stay);
                if stay.queued > Time::ZERO {
                    self.tallies[event.element.index()].queue(stay);
                }
            }
            _ => self.on_event(event),
        }
    }

    /// As many parts are inside as before, and as long.
    #[inline(always)]
    fn on_exchange_event(&mut self, event: LineEvent) {
        let slot = event.element.index();
        if let What::Left { stay, .. } = event.what {
            self.elements[slot].exchange_after(event.time, stay);
            if stay.queued > Time::ZERO {
                self.tallies[slot].queue(stay);
            }
        }
    }

    // Each caller emits one known kind of event; inlined, only that arm remains.
    #[inline(always)]
    fn on_event(&mut self, event: LineEvent) {
        let LineEvent { time, element: slot, what } = event;
        let slot = slot.index();
        match what {
            What::Created(part) => {
                self.arrive(time, slot, part.product);
                self.change_product(part.product, |product| product.enter(time));
                self.line.enter(time);
            }
            What::Arrived(part) => self.arrive(time, slot, part.product),
            What::LeavesBy { port, .. } => self.tallies[slot].leave_by(port),
            What::Left { part, stay } => {
                self.leave(time, slot, stay);
                self.change_load(time, slot, part.product, false);
            }
            // Its stay knows that when it leaves.
            What::Waited { .. } => {}
            What::Completed { ideal, .. } => {
                self.elements[slot].completed += 1;
                self.meters[slot].clock_mut().ideal += i128::from(ideal.0);
                self.change_places(slot, |places| places.finish(time));
            }
            What::Spoilt(_) => self.change_places(slot, |places| places.finish(time)),
            What::Happened(incident) => {
                self.tallies[slot].happen(incident);
                if matches!(incident, Incident::Closed | Incident::Opened) {
                    self.change_hours(time, slot, incident == Incident::Opened);
                }
            }
            What::Became(state) => self.become_state(time, slot, state),
            What::Saves { mode } => self.change_mode(time, slot, mode),
            What::AtWork { busy, purpose, .. } => self.lent(time, slot, busy, purpose),
            What::Attends { there } => self.people_clock(slot).attend(time, there),
            What::Answered { waited } => self.people_clock(slot).answer(waited),
            What::Lacks { skill, lacks } => self.lack(time, slot, skill, lacks),
            What::Delivered(_)
            | What::Scrapped(_)
            | What::Merged { .. }
            | What::Withdrawn(_)
            | What::Converted { .. }
            | What::Packed { .. }
            | What::Unpacked(_) => self.become_of_part(time, slot, what),
            What::Judged { .. }
            | What::Reworked(_)
            | What::Inspected { .. }
            | What::FromCarrier { .. }
            | What::Escaped(_) => self.know_of_part(time, what),
        }
    }
}

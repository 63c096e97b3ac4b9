//! The calendar: what is to come, earliest first.
//!
//! Alarms are ordered by (time, priority, sequence): of two at one instant the lower priority number rings first, of
//! two with one priority the one that was set first. Setting an alarm gives a [`Ticket`]. An alarm cannot be taken
//! back; its owner keeps the tickets that count, and drops what rings with another.
//!
//! What comes soon lies in a four-ary heap. A line mostly replaces the earliest alarm by its successor: the place of an
//! alarm that has rung stays open until the next one is set, which then sinks from the top in one pass instead of two.
//! What comes later lies unsorted in drawers (`drawers.rs`), so that a long line sorts no more at once than a short one.
//! Read [`Calendar::set`] and [`Calendar::ring`] first.

use super::Time;
use super::drawers::Drawers;

/// Something that will happen at an instant, unless nobody keeps its ticket by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// When it rings.
    pub time: Time,
    /// Whom it concerns, and what it is among all alarms.
    pub ticket: Ticket,
}

/// What tells one alarm from every other: priority in the upper two bits, then the sequence number, then the slot of its
/// owner in the lower 20. So one comparison of time and ticket orders two alarms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

impl Alarm {
    /// The slot of the owner.
    #[inline]
    pub fn slot(&self) -> u32 {
        self.ticket.0 as u32 & (Calendar::SLOTS as u32 - 1)
    }

    /// Time and ticket as one number, so that comparing takes no branch.
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.time.0) << 64 | u128::from(self.ticket.0)
    }
}

/// All alarms that are set.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The alarms before `until`.
    soon: Vec<Alarm>,
    /// The top has rung and its place is open.
    open: bool,
    until: Time,
    later: Drawers,
    set_so_far: u64,
}

/// Children of a node; four fill one cache line.
const ARITY: usize = 4;

/// Bits of the slot in a ticket.
const SLOT_BITS: u32 = 20;
/// Bits of the slot and the sequence number; the priority sits above them. The sequence has 42 bits: at 20 million
/// alarms a second it lasts for two and a half days.
const PRIORITY_SHIFT: u32 = 62;

/// With more alarms than this to come, those that come later go into drawers.
const SOON: usize = 64;

impl Default for Calendar {
    fn default() -> Calendar {
        Calendar {
            soon: Vec::new(),
            open: false,
            until: Time::NEVER,
            later: Drawers::default(),
            set_so_far: 0,
        }
    }
}

impl Calendar {
    /// The largest number of slots: a ticket keeps the slot in 20 bits.
    pub const SLOTS: usize = 1 << SLOT_BITS;

    /// Sets an alarm.
    #[inline(always)]
    pub fn set(&mut self, time: Time, priority: u8, slot: u32) -> Ticket {
        self.set_so_far += 1;
        let ticket =
            Ticket(u64::from(priority) << PRIORITY_SHIFT | self.set_so_far << SLOT_BITS | u64::from(slot));
        let alarm = Alarm { time, ticket };
        if time >= self.until {
            self.later.put(alarm);
        } else if self.open {
            self.open = false;
            self.sink(alarm);
        } else {
            self.rise(alarm);
        }
        ticket
    }

    /// Takes the earliest alarm that rings at `until` or before.
    #[inline]
    pub fn ring(&mut self, until: Time) -> Option<Alarm> {
        if self.open {
            self.close();
        }
        if self.soon.is_empty() {
            self.look_ahead();
        }
        let top = *self.soon.first()?;
        if top.time > until {
            return None;
        }
        self.open = true;
        Some(top)
    }

    /// How many alarms are set.
    pub fn len(&self) -> usize {
        self.soon.len() - usize::from(self.open) + self.later.len()
    }

    /// Whether nothing is to come.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills the open place at the top with the last alarm.
    #[inline]
    fn close(&mut self) {
        self.open = false;
        if let Some(last) = self.soon.pop()
            && !self.soon.is_empty()
        {
            self.sink(last);
        }
    }

    /// Puts an alarm in the open place at the top and lets it sink to where it belongs.
    #[inline(always)]
    fn sink(&mut self, alarm: Alarm) {
        sink(&mut self.soon, 0, alarm);
    }

    /// Appends an alarm and lets it rise to where it belongs.
    #[inline]
    fn rise(&mut self, alarm: Alarm) {
        let mut place = self.soon.len();
        self.soon.push(alarm);
        while place > 0 {
            let parent = (place - 1) / ARITY;
            if alarm.key() > self.soon[parent].key() {
                break;
            }
            self.soon[place] = self.soon[parent];
            place = parent;
        }
        self.soon[place] = alarm;
        if self.until == Time::NEVER && self.soon.len() > SOON {
            self.put_off();
        }
    }

    /// Puts all alarms into drawers; the first of them are taken out again when the next one is to ring.
    #[cold]
    fn put_off(&mut self) {
        self.until = Time::ZERO;
        self.soon.drain(..).for_each(|alarm| self.later.put(alarm));
    }

    /// Opens the next drawer: its alarms come soon now.
    #[cold]
    fn look_ahead(&mut self) {
        self.until = self.later.open_next(&mut self.soon);
        for place in (0..self.soon.len().div_ceil(ARITY)).rev() {
            let alarm = self.soon[place];
            sink(&mut self.soon, place, alarm);
        }
    }
}

/// Lets an alarm sink from an open place to where it belongs.
#[inline(always)]
fn sink(heap: &mut [Alarm], mut place: usize, alarm: Alarm) {
    let key = alarm.key();
    loop {
        let first = place * ARITY + 1;
        let Some((earliest, earliest_key)) = earliest_of(heap, first) else { break };
        if earliest_key >= key {
            break;
        }
        heap[place] = heap[earliest];
        place = earliest;
    }
    heap[place] = alarm;
}

/// The earliest of the children that begin at `first`, and its key.
#[inline]
fn earliest_of(heap: &[Alarm], first: usize) -> Option<(usize, u128)> {
    if let Some([a, b, c, d]) = heap.get(first..first + ARITY) {
        let earlier = |x: (usize, u128), y: (usize, u128)| if y.1 < x.1 { y } else { x };
        let left = earlier((first, a.key()), (first + 1, b.key()));
        let right = earlier((first + 2, c.key()), (first + 3, d.key()));
        return Some(earlier(left, right));
    }
    let last = heap.get(first..)?.iter().zip(first..);
    last.map(|(child, nth)| (nth, child.key())).min_by_key(|(_, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::stream::SplitMix;
    use std::collections::BTreeMap;

    #[test]
    fn alarms_ring_by_time_then_priority_then_the_order_they_were_set() {
        let mut calendar = Calendar::default();
        calendar.set(Time(5), 1, 0);
        calendar.set(Time(5), 0, 1);
        calendar.set(Time(3), 3, 2);
        calendar.set(Time(5), 0, 3);
        let order: Vec<u32> = std::iter::from_fn(|| calendar.ring(Time::NEVER)).map(|a| a.slot()).collect();
        assert_eq!(order, [2, 1, 3, 0]);
        assert!(calendar.is_empty());
    }

    #[test]
    fn an_alarm_carries_its_owner_and_the_ticket_that_was_given_for_it() {
        let mut calendar = Calendar::default();
        let slot = Calendar::SLOTS as u32 - 1;
        let tickets = [calendar.set(Time(1), 3, slot), calendar.set(Time(1), 3, slot)];
        let rung = [(); 2].map(|()| calendar.ring(Time(1)).expect("it is due"));
        assert_eq!(rung.map(|alarm| (alarm.slot(), alarm.ticket)), tickets.map(|ticket| (slot, ticket)));
        assert_ne!(tickets[0], tickets[1]);
    }

    #[test]
    fn nothing_rings_after_the_time_asked_for() {
        let mut calendar = Calendar::default();
        calendar.set(Time(10), 0, 7);
        assert!(calendar.ring(Time(9)).is_none());
        assert_eq!(calendar.len(), 1);
        assert!(calendar.ring(Time(10)).is_some());
    }

    /// The slow, obvious twin: a sorted map from (time, priority, sequence) to slot. `ahead` is how far ahead alarms are
    /// set, and of five steps `sets` set one, so that the calendar fills and empties.
    fn agrees_with_a_sorted_map(steps: u64, sets: impl Fn(u64) -> u64, ahead: impl Fn(u64) -> u64) {
        let mut calendar = Calendar::default();
        let mut twin: BTreeMap<(u64, u8, u64), u32> = BTreeMap::new();
        let mut random = SplitMix(88_172_645_463_325_252);
        let mut now = 0;
        for step in 0..steps {
            if random.next() % 5 < sets(step) {
                let (time, priority, slot) =
                    (now + ahead(random.next()), (random.next() % 3) as u8, (random.next() % 9999) as u32);
                calendar.set(Time(time), priority, slot);
                twin.insert((time, priority, step), slot);
            } else {
                let until = now + ahead(random.next());
                let expected =
                    twin.first_key_value().filter(|(key, _)| key.0 <= until).map(|(key, slot)| (*key, *slot));
                if let Some((key, _)) = expected {
                    twin.remove(&key);
                    now = key.0;
                }
                let rung = calendar.ring(Time(until)).map(|alarm| (alarm.time.0, alarm.slot()));
                assert_eq!(rung, expected.map(|(key, slot)| (key.0, slot)));
            }
            assert_eq!(calendar.len(), twin.len());
        }
    }

    #[test]
    fn it_agrees_with_a_sorted_map_while_it_is_short() {
        agrees_with_a_sorted_map(100_000, |_| 2, |random| random % 500);
    }

    #[test]
    fn it_agrees_with_a_sorted_map_while_it_grows_and_shrinks() {
        let waves = |step: u64| if step / 20_000 % 2 == 0 { 4 } else { 1 };
        agrees_with_a_sorted_map(200_000, waves, |random| random % 1_000_000);
        // Most of it at few instants, the rest far away.
        let clustered = |random: u64| if random % 8 < 7 { random % 3 * 1000 } else { random >> 8 };
        agrees_with_a_sorted_map(200_000, waves, clustered);
        // Everything at one instant, then anywhere up to the end of time.
        agrees_with_a_sorted_map(100_000, waves, |_| 0);
        agrees_with_a_sorted_map(100_000, waves, |random| random >> 20);
    }
}

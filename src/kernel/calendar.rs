//! The calendar: what is to come, earliest first.
//!
//! Alarms are ordered by (time, priority, sequence): of two at one instant the lower priority number rings first, of
//! two with one priority the one that was set first. Setting an alarm gives a [`Ticket`]. An alarm cannot be taken
//! back; its owner keeps the tickets that count, and drops what rings with another.
//!
//! What comes soon lies in a heap. A line mostly replaces the earliest alarm by its successor: the place of an alarm that
//! has rung stays open until the next one is set, which then sinks from the top in one pass instead of two.
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

/// What tells one alarm from every other: priority in the upper three bits, then the sequence number, then the slot of its
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
    /// The alarms before `until` as a heap, and behind them one that never rings: so every child has a sibling.
    soon: Vec<Alarm>,
    /// The top has rung and its place is open.
    open: bool,
    until: Time,
    later: Drawers,
    set_so_far: u64,
}

/// Bits of the slot in a ticket.
const SLOT_BITS: u32 = 20;
/// Bits of the slot and the sequence number; the priority sits above them. The sequence has 41 bits: at 20 million
/// alarms a second it lasts for thirty hours.
const PRIORITY_SHIFT: u32 = 61;

/// With more alarms than this to come, those that come later go into drawers.
const SOON: usize = 64;

/// It rings after everything else.
const LAST: Alarm = Alarm { time: Time::NEVER, ticket: Ticket(u64::MAX) };

impl Default for Calendar {
    fn default() -> Calendar {
        let (until, later) = (Time::NEVER, Drawers::default());
        Calendar { soon: vec![LAST], open: false, until, later, set_so_far: 0 }
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
        self.put(Alarm { time, ticket });
        ticket
    }

    #[inline(always)]
    fn put(&mut self, alarm: Alarm) {
        if alarm.time >= self.until {
            self.later.put(alarm);
        } else if self.open {
            self.open = false;
            self.fill_top(alarm);
        } else {
            self.rise(alarm);
        }
    }

    /// Takes the earliest alarm that rings at `until` or before. If there is none, [`Calendar::look_ahead`] may find one.
    #[inline(always)]
    pub fn ring(&mut self, until: Time) -> Option<Alarm> {
        if self.open {
            self.close();
        }
        // What is set for the end of time never rings.
        let until = until.min(Time(Time::NEVER.0 - 1));
        let top = *self.soon.first()?;
        if top.time > until {
            return None;
        }
        self.open = true;
        Some(top)
    }

    /// How many alarms were ever set: a measure of the work done so far.
    pub fn set_so_far(&self) -> u64 {
        self.set_so_far
    }

    /// Whether anything is still to come at an instant before this priority, if nothing before that instant is.
    #[inline]
    pub fn goes_on_at(&self, now: Time, priority: u8) -> bool {
        let end = u128::from(now.0) << 64 | u128::from(priority) << PRIORITY_SHIFT;
        let is_before = |nth: usize| self.soon.get(nth).is_some_and(|alarm| alarm.key() < end);
        if self.open { is_before(1) || is_before(2) } else { is_before(0) }
    }

    /// How many alarms are set.
    pub fn len(&self) -> usize {
        self.soon.len() - 1 - usize::from(self.open) + self.later.len()
    }

    /// Whether nothing is to come.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills the open place at the top with the last alarm.
    #[inline(always)]
    fn close(&mut self) {
        self.open = false;
        self.soon.pop();
        if let Some(end) = self.soon.last_mut() {
            let last = std::mem::replace(end, LAST);
            if self.soon.len() > 1 {
                sink(&mut self.soon, 0, last);
            }
        }
    }

    /// Puts an alarm into the open place at the top.
    #[inline(never)]
    fn fill_top(&mut self, alarm: Alarm) {
        sink(&mut self.soon, 0, alarm);
    }

    /// Appends an alarm and lets it rise to where it belongs.
    #[inline(never)]
    fn rise(&mut self, alarm: Alarm) {
        let mut place = self.soon.len() - 1;
        self.soon.push(LAST);
        while place > 0 {
            let parent = (place - 1) / 2;
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
        self.soon.pop();
        self.soon.drain(..).for_each(|alarm| self.later.put(alarm));
        self.soon.push(LAST);
    }

    /// Opens the next drawer if nothing comes before it; the alarms in it, in no order, come soon now.
    pub fn look_ahead(&mut self) -> Option<&[Alarm]> {
        if self.open || self.soon.len() > 1 || self.later.is_empty() {
            return None;
        }
        self.soon.clear();
        self.until = self.later.open_next(&mut self.soon);
        self.soon.push(LAST);
        for place in (0..self.soon.len() / 2).rev() {
            let alarm = self.soon[place];
            sink(&mut self.soon, place, alarm);
        }
        Some(&self.soon[..self.soon.len() - 1])
    }
}

/// Lets an alarm sink from an open place to where it belongs.
#[inline(always)]
fn sink(heap: &mut [Alarm], mut place: usize, alarm: Alarm) {
    let key = alarm.key();
    while let Some([left, right]) = heap.get(2 * place + 1..2 * place + 3) {
        let side = usize::from(right.key() < left.key());
        let child = 2 * place + 1 + side;
        let earlier = heap[child];
        if key < earlier.key() {
            break;
        }
        heap[place] = earlier;
        place = child;
    }
    heap[place] = alarm;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::stream::SplitMix;
    use std::collections::BTreeMap;

    #[test]
    fn an_instant_goes_on_as_long_as_something_is_to_come_before_a_priority() {
        let mut calendar = Calendar::default();
        assert!(!calendar.goes_on_at(Time(5), 1));
        for (time, priority) in [(5, 0), (5, 0), (5, 1), (6, 0)] {
            calendar.set(Time(time), priority, 0);
        }
        assert!(calendar.goes_on_at(Time(5), 1));
        calendar.ring(Time(9));
        assert!(calendar.goes_on_at(Time(5), 1));
        calendar.ring(Time(9));
        // What is left at this instant has a later priority.
        assert!(!calendar.goes_on_at(Time(5), 1));
        calendar.ring(Time(9));
        assert!(!calendar.goes_on_at(Time(5), 1));
        calendar.set(Time(5), 0, 0);
        assert!(calendar.goes_on_at(Time(5), 1));
    }

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
                let rung = calendar.ring(Time(until)).or_else(|| {
                    calendar.look_ahead().is_some().then(|| calendar.ring(Time(until))).flatten()
                });
                let rung = rung.map(|alarm| (alarm.time.0, alarm.slot()));
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
        let waves = |step: u64| if (step / 20_000).is_multiple_of(2) { 4 } else { 1 };
        agrees_with_a_sorted_map(200_000, waves, |random| random % 1_000_000);
        // Most of it at few instants, the rest far away.
        let clustered = |random: u64| if random % 8 < 7 { random % 3 * 1000 } else { random >> 8 };
        agrees_with_a_sorted_map(200_000, waves, clustered);
        // Everything at one instant, then anywhere up to the end of time.
        agrees_with_a_sorted_map(100_000, waves, |_| 0);
        agrees_with_a_sorted_map(100_000, waves, |random| random >> 20);
    }
}

//! The calendar: what is to come, earliest first.
//!
//! Alarms are ordered by (time, priority, sequence): of two at one instant the lower priority number rings first, of
//! two with one priority the one that was set first. An alarm cannot be taken back; its owner raises its own
//! generation number instead and drops the alarm when it rings with a stale one.
//!
//! A four-ary heap, because a line keeps about one alarm per machine and mostly replaces the earliest by its
//! successor: the place of an alarm that has rung stays open until the next one is set, which then sinks from the top
//! in one pass instead of two.

use super::Time;

/// Something that will happen at an instant, unless its generation is stale by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// When it rings.
    pub time: Time,
    /// Priority in the upper byte, sequence number below.
    order: u64,
    /// Whom it concerns: a slot in the upper 24 bits, the owner's own channel number in the lower 8.
    who: u32,
    /// The generation of the owner's plan that it belongs to.
    pub generation: u32,
}

impl Alarm {
    /// The slot of the owner.
    #[inline]
    pub fn slot(&self) -> u32 {
        self.who >> 8
    }

    /// Which of the owner's alarms it is.
    #[inline]
    pub fn channel(&self) -> u8 {
        self.who as u8
    }

    /// Time and order as one number, so that comparing takes no branch.
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.time.0) << 64 | u128::from(self.order)
    }
}

/// All alarms that are set.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    heap: Vec<Alarm>,
    /// The top has rung and its place is open.
    open: bool,
    set_so_far: u64,
}

/// Children of a node; four share one or two cache lines.
const ARITY: usize = 4;

/// Bits of the sequence number; the priority sits above them.
const SEQUENCE_BITS: u32 = 56;

impl Calendar {
    /// The largest slot an alarm can carry.
    pub const SLOTS: usize = 1 << 24;

    /// A calendar with room for `alarms` before it has to grow.
    pub fn with_capacity(alarms: usize) -> Calendar {
        Calendar { heap: Vec::with_capacity(alarms), ..Calendar::default() }
    }

    /// Sets an alarm.
    #[inline(always)]
    pub fn set(&mut self, time: Time, priority: u8, slot: u32, channel: u8, generation: u32) {
        self.set_so_far += 1;
        let order = u64::from(priority) << SEQUENCE_BITS | self.set_so_far;
        let alarm = Alarm { time, order, who: slot << 8 | u32::from(channel), generation };
        if self.open {
            self.open = false;
            self.sink(alarm);
        } else {
            self.rise(alarm);
        }
    }

    /// Takes the earliest alarm that rings at `until` or before.
    #[inline]
    pub fn ring(&mut self, until: Time) -> Option<Alarm> {
        self.close();
        let top = *self.heap.first()?;
        if top.time > until {
            return None;
        }
        self.open = true;
        Some(top)
    }

    /// How many alarms are set.
    pub fn len(&self) -> usize {
        self.heap.len() - usize::from(self.open)
    }

    /// Whether nothing is to come.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills the open place at the top with the last alarm.
    #[inline]
    fn close(&mut self) {
        if self.open {
            self.open = false;
            if let Some(last) = self.heap.pop()
                && !self.heap.is_empty()
            {
                self.sink(last);
            }
        }
    }

    /// Puts an alarm in the open place at the top and lets it sink to where it belongs.
    #[inline(always)]
    fn sink(&mut self, alarm: Alarm) {
        let heap = &mut self.heap[..];
        let key = alarm.key();
        let mut place = 0;
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

    /// Appends an alarm and lets it rise to where it belongs.
    #[inline]
    fn rise(&mut self, alarm: Alarm) {
        let mut place = self.heap.len();
        self.heap.push(alarm);
        while place > 0 {
            let parent = (place - 1) / ARITY;
            if alarm.key() > self.heap[parent].key() {
                break;
            }
            self.heap[place] = self.heap[parent];
            place = parent;
        }
        self.heap[place] = alarm;
    }
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
    use std::collections::BTreeMap;

    #[test]
    fn alarms_ring_by_time_then_priority_then_the_order_they_were_set() {
        let mut calendar = Calendar::default();
        calendar.set(Time(5), 1, 0, 0, 0);
        calendar.set(Time(5), 0, 1, 0, 0);
        calendar.set(Time(3), 9, 2, 0, 0);
        calendar.set(Time(5), 0, 3, 0, 0);
        let order: Vec<u32> = std::iter::from_fn(|| calendar.ring(Time::NEVER)).map(|a| a.slot()).collect();
        assert_eq!(order, [2, 1, 3, 0]);
        assert!(calendar.is_empty());
    }

    #[test]
    fn an_alarm_carries_slot_channel_and_generation() {
        let mut calendar = Calendar::default();
        calendar.set(Time(1), 0, 0xAB_CDEF, 0x7F, 42);
        let alarm = calendar.ring(Time(1)).expect("it is due");
        assert_eq!((alarm.slot(), alarm.channel(), alarm.generation), (0xAB_CDEF, 0x7F, 42));
    }

    #[test]
    fn nothing_rings_after_the_time_asked_for() {
        let mut calendar = Calendar::default();
        calendar.set(Time(10), 0, 7, 0, 0);
        assert!(calendar.ring(Time(9)).is_none());
        assert_eq!(calendar.len(), 1);
        assert!(calendar.ring(Time(10)).is_some());
    }

    /// The slow, obvious twin: a sorted map from (time, priority, sequence) to slot.
    #[test]
    fn it_agrees_with_a_sorted_map_under_random_use() {
        let mut calendar = Calendar::default();
        let mut twin: BTreeMap<(u64, u8, u64), u32> = BTreeMap::new();
        let mut random = 88_172_645_463_325_252_u64;
        let mut next = || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random
        };
        for step in 0..200_000_u64 {
            if next() % 5 < 3 {
                let (time, priority, slot) =
                    (next() % 500 + step / 100, (next() % 3) as u8, (next() % 9999) as u32);
                calendar.set(Time(time), priority, slot, 0, 0);
                twin.insert((time, priority, step), slot);
            } else {
                let until = next() % 400 + step / 100;
                let expected =
                    twin.first_key_value().filter(|(key, _)| key.0 <= until).map(|(key, slot)| (*key, *slot));
                if let Some((key, _)) = expected {
                    twin.remove(&key);
                }
                let rung = calendar.ring(Time(until)).map(|alarm| (alarm.time.0, alarm.slot()));
                assert_eq!(rung, expected.map(|(key, slot)| (key.0, slot)));
            }
            assert_eq!(calendar.len(), twin.len());
        }
    }
}

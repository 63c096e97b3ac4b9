//! The event queue: what is to come, earliest first.
//!
//! Events are ordered by (time, priority, sequence): of two at one instant the lower priority number comes first, of
//! two with one priority the one that was scheduled first. Scheduling an event gives an [`EventId`]. An event cannot be taken
//! back; its owner keeps the ids that count, and drops what comes with another.
//!
//! What comes soon lies in a heap. A line mostly replaces the earliest event by its successor: the place of an event that
//! has rung stays open until the next one is set, which then sinks from the top in one pass instead of two.
//! What comes later lies unsorted in drawers (`drawers.rs`), so that a long line sorts no more at once than a short one.
//! Read [`EventQueue::push`] and [`EventQueue::pop`] first.

use super::Time;
use super::drawers::Drawers;

/// Something that will happen at an instant. It is void if its owner no longer keeps its id then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happens.
    pub time: Time,
    /// Whom it concerns, and what it is among all events.
    pub id: EventId,
}

/// The unique number of an event: priority in the upper three bits, then the sequence number, then the slot of its
/// owner in the lower 20. So one comparison of time and id orders two events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventId(u64);

impl Event {
    /// The slot of the owner.
    #[inline]
    pub fn slot(&self) -> u32 {
        self.id.0 as u32 & (EventQueue::SLOTS as u32 - 1)
    }

    /// Time and id as one number, so that comparing takes no branch.
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.time.0) << 64 | u128::from(self.id.0)
    }
}

/// All events that are scheduled.
#[derive(Clone, Debug)]
pub struct EventQueue {
    /// The events before `until` as a heap, and behind them one that never happens: so every child has a sibling.
    soon: Vec<Event>,
    /// The top was taken and its place is open.
    open: bool,
    until: Time,
    later: Drawers,
    pushed_so_far: u64,
}

/// Bits of the slot in an id.
const SLOT_BITS: u32 = 20;
/// Bits of the slot and the sequence number; the priority sits above them. The sequence has 41 bits: at 20 million
/// events a second it lasts for thirty hours.
const PRIORITY_SHIFT: u32 = 61;

/// With more events than this to come, those that come later go into drawers.
const SOON: usize = 64;

/// It happens after everything else.
const LAST: Event = Event { time: Time::NEVER, id: EventId(u64::MAX) };

impl Default for EventQueue {
    fn default() -> EventQueue {
        let (until, later) = (Time::NEVER, Drawers::default());
        EventQueue { soon: vec![LAST], open: false, until, later, pushed_so_far: 0 }
    }
}

impl EventQueue {
    /// The largest number of slots: an id keeps the slot in 20 bits.
    pub const SLOTS: usize = 1 << SLOT_BITS;

    /// Schedules an event.
    #[inline(always)]
    pub fn push(&mut self, time: Time, priority: u8, slot: u32) -> EventId {
        self.pushed_so_far += 1;
        let id = EventId(
            u64::from(priority) << PRIORITY_SHIFT | self.pushed_so_far << SLOT_BITS | u64::from(slot),
        );
        self.put(Event { time, id });
        id
    }

    #[inline(always)]
    fn put(&mut self, event: Event) {
        if event.time >= self.until {
            self.later.put(event);
        } else if self.open {
            self.open = false;
            self.fill_top(event);
        } else {
            self.rise(event);
        }
    }

    /// Takes the earliest event that happens at `until` or before. If there is none, [`EventQueue::look_ahead`] may find one.
    #[inline(always)]
    pub fn pop(&mut self, until: Time) -> Option<Event> {
        if self.open {
            self.close();
        }
        // What is scheduled for the end of time never happens.
        let until = until.min(Time(Time::NEVER.0 - 1));
        let top = *self.soon.first()?;
        if top.time > until {
            return None;
        }
        self.open = true;
        Some(top)
    }

    /// How many events were ever scheduled: a measure of the work done so far.
    pub fn pushed_so_far(&self) -> u64 {
        self.pushed_so_far
    }

    /// Whether anything is still to come at an instant before this priority, if nothing before that instant is.
    #[inline]
    pub fn goes_on_at(&self, now: Time, priority: u8) -> bool {
        let end = u128::from(now.0) << 64 | u128::from(priority) << PRIORITY_SHIFT;
        let is_before = |nth: usize| self.soon.get(nth).is_some_and(|event| event.key() < end);
        if self.open { is_before(1) || is_before(2) } else { is_before(0) }
    }

    /// How many events are scheduled.
    pub fn len(&self) -> usize {
        self.soon.len() - 1 - usize::from(self.open) + self.later.len()
    }

    /// Whether nothing is to come.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills the open place at the top with the last event.
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

    /// Puts an event into the open place at the top.
    #[inline(never)]
    fn fill_top(&mut self, event: Event) {
        sink(&mut self.soon, 0, event);
    }

    /// Appends an event and lets it rise to where it belongs.
    #[inline(never)]
    fn rise(&mut self, event: Event) {
        let mut place = self.soon.len() - 1;
        self.soon.push(LAST);
        while place > 0 {
            let parent = (place - 1) / 2;
            if event.key() > self.soon[parent].key() {
                break;
            }
            self.soon[place] = self.soon[parent];
            place = parent;
        }
        self.soon[place] = event;
        if self.until == Time::NEVER && self.soon.len() > SOON {
            self.put_off();
        }
    }

    /// Puts all events into drawers; the first of them are taken out again when the next one is to be taken.
    #[cold]
    fn put_off(&mut self) {
        self.until = Time::ZERO;
        self.soon.pop();
        self.soon.drain(..).for_each(|event| self.later.put(event));
        self.soon.push(LAST);
    }

    /// Opens the next drawer if nothing comes before it; the events in it, in no order, come soon now.
    pub fn look_ahead(&mut self) -> Option<&[Event]> {
        if self.open || self.soon.len() > 1 || self.later.is_empty() {
            return None;
        }
        self.soon.clear();
        self.until = self.later.open_next(&mut self.soon);
        self.soon.push(LAST);
        for place in (0..self.soon.len() / 2).rev() {
            let event = self.soon[place];
            sink(&mut self.soon, place, event);
        }
        Some(&self.soon[..self.soon.len() - 1])
    }
}

/// Lets an event sink from an open place to where it belongs.
#[inline(always)]
fn sink(heap: &mut [Event], mut place: usize, event: Event) {
    let key = event.key();
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
    heap[place] = event;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::stream::SplitMix;
    use std::collections::BTreeMap;

    #[test]
    fn an_instant_goes_on_as_long_as_something_is_to_come_before_a_priority() {
        let mut queue = EventQueue::default();
        assert!(!queue.goes_on_at(Time(5), 1));
        for (time, priority) in [(5, 0), (5, 0), (5, 1), (6, 0)] {
            queue.push(Time(time), priority, 0);
        }
        assert!(queue.goes_on_at(Time(5), 1));
        queue.pop(Time(9));
        assert!(queue.goes_on_at(Time(5), 1));
        queue.pop(Time(9));
        // What is left at this instant has a later priority.
        assert!(!queue.goes_on_at(Time(5), 1));
        queue.pop(Time(9));
        assert!(!queue.goes_on_at(Time(5), 1));
        queue.push(Time(5), 0, 0);
        assert!(queue.goes_on_at(Time(5), 1));
    }

    #[test]
    fn events_come_by_time_then_priority_then_the_order_they_were_scheduled() {
        let mut queue = EventQueue::default();
        queue.push(Time(5), 1, 0);
        queue.push(Time(5), 0, 1);
        queue.push(Time(3), 3, 2);
        queue.push(Time(5), 0, 3);
        let order: Vec<u32> = std::iter::from_fn(|| queue.pop(Time::NEVER)).map(|a| a.slot()).collect();
        assert_eq!(order, [2, 1, 3, 0]);
        assert!(queue.is_empty());
    }

    #[test]
    fn an_event_carries_its_owner_and_the_id_that_was_given_for_it() {
        let mut queue = EventQueue::default();
        let slot = EventQueue::SLOTS as u32 - 1;
        let ids = [queue.push(Time(1), 3, slot), queue.push(Time(1), 3, slot)];
        let rung = [(); 2].map(|()| queue.pop(Time(1)).expect("it is due"));
        assert_eq!(rung.map(|event| (event.slot(), event.id)), ids.map(|id| (slot, id)));
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn nothing_comes_after_the_time_asked_for() {
        let mut queue = EventQueue::default();
        queue.push(Time(10), 0, 7);
        assert!(queue.pop(Time(9)).is_none());
        assert_eq!(queue.len(), 1);
        assert!(queue.pop(Time(10)).is_some());
    }

    /// The slow, obvious twin: a sorted map from (time, priority, sequence) to slot. `ahead` is how far ahead events are
    /// set, and of five steps `sets` set one, so that the queue fills and empties.
    fn agrees_with_a_sorted_map(steps: u64, sets: impl Fn(u64) -> u64, ahead: impl Fn(u64) -> u64) {
        let mut queue = EventQueue::default();
        let mut twin: BTreeMap<(u64, u8, u64), u32> = BTreeMap::new();
        let mut random = SplitMix(88_172_645_463_325_252);
        let mut now = 0;
        for step in 0..steps {
            if random.next() % 5 < sets(step) {
                let (time, priority, slot) =
                    (now + ahead(random.next()), (random.next() % 3) as u8, (random.next() % 9999) as u32);
                queue.push(Time(time), priority, slot);
                twin.insert((time, priority, step), slot);
            } else {
                let until = now + ahead(random.next());
                let expected =
                    twin.first_key_value().filter(|(key, _)| key.0 <= until).map(|(key, slot)| (*key, *slot));
                if let Some((key, _)) = expected {
                    twin.remove(&key);
                    now = key.0;
                }
                let rung = queue
                    .pop(Time(until))
                    .or_else(|| queue.look_ahead().is_some().then(|| queue.pop(Time(until))).flatten());
                let rung = rung.map(|event| (event.time.0, event.slot()));
                assert_eq!(rung, expected.map(|(key, slot)| (key.0, slot)));
            }
            assert_eq!(queue.len(), twin.len());
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

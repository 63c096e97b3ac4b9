//! Drawers for the events of a long line that come later: unsorted, each for a span of time of equal width.
//!
//! The width is chosen again whenever all drawers have been opened, from the events that are there then. With this width the
//! earliest quarter of the events puts a handful into each drawer. At least that quarter is gone before the next choice, so
//! an event is moved a few times at most, whatever the times are. Read [`Drawers::put`] and [`Drawers::open_next`].

use super::{Event, Time};

/// The events that come later, by spans of time.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawers {
    drawers: Vec<Vec<Event>>,
    /// Where the first drawer begins, and the width of each as a power of two.
    begin: Time,
    width_log: u32,
    /// The next one to be opened.
    next: usize,
    /// What comes after the last drawer.
    rest: Vec<Event>,
    len: usize,
}

/// How many of the earliest quarter of the events a drawer should hold.
const HANDFUL: u64 = 8;
/// How many times the span of the earliest quarter the drawers cover.
const REACH: u64 = 8;
/// So few events need no drawers.
const FEW: usize = 32;

impl Drawers {
    /// How many events are in the drawers.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Puts an event away. It must not come before the drawers that are still closed.
    #[inline]
    pub(super) fn put(&mut self, event: Event) {
        self.len += 1;
        self.sort_in(event);
    }

    /// Takes out the events of the next drawer that holds any; everything after the time that is returned is still
    /// inside.
    pub(super) fn open_next(&mut self, into: &mut Vec<Event>) -> Time {
        loop {
            while let Some(drawer) = self.drawers.get_mut(self.next) {
                self.next += 1;
                if !drawer.is_empty() {
                    self.len -= drawer.len();
                    into.append(drawer);
                    return self.begin + Time((self.next as u64).saturating_mul(1 << self.width_log));
                }
            }
            if self.rest.len() <= FEW {
                into.append(&mut self.rest);
                *self = Drawers::default();
                return Time::NEVER;
            }
            self.arrange();
        }
    }

    #[inline]
    fn sort_in(&mut self, event: Event) {
        let nth = (event.time - self.begin).0 >> self.width_log;
        match self.drawers.get_mut(nth as usize) {
            Some(drawer) => drawer.push(event),
            None => self.rest.push(event),
        }
    }

    /// Chooses the width by the earliest quarter of what is there, and sorts it in.
    fn arrange(&mut self) {
        let quarter = self.rest.len() / 4;
        let (early, last, _) = self.rest.select_nth_unstable_by_key(quarter, |event| event.time);
        let begin = early.iter().map(|event| event.time).min().unwrap_or(last.time);
        let span = (last.time - begin).0;
        let width = (span / quarter as u64).saturating_mul(HANDFUL).clamp(1, 1 << 62).next_power_of_two();
        (self.begin, self.width_log, self.next) = (begin, width.ilog2(), 0);
        let drawers = span.saturating_mul(REACH) / width + 1;
        self.drawers.resize_with(drawers as usize, Vec::new);
        std::mem::take(&mut self.rest).into_iter().for_each(|event| self.sort_in(event));
    }
}

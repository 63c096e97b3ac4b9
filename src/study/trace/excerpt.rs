//! A part of a run, event by event: states for a Gantt chart, levels and moves of parts for a replay.
//!
//! Memory has a limit: once there are too many entries the excerpt ends there. Read [`Excerpt`] first.

use crate::event::{Part, Slot, State};
use crate::kernel::Time;

/// The part of a run from `from` to `until`.
#[derive(Clone, Debug, PartialEq)]
pub struct Excerpt {
    /// Where it begins.
    pub from: Time,
    /// Where it ends.
    pub until: Time,
    /// Whether it ends before it was meant to, because so much happens.
    pub is_cut: bool,
    /// The states of the elements in the order of time in which they end.
    pub spans: Vec<TracedState>,
    /// Parts in each element at the beginning, by slot.
    pub contents: Vec<u64>,
    /// How these change.
    pub changes: Vec<LevelChange>,
    /// Parts that go from one element to another.
    pub moves: Vec<PartMove>,
}

/// An element in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TracedState {
    /// Which element.
    pub slot: Slot,
    /// Which state.
    pub state: State,
    /// Since when, not before the excerpt.
    pub from: Time,
    /// Until when, not after the excerpt.
    pub until: Time,
}

/// From an instant on, so many parts are in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelChange {
    /// Since when.
    pub at: Time,
    /// Which element.
    pub slot: Slot,
    /// How many parts.
    pub contents: u64,
}

/// A part goes from one element to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartMove {
    /// When.
    pub at: Time,
    /// From which element.
    pub from: Slot,
    /// To which element.
    pub to: Slot,
    /// Its product.
    pub product: u32,
}

/// Entries of each list at most.
const MOST: usize = 12_000;

/// Collects an excerpt.
#[derive(Clone, Debug)]
pub(super) struct ExcerptWriter {
    found: Excerpt,
    states: Vec<Option<(State, Time)>>,
    left: Option<(u64, Slot)>,
}

impl ExcerptWriter {
    pub(super) fn new(elements: usize, (from, until): (Time, Time)) -> ExcerptWriter {
        let found = Excerpt {
            from,
            until,
            is_cut: false,
            spans: Vec::new(),
            contents: vec![0; elements],
            changes: Vec::new(),
            moves: Vec::new(),
        };
        ExcerptWriter { found, states: vec![None; elements], left: None }
    }

    /// An element changes its state.
    pub(super) fn become_state(&mut self, now: Time, slot: Slot, state: State) {
        if let Some((before, since)) = self.states[slot.index()].replace((state, now)) {
            self.close(slot, before, since, now);
        }
    }

    fn close(&mut self, slot: Slot, state: State, from: Time, until: Time) {
        let (from, until) = (from.max(self.found.from), until.min(self.found.until));
        if from < until {
            // If this ends the excerpt, it ends at `until`, and of each element only the span that lasts longer follows.
            self.has_room(until);
            self.found.spans.push(TracedState { slot, state, from, until });
        }
    }

    /// An element has so many parts now.
    pub(super) fn change_level(&mut self, at: Time, slot: Slot, contents: u64) {
        if at <= self.found.from {
            self.found.contents[slot.index()] = contents;
        } else if self.is_within(at) {
            self.found.changes.push(LevelChange { at, slot, contents });
        }
    }

    pub(super) fn leave(&mut self, part: &Part, slot: Slot) {
        self.left = Some((part.serial, slot));
    }

    pub(super) fn arrive(&mut self, at: Time, part: &Part, to: Slot) {
        let Some((_, from)) = self.left.take_if(|(serial, _)| *serial == part.serial) else { return };
        if at >= self.found.from && self.is_within(at) {
            self.found.moves.push(PartMove { at, from, to, product: part.product });
        }
    }

    fn is_within(&mut self, at: Time) -> bool {
        at <= self.found.until && self.has_room(at)
    }

    /// Ends the excerpt where it is full.
    fn has_room(&mut self, at: Time) -> bool {
        let found = &mut self.found;
        let full = [found.spans.len(), found.changes.len(), found.moves.len()].iter().any(|n| *n >= MOST);
        if full && at < found.until {
            (found.until, found.is_cut) = (at, true);
        }
        !full
    }

    /// The excerpt, once the run is over.
    pub(super) fn finish(mut self, end: Time) -> Excerpt {
        for slot in 0..self.states.len() {
            if let Some((state, since)) = self.states[slot] {
                self.close(Slot(slot as u32), state, since, end);
            }
        }
        let mut found = self.found;
        let until = found.until;
        found.spans.retain(|span| span.from < until);
        found.spans.iter_mut().for_each(|span| span.until = span.until.min(until));
        found.changes.retain(|change| change.at <= until);
        found.moves.retain(|one| one.at <= until);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_that_is_full_ends_there_for_every_element() {
        let mut writer = ExcerptWriter::new(2, (Time(0), Time(1_000_000)));
        writer.become_state(Time(0), Slot(0), State::Starved);
        writer.become_state(Time(0), Slot(1), State::Working);
        for at in 1..=MOST as u64 + 50 {
            writer.change_level(Time(10 * at), Slot(0), at % 2);
        }
        writer.become_state(Time(900_000), Slot(1), State::Failed);
        let found = writer.finish(Time(1_000_000));
        let end = Time(10 * (MOST as u64 + 1));
        assert_eq!((found.until, found.is_cut, found.changes.len()), (end, true, MOST));
        let ends: Vec<_> = found.spans.iter().map(|span| (span.slot.0, span.from, span.until)).collect();
        assert_eq!(ends, [(1, Time(0), end), (0, Time(0), end)]);
    }

    #[test]
    fn contents_at_the_beginning_are_those_after_all_that_happens_then() {
        let mut writer = ExcerptWriter::new(1, (Time(10), Time(20)));
        [(5, 3), (10, 4), (11, 5), (25, 6)]
            .into_iter()
            .for_each(|(at, contents)| writer.change_level(Time(at), Slot(0), contents));
        let found = writer.finish(Time(30));
        assert_eq!((found.contents[0], found.changes.len(), found.is_cut), (4, 1, false));
    }
}

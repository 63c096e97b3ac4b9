//! The states of one element over time, in memory that does not grow: the latest are exact, older ones become coarser.

use crate::event::State;
use crate::kernel::Time;

/// A strip of a Gantt chart.
#[derive(Clone, Debug, PartialEq)]
pub struct StateTimeline {
    /// When it came into which state, in order.
    changes: Vec<(Time, State)>,
    most: usize,
    /// Up to here only the state that prevailed in each stretch is known.
    coarse_until: Time,
}

impl StateTimeline {
    /// A timeline that keeps at most so many changes.
    pub(super) fn new(most: usize) -> StateTimeline {
        StateTimeline { changes: Vec::new(), most, coarse_until: Time::ZERO }
    }

    /// The element comes into a state.
    pub(super) fn change(&mut self, time: Time, state: State) {
        if let Some(last) = self.changes.last_mut().filter(|last| last.0 == time) {
            last.1 = state;
            return;
        }
        if self.changes.len() == self.most {
            self.coarsen();
        }
        self.changes.push((time, state));
    }

    /// Up to here only the longest state of each stretch is known.
    pub fn coarse_until(&self) -> Time {
        self.coarse_until
    }

    /// What it was in at an instant; none for what has no states.
    pub fn at(&self, time: Time) -> Option<State> {
        let after = self.changes.partition_point(|(since, _)| *since <= time);
        Some(self.changes.get(after.checked_sub(1)?)?.1)
    }

    /// The stretches of one state between two instants, the last of them up to `until`.
    pub fn between(&self, from: Time, until: Time) -> impl Iterator<Item = (Time, Time, State)> {
        let first = self.changes.partition_point(|(since, _)| *since <= from).saturating_sub(1);
        let changes = &self.changes[first..];
        let ends = changes.iter().skip(1).map(|(end, _)| *end).chain([Time::NEVER]);
        let stretches = changes.iter().zip(ends).take_while(move |((since, _), _)| *since < until);
        stretches.map(move |((since, state), end)| ((*since).max(from), end.min(until), *state))
    }

    /// Joins the older half: an eighth of the changes, each with the state that prevailed there.
    fn coarsen(&mut self) {
        let half = self.most / 2;
        let (begin, end) = (self.changes[0].0, self.changes[half].0);
        let pieces = (half / 4).max(1) as u64;
        let width = ((end - begin).0 / pieces).max(1);
        let mut joined: Vec<(Time, State)> = Vec::with_capacity(self.most);
        let mut from = begin;
        while from < end {
            let until = Time(from.0 + width).min(end);
            let state = self.prevailing(from, until);
            joined.extend(
                state
                    .filter(|state| joined.last().is_none_or(|last| last.1 != *state))
                    .map(|state| (from, state)),
            );
            from = until;
        }
        joined.extend_from_slice(&self.changes[half..]);
        self.changes = joined;
        self.coarse_until = end;
    }

    fn prevailing(&self, from: Time, until: Time) -> Option<State> {
        let mut times = [0; State::ALL.len()];
        for (begin, end, state) in self.between(from, until) {
            times[state as usize] += (end - begin).0;
        }
        State::ALL
            .into_iter()
            .filter(|state| times[*state as usize] > 0)
            .max_by_key(|state| times[*state as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_timeline_is_exact() {
        let mut timeline = StateTimeline::new(64);
        for (time, state) in
            [(0, State::Starved), (5, State::Working), (9, State::Blocked), (9, State::Working)]
        {
            timeline.change(Time(time), state);
        }
        assert_eq!(timeline.at(Time(4)), Some(State::Starved));
        assert_eq!(timeline.at(Time(5)), Some(State::Working));
        let told: Vec<_> = timeline.between(Time(2), Time(20)).collect();
        assert_eq!(
            told,
            [
                (Time(2), Time(5), State::Starved),
                (Time(5), Time(9), State::Working),
                (Time(9), Time(20), State::Working),
            ]
        );
        assert_eq!(StateTimeline::new(64).between(Time(0), Time(9)).count(), 0);
    }

    #[test]
    fn a_long_timeline_stays_small_and_keeps_its_shares() {
        let mut timeline = StateTimeline::new(256);
        // 30 units of work, 10 of waiting, in stretches of 1000 units that are all work or all waiting.
        for piece in 0..4000_u64 {
            let state = if piece % 4 == 3 { State::Starved } else { State::Working };
            timeline.change(Time(piece * 1000), state);
            timeline.change(Time(piece * 1000 + 1), state);
        }
        assert!(timeline.changes.len() <= 256);
        let end = Time(4_000_000);
        let covered: u64 = timeline.between(Time(0), end).map(|(from, until, _)| (until - from).0).sum();
        assert_eq!(covered, end.0, "no time is lost");
        assert!(timeline.coarse_until() > Time(3_000_000), "the latest are exact");
        assert!(timeline.coarse_until() < Time(3_990_000));
    }
}

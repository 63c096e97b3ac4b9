//! The listener of a twin: it passes every event to the records, the timelines, the moves and the tape.

use super::state_timeline::StateTimeline;
use super::wanted::{SearchTarget, StateSearch};
use crate::event::{LineEvent, Listener, Slot, State, What};
use crate::kernel::Time;
use crate::line::Line;
use crate::records::Records;
use crate::stage::Moves;

/// The ears of a twin.
pub(super) struct RunRecorder {
    pub(super) records: Records,
    pub(super) timelines: Vec<StateTimeline>,
    pub(super) moves: Moves,
    /// Since when each element is active without a break: neither starved nor blocked.
    active_since: Vec<Option<Time>>,
    search: Option<StateSearch>,
    /// The event that the search looked for.
    pub(super) found: Option<LineEvent>,
    pub(super) events: u64,
    pub(super) tape: Option<Vec<LineEvent>>,
    /// Whether the tape begins at time zero.
    pub(super) from_zero: bool,
}

/// All timelines of a line together keep about so many changes of state.
const CHANGES: usize = 1 << 22;

impl RunRecorder {
    pub(super) fn new(line: &Line) -> RunRecorder {
        let elements = line.elements.len();
        let each = (CHANGES / elements.max(1)).clamp(256, 8192);
        RunRecorder {
            records: Records::of(line),
            timelines: vec![StateTimeline::new(each); elements],
            moves: Moves::default(),
            active_since: vec![None; elements],
            search: None,
            found: None,
            events: 0,
            tape: None,
            from_zero: true,
        }
    }

    /// Forgets everything: time goes back to zero.
    pub(super) fn begin_again(&mut self, line: &Line) {
        let tape = self.tape.take().map(|_| Vec::new());
        *self = RunRecorder { tape, ..RunRecorder::new(line) };
    }

    pub(super) fn listen_for(&mut self, wanted: SearchTarget, after: Time) {
        self.search = Some(StateSearch::After(wanted, after));
    }

    pub(super) fn look_back_for(&mut self, wanted: SearchTarget, before: Time) {
        self.search = Some(StateSearch::Before(wanted, before, Time::ZERO));
    }

    pub(super) fn looks_back(&self) -> bool {
        matches!(self.search, Some(StateSearch::Before(..)))
    }

    /// When that was heard last which was looked back for; time zero if never.
    pub(super) fn seen_last(&mut self) -> Time {
        match self.search.take() {
            Some(StateSearch::Before(_, _, seen)) => seen,
            _ => Time::ZERO,
        }
    }

    pub(super) fn stop_listening(&mut self) {
        (self.search, self.found) = (None, None);
    }

    pub(super) fn bottleneck(&self) -> Option<Slot> {
        let active = self.active_since.iter().zip(0..).filter_map(|(since, slot)| Some(((*since)?, slot)));
        active.min().map(|(_, slot)| Slot(slot))
    }

    #[inline]
    fn search(&mut self, event: &LineEvent) {
        match &mut self.search {
            Some(StateSearch::After(wanted, after)) if event.time > *after && wanted.is(event) => {
                self.found = Some(*event);
            }
            Some(StateSearch::Before(wanted, before, seen)) if event.time < *before && wanted.is(event) => {
                *seen = event.time;
            }
            _ => {}
        }
    }

    fn note_state(&mut self, time: Time, slot: Slot, state: State) {
        self.timelines[slot.index()].change(time, state);
        let since = &mut self.active_since[slot.index()];
        if state.is_active() {
            since.get_or_insert(time);
        } else {
            *since = None;
        }
    }
}

impl Listener for RunRecorder {
    fn on_event(&mut self, event: LineEvent) {
        self.events += 1;
        self.records.on_event(event);
        self.moves.on_event(event);
        if let What::Became(state) = event.what {
            self.note_state(event.time, event.element, state);
        }
        self.search(&event);
        if let Some(tape) = &mut self.tape {
            tape.push(event);
        }
    }
}

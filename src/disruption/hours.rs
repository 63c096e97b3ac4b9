//! The hours of equipment by a calendar: a stop that begins when a shift or break ends its work, and is over when work begins
//! again.
//!
//! At one instant the end of the hours falls due before anything else happens, so that no work begins then. It begins after
//! completions, breakdowns and maintenance that is due, in the [order of an instant](crate::context). The hours begin again
//! as a repair ends. Breakdowns and maintenance under way go on through closed time; what falls due in closed time waits
//! for the hours to begin, except for maintenance [`When::OffShift`](super::When::OffShift).
//!
//! Read [`ShiftEnd`] first.

use crate::calendar::Timetable;
use crate::context::{COMPLETION, Context, DUE};
use crate::event::{Incident, Listener, Slot, What};
use crate::kernel::{EventId, Time};
use serde::Deserialize;

/// What equipment does with the work in hand when its hours end, at the end of a shift or at the beginning of a break.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum ShiftEnd {
    /// It finishes the work in hand, which is overtime.
    #[default]
    Finish,
    /// It stops at once, and goes on exactly there when its hours begin again.
    Pause,
    /// It finishes the work in hand, and begins only what ends before its hours do; what does not fit waits for hours into which
    /// it fits. Work that is longer than all of its hours begins with the next. Work that waited begins even if a stop has made
    /// it late.
    OnlyWhatFits,
}

/// The hours of a piece of equipment, and whether it is closed now.
#[derive(Clone, Debug, PartialEq)]
pub struct Hours {
    timetable: Timetable,
    end: ShiftEnd,
    /// Whether its hours are over.
    closed: bool,
    /// When its hours began last; never, if that was before the run.
    opened: Time,
    /// The longest of its hours without a break.
    longest: Time,
    /// Its rank among the stops that fell due and wait; 0 if it does not wait.
    pub(super) due: u32,
    /// Whether the stop comes whatever work there is, because that work must wait.
    held: bool,
    /// Whether work waits for the next hours into which it fits, and whether some has waited for the present ones.
    waits: bool,
    waited: bool,
    /// Whether the next work was begun before the run.
    begun_before: bool,
    /// The event of the next change.
    event_id: EventId,
}

/// Five years: a longer run has the same share of closed time.
const LONG_RUN: Time = Time(5 * 365 * 86_400 * 1_000_000_000);

/// The closed time of equipment during a run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ClosedTime {
    open_secs: f64,
    /// The longest time without closing.
    pub(super) longest: Time,
    /// The lengths of the closings, in seconds.
    closings: Vec<f64>,
}

impl ClosedTime {
    /// That of a timetable from the beginning of a run until then.
    pub(super) fn of(timetable: &Timetable, until: Time) -> ClosedTime {
        let (mut closings, mut longest, mut now) = (Vec::new(), Time::ZERO, Time::ZERO);
        let until = until.min(LONG_RUN);
        while now < until {
            let open = timetable.at(now).is_open();
            let next = if open { timetable.next_closing(now) } else { timetable.next_opening(now) };
            let end = next.unwrap_or(until).min(until);
            match open {
                // The last of the run may be cut short.
                true => longest = longest.max(next.unwrap_or(Time::NEVER) - now),
                false => closings.push((end - now).secs()),
            }
            now = end;
        }
        ClosedTime { open_secs: timetable.open_between(Time::ZERO, until).secs(), longest, closings }
    }

    /// Seconds closed for each second open, if work goes on so long into closed time.
    pub(super) fn secs_per_open_sec(&self, overtime_secs: f64) -> f64 {
        let closed: f64 = self.closings.iter().map(|secs| (secs - overtime_secs).max(0.0)).sum();
        let worked: f64 =
            self.open_secs + self.closings.iter().map(|secs| secs.min(overtime_secs)).sum::<f64>();
        if worked > 0.0 { closed / worked } else { f64::INFINITY }
    }
}

impl Hours {
    /// Those of equipment that finishes what it has begun.
    pub(crate) fn around(timetable: Timetable) -> Hours {
        Hours::new(timetable, ShiftEnd::Finish, Time::NEVER)
    }

    pub(super) fn new(timetable: Timetable, end: ShiftEnd, longest: Time) -> Hours {
        Hours {
            timetable,
            end,
            closed: false,
            opened: Time::NEVER,
            longest,
            due: 0,
            held: false,
            waits: false,
            waited: false,
            begun_before: false,
            event_id: EventId::default(),
        }
    }

    pub(crate) fn timetable(&self) -> &Timetable {
        &self.timetable
    }

    /// Whether its hours are over.
    pub(crate) fn are_over(&self) -> bool {
        self.closed
    }

    /// Looks at the hours of equipment that nothing else stops: emits that they begin or end, and returns whether they are over
    /// if that has changed.
    pub(crate) fn begin_or_end<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> Option<bool> {
        let now = ctx.now;
        let changed = self.look(now, &mut |due, rank| ctx.schedule(due, rank, me));
        let incident = if self.closed { Incident::Closed } else { Incident::Opened };
        changed.then(|| ctx.emit(me, What::Happened(incident)))?;
        Some(self.closed)
    }

    /// Whether this is the event of the next change.
    pub(crate) fn is_event(&self, event_id: EventId) -> bool {
        self.event_id == event_id
    }

    /// Reads the timetable at an instant, and schedules the event of the next time that its hours begin or end. Returns whether
    /// that is another answer than before.
    pub(super) fn look(&mut self, now: Time, schedule: &mut dyn FnMut(Time, u8) -> EventId) -> bool {
        let closed = !self.timetable.at(now).is_open();
        let changed = std::mem::replace(&mut self.closed, closed) != closed;
        if changed && !closed {
            (self.opened, self.due, self.held) = (now, 0, false);
            self.waited = std::mem::take(&mut self.waits);
        }
        let next = if closed { self.timetable.next_opening(now) } else { self.timetable.next_closing(now) };
        let priority = if closed { COMPLETION } else { DUE };
        self.event_id = next.map_or(EventId::default(), |time| schedule(time - now, priority));
        changed
    }

    /// Whether the stop can begin, if it is due.
    pub(super) fn comes(&self, work_in_hand: bool) -> bool {
        self.due > 0 && (!work_in_hand || self.held || self.end == ShiftEnd::Pause)
    }

    /// Whether work is looked at before it begins.
    pub(super) fn looks_at_work(&self) -> bool {
        self.end == ShiftEnd::OnlyWhatFits
    }

    /// The next work was begun before the run.
    pub(super) fn note_begun(&mut self) {
        self.begun_before = true;
    }

    /// Whether work of this length may begin now.
    pub(super) fn admits(&mut self, work: Time, now: Time) -> bool {
        if !self.looks_at_work() || std::mem::take(&mut self.begun_before) {
            return true;
        }
        if self.closed {
            return false;
        }
        // Work that waited for these hours counts from their beginning.
        let begin = if std::mem::take(&mut self.waited) { self.opened } else { now };
        let fits = self.timetable.next_closing(now).is_none_or(|closing| begin + work <= closing);
        fits || begin == self.opened && work > self.longest
    }

    /// Work in hand does not fit, and waits for the next hours.
    pub(super) fn hold(&mut self, place_among_due: u32) {
        (self.due, self.held, self.waits) = (place_among_due, true, true);
    }

    /// If its hours are over and it has not stopped yet, no work keeps it from that.
    pub(super) fn hold_in_closed_time(&mut self) {
        self.held |= self.due > 0;
    }

    /// Takes over what does not depend on the instant.
    pub(super) fn become_like(&mut self, settings: &Hours) {
        self.end = settings.end;
    }
}

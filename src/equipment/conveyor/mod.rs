//! A conveyor: parts travel along it, each the pitch behind the one before, and leave at its end in the order in which
//! they came. A kiln or a reflow oven is a conveyor that never stops.
//!
//! How parts move is told in `belt.rs`; here is what that means for the flow. The entrance is one place: it is free while
//! a part may come, a robot sets out for it then and keeps it while it is on its way. A part that a robot has set out to fetch stays at the end until then.
//! During a repair all parts stand, and go on exactly where they stood; nothing comes or goes but what a robot was promised.
//!
//! On a belt that never stops, a part that nobody takes at the very instant at which it reaches the end is lost: it leaves
//! through the port `scrap`, and while it waits for room there, those behind it are lost too. A part that a robot
//! was promised counts as taken. While the belt is repaired nothing is lost.
//!
//! A maintenance stops it at once, with all parts on it, or waits until it is empty, with the entrance shut.
//!
//! What interrupts it is a [`Task`] whose work is the time in which parts move. The task does not hold the events of the
//! belt, which are several at once and change with every part that comes; so lives in parts are not offered.
//!
//! Not modelled: acceleration, slopes, curves, parts of different lengths, belts that turn back.

mod belt;
mod forecast;
mod initial;
mod look;
mod settings;

use super::appearance::Pose;
use super::{Equipment, Retune, Station};
use crate::checking::contents;
use crate::context::{COMPLETION, DECISION, Moment, Rang};
use crate::disruption::{Begun, Task, TaskProgress};
use crate::event::{Listener, Slot, State};
use crate::kernel::{Alarm, Purpose, Stream, Ticket, Time};
use crate::material::{PartId, PartStore, Place};
use crate::resource::Token;
use belt::Belt;
use bevy::ecs::component::Component;

pub use settings::Conveyor;
use settings::SCRAP;

pub use belt::WhenBlocked;
pub use initial::OnBelt;

/// The running conveyor.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Carriage {
    task: Task,
    belt: Belt,
    /// Whether the entrance is free, or kept for a robot.
    open: bool,
    /// The alarm of the next event of the belt, and what its clock will show then; that of nobody if only others can go on.
    next: (Ticket, Time),
    /// The alarm at which it is decided whether a part is lost.
    decision: Ticket,
    /// Since when no part moves, if the task was not told yet: most stops are over at the instant at which they begin.
    still_since: Option<Time>,
    metres: f32,
}

impl Equipment for Carriage {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.task.seed(stream);
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        // From here on the entrance is the only place that counts.
        place.admit(1 - self.belt.gauge.fits as i32);
        self.task.start(me, at);
        if let Some(begun) = self.task.begun() {
            self.begin_with(&begun, place, me, at);
        }
    }

    fn ring<L: Listener>(
        &mut self,
        alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        if alarm.ticket == self.next.0 {
            self.come_about(place, me, at);
            return Rang::Settle;
        }
        if alarm.ticket == self.decision {
            return self.decide(place, at);
        }
        self.tell_task_of_rest();
        match self.task.ring(alarm, me, at) {
            TaskProgress::Unchanged => return Rang::Nothing,
            TaskProgress::Due => {
                self.is_due(place, me, at);
                return Rang::Nothing;
            }
            TaskProgress::Finished => {
                self.wear(place, me, at);
                return Rang::Nothing;
            }
            TaskProgress::Last => {
                self.wear(place, me, at);
                self.is_due(place, me, at);
                return Rang::Nothing;
            }
            TaskProgress::Down(state) | TaskProgress::Spoilt(state) => {
                self.belt.drive(at.now, false);
                place.close(state);
                self.next.0 = Ticket::default();
            }
            TaskProgress::StillDown(state) => place.stay_closed(state),
            TaskProgress::Up => {
                self.belt.drive(at.now, true);
                place.open(State::Starved, State::Starved);
                if self.task.awaits_maintenance() {
                    self.is_due(place, me, at);
                }
                self.decide_later(place, me, at);
                self.go_on(place, me, at);
            }
        }
        Rang::Settle
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        place.admit(-1);
        self.belt.leave(at.now);
        self.belt.drive(at.now, !self.task.down());
        self.go_on(place, me, at);
        self.note_if_empty(place, me, at);
    }

    fn granted<L: Listener>(
        &mut self,
        token: Token,
        _lender: Slot,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        if let Some(state) = self.task.person_comes(token, me, at) {
            place.stay_closed(state);
        }
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        let waits = [self.next.0, self.decision].iter().any(|ticket| *ticket != Ticket::default());
        waits || self.task.down() || place.is_pledged()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        // The belt looks the same after every turn of its rollers, and a small number is a precise one.
        let laps = look::laps(self.metres);
        let lap = self.belt.gauge.transit.0.max(1) / u64::from(laps);
        let share = (self.belt.clock(now).0 % lap.max(1)) as f64 / lap.max(1) as f64;
        Pose {
            heat: f32::from(self.belt.when_blocked == WhenBlocked::Never),
            run: share as f32 * self.metres / f32::from(laps),
            along: self.belt.along(now),
            ..Pose::default()
        }
    }
}

impl Station for Carriage {
    fn work<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.open = false;
        self.belt.enter(at.now);
        self.go_on(place, me, at);
    }

    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, now: Time) -> Time {
        self.belt.ideal_in_hand(now)
    }
}

impl Retune for Carriage {
    fn can_become(&self, settings: &Carriage) -> bool {
        // Where a part is that came at another speed would be a matter of taste; so that holds from the beginning of a run.
        // What lay on it at first is a matter of the beginning, too.
        let same = |belt: &Belt| (belt.gauge, belt.when_blocked, belt.came().clone());
        same(&self.belt) == same(&settings.belt) && self.task.can_become(&settings.task)
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Carriage,
        _before: &Carriage,
        _place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        self.tell_task_of_rest();
        self.task.become_like(&settings.task, me, at);
    }
}

impl Carriage {
    /// The run begins with parts on the belt, or down, or both.
    fn begin_with<L: Listener>(
        &mut self,
        begun: &Begun,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        let parts = contents::lay_in(&begun.parts, place, me, at);
        place.admit(parts.len() as i32);
        self.open = self.belt.entrance_at().is_some_and(|free| free <= self.belt.clock(at.now));
        if !self.open {
            place.admit(-1);
        }
        match begun.stop {
            None => self.go_on(place, me, at),
            Some((cause, left)) => {
                self.belt.drive(at.now, false);
                if let Some(state) = self.task.start_down(cause, left, me, at) {
                    place.close(state);
                }
            }
        }
    }

    /// A maintenance is due and has not begun: no other part comes on.
    fn is_due<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        place.shut_in();
        self.note_if_empty(place, me, at);
    }

    /// Says so if nothing is on it or on its way to it, for a maintenance that waits for that.
    fn note_if_empty<L: Listener>(&mut self, place: &Place, me: Slot, at: &mut Moment<'_, L>) {
        if place.inside() == 0 && !place.is_pledged() {
            self.task.is_empty(me, at);
        }
    }

    /// What was due on the belt by now happens.
    fn come_about<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.next.0 = Ticket::default();
        let clock = self.belt.clock(at.now);
        let due = |at: Option<Time>| at.is_some_and(|at| at <= clock);
        if due(self.belt.end_at()) {
            self.reach_end(place, me, at);
        }
        if !self.open && due(self.belt.entrance_at()) {
            self.open = true;
            place.admit(1);
        }
        self.go_on(place, me, at);
    }

    fn reach_end<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        let nth = self.belt.at_end() as usize;
        let part = place.each_part(at.parts).nth(nth).unwrap_or_default();
        let free = self.belt.reach_end(at.now);
        at.parts.traits_mut(part).exit = 0;
        place.ready(1);
        let ideal = self.belt.gauge.ideal();
        let stayed = at.now - at.parts.stay(part).idle_since;
        at.tell_wait(me, part, Time(stayed.0.saturating_sub(free.0)));
        at.complete(me, part, ideal);
        self.decide_later(place, me, at);
    }

    /// Whether a part at the end is lost is decided when everything else at this instant is settled.
    fn decide_later<L: Listener>(&mut self, place: &Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.belt.when_blocked == WhenBlocked::Never && place.has_part() {
            self.decision = at.alarm(Time::ZERO, DECISION, me);
        }
    }

    fn decide<L: Listener>(&mut self, place: &Place, at: &mut Moment<'_, L>) -> Rang {
        self.decision = Ticket::default();
        if !place.has_part() {
            return Rang::Nothing;
        }
        let lost: Vec<PartId> = place.waiting(at.parts).collect();
        let is_lost = |part: &PartId| usize::from(at.parts.traits(*part).exit) == SCRAP;
        let known = lost.first().is_none_or(is_lost);
        lost.into_iter().for_each(|part| at.parts.traits_mut(part).exit = SCRAP as u8);
        if known { Rang::Nothing } else { Rang::Redirect }
    }

    /// Tells its state, and sets the alarm of what comes next.
    fn go_on<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.task.down() {
            return;
        }
        place.state = match (self.belt.inside(), self.belt.moves(at.now)) {
            (0, _) => State::Starved,
            (_, true) => State::Working,
            (_, false) => State::Blocked,
        };
        self.wear(place, me, at);
        let clock = self.belt.clock(at.now);
        let entrance = self.belt.entrance_at().filter(|_| !self.open);
        let rest = self.belt.rest_at().filter(|rest| *rest > clock);
        let next = [self.belt.end_at(), entrance, rest].into_iter().flatten().min();
        self.next = match next.filter(|_| self.belt.runs()) {
            None => (Ticket::default(), Time::ZERO),
            Some(due) if due == self.next.1 && self.next.0 != Ticket::default() => self.next,
            Some(due) => (at.alarm(Time(due.0.saturating_sub(clock.0)), COMPLETION, me), due),
        };
    }

    /// Its drive wears while parts move.
    fn wear<L: Listener>(&mut self, place: &Place, me: Slot, at: &mut Moment<'_, L>) {
        if !self.task.may_stop() {
            return;
        }
        if place.state != State::Working {
            if self.task.runs() {
                self.still_since.get_or_insert(at.now);
            }
            return;
        }
        if self.still_since.is_some_and(|since| since < at.now) {
            self.tell_task_of_rest();
        }
        self.still_since = None;
        if !self.task.runs() {
            // In pieces that end soon, so that alarms which no longer count do not pile up.
            self.task.begin(self.belt.gauge.transit.max(Time(1_000_000_000)), me, at);
        }
    }

    /// The task ends its work when the last part came to rest, before it hears of anything else.
    fn tell_task_of_rest(&mut self) {
        if let Some(since) = self.still_since.take() {
            self.task.end(since);
        }
    }
}

//! Runs a twin to its goal, stretch by stretch, so that a window can draw between two stretches. Read
//! [`Twin::pursue`] first.

use super::history::{LineHistory, SeenState};
use super::{FIRST, Goal, SearchTarget, Twin};
use crate::kernel::Time;
use crate::kpi;
use crate::sim;
use bevy::ecs::prelude::World;
use std::sync::Arc;

/// Moves are forgotten after so long; no picture shows them for longer.
const SEEN: Time = Time(30_000_000_000);

/// Why a run cannot go on that is no longer whole; taking time back makes it whole again.
const TORN: &str = "an element of the line was despawned";

impl Twin {
    /// Goes on towards its goal as long as the caller has patience; whether it is there.
    ///
    /// Patience is asked for after every stretch of the run, which takes milliseconds at most; nothing that is heard
    /// depends on it.
    pub fn pursue(&mut self, world: &mut World, patience: &mut dyn FnMut() -> bool) -> bool {
        while let Some(goal) = self.goal {
            self.goal = self.one_stretch(world, goal);
            if self.goal.is_some() && !patience() {
                break;
            }
        }
        self.recorder.moves.forget(self.now(), SEEN);
        self.goal.is_none()
    }

    /// One stretch on the way to a goal; what is left of the goal.
    fn one_stretch(&mut self, world: &mut World, goal: Goal) -> Option<Goal> {
        match goal {
            Goal::Reach(time) if time < self.now() => self.restart(world),
            Goal::Reach(time) => {
                self.stretch_to(world, time);
                if self.now() >= time || self.stuck.is_some() {
                    return None;
                }
            }
            Goal::Next(wanted, after) => {
                self.recorder.listen_for(wanted, after);
                if self.recorder.found.is_none() {
                    self.stretch_to(world, self.end());
                }
                if self.recorder.found.take().is_some() || self.now() >= self.end() || self.stuck.is_some() {
                    self.recorder.stop_listening();
                    return None;
                }
            }
            Goal::Last(wanted, before) => return self.look_back(world, wanted, before),
        }
        Some(goal)
    }

    /// Runs from zero and notes when something happened last before an instant; then that is where to go.
    fn look_back(&mut self, world: &mut World, wanted: SearchTarget, before: Time) -> Option<Goal> {
        if !self.recorder.looks_back() {
            self.restart(world);
            self.recorder.look_back_for(wanted, before);
        }
        self.stretch_to(world, before);
        if self.now() < before && self.stuck.is_none() {
            return Some(Goal::Last(wanted, before));
        }
        Some(Goal::Reach(self.recorder.seen_last()))
    }

    /// Runs up to the next instant at which something is noted, at most until `time`.
    fn stretch_to(&mut self, world: &mut World, time: Time) {
        if self.stuck.is_some() {
            return;
        }
        let next_phase = self.phases.get(self.phase + 1).map_or(Time::NEVER, |phase| phase.from);
        let opening = match self.warm_up() {
            warm_up if warm_up > self.now() => warm_up,
            _ => Time::NEVER,
        };
        let stop = time.min(self.history.next()).min(next_phase).min(opening);
        self.run_to(world, stop);
    }

    fn run_to(&mut self, world: &mut World, stop: Time) {
        let Some(mut run) = self.run(world) else {
            self.stuck = Some(TORN.to_owned());
            return;
        };
        let done = run.advance_unless(stop, &mut self.recorder, |recorder| recorder.found.is_some());
        self.now = run.now();
        match done {
            // What was searched happened before that instant.
            Ok(true) if self.now() < stop => return,
            Ok(_) => {}
            Err(stuck) => {
                self.stuck = Some(self.reason(&stuck));
                return;
            }
        }
        let opens = stop == self.warm_up() && stop > Time::ZERO;
        if opens || stop == self.history.next() {
            let in_hand = run.ideal_in_hand();
            self.take_stock(&in_hand, stop, opens);
        }
        self.enter_phases(world);
    }

    /// Opens the window that counts, or notes the course of the line, or both.
    fn take_stock(&mut self, in_hand: &[Time], now: Time, opens: bool) {
        let (bottleneck, knows_energy) = (self.recorder.bottleneck(), kpi::knows_energy(self.line()));
        let records = &mut self.recorder.records;
        if opens {
            self.history.open_window(&SeenState { records, in_hand, bottleneck, knows_energy }, now);
            records.open_window(now);
            records.leave_out_in_hand(in_hand);
        }
        if now == self.history.next() {
            records.settle(now);
            self.history.note(&SeenState { records, in_hand, bottleneck, knows_energy }, now);
        }
    }

    /// Goes on with the phase that begins now, if one does.
    pub(super) fn enter_phases(&mut self, world: &mut World) {
        while let Some(next) = self.phases.get(self.phase + 1).filter(|next| next.from <= self.now) {
            let (before, after) = (Arc::clone(self.line()), Arc::clone(&next.line));
            let (now, Some(mut run)) = (self.now, self.run(world)) else { return };
            if let Err(stuck) = run.alter(&before, &after, &mut self.recorder) {
                self.stuck = Some(self.reason(&stuck));
            }
            run.describe(&after);
            if before.elements.iter().zip(&after.elements).any(|(before, after)| before.power != after.power)
            {
                let powers: Vec<_> = after.elements.iter().map(|element| element.power.clone()).collect();
                self.recorder.records.change_powers(now, &powers);
            }
            self.phase += 1;
        }
    }

    /// The first instant. What lies on a belt when the run begins has come so far without it.
    pub(super) fn begin(&mut self, world: &mut World) {
        if let Some(mut run) = self.run(world) {
            self.recorder.records.leave_out_in_hand(&run.ideal_in_hand());
            run.describe(&self.phases[0].line);
        }
        self.run_to(world, Time::ZERO);
    }

    /// Runs again from zero, on the same entities.
    pub(super) fn restart(&mut self, world: &mut World) {
        let line = Arc::clone(&self.phases[0].line);
        if !sim::respawn(world, self.entity, &line, line.run.seed, FIRST) {
            self.entity = sim::spawn(world, &line, line.run.seed, FIRST);
        }
        self.recorder.begin_again(&line);
        self.history = LineHistory::new(&line);
        (self.now, self.phase, self.stuck) = (Time::ZERO, 0, None);
        self.begin(world);
    }

    fn reason(&self, stuck: &crate::flow::Stuck) -> String {
        let line = self.line();
        crate::study::StudyFailure::stuck(line, 0, self.now, stuck).to_string()
    }
}

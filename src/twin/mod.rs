//! The twin: a run that a user plays, stops, takes back in time, and changes while it runs.
//!
//! A [`Twin`] runs a line in the world of its caller. Other lines and other entities may share that world. The results are
//! those of the command line, however often the run is shown. The elements have the components of [`sim`], which
//! any system may query, as in an [app](crate::app). Every call that runs the line, or reads its state, borrows that world.
//!
//! A twin does not store the past. To go back, it runs again from time zero, on the same entities. A change at an instant begins
//! a new [`LinePhase`] there, with the changed line. The records need memory that does not grow with the run: a
//! [`StateTimeline`] has the states of an element, and the [`LineHistory`] has the course of the line. [`Edits`] are the changes
//! of a user, in the order in which they were made. Nothing here draws. Read [`Twin::pursue`] first.

#[cfg(test)]
mod edit_order_tests;
#[cfg(test)]
mod edit_tests;
mod edits;
mod figures;
mod history;
mod pursuit;
#[cfg(test)]
mod random_edit_tests;
mod run_recorder;
mod state_timeline;
#[cfg(test)]
mod tests;
mod wanted;

pub use edits::{Edit, Edits};
pub use history::{HistoryCourse, LineHistory};
pub use state_timeline::StateTimeline;
pub use wanted::{SearchTarget, Trouble};

use crate::event::{LineEvent, Slot};
use crate::kernel::Time;
use crate::line::{Line, WarmUpTime};
use crate::records::Records;
use crate::sim::{self, Clockwork, LinePhase, Replication};
use crate::stage::{Moves, Picture, Scenery};
use bevy::ecs::prelude::{Entity, World};
use run_recorder::RunRecorder;
use std::sync::Arc;

/// A run that a user plays and changes.
pub struct Twin {
    phases: Vec<LinePhase>,
    /// Which of the phases holds now.
    phase: usize,
    /// The line in the world.
    entity: Entity,
    /// The instant it has come to. Only the twin runs its line.
    now: Time,
    recorder: RunRecorder,
    history: LineHistory,
    goal: Option<Goal>,
    stuck: Option<String>,
}

/// Where a twin is going.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Goal {
    /// To an instant.
    Reach(Time),
    /// Forward to something that happens after this instant, or to the end of the run.
    Next(SearchTarget, Time),
    /// From zero up to this instant, to find the last thing that happens before it.
    Last(SearchTarget, Time),
}

impl Twin {
    /// Spawns a line at time zero in a world. The first phase holds from time zero, whatever its `from` says.
    pub fn new(world: &mut World, phases: Vec<LinePhase>) -> Twin {
        assert!(!phases.is_empty(), "a run needs a line");
        let line = &phases[0].line;
        let (entity, recorder) = (sim::spawn(world, line, line.run.seed, FIRST), RunRecorder::new(line));
        let (now, history) = (Time::ZERO, LineHistory::new(line));
        let mut twin = Twin { phases, phase: 0, entity, now, recorder, history, goal: None, stuck: None };
        twin.begin(world);
        twin.run(world).into_iter().for_each(|mut run| run.publish());
        twin
    }

    /// Takes the line out of the world.
    pub fn leave(self, world: &mut World) {
        // The caller may have despawned it already.
        _ = world.try_despawn(self.entity);
    }

    /// The entity of the line. It stays the same whenever time goes back and whatever is changed; so do those of its elements,
    /// unless elements of other kinds take their places.
    pub fn entity(&self) -> Entity {
        self.entity
    }

    /// The run in the world; none if the line or one of its elements was despawned.
    fn run<'w>(&self, world: &'w mut World) -> Option<Replication<&'w mut World>> {
        Replication::within(world, self.entity)
    }

    /// The line as it is now.
    pub fn line(&self) -> &Arc<Line> {
        &self.phases[self.phase].line
    }

    /// The instant it is at.
    pub fn now(&self) -> Time {
        self.now
    }

    /// When the run of the layout ends; a warm-up that is still to be found counts as none.
    pub fn end(&self) -> Time {
        let run = &self.phases[0].line.run;
        warm_up(&self.phases[0].line) + run.length
    }

    /// When the window that counts begins.
    pub fn warm_up(&self) -> Time {
        warm_up(&self.phases[0].line)
    }

    /// Why the run cannot go on, if it cannot.
    pub fn stuck(&self) -> Option<&str> {
        self.stuck.as_deref()
    }

    /// The deadlocks of parts of the line while the rest goes on: which elements wait for which, and since when.
    pub fn standstills(&self, world: &World) -> Vec<String> {
        let found = world.get::<Clockwork>(self.entity).map_or(&[][..], Clockwork::standstills);
        found.iter().map(|found| crate::study::standstill(self.line(), found)).collect()
    }

    /// The records since the warm-up ended, or since time zero.
    pub fn records(&self) -> &Records {
        &self.recorder.records
    }

    /// The states of an element over time.
    pub fn timeline(&self, slot: Slot) -> &StateTimeline {
        &self.recorder.timelines[slot.index()]
    }

    /// The course of the line.
    pub fn history(&self) -> &LineHistory {
        &self.history
    }

    /// The element that has been active without a break for the longest time: the momentary bottleneck (Roser, Nakano and
    /// Tanaka 2002).
    pub fn bottleneck(&self) -> Option<Slot> {
        self.recorder.bottleneck()
    }

    /// How many events happened since time zero.
    pub fn events(&self) -> u64 {
        self.recorder.events
    }

    /// Runs again from time zero, and keeps every event until it is [taken](Twin::take_tape). Going back begins a new tape.
    pub fn keep_tape(&mut self, world: &mut World) {
        self.recorder.tape = Some(Vec::new());
        self.restart(world);
    }

    /// The events since the last call, and whether they begin at time zero.
    pub fn take_tape(&mut self) -> (Vec<LineEvent>, bool) {
        let from_zero = std::mem::take(&mut self.recorder.from_zero);
        (self.recorder.tape.as_mut().map(std::mem::take).unwrap_or_default(), from_zero)
    }

    /// What is seen now; parts that moved within the last `glide` are on their way.
    pub fn picture(&self, world: &mut World, scenery: &Scenery, glide: Time) -> Picture {
        let run = self.run(world);
        run.map(|mut run| Picture::of(scenery, &mut run, &self.recorder.moves, glide)).unwrap_or_default()
    }

    /// The moves of the last seconds.
    pub fn moves(&self) -> &Moves {
        &self.recorder.moves
    }

    /// Goes to an instant, forward or back.
    pub fn go_to(&mut self, time: Time) {
        self.head_for(Goal::Reach(time.min(self.end())));
    }

    /// Goes to the next instant at which something happens.
    pub fn go_to_next(&mut self, wanted: SearchTarget) {
        self.head_for(Goal::Next(wanted, self.now()));
    }

    /// Goes back to the last instant at which something happened.
    pub fn go_to_last(&mut self, wanted: SearchTarget) {
        self.head_for(Goal::Last(wanted, self.now()));
    }

    /// Takes up another goal and ends the search for the one before.
    fn head_for(&mut self, goal: Goal) {
        self.recorder.stop_listening();
        self.goal = Some(goal);
    }

    /// Whether it is still on the way to its goal.
    pub fn is_busy(&self) -> bool {
        self.goal.is_some()
    }

    /// The share of the time to its goal that it has run since time zero, from 0 to 1.
    pub fn progress(&self) -> f32 {
        let Some(Goal::Reach(goal) | Goal::Last(_, goal)) = self.goal else { return 1.0 };
        (self.now().secs() / goal.secs().max(1e-9)).min(1.0) as f32
    }

    /// Takes over other phases, and comes back to where it is now.
    ///
    /// The run depends on its phases and on nothing else, in particular not on the phases before. So it goes on from here only
    /// if all phases that it has entered are still the same and no other phase begins before now; else it runs again from zero.
    pub fn change_phases(&mut self, world: &mut World, phases: Vec<LinePhase>) {
        assert!(!phases.is_empty(), "a run needs a line");
        let (entered, now) = (self.phase + 1, self.now());
        let same = |(before, after): (&LinePhase, &LinePhase)| {
            before.from == after.from && Arc::ptr_eq(&before.line, &after.line)
        };
        let kept = self.phases.iter().zip(&phases).take_while(|&pair| same(pair)).count();
        let nothing_missed = phases.get(entered).is_none_or(|next| next.from >= now);
        self.phases = phases;
        if kept >= entered && nothing_missed && self.stuck.is_none() {
            self.enter_phases(world);
        } else {
            let goal = self.goal.unwrap_or(Goal::Reach(now));
            self.restart(world);
            self.goal = Some(goal);
        }
    }
}

/// The number of the replication: the first, as in a journal.
const FIRST: u64 = 0;

fn warm_up(line: &Line) -> Time {
    match line.run.warm_up {
        WarmUpTime::Given(warm_up) => warm_up,
        WarmUpTime::Auto => Time::ZERO,
    }
}

//! The twin at a desk: a run that is played, stopped, taken back in time, and changed while it runs.
//!
//! A [`Twin`] runs a line that lives in the caller's world, beside other lines and whatever else is there, in the same way as the
//! terminal; how often somebody looks changes nothing. Its elements have the components of [`sim`](crate::sim) that anybody
//! may query, as in an [app](crate::app). Every call that runs the line, or looks at it, borrows that world.
//!
//! It never stores the past: to go back it runs again from zero, on the same entities, and a change at an instant is a run that
//! goes on with another [`TwinPhase`] from there. What was heard is kept in memory that does not grow: the [`StateTimeline`] of each element tells
//! its states, the [`History`] the course of the line. [`Edits`] are the changes of a user, in the order in which they were
//! made; [`Parting`] finds where two futures part. Nothing here draws. Read [`Twin::pursue`] first.

mod ears;
#[cfg(test)]
mod edit_tests;
mod edits;
mod figures;
mod history;
mod parting;
#[cfg(test)]
mod random_edit_tests;
mod strip;
#[cfg(test)]
mod tests;
mod wanted;

pub use edits::{Edit, Edits};
pub use history::{History, HistoryCourse};
pub use parting::{Parting, Split};
pub use strip::StateTimeline;
pub use wanted::{SearchTarget, Trouble};

use crate::event::{LineEvent, Slot};
use crate::kernel::Time;
use crate::kpi;
use crate::line::{Line, WarmUp};
use crate::records::Records;
use crate::sim::{self, Clockwork, Replication};
use crate::stage::{Moves, Picture, Scenery};
use bevy::ecs::prelude::{Entity, World};
use ears::Ears;
use history::SeenState;
use std::sync::Arc;

/// A line that holds from an instant on.
#[derive(Clone, Debug)]
pub struct TwinPhase {
    /// From when on.
    pub from: Time,
    /// The line: the same elements and ways in every phase.
    pub line: Arc<Line>,
}

/// A run at a desk.
pub struct Twin {
    phases: Vec<TwinPhase>,
    /// Which of the phases holds now.
    phase: usize,
    /// The line in the world.
    entity: Entity,
    /// The instant it has come to; nobody else runs it.
    now: Time,
    ears: Ears,
    history: History,
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

/// Moves are forgotten after so long; no picture shows them for longer.
const SEEN: Time = Time(30_000_000_000);

impl Twin {
    /// Puts a line at time zero into a world. The first phase holds from there, whenever it says.
    pub fn new(world: &mut World, phases: Vec<TwinPhase>) -> Twin {
        assert!(!phases.is_empty(), "a run needs a line");
        let line = &phases[0].line;
        let (entity, ears) = (sim::spawn(world, line, line.run.seed, FIRST), Ears::new(line));
        let (now, history) = (Time::ZERO, History::new(line));
        let mut twin = Twin { phases, phase: 0, entity, now, ears, history, goal: None, stuck: None };
        twin.begin(world);
        twin.run(world).into_iter().for_each(|mut run| run.publish());
        twin
    }

    /// Takes the line out of the world.
    pub fn leave(self, world: &mut World) {
        // Nothing is left to do if somebody else has taken it.
        _ = world.try_despawn(self.entity);
    }

    /// The entity of the line. It stays the same whenever time goes back and whatever is changed; so do those of its elements,
    /// unless elements of other kinds take their places.
    pub fn entity(&self) -> Entity {
        self.entity
    }

    /// The run in the world; none once somebody has taken the line, or an element out of it.
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

    /// What stands still for ever while the rest of the line goes on: who waits for whom, and since when.
    pub fn standstills(&self, world: &World) -> Vec<String> {
        let found = world.get::<Clockwork>(self.entity).map_or(&[][..], Clockwork::standstills);
        found.iter().map(|found| crate::study::standstill(self.line(), found)).collect()
    }

    /// What was heard since the window was opened, or since time zero.
    pub fn records(&self) -> &Records {
        &self.ears.records
    }

    /// The states of an element over time.
    pub fn strip(&self, slot: Slot) -> &StateTimeline {
        &self.ears.strips[slot.index()]
    }

    /// The course of the line.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The element that has been active without a break for the longest time: the momentary bottleneck (Roser, Nakano and
    /// Tanaka 2002).
    pub fn bottleneck(&self) -> Option<Slot> {
        self.ears.bottleneck()
    }

    /// Facts heard since time zero.
    pub fn events(&self) -> u64 {
        self.ears.events
    }

    /// Begins anew, and keeps every fact until it is [taken](Twin::take_tape); going back begins a new tape.
    pub fn keep_tape(&mut self, world: &mut World) {
        self.ears.tape = Some(Vec::new());
        self.restart(world);
    }

    /// The facts heard since the last time, and whether they begin at time zero.
    pub fn take_tape(&mut self) -> (Vec<LineEvent>, bool) {
        let anew = std::mem::take(&mut self.ears.anew);
        (self.ears.tape.as_mut().map(std::mem::take).unwrap_or_default(), anew)
    }

    /// What is seen now; parts that moved within the last `glide` are on their way.
    pub fn picture(&self, world: &mut World, scenery: &Scenery, glide: Time) -> Picture {
        let run = self.run(world);
        run.map(|mut run| Picture::of(scenery, &mut run, &self.ears.moves, glide)).unwrap_or_default()
    }

    /// The moves of the last seconds.
    pub fn moves(&self) -> &Moves {
        &self.ears.moves
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

    /// Takes up another goal; the search for the goal before is over.
    fn head_for(&mut self, goal: Goal) {
        self.ears.stop_listening();
        self.goal = Some(goal);
    }

    /// Whether it is not where it is going.
    pub fn is_busy(&self) -> bool {
        self.goal.is_some()
    }

    /// How much of the way to its goal it has gone since it began anew, from 0 to 1.
    pub fn progress(&self) -> f32 {
        let Some(Goal::Reach(goal) | Goal::Last(_, goal)) = self.goal else { return 1.0 };
        (self.now().secs() / goal.secs().max(1e-9)).min(1.0) as f32
    }

    /// Takes over other phases, and comes back to where it is now.
    ///
    /// The run depends on its phases and on nothing else, in particular not on the phases before. So it goes on from here only
    /// if all phases that it has entered are still the same and no other phase begins before now; else it runs again from zero.
    pub fn change_phases(&mut self, world: &mut World, phases: Vec<TwinPhase>) {
        assert!(!phases.is_empty(), "a run needs a line");
        let (entered, now) = (self.phase + 1, self.now());
        let same = |(before, after): (&TwinPhase, &TwinPhase)| {
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
        self.ears.moves.forget(self.now(), SEEN);
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
                self.ears.listen_for(wanted, after);
                if self.ears.found.is_none() {
                    self.stretch_to(world, self.end());
                }
                if self.ears.found.take().is_some() || self.now() >= self.end() || self.stuck.is_some() {
                    self.ears.stop_listening();
                    return None;
                }
            }
            Goal::Last(wanted, before) => return self.look_back(world, wanted, before),
        }
        Some(goal)
    }

    /// Runs from zero and notes when something happened last before an instant; then that is where to go.
    fn look_back(&mut self, world: &mut World, wanted: SearchTarget, before: Time) -> Option<Goal> {
        if !self.ears.looks_back() {
            self.restart(world);
            self.ears.look_back_for(wanted, before);
        }
        self.stretch_to(world, before);
        if self.now() < before && self.stuck.is_none() {
            return Some(Goal::Last(wanted, before));
        }
        Some(Goal::Reach(self.ears.seen_last()))
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
        let done = run.advance_unless(stop, &mut self.ears, |ears| ears.found.is_some());
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
        let (bottleneck, knows_energy) = (self.ears.bottleneck(), kpi::knows_energy(self.line()));
        let records = &mut self.ears.records;
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
    fn enter_phases(&mut self, world: &mut World) {
        while let Some(next) = self.phases.get(self.phase + 1).filter(|next| next.from <= self.now) {
            let (before, after) = (Arc::clone(self.line()), Arc::clone(&next.line));
            let (now, Some(mut run)) = (self.now, self.run(world)) else { return };
            if let Err(stuck) = run.alter(&before, &after, &mut self.ears) {
                self.stuck = Some(self.reason(&stuck));
            }
            run.describe(&after);
            if before.elements.iter().zip(&after.elements).any(|(before, after)| before.power != after.power)
            {
                let powers: Vec<_> = after.elements.iter().map(|element| element.power.clone()).collect();
                self.ears.records.change_powers(now, &powers);
            }
            self.phase += 1;
        }
    }

    /// The first instant. What lies on a belt when the run begins has come so far without it.
    fn begin(&mut self, world: &mut World) {
        if let Some(mut run) = self.run(world) {
            self.ears.records.leave_out_in_hand(&run.ideal_in_hand());
            run.describe(&self.phases[0].line);
        }
        self.run_to(world, Time::ZERO);
    }

    fn restart(&mut self, world: &mut World) {
        let line = Arc::clone(&self.phases[0].line);
        match world.get_entity(self.entity) {
            Ok(_) => sim::respawn(world, self.entity, &line, line.run.seed, FIRST),
            Err(_) => self.entity = sim::spawn(world, &line, line.run.seed, FIRST),
        }
        self.ears.begin_anew(&line);
        self.history = History::new(&line);
        (self.now, self.phase, self.stuck) = (Time::ZERO, 0, None);
        self.begin(world);
    }

    fn reason(&self, stuck: &crate::flow::Stuck) -> String {
        let line = self.line();
        crate::study::StudyFailure::stuck(line, 0, self.now, stuck).to_string()
    }
}

/// The window shows the first replication of the line, as a journal does.
const FIRST: u64 = 0;

/// Why a run cannot go on that is no longer whole; taking time back makes it whole again.
const TORN: &str = "an element of the line was despawned";

fn warm_up(line: &Line) -> Time {
    match line.run.warm_up {
        WarmUp::Given(warm_up) => warm_up,
        WarmUp::Auto => Time::ZERO,
    }
}

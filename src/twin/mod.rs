//! The twin at a desk: a run that is played, stopped, taken back in time, and changed while it runs.
//!
//! A [`Twin`] owns the same world as the terminal and runs it in the same way; how often somebody looks changes nothing.
//! It never stores the past: to go back it runs again from zero, and a change at an instant is a run that goes on with
//! another [`TwinPhase`] from there. What was heard is kept in memory that does not grow: the [`StateTimeline`] of each element tells
//! its states, the [`LineHistory`] the course of the line. [`Edits`] are the changes of a user, in the order in which they were
//! made; [`Divergence`] finds where two futures part. Nothing here draws. Read [`Twin::pursue`] first.

mod divergence;
#[cfg(test)]
mod edit_tests;
mod edits;
mod figures;
mod history;
#[cfg(test)]
mod random_edit_tests;
mod run_recorder;
mod state_timeline;
#[cfg(test)]
mod tests;
mod wanted;

pub use divergence::{Divergence, Split};
pub use edits::{Edit, Edits};
pub use history::{HistoryCourse, LineHistory};
pub use state_timeline::StateTimeline;
pub use wanted::{SearchTarget, Trouble};

use crate::event::{LineEvent, Slot};
use crate::kernel::Time;
use crate::kpi;
use crate::line::{Line, WarmUpTime};
use crate::records::Records;
use crate::sim::Replication;
use crate::stage::{Moves, Picture, Scenery};
use history::SeenState;
use run_recorder::RunRecorder;
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
    world: Replication,
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

/// Moves are forgotten after so long; no picture shows them for longer.
const SEEN: Time = Time(30_000_000_000);

impl Twin {
    /// A run at time zero. The first phase holds from there, whenever it says.
    pub fn new(phases: Vec<TwinPhase>) -> Twin {
        assert!(!phases.is_empty(), "a run needs a line");
        let line = &phases[0].line;
        let (world, recorder) = (first_replication(line), RunRecorder::new(line));
        let history = LineHistory::new(line);
        let mut twin = Twin { phases, phase: 0, world, recorder, history, goal: None, stuck: None };
        twin.begin();
        twin
    }

    /// The line as it is now.
    pub fn line(&self) -> &Arc<Line> {
        &self.phases[self.phase].line
    }

    /// The instant it is at.
    pub fn now(&self) -> Time {
        self.world.now()
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
    pub fn standstills(&self) -> Vec<String> {
        self.world.standstills().iter().map(|found| crate::study::standstill(self.line(), found)).collect()
    }

    /// What was heard since the window was opened, or since time zero.
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

    /// Facts heard since time zero.
    pub fn events(&self) -> u64 {
        self.recorder.events
    }

    /// Begins anew, and keeps every fact until it is [taken](Twin::take_tape); going back begins a new tape.
    pub fn keep_tape(&mut self) {
        self.recorder.tape = Some(Vec::new());
        self.restart();
    }

    /// The facts heard since the last time, and whether they begin at time zero.
    pub fn take_tape(&mut self) -> (Vec<LineEvent>, bool) {
        let anew = std::mem::take(&mut self.recorder.anew);
        (self.recorder.tape.as_mut().map(std::mem::take).unwrap_or_default(), anew)
    }

    /// What is seen now; parts that moved within the last `glide` are on their way.
    pub fn picture(&mut self, scenery: &Scenery, glide: Time) -> Picture {
        Picture::of(scenery, &mut self.world, &self.recorder.moves, glide)
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

    /// Takes up another goal; the search for the goal before is over.
    fn head_for(&mut self, goal: Goal) {
        self.recorder.stop_listening();
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
    pub fn change_phases(&mut self, phases: Vec<TwinPhase>) {
        assert!(!phases.is_empty(), "a run needs a line");
        let (entered, now) = (self.phase + 1, self.now());
        let same = |(before, after): (&TwinPhase, &TwinPhase)| {
            before.from == after.from && Arc::ptr_eq(&before.line, &after.line)
        };
        let kept = self.phases.iter().zip(&phases).take_while(|&pair| same(pair)).count();
        let nothing_missed = phases.get(entered).is_none_or(|next| next.from >= now);
        self.phases = phases;
        if kept >= entered && nothing_missed && self.stuck.is_none() {
            self.enter_phases();
        } else {
            let goal = self.goal.unwrap_or(Goal::Reach(now));
            self.restart();
            self.goal = Some(goal);
        }
    }

    /// Goes on towards its goal as long as the caller has patience; whether it is there.
    ///
    /// Patience is asked for after every stretch of the run, which takes milliseconds at most; nothing that is heard
    /// depends on it.
    pub fn pursue(&mut self, patience: &mut dyn FnMut() -> bool) -> bool {
        while let Some(goal) = self.goal {
            self.goal = self.one_stretch(goal);
            if self.goal.is_some() && !patience() {
                break;
            }
        }
        self.recorder.moves.forget(self.now(), SEEN);
        self.goal.is_none()
    }

    /// One stretch on the way to a goal; what is left of the goal.
    fn one_stretch(&mut self, goal: Goal) -> Option<Goal> {
        match goal {
            Goal::Reach(time) if time < self.now() => self.restart(),
            Goal::Reach(time) => {
                self.stretch_to(time);
                if self.now() >= time || self.stuck.is_some() {
                    return None;
                }
            }
            Goal::Next(wanted, after) => {
                self.recorder.listen_for(wanted, after);
                if self.recorder.found.is_none() {
                    self.stretch_to(self.end());
                }
                if self.recorder.found.take().is_some() || self.now() >= self.end() || self.stuck.is_some() {
                    self.recorder.stop_listening();
                    return None;
                }
            }
            Goal::Last(wanted, before) => return self.look_back(wanted, before),
        }
        Some(goal)
    }

    /// Runs from zero and notes when something happened last before an instant; then that is where to go.
    fn look_back(&mut self, wanted: SearchTarget, before: Time) -> Option<Goal> {
        if !self.recorder.looks_back() {
            self.restart();
            self.recorder.look_back_for(wanted, before);
        }
        self.stretch_to(before);
        if self.now() < before && self.stuck.is_none() {
            return Some(Goal::Last(wanted, before));
        }
        Some(Goal::Reach(self.recorder.seen_last()))
    }

    /// Runs up to the next instant at which something is noted, at most until `time`.
    fn stretch_to(&mut self, time: Time) {
        if self.stuck.is_some() {
            return;
        }
        let next_phase = self.phases.get(self.phase + 1).map_or(Time::NEVER, |phase| phase.from);
        let opening = match self.warm_up() {
            warm_up if warm_up > self.now() => warm_up,
            _ => Time::NEVER,
        };
        let stop = time.min(self.history.next()).min(next_phase).min(opening);
        self.run_to(stop);
    }

    fn run_to(&mut self, stop: Time) {
        let run = self.world.advance_unless(stop, &mut self.recorder, |recorder| recorder.found.is_some());
        match run {
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
            self.take_stock(stop, opens);
        }
        self.enter_phases();
    }

    /// Opens the window that counts, or notes the course of the line, or both.
    fn take_stock(&mut self, now: Time, opens: bool) {
        let in_hand = self.world.ideal_in_hand();
        let (bottleneck, knows_energy) = (self.recorder.bottleneck(), kpi::knows_energy(self.line()));
        let records = &mut self.recorder.records;
        if opens {
            self.history
                .open_window(&SeenState { records, in_hand: &in_hand, bottleneck, knows_energy }, now);
            records.open_window(now);
            records.leave_out_in_hand(&in_hand);
        }
        if now == self.history.next() {
            records.settle(now);
            self.history.note(&SeenState { records, in_hand: &in_hand, bottleneck, knows_energy }, now);
        }
    }

    /// Goes on with the phase that begins now, if one does.
    fn enter_phases(&mut self) {
        while let Some(next) = self.phases.get(self.phase + 1).filter(|next| next.from <= self.world.now()) {
            let (before, after) = (Arc::clone(self.line()), Arc::clone(&next.line));
            let now = self.world.now();
            if let Err(stuck) = self.world.alter(&before, &after, &mut self.recorder) {
                self.stuck = Some(self.reason(&stuck));
            }
            if before.elements.iter().zip(&after.elements).any(|(before, after)| before.power != after.power)
            {
                let powers: Vec<_> = after.elements.iter().map(|element| element.power.clone()).collect();
                self.recorder.records.change_powers(now, &powers);
            }
            self.phase += 1;
        }
    }

    /// The first instant. What lies on a belt when the run begins has come so far without it.
    fn begin(&mut self) {
        self.recorder.records.leave_out_in_hand(&self.world.ideal_in_hand());
        self.run_to(Time::ZERO);
    }

    fn restart(&mut self) {
        let line = Arc::clone(&self.phases[0].line);
        self.world = first_replication(&line);
        self.recorder.begin_anew(&line);
        self.history = LineHistory::new(&line);
        (self.phase, self.stuck) = (0, None);
        self.begin();
    }

    fn reason(&self, stuck: &crate::flow::Stuck) -> String {
        let line = self.line();
        crate::study::StudyFailure::stuck(line, 0, self.world.now(), stuck).to_string()
    }
}

/// The window shows the first replication of the line, as a journal does.
fn first_replication(line: &Line) -> Replication {
    Replication::new(line, line.run.seed, 0)
}

fn warm_up(line: &Line) -> Time {
    match line.run.warm_up {
        WarmUpTime::Given(warm_up) => warm_up,
        WarmUpTime::Auto => Time::ZERO,
    }
}

//! An inspection: judges one part at a time and sends it on by its finding.
//!
//! It makes two kinds of mistakes: a part with a defect escapes, or a good part is found bad (a false call). A part found bad
//! goes to rework, or out of the line, or to rework up to a limit. Where only a sample is inspected the other parts pass at
//! once and take no time; a part that comes back after this inspection found it bad is always inspected.
//!
//! Conventions: reworks are counted over the whole line, by the machines that rework. A breakdown that counts parts counts
//! inspections. Parts that are not inspected wait like all others while it is down.
//!
//! Not modelled: measurements and drift, tests that find some defects and not others, mistakes that repeat themselves on the
//! same part, sampling plans that sharpen after a finding.

mod forecast;
mod judge;
mod settings;

use super::appearance::{Appearance, Drive, Motion, Paint, Piece, Pose, Shape, Stand, Symbol};
use super::interruptible::{Interruptible, state_when_up};
use super::quality::DefectCause;
use super::{Equipment, Improvement, Retune, Station};
use crate::checking::contents;
use crate::context::{Context, EventOutcome};
use crate::disruption::{InitialState, Task};
use crate::event::{Listener, Slot, State, What};
use crate::kernel::{Event, Purpose, Sampler, Stream, Time};
use crate::material::{PartId, PartStore, Place};
use crate::resource::{Grant, Token};
use crate::saving::EnergySaver;
use bevy::ecs::component::Component;
use judge::{Judge, PASS};

pub use settings::Inspection;

/// The running inspection.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct InspectionState {
    task: Task,
    cycles: Sampler,
    judge: Judge,
    /// What will be found of the part in hand.
    bad: bool,
    /// How long the work in hand takes on average.
    ideal: Time,
}

impl Interruptible for InspectionState {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn saver(&self) -> Option<&EnergySaver> {
        self.task.saver()
    }

    /// The part in hand has been inspected.
    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        ctx.complete_first(me, place, self.ideal);
        if let Some(part) = place.first_part(ctx.parts) {
            let bad = self.bad;
            self.judge.pronounce(bad, ctx.parts.attributes_mut(part), me);
            ctx.emit_for(me, part, |part| What::Judged { part, bad });
        }
        place.ready(1);
        place.enter(State::Blocked);
    }

    fn spoil<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _ctx: &mut Context<'_, L>) {
        unreachable!("an inspection spoils no part")
    }

    fn state(&self, place: &Place) -> State {
        state_when_up(&self.task, place.inside())
    }

    fn place_initial_parts<L: Listener>(
        &mut self,
        initial_state: &InitialState,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        for part in contents::insert(&initial_state.in_work, place, me, ctx) {
            self.bad = self.judge.has_in_hand(ctx.parts.attributes_mut(part));
            place.enter(State::Working);
            self.ideal = initial_state.work.unwrap_or_default().min(self.cycles.mean_time());
        }
    }
}

impl Equipment for InspectionState {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
        self.judge.defects.seed(DefectCause::Defect, stream);
        self.judge.mistakes.seed(DefectCause::Judgement, stream);
        self.judge.sampled.seed(DefectCause::Sample, stream);
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.begin_run(place, me, ctx);
    }

    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        self.on_task_event(event, place, me, ctx)
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.note_if_empty(place, me, ctx);
    }

    fn granted<L: Listener>(&mut self, grant: Grant, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.people_are_granted(grant, place, me, ctx);
    }

    fn lacks(&mut self, only_tools: bool, place: &mut Place) {
        self.says_what_it_lacks(only_tools, place);
    }

    fn called_away<L: Listener>(
        &mut self,
        token: Token,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.people_are_called_away(token, place, me, ctx);
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        self.task.has_work() || place.is_pledged()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        Pose { work: self.task.share_done(now), ..Pose::default() }
    }
}

impl Station for InspectionState {
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let attributes = ctx.parts.attributes_mut(part);
        let found = self.judge.meet(attributes, me);
        attributes.exit = PASS;
        if !self.task.down() {
            place.enter(if found.is_some() { State::Working } else { State::Blocked });
        }
        match found {
            Some(bad) => {
                self.bad = bad;
                if self.task.down() {
                    ctx.parts.let_wait(part);
                }
                self.ideal = self.cycles.mean_time();
                self.task.begin(self.cycles.draw(), me, ctx);
                if self.says_that_it_waits(place) {
                    ctx.parts.let_wait(part);
                }
            }
            None => place.ready(1),
        }
    }

    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, now: Time) -> Time {
        self.task.part_of(self.ideal, now)
    }

    fn exchanges(&self) -> bool {
        true
    }
}

impl Retune for InspectionState {
    fn can_become(&self, settings: &InspectionState) -> bool {
        // Parts that wait here keep the way that they were sent.
        self.task.can_become(&settings.task)
    }

    fn improve(&mut self, improvement: Improvement) {
        improvement.improve_times(&mut self.cycles);
        improvement.improve_task(&mut self.task);
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &InspectionState,
        _before: &InspectionState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let InspectionState { task, cycles, judge, bad: _, ideal: _ } = settings;
        self.cycles.follow(cycles.distribution());
        self.task.become_like(task, me, ctx);
        let Judge { defects, escapes, false_calls, sample, rejects, mistakes: _, sampled: _, met: _ } = judge;
        self.judge.defects.share = defects.share;
        (self.judge.escapes, self.judge.false_calls) = (*escapes, *false_calls);
        (self.judge.sample, self.judge.rejects) = (*sample, *rejects);
    }
}

/// A table under a portal, from which a camera looks down and goes across the part; beside it a desk with a screen.
fn gate() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let scans = |shape, at, paint| Piece {
        shape,
        at,
        paint,
        motion: Motion::Slide { by: [0.0, 0.0, 0.7], drive: Drive::Work },
    };
    Appearance {
        footprint: [1.8, 1.6],
        height: 2.3,
        symbol: Symbol::Work,
        pieces: vec![
            block([1.8, 0.7, 1.2], [0.0, 0.35, 0.0], Paint::Housing),
            block([1.8, 0.06, 1.1], [0.0, 0.73, 0.0], Paint::Metal),
            block([1.82, 0.1, 1.22], [0.0, 0.12, 0.0], Paint::Dark),
            block([0.16, 2.1, 0.12], [0.0, 1.05, -0.7], Paint::Accent),
            block([0.16, 2.1, 0.12], [0.0, 1.05, 0.7], Paint::Accent),
            block([0.24, 0.2, 1.6], [0.0, 2.1, 0.0], Paint::Accent),
            scans(Shape::Block([0.22, 0.24, 0.22]), [0.0, 1.88, -0.35], Paint::Dark),
            scans(Shape::Cylinder { radius: 0.07, height: 0.16 }, [0.0, 1.68, -0.35], Paint::Metal),
            block([0.5, 0.34, 0.05], [0.55, 1.3, 0.74], Paint::Dark),
            block([0.44, 0.28, 0.02], [0.55, 1.3, 0.775], Paint::Glass),
            block([0.05, 0.45, 0.05], [0.55, 0.92, 0.72], Paint::Metal),
            Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.3 }, [0.0, 2.35, -0.7], Paint::Metal),
        ],
        stand: Stand::Spot([0.0, 0.93, 0.0]),
        lamp: Some([0.0, 2.6, -0.7]),
        arm: None,
    }
}

//! A batch machine: works on many parts at once, such as an oven, a kiln car or a dye vessel. A part load costs the full run.
//!
//! It collects parts that go together. It runs when it is full; or when it has at least the smallest load and no further part
//! that it would take waits at that instant; or when its first part has waited long enough. This is Neuts's bulk service rule
//! (1967): all parts that are there join the run, up to the largest load. During a run no part comes in. After it the machine
//! is emptied, and only then takes the next parts.
//!
//! Conventions: parts that robots bring count as loaded from the moment they are booked, and the run waits for them. It is
//! `Starved` while it collects. A breakdown or maintenance in parts counts runs here. `AfterPart` means after the run, and before
//! `WhenEmpty` the collected parts run. A part that is heavier than the largest load is never taken; a line in which no other
//! way takes it is refused.
//!
//! Not modelled: heating that depends on the load, parts that share a run and need different times.

mod forecast;
mod load;
mod look;
mod settings;

use super::appearance::Pose;
use super::interruptible::Interruptible;
use super::{Equipment, Improvement, Retune, Selector, Station};
use crate::checking::contents::{self};
use crate::context::{Context, DECISION, EventOutcome};
use crate::dispatch::{Candidate, Effort, Rule, Search};
use crate::disruption::{self, InitialState, Task, share};
use crate::event::{Incident, Listener, Slot, State, What};
use crate::kernel::{Event, EventId, Purpose, Sampler, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place};
use crate::resource::{Grant, Token};
use crate::saving::EnergySaver;
use bevy::ecs::component::Component;
use load::{Amount, Filling, Limits};
use std::ops::Add;
use std::sync::Arc;

pub use settings::{Batch, Together};

/// The running batch machine.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct BatchState {
    task: Task,
    runs: Sampler,
    /// The mean time of the present run.
    ideal: Time,
    limits: Limits,
    groups: Arc<[u32]>,
    rule: Rule,
    phase: BatchPhase,
    /// The load, with parts on their way to it.
    load: Filling,
    /// The event that ends the waiting of the first part.
    patience: EventId,
    /// The event of the decision to run that is under way.
    decision: EventId,
    waited_long_enough: bool,
}

/// What it is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum BatchPhase {
    #[default]
    Collects,
    Runs,
    Empties,
}

impl BatchState {
    fn group(&self, product: u32) -> u32 {
        self.groups.get(product as usize).copied().unwrap_or(0)
    }

    /// Whether a part goes with the load and fits in.
    fn admits(&self, offer: &Offer<'_>) -> bool {
        let mass = offer.attributes.mass_mg;
        let goes_along = self.load.parts == 0 || self.group(offer.record.product) == self.load.group;
        self.phase == BatchPhase::Collects
            && goes_along
            && self.limits.takes.is_none_or(|(from, to)| (from..=to).contains(&mass))
            && self.load.with(mass).fits(self.limits.max)
    }

    /// Whether the load is large enough for a run, once all parts on their way have come.
    fn is_worth_a_run(&self, place: &Place) -> bool {
        let enough = self.load.reaches(self.limits.min) || self.waited_long_enough;
        self.phase == BatchPhase::Collects && enough && place.booked() == 0 && place.inside() > 0
    }

    /// So many parts are inside now. The first begins to wait for others.
    fn collect<L: Listener>(&mut self, inside: u32, place: &Place, me: Slot, ctx: &mut Context<'_, L>) {
        if let (1, Some(wait)) = (inside, self.limits.wait) {
            self.patience = ctx.schedule(wait, DECISION, me);
        }
        self.decide_later(place, me, ctx);
    }

    /// Decides at the end of this instant, when all parts that can come have come.
    fn decide_later<L: Listener>(&mut self, place: &Place, me: Slot, ctx: &mut Context<'_, L>) {
        if self.is_worth_a_run(place) && !self.task.down() {
            self.decision = ctx.schedule(Time::ZERO, DECISION, me);
        }
    }

    /// The share of the mean run that a part takes: its share of the largest load.
    fn ideal_of(&self, part: PartId, parts: &PartStore) -> Time {
        match self.limits.max {
            Amount::Parts(most) => share(self.ideal, Time(1), Time(u64::from(most))),
            Amount::Mass(most) => share(self.ideal, Time(parts.attributes(part).mass_mg), Time(most)),
        }
    }

    fn run<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.phase = BatchPhase::Runs;
        place.enter(State::Working);
        self.ideal = self.runs.mean_time();
        self.task.begin(self.runs.draw(), me, ctx);
        if !self.says_that_it_waits(place) {
            ctx.begin_all_work(me, place);
        }
    }
}

impl Interruptible for BatchState {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn saver(&self) -> Option<&EnergySaver> {
        self.task.saver()
    }

    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.phase = BatchPhase::Empties;
        place.enter(State::Blocked);
        ctx.emit(me, What::Happened(Incident::Run));
        for nth in 0..place.inside() {
            if let Some(part) = place.part_at(nth, ctx.parts) {
                let ideal = self.ideal_of(part, ctx.parts);
                ctx.complete(me, part, ideal);
            }
        }
        place.ready(place.inside() as i32);
    }

    /// All parts in it are scrap.
    fn spoil<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.phase = BatchPhase::Empties;
        let spoilt: Vec<PartId> = place.each_part(ctx.parts).collect();
        for part in &spoilt {
            ctx.parts.attributes_mut(*part).exit = disruption::SCRAP;
            ctx.spoil(me, *part);
        }
        place.ready(spoilt.len() as i32);
    }

    fn state(&self, _place: &Place) -> State {
        match self.phase {
            BatchPhase::Collects => State::Starved,
            BatchPhase::Runs => State::Working,
            BatchPhase::Empties => State::Blocked,
        }
    }

    fn place_initial_parts<L: Listener>(
        &mut self,
        initial_state: &InitialState,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        for part in contents::insert(&initial_state.in_work, place, me, ctx) {
            self.expect(&ctx.parts.offer(part));
            self.phase = BatchPhase::Runs;
            place.enter(State::Working);
            self.ideal = initial_state.work.unwrap_or_default().min(self.runs.mean_time());
        }
        for (nth, part) in (1..).zip(contents::insert(&initial_state.parts, place, me, ctx)) {
            self.expect(&ctx.parts.offer(part));
            ctx.parts.let_wait(part);
            self.collect(nth, place, me, ctx);
        }
    }

    /// Runs the collected load.
    fn collects_no_more<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.waited_long_enough |=
            self.phase == BatchPhase::Collects && (place.inside() > 0 || place.is_pledged());
        self.decide_later(place, me, ctx);
    }

    fn is_up<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.decide_later(place, me, ctx);
    }
}

impl Equipment for BatchState {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.runs.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
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
        if event.id == self.patience || event.id == self.decision {
            self.waited_long_enough |= event.id == self.patience;
            if !self.is_worth_a_run(place) || self.task.down() {
                return EventOutcome::Nothing;
            }
            self.run(place, me, ctx);
            return EventOutcome::Changed;
        }
        self.on_task_event(event, place, me, ctx)
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

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if self.phase == BatchPhase::Empties && place.inside() == 0 {
            (self.phase, self.load, self.waited_long_enough) =
                (BatchPhase::Collects, Filling::default(), false);
            self.patience = EventId::default();
            if !self.task.down() {
                place.enter(self.state_now(place));
            }
            self.note_if_empty(place, me, ctx);
        }
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        // Before a maintenance that waits for an empty machine it runs its load.
        let will_run = self.limits.wait.is_some() || self.task.will_drain();
        let patient = self.phase == BatchPhase::Collects && place.inside() > 0 && will_run;
        self.task.has_work() || place.is_pledged() || patient || self.is_worth_a_run(place)
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        let work = self.task.share_done(now);
        // It glows while it runs, coming up and going down at the ends.
        let heat = work.map_or(0.0, |share| (share / 0.1).min((1.0 - share) / 0.1).clamp(0.0, 1.0));
        Pose { work, heat, ..Pose::default() }
    }
}

impl Station for BatchState {
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        ctx.parts.let_wait(part);
        self.collect(place.inside(), place, me, ctx);
    }

    fn ideal_in_hand(&self, place: &Place, parts: &PartStore, now: Time) -> Time {
        let of_part = |part| self.task.part_of(self.ideal_of(part, parts), now);
        place.each_part(parts).map(of_part).fold(Time::ZERO, Time::add)
    }

    fn could_take(&self, product: u32) -> bool {
        self.phase == BatchPhase::Collects && (self.load.parts == 0 || self.group(product) == self.load.group)
    }

    fn keeps_to_its_load(&self) -> bool {
        self.phase == BatchPhase::Collects && self.load.parts > 0
    }
}

impl Selector for BatchState {
    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        let work = || if rule.asks_for_work() { self.runs.mean_time() } else { Time::ZERO };
        self.admits(offer).then(|| Effort { work: work(), ..Effort::default() })
    }

    fn search(&self) -> Option<Search> {
        (self.phase == BatchPhase::Collects).then_some(Search::by(self.rule))
    }

    fn expect(&mut self, offer: &Offer<'_>) {
        self.load.group = self.group(offer.record.product);
        self.load = self.load.with(offer.attributes.mass_mg);
    }

    fn choose(&mut self, candidates: &mut [Candidate], now: Time) -> Option<usize> {
        if self.rule == Rule::FillTheBatch {
            for nth in 0..candidates.len() {
                let group = self.group(candidates[nth].product);
                let together = candidates.iter().filter(|other| self.group(other.product) == group).count();
                candidates[nth].together = together as u32;
            }
        }
        self.rule.choose(candidates, now)
    }
}

impl Retune for BatchState {
    fn can_become(&self, settings: &BatchState) -> bool {
        self.limits == settings.limits
            && self.groups == settings.groups
            && self.task.can_become(&settings.task)
    }

    fn improve(&mut self, improvement: Improvement) {
        improvement.improve_times(&mut self.runs);
        improvement.improve_task(&mut self.task);
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &BatchState,
        _before: &BatchState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        // The limits and the groups are the same.
        let BatchState {
            task,
            runs,
            rule,
            limits: _,
            groups: _,
            ideal: _,
            phase: _,
            load: _,
            patience: _,
            decision: _,
            waited_long_enough: _,
        } = settings;
        self.runs.follow(runs.distribution());
        self.rule = *rule;
        self.task.become_like(task, me, ctx);
    }
}

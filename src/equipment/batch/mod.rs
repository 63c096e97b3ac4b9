//! A batch machine: works on many parts at once, such as an oven, a kiln car or a dye vessel. A part load costs the full run.
//!
//! It collects parts that go together until it is full; or until it has at least the smallest load and nobody whom it would
//! take waits at that instant; or until the first part in it has waited long enough. This is Neuts's bulk service rule
//! (1967): whoever is there goes along, up to the largest load. While it runs nothing comes in. Afterwards it is emptied,
//! and only then takes the next parts.
//!
//! Conventions: parts that robots bring count as loaded from the moment they are booked, and the run waits for them. It is
//! `Starved` while it collects. A breakdown or maintenance that counts parts counts runs here, `AfterPart` is after the run, and
//! for `WhenEmpty` what has been collected runs. A part that alone is heavier than the largest
//! load is never taken; a line in which no other way takes it either is refused.
//!
//! Not modelled: heating that depends on the load, parts that share a run and need different times.

mod forecast;
mod load;
mod look;
mod settings;

use super::appearance::Pose;
use super::interruptible::Interruptible;
use super::{Equipment, Retune, Selector, Station};
use crate::checking::contents::{self};
use crate::context::{DECISION, Moment, Rang};
use crate::dispatch::{Effort, Errand, Rule, Search};
use crate::disruption::{self, Begun, Task, share};
use crate::event::{Incident, Listener, Slot, State, What};
use crate::kernel::{Alarm, Draws, Purpose, Stream, Ticket, Time};
use crate::material::{Offer, PartId, PartStore, Place};
use crate::resource::Token;
use bevy::ecs::component::Component;
use load::{Amount, Filling, Limits};
use std::ops::Add;
use std::sync::Arc;

pub use settings::{Batch, Together};

/// The running batch machine.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Charging {
    task: Task,
    runs: Draws,
    /// How long the run in hand takes on average.
    ideal: Time,
    limits: Limits,
    groups: Arc<[u32]>,
    rule: Rule,
    phase: BatchPhase,
    /// What is in it or on its way to it.
    load: Filling,
    /// The alarm that ends the waiting of the first part.
    patience: Ticket,
    /// The alarm of the decision to run that is under way.
    decision: Ticket,
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

impl Charging {
    fn group(&self, product: u32) -> u32 {
        self.groups.get(product as usize).copied().unwrap_or(0)
    }

    /// Whether a part goes with what it has, and fits in besides.
    fn admits(&self, offer: &Offer<'_>) -> bool {
        let mass = offer.traits.mass_mg;
        let goes_along = self.load.parts == 0 || self.group(offer.record.product) == self.load.group;
        self.phase == BatchPhase::Collects
            && goes_along
            && self.limits.takes.is_none_or(|(from, to)| (from..=to).contains(&mass))
            && self.load.with(mass).fits(self.limits.max)
    }

    /// Whether the load is worth a run, once all that is on its way has come.
    fn is_worth_a_run(&self, place: &Place) -> bool {
        let enough = self.load.reaches(self.limits.min) || self.waited_long_enough;
        self.phase == BatchPhase::Collects && enough && place.booked() == 0 && place.inside() > 0
    }

    /// So many parts are inside now. The first begins to wait for others.
    fn collect<L: Listener>(&mut self, inside: u32, place: &Place, me: Slot, at: &mut Moment<'_, L>) {
        if let (1, Some(wait)) = (inside, self.limits.wait) {
            self.patience = at.alarm(wait, DECISION, me);
        }
        self.decide_later(place, me, at);
    }

    /// Decides at the end of this instant, when everybody who could come has come.
    fn decide_later<L: Listener>(&mut self, place: &Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.is_worth_a_run(place) && !self.task.down() {
            self.decision = at.alarm(Time::ZERO, DECISION, me);
        }
    }

    /// What a part takes of the mean run: as much as it takes of the largest load.
    fn ideal_of(&self, part: PartId, parts: &PartStore) -> Time {
        match self.limits.max {
            Amount::Parts(most) => share(self.ideal, Time(1), Time(u64::from(most))),
            Amount::Mass(most) => share(self.ideal, Time(parts.traits(part).mass_mg), Time(most)),
        }
    }

    fn run<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.phase = BatchPhase::Runs;
        place.state = State::Working;
        at.begin_all_work(me, place);
        self.ideal = self.runs.mean_time();
        self.task.begin(self.runs.draw(), me, at);
    }
}

impl Interruptible for Charging {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.phase = BatchPhase::Empties;
        place.state = State::Blocked;
        at.tell(me, What::Happened(Incident::Run));
        for nth in 0..place.inside() {
            if let Some(part) = place.part_at(nth, at.parts) {
                let ideal = self.ideal_of(part, at.parts);
                at.complete(me, part, ideal);
            }
        }
        place.ready(place.inside() as i32);
    }

    /// All parts in it are scrap.
    fn spoil<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.phase = BatchPhase::Empties;
        let spoilt: Vec<PartId> = place.each_part(at.parts).collect();
        for part in &spoilt {
            at.parts.traits_mut(*part).exit = disruption::SCRAP;
            at.spoil(me, *part);
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

    fn has_at_first<L: Listener>(
        &mut self,
        begun: &Begun,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        for part in contents::lay_in(&begun.in_work, place, me, at) {
            self.expect(&at.parts.offer(part));
            (self.phase, place.state) = (BatchPhase::Runs, State::Working);
            self.ideal = begun.work.unwrap_or_default().min(self.runs.mean_time());
        }
        for (nth, part) in (1..).zip(contents::lay_in(&begun.parts, place, me, at)) {
            self.expect(&at.parts.offer(part));
            at.parts.let_wait(part);
            self.collect(nth, place, me, at);
        }
    }

    /// What it has collected runs.
    fn collects_no_more<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.waited_long_enough |=
            self.phase == BatchPhase::Collects && (place.inside() > 0 || place.is_pledged());
        self.decide_later(place, me, at);
    }

    fn is_up<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.decide_later(place, me, at);
    }
}

impl Equipment for Charging {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.runs.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.begin_run(place, me, at);
    }

    fn ring<L: Listener>(
        &mut self,
        alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        if alarm.ticket == self.patience || alarm.ticket == self.decision {
            self.waited_long_enough |= alarm.ticket == self.patience;
            if !self.is_worth_a_run(place) || self.task.down() {
                return Rang::Nothing;
            }
            self.run(place, me, at);
            return Rang::Changed;
        }
        self.hear(alarm, place, me, at)
    }

    fn granted<L: Listener>(
        &mut self,
        token: Token,
        _lender: Slot,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        self.person_comes(token, place, me, at);
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.phase == BatchPhase::Empties && place.inside() == 0 {
            (self.phase, self.load, self.waited_long_enough) =
                (BatchPhase::Collects, Filling::default(), false);
            self.patience = Ticket::default();
            if !self.task.down() {
                place.state = State::Starved;
            }
            self.note_if_empty(place, me, at);
        }
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        // Before a maintenance that waits for an empty machine it runs what it has.
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

impl Station for Charging {
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        at.parts.let_wait(part);
        self.collect(place.inside(), place, me, at);
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

impl Selector for Charging {
    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        let work = || if rule.asks_for_work() { self.runs.mean_time() } else { Time::ZERO };
        self.admits(offer).then(|| Effort { work: work(), ..Effort::default() })
    }

    fn search(&self) -> Option<Search> {
        (self.phase == BatchPhase::Collects).then_some(Search::by(self.rule))
    }

    fn expect(&mut self, offer: &Offer<'_>) {
        self.load.group = self.group(offer.record.product);
        self.load = self.load.with(offer.traits.mass_mg);
    }

    fn choose(&mut self, errands: &mut [Errand], now: Time) -> Option<usize> {
        if self.rule == Rule::FillTheBatch {
            for nth in 0..errands.len() {
                let group = self.group(errands[nth].product);
                let together = errands.iter().filter(|other| self.group(other.product) == group).count();
                errands[nth].together = together as u32;
            }
        }
        self.rule.choose(errands, now)
    }
}

impl Retune for Charging {
    fn can_become(&self, settings: &Charging) -> bool {
        self.limits == settings.limits
            && self.groups == settings.groups
            && self.task.can_become(&settings.task)
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Charging,
        _before: &Charging,
        _place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        self.runs.follow(settings.runs.law());
        self.rule = settings.rule;
        self.task.become_like(&settings.task, me, at);
    }
}

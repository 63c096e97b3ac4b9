//! A bench: it does one operation at a time, on one part or on all parts of a bill of materials. The length of the operation is
//! sampled. Its [`BenchProcess`] is assembling, disassembling, packing or unpacking.
//!
//! While it is down, no part comes or leaves except those promised to robots before. An interrupted operation is resumed,
//! begins again, or is lost. If it is lost, all of its parts leave by the port `scrap` as they are, but no part that was
//! collected for the next operation.
//!
//! Conventions: a maintenance that waits for an empty place waits until no work is in hand and what was done has left. Parts
//! that were collected for the next bill may lie there meanwhile, since the others of the bill could not come. Once a
//! maintenance is due no other work begins before it.

pub mod assembler;
mod bill;
pub mod disassembler;
mod forecast;
mod interruption;
pub mod packer;
mod settings;
pub mod unpacker;

use super::appearance::{Appearance, Pose};
use super::interruptible::Interruptible;
use super::{Equipment, Improvement, Outlook, Retune, Selector, Specimen, Station};
use crate::context::{Context, DECISION, EventOutcome};
use crate::dispatch::{Effort, Rule, Search};
use crate::disruption::{Downtimes, InitialState, Task};
use crate::event::{Listener, Slot, State};
use crate::kernel::{Event, EventId, Purpose, Sampler, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place};
use crate::resource::{Grant, Token};
use bevy::ecs::component::Component;
use bill::Bill;
use settings::BenchSettings;
use std::fmt::Debug;

/// What a bench makes of its parts.
pub trait BenchProcess: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// The number of the way out for parts that a breakdown spoils.
    fn scrap(&self) -> u8;

    /// The work on these parts is done, the main part first; `ideal` is its mean time.
    fn finish<L: Listener>(
        &self,
        used: &[PartId],
        ideal: Time,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    );

    /// What can become of a part in this row of the bill, of which so many go into one operation.
    fn outlook(&self, part: Specimen, row: usize, needed: u32) -> Outlook;

    /// How many parts leave by each way for each of `takes` parts that come.
    fn ports(&self, takes: u32) -> Vec<f64>;

    /// What the bench looks like.
    fn appearance(&self) -> Appearance;

    /// Whether a running bench can go on with this other process.
    fn can_become(&self, _settings: &Self) -> bool {
        true
    }
}

/// The component of a bench.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Bench<T: BenchProcess> {
    task: Task,
    cycles: Sampler,
    /// How long the work in hand takes on average.
    ideal: Time,
    /// What one operation needs; without a bill, any one part.
    bill: Option<Bill>,
    /// How long it waits for a complete bill, if it begins with less after that.
    patience: Option<Patience>,
    process: T,
    /// The event at which it looks again for parts that had to wait for the main part.
    look: EventId,
}

/// A bench that begins with less than its bill, after it has waited for a limited time.
#[derive(Clone, Debug, Default, PartialEq)]
struct Patience {
    wait: Time,
    /// The event that ends the waiting; a void id if it does not wait.
    end: EventId,
    /// Whether it has waited long enough for the next piece of work.
    is_over: bool,
    /// The event of the decision to begin with the parts that are there; a void id if there is no such decision.
    decision: EventId,
}

impl<T: BenchProcess> Bench<T> {
    fn new(
        (downtimes, cycles): (Downtimes, Sampler),
        initial_state: Option<InitialState>,
        bill: Option<Bill>,
        process: T,
    ) -> Bench<T> {
        let task = Task::new(downtimes.beginning(initial_state));
        Bench { task, cycles, ideal: Time::ZERO, bill, patience: None, process, look: EventId::default() }
    }

    /// The same bench, which waits so long at most for the rest of a bill.
    fn waiting(self, wait: Option<Time>) -> Bench<T> {
        let patience = wait.map(|wait| Patience { wait, ..Patience::default() });
        Bench { patience, ..self }
    }

    /// Begins, if all parts are there and no maintenance comes first.
    fn try_to_begin<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let free = !self.task.awaits_stop();
        if self.bill.as_mut().is_some_and(|bill| free && bill.begin()) {
            self.begin_next(place, me, ctx);
        } else {
            self.decide_later(me, ctx);
        }
    }

    /// Decides at the end of this instant whether it begins with less, when all parts have come that could come.
    fn decide_later<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        let down = self.task.down();
        if let Some(patience) = self.patience.as_mut().filter(|patience| patience.is_over && !down) {
            patience.decision = ctx.schedule(Time::ZERO, DECISION, me);
        }
    }

    /// Begins with what is there, if it has waited long enough and nothing stops it or comes first.
    fn decide<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let free = !self.task.down() && !self.task.awaits_stop();
        if self.bill.as_mut().is_some_and(|bill| free && bill.begin_short()) {
            self.begin_next(place, me, ctx);
        }
    }

    fn begin_next<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if let Some(patience) = &mut self.patience {
            *patience = Patience { wait: patience.wait, ..Patience::default() };
        }
        self.begin(place, me, ctx);
    }

    /// Its parts are not enough: it waits for the rest, if it has any part besides the main part.
    fn wait_for_rest<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        let has_load = self.bill.as_ref().is_some_and(Bill::has_load);
        if let Some(patience) = &mut self.patience
            && has_load
            && !patience.is_over
            && patience.end == EventId::default()
        {
            patience.end = ctx.schedule(patience.wait, DECISION, me);
        }
    }

    /// Begins the next piece of work; during a repair it begins when that is over.
    fn begin<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if !self.task.down() {
            place.enter(State::Working);
        }
        self.ideal = self.cycles.mean_time();
        self.task.begin(self.cycles.draw(), me, ctx);
        if !self.task.down() && !self.says_that_it_waits(place) {
            self.begins_on_parts(place, me, ctx);
        }
    }

    /// The parts of the piece of work that has ended.
    fn used(&mut self, place: &Place, parts: &PartStore) -> Vec<PartId> {
        match &mut self.bill {
            Some(bill) => bill.finish(place, parts),
            None => place.first_part(parts).into_iter().collect(),
        }
    }
}

impl<T: BenchProcess> Equipment for Bench<T> {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.begin_run(place, me, ctx);
        self.try_to_begin(place, me, ctx);
        self.wait_for_rest(me, ctx);
    }

    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        let event_id = event.id;
        let decides = |patience: &&mut Patience| patience.end == event_id || patience.decision == event_id;
        if let Some(patience) = self.patience.as_mut().filter(decides) {
            if patience.end == event_id {
                (patience.end, patience.is_over) = (EventId::default(), true);
            }
            patience.decision = EventId::default();
            self.decide(place, me, ctx);
            return EventOutcome::PartReady;
        }
        if event.id == self.look {
            self.look = EventId::default();
            return EventOutcome::PartReady;
        }
        self.on_task_event(event, place, me, ctx)
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if place.finished() == 0 {
            self.bill.iter_mut().for_each(Bill::leave);
        }
        if !self.task.down() {
            place.enter(self.state_now(place));
        }
        self.note_if_empty(place, me, ctx);
        self.try_to_begin(place, me, ctx);
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
        let will_decide = |patience: &Patience| [patience.end, patience.decision] != [EventId::default(); 2];
        let waits = self.patience.as_ref().is_some_and(will_decide);
        // A bill that was complete when it went down is worked on after that.
        let is_over = self.patience.as_ref().is_some_and(|patience| patience.is_over);
        let begins = self.bill.as_ref().is_some_and(|bill| is_over || bill.is_complete());
        let looks = self.look != EventId::default();
        self.task.has_work() || place.is_pledged() || waits || looks || self.task.down() && begins
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        Pose { work: self.task.share_done(now), ..Pose::default() }
    }
}

impl<T: BenchProcess> Station for Bench<T> {
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        ctx.parts.let_wait(part);
        let Some(bill) = &mut self.bill else { return self.begin(place, me, ctx) };
        bill.receive(&ctx.parts.offer(part));
        if bill.lets_others_come(&ctx.parts.offer(part)) {
            self.look = ctx.schedule(Time::ZERO, DECISION, me);
        }
        self.try_to_begin(place, me, ctx);
        self.wait_for_rest(me, ctx);
        // A robot may have brought the last part on its way, and a maintenance waits for that.
        self.note_if_empty(place, me, ctx);
    }

    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, now: Time) -> Time {
        self.task.part_of(self.ideal, now)
    }

    fn could_take(&self, product: u32) -> bool {
        self.bill.as_ref().is_none_or(|bill| bill.could_take(product))
    }

    fn makes_others(&self) -> bool {
        true
    }
}

impl<T: BenchProcess> Selector for Bench<T> {
    fn search(&self) -> Option<Search> {
        Some(Search::by(Rule::FirstCome))
    }

    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        let admits = self.bill.as_ref().is_none_or(|bill| bill.admits(offer));
        let work = || if rule.asks_for_work() { self.cycles.mean_time() } else { Time::ZERO };
        admits.then(|| Effort { work: work(), ..Effort::default() })
    }

    fn expect(&mut self, offer: &Offer<'_>) {
        self.bill.iter_mut().for_each(|bill| bill.expect(offer));
    }
}

impl<T: BenchProcess> Retune for Bench<T> {
    fn can_become(&self, settings: &Bench<T>) -> bool {
        // Half a bill is there already.
        let same_bill = match (&self.bill, &settings.bill) {
            (Some(before), Some(after)) => before.is_like(after),
            (before, after) => before.is_none() && after.is_none(),
        };
        let as_patient = self.patience.is_some() == settings.patience.is_some();
        same_bill
            && as_patient
            && self.task.can_become(&settings.task)
            && self.process.can_become(&settings.process)
    }

    fn improve(&mut self, improvement: Improvement) {
        improvement.improve_times(&mut self.cycles);
        improvement.improve_task(&mut self.task);
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Bench<T>,
        _before: &Bench<T>,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        // The bill is the same.
        let Bench { task, cycles, patience, process, bill: _, ideal: _, look: _ } = settings;
        self.cycles.follow(cycles.distribution());
        self.task.become_like(task, me, ctx);
        self.process = process.clone();
        if let (Some(own), Some(patience)) = (&mut self.patience, patience) {
            own.wait = patience.wait;
        }
    }
}

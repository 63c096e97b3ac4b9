//! A robot: carries parts between elements, one at a time, or exchanges one part for another.
//!
//! It serves the arrows `a -> b by robot`. It sets out when a part is ready and its destination has room, which the robot books.
//! So it never holds a part that no element takes. It travels to the part, loads it, travels on, and unloads it. The part leaves
//! its element at the end of loading and arrives at the end of unloading. A dispatching rule chooses the next transport.
//!
//! Where it shares a [zone](super::zone) with other robots, it sets out to a stop there only when it may enter the zone. It
//! waits for the zone with or without the part.
//!
//! If the family of the part needs another tool, it changes the tool before it sets out.
//!
//! With two grippers it may set out for a full place, if the part there waits for this robot and has room at its own
//! destination. It takes that part out with the free gripper, puts down the part that it brought, and carries the other on. This
//! counts as one transport, requested when the first of the two was. It replaces the transport that would only fetch the part.
//! Both parts are promised and both places are booked before the robot sets out.
//!
//! With a calendar it finishes the transport that it has when its hours end, which is overtime, and begins no other.
//!
//! It may need people, such as a driver, for all legs or for some (`leg.rs`). They come to where it stands when the run begins, and go
//! with it. Outside its hours it rests while it waits for them.
//!
//! It is `Moving` while it travels, `Holding` while it loads or unloads, `Setup` while it changes its tool, `Blocked` while it
//! waits for a zone, `WaitingForPeople` while it waits for them, `Starved` while there is nothing to carry, `Paused` outside its hours. Not modelled: accelerations, two parts
//! brought to two places in one round, the way to a stand of tools, breakdowns.

mod forecast;
mod hours;
mod leg;
mod look;
mod settings;
mod tour;
mod travel_times;

use super::appearance::{Pose, Trip};
use super::changeover::Changeover;
use super::{Carrier, Equipment, Improvement, Retune, Selector, Sleeper, Station};
use crate::context::{Context, EventOutcome};
use crate::dispatch::{Candidate, Rule, Search};
use crate::disruption::{Hours, PeopleProgress, Task, TaskProgress};
use crate::event::{Incident, Listener, ResourcePurpose, Slot, What};
use crate::kernel::{Event, Purpose, Sampler, Stream, Time};
use crate::material::{Offer, PartId, Place};
use crate::resource::{Grant, Token};
use crate::saving::{EnergySaver, SavingOrder};
use bevy::ecs::component::Component;
use leg::TransportLeg;
use std::sync::Arc;
use tour::{Tour, TourStop};
use travel_times::Ways;

pub use settings::Robot;

/// The running robot.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct RobotState {
    /// The legs are its work, and the people whom it needs for them.
    task: Task,
    leg: TransportLeg,
    tour: Tour,
    /// The stop it is at; one past the last before its first transport.
    standing: usize,
    /// The zone that it is in, and the token of its place there.
    inside: Option<(Slot, Token)>,
    grippers: u32,
    /// Of these, the zones that its transport does not need, or no longer needs: no other robot gets them until it is over.
    spare: i32,
    /// How it changes its tool, if it does.
    tools: Option<Box<Changeover>>,
    ways: Arc<Ways>,
    rule: Rule,
    loads: Sampler,
    unloads: Sampler,
    /// What people do while it takes a part up and puts it down: what they do on the way, if that takes no time.
    handling: [ResourcePurpose; 2],
    /// The stop that its last way began at, and when it last let go of something or had taken it: only pictures ask for them.
    came_from: usize,
    let_go: Option<Time>,
    /// Its hours, if it has a calendar.
    hours: Option<Box<Hours>>,
}

impl RobotState {
    /// So many grippers stay empty for the rest of the transport.
    fn keep_free(&mut self, grippers: i32, place: &mut Place) {
        self.spare += grippers;
        place.admit(-grippers);
    }

    /// The part is in the gripper, or where it belongs.
    fn task_done<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.let_go = Some(ctx.now);
        self.go_on(place, me, ctx);
    }

    /// How far the gripper is down: it goes down while it handles a part, and comes up again within a second.
    fn down(&self, now: Time) -> f32 {
        const LIFT_SECS: f64 = 1.0;
        let lifted = |since: Time| (1.0 - (now - since).secs() / LIFT_SECS).max(0.0) as f32;
        match self.leg {
            TransportLeg::Handle => self.task.share_done(now).unwrap_or(1.0),
            TransportLeg::Idle
            | TransportLeg::WakeUp(_)
            | TransportLeg::Change
            | TransportLeg::Wait(_)
            | TransportLeg::Travel => self.let_go.map_or(0.0, lifted),
        }
    }
}

impl Equipment for RobotState {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.task.seed(stream);
        self.loads.seed(stream(Purpose::Loading, 0));
        self.unloads.seed(stream(Purpose::Unloading, 0));
        self.tools.iter_mut().for_each(|tools| tools.seed(stream));
        self.standing = self.ways.stops().len();
        self.came_from = self.standing;
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.task.start(me, ctx);
        self.look_at_hours(place, me, ctx);
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.tour.gave();
        if !self.tour.is_over() {
            self.keep_free(1, place);
        }
        self.task_done(place, me, ctx);
    }

    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        if self.hours.as_ref().is_some_and(|hours| hours.is_event(event.id)) {
            self.look_at_hours(place, me, ctx);
            return EventOutcome::NeedsSettling;
        }
        match self.task.on_event(event, me, ctx) {
            TaskProgress::Finished => {}
            TaskProgress::PeopleAreThere => {
                self.look_at_leg(place, me, ctx);
                return EventOutcome::NeedsSettling;
            }
            TaskProgress::Saving => {
                self.looks_after_energy(place, me, ctx);
                return EventOutcome::NeedsSettling;
            }
            _ => return EventOutcome::Nothing,
        }
        let Some(task) = self.tour.next() else { return EventOutcome::Nothing };
        match (self.leg, task) {
            (TransportLeg::Idle | TransportLeg::WakeUp(_) | TransportLeg::Wait(_), _) => {
                EventOutcome::Nothing
            }
            (TransportLeg::Change, task) => {
                ctx.emit(me, What::Happened(Incident::Setup));
                self.set_out(task, place, me, ctx);
                // It may have requested a zone.
                EventOutcome::NeedsSettling
            }
            (TransportLeg::Travel, task) => {
                self.handle(task, place, me, ctx);
                EventOutcome::Changed
            }
            (TransportLeg::Handle, TourStop::TakeUp { from, part }) => EventOutcome::PickUp(from, part),
            (TransportLeg::Handle, TourStop::PutDown { part, to }) => {
                ctx.complete(me, part, Time::ZERO);
                EventOutcome::PutDown(to, part)
            }
        }
    }

    fn granted<L: Listener>(&mut self, grant: Grant, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        match (self.leg, self.tour.next()) {
            (TransportLeg::Wait(token), Some(task)) if token == grant.token => {
                self.inside = Some((grant.lender, token));
                self.travel(task, place, me, ctx);
            }
            _ => {
                if self.task.people_are_granted(grant, me, ctx) == PeopleProgress::Works {
                    self.look_at_leg(place, me, ctx);
                }
            }
        }
    }

    fn lacks(&mut self, only_tools: bool, place: &mut Place) {
        self.task.note_lacks(only_tools);
        let waits = self.task.waits_for_people().filter(|_| !self.is_closed());
        waits.into_iter().for_each(|state| place.enter(state));
    }

    fn called_away<L: Listener>(
        &mut self,
        token: Token,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.task.people_are_called_away(token, me, ctx);
        if self.task.waits_for_people().is_some() {
            self.look_at_leg(place, me, ctx);
        }
    }

    fn has_pending_event(&self, _place: &Place) -> bool {
        // Also while it waits for a zone: see `resource/mod.rs`.
        self.leg != TransportLeg::Idle || self.is_closed()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        let stop = |number: usize| self.ways.stops().get(number).copied();
        let share = match self.leg {
            TransportLeg::Travel => self.task.share_done(now).unwrap_or(1.0),
            TransportLeg::Idle
            | TransportLeg::WakeUp(_)
            | TransportLeg::Change
            | TransportLeg::Wait(_)
            | TransportLeg::Handle => 1.0,
        };
        let (from, to) = (stop(self.came_from), stop(self.standing));
        let trip = Some(Trip { from, to, share, down: self.down(now) });
        Pose { trip, ..Pose::default() }
    }
}

impl Station for RobotState {
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        // The part goes to this element and to no other.
        place.ready(1);
        place.promise(part, ctx.parts);
        ctx.parts.let_wait(part);
        self.tour.took(part);
        self.task_done(place, me, ctx);
    }
}

impl Selector for RobotState {
    fn search(&self) -> Option<Search> {
        Some(Search::by(self.rule))
    }
}

impl Carrier for RobotState {
    fn approach(&self, from: Slot) -> Time {
        self.ways.time(self.standing, self.ways.stop(from))
    }

    fn carries_both(&self, one: u32, other: u32) -> bool {
        self.tools.as_ref().is_none_or(|tools| tools.is_same(one, other))
    }

    fn assign<L: Listener>(
        &mut self,
        transport: Candidate,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.tour.plan(&transport);
        let parts = 1 + i32::from(transport.onward.is_some());
        (0..parts).for_each(|_| place.book());
        self.keep_free(self.grippers as i32 - parts, place);
        if self.task.saving_state().is_some() {
            self.leg = TransportLeg::WakeUp(transport.product);
            self.task.obey(SavingOrder::On);
            return self.looks_after_energy(place, me, ctx);
        }
        self.begin_transport(transport.product, place, me, ctx);
    }

    fn mean_change(&self, offer: &Offer<'_>) -> Time {
        self.tools.as_ref().map_or(Time::ZERO, |tools| tools.mean_time(offer.record.product))
    }
}

/// Only transports call it.
impl Sleeper for RobotState {
    fn saver(&self) -> Option<&EnergySaver> {
        self.task.saver()
    }
}

impl RobotState {
    /// Begins the transport that it has, with a change of its tool if the part needs another.
    fn begin_transport<L: Listener>(
        &mut self,
        product: u32,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let change = self.tools.as_mut().map_or(Time::ZERO, |tools| tools.change_to(product));
        if change > Time::ZERO {
            self.begin(TransportLeg::Change, change, ResourcePurpose::Setup, place, me, ctx);
        } else if let Some(task) = self.tour.next() {
            self.set_out(task, place, me, ctx);
        }
    }
}

impl Retune for RobotState {
    fn can_become(&self, settings: &RobotState) -> bool {
        let tools = match (&self.tools, &settings.tools) {
            (None, None) => true,
            (Some(before), Some(after)) => before.can_become(after),
            _ => false,
        };
        let ways = self.ways.serve_like(&settings.ways) && self.ways.begin_like(&settings.ways);
        let timetable = |one: &'_ RobotState| one.hours.as_ref().map(|hours| hours.timetable().clone());
        tools
            && ways
            && self.task.can_become(&settings.task)
            && self.grippers == settings.grippers
            && timetable(self) == timetable(settings)
    }

    fn improve(&mut self, improvement: Improvement) {
        [&mut self.loads, &mut self.unloads].into_iter().for_each(|times| improvement.improve_times(times));
        if let Some(factor) = improvement.time_factor() {
            Arc::make_mut(&mut self.ways).scale(factor);
        }
        improvement.improve_changeovers(self.tools.as_deref_mut());
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &RobotState,
        _before: &RobotState,
        _place: &mut Place,
        _me: Slot,
        _ctx: &mut Context<'_, L>,
    ) {
        // The grippers and the people are as many as before, and the hours the same.
        let RobotState {
            tools,
            ways,
            rule,
            loads,
            unloads,
            grippers: _,
            leg: _,
            tour: _,
            standing: _,
            inside: _,
            spare: _,
            came_from: _,
            let_go: _,
            hours: _,
            task,
            handling,
        } = settings;
        self.task.saves_like(task);
        self.loads.follow(loads.distribution());
        self.unloads.follow(unloads.distribution());
        (self.ways, self.rule, self.handling) = (Arc::clone(ways), *rule, *handling);
        if let (Some(own), Some(tools)) = (&mut self.tools, tools) {
            own.become_like(tools);
        }
    }
}

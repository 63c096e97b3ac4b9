//! The legs of a transport: changing the tool, waiting for a zone, travelling, and handling the part. Each but the waiting is a piece
//! of work of the robot's task, so that people can be needed for it.

use super::RobotState;
use super::tour::TourStop;
use crate::context::Context;
use crate::event::{Listener, ResourcePurpose, Slot, State};
use crate::kernel::Time;
use crate::material::Place;
use crate::resource::{Request, Token};

/// What a robot does next for its transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TransportLeg {
    /// There is none.
    Idle,
    /// It comes back from a saving mode, to carry a part of this product.
    WakeUp(u32),
    /// It changes its tool.
    Change,
    /// It waits for a place in the zone that the stop lies in.
    Wait(Token),
    /// It travels there.
    Travel,
    /// It takes the part up, or puts it down.
    Handle,
}

impl TransportLeg {
    /// The state of a robot on this leg.
    fn state(self) -> State {
        match self {
            TransportLeg::Idle | TransportLeg::WakeUp(_) => State::Starved,
            TransportLeg::Change => State::Setup,
            TransportLeg::Wait(_) => State::Blocked,
            TransportLeg::Travel => State::Moving,
            TransportLeg::Handle => State::Holding,
        }
    }
}

impl RobotState {
    /// Goes on with the next leg, at once if it is there already.
    pub(super) fn go_on<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        match self.tour.next() {
            Some(task) if self.ways.stop(task.stop()) == self.standing => self.handle(task, place, me, ctx),
            Some(task) => self.set_out(task, place, me, ctx),
            None => {
                self.leg = TransportLeg::Idle;
                place.enter(State::Starved);
                place.admit(std::mem::take(&mut self.spare));
                self.leave_zone(ctx);
                self.task.work_is_over(me, ctx);
                if self.is_closed() {
                    self.closes(place, me, ctx);
                }
            }
        }
    }

    /// Sets out to a stop, as soon as it may be in the zone there.
    pub(super) fn set_out<L: Listener>(
        &mut self,
        task: TourStop,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let stop = self.ways.stop(task.stop());
        let zone = self.ways.zone(stop).cloned();
        let inside = self.inside.map(|(zone, _)| zone);
        if inside.is_some() && inside == zone.as_ref().map(|zone| zone[0]) {
            return self.travel(task, place, me, ctx);
        }
        self.leave_zone(ctx);
        match zone {
            Some(zone) => {
                // A driver who waits here could be needed by the robot in the zone.
                self.task.let_people_go(ctx);
                let token = ctx.request(me, Request::one(ResourcePurpose::ZoneEntry, zone));
                self.leg = TransportLeg::Wait(token);
                place.enter(State::Blocked);
            }
            None => self.travel(task, place, me, ctx),
        }
    }

    fn leave_zone<L: Listener>(&mut self, ctx: &mut Context<'_, L>) {
        if let Some((_, token)) = self.inside.take() {
            ctx.give_back(token);
        }
    }

    pub(super) fn travel<L: Listener>(
        &mut self,
        task: TourStop,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let stop = self.ways.stop(task.stop());
        let time = self.ways.time(self.standing, stop);
        self.came_from = self.standing;
        self.standing = stop;
        self.begin(TransportLeg::Travel, time, ResourcePurpose::Work, place, me, ctx);
    }

    /// Takes up a part, or puts it down, where it stands.
    pub(super) fn handle<L: Listener>(
        &mut self,
        task: TourStop,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let (time, purpose) = match task {
            TourStop::TakeUp { .. } => (self.loads.draw(), self.handling[0]),
            TourStop::PutDown { .. } => (self.unloads.draw(), self.handling[1]),
        };
        self.begin(TransportLeg::Handle, time, purpose, place, me, ctx);
    }

    /// Begins a leg that takes so long, once the people are there whom it needs.
    pub(super) fn begin<L: Listener>(
        &mut self,
        leg: TransportLeg,
        time: Time,
        purpose: ResourcePurpose,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.leg = leg;
        self.task.begin_without_wear(time, purpose, me, ctx);
        self.look_at_leg(place, me, ctx);
    }

    /// Says what it does on its leg, or that it waits for people. A part that it has waits until it sets out with it.
    pub(super) fn look_at_leg<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if let Some(waits) = self.task.waits_for_people() {
            place.enter(if self.is_closed() { State::Paused } else { waits });
            return;
        }
        place.enter(self.leg.state());
        if let (TransportLeg::Travel | TransportLeg::Handle, Some(TourStop::PutDown { part, .. })) =
            (self.leg, self.tour.next())
        {
            ctx.begin_work(me, part);
        }
    }
}

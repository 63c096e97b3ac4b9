//! What equipment does in a run, cut by who asks for it: the flow and the clock know nothing else of a kind.
//!
//! Every kind is [`Equipment`] and can [`Retune`]. The list of kinds says what else a kind is able to do: to work on parts
//! ([`Station`]), to choose among them ([`Selector`]), to carry them ([`Carrier`]), to make them ([`Generator`]), to end
//! their way ([`Outlet`]). What is known of it before a run is its [`Forecast`].

use super::appearance::Pose;
use super::forecast::Forecast;
use crate::context::{Context, EventOutcome};
use crate::dispatch::{Candidate, Effort, Rule, Search};
use crate::event::{Listener, Slot};
use crate::kernel::{Event, Purpose, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place, Prospect};
use crate::resource::Token;
use bevy::ecs::component::Mutable;
use bevy::ecs::prelude::Component;

/// What every piece of equipment does in a run.
///
/// It says what kind of [`Place`] it needs, and the flow brings parts there and fetches them. What works on its parts
/// hears of each that comes, and says when it is ready to go on.
pub trait Equipment: Component<Mutability = Mutable> + Clone + Forecast + Retune {
    /// Gives it its random streams.
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream);

    /// The run begins.
    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>);

    /// Hears one of its events.
    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome;

    /// A part has left; see [`PlaceSpec::notify_departure`](crate::material::PlaceSpec::notify_departure).
    fn gave<L: Listener>(&mut self, _part: PartId, _place: &mut Place, _me: Slot, _ctx: &mut Context<'_, L>) {
    }

    /// Whether time alone will change what it gives or takes: it works, awaits a part or a robot, or will run out of patience.
    /// To be down is not enough: when that is over, it gives and takes what it could before.
    fn has_pending_event(&self, place: &Place) -> bool;

    /// Reads a little of itself, so that it is in the cache when its event comes.
    fn touch(&self) -> u64 {
        0
    }

    /// What its moving parts do now.
    fn pose(&self, _place: &Place, _now: Time) -> Pose {
        Pose::default()
    }

    /// What it [requested](Context::request) under this token is granted by a lender, such as a crew or a zone. It holds that
    /// until it [gives it back](Context::give_back).
    fn granted<L: Listener>(
        &mut self,
        _token: Token,
        _lender: Slot,
        _place: &mut Place,
        _me: Slot,
        _ctx: &mut Context<'_, L>,
    ) {
    }
}

/// A kind that goes on with other settings while it runs.
///
/// [`become_like`](Retune::become_like) takes the settings apart field by field, without `..`, so that a field which is new does not
/// compile until it is said there what becomes of it.
pub trait Retune: Sized {
    /// Whether a running one can go on with other settings. Where it cannot, they hold from the beginning of a run.
    fn can_become(&self, settings: &Self) -> bool;

    /// A running one goes on with other settings. What was begun ends as it was begun, what was drawn ahead keeps its luck.
    /// `before` is what it was made from.
    fn become_like<L: Listener>(
        &mut self,
        settings: &Self,
        before: &Self,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    );
}

/// A kind that hears of each part that comes to it, and says when the part is ready to go on.
pub trait Station {
    /// A part has come to be worked on; see [`PlaceSpec::notify_arrival`](crate::material::PlaceSpec::notify_arrival).
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>);

    /// Of the work in hand, how much of its ideal time is done: what a finished operation [tells](crate::event::What::Completed),
    /// by the share of the work that is behind it.
    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, _now: Time) -> Time {
        Time::ZERO
    }

    /// Whether it could take a part of this product as it is now and once it has room, be the part heavy or light, full or
    /// empty.
    fn could_take(&self, _product: u32) -> bool {
        true
    }

    /// Whether parts may leave it as other products than those that came.
    fn makes_others(&self) -> bool {
        false
    }

    /// Whether it keeps parts away on which it could work, because it waits for others that go with what it has begun.
    fn keeps_to_its_load(&self) -> bool {
        false
    }

    /// Whether a part that leaves it when it is full makes room for another at that instant, whatever else is inside.
    fn exchanges(&self) -> bool {
        false
    }
}

/// A kind that chooses among the parts that could come; any other takes the one that has waited longest, whatever it is.
pub trait Selector {
    /// How it looks for its next part; none if it would take no part now, even if it had room.
    fn search(&self) -> Option<Search>;

    /// What it takes to work on a part, on average, at least as far as a rule asks; none if it lets the part stand, also once it
    /// has room.
    fn effort(&self, _offer: &Offer<'_>, _rule: Rule) -> Option<Effort> {
        Some(Effort::default())
    }

    /// A part that it admitted is on its way, at once or brought by a robot.
    fn expect(&mut self, _offer: &Offer<'_>) {}

    /// Which of these candidates it would do next.
    fn choose(&mut self, candidates: &mut [Candidate], now: Time) -> Option<usize> {
        self.search()?.rule.choose(candidates, now)
    }
}

/// A kind that carries parts from one element to another.
pub trait Carrier {
    /// How long it travels to an element.
    fn approach(&self, from: Slot) -> Time;

    /// How long it would take to change its tool for a part, on average.
    fn mean_change(&self, offer: &Offer<'_>) -> Time;

    /// Whether it can carry a part of each of these two products at once, given as many grippers.
    fn carries_both(&self, one: u32, other: u32) -> bool;

    /// It sets out.
    fn assign<L: Listener>(
        &mut self,
        candidate: Candidate,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    );
}

/// A kind with which parts begin.
pub trait Generator {
    /// Makes the part that leaves now; see [`PlaceSpec::creates_on_demand`](crate::material::PlaceSpec::creates_on_demand).
    fn make<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) -> PartId;

    /// What the next part will be that is made at the instant it leaves.
    fn next_made(&self, now: Time) -> Prospect;

    /// The product of its parts.
    fn supplies(&self) -> u32;

    /// Whether all of its parts have come and gone.
    fn is_dry(&self, place: &Place) -> bool;
}

/// A kind at which parts leave the line.
pub trait Outlet {
    /// Whether what leaves here is scrap.
    fn is_for_scrap(&self) -> bool;
}

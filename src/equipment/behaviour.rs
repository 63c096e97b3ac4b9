//! The traits of equipment in a run. The flow and the event loop call a kind through these traits alone.
//!
//! Every kind implements [`Equipment`] and [`Retune`]. The list of kinds names the other traits of each kind: it works on
//! parts ([`Station`]), chooses among them ([`Selector`]), carries them ([`Carrier`]), makes them ([`Generator`]), takes
//! them out of the line ([`Outlet`]), or goes into saving modes ([`Sleeper`]). [`Forecast`] has what is known before a run.

use super::appearance::Pose;
use super::forecast::Forecast;
use super::improvement::Improvement;
use crate::context::{Context, EventOutcome};
use crate::dispatch::{Candidate, Effort, Rule, Search};
use crate::event::{Listener, Slot};
use crate::kernel::{Event, Purpose, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place, Prospect};
use crate::resource::{Grant, Token};
use crate::saving::{EnergySaver, SavingOrder};
use bevy::ecs::component::Mutable;
use bevy::ecs::prelude::Component;

/// What every kind of equipment does in a run.
///
/// An element says what kind of [`Place`] it needs, and the flow moves parts into that place and out of it. A kind that works
/// on parts also implements [`Station`].
pub trait Equipment: Component<Mutability = Mutable> + Clone + Forecast + Retune {
    /// Gives it its random-number streams.
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream);

    /// The run begins.
    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>);

    /// Handles an event that it scheduled.
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

    /// Whether time alone will change what it gives or takes: it works, expects a part or a robot, or waits for a limited time.
    /// A repair does not count: after the repair the element gives and takes the same as before.
    fn has_pending_event(&self, place: &Place) -> bool;

    /// Reads one of its fields, so that it is in the cache when its event comes.
    fn touch(&self) -> u64 {
        0
    }

    /// The position of its doors, arms and other moving parts now.
    fn pose(&self, _place: &Place, _now: Time) -> Pose {
        Pose::default()
    }

    /// A [request](Context::request) of this element is granted. It holds what was granted until it
    /// [gives it back](Context::give_back).
    fn granted<L: Listener>(
        &mut self,
        _grant: Grant,
        _place: &mut Place,
        _me: Slot,
        _ctx: &mut Context<'_, L>,
    ) {
    }

    /// Something is missing for a request of it, or is not any more: tools and no people, or not so.
    fn lacks(&mut self, _only_tools: bool, _place: &mut Place) {}

    /// What it holds under this token is called away, since it [may leave](crate::resource::Want::may_leave). It must give
    /// it back at once.
    fn called_away<L: Listener>(
        &mut self,
        token: Token,
        _place: &mut Place,
        _me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        ctx.give_back(token);
    }
}

/// A kind whose settings may change while it runs.
///
/// [`become_like`](Retune::become_like) takes the settings apart field by field, without `..`, so that a field which is new does not
/// compile until it is said there what becomes of it.
pub trait Retune: Sized {
    /// Whether it can take over these settings while it runs. If not, they hold from the beginning of a run.
    fn can_become(&self, settings: &Self) -> bool;

    /// Becomes better in one respect, before it runs. Nothing changes where it has nothing of that.
    fn improve(&mut self, improvement: Improvement);

    /// Takes over other settings while it runs. Work in hand ends by the old settings. Samples drawn ahead keep their random
    /// numbers. `before` has the settings it had.
    fn become_like<L: Listener>(
        &mut self,
        settings: &Self,
        before: &Self,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    );
}

/// A kind that is called for each part that comes, and says when the part is ready to leave.
pub trait Station {
    /// A part has come to be worked on; see [`PlaceSpec::notify_arrival`](crate::material::PlaceSpec::notify_arrival).
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>);

    /// The ideal time of the work in hand that is done so far: the ideal time of the whole
    /// [operation](crate::event::What::Completed), times the share of the work that is done.
    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, _now: Time) -> Time {
        Time::ZERO
    }

    /// Whether it could take some part of this product in its present condition, once it has room. The mass and the load of the
    /// part are left open.
    fn could_take(&self, _product: u32) -> bool {
        true
    }

    /// Whether parts are on their way through it, one behind the other, and not worked on.
    fn has_parts_in_transit(&self) -> bool {
        false
    }

    /// Whether parts may leave it as other products than those that came.
    fn makes_others(&self) -> bool {
        false
    }

    /// Whether it refuses parts that it could work on, because it waits for others that go with its present load.
    fn keeps_to_its_load(&self) -> bool {
        false
    }

    /// Whether a part that leaves when it is full makes room for another at that instant.
    fn exchanges(&self) -> bool {
        false
    }
}

/// A kind that chooses among the parts that could come. Any other kind takes the part that has waited longest.
pub trait Selector {
    /// How it searches for its next part; none if it would take no part now, even if it had room.
    fn search(&self) -> Option<Search>;

    /// The mean time that a part takes, at least the times that the rule compares; none if it refuses the part even with room.
    fn effort(&self, _offer: &Offer<'_>, _rule: Rule) -> Option<Effort> {
        Some(Effort::default())
    }

    /// A part that it admitted is on its way: it comes at once, or a robot brings it.
    fn expect(&mut self, _offer: &Offer<'_>) {}

    /// The index of the candidate that it takes next.
    fn choose(&mut self, candidates: &mut [Candidate], now: Time) -> Option<usize> {
        self.search()?.rule.choose(candidates, now)
    }
}

/// A kind that carries parts from one element to another.
pub trait Carrier {
    /// How long it travels to an element from where it is.
    fn approach(&self, from: Slot) -> Time;

    /// The mean time of the tool change that a part needs.
    fn mean_change(&self, offer: &Offer<'_>) -> Time;

    /// Whether it can carry a part of each of these two products at once, if it has two grippers.
    fn carries_both(&self, one: u32, other: u32) -> bool;

    /// It sets out for this candidate.
    fn assign<L: Listener>(
        &mut self,
        candidate: Candidate,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    );
}

/// A kind that makes the parts that enter the line.
pub trait Generator {
    /// Makes the part that leaves now; see [`PlaceSpec::creates_on_demand`](crate::material::PlaceSpec::creates_on_demand).
    fn make<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) -> PartId;

    /// The next part that it will make, where a part is made at the instant it leaves.
    fn next_made(&self, now: Time) -> Prospect;

    /// The product of its parts.
    fn supplies(&self) -> u32;

    /// Whether it has made all of its parts and all have left.
    fn is_dry(&self, place: &Place) -> bool;
}

/// A kind at which parts leave the line.
pub trait Outlet {
    /// Whether parts that leave here are scrap.
    fn is_for_scrap(&self) -> bool;
}

/// A kind that may have saving modes.
pub trait Sleeper {
    /// Its saving modes and the one in which it is, if it has any.
    fn saver(&self) -> Option<&EnergySaver>;

    /// The levels of other elements, or parts that wait for it, send it into a saving mode or call it back.
    fn obey<L: Listener>(
        &mut self,
        _order: SavingOrder,
        _place: &mut Place,
        _me: Slot,
        _ctx: &mut Context<'_, L>,
    ) {
    }
}

//! A running element of any kind of another crate: it passes every call on through a pointer.

use super::ForeignUnit;
use crate::context::{Context, EventOutcome};
use crate::dispatch::{Effort, Rule, Search};
use crate::equipment::appearance::Pose;
use crate::equipment::{
    Datasheet, Demand, Equipment, Forecast, Improvement, Outlook, Retune, Selector, Specimen, Station,
};
use crate::event::{LineEvent, Listener, Slot};
use crate::kernel::{Event, Purpose, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place};
use crate::resource::{Grant, Token};
use bevy::ecs::component::Component;
use std::any::Any;
use std::fmt::Debug;

/// An element whose turn it is: its place, its slot, and the instant at hand.
#[derive(Debug)]
pub struct Turn<'t, 'w> {
    /// The place of the element with the parts in it.
    pub place: &'t mut Place,
    /// The element.
    pub me: Slot,
    /// The instant, and what may be done in it.
    pub ctx: &'t mut Context<'w, EventBuffer>,
}

/// Keeps the events of one call, which reach the listener after it in the same order.
#[derive(Debug, Default)]
pub struct EventBuffer(Vec<LineEvent>);

impl Listener for EventBuffer {
    fn on_event(&mut self, event: LineEvent) {
        self.0.push(event);
    }
}

/// A running element.
#[derive(Component, Debug)]
pub struct ForeignComponent(Box<dyn DynUnit>);

impl ForeignComponent {
    pub(super) fn new<U: ForeignUnit>(unit: U) -> ForeignComponent {
        ForeignComponent(Box::new(unit))
    }

    /// Gives the element its turn.
    fn turn<L: Listener, T>(
        &mut self,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
        act: impl FnOnce(&mut dyn DynUnit, &mut Turn<'_, '_>) -> T,
    ) -> T {
        let mut events = EventBuffer::default();
        let mut inner = Context {
            now: ctx.now,
            queue: &mut *ctx.queue,
            parts: &mut *ctx.parts,
            listener: &mut events,
            pools: &mut *ctx.pools,
            notes: std::mem::take(&mut ctx.notes),
        };
        let done = act(&mut *self.0, &mut Turn { place, me, ctx: &mut inner });
        ctx.notes = inner.notes;
        events.0.into_iter().for_each(|event| ctx.listener.on_event(event));
        done
    }
}

impl Clone for ForeignComponent {
    fn clone(&self) -> ForeignComponent {
        ForeignComponent(self.0.copy())
    }
}

impl PartialEq for ForeignComponent {
    fn eq(&self, other: &ForeignComponent) -> bool {
        self.0.is_like(&*other.0)
    }
}

impl Equipment for ForeignComponent {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.0.seed(stream);
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.turn(place, me, ctx, |unit, turn| unit.start(turn));
    }

    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        let outcome = self.turn(place, me, ctx, |unit, turn| unit.on_event(event, turn));
        // A request, or what it gave back, must reach the lenders at this instant.
        match outcome {
            EventOutcome::Nothing | EventOutcome::Changed if !ctx.notes.is_empty() => {
                EventOutcome::NeedsSettling
            }
            outcome => outcome,
        }
    }

    fn gave<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.turn(place, me, ctx, |unit, turn| unit.gave(part, turn));
    }

    fn granted<L: Listener>(&mut self, grant: Grant, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.turn(place, me, ctx, |unit, turn| unit.granted(grant, turn));
    }

    fn called_away<L: Listener>(
        &mut self,
        token: Token,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.turn(place, me, ctx, |unit, turn| unit.called_away(token, turn));
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        self.0.has_pending_event(place)
    }

    fn pose(&self, place: &Place, now: Time) -> Pose {
        self.0.pose(place, now)
    }
}

impl Station for ForeignComponent {
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.turn(place, me, ctx, |unit, turn| unit.work(part, turn));
    }

    fn ideal_in_hand(&self, place: &Place, _parts: &PartStore, now: Time) -> Time {
        self.0.ideal_in_hand(place, now)
    }

    fn could_take(&self, product: u32) -> bool {
        self.0.could_take(product)
    }

    fn makes_others(&self) -> bool {
        self.0.makes_others()
    }

    fn keeps_to_its_load(&self) -> bool {
        self.0.keeps_to_its_load()
    }

    fn exchanges(&self) -> bool {
        self.0.exchanges()
    }
}

impl Selector for ForeignComponent {
    fn search(&self) -> Option<Search> {
        self.0.search()
    }

    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        self.0.effort(offer, rule)
    }
}

impl Forecast for ForeignComponent {
    fn datasheet(&self) -> Datasheet {
        self.0.datasheet()
    }

    fn demand(&self, offer: &Offer<'_>, me: Slot) -> Demand {
        self.0.demand(offer, me)
    }

    fn outlook(&self, part: Specimen, work_secs: f64, me: Slot) -> Outlook {
        self.0.outlook(part, work_secs, me)
    }
}

impl Retune for ForeignComponent {
    fn can_become(&self, settings: &ForeignComponent) -> bool {
        self.0.can_become(&*settings.0)
    }

    fn improve(&mut self, improvement: Improvement) {
        self.0.improve(improvement);
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &ForeignComponent,
        _before: &ForeignComponent,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.turn(place, me, ctx, |unit, turn| unit.become_like(&*settings.0, turn));
    }
}

/// A [`ForeignUnit`] behind a pointer.
trait DynUnit: Any + Debug + Send + Sync {
    fn copy(&self) -> Box<dyn DynUnit>;
    fn is_like(&self, other: &dyn DynUnit) -> bool;
    fn datasheet(&self) -> Datasheet;
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream);
    fn start(&mut self, turn: &mut Turn<'_, '_>);
    fn work(&mut self, part: PartId, turn: &mut Turn<'_, '_>);
    fn on_event(&mut self, event: Event, turn: &mut Turn<'_, '_>) -> EventOutcome;
    fn gave(&mut self, part: PartId, turn: &mut Turn<'_, '_>);
    fn granted(&mut self, grant: Grant, turn: &mut Turn<'_, '_>);
    fn called_away(&mut self, token: Token, turn: &mut Turn<'_, '_>);
    fn has_pending_event(&self, place: &Place) -> bool;
    fn ideal_in_hand(&self, place: &Place, now: Time) -> Time;
    fn could_take(&self, product: u32) -> bool;
    fn makes_others(&self) -> bool;
    fn keeps_to_its_load(&self) -> bool;
    fn exchanges(&self) -> bool;
    fn search(&self) -> Option<Search>;
    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort>;
    fn demand(&self, offer: &Offer<'_>, me: Slot) -> Demand;
    fn outlook(&self, part: Specimen, work_secs: f64, me: Slot) -> Outlook;
    fn pose(&self, place: &Place, now: Time) -> Pose;
    fn can_become(&self, settings: &dyn DynUnit) -> bool;
    fn improve(&mut self, improvement: Improvement);
    fn become_like(&mut self, settings: &dyn DynUnit, turn: &mut Turn<'_, '_>);
}

impl<U: ForeignUnit> DynUnit for U {
    fn copy(&self) -> Box<dyn DynUnit> {
        Box::new(self.clone())
    }

    fn is_like(&self, other: &dyn DynUnit) -> bool {
        (other as &dyn Any).downcast_ref::<U>() == Some(self)
    }

    fn datasheet(&self) -> Datasheet {
        ForeignUnit::datasheet(self)
    }

    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        ForeignUnit::seed(self, stream);
    }

    fn start(&mut self, turn: &mut Turn<'_, '_>) {
        ForeignUnit::start(self, turn);
    }

    fn work(&mut self, part: PartId, turn: &mut Turn<'_, '_>) {
        ForeignUnit::work(self, part, turn);
    }

    fn on_event(&mut self, event: Event, turn: &mut Turn<'_, '_>) -> EventOutcome {
        ForeignUnit::on_event(self, event, turn)
    }

    fn gave(&mut self, part: PartId, turn: &mut Turn<'_, '_>) {
        ForeignUnit::gave(self, part, turn);
    }

    fn granted(&mut self, grant: Grant, turn: &mut Turn<'_, '_>) {
        ForeignUnit::granted(self, grant, turn);
    }

    fn called_away(&mut self, token: Token, turn: &mut Turn<'_, '_>) {
        ForeignUnit::called_away(self, token, turn);
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        ForeignUnit::has_pending_event(self, place)
    }

    fn ideal_in_hand(&self, place: &Place, now: Time) -> Time {
        ForeignUnit::ideal_in_hand(self, place, now)
    }

    fn could_take(&self, product: u32) -> bool {
        ForeignUnit::could_take(self, product)
    }

    fn makes_others(&self) -> bool {
        ForeignUnit::makes_others(self)
    }

    fn keeps_to_its_load(&self) -> bool {
        ForeignUnit::keeps_to_its_load(self)
    }

    fn exchanges(&self) -> bool {
        ForeignUnit::exchanges(self)
    }

    fn search(&self) -> Option<Search> {
        ForeignUnit::search(self)
    }

    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        ForeignUnit::effort(self, offer, rule)
    }

    fn demand(&self, offer: &Offer<'_>, me: Slot) -> Demand {
        ForeignUnit::demand(self, offer, me)
    }

    fn outlook(&self, part: Specimen, work_secs: f64, me: Slot) -> Outlook {
        ForeignUnit::outlook(self, part, work_secs, me)
    }

    fn pose(&self, place: &Place, now: Time) -> Pose {
        ForeignUnit::pose(self, place, now)
    }

    fn can_become(&self, settings: &dyn DynUnit) -> bool {
        (settings as &dyn Any)
            .downcast_ref::<U>()
            .is_some_and(|settings| ForeignUnit::can_become(self, settings))
    }

    fn improve(&mut self, improvement: Improvement) {
        ForeignUnit::improve(self, improvement);
    }

    fn become_like(&mut self, settings: &dyn DynUnit, turn: &mut Turn<'_, '_>) {
        if let Some(settings) = (settings as &dyn Any).downcast_ref::<U>() {
            ForeignUnit::become_like(self, settings, turn);
        }
    }
}

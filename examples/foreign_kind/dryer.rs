//! A kind of equipment of another crate: a dryer, in which each part stays for a time that its mass says.

use serde::Deserialize;
use taktwin::checking::{Check, ProductFacts};
use taktwin::context::{COMPLETION, EventOutcome};
use taktwin::dispatch::{Effort, Rule};
use taktwin::energy::{Power, PowerTable};
use taktwin::equipment::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use taktwin::equipment::foreign::{ForeignKind, ForeignUnit, Turn};
use taktwin::equipment::{Capability, Datasheet, Demand, Improvement, Work};
use taktwin::event::{Slot, State};
use taktwin::kernel::{Event, EventId, Time};
use taktwin::material::{Offer, PartId, Place, PlaceSpec};
use taktwin::units::Duration;

/// What a layout says: `Dryer(places: 3, per_kg: "1 min")`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dryer {
    /// How many parts it dries side by side.
    pub places: u32,
    /// How long a part of one kilogram stays.
    pub per_kg: Duration,
    /// What it draws.
    #[serde(default)]
    pub power: Power,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl ForeignKind for Dryer {
    type Unit = Drying;

    fn checked(&self, check: &mut Check<'_>) -> Option<Drying> {
        let mut right = self.places > 0;
        if !right {
            let message = "a dryer without places dries nothing".to_owned();
            check.fault("places", message, "give it at least 1 place");
        }
        // Products that never come here may have any mass, or none.
        let around = check.around;
        let comes = |product: &&ProductFacts| around.comes.is_none_or(|comes| comes.contains(&*product.name));
        for product in around.products.iter().filter(comes).filter(|product| product.spec.mass_mg == 0) {
            let message = format!("nobody knows how long \"{}\" dries: it has no mass", product.name);
            check.fault("", message, "give the product a `mass`, such as `mass: \"2 kg\"`");
            right = false;
        }
        let mut drying =
            Drying { places: self.places, per_kg: self.per_kg.0, mean: 0.0, variance: 0.0, inside: vec![] };
        let secs =
            around.products.iter().filter(comes).map(|product| drying.time(product.spec.mass_mg).secs());
        let secs: Vec<f64> = secs.collect();
        let count = secs.len().max(1) as f64;
        drying.mean = secs.iter().sum::<f64>() / count;
        drying.variance = secs.iter().map(|secs| (secs - drying.mean).powi(2)).sum::<f64>() / count;
        right.then_some(drying)
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        self.power.table(check)
    }
}

/// The running dryer.
#[derive(Clone, Debug, PartialEq)]
pub struct Drying {
    places: u32,
    /// In seconds.
    per_kg: f64,
    /// Of the time that a part dries, over the products that come: in seconds, and their square.
    mean: f64,
    variance: f64,
    inside: Vec<Load>,
}

/// A part that dries.
#[derive(Clone, Debug, PartialEq)]
struct Load {
    part: PartId,
    begun: Time,
    time: Time,
    /// The event that ends it.
    end: EventId,
}

impl Drying {
    /// A longer time than any run has counts as the longest that there is.
    fn time(&self, mass_mg: u64) -> Time {
        Time::from_secs(self.per_kg * mass_mg as f64 / 1e6)
    }

    fn state(&self, place: &Place) -> State {
        match (self.inside.is_empty(), place.inside()) {
            (false, _) => State::Working,
            (true, 0) => State::Starved,
            (true, _) => State::Blocked,
        }
    }
}

impl ForeignUnit for Drying {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec {
                capacity: Some(self.places),
                idle: Some(State::Starved),
                notify_arrival: true,
                notify_departure: true,
                ..PlaceSpec::default()
            },
            capability: Capability {
                work: Some(Work { places: self.places, ..Work::one_by_one(self.mean, self.variance) }),
                ..Capability::default()
            },
            works_in: Some(self.places),
            seats: Some(self.places),
            ..Datasheet::of(Appearance {
                footprint: [2.0, 1.5],
                height: 2.0,
                symbol: Symbol::Work,
                pieces: vec![Piece::fixed(Shape::Block([2.0, 1.8, 1.5]), [0.0, 0.9, 0.0], Paint::Accent)],
                stand: Stand::Spot([0.0, 1.8, 0.0]),
                lamp: Some([0.9, 1.8, 0.6]),
                arm: None,
            })
        }
    }

    fn work(&mut self, part: PartId, turn: &mut Turn<'_, '_>) {
        let time = self.time(turn.ctx.parts.attributes(part).mass_mg);
        let end = turn.ctx.schedule(time, COMPLETION, turn.me);
        self.inside.push(Load { part, begun: turn.ctx.now, time, end });
        turn.place.enter(State::Working);
    }

    fn on_event(&mut self, event: Event, turn: &mut Turn<'_, '_>) -> EventOutcome {
        let Some(nth) = self.inside.iter().position(|load| load.end == event.id) else {
            return EventOutcome::Nothing;
        };
        let Load { part, time, .. } = self.inside.remove(nth);
        turn.ctx.complete(turn.me, part, time);
        turn.place.finish(part, turn.ctx.parts);
        turn.place.enter(self.state(turn.place));
        EventOutcome::Settle
    }

    fn gave(&mut self, _part: PartId, turn: &mut Turn<'_, '_>) {
        turn.place.enter(self.state(turn.place));
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        !self.inside.is_empty() || place.is_pledged()
    }

    fn ideal_in_hand(&self, _place: &Place, now: Time) -> Time {
        self.inside.iter().fold(Time::ZERO, |sum, load| sum + (now - load.begun))
    }

    fn exchanges(&self) -> bool {
        true
    }

    fn effort(&self, offer: &Offer<'_>, _rule: Rule) -> Option<Effort> {
        Some(Effort { work: self.time(offer.attributes.mass_mg), ..Effort::default() })
    }

    fn demand(&self, offer: &Offer<'_>, _me: Slot) -> Demand {
        Demand::one(self.time(offer.attributes.mass_mg).secs(), 0.0)
    }

    fn can_become(&self, settings: &Drying) -> bool {
        self.places == settings.places
    }

    fn improve(&mut self, improvement: Improvement) {
        improvement.improve_places(&mut self.places);
        if let Some(factor) = improvement.time_factor() {
            (self.per_kg, self.mean) = (self.per_kg * factor, self.mean * factor);
            self.variance *= factor * factor;
        }
    }

    fn become_like(&mut self, settings: &Drying, _turn: &mut Turn<'_, '_>) {
        (self.per_kg, self.mean, self.variance) = (settings.per_kg, settings.mean, settings.variance);
    }
}

//! Inserts the components of `published.rs` on the elements of a line, and updates them.

use super::published::{
    Contents, EquipmentKind, FedBy, Feeds, FloorPosition, Lent, PowerDraw, Progress, RatedPower, Status,
};
use super::{Glance, LineElements, Replication};
use crate::energy::PowerTerm;
use crate::event::{Slot, State};
use crate::line::{Element, Line};
use bevy::ecs::prelude::*;
use bevy::ecs::query::QueryData;
use std::borrow::BorrowMut;

/// What is written of an element at every instant that is published.
#[derive(QueryData)]
#[query_data(mutable)]
struct Published {
    contents: &'static mut Contents,
    status: Option<&'static mut Status>,
    progress: Option<&'static mut Progress>,
    lent: Option<&'static mut Lent>,
    power: Option<(&'static mut PowerDraw, &'static RatedPower)>,
}

/// The values of that.
struct Doing {
    inside: u32,
    state: Option<State>,
    work: Option<f32>,
    lent: u32,
    /// By the number of the product, how many parts are inside; nothing where that does not matter.
    products: Vec<u32>,
}

impl<W: BorrowMut<World>> Replication<W> {
    /// Gives the elements components that say what they are, and such that will say what they are doing once they are
    /// [published](Replication::publish). `line` is the one that was spawned, or to which the run was
    /// [altered](Replication::alter). Describing a line again marks only components whose values differ.
    pub fn describe(&mut self, line: &Line) {
        let entities = self.entities();
        let mut fed_by = vec![FedBy::default(); entities.len()];
        for (element, giver) in line.elements.iter().zip(&entities) {
            takers(element).into_iter().for_each(|to| fed_by[to.index()].0.push(*giver));
        }
        let world: &mut World = self.world.borrow_mut();
        for ((element, entity), fed_by) in line.elements.iter().zip(&entities).zip(fed_by) {
            let feeds = takers(element).into_iter().map(|to| entities[to.index()]).collect();
            describe(element, Feeds(feeds), fed_by, &mut world.entity_mut(*entity));
        }
    }

    /// Brings the components up to the instant that the line is at; only what is another than before is marked as changed.
    /// Nothing happens to a line that was not [described](Replication::describe).
    pub fn publish(&mut self) {
        let (entities, mut doing) = (self.entities(), Vec::new());
        if entities.first().is_none_or(|first| self.world().get::<Contents>(*first).is_none()) {
            return;
        }
        let rated = |entity: &Entity| self.world().get::<RatedPower>(*entity);
        let weighs: Vec<bool> =
            entities.iter().map(|entity| rated(entity).is_some_and(RatedPower::grows_with_parts)).collect();
        self.look(|glance| doing.push(Doing::of(&glance, weighs[glance.slot.index()])));
        let world: &mut World = self.world.borrow_mut();
        let mut published = world.query::<Published>();
        for (doing, entity) in doing.iter().zip(entities) {
            if let Ok(components) = published.get_mut(world, entity) {
                doing.write(components);
            }
        }
    }

    /// The elements, by slot.
    fn entities(&self) -> Vec<Entity> {
        let elements = self.world().get::<LineElements>(self.line);
        elements.map_or_else(Vec::new, |elements| elements.iter().collect())
    }
}

/// Where parts go from an element, by themselves or carried by a robot: each once, the first first.
fn takers(element: &Element) -> Vec<Slot> {
    let mut takers: Vec<Slot> = Vec::new();
    let ways = element.outlets.iter().map(|(to, _)| *to);
    for to in ways.chain(element.carries.iter().map(|(_, to)| *to)) {
        if !takers.contains(&to) {
            takers.push(to);
        }
    }
    takers
}

fn describe(element: &Element, feeds: Feeds, fed_by: FedBy, entity: &mut EntityWorldMut<'_>) {
    let place = element.datasheet.place_spec;
    say(entity, Some(EquipmentKind(element.kind)));
    say(entity, Some(feeds));
    say(entity, Some(fed_by));
    say(entity, element.position.map(|(x, y)| FloorPosition { x, y }));
    say(entity, element.power.known.then(|| RatedPower::new(&element.power)));
    // What it is doing comes with the instant: what stands there stays until then.
    let inside = entity.get::<Contents>().map_or(0, |contents| contents.inside);
    say(entity, Some(Contents { inside, capacity: place.capacity }));
    let power = entity.get().copied().unwrap_or(PowerDraw(0.0));
    say(entity, element.power.known.then_some(power));
    let lent = entity.get().copied().unwrap_or(Lent(0));
    say(entity, element.datasheet.lends.map(|_| lent));
    let status = |idle| entity.get().copied().unwrap_or(Status(idle));
    let (status, progress) = (place.idle.map(status), entity.get().copied().unwrap_or(Progress(None)));
    say(entity, status);
    say(entity, place.idle.map(|_| progress));
}

/// Puts a component on an entity, or takes it away, unless that is so already.
fn say<C: Component + PartialEq>(entity: &mut EntityWorldMut<'_>, wanted: Option<C>) {
    match wanted {
        Some(wanted) if entity.get() == Some(&wanted) => {}
        Some(wanted) => _ = entity.insert(wanted),
        None => _ = entity.remove::<C>(),
    }
}

impl Doing {
    fn of(glance: &Glance<'_>, weighs: bool) -> Doing {
        let mut products = Vec::new();
        for (part, _) in weighs.then(|| glance.parts()).into_iter().flatten() {
            let product = part.product as usize;
            products.resize(products.len().max(product + 1), 0);
            products[product] += 1;
        }
        let (inside, state, work, lent) = (glance.inside(), glance.state, glance.pose.work, glance.lent);
        Doing { inside, state, work, lent, products }
    }

    fn write(&self, components: PublishedItem<'_, '_>) {
        let PublishedItem { contents, status, progress, lent, power } = components;
        contents.map_unchanged(|contents| &mut contents.inside).set_if_neq(self.inside);
        if let (Some(mut status), Some(state)) = (status, self.state) {
            status.set_if_neq(Status(state));
        }
        if let Some(mut progress) = progress {
            progress.set_if_neq(Progress(self.work));
        }
        if let Some(mut lent) = lent {
            lent.set_if_neq(Lent(self.lent));
        }
        if let Some((mut power, rated)) = power {
            power.set_if_neq(PowerDraw(self.watts(rated)));
        }
    }

    /// What it draws now.
    fn watts(&self, rated: &RatedPower) -> f64 {
        let Some(state) = self.state else { return 0.0 };
        let of_term = |term: PowerTerm| match term {
            PowerTerm::State => rated.in_state(state),
            PowerTerm::Load => {
                let products = self.products.iter().zip(0..);
                products.map(|(count, product)| f64::from(*count) * rated.per_part(product)).sum()
            }
        };
        PowerTerm::ALL.into_iter().filter(|term| term.acts_in(state)).map(of_term).sum()
    }
}

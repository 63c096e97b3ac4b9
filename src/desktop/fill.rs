//! From the desk to the picture: once a frame, the state to show is written into [`Show`].

use crate::desk::Desk;
use crate::desk::side::Side;
use crate::drawing::show::{Show, ShowSide};
use crate::equipment::appearance::Symbol;
use crate::event::Slot;
use crate::kernel::Time as Instant;
use crate::line::Line;
use crate::stage::Arrangement;
use bevy::prelude::*;
use std::sync::Arc;

/// Seconds from one pulse of what is down to the next.
const PULSE: f32 = 1.6;

/// Writes down what is to be seen; a run on its way shows what was seen last.
pub(crate) fn fill(world: &mut World, mut known: Local<Known>) {
    world.resource_scope(|world, mut show: Mut<Show>| {
        world.resource_scope(|world, desk: Mut<Desk>| fill_from(world, &desk, &mut show, &mut known));
        show.pulse =
            0.5 + 0.5 * (world.resource::<Time>().elapsed_secs() * std::f32::consts::TAU / PULSE).sin();
    });
}

fn fill_from(world: &mut World, desk: &Desk, show: &mut Show, known: &mut Known) {
    let glide = desk.clock.glide();
    let changed = known.changed(&desk.sides);
    show.sides.truncate(desk.sides.len());
    for number in 0..desk.sides.len() {
        let selected = desk.chosen_on(number);
        let changed = changed.get(number).cloned().unwrap_or_default();
        let side = &desk.sides[number];
        if show.sides.len() == number {
            show.sides.push(fresh(side));
        }
        let shown = &mut show.sides[number];
        (shown.selected, shown.changed) = (selected, changed);
        update(world, shown, side, glide);
    }
    let arrangement = match desk.sides.len() {
        0 | 1 => Arrangement::Single(0),
        _ => desk.arrangement,
    };
    (show.arrangement, show.palette) = (arrangement, desk.palette());
}

fn fresh(side: &Side) -> ShowSide {
    ShowSide {
        scenery: Arc::clone(&side.scenery),
        generation: 0,
        names: Arc::clone(&side.names),
        picture: Default::default(),
        changed: Vec::new(),
        selected: None,
        notes: Vec::new(),
    }
}

fn update(world: &mut World, shown: &mut ShowSide, side: &Side, glide: Instant) {
    let new = shown.generation != side.generation;
    if side.twin.is_busy() && !new {
        return;
    }
    if new {
        shown.generation = side.generation;
        shown.scenery = Arc::clone(&side.scenery);
        shown.names = Arc::clone(&side.names);
    }
    shown.picture = side.twin.picture(world, &side.scenery, glide);
    shown.notes.clear();
    let records = &side.twin.records().elements;
    for ((standing, seen), slot) in side.scenery.standings.iter().zip(&shown.picture.elements).zip(0..) {
        let slot = Slot(slot);
        if standing.looks.symbol == Symbol::End {
            shown.notes.push((slot, format!("{}", records[slot.index()].left)));
        } else if let Some(all) = standing.lends {
            shown.notes.push((slot, format!("{} / {all}", seen.lent)));
        } else if seen.inside > 1 && standing.looks.spot(seen.inside - 1).is_none() {
            let of = standing.capacity.map_or_else(String::new, |capacity| format!(" / {capacity}"));
            shown.notes.push((slot, format!("{}{of}", seen.inside)));
        }
    }
}

/// Which elements are another than on the other side, as long as the lines stay the same.
#[derive(Default)]
pub(crate) struct Known {
    lines: Vec<Arc<Line>>,
    changed: Vec<Vec<bool>>,
}

impl Known {
    fn changed(&mut self, sides: &[Side]) -> &[Vec<bool>] {
        let same = self.lines.len() == sides.len()
            && self.lines.iter().zip(sides).all(|(line, side)| Arc::ptr_eq(line, side.line()));
        if !same {
            self.lines = sides.iter().map(|side| Arc::clone(side.line())).collect();
            self.changed = match &self.lines[..] {
                [before, after] => vec![differs(before, after), differs(after, before)],
                _ => Vec::new(),
            };
        }
        &self.changed
    }
}

fn differs(line: &Line, other: &Line) -> Vec<bool> {
    let mut others: Vec<&crate::line::Element> = other.elements.iter().collect();
    others.sort_by(|one, other| one.name.cmp(&other.name));
    let differs = |element: &crate::line::Element| {
        let found = others.binary_search_by(|other| other.name.cmp(&element.name));
        found.map_or(true, |place| {
            others[place].prototype != element.prototype || others[place].power != element.power
        })
    };
    line.elements.iter().map(differs).collect()
}

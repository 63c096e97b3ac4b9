//! What is known of the chosen element: its state, the shares of its states, what came and went, what it drew.
//!
//! Energy and times come from settled records, so a copy of the records is settled a few times in a second. Read [`Facts`]
//! first.

use super::figure::{Number, OfSide};
use super::ink;
use super::kept::is_due;
use super::staff;
use super::strips;
use crate::desk::side::Side;
use crate::desk::{Desk, text};
use crate::event::Slot;
use crate::kernel::Time;
use crate::stage::palette::Palette;
use crate::units;
use bevy_egui::egui::{Color32, Grid, Id, Mesh, Rect, Sense, Shape, Ui, Vec2, vec2};
use egui_plot::{HoverPosition, Plot, PlotPoints};
use std::f32::consts::TAU;
use std::sync::Arc;

/// How often facts are gathered at most, in seconds of the wall.
const EVERY_SECS: f64 = 0.25;
/// The width of a pie.
const PIE: f32 = 92.0;
/// Joules in a kilowatt-hour.
const JOULES_PER_KWH: f64 = 3.6e6;

/// What was gathered of the chosen element, side by side.
#[derive(Clone, Default)]
pub(super) struct Facts {
    key: Vec<FactKey>,
    at: f64,
    pub(super) sides: Vec<Option<OfSide>>,
}

/// What makes facts old: another element or line at once, other events when it is due.
type FactKey = (Option<Slot>, usize, Time, u64);

impl Facts {
    /// Gathers again if anything has happened since.
    pub(super) fn refresh(&mut self, ui: &Ui, desk: &Desk) {
        let key = |nth: usize, side: &Side| {
            let line = Arc::as_ptr(side.line()) as usize;
            (desk.chosen_on(nth), line, side.twin.now(), side.twin.events())
        };
        let keys = || desk.sides.iter().enumerate().map(|(nth, side)| key(nth, side));
        let subject = |key: &FactKey| (key.0, key.1);
        let same_subject = keys().map(|key| subject(&key)).eq(self.key.iter().map(subject));
        let same = keys().eq(self.key.iter().copied());
        if same || (same_subject && !is_due(ui, self.at, EVERY_SECS)) {
            return;
        }
        self.at = ui.input(|input| input.time);
        self.key = keys().collect();
        let gathered = self.key.iter().zip(&desk.sides).map(|(key, side)| Some(OfSide::of(side, key.0?)));
        self.sides = gathered.collect();
    }

    /// Whether it lends people or places, and no part ever comes there.
    pub(super) fn lends(&self) -> bool {
        self.sides.iter().flatten().any(|of_side| of_side.at_work.is_some())
    }
}

/// The state as a word on its colour, and since when; for what only stores, what is in it, and for what lends, how many are
/// at work.
pub(super) fn state_now(ui: &mut Ui, desk: &Desk, side: usize, slot: Slot) {
    let (side, palette) = (&desk.sides[side], desk.palette());
    let (records, now) = (side.twin.records(), side.twin.now());
    match records.meters.get(slot.index()).and_then(|meter| meter.clock().state()) {
        Some(state) => {
            ink::state_word(ui, palette, state);
            let stretch = strips::stretch_at(side.twin.timeline(slot), now, Time::NEVER);
            if let Some((since, ..)) = stretch {
                ui.label(format!("for {}", units::duration((now - since.min(now)).secs())))
                    .on_hover_text(format!("since {}", text::date_and_clock(side.line(), since)));
            }
        }
        None => {
            let inside = || records.elements.get(slot.index()).map_or(0, |element| element.contents);
            let parts = || format!("{} parts inside", units::number(inside() as f64));
            ui.label(staff::said_now(side, slot).unwrap_or_else(parts));
        }
    }
}

/// The shares of the states as a pie with its legend.
pub(super) fn pie(ui: &mut Ui, palette: Palette, facts: &OfSide) {
    let shares = facts.shares();
    if shares.is_empty() {
        ui.weak("nothing has been counted yet, or it only stores parts");
        return;
    }
    ui.horizontal(|ui| {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(PIE), Sense::hover());
        let (mut mesh, mut begin) = (Mesh::default(), 0.0_f32);
        for (state, share, _) in &shares {
            let end = begin + *share as f32;
            sector(&mut mesh, rect, begin, end, ink::of_state(palette, *state));
            begin = end;
        }
        ui.painter().add(Shape::mesh(mesh));
        response.on_hover_text("the time in each state since the window that counts was opened");
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (state, share, secs) in &shares {
                ui.horizontal(|ui| {
                    ink::swatch(ui, ink::of_state(palette, *state));
                    ui.label(format!("{} {}", state.words(), units::share(*share)))
                        .on_hover_text(units::duration(*secs));
                });
            }
        });
    });
}

/// A sector between two shares of the turn, from the top clockwise: triangles, as a sector may be wider than half a turn.
fn sector(mesh: &mut Mesh, rect: Rect, begin: f32, end: f32, color: Color32) {
    let steps = ((end - begin) * 72.0).ceil().max(1.0) as u32;
    let center = mesh.vertices.len() as u32;
    mesh.colored_vertex(rect.center(), color);
    for step in 0..=steps {
        let share = begin + (end - begin) * step as f32 / steps as f32;
        let direction = Vec2::angled((share - 0.25) * TAU);
        mesh.colored_vertex(rect.center() + direction * (rect.width() / 2.0 - 1.0), color);
        if step > 0 {
            mesh.add_triangle(center, center + step, center + step + 1);
        }
    }
}

/// What came, went and was drawn, or who is at work; a column for each side.
pub(super) fn numbers(ui: &mut Ui, desk: &Desk, facts: &Facts) {
    Grid::new("numbers of an element").num_columns(facts.sides.len() + 1).striped(true).show(ui, |ui| {
        if facts.sides.len() > 1 {
            ui.label("");
            desk.sides.iter().for_each(|side| _ = ui.weak(&side.title));
            ui.end_row();
        }
        let told: &[Number] = if facts.lends() { &staff::NUMBERS } else { &NUMBERS };
        for (title, hint, tell) in told.iter().copied() {
            ui.label(title).on_hover_text(hint);
            for of_side in &facts.sides {
                ui.label(of_side.as_ref().map_or("–".to_owned(), tell)).on_hover_text(hint);
            }
            ui.end_row();
        }
        if !facts.lends() {
            power_now(ui, desk);
        }
    });
}

fn power_now(ui: &mut Ui, desk: &Desk) {
    ui.label("power now");
    for (nth, side) in desk.sides.iter().enumerate() {
        let power = |slot: Slot| match side.line().elements[slot.index()].power.known {
            true => units::power(side.twin.records().meters[slot.index()].power() as f64 / 1e3),
            false => UNKNOWN.to_owned(),
        };
        ui.label(desk.chosen_on(nth).map_or("–".to_owned(), power));
    }
    ui.end_row();
}

const NUMBERS: [Number; 7] = [
    (
        "came in",
        "parts since the window was opened, with those that were inside then and those made here",
        |facts| count(facts.arrived),
    ),
    (
        "went out",
        "parts since the window was opened, with those that became a piece of another here",
        |facts| count(facts.left),
    ),
    ("inside", "parts now", |facts| count(facts.contents)),
    ("operations", "finished since the window was opened", |facts| count(facts.completed)),
    ("energy so far", "since the window was opened", |facts| {
        of_energy(facts, |kwh| units::energy(kwh * JOULES_PER_KWH))
    }),
    ("energy per hour", "mean since the window was opened", |facts| {
        of_energy(facts, |kwh| units::with_unit(&units::number(kwh / facts.hours), "kWh/h"))
    }),
    ("energy per operation", "mean of the operations finished", |facts| match facts.completed {
        0 => "–".to_owned(),
        completed => of_energy(facts, |kwh| units::energy(kwh * JOULES_PER_KWH / completed as f64)),
    }),
];

/// The text where the layout gives no power.
const UNKNOWN: &str = "unknown";

fn of_energy(facts: &OfSide, written: impl Fn(f64) -> String) -> String {
    facts.kwh.map_or(UNKNOWN.to_owned(), written)
}

fn count(parts: u64) -> String {
    units::number(parts as f64)
}

/// The parts inside over time.
pub(super) fn inside(ui: &mut Ui, desk: &Desk, facts: &Facts) {
    let Some(side) = desk.leading() else { return };
    let (line, two) = (Arc::clone(side.line()), facts.sides.len() > 1);
    let grey = ink::of_before(ui);
    let plot = Plot::new("taktwin inside")
        .height(70.0)
        .include_y(0.0)
        .include_y(1.0)
        .show_axes([false, true])
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .y_axis_min_width(28.0)
        .y_axis_formatter(|mark, _| units::number(mark.value))
        .label_formatter(move |at| {
            let HoverPosition::NearDataPoint { position, .. } = at else { return None };
            let when = text::date_and_clock(&line, Time::from_secs(position.x * 3600.0));
            Some(format!("{} parts\n{when}", units::number(position.y)))
        });
    plot.show(ui, |plot| {
        for (nth, of_side) in facts.sides.iter().enumerate() {
            let Some(of_side) = of_side else { continue };
            let color = if two && nth == 0 { grey } else { ink::color([0x2F, 0x6F, 0xDE]) };
            let line = egui_plot::Line::new("", PlotPoints::Borrowed(&of_side.inside));
            plot.line(line.id(Id::new(("inside", nth))).color(color).width(1.5));
        }
    });
    ui.allocate_space(vec2(0.0, 2.0));
}

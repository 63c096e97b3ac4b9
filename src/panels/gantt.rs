//! The rows of the timeline: the momentary bottleneck, the chosen element of each side, and all others that have states. Closed
//! time is shaded in each row by the hours of its element.
//! Only rows that are seen are painted, however many there are.

use super::ink;
use super::shades::Shades;
use super::strips;
use super::timeline::{TimelineFrame, TimelineView};
use crate::desk::Desk;
use crate::desk::action::Action;
use crate::desk::side::Side;
use crate::event::Slot;
use crate::kernel::Time;
use bevy_egui::egui::scroll_area::ScrollSource;
use bevy_egui::egui::{
    Color32, Mesh, Rangef, Rect, ScrollArea, Sense, Shape, TextStyle, Ui, UiBuilder, pos2, vec2,
};
use std::sync::Arc;

/// The width of the names.
pub(super) const LABELS: f32 = 150.0;
/// The height of a row, and the gap below it.
const ROW: f32 = 16.0;
const GAP: f32 = 2.0;

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum GanttRow {
    /// The momentary bottleneck of a side.
    Bottleneck(usize),
    /// The states of an element of a side.
    States(usize, Slot),
}

/// The rows that were painted, and where.
#[derive(Default)]
pub(super) struct GanttView {
    pub(super) rows: Vec<(Rangef, GanttRow)>,
}

/// The elements that have states, found once for every line.
#[derive(Clone, Default)]
pub(super) struct GanttRows {
    names: Option<Arc<[String]>>,
    slots: Vec<Slot>,
}

impl GanttRows {
    fn refresh(&mut self, side: &Side) {
        if self.names.as_ref().is_some_and(|names| Arc::ptr_eq(names, &side.names)) {
            return;
        }
        let meters = &side.twin.records().meters;
        let slots = (0..meters.len() as u32).map(Slot);
        self.slots = slots.filter(|slot| meters[slot.index()].clock().state().is_some()).collect();
        self.names = Some(Arc::clone(&side.names));
    }

    /// The rows but for one: how many, and which is at a place.
    fn but_for(&self, chosen: Option<Slot>) -> (usize, impl Fn(usize) -> Option<Slot> + '_) {
        let left_out = chosen.and_then(|chosen| self.slots.binary_search(&chosen).ok());
        let skip = left_out.unwrap_or(usize::MAX);
        let at = move |row: usize| self.slots.get(row + usize::from(row >= skip)).copied();
        (self.slots.len() - usize::from(left_out.is_some()), at)
    }
}

/// Paints the rows below the axis.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk,
    frame: &TimelineFrame,
    view: &mut TimelineView,
    seen: &mut GanttView,
    actions: &mut Vec<Action>,
) {
    let Some(leader) = desk.sides.len().checked_sub(1) else { return };
    view.rows.refresh(&desk.sides[leader]);
    let mut painting = Painting { desk, frame, seen, actions, shades: Shades::of(&frame.scale) };
    let mut top = frame.body.top() + GAP;
    let chosen = (0..=leader).filter_map(|side| Some(GanttRow::States(side, desk.chosen_on(side)?)));
    for row in (0..=leader).map(GanttRow::Bottleneck).chain(chosen) {
        let rect = Rect::from_min_size(pos2(frame.body.left(), top), vec2(frame.body.width(), ROW));
        if rect.bottom() <= frame.body.bottom() {
            painting.row(ui, rect, row);
        }
        top = rect.bottom() + GAP;
    }
    ui.painter().hline(frame.body.x_range(), top, ui.visuals().widgets.noninteractive.bg_stroke);
    let (_, rest) = frame.body.split_top_bottom_at_y((top + GAP).min(frame.body.bottom()));
    let (count, slot_at) = view.rows.but_for(desk.chosen_on(leader));
    if rest.height() < ROW {
        return;
    }
    ui.scope_builder(UiBuilder::new().max_rect(rest).id_salt("timeline rows"), |ui| {
        ui.spacing_mut().item_spacing.y = GAP;
        let area = ScrollArea::vertical()
            .auto_shrink(false)
            .scroll_source(ScrollSource::SCROLL_BAR | ScrollSource::MOUSE_WHEEL);
        area.show_rows(ui, ROW, count, |ui, rows| {
            for slot in rows.filter_map(slot_at) {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                painting.row(ui, rect, GanttRow::States(leader, slot));
            }
        });
    });
}

/// What the painting of rows needs and leaves.
struct Painting<'a> {
    desk: &'a Desk,
    frame: &'a TimelineFrame,
    seen: &'a mut GanttView,
    actions: &'a mut Vec<Action>,
    shades: Shades,
}

impl Painting<'_> {
    fn row(&mut self, ui: &Ui, rect: Rect, row: GanttRow) {
        let (label, _) = rect.split_left_right_at_x(self.frame.chart.left() - 4.0);
        let bar = Rect::from_x_y_ranges(self.frame.chart.x_range(), rect.y_range());
        let shown = bar.intersect(ui.clip_rect());
        self.seen.rows.push((shown.y_range(), row));
        ui.painter().rect_filled(bar, 0.0, ui.visuals().extreme_bg_color);
        let mut mesh = Mesh::default();
        match row {
            GanttRow::Bottleneck(side) => {
                self.bottleneck_label(ui, label, side);
                self.bottlenecks(&mut mesh, &self.desk.sides[side], bar.y_range());
                self.shades.paint(ui, &mut mesh, self.desk.sides[side].hours(), bar.y_range());
            }
            GanttRow::States(side, slot) => {
                self.element_label(ui, label, side, slot);
                self.states(ui, &mut mesh, &self.desk.sides[side], slot, bar.y_range());
                self.shades.paint(ui, &mut mesh, self.desk.sides[side].hours_of(slot), bar.y_range());
            }
        }
        if !mesh.is_empty() {
            ui.painter().with_clip_rect(shown).add(Shape::mesh(mesh));
        }
    }

    fn states(&self, ui: &Ui, mesh: &mut Mesh, side: &Side, slot: Slot, y: Rangef) {
        let (strip, scale) = (side.twin.timeline(slot), &self.frame.scale);
        strips::paint(mesh, strip, side.twin.now(), scale, y, self.desk.palette());
        // A line below says where only the prevailing states are known.
        let coarse = strip.coarse_until().secs();
        if coarse > scale.from {
            let x = scale.x.min..=scale.x_of(coarse).min(scale.x.max);
            let below = Rect::from_x_y_ranges(x, Rangef::new(y.max - 2.0, y.max));
            mesh.add_colored_rect(below, ui.visuals().text_color().gamma_multiply(0.7));
        }
    }

    fn bottlenecks(&self, mesh: &mut Mesh, side: &Side, y: Rangef) {
        let scale = &self.frame.scale;
        for (begin, end, slot) in bottlenecks(side) {
            let Some(slot) = slot else { continue };
            let (left, right) = (scale.x_of(begin.secs()), scale.x_of(end.secs()));
            if right >= scale.x.min && left <= scale.x.max {
                let x = left.max(scale.x.min)..=right.min(scale.x.max);
                mesh.add_colored_rect(Rect::from_x_y_ranges(x, y), ink::of_slot(slot));
            }
        }
    }

    fn bottleneck_label(&self, ui: &Ui, rect: Rect, side: usize) {
        let text = self.titled("bottleneck", side);
        ink::write_elided(ui.painter(), rect, &text, TextStyle::Small.resolve(ui.style()), weak(ui));
        let hint = "the element that has been active without a break for the longest time (Roser, Nakano and Tanaka \
            2002): it keeps the others waiting";
        ui.interact(rect, ui.id().with(("bottleneck row", side)), Sense::hover()).on_hover_text(hint);
    }

    /// The name of an element; a click chooses it.
    fn element_label(&mut self, ui: &Ui, rect: Rect, side: usize, slot: Slot) {
        let Some(name) = self.desk.sides[side].names.get(slot.index()) else { return };
        let chosen = self.desk.chosen_on(side) == Some(slot);
        let response = ui.interact(rect, ui.id().with(("row", side, slot.0)), Sense::click());
        let color = match (chosen, response.hovered()) {
            (true, _) => ui.visuals().strong_text_color(),
            (_, true) => ui.visuals().hyperlink_color,
            _ => ui.visuals().text_color(),
        };
        let text = if chosen { self.titled(name, side) } else { name.clone() };
        ink::write_elided(ui.painter(), rect, &text, TextStyle::Body.resolve(ui.style()), color);
        if response.on_hover_text(name).clicked() {
            self.actions.push(Action::Choose(if chosen { None } else { Some(name.clone()) }));
        }
    }

    /// A name, with that of its side where there are two.
    fn titled(&self, name: &str, side: usize) -> String {
        match &self.desk.sides[side].title {
            title if title.is_empty() || self.desk.sides.len() < 2 => name.to_owned(),
            title => format!("{title}: {name}"),
        }
    }
}

fn weak(ui: &Ui) -> Color32 {
    ui.visuals().weak_text_color()
}

/// From when until when which element was the momentary bottleneck, up to now.
pub(super) fn bottlenecks(side: &Side) -> impl Iterator<Item = (Time, Time, Option<Slot>)> {
    let begins = side.twin.history().bottlenecks();
    let now = side.twin.now();
    let end_of =
        |nth: usize, begins: &[(Time, Option<Slot>)]| begins.get(nth + 1).map_or(now, |(next, _)| *next);
    let ends: Vec<Time> = (0..begins.len()).map(|nth| end_of(nth, &begins)).collect();
    begins.into_iter().zip(ends).map(|((begin, slot), end)| (begin, end, slot))
}

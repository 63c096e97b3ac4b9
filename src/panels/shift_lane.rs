//! The shifts of the line below the axis of the timeline: their names where they fit, and the closed time between them.

use super::ink;
use super::shades::Shades;
use super::timeline::TimelineFrame;
use crate::calendar::ShiftStretch;
use crate::desk::Desk;
use crate::kernel::Time;
use bevy_egui::egui::{Align2, Mesh, Painter, Rect, Sense, Shape, TextStyle, Ui, pos2};

/// The height of the lane.
pub(super) const LANE: f32 = 16.0;
/// Room above and below.
const MARGIN: f32 = 1.0;
/// From the beginning of a shift to its name.
const ASIDE: f32 = 4.0;
/// A day on fewer points has no room for the name of a shift.
const LEAST_DAY: f64 = 24.0;
const HINT: &str = "the shifts of the line; grey and hatched is closed time, breaks too: in each row below by the hours of its \
    element";
/// A day in seconds.
const DAY: f64 = 86_400.0;
/// No lane has room for more.
const MOST: usize = 2_000;

/// Draws the lane; nothing for a line without a calendar.
pub(super) fn show(ui: &Ui, desk: &Desk, frame: &TimelineFrame) {
    let Some((side, lane)) = desk.leading().zip(frame.lane) else { return };
    let Some(hours) = side.hours() else { return };
    let name = side.line().calendars.name_of(hours).unwrap_or("shifts");
    let font = TextStyle::Small.resolve(ui.style());
    let label = Rect::from_min_max(lane.min, pos2(frame.chart.left() - 4.0, lane.bottom()));
    ink::write_elided(ui.painter(), label, name, font, ui.visuals().weak_text_color());
    ui.interact(label, ui.id().with("shift lane"), Sense::hover()).on_hover_text(HINT);
    let bar = Rect::from_x_y_ranges(frame.chart.x_range(), lane.y_range()).shrink2([0.0, MARGIN].into());
    let painter = ui.painter().with_clip_rect(bar.intersect(ui.clip_rect()));
    painter.rect_filled(bar, 0.0, ui.visuals().extreme_bg_color);
    let wide = DAY / frame.scale.secs_per_point() >= LEAST_DAY;
    let window = [frame.scale.from, frame.scale.until].map(Time::from_secs);
    let stretches = match wide {
        true => hours.shift_stretches(window[0], window[1], MOST),
        false => Vec::new(),
    };
    let there = stretches.iter().filter(|stretch| !stretch.name.is_empty());
    let rects: Vec<(Rect, &str)> =
        there.map(|stretch| (rect_of(frame, bar, stretch), stretch.name.as_str())).collect();
    for (rect, _) in &rects {
        painter.rect_filled(*rect, 0.0, ui.visuals().selection.bg_fill.gamma_multiply(0.45));
        painter.vline(rect.left(), rect.y_range(), ui.visuals().widgets.noninteractive.fg_stroke);
    }
    let mut mesh = Mesh::default();
    Shades::of(&frame.scale).paint(ui, &mut mesh, Some(hours), bar.y_range());
    if !mesh.is_empty() {
        painter.add(Shape::mesh(mesh));
    }
    rects.iter().for_each(|(rect, name)| write(ui, &painter, *rect, name));
}

fn rect_of(frame: &TimelineFrame, bar: Rect, stretch: &ShiftStretch) -> Rect {
    let x = |time: Time| frame.scale.x_of(time.secs()).clamp(bar.left(), bar.right());
    Rect::from_x_y_ranges(x(stretch.from)..=x(stretch.until), bar.y_range())
}

/// The name at the beginning of what is seen of its shift, if it fits: breaks lie later.
fn write(ui: &Ui, painter: &Painter, rect: Rect, name: &str) {
    let color = ui.visuals().strong_text_color();
    let galley = painter.layout_no_wrap(name.to_owned(), TextStyle::Small.resolve(ui.style()), color);
    if galley.size().x + 2.0 * ASIDE <= rect.width() {
        let room = rect.translate([ASIDE, 0.0].into());
        let place = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), room);
        painter.galley(place.min, galley, color);
    }
}

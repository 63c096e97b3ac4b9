//! Closed time in grey: with a hatch in the timeline, so that it is told from states without colour, and plain behind curves.
//!
//! Which stretches are shaded, and how much, says [`closed_shades`]. Read [`Shades`] first.

use super::strips::Scale;
use crate::calendar::{ClosedShade, Timetable, closed_shades};
use crate::kernel::Time;
use bevy_egui::egui::{Color32, Mesh, Rangef, Rect, Shape, Ui, Visuals, pos2};
use egui_plot::{PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotTransform};
use std::ops::RangeInclusive;

/// From one line of a hatch to the next, in points.
const HATCH: f32 = 6.0;
/// No screen has more pixels in a row.
const MOST_PIXELS: f32 = 16_384.0;

/// The closed time of the timetables that one frame of the timeline shows, each computed once.
pub(super) struct Shades {
    scale: Scale,
    known: Vec<(Timetable, Vec<ClosedShade>)>,
}

impl Shades {
    /// For a window of time.
    pub(super) fn of(scale: &Scale) -> Shades {
        Shades { scale: *scale, known: Vec::new() }
    }

    /// Adds the closed time of a timetable to a mesh; nothing without one.
    pub(super) fn paint(&mut self, ui: &Ui, mesh: &mut Mesh, hours: Option<&Timetable>, y: Rangef) {
        let Some(hours) = hours else { return };
        let known = self.known.iter().position(|(known, _)| known.is_shared_with(hours));
        let nth = known.unwrap_or_else(|| {
            self.known.push((hours.clone(), shades(hours, &self.scale)));
            self.known.len() - 1
        });
        for shade in &self.known[nth].1 {
            let rect = Rect::from_x_y_ranges(stretch(shade, &self.scale), y);
            mesh.add_colored_rect(rect, tone(ui.visuals()).gamma_multiply(shade.closed));
            if shade.closed >= 1.0 {
                hatch(mesh, rect, lines(ui.visuals()), self.scale.pixel);
            }
        }
    }
}

fn shades(hours: &Timetable, scale: &Scale) -> Vec<ClosedShade> {
    let pixels = (scale.x.span() / scale.pixel.max(1e-3)).clamp(0.0, MOST_PIXELS) as u32;
    closed_shades(hours, Time::from_secs(scale.from), Time::from_secs(scale.until), pixels)
}

fn stretch(shade: &ClosedShade, scale: &Scale) -> RangeInclusive<f32> {
    let x = |time: Time| scale.x_of(time.secs()).clamp(scale.x.min, scale.x.max);
    x(shade.from)..=x(shade.until)
}

/// A grey that is seen on the ground and leaves the colours of states to be told apart.
fn tone(visuals: &Visuals) -> Color32 {
    match visuals.dark_mode {
        true => Color32::from_gray(150).gamma_multiply(0.42),
        false => Color32::from_gray(90).gamma_multiply(0.35),
    }
}

fn lines(visuals: &Visuals) -> Color32 {
    match visuals.dark_mode {
        true => Color32::from_gray(15).gamma_multiply(0.75),
        false => Color32::from_gray(250).gamma_multiply(0.75),
    }
}

/// Lines that rise to the right. They hang together over all rectangles of the same height.
fn hatch(mesh: &mut Mesh, rect: Rect, color: Color32, pixel: f32) {
    let thick = pixel.max(1.0);
    let height = rect.height();
    let mut foot = ((rect.left() - height) / HATCH).ceil() * HATCH;
    while foot < rect.right() - thick {
        // Above the rectangle or beside it nothing is painted.
        let (left, right) = (foot.max(rect.left()), (foot + height).min(rect.right() - thick));
        if left < right {
            let at = |x: f32| pos2(x, rect.bottom() - (x - foot));
            let first = mesh.vertices.len() as u32;
            for corner in [at(left), at(right)] {
                mesh.colored_vertex(corner, color);
                mesh.colored_vertex(pos2(corner.x + thick, corner.y), color);
            }
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 1, first + 3, first + 2);
        }
        foot += HATCH;
    }
}

/// Closed time behind the curves of a chart whose axis counts hours.
pub(super) struct ClosedTimeItem {
    base: PlotItemBase,
    hours: Timetable,
}

impl ClosedTimeItem {
    /// That of a timetable.
    pub(super) fn of(hours: Timetable) -> ClosedTimeItem {
        ClosedTimeItem { base: PlotItemBase::new(String::new()), hours }
    }
}

impl PlotItem for ClosedTimeItem {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let (bounds, frame) = (transform.bounds(), transform.frame());
        // The run begins where the axis may not.
        let (from, until) = (bounds.min()[0].max(0.0), bounds.max()[0]);
        let x = |hours: f64| transform.position_from_point_x(hours);
        let scale = Scale {
            from: from * 3600.0,
            until: until * 3600.0,
            x: Rangef::new(x(from), x(until)),
            pixel: 1.0 / ui.pixels_per_point(),
        };
        let mut mesh = Mesh::default();
        for shade in self::shades(&self.hours, &scale) {
            let rect = Rect::from_x_y_ranges(stretch(&shade, &scale), frame.y_range());
            mesh.add_colored_rect(rect, self.color_on(ui).gamma_multiply(shade.closed));
        }
        if !mesh.is_empty() {
            shapes.push(Shape::mesh(mesh));
        }
    }

    fn initialize(&mut self, _: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        Color32::TRANSPARENT
    }

    fn allow_hover(&self) -> bool {
        false
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::None
    }

    fn bounds(&self) -> PlotBounds {
        PlotBounds::NOTHING
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }
}

impl ClosedTimeItem {
    fn color_on(&self, ui: &Ui) -> Color32 {
        match ui.visuals().dark_mode {
            true => Color32::from_gray(150).gamma_multiply(0.22),
            false => Color32::from_gray(90).gamma_multiply(0.2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hatch_stays_in_its_rectangle() {
        for rect in [
            Rect::from_min_max(pos2(3.0, 7.0), pos2(40.0, 23.0)),
            Rect::from_min_max(pos2(-5.0, 0.0), pos2(-2.5, 16.0)),
        ] {
            let mut mesh = Mesh::default();
            hatch(&mut mesh, rect, Color32::WHITE, 1.0);
            assert!(!mesh.is_empty());
            let outside = |vertex: &bevy_egui::egui::epaint::Vertex| !rect.expand(0.01).contains(vertex.pos);
            assert!(!mesh.vertices.iter().any(outside));
        }
        let mut mesh = Mesh::default();
        hatch(&mut mesh, Rect::from_min_max(pos2(1.0, 0.0), pos2(1.5, 16.0)), Color32::WHITE, 1.0);
        assert!(mesh.is_empty(), "no room for a line");
    }
}

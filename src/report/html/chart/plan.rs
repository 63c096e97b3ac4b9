//! The plan of a line, drawn from the places that the stage gives it: without a graphics card, and to scale. Read
//! [`PlanDrawing`] first.

use super::svg::{Anchor, SvgWriter, class, escaped, px, shortened, text_width};
use crate::equipment::appearance::Symbol;
use crate::line::Line;
use crate::stage::{Placement, Scenery};

/// What is drawn of each element.
pub(in crate::report::html) struct PlanDrawing<'a> {
    pub(in crate::report::html) line: &'a Line,
    pub(in crate::report::html) title: String,
    pub(in crate::report::html) desc: String,
    /// The style of the box of an element, by slot; none for what has no state.
    pub(in crate::report::html) style: &'a dyn Fn(usize) -> Option<String>,
    /// A short text in the box, and what hovering shows after the name.
    pub(in crate::report::html) note: &'a dyn Fn(usize) -> (String, String),
    /// More attributes of the drawing.
    pub(in crate::report::html) more: &'a str,
}

/// From metres to places in the drawing.
struct PlanFrame {
    scale: f64,
    low: (f64, f64),
    top: f64,
}

impl PlanFrame {
    fn at(&self, x: f32, z: f32) -> (f64, f64) {
        (12.0 + (f64::from(x) - self.low.0) * self.scale, self.top + (f64::from(z) - self.low.1) * self.scale)
    }
}

const WIDTH: f64 = 1000.0;
/// A metre is not drawn longer than this.
const LARGEST: f64 = 46.0;

/// The drawing.
pub(in crate::report::html) fn plan(drawing: &PlanDrawing<'_>) -> String {
    let scenery = Scenery::of(drawing.line);
    let (low, high) = scenery.bounds();
    let (width, depth) = (f64::from(high.x - low.x).max(1.0), f64::from(high.z - low.z).max(1.0));
    let scale = ((WIDTH - 70.0) / width).min(LARGEST);
    let is_narrow = names_collide(&scenery, drawing.line, scale);
    // Names that are turned need room above the first row.
    let top = if is_narrow { 96.0 } else { 26.0 };
    let frame = PlanFrame { scale, low: (f64::from(low.x), f64::from(low.z)), top };
    let beside = if is_narrow { 70.0 } else { 24.0 };
    let size = ((width * scale + beside).max(200.0), depth * scale + top + 14.0);
    let mut svg = SvgWriter::with(drawing.more, size, &drawing.title, &drawing.desc);
    for (from, to, by) in &scenery.ways {
        let ends = [from, to].map(|slot| scenery.standings[slot.index()].at).map(|at| frame.at(at.x, at.z));
        svg.line(if by.is_some() { "way by-robot" } else { "way" }, ends[0], ends[1]);
    }
    for (slot, standing) in scenery.standings.iter().enumerate() {
        draw_element(&mut svg, drawing, &frame, (slot, standing), is_narrow);
    }
    svg.open("class=\"parts\"");
    svg.close();
    svg.finish()
}

/// Whether names beside each other would cover each other.
fn names_collide(scenery: &Scenery, line: &Line, scale: f64) -> bool {
    let mut all: Vec<(f64, f64, f64)> = scenery
        .standings
        .iter()
        .zip(&line.elements)
        .map(|(standing, element)| {
            let name = text_width(&shortened(&element.name, 16));
            (f64::from(standing.at.z), f64::from(standing.at.x) * scale, name)
        })
        .collect();
    all.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    all.windows(2).any(|pair| {
        let in_one_row = (pair[0].0 - pair[1].0).abs() * scale < 12.0;
        in_one_row && pair[1].1 - pair[0].1 < (pair[0].2 + pair[1].2) / 2.0 + 4.0
    })
}

fn draw_element(
    svg: &mut SvgWriter,
    drawing: &PlanDrawing<'_>,
    frame: &PlanFrame,
    (slot, standing): (usize, &Placement),
    is_narrow: bool,
) {
    let name = &drawing.line.elements[slot].name;
    let ((x, y), half) = (frame.at(standing.at.x, standing.at.z), standing.half_size());
    let half = ((f64::from(half.x) * frame.scale).max(4.0), (f64::from(half.z) * frame.scale).max(4.0));
    let (note, tip) = (drawing.note)(slot);
    let tip = if tip.is_empty() { name.clone() } else { format!("{name}: {tip}") };
    svg.open(&format!("class=\"element\" data-slot=\"{slot}\" data-at=\"{} {}\"", px(x), px(y)));
    let style = (drawing.style)(slot).unwrap_or_else(|| class("store"));
    match standing.looks.symbol {
        Symbol::Carry => svg.circle(&style, (x, y), half.0.min(half.1).max(5.0), &tip),
        Symbol::Begin | Symbol::End => {
            let d = format!(
                "M{} {}h{}l{} {}l{} {}h{}z",
                px(x - half.0),
                px(y - half.1),
                px(half.0 * 1.3),
                px(half.0 * 0.7),
                px(half.1),
                px(-half.0 * 0.7),
                px(half.1),
                px(-half.0 * 1.3)
            );
            svg.path(&style, &d, &tip);
        }
        _ => svg.rect(&style, (x - half.0, y - half.1), (half.0 * 2.0, half.1 * 2.0), &tip),
    }
    if text_width(&note) < half.0 * 2.0 + 8.0 || half.0 > 9.0 {
        svg.raw(&format!(
            "<text class=\"count\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
            px(x),
            px(y + 4.0),
            escaped(&note)
        ));
    }
    let short = shortened(name, 16);
    match is_narrow {
        true => svg.turned("small", (x, y - half.1 - 4.0), -50, Anchor::Start, &short),
        false => svg.text("small", (x, y - half.1 - 4.0), Anchor::Middle, &short),
    }
    svg.close();
}

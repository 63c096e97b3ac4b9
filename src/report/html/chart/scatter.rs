//! Points in two figures with their intervals, and a stair line through those that no other beats. Read [`ScatterChart`] first.

use super::axis::{Frame, LinearScale};
use super::svg::{Anchor, SvgWriter, class, fitted, px, text_width};
use crate::units;

/// A chart of points.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct ScatterChart {
    pub(in crate::report::html) title: String,
    /// What stands below and beside the axes, with units.
    pub(in crate::report::html) axes: (String, String),
    pub(in crate::report::html) points: Vec<ScatterPoint>,
    /// The corners of the stair line: at each value below it steps to the next value at the side.
    pub(in crate::report::html) stair: Vec<(f64, f64)>,
    /// A value of the axis below that is marked, with a word.
    pub(in crate::report::html) mark: Option<(f64, String)>,
}

/// How a point is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report::html) enum ScatterKind {
    /// One of many in the background.
    Other,
    /// On the stair line.
    OnLine,
    /// What all others are compared with.
    Baseline,
    /// The one that was looked for.
    Best,
}

/// A point with the ends of its intervals.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct ScatterPoint {
    pub(in crate::report::html) at: (f64, f64),
    /// Half widths along both axes, if they are shown.
    pub(in crate::report::html) reach: Option<(f64, f64)>,
    pub(in crate::report::html) kind: ScatterKind,
    /// A word beside it; empty for none.
    pub(in crate::report::html) label: String,
    /// What hovering shows.
    pub(in crate::report::html) tip: String,
}

const WIDTH: f64 = 820.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 44.0;
/// More points in the background cover each other.
const MOST: usize = 2000;

impl ScatterChart {
    /// The drawing. No axis needs to begin at zero.
    pub(in crate::report::html) fn draw(&self) -> String {
        let reach = |point: &ScatterPoint| point.reach.unwrap_or((0.0, 0.0));
        let xs = self.points.iter().flat_map(|it| [it.at.0 - reach(it).0, it.at.0 + reach(it).0]);
        let xs = xs.chain(self.mark.iter().map(|(at, _)| *at));
        let ys = self.points.iter().flat_map(|it| [it.at.1 - reach(it).1, it.at.1 + reach(it).1]);
        let frame = Frame {
            x: LinearScale::new(with_room(xs), (LEFT, WIDTH - RIGHT)),
            y: LinearScale::new(with_room(ys), (HEIGHT - BOTTOM, TOP)),
        };
        let desc = format!("{} / {}", self.axes.1, self.axes.0);
        let mut svg = SvgWriter::new((WIDTH, HEIGHT), &self.title, &desc);
        self.draw_axes(&mut svg, &frame);
        self.draw_stair(&mut svg, &frame);
        for kind in [ScatterKind::Other, ScatterKind::OnLine, ScatterKind::Baseline, ScatterKind::Best] {
            let points = self.points.iter().filter(|point| point.kind == kind).take(MOST);
            points.for_each(|point| draw_point(&mut svg, &frame, point));
        }
        self.draw_labels(&mut svg, &frame);
        svg.finish()
    }

    fn draw_axes(&self, svg: &mut SvgWriter, frame: &Frame) {
        let bottom = HEIGHT - BOTTOM;
        for tick in frame.y.ticks(8) {
            let y = frame.y.at(tick);
            svg.line("grid", (LEFT, y), (WIDTH - RIGHT, y));
            svg.text("tick", (LEFT - 6.0, y + 4.0), Anchor::End, &units::number(tick));
        }
        svg.line("axis", (LEFT, bottom), (WIDTH - RIGHT, bottom));
        for tick in frame.x.ticks(8) {
            let x = frame.x.at(tick);
            svg.line("axis", (x, bottom), (x, bottom + 4.0));
            svg.text("tick", (x, bottom + 17.0), Anchor::Middle, &units::number(tick));
        }
        svg.text("axis-title", (WIDTH - RIGHT, HEIGHT - 6.0), Anchor::End, &self.axes.0);
        svg.text("axis-title", (4.0, 14.0), Anchor::Start, &self.axes.1);
        if let Some((at, word)) = &self.mark {
            let x = frame.x.at(*at);
            svg.line("mark s0", (x, TOP - 8.0), (x, bottom));
            svg.text("small t0", (x + 4.0, TOP), Anchor::Start, word);
        }
    }

    /// From each corner along the side to the next value, then along the axis below.
    fn draw_stair(&self, svg: &mut SvgWriter, frame: &Frame) {
        let mut d = String::new();
        for (nth, (x, y)) in self.stair.iter().enumerate() {
            let (x, y) = (px(frame.x.at(*x)), px(frame.y.at(*y)));
            d += &if nth == 0 { format!("M{x} {y}") } else { format!("V{y}H{x}") };
        }
        if self.stair.len() > 1 {
            svg.path(&class("thin s1"), &d, "");
        }
    }

    /// The labels that have room beside their points, the most important first; the others are left out.
    fn draw_labels(&self, svg: &mut SvgWriter, frame: &Frame) {
        let mut placed: Vec<LabelBox> = Vec::new();
        for kind in [ScatterKind::Best, ScatterKind::Baseline, ScatterKind::OnLine, ScatterKind::Other] {
            let named = self.points.iter().filter(|point| point.kind == kind && !point.label.is_empty());
            for point in named {
                let at = (frame.x.at(point.at.0), frame.y.at(point.at.1));
                let text = fitted(&point.label, WIDTH / 2.0);
                let sides = [(true, true), (false, true), (true, false), (false, false)];
                let mut boxes = sides
                    .into_iter()
                    .map(|(is_right, is_above)| LabelBox::beside(at, text_width(&text), is_right, is_above));
                let free =
                    |one: &LabelBox| one.is_inside() && !placed.iter().any(|other| one.overlaps(other));
                if let Some(place) = boxes.find(free) {
                    svg.text("label", (place.at.0, place.at.1 + LABEL - 3.0), Anchor::Start, &text);
                    placed.push(place);
                }
            }
        }
    }
}

/// The ends of an axis that has room for all values.
fn with_room(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let ends = |(low, high): (f64, f64), value: f64| (low.min(value), high.max(value));
    let (low, high) = values.filter(|value| value.is_finite()).fold((f64::MAX, f64::MIN), ends);
    if low > high {
        return (0.0, 1.0);
    }
    // Ticks have four digits, so that they differ on an axis that is not too short.
    let room = ((high - low) * 0.06).max(high.abs().max(low.abs()) * 0.004);
    let room = if room > 0.0 { room } else { 1.0 };
    (low - room, high + room)
}

fn draw_point(svg: &mut SvgWriter, frame: &Frame, point: &ScatterPoint) {
    let (style, whisker, radius) = match point.kind {
        ScatterKind::Other => ("reply f0", "whisker s0", 2.5),
        ScatterKind::OnLine => ("f1", "whisker s1", 4.5),
        ScatterKind::Baseline => ("f0", "whisker s0", 6.5),
        ScatterKind::Best => ("dot good", "whisker good", 6.5),
    };
    let (x, y) = (frame.x.at(point.at.0), frame.y.at(point.at.1));
    if let Some((wide, high)) = point.reach {
        let [from, until] = [point.at.0 - wide, point.at.0 + wide].map(|value| frame.x.at(value));
        svg.line(whisker, (from, y), (until, y));
        let [from, until] = [point.at.1 - high, point.at.1 + high].map(|value| frame.y.at(value));
        svg.line(whisker, (x, from), (x, until));
    }
    svg.circle(&class(style), (x, y), radius, &point.tip);
}

/// Where a label stands, from its left upper corner on.
struct LabelBox {
    at: (f64, f64),
    width: f64,
}

impl LabelBox {
    /// Beside a point, on the right or left of it and above or below.
    fn beside((x, y): (f64, f64), width: f64, is_right: bool, is_above: bool) -> LabelBox {
        let left = if is_right { x + 9.0 } else { x - 9.0 - width };
        LabelBox { at: (left, if is_above { y - 18.0 } else { y + 6.0 }), width }
    }

    fn is_inside(&self) -> bool {
        self.at.0 >= LEFT
            && self.at.0 + self.width <= WIDTH - RIGHT
            && self.at.1 >= TOP
            && self.at.1 + LABEL <= HEIGHT - BOTTOM
    }

    fn overlaps(&self, other: &LabelBox) -> bool {
        let apart = |one: f64, length: f64, other: f64, of_other: f64| {
            one >= other + of_other || other >= one + length
        };
        !(apart(self.at.0, self.width, other.at.0, other.width) || apart(self.at.1, LABEL, other.at.1, LABEL))
    }
}

/// The height of a label.
const LABEL: f64 = 13.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn point(at: (f64, f64), kind: ScatterKind, label: &str) -> ScatterPoint {
        let tip = format!("tip of {label}");
        ScatterPoint { at, reach: Some((0.5, 0.1)), kind, label: label.to_owned(), tip }
    }

    #[test]
    fn the_line_is_a_stair_and_each_point_is_drawn_with_its_interval() {
        let points = vec![
            point((58.0, 4.0), ScatterKind::Baseline, "<base>"),
            point((57.0, 3.5), ScatterKind::Best, "best"),
        ];
        let stair = vec![(57.0, 3.5), (58.0, 4.0)];
        let axes = ("throughput".to_owned(), "energy".to_owned());
        let mark = Some((57.4, "limit".to_owned()));
        let drawn = ScatterChart { title: "t".to_owned(), axes, points, stair, mark }.draw();
        let d = drawn.split("<path class=\"thin s1\" d=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(d.chars().filter(|step| step.is_alphabetic()).collect::<String>(), "MVH");
        assert_eq!(drawn.matches("<circle").count(), 2);
        assert_eq!(drawn.matches("\"whisker ").count(), 4);
        assert!(drawn.contains("&lt;base&gt;") && drawn.contains(">limit<") && drawn.contains("tip of best"));
    }

    #[test]
    fn a_label_that_has_no_room_beside_its_point_is_left_out() {
        let at = (5.0, 5.0);
        let mut points = vec![point(at, ScatterKind::OnLine, "number"); 9];
        points.push(point(at, ScatterKind::Best, "best"));
        let axes = Default::default();
        let drawn = ScatterChart { title: String::new(), axes, points, stair: Vec::new(), mark: None }.draw();
        assert_eq!((drawn.matches(">number<").count(), drawn.matches(">best<").count()), (3, 1));
    }

    #[test]
    fn one_point_or_none_is_no_fault() {
        for count in [0, 1] {
            let points = vec![point((0.0, 0.0), ScatterKind::Baseline, ""); count];
            let chart = ScatterChart {
                title: String::new(),
                axes: Default::default(),
                points,
                stair: Vec::new(),
                mark: None,
            };
            let drawn = chart.draw();
            assert!(drawn.ends_with("</svg>\n") && !drawn.contains("NaN"), "{drawn}");
        }
    }
}

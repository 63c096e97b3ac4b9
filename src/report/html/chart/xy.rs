//! Lines over an axis: throughput, stock, load profile, lead times. Read [`XyChart`] first.

use super::axis::{Frame, LinearScale, round_up};
use super::svg::{Anchor, SvgWriter, class, escaped, px, through};
use crate::units;

/// A chart of lines over an axis.
#[derive(Clone, Debug, Default)]
pub(in crate::report::html) struct XyChart<'a> {
    pub(in crate::report::html) title: String,
    /// What stands below and beside the axes, with units.
    pub(in crate::report::html) axes: (String, String),
    /// The ends of the axis below.
    pub(in crate::report::html) span: (f64, f64),
    pub(in crate::report::html) lines: Vec<ChartLine<'a>>,
    /// Up to where the chart is shaded, and what that means.
    pub(in crate::report::html) shaded: Option<(f64, &'a str)>,
    /// Values of the axis below that are marked, each with its line and a word.
    pub(in crate::report::html) marks: Vec<(f64, usize, String)>,
    /// Values of the axis at the side that are marked, each with its line and a word.
    pub(in crate::report::html) levels: Vec<(f64, usize, String)>,
}

/// One line of a chart.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct ChartLine<'a> {
    pub(in crate::report::html) name: &'a str,
    /// Which look it has: that of its place among the lines that are compared.
    pub(in crate::report::html) look: usize,
    pub(in crate::report::html) points: Vec<(f64, f64)>,
    /// Lowest and highest values around it.
    pub(in crate::report::html) band: Vec<(f64, f64, f64)>,
    /// Whether it is a second line of the same name, drawn thin and without a label.
    pub(in crate::report::html) is_thin: bool,
}

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 230.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 40.0;

impl XyChart<'_> {
    /// The drawing. The axis at the side begins at zero.
    pub(in crate::report::html) fn draw(&self) -> String {
        let values = self.lines.iter().flat_map(|line| {
            line.points.iter().map(|(_, y)| *y).chain(line.band.iter().map(|(_, _, high)| *high))
        });
        let levels = self.levels.iter().map(|(level, ..)| *level);
        let highest = values.chain(levels).filter(|y| y.is_finite()).fold(0.0, f64::max);
        let top = if highest > 0.0 { round_up(highest * 1.02) } else { 1.0 };
        let frame = Frame {
            x: LinearScale::new(self.span, (LEFT, WIDTH - RIGHT)),
            y: LinearScale::new((0.0, top), (HEIGHT - BOTTOM, TOP)),
        };
        let names: Vec<&str> = self.lines.iter().map(|line| line.name).collect();
        let desc = format!("{}: {} / {}", names.join(", "), self.axes.1, self.axes.0);
        let plot = format!(
            "{} data-plot=\"{} {} {} {}\" data-axes=\"{}|{}\"",
            frame.x.zoom(),
            px(HEIGHT - BOTTOM),
            px(TOP),
            0,
            top,
            escaped(&self.axes.0),
            escaped(&self.axes.1)
        );
        let mut svg = SvgWriter::with(&plot, (WIDTH, HEIGHT), &self.title, &desc);
        svg.open_pane(frame.x.ends(), HEIGHT);
        self.draw_shade(&mut svg, &frame);
        svg.close_pane();
        self.draw_axes(&mut svg, &frame);
        svg.open_pane(frame.x.ends(), HEIGHT);
        self.lines.iter().for_each(|line| draw_line(&mut svg, &frame, line));
        self.draw_marks(&mut svg, &frame);
        svg.close_pane();
        self.draw_levels(&mut svg, &frame);
        self.draw_names(&mut svg);
        svg.finish()
    }

    fn draw_axes(&self, svg: &mut SvgWriter, frame: &Frame) {
        let bottom = HEIGHT - BOTTOM;
        for tick in frame.y.ticks(4) {
            let y = frame.y.at(tick);
            svg.line(if tick == 0.0 { "axis" } else { "grid" }, (LEFT, y), (WIDTH - RIGHT, y));
            svg.text("tick", (LEFT - 6.0, y + 4.0), Anchor::End, &units::number(tick));
        }
        svg.open(&class("ticks"));
        for tick in frame.x.ticks(7) {
            let x = frame.x.at(tick);
            svg.line("axis", (x, bottom), (x, bottom + 4.0));
            svg.text("tick", (x, bottom + 17.0), Anchor::Middle, &units::number(tick));
        }
        svg.close();
        svg.text("axis-title", (WIDTH - RIGHT, HEIGHT - 6.0), Anchor::End, &self.axes.0);
        svg.text("axis-title", (4.0, 14.0), Anchor::Start, &self.axes.1);
    }

    fn draw_shade(&self, svg: &mut SvgWriter, frame: &Frame) {
        if let Some((until, word)) = self.shaded.filter(|(until, _)| *until > self.span.0) {
            let (width, bottom) = (frame.x.at(until) - LEFT, HEIGHT - BOTTOM);
            svg.rect(&class("shade"), (LEFT, TOP), (width, bottom - TOP), word);
            svg.text("small", (LEFT + 4.0, bottom - 6.0), Anchor::Start, word);
        }
    }

    fn draw_marks(&self, svg: &mut SvgWriter, frame: &Frame) {
        for (nth, (at, look, word)) in self.marks.iter().enumerate() {
            let (x, y) = (frame.x.at(*at), TOP + 10.0 + 13.0 * nth as f64);
            svg.line(&format!("mark s{look}"), (x, y - 8.0), (x, HEIGHT - BOTTOM));
            svg.text(&format!("small t{look}"), (x + 3.0, y), Anchor::Start, word);
        }
    }

    fn draw_levels(&self, svg: &mut SvgWriter, frame: &Frame) {
        for (at, look, word) in &self.levels {
            let y = frame.y.at(*at);
            svg.line(&format!("mark s{look}"), (LEFT, y), (WIDTH - RIGHT, y));
            svg.text(&format!("small t{look}"), (WIDTH - RIGHT - 2.0, y - 3.0), Anchor::End, word);
        }
    }

    /// The names stand above the chart, each behind a piece of its line.
    fn draw_names(&self, svg: &mut SvgWriter) {
        let named: Vec<&ChartLine<'_>> = self.lines.iter().filter(|line| !line.is_thin).collect();
        // The title of the axis stands to the left of them.
        let room = WIDTH - RIGHT - 180.0;
        let each = (room / named.len().max(1) as f64).max(60.0);
        let letters = ((each - 30.0) / 6.4).max(4.0) as usize;
        for (nth, line) in named.iter().enumerate().filter(|_| named.len() > 1) {
            let x = WIDTH - RIGHT - each * (named.len() - nth) as f64;
            svg.line(&format!("line s{}", line.look), (x, 10.0), (x + 22.0, 10.0));
            let name = super::svg::shortened(line.name, letters);
            svg.text(&format!("small t{}", line.look), (x + 26.0, 14.0), Anchor::Start, &name);
        }
    }
}

fn draw_line(svg: &mut SvgWriter, frame: &Frame, line: &ChartLine<'_>) {
    if !line.band.is_empty() {
        let high = line.band.iter().map(|(x, _, high)| (frame.x.at(*x), frame.y.at(*high)));
        let low = line.band.iter().rev().map(|(x, low, _)| (frame.x.at(*x), frame.y.at(*low)));
        svg.path(&class(&format!("band b{}", line.look)), &(through(high.chain(low)) + "Z"), "");
    }
    let points = line.points.iter().map(|(x, y)| (frame.x.at(*x), frame.y.at(*y)));
    let kind = if line.is_thin { "thin" } else { "line" };
    let style = format!("class=\"{kind} s{}\" data-name=\"{}\"", line.look, escaped(line.name));
    svg.path(&style, &through(points), "");
}

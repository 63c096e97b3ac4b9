//! Rows over one time axis: the bottleneck as darkness, buffer levels as small areas. Read [`Strip`] first.

use super::axis::LinearScale;
use super::svg::{Anchor, SvgWriter, class, shortened, through};
use crate::units;

/// One row over time.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct Strip {
    pub(in crate::report::html) name: String,
    /// What stands behind the row.
    pub(in crate::report::html) note: String,
    pub(in crate::report::html) look: usize,
    pub(in crate::report::html) kind: StripKind,
}

/// How a row is drawn.
#[derive(Clone, Debug)]
pub(in crate::report::html) enum StripKind {
    /// A share of each bin as darkness.
    Shares(Vec<f64>),
    /// Mean, lowest and highest value of each bin, on a scale to the last value.
    Levels(Vec<(f64, f64, f64)>, f64),
}

const WIDTH: f64 = 560.0;
const LEFT: f64 = 128.0;
const RIGHT: f64 = 178.0;
const TOP: f64 = 4.0;

/// The drawing: all rows over `span`, shaded up to a value with a word.
pub(in crate::report::html) fn strips(
    rows: &[Strip],
    title: &str,
    axis: &str,
    span: (f64, f64),
    shaded: Option<(f64, &str)>,
) -> String {
    let height = TOP + rows.iter().map(|row| row.height() + 4.0).sum::<f64>() + 38.0;
    let scale = LinearScale::new(span, (LEFT, WIDTH - RIGHT));
    let mut svg = SvgWriter::with(&scale.zoom(), (WIDTH, height), title, axis);
    let bottom = height - 36.0;
    svg.open_pane(scale.ends(), height);
    if let Some((until, word)) = shaded.filter(|(until, _)| *until > span.0) {
        svg.rect(&class("shade"), (LEFT, TOP), (scale.at(until) - LEFT, bottom - TOP), word);
    }
    let tops = rows.iter().scan(TOP, |next, row| Some(std::mem::replace(next, *next + row.height() + 4.0)));
    let tops: Vec<f64> = tops.collect();
    rows.iter().zip(&tops).for_each(|(row, y)| row.draw(&mut svg, &scale, span, *y));
    svg.close_pane();
    rows.iter().zip(&tops).for_each(|(row, y)| row.draw_frame(&mut svg, *y));
    svg.line("axis", (LEFT, bottom), (WIDTH - RIGHT, bottom));
    svg.open(&class("ticks"));
    for tick in scale.ticks(5) {
        svg.line("axis", (scale.at(tick), bottom), (scale.at(tick), bottom + 4.0));
        svg.text("tick", (scale.at(tick), bottom + 17.0), Anchor::Middle, &units::number(tick));
    }
    svg.close();
    svg.text("axis-title", (WIDTH - 8.0, bottom + 17.0), Anchor::End, axis);
    svg.finish()
}

impl Strip {
    fn height(&self) -> f64 {
        match self.kind {
            StripKind::Shares(_) => 16.0,
            StripKind::Levels(..) => 30.0,
        }
    }

    /// The name, the note, and the frame around the row.
    fn draw_frame(&self, svg: &mut SvgWriter, y: f64) {
        let (height, tip) = (self.height(), format!("{}: {}", self.name, self.note));
        let middle = y + height / 2.0 + 4.0;
        svg.text("label", (4.0, middle), Anchor::Start, &shortened(&self.name, 18));
        svg.text(&format!("small t{}", self.look), (WIDTH - RIGHT + 6.0, middle), Anchor::Start, &self.note);
        svg.rect(&class("frame"), (LEFT, y), (WIDTH - RIGHT - LEFT, height), &tip);
    }

    fn draw(&self, svg: &mut SvgWriter, scale: &LinearScale, span: (f64, f64), y: f64) {
        match &self.kind {
            StripKind::Shares(shares) => self.draw_shares(svg, scale, span, shares, y),
            StripKind::Levels(bins, top) => self.draw_levels(svg, scale, span, (bins, *top), y),
        }
    }

    fn draw_shares(
        &self,
        svg: &mut SvgWriter,
        scale: &LinearScale,
        span: (f64, f64),
        shares: &[f64],
        y: f64,
    ) {
        let edge = |nth: usize| span.0 + (span.1 - span.0) * nth as f64 / shares.len() as f64;
        for (nth, share) in shares.iter().enumerate().filter(|(_, share)| **share >= 0.01) {
            let (from, until) = (scale.at(edge(nth)), scale.at(edge(nth + 1)));
            let style = format!("class=\"fill f{}\" opacity=\"{:.2}\"", self.look, share.min(1.0));
            svg.rect(&style, (from, y), (until - from, self.height()), "");
        }
    }

    fn draw_levels(
        &self,
        svg: &mut SvgWriter,
        scale: &LinearScale,
        span: (f64, f64),
        (bins, top): (&[(f64, f64, f64)], f64),
        y: f64,
    ) {
        let level = LinearScale::new((0.0, top), (y + self.height() - 1.0, y + 2.0));
        let middle = |nth: usize| span.0 + (span.1 - span.0) * (nth as f64 + 0.5) / bins.len() as f64;
        let at = |nth: usize, value: f64| (scale.at(middle(nth)), level.at(value));
        let high = bins.iter().enumerate().map(|(nth, bin)| at(nth, bin.2));
        let low = bins.iter().enumerate().rev().map(|(nth, bin)| at(nth, bin.1));
        svg.path(&class(&format!("band b{}", self.look)), &(through(high.chain(low)) + "Z"), "");
        let mean = bins.iter().enumerate().map(|(nth, bin)| at(nth, bin.0));
        svg.path(&class(&format!("thin s{}", self.look)), &through(mean), "");
    }
}

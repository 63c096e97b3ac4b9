//! Bars of shares that add up to the whole: the states of each element. Read [`StackedRow`] first.

use super::hatch::state_style;
use super::svg::{Anchor, SvgWriter, shortened};
use crate::event::State;
use crate::units;

/// One bar.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct StackedRow {
    /// The name, at the first of several bars of one element.
    pub(in crate::report::html) name: String,
    /// What this bar is, where an element has several.
    pub(in crate::report::html) of: String,
    /// The shares of the states in the order in which they are drawn, each with what hovering shows.
    pub(in crate::report::html) shares: Vec<(State, f64, String)>,
}

const WIDTH: f64 = 560.0;
const LEFT: f64 = 150.0;
const BAR: f64 = 15.0;
const TOP: f64 = 6.0;

/// The drawing.
pub(in crate::report::html) fn stacked(rows: &[StackedRow], title: &str, axis: &str) -> String {
    let gap = |row: &StackedRow| if row.name.is_empty() { 1.0 } else { 7.0 };
    let height = TOP + rows.iter().map(|row| BAR + gap(row)).sum::<f64>() + 36.0;
    let mut svg = SvgWriter::new((WIDTH, height), title, axis);
    let mut y = TOP;
    for row in rows {
        y += gap(row);
        draw_bar(&mut svg, row, y);
        y += BAR;
    }
    for tick in 0..=4 {
        let x = LEFT + (WIDTH - LEFT - 22.0) * f64::from(tick) / 4.0;
        svg.line("axis", (x, y + 2.0), (x, y + 6.0));
        svg.text("tick", (x, y + 19.0), Anchor::Middle, &format!("{} %", 25 * tick));
    }
    svg.text("axis-title", (4.0, y + 19.0), Anchor::Start, axis);
    svg.finish()
}

fn draw_bar(svg: &mut SvgWriter, row: &StackedRow, y: f64) {
    let room = if row.of.is_empty() { 22 } else { 14 };
    svg.text("label", (4.0, y + 12.0), Anchor::Start, &shortened(&row.name, room));
    svg.text("small", (LEFT - 6.0, y + 12.0), Anchor::End, &shortened(&row.of, 7));
    let mut x = LEFT;
    for (state, share, tip) in &row.shares {
        let width = share * (WIDTH - LEFT - 22.0);
        svg.rect(&state_style(*state), (x, y), (width, BAR), tip);
        if width > 34.0 {
            svg.text("on-bar", (x + width / 2.0, y + 11.5), Anchor::Middle, &units::share(*share));
        }
        x += width;
    }
}

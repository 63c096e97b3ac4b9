//! One dot for each replication, with the mean and its interval beside them. Read [`DotColumn`] first.

use super::axis::LinearScale;
use super::svg::{Anchor, SvgWriter, class, shortened};
use crate::stats::Interval;
use crate::units;

/// The replications of one line.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct DotColumn<'a> {
    pub(in crate::report::html) name: &'a str,
    pub(in crate::report::html) look: usize,
    pub(in crate::report::html) values: Vec<f64>,
    pub(in crate::report::html) mean: Interval,
    /// Mean and interval in words.
    pub(in crate::report::html) note: String,
}

const WIDTH: f64 = 560.0;
const LEFT: f64 = 128.0;
const RIGHT: f64 = 126.0;
const ROW: f64 = 34.0;

/// The drawing: a row for each line on one axis, which need not begin at zero.
pub(in crate::report::html) fn dots(columns: &[DotColumn<'_>], title: &str, axis: &str) -> String {
    let height = ROW * columns.len() as f64 + 40.0;
    let values = || columns.iter().flat_map(|column| column.values.iter().copied());
    let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
    // Ticks have four digits, so that they differ on an axis that is not too short.
    let room = ((high - low) * 0.04).max(high.abs() * 0.004);
    let room = if room > 0.0 { room } else { 1.0 };
    let scale = LinearScale::new((low - room, high + room), (LEFT, WIDTH - RIGHT));
    let mut svg = SvgWriter::new((WIDTH, height), title, axis);
    let bottom = ROW * columns.len() as f64;
    for tick in scale.ticks(4) {
        svg.line("grid", (scale.at(tick), 2.0), (scale.at(tick), bottom));
        svg.text("tick", (scale.at(tick), bottom + 14.0), Anchor::Middle, &units::number(tick));
    }
    for (row, column) in columns.iter().enumerate() {
        let (y, look) = (ROW * (row as f64 + 0.5), column.look);
        svg.text("label", (4.0, y + 4.0), Anchor::Start, &shortened(column.name, 18));
        svg.text(&format!("small t{look}"), (WIDTH - RIGHT + 6.0, y + 4.0), Anchor::Start, &column.note);
        for (nth, value) in column.values.iter().enumerate().take(MOST) {
            let tip = format!("{}: {}", nth + 1, units::number(*value));
            let x = scale.at(*value);
            svg.circle(&class(&format!("reply f{look}")), (x, y - 6.0 + 3.0 * (nth % 3) as f64), 3.0, &tip);
        }
        let half = column.mean.half_width.unwrap_or(0.0);
        let (from, until) = (scale.at(column.mean.mean - half), scale.at(column.mean.mean + half));
        svg.line(&format!("whisker s{look}"), (from, y + 11.0), (until, y + 11.0));
        svg.line(
            &format!("whisker s{look}"),
            (scale.at(column.mean.mean), y + 6.0),
            (scale.at(column.mean.mean), y + 16.0),
        );
    }
    svg.text("axis-title", (4.0, height - 6.0), Anchor::Start, axis);
    svg.finish()
}

/// More dots than these cover each other.
const MOST: usize = 300;

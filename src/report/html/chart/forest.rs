//! Relative differences as intervals on one axis around zero, as medical reviews show them. Read [`ForestRow`] first.

use super::axis::LinearScale;
use super::svg::{Anchor, SvgWriter, class, fitted, px, text_width};
use crate::units;

/// One difference, relative to the baseline.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct ForestRow {
    pub(in crate::report::html) name: String,
    pub(in crate::report::html) mean: f64,
    /// The ends of the interval, if there is one.
    pub(in crate::report::html) ends: Option<(f64, f64)>,
    /// The class of the verdict, and its word.
    pub(in crate::report::html) verdict: (&'static str, &'static str),
    /// The difference in words.
    pub(in crate::report::html) value: String,
}

const WIDTH: f64 = 560.0;
const LEFT: f64 = 178.0;
/// At least; as much as the longest text on the right needs.
const RIGHT: f64 = 128.0;
const TOP: f64 = 12.0;
const ROW: f64 = 22.0;

/// The drawing. Beyond [`FAR`] times the baseline an arrow shows that the interval lies outside.
pub(in crate::report::html) fn forest(rows: &[ForestRow], title: &str, axis: &str) -> String {
    let height = TOP + ROW * rows.len() as f64 + 42.0;
    let ends = rows.iter().flat_map(|row| {
        let (low, high) = row.ends.unwrap_or((row.mean, row.mean));
        [low, high]
    });
    let (low, high) = ends.fold((-0.02_f64, 0.02_f64), |(low, high), end| (low.min(end), high.max(end)));
    let room = (high.min(FAR) - low.max(-FAR)) * 0.04;
    let reach = (low.max(-FAR) - room, high.min(FAR) + room);
    let texts = rows.iter().map(|row| text_width(&row.value) + 12.0);
    let right = WIDTH - texts.fold(RIGHT, f64::max).min(WIDTH / 2.0);
    let scale = LinearScale::new(reach, (LEFT, right));
    let mut svg = SvgWriter::new((WIDTH, height), title, axis);
    let bottom = TOP + ROW * rows.len() as f64;
    for tick in scale.ticks(4) {
        let x = scale.at(tick);
        svg.line(if tick == 0.0 { "zero" } else { "grid" }, (x, TOP - 4.0), (x, bottom));
        svg.text("tick", (x, bottom + 14.0), Anchor::Middle, &per_cent(tick));
    }
    svg.text("axis-title", ((LEFT + right) / 2.0, height - 6.0), Anchor::Middle, axis);
    for (nth, row) in rows.iter().enumerate() {
        draw_row(&mut svg, row, &scale, (right, TOP + ROW * (nth as f64 + 0.5)), reach);
    }
    svg.finish()
}

/// An axis that reaches farther makes the other intervals too small to be seen.
const FAR: f64 = 3.0;

fn draw_row(
    svg: &mut SvgWriter,
    row: &ForestRow,
    scale: &LinearScale,
    (right, y): (f64, f64),
    reach: (f64, f64),
) {
    let tip = format!("{}: {} ({})", row.name, row.value, row.verdict.1);
    svg.text("label", (4.0, y + 4.0), Anchor::Start, &fitted(&row.name, LEFT - 8.0));
    svg.text(&format!("small {}", row.verdict.0), (right + 8.0, y + 4.0), Anchor::Start, &row.value);
    let inside = |value: f64| scale.at(value.clamp(reach.0, reach.1));
    let is_inside = |value: f64| reach.0 <= value && value <= reach.1;
    let kind = row.verdict.0;
    if let Some((low, high)) = row.ends {
        svg.line(&format!("whisker {kind}"), (inside(low), y), (inside(high), y));
        for end in [low, high].into_iter().filter(|end| is_inside(*end)) {
            svg.line(&format!("whisker {kind}"), (scale.at(end), y - 4.0), (scale.at(end), y + 4.0));
        }
    }
    let x = inside(row.mean);
    match is_inside(row.mean) {
        true => svg.circle(&class(&format!("dot {kind}")), (x, y), 4.5, &tip),
        false => {
            let back = if row.mean > 0.0 { -9.0 } else { 9.0 };
            let d = format!("M{} {}L{} {}V{}Z", px(x), px(y), px(x + back), px(y - 5.0), px(y + 5.0));
            svg.path(&class(&format!("dot {kind}")), &d, &tip);
        }
    }
}

fn per_cent(share: f64) -> String {
    let text = units::number(share * 100.0);
    if share > 0.0 { format!("+{text} %") } else { format!("{text} %") }
}

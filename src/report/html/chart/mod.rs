//! The charts of the page, a file for each: each returns an SVG drawing in the one palette.
//!
//! A chart knows numbers and words, and nothing of lines: the sections beside this folder choose both. Only the plan and the
//! replay read a line, since they draw it. Read `svg.rs` first, then `xy.rs`.

mod axis;
mod dots;
mod forest;
mod gantt;
mod hatch;
mod plan;
mod sankey;
mod scatter;
mod stacked;
mod strips;
mod svg;
mod xy;

pub(super) use dots::{DotColumn, dots};
pub(super) use forest::{ForestRow, forest};
pub(super) use gantt::{GANTT_ROWS, GanttChart, gantt, gantt_rows};
pub(super) use hatch::{hatches, state_key, state_style};
pub(super) use plan::{PlanDrawing, plan};
pub(super) use sankey::{Ribbon, sankey};
pub(super) use scatter::{ScatterChart, ScatterKind, ScatterPoint};
pub(super) use stacked::{StackedRow, stacked};
pub(super) use strips::{Strip, StripKind, strips};
pub(super) use svg::escaped;
pub(super) use xy::{ChartLine, XyChart};

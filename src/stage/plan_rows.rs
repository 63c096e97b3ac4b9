//! A line on the floor: how high each element of a layer stands, and how a long line folds into rows.
//!
//! The main line of a row runs straight at one height. Even rows run to the right, odd ones back, so that the line goes
//! on at a fold where it was.

use super::plan::{GAP, Point, Site, Spot};
use super::plan_layers::{LayerRole, Layers};
use super::plan_order::ordered;
use std::ops::Range;

/// From one layer to the next where parallel machines part or meet: room to see their arrows, in metres.
const FAN_GAP: f64 = 2.0;
/// A line of so many layers stays in one row: it is still read at a glance.
const LONGEST_ROW: usize = 12;
/// No row of a folded line has fewer layers than this on average, or it would be all folds.
const SHORTEST_ROW: usize = 6;
/// How wide a folded line is for its height: the shape of a screen.
const ASPECT: f64 = 2.0;

/// Where a line stands: its elements around some origin, and the corners of what it takes up.
pub(super) struct Drawing {
    pub spots: Vec<Spot>,
    pub low: Point,
    pub high: Point,
}

/// Draws the line that `layers` describes. Rows keep `aisle` metres between them.
pub(super) fn draw(sites: &[&Site], layers: &Layers, aisle: f64) -> Drawing {
    let order = ordered(layers);
    let heights = heights(sites, layers, &order);
    let strip = PlanStrip::of(sites, &order, &heights, aisle);
    let rows = strip.folded();
    let spots = strip.spots(&rows, layers, &heights);
    let corner = |side: f64| {
        let ends = spots.iter().zip(sites).map(move |(spot, site)| {
            let half = site.half(spot.quarter_turns);
            (side * spot.at.0 + half.0, side * spot.at.1 + half.1)
        });
        ends.fold((f64::MIN, f64::MIN), |most, end| (most.0.max(end.0), most.1.max(end.1)))
    };
    let (low, high) = (corner(-1.0), corner(1.0));
    Drawing { low: (-low.0, -low.1), high, spots }
}

/// How high each element stands above the main line.
fn heights(sites: &[&Site], layers: &Layers, order: &[Vec<usize>]) -> Vec<f64> {
    let mut heights = Heights { sites, layers, of: vec![0.0; sites.len()], bottom: vec![0.0; order.len()] };
    let ahead = |layer: &[usize]| -> Vec<usize> {
        layer.iter().copied().filter(|at| layers.roles[*at] != LayerRole::Back).collect()
    };
    let ahead: Vec<Vec<usize>> = order.iter().map(|layer| ahead(layer)).collect();
    ahead.iter().for_each(|layer| heights.centre(heights.middle_of(layer), layer));
    ahead.iter().rev().for_each(|layer| heights.stack_up(layer));
    ahead.iter().for_each(|layer| heights.stack_down(layer));
    heights.put_ways_back_below(order, &ahead);
    heights.of
}

/// The heights while they are found.
struct Heights<'a> {
    sites: &'a [&'a Site],
    layers: &'a Layers,
    of: Vec<f64>,
    /// The lowest edge of each layer.
    bottom: Vec<f64>,
}

impl Heights<'_> {
    fn half(&self, at: usize) -> f64 {
        self.sites[at].footprint.1 / 2.0
    }

    fn is_main(&self, at: usize) -> bool {
        self.layers.roles[at] == LayerRole::Main
    }

    /// What of a layer stands around the main line: from the first to the last of its elements there.
    fn middle_of(&self, layer: &[usize]) -> Range<usize> {
        let first = layer.iter().position(|at| self.is_main(*at));
        let last = layer.iter().rposition(|at| self.is_main(*at));
        first.zip(last).map_or(0..layer.len(), |(first, last)| first..last + 1)
    }

    /// Parallel machines stand side by side, as far above the main line as below it.
    fn centre(&mut self, middle: Range<usize>, layer: &[usize]) {
        let layer = &layer[middle];
        let deep: f64 = layer.iter().map(|at| self.sites[*at].footprint.1 + GAP).sum::<f64>() - GAP;
        let mut top = deep / 2.0;
        for &at in layer {
            self.of[at] = top - self.half(at);
            top = self.of[at] - self.half(at) - GAP;
        }
    }

    /// What stands above the main line keeps the height of what it leads to, if there is room.
    fn stack_up(&mut self, layer: &[usize]) {
        let above = self.middle_of(layer).start;
        let mut floor = layer.get(above).map_or(0.0, |at| self.of[*at] + self.half(*at));
        for &at in layer[..above].iter().rev() {
            let beside = self.layers.forward.next[at].iter().filter(|to| !self.is_main(**to));
            let wish = beside.map(|to| self.of[*to]).fold(0.0, f64::max);
            self.of[at] = wish.max(floor + GAP + self.half(at));
            floor = self.of[at] + self.half(at);
        }
    }

    /// What stands below the main line keeps the height of where it comes from, if there is room.
    fn stack_down(&mut self, layer: &[usize]) {
        let below = self.middle_of(layer).end;
        let mut ceiling = layer[..below].last().map_or(0.0, |at| self.of[*at] - self.half(*at));
        for &at in &layer[below..] {
            let beside = self.layers.forward.prev[at].iter().filter(|from| !self.is_main(**from));
            let wish = beside.map(|from| self.of[*from]).fold(0.0, f64::min);
            self.of[at] = wish.min(ceiling - GAP - self.half(at));
            ceiling = self.of[at] - self.half(at);
        }
    }

    /// A way back runs below everything that it passes.
    fn put_ways_back_below(&mut self, order: &[Vec<usize>], ahead: &[Vec<usize>]) {
        for (bottom, layer) in self.bottom.iter_mut().zip(ahead) {
            *bottom = layer.last().map_or(0.0, |at| self.of[*at] - self.sites[*at].footprint.1 / 2.0);
        }
        let passed = self.bottom.clone();
        for (layer, elements) in order.iter().enumerate() {
            for &at in &elements[ahead[layer].len()..] {
                let (first, last) = self.layers.spans[at];
                let lowest = passed[first..=last].iter().copied().fold(self.bottom[layer], f64::min);
                self.of[at] = lowest - GAP - self.half(at);
                self.bottom[layer] = self.of[at] - self.half(at);
            }
        }
    }
}

/// One layer of a strip.
struct PlanColumn {
    elements: Vec<usize>,
    width: f64,
    /// From the layer before to this one.
    gap: f64,
    /// How far its elements reach above the main line and below it.
    above: f64,
    below: f64,
}

/// A line before it is folded: its layers from the first to the last.
struct PlanStrip {
    columns: Vec<PlanColumn>,
    aisle: f64,
}

impl PlanStrip {
    fn of(sites: &[&Site], order: &[Vec<usize>], heights: &[f64], aisle: f64) -> PlanStrip {
        let column = |elements: &Vec<usize>| {
            let most = |size: &dyn Fn(usize) -> f64| elements.iter().map(|at| size(*at)).fold(0.0, f64::max);
            PlanColumn {
                width: most(&|at| sites[at].footprint.0),
                above: most(&|at| heights[at] + sites[at].footprint.1 / 2.0),
                below: most(&|at| sites[at].footprint.1 / 2.0 - heights[at]),
                gap: GAP,
                elements: elements.clone(),
            }
        };
        let mut columns: Vec<PlanColumn> = order.iter().map(column).collect();
        for at in 1..columns.len() {
            let fans = columns[at - 1].elements.len() + columns[at].elements.len() > 2;
            columns[at].gap = if fans { FAN_GAP } else { GAP };
        }
        PlanStrip { columns, aisle }
    }

    /// The rows: the layers of each. Of all numbers of rows, the one whose shape comes nearest to that of a screen.
    fn folded(&self) -> Vec<Range<usize>> {
        let mut best = self.cut(1);
        if self.columns.len() <= LONGEST_ROW {
            return best;
        }
        let mut least = f64::MAX;
        for count in 1..=self.columns.len() / SHORTEST_ROW {
            let rows = self.cut(count);
            let aspect = self.width(&rows) / self.height(&rows) / ASPECT;
            let distance = aspect.max(1.0 / aspect);
            if distance < least {
                (best, least) = (rows, distance);
            }
            // More rows only get narrower and higher.
            if aspect < 1.0 {
                break;
            }
        }
        best
    }

    /// Cuts the strip into rows of about equal length, where few elements stand beside each other.
    fn cut(&self, count: usize) -> Vec<Range<usize>> {
        let lefts = self.lefts();
        let whole = lefts[lefts.len() - 1];
        let mut rows = Vec::new();
        let mut start = 0;
        for row in 1..count {
            let ideal = whole * row as f64 / count as f64;
            let nearest = lefts.partition_point(|left| *left < ideal);
            let reach = nearest.saturating_sub(2).max(start + 2)..(nearest + 3).min(self.columns.len() - 1);
            let end = reach.min_by(|one, two| {
                let from_ideal = |end: usize| (lefts[end] - ideal).abs();
                self.fan(*one).cmp(&self.fan(*two)).then(from_ideal(*one).total_cmp(&from_ideal(*two)))
            });
            if let Some(end) = end {
                rows.push(start..end);
                start = end;
            }
        }
        rows.push(start..self.columns.len());
        rows
    }

    /// Where each layer would begin in a single row, and where the row would end.
    fn lefts(&self) -> Vec<f64> {
        let mut lefts = vec![0.0];
        let mut left = 0.0;
        for column in &self.columns {
            left += column.width + column.gap;
            lefts.push(left);
        }
        lefts
    }

    /// How many elements a fold before this layer has beside it.
    fn fan(&self, layer: usize) -> usize {
        self.columns[layer - 1].elements.len() + self.columns[layer].elements.len()
    }

    fn length(&self, row: &Range<usize>) -> f64 {
        let columns = &self.columns[row.clone()];
        columns.iter().map(|column| column.gap + column.width).sum::<f64>() - columns[0].gap
    }

    fn width(&self, rows: &[Range<usize>]) -> f64 {
        rows.iter().map(|row| self.length(row)).fold(0.0, f64::max)
    }

    fn height(&self, rows: &[Range<usize>]) -> f64 {
        rows.iter().map(|row| self.above(row) + self.below(row) + self.aisle).sum::<f64>() - self.aisle
    }

    fn above(&self, row: &Range<usize>) -> f64 {
        self.columns[row.clone()].iter().map(|column| column.above).fold(0.0, f64::max)
    }

    fn below(&self, row: &Range<usize>) -> f64 {
        self.columns[row.clone()].iter().map(|column| column.below).fold(0.0, f64::max)
    }

    fn spots(&self, rows: &[Range<usize>], layers: &Layers, heights: &[f64]) -> Vec<Spot> {
        let width = self.width(rows);
        let mut spots = vec![Spot { at: (0.0, 0.0), quarter_turns: 0 }; heights.len()];
        let mut main_line = 0.0;
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                main_line -= self.below(&rows[number - 1]) + self.aisle + self.above(row);
            }
            // All rows but the last are stretched to the same width, so that the folds lie above each other.
            let gaps = if number + 1 < rows.len() { row.len() - 1 } else { 0 };
            let stretch = if gaps > 0 { (width - self.length(row)) / gaps as f64 } else { 0.0 };
            let mut begin = -self.columns[row.start].gap;
            for column in &self.columns[row.clone()] {
                begin += column.gap;
                let middle = begin + column.width / 2.0;
                let x = if number % 2 == 0 { middle } else { width - middle };
                for &at in &column.elements {
                    let is_back = layers.roles[at] == LayerRole::Back;
                    let half_turns = (number + usize::from(is_back)) % 2;
                    spots[at] =
                        Spot { at: (x, main_line + heights[at]), quarter_turns: 2 * half_turns as u8 };
                }
                begin += column.width + stretch;
            }
        }
        spots
    }
}

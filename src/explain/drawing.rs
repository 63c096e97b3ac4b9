//! The flow as a drawing in text: one row for each element, from the sources down, with lanes for what goes on beside it.
//!
//! ```text
//! ○   steel   Source, 48.0 /h
//! │ ○ covers  Source, 24.0 /h
//! ├─╯
//! ■   saw     Machine, 44.0 s
//! ```
//!
//! What looks alike is drawn once (`fold.rs`), and no row is wider than there is room. Read [`drawing`] first.

use super::Explanation;
use super::fold::Folded;
use super::lanes::Lanes;
use super::ways::{Branch, Division};
use super::width::{cut, padded, width};
use crate::equipment::appearance::Symbol;
use crate::equipment::{Capability, Feed};
use crate::event::Slot;
use crate::units;

/// The drawing, no wider than so many columns; every line ends in a line break.
pub fn drawing(whole: &Explanation<'_>, columns: usize) -> String {
    let mut pen = FlowPen { whole, folded: Folded::of(whole), lanes: Lanes::default(), rows: Vec::new() };
    for slot in &whole.order.sequence {
        if !pen.folded.twins[slot.index()] {
            pen.element(*slot);
        }
    }
    set(&pen.rows, columns)
}

/// A row of the drawing.
enum DrawingRow {
    /// Lanes, the name of an element, what it is.
    Element(String, String, String),
    /// Lanes, and words about the way.
    Words(String, String),
}

struct FlowPen<'a> {
    whole: &'a Explanation<'a>,
    folded: Folded,
    lanes: Lanes,
    rows: Vec<DrawingRow>,
}

impl FlowPen<'_> {
    fn element(&mut self, slot: Slot) {
        let is_source = self.whole.line.elements[slot.index()].datasheet.capability.feed.is_some();
        let unannounced = !is_source && !self.lanes.leads_to(slot);
        let (column, joined) = self.lanes.join(slot);
        self.rows.extend(joined.map(|row| DrawingRow::Words(row, String::new())));
        match self.folded.in_row.get(&slot).copied() {
            Some(Some((more, alike))) => {
                let words = if alike { "more like these, in a row" } else { "more in a row" };
                self.rows
                    .push(DrawingRow::Words(self.lanes.mark(column, "┆"), format!("… {more} {words} …")));
            }
            Some(None) => {}
            None => {
                let row = self.lanes.mark(column, symbol(self.whole, slot));
                let mut look = look(self.whole, slot);
                if unannounced {
                    look += &self.from(slot);
                }
                self.rows.push(DrawingRow::Element(row, self.name(slot), look));
            }
        }
        self.ways_out(slot, column);
    }

    /// Where the ways come from that are not drawn.
    fn from(&self, slot: Slot) -> String {
        let leads_here = |from: &&Slot| self.whole.ways[from.index()].iter().any(|branch| branch.to == slot);
        let first = self.whole.order.sequence.iter().find(leads_here);
        first.map_or_else(String::new, |from| {
            format!(" (from {})", self.whole.line.elements[from.index()].name)
        })
    }

    fn name(&self, slot: Slot) -> String {
        let name = |slot: Slot| self.whole.line.elements[slot.index()].name.clone();
        match self.folded.stands_for.get(&slot) {
            Some((last, count)) => format!("{} … {} ({count} alike)", name(slot), name(*last)),
            None => name(slot),
        }
    }

    fn ways_out(&mut self, slot: Slot, column: usize) {
        let whole = self.whole;
        let all = whole.ways[slot.index()].iter().enumerate();
        let drawn: Vec<(usize, &Branch)> =
            all.filter(|(_, branch)| !self.folded.twins[branch.to.index()]).collect();
        let leads_back = |way: usize| whole.order.back.contains(&(slot, way));
        let (back, on): (Vec<_>, Vec<_>) = drawn.into_iter().partition(|(way, _)| leads_back(*way));
        let several = whole.ways[slot.index()].len() > 1;
        for (nth, (_, branch)) in back.iter().enumerate() {
            let goes_on = !on.is_empty() || nth + 1 < back.len();
            let row = self.lanes.aside(column, goes_on);
            self.rows
                .push(DrawingRow::Words(row, format!("↺ back to {}", self.way(slot, branch, true, several))));
        }
        let to: Vec<Slot> = on.iter().map(|(_, branch)| branch.to).collect();
        self.lanes.close(column);
        let (fitting, parted) = self.lanes.part(column, &to);
        let words: Vec<String> =
            on.iter().map(|(_, branch)| self.way(slot, branch, several, several)).collect();
        let (inside, outside) = words.split_at(fitting.min(words.len()));
        let text = inside.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        let free = several && whole.divisions[slot.index()].is_some_and(|by| by != Division::Shares);
        let text = if free && !text.is_empty() { text + ": the first that has room" } else { text };
        if parted.is_some() || !text.is_empty() {
            self.rows.push(DrawingRow::Words(parted.unwrap_or_else(|| self.lanes.plain()), text));
        }
        if !outside.is_empty() {
            let names: Vec<String> =
                on[fitting..].iter().map(|(_, branch)| self.way(slot, branch, true, several)).collect();
            let row = self.lanes.aside(column, fitting > 0);
            self.rows.push(DrawingRow::Words(row, format!("▷ below: {}", names.join(", "))));
        }
    }

    /// A way in words: where it leads to, its share, its robot.
    fn way(&self, from: Slot, branch: &Branch, named: bool, several: bool) -> String {
        let name = |slot: Slot| self.whole.line.elements[slot.index()].name.as_str();
        let shared = several && self.whole.divisions[from.index()] == Some(Division::Shares);
        let mut words = Vec::new();
        words.extend(named.then(|| self.name(branch.to)));
        words.extend(shared.then(|| percent(branch.share)));
        words.extend(branch.by.map(|robot| format!("by {}", name(robot))));
        words.join(" ")
    }
}

/// `30 %`, `2.5 %`, `0.05 %`: as it was written; `× 4` where a part is taken apart.
fn percent(share: f64) -> String {
    if share > 1.0 {
        return format!("× {}", units::number(share));
    }
    format!("{} %", units::number(share * 100.0))
}

fn symbol(whole: &Explanation<'_>, slot: Slot) -> &'static str {
    match whole.line.elements[slot.index()].datasheet.appearance.symbol {
        Symbol::Begin => "○",
        Symbol::Work => "■",
        Symbol::Store => "□",
        Symbol::Carry => "◇",
        Symbol::End => "●",
        Symbol::Staff => "☺",
        Symbol::Tools => "▤",
        Symbol::Zone => "▨",
    }
}

/// What an element is, in a few words.
fn look(whole: &Explanation<'_>, slot: Slot) -> String {
    let element = &whole.line.elements[slot.index()];
    let Capability { feed, .. } = &whole.line.elements[slot.index()].datasheet.capability;
    let mut words = vec![element.kind.to_owned()];
    match feed {
        Some(Feed::Endless) => words.push("never runs dry".to_owned()),
        Some(Feed::Arrivals(rate)) => words.push(units::rate(*rate)),
        None => {}
    }
    words.extend(whole.loads[slot.index()].pace.map(|pace| units::duration(pace.cycle_secs)));
    let place_spec = element.datasheet.place_spec;
    if let Some(number) = element.datasheet.lends {
        words.push(match (element.datasheet.appearance.symbol, number) {
            (Symbol::Zone, 1) => "1 robot at once".to_owned(),
            (Symbol::Zone, _) => format!("{number} robots at once"),
            _ if element.is_tools() => format!("{number} in all"),
            (_, 1) => "1 person".to_owned(),
            _ => format!("{number} people"),
        });
    } else if !place_spec.notify_arrival && feed.is_none() {
        words.push(match place_spec.capacity {
            Some(1) => "1 place".to_owned(),
            Some(places) => format!("{} places", units::number(f64::from(places))),
            None => "no limit".to_owned(),
        });
    }
    if element.datasheet.is_for_scrap {
        words.push("for scrap".to_owned());
    }
    let bottleneck = whole.capacity.bottleneck == Some(slot);
    words.join(", ") + if bottleneck { "  ◀ bottleneck" } else { "" }
}

/// Sets the rows below each other: names in one column, what they are in another.
fn set(rows: &[DrawingRow], columns: usize) -> String {
    let of_elements = rows.iter().filter_map(|row| match row {
        DrawingRow::Element(lanes, name, _) => Some((width(lanes), width(name))),
        DrawingRow::Words(..) => None,
    });
    let (lanes, names) = of_elements.fold((0, 0), |(lanes, names), row| (row.0.max(lanes), row.1.max(names)));
    let names = names.min(columns.saturating_sub(lanes) / 2);
    let line = |row: &DrawingRow| match row {
        DrawingRow::Element(signs, name, look) => {
            format!("{}{}  {look}", padded(signs, lanes), padded(&cut(name, names), names))
        }
        DrawingRow::Words(signs, words) => format!("{} {words}", signs.trim_end()),
    };
    rows.iter().map(|row| cut(&line(row), columns).trim_end().to_owned() + "\n").collect()
}

//! Where the energy goes: from the whole to elements, and from these to states, as ribbons as wide as the energy. Read [`Ribbon`]
//! first.

use super::hatch::state_style;
use super::svg::{Anchor, SvgWriter, class, px, shortened};
use crate::event::State;
use crate::report::words::Lang;
use crate::units;

/// The energy of one element in one state, in kWh.
#[derive(Clone, Debug)]
pub(in crate::report::html) struct Ribbon {
    pub(in crate::report::html) element: String,
    pub(in crate::report::html) state: State,
    pub(in crate::report::html) kwh: f64,
}

const WIDTH: f64 = 560.0;
const LEFT: f64 = 178.0;
const RIGHT: f64 = 400.0;
const GAP: f64 = 8.0;

/// A column of nodes: their sums, and how much of each is used up by ribbons.
struct NodeColumn<K> {
    nodes: Vec<(K, f64, f64)>,
}

impl<K: PartialEq + Clone> NodeColumn<K> {
    fn of(ribbons: &[Ribbon], key: impl Fn(&Ribbon) -> K) -> NodeColumn<K> {
        let mut nodes: Vec<(K, f64, f64)> = Vec::new();
        for ribbon in ribbons {
            let key = key(ribbon);
            match nodes.iter_mut().find(|node| node.0 == key) {
                Some(node) => node.1 += ribbon.kwh,
                None => nodes.push((key, ribbon.kwh, 0.0)),
            }
        }
        NodeColumn { nodes }
    }

    /// Puts the nodes below each other, at least a gap apart.
    fn place(&mut self, scale: f64) -> f64 {
        let mut y = 4.0;
        for node in &mut self.nodes {
            node.2 = y;
            y += (node.1 * scale).max(9.0) + GAP;
        }
        y
    }

    /// The next piece of a node.
    fn take(&mut self, key: &K, height: f64) -> f64 {
        let node = self.nodes.iter_mut().find(|node| node.0 == *key);
        node.map_or(0.0, |node| {
            let y = node.2;
            node.2 += height;
            y
        })
    }
}

/// The drawing of ribbons, the largest elements first.
pub(in crate::report::html) fn sankey(ribbons: &[Ribbon], title: &str, desc: &str, lang: Lang) -> String {
    let mut left = NodeColumn::of(ribbons, |ribbon| ribbon.element.clone());
    let mut right = NodeColumn::of(ribbons, |ribbon| ribbon.state);
    let total: f64 = ribbons.iter().map(|ribbon| ribbon.kwh).sum();
    let scale = 240.0 / total.max(1e-9);
    let height = left.place(scale).max(right.place(scale)) + 4.0;
    let mut svg = SvgWriter::new((WIDTH, height), title, desc);
    let words = |kwh: f64| units::energy(kwh * 3.6e6);
    for (name, kwh, y) in &left.nodes {
        let text = format!("{}  {}", shortened(name, 14), words(*kwh));
        svg.text("small", (LEFT - 10.0, y + (kwh * scale / 2.0).max(4.5) + 4.0), Anchor::End, &text);
        svg.rect(&class("node"), (LEFT - 6.0, *y), (6.0, (kwh * scale).max(1.0)), name);
    }
    for (state, kwh, y) in &right.nodes {
        let text = format!("{}  {}", lang.state(*state), words(*kwh));
        svg.text("small", (RIGHT + 14.0, y + (kwh * scale / 2.0).max(4.5) + 4.0), Anchor::Start, &text);
        svg.rect(&state_style(*state), (RIGHT, *y), (8.0, (kwh * scale).max(1.0)), lang.state(*state));
    }
    for ribbon in ribbons {
        let height = ribbon.kwh * scale;
        let from = left.take(&ribbon.element, height);
        let to = right.take(&ribbon.state, height);
        let tip = format!("{}, {}: {}", ribbon.element, lang.state(ribbon.state), words(ribbon.kwh));
        svg.path(&format!("class=\"ribbon\" {}", state_style(ribbon.state)), &bent(from, to, height), &tip);
    }
    svg.finish()
}

/// A band from one height to another.
fn bent(from: f64, to: f64, height: f64) -> String {
    let middle = (LEFT + RIGHT) / 2.0;
    let [l, m, r] = [LEFT, middle, RIGHT].map(px);
    let [a, b, c, d] = [from, to, to + height, from + height].map(px);
    format!("M{l} {a}C{m} {a} {m} {b} {r} {b}V{c}C{m} {c} {m} {d} {l} {d}Z")
}

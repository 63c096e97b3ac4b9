//! The arrow method (Kuo, Lim and Meerkov 1996) beside the active periods: a second opinion on the bottleneck.
//!
//! Of two stations one after the other, an arrow leads to the second if the first is blocked more than the second is starved,
//! else to the first. A station that no arrow leads away from is a bottleneck. The method is made for serial lines with
//! breakdowns; where the ways fork and join it is a hint. Read [`arrow_check`] first.

use crate::equipment::appearance::Stand;
use crate::event::{Slot, State};
use crate::line::{Element, Line};
use crate::study::Study;
use std::collections::BTreeSet;

/// What the arrow method says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArrowCheck {
    /// From which station to which.
    pub arrows: Vec<(Slot, Slot)>,
    /// Stations that no arrow leads away from, in the order of the file.
    pub bottlenecks: Vec<Slot>,
}

/// Whether an element can be a bottleneck: it does something to parts or carries them. A belt only takes them along.
pub(super) fn is_station(element: &Element) -> bool {
    let sheet = &element.datasheet;
    let is_belt = matches!(sheet.appearance.stand, Stand::Belt { .. });
    (sheet.capability.work.is_some() || !element.carries.is_empty()) && !is_belt
}

/// The elements that can be bottlenecks, in the order of the file.
pub fn stations(line: &Line) -> Vec<Slot> {
    let all = line.elements.iter().zip(0..).filter(|(element, _)| is_station(element));
    all.map(|(_, slot)| Slot(slot)).collect()
}

/// Compares the shares of time that each station of a line is blocked with those that the next one is starved.
pub fn arrow_check(study: &Study<'_>) -> ArrowCheck {
    let share = |slot: Slot, state: State| {
        let shares =
            study.outcomes.iter().map(|one| one.elements[slot.index()].share(|found| found == state));
        shares.sum::<f64>()
    };
    let line = study.line;
    // Robots carry between stations and are in no order with them.
    let in_order: Vec<Slot> =
        stations(line).into_iter().filter(|slot| line.elements[slot.index()].carries.is_empty()).collect();
    let pairs = in_order.iter().flat_map(|slot| next_stations(line, *slot).into_iter().map(|to| (*slot, to)));
    let arrow = |(from, to): (Slot, Slot)| {
        let is_forward = share(from, State::Blocked) > share(to, State::Starved);
        if is_forward { (from, to) } else { (to, from) }
    };
    let arrows: Vec<(Slot, Slot)> = pairs.map(arrow).collect();
    let leads_away = |slot: &Slot| arrows.iter().any(|(from, _)| from == slot);
    let bottlenecks = in_order.iter().copied().filter(|slot| !leads_away(slot)).collect();
    ArrowCheck { arrows, bottlenecks }
}

/// The stations that a part may come to next, through what only stores or moves it.
fn next_stations(line: &Line, from: Slot) -> Vec<Slot> {
    let (mut seen, mut found) = (BTreeSet::from([from]), Vec::new());
    let mut ways = vec![from];
    while let Some(slot) = ways.pop() {
        for (to, _) in &line.elements[slot.index()].outlets {
            if !seen.insert(*to) {
                continue;
            }
            match is_station(&line.elements[to.index()]) {
                true => found.push(*to),
                false => ways.push(*to),
            }
        }
    }
    found.sort_unstable();
    found
}

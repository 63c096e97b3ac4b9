//! Levels and numbers of parts that a saving mode looks at and that can never be reached.

use super::Element;
use super::elements::placed;
use crate::checking::{Concern, FieldFault};
use crate::equipment::AnySettings;
use crate::event::{Slot, State};
use crate::layout::{Faults, LineLayout, Sources};
use crate::saving::{EnergySaver, LevelCondition, ModePlan, WakeCondition};
use crate::units;
use crate::units::spelling::brief;

/// Checks the saving modes of all elements, by slot.
pub(super) fn check(
    layout: &LineLayout<AnySettings>,
    elements: &[Element],
    start_limit: Option<u64>,
    sources: &Sources,
    faults: &mut Faults,
) {
    for (slot, element) in elements.iter().enumerate() {
        let called_by_transports = !element.carries.is_empty();
        let modes =
            element.prototype.saver().filter(|_| !called_by_transports).map_or(&[][..], EnergySaver::modes);
        let Some(written) = layout.elements.get_index(slot).map(|(_, written)| written) else { continue };
        let of_element = SavingElement { elements, slot: Slot(slot as u32), start_limit };
        let found = modes.iter().enumerate().flat_map(|(nth, mode)| of_element.faults(nth, mode));
        found.for_each(|fault| faults.push(placed(fault, written, sources)));
    }
}

/// The least that an element draws in a state that it can be in for long, in milliwatts.
fn least_draw(element: &Element) -> u64 {
    let saves = element.power.modes.iter().map(|own| own.of(State::Standby));
    let waits = [State::Starved, State::Blocked, State::Paused].map(|state| element.power.of(state));
    saves.chain(waits).min().unwrap_or(0)
}

/// An element with saving modes.
#[derive(Clone, Copy)]
struct SavingElement<'a> {
    elements: &'a [Element],
    slot: Slot,
    /// In milliwatts.
    start_limit: Option<u64>,
}

impl SavingElement<'_> {
    fn faults(self, nth: usize, mode: &ModePlan) -> Vec<FieldFault> {
        let off = mode.off.iter().enumerate();
        let off = off.filter_map(|(which, level)| Some((format!("off[{which}]"), self.level(level)?)));
        let on = mode.on.iter().enumerate().filter_map(|(which, condition)| {
            let fault = match condition {
                WakeCondition::Parts(parts) => self.parts(*parts),
                WakeCondition::Level(level) => self.level(level),
            };
            Some((format!("on[{which}]"), fault?))
        });
        let start = self.start(nth).map(|fault| ("power".to_owned(), fault));
        off.chain(on)
            .chain(start)
            .map(|(field, (message, help))| FieldFault {
                field: format!("saving[{nth}].{field}"),
                message,
                help,
                alone: None,
                concern: Concern::Itself,
            })
            .collect()
    }

    /// Nothing comes back that draws more by itself than the line may then.
    fn start(self, nth: usize) -> Option<(String, String)> {
        let own = self.elements[self.slot.index()].power.modes.get(nth)?;
        let others = self.elements.iter().zip(0..).filter(|(_, slot)| *slot != self.slot.0);
        let least: u64 = others.map(|(other, _)| least_draw(other)).sum();
        let (draws, most) = (own.of(State::WarmUp), self.start_limit?);
        let kw = |milliwatts: u64| units::with_unit(&units::number(milliwatts as f64 / 1e6), "kW");
        (draws + least > most).then(|| {
            (
                format!(
                    "it can never come back from this mode: that takes {}, all others draw at least {}, and the `start_limit` of the line is {}",
                    kw(draws),
                    kw(least),
                    kw(most)
                ),
                "raise `start_limit` in the `energy` of the line, or let coming back take longer".to_owned(),
            )
        })
    }

    /// An element never has more parts than it has room for.
    fn level(self, level: &LevelCondition) -> Option<(String, String)> {
        let element = &self.elements[level.of.index()];
        let name = brief(&element.name);
        let has_no_parts = element.datasheet.lends.is_some() || !element.carries.is_empty();
        if has_no_parts {
            let message = format!("\"{name}\" has no level: parts do not wait there");
            return Some((message, "name a buffer, or another element with parts in it".to_owned()));
        }
        let capacity =
            element.datasheet.place_spec.capacity.filter(|most| level.or_more && *most < level.parts)?;
        Some((
            format!("\"{name}\" has room for {capacity}, so that it never has {}", level.parts),
            format!("give a number of at most {capacity}"),
        ))
    }

    /// No more parts can wait than there is room for before the element.
    fn parts(self, parts: u32) -> Option<(String, String)> {
        let leads_here = |element: &&Element| element.outlets.iter().any(|(to, _)| *to == self.slot);
        let before = self.elements.iter().filter(leads_here);
        let room = before
            .map(|element| element.datasheet.place_spec.capacity.map(u64::from))
            .sum::<Option<u64>>()?;
        (room < u64::from(parts)).then(|| {
            (
                format!("{parts} parts can never wait for it: before it there is room for {room}"),
                format!("give a number of at most {room}, or a buffer before it"),
            )
        })
    }
}

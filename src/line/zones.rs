//! Which elements lie in which zone of a line, and which robots come there.

use crate::checking::Zones;
use crate::equipment::AnySettings;
use crate::event::Slot;
use std::collections::BTreeMap;

impl Zones {
    /// Those of these elements, by slot, with what each of them carries from where to where.
    pub fn of<'s>(
        elements: impl Iterator<Item = (&'s str, &'s AnySettings, &'s [(Slot, Slot)])> + Clone,
        incomplete: bool,
    ) -> Zones {
        let mut zones = Zones { incomplete, ..Zones::default() };
        for ((_, _, carries), robot) in elements.clone().zip((0..).map(Slot)) {
            for stop in carries.iter().flat_map(|(from, to)| [*from, *to]) {
                zones.robots.entry(stop).or_default().insert(robot);
            }
        }
        if elements.clone().all(|(_, written, _)| written.around().is_empty()) {
            return zones;
        }
        let slots: BTreeMap<&str, Slot> =
            elements.clone().zip((0..).map(Slot)).map(|((name, _, _), slot)| (name, slot)).collect();
        for ((_, written, _), zone) in elements.zip((0..).map(Slot)) {
            for stop in written.around().iter().filter_map(|name| slots.get(name.as_str())) {
                zones.around.entry(*stop).or_insert(zone);
            }
        }
        zones
    }
}

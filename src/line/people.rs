//! The skills of the crews of a line, and the skills that its elements need.

use crate::checking::Crews;
use crate::equipment::{AnySettings, Role};
use crate::event::Slot;
use std::collections::BTreeMap;

impl Crews {
    /// Those of these elements, by slot, in the order of their names.
    pub fn of<'s>(elements: impl Iterator<Item = (&'s str, &'s AnySettings)>, incomplete: bool) -> Crews {
        let mut crews = Crews { incomplete, ..Crews::default() };
        let mut named = BTreeMap::new();
        for ((name, element), slot) in elements.zip((0..).map(Slot)) {
            if element.role() == Role::Staff && element.around().is_empty() {
                named.insert(name, (slot, element.skills().to_vec()));
            }
            crews.called.extend(element.needs().into_iter().map(str::to_owned));
        }
        crews.skills = named.into_values().collect();
        crews
    }
}

//! The skills of the crews of a line, and the skills that its elements need.

use crate::checking::{CrewFacts, Crews};
use crate::equipment::{AnySettings, Role};
use crate::event::Slot;
use std::collections::BTreeMap;

impl Crews {
    /// Those of these elements, by slot, in the order of their names.
    pub fn of<'s>(elements: impl Iterator<Item = (&'s str, &'s AnySettings)>, incomplete: bool) -> Crews {
        let mut crews = Crews { incomplete, ..Crews::default() };
        let mut named = BTreeMap::new();
        for ((name, element), slot) in elements.zip((0..).map(Slot)) {
            if let AnySettings::Tools(tools) = element {
                crews.tools.insert(name.to_owned(), (slot, tools.size));
            } else if element.role() == Role::Staff && element.around().is_empty() {
                let (skills, most) = (element.skills().to_vec(), element.most_people());
                named.insert(name, CrewFacts { slot, skills, most });
            }
            for skill in element.needs() {
                crews.callers.entry(skill.to_owned()).or_default().insert(slot);
            }
            crews.used.extend(element.uses().into_iter().map(str::to_owned));
        }
        crews.all = named.into_values().collect();
        crews
    }
}

//! The people and tools that a layout calls for at once: whether there are any such, and enough of them.

use crate::checking::{Check, CrewFacts};
use crate::event::Slot;
use crate::resource::{Want, can_serve};
use crate::units::spelling::{brief, suggestion};
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many groups of people and tools are called at once, at most: each has a bit.
pub(super) const MOST_GROUPS: usize = 50;

/// No job needs so many, and each person is searched for one by one.
const MOST_AT_ONCE: u32 = 1000;

impl Check<'_> {
    /// So many people with a skill at once, if there can be so many. The skill and the number stand in these fields.
    pub(super) fn people_wanted(
        &mut self,
        [skill_field, field]: [&str; 2],
        skill: &str,
        quantity: u32,
    ) -> Option<Want> {
        let from = self.crews_with(skill_field, skill);
        if quantity == 0 {
            let help = "give the number of people, such as 2, or leave this group out";
            self.fault(field, "nobody is called for this".to_owned(), help);
        }
        if quantity > MOST_AT_ONCE {
            let message = format!("{quantity} people at one job are too many");
            self.fault(field, message, &format!("call at most {MOST_AT_ONCE}"));
            return None;
        }
        let from = from?;
        let crews = self.around.crews;
        let most: u32 = from.iter().filter_map(|crew| crews.most(*crew)).fold(0, u32::saturating_add);
        // By a calendar, shifts may overlap.
        let is_known = !crews.incomplete && self.around.calendars.are_none();
        // A crew of nobody reports that itself.
        if is_known && most > 0 && quantity > most {
            let message = format!("{quantity} people are called, but no more than {most} have this skill");
            self.fault(field, message, "call fewer, or give the crews more people");
        }
        Some(Want { skill: crews.number_of(skill), ..Want::of(quantity, from) })
    }

    /// So many tools at once, if there are so many. The name and the number stand in these fields.
    pub(super) fn tools_wanted(
        &mut self,
        [name_field, field]: [&str; 2],
        name: &str,
        quantity: u32,
    ) -> Option<Want> {
        if quantity == 0 {
            let help = "give the number of tools, such as 2, or leave this group out";
            self.fault(field, "no tool is called for this".to_owned(), help);
        }
        if quantity > MOST_AT_ONCE {
            let message = format!("{quantity} tools at one job are too many");
            self.fault(field, message, &format!("call at most {MOST_AT_ONCE}"));
            return None;
        }
        let crews = self.around.crews;
        let (slot, size) = self.tools_named(name_field, name)?;
        if crews.callers.contains_key(name) {
            let message = format!("\"{}\" is the name of tools and of a skill", brief(name));
            let help = "give one of them another name, so that figures can tell them apart";
            self.fault(name_field, message, help);
        }
        if size > 0 && quantity > size {
            let message = format!("{quantity} tools are called, but there are only {size}");
            self.fault(field, message, "call fewer, or give a larger `size`");
        }
        Some(Want { skill: crews.number_of_tools(name), is_tools: true, ..Want::of(quantity, [slot]) })
    }

    /// Checks that there are enough people and tools for all of these at once; whether there are.
    pub(super) fn can_come_together(&mut self, field: &str, wants: &[Want]) -> bool {
        let crews = self.around.crews;
        let most = |crew: Slot| crews.most(crew).unwrap_or(0);
        // By a calendar, shifts may overlap. A group that is too large by itself is reported already.
        let is_known = !crews.incomplete && self.around.calendars.are_none();
        let alone = wants.iter().all(|want| can_serve(std::slice::from_ref(want), &most));
        let are_too_many = is_known && alone && !can_serve(wants, &most);
        if are_too_many {
            let all: u32 = wants.iter().map(|want| want.quantity).sum();
            let message = format!("{all} are called at once, and there are not so many of them");
            self.fault(field, message, "call fewer, or give the crews more people or the line more tools");
        }
        !are_too_many
    }

    /// The crews with a skill: those first that can do the least besides, and of these in the order of their names. None, and a
    /// fault, if nobody has it.
    pub fn crews_with(&mut self, field: &str, skill: &str) -> Option<Arc<[Slot]>> {
        let crews = self.around.crews;
        let able = crews.all.iter().filter(|crew| crew.skills.iter().any(|known| known == skill));
        let mut able: Vec<&CrewFacts> = able.collect();
        // A skill that nobody calls for keeps nobody from other work.
        let called =
            |crew: &&CrewFacts| crew.skills.iter().filter(|skill| crews.callers.contains_key(*skill)).count();
        able.sort_by_key(called);
        let able: Vec<Slot> = able.into_iter().map(|crew| crew.slot).collect();
        if !able.is_empty() {
            return Some(able.into());
        }
        if !crews.incomplete {
            let known: BTreeSet<&str> =
                crews.all.iter().flat_map(|crew| crew.skills.iter().map(String::as_str)).collect();
            let help = suggestion(skill, known, "the skills of the crews are").unwrap_or_else(|| {
                format!("add a crew: `\"crew\": Crew(size: 1, skills: [\"{}\"])`", brief(skill))
            });
            self.fault(field, format!("no crew has the skill \"{}\"", brief(skill)), &help);
        }
        None
    }

    /// The element of these tools and how many there are; none, and a fault, if there are no such tools.
    fn tools_named(&mut self, field: &str, name: &str) -> Option<(Slot, u32)> {
        let crews = self.around.crews;
        if let Some(found) = crews.tools.get(name) {
            return Some(*found);
        }
        if crews.incomplete {
            return None;
        }
        if self.around.names.iter().any(|known| known == name) {
            let help = "name an element of the kind `Tools`; people are called by a `skill` in `people`";
            self.fault(field, format!("\"{}\" is no tools", brief(name)), help);
            return None;
        }
        let help = suggestion(name, crews.tools.keys().map(String::as_str), "the tools are")
            .unwrap_or_else(|| format!("add them: `\"{}\": Tools(size: 1)`", brief(name)));
        self.fault(field, format!("there are no tools \"{}\"", brief(name)), &help);
        None
    }
}

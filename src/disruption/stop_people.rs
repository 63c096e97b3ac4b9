//! The people whom a repair or a maintenance needs: one person with a skill, or several at once.

use crate::checking::Check;
use crate::event::{ResourcePurpose, Slot};
use crate::resource::{Request, Want, can_serve};
use crate::units::spelling::{brief, nearest};
use serde::Deserialize;

/// Some of the people whom a repair or a maintenance needs, as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleForStop {
    /// What they must be able to do.
    pub skill: String,
    /// How many are needed; one without it.
    pub count: Option<u32>,
}

/// What a layout says of the people for a stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct StopPeople<'a> {
    /// The skill of the only person.
    pub(super) skill: Option<&'a str>,
    /// Or several people.
    pub(super) people: &'a [PeopleForStop],
    pub(super) priority: Option<i32>,
}

impl<'a> StopPeople<'a> {
    /// The skills that are needed.
    pub(super) fn skills(self) -> impl Iterator<Item = &'a str> {
        self.skill.into_iter().chain(self.people.iter().map(|group| group.skill.as_str()))
    }

    /// What the stop needs of people, if it needs any.
    pub(super) fn request(
        self,
        purpose: ResourcePurpose,
        field: &dyn Fn(&str) -> String,
        check: &mut Check<'_>,
    ) -> Option<Request> {
        if self.skills().next().is_none() {
            if self.priority.is_some() {
                check.fault(
                    &field("priority"),
                    "nobody is called for this, so nobody can come sooner".to_owned(),
                    "name the `skill` of those who come, or leave `priority` out",
                );
            }
            return None;
        }
        if self.skill.is_some() && !self.people.is_empty() {
            let message = "those who come are named twice".to_owned();
            check.fault(&field("people"), message, "put the `skill` among `people`, or leave `people` out");
        }
        let alone = self.skill.map(|skill| (field("skill"), field("count"), skill, 1));
        let groups = self.people.iter().enumerate().map(|(nth, group)| {
            let field = |name: &str| field(&format!("people[{nth}].{name}"));
            (field("skill"), field("count"), group.skill.as_str(), group.count.unwrap_or(1))
        });
        let mut wants = Vec::new();
        for (skill_field, count_field, skill, count) in alone.into_iter().chain(groups) {
            wants.extend(check.want([&skill_field, &count_field], skill, count));
        }
        if wants.len() > MOST_GROUPS {
            let message = format!("{} groups of people, but one job can call {MOST_GROUPS}", wants.len());
            check.fault(&field("people"), message, "join those that have the same skill");
        }
        check.can_come_together(&field("people"), &wants);
        let priority = self.priority.unwrap_or(0);
        (!wants.is_empty()).then(|| Request { purpose, priority, wants: wants.into() })
    }
}

/// So many groups of people are called at once, at most: each has a bit.
pub(super) const MOST_GROUPS: usize = 50;

/// No job needs so many, and each is looked for by himself.
const MOST_AT_ONCE: u32 = 1000;

impl Check<'_> {
    /// Checks that there are enough people for all of these at once; whether there are.
    pub(super) fn can_come_together(&mut self, field: &str, wants: &[Want]) -> bool {
        let crews = self.around.crews;
        let most = |crew: Slot| crews.most(crew).unwrap_or(0);
        // By a calendar, shifts may overlap. What is too much by itself is told of where it stands.
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

    /// So many tools at once, if there are so many. The name and the number stand in these fields.
    pub(super) fn tools(
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
        let Some((slot, size)) = crews.tools.get(name).copied() else {
            let is_other = self.around.names.iter().any(|known| known == name);
            if !crews.incomplete && is_other {
                let help = "name an element of the kind `Tools`; people are called by a `skill` in `people`";
                self.fault(name_field, format!("\"{}\" is no tools", brief(name)), help);
            } else if !crews.incomplete {
                let known: Vec<&str> = crews.tools.keys().map(String::as_str).collect();
                let help = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None if known.is_empty() => {
                        format!("add them: `\"{}\": Tools(size: 1)`", brief(name))
                    }
                    None => {
                        let some: Vec<String> =
                            known.iter().take(12).map(|known| format!("\"{}\"", brief(known))).collect();
                        format!("the tools are {}", some.join(", "))
                    }
                };
                self.fault(name_field, format!("there are no tools \"{}\"", brief(name)), &help);
            }
            return None;
        };
        if crews.callers.contains_key(name) {
            let message = format!("\"{}\" is the name of tools and of a skill", brief(name));
            self.fault(
                name_field,
                message,
                "give one of them another name, so that figures can tell them apart",
            );
        }
        if size > 0 && quantity > size {
            let message = format!("{quantity} tools are called, but there are only {size}");
            self.fault(field, message, "call fewer, or give a larger `size`");
        }
        Some(Want { skill: crews.number_of_tools(name), is_tools: true, ..Want::of(quantity, [slot]) })
    }

    /// So many people with a skill at once, if there can be so many. The skill and the number stand in these fields.
    pub(super) fn want(
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
        let most: u32 =
            from.iter().filter_map(|crew| self.around.crews.most(*crew)).fold(0, u32::saturating_add);
        // By a calendar, shifts may overlap.
        let is_known = !self.around.crews.incomplete && self.around.calendars.are_none();
        // A crew of nobody is told of where it stands.
        if is_known && most > 0 && quantity > most {
            let message = format!("{quantity} people are called, but no more than {most} have this skill");
            self.fault(field, message, "call fewer, or give the crews more people");
        }
        Some(Want { skill: self.around.crews.number_of(skill), ..Want::of(quantity, from) })
    }
}

//! The people whom a repair or a maintenance needs: one person with a skill, or several at once.

use super::wants::MOST_GROUPS;
use crate::checking::Check;
use crate::event::ResourcePurpose;
use crate::resource::Request;
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
            wants.extend(check.people_wanted([&skill_field, &count_field], skill, count));
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

//! How a figure of an element is measured: one value, or one for each of its parts, such as states.
//!
//! Read [`ElementMeasure`] first.

use super::ElementOutcome;
use crate::line::{Element, EnergyFactors, Group, Line};

/// Of what a figure is measured: an element, or the members of a group together.
#[derive(Clone, Copy, Debug)]
pub struct ElementSubject<'a> {
    /// The element, or the first of the group.
    pub element: &'a Element,
    /// How many elements there are; they are alike.
    pub members: usize,
    /// What an amount of each carrier is as energy.
    pub factors: &'a EnergyFactors,
}

impl<'a> ElementSubject<'a> {
    /// The members of a group; `None` if it has none.
    pub fn of_group(line: &'a Line, group: &Group) -> Option<ElementSubject<'a>> {
        let element = &line.elements[group.members.first()?.index()];
        Some(ElementSubject { element, members: group.members.len(), factors: &line.factors })
    }

    /// How many units of a resource it lends, such as people.
    pub(super) fn lends(&self) -> Option<u32> {
        self.element.datasheet.lends.map(|number| number * self.members as u32)
    }
}

/// How a figure is measured in one replication.
#[derive(Clone, Copy, Debug)]
pub(super) enum ElementMeasure {
    /// One value.
    One(fn(&ElementSubject<'_>, &ElementOutcome) -> Option<f64>),
    /// A value for each of some, such as states.
    Each(EachMeasure),
}

/// What the parts of a figure are.
#[derive(Clone, Copy, Debug)]
pub(super) enum PartKind {
    /// The same for every element, such as states.
    Fixed(fn() -> Vec<&'static str>),
    /// Its ways out.
    Way,
    /// The skills of the people that it calls, and its tools.
    Skill,
}

/// A figure that has several parts, such as a share for each state.
#[derive(Clone, Copy, Debug)]
pub(super) struct EachMeasure {
    pub(super) kind: PartKind,
    /// Which parts an element has, where that depends on it.
    pub(super) names: fn(&Element) -> Vec<&str>,
    /// Whether a part occurred in a replication; parts that never did are not shown.
    pub(super) occurs: fn(&ElementOutcome, usize) -> bool,
    /// The value of a part.
    pub(super) value: fn(&ElementSubject<'_>, &ElementOutcome, usize) -> Option<f64>,
}

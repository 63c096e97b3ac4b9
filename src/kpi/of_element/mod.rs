//! Figures of each element, as [`of_product`](super::of_product) has those of each product: the one list that tables, CSV, JSON,
//! expectations and `taktwin kpis` walk.
//!
//! The list is in `list.rs`; what each figure is computed from is in `outcome.rs`. Read [`ElementFigure`] first.

mod energy;
mod list;
mod measure;
mod outcome;

pub use list::ALL;
pub use measure::ElementSubject;
pub use outcome::ElementOutcome;

use super::Better;
use crate::energy::EnergyCarrier;
use crate::line::Element;
use measure::{EachMeasure, ElementMeasure, PartKind};

/// A figure of an element: what it is called, what it means, and where it is found.
#[derive(Clone, Copy, Debug)]
pub struct ElementFigure {
    /// The name in every table and file.
    pub name: &'static str,
    /// The unit of its values, or [`ElementFigure::UNIT_OF_PART`].
    pub unit: &'static str,
    /// What a person would call it.
    pub title: &'static str,
    /// How it is measured.
    pub formula: &'static str,
    /// Which way is better.
    pub better: Better,
    measure: ElementMeasure,
}

/// What a part of `parts_out` is called.
pub const WAY: &str = "way out";

/// The figure of an element of that name.
pub fn named(name: &str) -> Option<&'static ElementFigure> {
    ALL.iter().find(|figure| figure.name == name)
}

impl ElementFigure {
    /// Stands for the unit of a figure whose parts are amounts of carriers, each in a unit of its own.
    pub const UNIT_OF_PART: &'static str = "";

    /// Its parts, such as the states, with what each is called; one without a name if it has a single value.
    pub fn parts<'l>(&self, element: &'l Element) -> Vec<(usize, Option<&'l str>)> {
        match self.measure {
            ElementMeasure::One(_) => vec![(0, None)],
            ElementMeasure::Each(each) => (each.names)(element).into_iter().map(Some).enumerate().collect(),
        }
    }

    /// The number of a part by its name. A single way out has the name of its port, too, so that a figure keeps its name when
    /// an upgrade adds a second way.
    pub fn part_named(&self, element: &Element, name: Option<&str>) -> Option<usize> {
        let written = self.parts(element).into_iter().find(|(_, known)| *known == name).map(|(nth, _)| nth);
        let is_only = name.is_some() && self.part_noun() == Some(WAY) && element.only_port() == name;
        written.or(is_only.then_some(0))
    }

    /// What one of its parts is called, if each element has others.
    pub fn part_noun(&self) -> Option<&'static str> {
        match self.measure {
            ElementMeasure::Each(EachMeasure { kind: PartKind::Way, .. }) => Some(WAY),
            ElementMeasure::Each(EachMeasure { kind: PartKind::Skill, .. }) => Some("call for"),
            _ => None,
        }
    }

    /// Whether it has parts, such as a share for each state.
    pub fn has_parts(&self) -> bool {
        matches!(self.measure, ElementMeasure::Each(_))
    }

    /// The names of its parts, if these are the same for every element.
    pub fn fixed_parts(&self) -> Option<Vec<&'static str>> {
        match self.measure {
            ElementMeasure::Each(EachMeasure { kind: PartKind::Fixed(names), .. }) => Some(names()),
            _ => None,
        }
    }

    /// Every full name that is the same for every element.
    pub fn all_names(&self) -> Vec<String> {
        match self.fixed_parts() {
            Some(parts) => parts.into_iter().map(|part| self.full_name(Some(part))).collect(),
            None if self.has_parts() => Vec::new(),
            None => vec![self.name.to_owned()],
        }
    }

    /// The unit of a part.
    pub fn unit_of(&self, part: Option<&str>) -> &'static str {
        let of_part = || EnergyCarrier::ALL.into_iter().find(|carrier| Some(carrier.name()) == part);
        match self.unit == ElementFigure::UNIT_OF_PART {
            true => of_part().map_or("1", EnergyCarrier::unit),
            false => self.unit,
        }
    }

    /// Whether a part occurred in a replication.
    pub fn occurs(&self, one: &ElementOutcome, part: usize) -> bool {
        match self.measure {
            ElementMeasure::One(_) => true,
            ElementMeasure::Each(each) => (each.occurs)(one, part),
        }
    }

    /// The value of a part in one replication; `None` if the replication has none.
    pub fn of(&self, of: &ElementSubject<'_>, one: &ElementOutcome, part: usize) -> Option<f64> {
        match self.measure {
            ElementMeasure::One(measure) => measure(of, one),
            ElementMeasure::Each(each) => (each.value)(of, one, part),
        }
        .filter(|value| value.is_finite())
    }

    /// The full name of a part, such as `states.working`.
    pub fn full_name(&self, part: Option<&str>) -> String {
        part.map_or_else(|| self.name.to_owned(), |part| format!("{}.{part}", self.name))
    }
}

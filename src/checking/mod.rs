//! Checks of the settings of one element: a kind gets typed values and returns faults by field.
//!
//! Read [`Check`] first; what an element names of its line is looked up in `named.rs`.

pub mod contents;
mod named;

use crate::calendar::Calendars;
use crate::distribution::{CatalogColumn, CatalogRow, DistributionSpec, ReadCell, join};
use crate::event::Slot;
use crate::kernel::{Distribution, Time};
use crate::material::{Families, PartSpec};
use crate::units::Quantity;
use crate::units::spelling::brief;
use jiff::civil::DateTime;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A fault of one element, by the path of the field that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Such as `breakdowns[0].after`; empty for the whole element.
    pub field: String,
    /// The message.
    pub message: String,
    /// The remedy.
    pub help: String,
    /// The field whose value is wrong in any case, if there is one.
    pub alone: Option<String>,
    /// The other part of the line that it is about.
    pub concern: Concern,
}

/// The other part of the line that a fault is about. If that part could not be read, the fault may only follow from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Concern {
    /// Nothing but the element itself.
    #[default]
    Itself,
    /// An arrow that is not there.
    Arrow,
    /// The products as a whole.
    Products,
    /// That there is no product or family of this name.
    UnknownProduct(String),
    /// The product of this name.
    Product(String),
    /// The element of this name.
    Element(String),
}

/// What the checks of an element know of the rest of its line.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The slot of this element.
    pub me: Slot,
    /// Names of all elements by slot.
    pub names: &'a [String],
    /// Positions of all elements by slot, in metres.
    pub positions: &'a [Option<(f64, f64)>],
    /// The products.
    pub products: &'a [ProductFacts],
    /// The families of the products.
    pub families: &'a Families,
    /// How long machines work on each that leave this to its route, by stop.
    pub operations: &'a Arc<[Arc<[Option<Distribution>]>]>,
    /// From where to where this element carries parts, if it is a robot.
    pub carries: &'a [(Slot, Slot)],
    /// The skills of all crews, and the skills that are needed.
    pub crews: &'a Crews,
    /// Where only so many robots may be at once.
    pub zones: &'a Zones,
    /// How many ways out begin at each of its ports; empty if some arrows of the line could not be read.
    pub exits: &'a [usize],
    /// The products that can come here at all, if that is known.
    pub comes: Option<&'a BTreeSet<&'a str>>,
    /// How many parts a loaded carrier holds in this line, averaged over all packers; 1 without a packer.
    pub load: f64,
    /// Whether any element of the line reworks parts.
    pub reworks: bool,
    /// The date and time at which the run begins.
    pub start: DateTime,
    /// The calendars of the line.
    pub calendars: &'a Calendars,
    /// When the run ends, if it is as long as the layout says.
    pub run_ends: Time,
    /// The joules of a cubic metre of gas, if the line says so.
    pub gas_heat: Option<f64>,
    /// Whether the line has a limit up to which its elements come back from their saving modes.
    pub has_start_limit: bool,
    /// From which pause on each saving mode of this element saves energy; nothing if its power is not known.
    pub break_even: Option<&'a [BreakEven]>,
}

/// How many seconds a pause must be for a saving mode to save energy; none if no pause is long enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// A pause in which the element waits.
    pub waiting: Option<f64>,
    /// A pause outside its hours.
    pub closed: Option<f64>,
}

/// The skills of all crews, and the skills for which elements call people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crews {
    /// The skills of each crew and how many people it has at most, in the order of their names.
    pub all: Vec<CrewFacts>,
    /// The tools by name: their slot, and how many there are.
    pub tools: BTreeMap<String, (Slot, u32)>,
    /// The names of the tools that elements need.
    pub used: BTreeSet<String>,
    /// The elements that call people for a skill.
    pub callers: BTreeMap<String, BTreeSet<Slot>>,
    /// Whether some element could not be read, which may have what is missing here.
    pub incomplete: bool,
}

impl Crews {
    /// The number of a skill among all that are called for.
    pub fn number_of(&self, skill: &str) -> Option<u32> {
        self.callers.keys().position(|called| called == skill).map(|number| number as u32)
    }

    /// The number of tools, behind those of all skills.
    pub fn number_of_tools(&self, name: &str) -> Option<u32> {
        let number = self.used.iter().position(|used| used == name)?;
        Some((self.callers.len() + number) as u32)
    }

    /// How many people a crew has at most, or how many of these tools there are; none for what is neither.
    pub fn most(&self, lender: Slot) -> Option<u32> {
        let crew = self.all.iter().find(|facts| facts.slot == lender).map(|facts| facts.most);
        crew.or_else(|| self.tools.values().find(|(slot, _)| *slot == lender).map(|(_, size)| *size))
    }
}

/// What the checks of an element know of a crew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrewFacts {
    /// Its slot.
    pub slot: Slot,
    /// What its people are able to do.
    pub skills: Vec<String>,
    /// How many people it has at most.
    pub most: u32,
}

/// The zones of a line, and which robots come there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zones {
    /// The zone that each element lies in; of several the first in the file.
    pub around: BTreeMap<Slot, Slot>,
    /// The robots that stop at each element.
    pub robots: BTreeMap<Slot, BTreeSet<Slot>>,
    /// Whether some element or arrow could not be read, which may have what is missing here.
    pub incomplete: bool,
}

/// What the checks of an element know of a product.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProductFacts {
    /// Its name.
    pub name: String,
    /// The properties of its new parts.
    pub spec: PartSpec,
}

/// Reads a column of a table: the field that names it, the column, and how cells are read that are no plain numbers.
pub type ReadColumn<'a> =
    &'a mut dyn FnMut(&str, &CatalogColumn<'_>, &ReadCell<'_>) -> Result<Vec<CatalogRow>, String>;

/// The check of one element.
pub struct Check<'a> {
    /// The rest of the line.
    pub around: Surroundings<'a>,
    faults: &'a mut Vec<FieldFault>,
    read_column: ReadColumn<'a>,
}

impl<'a> Check<'a> {
    /// A check that puts what it finds into `faults`.
    pub fn new(
        around: Surroundings<'a>,
        faults: &'a mut Vec<FieldFault>,
        read_column: ReadColumn<'a>,
    ) -> Check<'a> {
        Check { around, faults, read_column }
    }

    /// The same check, which knows from which pause on the saving modes of the element save energy.
    pub fn with_break_even<'b>(self, break_even: Option<&'b [BreakEven]>) -> Check<'b>
    where
        'a: 'b,
    {
        let Check { around, faults, read_column } = self;
        Check { around: Surroundings { break_even, ..around }, faults, read_column }
    }

    /// Notes a fault.
    pub fn fault(&mut self, field: &str, message: String, help: &str) {
        self.fault_about(Concern::Itself, field, message, help);
    }

    /// Notes a fault that is there only if this part of the line is as it was read.
    pub fn fault_about(&mut self, concern: Concern, field: &str, message: String, help: &str) {
        let (field, help) = (field.to_owned(), help.to_owned());
        self.faults.push(FieldFault { field, message, help, alone: None, concern });
    }

    /// Notes that a value is wrong in any case: the fault is reported even if other fields cannot be read.
    pub fn fault_alone(&mut self, field: &str, inner: &str, message: String, help: &str) {
        let (alone, field) = (Some(field.to_owned()), join(field, inner));
        let (help, concern) = (help.to_owned(), Concern::Itself);
        self.faults.push(FieldFault { field, message, help, alone, concern });
    }

    /// Checks that a port has a way out exactly if parts go there; `why` says in a few words what parts those are.
    pub fn port(&mut self, ports: &[&str], nth: usize, needed: bool, why: &str) {
        // Nothing is known of the ways if some could not be read.
        let Some(there) = self.around.exits.get(nth).map(|ways| *ways > 0) else { return };
        let port = ports[nth];
        if needed && !there {
            let help = format!("add an arrow to the flow: \"name.{port} -> ..\"");
            self.fault_about(Concern::Arrow, "", format!("{why} have no way out"), &help);
        } else if there && !needed {
            self.fault(
                "",
                format!("no part ever leaves by the way `{port}`"),
                "remove the arrow, or say which parts take it",
            );
        }
    }

    /// Checks that a product which is needed here, and which there is, can come here.
    pub fn comes(&mut self, field: &str, name: &str) {
        let known = self.around.products.iter().any(|product| product.name == name);
        if known && self.around.comes.is_some_and(|comes| !comes.contains(name)) {
            let (concern, name) = (Concern::Product(name.to_owned()), brief(name));
            let help = format!(
                "lead a way here from a source or buffer of product \"{name}\", or from whatever makes it"
            );
            self.fault_about(concern, field, format!("no part of product \"{name}\" ever comes here"), &help);
        }
    }

    /// Checks that a number is a share of a whole.
    pub fn share(&mut self, field: &str, share: f64) {
        // Written so that what is no number at all is refused as well.
        if !(0.0..=1.0).contains(&share) {
            let message = "this is no share of the parts".to_owned();
            self.fault_alone(
                field,
                "",
                message,
                "give a number from 0 (none) to 1 (all), such as 0.02 for 2 %",
            );
        }
    }

    /// The distribution that is written there, unless it has faults.
    pub fn distribution<Q: Quantity>(
        &mut self,
        field: &str,
        written: &DistributionSpec<Q>,
    ) -> Option<Distribution> {
        match written.distribution(&mut |column, read| (self.read_column)(field, column, read)) {
            Ok(distribution) => Some(distribution),
            Err(faults) => {
                for (inner, message) in faults {
                    self.fault_alone(field, &inner, message, "");
                }
                None
            }
        }
    }

    /// A column of a table beside the layout.
    pub fn column(
        &mut self,
        field: &str,
        column: &CatalogColumn<'_>,
        read: &ReadCell<'_>,
    ) -> Option<Vec<CatalogRow>> {
        match (self.read_column)(field, column, read) {
            Ok(rows) => Some(rows),
            Err(message) => {
                self.fault(field, message, "");
                None
            }
        }
    }
}

//! The sections of the page, a file for each, and the list that the page and `--report-sections` walk.
//!
//! A section returns HTML; each text in it is escaped. Figures come from the studies, charts over time from the traces. To add
//! one, write a file with a [`PageSection`] and put it into [`SECTIONS`]. Read `figures.rs` first.

mod certainty;
mod decision;
mod energy;
mod figures;
mod flow;
mod hour;
mod inputs;
mod losses;
mod periods;
mod plans;
mod sensitivity;
mod why;

pub(super) use decision::table;

use super::PageReport;
use crate::report::words::Phrase;

/// Every section, in the order of the page.
pub static SECTIONS: &[&PageSection] = &[
    &plans::SECTION,
    &figures::SECTION,
    &periods::SECTION,
    &decision::SECTION,
    &why::SECTION,
    &losses::SECTION,
    &sensitivity::SECTION,
    &energy::SECTION,
    &flow::SECTION,
    &hour::SECTION,
    &certainty::SECTION,
    &inputs::SECTION,
];

/// A part of the page below one heading.
#[derive(Debug)]
pub struct PageSection {
    /// The name on the command line, and the place in the page.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub about: &'static str,
    /// The heading.
    pub(super) title: Phrase,
    /// Writes what stands below the heading; a section with nothing to say is left out.
    pub(super) write: fn(&PageReport<'_>) -> String,
}

impl PageSection {
    /// Whether it has nothing to say of these lines, so that the page leaves it out.
    pub fn is_empty(&self, report: &PageReport<'_>) -> bool {
        (self.write)(report).is_empty()
    }
}

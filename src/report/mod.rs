//! Reports: the results of studies as tables for people, and for programs and spreadsheets.
//!
//! All formats use the same names. A format is one file with one function for a run and one for a comparison, and one
//! line in [`FORMATS`], which the command line reads. Texts and binary files are written in the same way, as bytes. Nothing is
//! computed here. Read [`RunReport`] first, then
//! `json.rs`, which is the contract that other programs rely on.

#[cfg(feature = "formats")]
mod answer;
mod bill;
mod csv;
mod diff;
mod explain_json;
mod explain_table;
mod frontier;
mod group_rows;
mod headline;
mod heavy;
pub mod html;
mod json;
mod json_compare;
mod json_findings;
mod json_parts;
mod json_sensitivity;
mod jsonl;
mod long;
mod losses;
mod markdown;
#[cfg(feature = "formats")]
mod parquet;
mod parting;
pub mod schema;
mod sheet;
mod sheets_compare;
mod sheets_periods;
mod sheets_run;
mod table;
mod table_attribution;
mod table_compare;
mod table_findings;
mod table_periods;
mod table_run;
mod table_sensitivity;
mod text;
mod trial_files;
mod trials;
mod words;
#[cfg(feature = "formats")]
mod xlsx;

#[cfg(test)]
mod sample;

pub use bill::{BillReport, BilledLoad, bill_csv, bill_json, bill_table, tariff_table};
pub use diff::{markdown as diff_markdown, table as diff_table};
pub use explain_json::write as explain_json;
pub use explain_table::write as explain_table;
pub use frontier::{FrontierReport, frontier_csv, frontier_json, frontier_table};
pub use headline::{Headline, ThroughputFact};
pub(crate) use text::{expected, found, wrapped};
pub use trial_files::{KeptResults, github as trial_annotations, junit as trial_junit};
pub use trials::{
    TestOutcome, TestedFile, markdown as trial_markdown, table as trial_table, tally as trial_tally,
};
pub use words::Lang;

use crate::kpi::Figure;
use crate::study::losses::{LineLosses, LossChange, loss_changes};
use crate::study::sensitivity::Sensitivities;
use crate::study::{Comparison, Findings, Judgement, Study};
use std::io::{self, Write};
use std::path::Path;

/// Every format; the first is the one for terminals.
pub static FORMATS: &[&Format] = &[
    &table::FORMAT,
    &json::FORMAT,
    &jsonl::FORMAT,
    &csv::FORMAT,
    &markdown::FORMAT,
    &heavy::XLSX,
    &heavy::PARQUET,
];

/// How to get the formats that are not built by default.
pub const HOW_TO_BUILD: &str = "build it with them: cargo install --path . --features formats";

/// A way to write reports.
#[derive(Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// For whom it is, in a few words.
    pub about: &'static str,
    /// The ending of files in it.
    pub ending: &'static str,
    /// Whether a terminal cannot show it.
    pub binary: bool,
    /// Whether this program was built with it; if not, it cannot be written.
    pub built: bool,
    /// Writes what one line does.
    pub run: fn(&RunReport<'_>, &mut dyn Write) -> io::Result<()>,
    /// Writes how lines differ.
    pub compare: fn(&CompareReport<'_>, &mut dyn Write) -> io::Result<()>,
}

impl Format {
    /// Whether the ending of a file stands for this format.
    pub fn fits(&self, path: &Path) -> bool {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(self.ending))
    }
}

/// What one line does.
#[derive(Clone, Copy, Debug)]
pub struct RunReport<'a> {
    /// What its runs have shown.
    pub study: &'a Study<'a>,
    /// How they compare with what was expected.
    pub judgements: &'a [Judgement<'a>],
    /// What it would be worth if something were a little better, if that was asked for.
    pub sensitivities: Option<&'a Sensitivities>,
    /// Where its time and energy went, if that was asked for.
    pub losses: Option<&'a LineLosses>,
    /// Whether a table shows all figures of each product or element as well, and CSV those instead of the line's.
    pub by: Option<By>,
    /// The figures that a table shows; all of the line if empty.
    pub figures: &'a [Figure],
    /// How it looks where people read it.
    pub look: Look,
}

/// What figures are reported for, besides the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Each product.
    Product,
    /// Each element.
    Element,
    /// All of them, in the long table.
    All,
    /// Each [period](Study::periods), in the long table.
    Period,
}

impl By {
    /// Whether figures of this level are shown.
    fn shows(self, level: &str) -> bool {
        match self {
            By::Product => level == "product",
            By::Element => level == "element",
            By::All => true,
            By::Period => false,
        }
    }

    /// What they are of.
    fn words(self) -> &'static str {
        match self {
            By::Product => "products",
            By::Element => "elements",
            By::All => "products and elements",
            By::Period => "periods",
        }
    }
}

/// How lines differ from a baseline.
#[derive(Clone, Copy, Debug)]
pub struct CompareReport<'a> {
    /// What the runs have shown: of the baseline, then of the others.
    pub studies: &'a [Study<'a>],
    /// How the others differ, in the same order.
    pub comparisons: &'a [Comparison<'a>],
    /// How the baseline compares with what a study expects of it.
    pub base_judgements: &'a [Judgement<'a>],
    /// How the others compare with what was expected of them, in the same order.
    pub judgements: &'a [Vec<Judgement<'a>>],
    /// What the lines show together.
    pub findings: &'a Findings,
    /// Whether a table shows the differences of each product or element as well.
    pub by: Option<By>,
    /// The figures of the line that a table shows; all if empty.
    pub figures: &'a [Figure],
    /// How it looks where people read it.
    pub look: Look,
}

impl CompareReport<'_> {
    /// The answer in sentences: of several lines the best first, then each against the baseline.
    pub(crate) fn headlines(&self) -> Vec<String> {
        let said = headline::headlines(&self.names(), self.studies, self.comparisons, self.findings);
        said.iter().map(|headline| headline.in_words(Lang::En)).collect()
    }

    /// The losses of each line, with its name and study; nothing unless they were asked for.
    pub(crate) fn losses(&self) -> impl Iterator<Item = (String, &Study<'_>, &LineLosses)> {
        let lines = self.names().into_iter().zip(self.studies).zip(&self.findings.losses);
        lines.map(|((name, study), losses)| (name, study, losses))
    }

    /// How the losses of each line but the baseline differ from those of the baseline, with its name.
    pub(crate) fn loss_changes(&self) -> impl Iterator<Item = (String, Vec<LossChange>)> {
        let base = self.findings.losses.first();
        let others = self.losses().skip(1);
        others.filter_map(move |(name, _, losses)| Some((name, loss_changes(base?, losses))))
    }

    /// The names of all lines, baseline first; a name that was there before gets a number.
    pub(crate) fn names(&self) -> Vec<String> {
        different_names(self.studies)
    }
}

/// The names of lines; a name that was there before gets a number.
fn different_names(studies: &[Study<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for study in studies {
        let name = &study.line.name;
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        names.extend(candidates.find(|candidate| !names.contains(candidate)));
    }
    names
}

/// How a report looks where people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many columns there are.
    pub columns: usize,
    /// Whether there are colours.
    pub color: bool,
}

/// The width where the terminal does not give one.
pub const COLUMNS: usize = 80;

impl Default for Look {
    fn default() -> Look {
        Look { columns: COLUMNS, color: false }
    }
}

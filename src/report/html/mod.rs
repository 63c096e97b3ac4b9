//! The page of `--report`: one HTML file that opens offline, with every figure of a run or a comparison, charts, a replay, and
//! all that was assumed.
//!
//! [`write()`] makes the page from a [`PageReport`]. A section is one file in `sections` with one function, and one line in
//! [`SECTIONS`]. Charts are in `chart`, all texts in `report/words`, the look in `page.css`. The page is complete without scripts;
//! `script.js` adds hovering, sorting and the replay, `zoom.js` zooming. It asks for nothing from elsewhere, and a policy in its head forbids it.
//! The same inputs give the same page, byte for byte. Read [`PageReport`] first.

mod chart;
mod frontier_page;
mod parts;
mod sections;
mod template;

pub use super::words::Lang;
pub use frontier_page::{FrontierPage, write as frontier_page};
pub use sections::{PageSection, SECTIONS};

use super::different_names;
use super::words::Phrase;
use crate::line::Line;
use crate::study::trace::{Excerpt, RunTrace};
use crate::study::{Comparison, Findings, Judgement, Study};
use crate::units;
use chart::GanttChart;

/// What a page is made from: the studies of one line, or of a baseline and the lines that are compared with it.
#[derive(Clone, Copy, Debug)]
pub struct PageReport<'a> {
    /// What the runs have shown: of the baseline, then of the others.
    pub studies: &'a [Study<'a>],
    /// How the others differ, in the same order; empty for one line.
    pub comparisons: &'a [Comparison<'a>],
    /// How the others compare with what was expected of them, in the same order; how the one line does, if it is alone.
    pub judgements: &'a [Vec<Judgement<'a>>],
    /// How the baseline compares with what a study expects of it.
    pub base_judgements: &'a [Judgement<'a>],
    /// What the lines show together.
    pub findings: &'a Findings,
    /// The first replication of each over time.
    pub traces: &'a [RunTrace],
    /// The files that were read.
    pub inputs: &'a [InputFile],
    /// The command that makes the page.
    pub command: &'a str,
    /// The language.
    pub lang: Lang,
    /// The sections, in their order.
    pub sections: &'a [&'static PageSection],
}

/// A file that a line was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its name as the user wrote it, or as another file names it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl<'a> PageReport<'a> {
    /// The names of all lines, baseline first, each different from the others.
    fn names(&self) -> Vec<String> {
        different_names(self.studies)
    }

    /// Whether lines are compared.
    fn is_comparison(&self) -> bool {
        self.studies.len() > 1
    }

    /// Each line with its name and its trace.
    fn lines(&self) -> Vec<PageLine<'a>> {
        let (studies, traces) = (self.studies, self.traces);
        // The first look is the grey of a baseline; a line alone has a colour.
        let alone = usize::from(!self.is_comparison());
        let all = self.names().into_iter().zip(studies).zip(traces).enumerate();
        all.map(|(number, ((name, study), trace))| PageLine {
            number,
            look: (number + alone) % LOOKS,
            name,
            study,
            trace,
        })
        .collect()
    }
}

/// One of the lines on a page.
#[derive(Clone, Debug)]
struct PageLine<'a> {
    /// Its place among the lines.
    number: usize,
    /// Its colour in the style of the page.
    look: usize,
    name: String,
    study: &'a Study<'a>,
    trace: &'a RunTrace,
}

/// So many colours of lines are in the style of the page; more lines begin again.
const LOOKS: usize = 8;

/// The page; nothing without a study.
pub fn write(report: &PageReport<'_>) -> String {
    match report.studies.is_empty() || report.traces.len() != report.studies.len() {
        true => String::new(),
        false => template::page(report),
    }
}

/// The Gantt chart of an excerpt as a drawing of its own, with the style that it needs.
pub fn gantt_drawing(line: &Line, excerpt: &Excerpt, lang: Lang) -> String {
    let title = lang.fill(Phrase::GanttTitle, &[&line.name]);
    let axis = lang.fill(Phrase::Minutes, &[&units::duration(excerpt.from.secs())]);
    let drawing = GanttChart { line, excerpt, title: &title, axis: &axis, lang, has_key: true };
    let style = format!("<style>{}</style>\n", template::CHART_STYLE);
    chart::gantt(drawing, &(style + &chart::hatches()))
}

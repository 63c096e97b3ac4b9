//! A study file as it is written: a base, scenarios, how precise, which figures, and what is expected.
//!
//! Read [`StudyLayout`] first. The lines that it names are read by themselves.

use super::draft::Fields;
use super::expectation::StudyExpectation;
use super::fault::{Fault, Faults};
use super::outline::{Node, OutlineShape};
use super::run::WarmUp;
use super::scan::scan;
use super::source::Sources;
use super::{Placed, Read, placed, read, title};
use crate::units::Duration;
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// The fields of a study.
pub(crate) const FIELDS: [&str; 7] = ["name", "provenance", "base", "scenarios", "run", "figures", "expect"];

/// A study as its file says it.
#[derive(Debug)]
pub struct StudyLayout {
    /// Its name.
    pub name: String,
    /// The file of the line that the others are compared with.
    pub base: Placed<String>,
    /// The files of the others.
    pub scenarios: Vec<Placed<String>>,
    /// How it runs, where that differs from the base.
    pub run: Option<Placed<StudyRun>>,
    /// The figures of interest.
    pub figures: Vec<Placed<String>>,
    /// What must hold.
    pub expect: Vec<Placed<StudyExpectation>>,
}

/// How a study runs, where that differs from its base.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StudyRun {
    /// How narrow the intervals of figures must be, by the name of the figure.
    pub precision: IndexMap<String, String>,
    /// So many replications at most, if more are added.
    pub max_replications: Option<u32>,
    /// How many replications there are, or at first.
    pub replications: Option<u32>,
    /// From which all random numbers follow.
    pub seed: Option<u64>,
    /// How long it runs before anything is counted.
    pub warm_up: Option<WarmUp>,
    /// How long it is counted.
    pub length: Option<Duration>,
    /// How sure the intervals are.
    pub confidence: Option<f64>,
}

/// Whether a file is a study; what cannot be read is none.
pub fn is_study(path: &Path) -> bool {
    let mut sources = Sources::default();
    let root = sources.read(path).and_then(|file| scan(&sources, file));
    root.is_ok_and(|root| sources.text(root.name()) == "Study")
}

/// Reads a study file.
pub fn read_study_layout(path: &Path) -> (Option<StudyLayout>, Sources, Faults) {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let file = faults.keep(sources.read(path));
    let root = file.and_then(|file| faults.keep(scan(&sources, file)));
    let layout = root.and_then(|root| {
        root.report_duplicates(&sources, &mut faults);
        of_root(root, &sources, &mut faults)
    });
    (layout, sources, faults)
}

fn of_root(root: Node, sources: &Sources, faults: &mut Faults) -> Option<StudyLayout> {
    if sources.text(root.name()) != "Study" {
        faults.push(Fault::new("this is no study").at(root.head()).label("a study begins with `Study(`"));
        return None;
    }
    let mut fields = Fields::of(root, &FIELDS, sources, faults);
    for field in ["name", "base"] {
        fields.require(field, faults);
    }
    let name = fields.take("name").and_then(|name| faults.keep(title(&name, "name", sources)));
    if let Some(provenance) = fields.take("provenance") {
        faults.keep(title(&provenance, "provenance", sources));
    }
    let base = fields.take("base").and_then(|node| one(node, sources, faults));
    let scenarios = all(fields.list("scenarios", faults), sources, faults);
    let run: Option<Placed<StudyRun>> = fields.take("run").and_then(|node| one(node, sources, faults));
    let figures = all(fields.list("figures", faults), sources, faults);
    let expect = all(fields.list("expect", faults), sources, faults);
    if let Some(run) = &run {
        check_run(run, sources, faults);
    }
    Some(StudyLayout { name: name.unwrap_or_default(), base: base?, scenarios, run, figures, expect })
}

fn one<T: DeserializeOwned>(node: Node, sources: &Sources, faults: &mut Faults) -> Option<Placed<T>> {
    match placed(read::by_serde, node.head(), node, sources, faults) {
        Read::Right(value) => Some(value),
        Read::Mended(_) | Read::Not => None,
    }
}

fn all<T: DeserializeOwned>(nodes: Vec<Node>, sources: &Sources, faults: &mut Faults) -> Vec<Placed<T>> {
    nodes.into_iter().filter_map(|node| one(node, sources, faults)).collect()
}

/// Reports what no study can have.
fn check_run(run: &Placed<StudyRun>, sources: &Sources, faults: &mut Faults) {
    let mut fault = |field: &str, message: &str, label: &str| {
        faults.push(Fault::new(message).at(run.place_of(field, sources)).label(label));
    };
    let StudyRun { replications, max_replications, length, confidence, .. } = &run.value;
    for (field, number) in [("replications", replications), ("max_replications", max_replications)] {
        if number.is_some_and(|number| !(1..=1_000_000).contains(&number)) {
            fault(field, "this number of replications cannot be run", "expected 1 to 1,000,000");
        }
    }
    if length.is_some_and(|length| length.0 <= 0.0) {
        fault("length", "a run must have a length", "expected a time above zero, such as \"5 d\"");
    }
    if confidence.is_some_and(|confidence| !(confidence > 0.0 && confidence < 1.0)) {
        fault("confidence", "this is no confidence", "expected a number between 0 and 1, such as 0.95");
    }
    if matches!(run.node.shape, OutlineShape::Scalar) {
        fault("", "expected fields in parentheses", "expected `(field: value, ..)`");
    }
}

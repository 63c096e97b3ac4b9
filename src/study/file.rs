//! A study file, checked: the lines it compares, how they run, and what is expected of them.
//!
//! Read [`StudyFile`] first.

use super::precision::{PrecisionPlan, PrecisionTarget};
use super::{Holds, Judgement, Overrides, Study, judge_one};
use crate::kernel::Time;
use crate::kpi::{Figure, LineFigureNames};
use crate::layout::{self, Fault, Faults, Placed, Sources, StudyExpectation, StudyLayout, StudyRun, WarmUp};
use crate::line::{
    self, ExpectationGround, ExpectedFigure, Line, Rejected, WarmUpTime, expected, figure_named, no_part,
};
use std::path::{Path, PathBuf};

/// A study that can run.
#[derive(Clone, Debug)]
pub struct StudyFile {
    /// Its name.
    pub name: String,
    /// The base first, then the scenarios.
    pub lines: Vec<Line>,
    /// The files of the scenarios as they are written.
    pub scenarios: Vec<String>,
    /// The same from where the program runs.
    pub paths: Vec<PathBuf>,
    /// How they run, where that differs from the base.
    pub overrides: Overrides,
    /// The figures of interest; none named means the usual ones.
    pub figures: Vec<Figure>,
    /// How narrow intervals must be.
    pub targets: Vec<PrecisionTarget>,
    /// So many replications at most, if the study says it.
    pub most: Option<u32>,
    /// What must hold, each with the number of the line of which it must.
    pub expectations: Vec<(usize, ExpectedFigure)>,
}

/// Without a limit in the study, so many replications at most are run for a precision.
const MOST: usize = 1000;

impl StudyFile {
    /// Reads and checks a study with its lines; `sets` are changes of every line. All that is wrong is returned at once.
    pub fn read(path: &Path, sets: &[String]) -> Result<StudyFile, Vec<Rejected>> {
        let (layout, sources, mut faults) = layout::read_study_layout(path);
        let Some(layout) = layout.filter(|_| faults.is_empty()) else {
            return Err(vec![Rejected::new(faults, sources)]);
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let (mut lines, mut rejected) = (Vec::new(), Vec::new());
        for written in std::iter::once(&layout.base).chain(&layout.scenarios) {
            match line::read(&folder.join(&written.value), sets) {
                Ok(line) => lines.push(line),
                Err(wrong) => rejected.push(wrong),
            }
        }
        let study = (rejected.is_empty()).then(|| checked(&layout, lines, &sources, &mut faults));
        match study {
            Some(study) if faults.is_empty() => {
                let paths = study.scenarios.iter().map(|scenario| folder.join(scenario)).collect();
                Ok(StudyFile { paths, ..study })
            }
            _ => {
                if !faults.is_empty() {
                    rejected.insert(0, Rejected::new(faults, sources));
                }
                Err(rejected)
            }
        }
    }

    /// Lines that are compared without a study file, the base first; what the others expect of themselves must hold.
    pub fn of_lines(lines: Vec<Line>, paths: Vec<PathBuf>) -> StudyFile {
        let name = lines.first().map_or_else(String::new, |line| line.name.clone());
        let own = |(number, line): (usize, &Line)| {
            line.expectations.iter().map(|expected| (number, expected.clone())).collect::<Vec<_>>()
        };
        let expectations = lines.iter().enumerate().skip(1).flat_map(own).collect();
        let (scenarios, figures, targets) = (Vec::new(), Vec::new(), Vec::new());
        StudyFile {
            name,
            lines,
            scenarios,
            paths,
            overrides: Overrides::default(),
            figures,
            targets,
            most: None,
            expectations,
        }
    }

    /// A line by itself: what it expects of itself must hold.
    pub fn of_line(line: Line) -> StudyFile {
        let expectations = line.expectations.iter().map(|expected| (0, expected.clone())).collect();
        StudyFile { expectations, ..StudyFile::of_lines(vec![line], Vec::new()) }
    }

    /// The files that it was read from, those of its lines included.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.lines.iter().flat_map(|line| &line.files)
    }

    /// The precision that it asks for.
    pub fn precision(&self) -> Option<PrecisionPlan> {
        let most = self.most.map_or(MOST, |most| most as usize);
        let targets = self.targets.clone();
        (!targets.is_empty()).then_some(PrecisionPlan { targets, most, budget: None })
    }

    /// What was expected of a line, compared with the studies of all lines.
    pub fn judge(&self, studies: &[Study<'_>], number: usize, confidence: f64) -> Vec<Judgement<'_>> {
        let own = self.expectations.iter().filter(|(of, _)| *of == number);
        own.map(|(_, expected)| judge_one(&studies[number], studies.first(), expected, confidence)).collect()
    }

    /// Whether everything that is expected is decided.
    pub fn is_decided(&self, studies: &[Study<'_>], confidence: f64) -> bool {
        (0..studies.len()).all(|number| {
            self.judge(studies, number, confidence).iter().all(|one| one.holds != Holds::Inconclusive)
        })
    }
}

fn checked(layout: &StudyLayout, lines: Vec<Line>, sources: &Sources, faults: &mut Faults) -> StudyFile {
    let scenarios: Vec<String> = layout.scenarios.iter().map(|written| written.value.clone()).collect();
    let figures = layout.figures.iter().filter_map(|written| figure(written, &lines[0], sources, faults));
    let figures = figures.collect();
    let nothing = StudyRun::default();
    let run = layout.run.as_ref().map_or(&nothing, |run| &run.value);
    let targets = layout.run.as_ref().map_or_else(Vec::new, |run| targets(run, &lines[0], sources, faults));
    let expectations = layout.expect.iter().flat_map(|written| {
        faults.keep(expectations(written, &lines, &scenarios, sources)).unwrap_or_default()
    });
    let expectations = expectations.collect();
    let name = layout.name.clone();
    let (overrides, most) = (overrides(run), run.max_replications);
    let paths = Vec::new();
    StudyFile { name, lines, scenarios, paths, overrides, figures, targets, most, expectations }
}

fn overrides(run: &StudyRun) -> Overrides {
    let warm_up = run.warm_up.map(|warm_up| match warm_up {
        WarmUp::Auto => WarmUpTime::Auto,
        WarmUp::Given(time) => WarmUpTime::Given(Time::from_secs(time.0)),
    });
    Overrides {
        replications: run.replications,
        seed: run.seed,
        confidence: run.confidence,
        length: run.length.map(|length| Time::from_secs(length.0)),
        warm_up,
        jobs: None,
    }
}

fn figure(written: &Placed<String>, line: &Line, sources: &Sources, faults: &mut Faults) -> Option<Figure> {
    let place = written.place_of("", sources);
    faults.keep(figure_named(&written.value, line).map_err(|fault| fault.at(place)))
}

fn targets(
    run: &Placed<StudyRun>,
    line: &Line,
    sources: &Sources,
    faults: &mut Faults,
) -> Vec<PrecisionTarget> {
    let one = |(figure, width): (&String, &String)| {
        let place = run.place_of("precision", sources);
        let target = PrecisionTarget::parse(&format!("{figure} {width}"), line);
        faults.keep(target.map_err(|fault| fault.at(place)))
    };
    run.value.precision.iter().filter_map(one).collect()
}

/// An expectation for each line of which it must hold.
fn expectations(
    written: &Placed<StudyExpectation>,
    lines: &[Line],
    scenarios: &[String],
    sources: &Sources,
) -> Result<Vec<(usize, ExpectedFigure)>, Fault> {
    let (numbers, compared, inner) = match &written.value {
        StudyExpectation::Base(compared) => (vec![0], compared, "[0]"),
        StudyExpectation::Each(compared) => ((1..lines.len()).collect(), compared, "[0]"),
        StudyExpectation::Of(name, compared) => {
            let Some(nth) = scenarios.iter().position(|scenario| scenario == name) else {
                let fault = Fault::new(format!("\"{name}\" is no scenario of this study"));
                let fault = fault.at(written.place_of("[0]", sources));
                return Err(fault.spelling(name, scenarios.iter().map(String::as_str)));
            };
            (vec![nth + 1], compared, "[1]")
        }
    };
    let parts = compared.parts();
    let place = |way: &str| written.place_of(&format!("{inner}{way}"), sources);
    if matches!(written.value, StudyExpectation::Base(_)) && parts.compared != layout::Compared::Value {
        let fault = Fault::new("the base does not differ from itself").at(place(""));
        return Err(fault.help("write `Each(..)` or `Of(\"file\", ..)` around a change or a difference"));
    }
    let one = |number: usize| {
        let (line, known) = (&lines[number], LineFigureNames::of(&lines[number]));
        let ground =
            ExpectationGround { names: known.names(), currency: line.currency(), products_missing: false };
        let expected = expected(&parts, &ground, sources, place)?;
        match expected.as_ref().and_then(|expected| no_part(&expected.figure, line)) {
            Some(fault) => Err(fault.at(place("[0]"))),
            None => Ok(expected.map(|expected| (number, expected))),
        }
    };
    numbers.into_iter().filter_map(|number| one(number).transpose()).collect()
}

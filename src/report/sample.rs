//! A small line and its upgrade, for the tests of this folder.

use super::{By, CompareReport, Format, Look, RunReport};
use crate::line::{self, Line};
use crate::study::{self, Overrides, PeriodKind, StudyPlan, Watch};
use std::fs;

pub(super) const REPLICATIONS: u32 = 5;

const LINE: &str = r#"
Line(
    name: "Range hoods, line 3",
    provenance: "made up for tests",
    run: (warm_up: "1 h", length: "20 h", replications: 5, seed: 2026),
    products: { "hood": (material: "410 CNY") },
    elements: {
        "panels": Source(),
        "bend": Machine(
            cycle: Gamma(mean: "62 s", cv: 0.25),
            breakdowns: [(after: Exponential("2 h"), repair: Exponential("4 min"))],
            power: (working: "0.6 kW"),
        ),
        "rack": Buffer(capacity: 12),
        "weld": Machine(cycle: Gamma(mean: "55 s", cv: 0.25), power: (working: "18 kW", idle: "5 kW")),
        "test": Inspection(cycle: "20 s", defects: 0.02, escapes: 0.1, rework_limit: 2, power: (working: "1 kW")),
        "rest": Buffer(),
        "mend": Machine(cycle: "60 s", rework: (success: 0.8), power: (working: "1 kW")),
        "shop": Sink(),
        "bin":  Sink(scrap: true),
    },
    flow: ["panels -> bend -> rack -> weld -> test -> shop", "test.fail -> rest -> mend -> test", "test.scrap -> bin"],
    expect: [ AtLeast("throughput", "20 /h") ],
)
"#;

const UPGRADE: &str = r#"
Upgrade(
    name: "Faster bending",
    base: "line.ron",
    changes: [(name: "bending", cost: "2.4 MCNY", set: { "bend.cycle": Gamma(mean: "50 s", cv: 0.25) })],
)
"#;

/// The line and its upgrade.
fn lines() -> [Line; 2] {
    let folder = tempfile::tempdir().unwrap();
    [("line.ron", LINE), ("upgrade.ron", UPGRADE)].map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        line::read(&path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
    })
}

/// What a report of the line's runs gives.
pub(super) fn with_run<T>(see: impl FnOnce(&RunReport<'_>) -> T) -> T {
    with_run_by(None, see)
}

/// The same with figures by period.
pub(super) fn with_run_by<T>(by: Option<PeriodKind>, see: impl FnOnce(&RunReport<'_>) -> T) -> T {
    let [line, _] = lines();
    let plan = StudyPlan { by, ..StudyPlan::of(&line, &Overrides::default()) };
    let study = study::run(&line, &plan, &Watch::nobody()).unwrap();
    let judgements = study::judge(&study, &line.expectations);
    let look = Look::default();
    see(&RunReport {
        study: &study,
        judgements: &judgements,
        sensitivities: None,
        losses: None,
        by: by.map(|_| By::Period),
        figures: &[],
        look,
    })
}

/// What a report of the line against two copies of its upgrade gives.
pub(super) fn with_compare<T>(see: impl FnOnce(&CompareReport<'_>) -> T) -> T {
    with_compare_by(None, see)
}

/// The same with figures by period.
pub(super) fn with_compare_by<T>(by: Option<PeriodKind>, see: impl FnOnce(&CompareReport<'_>) -> T) -> T {
    let [line, upgrade] = lines();
    let plan = StudyPlan { by, ..StudyPlan::of(&line, &Overrides::default()) };
    let studies = study::run_all(&[&line, &upgrade, &upgrade], &plan, &Watch::nobody()).unwrap();
    let comparisons = study::compare_all(&studies);
    let judgements: Vec<_> = studies[1..].iter().map(|it| study::judge(it, &it.line.expectations)).collect();
    let (look, findings) = (Look::default(), study::Findings::of(&studies, &[]));
    see(&CompareReport {
        studies: &studies,
        comparisons: &comparisons,
        base_judgements: &[],
        judgements: &judgements,
        findings: &findings,
        by: by.map(|_| By::Period),
        figures: &[],
        look,
    })
}

/// A report of runs as text.
pub(super) fn text_of(format: &Format, report: &RunReport<'_>) -> String {
    let mut written = Vec::new();
    (format.run)(report, &mut written).unwrap();
    String::from_utf8(written).unwrap()
}

/// The report of the line's runs as text.
pub(super) fn run_text(format: &Format) -> String {
    with_run(|report| text_of(format, report))
}

/// The report of the line against two copies of its upgrade as text.
pub(super) fn compare_text(format: &Format) -> String {
    let mut written = Vec::new();
    with_compare(|report| (format.compare)(report, &mut written)).unwrap();
    String::from_utf8(written).unwrap()
}

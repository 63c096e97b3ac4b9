//! What a comparison says of assumed powers, against runs in which they are written down.

use super::kit::Folder;
use std::fs;
use taktwin::line::{self, Line};
use taktwin::stats::Verdict;
use taktwin::study::{self, AssumedPowerCheck, Comparison, ComparisonNote, Overrides, StudyPlan, Watch};

/// Two machines with all kinds of states, of which only the working powers are known; `first` is how fast the first one works.
fn line(folder: &Folder, first: &str, powers: [&str; 2]) -> Line {
    let path = folder.at("line.ron");
    let text = format!(
        r#"Line(
            name: "two",
            run: (length: "20 h", replications: 6, seed: 3),
            products: {{ "a": (), "b": () }},
            elements: {{
                "a":    Source(product: "a", interarrival: Exponential("90 s")),
                "b":    Source(product: "b", interarrival: Exponential("90 s")),
                "cut":  Machine(
                    cycle: Exponential("{first}"),
                    setup: (time: "5 s"),
                    breakdowns: [(after: Exponential("50 min"), repair: Exponential("6 min"))],
                    power: ({}),
                ),
                "weld": Machine(cycle: Exponential("38 s"), power: ({})),
                "out":  Sink(),
            }},
            flow: ["a -> cut", "b -> cut", "cut -> weld -> out"],
        )"#,
        powers[0], powers[1]
    );
    fs::write(&path, text).unwrap();
    line::read(&path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
}

/// The powers that are assumed, written down as so many times what is assumed.
fn written(times: f64) -> [String; 2] {
    let power = |name: &str, watts: f64| format!("{name}: \"{} W\"", watts * times);
    let idle = |working: f64| power("idle", working * 0.5);
    [
        format!("working: \"10 kW\", {}, {}, {}", idle(10e3), power("setup", 6e3), power("failed", 3e3)),
        format!(
            "working: (electricity: \"4 kW\", gas: \"9 kW\"), idle: (electricity: \"{} W\", gas: \"{} W\")",
            2e3 * times,
            4.5e3 * times
        ),
    ]
}

const ASSUMED: [&str; 2] = ["working: \"10 kW\"", "working: (electricity: \"4 kW\", gas: \"9 kW\")"];

fn compared<T>(powers: [&str; 2], see: impl FnOnce(&Comparison<'_>) -> T) -> T {
    let folder = Folder::with(&[]);
    let [before, after] = ["40 s", "34 s"].map(|first| line(&folder, first, powers));
    let plan = StudyPlan::of(&before, &Overrides::default());
    let studies = study::run_all(&[&before, &after], &plan, &Watch::nobody()).unwrap();
    see(&study::compare(&studies[0], &studies[1], 1))
}

fn checks(comparison: &Comparison<'_>) -> Vec<AssumedPowerCheck> {
    let note = |note: &ComparisonNote| match note {
        ComparisonNote::AssumedPowers(checks) => Some(checks.clone()),
        _ => None,
    };
    comparison.notes.iter().find_map(note).unwrap_or_default()
}

#[test]
fn other_assumed_powers_give_what_a_run_with_these_powers_gives() {
    let checks = compared(ASSUMED, checks);
    assert_eq!(checks.len(), 4, "two figures, lower and higher");
    for check in &checks {
        let powers = written(if check.higher { 1.3 } else { 0.7 });
        let [cut, weld] = &powers;
        compared([cut, weld], |run| {
            assert!(self::checks(run).is_empty(), "nothing is assumed");
            let found = run.kpis.iter().find(|found| found.name() == check.figure.name()).unwrap();
            let (found, then) = (found.change().unwrap(), check.change.unwrap());
            assert!((found.mean - then.mean).abs() < 1e-9, "{} {found:?} {then:?}", check.figure.name());
            let widths = found.half_width.unwrap() - then.half_width.unwrap();
            assert!(widths.abs() < 1e-9, "{found:?} {then:?}");
        });
    }
}

#[test]
fn verdicts_that_hold_are_told_in_one_sentence() {
    let note = compared(ASSUMED, |run| run.notes.last().map(ToString::to_string)).unwrap();
    assert_eq!(
        note,
        "the verdicts on energy and energy_per_good_part hold if all assumed powers are 30 % lower, or all 30 % higher"
    );
}

#[test]
fn a_verdict_that_depends_on_assumed_powers_is_told() {
    // The same line, but that the second says what its machines draw: a little more than is assumed of the first.
    let folder = Folder::with(&[]);
    let [cut, weld] = written(1.02);
    let before = line(&folder, "40 s", ASSUMED);
    let after = line(&folder, "40 s", [&cut, &weld]);
    let plan = StudyPlan::of(&before, &Overrides::default());
    let studies = study::run_all(&[&before, &after], &plan, &Watch::nobody()).unwrap();
    let comparison = study::compare(&studies[0], &studies[1], 1);
    let found = comparison.kpis.iter().find(|found| found.name() == "energy").unwrap();
    assert_eq!(found.verdict, Verdict::Worse);
    let holds: Vec<(String, bool, bool)> =
        checks(&comparison).iter().map(|check| (check.figure.name(), check.higher, check.holds)).collect();
    let [energy, per_part] = ["energy", "energy_per_good_part"].map(str::to_owned);
    let expected = [
        (energy.clone(), false, true),
        (energy, true, false),
        (per_part.clone(), false, true),
        (per_part, true, false),
    ];
    assert_eq!(holds, expected);
    let note = comparison.notes.last().unwrap().to_string();
    let begin = "beware, this depends on assumed powers: if all are 30 % higher, the verdict on energy is \"better\" (-";
    assert!(note.starts_with(begin), "{note}");
}

//! 95 % means 95 %: intervals over many experiments hold the truth as often as they say.
//!
//! A machine with exponential cycles that never waits makes a Poisson number of parts, so the truth is known exactly and
//! from the first instant. Of 3000 experiments 2850 ± 36 (three standard deviations) must hold it.

use super::kit::{Folder, layout};
use taktwin::kpi;
use taktwin::line::Line;
use taktwin::stats::Interval;
use taktwin::study::{self, Overrides, StudyPlan, Watch};

const EXPERIMENTS: u64 = 3000;
const EXPECTED: std::ops::RangeInclusive<usize> = 2814..=2886;

/// Twenty hours of a machine with this cycle, ten times.
fn machine(cycle: &str) -> Line {
    let machine = format!("Machine(cycle: Exponential(\"{cycle}\"))");
    let elements = [("in", "Source()"), ("m", machine.as_str()), ("out", "Sink()")];
    let text = layout("length: \"20 h\", replications: 10", &elements, &["in -> m -> out"]);
    Folder::with(&[("line.ron", &text)]).read("line.ron")
}

fn plan(line: &Line, seed: u64) -> StudyPlan {
    StudyPlan::of(line, &Overrides { seed: Some(seed), jobs: Some(1), ..Overrides::default() })
}

/// In how many experiments an interval holds the truth.
fn held(truth: f64, interval: impl Fn(u64) -> Interval) -> usize {
    (1..=EXPERIMENTS).filter(|seed| interval(*seed).contains(truth)).count()
}

#[test]
fn the_interval_of_a_mean_holds_the_truth_as_often_as_it_says() {
    let line = machine("6 min");
    let finished = kpi::named("finished").expect("a KPI");
    let interval = |seed| {
        let study = study::run(&line, &plan(&line, seed), &Watch::nobody()).expect("a line that runs");
        study.interval(finished).expect("ten values")
    };
    let found = held(200.0, interval);
    assert!(EXPECTED.contains(&found), "{found} of {EXPERIMENTS}");
}

#[test]
fn the_interval_of_a_difference_holds_the_truth_as_often_as_it_says() {
    // 20 h / 5 min less 20 h / 6 min
    let (base, other) = (machine("6 min"), machine("5 min"));
    let interval = |seed| {
        let studies =
            study::run_all(&[&base, &other], &plan(&base, seed), &Watch::nobody()).expect("two studies");
        let comparison = study::compare(&studies[0], &studies[1], 1);
        comparison.kpis.iter().find(|kpi| kpi.name() == "finished").expect("a KPI").difference
    };
    let found = held(40.0, interval);
    assert!(EXPECTED.contains(&found), "{found} of {EXPERIMENTS}");
}

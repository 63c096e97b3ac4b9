//! Running: the same bits on any number of threads, the same failures, warm-ups found.

use super::test_lines::{WORKED_BY_HAND, hours, line, mean, mm1, plan, serial, study};
use super::*;
use crate::line::WarmUpTime;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[test]
fn the_number_of_threads_changes_no_bit() {
    let fails = "breakdowns: [(after: Exponential(\"1 h\"), repair: Exponential(\"10 min\"))]";
    let machine = format!("Machine(cycle: Gamma(mean: \"60 s\", cv: 0.3), {fails})");
    let mut line = serial(&["Source()", &machine, "Buffer(capacity: 2)", &machine, "Sink()"]);
    line.run.warm_up = WarmUpTime::Auto;
    line.run.replications = 9;
    let on = |jobs| {
        let plan = StudyPlan { jobs, ..plan(&line) };
        let study = run(&line, &plan, &Watch::nobody()).expect("a line that runs");
        (study.warm_up, format!("{:?}", study.outcomes))
    };
    let alone = on(1);
    assert_eq!([on(2), on(4), on(0)], [alone.clone(), alone.clone(), alone]);
}

/// Two machines that give to each other what is not finished, without room between: they must come to a standstill.
fn deadlocking() -> Line {
    let mut line = line(
        &[
            ("in", "Source()"),
            ("weld", "Machine(cycle: Exponential(\"60 s\"))"),
            ("test", "Machine(cycle: Exponential(\"60 s\"))"),
            ("out", "Sink()"),
        ],
        &["in -> weld -> test", "test -> weld", "test -> out"],
    );
    line.elements[2].exits[0].shares = Some(vec![0.01, 0.99]);
    line
}

#[test]
fn a_deadlock_names_who_waits_for_whom_and_when() {
    let line = deadlocking();
    let failure = run(&line, &plan(&line), &Watch::nobody()).expect_err("a deadlock");
    let StudyFailure::Deadlock { time, circle, .. } = &failure else { panic!("{failure}") };
    assert!(*time > Time::ZERO && *time < hours(11.0));
    assert!(circle.contains(&"weld".to_owned()) && circle.contains(&"test".to_owned()) && circle.len() == 2);
    let written = failure.to_string();
    assert!(written.contains("weld waits for test") && written.contains("test waits for weld"), "{written}");
    assert!(written.starts_with("deadlock at "), "{written}");
}

#[test]
fn the_failure_told_is_that_of_the_first_replication_on_any_number_of_threads() {
    let mut line = deadlocking();
    // Rare enough that some replications finish and others do not.
    line.elements[2].exits[0].shares = Some(vec![0.0005, 0.9995]);
    let plan = StudyPlan { replications: 24, ..plan(&line) };
    let alone = (0..24)
        .find_map(|number| replicate(&line, &plan, number, hours(1.0), Watch::nobody().stop).err())
        .expect("one of them comes to a standstill");
    assert!(!matches!(alone, StudyFailure::Deadlock { replication: 0, .. }), "the first shows nothing");
    for jobs in [1, 2, 4] {
        let failure =
            run(&line, &StudyPlan { jobs, ..plan.clone() }, &Watch::nobody()).expect_err("a deadlock");
        assert_eq!(failure, alone);
    }
}

#[test]
fn a_study_that_is_stopped_says_so() {
    let (line, stop) = (mm1("100 s", "70 s"), AtomicBool::new(true));
    let watch = Watch { stop: &stop, ..Watch::nobody() };
    assert_eq!(run(&line, &plan(&line), &watch).err(), Some(StudyFailure::Interrupted));
}

#[test]
fn progress_ends_at_the_steps_of_the_runs_that_the_plan_tells() {
    let mut line = mm1("100 s", "70 s");
    line.run.warm_up = WarmUpTime::Auto;
    let highest = AtomicUsize::new(0);
    let watch = Watch { progress: &|done| _ = highest.fetch_max(done, Ordering::Relaxed), ..Watch::nobody() };
    let plan = plan(&line);
    run_all(&[&line, &line], &plan, &watch).expect("a line that runs");
    assert_eq!((highest.into_inner(), plan.runs(2)), (20 * STEPS, 20));
}

/// 28 machines of 7.2 min: the first part is out after 201.6 min, and from then on all is as it always is.
fn slow_to_start() -> Line {
    let machine = "Machine(cycle: Constant(\"7.2 min\"))";
    let mut settings = vec!["Source()"];
    settings.extend([machine; 28]);
    settings.push("Sink()");
    let mut line = serial(&settings);
    line.run.warm_up = WarmUpTime::Auto;
    line.run.length = hours(120.0);
    line
}

#[test]
fn an_automatic_warm_up_ends_where_the_start_up_ends() {
    let line = slow_to_start();
    let study = study(&line);
    // One hundredth of 120 h is 72 min: three of them are the first end after 201.6 min.
    assert_eq!(study.warm_up, hours(3.6));
    assert_eq!(mean(&study, "finished"), Some(1000.0));
    assert_eq!(study.warnings, [Warning::EnergyUnknown]);
}

#[test]
fn lines_to_be_compared_get_the_longest_warm_up_of_them() {
    let (slow, fast) = (slow_to_start(), serial(&WORKED_BY_HAND));
    let studies = run_all(&[&fast, &slow], &plan(&slow), &Watch::nobody()).expect("lines that run");
    assert_eq!([studies[0].warm_up, studies[1].warm_up], [hours(3.6); 2]);
}

#[test]
fn a_start_up_longer_than_half_the_run_is_at_the_limit() {
    let mut line = slow_to_start();
    line.run.length = hours(5.0);
    let study = study(&line);
    assert!(study.warnings.contains(&Warning::WarmUpAtLimit { warm_up: hours(2.5) }), "{:?}", study.warnings);
}

#[test]
fn parts_that_move_on_and_on_without_time_are_told_of() {
    let machine = "Machine(cycle: Constant(\"0 s\"))";
    let line = line(&[("in", "Source(parts: 1)"), ("a", machine), ("b", machine)], &["in -> a -> b -> a"]);
    let failure = run(&line, &plan(&line), &Watch::nobody()).expect_err("an endless instant");
    let written = failure.to_string();
    assert!(
        written.starts_with(
            "no time passes at 0 s in replication 0 of \"test line\": parts move on and on through "
        ),
        "{written}"
    );
}

//! Warnings: each is given where its reason is there, and not where it is not.

use super::Warning;
use super::test_lines::{WORKED_BY_HAND, hours, mean, mm1, serial, study};
use crate::event::State;
use crate::kernel::Time;
use crate::line::{Line, WarmUpTime};

#[test]
fn a_machine_without_power_beside_one_with_power_is_named() {
    let line = serial(&["Source()", "Machine(cycle: Constant(\"60 s\"))", WORKED_BY_HAND[1], "Sink()"]);
    assert_eq!(study(&line).warnings, [Warning::EnergyIncomplete { elements: vec!["1".to_owned()] }]);
}

#[test]
fn powers_that_were_assumed_and_mattered_are_named() {
    let line = serial(&[
        "Source()",
        "Machine(cycle: Constant(\"60 s\"))",
        "Machine(cycle: Constant(\"30 s\"), power: (working: \"3 kW\"))",
        "Sink()",
    ]);
    let study = study(&line);
    // It never was blocked, in setup or down, so those powers changed nothing.
    let assumed = Warning::AssumedPower { elements: vec![("2".to_owned(), vec![State::Starved])] };
    assert_eq!(assumed.seen(), "assumed power: starved of 2");
    assert!(study.warnings.contains(&assumed), "{:?}", study.warnings);
}

#[test]
fn a_line_from_which_nothing_comes_warns() {
    let mut line = serial(&["Source()", "Machine(cycle: Constant(\"20 h\"))", "Sink()"]);
    line.run.warm_up = WarmUpTime::Given(Time::ZERO);
    let study = study(&line);
    assert_eq!((mean(&study, "lead_time"), mean(&study, "oee")), (None, None));
    assert!(study.warnings.contains(&Warning::NothingFinished { replications: 5, of: 5 }));
}

fn warns_of_growth(line: &Line) -> bool {
    study(line).warnings.iter().any(|warning| matches!(warning, Warning::UnstableLine { .. }))
}

#[test]
fn a_queue_that_gets_more_than_it_can_serve_is_unstable() {
    assert!(warns_of_growth(&mm1("100 s", "130 s")));
}

#[test]
fn a_queue_that_serves_what_it_gets_is_stable() {
    let mut line = mm1("100 s", "70 s");
    line.run.length = hours(200.0);
    assert!(!warns_of_growth(&line));
}

#[test]
fn growth_matters_from_a_tenth_of_the_parts_inside() {
    // Each hour 75 parts come and 72 leave: 30 more in the window, above 199 on average and above 369.
    let grows = |at_first: u32| {
        let store = format!("Buffer(initial: {at_first})");
        let source = "Source(interarrival: Constant(\"48 s\"))";
        warns_of_growth(&serial(&[source, &store, "Machine(cycle: Constant(\"50 s\"))", "Sink()"]))
    };
    assert!(grows(180), "by 15 %");
    assert!(!grows(350), "by 8 %");
}

#[test]
fn few_replications_of_a_lively_line_are_too_few() {
    let mut line = mm1("1 h", "10 min");
    line.run.replications = 4;
    let study = study(&line);
    let few = study.warnings.iter().find(|warning| warning.code() == "too_few_replications");
    let Some(Warning::TooFewReplications {
        replications: 4,
        relative: Some(relative),
        required: Some(required),
    }) = few
    else {
        panic!("{:?}", study.warnings)
    };
    assert!(*relative > 0.05 && *required > 4);
}

//! Whose random numbers change when the line changes: nobody's.
//!
//! The numbers of an element are seen in what it does: the length of each operation and repair, the gaps between
//! arrivals, the way each part takes. The numbers themselves are compared in `recursion.rs`.

use super::kit::{line, record};
use taktwin::event::{State, What};
use taktwin::line::Line;
use taktwin::study::{self, Overrides, StudyPlan, Watch};

const WELD: (&str, &str) = (
    "weld",
    "Machine(cycle: Gamma(mean: \"5 s\", cv: 0.5), \
     breakdowns: [(after: Constant(\"3 parts\"), repair: Exponential(\"4 s\"))])",
);
const IN: (&str, &str) = ("in", "Source(interarrival: Exponential(\"9 s\"))");
const DRILL: (&str, &str) = ("drill", "Machine(cycle: Exponential(\"4 s\"))");
const RACK: (&str, &str) = ("rack", "Buffer(capacity: 3)");
const LEFT: (&str, &str) = ("left", "Machine(cycle: Constant(\"1 s\"))");
const RIGHT: (&str, &str) = ("right", "Machine(cycle: Constant(\"1 s\"))");
const OUT: (&str, &str) = ("out", "Sink()");
const ENDS: [&str; 4] = ["drill -> left 30 %", "drill -> right 70 %", "left -> out", "right -> out"];

/// What chance has decided: lengths of operations, lengths of repairs, arrivals, ways taken.
#[derive(Debug, PartialEq)]
struct Luck {
    cycles: Vec<u64>,
    repairs: Vec<u64>,
    arrivals: Vec<u64>,
    ways: Vec<bool>,
}

/// The luck of the first 300 parts, seen from outside.
fn luck(line: &Line) -> Luck {
    let recorded = record(line, 6000);
    let slot = |name| super::kit::slot(line, name);
    let (mut cycles, mut repairs) = (Vec::new(), Vec::new());
    // The state of the welder, since when, and the work in the part it has.
    let (mut state, mut since, mut worked) = (State::Starved, 0, 0);
    for event in recorded.0.iter().filter(|event| event.element == slot("weld")) {
        let lasted = event.time.0 - since;
        worked += if state == State::Working { lasted } else { 0 };
        since = event.time.0;
        match event.what {
            What::Completed { .. } => cycles.push(std::mem::take(&mut worked)),
            What::Became(now) => {
                repairs.extend((state == State::Failed).then_some(lasted));
                state = now;
            }
            _ => {}
        }
    }
    let arrivals = recorded.times(slot("in"), |what| matches!(what, What::Created(_)));
    let sides = [slot("left"), slot("right")];
    let ways = recorded.0.iter().filter(|event| sides.contains(&event.element));
    let ways = ways.filter(|event| matches!(event.what, What::Arrived(_)));
    let ways = ways.map(|event| event.element == sides[0]).take(300).collect();
    assert!(cycles.len() > 400 && repairs.len() > 100 && arrivals.len() > 400, "enough to compare");
    cycles.truncate(300);
    repairs.truncate(90);
    Luck { cycles, repairs, arrivals: arrivals[..300].to_vec(), ways }
}

fn flow(chain: &str) -> Vec<&str> {
    std::iter::once(chain).chain(ENDS).collect()
}

fn plain() -> Line {
    line("", &[IN, WELD, RACK, DRILL, LEFT, RIGHT, OUT], &flow("in -> weld -> rack -> drill"))
}

#[test]
fn an_element_that_is_inserted_changes_no_other_elements_numbers() {
    let wash = ("wash", "Machine(cycle: Exponential(\"3 s\"))");
    let before = line(
        "",
        &[IN, wash, WELD, RACK, DRILL, LEFT, RIGHT, OUT],
        &flow("in -> wash -> weld -> rack -> drill"),
    );
    let after = line(
        "",
        &[IN, WELD, RACK, wash, DRILL, LEFT, RIGHT, OUT],
        &flow("in -> weld -> rack -> wash -> drill"),
    );
    assert_eq!(luck(&before), luck(&plain()));
    assert_eq!(luck(&after), luck(&plain()));
}

#[test]
fn an_element_that_is_removed_changes_no_other_elements_numbers() {
    let without = line("", &[IN, WELD, DRILL, LEFT, RIGHT, OUT], &flow("in -> weld -> drill"));
    assert_eq!(luck(&without), luck(&plain()));
}

#[test]
fn the_order_of_the_elements_in_the_file_changes_no_numbers() {
    let turned = line("", &[OUT, RIGHT, LEFT, DRILL, RACK, WELD, IN], &flow("in -> weld -> rack -> drill"));
    assert_eq!(luck(&turned), luck(&plain()));
}

#[test]
fn another_distribution_for_one_element_changes_no_other_elements_numbers() {
    let drill = ("drill", "Machine(cycle: Triangular(min: \"1 s\", mode: \"2 s\", max: \"6 s\"))");
    let other = line("", &[IN, WELD, RACK, drill, LEFT, RIGHT, OUT], &flow("in -> weld -> rack -> drill"));
    assert_eq!(luck(&other), luck(&plain()));
}

#[test]
fn the_number_of_threads_changes_no_numbers() {
    let line = plain();
    let outcomes = |jobs| {
        let written = Overrides { jobs: Some(jobs), replications: Some(7), ..Overrides::default() };
        study::run(&line, &StudyPlan::of(&line, &written), &Watch::nobody()).unwrap().outcomes
    };
    let alone = outcomes(1);
    assert_ne!(alone[0].kpis, alone[1].kpis, "each replication has numbers of its own");
    for jobs in [2, 3, 4, 7] {
        assert_eq!(outcomes(jobs), alone);
    }
}

//! Traces of small lines against hand arithmetic and against the study of the same run.

use super::{RunTrace, arrow_check, trace};
use crate::event::{Slot, State};
use crate::kernel::Time;
use crate::line::Line;
use crate::study::test_lines::{WORKED_BY_HAND, hours, plan, serial, study};
use crate::study::{Watch, test_lines};

fn traced(line: &Line) -> RunTrace {
    let found = trace(line, &plan(line), hours(1.0), (hours(1.0), hours(1.0)), None, &Watch::nobody());
    found.expect("a line that runs")
}

#[test]
fn a_line_worked_by_hand_has_the_trace_that_hand_arithmetic_gives() {
    // A part a minute: the first machine works without a pause, the second half of the time; 6 kW and 3 or 1.5 kW.
    let line = serial(&WORKED_BY_HAND);
    let trace = traced(&line);
    let first = &trace.bottleneck.shares[&Slot(1)];
    assert_eq!((first.sole, first.shifting), (hours(10.0).0, 0));
    assert_eq!(trace.bottleneck.shares.len(), 1);
    // 120 bins in 11 h are 5.5 min each.
    assert!(trace.finished[1..].iter().all(|parts| (5..=6).contains(parts)), "{:?}", trace.finished);
    assert_eq!(trace.finished.iter().sum::<u64>(), 11 * 60 - 1, "the first part takes 90 s");
    let quarter = trace.profile.quarters[40];
    assert_eq!(quarter.days, 1, "the run begins at 8, the window at 9: this one begins at 10");
    assert_eq!((quarter.mean_watts(), quarter.highest_watts()), (Some(8250.0), Some(8250.0)));
    assert_eq!(trace.profile.quarters[35].days, 0);
    let (slot, rack) = &trace.levels[0];
    assert_eq!((*slot, trace.levels.len(), rack[50].highest), (Slot(2), 1, 0), "parts go through the rack");
}

#[test]
fn an_excerpt_has_every_state_and_every_move_of_its_hour() {
    let line = serial(&WORKED_BY_HAND);
    let excerpt = traced(&line).excerpt;
    assert_eq!((excerpt.from, excerpt.until, excerpt.is_cut), (hours(1.0), hours(2.0), false));
    let time_in = |slot: u32, state: State| {
        let spans = excerpt.spans.iter().filter(|span| (span.slot, span.state) == (Slot(slot), state));
        spans.map(|span| (span.until - span.from).0).sum::<u64>()
    };
    assert_eq!(time_in(1, State::Working), hours(1.0).0);
    assert_eq!((time_in(3, State::Working), time_in(3, State::Starved)), (hours(0.5).0, hours(0.5).0));
    let out = excerpt.moves.iter().filter(|one| one.to == Slot(4)).count();
    assert!((59..=61).contains(&out), "a part a minute: {out}");
}

#[test]
fn a_trace_counts_what_the_study_of_the_same_run_counts() {
    let line = test_lines::mm1("60 s", "45 s");
    let (trace, study) = (traced(&line), study(&line));
    let value = |name: &str| study.values(crate::kpi::named(name).expect("a KPI"))[0];
    let p90 = trace.lead_times.quantile(0.9);
    assert_eq!(p90, value("lead_time_p90"));
    let axis = trace.axis;
    let opened = (0..axis.count).filter(|bin| axis.edge(*bin) >= Time(hours(1.0).0 + axis.edge(1).0));
    let finished: u64 = opened.map(|bin| trace.finished[bin]).sum();
    let all = value("finished").expect("parts are finished");
    assert!(finished as f64 <= all && finished as f64 > all * 0.95, "{finished} of {all}");
    let share = &trace.bottleneck.shares[&Slot(2)];
    let busy = study.outcomes[0].elements[2].times[State::Working as usize];
    assert_eq!(share.sole + share.shifting, busy, "the only station is the bottleneck whenever it works");
}

#[test]
fn arrows_lead_to_the_slowest_station() {
    let machine = |secs: u32| format!("Machine(cycle: Exponential(\"{secs} s\"))");
    let settings = [
        "Source()".to_owned(),
        machine(40),
        "Buffer(capacity: 2)".to_owned(),
        machine(60),
        "Buffer(capacity: 2)".to_owned(),
        machine(40),
        "Sink()".to_owned(),
    ];
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    let line = serial(&settings);
    let found = arrow_check(&study(&line));
    assert_eq!(found.arrows, [(Slot(1), Slot(3)), (Slot(5), Slot(3))]);
    assert_eq!(found.bottlenecks, [Slot(3)]);
    let longest =
        traced(&line).bottleneck.shares.into_iter().max_by_key(|(_, share)| share.sole + share.shifting);
    assert_eq!(longest.map(|(slot, _)| slot), Some(Slot(3)), "both methods agree");
}

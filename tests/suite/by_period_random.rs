//! Figures by period on random lines: they add up to those of the whole window, and follow from what happened.
//!
//! The seed is fixed, so that a run of the suite says the same everywhere; raise `CASES` to look further.

use super::by_period::plan;
use super::kit::{Recording, try_record};
use super::random_lines::{Plant, any_cell, any_plant};
use super::random_people::with_people;
use super::random_shifts::{CALENDARS, RUN, with_ends};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use taktwin::calendar::TimeRange;
use taktwin::energy::EnergyCarrier;
use taktwin::event::{Listener, State, What};
use taktwin::kernel::Time;
use taktwin::kpi::{self, ElementOutcome, of_product};
use taktwin::line::Line;
use taktwin::records::{ProductTotals, Records};
use taktwin::study::{self, Outcome, PeriodKind, PeriodStudy, StudyFailure, StudyPlan, Watch};

const CASES: u32 = 60;
const KINDS: [PeriodKind; 3] = [PeriodKind::Shift, PeriodKind::Hour, PeriodKind::Day];

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-9), "{found} is not {expected}");
}

/// The sums over the periods are the figures of the whole window: counts, times and energies to the last digit.
fn adds_up(line: &Line, whole: &Outcome, periods: &[(&Outcome, Time)]) {
    let length: u64 = periods.iter().map(|(_, length)| length.0).sum();
    let sum = |of: &dyn Fn(&Outcome, f64) -> f64| {
        periods.iter().map(|(one, time)| of(one, time.0 as f64)).sum::<f64>()
    };
    let value = |one: &Outcome, name: &str| {
        one.kpis[kpi::ALL.iter().position(|kpi| kpi.name == name).unwrap()].unwrap_or(0.0)
    };
    for name in ["finished", "scrapped", "escaped"] {
        assert_eq!(sum(&|one, _| value(one, name)), value(whole, name), "{name}");
    }
    near(sum(&|one, _| value(one, "energy")), value(whole, "energy"));
    near(sum(&|one, _| value(one, "gas")), value(whole, "gas"));
    near(sum(&|one, time| value(one, "wip") * time), value(whole, "wip") * length as f64);
    let leads = |one: &Outcome| value(one, "lead_time") * value(one, "finished");
    near(sum(&|one, _| leads(one)), leads(whole));
    assert!(
        periods.iter().all(|(one, _)| value(one, "peak_power_15min") <= value(whole, "peak_power_15min"))
    );
    for nth in 0..line.products.len() {
        let value = |one: &Outcome, name: &str| {
            one.products[nth][of_product::ALL.iter().position(|figure| figure.name == name).unwrap()]
                .unwrap_or(0.0)
        };
        for name in ["entered", "finished", "scrapped"] {
            assert_eq!(sum(&|one, _| value(one, name)), value(whole, name), "{name} of product {nth}");
        }
        near(sum(&|one, time| value(one, "wip") * time), value(whole, "wip") * length as f64);
    }
    for (slot, all) in whole.elements.iter().enumerate() {
        let each = || periods.iter().map(|(one, time)| (&one.elements[slot], time.0 as f64));
        for nth in 0..State::ALL.len() {
            assert_eq!(each().map(|(one, _)| one.times[nth]).sum::<u64>(), all.times[nth]);
            near(each().map(|(one, _)| one.place_times[nth]).sum(), all.place_times[nth]);
            near(each().map(|(one, _)| one.energy_by_state[nth]).sum(), all.energy_by_state[nth]);
        }
        for nth in 0..all.incidents.len() {
            assert_eq!(each().map(|(one, _)| one.incidents[nth]).sum::<u64>(), all.incidents[nth]);
        }
        for nth in 0..all.parts_out.len() {
            assert_eq!(each().map(|(one, _)| one.parts_out[nth]).sum::<u64>(), all.parts_out[nth]);
        }
        assert_eq!(each().map(|(one, _)| one.energy).sum::<u128>(), all.energy);
        assert_eq!(each().map(|(one, _)| one.operations).sum::<u64>(), all.operations);
        assert_eq!(each().map(|(one, _)| one.overtime).sum::<u64>(), all.overtime);
        assert_eq!(each().map(|(one, _)| one.planned).sum::<u64>(), all.planned);
        assert_eq!(each().map(|(one, _)| one.scheduled).sum::<Option<u64>>(), all.scheduled);
        assert_eq!(each().map(|(one, _)| one.contents_max).max(), Some(all.contents_max));
        near(each().map(|(one, time)| one.contents_mean * time).sum(), all.contents_mean * length as f64);
        near(each().map(|(one, time)| one.at_work_mean * time).sum(), all.at_work_mean * length as f64);
        near(each().map(|(one, time)| one.there_mean * time).sum(), all.there_mean * length as f64);
        // Effectiveness and availability of the whole are the ideal and the working time, added up; unless in some period a
        // breakdown spoils more work than is done in it.
        let known = each().all(|(one, _)| one.planned == 0 || one.factors.is_some());
        if let Some(factors) = all.factors.filter(|_| known) {
            let worked = each().filter_map(|(one, _)| Some(one.factors?.availability * one.planned as f64));
            near(worked.sum(), factors.availability * all.planned as f64);
            let ideal = |one: &ElementOutcome| {
                let factors = one.factors?;
                Some(factors.effectiveness.unwrap_or(0.0) * factors.availability * one.planned as f64)
            };
            let (sum, whole) =
                (each().filter_map(|(one, _)| ideal(one)).sum::<f64>(), ideal(all).unwrap_or(0.0));
            assert!((sum - whole).abs() <= 1e-6 * whole.max(1e9), "{sum} is not {whole} in slot {slot}");
        }
    }
}

/// The figures of a period follow from what happened in it, told by the events alone.
fn follows_from_events(line: &Line, recorded: &Recording, ranges: &[TimeRange], found: &Outcome) {
    let within = |time: Time| ranges.iter().any(|range| range.from < time && time <= range.to);
    let count = |wanted: &dyn Fn(What) -> bool| {
        recorded.0.iter().filter(|event| within(event.time) && wanted(event.what)).count() as f64
    };
    let value = |name: &str| found.kpis[kpi::ALL.iter().position(|kpi| kpi.name == name).unwrap()];
    assert_eq!(value("finished"), Some(count(&|what| matches!(what, What::Delivered(_)))));
    assert_eq!(value("scrapped"), Some(count(&|what| matches!(what, What::Scrapped(_)))));
    let end = ranges.last().unwrap().to;
    for (slot, element) in found.elements.iter().enumerate() {
        let mut states: Vec<(Time, State)> = Vec::new();
        for event in recorded.0.iter().filter(|event| event.element.index() == slot && event.time <= end) {
            if let What::Became(state) = event.what {
                states.push((event.time, state));
            }
        }
        let mut times = [0; State::ALL.len()];
        for (nth, (from, state)) in states.iter().enumerate() {
            let to = states.get(nth + 1).map_or(end, |next| next.0);
            let inside =
                ranges.iter().map(|range| range.to.min(to).0.saturating_sub(range.from.max(*from).0));
            times[*state as usize] += inside.sum::<u64>();
        }
        assert_eq!(times, element.times, "{}", line.elements[slot].name);
    }
}

/// Records that are cut anywhere and added up are those of the whole.
fn records_add_up(line: &Line, recorded: &Recording, end: Time, cuts: &[u64]) {
    let (mut whole, mut stretch, mut sum) = (Records::of(line), Records::of(line), Records::of(line));
    let mut ends: Vec<Time> = cuts.iter().map(|cut| Time(cut % end.0)).collect();
    ends.sort_unstable();
    let mut ends = ends.into_iter().peekable();
    for event in &recorded.0 {
        whole.on_event(*event);
        while let Some(cut) = ends.next_if(|cut| *cut < event.time) {
            stretch.settle(cut);
            sum.add_stretch(&stretch);
            stretch.open_window(cut);
        }
        stretch.on_event(*event);
    }
    whole.settle(end);
    stretch.settle(end);
    sum.add_stretch(&stretch);
    assert_eq!((sum.line.stay(), sum.line.energy), (whole.line.stay(), whole.line.energy));
    assert_eq!((sum.line.created, sum.line.merged), (whole.line.created, whole.line.merged));
    assert_eq!((sum.line.withdrawn, &sum.line.quality), (whole.line.withdrawn, &whole.line.quality));
    assert_eq!(sum.line.lead_times, whole.line.lead_times);
    for slot in 0..line.elements.len() {
        assert_eq!(sum.waits(slot), whole.waits(slot));
        assert_eq!(sum.state_times(slot), whole.state_times(slot));
        assert_eq!(sum.closed_times(slot), whole.closed_times(slot));
        assert_eq!(
            (sum.clock(slot).ideal, sum.clock(slot).times),
            (whole.clock(slot).ideal, whole.clock(slot).times)
        );
        assert_eq!(sum.people_nanos(slot), whole.people_nanos(slot));
        assert_eq!(sum.people_overtime(slot), whole.people_overtime(slot));
        assert_eq!(sum.calls(slot), whole.calls(slot));
        assert_eq!(
            (sum.tally(slot), sum.elements[slot].left),
            (whole.tally(slot), whole.elements[slot].left)
        );
        assert_eq!(sum.elements[slot].most, whole.elements[slot].most);
        assert_eq!(sum.meters[slot].energy(), whole.meters[slot].energy());
        assert_eq!(
            sum.meters[slot].amount(EnergyCarrier::Gas),
            whole.meters[slot].amount(EnergyCarrier::Gas)
        );
    }
    for product in 0..line.products.len() {
        let (found, expected) = (sum.product(product, sum.line.settled()), whole.product(product, end));
        let counts =
            |of: &ProductTotals<'_>| (of.entered, of.delivered, of.scrapped, of.stay, of.from_carrier);
        assert_eq!(counts(&found), counts(&expected));
        let quantile = |of: &ProductTotals<'_>| of.lead_times.and_then(|times| times.quantile(0.5));
        assert_eq!(quantile(&found), quantile(&expected));
    }
}

/// All of it on one line, unless it locks up.
fn proves(line: &Line, cuts: &[u64]) {
    let end = line.run.end();
    let (recorded, result) = try_record(line, end);
    if result.is_err() {
        return;
    }
    records_add_up(line, &recorded, end, cuts);
    let run = |by, jobs| {
        let plan = StudyPlan { jobs, ..plan(line, by) };
        match study::run(line, &plan, &Watch::nobody()) {
            Ok(study) => Some(study),
            Err(StudyFailure::Deadlock { .. }) => None,
            Err(failure) => panic!("{failure}"),
        }
    };
    let Some(alone) = run(None, 1) else { return };
    for kind in KINDS {
        let study = run(Some(kind), 1).expect("it ran before");
        // The figures of the whole window are the same bits.
        assert_eq!(study.outcomes, alone.outcomes);
        let again = run(Some(kind), 3).expect("it ran before");
        for (one, other) in study.periods.iter().zip(&again.periods) {
            assert_eq!(one.study.outcomes, other.study.outcomes);
        }
        for (nth, whole) in study.outcomes.iter().enumerate() {
            let of = |one: &'_ PeriodStudy<'_>| one.period.counted.length();
            let periods: Vec<(&Outcome, Time)> =
                study.periods.iter().map(|one| (&one.study.outcomes[nth], of(one))).collect();
            adds_up(line, whole, &periods);
        }
        for one in &study.periods {
            follows_from_events(line, &recorded, one.period.counted.ranges(), &one.study.outcomes[0]);
        }
    }
}

/// The plant with hours, and with people at some of its elements.
fn worked(plant: Plant, picks: u64) -> Line {
    with_people(with_ends(plant, picks), picks.rotate_right(31)).0.line_by(CALENDARS, RUN)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(15),
        ..Default::default()
    })]

    #[test]
    fn the_periods_add_up_on_every_line(
        plant in any_plant(),
        picks in any::<u64>(),
        cuts in proptest::collection::vec(any::<u64>(), 1..9),
    ) {
        proves(&worked(plant, picks), &cuts);
    }

    #[test]
    fn the_periods_add_up_in_every_robot_cell(
        plant in any_cell(),
        picks in any::<u64>(),
        cuts in proptest::collection::vec(any::<u64>(), 1..9),
    ) {
        proves(&worked(plant, picks), &cuts);
    }
}

//! What holds on every line, shown on random ones: the four invariants, the same bits on any number of threads, a journal that
//! tells all, and no part that is lost.
//!
//! A line with a loop may lock up; that must be said and is no failure here. The seed is fixed, so that a run of the
//! suite says the same everywhere; raise `CASES` to look further.

use super::kit::Recording;
use super::random_lines::{any_plant, serial_twins};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;
use taktwin::event::{LineEvent, Listener, Slot, What};
use taktwin::flow::{DeadlockCheck, Stuck};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::records::Records;
use taktwin::records::journal::{Journal, JournalFormat, replay};
use taktwin::sim::Replication;
use taktwin::study::{self, Outcome, Overrides, StudyFailure, StudyPlan, Watch};

const CASES: u32 = 300;
const RUN: &str = "warm_up: \"200 s\", length: \"4000 s\", replications: 3";
const END: Time = Time(4_000_000_000_000);

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2026),
        ..Default::default()
    }
}

/// The outcomes on so many threads, all four invariants checked on each; or the deadlock.
fn outcomes(line: &Line, jobs: usize) -> Result<Vec<Outcome>, StudyFailure> {
    let plan = StudyPlan::of(line, &Overrides { jobs: Some(jobs), ..Overrides::default() });
    study::run(line, &plan, &Watch::nobody()).map(|study| study.outcomes)
}

/// One listener after the other.
struct Both<'a, A, B>(&'a mut A, &'a mut B);

impl<A: Listener, B: Listener> Listener for Both<'_, A, B> {
    fn on_event(&mut self, event: LineEvent) {
        self.0.on_event(event);
        self.1.on_event(event);
    }
}

fn fresh(line: &Line) -> Records {
    Records::of(line)
}

/// The records of a run, and those made from its journal.
fn recorded_and_replayed(line: &Line, format: JournalFormat) -> (Records, Records) {
    let (mut world, mut kept, mut text) = (Replication::new(line, 1, 0), fresh(line), Vec::new());
    let mut journal = Journal::new(&mut text, format, line);
    // A deadlock ends the run; what was told until then counts.
    let _ = world.advance(END, &mut Both(&mut kept, &mut journal));
    journal.finish().unwrap();
    let mut again = fresh(line);
    replay(text.as_slice(), format, line, |event| again.on_event(event)).unwrap();
    kept.settle(END);
    again.settle(END);
    (kept, again)
}

/// Follows every part: where it is, and that nothing happens to it anywhere else.
fn whereabouts(recorded: &Recording) -> BTreeMap<u64, Option<Slot>> {
    let mut places: BTreeMap<u64, Option<Slot>> = BTreeMap::new();
    let mut now = Time::ZERO;
    for event in &recorded.0 {
        assert!(event.time >= now, "time runs forward");
        now = event.time;
        let here = Some(event.element);
        match event.what {
            What::Created(part) => assert_eq!(places.insert(part.serial, here), None, "made once"),
            What::Arrived(part) => {
                assert_eq!(places.insert(part.serial, here), Some(None), "left before it comes")
            }
            What::Left { part, .. } => {
                assert_eq!(places.insert(part.serial, None), Some(here), "leaves where it is")
            }
            What::Waited { part, .. }
            | What::Completed { part, .. }
            | What::Spoilt(part)
            | What::Judged { part, .. }
            | What::Reworked(part)
            | What::Inspected { part, .. }
            | What::Escaped(part)
            | What::Converted { part, .. }
            | What::LeavesBy { part, .. }
            | What::FromCarrier { part, .. }
            | What::Packed { part, .. }
            | What::Unpacked(part) => assert_eq!(places[&part.serial], here, "worked on where it is"),
            What::Delivered(part)
            | What::Scrapped(part)
            | What::Merged { part, .. }
            | What::Withdrawn(part) => {
                assert_eq!(places.remove(&part.serial), Some(here), "goes out where it is, once");
            }
            What::Became(_)
            | What::AtWork { .. }
            | What::Saves { .. }
            | What::Attends { .. }
            | What::Answered { .. }
            | What::Lacks { .. }
            | What::Happened(_) => {}
        }
    }
    places
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_four_invariants_hold_and_threads_change_no_bit(plant in any_plant()) {
        let line = plant.line(RUN);
        let one = outcomes(&line, 1);
        if let Err(failure) = &one {
            prop_assert!(matches!(failure, StudyFailure::Deadlock { .. }), "{failure}");
        }
        for jobs in [2, 4] {
            prop_assert_eq!(&outcomes(&line, jobs), &one);
        }
    }

    #[test]
    fn a_journal_gives_the_records_of_its_run(plant in any_plant()) {
        let line = plant.line(RUN);
        for format in [JournalFormat::JsonLines, JournalFormat::Csv] {
            let (kept, again) = recorded_and_replayed(&line, format);
            prop_assert!(kept.line.created > 0);
            prop_assert_eq!(&kept, &again);
        }
    }

    #[test]
    fn every_part_is_somewhere_until_it_leaves(plant in any_plant()) {
        let line = plant.line(RUN);
        let (mut world, mut recorded) = (Replication::new(&line, 1, 0), Recording::default());
        let _ = world.advance(END, &mut recorded);
        let mut inside: Vec<u64> = Vec::new();
        world.each_part(|part| inside.push(part.serial));
        inside.sort_unstable();
        let followed = whereabouts(&recorded);
        prop_assert!(followed.values().all(Option::is_some), "nothing is between two elements");
        prop_assert_eq!(followed.into_keys().collect::<Vec<u64>>(), inside);
    }

    #[test]
    fn whoever_is_told_to_be_in_a_deadlock_never_gives_a_part_again(plant in any_plant()) {
        let line = plant.line(RUN);
        let (mut world, mut recorded) = (Replication::new(&line, 1, 0), Recording::default());
        if let Err(Stuck::Deadlock(circle)) = world.advance(END, &mut recorded) {
            // The rest of the line goes on when it is told to.
            let so_far = recorded.0.len();
            while world.advance(END, &mut recorded).is_err() {}
            // A robot that waits for one of them may still serve others.
            let stands = |slot: &Slot| circle.contains(slot) && line.elements[slot.index()].carries.is_empty();
            let gave = |event: &LineEvent| matches!(event.what, What::Left { .. }) && stands(&event.element);
            prop_assert_eq!(recorded.0[so_far..].iter().find(|event| gave(event)), None);
        }
    }

    #[test]
    fn nobody_who_waits_is_forgotten(plant in any_plant(), stops in 1u64..200) {
        let line = plant.line(RUN);
        let mut world = Replication::new(&line, 1, 0);
        for stop in 1..=stops {
            let lives = world.advance(Time(END.0 / stops * stop), &mut Recording::default()).is_ok();
            prop_assert_eq!(world.forgotten().map(|slot| &line.elements[slot.index()].name), None);
            if !lives {
                break;
            }
        }
    }

    /// Also between two events: a state that is told late makes every share of time wrong. The instants are all at which anything
    /// happens.
    #[test]
    fn the_state_that_was_told_last_is_the_state_that_an_element_is_in(plant in any_plant()) {
        let line = plant.line(RUN);
        let (mut world, mut recorded) = (Replication::new(&line, 1, 0), Recording::default());
        let (mut seen, mut states) = (0, vec![None; line.elements.len()]);
        while world.now() < END {
            let before = recorded.0.len();
            let lives = world.advance_unless(END, &mut recorded, |recorded| recorded.0.len() > before).is_ok();
            for event in &recorded.0[seen..] {
                if let What::Became(state) = event.what {
                    states[event.element.index()] = Some(state);
                }
            }
            seen = recorded.0.len();
            let mut wrong = None;
            world.look(|glance| {
                if glance.state.is_some() && glance.state != states[glance.slot.index()] {
                    wrong = Some((glance.slot, glance.state, states[glance.slot.index()]));
                }
            });
            prop_assert_eq!(wrong, None, "{:?}", world.now());
            if !lives {
                break;
            }
        }
    }

    #[test]
    fn whoever_is_never_suspected_of_a_deadlock_is_in_none(plant in any_plant()) {
        let line = plant.line(RUN);
        let mut wary = line.clone();
        wary.elements.iter_mut().for_each(|element| element.deadlock_check = DeadlockCheck::OnWait);
        // What stands still and was seen by nobody is found at the end.
        let [one, other] = [line, wary].map(|line| {
            let (mut world, mut recorded) = (Replication::new(&line, 1, 0), Recording::default());
            world.advance(END, &mut recorded).and_then(|()| world.look_for_standstills(&mut recorded))
        });
        prop_assert_eq!(one.is_err(), other.is_err(), "{:?} {:?}", one, other);
    }

    #[test]
    fn stopping_to_look_changes_nothing(plant in any_plant(), stops in 1u64..50) {
        let line = plant.line(RUN);
        let (mut straight, mut by_steps) = (Recording::default(), Recording::default());
        let whole = Replication::new(&line, 1, 0).advance(END, &mut straight);
        let mut world = Replication::new(&line, 1, 0);
        let step = |i: u64| Time(END.0 / stops * i + END.0 % stops * u64::from(i == stops));
        let stepped = (1..=stops).try_for_each(|i| world.advance(step(i), &mut by_steps));
        prop_assert_eq!(whole, stepped);
        prop_assert_eq!(straight.0, by_steps.0);
    }

    #[test]
    fn a_wider_buffer_never_delays_a_part((narrow, wide) in serial_twins()) {
        let deliveries = |line: &Line| {
            let mut recorded = Recording::default();
            let _ = Replication::new(line, 1, 0).advance(END, &mut recorded);
            recorded.deliveries()
        };
        let (narrow, wide) = (deliveries(&narrow.line(RUN)), deliveries(&wide.line(RUN)));
        prop_assert!(wide.len() >= narrow.len());
        let delayed = wide.iter().zip(&narrow).position(|(wide, narrow)| wide > narrow);
        prop_assert_eq!(delayed, None);
    }
}

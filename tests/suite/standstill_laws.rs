//! Random lines are told to be dead if and only if nothing ever moves in them again.

use super::kit::{Recording, SECOND};
use super::random_lines::{Plant, any_plant};
use super::random_rings::{any_ring, any_ring_with_people};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use taktwin::event::{LineEvent, State, What};
use taktwin::flow::{DeadlockCheck, Standstill, Stuck};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::sim::Replication;

/// Where a run that nobody watches comes to rest.
struct Rest {
    told: Vec<LineEvent>,
    /// When a part moved or was worked on last.
    since: Time,
    /// Whether parts are inside.
    holds: bool,
    /// Whether work was begun after that, such as work that a breakdown interrupts again and again before it is done.
    works: bool,
}

/// A run without any search for deadlocks; none if parts go round without time.
fn unwatched(line: &Line, end: Time) -> Option<Rest> {
    let mut blind = line.clone();
    blind.elements.iter_mut().for_each(|element| element.deadlock_check = DeadlockCheck::Never);
    let (mut world, mut recorded) = (Replication::new(&blind, 1, 0), Recording::default());
    match world.advance(end, &mut recorded) {
        Ok(()) => {}
        Err(Stuck::NoTimePasses(_)) => return None,
        Err(Stuck::Deadlock(_)) => panic!("nobody looked"),
    }
    let of_parts =
        |event: &&LineEvent| !matches!(event.what, What::Became(_) | What::AtWork { .. } | What::Happened(_));
    let since = recorded.0.iter().rev().find(of_parts).map_or(Time::ZERO, |event| event.time);
    let mut holds = false;
    world.each_part(|_| holds = true);
    let begins = |event: &LineEvent| event.time > since && event.what == What::Became(State::Working);
    let works = recorded.0.iter().any(begins);
    Some(Rest { told: recorded.0, since, holds, works })
}

/// What a run says of itself: the standstills, and whether and when it ended for one.
fn watched(line: &Line, end: Time) -> (Vec<Standstill>, Option<Time>) {
    let (mut world, mut recorded) = (Replication::new(line, 1, 0), Recording::default());
    let ended = match world.advance(end, &mut recorded) {
        Ok(()) => world.look_for_standstills(&mut recorded).is_err().then_some(end),
        Err(_) => Some(world.now()),
    };
    (world.standstills().to_vec(), ended)
}

/// Longer than anything in a random line takes.
const LONG: Time = Time(20_000 * SECOND);
const END: Time = Time(40_000 * SECOND);

fn is_told_if_and_only_if_it_is_dead(plant: &Plant) -> Result<(), TestCaseError> {
    let line = plant.line("");
    let Some(rest) = unwatched(&line, END) else { return Ok(()) };
    let (found, ended) = watched(&line, END);
    if rest.holds && !rest.works && END - rest.since >= LONG {
        prop_assert!(!found.is_empty(), "nothing moves since {:?}", rest.since);
    }
    for stands in &found {
        let since = stands.since.unwrap_or(END);
        let stirs = |event: &&LineEvent| {
            event.time > since
                && stands.elements.contains(&event.element)
                && matches!(event.what, What::Left { .. })
        };
        prop_assert_eq!(rest.told.iter().find(stirs), None, "{:?}", stands);
    }
    if let Some(ended) = ended {
        // What was past the circle already may still leave, and what is made of that.
        let of_source = |event: &&LineEvent| line.elements[event.element.index()].kind == "Source";
        let made: BTreeSet<u64> = rest
            .told
            .iter()
            .filter(of_source)
            .filter_map(|event| match event.what {
                What::Created(part) if part.entered > ended => Some(part.serial),
                _ => None,
            })
            .collect();
        let delivered =
            |event: &&LineEvent| matches!(event.what, What::Delivered(part) if made.contains(&part.serial));
        prop_assert_eq!(rest.told.iter().find(delivered), None);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() })]

    #[test]
    fn a_line_with_loops_is_told_to_be_dead_if_and_only_if_it_is(plant in any_ring()) {
        is_told_if_and_only_if_it_is_dead(&plant)?;
    }

    #[test]
    fn a_line_with_loops_and_people_is_told_to_be_dead_if_and_only_if_it_is(plant in any_ring_with_people()) {
        is_told_if_and_only_if_it_is_dead(&plant)?;
    }

    #[test]
    fn any_line_is_told_to_be_dead_if_and_only_if_it_is(plant in any_plant()) {
        is_told_if_and_only_if_it_is_dead(&plant)?;
    }
}

//! What holds of people on every line, shown on random ones: all that holds of hours; a machine never works without the people
//! whom it needs; what crews do adds up; and if there are always enough of them, a line works as it does without them.
//!
//! The seed is fixed, so that a run of the suite says the same everywhere; raise `CASES` in `random_shifts.rs` to look further.

use super::kit::{Recording, try_record};
use super::random_lines::{Plant, any_cell, any_plant};
use super::random_shifts::{CALENDARS, END, RUN, config, proves, with_ends};
use proptest::prelude::*;
use std::collections::BTreeMap;
use taktwin::event::{Listener, ResourcePurpose, Slot, State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::records::Records;
use taktwin::sim::Replication;

/// What works, as an element of a layout begins.
pub const KINDS: [&str; 9] = [
    "Machine(",
    "Batch(",
    "Inspection(",
    "Assembler(",
    "Packer(",
    "Unpacker(",
    "Disassembler(",
    "Robot(",
    "Conveyor(",
];

/// How many people with the skill "red" an element needs for its work, by what is written of it.
const GROUPS: [(u32, &str); 8] = [
    (0, ""),
    (1, "people: [(skill: \"red\")], "),
    (2, "people: [(skill: \"red\", count: 2, for: [Work], priority: 1)], "),
    (1, "people: [(skill: \"red\", may_leave: true)], "),
    (2, "people: [(skill: \"red\"), (skill: \"red\", may_leave: true, priority: -1)], "),
    (2, "people: [(skill: \"red\"), (skill: \"blue\")], "),
    (0, "tools: [(tool: \"jig\", count: 2)], "),
    (1, "people: [(skill: \"red\")], tools: [(tool: \"jig\")], "),
];

/// The plant with people at some of its elements, and how many each of these needs.
pub fn with_people(mut plant: Plant, picks: u64) -> (Plant, BTreeMap<String, u32>) {
    let mut needs = BTreeMap::new();
    for (nth, (name, written)) in plant.elements.iter_mut().enumerate() {
        let (count, group) = GROUPS[(picks >> (5 * nth % 60)) as usize % GROUPS.len()];
        let kind = KINDS.into_iter().find(|kind| written.starts_with(kind));
        // The tools of a robot are others, a belt has none, and one that never stops waits for nobody.
        let has_no_tools = kind.is_some_and(|kind| ["Robot(", "Conveyor("].contains(&kind));
        let cannot = written.contains("places:")
            || written.contains("Never")
            || has_no_tools && group.contains("tools:");
        if let Some(kind) = kind.filter(|_| !group.is_empty() && !cannot) {
            *written = written.replacen(kind, &format!("{kind}{group}"), 1);
            needs.insert(name.clone(), count);
        }
    }
    if plant.elements.iter().any(|(_, written)| written.contains("\"jig\"")) {
        plant.elements.push(("jig".to_owned(), "Tools(size: 3)".to_owned()));
    }
    (plant, needs)
}

/// Whoever works has the people whom that needs, and nobody stays where nobody is needed.
fn nobody_works_alone(line: &Line, needs: &BTreeMap<String, u32>, recorded: &Recording) {
    let (mut states, mut with) = (BTreeMap::new(), BTreeMap::<Slot, i64>::new());
    let mut busy: BTreeMap<Slot, u32> = BTreeMap::new();
    let mut events = recorded.0.iter().peekable();
    while let Some(event) = events.next() {
        match event.what {
            What::Became(state) => _ = states.insert(event.element, state),
            // Tools stay while a machine stands.
            What::AtWork { .. } if line.elements[event.element.index()].is_tools() => {}
            What::AtWork { busy: now, purpose, holder } => {
                let before = busy.insert(event.element, now).unwrap_or(0);
                let handles = [ResourcePurpose::Loading, ResourcePurpose::Unloading].contains(&purpose);
                let is_robot = line.elements[holder.index()].kind == "Robot";
                if purpose == ResourcePurpose::Work || is_robot && handles {
                    *with.entry(holder).or_default() += i64::from(now) - i64::from(before);
                }
            }
            _ => {}
        }
        // What is told of one instant holds at its end.
        if events.peek().is_some_and(|next| next.time == event.time) {
            continue;
        }
        for (slot, state) in &states {
            let name = &line.elements[slot.index()].name;
            let needed = needs.get(name).copied().unwrap_or(0);
            let there = with.get(slot).copied().unwrap_or(0);
            let (kind, needed) = (line.elements[slot.index()].kind, i64::from(needed));
            let expected = match state {
                State::Working | State::Moving => needed..=needed,
                // Nobody handles where people are needed only on the way.
                State::Holding if kind == "Robot" => 0..=needed,
                _ => 0..=0,
            };
            assert!(expected.contains(&there), "{there} at {name}, {state:?}, at {:?}", event.time);
        }
    }
}

/// While work or a stop waits, and only then, somebody or something is missing, as the state says: nobody walks in these plants.
fn what_is_missing_is_what_it_waits_for(line: &Line, recorded: &Recording) {
    let (mut states, mut lacks) = (BTreeMap::new(), BTreeMap::<(Slot, bool), i32>::new());
    let mut events = recorded.0.iter().peekable();
    while let Some(event) = events.next() {
        match event.what {
            What::Became(state) => _ = states.insert(event.element, state),
            What::Lacks { skill, lacks: begins } => {
                let is_tool = line.skill_name(event.element, skill) == "jig";
                *lacks.entry((event.element, is_tool)).or_default() += if begins { 1 } else { -1 };
            }
            _ => {}
        }
        if events.peek().is_some_and(|next| next.time == event.time) {
            continue;
        }
        for (slot, state) in &states {
            let [people, tools] =
                [false, true].map(|is_tool| lacks.get(&(*slot, is_tool)).is_some_and(|count| *count > 0));
            let expected = match state {
                State::WaitingForPeople | State::WaitingForRepair => people,
                State::WaitingForTools => tools && !people,
                // Outside its hours a robot rests while it waits.
                State::Paused if line.elements[slot.index()].kind == "Robot" => !tools,
                _ => !people && !tools,
            };
            let name = &line.elements[slot.index()].name;
            assert!(
                expected,
                "{name} is {state:?} at {:?}, lacks people: {people}, tools: {tools}",
                event.time
            );
        }
    }
}

/// What crews do adds up, by the journal and by the records.
fn crews_add_up(line: &Line, recorded: &Recording) {
    let mut records = Records::of(line);
    recorded.0.iter().for_each(|event| records.on_event(*event));
    records.settle(END);
    for (slot, crew) in line.elements.iter().enumerate().filter(|(_, element)| element.kind == "Crew") {
        let (mut busy, mut there, mut since) = (0_u32, None::<u32>, Time::ZERO);
        let (mut at_work, mut overtime, mut calls, mut waits) = (0_u128, 0_u128, 0, 0);
        let mut pass = |until: Time, busy: u32, there: Option<u32>| {
            let length = u128::from((until - since).0);
            at_work += length * u128::from(busy);
            overtime += length * u128::from(there.map_or(0, |there| busy.saturating_sub(there)));
            since = until;
        };
        for event in recorded.0.iter().filter(|event| event.element.index() == slot) {
            pass(event.time, busy, there);
            match event.what {
                What::AtWork { busy: now, .. } => busy = now,
                What::Attends { there: now } => there = Some(now),
                What::Answered { waited } => (calls, waits) = (calls + 1, waits + u128::from(waited.0)),
                _ => {}
            }
        }
        pass(END, busy, there);
        let purposes: u128 =
            ResourcePurpose::ALL.iter().map(|purpose| records.people_nanos_for(slot, *purpose)).sum();
        assert_eq!((records.people_nanos(slot), purposes), (at_work, at_work), "{}", crew.name);
        assert_eq!(records.people_overtime(slot), overtime, "{}", crew.name);
        assert_eq!(records.calls(slot), (calls, waits), "{}", crew.name);
    }
}

/// A picture shows everybody who is there, and at each machine as many as it holds.
fn everybody_is_somewhere(line: &Line, recorded: &Recording) {
    let mut run = Replication::new(line, 1, 0);
    run.advance(END, &mut Recording::default()).expect("it was recorded");
    let whereabouts = run.whereabouts();
    for (slot, crew) in (0..).map(Slot).zip(&line.elements).filter(|(_, element)| element.kind == "Crew") {
        let told = || recorded.0.iter().rev().filter(|event| event.element == slot);
        let busy = told().find_map(|event| match event.what {
            What::AtWork { busy, .. } => Some(busy),
            _ => None,
        });
        let there = told().find_map(|event| match event.what {
            What::Attends { there } => Some(there),
            _ => None,
        });
        let (busy, there) = (busy.unwrap_or(0), there.or(crew.datasheet.lends).expect("a crew"));
        let count = |is_busy: bool| {
            let here = whereabouts.iter().filter(|group| group.lender == slot && group.busy == is_busy);
            here.map(|group| group.quantity).sum::<u32>()
        };
        assert_eq!((count(true), count(false)), (busy, there.saturating_sub(busy)), "{}", crew.name);
    }
}

fn people_hold(plant: Plant, picks: [u64; 2]) {
    let (plant, needs) = with_people(with_ends(plant, picks[0]), picks[1]);
    let line = plant.line_by(CALENDARS, RUN);
    proves(&line);
    let (recorded, result) = try_record(&line, END);
    nobody_works_alone(&line, &needs, &recorded);
    what_is_missing_is_what_it_waits_for(&line, &recorded);
    if result.is_ok() {
        crews_add_up(&line, &recorded);
        everybody_is_somewhere(&line, &recorded);
    }
}

/// When parts were finished and left, element by element.
fn finished(line: &Line, recorded: &Recording) -> Vec<(Time, String, What)> {
    let told = recorded.0.iter().filter(|event| {
        matches!(
            event.what,
            What::Completed { .. } | What::Delivered(_) | What::Scrapped(_) | What::Arrived(_)
        )
    });
    let mut told: Vec<_> = told
        .map(|event| (event.time, line.elements[event.element.index()].name.clone(), event.what))
        .collect();
    told.sort_by_key(|(time, name, what)| (*time, name.clone(), format!("{what:?}")));
    told
}

/// The same plant with so many people that nobody ever waits, and without any.
fn enough_people_change_nothing(plant: Plant, picks: u64) {
    // Before a part is begun that waits for people, if only for no time, a stop may come that would else have come after it.
    let stops = plant
        .elements
        .iter()
        .any(|(_, written)| written.contains("maintenance:") || written.contains("breakdowns:"));
    if stops {
        return;
    }
    let plain = plant.line("");
    let (plant, needs) = with_people(plant, picks);
    let mut crowd = plant;
    for (_, written) in &mut crowd.elements {
        *written = written
            .replace("skill: \"red\"", "skill: \"many\"")
            .replace("skill: \"blue\"", "skill: \"many\"")
            .replace("Tools(size: 3)", "Tools(size: 1000)");
    }
    if needs.values().any(|count| *count > 0) {
        crowd.elements.push(("many".to_owned(), "Crew(size: 1000, skills: [\"many\"])".to_owned()));
    }
    let crowded = crowd.line("");
    let [(alone, one), (with, other)] = [&plain, &crowded].map(|line| try_record(line, END));
    assert_eq!(one.is_ok(), other.is_ok());
    if one.is_ok() {
        assert_eq!(finished(&plain, &alone), finished(&crowded, &with));
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn people_hold_on_every_line(plant in any_plant(), picks in any::<[u64; 2]>()) {
        people_hold(plant, picks);
    }

    #[test]
    fn people_hold_in_every_robot_cell(plant in any_cell(), picks in any::<[u64; 2]>()) {
        people_hold(plant, picks);
    }

    #[test]
    fn a_line_with_enough_people_works_as_it_does_without(plant in any_plant(), picks in any::<u64>()) {
        enough_people_change_nothing(plant, picks);
    }
}

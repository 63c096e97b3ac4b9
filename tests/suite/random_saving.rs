//! What holds of saving modes on every line, shown on random ones: the four invariants, a journal that tells all, hours, and phases
//! that last as long as they are written, with nothing worked on meanwhile.
//!
//! The seed is fixed, so that a run of the suite says the same everywhere; raise `cases` to look further.

use super::kit::{Recording, try_record};
use super::random_lines::{Plant, any_cell, any_plant};
use super::random_people::KINDS;
use super::random_shifts::{CALENDARS, END, RUN, config, proves, with_ends};
use proptest::prelude::*;
use taktwin::event::{Incident, Slot, State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::saving::{EnergySaver, ModePlan};

const MODES: [&str; 4] = [
    "",
    "(power: \"0.2 kW\", time_to_pause: \"3 s\", time_to_operate: \"11 s\", off: [After(\"20 s\")])",
    "(power: \"0.2 kW\", time_to_operate: \"40 s\", off: [After(\"0 s\"), Closed], minimum_pause: \"2 min\")",
    "(power: \"0.2 kW\", off: [After(\"5 s\")]), (power: \"0.1 kW\", time_to_pause: \"7 s\", time_to_operate: \"30 s\", \
     minimum_stay: \"15 s\", maximum_stay: \"5 min\", off: [After(\"60 s\"), Closed], minimum_pause: \"1 min\")",
];

/// The plant with saving modes for each of its elements that can have some.
pub fn with_saving(mut plant: Plant, picks: u64) -> Plant {
    for (nth, (_, written)) in plant.elements.iter_mut().enumerate() {
        let modes = MODES[(picks >> (2 * nth % 62) & 3) as usize];
        if let Some(kind) = KINDS.into_iter().find(|kind| written.starts_with(kind) && !modes.is_empty()) {
            let known = written.contains("power: (");
            let power = if known { "" } else { "power: (working: \"5 kW\", idle: \"2 kW\"), " };
            *written = written.replacen(kind, &format!("{kind}saving: [{modes}], {power}"), 1);
        }
    }
    plant
}

fn modes(line: &Line, slot: Slot) -> &[ModePlan] {
    line.elements[slot.index()].prototype.saver().map_or(&[], EnergySaver::modes)
}

/// Every phase of a mode lasts as long as it is written, unless the hours or a stop end it; and no part comes meanwhile.
fn phases_are_kept(line: &Line, recorded: &Recording) {
    for (element, slot) in line.elements.iter().zip((0..).map(Slot)) {
        let (mut mode, mut state, mut since, mut broken, mut closed) =
            (0, State::Starved, Time::ZERO, true, false);
        for event in recorded.0.iter().filter(|event| event.element == slot) {
            match event.what {
                What::Saves { mode: entered } => {
                    // Only the end of its hours sends it into another mode on its way.
                    broken |= !matches!(state, State::Starved | State::Blocked | State::Standby);
                    mode = usize::from(entered);
                }
                What::Happened(Incident::Closed) => (broken, closed) = (true, true),
                What::Happened(Incident::Opened) => closed = false,
                What::Became(next) => {
                    let lasted = event.time - since;
                    let plan = modes(line, slot).get(mode);
                    let is_stop =
                        !matches!(next, State::Standby | State::WarmUp | State::Starved | State::Blocked);
                    let wanted = match (state, plan) {
                        (State::ShutDown, Some(plan)) => Some(plan.to_pause),
                        (State::WarmUp, Some(plan)) if next != State::ShutDown => Some(plan.to_operate),
                        _ => None,
                    };
                    let is_cut = is_stop && element.carries.is_empty() && lasted < wanted.unwrap_or_default();
                    let is_usual = !broken && !is_cut;
                    assert!(
                        wanted.is_none_or(|wanted| lasted == wanted || !is_usual),
                        "{}: {state:?} for {lasted:?} before {next:?} at {:?}",
                        element.name,
                        event.time
                    );
                    broken = is_stop;
                    (state, since) = (next, event.time);
                }
                What::Arrived(part) => {
                    // The state follows the part at an instant. A robot that was on its way when the hours ended still brings its part.
                    let operate = modes(line, slot).get(mode).map_or(Time::ZERO, |plan| plan.to_operate);
                    let is_back = match state {
                        State::ShutDown => false,
                        State::Standby => operate == Time::ZERO,
                        State::WarmUp => event.time - since == operate,
                        _ => true,
                    };
                    let comes = is_back || closed || !element.carries.is_empty();
                    assert!(comes, "{}: {part:?} at {:?}", element.name, event.time);
                }
                _ => {}
            }
        }
    }
}

fn all_holds(plant: Plant, ends: u64, picks: u64) {
    let line = with_saving(with_ends(plant, ends), picks).line_by(CALENDARS, RUN);
    phases_are_kept(&line, &try_record(&line, END).0);
    proves(&line);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..config() })]

    #[test]
    fn saving_modes_hold_on_every_line(plant in any_plant(), ends in any::<u64>(), picks in any::<u64>()) {
        all_holds(plant, ends, picks);
    }

    #[test]
    fn saving_modes_hold_in_every_robot_cell(plant in any_cell(), ends in any::<u64>(), picks in any::<u64>()) {
        all_holds(plant, ends, picks);
    }
}

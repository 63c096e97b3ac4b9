//! Waiting on random lines: an independent computation from what happened, and bounds.

use super::kit::{self, Recording, SECOND, serial, slot};
use super::random_lines::any_plant;
use proptest::prelude::*;
use std::collections::BTreeMap;
use taktwin::event::{LineEvent, Listener, Slot, State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::records::{Records, Waits};
use taktwin::sim::Replication;

/// A listener that keeps records and the facts behind them.
struct Both(Records, Recording);

impl Listener for Both {
    fn on_event(&mut self, event: LineEvent) {
        self.0.on_event(event);
        self.1.on_event(event);
    }
}

/// What is known of a part at the element where it is, from facts alone.
#[derive(Clone, Copy, Debug, Default)]
struct Visit {
    came: u64,
    begun: Option<u64>,
    ended: Option<u64>,
    packed: bool,
}

const DOWN: [State; 3] = [State::Failed, State::WaitingForRepair, State::Maintenance];

const BUSY: [State; 3] = [State::Working, State::Setup, State::Holding];

/// The slow, obvious way: every part with its times in a map, every wait from the facts at its ends.
#[derive(Default)]
struct Diary {
    visits: BTreeMap<u64, Visit>,
    states: BTreeMap<u32, State>,
    /// Parts that came to a machine while it was down, or to a batch machine, by element.
    waiting: BTreeMap<u32, Vec<u64>>,
    found: BTreeMap<u32, Waits>,
}

impl Diary {
    fn leave(&mut self, element: Slot, visit: Visit, now: u64, stores: bool) {
        let found = self.found.entry(element.0).or_default();
        found.parts += 1;
        if stores {
            found.queue += u128::from(now - visit.came);
        } else {
            found.queue += u128::from(visit.begun.unwrap_or(visit.came) - visit.came);
            found.blocked += u128::from(now - visit.ended.unwrap_or(visit.came));
        }
    }

    fn on_event(&mut self, line: &Line, event: &LineEvent) {
        let (now, slot) = (event.time.0, event.element.0);
        let kind = line.elements[event.element.index()].kind;
        let stores = matches!(kind, "Source" | "Buffer");
        match event.what {
            What::Created(part) => {
                self.visits.insert(part.serial, Visit { came: now, ..Visit::default() });
            }
            What::Arrived(part) => {
                let visit = self.visits.get_mut(&part.serial).unwrap();
                if !visit.packed {
                    *visit = Visit { came: now, ..Visit::default() };
                    let down = self.states.get(&slot).is_some_and(|state| DOWN.contains(state));
                    if kind == "Batch" || down && matches!(kind, "Machine" | "Inspection") {
                        self.waiting.entry(slot).or_default().push(part.serial);
                    }
                }
            }
            What::Became(state) => {
                self.states.insert(slot, state);
                if BUSY.contains(&state) {
                    for serial in self.waiting.remove(&slot).unwrap_or_default() {
                        let visit = self.visits.get_mut(&serial).unwrap();
                        visit.begun.get_or_insert(now);
                    }
                }
            }
            What::Waited { part, queued } => {
                let visit = self.visits.get_mut(&part.serial).unwrap();
                match kind {
                    // On a belt the free run is told by its fastest part; see below.
                    "Conveyor" => visit.begun = Some(visit.came + queued.0),
                    "Machine" | "Inspection" | "Batch" => {
                        assert_eq!(now - visit.came, queued.0, "{kind}");
                    }
                    _ => {
                        visit.begun = Some(now);
                        assert_eq!(now - visit.came, queued.0, "{kind}");
                    }
                }
            }
            What::Completed { part, .. } | What::Spoilt(part) => {
                self.visits.get_mut(&part.serial).unwrap().ended = Some(now);
            }
            What::Packed { part, .. } => {
                let visit = self.visits[&part.serial];
                self.leave(event.element, Visit { ended: Some(now), ..visit }, now, false);
                self.visits.insert(part.serial, Visit { packed: true, ..visit });
            }
            What::Unpacked(part) => {
                self.visits.insert(part.serial, Visit { came: now, ..Visit::default() });
            }
            What::Merged { part, .. } => {
                let visit = self.visits.remove(&part.serial).unwrap();
                if !visit.packed {
                    self.leave(event.element, Visit { ended: Some(now), ..visit }, now, false);
                }
            }
            What::Left { part, .. } => {
                let visit = self.visits[&part.serial];
                // It may pass uninspected.
                self.waiting.entry(slot).or_default().retain(|serial| *serial != part.serial);
                if !visit.packed {
                    self.leave(event.element, visit, now, stores);
                }
            }
            _ => {}
        }
    }
}

const MIDDLE: Time = Time(600 * SECOND);

const END: Time = Time(1800 * SECOND);

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn waits_are_those_of_an_independent_computation(plant in any_plant()) {
        let line = plant.line("");
        let (mut world, mut both) = (Replication::new(&line, 1, 0), Both(Records::of(&line), Recording::default()));
        // A deadlock ends the run; what was told until then counts.
        let stuck = world.advance(MIDDLE, &mut both).is_err();
        both.0.open_window(MIDDLE);
        let opened = both.1.0.len();
        if !stuck {
            let _ = world.advance(END, &mut both);
        }
        both.0.settle(END);
        let (Both(records, recorded), mut diary) = (both, Diary::default());
        for (nth, event) in recorded.0.iter().enumerate() {
            if nth == opened {
                diary.found.clear();
            }
            diary.on_event(&line, event);
        }
        if opened == recorded.0.len() {
            diary.found.clear();
        }
        for (element, slot) in line.elements.iter().zip(0..) {
            if matches!(element.kind, "Sink" | "Crew" | "Zone") {
                continue;
            }
            let found = diary.found.get(&slot).copied().unwrap_or_default();
            prop_assert_eq!(records.waits(slot as usize), found, "{} of {:?}", element.name, plant);
            let bound = u128::from(found.parts) * u128::from(END.0);
            prop_assert!(found.queue + found.blocked <= bound, "{}", element.name);
        }
    }

    #[test]
    fn products_add_up_to_the_line(plant in any_plant()) {
        let line = plant.line("");
        let (mut world, mut records) = (Replication::new(&line, 1, 0), Records::of(&line));
        let stuck = world.advance(MIDDLE, &mut records).is_err();
        records.open_window(MIDDLE);
        if !stuck {
            let _ = world.advance(END, &mut records);
        }
        records.settle(END);
        let of = |nth: usize| records.product(nth, END);
        let sum = |figure: &dyn Fn(usize) -> i128| (0..line.products.len()).map(figure).sum::<i128>();
        prop_assert_eq!(sum(&|nth| of(nth).delivered.into()), i128::from(records.line.delivered));
        prop_assert_eq!(sum(&|nth| of(nth).scrapped.into()), i128::from(records.line.scrapped));
        prop_assert_eq!(sum(&|nth| of(nth).stay), records.line.stay_until(END));
        let lead = |nth: usize| of(nth).lead_times.map_or(0, |times| times.sum as i128);
        prop_assert_eq!(sum(&lead), records.line.lead_times.sum as i128);
        let quality = &records.line.quality;
        prop_assert_eq!(sum(&|nth| of(nth).inspected.into()), i128::from(quality.inspected));
        prop_assert_eq!(sum(&|nth| of(nth).first_pass.into()), i128::from(quality.first_pass));
    }
}

#[test]
fn on_a_belt_every_part_has_the_same_free_run_and_the_rest_is_waiting() {
    let belt = "Conveyor(length: \"2 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")";
    let line = serial("", &["Source()", belt, "Machine(cycle: Exponential(\"30 s\"))", "Sink()"]);
    let recorded = kit::record(&line, 3_000);
    let (mut came, mut held) = (BTreeMap::new(), BTreeMap::new());
    for event in recorded.0.iter().filter(|event| event.element == slot(&line, "1")) {
        match event.what {
            What::Arrived(part) => _ = came.insert(part.serial, event.time),
            What::Waited { part, queued } => _ = held.insert(part.serial, queued),
            What::Completed { part, .. } => {
                let stayed = event.time - came[&part.serial];
                let queued = held.get(&part.serial).copied().unwrap_or(Time::ZERO);
                assert_eq!(stayed - queued, Time(20 * SECOND));
            }
            _ => {}
        }
    }
    assert!(held.len() > 10);
}

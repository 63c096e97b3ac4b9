//! The settings of a conveyor in a layout, and their checks.

use super::belt::{Belt, Gauge};
use super::{ConveyorState, OnBelt, WhenBlocked};
use crate::checking::Check;
use crate::disruption::{Downtimes, Preemption, ShiftEnd, StopSettings, Task, When};
use crate::energy::{ConveyorPower, PowerTable};
use crate::equipment::Settings;
use crate::equipment::settings::interruptible;
use crate::kernel::{EventId, Time};
use crate::units::{Length, Speed};

interruptible! {
    /// A conveyor as a layout says it.
    pub struct Conveyor<OnBelt, ConveyorPower, Pause, PeopleFor> {
        /// From the entrance to the end.
        pub length: Length,
        /// How fast a part travels that nothing holds up.
        pub speed: Speed,
        /// From one part to the next at least.
        pub pitch: Length,
        /// What becomes of a part at the end that no element takes.
        #[serde(default)]
        pub when_blocked: WhenBlocked,
    }
}

/// More than that on one belt is a typing error.
const MOST_PARTS: f64 = 1e6;
/// The port of parts that are lost.
pub(super) const SCRAP: usize = 1;

impl Settings for Conveyor {
    type Component = ConveyorState;
    const LETS_PASS: bool = true;

    const PORTS: &'static [&'static str] = &["end", "scrap"];

    interruptible!(methods);

    fn holds<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        let at_first = self.initial.iter().flat_map(|initial| &initial.parts);
        at_first.map(|(name, _)| name.as_str()).collect()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<ConveyorState> {
        self.check_lives(check);
        let settings = StopSettings { until_shift_ends: true, ..self.stop_settings() };
        let downtimes = Downtimes::checked(settings, check);
        if let Some(nth) = self.breakdowns.iter().position(|mode| mode.part != Preemption::Resume) {
            check.fault(
                &format!("breakdowns[{nth}].part"),
                "parts on a conveyor stand and go on with it".to_owned(),
                "leave `part` out: nothing else can become of them",
            );
        }
        let never = self.when_blocked == WhenBlocked::Never;
        if never && !self.people.is_empty() {
            let message = "a belt that never stops cannot wait for people".to_owned();
            check.fault("people", message, "leave `people` out, or `when_blocked: Never`");
        }
        check.port(Self::PORTS, SCRAP, never, "parts that find no room at the end");
        if !check.around.exits.iter().all(|ways| *ways == 0) {
            check.port(Self::PORTS, 0, true, "parts that reach the end");
        }
        let gauge = self.gauge(check)?;
        let mut belt = Belt::new(gauge, self.when_blocked);
        let initial_state = match &self.initial {
            Some(initial) => {
                let (initial_state, ways) = self.initial_state(initial, gauge, check)?;
                belt = belt.carrying(&ways);
                Some(initial_state)
            }
            None => None,
        };
        Some(ConveyorState {
            task: Task::new(downtimes.beginning(initial_state)).after_completions(),
            belt,
            open: true,
            next: (EventId::default(), Time::ZERO),
            decision: EventId::default(),
            still_since: None,
            metres: self.length.0 as f32,
        })
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        self.power.table(self.length.0, self.when_blocked == WhenBlocked::Stop, check)
    }
}

impl Conveyor {
    fn check_lives(&self, check: &mut Check<'_>) {
        if self.shift_end.is_some_and(|end| end != ShiftEnd::Pause) {
            let message = "a belt has no work that ends: there is always another part on its way".to_owned();
            let help =
                "leave `shift_end` out: the belt stands when its hours end; or write `calendar: \"always\"`";
            check.fault("shift_end", message, help);
        }
        for (nth, plan) in self.maintenance.iter().enumerate() {
            if plan.every.is_parts() {
                let message = "a conveyor is maintained after some time and no number of parts".to_owned();
                let help = "give a time, such as \"160 h\"; it counts the time in which parts move with `clock: Working`";
                check.fault(&format!("maintenance[{nth}].every"), message, help);
            }
            if plan.when == When::AfterPart {
                let message = "there is always another part on its way".to_owned();
                let help = "write `when: AtOnce`, parts stand meanwhile, or `when: WhenEmpty`";
                check.fault(&format!("maintenance[{nth}].when"), message, help);
            }
        }
        for (nth, mode) in self.breakdowns.iter().enumerate() {
            if mode.after.is_parts() {
                check.fault(
                    &format!("breakdowns[{nth}].after"),
                    "the time to failure of a conveyor is a time, not a number of parts".to_owned(),
                    "give a time, such as \"40 h\"; it counts the time in which parts move, or all with `clock: Calendar`",
                );
            }
        }
    }

    fn gauge(&self, check: &mut Check<'_>) -> Option<Gauge> {
        let mut whole = true;
        for (field, value, message, help) in [
            ("length", self.length.0, "a conveyor without length carries nothing", "such as \"12 m\""),
            ("speed", self.speed.0, "on a conveyor without speed no part arrives", "such as \"0.2 m/s\""),
            ("pitch", self.pitch.0, "parts without a pitch lie upon each other", "such as \"0.5 m\""),
        ] {
            if value <= 0.0 {
                check.fault(field, message.to_owned(), &format!("give more than zero, {help}"));
                whole = false;
            }
        }
        if whole && self.length.0 / self.pitch.0 >= MOST_PARTS {
            check.fault(
                "pitch",
                "more than 1,000,000 parts would lie on this conveyor".to_owned(),
                "widen the pitch or shorten the length",
            );
            whole = false;
        }
        whole.then(|| Gauge::new(self.length.0, self.speed.0, self.pitch.0))
    }
}

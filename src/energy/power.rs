//! What equipment draws by state: what a layout says, completed by defaults that are reported as assumed.
//!
//! A state that is written is complete: a carrier that it does not name is not drawn in it. A state that is not written follows
//! from the first, carrier by carrier. Read [`Power`] first.

use super::draw::Draw;
use super::power_table::{DrawTable, PowerTable};
use crate::checking::Check;
use crate::event::State;
use serde::Deserialize;

/// Power of a machine by state, as a layout says it. States that are left out follow from `working`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Power {
    /// While it works on a part.
    pub working: Option<Draw>,
    /// While it waits: `starved` and `blocked` at once.
    pub idle: Option<Draw>,
    /// While it waits for a part.
    pub starved: Option<Draw>,
    /// While it waits for room.
    pub blocked: Option<Draw>,
    /// While tools or product are changed.
    pub setup: Option<Draw>,
    /// While parts are loaded and unloaded.
    pub holding: Option<Draw>,
    /// While it is repaired or waits for that.
    pub failed: Option<Draw>,
    /// While it is maintained.
    pub maintenance: Option<Draw>,
    /// With drives off.
    pub standby: Option<Draw>,
    /// Outside its shift.
    pub paused: Option<Draw>,
    /// On the way from standby to ready.
    pub warm_up: Option<Draw>,
    /// On the way from ready to standby.
    pub shut_down: Option<Draw>,
    /// Switched off.
    pub off: Option<Draw>,
}

/// Power of a robot by state, as a layout says it. States that are left out follow from `moving`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RobotPower {
    /// While it travels.
    pub moving: Option<Draw>,
    /// While it stands under servo control and loads or unloads.
    pub holding: Option<Draw>,
    /// While it changes its tool.
    pub setup: Option<Draw>,
    /// While it waits for work, for a zone or for people, brakes on.
    pub idle: Option<Draw>,
    /// Outside its shift, with brakes on.
    pub paused: Option<Draw>,
    /// On the way from a saving mode to ready.
    pub warm_up: Option<Draw>,
    /// On the way to a saving mode.
    pub shut_down: Option<Draw>,
}

/// Power of a conveyor by state, as a layout says it: that of a machine, and what length and load add to it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConveyorPower {
    /// While it runs, whatever its length.
    pub working: Option<Draw>,
    /// While it runs, for each metre.
    pub per_metre: Option<Draw>,
    /// While it runs, for each part on it.
    pub per_part: Option<Draw>,
    /// While it runs, for each kilogram of the parts on it.
    pub per_kg: Option<Draw>,
    /// While no part moves, also while it waits for people: `starved` and `blocked` at once.
    pub idle: Option<Draw>,
    /// While it is empty.
    pub starved: Option<Draw>,
    /// While all parts on it stand.
    pub blocked: Option<Draw>,
    /// While it is repaired or waits for that.
    pub failed: Option<Draw>,
    /// While it is maintained.
    pub maintenance: Option<Draw>,
    /// With drives off.
    pub standby: Option<Draw>,
    /// Outside its shift.
    pub paused: Option<Draw>,
    /// On the way from standby to ready.
    pub warm_up: Option<Draw>,
    /// On the way from ready to standby.
    pub shut_down: Option<Draw>,
    /// Switched off.
    pub off: Option<Draw>,
}

impl ConveyorPower {
    /// The complete table of a belt of so many metres. An empty belt runs on, and so does one under a queue, with full power
    /// but without load; one that `stands` when it is blocked draws 0.15 of it; the other shares are those of a machine.
    pub(crate) fn table(&self, metres: f64, stands: bool, check: &mut Check<'_>) -> PowerTable {
        let products = check.around.products.iter();
        let load = |mass_mg: u64| {
            self.per_part.unwrap_or_default() + self.per_kg.unwrap_or_default() * (mass_mg as f64 * 1e-6)
        };
        let loads = products.map(|product| load(product.spec.mass_mg)).collect();
        if self.working.is_none() && self.per_metre.is_none() {
            if *self != ConveyorPower::default() {
                check.fault(
                    "power",
                    "the power while running is missing".to_owned(),
                    "write `working: \"1.2 kW\"` or `per_metre: \"0.1 kW\"`, or both; the other states follow from their sum",
                );
            }
            return DrawTable { loads, ..DrawTable::default() }.settled(check);
        }
        let running = self.working.unwrap_or_default() + self.per_metre.unwrap_or_default() * metres;
        let as_machine = Power {
            working: Some(running),
            failed: self.failed,
            maintenance: self.maintenance,
            standby: self.standby,
            paused: self.paused,
            warm_up: self.warm_up,
            shut_down: self.shut_down,
            off: self.off,
            starved: self.starved.or(self.idle).or(Some(running)),
            blocked: self.blocked.or(self.idle).or(Some(running)),
            // Of the states that remain, only waiting for people is ever one of a belt: it has its own share.
            idle: Some(running),
            ..Power::default()
        };
        let mut table = DrawTable { loads, ..as_machine.draws(running) };
        table.fill(State::Starved, self.starved.or(self.idle), running);
        let standing = if stands { running * 0.15 } else { running };
        table.fill(State::Blocked, self.blocked.or(self.idle), standing);
        table.fill(State::WaitingForPeople, self.idle, running * 0.15);
        table.fill(State::ShutDown, self.shut_down.or(self.idle), running * 0.5);
        table.settled(check)
    }
}

impl Power {
    /// What is written for a state.
    fn written(&self, state: State) -> Option<Draw> {
        match state {
            State::Working => self.working,
            State::Starved => self.starved.or(self.idle),
            State::Blocked => self.blocked.or(self.idle),
            State::Setup => self.setup,
            State::Holding => self.holding.or(self.idle),
            State::Failed | State::WaitingForRepair => self.failed,
            State::WaitingForPeople | State::WaitingForTools => self.idle,
            State::Maintenance => self.maintenance,
            State::Standby => self.standby,
            State::Paused => self.paused,
            State::WarmUp => self.warm_up,
            State::ShutDown => self.shut_down.or(self.idle),
            State::Off => self.off,
            // No machine ever moves.
            State::Moving => None,
        }
    }

    /// The complete table.
    pub fn table(&self, check: &mut Check<'_>) -> PowerTable {
        match self.working {
            Some(working) => self.draws(working).settled(check),
            None => {
                if *self != Power::default() {
                    check.fault(
                        "power",
                        "the power while working is missing".to_owned(),
                        "write `working: \"10 kW\"`; the other states follow from it unless they are given",
                    );
                }
                PowerTable::default()
            }
        }
    }

    /// The draw in each state. The shares of the working power are shop-floor defaults, which stand in the [table of
    /// states](State::share_of_working_power).
    fn draws(&self, working: Draw) -> DrawTable {
        let mut table = DrawTable { known: true, ..DrawTable::default() };
        for state in State::in_order_of_reports() {
            if let Some(share) = state.share_of_working_power() {
                table.fill(state, self.written(state), working * share);
            }
        }
        table
    }
}

impl RobotPower {
    /// The complete table. Shares of the moving power are those of a heavy handling robot: holding 0.8 of 2.6 kW,
    /// brakes on 0.35 of 2.6 kW; it holds still while its tool is changed. Of the states that not every robot is ever in,
    /// only these `states` are filled.
    pub(crate) fn table(&self, states: &[State], check: &mut Check<'_>) -> PowerTable {
        let Some(moving) = self.moving else {
            if *self != RobotPower::default() {
                check.fault(
                    "power",
                    "the power while moving is missing".to_owned(),
                    "write `moving: \"2.6 kW\"`; holding and idle follow from it unless they are given",
                );
            }
            return PowerTable::default();
        };
        let mut table = DrawTable { known: true, ..DrawTable::default() };
        table.fill(State::Moving, Some(moving), moving);
        let [still, braked] = [0.8, 0.35].map(|share| moving * (share / 2.6));
        table.fill(State::Holding, self.holding, still);
        table.fill(State::Starved, self.idle, braked);
        if states.contains(&State::Paused) {
            table.fill(State::Paused, self.paused, braked);
        }
        if states.contains(&State::Blocked) {
            table.fill(State::Blocked, self.idle, braked);
        }
        if states.contains(&State::WaitingForPeople) {
            table.fill(State::WaitingForPeople, self.idle, braked);
        }
        if states.contains(&State::Setup) {
            table.fill(State::Setup, self.setup.or(self.holding), still);
        }
        if states.contains(&State::WarmUp) {
            table.fill(State::WarmUp, self.warm_up, still);
            table.fill(State::ShutDown, self.shut_down.or(self.idle), braked);
        }
        table.settled(check)
    }
}

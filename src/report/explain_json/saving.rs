//! The saving modes of an element.

use crate::event::State;
use crate::line::{Element, Line};
use crate::saving::{EnergySaver, LevelCondition, ModePlan, WakeCondition};
use schemars::JsonSchema;
use serde::Serialize;

/// A saving mode, with the electric powers while it holds.
#[derive(Serialize, JsonSchema)]
pub(super) struct SavingModeJson {
    power_kw: f64,
    /// While waiting for a part instead.
    idle_kw: f64,
    time_to_pause_s: f64,
    time_to_operate_s: f64,
    energy_to_pause_kwh: f64,
    energy_to_operate_kwh: f64,
    minimum_pause_s: f64,
    minimum_stay_s: f64,
    maximum_stay_s: Option<f64>,
    /// The shortest pause in which the mode saves energy; none if no pause is long enough.
    break_even_s: Option<f64>,
    /// After which waiting time it is entered; none if no time is enough.
    off_after_s: Option<f64>,
    off_in_closed_time: bool,
    /// The levels that send it off, each by itself, as the layout says them.
    off_at: Vec<String>,
    /// What must hold, all of it, to come back.
    on: Vec<String>,
}

impl SavingModeJson {
    pub(super) fn all(line: &Line, element: &Element) -> Vec<SavingModeJson> {
        let modes = element.prototype.saver().map_or(&[][..], EnergySaver::modes);
        modes.iter().enumerate().map(|(nth, mode)| SavingModeJson::of(line, element, nth, mode)).collect()
    }

    fn of(line: &Line, element: &Element, nth: usize, mode: &ModePlan) -> SavingModeJson {
        let kw = |state: State| element.power.modes.get(nth).map_or(0, |own| own.of(state)) as f64 / 1e6;
        let written = |level: &LevelCondition| level.written(&line.elements[level.of.index()].name);
        let condition = |condition: &WakeCondition| match condition {
            WakeCondition::Parts(parts) => format!("Parts({parts})"),
            WakeCondition::Level(level) => written(level),
        };
        let (to_pause, to_operate) = (mode.to_pause.secs(), mode.to_operate.secs());
        SavingModeJson {
            power_kw: kw(State::Standby),
            idle_kw: kw(State::Starved),
            time_to_pause_s: to_pause,
            time_to_operate_s: to_operate,
            energy_to_pause_kwh: kw(State::ShutDown) * to_pause / 3600.0,
            energy_to_operate_kwh: kw(State::WarmUp) * to_operate / 3600.0,
            minimum_pause_s: mode.minimum_pause.secs(),
            minimum_stay_s: mode.minimum_stay.secs(),
            maximum_stay_s: mode.maximum_stay.map(|time| time.secs()),
            break_even_s: mode.break_even.map(|time| time.secs()),
            off_after_s: mode.after.map(|time| time.secs()),
            off_in_closed_time: mode.closed,
            off_at: mode.off.iter().map(written).collect(),
            on: mode.on.iter().map(condition).collect(),
        }
    }
}

//! The shortest pause in which a saving mode saves energy.
//!
//! A mode with the times `t` and the energies `E` for entering and coming back, and the power `P`, takes `E + P (T - t)` in a pause of
//! length `T`. It is compared with waiting, which takes `P_i T`, and with every mode before it: the break-even time is the last at
//! which it becomes cheaper than one of these, and no shorter than `t` and the shortest stay. In closed time the power outside the
//! hours takes the place of `P_i`. Electricity, gas, heat and cold are counted; steam, air and water have no energy of their own here.

use super::{SavingMode, SwitchOff};
use crate::checking::BreakEven;
use crate::energy::{EnergyCarrier, PowerTable};
use crate::event::State;
use crate::units::Duration;

/// The carriers that are counted in watts.
const COUNTED: [EnergyCarrier; 4] =
    [EnergyCarrier::Electricity, EnergyCarrier::Gas, EnergyCarrier::Heat, EnergyCarrier::Cooling];

/// What a pause takes in one mode: its power in watts, the energy in joules and the time in seconds of its changes, and how many seconds
/// it takes at least.
#[derive(Clone, Copy, Debug)]
struct PauseCost {
    watts: f64,
    joules: f64,
    secs: f64,
    least: f64,
}

/// The break-even times of these modes, in their order; nothing if the power is not known.
pub fn break_even_of(modes: &[SavingMode], power: &PowerTable) -> Option<Vec<BreakEven>> {
    let costs: Vec<PauseCost> = modes.iter().zip(&power.modes).map(|(mode, own)| mode.cost(own)).collect();
    let of = |nth: usize, state: State, which: &dyn Fn(&SavingMode) -> bool| {
        let idle = PauseCost { watts: watts(power, state), joules: 0.0, secs: 0.0, least: 0.0 };
        let before = costs[..nth].iter().zip(modes).filter(|(_, mode)| which(mode)).map(|(cost, _)| *cost);
        [idle]
            .into_iter()
            .chain(before)
            .try_fold(costs[nth].least, |last, other| Some(costs[nth].cheaper_after(other)?.max(last)))
    };
    let closes = |mode: &SavingMode| mode.off.contains(&SwitchOff::Closed);
    let both = |nth: usize| BreakEven {
        waiting: of(nth, State::Starved, &|_| true),
        closed: of(nth, State::Paused, &closes),
    };
    power.known.then(|| (0..costs.len()).map(both).collect())
}

fn watts(power: &PowerTable, state: State) -> f64 {
    COUNTED.into_iter().map(|carrier| power.flow(carrier, state) as f64).sum::<f64>() / 1e3
}

impl SavingMode {
    /// What it takes; `own` has the powers while it holds.
    fn cost(&self, own: &PowerTable) -> PauseCost {
        let secs = |time: Option<Duration>| time.map_or(0.0, |time| time.0);
        let (pause, stay, operate) =
            (secs(self.time_to_pause), secs(self.minimum_stay), secs(self.time_to_operate));
        let joules = watts(own, State::ShutDown) * pause + watts(own, State::WarmUp) * operate;
        PauseCost {
            watts: watts(own, State::Standby),
            joules,
            secs: pause + operate,
            least: pause + stay + operate,
        }
    }
}

impl PauseCost {
    /// How long a pause must be for this to take no more than another; none if no pause is long enough.
    fn cheaper_after(self, other: PauseCost) -> Option<f64> {
        let more = (self.joules - self.watts * self.secs) - (other.joules - other.watts * other.secs);
        (other.watts > self.watts).then(|| more / (other.watts - self.watts))
    }
}

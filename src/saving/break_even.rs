//! The shortest pause in which a saving mode saves energy.

use super::SavingMode;
use crate::energy::{EnergyCarrier, PowerTable};
use crate::event::State;
use crate::units::Duration;

/// The carriers that are counted in watts. Steam, air and water have no energy of their own here.
const COUNTED: [EnergyCarrier; 4] =
    [EnergyCarrier::Electricity, EnergyCarrier::Gas, EnergyCarrier::Heat, EnergyCarrier::Cooling];

/// How many seconds a pause must be for each of these modes to take no more energy than waiting does; none for a mode for which no
/// pause is long enough. Nothing if the power is not known.
pub fn break_even_of(modes: &[SavingMode], power: &PowerTable) -> Option<Vec<Option<f64>>> {
    power.known.then(|| modes.iter().zip(&power.modes).map(|(mode, own)| mode.break_even_secs(own)).collect())
}

impl SavingMode {
    /// With the times `t` and the energies `E` to pause and to operate, the power `P_i` while starved and the power `P_s` of the mode,
    /// it is `max(t, (E - P_s t) / (P_i - P_s))`, and no shorter than the shortest stay allows. `own` has the powers while the
    /// mode holds.
    fn break_even_secs(&self, own: &PowerTable) -> Option<f64> {
        let steps =
            |state: State| COUNTED.into_iter().map(|carrier| own.flow(carrier, state) as f64).sum::<f64>();
        let [idle, saving, shut_down, warm_up] =
            [State::Starved, State::Standby, State::ShutDown, State::WarmUp].map(|state| steps(state) / 1e3);
        let secs = |time: Option<Duration>| time.map_or(0.0, |time| time.0);
        let (pause, stay, operate) =
            (secs(self.time_to_pause), secs(self.minimum_stay), secs(self.time_to_operate));
        let change = shut_down * pause + warm_up * operate;
        let saved = (change - saving * (pause + operate)) / (idle - saving);
        (idle > saving).then(|| saved.max(pause + stay + operate))
    }
}

//! The powers of an element in its saving modes.

use super::mode::SavingMode;
use crate::checking::Check;
use crate::energy::{Draw, PowerTable};
use crate::event::State;
use crate::units::{Duration, Energy};

/// A table completed with those of the modes. The first mode is that of the table itself.
pub(crate) fn with_modes(mut table: PowerTable, modes: &[SavingMode], check: &mut Check<'_>) -> PowerTable {
    if modes.is_empty() || !table.known {
        return table;
    }
    let of_modes: Vec<PowerTable> = modes.iter().map(|mode| in_mode(mode, &table, check)).collect();
    let energies =
        |energy: fn(&SavingMode) -> Option<Energy>| modes.iter().all(|mode| energy(mode).is_some());
    let is_written = |state: &State| match state {
        State::Standby => true,
        State::ShutDown => energies(|mode| mode.energy_to_pause),
        State::WarmUp => energies(|mode| mode.energy_to_operate),
        _ => false,
    };
    table.assumed.retain(|state| !is_written(state));
    for state in [State::Standby, State::ShutDown, State::WarmUp] {
        table.take_state(state, &of_modes[0]);
    }
    table.modes = of_modes;
    table
}

/// The table of an element while a mode holds.
fn in_mode(mode: &SavingMode, table: &PowerTable, check: &mut Check<'_>) -> PowerTable {
    let mut own = table.clone();
    own.set_state(State::Standby, mode.power, check);
    let mean = |energy: Option<Energy>, time: Option<Duration>| {
        energy.zip(time.filter(|time| time.0 > 0.0)).map(|(energy, time)| Draw::electric(energy.0 / time.0))
    };
    let of_changes = [
        (State::ShutDown, mean(mode.energy_to_pause, mode.time_to_pause)),
        (State::WarmUp, mean(mode.energy_to_operate, mode.time_to_operate)),
    ];
    for (state, draw) in of_changes {
        if let Some(draw) = draw {
            own.set_state(state, draw, check);
        }
    }
    own
}

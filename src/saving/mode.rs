//! A saving mode as a layout says it.

use crate::energy::Draw;
use crate::units::{Duration, Energy};
use serde::Deserialize;

/// A saving mode of equipment: what it draws in it, what it takes to enter and to leave it, and when that happens.
///
/// The figures are those of PROFIenergy. Modes are written in the order in which they are entered, and a later one saves more.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavingMode {
    /// What it draws in it.
    pub power: Draw,
    /// How long it takes to enter it.
    pub time_to_pause: Option<Duration>,
    /// How long it takes to come back to work.
    pub time_to_operate: Option<Duration>,
    /// The electricity for entering it; by default the power of `shut_down` for that time.
    pub energy_to_pause: Option<Energy>,
    /// The electricity for coming back; by default the power of `warm_up` for that time.
    pub energy_to_operate: Option<Energy>,
    /// The shortest closed time for which it is entered.
    pub minimum_pause: Option<Duration>,
    /// How long it stays in it at least.
    pub minimum_stay: Option<Duration>,
    /// How long it stays in it at most.
    pub maximum_stay: Option<Duration>,
    /// When it enters it; any of these is enough, and an empty list means never.
    #[serde(default = "at_break_even")]
    pub off: Vec<SwitchOff>,
    /// When it comes back: as soon as all of these hold.
    #[serde(default = "at_first_part")]
    pub on: Vec<SwitchOn>,
}

impl SavingMode {
    /// Whether it keeps away a part that could come, until others wait too or a level is reached.
    pub fn asks_for_more(&self) -> bool {
        self.on.iter().any(|condition| *condition != SwitchOn::Parts(1))
    }
}

fn at_break_even() -> Vec<SwitchOff> {
    vec![SwitchOff::BreakEven]
}

fn at_first_part() -> Vec<SwitchOn> {
    vec![SwitchOn::Parts(1)]
}

/// An occasion to enter a saving mode.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub enum SwitchOff {
    /// It has waited as long as a pause must be for the mode to save energy.
    BreakEven,
    /// It has waited so long since its last work.
    After(Duration),
    /// Its hours are over; it is back when they begin again.
    Closed,
    /// Another element has so many parts or fewer.
    AtMost(String, u32),
    /// Another element has so many parts or more.
    AtLeast(String, u32),
}

/// A condition for leaving a saving mode.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub enum SwitchOn {
    /// So many parts wait for it.
    Parts(u32),
    /// Another element has so many parts or fewer.
    AtMost(String, u32),
    /// Another element has so many parts or more.
    AtLeast(String, u32),
}

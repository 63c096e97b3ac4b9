//! The states of equipment: one table with a row for each state.
//!
//! A new state is a new row; reports, journals, the window and its legend, the defaults of power and the utilisation follow.
//! Each kind of equipment decides when it is in a state.

use bevy::reflect::Reflect;
use serde::{Deserialize, Serialize};

/// The class of a state, for utilisation and for the search for trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// It does something to a part, or holds it for that: production time.
    Production,
    /// It carries.
    Transport,
    /// It makes itself ready.
    Preparation,
    /// It waits for others: for a part, or for room.
    Waiting,
    /// It is broken down.
    Down,
    /// It is stopped by a plan.
    Planned,
    /// It rests.
    Rest,
}

/// What is painted for a state, so that colour is never alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A wheel with teeth.
    Gear,
    /// One or two letters.
    Letter(&'static str),
    /// A bar at the left, and an empty way behind it.
    BarBehind,
    /// A bar at the right, at the end of a way.
    BarAhead,
    /// A spanner.
    Spanner,
    /// The outline of a spanner.
    HollowSpanner,
    /// An oil can.
    OilCan,
    /// Two bars.
    Pause,
    /// A moon.
    Moon,
    /// One bar.
    Dash,
    /// An arrow.
    Arrow,
    /// A gripper with a part.
    Gripper,
}

/// What is known of a state.
#[derive(Clone, Copy, Debug)]
struct Row {
    name: &'static str,
    words: &'static str,
    activity: Activity,
    sign: Sign,
    colour: u32,
    safe_colour: u32,
    share: Option<f64>,
    rank: u8,
}

macro_rules! states {
    ($($(#[$doc:meta])* $state:ident {
        name: $name:literal, words: $words:literal, activity: $activity:ident, sign: $sign:expr,
        colours: [$colour:literal, $safe:literal], share: $share:expr, rank: $rank:literal,
    })+) => {
        /// The one exclusive state of a piece of equipment.
        ///
        /// Sources, buffers and sinks store and have no state; machines and robots always have exactly one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Reflect)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum State { $($(#[$doc])* $state,)+ }

        impl State {
            /// Every state, in the order of their numbers.
            pub const ALL: [State; [$($name),+].len()] = [$(State::$state),+];

            fn row(self) -> Row {
                match self { $(State::$state => Row {
                    name: $name,
                    words: $words,
                    activity: Activity::$activity,
                    sign: $sign,
                    colour: $colour,
                    safe_colour: $safe,
                    share: $share,
                    rank: $rank,
                },)+ }
            }
        }
    };
}

states! {
    /// Without power.
    Off {
        name: "off", words: "off", activity: Rest, sign: Sign::Dash,
        colours: [0x2B2F36, 0x1E2228], share: Some(0.0), rank: 15,
    }
    /// Control on, drives off.
    Standby {
        name: "standby", words: "standby", activity: Rest, sign: Sign::Moon,
        colours: [0x8CCFD0, 0xA6D9DC], share: Some(0.15), rank: 14,
    }
    /// On the way from standby to ready.
    WarmUp {
        name: "warm_up", words: "warming up", activity: Preparation, sign: Sign::Letter("~"),
        colours: [0xE07B39, 0xE69F00], share: Some(1.1), rank: 12,
    }
    /// Ready, waits for a part.
    Starved {
        name: "starved", words: "starved", activity: Waiting, sign: Sign::BarBehind,
        colours: [0xB9C3CC, 0xC8CED4], share: Some(0.5), rank: 4,
    }
    /// Holds a finished part that the next element cannot take.
    Blocked {
        name: "blocked", words: "blocked", activity: Waiting, sign: Sign::BarAhead,
        colours: [0xF2B705, 0xF0E442], share: Some(0.5), rank: 5,
    }
    /// Changes tools or product.
    Setup {
        name: "setup", words: "setup", activity: Preparation, sign: Sign::Letter("S"),
        colours: [0x2F6FDE, 0x56B4E9], share: Some(0.6), rank: 3,
    }
    /// Works on a part.
    Working {
        name: "working", words: "working", activity: Production, sign: Sign::Gear,
        colours: [0x1B9E77, 0x0072B2], share: Some(1.0), rank: 0,
    }
    /// Broken down, under repair.
    Failed {
        name: "failed", words: "failed", activity: Down, sign: Sign::Spanner,
        colours: [0xD1345B, 0xD55E00], share: Some(0.3), rank: 8,
    }
    /// Broken down, waits for a person to repair it.
    WaitingForRepair {
        name: "waiting_for_repair", words: "waits for repair", activity: Down, sign: Sign::HollowSpanner,
        colours: [0x8E1F42, 0x7A2E00], share: Some(0.3), rank: 9,
    }
    /// Has a part, and waits for people to work on it.
    WaitingForPeople {
        name: "waiting_for_people", words: "waits for people", activity: Waiting, sign: Sign::Letter("?"),
        colours: [0xE8A0BF, 0xF5C396], share: Some(0.5), rank: 6,
    }
    /// Has a part, and waits for tools to work on it.
    WaitingForTools {
        name: "waiting_for_tools", words: "waits for tools", activity: Waiting, sign: Sign::Letter("T"),
        colours: [0xC77B9A, 0xD9A066], share: Some(0.5), rank: 7,
    }
    /// Outside its shift.
    Paused {
        name: "paused", words: "paused", activity: Rest, sign: Sign::Pause,
        colours: [0x5F6E7C, 0x6B7580], share: Some(0.15), rank: 11,
    }
    /// Under planned maintenance.
    Maintenance {
        name: "maintenance", words: "maintenance", activity: Planned, sign: Sign::OilCan,
        colours: [0x8B5FBF, 0xCC79A7], share: Some(0.3), rank: 10,
    }
    /// A robot or vehicle that travels.
    Moving {
        name: "moving", words: "moving", activity: Transport, sign: Sign::Arrow,
        colours: [0x3FA7C4, 0x009E73], share: None, rank: 1,
    }
    /// A robot that stands under servo control while it loads or unloads.
    Holding {
        name: "holding", words: "holding", activity: Production, sign: Sign::Gripper,
        colours: [0x2B6C8C, 0x005C45], share: Some(0.5), rank: 2,
    }
    /// On the way from ready to standby.
    ShutDown {
        name: "shut_down", words: "shutting down", activity: Rest, sign: Sign::Letter("v"),
        colours: [0x5B8FA8, 0x7FB0C4], share: Some(0.5), rank: 13,
    }
}

impl State {
    /// The name used in reports, journals and layouts.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it is called where people read it.
    pub fn words(self) -> &'static str {
        self.row().words
    }

    /// What time in it is.
    pub fn activity(self) -> Activity {
        self.row().activity
    }

    /// What is painted for it.
    pub fn sign(self) -> Sign {
        self.row().sign
    }

    /// Its colour, 0xRRGGBB, after the habits of IEC 60073.
    pub fn colour(self) -> u32 {
        self.row().colour
    }

    /// Its colour in the palette for colour-blind people (Okabe and Ito, 2008).
    pub fn safe_colour(self) -> u32 {
        self.row().safe_colour
    }

    /// What a machine draws in it, unless it is written: a share of its working power. None where no machine ever is.
    pub fn share_of_working_power(self) -> Option<f64> {
        self.row().share
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Every state, from what earns money to what costs it: the order in which reports show them.
    pub fn in_order_of_reports() -> [State; State::ALL.len()] {
        let mut states = State::ALL;
        states.sort_unstable_by_key(|state| state.row().rank);
        states
    }

    /// Whether an element does in it what it is there for.
    pub fn is_use(self) -> bool {
        matches!(self.activity(), Activity::Production | Activity::Transport)
    }

    /// Whether an element does something in it: it works, carries, or makes itself ready.
    pub fn is_effort(self) -> bool {
        matches!(self.activity(), Activity::Production | Activity::Transport | Activity::Preparation)
    }

    /// Whether something is wrong: it is down, or it waits for others.
    pub fn is_trouble(self) -> bool {
        matches!(self.activity(), Activity::Down | Activity::Waiting)
    }

    /// Whether it keeps others waiting: what waits itself, or rests, does not.
    pub fn is_active(self) -> bool {
        !matches!(self.activity(), Activity::Waiting | Activity::Rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What each is for is said once, so that two rows that were mixed up show.
    #[test]
    fn no_two_states_share_a_name_a_colour_a_sign_or_a_rank() {
        let different =
            |of: &dyn Fn(State) -> String| State::ALL.map(of).into_iter().collect::<BTreeSet<_>>().len();
        let all = State::ALL.len();
        assert_eq!(different(&|state| state.name().to_owned()), all);
        assert_eq!(different(&|state| state.words().to_owned()), all);
        assert_eq!(different(&|state| state.colour().to_string()), all);
        assert_eq!(different(&|state| state.safe_colour().to_string()), all);
        assert_eq!(different(&|state| format!("{:?}", state.sign())), all);
        let ranks: Vec<u8> = State::in_order_of_reports().map(|state| state.row().rank).to_vec();
        assert_eq!(ranks, (0..all as u8).collect::<Vec<u8>>());
    }

    #[test]
    fn a_state_is_found_by_its_name_and_numbered_by_its_row() {
        for (number, state) in (0..).zip(State::ALL) {
            assert_eq!((State::named(state.name()), state as u8), (Some(state), number));
            let json = serde_json::to_string(&state).expect("a state is a word");
            assert_eq!(json, format!("\"{}\"", state.name()));
        }
        assert_eq!(State::named("idle"), None);
    }
}

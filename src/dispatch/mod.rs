//! Dispatch rules: which of several errands a robot does next. One file per rule, and the one list of rules.
//!
//! A rule compares two errands; among equals the one that was asked for first wins. Only errands that can be done now
//! are compared: the part is ready and the place it goes to has room.

mod first_come;
mod nearest;
mod priority;

use crate::event::Slot;
use crate::kernel::Time;
use serde::Deserialize;
use std::cmp::Ordering;

/// A part to be carried from one element to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Where the part is ready.
    pub from: Slot,
    /// Where it goes.
    pub to: Slot,
    /// The part's priority.
    pub priority: i32,
    /// How long the robot travels to where the part is.
    pub approach: Time,
}

/// Makes the list of rules into what walks it.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $module:ident,)+) => {
        /// Which errand a robot does next.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
        pub enum Rule { $($(#[$doc])* $rule,)+ }

        impl Rule {
            /// `Less` if the first errand goes before the second.
            fn compare(self, a: &Errand, b: &Errand) -> Ordering {
                match self { $(Rule::$rule => $module::compare(a, b),)+ }
            }
        }
    };
}

rules! {
    /// In the order in which they were asked for.
    #[default]
    FirstCome = first_come,
    /// The shortest way to the part first.
    Nearest = nearest,
    /// The part with the highest priority first.
    Priority = priority,
}

impl Rule {
    /// The index of the errand to do, of errands in the order in which they were asked for.
    pub fn choose(self, errands: &[Errand]) -> Option<usize> {
        // `min_by` keeps the first of equals.
        (0..errands.len()).min_by(|a, b| self.compare(&errands[*a], &errands[*b]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errand(from: u32, priority: i32, approach: u64) -> Errand {
        Errand { from: Slot(from), to: Slot(9), priority, approach: Time(approach) }
    }

    #[test]
    fn each_rule_chooses_by_its_own_measure_and_then_by_who_came_first() {
        let errands = [errand(0, 1, 50), errand(1, 3, 20), errand(2, 3, 20), errand(3, 2, 90)];
        assert_eq!(Rule::FirstCome.choose(&errands), Some(0));
        assert_eq!(Rule::Nearest.choose(&errands), Some(1));
        assert_eq!(Rule::Priority.choose(&errands[1..]), Some(0));
        assert_eq!(Rule::Nearest.choose(&[]), None);
    }
}

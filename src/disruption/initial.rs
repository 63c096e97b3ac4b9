//! How a machine is when the run begins: with a part in work, down, or both.
//!
//! A run usually begins with machines that are up and empty. One that begins as a real line was found needs this.

use super::Breakdown;
use crate::equipment::{Check, Ware};
use crate::kernel::Time;
use crate::units::Duration;
use serde::Deserialize;

/// How a machine is when the run begins, as a layout says it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Initial {
    /// There is a part in work, which needs so much more of it.
    pub working: Option<Duration>,
    /// Which product that is; a line with one product need not say it.
    pub product: Option<String>,
    /// It is down with the breakdown of this number, from 0.
    pub down: Option<usize>,
    /// How much longer that repair takes, from when somebody is there for it.
    pub left: Option<Duration>,
}

/// How a machine is when the run begins, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// What the part in work is, and the work that is left.
    pub work: Option<(Ware, Time)>,
    /// The breakdown that it is down with, and how long the repair still takes.
    pub down: Option<(u8, Time)>,
}

impl Initial {
    pub(crate) fn checked(&self, breakdowns: &[Breakdown], check: &mut Check<'_>) -> Option<Begun> {
        let work = match (&self.working, &self.product) {
            (Some(left), product) => {
                let ware = check.product("initial.product", product.as_deref())?;
                Some((ware, Time::from_secs(left.0)))
            }
            (None, Some(_)) => {
                let help = "write `working: \"20 s\"` with the work that is left, or leave `product` out";
                check.fault("initial.product", "no part is said to be in work".to_owned(), help);
                return None;
            }
            (None, None) => None,
        };
        let down = match (self.down, self.left) {
            (Some(mode), Some(left)) if mode < breakdowns.len() => {
                Some((mode as u8, Time::from_secs(left.0)))
            }
            (Some(mode), Some(_)) => {
                let help = match breakdowns.len() {
                    0 => "this machine has no breakdowns; add it to `breakdowns`".to_owned(),
                    count => format!("breakdowns are counted from 0, and this machine has {count}"),
                };
                check.fault("initial.down", format!("there is no breakdown {mode}"), &help);
                return None;
            }
            (Some(_), None) => {
                let help = "write `left: \"5 min\"` with what is left of it";
                check.fault(
                    "initial.down",
                    "it is not said how long this repair still takes".to_owned(),
                    help,
                );
                return None;
            }
            (None, Some(_)) => {
                let help = "write `down: 0` with the number of a breakdown, or leave `left` out";
                check.fault("initial.left", "no repair is said to be under way".to_owned(), help);
                return None;
            }
            (None, None) => None,
        };
        if work.is_none() && down.is_none() {
            let help = "write `working: \"20 s\"` or `down: 0, left: \"5 min\"`, or leave `initial` out";
            check.fault("initial", "this says nothing of how the machine begins".to_owned(), help);
        }
        Some(Begun { work, down })
    }
}

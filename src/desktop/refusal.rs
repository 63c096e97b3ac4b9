//! Why the window did not open, or the picture did not come.

use crate::drawing::hardware::NoPicture;
use crate::line::Rejected;
use std::fmt;

/// Why, and what to do about it.
#[derive(Debug)]
pub enum Refusal {
    /// The line is not in order.
    Line(Rejected),
    /// Something else.
    Other {
        /// What is wrong, in lower case.
        wrong: String,
        /// What to try.
        remedy: String,
    },
}

impl Refusal {
    pub(super) fn new(wrong: impl Into<String>, remedy: impl Into<String>) -> Refusal {
        Refusal::Other { wrong: wrong.into(), remedy: remedy.into() }
    }
}

impl From<Rejected> for Refusal {
    fn from(rejected: Rejected) -> Refusal {
        Refusal::Line(rejected)
    }
}

impl From<NoPicture> for Refusal {
    fn from(missing: NoPicture) -> Refusal {
        Refusal::new(missing.message, missing.remedy)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Line(rejected) => out.write_str(&rejected.render(false)),
            Refusal::Other { wrong, remedy } => write!(out, "{wrong}; {remedy}"),
        }
    }
}

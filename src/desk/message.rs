//! A message to the user, in a strip and never in a dialog.

use crate::line::Rejected;

/// A message to the user, in a strip and never in a dialog.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Message {
    /// Whether something went wrong.
    pub(crate) wrong: bool,
    /// Where, such as `line.ron:12:8`.
    pub(crate) place: String,
    /// What.
    pub(crate) text: String,
    /// What to do about it.
    pub(crate) help: String,
    /// For how many seconds it has been shown.
    pub(crate) age_secs: f64,
}

impl Message {
    pub(crate) fn done(text: impl Into<String>) -> Message {
        Message { wrong: false, place: String::new(), text: text.into(), help: String::new(), age_secs: 0.0 }
    }

    pub(crate) fn wrong(text: impl Into<String>, help: impl Into<String>) -> Message {
        Message { wrong: true, place: String::new(), text: text.into(), help: help.into(), age_secs: 0.0 }
    }

    pub(crate) fn rejected(rejected: &Rejected) -> Message {
        let (place, text, help) = rejected.first();
        let more = match rejected.count() {
            0 | 1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        Message { wrong: true, place, text: format!("{text}{more}"), help, age_secs: 0.0 }
    }
}

//! Where two runs on the same random numbers part, as JSON. The words are in `words/events.rs`.

use crate::event::LineEvent;
use crate::line::Line;
use crate::study::{Parting, Split};
use schemars::JsonSchema;
use serde::Serialize;

/// What each run has at the instant at which they part: the element, and what happens there.
fn sides<'a>(split: &Split, base: &'a Line) -> [Option<(&'a str, String)>; 2] {
    let told = |event: LineEvent| (base.elements[event.element.index()].name.as_str(), event.what.words());
    [split.first, split.second].map(|event| event.map(told))
}

/// Where the first replication of a line parts from that of the baseline.
#[derive(Serialize, JsonSchema)]
pub(super) struct PartingJson<'a> {
    /// Since the start; `null` if they never part.
    time_s: Option<f64>,
    /// What happens in the baseline then; `null` if nothing does.
    before: Option<PartingEventJson<'a>>,
    /// What happens in the other line then; `null` if nothing does.
    after: Option<PartingEventJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PartingEventJson<'a> {
    element: &'a str,
    event: String,
}

impl<'a> PartingJson<'a> {
    /// Nothing if it was not searched.
    pub(super) fn of(parting: &Parting, base: &'a Line) -> Option<PartingJson<'a>> {
        match parting {
            Parting::OtherProducts | Parting::OtherElements => None,
            Parting::Never { .. } => Some(PartingJson { time_s: None, before: None, after: None }),
            Parting::At(split) => {
                let event = |(element, event): (&'a str, String)| PartingEventJson { element, event };
                let [before, after] = sides(split, base).map(|side| side.map(event));
                Some(PartingJson { time_s: Some(split.time.secs()), before, after })
            }
        }
    }
}

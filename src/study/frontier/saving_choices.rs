//! The choices that a line offers by itself: after which waiting time its elements go into their saving modes.

use super::Choice;
use crate::line::{Element, Line};
use crate::saving::{EnergySaver, LevelCondition, ModePlan};
use crate::units;

/// Times of the break-even time after which a mode is entered.
const SHARES: [f64; 5] = [0.5, 1.0, 2.0, 4.0, 8.0];

/// A choice for each saving mode that is entered after a time, or never: never, at once, and after several shares of its break-even
/// time. Its other occasions stay as they are.
pub fn choices_of(line: &Line) -> Vec<Choice> {
    let modes =
        |element: &'_ Element| element.prototype.saver().map(EnergySaver::modes).unwrap_or_default().to_vec();
    let choices = |element: &'_ Element| {
        let modes = modes(element).into_iter().enumerate();
        modes.filter_map(|(nth, mode)| choice(line, element, nth, &mode)).collect::<Vec<_>>()
    };
    line.elements.iter().flat_map(choices).collect()
}

fn choice(line: &Line, element: &Element, nth: usize, mode: &ModePlan) -> Option<Choice> {
    let is_never = mode.off.is_empty() && !mode.closed;
    let break_even = mode.break_even.filter(|_| mode.after.is_some() || is_never)?.secs();
    let others: Vec<String> = mode
        .closed
        .then(|| "Closed".to_owned())
        .into_iter()
        .chain(mode.off.iter().map(|level| occasion(line, level)))
        .collect();
    let with = |after: Option<f64>| {
        let after = after.map(|secs| format!("After(\"{}\")", units::written_duration(secs)));
        let all: Vec<String> = after.into_iter().chain(others.iter().cloned()).collect();
        format!("[{}]", all.join(", "))
    };
    let times = [0.0].into_iter().chain(SHARES.map(|share| share * break_even)).map(Some);
    let options = [None].into_iter().chain(times).map(with).collect();
    Some(Choice { path: format!("{}.saving[{nth}].off", element.name), options })
}

/// A level as a layout says it.
fn occasion(line: &Line, level: &LevelCondition) -> String {
    let name = &line.elements[level.of.index()].name;
    let which = if level.or_more { "AtLeast" } else { "AtMost" };
    format!("{which}({name:?}, {})", level.parts)
}

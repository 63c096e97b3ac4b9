//! The choices that a line offers by itself: after which waiting time its elements go into their saving modes.

use super::Choice;
use crate::line::{Element, Line};
use crate::saving::{EnergySaver, ModePlan};
use crate::units;

/// Times of the break-even time after which a mode is entered.
const SHARES: [f64; 6] = [0.0, 0.5, 1.0, 2.0, 4.0, 8.0];

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
    let break_even = mode.break_even.filter(|_| mode.after.is_some() || mode.is_never_entered())?.secs();
    let others: Vec<String> = mode
        .closed
        .then(|| "Closed".to_owned())
        .into_iter()
        .chain(mode.off.iter().map(|level| level.written(&line.elements[level.of.index()].name)))
        .collect();
    let with = |after: Option<f64>| {
        let after = after.map(|shares| match shares {
            1.0 => "BreakEven".to_owned(),
            shares => format!("After(\"{}\")", units::written_duration(shares * break_even)),
        });
        let all: Vec<String> = after.into_iter().chain(others.iter().cloned()).collect();
        format!("[{}]", all.join(", "))
    };
    let options = [None].into_iter().chain(SHARES.map(Some)).map(with).collect();
    Some(Choice { path: format!("{}.saving[{nth}].off", element.name), options })
}

//! Arrays in arrows: `weld -> test` of a group, `stage[i] -> stage[i+1]`, `cell[i,j] -> cell[i,j+1]`.
//!
//! A letter runs through all numbers for which every member that the arrow names exists. The name of a group alone is every member
//! of it. Read [`arrows_of`] first.

use super::arrow::{Arrow, Stop};
use super::draft::MAX_ARROWS;
use super::fault::Fault;
use super::group::{has_members, in_brackets, member};
use crate::units::spelling::brief;
use std::collections::{BTreeMap, BTreeSet};

/// An arrow that stands for more is a typing mistake, and would take long to count out.
const MAX_ASSIGNMENTS: u64 = 1_000_000;

/// What an array knows of the groups.
pub(super) struct ArrayGroups<'a> {
    /// How many members each group has in each dimension; `[1]` for an element with `count: 1`.
    pub(super) counts: &'a BTreeMap<String, Vec<u32>>,
    /// Members that were removed.
    pub(super) gone: &'a BTreeSet<String>,
    /// Whether there is an element that is written with exactly this name.
    pub(super) is_element: &'a dyn Fn(&str) -> bool,
}

/// What one number in brackets is: a letter and what is added to it, or a number alone.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ArrayIndex {
    letter: Option<String>,
    add: i64,
}

/// What a stop stands for.
enum ArrayStop<'a> {
    /// The element of that name, or none.
    Element,
    /// Every member of a group.
    Every(&'a [u32]),
    /// The members with these numbers.
    Some(&'a str, &'a [u32], Vec<ArrayIndex>),
}

/// The arrows between elements that an arrow stands for, in the order of the numbers; none if it has no groups in it.
pub(super) fn arrows_of(arrow: &Arrow, groups: &ArrayGroups<'_>) -> Result<Option<Vec<Arrow>>, Fault> {
    let (from, to) = (groups.stop(&arrow.from)?, groups.stop(&arrow.to)?);
    let by = arrow.by.as_ref().map(|by| groups.stop(by).map(|stop| (by, stop))).transpose()?;
    if let Some((by, ArrayStop::Every(_))) = &by {
        let fault = Fault::new(format!("\"{}\" is a group: an arrow names one robot", brief(&by.name)));
        return Err(fault.at(by.place).help(format!("name one, such as `by {}`", member(&by.name, &[1]))));
    }
    let stops = [Some(&from), Some(&to), by.as_ref().map(|(_, stop)| stop)];
    if stops.into_iter().flatten().all(|stop| matches!(stop, ArrayStop::Element)) {
        return Ok(None);
    }
    let mut all = Vec::new();
    for letters in assignments(&stops, arrow)? {
        let (from, to) = (groups.named(&arrow.from, &from, &letters), groups.named(&arrow.to, &to, &letters));
        let by = by.as_ref().map(|(by, stop)| groups.named(by, stop, &letters).pop());
        if matches!(by, Some(None)) {
            continue;
        }
        if all.len() + from.len() * to.len() > MAX_ARROWS {
            return Err(too_many(arrow));
        }
        let share = arrow.share.map(|share| share / to.len().max(1) as f64);
        let by = by.flatten();
        for from in from {
            let to = to.iter().cloned();
            all.extend(to.map(|to| Arrow {
                from: from.clone(),
                to,
                by: by.clone(),
                share,
                place: arrow.place,
            }));
        }
    }
    if all.is_empty() {
        let fault =
            Fault::new("this arrow stands for nothing: there are no such members").at(arrow.from.place);
        return Err(fault.help("a letter runs through the numbers for which every member named exists"));
    }
    Ok(Some(all))
}

impl ArrayGroups<'_> {
    fn stop<'s>(&'s self, stop: &'s Stop) -> Result<ArrayStop<'s>, Fault> {
        if let Some(counts) = self.counts.get(&stop.name).filter(|counts| has_members(counts)) {
            return Ok(ArrayStop::Every(counts));
        }
        if (self.is_element)(&stop.name) {
            return Ok(ArrayStop::Element);
        }
        let Some((group, inside)) = in_brackets(&stop.name) else { return Ok(ArrayStop::Element) };
        let Some(counts) = self.counts.get(group) else { return Ok(ArrayStop::Element) };
        let fault = |message: String| Fault::new(message).at(stop.place);
        let numbers: Option<Vec<ArrayIndex>> = inside.split(',').map(index).collect();
        let Some(numbers) = numbers else {
            let fault = fault(format!("`{}` names no member", brief(&stop.name)));
            return Err(
                fault.label("expected numbers or letters in the brackets, such as `[2]`, `[i]` or `[i+1]`")
            );
        };
        if numbers.len() != counts.len() {
            let many = counts.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            let fault = fault(format!("`{}` names no member of `{}`", brief(&stop.name), brief(group)));
            return Err(fault
                .help(format!("its count is ({many}): write {} in the brackets", numbered(counts.len()))));
        }
        let fixed =
            numbers.iter().zip(counts).find(|(at, count)| at.letter.is_none() && !at.fits(**count, 0));
        if let Some((_, count)) = fixed {
            let fault = fault(format!("there is no member `{}`", brief(&stop.name)));
            return Err(fault.help(format!("members are numbered from 1, here to {count}")));
        }
        Ok(ArrayStop::Some(group, counts, numbers))
    }

    /// The elements that a stop names when the letters have values.
    fn named(&self, stop: &Stop, what: &ArrayStop<'_>, letters: &BTreeMap<&str, i64>) -> Vec<Stop> {
        let there = |name: String| (!self.gone.contains(&name)).then(|| Stop { name, ..stop.clone() });
        match what {
            ArrayStop::Element => vec![stop.clone()],
            ArrayStop::Every(counts) => {
                super::group::indices(counts).filter_map(|index| there(member(&stop.name, &index))).collect()
            }
            ArrayStop::Some(group, counts, numbers) => {
                let value = |at: &ArrayIndex| at.letter.as_deref().map_or(0, |letter| letters[letter]);
                let fits = numbers.iter().zip(*counts).all(|(at, count)| at.fits(*count, value(at)));
                let index = || numbers.iter().map(|at| (value(at) + at.add) as u32).collect::<Vec<u32>>();
                let name = || if has_members(counts) { member(group, &index()) } else { (*group).to_owned() };
                fits.then(|| there(name())).flatten().into_iter().collect()
            }
        }
    }
}

impl ArrayIndex {
    fn fits(&self, count: u32, letter: i64) -> bool {
        (1..=i64::from(count)).contains(&(letter + self.add))
    }
}

/// `2`, `i`, `i+1` or `i-1`.
fn index(text: &str) -> Option<ArrayIndex> {
    let text = text.trim();
    let number = |text: &str| text.trim().parse::<u32>().ok().map(i64::from);
    if let Some(add) = number(text) {
        return Some(ArrayIndex { letter: None, add });
    }
    let end = text.find(['+', '-']).unwrap_or(text.len());
    let (letter, rest) = (text[..end].trim(), &text[end..]);
    let is_letter = !letter.is_empty() && letter.chars().all(|letter| letter.is_ascii_lowercase());
    let add = match rest.as_bytes().first() {
        None => 0,
        Some(b'+') => number(&rest[1..])?,
        Some(_) => -number(&rest[1..])?,
    };
    is_letter.then(|| ArrayIndex { letter: Some(letter.to_owned()), add })
}

fn numbered(dimensions: usize) -> &'static str {
    match dimensions {
        1 => "one number or letter",
        2 => "two, such as `[i,1]`",
        _ => "three, such as `[i,j,1]`",
    }
}

/// All values that the letters of an arrow can have together, the last letter running first.
fn assignments<'s>(
    stops: &[Option<&'s ArrayStop<'_>>],
    arrow: &Arrow,
) -> Result<Vec<BTreeMap<&'s str, i64>>, Fault> {
    // A letter runs no further than where the first member that has it ends.
    let mut ranges: Vec<(&str, i64, i64)> = Vec::new();
    for stop in stops.iter().flatten() {
        let ArrayStop::Some(_, counts, numbers) = stop else { continue };
        for (at, count) in numbers.iter().zip(*counts) {
            let Some(letter) = at.letter.as_deref() else { continue };
            let (first, last) = (1 - at.add, i64::from(*count) - at.add);
            match ranges.iter_mut().find(|(known, ..)| *known == letter) {
                Some(range) => (range.1, range.2) = (range.1.max(first), range.2.min(last)),
                None => ranges.push((letter, first, last)),
            }
        }
    }
    let length = |range: &(&str, i64, i64)| (range.2 - range.1 + 1).max(0) as u64;
    let many = ranges.iter().try_fold(1_u64, |all, range| all.checked_mul(length(range)));
    let Some(many) = many.filter(|many| *many <= MAX_ASSIGNMENTS) else {
        return Err(too_many(arrow));
    };
    let assignment = |mut nth: u64| {
        let value = |range: &(&'s str, i64, i64)| {
            let value = range.1 + (nth % length(range)) as i64;
            nth /= length(range);
            (range.0, value)
        };
        ranges.iter().rev().map(value).collect()
    };
    Ok((0..many).map(assignment).collect())
}

fn too_many(arrow: &Arrow) -> Fault {
    let fault = Fault::new("this arrow stands for too many arrows").at(arrow.from.place);
    fault.help("a line may have at most 200,000 arrows")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_brackets_is_a_number_or_a_letter_with_a_step() {
        let of = |letter: Option<&str>, add| Some(ArrayIndex { letter: letter.map(str::to_owned), add });
        assert_eq!(index(" 12 "), of(None, 12));
        assert_eq!(index("i"), of(Some("i"), 0));
        assert_eq!(index("row + 2"), of(Some("row"), 2));
        assert_eq!(index("i-1"), of(Some("i"), -1));
        for wrong in ["", "I", "i+", "i+j", "2i", "-1", "i*2", "1.5"] {
            assert_eq!(index(wrong), None, "{wrong}");
        }
    }
}

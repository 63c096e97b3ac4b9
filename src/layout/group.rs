//! Groups: several elements alike behind one name, such as `count: 3` or `count: (3, 4)`.
//!
//! `"weld": Machine(count: 3, ..)` stands for the elements `weld[1]`, `weld[2]` and `weld[3]`. A member that is changed by itself
//! has an outline of its own from then on. Who makes the elements is [`expand`](super::expand). Read [`GroupMembers`] first, then
//! [`counts`].

use super::fault::Fault;
use super::outline::{Node, OutlineShape};
use super::read::read;
use super::settle;
use super::source::Sources;
use super::text_span::TextSpan;
use crate::units::spelling::brief;
use std::collections::{BTreeMap, BTreeSet};

/// All groups of a line together: a member takes about a kilobyte before the line is checked.
pub(crate) const MAX_MEMBERS: u64 = 100_000;

/// A group of more dimensions is no group on a floor.
const MAX_DIMENSIONS: usize = 3;

/// How far members stand from each other if the group does not say it, in metres: a machine and a way to walk beside it.
const APART: (f64, f64) = (3.0, 3.0);

/// What belongs to the group and to none of its members.
pub(crate) const FIELDS: [&str; 2] = ["count", "apart"];

/// The kinds whose number is a setting of its own, `size`.
const WITHOUT_GROUPS: [&str; 2] = ["Crew", "Tools"];

/// Elements that are alike and have one name together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementGroup {
    /// Its name.
    pub name: String,
    /// The names of its members, in order.
    pub members: Vec<String>,
    /// The place of the group's name, for messages.
    pub key: TextSpan,
}

/// Members of groups that differ from their group.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupMembers {
    /// The outlines of members that were changed by themselves, by name.
    pub(crate) own: BTreeMap<String, Node>,
    /// Members that were removed.
    pub(crate) gone: BTreeSet<String>,
}

impl GroupMembers {
    /// The members of a group that have an outline of their own.
    pub(crate) fn own_of<'a>(&'a mut self, group: &str) -> impl Iterator<Item = &'a mut Node> {
        let begin = format!("{group}[");
        let of_group = self.own.iter_mut().filter(move |(name, _)| name.starts_with(&begin));
        of_group.map(|(_, node)| node)
    }

    /// Forgets the members of a group that is removed.
    pub(crate) fn forget(&mut self, group: &str) {
        let begin = format!("{group}[");
        self.own.retain(|name, _| !name.starts_with(&begin));
        self.gone.retain(|name| !name.starts_with(&begin));
    }
}

/// How many members an element stands for, in each dimension; nothing if it is no group.
pub(crate) fn counts(node: &Node, sources: &Sources) -> Result<Vec<u32>, Fault> {
    let Some(count) = node.entry("count", sources).map(|entry| &entry.value) else { return Ok(Vec::new()) };
    if WITHOUT_GROUPS.contains(&sources.text(node.name())) {
        return Ok(Vec::new());
    }
    let several = matches!(count.shape, OutlineShape::Tuple { .. } | OutlineShape::List(_));
    settle::note_tuple(count, sources);
    let numbers = if several { count.items() } else { std::slice::from_ref(count) };
    if numbers.is_empty() || numbers.len() > MAX_DIMENSIONS {
        let fault = Fault::new("this is no count of members").at(count.head());
        return Err(fault.label("expected a number such as 3, or numbers such as (3, 4)"));
    }
    let counts = numbers.iter().map(|number| whole(number, sources)).collect::<Result<Vec<_>, _>>()?;
    if let Some((number, _)) = numbers.iter().zip(&counts).find(|(_, count)| **count == 0) {
        let fault = Fault::new("a group has at least one member").at(number.head());
        return Err(fault.help("remove the element if there is none"));
    }
    let members = counts.iter().try_fold(1_u64, |all, count| all.checked_mul(u64::from(*count)));
    match members.filter(|members| *members <= MAX_MEMBERS) {
        Some(_) => Ok(counts),
        None => {
            let fault = Fault::new("more members than the groups of a line can have").at(count.head());
            Err(fault.label("expected at most 100,000"))
        }
    }
}

fn whole(number: &Node, sources: &Sources) -> Result<u32, Fault> {
    let written = sources.text(number.place);
    written.parse().map_err(|_| {
        let fault =
            Fault::new(format!("a count is a whole number, found {}", brief(written))).at(number.head());
        fault.label("expected a number such as 3, without quotes")
    })
}

/// Whether an element has members with names of their own.
pub(crate) fn has_members(counts: &[u32]) -> bool {
    !matches!(counts, [] | [1])
}

/// How far members stand from each other, in metres.
pub(super) fn apart(node: &Node, sources: &Sources) -> Result<(f64, f64), Fault> {
    let Some(apart) = node.entry("apart", sources).map(|entry| &entry.value) else { return Ok(APART) };
    match read::<(f64, f64)>(apart, sources)? {
        (x, y) if x.abs() <= 1e6 && y.abs() <= 1e6 => Ok((x, y)),
        _ => {
            let fault = Fault::new("members cannot stand so far apart").at(apart.head());
            Err(fault.label("expected two numbers in metres, from -1,000,000 to 1,000,000"))
        }
    }
}

/// Where a member stands as seen from the first: one number goes on along y; of two, the last goes on along x.
pub(super) fn offset(index: &[u32], apart: (f64, f64)) -> (f64, f64) {
    let steps = |nth: Option<&u32>| nth.map_or(0.0, |nth| f64::from(nth - 1));
    match index {
        [] => (0.0, 0.0),
        [row] => (0.0, steps(Some(row)) * apart.1),
        [.., row, column] => (steps(Some(column)) * apart.0, steps(Some(row)) * apart.1),
    }
}

/// The numbers of all members, the last number running first.
pub(super) fn indices(counts: &[u32]) -> impl Iterator<Item = Vec<u32>> + '_ {
    let members: u64 = counts.iter().map(|count| u64::from(*count)).product();
    (0..members).map(move |mut nth| {
        let mut index = vec![1; counts.len()];
        for (at, count) in index.iter_mut().zip(counts).rev() {
            *at += (nth % u64::from(*count)) as u32;
            nth /= u64::from(*count);
        }
        index
    })
}

/// The name of a member.
pub(crate) fn member(group: &str, index: &[u32]) -> String {
    let numbers: Vec<String> = index.iter().map(u32::to_string).collect();
    format!("{group}[{}]", numbers.join(","))
}

/// The group and what stands in the brackets, of a name such as `weld[2]` or `cell[i,j+1]`.
pub(crate) fn in_brackets(name: &str) -> Option<(&str, &str)> {
    let (group, inside) = name.strip_suffix(']')?.rsplit_once('[')?;
    Some((group.trim_end(), inside))
}

/// The numbers of one member, if such are in the brackets and there is such a member.
pub(crate) fn index_in(inside: &str, counts: &[u32]) -> Option<Vec<u32>> {
    let index = inside.split(',').map(|number| number.trim().parse().ok()).collect::<Option<Vec<u32>>>()?;
    let fits =
        index.len() == counts.len() && index.iter().zip(counts).all(|(at, count)| (1..=*count).contains(at));
    fits.then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::scan::scan;

    fn of(text: &str) -> Result<Vec<u32>, String> {
        let mut sources = Sources::default();
        let file = sources.add_argument("line.ron", text);
        counts(&scan(&sources, file).expect("an outline"), &sources).map_err(|fault| fault.message)
    }

    #[test]
    fn a_count_is_a_number_or_several() {
        assert_eq!(of("Machine(count: 3)"), Ok(vec![3]));
        assert_eq!(of("Machine(count: (3, 4))"), Ok(vec![3, 4]));
        assert_eq!(of("Machine(cycle: \"1 s\")"), Ok(vec![]));
        assert_eq!(of("Crew(count: 3)"), Ok(vec![]));
        for wrong in ["0", "()", "(1, 0)", "-1", "1.5", "\"3\"", "(1, 2, 3, 4)", "100001", "(100000, 100000)"]
        {
            assert!(of(&format!("Machine(count: {wrong})")).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_last_number_runs_first() {
        let all: Vec<String> = indices(&[2, 2]).map(|index| member("cell", &index)).collect();
        assert_eq!(all, ["cell[1,1]", "cell[1,2]", "cell[2,1]", "cell[2,2]"]);
    }

    #[test]
    fn a_row_goes_on_along_x_and_single_machines_along_y() {
        assert_eq!(offset(&[3], (3.0, 2.0)), (0.0, 4.0));
        assert_eq!(offset(&[2, 3], (3.0, 2.0)), (6.0, 2.0));
    }

    #[test]
    fn a_name_with_brackets_is_a_member_only_if_there_is_one() {
        assert_eq!(in_brackets("weld[2]"), Some(("weld", "2")));
        assert_eq!(in_brackets("weld"), None);
        assert_eq!(index_in("2", &[3]), Some(vec![2]));
        assert_eq!(index_in(" 2 , 3 ", &[3, 3]), Some(vec![2, 3]));
        for (inside, counts) in [("0", [3].as_slice()), ("4", &[3]), ("i", &[3]), ("1", &[3, 3]), ("", &[3])]
        {
            assert_eq!(index_in(inside, counts), None, "{inside}");
        }
    }
}

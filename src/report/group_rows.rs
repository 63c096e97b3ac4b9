//! Rows of a table in which the members of a group are one row, where they say the same. Read [`folded`].

use crate::line::{Group, Line};
use std::collections::BTreeMap;

/// One row for each slot, with the slot; one for a whole group where the rows of its members differ only in their first column, the name.
pub(super) fn folded(
    line: &Line,
    slots: &[usize],
    row: impl Fn(usize) -> Vec<String>,
) -> Vec<(usize, Vec<String>)> {
    let members = |group: &'_ Group| group.members.iter().map(|slot| slot.index()).collect::<Vec<usize>>();
    let of_group: BTreeMap<usize, (&Group, Vec<usize>)> = line
        .groups
        .iter()
        .filter_map(|group| Some((group.members.first()?.index(), (group, members(group)))))
        .collect();
    let (mut rows, mut nth) = (Vec::new(), 0);
    while let Some(slot) = slots.get(nth) {
        let first = row(*slot);
        let alike = of_group.get(slot).filter(|(_, members)| {
            slots[nth..].starts_with(members) && members.iter().all(|member| row(*member)[1..] == first[1..])
        });
        match alike {
            Some((group, members)) => {
                let name = format!("{} ({})", group.name, members.len());
                rows.push((*slot, std::iter::once(name).chain(first.into_iter().skip(1)).collect()));
                nth += members.len();
            }
            None => {
                rows.push((*slot, first));
                nth += 1;
            }
        }
    }
    rows
}

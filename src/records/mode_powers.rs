//! What an element with several saving modes draws in each of them.

use crate::energy::PowerTable;
use std::collections::BTreeMap;

/// The tables of an element by saving mode, and the mode that holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ModePowers {
    tables: Vec<PowerTable>,
    present: usize,
}

impl ModePowers {
    /// Those of all elements that have several modes, by slot.
    pub fn of_all(tables: &[PowerTable]) -> BTreeMap<u32, ModePowers> {
        let several = (0..).zip(tables).filter(|(_, table)| table.modes.len() > 1);
        several.map(|(slot, table)| (slot, ModePowers { tables: table.modes.clone(), present: 0 })).collect()
    }

    /// The same for other tables, while the modes stay that hold.
    pub fn changed(before: &BTreeMap<u32, ModePowers>, tables: &[PowerTable]) -> BTreeMap<u32, ModePowers> {
        let mut after = ModePowers::of_all(tables);
        for (slot, modes) in &mut after {
            let present = before.get(slot).map_or(0, |before| before.present);
            modes.present = present.min(modes.tables.len() - 1);
        }
        after
    }

    /// What the element draws now, by state.
    pub fn present(&self) -> &PowerTable {
        &self.tables[self.present]
    }

    /// Another mode holds, unless it is the same.
    pub fn change_to(&mut self, mode: u8) -> bool {
        let mode = usize::from(mode).min(self.tables.len() - 1);
        std::mem::replace(&mut self.present, mode) != mode
    }
}

//! The store of parts: a part is a small record here, and what moves through the line is its number.

use crate::event::Part;
use crate::kernel::Time;

/// Where the record of a part lies; used again after the part has left the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartId(u32);

/// Stands where there is no record; the law of parts would tell.
const NOBODY: Part = Part { serial: u64::MAX, entered: Time::ZERO, product: 0, priority: 0 };

/// The records of all parts inside the line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartStore {
    records: Vec<Part>,
    free: Vec<PartId>,
    made: u64,
}

impl PartStore {
    /// Makes a part.
    #[inline]
    pub fn make(&mut self, now: Time, product: u32, priority: i32) -> PartId {
        let part = Part { serial: self.made, entered: now, product, priority };
        self.made += 1;
        match self.free.pop() {
            Some(id) => {
                self.records[id.0 as usize] = part;
                id
            }
            None => {
                self.records.push(part);
                PartId(self.records.len() as u32 - 1)
            }
        }
    }

    /// The record of a part. It never fails, so that a caller who does not need it costs nothing.
    #[inline(always)]
    pub fn get(&self, id: PartId) -> Part {
        self.records.get(id.0 as usize).copied().unwrap_or(NOBODY)
    }

    /// Forgets a part that has left the line.
    #[inline]
    pub fn forget(&mut self, id: PartId) {
        self.free.push(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_used_again_and_a_serial_never() {
        let mut store = PartStore::default();
        let first = store.make(Time(5), 0, 0);
        store.forget(first);
        let second = store.make(Time(7), 1, 0);
        assert_eq!(first, second);
        assert_eq!(
            (store.get(second).serial, store.get(second).entered, store.get(second).product),
            (1, Time(7), 1)
        );
    }
}

//! Shelves: where the numbers of the parts lie, one shelf for each element, side by side in one piece of memory.

use super::part_store::{PartId, PartStore};

/// The most parts that a shelf is made for before there are any.
const ROOMY: usize = 64;

/// A row of parts, of which those at the ends come and go: a ring in the memory of the [`PartStore`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    begin: u32,
    /// Its length, a power of two, less one.
    mask: u32,
    head: u32,
    len: u32,
}

impl Shelf {
    /// An empty shelf that will hold so many parts, or grow if they are many.
    pub fn new(capacity: usize, parts: &mut PartStore) -> Shelf {
        let begin = parts.shelves.len() as u32;
        let length = capacity.clamp(1, ROOMY).next_power_of_two();
        parts.shelves.resize(parts.shelves.len() + length, PartId::default());
        Shelf { begin, mask: length as u32 - 1, head: 0, len: 0 }
    }

    /// How many parts are on it.
    #[inline]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether it was made for one part and never grew.
    #[inline]
    pub fn is_for_one(&self) -> bool {
        self.mask == 0
    }

    /// The part on a shelf for one.
    #[inline(always)]
    pub fn only(&self, parts: &PartStore) -> PartId {
        parts.shelves[self.begin as usize]
    }

    /// Puts another part on a shelf for one.
    #[inline(always)]
    pub fn replace_only(&mut self, part: PartId, parts: &mut PartStore) {
        parts.shelves[self.begin as usize] = part;
    }

    /// Where the n-th part lies.
    #[inline]
    fn at(&self, nth: u32) -> usize {
        (self.begin + ((self.head + nth) & self.mask)) as usize
    }

    /// The first part on a shelf on which there is one.
    #[inline(always)]
    pub fn front(&self, parts: &PartStore) -> PartId {
        debug_assert!(self.len > 0, "only a part that is there is worked on");
        parts.shelves[self.at(0)]
    }

    /// The first part.
    #[inline]
    pub fn first(&self, parts: &PartStore) -> Option<PartId> {
        if self.len > 0 { parts.shelves.get(self.at(0)).copied() } else { None }
    }

    /// The last part.
    #[inline]
    pub fn last(&self, parts: &PartStore) -> Option<PartId> {
        if self.len > 0 { parts.shelves.get(self.at(self.len - 1)).copied() } else { None }
    }

    /// The n-th part from the first.
    pub fn nth(&self, nth: u32, parts: &PartStore) -> Option<PartId> {
        if nth < self.len { parts.shelves.get(self.at(nth)).copied() } else { None }
    }

    /// All parts, the first first.
    pub fn all<'a>(&self, parts: &'a PartStore) -> impl Iterator<Item = PartId> + use<'a> {
        let shelf = self.clone();
        (0..self.len).map(move |nth| parts.shelves[shelf.at(nth)])
    }

    /// Puts a part behind the others.
    #[inline(always)]
    pub fn push(&mut self, part: PartId, parts: &mut PartStore) {
        if self.len > self.mask {
            self.grow(parts);
        }
        parts.shelves[self.at(self.len)] = part;
        self.len += 1;
    }

    /// Takes the first part away.
    #[inline(always)]
    pub fn pop(&mut self, parts: &PartStore) -> PartId {
        debug_assert!(self.len > 0, "only a part that is there is taken");
        let part = parts.shelves[self.at(0)];
        self.head = (self.head + 1) & self.mask;
        self.len -= 1;
        part
    }

    /// Takes the last part away.
    pub fn pop_last(&mut self, parts: &PartStore) -> PartId {
        debug_assert!(self.len > 0, "only a part that is there is taken");
        self.len -= 1;
        parts.shelves[self.at(self.len)]
    }

    /// Where a part lies.
    pub fn position(&self, part: PartId, parts: &PartStore) -> Option<u32> {
        (0..self.len).find(|nth| parts.shelves[self.at(*nth)] == part)
    }

    /// Moves the part at one place to another before it; those between move up.
    #[inline]
    pub fn bring_forward(&mut self, from: u32, to: u32, parts: &mut PartStore) {
        for nth in (to..from).rev() {
            let (before, behind) = (self.at(nth), self.at(nth + 1));
            parts.shelves.swap(before, behind);
        }
    }

    /// Takes the n-th part away.
    #[inline]
    pub fn remove(&mut self, nth: u32, parts: &mut PartStore) -> PartId {
        self.bring_forward(nth, 0, parts);
        self.pop(parts)
    }

    /// Moves the last part before those of lower priority, but not before the first `kept`.
    #[cold]
    pub fn sort_in_last(&mut self, kept: u32, parts: &mut PartStore) {
        for nth in (kept + 1..self.len).rev() {
            let (before, behind) = (self.at(nth - 1), self.at(nth));
            let priority = |at: usize| parts.get(parts.shelves[at]).priority;
            if priority(before) >= priority(behind) {
                break;
            }
            parts.shelves.swap(before, behind);
        }
    }

    /// Moves to a place with twice the length.
    #[cold]
    fn grow(&mut self, parts: &mut PartStore) {
        let mut wider = Shelf::new(0, parts);
        let length = 2 * (self.mask + 1);
        parts.shelves.resize(wider.begin as usize + length as usize, PartId::default());
        wider.mask = length - 1;
        for nth in 0..self.len {
            parts.shelves[wider.at(nth)] = parts.shelves[self.at(nth)];
        }
        wider.len = self.len;
        *self = wider;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Time;
    use crate::material::PartSpec;

    /// The slow, obvious twin: a double-ended queue, for each of two shelves that grow side by side.
    #[test]
    fn shelves_agree_with_queues_under_random_use() {
        let mut store = PartStore::default();
        let mut shelves =
            [1, 5].map(|capacity| (Shelf::new(capacity, &mut store), std::collections::VecDeque::new()));
        let mut random = 7_u32;
        for number in 0..20_000 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (shelf, twin) = &mut shelves[(random >> 30) as usize & 1];
            match random >> 24 & 7 {
                0..4 => {
                    let part = store.make(Time(number), PartSpec::default());
                    shelf.push(part, &mut store);
                    twin.push_back(part);
                }
                4..6 if !twin.is_empty() => assert_eq!(Some(shelf.pop(&store)), twin.pop_front()),
                6 if !twin.is_empty() => assert_eq!(Some(shelf.pop_last(&store)), twin.pop_back()),
                _ => assert_eq!(
                    (shelf.first(&store), shelf.last(&store)),
                    (twin.front().copied(), twin.back().copied())
                ),
            }
            assert_eq!(shelf.len() as usize, twin.len());
        }
        for (shelf, twin) in &shelves {
            assert!(shelf.all(&store).eq(twin.iter().copied()) && twin.len() > 100);
        }
    }
}

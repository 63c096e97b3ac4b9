//! The store of parts: a part is a small record here, and what moves through the line is its number.
//!
//! The numbers lie on shelves, one for each element, side by side in one piece of memory.

use crate::event::{Part, Slot};
use crate::kernel::Time;

/// Where the record of a part lies; used again after the part has left the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartId(u32);

/// Stands where there is no record; the law of parts would tell.
const NOBODY: Part = Part { serial: u64::MAX, entered: Time::ZERO, product: 0, priority: 0 };

/// What a part has on it that only some elements ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// When it should be finished; [`Time::NEVER`] if nobody said.
    pub due: Time,
    /// Its mass in milligrams.
    pub mass_mg: u64,
    /// How many stops of its product's route it has come to.
    pub step: u32,
    /// Through which of the ways out of an element it goes: the number of the port.
    pub exit: u8,
    /// How often it was reworked.
    pub reworks: u8,
    /// Whether something is wrong with it, seen or unseen.
    pub defective: bool,
    /// Whether it was inspected anywhere.
    pub inspected: bool,
    /// Whether it was found bad since it was last reworked, rightly or not.
    pub rejected: bool,
    /// Which inspection found it bad last, however long ago.
    pub found_bad_at: Option<Slot>,
    /// Whether it is a carrier, such as a pallet: it holds parts, and is none of those that a line is there for.
    pub carrier: bool,
    /// Whether there are parts in it.
    pub loaded: bool,
}

impl Default for Traits {
    fn default() -> Traits {
        Traits {
            due: Time::NEVER,
            mass_mg: 0,
            step: 0,
            exit: 0,
            reworks: 0,
            defective: false,
            inspected: false,
            rejected: false,
            found_bad_at: None,
            carrier: false,
            loaded: false,
        }
    }
}

/// What a new part will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ware {
    /// The number of its product.
    pub product: u32,
    /// The product's priority.
    pub priority: i32,
    /// Its mass in milligrams.
    pub mass_mg: u64,
    /// Whether it is a carrier.
    pub carrier: bool,
}

/// A part as whoever could take it sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    /// Which part; nobody's number if it is made at the instant it leaves.
    pub part: PartId,
    /// Its record.
    pub record: &'a Part,
    /// What else is known of it.
    pub traits: &'a Traits,
}

/// What a part will be that is made at the instant it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// Its record, but for its serial number.
    pub record: Part,
    /// What else is known of it.
    pub traits: Traits,
}

impl Prospect {
    /// The part as whoever could take it sees it.
    pub fn offer(&self) -> Offer<'_> {
        Offer { part: PartId::default(), record: &self.record, traits: &self.traits }
    }
}

/// The records of all parts inside the line, and the shelves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartStore {
    records: Vec<Part>,
    /// By the same number as the records, and apart from them: most lines never look here.
    traits: Vec<Traits>,
    free: Vec<PartId>,
    made: u64,
    shelves: Vec<PartId>,
    /// What is in a carrier, by the same number as the records; as long as nothing was ever packed there is nothing here.
    loads: Vec<Vec<PartId>>,
}

/// The most parts that a shelf is made for before there are any.
const ROOMY: usize = 64;

impl PartStore {
    /// Makes a part.
    #[inline(always)]
    pub fn make(&mut self, now: Time, ware: Ware) -> PartId {
        let Ware { product, priority, mass_mg, carrier } = ware;
        let part = Part { serial: self.made, entered: now, product, priority };
        let traits = Traits { mass_mg, carrier, ..Traits::default() };
        self.made += 1;
        match self.free.pop() {
            Some(id) => {
                self.records[id.0 as usize] = part;
                self.traits[id.0 as usize] = traits;
                id
            }
            None => {
                self.records.push(part);
                self.traits.push(traits);
                PartId(self.records.len() as u32 - 1)
            }
        }
    }

    /// The record of a part. It never fails, so that a caller who does not need it costs nothing.
    #[inline(always)]
    pub fn get(&self, id: PartId) -> Part {
        self.records.get(id.0 as usize).copied().unwrap_or(NOBODY)
    }

    /// What else is known of a part.
    #[inline]
    pub fn traits(&self, id: PartId) -> Traits {
        self.traits.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// What else is known of a part, to be changed.
    #[inline]
    pub fn traits_mut(&mut self, id: PartId) -> &mut Traits {
        &mut self.traits[id.0 as usize]
    }

    /// The part as whoever could take it sees it.
    #[inline]
    pub fn offer(&self, part: PartId) -> Offer<'_> {
        let nth = part.0 as usize;
        Offer { part, record: &self.records[nth], traits: &self.traits[nth] }
    }

    /// Forgets a part that has left the line.
    #[inline]
    pub fn forget(&mut self, id: PartId) {
        self.free.push(id);
    }

    /// A part becomes another product; what it weighs is said anew if the product says it.
    pub fn convert(&mut self, id: PartId, ware: Ware) {
        let record = &mut self.records[id.0 as usize];
        (record.product, record.priority) = (ware.product, ware.priority);
        let load: u64 = self.load(id).iter().map(|part| self.traits(*part).mass_mg).sum();
        let traits = &mut self.traits[id.0 as usize];
        traits.carrier = ware.carrier;
        if ware.mass_mg > 0 {
            traits.mass_mg = ware.mass_mg + load;
        }
    }

    /// Puts a part into a carrier, behind those in it.
    pub fn pack(&mut self, part: PartId, carrier: PartId) {
        let nth = carrier.0 as usize;
        if self.loads.len() <= nth {
            self.loads.resize_with(nth + 1, Vec::new);
        }
        self.loads[nth].push(part);
        let mass_mg = self.traits(part).mass_mg;
        let traits = self.traits_mut(carrier);
        traits.loaded = true;
        traits.mass_mg += mass_mg;
    }

    /// Takes everything out of a carrier, what was packed first first.
    pub fn unpack(&mut self, carrier: PartId) -> Vec<PartId> {
        let load = self.loads.get_mut(carrier.0 as usize).map(std::mem::take).unwrap_or_default();
        let mass_mg: u64 = load.iter().map(|part| self.traits(*part).mass_mg).sum();
        let traits = self.traits_mut(carrier);
        traits.loaded = false;
        traits.mass_mg = traits.mass_mg.saturating_sub(mass_mg);
        load
    }

    /// What is in a carrier, what was packed first first.
    pub fn load(&self, carrier: PartId) -> &[PartId] {
        self.loads.get(carrier.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether there may be anything in any carrier.
    #[inline(always)]
    pub fn carries(&self) -> bool {
        !self.loads.is_empty()
    }

    /// Shows everything in a part, also in carriers that are in it.
    pub fn each_in(&self, part: PartId, see: &mut dyn FnMut(PartId)) {
        for inner in self.load(part) {
            see(*inner);
            self.each_in(*inner, see);
        }
    }

    /// An empty shelf that will hold so many parts, or grow if they are many.
    pub fn shelf(&mut self, capacity: usize) -> Shelf {
        let begin = self.shelves.len() as u32;
        let length = capacity.clamp(1, ROOMY).next_power_of_two();
        self.shelves.resize(self.shelves.len() + length, PartId::default());
        Shelf { begin, mask: length as u32 - 1, head: 0, len: 0 }
    }
}

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
    /// How many parts are on it.
    #[inline]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
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
        let mut wider = parts.shelf(0);
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

    #[test]
    fn a_number_is_used_again_and_a_serial_never() {
        let mut store = PartStore::default();
        let first = store.make(Time(5), Ware::default());
        store.forget(first);
        let second = store.make(Time(7), Ware { product: 1, ..Ware::default() });
        assert_eq!(first, second);
        assert_eq!(
            (store.get(second).serial, store.get(second).entered, store.get(second).product),
            (1, Time(7), 1)
        );
    }

    /// The slow, obvious twin: a double-ended queue, for each of two shelves that grow side by side.
    #[test]
    fn shelves_agree_with_queues_under_random_use() {
        let mut store = PartStore::default();
        let mut shelves = [1, 5].map(|capacity| (store.shelf(capacity), std::collections::VecDeque::new()));
        let mut random = 7_u32;
        for number in 0..20_000 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (shelf, twin) = &mut shelves[(random >> 30) as usize & 1];
            match random >> 24 & 7 {
                0..4 => {
                    shelf.push(PartId(number), &mut store);
                    twin.push_back(PartId(number));
                }
                4..6 if !twin.is_empty() => assert_eq!(Some(shelf.pop(&store)), twin.pop_front()),
                6 if !twin.is_empty() => assert_eq!(Some(shelf.pop_last(&store)), twin.pop_back()),
                _ => assert_eq!(
                    (shelf.first(&store), shelf.last(&store)),
                    (twin.front().copied(), twin.back().copied())
                ),
            }
            assert_eq!((shelf.len() as usize, shelf.is_empty()), (twin.len(), twin.is_empty()));
        }
        for (shelf, twin) in &shelves {
            assert!(shelf.all(&store).eq(twin.iter().copied()) && twin.len() > 100);
        }
    }
}

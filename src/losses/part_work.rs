//! How much work was done on each part that is in the line, and what became of it.
//!
//! - The work of an element since its last completion is shared equally by the parts that it completes at one instant. Where parts
//!   lie in places of their own, a part takes the time from when its work begins until it is completed, without stops.
//! - A piece that is built into another part takes its work along. The work on a part that is taken apart is shared by what comes of
//!   it. The work on a carrier is shared by what is in it, when that is taken out or leaves the line.
//! - Work that mends a part is rework, whatever becomes of the part. All other work on a part that leaves the line as scrap is scrap.
//!
//! What is not charged as one or the other is work on good parts, that on parts still in the line included.

use crate::event::Slot;
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};

/// Nanoseconds of work, by element.
type Charges = SmallVec<[(Slot, u64); 4]>;

/// What happened to a part at an instant, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartNote {
    /// Work on it begins, in a place of its own.
    Begun(Slot, u64),
    /// It goes from a place of its own.
    Gone(Slot, u64),
    /// The operation that completes it at this instant is rework.
    Reworked(Slot, u64),
    /// An operation on it is over.
    Completed(Slot, u64),
    /// It comes into being, at a source or where another part is taken apart.
    Created(Slot, u64),
    /// It becomes a piece of the part that is completed next at this element.
    Merged(Slot, u64),
    /// It is put into the carrier that is completed at this element and instant.
    Packed(Slot, u64),
    /// It is taken out of the carrier that is completed at this element and instant.
    Unpacked(Slot, u64),
    /// It leaves the line as scrap.
    Scrapped(u64),
    /// It leaves the line otherwise.
    Left(u64),
}

/// The work on all parts inside.
#[derive(Clone, Debug, Default)]
pub(super) struct PartWork {
    notes: Vec<PartNote>,
    beside: PartsBeside,
    charges: BTreeMap<u64, Charges>,
    /// What is in each carrier.
    loads: BTreeMap<u64, Vec<u64>>,
    /// When the work on a part began, in nanoseconds of work of the element; for elements with several places.
    begun: BTreeMap<(Slot, u64), u64>,
    elements: Vec<ElementWork>,
}

/// Parts at an instant beside those that are completed: which of these are reworked, and by element what became of others.
#[derive(Clone, Debug, Default)]
struct PartsBeside {
    reworked: BTreeSet<(Slot, u64)>,
    merged: BTreeSet<u64>,
    created: BTreeMap<Slot, Vec<u64>>,
    packed: BTreeMap<Slot, Vec<u64>>,
    unpacked: BTreeMap<Slot, Vec<u64>>,
}

/// The work of one element.
#[derive(Clone, Debug, Default)]
struct ElementWork {
    /// Its work when it completed parts last.
    charged: u64,
    /// How many parts it still completes at this instant.
    to_complete: u64,
    /// The work on pieces of the part that it completes next.
    pieces: Charges,
    rework: u64,
    scrap: u64,
}

impl PartWork {
    pub fn new(elements: usize) -> PartWork {
        PartWork { elements: vec![ElementWork::default(); elements], ..PartWork::default() }
    }

    pub fn note(&mut self, note: PartNote) {
        match note {
            PartNote::Reworked(slot, part) => _ = self.beside.reworked.insert((slot, part)),
            PartNote::Created(slot, part) => self.beside.created.entry(slot).or_default().push(part),
            PartNote::Packed(slot, part) => self.beside.packed.entry(slot).or_default().push(part),
            PartNote::Unpacked(slot, part) => self.beside.unpacked.entry(slot).or_default().push(part),
            PartNote::Merged(_, part) => {
                self.beside.merged.insert(part);
                self.notes.push(note);
            }
            PartNote::Completed(slot, _) => {
                self.elements[slot.index()].to_complete += 1;
                self.notes.push(note);
            }
            _ => self.notes.push(note),
        }
    }

    /// Nanoseconds of rework and of work on scrap of an element.
    pub fn lost(&self, slot: Slot) -> (u64, u64) {
        let element = &self.elements[slot.index()];
        (element.rework, element.scrap)
    }

    /// Charges what has happened at an instant. `worked` is the work of an element so far, `has_places` whether parts lie there in
    /// places of their own.
    pub fn charge(&mut self, worked: &dyn Fn(Slot) -> u64, has_places: &dyn Fn(Slot) -> bool) {
        let (notes, beside) = (std::mem::take(&mut self.notes), std::mem::take(&mut self.beside));
        for note in &notes {
            match *note {
                PartNote::Begun(slot, part) => _ = self.begun.insert((slot, part), worked(slot)),
                PartNote::Gone(slot, part) => _ = self.begun.remove(&(slot, part)),
                PartNote::Completed(slot, part) => {
                    let share = self.share(slot, worked(slot));
                    let work = match has_places(slot) {
                        true => worked(slot) - self.begun.remove(&(slot, part)).unwrap_or(worked(slot)),
                        false => share,
                    };
                    self.complete(slot, part, work, beside.reworked.contains(&(slot, part)));
                    self.pass_on(slot, part, &beside);
                }
                PartNote::Merged(slot, part) => {
                    let charges = self.charges.remove(&part).unwrap_or_default();
                    self.elements[slot.index()].pieces.extend(charges);
                }
                _ => {}
            }
        }
        self.end_parts(&notes);
        self.notes = notes;
        self.notes.clear();
    }

    /// The share of one part of what its element has worked since it completed parts last; all that it completes at this instant have
    /// equal shares.
    fn share(&mut self, slot: Slot, worked: u64) -> u64 {
        let element = &mut self.elements[slot.index()];
        let share = (worked - element.charged) / element.to_complete;
        element.charged += share;
        element.to_complete -= 1;
        share
    }

    fn complete(&mut self, slot: Slot, part: u64, work: u64, is_rework: bool) {
        let element = &mut self.elements[slot.index()];
        let pieces = std::mem::take(&mut element.pieces);
        if is_rework {
            element.rework += work;
        }
        let own = (!is_rework && work > 0).then_some((slot, work));
        self.add(part, pieces.into_iter().chain(own));
    }

    fn add(&mut self, part: u64, more: impl Iterator<Item = (Slot, u64)>) {
        let charges = self.charges.entry(part).or_default();
        for (slot, work) in more {
            match charges.iter_mut().find(|(known, _)| *known == slot) {
                Some((_, sum)) => *sum += work,
                None => charges.push((slot, work)),
            }
        }
    }

    /// A part was completed: what was done to it is passed on to the parts that were made of it, or that were in it.
    fn pass_on(&mut self, slot: Slot, part: u64, beside: &PartsBeside) {
        if let Some(load) = self.loads.get_mut(&part) {
            // What is in a carrier that becomes something else becomes a piece of it.
            load.retain(|inner| !beside.merged.contains(inner));
        }
        if let Some(packed) = beside.packed.get(&slot) {
            self.loads.entry(part).or_default().extend(packed);
        }
        if let Some(unpacked) = beside.unpacked.get(&slot) {
            self.loads.remove(&part);
            self.share_out(part, unpacked);
        }
        if let Some(created) = beside.created.get(&slot) {
            let all: Vec<u64> = created.iter().copied().chain([part]).collect();
            self.share_out(part, &all);
        }
    }

    /// The work on a part is work on these, in equal shares.
    fn share_out(&mut self, part: u64, among: &[u64]) {
        let charges = self.charges.remove(&part).unwrap_or_default();
        for (slot, work) in charges {
            let mut left = work;
            for (other, still) in among.iter().zip((1..=among.len() as u64).rev()) {
                self.add(*other, [(slot, left / still)].into_iter());
                left -= left / still;
            }
        }
    }

    /// Parts leave the line; the work on a carrier is work on what is in it.
    fn end_parts(&mut self, notes: &[PartNote]) {
        for note in notes {
            if let PartNote::Scrapped(part) | PartNote::Left(part) = note
                && let Some(load) = self.loads.remove(part)
            {
                self.share_out(*part, &load);
            }
        }
        for note in notes {
            let (PartNote::Scrapped(part) | PartNote::Left(part)) = note else { continue };
            let charges = self.charges.remove(part).unwrap_or_default();
            if matches!(note, PartNote::Scrapped(_)) {
                charges.iter().for_each(|(slot, work)| self.elements[slot.index()].scrap += work);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PartNote::*;
    use super::*;

    const A: Slot = Slot(0);
    const B: Slot = Slot(1);

    /// Work so far at both elements, and what happens then.
    fn at(work: &mut PartWork, worked: [u64; 2], notes: &[PartNote]) {
        notes.iter().for_each(|note| work.note(*note));
        work.charge(&|slot| worked[slot.index()], &|_| false);
    }

    #[test]
    fn work_follows_a_part_until_it_leaves_and_a_load_shares_it() {
        let mut work = PartWork::new(2);
        at(&mut work, [10, 0], &[Completed(A, 1), Completed(A, 2), Completed(A, 3)]);
        at(&mut work, [10, 8], &[Completed(B, 2)]);
        at(&mut work, [10, 8], &[Scrapped(2), Left(1), Left(3)]);
        // A third of ten is three, and the last of the three takes what is left.
        assert_eq!((work.lost(A), work.lost(B)), ((0, 3), (0, 8)));
        assert!(work.charges.is_empty());
    }

    #[test]
    fn rework_stays_rework_and_pieces_are_lost_with_the_whole() {
        let mut work = PartWork::new(2);
        at(&mut work, [5, 0], &[Completed(A, 1)]);
        at(&mut work, [9, 0], &[Completed(A, 1), Reworked(A, 1)]);
        at(&mut work, [9, 7], &[Merged(B, 1), Completed(B, 2)]);
        at(&mut work, [9, 7], &[Scrapped(2)]);
        assert_eq!((work.lost(A), work.lost(B)), ((4, 5), (0, 7)));
    }

    #[test]
    fn the_work_on_a_carrier_is_that_on_its_load_and_that_on_a_whole_is_that_on_its_parts() {
        let mut work = PartWork::new(2);
        at(&mut work, [10, 0], &[Packed(A, 1), Packed(A, 2), Completed(A, 9)]);
        at(&mut work, [10, 6], &[Completed(B, 9), Unpacked(B, 1), Unpacked(B, 2)]);
        at(&mut work, [10, 6], &[Scrapped(1), Left(2), Left(9)]);
        assert_eq!((work.lost(A), work.lost(B)), ((0, 5), (0, 3)));
        // A carrier that leaves with its load.
        at(&mut work, [20, 6], &[Packed(A, 3), Completed(A, 9), Left(9), Scrapped(3)]);
        assert_eq!(work.lost(A), (0, 15));
        // One of three pieces is scrap.
        at(&mut work, [50, 6], &[Completed(A, 4), Created(A, 5), Created(A, 6)]);
        at(&mut work, [50, 6], &[Scrapped(4), Left(5), Left(6)]);
        assert_eq!(work.lost(A), (0, 25));
        assert!(work.charges.is_empty() && work.loads.is_empty());
    }

    #[test]
    fn in_places_of_their_own_parts_take_the_time_of_their_work() {
        let mut work = PartWork::new(1);
        let mut tell = |worked: u64, note: PartNote| {
            work.note(note);
            work.charge(&|_| worked, &|_| true);
        };
        tell(0, Begun(A, 1));
        tell(4, Begun(A, 2));
        tell(10, Completed(A, 1));
        tell(14, Completed(A, 2));
        tell(14, Scrapped(2));
        assert_eq!(work.lost(A), (0, 10));
    }
}

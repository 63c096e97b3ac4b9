//! The network: how elements are joined, and who waits for whom.
//!
//! Every arrow is a [`Way`]. A way whose part cannot move is listed with its taker, the next element or the robot; the
//! lists are chains through the ways themselves, so waiting costs no memory and no search.

use super::pools::Pools;
use crate::equipment::Place;
use crate::event::Slot;
use crate::kernel::Stream;
use bevy::ecs::resource::Resource;

/// A way for parts from one element to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Who gives.
    pub from: Slot,
    /// Who gets.
    pub to: Slot,
    /// Who takes the part: the robot that carries it, or the next element itself.
    pub taker: Slot,
    /// Whether it is on the taker's list.
    pub(super) listed: bool,
    /// The way that waits behind this one.
    pub(super) behind: u32,
}

/// Which way out a part takes, where it is drawn by share.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Cumulated shares of the ways out, the last of which is 1.
    pub shares: Vec<f64>,
    /// What draws them.
    pub stream: Stream,
    /// The way drawn for the part that is ready.
    pub(super) route: Option<u32>,
}

impl Split {
    /// A split with these cumulated shares.
    pub fn new(shares: Vec<f64>, stream: Stream) -> Split {
        Split { shares, stream, route: None }
    }

    pub(super) fn draw(&mut self) -> u32 {
        // The upper 53 bits as a number in [0, 1).
        let drawn = (self.stream.next() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64);
        self.shares.partition_point(|share| *share <= drawn).min(self.shares.len() - 1) as u32
    }
}

/// No way, no split, no element.
pub(super) const NONE: u32 = u32::MAX;

/// No number of a state.
const UNTOLD: u8 = u8::MAX;

/// The place of one element, and how it is joined to the others: all that a move looks at, in one cache line.
#[derive(Clone, Debug, PartialEq)]
#[repr(align(64))]
pub(crate) struct Joint {
    pub place: Place,
    /// The number of the state that was told last.
    pub told: u8,
    /// Whether every way that its part may take is on a list, so that there is nothing to do but wait for a call.
    pub waits: bool,
    /// Whether this is a robot, which chooses from its list instead of serving it in order.
    pub carrier: bool,
    /// Whether parts can come back to it.
    pub in_loop: bool,
    /// The slot of the next element, if every part goes there by itself.
    pub sole: u32,
    /// The list of ways that wait for this element: the longest-waiting, and the one that came last.
    pub longest: u32,
    pub latest: u32,
    /// The ways out: from the first to before the other.
    pub ways: (u32, u32),
    /// Which of the splits is its own.
    pub split: u32,
}

impl Joint {
    /// Whether it has room and somebody waits for that.
    #[inline]
    pub fn is_wanted(&self) -> bool {
        self.longest != NONE && self.place.has_room()
    }

    /// Whether its state is another than was told.
    #[inline]
    pub fn is_news(&self) -> bool {
        self.place.state as u8 != self.told
    }

    /// Whether it only stores, and has room.
    #[inline]
    pub fn is_open_store(&self) -> bool {
        self.place.only_stores && self.place.has_room()
    }

    /// Whether it only stores, and has a part that goes to the next element by itself.
    #[inline]
    pub fn is_ready_store(&self) -> bool {
        self.place.only_stores && self.place.has_part() && self.sole != NONE
    }

    /// Whether it has a part to offer.
    #[inline]
    pub fn offers(&self) -> bool {
        self.place.has_part() && !self.waits
    }
}

/// All joints by slot, and all ways.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Network {
    pub(super) joints: Vec<Joint>,
    pub(super) ways: Vec<Way>,
    pub(super) splits: Vec<Split>,
    pub(super) pools: Pools,
}

impl Network {
    /// Adds the next element: its place, its ways out, each by itself (no robot) or by a robot, whether it is a robot, and
    /// whether parts can come back to it. A robot's ways lead to the elements it brings parts to.
    pub fn add(
        &mut self,
        place: Place,
        outlets: &[(Slot, Option<Slot>)],
        split: Option<Split>,
        carrier: bool,
        in_loop: bool,
    ) {
        let from = Slot(self.joints.len() as u32);
        let way = |(to, by): &(Slot, Option<Slot>)| Way {
            from,
            to: *to,
            taker: by.unwrap_or(*to),
            listed: false,
            behind: NONE,
        };
        let first = self.ways.len() as u32;
        self.ways.extend(outlets.iter().map(way));
        let ways = (first, self.ways.len() as u32);
        let sole = match outlets {
            [(to, None)] if !carrier => to.0,
            _ => NONE,
        };
        let split = split.map_or(NONE, |split| {
            self.splits.push(split);
            self.splits.len() as u32 - 1
        });
        // What only stores never has a state to tell.
        let told = if place.only_stores { place.state as u8 } else { UNTOLD };
        let (waits, longest, latest) = (false, NONE, NONE);
        self.joints.push(Joint { place, told, waits, carrier, in_loop, sole, longest, latest, ways, split });
    }

    /// The places of all elements, by slot.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.joints.iter().map(|joint| &joint.place)
    }
}

#[cfg(test)]
mod tests {
    use super::Joint;

    #[test]
    fn a_joint_fits_into_one_cache_line() {
        assert_eq!(size_of::<Joint>(), 64);
    }
}

//! Finds deadlocks, and parts that move endlessly at one instant. The check for deadlocks costs time only in lines with loops,
//! or with an element that may refuse parts.
//!
//! When such an element changes its state, or its part must wait, a quick check decides whether it will go on. If the quick
//! check is not sure, the whole floor is checked when everything else of the instant is over: `outlook.rs` finds the elements
//! that can still move. The elements that hold parts and can never move again are a [`Standstill`]. The run ends with
//! [`Stuck::Deadlock`] if no good part can leave the line any more. Otherwise the run goes on, and the standstill is reported
//! with its results.

use super::Floor;
use super::outlook::{Future, Lack};
use crate::event::{Listener, Slot};
use crate::kernel::Time;
use std::collections::BTreeSet;

/// Why a run cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// Each of these waits for the next, which could take its part, bring it one, or give back a resource that it needs; and the
    /// last waits for the first.
    Deadlock(Vec<Slot>),
    /// Parts move through these without end and without any time passing.
    NoTimePasses(Vec<Slot>),
}

/// Elements with parts in them, or in need of a resource, that will never move again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standstill {
    /// Since when; unknown if it was not found when it began.
    pub since: Option<Time>,
    /// Each of these waits for the next.
    pub chain: Vec<Slot>,
    /// Whether the last of them waits for the first.
    pub is_circle: bool,
    /// Whether it only lacks parts that no source makes any more: the line has worked off its parts.
    pub is_shortage: bool,
    /// All elements that stand.
    pub elements: Vec<Slot>,
}

/// What is known of elements that stand still.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct StuckElement {
    /// Whether the whole floor is to be looked at once this instant is over.
    pub in_doubt: bool,
    /// What was found so far.
    pub found: Vec<Standstill>,
    /// Whether the run was ended for it.
    told: bool,
    /// When a part moved last, before the instant at hand.
    pub last_move: Time,
}

impl StuckElement {
    /// Settings have changed: elements in a deadlock may go on.
    pub fn forget(&mut self) {
        *self = StuckElement { in_doubt: true, last_move: self.last_move, ..StuckElement::default() };
    }
}

/// With more moves at one instant than this, plus a thousand for each element, the parts move endlessly.
const MOVES: u32 = 1_000_000;
/// How many moves past that are looked at, besides one for each element, to name the elements.
const TRACE: usize = 256;

/// The most moves at one instant on a floor of so many elements.
pub(super) fn most_moves(elements: usize) -> u32 {
    (elements as u32).saturating_mul(1000).saturating_add(MOVES)
}

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    fn trace_is_full(&self) -> bool {
        self.trace.len() >= TRACE + self.units.len()
    }

    /// Notes where a move began that comes after too many others. Once enough are noted nothing moves any more.
    #[cold]
    pub(super) fn trace_move(&mut self, from: Slot) {
        self.trace.push(from);
        self.stirred = true;
        if self.trace_is_full() {
            self.nodes.iter_mut().for_each(|node| node.place.shut());
        }
    }

    /// Ends the run once the trace of endless moves is long enough to name the elements, each once.
    #[cold]
    pub(super) fn check_trace(&mut self) -> Result<(), Stuck> {
        if !self.trace_is_full() {
            return Ok(());
        }
        let mut seen = BTreeSet::new();
        Err(Stuck::NoTimePasses(self.trace.iter().copied().filter(|slot| seen.insert(*slot)).collect()))
    }

    /// Does the quick check on every element that may be in a deadlock from now on.
    #[cold]
    pub(super) fn check_halted(&mut self) {
        while let Some(slot) = self.halted.pop() {
            if !self.standing.in_doubt {
                self.standing.in_doubt = !self.clearly_goes_on(slot);
            }
        }
    }

    /// Whether the whole floor must be checked at the end of this instant.
    #[inline]
    pub fn is_in_doubt(&self) -> bool {
        self.standing.in_doubt
    }

    /// Handles all other events of this instant, and then checks for deadlocks.
    #[cold]
    pub fn clear_doubt(&mut self) -> Result<(), Stuck> {
        loop {
            while let Some(event) = self.ctx.queue.pop(self.ctx.now) {
                self.on_event(event)?;
            }
            if !self.look_ahead() {
                break;
            }
        }
        self.look_for_standstills(Some(self.ctx.now))
    }

    /// Finds new deadlocks. It is an error if no good part can leave the line any more.
    pub fn look_for_standstills(&mut self, since: Option<Time>) -> Result<(), Stuck> {
        self.standing.in_doubt = false;
        let futures = self.outlook(false);
        let stood_before = |slot: &Slot| self.standing.found.iter().any(|old| old.elements.contains(slot));
        let mut elements = self.stranded(&futures);
        elements.retain(|slot| !stood_before(slot));
        if !elements.is_empty() {
            let found = self.standstill(since, elements, &futures);
            self.standing.found.push(found);
        }
        let locked = self.standing.found.iter().find(|found| !found.is_shortage);
        match locked.map(|locked| locked.chain.clone()) {
            Some(chain) if !self.standing.told && !self.delivers(&futures) => {
                self.standing.told = true;
                Err(Stuck::Deadlock(chain))
            }
            _ => Ok(()),
        }
    }

    /// What these elements wait for. They will never move again.
    fn standstill(&self, since: Option<Time>, elements: Vec<Slot>, futures: &[Future]) -> Standstill {
        // Would they move if every source that has ended made another part?
        let supplied = self.outlook(true);
        let stranded_anyway = self.stranded(&supplied);
        let is_locked = |slot: &&Slot| stranded_anyway.contains(slot) || self.is_kept_away(**slot, futures);
        let locked = elements.iter().filter(is_locked);
        let chain = |slot: Slot, lack| self.chain_from(slot, lack, futures);
        // Without a circle it waits for parts that no element will bring: the stock is used up.
        let circle = locked.map(|slot| chain(*slot, Lack::Lock)).find(|(_, is_circle)| *is_circle);
        if let Some((chain, _)) = circle {
            return Standstill { since, chain, is_circle: true, is_shortage: false, elements };
        }
        // Of those that lack something it is best to begin with one that has nothing else to wait for.
        let lacks = elements.iter().find(|slot| !self.node(**slot).place.as_if_up().has_part());
        let (chain, is_circle) = chain(lacks.copied().unwrap_or(elements[0]), Lack::Shortage);
        Standstill { since, chain, is_circle, is_shortage: true, elements }
    }

    /// The chain of elements that wait for each other, if parts are inside and no element with a part works, is on its way, or
    /// waits for a limited time.
    pub fn waits_without_work(&self) -> Option<Vec<Slot>> {
        let holds = |slot: &Slot| self.node(*slot).place.inside() > 0;
        let holders: Vec<Slot> = (0..self.units.len() as u32).map(Slot).filter(holds).collect();
        let first = *holders.first()?;
        let works = holders.iter().any(|slot| self.only_time_tells(*slot));
        (!works).then(|| self.chain_from(first, Lack::Time, &self.outlook(false)).0)
    }
}

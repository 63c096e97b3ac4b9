//! The lenders, the holders, and the waiting requests.

use super::{Request, Token};
use crate::event::{ResourcePurpose, Slot};
use crate::kernel::Time;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// All resources of a line.
#[derive(Clone, Debug, Default)]
pub struct Pools {
    pub(super) lenders: BTreeMap<Slot, Lender>,
    /// In the order in which they are served.
    pub(super) waiting: Vec<WaitingRequest>,
    pub(super) held: BTreeMap<Token, Holding>,
    /// How many of these each holder has: a look through all of them for every request would be slow on a large line.
    held_by: BTreeMap<Slot, u32>,
    /// How many tokens were given so far.
    tokens: u64,
    /// Whether an event is set at which requests are granted.
    pub(crate) called: bool,
    /// Whether something happened since the last look that can make a deadlock or end one.
    pub(super) may_be_locked: bool,
    /// The requests that will never be granted, and who made them.
    pub(super) locked: Vec<(Token, Slot)>,
}

/// One that lends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lender {
    /// How many there are now.
    size: u32,
    /// The most that there will ever be: by a calendar there may be fewer now, or none.
    pub(super) most: u32,
    /// How many are lent; for a while more than there are, if there were more before.
    busy: u32,
}

impl Lender {
    fn free(&self) -> u32 {
        self.size.saturating_sub(self.busy)
    }
}

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WaitingRequest {
    pub(super) token: Token,
    pub(super) element: Slot,
    pub(super) request: Request,
}

/// What an element holds of a lender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The element that holds it.
    pub holder: Slot,
    /// The lender.
    pub lender: Slot,
    /// How many.
    pub quantity: u32,
    /// What for.
    pub purpose: ResourcePurpose,
    /// Since when.
    pub since: Time,
}

/// A request is granted, or what was granted has come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The request.
    pub token: Token,
    /// What is held, or was.
    pub holding: Holding,
    /// How many the lender has out after that.
    pub busy: u32,
}

impl Pools {
    /// A lender has so many at most, and all of them now. What it has lent stays lent.
    pub(crate) fn set_size(&mut self, lender: Slot, most: u32) {
        let lender = self.lenders.entry(lender).or_default();
        (lender.size, lender.most) = (most, most);
        self.may_be_locked |= !self.waiting.is_empty();
    }

    /// A lender has so many of its people or places now. What it has lent stays lent.
    pub(crate) fn attend(&mut self, lender: Slot, size: u32) {
        self.lenders.entry(lender).or_default().size = size;
    }

    /// A token for the next request.
    pub(crate) fn next_token(&mut self) -> Token {
        self.tokens += 1;
        Token(self.tokens)
    }

    /// A request waits until it is granted.
    pub(crate) fn wait(&mut self, token: Token, element: Slot, request: Request) {
        // A request of an element that holds nothing can only wait behind a deadlock, or for what there is not enough of.
        let too_large = !self.lenders_for(&request).any(|_| true);
        self.may_be_locked |= self.held_by.contains_key(&element) || !self.locked.is_empty() || too_large;
        let place = self.waiting.partition_point(|other| other.request.priority >= request.priority);
        self.waiting.insert(place, WaitingRequest { token, element, request });
    }

    /// Takes back what is held under a token; if its request still waits, that is withdrawn.
    pub(crate) fn give_back(&mut self, token: Token) -> Option<Grant> {
        self.may_be_locked |= !self.locked.is_empty();
        let Some(holding) = self.held.remove(&token) else {
            self.waiting.retain(|waiting| waiting.token != token);
            return None;
        };
        if let Entry::Occupied(mut count) = self.held_by.entry(holding.holder) {
            match count.get() {
                1 => _ = count.remove(),
                _ => *count.get_mut() -= 1,
            }
        }
        let lender = self.lenders.get_mut(&holding.lender)?;
        lender.busy -= holding.quantity;
        Some(Grant { token, holding, busy: lender.busy })
    }

    /// The lender of the request that can be granted next.
    pub(crate) fn next_lender(&self) -> Option<Slot> {
        let mut reserved = Vec::new();
        self.waiting.iter().find_map(|waiting| self.lender_for(&waiting.request, &mut reserved))
    }

    /// Grants every request that can be granted now.
    pub(crate) fn allocate(&mut self, now: Time) -> Vec<Grant> {
        let (mut grants, mut reserved) = (Vec::new(), Vec::new());
        for waiting in std::mem::take(&mut self.waiting) {
            match self.lender_for(&waiting.request, &mut reserved) {
                Some(lender) => grants.extend(self.lend(&waiting, lender, now)),
                None => self.waiting.push(waiting),
            }
        }
        let waits = |holder| self.waiting.iter().any(|waiting| waiting.element == holder);
        self.may_be_locked |= grants.iter().any(|allocate| waits(allocate.holding.holder));
        grants
    }

    fn lend(&mut self, waiting: &WaitingRequest, lender: Slot, now: Time) -> Option<Grant> {
        let WaitingRequest { token, element, request } = waiting;
        let found = self.lenders.get_mut(&lender)?;
        found.busy += request.quantity;
        let Request { purpose, quantity, .. } = *request;
        let holding = Holding { holder: *element, lender, quantity, purpose, since: now };
        self.held.insert(*token, holding);
        *self.held_by.entry(*element).or_default() += 1;
        Some(Grant { token: *token, holding, busy: found.busy })
    }

    /// The first lender that has enough for a request and is not reserved for one before it. Without one, the request
    /// reserves every lender that could serve it later and has something left that a smaller request could take.
    fn lender_for(&self, request: &Request, reserved: &mut Vec<Slot>) -> Option<Slot> {
        let open =
            |(slot, lender): &(Slot, &Lender)| lender.free() >= request.quantity && !reserved.contains(slot);
        let found = self.lenders_for(request).find(open).map(|(slot, _)| slot);
        if found.is_none() {
            let left_over = self.lenders_for(request).filter(|(_, lender)| lender.free() > 0);
            reserved.extend(left_over.map(|(slot, _)| slot));
        }
        found
    }

    /// The lenders that have enough for a request when nothing is lent and all are there.
    pub(super) fn lenders_for(&self, request: &Request) -> impl Iterator<Item = (Slot, &Lender)> {
        let all = request.from.iter().filter_map(|slot| Some((*slot, self.lenders.get(slot)?)));
        all.filter(|(_, lender)| lender.most >= request.quantity)
    }

    /// How many a lender has out; zero for what lends nothing.
    pub fn busy(&self, lender: Slot) -> u32 {
        self.lenders.get(&lender).map_or(0, |lender| lender.busy)
    }

    /// All that is held, in the order of the requests.
    pub fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.held.values()
    }
}

//! The lenders, the holders, and the waiting requests.

use super::lender::Lender;
use super::matching::{Served, Share, serve};
use super::waiting::{WaitingRequest, WaitingRequests};
use super::{Request, Token, TravelTimes, Want};
use crate::event::{ResourcePurpose, Slot};
use crate::kernel::Time;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// All resources of a line.
#[derive(Clone, Debug, Default)]
pub struct Pools {
    /// By slot.
    lenders: Vec<Option<Lender>>,
    pub(super) waiting: WaitingRequests,
    pub(super) held: BTreeMap<Token, Loan>,
    /// How many of these each holder has: a look through all of them for every request would be slow on a large line.
    held_by: BTreeMap<Slot, u32>,
    /// How many holdings may be taken away by a request of higher priority.
    pub(super) may_leave: u32,
    /// How many tokens were given so far.
    tokens: u64,
    /// Whether an event is set at which requests are granted.
    pub(crate) called: bool,
    /// Whether something happened since the last look that can let a request be granted.
    stirred: bool,
    /// Whether something happened since the last look that can make a deadlock or end one.
    pub(super) may_be_locked: bool,
    /// The requests that will never be granted, and who made them.
    pub(super) locked: Vec<(Token, Slot)>,
}

/// What was granted to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loan {
    pub(super) holdings: Vec<Holding>,
    pub(super) priority: i32,
}

impl Loan {
    /// Whether a request of this priority may take it away: all people of the job may leave.
    pub(super) fn may_leave_for(&self, priority: i32) -> bool {
        self.priority < priority && self.holdings.iter().all(|holding| holding.may_leave)
    }
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
    /// What for, once they are there; on the way until then.
    pub purpose: ResourcePurpose,
    /// Since when.
    pub since: Time,
    /// The number of the want that it serves.
    pub(super) want: u8,
    /// Whether a request of higher priority may take it away.
    pub(super) may_leave: bool,
    /// What for.
    pub(super) aim: ResourcePurpose,
}

/// Something is lent, or has come back, or is used for something else now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HoldingChange {
    /// What is held, or was.
    pub(crate) holding: Holding,
    /// How many the lender has out after that.
    pub(crate) busy: u32,
}

/// A request is granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Granted {
    pub(crate) token: Token,
    /// The element that made the request.
    pub(crate) element: Slot,
    /// What it holds now.
    pub(crate) lent: Vec<HoldingChange>,
    /// How long it waited.
    pub(crate) waited: Time,
    /// How long the last of them walks.
    pub(crate) walk: Time,
}

impl Pools {
    pub(super) fn lender(&self, slot: Slot) -> Option<&Lender> {
        self.lenders.get(slot.index())?.as_ref()
    }

    fn lender_mut(&mut self, slot: Slot) -> &mut Lender {
        if self.lenders.len() <= slot.index() {
            self.lenders.resize(slot.index() + 1, None);
        }
        self.lenders[slot.index()].get_or_insert_default()
    }

    /// A lender has so many at most, and all of them now. What it has lent stays lent.
    pub(crate) fn set_size(&mut self, lender: Slot, most: u32) {
        self.lender_mut(lender).resize(most);
        self.stirred = true;
        self.may_be_locked |= !self.waiting.is_empty();
    }

    /// A lender has so many of its people or places now. What it has lent stays lent, but if there are more at work than there
    /// should be, those go home who are on the way or wait for others: these are returned, with whom they were lent to.
    pub(crate) fn attend(&mut self, lender: Slot, size: u32) -> Vec<(Token, Slot)> {
        self.lender_mut(lender).attend(size);
        self.stirred = true;
        let tokens: Vec<Token> = self.held.keys().copied().collect();
        tokens.into_iter().filter_map(|token| Some((token, self.who_goes_home(token)?))).collect()
    }

    /// Whether people under a token should go home: they are on the way or wait for others, and more of their lender are at work than
    /// are there by its calendar. Returns whom they were lent to.
    pub(crate) fn who_goes_home(&self, token: Token) -> Option<Slot> {
        let is_over = |holding: &&Holding| {
            let lender = self.lender(holding.lender);
            holding.purpose == ResourcePurpose::OnTheWay && lender.is_some_and(Lender::is_over)
        };
        self.held.get(&token)?.holdings.iter().find(is_over).map(|holding| holding.holder)
    }

    /// The people of a lender walk so long.
    pub(crate) fn let_walk(&mut self, lender: Slot, times: Arc<TravelTimes>) {
        self.lender_mut(lender).let_walk(times);
    }

    /// A token for the next request.
    pub(crate) fn next_token(&mut self) -> Token {
        self.tokens += 1;
        Token(self.tokens)
    }

    /// A request waits until it is granted.
    pub(crate) fn wait(&mut self, token: Token, element: Slot, request: Request, now: Time) {
        // A request of an element that holds nothing can only wait behind a deadlock, or for what there is not enough of.
        let too_large = !self.could_ever_serve(&request.wants);
        self.may_be_locked |= self.held_by.contains_key(&element) || !self.locked.is_empty() || too_large;
        self.waiting.add(WaitingRequest { token, element, request, since: now });
        self.stirred = true;
    }

    /// Takes back what is held under a token; if its request still waits, that is withdrawn.
    pub(crate) fn give_back(&mut self, token: Token) -> Vec<HoldingChange> {
        self.give_back_if(token, |_| true)
    }

    /// Takes back what is held under a token for one of its wants.
    pub(crate) fn give_back_for(&mut self, token: Token, want: u8) -> Vec<HoldingChange> {
        self.give_back_if(token, |holding| holding.want == want)
    }

    fn give_back_if(&mut self, token: Token, is_back: impl Fn(&Holding) -> bool) -> Vec<HoldingChange> {
        self.may_be_locked |= !self.locked.is_empty();
        self.stirred = true;
        let Some(loan) = self.held.get_mut(&token) else {
            self.waiting.remove(token);
            return Vec::new();
        };
        let (back, left): (Vec<Holding>, Vec<Holding>) = loan.holdings.iter().copied().partition(is_back);
        loan.holdings = left;
        if loan.holdings.is_empty() {
            self.held.remove(&token);
        }
        let mut lent = Vec::with_capacity(back.len());
        for holding in back {
            self.may_leave -= u32::from(holding.may_leave);
            if let Entry::Occupied(mut count) = self.held_by.entry(holding.holder) {
                match count.get() {
                    1 => _ = count.remove(),
                    _ => *count.get_mut() -= 1,
                }
            }
            let lender = self.lender_mut(holding.lender);
            lender.take_back(holding.quantity, holding.holder);
            lent.push(HoldingChange { holding, busy: lender.busy });
        }
        lent
    }

    /// All who were on their way under a token have arrived. Returns that they are no longer on the way, and at work.
    pub(crate) fn arrive(&mut self, token: Token) -> Vec<HoldingChange> {
        self.change_purpose(token, |holding| Some(holding.aim))
    }

    /// What is held for a want is used for something else now. Returns the end of the one and the beginning of the other.
    pub(crate) fn use_for(&mut self, token: Token, want: u8, purpose: ResourcePurpose) -> Vec<HoldingChange> {
        self.change_purpose(token, |holding| (holding.want == want).then_some(purpose))
    }

    fn change_purpose(
        &mut self,
        token: Token,
        next: impl Fn(&Holding) -> Option<ResourcePurpose>,
    ) -> Vec<HoldingChange> {
        let Some(loan) = self.held.get_mut(&token) else { return Vec::new() };
        let mut changed = Vec::new();
        for holding in &mut loan.holdings {
            let before = *holding;
            holding.purpose = next(holding).unwrap_or(holding.purpose);
            changed.extend((before.purpose != holding.purpose).then_some([before, *holding]));
        }
        let lent = |[before, after]: [Holding; 2]| {
            let busy = self.busy(before.lender);
            [
                HoldingChange { holding: before, busy: busy - before.quantity },
                HoldingChange { holding: after, busy },
            ]
        };
        changed.into_iter().flat_map(lent).collect()
    }

    /// A lender of the request that can be granted next, or for which somebody can be called away.
    pub(crate) fn next_lender(&mut self) -> Option<Slot> {
        if !std::mem::take(&mut self.stirred) {
            return None;
        }
        let (mut kept, mut ahead) = (Vec::new(), Vec::new());
        let found = self.waiting.first_of_each().find(|waiting| {
            let can_be_granted = self.serve_now(waiting, &mut kept).is_whole
                || !self.called_away_for(waiting, &ahead).is_empty();
            ahead.push(*waiting);
            can_be_granted
        })?;
        found.request.wants.first().and_then(|want| want.from.first().copied())
    }

    /// Grants every request that can be granted now. Returns also what is called away for others, with its holder.
    pub(crate) fn allocate(&mut self, now: Time) -> (Vec<Granted>, Vec<(Token, Slot)>) {
        let (mut grants, mut called_away, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        let mut ahead: Vec<Token> = Vec::new();
        let mut heads = self.waiting.heads();
        while let Some(token) = heads.pop() {
            let Some(waiting) = self.waiting.get(token) else { continue };
            let served = self.serve_now(waiting, &mut kept);
            if served.is_whole {
                let Some(waiting) = self.waiting.grant(token, &mut heads) else { continue };
                grants.push(self.lend(&waiting, &served.shares, now));
            } else if called_away.is_empty() && self.may_leave > 0 {
                let before: Vec<&WaitingRequest> =
                    ahead.iter().filter_map(|token| self.waiting.get(*token)).collect();
                called_away = self.called_away_for(waiting, &before);
                ahead.push(token);
            }
        }
        self.may_be_locked |= grants.iter().any(|grant| self.waiting.waits(grant.element));
        (grants, called_away)
    }

    fn lend(&mut self, waiting: &WaitingRequest, shares: &[Share], now: Time) -> Granted {
        let WaitingRequest { token, element, request, since } = waiting;
        let (mut lent, mut walk) = (Vec::with_capacity(shares.len()), Time::ZERO);
        for share in shares {
            walk = walk.max(self.lender_mut(share.lender).send(share.quantity, *element));
        }
        let aim = request.purpose;
        let purpose = if walk > Time::ZERO { ResourcePurpose::OnTheWay } else { aim };
        for Share { want, lender, quantity } in shares.iter().copied() {
            let may_leave = request.wants[usize::from(want)].may_leave;
            self.may_leave += u32::from(may_leave);
            let holding =
                Holding { holder: *element, lender, quantity, purpose, since: now, want, may_leave, aim };
            let others = lent.iter().filter(|other: &&HoldingChange| other.holding.lender == lender);
            let after: u32 = others.map(|other| other.holding.quantity).sum::<u32>() + quantity;
            let of_lender = shares.iter().filter(|share| share.lender == lender);
            let all: u32 = of_lender.map(|share| share.quantity).sum();
            lent.push(HoldingChange { holding, busy: self.busy(lender) - all + after });
        }
        *self.held_by.entry(*element).or_default() += lent.len() as u32;
        let holdings = lent.iter().map(|lent| lent.holding).collect();
        self.held.insert(*token, Loan { holdings, priority: request.priority });
        Granted { token: *token, element: *element, lent, waited: now - *since, walk }
    }

    /// What can be served of a request with what is free and not kept for one before it. If that is not all, it is kept for the
    /// request from now on.
    pub(super) fn serve_now(&self, waiting: &WaitingRequest, kept: &mut Vec<Share>) -> Served {
        let wants = &waiting.request.wants;
        let free = |slot: Slot| self.lender(slot).map_or(0, Lender::free).saturating_sub(sum(kept, slot));
        let nothing = wants.iter().all(|want| want.from.iter().all(|slot| free(*slot) == 0));
        if nothing {
            return Served::default();
        }
        let served = serve(wants, &free, &|want| self.nearest_first(want, waiting.element));
        if !served.is_whole && self.could_ever_serve(wants) {
            kept.extend(&served.shares);
        }
        served
    }

    /// The lenders of a want, those first whose people are there soonest.
    fn nearest_first(&self, want: &Want, element: Slot) -> Vec<Slot> {
        let mut order = want.from.to_vec();
        order.sort_by_key(|slot| self.lender(*slot).map_or(Time::ZERO, |lender| lender.nearest(element)));
        order
    }

    /// Whether there are enough for these wants when nothing is lent and all are there.
    pub(super) fn could_ever_serve(&self, wants: &[Want]) -> bool {
        if let [want] = wants {
            let most = want.from.iter().filter_map(|slot| self.lender(*slot)).map(|lender| lender.most);
            return most.fold(0, u32::saturating_add) >= want.quantity;
        }
        let most = |slot: Slot| self.lender(slot).map_or(0, |lender| lender.most);
        serve(wants, &most, &|want| want.from.to_vec()).is_whole
    }

    /// How many a lender has out; zero for what lends nothing.
    pub fn busy(&self, lender: Slot) -> u32 {
        self.lender(lender).map_or(0, |lender| lender.busy)
    }

    /// All that is held, in the order of the requests.
    pub fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.held.values().flat_map(|loan| &loan.holdings)
    }
}

/// How many of a lender are in these shares.
pub(super) fn sum(shares: &[Share], lender: Slot) -> u32 {
    shares.iter().filter(|share| share.lender == lender).map(|share| share.quantity).sum()
}

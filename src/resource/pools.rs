//! The lenders, the holders, and the waiting requests.

use super::lacks::LackChange;
use super::lender::Lender;
use super::loan::{Granted, Holding, HoldingChange, HoldingChanges, Loan};
use super::matching::{PreferredLenders, Served, Share, Shares, as_written, can_serve, serve};
use super::requests::{RequestStage, Requests};
use super::waiting::{Queues, WaitingRequest};
use super::{Request, Token, TravelTimes, Want};
use crate::event::{ResourcePurpose, Slot};
use crate::kernel::Time;
use smallvec::SmallVec;
use std::sync::Arc;

/// All resources of a line.
#[derive(Clone, Debug, Default)]
pub struct Pools {
    /// By slot.
    lenders: Vec<Option<Lender>>,
    /// What each element holds and waits for, by slot.
    users: Vec<User>,
    pub(super) requests: Requests,
    pub(super) queues: Queues,
    /// How many holdings may be taken away by a request of higher priority.
    pub(super) may_leave: u32,
    /// Whether an event is set at which requests are granted.
    pub(crate) called: bool,
    /// Whether something happened since the last look that can make a deadlock or end one.
    pub(super) may_be_locked: bool,
    /// The requests that will never be granted, and who made them.
    pub(super) locked: Vec<(Token, Slot)>,
    /// Who lacks people since the last time that this was asked, or does not lack them any more.
    pub(crate) lacks: Vec<LackChange>,
}

/// An element that makes requests.
#[derive(Clone, Debug, Default)]
struct User {
    /// How many holdings it has.
    holds: u32,
    /// How many of its requests wait.
    waits: u32,
    /// How many of the people, and of the tools, that it asks for are missing: groups of them.
    lacks: [u32; 2],
    /// The queues of its last wants, so that they need not be compared with those of all others.
    known: SmallVec<[KnownQueue; 2]>,
}

/// The queue of some wants.
#[derive(Clone, Debug)]
struct KnownQueue {
    wants: Arc<[Want]>,
    /// Whether it is that of an element that holds something already.
    holds: bool,
    queue: u32,
}

impl Pools {
    /// All lenders, by slot.
    pub(super) fn lenders(&self) -> impl Iterator<Item = (Slot, &Lender)> {
        (0..).map(Slot).zip(&self.lenders).filter_map(|(slot, lender)| Some((slot, lender.as_ref()?)))
    }

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
        let lenders = &self.lenders;
        self.queues.judge(|wants| can_serve(wants, &|slot| most_of(lenders, slot)));
        self.queues.stir(lender);
        self.may_be_locked |= !self.queues.are_empty();
    }

    /// A lender has so many of its people or places now. What it has lent stays lent, but if there are more at work than there
    /// should be, those go home who are on the way, wait for others, or stay for a shift: these are returned, with whom they were
    /// lent to.
    pub(crate) fn attend(&mut self, lender: Slot, size: u32) -> Vec<(Token, Slot)> {
        self.lender_mut(lender).attend(size);
        self.queues.stir(lender);
        let loans = self.requests.loans_in_order().into_iter();
        loans.filter_map(|(token, loan)| Some((token, self.who_goes_home_of(loan)?))).collect()
    }

    /// Whether people under a token should go home: they are on the way, wait for others or stay for a shift, and more of their
    /// lender are at work than are there by its calendar. Returns whom they were lent to.
    pub(crate) fn who_goes_home(&self, token: Token) -> Option<Slot> {
        self.who_goes_home_of(self.requests.loan(token)?)
    }

    fn who_goes_home_of(&self, loan: &Loan) -> Option<Slot> {
        let is_over = |holding: &&Holding| {
            let lender = self.lender(holding.lender);
            let may_go = holding.until_shift_ends || holding.purpose == ResourcePurpose::OnTheWay;
            may_go && lender.is_some_and(Lender::is_over)
        };
        loan.holdings.iter().find(is_over).map(|holding| holding.holder)
    }

    /// The people of a lender walk so long.
    pub(crate) fn let_walk(&mut self, lender: Slot, times: Arc<TravelTimes>) {
        self.lender_mut(lender).let_walk(times);
    }

    /// A token for the next request.
    pub(crate) fn next_token(&mut self) -> Token {
        self.requests.make()
    }

    fn user(&mut self, element: Slot) -> &mut User {
        if self.users.len() <= element.index() {
            self.users.resize_with(element.index() + 1, User::default);
        }
        &mut self.users[element.index()]
    }

    /// Whether an element waits for anything.
    pub(super) fn waits(&self, element: Slot) -> bool {
        self.users.get(element.index()).is_some_and(|user| user.waits > 0)
    }

    /// A group of people, or of tools, is missing for a request of an element, or is not any more.
    pub(super) fn count_lack(&mut self, element: Slot, is_tools: bool, lacks: bool) {
        let count = &mut self.user(element).lacks[usize::from(is_tools)];
        *count = if lacks { *count + 1 } else { *count - 1 };
    }

    /// Whether tools are missing for the requests of an element, and no people.
    pub(crate) fn lacks_only_tools(&self, element: Slot) -> bool {
        self.users.get(element.index()).is_some_and(|user| user.lacks[0] == 0 && user.lacks[1] > 0)
    }

    /// A request waits until it is granted.
    pub(crate) fn wait(&mut self, token: Token, element: Slot, request: &Request, now: Time) {
        let user = self.user(element);
        user.waits += 1;
        // A request of an element that holds nothing can only wait behind a deadlock, or for what there is not enough of.
        let holds = user.holds > 0;
        let queue = self.queue_of(element, &request.wants, holds);
        self.may_be_locked |= holds || !self.locked.is_empty() || !self.queues.is_ever_enough(queue);
        let Request { purpose, priority, .. } = *request;
        let waiting = WaitingRequest { token, element, purpose, priority, queue, since: now, holds };
        self.queues.add(&waiting);
        self.note_lacks(&waiting, 0, self.queues.lacks(queue));
        self.requests.set(token, RequestStage::Waits(waiting));
    }

    /// The number of the queue of these wants.
    fn queue_of(&mut self, element: Slot, wants: &Arc<[Want]>, holds: bool) -> u32 {
        let is_it = |known: &&KnownQueue| known.holds == holds && Arc::ptr_eq(&known.wants, wants);
        if let Some(known) = self.user(element).known.iter().find(is_it) {
            return known.queue;
        }
        let holder = holds.then_some(element);
        let queue = self.queues.find(wants, holder).unwrap_or_else(|| {
            let is_ever_enough = can_serve(wants, &|slot| most_of(&self.lenders, slot));
            self.queues.open(wants, holder, is_ever_enough)
        });
        let known = &mut self.user(element).known;
        if known.len() == known.inline_size() {
            known.remove(0);
        }
        known.push(KnownQueue { wants: Arc::clone(wants), holds, queue });
        queue
    }

    /// A request waits no more.
    fn end_wait(&mut self, waiting: &WaitingRequest) {
        self.note_lacks(waiting, self.queues.lacks(waiting.queue), 0);
        self.queues.remove(waiting);
        self.user(waiting.element).waits -= 1;
    }

    /// Takes back what is held under a token; if its request still waits, that is withdrawn.
    pub(crate) fn give_back(&mut self, token: Token) -> HoldingChanges {
        self.give_back_if(token, |_| true)
    }

    /// Takes back what is held under a token for one of its wants.
    pub(crate) fn give_back_for(&mut self, token: Token, want: u8) -> HoldingChanges {
        self.give_back_if(token, |holding| holding.want == want)
    }

    fn give_back_if(&mut self, token: Token, is_back: impl Fn(&Holding) -> bool) -> HoldingChanges {
        self.may_be_locked |= !self.locked.is_empty();
        let Some(loan) = self.requests.loan_mut(token) else {
            if let Some(waiting) = self.requests.waiting(token).copied() {
                self.end_wait(&waiting);
            }
            self.requests.end(token);
            return HoldingChanges::new();
        };
        let back: SmallVec<[Holding; 2]> =
            loan.holdings.iter().filter(|holding| is_back(holding)).copied().collect();
        loan.holdings.retain(|holding| !is_back(holding));
        if loan.holdings.is_empty() {
            self.requests.end(token);
        }
        let take_back = |holding: Holding| {
            self.may_leave -= u32::from(holding.may_leave);
            self.user(holding.holder).holds -= 1;
            self.queues.stir(holding.lender);
            let lender = self.lender_mut(holding.lender);
            lender.take_back(holding.quantity, holding.holder);
            HoldingChange { holding, busy: lender.busy }
        };
        back.into_iter().map(take_back).collect()
    }

    /// All who were on their way under a token have arrived. Returns that they are no longer on the way, and at work.
    pub(crate) fn arrive(&mut self, token: Token) -> HoldingChanges {
        self.change_purpose(token, |holding| Some(holding.aim))
    }

    /// What is held for a want is used for something else now. Returns the end of the one and the beginning of the other.
    pub(crate) fn use_for(&mut self, token: Token, want: u8, purpose: ResourcePurpose) -> HoldingChanges {
        self.change_purpose(token, |holding| (holding.want == want).then_some(purpose))
    }

    fn change_purpose(
        &mut self,
        token: Token,
        next: impl Fn(&Holding) -> Option<ResourcePurpose>,
    ) -> HoldingChanges {
        let mut changes = HoldingChanges::new();
        let Some(loan) = self.requests.loan_mut(token) else { return changes };
        for holding in &mut loan.holdings {
            let before = *holding;
            holding.purpose = next(holding).unwrap_or(holding.purpose);
            if before.purpose != holding.purpose {
                let lender = self.lenders.get(before.lender.index()).and_then(Option::as_ref);
                let busy = lender.map_or(0, |lender| lender.busy);
                changes.push(HoldingChange { holding: before, busy: busy - before.quantity });
                changes.push(HoldingChange { holding: *holding, busy });
            }
        }
        changes
    }

    /// Notes what a request gets, and how long they walk.
    pub(super) fn lend(&mut self, waiting: &WaitingRequest, shares: &[Share], now: Time) -> Granted {
        self.end_wait(waiting);
        let WaitingRequest { token, element, purpose: aim, priority, queue, since, .. } = *waiting;
        let sent = shares.iter().map(|share| self.lender_mut(share.lender).send(share, element, now)).max();
        let walk = sent.unwrap_or_default();
        let purpose = if walk > Time::ZERO { ResourcePurpose::OnTheWay } else { aim };
        let wants = Arc::clone(self.queues.wants(queue));
        let mut lent = HoldingChanges::new();
        for (nth, Share { want, lender, quantity }) in shares.iter().copied().enumerate() {
            let Want { may_leave, is_tools, until_shift_ends, .. } = wants[usize::from(want)];
            self.may_leave += u32::from(may_leave);
            let holding = Holding {
                holder: element,
                lender,
                quantity,
                purpose,
                since: now,
                want,
                may_leave,
                is_tools,
                until_shift_ends,
                aim,
            };
            // Those of the same lender that are told after this one.
            let later = sum(&shares[nth + 1..], lender);
            lent.push(HoldingChange { holding, busy: self.busy(lender) - later });
        }
        self.user(element).holds += lent.len() as u32;
        let holdings = lent.iter().map(|lent| lent.holding).collect();
        self.requests.set(token, RequestStage::Granted(Loan { holdings, priority }));
        Granted { token, element, lent, waited: now - since, walk }
    }

    /// What can be served of a request with what is free and not kept for one before it. If that is not all, it is kept for the
    /// request from now on.
    pub(super) fn serve_now(&self, waiting: &WaitingRequest, kept: &mut KeptShares) -> Served {
        let wants = self.queues.wants(waiting.queue);
        let kept_from_it = kept.from(waiting, self);
        let free =
            |slot: Slot| self.lender(slot).map_or(0, Lender::free).saturating_sub(sum(&kept_from_it, slot));
        let nothing = wants.iter().all(|want| want.from.iter().all(|slot| free(*slot) == 0));
        if nothing {
            return Served::default();
        }
        let served = serve(wants, &free, &|want| self.nearest_first(want, waiting.element));
        if !served.is_whole && self.queues.is_ever_enough(waiting.queue) {
            kept.0.push((*waiting, served.shares.clone()));
        }
        served
    }

    /// The lenders of a want, those first whose people are there soonest.
    fn nearest_first(&self, want: &Want, element: Slot) -> PreferredLenders {
        let mut order = as_written(want);
        if order.len() > 1 {
            order.sort_by_cached_key(|slot| {
                self.lender(*slot).map_or(Time::ZERO, |lender| lender.nearest(element))
            });
        }
        order
    }

    /// How many a lender has out; zero for what lends nothing.
    pub fn busy(&self, lender: Slot) -> u32 {
        self.lender(lender).map_or(0, |lender| lender.busy)
    }

    /// All that is held, in the order of the requests.
    pub fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.requests.loans_in_order().into_iter().flat_map(|(_, loan)| &loan.holdings)
    }
}

/// What is kept for requests that cannot be granted yet, each with its share. It is not kept from an element for which the request
/// waits: that goes on, and gives back what is wanted.
#[derive(Debug, Default)]
pub(super) struct KeptShares(Vec<(WaitingRequest, Shares)>);

impl KeptShares {
    /// What is kept from a request.
    fn from(&self, waiting: &WaitingRequest, pools: &Pools) -> Shares {
        let kept = self.0.iter().filter(|(other, _)| !pools.waits_for(other, waiting));
        kept.flat_map(|(_, shares)| shares.iter().copied()).collect()
    }
}

fn most_of(lenders: &[Option<Lender>], slot: Slot) -> u32 {
    lenders.get(slot.index()).and_then(Option::as_ref).map_or(0, |lender| lender.most)
}

/// How many of a lender are in these shares.
pub(super) fn sum(shares: &[Share], lender: Slot) -> u32 {
    shares.iter().filter(|share| share.lender == lender).map(|share| share.quantity).sum()
}

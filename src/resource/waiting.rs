//! The waiting requests, in the order in which they are served.
//!
//! Requests with the same wants wait in one queue, but an element that holds something already in one of its own. If the first of a queue cannot be granted, none of the others can: only the
//! first of each queue is looked at, however many wait. Lenders that serve the same queues make up a pool, and only a pool where
//! something happened is looked at, however many there are.

use super::{Token, Want};
use crate::event::{ResourcePurpose, Slot};
use crate::kernel::Time;
use smallvec::SmallVec;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// A request that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WaitingRequest {
    pub(super) token: Token,
    pub(super) element: Slot,
    pub(super) purpose: ResourcePurpose,
    pub(super) priority: i32,
    /// The number of its queue, which knows its wants.
    pub(super) queue: u32,
    /// Since when.
    pub(super) since: Time,
    /// Whether its element holds something already, for which others may wait.
    pub(super) holds: bool,
}

impl WaitingRequest {
    /// Its place in the order.
    pub(super) fn rank(&self) -> Rank {
        (Reverse(self.priority), self.token)
    }
}

/// The place of a request in the order: a higher priority first, then the older.
pub(super) type Rank = (Reverse<i32>, Token);

/// The requests with the same wants.
#[derive(Clone, Debug)]
struct Queue {
    wants: Arc<[Want]>,
    /// Whether there are enough when nothing is lent and all are there.
    is_ever_enough: bool,
    /// The number of the pool of its lenders.
    pool: u32,
    /// In the order of service.
    waiting: VecDeque<Rank>,
    /// The wants, a bit for each, that cannot be served now, as far as the elements were told.
    lacks: u64,
}

/// The first requests of the queues that share lenders. There are few, so that a list is quicker than a tree.
#[derive(Clone, Debug, Default)]
struct Pool {
    /// In the order of service.
    heads: Vec<Rank>,
    /// Whether something happened since the last look that can let a request be granted.
    is_stirred: bool,
}

impl Pool {
    fn add(&mut self, rank: Rank) {
        let place = self.heads.partition_point(|head| *head < rank);
        self.heads.insert(place, rank);
    }

    fn remove(&mut self, rank: Rank) {
        if let Ok(place) = self.heads.binary_search(&rank) {
            self.heads.remove(place);
        }
    }

    /// The first that is served after another.
    fn next(&self, after: Option<Rank>) -> Option<Rank> {
        let place = after.map_or(0, |after| self.heads.partition_point(|head| *head <= after));
        self.heads.get(place).copied()
    }
}

/// All queues.
#[derive(Clone, Debug, Default)]
pub(super) struct Queues {
    all: Vec<Queue>,
    /// The number of the queue of these wants; each element that holds something already has one of its own.
    numbers: BTreeMap<(Arc<[Want]>, Option<Slot>), u32>,
    pools: Vec<Pool>,
    /// The pool of each lender, by slot.
    pool_of: Vec<Option<u32>>,
    /// The pools that are stirred.
    stirred: SomePools,
}

/// The numbers of some pools; most often there is one.
type SomePools = SmallVec<[u32; 4]>;

impl Queues {
    /// The number of the queue of these wants, if there is one.
    pub(super) fn find(&self, wants: &Arc<[Want]>, holder: Option<Slot>) -> Option<u32> {
        self.numbers.get(&(Arc::clone(wants), holder)).copied()
    }

    /// A queue for wants that have none yet.
    pub(super) fn open(&mut self, wants: &Arc<[Want]>, holder: Option<Slot>, is_ever_enough: bool) -> u32 {
        let number = self.all.len() as u32;
        let pool = self.pool_for(wants);
        self.numbers.insert((Arc::clone(wants), holder), number);
        self.all.push(Queue {
            wants: Arc::clone(wants),
            is_ever_enough,
            pool,
            waiting: VecDeque::new(),
            lacks: 0,
        });
        number
    }

    /// One pool for all lenders of these wants: those that they have become one.
    fn pool_for(&mut self, wants: &[Want]) -> u32 {
        let lenders: BTreeSet<Slot> = wants.iter().flat_map(|want| want.from.iter().copied()).collect();
        let before: BTreeSet<u32> = lenders.iter().filter_map(|lender| self.pool_of(*lender)).collect();
        let pool = before.first().copied().unwrap_or_else(|| {
            self.pools.push(Pool::default());
            self.pools.len() as u32 - 1
        });
        for other in before.into_iter().skip(1) {
            let Pool { heads, is_stirred } = std::mem::take(&mut self.pools[other as usize]);
            heads.into_iter().for_each(|head| self.pools[pool as usize].add(head));
            self.stirred.retain(|stirred| *stirred != other);
            if is_stirred {
                self.stir_pool(pool);
            }
            self.pool_of.iter_mut().flatten().filter(|of| **of == other).for_each(|of| *of = pool);
            self.all.iter_mut().filter(|queue| queue.pool == other).for_each(|queue| queue.pool = pool);
        }
        for lender in lenders {
            if self.pool_of.len() <= lender.index() {
                self.pool_of.resize(lender.index() + 1, None);
            }
            self.pool_of[lender.index()] = Some(pool);
        }
        pool
    }

    fn pool_of(&self, lender: Slot) -> Option<u32> {
        self.pool_of.get(lender.index()).copied().flatten()
    }

    /// Something happened at a lender that can let a request be granted.
    pub(super) fn stir(&mut self, lender: Slot) {
        self.pool_of(lender).into_iter().for_each(|pool| self.stir_pool(pool));
    }

    /// The same of a pool.
    pub(super) fn stir_pool(&mut self, pool: u32) {
        let is_new = !std::mem::replace(&mut self.pools[pool as usize].is_stirred, true);
        self.stirred.extend(is_new.then_some(pool));
    }

    /// The pools where something happened. From now on nothing has happened anywhere.
    pub(super) fn take_stirred(&mut self) -> SomePools {
        self.stirred.iter().for_each(|pool| self.pools[*pool as usize].is_stirred = false);
        std::mem::take(&mut self.stirred)
    }

    /// One more waits.
    pub(super) fn add(&mut self, waiting: &WaitingRequest) {
        let Queue { pool, waiting: line, .. } = &mut self.all[waiting.queue as usize];
        let (pool, rank) = (*pool, waiting.rank());
        let place = line.partition_point(|other| *other < rank);
        line.insert(place, rank);
        // Behind another that cannot be granted, it cannot either.
        if place == 0 {
            let of_pool = &mut self.pools[pool as usize];
            line.get(1).into_iter().for_each(|second| of_pool.remove(*second));
            of_pool.add(rank);
            self.stir_pool(pool);
        }
    }

    /// It waits no more.
    pub(super) fn remove(&mut self, waiting: &WaitingRequest) {
        let Queue { pool, waiting: line, .. } = &mut self.all[waiting.queue as usize];
        let (pool, rank) = (*pool, waiting.rank());
        let Ok(place) = line.binary_search(&rank) else { return };
        line.remove(place);
        if place == 0 {
            let of_pool = &mut self.pools[pool as usize];
            of_pool.remove(rank);
            line.front().into_iter().for_each(|first| of_pool.add(*first));
            self.stir_pool(pool);
        }
    }

    /// The wants that those in a queue were told to lack.
    pub(super) fn lacks(&self, queue: u32) -> u64 {
        self.all[queue as usize].lacks
    }

    /// They are told that they lack these. Returns them, if that is new.
    pub(super) fn set_lacks(&mut self, queue: u32, lacks: u64) -> Option<&VecDeque<Rank>> {
        let queue = &mut self.all[queue as usize];
        (std::mem::replace(&mut queue.lacks, lacks) != lacks).then_some(&queue.waiting)
    }

    /// What those who wait in a queue want.
    pub(super) fn wants(&self, queue: u32) -> &Arc<[Want]> {
        &self.all[queue as usize].wants
    }

    /// Whether there are enough for it when nothing is lent and all are there.
    pub(super) fn is_ever_enough(&self, queue: u32) -> bool {
        self.all[queue as usize].is_ever_enough
    }

    /// Asks again for each queue whether there are ever enough for it.
    pub(super) fn judge(&mut self, is_ever_enough: impl Fn(&[Want]) -> bool) {
        self.all.iter_mut().for_each(|queue| queue.is_ever_enough = is_ever_enough(&queue.wants));
    }

    /// The wants for which anybody waits.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Arc<[Want]>> {
        self.all.iter().filter(|queue| !queue.waiting.is_empty()).map(|queue| &queue.wants)
    }

    /// Whether nobody waits.
    pub(super) fn are_empty(&self) -> bool {
        self.wanted().next().is_none()
    }

    /// The first of all queues of these pools that is served after another: the next in turn.
    pub(super) fn next_head(&self, pools: &[u32], after: Option<Rank>) -> Option<Token> {
        let heads = pools.iter().filter_map(|pool| self.pools[*pool as usize].next(after));
        heads.min().map(|(_, token)| token)
    }
}

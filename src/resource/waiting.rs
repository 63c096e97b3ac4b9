//! The waiting requests, in the order in which they are served.
//!
//! Requests with the same wants wait in one queue. If the first of a queue cannot be granted, none of the others can: only the
//! first of each queue is looked at, however many wait.

use super::{Request, Token, Want};
use crate::event::Slot;
use crate::kernel::Time;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WaitingRequest {
    pub(super) token: Token,
    pub(super) element: Slot,
    pub(super) request: Request,
    /// Since when.
    pub(super) since: Time,
}

/// The place of a request in the order: a higher priority first, then the older.
type Rank = (Reverse<i32>, Token);

/// All requests that wait.
#[derive(Clone, Debug, Default)]
pub(super) struct WaitingRequests {
    all: BTreeMap<Token, (usize, WaitingRequest)>,
    /// How many each element has made.
    by_element: BTreeMap<Slot, u32>,
    queues: Vec<BTreeSet<Rank>>,
    /// The number of the queue of these wants.
    numbers: BTreeMap<Arc<[Want]>, usize>,
}

/// The first requests of all queues that were not looked at yet.
#[derive(Clone, Debug)]
pub(super) struct Heads(BinaryHeap<Reverse<Rank>>);

impl Heads {
    /// The one that is served next.
    pub(super) fn pop(&mut self) -> Option<Token> {
        self.0.pop().map(|Reverse((_, token))| token)
    }
}

impl WaitingRequests {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// One more waits.
    pub(super) fn add(&mut self, waiting: WaitingRequest) {
        let wants = &waiting.request.wants;
        let queue = match self.numbers.get(wants) {
            Some(queue) => *queue,
            None => {
                self.numbers.insert(Arc::clone(wants), self.queues.len());
                self.queues.push(BTreeSet::new());
                self.queues.len() - 1
            }
        };
        self.queues[queue].insert((Reverse(waiting.request.priority), waiting.token));
        *self.by_element.entry(waiting.element).or_default() += 1;
        self.all.insert(waiting.token, (queue, waiting));
    }

    /// It waits no more.
    pub(super) fn remove(&mut self, token: Token) -> Option<(usize, WaitingRequest)> {
        let (queue, waiting) = self.all.remove(&token)?;
        self.queues[queue].remove(&(Reverse(waiting.request.priority), token));
        match self.by_element.get_mut(&waiting.element) {
            Some(count) if *count > 1 => *count -= 1,
            _ => _ = self.by_element.remove(&waiting.element),
        }
        Some((queue, waiting))
    }

    /// It is granted, and the next of its queue may be.
    pub(super) fn grant(&mut self, token: Token, heads: &mut Heads) -> Option<WaitingRequest> {
        let (queue, waiting) = self.remove(token)?;
        heads.0.extend(self.queues[queue].first().copied().map(Reverse));
        Some(waiting)
    }

    pub(super) fn get(&self, token: Token) -> Option<&WaitingRequest> {
        self.all.get(&token).map(|(_, waiting)| waiting)
    }

    /// Whether an element waits for anything.
    pub(super) fn waits(&self, element: Slot) -> bool {
        self.by_element.contains_key(&element)
    }

    /// The first of each queue.
    pub(super) fn heads(&self) -> Heads {
        Heads(self.queues.iter().filter_map(|queue| queue.first().copied().map(Reverse)).collect())
    }

    /// The same, as they are served.
    pub(super) fn first_of_each(&self) -> impl Iterator<Item = &WaitingRequest> {
        let mut heads = self.heads();
        std::iter::from_fn(move || heads.pop()).filter_map(|token| self.get(token))
    }

    /// All of them, as they are served.
    pub(super) fn in_order(&self) -> Vec<&WaitingRequest> {
        let mut all: Vec<&WaitingRequest> = self.all.values().map(|(_, waiting)| waiting).collect();
        all.sort_by_key(|waiting| (Reverse(waiting.request.priority), waiting.token));
        all
    }
}

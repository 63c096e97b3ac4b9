//! Which people are missing: who waits for an answer, and which of the people that are called cannot come now.
//!
//! Those who wait for the same people lack the same: what the first in line would not get now. This is looked at whenever the first
//! is looked at and cannot be served.

use super::Want;
use super::matching::Served;
use super::pools::Pools;
use super::waiting::WaitingRequest;
use crate::event::Slot;
use std::sync::Arc;

/// That an element lacks people with a skill from now on, or does not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LackChange {
    pub(crate) element: Slot,
    pub(crate) skill: u32,
    pub(crate) lacks: bool,
}

impl Pools {
    /// The first of a queue was looked at, and could be served so far: all who wait there lack the rest.
    pub(super) fn look_at_lacks(&mut self, first: &WaitingRequest, served: &Served) {
        let before = self.queues.lacks(first.queue);
        let lacks = unserved(self.queues.wants(first.queue), served);
        let Some(all) = self.queues.set_lacks(first.queue, lacks) else { return };
        let all: Vec<WaitingRequest> =
            all.iter().filter_map(|(_, token)| self.requests.waiting(*token)).copied().collect();
        all.iter().for_each(|waiting| self.note_lacks(waiting, before, lacks));
    }

    /// A request lacked these of its wants, and lacks those now.
    pub(super) fn note_lacks(&mut self, waiting: &WaitingRequest, before: u64, lacks: u64) {
        if before == lacks {
            return;
        }
        let wants = Arc::clone(self.queues.wants(waiting.queue));
        for (nth, want) in wants.iter().enumerate() {
            let [before, lacks] = [before, lacks].map(|some| some & 1 << nth > 0);
            if let Some(skill) = want.skill.filter(|_| before != lacks) {
                self.count_lack(waiting.element, want.is_tools, lacks);
                self.lacks.push(LackChange { element: waiting.element, skill, lacks });
            }
        }
    }
}

/// The wants that are not served whole, a bit for each.
fn unserved(wants: &[Want], served: &Served) -> u64 {
    let given = |number: usize| {
        let shares = served.shares.iter().filter(|share| usize::from(share.want) == number);
        shares.map(|share| share.quantity).sum::<u32>()
    };
    let lacking = wants.iter().enumerate().filter(|(number, want)| given(*number) < want.quantity);
    lacking.map(|(number, _)| 1 << number).sum()
}

//! For whom an element waits, at the end of an instant. Read [`RootSearch`] first.
//!
//! An element that is starved waits for those that could give it a part. One of them that is broken down, or works at its own pace, is a
//! root. If it is starved too, asleep without a part that waits for it, or an empty store, the search goes on with those before it. An
//! element that is blocked waits in the same way for those that could take its part. If a robot is on its way, or a part could
//! move and a robot is what is missing, the robot is the root. An element that works but is late because of others
//! (`delays.rs`) passes their root on.
//!
//! If the search finds several roots, the one that should be there least counts ([`RootReason::rank`]); among equals the one whose
//! state has lasted longest, then the first by name. The order of the elements in the file does not matter.

use super::ground::RootGround;
use super::loss::{Root, RootReason};
use crate::event::{SeenWay, Slot, State, Supply};

/// What is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// Why an element gives no part.
    Gives,
    /// Why its part does not leave.
    Leaves,
    /// Why it takes no part.
    Takes,
    /// Why no part comes to it.
    Comes,
}

/// A question about an element.
type AskedOf = (Question, Slot);

/// A search for roots. It is kept from one to the next, for its memory.
#[derive(Clone, Debug, Default)]
pub(super) struct RootSearch {
    /// What is still to be looked at, each with the place in `asked` of the question that led to it.
    open: Vec<(AskedOf, Option<usize>)>,
    /// What was asked, in order, with the question that led to it.
    asked: Vec<(AskedOf, Option<usize>)>,
    /// By slot, for each question, the number of the search that asked it last.
    seen: Vec<[u64; 4]>,
    number: u64,
    /// The best root so far, and the question that found it.
    best: Option<(Root, usize)>,
    /// Roots that are known at this instant, by slot.
    known: Vec<[Option<Root>; 4]>,
    has_known: Vec<Slot>,
}

impl RootSearch {
    /// Another instant: what is known of the last does not hold any more.
    pub fn forget(&mut self, elements: usize) {
        self.known.resize(elements, [None; 4]);
        self.seen.resize(elements, [0; 4]);
        self.has_known.drain(..).for_each(|slot| self.known[slot.index()] = [None; 4]);
    }

    /// Why no part comes to an element that could take one.
    pub fn of_lack(&mut self, me: Slot, ground: RootGround<'_>) -> Root {
        self.search((Question::Comes, me), ground)
    }

    /// Why a part that is done cannot leave an element.
    pub fn of_block(&mut self, me: Slot, ground: RootGround<'_>) -> Root {
        self.search((Question::Leaves, me), ground)
    }

    /// Answers a question, and every question that it leads to.
    fn search(&mut self, first: AskedOf, ground: RootGround<'_>) -> Root {
        self.number += 1;
        self.asked.clear();
        self.best = None;
        self.open.clear();
        self.open.push((first, None));
        while let Some((asked, leader)) = self.open.pop() {
            let (question, slot) = asked;
            let seen = &mut self.seen[slot.index()][question as usize];
            if std::mem::replace(seen, self.number) == self.number {
                continue;
            }
            self.asked.push((asked, leader));
            match (self.known[slot.index()][question as usize], question) {
                (Some(root), _) => self.found(root.element, root.reason, ground),
                (None, Question::Gives) => self.why_it_gives_nothing(slot, ground),
                (None, Question::Leaves) => self.why_nothing_leaves(slot, ground),
                (None, Question::Takes) => self.why_it_takes_nothing(slot, ground),
                (None, Question::Comes) if ground.wiring.carries(slot) => self.why_it_is_idle(slot, ground),
                (None, Question::Comes) => self.why_nothing_comes(slot, ground),
            }
        }
        let Some((root, at)) = self.best else { return self.circle(ground) };
        self.keep(root, at);
        root
    }

    /// Every question on the way to the best root has the same answer: it leads to that root, and to no better one.
    fn keep(&mut self, root: Root, at: usize) {
        let mut next = Some(at);
        while let Some(((question, slot), leader)) = next.map(|at| self.asked[at]) {
            next = leader;
            self.known[slot.index()][question as usize] = Some(root);
            self.has_known.push(slot);
        }
    }

    /// All that were asked wait for each other.
    fn circle(&self, ground: RootGround<'_>) -> Root {
        let all = self.asked.iter().map(|((_, slot), _)| *slot);
        let first = all.min_by_key(|slot| ground.ranks[slot.index()]);
        Root { element: first.unwrap_or_default(), reason: RootReason::Circle }
    }

    fn ask(&mut self, question: Question, slot: Slot) {
        self.open.push(((question, slot), Some(self.asked.len() - 1)));
    }

    fn found(&mut self, element: Slot, reason: RootReason, ground: RootGround<'_>) {
        let root = Root { element, reason };
        if self.best.as_ref().is_none_or(|(best, _)| ground.key(&root) < ground.key(best)) {
            self.best = Some((root, self.asked.len() - 1));
        }
    }

    /// What an element does, or the root that makes it late.
    fn found_or(&mut self, late: Option<Root>, element: Slot, reason: RootReason, ground: RootGround<'_>) {
        let root = late.unwrap_or(Root { element, reason });
        self.found(root.element, root.reason, ground);
    }

    /// The robots of these ways that are at work, or cannot be; whether there are any.
    fn robots_of<'w>(&mut self, ways: impl Iterator<Item = &'w SeenWay>, ground: RootGround<'_>) -> bool {
        let mut any = false;
        ways.filter_map(|way| way.robot).for_each(|robot| any |= self.robot(robot, ground));
        any
    }

    /// A robot is missing; whether it has anything else to do.
    fn robot(&mut self, robot: Slot, ground: RootGround<'_>) -> bool {
        match ground.element(robot).state {
            None | Some(State::Starved) => return false,
            Some(State::Blocked) => self.found(robot, RootReason::Zone, ground),
            Some(state) => self.found(robot, RootReason::In(state), ground),
        }
        true
    }

    fn why_nothing_comes(&mut self, me: Slot, ground: RootGround<'_>) {
        let it = ground.element(me);
        if it.robot_brings && self.robots_of(ground.ways_to(me), ground) {
            return;
        }
        match it.state {
            // Of places side by side some stand empty until the others have ended.
            Some(State::Working) if !it.has_room => {
                return self.found(me, RootReason::In(State::Working), ground);
            }
            Some(State::Starved | State::Blocked) if !it.has_room => {
                return self.found(me, RootReason::Shut, ground);
            }
            _ => {}
        }
        for way in ground.ways_to(me) {
            match way.robot {
                Some(robot) if way.suits && !self.robot(robot, ground) => {
                    self.found(robot, RootReason::NoneSuits, ground);
                }
                Some(_) if way.suits => {}
                _ if way.suits => self.found(me, RootReason::Shut, ground),
                _ if way.is_open => self.found(me, RootReason::NoneSuits, ground),
                _ => self.ask(Question::Gives, way.from),
            }
        }
    }

    /// Why a robot has nothing to carry.
    fn why_it_is_idle(&mut self, robot: Slot, ground: RootGround<'_>) {
        for way in ground.ways(ground.wiring.carried_by(robot)) {
            match way.is_open {
                true if way.suits && ground.element(way.to).has_room => {
                    self.found(way.to, RootReason::NoneSuits, ground);
                }
                true => self.ask(Question::Takes, way.to),
                false => self.ask(Question::Gives, way.from),
            }
        }
    }

    fn why_it_gives_nothing(&mut self, giver: Slot, ground: RootGround<'_>) {
        let it = ground.element(giver);
        if it.robot_fetches && self.robots_of(ground.ways_from(giver), ground) {
            return;
        }
        let stays = if it.state.is_some() { RootReason::In(State::Working) } else { RootReason::Stay };
        match (it.supply, it.state) {
            // Its part goes another way, and none behind it can leave before.
            _ if it.offers => self.ask(Question::Leaves, giver),
            (Some(Supply::GoesOn), _) => self.found(giver, RootReason::Arrivals, ground),
            (Some(Supply::Ended), _) => self.found(giver, RootReason::Ended, ground),
            (None, Some(State::Working) | None) if it.in_transit && it.inside > 0 => {
                self.found_or(ground.delays.of_transit(giver, it), giver, stays, ground);
            }
            (None, Some(State::Starved) | None) => self.ask(Question::Comes, giver),
            (None, Some(State::Working)) => {
                self.found_or(ground.late(giver), giver, RootReason::In(State::Working), ground);
            }
            (None, Some(State::Standby | State::ShutDown)) if self.sleeps_for_lack(giver, ground) => {
                self.ask(Question::Comes, giver);
            }
            (None, Some(state)) => self.found(giver, RootReason::In(state), ground),
        }
    }

    /// Whether an element is in a saving mode because no part comes.
    fn sleeps_for_lack(&self, slot: Slot, ground: RootGround<'_>) -> bool {
        !ground.closed[slot.index()] && !ground.ways_to(slot).any(|way| way.suits)
    }

    fn why_nothing_leaves(&mut self, me: Slot, ground: RootGround<'_>) {
        let it = ground.element(me);
        if it.robot_fetches && self.robots_of(ground.ways_from(me), ground) {
            return;
        }
        for way in ground.ways_from(me).filter(|way| way.is_open) {
            match way.robot {
                Some(robot) if way.suits && ground.element(way.to).has_room => {
                    if !self.robot(robot, ground) {
                        self.found(robot, RootReason::NoneSuits, ground);
                    }
                }
                _ => self.ask(Question::Takes, way.to),
            }
        }
    }

    fn why_it_takes_nothing(&mut self, taker: Slot, ground: RootGround<'_>) {
        let it = ground.element(taker);
        match it.state {
            _ if it.robot_brings && self.robots_of(ground.ways_to(taker), ground) => {}
            // It waits for another part, with which this one goes together.
            Some(State::Starved) if it.has_room => self.ask(Question::Comes, taker),
            Some(State::Starved) => self.found(taker, RootReason::Shut, ground),
            Some(State::Blocked) => self.ask(Question::Leaves, taker),
            Some(State::Working) if it.in_transit && it.offers => self.ask(Question::Leaves, taker),
            Some(State::Working) => {
                self.found_or(ground.late_with_room(taker), taker, RootReason::In(State::Working), ground);
            }
            Some(state) => self.found(taker, RootReason::In(state), ground),
            None if it.offers || it.robot_fetches => self.ask(Question::Leaves, taker),
            None if it.has_room => self.found(taker, RootReason::NoneSuits, ground),
            None => self.found_or(ground.late_with_room(taker), taker, RootReason::Stay, ground),
        }
    }
}

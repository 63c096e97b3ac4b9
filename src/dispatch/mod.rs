//! Dispatching rules: which of several parts an element takes next, or a robot carries next. Each rule has one file. The
//! list of rules is here.
//!
//! A rule compares two candidates. Of equal candidates, the one that was requested first wins. A candidate can be done now:
//! the part is ready, and its destination has room and admits it.

mod critical_ratio;
mod earliest_due;
mod fill_the_batch;
mod first_come;
mod least_changeover;
mod longest_queue;
mod nearest;
mod priority;
mod shortest;

use crate::event::{Part, Slot};
use crate::kernel::Time;
use crate::material::{Offer, PartId};
use serde::Deserialize;
use std::cmp::Ordering;

/// A part that could go from one element to another now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where the part is ready.
    pub from: Slot,
    /// Where it goes.
    pub to: Slot,
    /// The part.
    pub part: PartId,
    /// Which product it is.
    pub product: u32,
    /// The priority of its product.
    pub priority: i32,
    /// When it should be finished.
    pub due: Time,
    /// How long a robot travels to where the part is.
    pub approach: Time,
    /// How long the element works on it, on average.
    pub work: Time,
    /// How long the element takes to change over to it.
    pub setup: Time,
    /// Parts where it is.
    pub queue: u32,
    /// Parts among all candidates that could share a batch with it.
    pub together: u32,
    /// The part that a robot takes from where this one goes, to make room for it there, and where it brings that.
    pub onward: Option<Onward>,
}

/// How an element that chooses looks for its next part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// By which rule.
    pub rule: Rule,
    /// Whether it is enough to compare the parts two at a time; otherwise all must be compared at once.
    pub pairwise: bool,
}

impl Search {
    /// By this rule and nothing else.
    pub fn by(rule: Rule) -> Search {
        Search { rule, pairwise: rule.ranking().pairwise }
    }
}

/// The mean time that a part takes: at least the times that the rule compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// The changeover to it.
    pub setup: Time,
    /// The work itself.
    pub work: Time,
}

/// A second transport that begins where a first one ends, done in the same round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Onward {
    /// The part.
    pub part: PartId,
    /// Where it goes.
    pub to: Slot,
}

impl Candidate {
    /// A part that could go from one element to another. The taker and the robot fill in the times later.
    pub fn new(from: Slot, to: Slot, offer: &Offer<'_>) -> Candidate {
        let (part, due) = (offer.part, offer.attributes.due);
        let Part { product, priority, .. } = *offer.record;
        let (approach, work, setup, onward) = (Time::ZERO, Time::ZERO, Time::ZERO, None);
        Candidate {
            from,
            to,
            part,
            product,
            priority,
            due,
            approach,
            work,
            setup,
            queue: 0,
            together: 1,
            onward,
        }
    }

    /// Whether it takes a part from one of these elements to the other, in its first or its second transport.
    pub fn leads(&self, from: Slot, to: Slot) -> bool {
        let second = self.onward.is_some_and(|onward| (self.to, onward.to) == (from, to));
        second || (self.from, self.to) == (from, to)
    }
}

/// The definition of a rule, from its file.
struct Ranking {
    /// `Less` if the first candidate goes before the second.
    compare: fn(&Candidate, &Candidate, Time) -> Ordering,
    /// Whether it compares how long the work on a part takes.
    asks_for_work: bool,
    /// Whether it compares how long the changeover to a part takes.
    asks_for_setup: bool,
    /// Whether no later candidate goes before this one, if no earlier candidate was unbeatable.
    is_unbeatable: fn(&Candidate) -> bool,
    /// Whether it is enough to compare two parts at a time.
    pairwise: bool,
}

impl Ranking {
    /// A rule that compares neither work nor changeover, and that must see all candidates.
    const fn by(compare: fn(&Candidate, &Candidate, Time) -> Ordering) -> Ranking {
        Ranking {
            compare,
            asks_for_work: false,
            asks_for_setup: false,
            is_unbeatable: |_| false,
            pairwise: true,
        }
    }
}

/// Makes an enum and its methods from the list of rules.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $module:ident,)+) => {
        /// Which part is next.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
        pub enum Rule { $($(#[$doc])* $rule,)+ }

        impl Rule {
            #[cfg(test)]
            const ALL: &'static [Rule] = &[$(Rule::$rule,)+];

            /// `Less` if the first candidate goes before the second. The call is direct, so that it can be inlined.
            #[inline]
            fn compare(self, a: &Candidate, b: &Candidate, now: Time) -> Ordering {
                match self { $(Rule::$rule => ($module::RANKING.compare)(a, b, now),)+ }
            }

            fn ranking(self) -> &'static Ranking {
                match self { $(Rule::$rule => &$module::RANKING,)+ }
            }

            /// Whether no later candidate goes before this one, if no earlier candidate was unbeatable. Then the search ends here.
            #[inline]
            pub fn is_unbeatable(self, candidate: &Candidate) -> bool {
                match self { $(Rule::$rule => ($module::RANKING.is_unbeatable)(candidate),)+ }
            }
        }
    };
}

rules! {
    /// The part that was requested first (FCFS).
    #[default]
    FirstCome = first_come,
    /// The shortest way to the part first.
    Nearest = nearest,
    /// The part with the highest priority first.
    Priority = priority,
    /// The shortest processing time first (SPT).
    Shortest = shortest,
    /// The earliest due date first (EDD).
    EarliestDue = earliest_due,
    /// The smallest critical ratio first (CR): time until it is due over the time it takes.
    CriticalRatio = critical_ratio,
    /// The part with the shortest changeover first.
    LeastChangeover = least_changeover,
    /// The part of which most could share a batch first.
    FillTheBatch = fill_the_batch,
    /// The part from the element with most parts first (LQF).
    LongestQueue = longest_queue,
}

impl Rule {
    /// Whether it compares how long the work on a part takes.
    pub fn asks_for_work(self) -> bool {
        self.ranking().asks_for_work
    }

    /// Whether it compares how long the changeover to a part takes.
    pub fn asks_for_setup(self) -> bool {
        self.ranking().asks_for_setup
    }

    /// Whether the first of two candidates goes before the second, although it was requested later.
    #[inline]
    pub fn prefers(self, later: &Candidate, earlier: &Candidate, now: Time) -> bool {
        self.compare(later, earlier, now) == Ordering::Less
    }

    /// The index of the candidate to take. The candidates are in the order in which they were requested.
    pub fn choose(self, candidates: &[Candidate], now: Time) -> Option<usize> {
        // `min_by` keeps the first of equals.
        (0..candidates.len()).min_by(|a, b| self.compare(&candidates[*a], &candidates[*b], now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::material::{PartAttributes, Prospect};

    fn candidate(from: u32) -> Candidate {
        let record = Part { serial: 0, entered: Time::ZERO, product: 0, priority: 0 };
        Candidate::new(
            Slot(from),
            Slot(9),
            &Prospect { record, attributes: PartAttributes::default() }.offer(),
        )
    }

    /// Four candidates of which the second and third are equal and best by the measure that `set` sets from 1 (best) to 3.
    fn chosen(rule: Rule, set: impl Fn(&mut Candidate, u64)) -> Option<usize> {
        let mut candidates = [2, 1, 1, 3].map(|rank| (candidate(rank as u32), rank));
        candidates.iter_mut().for_each(|(candidate, rank)| set(candidate, *rank));
        rule.choose(&candidates.map(|(candidate, _)| candidate), Time(100))
    }

    #[test]
    fn each_rule_chooses_by_its_own_measure_and_then_by_who_came_first() {
        assert_eq!(chosen(Rule::FirstCome, |candidate, rank| candidate.approach = Time(rank)), Some(0));
        assert_eq!(chosen(Rule::Nearest, |candidate, rank| candidate.approach = Time(rank)), Some(1));
        let priority = |candidate: &mut Candidate, rank| candidate.priority = -(rank as i32);
        assert_eq!(chosen(Rule::Priority, priority), Some(1));
        assert_eq!(chosen(Rule::Shortest, |candidate, rank| candidate.work = Time(rank)), Some(1));
        assert_eq!(chosen(Rule::EarliestDue, |candidate, rank| candidate.due = Time(rank)), Some(1));
        assert_eq!(chosen(Rule::LeastChangeover, |candidate, rank| candidate.setup = Time(rank)), Some(1));
        assert_eq!(
            chosen(Rule::FillTheBatch, |candidate, rank| candidate.together = 9 - rank as u32),
            Some(1)
        );
        assert_eq!(chosen(Rule::LongestQueue, |candidate, rank| candidate.queue = 9 - rank as u32), Some(1));
        assert_eq!(Rule::Nearest.choose(&[], Time(0)), None);
    }

    /// Comparing two at a time, up to an unbeatable candidate, chooses the same part as comparing all of them.
    #[test]
    fn two_at_a_time_lead_to_the_same_part_as_all_at_once() {
        let mut random = crate::kernel::Stream::new(1, 0, "candidates", crate::kernel::Purpose::Dispatch, 0);
        let mut small = || random.next() % 3;
        for _ in 0..300 {
            let candidates: Vec<Candidate> = (0..6)
                .map(|from| {
                    let mut candidate = candidate(from);
                    candidate.due = Time(90 + 10 * small());
                    [candidate.setup, candidate.work, candidate.approach] =
                        [small(), small(), small()].map(Time);
                    (candidate.priority, candidate.queue) = (small() as i32, small() as u32);
                    candidate
                })
                .collect();
            for rule in Rule::ALL.iter().filter(|rule| Search::by(**rule).pairwise) {
                let mut best = 0;
                for nth in 1..candidates.len() {
                    if rule.is_unbeatable(&candidates[best]) {
                        break;
                    }
                    if rule.prefers(&candidates[nth], &candidates[best], Time(100)) {
                        best = nth;
                    }
                }
                assert_eq!(Some(best), rule.choose(&candidates, Time(100)), "{rule:?}");
            }
        }
    }

    #[test]
    fn what_a_rule_compares_by_it_asks_for_and_nothing_goes_before_what_it_settles_for() {
        let mut plain = candidate(0);
        plain.due = Time(150);
        let orders = |rule: Rule, change: &dyn Fn(&mut Candidate)| {
            let mut other = plain;
            change(&mut other);
            rule.compare(&plain, &other, Time(100)) != Ordering::Equal
        };
        for rule in Rule::ALL {
            assert_eq!(
                orders(*rule, &|candidate| candidate.work = Time(9)),
                rule.asks_for_work(),
                "{rule:?}"
            );
            assert_eq!(
                orders(*rule, &|candidate| candidate.setup = Time(9)),
                rule.asks_for_setup(),
                "{rule:?}"
            );
            let mut better = plain;
            better.priority = 9;
            (better.due, better.queue, better.together) = (Time(1), 9, 9);
            let goes_first = rule.choose(&[plain, better], Time(100)) == Some(1);
            assert!(!(goes_first && rule.is_unbeatable(&plain)), "{rule:?}");
            let mut worse = plain;
            (worse.setup, worse.approach) = (Time(9), Time(9));
            if rule.is_unbeatable(&plain) && !rule.is_unbeatable(&worse) {
                assert_eq!(rule.choose(&[worse, plain], Time(100)), Some(1), "{rule:?}");
            }
        }
    }

    /// By hand, at 100: 60 until due over 30 of work is 2; 40 over 10 is 4; 20 late over 50 is -0.4; no due date comes last.
    #[test]
    fn the_critical_ratio_weighs_the_time_left_against_the_work() {
        let with = |due, work| {
            let mut candidate = candidate(0);
            (candidate.due, candidate.work) = (due, Time(work));
            candidate
        };
        let mut candidates =
            vec![with(Time::NEVER, 1), with(Time(140), 10), with(Time(160), 30), with(Time(80), 50)];
        let mut order = Vec::new();
        while let Some(choice) = Rule::CriticalRatio.choose(&candidates, Time(100)) {
            order.push(candidates.remove(choice).work.0);
        }
        assert_eq!(order, [50, 30, 10, 1]);
        // Of two that are late, the one whose lateness weighs more goes first; work of no length counts as a nanosecond.
        let candidates = [with(Time(90), 10), with(Time(60), 20), with(Time(99), 0)];
        assert_eq!(Rule::CriticalRatio.choose(&candidates, Time(100)), Some(1));
    }
}

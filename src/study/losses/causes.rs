//! What each cause costs: the element that it lies at, and the others that wait because of it.

use super::LineLosses;
use super::charged::ChargedValues;
use crate::event::{Slot, State};
use crate::losses::Root;
use crate::stats::Interval;
use std::collections::BTreeMap;

/// What one element costs itself and others by one reason, in shares of the time of all elements.
#[derive(Clone, Debug, PartialEq)]
pub struct LossCause {
    /// The element, and what it does.
    pub root: Root,
    /// Time that it loses itself.
    pub itself: Interval,
    /// Time that others are starved because of it.
    pub starved: Interval,
    /// Time that others are blocked because of it.
    pub blocked: Interval,
    /// All three.
    pub together: Interval,
    /// Final energy in kilowatt-hours that was drawn meanwhile; none if it is not known.
    pub kwh: Option<Interval>,
}

impl LossCause {
    /// Its shares, that of all three last.
    pub fn shares(&self) -> [Interval; 4] {
        [self.itself, self.starved, self.blocked, self.together]
    }
}

/// What is charged to a root: what it loses itself, and what others are starved and blocked.
type ByWhom = [ChargedValues; 3];

impl LineLosses {
    /// What makes the line lose time, the most first.
    pub fn causes(&self) -> Vec<LossCause> {
        let cause = |(root, by_whom): (Root, ByWhom)| {
            let [itself, starved, blocked] =
                by_whom.each_ref().map(|values| values.figures(self.confidence).share);
            let together = self.together(by_whom.iter());
            LossCause { root, itself, starved, blocked, together: together.share, kwh: together.kwh }
        };
        let mut causes: Vec<LossCause> = self.by_root().into_iter().map(cause).collect();
        causes.sort_by(|one, other| other.together.mean.total_cmp(&one.together.mean));
        causes
    }

    fn by_root(&self) -> BTreeMap<Root, ByWhom> {
        let mut roots: BTreeMap<Root, ByWhom> = BTreeMap::new();
        let count = self.elements().count() as f64;
        for (run, elements) in self.runs.iter().enumerate() {
            for (losses, slot) in elements.iter().zip((0..).map(Slot)) {
                for (loss, share) in &losses.shares {
                    let Some(root) = loss.root_at(slot) else { continue };
                    let whom = match loss.kind.state() {
                        _ if root.element == slot => 0,
                        State::Starved => 1,
                        _ => 2,
                    };
                    let by_whom = roots.entry(root).or_insert_with(|| [(); 3].map(|()| self.nothing()));
                    by_whom[whom].charge(run, self.share(losses, share) / count, share.kwh);
                }
            }
        }
        roots
    }
}

//! Changeovers: the time a machine takes from one family of products to another, by a matrix if it depends on both. A robot
//! that changes its tool does the same.
//!
//! Each product names its family. A product without one is a family of its own. The machine is set up for the first part that
//! comes, unless `initial` names a family. A smallest lot keeps a machine at its family until it has begun so many parts. Until
//! then it waits and does not change over, so its queue should be a store (`order: Picked`), or there should be one queue for
//! each family. It waits for ever, or for a limited time. A stop begins the waiting again, since no part can come during a
//! stop. A largest lot ends a campaign as soon as a part of another family is there.
//!
//! Not modelled: campaigns by time, and what a robot should bring next once the largest lot is reached.

mod lots;

use crate::checking::{Check, Concern};
use crate::dispatch::{Candidate, Rule};
use crate::distribution::DistributionSpec;
use crate::kernel::{Distribution, EventId, Purpose, Stream, Time};
use crate::units::Duration;
use crate::units::spelling::{brief, nearest, suggestion};
use indexmap::IndexMap;
use lots::Lots;
use serde::Deserialize;
use std::sync::Arc;

/// Changeovers as a layout writes them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Setup {
    /// From any family to any other.
    pub time: Option<DistributionSpec<Duration>>,
    /// From one to another, where that differs: `{ "light -> dark": "10 min" }`.
    pub between: IndexMap<String, DistributionSpec<Duration>>,
    /// The family that it is set up for when the run begins.
    pub initial: Option<String>,
    /// The smallest lot: parts of one family between two changeovers.
    pub min_lot: u32,
    /// How long it waits at most for parts of a lot that is not complete; then it may change over.
    pub wait: Option<Duration>,
    /// The largest lot: after so many parts of a family it takes one of another, if any is there.
    pub max_lot: Option<u32>,
    /// How many parts after a changeover are scrap.
    pub scrap: u32,
}

/// How a running machine changes over: what it looks at for each part first, in the order in which it lies in memory.
#[derive(Clone, Debug, PartialEq)]
#[repr(C)]
pub(super) struct Changeover {
    /// The family of each product.
    families: Arc<[u32]>,
    /// The changes from family to family, row by row.
    changes: Arc<[ChangeoverTime]>,
    /// How many families there are.
    count: u32,
    /// The family that it is set up for.
    current: Option<u32>,
    /// Parts of that family begun since it was set up.
    made: u32,
    /// How many more parts after the last changeover are scrap, the one in work included.
    waste: u32,
    /// How many parts after a changeover are scrap.
    scrap: u32,
    /// How large its lots are, if that matters.
    lots: Option<Box<Lots>>,
    stream: Stream,
}

/// From one family to another.
#[derive(Clone, Debug, PartialEq)]
struct ChangeoverTime {
    /// How long that takes on average.
    mean: Time,
    /// How long it takes; none where nothing is changed.
    distribution: Option<Distribution>,
}

impl Setup {
    /// Checks what is said under this name.
    pub(super) fn checked(&self, field: &str, check: &mut Check<'_>) -> Option<Changeover> {
        let (families, names) = (check.around.families, &check.around.families.names);
        let any = self.time.as_ref().and_then(|time| check.distribution(&format!("{field}.time"), time));
        // Every distribution is looked at before any of them decides.
        let mut right = any.is_some() == self.time.is_some();
        let mut distributions = vec![any; names.len() * names.len()];
        for (key, time) in &self.between {
            let way = format!("{field}.between.{key}");
            let ends = key.split_once(" -> ").map(|(from, to)| (families.number(from), families.number(to)));
            let distribution = check.distribution(&way, time);
            right &= distribution.is_some();
            match ends {
                Some((Some(from), Some(to))) => {
                    distributions[from as usize * names.len() + to as usize] = distribution
                }
                _ => unknown_change(field, key, names, check),
            }
        }
        (0..names.len()).for_each(|family| distributions[family * names.len() + family] = None);
        if right && distributions.iter().all(Option::is_none) {
            let message = "this changeover takes no time: nothing ever changes over".to_owned();
            check.fault(field, message, "give a `time`, at least two families of products, or leave it out");
        }
        self.check_lots(field, check);
        let current = match &self.initial {
            None => None,
            Some(name) => {
                let number = families.number(name);
                if number.is_none() {
                    unknown_family(&format!("{field}.initial"), name, names, check);
                }
                number
            }
        };
        let change = |distribution: Option<Distribution>| ChangeoverTime {
            mean: distribution
                .as_ref()
                .map_or(Time::ZERO, |distribution| Time::from_secs(distribution.mean())),
            distribution,
        };
        if !right {
            return None;
        }
        // A machine that is set up for something has a lot behind it.
        let made = if current.is_some() { self.min_lot } else { 0 };
        Some(Changeover {
            families: Arc::clone(&families.of),
            changes: distributions.into_iter().map(change).collect(),
            count: names.len() as u32,
            current,
            made,
            waste: 0,
            scrap: self.scrap,
            lots: Lots::of(self),
            stream: Stream::default(),
        })
    }
}

fn unknown_change(field: &str, key: &str, names: &[String], check: &mut Check<'_>) {
    let pairs: Vec<String> =
        names.iter().flat_map(|a| names.iter().map(move |b| format!("{a} -> {b}"))).take(400).collect();
    let help = match nearest(key, pairs.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "write two families or products, such as \"light -> dark\"".to_owned(),
    };
    let message = format!("\"{}\" is no changeover of this line", brief(key));
    check.fault_about(Concern::Products, &format!("{field}.between"), message, &help);
}

fn unknown_family(field: &str, name: &str, names: &[String], check: &mut Check<'_>) {
    let help = suggestion(name, names.iter().map(String::as_str), "the families are").unwrap_or_else(|| {
        format!("give a product this `family`, such as `\"part\": (family: \"{}\")`", brief(name))
    });
    let message = format!("no product is of the family \"{}\"", brief(name));
    check.fault_about(Concern::UnknownProduct(name.to_owned()), field, message, &help);
}

impl Changeover {
    pub(super) fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.stream = stream(Purpose::Setup, 0);
    }

    fn family(&self, product: u32) -> u32 {
        self.families.get(product as usize).copied().unwrap_or(0)
    }

    /// Whether nothing is changed between these two products: they are of one family.
    pub(super) fn is_same(&self, one: u32, other: u32) -> bool {
        self.family(one) == self.family(other)
    }

    /// The number of a change.
    fn nth(&self, from: u32, to: u32) -> usize {
        (from * self.count + to) as usize
    }

    /// Whether parts after a changeover are scrap.
    pub(super) fn may_waste(&self) -> bool {
        self.scrap > 0
    }

    /// How long it takes from one product to another, on average in seconds.
    pub(super) fn secs_between(&self, from: u32, to: u32) -> f64 {
        self.mean(self.family(from), self.family(to)).secs()
    }

    /// How long a changeover takes in seconds, on average over all that there are.
    pub(super) fn mean_secs(&self) -> f64 {
        let means: Vec<f64> = self
            .changes
            .iter()
            .filter_map(|change| change.distribution.as_ref())
            .map(Distribution::mean)
            .collect();
        means.iter().sum::<f64>() / means.len().max(1) as f64
    }

    /// Whether it is in the midst of a lot, and keeps to it.
    pub(super) fn keeps_to_lot(&self) -> bool {
        self.current.is_some() && self.lots.as_ref().is_some_and(|lots| lots.keep(self.made))
    }

    /// Whether it must be called for each part that leaves: its waiting begins then.
    pub(super) fn hears_departures(&self) -> bool {
        self.lots.as_ref().is_some_and(|lots| lots.wait.is_some())
    }

    /// It has no part: if its lot is not complete it begins to wait for the next.
    pub(super) fn has_no_part(&mut self, schedule: impl FnOnce(Time) -> EventId) {
        let keeps = self.keeps_to_lot();
        if let Some(lots) = self.lots.as_mut().filter(|_| keeps) {
            lots.begin_to_wait(schedule);
        }
    }

    /// Whether this event ends its waiting. If it stands because of a stop, it waits again from the beginning.
    pub(super) fn loses_patience(&mut self, event_id: EventId, stands: bool) -> bool {
        self.lots.as_mut().is_some_and(|lots| lots.lose_patience(event_id, stands))
    }

    /// Whether its waiting is limited.
    pub(super) fn waits(&self) -> bool {
        self.lots.as_ref().is_some_and(|lots| lots.wait_for_time())
    }

    /// Whether its largest lot is complete, so that it prefers another family.
    pub(super) fn wants_another(&self) -> bool {
        self.lots.as_ref().is_some_and(|lots| lots.are_complete(self.made))
    }

    /// Which part it takes next by this rule: after the largest lot one of another family, if any is there.
    pub(super) fn choose(&self, rule: Rule, candidates: &mut [Candidate], now: Time) -> Option<usize> {
        let of_lot = |candidate: &Candidate| self.current == Some(self.family(candidate.product));
        if !self.wants_another() {
            return rule.choose(candidates, now);
        }
        // The order in which they came is kept.
        candidates.sort_by_key(of_lot);
        let others = candidates.iter().take_while(|candidate| !of_lot(candidate)).count();
        let among = if others > 0 { others } else { candidates.len() };
        rule.choose(&candidates[..among], now)
    }

    /// How long it would take to change over to this part, on average; none in the midst of a lot that the part does not belong
    /// to.
    pub(super) fn mean_time_unless_kept(&self, product: u32) -> Option<Time> {
        let (Some(current), family) = (self.current, self.family(product)) else {
            return Some(Time::ZERO);
        };
        if current == family {
            return Some(Time::ZERO);
        }
        (!self.keeps_to_lot()).then(|| self.mean(current, family))
    }

    /// How long it would take to change over to this part, on average.
    pub(super) fn mean_time(&self, product: u32) -> Time {
        self.current.map_or(Time::ZERO, |current| self.mean(current, self.family(product)))
    }

    fn mean(&self, from: u32, to: u32) -> Time {
        self.changes.get(self.nth(from, to)).map_or(Time::ZERO, |change| change.mean)
    }

    /// Sets up for a part that is next; how long that takes. The part counts to the lot.
    pub(super) fn change_to(&mut self, product: u32) -> Time {
        let family = self.family(product);
        let before = self.current.replace(family);
        self.lots.iter_mut().for_each(|lots| lots.go_on());
        if before == Some(family) {
            self.made = self.made.saturating_add(1);
            self.waste = self.waste.saturating_sub(1);
            return Time::ZERO;
        }
        self.made = 1;
        // The first part of a run finds it set up.
        let Some(before) = before else { return Time::ZERO };
        self.waste = self.scrap;
        match self.changes.get(self.nth(before, family)) {
            Some(ChangeoverTime { distribution: Some(distribution), .. }) => {
                distribution.draw_time(&mut self.stream)
            }
            _ => Time::ZERO,
        }
    }

    /// Before a run: changeovers take no time, and no part after them is scrap.
    pub(super) fn take_no_time(&mut self) {
        let changes = self.changes.iter().map(|_| ChangeoverTime { mean: Time::ZERO, distribution: None });
        (self.changes, self.scrap) = (changes.collect(), 0);
    }

    /// Whether the part in work is scrap because of a changeover.
    pub(super) fn wastes(&self) -> bool {
        self.waste > 0
    }

    /// Whether it looks at the parts before it takes one.
    pub(super) fn has_lots(&self) -> bool {
        self.lots.is_some()
    }

    /// Whether a running one can go on with other settings: what it is set up for at first is a matter of the
    /// beginning.
    pub(super) fn can_become(&self, settings: &Changeover) -> bool {
        let kept = |one: &Changeover| one.lots.as_ref().map(|lots| (lots.min.max(1), lots.wait.is_some()));
        let unlimited = Some((1, false));
        self.families == settings.families
            && self.current == settings.current
            && kept(self).or(unlimited) == kept(settings).or(unlimited)
    }

    /// Goes on with the times of other settings.
    pub(super) fn become_like(&mut self, settings: &Changeover) {
        // The families are the same, and so is what it is set up for at first.
        let Changeover {
            changes,
            scrap,
            lots,
            families: _,
            count: _,
            current: _,
            made: _,
            waste: _,
            stream: _,
        } = settings;
        (self.changes, self.scrap) = (Arc::clone(changes), *scrap);
        match (&mut self.lots, lots) {
            (Some(own), Some(lots)) => own.become_like(lots),
            (own, lots) => *own = lots.clone(),
        }
    }
}

//! The phases of an operation of a machine, where it has more than a cycle: changeover, loading, work, unloading; or several
//! parallel places. Most machines have none of this, and it costs them nothing.
//!
//! Changeover, loading and unloading do not wear the machine: the clocks of working time and of parts stand still meanwhile.
//! With several places, each place has its own work, including its loading and unloading. The machine works while any of its
//! places does, and a breakdown stops them all.
//!
//! Read [`Operation`] first, then [`OperationPhase`].

mod forecast;
mod retune;

use super::cycles::Cycles;
use crate::dispatch::{Candidate, Effort, Rule, Search};
use crate::disruption::{Task, share};
use crate::distribution::DistributionSpec;
use crate::equipment::changeover::Changeover;
use crate::event::{ResourcePurpose, State};
use crate::kernel::{Purpose, Sampler, Stream, Time};
use crate::material::{Offer, PartId, PartStore};
use crate::units::Duration;
use serde::Deserialize;
use std::ops::Add;

/// That the first part after a pause takes longer, as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstPart {
    /// How long the machine must not have worked.
    pub after: Duration,
    /// How much longer the first part takes then.
    pub longer: DistributionSpec<Duration>,
}

/// How a machine works that does more than one cycle on one part at a time: what it looks at for each part lies side by side.
#[derive(Clone, Debug, PartialEq)]
#[repr(C)]
pub(super) struct Operation {
    pub phase: OperationPhase,
    pub rule: Option<Rule>,
    /// What few machines have.
    pub extras: Option<Box<Extras>>,
    pub setup: Option<Changeover>,
    pub cycles: Cycles,
    pub ideal: Ideal,
}

/// How long an operation takes on average without losses, phase by phase as they come: neither changing over nor what the
/// first part after a pause takes longer is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ideal {
    /// Of the phases that are over.
    before: Time,
    /// Of the phase at hand.
    phase: Time,
}

impl Ideal {
    /// The next phase begins.
    fn next(&mut self, mean: Time) {
        self.before += std::mem::replace(&mut self.phase, mean);
    }
}

/// What an operation may have besides a changeover and the work itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Extras {
    pub load: Option<Sampler>,
    pub unload: Option<Sampler>,
    pub pause: Option<AfterPause>,
    /// Places side by side, if there are several.
    pub places: Option<Places>,
}

/// Which step of its operation a machine is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OperationPhase {
    /// No part is worked on.
    #[default]
    Idle,
    /// It changes over.
    Setup,
    /// It takes the part up.
    Load,
    /// It works.
    Work,
    /// It puts the part down.
    Unload,
}

impl OperationPhase {
    /// The state of the machine in this phase.
    pub(super) fn state(self) -> Option<State> {
        match self {
            OperationPhase::Idle => None,
            OperationPhase::Setup => Some(State::Setup),
            OperationPhase::Load | OperationPhase::Unload => Some(State::Holding),
            OperationPhase::Work => Some(State::Working),
        }
    }
}

impl OperationPhase {
    /// What people are called for in this phase.
    pub(super) fn purpose(self) -> ResourcePurpose {
        match self {
            OperationPhase::Idle | OperationPhase::Work => ResourcePurpose::Work,
            OperationPhase::Setup => ResourcePurpose::Setup,
            OperationPhase::Load => ResourcePurpose::Loading,
            OperationPhase::Unload => ResourcePurpose::Unloading,
        }
    }
}

/// A drawn time, and its mean.
fn drawn(sampler: &mut Sampler) -> (Time, Time) {
    let mean = sampler.mean_time();
    (sampler.draw(), mean)
}

/// A phase that takes no time is none.
fn takes_time(length: Time) -> Option<Time> {
    (length > Time::ZERO).then_some(length)
}

/// Several places, and the work that is left in those that are taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Places {
    pub count: u32,
    pub jobs: Vec<Job>,
    /// The work until the first of them is done, as it was when that began.
    pub stretch: Time,
}

/// A part in one of several places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub part: PartId,
    pub left: Time,
    /// How long it takes altogether, and on average.
    pub whole: Time,
    pub ideal: Time,
}

impl Places {
    /// So much time of work has gone by in all places.
    pub(super) fn pass(&mut self, worked: Time) {
        self.jobs.iter_mut().for_each(|job| job.left = Time(job.left.0.saturating_sub(worked.0)));
    }

    /// The part that is done first of those in the places, and how long that takes.
    pub(super) fn first_done(&self) -> Option<Job> {
        self.jobs.iter().copied().min_by_key(|job| job.left)
    }
}

/// That the first part after a pause takes longer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AfterPause {
    /// How long a pause must be.
    pub pause: Time,
    pub longer: Sampler,
    /// Since when it has not worked.
    pub idle_since: Time,
}

impl Operation {
    pub(super) fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.setup.iter_mut().for_each(|setup| setup.seed(stream));
        if let Some(Extras { load, unload, pause, .. }) = self.extras.as_deref_mut() {
            load.iter_mut().for_each(|load| load.seed(stream(Purpose::Loading, 0)));
            unload.iter_mut().for_each(|unload| unload.seed(stream(Purpose::Unloading, 0)));
            pause.iter_mut().for_each(|pause| pause.longer.seed(stream(Purpose::WarmUp, 0)));
        }
    }

    /// Whether the machine looks at the parts before it takes one.
    pub(super) fn chooses(&self) -> bool {
        self.rule.is_some() || self.setup.as_ref().is_some_and(Changeover::has_lots)
    }

    /// Whether the machine hears of each part that leaves.
    pub(super) fn hears_departures(&self) -> bool {
        self.several().is_some() || self.setup.as_ref().is_some_and(Changeover::hears_departures)
    }

    /// Its places, if there are several.
    pub(super) fn several(&self) -> Option<&Places> {
        self.extras.as_ref()?.places.as_ref()
    }

    /// Its places, if there are several.
    pub(super) fn several_mut(&mut self) -> Option<&mut Places> {
        self.extras.as_mut()?.places.as_mut()
    }

    /// Whether it takes parts as they come, and scraps none of the first of them.
    pub(super) fn takes_as_they_come(&self) -> bool {
        let setup = self.setup.as_ref();
        self.rule.unwrap_or_default() == Rule::FirstCome
            && !setup.is_some_and(|setup| setup.has_lots() || setup.may_waste())
    }

    /// After how long a pause the first part takes longer, and how much on average; none if anything comes before its work.
    pub(super) fn first_part_secs(&self) -> Option<(f64, f64)> {
        let Extras { load, unload, pause, places } = &**self.extras.as_ref()?;
        let alone = load.is_none() && unload.is_none() && places.is_none() && self.setup.is_none();
        let pause = pause.as_ref().filter(|_| alone)?;
        Some((pause.pause.secs(), pause.longer.distribution().mean()))
    }

    /// How many parts it works on side by side.
    pub(super) fn places(&self) -> u32 {
        self.several().map_or(1, |places| places.count)
    }

    /// It has ended its work on a part, and has no other.
    pub(super) fn rests(&mut self, now: Time) {
        if let Some(pause) = self.extras.as_mut().and_then(|extras| extras.pause.as_mut()) {
            pause.idle_since = now;
        }
    }

    /// How the machine looks for its next part.
    pub(super) fn search(&self) -> Search {
        let search = Search::by(self.rule.unwrap_or_default());
        let wants_another = self.setup.as_ref().is_some_and(Changeover::wants_another);
        Search { pairwise: search.pairwise && !wants_another, ..search }
    }

    /// What it takes to work on a part, as far as a rule asks; none if the machine is in the midst of another lot.
    #[inline]
    pub(super) fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        let setup = match &self.setup {
            Some(setup) => setup.mean_time_unless_kept(offer.record.product)?,
            None => Time::ZERO,
        };
        let work = if rule.asks_for_work() { self.cycles.mean_to_come(offer) } else { Time::ZERO };
        Some(Effort { setup, work })
    }

    /// Which part the machine takes next.
    pub(super) fn choose(&self, candidates: &mut [Candidate], now: Time) -> Option<usize> {
        let rule = self.rule.unwrap_or_default();
        match &self.setup {
            Some(setup) => setup.choose(rule, candidates, now),
            None => rule.choose(candidates, now),
        }
    }

    /// The next phase of an operation and how long it lasts; none once it is over.
    #[inline(always)]
    pub(super) fn next_phase(&mut self, part: PartId, parts: &PartStore, now: Time) -> Option<Time> {
        let before = self.phase;
        if before < OperationPhase::Setup
            && let Some(setup) = &mut self.setup
            && let Some(length) = takes_time(setup.change_to(parts.get(part).product))
        {
            self.phase = OperationPhase::Setup;
            return Some(length);
        }
        if before < OperationPhase::Load
            && let Some((length, mean)) = self.load_time()
        {
            self.ideal.next(mean);
            if let Some(length) = takes_time(length) {
                self.phase = OperationPhase::Load;
                return Some(length);
            }
        }
        if before < OperationPhase::Work {
            self.phase = OperationPhase::Work;
            let offer = parts.offer(part);
            self.ideal.next(self.cycles.mean(&offer));
            return Some(self.work_time(&offer, now));
        }
        if before < OperationPhase::Unload
            && let Some((length, mean)) = self.unload_time()
        {
            self.ideal.next(mean);
            if let Some(length) = takes_time(length) {
                self.phase = OperationPhase::Unload;
                return Some(length);
            }
        }
        self.phase = OperationPhase::Idle;
        None
    }

    /// The operation is over, done or lost: how long it takes on average.
    pub(super) fn end(&mut self) -> Time {
        let Ideal { before, phase } = std::mem::take(&mut self.ideal);
        before + phase
    }

    /// The run begins in the midst of the work on a part, with so much left of it: that is its share of the mean, at most all of it.
    pub(super) fn begin_with(&mut self, left: Time, offer: &Offer<'_>) -> Time {
        let ideal = left.min(self.cycles.mean(offer));
        if self.several().is_none() {
            self.ideal.next(ideal);
        }
        ideal
    }

    /// Of the work that the task has in hand, how much of its mean time is done.
    pub(super) fn ideal_in_hand(&self, task: &Task, now: Time) -> Time {
        let Some(places) = self.several() else {
            return self.ideal.before + task.part_of(self.ideal.phase, now);
        };
        let passed = task.in_hand(now).map_or(Time::ZERO, |(done, _)| done);
        let done = |job: &Job| {
            let left = job.left.0.saturating_sub(passed.0);
            share(job.ideal, Time(job.whole.0.saturating_sub(left)), job.whole)
        };
        places.jobs.iter().map(done).fold(Time::ZERO, Time::add)
    }

    /// How long loading takes, and on average.
    fn load_time(&mut self) -> Option<(Time, Time)> {
        self.extras.as_mut()?.load.as_mut().map(drawn)
    }

    fn unload_time(&mut self) -> Option<(Time, Time)> {
        self.extras.as_mut()?.unload.as_mut().map(drawn)
    }

    /// How long the work on a part takes, with what the first part after a pause takes longer.
    pub(super) fn work_time(&mut self, offer: &Offer<'_>, now: Time) -> Time {
        let work = self.cycles.draw(offer);
        match self.extras.as_mut().and_then(|extras| extras.pause.as_mut()) {
            Some(after) if now - after.idle_since >= after.pause => work + after.longer.draw(),
            _ => work,
        }
    }

    /// How long a part needs one of several places, and on average: from when it is taken up until it is put down.
    pub(super) fn place_time(&mut self, offer: &Offer<'_>, now: Time) -> (Time, Time) {
        let [load, unload] = [self.load_time(), self.unload_time()].map(Option::unwrap_or_default);
        let (work, mean) = (self.work_time(offer, now), self.cycles.mean(offer));
        (load.0 + work + unload.0, load.1 + mean + unload.1)
    }
}

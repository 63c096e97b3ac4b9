//! What one element did, over all replications, and what the members of a group did together.
//!
//! Read [`ElementSummary`] first.

use super::{ElementOutcome, Outcome, Study};
use crate::event::{Incident, ResourcePurpose, State};
use crate::kpi;
use crate::line::{Element, Group};
use crate::stats::Interval;
use std::borrow::Cow;

/// What one element did: means over the replications, with their intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementSummary<'a> {
    /// Its name.
    pub name: &'a str,
    /// How many members it has, if it is a group.
    pub members: Option<usize>,
    /// The name of its kind.
    pub kind: &'static str,
    /// The share of the window in each state that occurred, in the order of [`State::ALL`], of its places on average; empty for
    /// what only stores.
    pub states: Vec<(State, Interval)>,
    /// Operations finished in the window.
    pub operations: Interval,
    /// Energy in kWh; `None` when nothing is known of its power.
    pub energy_kwh: Option<Interval>,
    /// Energy in kWh in each state that occurred; empty when nothing is known of its power.
    pub energy_by_state_kwh: Vec<(State, Interval)>,
    /// Parts inside, averaged over time.
    pub contents_mean: Interval,
    /// People of a crew at work, or robots in a zone, averaged over time; `None` for everything else.
    pub at_work_mean: Option<Interval>,
    /// The same for each purpose that occurred.
    pub at_work_by_purpose: Vec<(ResourcePurpose, Interval)>,
    /// The most parts inside at once; `None` for a group, whose members are not full at the same time.
    pub contents_max: Option<Interval>,
    /// Seconds that a part waited for its work there; see [`ElementOutcome::queue_time_s`].
    pub queue_time_s: Option<Interval>,
    /// Seconds from the end of its work until it left; see [`ElementOutcome::blocked_time_s`].
    pub blocked_time_s: Option<Interval>,
    /// Both together.
    pub wait_s: Option<Interval>,
    /// How often that happened which happened at all.
    pub counts: Vec<(Incident, Interval)>,
    /// Parts that left by each way out, by its name; nothing where no part ever comes.
    pub parts_out: Vec<(&'a str, Interval)>,
    /// Its OEE with its factors, for elements with a cycle; see [`kpi::Factors`].
    pub oee: Option<Interval>,
    /// See [`kpi::Factors::availability`].
    pub availability: Option<Interval>,
    /// See [`kpi::Factors::effectiveness`].
    pub effectiveness: Option<Interval>,
    /// See [`kpi::Factors::quality`].
    pub quality: Option<Interval>,
    /// Used place-time over place-time: the share of the window in which it worked, moved or held, of several places on average;
    /// of a crew the share of its people who were at work, of a zone that of the robots in it; `None` for what only stores.
    pub utilisation: Option<Interval>,
    /// The states whose power was assumed.
    pub assumed: &'a [State],
}

impl ElementSummary<'_> {
    pub(super) fn of<'a>(study: &'a Study<'_>, slot: usize) -> ElementSummary<'a> {
        let element = &study.line.elements[slot];
        let outcomes = study.outcomes.iter().map(|outcome| Cow::Borrowed(&outcome.elements[slot])).collect();
        Over { element, outcomes, confidence: study.plan.confidence }
            .summary(&element.name, element.datasheet.lends)
    }

    /// What the members of a group did together, replication by replication.
    pub(super) fn of_group<'a>(study: &'a Study<'_>, group: &'a Group) -> Option<ElementSummary<'a>> {
        let element = &study.line.elements[group.members.first()?.index()];
        let together = |outcome: &Outcome| {
            let members = group.members.iter().map(|slot| &outcome.elements[slot.index()]);
            Cow::Owned(ElementOutcome::together(&members.collect::<Vec<_>>()))
        };
        let outcomes = study.outcomes.iter().map(together).collect();
        let lends = element.datasheet.lends.map(|number| number * group.members.len() as u32);
        let over = Over { element, outcomes, confidence: study.plan.confidence };
        // The members are seldom full at the same time, so the sum of their maxima says nothing.
        let members = Some(group.members.len());
        Some(ElementSummary { members, contents_max: None, ..over.summary(&group.name, lends) })
    }
}

/// Of a study without replications, which no plan makes.
const NOTHING: Interval = Interval { mean: 0.0, half_width: None, n: 0 };

/// One element, or the members of a group together, over all replications of a study.
struct Over<'a> {
    /// The element, or one of the group.
    element: &'a Element,
    outcomes: Vec<Cow<'a, ElementOutcome>>,
    confidence: f64,
}

impl<'a> Over<'a> {
    fn summary(&self, name: &'a str, number: Option<u32>) -> ElementSummary<'a> {
        let power = &self.element.power;
        let occurred = |state: &State| self.outcomes.iter().any(|one| one.times[*state as usize] > 0);
        let of_places =
            |state: &State| self.outcomes.iter().any(|one| one.place_times[*state as usize] > 0.0);
        let share = |state| Some((state, self.mean(|one| Some(one.share(|found| found == state)))?));
        let energy = |state| Some((state, self.mean(|one| Some(kwh(one.energy_by_state[state as usize])))?));
        let known = power.known;
        let whole = |one: &ElementOutcome| known.then(|| kwh(one.energy as f64));
        ElementSummary {
            name,
            members: None,
            kind: self.element.kind,
            states: State::ALL.into_iter().filter(of_places).filter_map(share).collect(),
            operations: self.mean(|one| Some(one.operations as f64)).unwrap_or(NOTHING),
            energy_kwh: self.mean(whole),
            energy_by_state_kwh: State::ALL
                .into_iter()
                .filter(|state| known && occurred(state))
                .filter_map(energy)
                .collect(),
            contents_mean: self.mean(|one| Some(one.contents_mean)).unwrap_or(NOTHING),
            at_work_mean: self.mean(|one| number.map(|_| one.at_work_mean)),
            at_work_by_purpose: self.at_work_by_purpose(),
            contents_max: self.mean(|one| Some(one.contents_max as f64)),
            queue_time_s: self.mean(|one| one.queue_time_s),
            blocked_time_s: self.mean(|one| one.blocked_time_s),
            wait_s: self.mean(|one| Some(one.queue_time_s? + one.blocked_time_s.unwrap_or(0.0))),
            counts: self.counts(),
            parts_out: if number.is_some() { Vec::new() } else { self.parts_out() },
            oee: self.mean(|one| one.factors?.oee),
            availability: self.mean(|one| Some(one.factors?.availability)),
            effectiveness: self.mean(|one| one.factors?.effectiveness),
            quality: self.mean(|one| one.factors?.quality),
            utilisation: self.mean(|one| match number {
                Some(number) => Some(one.at_work_mean / f64::from(number)),
                None => one.has_states().then(|| one.share(State::is_use)),
            }),
            assumed: &power.assumed,
        }
    }

    fn counts(&self) -> Vec<(Incident, Interval)> {
        let count = |incident: Incident| {
            let found = self.mean(|one| Some(one.incidents[incident as usize] as f64))?;
            (found.mean > 0.0).then_some((incident, found))
        };
        Incident::ALL.into_iter().filter_map(count).collect()
    }

    fn at_work_by_purpose(&self) -> Vec<(ResourcePurpose, Interval)> {
        let busy = |purpose: ResourcePurpose| {
            let found = self.mean(|one| Some(one.at_work_by_purpose[purpose as usize]))?;
            (found.mean > 0.0).then_some((purpose, found))
        };
        ResourcePurpose::ALL.into_iter().filter_map(busy).collect()
    }

    fn parts_out(&self) -> Vec<(&'a str, Interval)> {
        let ways = self.element.ways_out().into_iter().enumerate();
        let count = |nth: usize| self.mean(|one| one.parts_out.get(nth).map(|parts| *parts as f64));
        ways.filter_map(|(nth, name)| Some((name, count(nth)?))).collect()
    }

    fn mean(&self, figure: impl Fn(&ElementOutcome) -> Option<f64>) -> Option<Interval> {
        let values: Vec<f64> = self.outcomes.iter().filter_map(|one| figure(one)).collect();
        Interval::of(&values, self.confidence)
    }
}

fn kwh(picojoules: f64) -> f64 {
    picojoules / kpi::PICOJOULES_PER_KWH
}

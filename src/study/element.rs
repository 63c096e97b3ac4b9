//! What one element did, over all replications.
//!
//! Read [`ElementSummary`] first.

use super::{ElementOutcome, Study};
use crate::event::{Incident, ResourcePurpose, State};
use crate::kpi;
use crate::stats::Interval;

/// What one element did: means over the replications, with their intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementSummary<'a> {
    /// Its name.
    pub name: &'a str,
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
    /// The most parts inside at once.
    pub contents_max: Interval,
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
        let power = &element.power;
        let over = Over { study, slot };
        let occurred = |state: &State| {
            study.outcomes.iter().any(|outcome| outcome.elements[slot].times[*state as usize] > 0)
        };
        let states = State::ALL.into_iter().filter(occurred);
        let of_places = State::ALL.into_iter().filter(|state| {
            study.outcomes.iter().any(|outcome| outcome.elements[slot].place_times[*state as usize] > 0.0)
        });
        let share = |state| Some((state, over.mean(|one| Some(one.share(|found| found == state)))?));
        let energy = |state| Some((state, over.mean(|one| Some(kwh(one.energy_by_state[state as usize])))?));
        let known = power.known;
        let number = element.datasheet.lends;
        let whole = |one: &ElementOutcome| known.then(|| kwh(one.energy as f64));
        ElementSummary {
            name: &element.name,
            kind: element.kind,
            states: of_places.filter_map(share).collect(),
            operations: over.mean(|one| Some(one.operations as f64)).unwrap_or(NOTHING),
            energy_kwh: over.mean(whole),
            energy_by_state_kwh: states.filter(|_| known).filter_map(energy).collect(),
            contents_mean: over.mean(|one| Some(one.contents_mean)).unwrap_or(NOTHING),
            at_work_mean: over.mean(|one| number.map(|_| one.at_work_mean)),
            at_work_by_purpose: over.at_work_by_purpose(),
            contents_max: over.mean(|one| Some(one.contents_max as f64)).unwrap_or(NOTHING),
            queue_time_s: over.mean(|one| one.queue_time_s),
            blocked_time_s: over.mean(|one| one.blocked_time_s),
            wait_s: over.mean(|one| Some(one.queue_time_s? + one.blocked_time_s.unwrap_or(0.0))),
            counts: over.counts(),
            parts_out: if number.is_some() { Vec::new() } else { over.parts_out() },
            oee: over.mean(|one| one.factors?.oee),
            availability: over.mean(|one| Some(one.factors?.availability)),
            effectiveness: over.mean(|one| one.factors?.effectiveness),
            quality: over.mean(|one| one.factors?.quality),
            utilisation: over.mean(|one| match number {
                Some(number) => Some(one.at_work_mean / f64::from(number)),
                None => one.has_states().then(|| one.share(State::is_use)),
            }),
            assumed: &power.assumed,
        }
    }
}

/// Of a study without replications, which no plan makes.
const NOTHING: Interval = Interval { mean: 0.0, half_width: None, n: 0 };

/// One element over all replications of a study.
struct Over<'a> {
    study: &'a Study<'a>,
    slot: usize,
}

impl<'a> Over<'a> {
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
        let ways = self.study.line.elements[self.slot].ways_out().into_iter().enumerate();
        let count = |nth: usize| self.mean(|one| one.parts_out.get(nth).map(|parts| *parts as f64));
        ways.filter_map(|(nth, name)| Some((name, count(nth)?))).collect()
    }

    fn mean(&self, figure: impl Fn(&ElementOutcome) -> Option<f64>) -> Option<Interval> {
        let values: Vec<f64> =
            self.study.outcomes.iter().filter_map(|outcome| figure(&outcome.elements[self.slot])).collect();
        Interval::of(&values, self.study.plan.confidence)
    }
}

fn kwh(picojoules: f64) -> f64 {
    picojoules / kpi::PICOJOULES_PER_KWH
}

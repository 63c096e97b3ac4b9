//! What one element did, over all replications.
//!
//! Read [`ElementSummary`] first.

use super::{ElementOutcome, Study};
use crate::energy::PowerTable;
use crate::event::State;
use crate::kpi;
use crate::stats::Interval;

/// What one element did: means over the replications, with their intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementSummary<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of its kind.
    pub kind: &'static str,
    /// The share of the window in each state that occurred, in the order of [`State::ALL`]; empty for what only stores.
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
    /// Seconds that a part waited there; see [`ElementOutcome::wait_mean_s`].
    pub wait_mean_s: Option<Interval>,
    /// Its OEE with its factors, for elements with a cycle; see [`kpi::Factors`].
    pub oee: Option<Interval>,
    /// See [`kpi::Factors::availability`].
    pub availability: Option<Interval>,
    /// See [`kpi::Factors::effectiveness`].
    pub effectiveness: Option<Interval>,
    /// See [`kpi::Factors::quality`].
    pub quality: Option<Interval>,
    /// The share of the window in which it worked, moved or held, of a crew the share of its people who were at work,
    /// of a zone that of the robots in it;
    /// `None` for what only stores.
    pub utilisation: Option<Interval>,
    /// The states whose power was assumed.
    pub assumed: &'a [State],
}

/// The states in which an element does what it is there for.
pub(super) const BUSY: [State; 3] = [State::Working, State::Moving, State::Holding];

impl ElementSummary<'_> {
    pub(super) fn of<'a>(study: &'a Study<'_>, slot: usize) -> ElementSummary<'a> {
        let element = &study.line.elements[slot];
        let power = &element.power;
        let over = Over { study, slot };
        let occurred = |state: &State| {
            study.outcomes.iter().any(|outcome| outcome.elements[slot].times[*state as usize] > 0)
        };
        let states = State::ALL.into_iter().filter(occurred);
        let share = |state| Some((state, over.mean(|one| Some(one.share(&[state])))?));
        let energy = |state| Some((state, over.mean(|one| Some(kwh(one, power, state)))?));
        let known = power.known;
        let number = element.prototype.lends();
        let whole = |one: &ElementOutcome| known.then(|| kwh_of_all(one, power));
        ElementSummary {
            name: &element.name,
            kind: element.kind,
            states: states.clone().filter_map(share).collect(),
            operations: over.mean(|one| Some(one.operations as f64)).unwrap_or(NOTHING),
            energy_kwh: over.mean(whole),
            energy_by_state_kwh: states.filter(|_| known).filter_map(energy).collect(),
            contents_mean: over.mean(|one| Some(one.contents_mean)).unwrap_or(NOTHING),
            at_work_mean: over.mean(|one| number.map(|_| one.at_work_mean)),
            wait_mean_s: over.mean(|one| one.wait_mean_s),
            oee: over.mean(|one| one.factors?.oee),
            availability: over.mean(|one| Some(one.factors?.availability)),
            effectiveness: over.mean(|one| one.factors?.effectiveness),
            quality: over.mean(|one| one.factors?.quality),
            utilisation: over.mean(|one| match number {
                Some(number) => Some(one.at_work_mean / f64::from(number)),
                None => one.has_states().then(|| one.share(&BUSY)),
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

impl Over<'_> {
    fn mean(&self, figure: impl Fn(&ElementOutcome) -> Option<f64>) -> Option<Interval> {
        let values: Vec<f64> =
            self.study.outcomes.iter().filter_map(|outcome| figure(&outcome.elements[self.slot])).collect();
        Interval::of(&values, self.study.plan.confidence)
    }
}

fn picojoules(one: &ElementOutcome, power: &PowerTable, state: State) -> u128 {
    let load = if state == State::Working { one.load_energy } else { 0 };
    u128::from(one.times[state as usize]) * u128::from(power.of(state)) + load
}

fn kwh(one: &ElementOutcome, power: &PowerTable, state: State) -> f64 {
    picojoules(one, power, state) as f64 / kpi::PICOJOULES_PER_KWH
}

fn kwh_of_all(one: &ElementOutcome, power: &PowerTable) -> f64 {
    let sum: u128 = State::ALL.into_iter().map(|state| picojoules(one, power, state)).sum();
    sum as f64 / kpi::PICOJOULES_PER_KWH
}

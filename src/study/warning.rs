//! Warnings for a reader of the figures: what was seen, and what to try.
//!
//! A warning never changes a figure. Its words are in `warning_text.rs`. Read [`Warning`] first.

use super::{Outcome, Study};
use crate::energy::EnergyCarrier;
use crate::event::{Slot, State};
use crate::flow::Standstill;
use crate::kernel::Time;
use crate::kpi::{self, Kpi};
use crate::line::{Line, LinePattern};
use crate::stats::{self, Interval};

/// Something to beware of.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Elements with parts in them came to a stop for ever.
    Standstill {
        /// Their names: each waits for the next, and in a circle the first is named once more at the end.
        chain: Vec<String>,
        /// Since when, in the first replication in which they did; unknown if they were not seen to stop.
        since: Option<Time>,
        /// Whether they only lack parts that no source makes any more.
        is_shortage: bool,
        /// In so many replications.
        replications: usize,
        /// Of so many.
        of: usize,
    },
    /// Nothing has moved for a large share of the window, with parts inside that no element works on.
    NothingMoves {
        /// The names of elements: each waits for the next.
        chain: Vec<String>,
        /// Since when, in the first replication in which that was so.
        since: Time,
        /// In so many replications.
        replications: usize,
        /// Of so many.
        of: usize,
    },
    /// Work in process still grows: the line gets more than it can do, or has not settled.
    UnstableLine {
        /// Parts by which it grew over the window, on average.
        growth: f64,
        /// Parts inside, on average.
        level: f64,
    },
    /// The best end of the warm-up is the latest that was looked at.
    WarmUpAtLimit {
        /// The warm-up that was used.
        warm_up: Time,
    },
    /// The window is no whole number of periods of what the line repeats.
    PartOfPeriod {
        /// The window.
        window: Time,
        /// The patterns that it cuts.
        patterns: Vec<LinePattern>,
        /// The time after which all patterns of the line repeat.
        period: Time,
    },
    /// Too few replications to be sure of the throughput.
    TooFewReplications {
        /// How many there were.
        replications: usize,
        /// The half width of the throughput's interval, relative to its mean.
        relative: Option<f64>,
        /// How many would bring it below one twentieth.
        required: Option<usize>,
    },
    /// No good part left the line.
    NothingFinished {
        /// In so many replications.
        replications: usize,
        /// Of so many.
        of: usize,
    },
    /// A KPI has no value in some of the replications.
    PartlyUnknown {
        /// The KPI's name.
        kpi: &'static str,
        /// Replications that have a value.
        known: usize,
        /// Of so many.
        of: usize,
    },
    /// The OEE of some elements is above 1, which only chance does.
    OeeAboveOne {
        /// Their names.
        elements: Vec<String>,
    },
    /// No element says what it draws.
    EnergyUnknown,
    /// The layout gives the power of some elements but not of others.
    EnergyIncomplete {
        /// Their names.
        elements: Vec<String>,
    },
    /// A factor of carriers is not known, so that a figure is not.
    FactorMissing {
        /// The figure: `energy`, `energy_cost` or `co2`.
        kpi: &'static str,
        /// The carriers.
        carriers: Vec<EnergyCarrier>,
    },
    /// Powers that the file leaves open were assumed, in states that occurred.
    AssumedPower {
        /// Names of elements, and the states.
        elements: Vec<(String, Vec<State>)>,
    },
}

/// Where the half width of the throughput, relative to its mean, is too wide to go by.
pub(crate) const WIDE: f64 = 0.05;
/// Growth over the window that matters: in parts, and relative to the parts inside.
const GROWTH_PARTS: f64 = 1.0;
const GROWTH_RELATIVE: f64 = 0.1;

/// All warnings of a study, the gravest first.
pub(super) fn all(study: &Study<'_>, at_limit: bool) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    warnings.extend([false, true].into_iter().filter_map(|is_shortage| standstill(study, is_shortage)));
    warnings.extend(nothing_moves(study));
    warnings.extend(unstable(study));
    warnings.extend(at_limit.then_some(Warning::WarmUpAtLimit { warm_up: study.warm_up }));
    warnings.extend(part_of_period(study));
    warnings.extend(nothing_finished(study));
    warnings.extend(too_few(study));
    warnings.extend(kpi::ALL.iter().filter_map(|kpi| partly_unknown(study, kpi)));
    warnings.extend(oee_above_one(study));
    warnings.extend(energy_gaps(study));
    warnings.extend(missing_factors(study));
    warnings.extend(assumed(study));
    warnings
}

fn standstill(study: &Study<'_>, is_shortage: bool) -> Option<Warning> {
    let of_kind =
        |outcome: &&Outcome| outcome.standstills.iter().any(|found| found.is_shortage == is_shortage);
    let replications = study.outcomes.iter().filter(of_kind).count();
    let mut all = study.outcomes.iter().flat_map(|outcome| &outcome.standstills);
    let first = all.find(|found| found.is_shortage == is_shortage)?;
    Some(Warning::standing(study.line, first, replications, study.outcomes.len()))
}

impl Warning {
    /// That something like this stands still in some of so many replications.
    pub(super) fn standing(line: &Line, first: &Standstill, replications: usize, of: usize) -> Warning {
        let Standstill { since, is_shortage, .. } = *first;
        Warning::Standstill { chain: chain_of(line, first), since, is_shortage, replications, of }
    }
}

/// The names of those that wait, in a circle the first once more at the end.
pub(super) fn chain_of(line: &Line, found: &Standstill) -> Vec<String> {
    let again = found.chain.first().filter(|_| found.is_circle);
    let names = found.chain.iter().chain(again).map(|slot| line.elements[slot.index()].name.clone());
    names.collect()
}

fn nothing_moves(study: &Study<'_>) -> Option<Warning> {
    let mut all = study.outcomes.iter().filter_map(|outcome| outcome.quiet.as_ref());
    let replications = all.clone().count();
    let (since, chain) = all.next()?;
    let (since, chain) = (*since, names(study, chain.iter()));
    Some(Warning::NothingMoves { chain, since, replications, of: study.outcomes.len() })
}

fn names<'a>(study: &Study<'_>, slots: impl Iterator<Item = &'a Slot>) -> Vec<String> {
    slots.map(|slot| study.line.elements[slot.index()].name.clone()).collect()
}

fn unstable(study: &Study<'_>) -> Option<Warning> {
    let series: Vec<Vec<f64>> = study.outcomes.iter().map(|outcome| outcome.wip.clone()).collect();
    let growth = stats::growth(&series, study.plan.confidence)?;
    let matters = growth.total > GROWTH_PARTS && growth.total > GROWTH_RELATIVE * growth.level;
    (growth.is_seen() && matters)
        .then_some(Warning::UnstableLine { growth: growth.total, level: growth.level })
}

fn part_of_period(study: &Study<'_>) -> Option<Warning> {
    let (period, window) = (study.line.period()?, study.plan.length);
    let patterns = period.cut_by(window);
    (!patterns.is_empty()).then_some(Warning::PartOfPeriod { window, patterns, period: period.length })
}

fn nothing_finished(study: &Study<'_>) -> Option<Warning> {
    let finished = study.values(kpi::named("finished")?);
    let replications = finished.iter().filter(|value| **value == Some(0.0)).count();
    (replications > 0).then_some(Warning::NothingFinished { replications, of: finished.len() })
}

fn too_few(study: &Study<'_>) -> Option<Warning> {
    let throughput: Vec<f64> = study.values(kpi::named("throughput")?).into_iter().flatten().collect();
    let replications = throughput.len();
    let relative = Interval::of(&throughput, study.plan.confidence)?.relative();
    let required = stats::required_replications(&throughput, study.plan.confidence, WIDE);
    let wide = relative.is_some_and(|relative| relative > WIDE);
    let required = required.filter(|required| *required > replications);
    (replications < 3 || wide).then_some(Warning::TooFewReplications { replications, relative, required })
}

fn partly_unknown(study: &Study<'_>, kpi: &Kpi) -> Option<Warning> {
    let values = study.values(kpi);
    let (known, of) = (values.iter().flatten().count(), values.len());
    (0 < known && known < of).then_some(Warning::PartlyUnknown { kpi: kpi.name, known, of })
}

fn oee_above_one(study: &Study<'_>) -> Option<Warning> {
    let above = |slot: &usize| {
        let values: Vec<f64> =
            study.outcomes.iter().filter_map(|outcome| outcome.elements[*slot].factors?.oee).collect();
        // Sums of floats may be off by their last digits.
        values.iter().sum::<f64>() > values.len() as f64 * (1.0 + 1e-9)
    };
    let name = |slot: usize| study.line.elements[slot].name.clone();
    let elements: Vec<String> = (0..study.line.elements.len()).filter(above).map(name).collect();
    (!elements.is_empty()).then_some(Warning::OeeAboveOne { elements })
}

fn energy_gaps(study: &Study<'_>) -> Option<Warning> {
    let elements = &study.line.elements;
    if !kpi::knows_energy(study.line) {
        return Some(Warning::EnergyUnknown);
    }
    let has_states = |slot: usize| study.outcomes.iter().any(|outcome| outcome.elements[slot].has_states());
    let gaps =
        elements.iter().enumerate().filter(|(slot, element)| !element.power.known && has_states(*slot));
    let gaps: Vec<String> = gaps.map(|(_, element)| element.name.clone()).collect();
    (!gaps.is_empty()).then_some(Warning::EnergyIncomplete { elements: gaps })
}

/// The factors that are not known of carriers which the line drew; prices and emissions only if some are given.
fn missing_factors(study: &Study<'_>) -> Vec<Warning> {
    let line = study.line;
    let was_drawn = |carrier: &EnergyCarrier| {
        let mut done = study.outcomes.iter().flat_map(|outcome| &outcome.elements);
        line.draws(*carrier) && done.any(|one| one.amount(*carrier) > 0.0)
    };
    let missing = |kpi: &'static str, is_asked: bool, is_known: &dyn Fn(EnergyCarrier) -> bool| {
        let drawn = EnergyCarrier::ALL.into_iter().filter(was_drawn);
        let carriers: Vec<EnergyCarrier> = drawn.filter(|carrier| !is_known(*carrier)).collect();
        (is_asked && !carriers.is_empty()).then_some(Warning::FactorMissing { kpi, carriers })
    };
    let of = |carrier: EnergyCarrier| line.factors.of(carrier);
    let is_priced = |carrier: EnergyCarrier| match carrier {
        EnergyCarrier::Electricity => line.electricity.as_ref().is_some_and(|supply| supply.clock.is_some()),
        other => of(other).price.is_some(),
    };
    let has_co2 = EnergyCarrier::ALL.into_iter().any(|carrier| of(carrier).co2.is_some());
    let all = [
        missing("energy", true, &|carrier| of(carrier).kwh.is_some()),
        missing("energy_cost", line.has_prices(), &is_priced),
        missing("co2", has_co2, &|carrier| of(carrier).co2.is_some()),
    ];
    all.into_iter().flatten().collect()
}

/// Only states that occurred: the others changed no figure.
fn assumed(study: &Study<'_>) -> Option<Warning> {
    let occurred = |slot: usize, state: State| {
        let in_state = |outcome: &Outcome| outcome.elements[slot].times[state as usize] > 0;
        study.outcomes.iter().any(in_state)
    };
    let of_element = |(slot, element): (usize, &crate::line::Element)| {
        let states: Vec<State> =
            element.power.assumed.iter().copied().filter(|state| occurred(slot, *state)).collect();
        (!states.is_empty()).then(|| (element.name.clone(), states))
    };
    let elements: Vec<_> = study.line.elements.iter().enumerate().filter_map(of_element).collect();
    (!elements.is_empty()).then_some(Warning::AssumedPower { elements })
}

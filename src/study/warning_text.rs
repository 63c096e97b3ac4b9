//! The words of warnings: a code for programs, what was seen, and what to try.

use super::Warning;
use super::failure::{first_of, who_waits_in_turn};
use super::warning::{WIDE, chain_of};
use crate::energy::EnergyCarrier;
use crate::event::State;
use crate::flow::Standstill;
use crate::kernel::Time;
use crate::line::{Line, LinePattern};
use crate::units;

impl Warning {
    /// The name in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Warning::Standstill { is_shortage: false, .. } => "standstill",
            Warning::Standstill { .. } => "parts_left",
            Warning::NothingMoves { .. } => "nothing_moves",
            Warning::UnstableLine { .. } => "unstable_line",
            Warning::WarmUpAtLimit { .. } => "warm_up_at_limit",
            Warning::PartOfPeriod { .. } => "part_of_period",
            Warning::TooFewReplications { .. } => "too_few_replications",
            Warning::NothingFinished { .. } => "nothing_finished",
            Warning::PartlyUnknown { .. } => "partly_unknown",
            Warning::OeeAboveOne { .. } => "oee_above_one",
            Warning::EnergyUnknown => "energy_unknown",
            Warning::EnergyIncomplete { .. } => "energy_incomplete",
            Warning::FactorMissing { .. } => "factor_missing",
            Warning::AssumedPower { .. } => "assumed_power",
        }
    }

    /// What was seen.
    pub fn seen(&self) -> String {
        match self {
            Warning::Standstill { chain, since, is_shortage, replications, of } => {
                let runs = format!(" in {}", runs(*replications, *of));
                stands(*is_shortage, &runs, chain, *since)
            }
            Warning::NothingMoves { chain, since, replications, of } => {
                let (runs, waits) = (runs(*replications, *of), who_waits_in_turn(chain));
                let since = units::duration(since.secs());
                format!("nothing moves in {runs} since {since}, though parts are inside: {waits}")
            }
            Warning::UnstableLine { growth, level } => {
                let (growth, level) = (units::number(*growth), units::number(*level));
                format!(
                    "work in process still grows: by {growth} parts over the window, {level} inside on average"
                )
            }
            Warning::WarmUpAtLimit { warm_up } => {
                let longest = units::duration(warm_up.secs());
                format!(
                    "no end of the start-up was found: {longest} is the longest warm-up that was looked at"
                )
            }
            Warning::PartOfPeriod { window, patterns, .. } => {
                let (window, periods) = (units::duration(window.secs()), periods(patterns));
                format!("the window of {window} is no whole number of periods: {periods}")
            }
            Warning::TooFewReplications { replications, relative, .. } => too_few(*replications, *relative),
            Warning::NothingFinished { replications, of } => {
                format!("no good part left the line in {replications} of {of} replications")
            }
            Warning::PartlyUnknown { kpi, known, of } => {
                format!("{kpi} has a value in {known} of {of} replications; mean and interval are over these")
            }
            Warning::OeeAboveOne { elements } => {
                let elements = first_of(elements, ", ");
                format!(
                    "the OEE of {elements} is above 1, by chance: the times drawn were shorter than their mean"
                )
            }
            Warning::EnergyUnknown => "no element says what it draws: energy is unknown".to_owned(),
            Warning::EnergyIncomplete { elements } => {
                format!("no power is known of {}: their energy counts as zero", first_of(elements, ", "))
            }
            Warning::FactorMissing { kpi, carriers } => factor_missing(kpi, carriers),
            Warning::AssumedPower { elements } => format!("assumed power: {}", assumed(elements)),
        }
    }

    /// What to try.
    pub fn advice(&self) -> String {
        if let Warning::TooFewReplications { required: Some(required), .. } = self {
            let narrow = units::share(WIDE);
            return format!(
                "about {required} replications bring it to ± {narrow}; a longer `length` helps too"
            );
        }
        let advice = match self {
            Warning::Standstill { is_shortage: false, .. } => {
                "figures count the standstill: let parts leave the circle, or give a smallest lot or load a `wait`"
            }
            Warning::Standstill { .. } => {
                "figures count the time after that: let the sources make what goes together, or shorten `length`"
            }
            Warning::NothingMoves { .. } => {
                "look whether they wait for a repair, an arrival, or for each other; lengthen `length` if that is meant"
            }
            Warning::UnstableLine { .. } => {
                "bring in fewer parts or speed up the bottleneck; if the line only starts up slowly, lengthen `warm_up`"
            }
            Warning::WarmUpAtLimit { .. } => {
                "lengthen `length`, or give `warm_up`; a line that gets more than it can do never settles"
            }
            Warning::PartOfPeriod { window, period, .. } => {
                let lengths = nearest_whole(*window, *period).join(" or ");
                return format!("set `length` to {lengths}, or read figures by the hour with that in mind");
            }
            Warning::TooFewReplications { .. } => "run at least 10 replications",
            Warning::NothingFinished { .. } => {
                "lengthen `length` beyond the lead time, and check that the flow reaches a sink"
            }
            Warning::PartlyUnknown { .. } => "lengthen `length`",
            Warning::OeeAboveOne { .. } => {
                "lengthen `length` or run more replications: over a long time it is 1 at most"
            }
            Warning::EnergyUnknown => {
                "give machines `power: (working: \"10 kW\")` and robots `power: (moving: \"2.6 kW\")`"
            }
            Warning::EnergyIncomplete { .. } => "give them `power` too, unless they need none",
            Warning::FactorMissing { kpi, carriers } => return write_factors(kpi, carriers),
            Warning::AssumedPower { .. } => "measure and give the powers that matter most",
        };
        advice.to_owned()
    }
}

/// "steam, air".
fn carrier_names(carriers: &[EnergyCarrier]) -> String {
    carriers.iter().map(|carrier| carrier.name()).collect::<Vec<_>>().join(", ")
}

fn factor_missing(kpi: &str, carriers: &[EnergyCarrier]) -> String {
    format!("{} of {} is not known: `{kpi}` is unknown", factor(kpi), carrier_names(carriers))
}

fn write_factors(kpi: &str, carriers: &[EnergyCarrier]) -> String {
    let fields = factor_fields(kpi, carriers).join(", ");
    format!("write {fields} in the `energy` of the line; `taktwin help energy` names usual values")
}

/// What is missing for a figure.
fn factor(kpi: &str) -> &'static str {
    match kpi {
        "energy_cost" => "the price",
        "co2" => "the emission factor",
        _ => "the energy of a unit",
    }
}

/// How the factors of carriers are written that are missing for a figure.
pub(crate) fn factor_fields(kpi: &str, carriers: &[EnergyCarrier]) -> Vec<String> {
    let field = |carrier: &EnergyCarrier| match (kpi, carrier) {
        ("energy_cost", EnergyCarrier::Electricity) => "`electricity: (tariff: ..)`".to_owned(),
        ("energy_cost", _) => format!("`{}: (price: ..)`", carrier.name()),
        ("co2", _) => format!("`{}: (co2: (factor: ..))`", carrier.name()),
        _ => format!("`{}: (energy: ..)`", carrier.name()),
    };
    carriers.iter().map(field).collect()
}

/// "7 d (two shifts), 4 d (fitters)".
pub(crate) fn periods(patterns: &[LinePattern]) -> String {
    let one = |pattern: &LinePattern| {
        format!("{} ({})", units::duration(f64::from(pattern.days) * 86_400.0), pattern.name)
    };
    first_of(&patterns.iter().map(one).collect::<Vec<String>>(), ", ")
}

/// The longest whole number of periods that is shorter than the window, if there is one, and the next longer.
pub(crate) fn nearest_whole(window: Time, period: Time) -> Vec<String> {
    let whole = window.0 / period.0;
    let lengths = [whole, whole + 1].into_iter().filter(|periods| *periods > 0);
    lengths.map(|periods| units::duration(Time(period.0 * periods).secs())).collect()
}

/// A standstill of one run: what stands, who waits for whom, and since when.
pub(crate) fn standstill(line: &Line, found: &Standstill) -> String {
    stands(found.is_shortage, "", &chain_of(line, found), found.since)
}

fn stands(is_shortage: bool, runs: &str, chain: &[String], since: Option<Time>) -> String {
    let what = match is_shortage {
        false => "a part of the line stands still for ever",
        true => "parts stay inside that wait for others which no source makes any more",
    };
    let since = since.map_or(String::new(), |since| format!(", since {}", units::duration(since.secs())));
    format!("{what}{runs}: {}{since}", who_waits_in_turn(chain))
}

/// "2 of 10 replications".
fn runs(replications: usize, of: usize) -> String {
    format!("{replications} of {of} replications")
}

fn too_few(replications: usize, relative: Option<f64>) -> String {
    let plural = if replications == 1 { "" } else { "s" };
    match relative.filter(|relative| *relative > WIDE) {
        Some(relative) => {
            let relative = units::share(relative);
            format!("{replications} replication{plural}: the throughput is known to ± {relative} only")
        }
        None => format!("{replications} replication{plural}: too few to know how far chance goes"),
    }
}

/// "starved, failed of bend, form; holding of loader".
fn assumed(elements: &[(String, Vec<State>)]) -> String {
    let text = |(states, names): &(&[State], Vec<String>)| {
        let states: Vec<&str> = states.iter().map(|state| state.name()).collect();
        format!("{} of {}", states.join(", "), first_of(names, ", "))
    };
    by_states(elements).iter().map(text).collect::<Vec<_>>().join("; ")
}

/// Elements with the same states together.
pub(crate) fn by_states(elements: &[(String, Vec<State>)]) -> Vec<(&[State], Vec<String>)> {
    let mut groups: Vec<(&[State], Vec<String>)> = Vec::new();
    for (name, states) in elements {
        match groups.iter_mut().find(|(known, _)| known == states) {
            Some((_, names)) => names.push(name.clone()),
            None => groups.push((states, vec![name.clone()])),
        }
    }
    groups
}

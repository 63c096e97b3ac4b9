//! Figures of each element, as [`of_product`](super::of_product) has those of each product: the one list that tables, CSV, JSON,
//! expectations and `taktwin kpis` walk.
//!
//! Read [`ElementFigure`] first.

pub use super::element_measure::ElementSubject;

use super::element_measure::{EachMeasure, ElementMeasure, PartKind};
use super::{Better, ElementOutcome};
use crate::energy::EnergyCarrier;
use crate::event::{Incident, ResourcePurpose, State};
use crate::line::Element;

/// A figure of an element: what it is called, what it means, and where it is found.
#[derive(Clone, Copy, Debug)]
pub struct ElementFigure {
    /// The name in every table and file.
    pub name: &'static str,
    /// The unit of its values.
    pub unit: &'static str,
    /// What a person would call it.
    pub title: &'static str,
    /// How it is measured.
    pub formula: &'static str,
    /// Which way is better.
    pub better: Better,
    measure: ElementMeasure,
}

/// Every figure of an element, in the order in which reports show them.
pub static ALL: &[ElementFigure] = &[
    ElementFigure {
        name: "states",
        unit: "1",
        title: "time in each state",
        formula: "the share of the window in each state that occurred; of a machine with several places, of a place on average",
        better: Better::Neither,
        measure: ElementMeasure::Each(EachMeasure {
            kind: PartKind::Fixed(state_names),
            names: |_| state_names(),
            occurs: |one, nth| one.place_times[nth] > 0.0,
            value: |_, one, nth| Some(one.share(|state| state as usize == nth)),
        }),
    },
    ElementFigure {
        name: "operations",
        unit: "parts",
        title: "operations",
        formula: "operations finished in the window: of a batch machine, parts; of a conveyor, parts that reached the end; of a robot, parts put down",
        better: Better::Neither,
        measure: ElementMeasure::One(|_, one| Some(one.operations as f64)),
    },
    ElementFigure {
        name: "counts",
        unit: "1",
        title: "incidents",
        formula: "how often that happened in the window which happened at all: breakdowns (begun), repairs, maintenances, setups and runs of a batch machine (finished), closings and openings (its hours end and begin)",
        better: Better::Neither,
        measure: ElementMeasure::Each(EachMeasure {
            kind: PartKind::Fixed(incident_names),
            names: |_| incident_names(),
            occurs: |one, nth| one.incidents[nth] > 0,
            value: |_, one, nth| Some(one.incidents[nth] as f64),
        }),
    },
    ElementFigure {
        name: "parts_out",
        unit: "parts",
        title: "parts out",
        formula: "parts that left in the window, by the way out; a carrier with its load is one part",
        better: Better::Neither,
        measure: ElementMeasure::Each(EachMeasure {
            kind: PartKind::Way,
            names: |element| if element.datasheet.lends.is_some() { Vec::new() } else { element.ways_out() },
            occurs: |one, nth| nth < one.parts_out.len(),
            value: |_, one, nth| one.parts_out.get(nth).map(|parts| *parts as f64),
        }),
    },
    ElementFigure {
        name: "energy_kwh",
        unit: "kWh",
        title: "energy",
        formula: "power in each state times the time in it, and other carriers by the energy of their unit; unknown if the element does not say what it draws, or if the energy of a carrier is not known",
        better: Better::Lower,
        measure: ElementMeasure::One(energy),
    },
    ElementFigure {
        name: "energy_by_state_kwh",
        unit: "kWh",
        title: "energy in each state",
        formula: "the same, state by state",
        better: Better::Lower,
        measure: ElementMeasure::Each(EachMeasure {
            kind: PartKind::Fixed(state_names),
            names: |element| if element.power.known { state_names() } else { Vec::new() },
            occurs: |one, nth| one.times[nth] > 0,
            value: energy_in,
        }),
    },
    ElementFigure {
        name: "energy_by_carrier_kwh",
        unit: "kWh",
        title: "energy of each carrier",
        formula: "the same, carrier by carrier, of an element that draws others than electricity",
        better: Better::Lower,
        measure: ElementMeasure::Each(EachMeasure {
            kind: PartKind::Fixed(carrier_names),
            names: |element| if element.power.others.is_empty() { Vec::new() } else { carrier_names() },
            occurs: |one, nth| one.amount(EnergyCarrier::ALL[nth]) > 0.0,
            value: |of, one, nth| {
                let carrier = EnergyCarrier::ALL[nth];
                of.factors.kwh_of(carrier, one.amount(carrier))
            },
        }),
    },
    ElementFigure {
        name: "drawn",
        unit: "1",
        title: "what it drew of each carrier",
        formula: "amount of each carrier in the unit that ends its name, of an element that draws others than electricity",
        better: Better::Lower,
        measure: ElementMeasure::Each(EachMeasure {
            kind: PartKind::Fixed(amount_names),
            names: |element| if element.power.others.is_empty() { Vec::new() } else { amount_names() },
            occurs: |one, nth| one.amount(EnergyCarrier::ALL[nth]) > 0.0,
            value: |_, one, nth| Some(one.amount(EnergyCarrier::ALL[nth])),
        }),
    },
    ElementFigure {
        name: "contents_mean",
        unit: "parts",
        title: "contents",
        formula: "time average of the parts inside",
        better: Better::Neither,
        measure: ElementMeasure::One(|_, one| Some(one.contents_mean)),
    },
    ElementFigure {
        name: "contents_max",
        unit: "parts",
        title: "most contents",
        formula: "the most parts that were inside at once, if only for no time; unknown for a group",
        better: Better::Neither,
        measure: ElementMeasure::One(|of, one| (of.members == 1).then_some(one.contents_max as f64)),
    },
    ElementFigure {
        name: "at_work_mean",
        unit: "1",
        title: "at work",
        formula: "time average of the people of a crew who were at work, of tools in use, or of the robots in a zone",
        better: Better::Neither,
        measure: ElementMeasure::One(|of, one| of.lends().map(|_| one.at_work_mean)),
    },
    ElementFigure {
        name: "there_mean",
        unit: "1",
        title: "there",
        formula: "time average of the people of a crew whose shift it was, of all tools, or of the places of a zone",
        better: Better::Neither,
        measure: ElementMeasure::One(|of, one| of.lends().map(|_| one.there_mean)),
    },
    ElementFigure {
        name: "at_work_by_purpose",
        unit: "1",
        title: "at work for each purpose",
        formula: "the same, purpose by purpose: repair, maintenance, setup, loading, work, unloading, on_the_way, zone_entry; together that is all who were at work",
        better: Better::Neither,
        measure: ElementMeasure::Each(EachMeasure {
            kind: PartKind::Fixed(purpose_names),
            names: |_| purpose_names(),
            occurs: |one, nth| one.at_work_by_purpose[nth] > 0.0,
            value: |_, one, nth| Some(one.at_work_by_purpose[nth]),
        }),
    },
    ElementFigure {
        name: "labour_h",
        unit: "h",
        title: "labour hours",
        formula: "hours of the people of a crew who were there, at work or not, and of those who finished a job after their shift",
        better: Better::Lower,
        measure: ElementMeasure::One(|of, one| of.element.is_crew().then_some(one.labour_h)),
    },
    ElementFigure {
        name: "calls",
        unit: "1",
        title: "calls",
        formula: "calls that a crew, tools or a zone answered in the window",
        better: Better::Neither,
        measure: ElementMeasure::One(|of, one| of.lends().map(|_| one.calls as f64)),
    },
    ElementFigure {
        name: "call_wait_s",
        unit: "s",
        title: "wait of a call",
        formula: "mean time from a call until it was answered, without the walk, over the calls answered in the window",
        better: Better::Lower,
        measure: ElementMeasure::One(|of, one| of.lends().and(one.call_wait_s)),
    },
    ElementFigure {
        name: "missing_h",
        unit: "h",
        title: "time in which people or tools were missing",
        formula: "by skill, or by the name of tools: the time in which a call of it waited and not enough of them were free, after what is kept for calls before; without the walk",
        better: Better::Lower,
        measure: ElementMeasure::Each(EachMeasure {
            kind: PartKind::Skill,
            names: |element| element.calls.iter().map(|(_, skill)| skill.as_str()).collect(),
            occurs: |one, nth| one.lacked.get(nth).is_some_and(|nanos| *nanos > 0),
            value: |_, one, nth| one.lacked.get(nth).map(|nanos| *nanos as f64 / 3.6e12),
        }),
    },
    ElementFigure {
        name: "queue_time_s",
        unit: "s",
        title: "queue time",
        formula: "mean time that a part waited there for its work, over the parts that left in the window",
        better: Better::Lower,
        measure: ElementMeasure::One(|_, one| one.queue_time_s),
    },
    ElementFigure {
        name: "blocked_time_s",
        unit: "s",
        title: "blocked time",
        formula: "mean time that a part waited there after its work until it left, over the same parts",
        better: Better::Lower,
        measure: ElementMeasure::One(|_, one| one.blocked_time_s),
    },
    ElementFigure {
        name: "wait_s",
        unit: "s",
        title: "wait",
        formula: "queue time and blocked time together",
        better: Better::Lower,
        measure: ElementMeasure::One(|_, one| Some(one.queue_time_s? + one.blocked_time_s.unwrap_or(0.0))),
    },
    ElementFigure {
        name: "scheduled_s",
        unit: "s",
        title: "scheduled time",
        formula: "its hours by its calendar in the window, breaks taken off; unknown for what works around the clock",
        better: Better::Neither,
        measure: ElementMeasure::One(|_, one| one.scheduled.map(secs)),
    },
    ElementFigure {
        name: "overtime_s",
        unit: "s",
        title: "overtime",
        formula: "time in which it worked, carried, was set up or warmed up while its hours were over",
        better: Better::Lower,
        measure: ElementMeasure::One(|_, one| {
            one.scheduled.filter(|_| one.has_states()).map(|_| secs(one.overtime))
        }),
    },
    ElementFigure {
        name: "oee",
        unit: "1",
        title: "OEE",
        formula: "availability x effectiveness x quality (ISO 22400-2), for elements with a cycle",
        better: Better::Higher,
        measure: ElementMeasure::One(|_, one| one.factors?.oee),
    },
    ElementFigure {
        name: "availability",
        unit: "1",
        title: "availability in the OEE",
        formula: "share of its planned time (the window, or its hours and overtime) in which it worked, loading and unloading included; of several places on average",
        better: Better::Higher,
        measure: ElementMeasure::One(|_, one| Some(one.factors?.availability)),
    },
    ElementFigure {
        name: "effectiveness",
        unit: "1",
        title: "effectiveness in the OEE",
        formula: "what its work takes on average without losses, operation by operation, / the time in which it worked",
        better: Better::Higher,
        measure: ElementMeasure::One(|_, one| one.factors?.effectiveness),
    },
    ElementFigure {
        name: "quality",
        unit: "1",
        title: "quality in the OEE",
        formula: "that of the line: good / (good + scrapped) parts that left it in the window",
        better: Better::Higher,
        measure: ElementMeasure::One(|_, one| one.factors?.quality),
    },
    ElementFigure {
        name: "utilisation",
        unit: "1",
        title: "utilisation",
        formula: "used place-time / place-time: the share of its planned time in which it worked, moved or held, which is the window, or its hours and overtime if it works by a calendar; of a crew those at work / those who were there, of a zone the same of the robots in it",
        better: Better::Neither,
        measure: ElementMeasure::One(utilisation),
    },
];

/// What a part of `parts_out` is called.
pub const WAY: &str = "way out";

fn state_names() -> Vec<&'static str> {
    State::ALL.into_iter().map(State::name).collect()
}

fn incident_names() -> Vec<&'static str> {
    Incident::ALL.into_iter().map(Incident::counted).collect()
}

fn purpose_names() -> Vec<&'static str> {
    ResourcePurpose::ALL.into_iter().map(ResourcePurpose::name).collect()
}

fn utilisation(of: &ElementSubject<'_>, one: &ElementOutcome) -> Option<f64> {
    match of.lends() {
        Some(_) => (one.there_mean > 0.0).then(|| one.at_work_mean / one.there_mean),
        None => one.share_of_planned(State::is_use).filter(|_| one.has_states()),
    }
}

fn secs(nanos: u64) -> f64 {
    nanos as f64 / 1e9
}

/// Names with units, in the order of the carriers.
fn amount_names() -> Vec<&'static str> {
    vec!["electricity_kwh", "gas_kwh", "steam_kg", "air_nm3", "water_m3", "heat_kwh", "cooling_kwh"]
}

fn carrier_names() -> Vec<&'static str> {
    EnergyCarrier::ALL.map(EnergyCarrier::name).to_vec()
}

/// Kilowatt-hours of final energy.
fn energy(of: &ElementSubject<'_>, one: &ElementOutcome) -> Option<f64> {
    let electricity =
        of.element.power.known.then(|| EnergyCarrier::Electricity.in_units(one.energy as f64))?;
    let of_carrier = |(carrier, by_state): &(EnergyCarrier, [f64; State::ALL.len()])| {
        of.factors.kwh_of(*carrier, by_state.iter().sum())
    };
    Some(electricity + one.others.iter().map(of_carrier).sum::<Option<f64>>()?)
}

/// The same in the state of a number.
fn energy_in(of: &ElementSubject<'_>, one: &ElementOutcome, nth: usize) -> Option<f64> {
    let electricity = EnergyCarrier::Electricity.in_units(one.energy_by_state[nth]);
    let others = one.others.iter().map(|(carrier, by_state)| of.factors.kwh_of(*carrier, by_state[nth]));
    Some(electricity + others.sum::<Option<f64>>()?)
}

/// The figure of an element of that name.
pub fn named(name: &str) -> Option<&'static ElementFigure> {
    ALL.iter().find(|figure| figure.name == name)
}

impl ElementFigure {
    /// Its parts, such as the states, with what each is called; one without a name if it has a single value.
    pub fn parts<'l>(&self, element: &'l Element) -> Vec<(usize, Option<&'l str>)> {
        match self.measure {
            ElementMeasure::One(_) => vec![(0, None)],
            ElementMeasure::Each(each) => (each.names)(element).into_iter().map(Some).enumerate().collect(),
        }
    }

    /// The number of a part by its name. A single way out has the name of its port, too, so that a figure keeps its name when
    /// an upgrade adds a second way.
    pub fn part_named(&self, element: &Element, name: Option<&str>) -> Option<usize> {
        let written = self.parts(element).into_iter().find(|(_, known)| *known == name).map(|(nth, _)| nth);
        let is_only = name.is_some() && self.part_noun() == Some(WAY) && element.only_port() == name;
        written.or(is_only.then_some(0))
    }

    /// What one of its parts is called, if each element has others.
    pub fn part_noun(&self) -> Option<&'static str> {
        match self.measure {
            ElementMeasure::Each(EachMeasure { kind: PartKind::Way, .. }) => Some(WAY),
            ElementMeasure::Each(EachMeasure { kind: PartKind::Skill, .. }) => Some("call for"),
            _ => None,
        }
    }

    /// Whether it has parts, such as a share for each state.
    pub fn has_parts(&self) -> bool {
        matches!(self.measure, ElementMeasure::Each(_))
    }

    /// The names of its parts, if these are the same for every element.
    pub fn fixed_parts(&self) -> Option<Vec<&'static str>> {
        match self.measure {
            ElementMeasure::Each(EachMeasure { kind: PartKind::Fixed(names), .. }) => Some(names()),
            _ => None,
        }
    }

    /// Every full name that is the same for every element.
    pub fn all_names(&self) -> Vec<String> {
        match self.fixed_parts() {
            Some(parts) => parts.into_iter().map(|part| self.full_name(Some(part))).collect(),
            None if self.has_parts() => Vec::new(),
            None => vec![self.name.to_owned()],
        }
    }

    /// Whether a part occurred in a replication.
    pub fn occurs(&self, one: &ElementOutcome, part: usize) -> bool {
        match self.measure {
            ElementMeasure::One(_) => true,
            ElementMeasure::Each(each) => (each.occurs)(one, part),
        }
    }

    /// The value of a part in one replication; `None` if the replication has none.
    pub fn of(&self, of: &ElementSubject<'_>, one: &ElementOutcome, part: usize) -> Option<f64> {
        match self.measure {
            ElementMeasure::One(measure) => measure(of, one),
            ElementMeasure::Each(each) => (each.value)(of, one, part),
        }
        .filter(|value| value.is_finite())
    }

    /// The full name of a part, such as `states.working`.
    pub fn full_name(&self, part: Option<&str>) -> String {
        part.map_or_else(|| self.name.to_owned(), |part| format!("{}.{part}", self.name))
    }
}

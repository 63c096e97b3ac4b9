//! Figures of each element, as [`of_product`](crate::kpi::of_product) has those of each product: the one list that the table,
//! CSV and `taktwin kpis` walk. They have the names that they have in JSON.
//!
//! Read [`ElementFigure`] first.

use super::ElementSummary;
use crate::event::{Incident, State};
use crate::stats::Interval;

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
    find: Find,
}

/// Where a figure is found in a summary.
#[derive(Clone, Copy, Debug)]
enum Find {
    /// One value.
    One(fn(&ElementSummary<'_>) -> Option<Interval>),
    /// Some, each with what it is the figure of, such as a state.
    Each(for<'a> fn(&'a ElementSummary<'_>) -> Vec<(&'a str, Interval)>),
}

/// Every figure of an element, in the order in which reports show them.
pub static ALL: &[ElementFigure] = &[
    ElementFigure {
        name: "states",
        unit: "1",
        title: "time in each state",
        formula: "the share of the window in each state that occurred; of a machine with several places, of a place on average",
        find: Find::Each(|element| by_state(&element.states)),
    },
    ElementFigure {
        name: "operations",
        unit: "parts",
        title: "operations",
        formula: "operations finished in the window: of a batch machine, parts; of a conveyor, parts that reached the end; of a robot, parts put down",
        find: Find::One(|element| Some(element.operations)),
    },
    ElementFigure {
        name: "counts",
        unit: "1",
        title: "incidents",
        formula: "how often that happened in the window which happened at all: breakdowns (begun), repairs, maintenances, setups and runs of a batch machine (finished)",
        find: Find::Each(|element| {
            element.counts.iter().map(|(what, found)| (Incident::counted(*what), *found)).collect()
        }),
    },
    ElementFigure {
        name: "parts_out",
        unit: "parts",
        title: "parts out",
        formula: "parts that left in the window, by the way out; a carrier with its load is one part",
        find: Find::Each(|element| element.parts_out.clone()),
    },
    ElementFigure {
        name: "energy_kwh",
        unit: "kWh",
        title: "energy",
        formula: "power in each state times the time in it; unknown if the element does not say what it draws",
        find: Find::One(|element| element.energy_kwh),
    },
    ElementFigure {
        name: "energy_by_state_kwh",
        unit: "kWh",
        title: "energy in each state",
        formula: "the same, state by state",
        find: Find::Each(|element| by_state(&element.energy_by_state_kwh)),
    },
    ElementFigure {
        name: "contents_mean",
        unit: "parts",
        title: "contents",
        formula: "time average of the parts inside",
        find: Find::One(|element| Some(element.contents_mean)),
    },
    ElementFigure {
        name: "contents_max",
        unit: "parts",
        title: "most contents",
        formula: "the most parts that were inside at once, if only for no time; unknown for a group",
        find: Find::One(|element| element.contents_max),
    },
    ElementFigure {
        name: "at_work_mean",
        unit: "1",
        title: "at work",
        formula: "time average of the people of a crew who were at work, or of the robots in a zone",
        find: Find::One(|element| element.at_work_mean),
    },
    ElementFigure {
        name: "at_work_by_purpose",
        unit: "1",
        title: "at work for each purpose",
        formula: "the same, purpose by purpose: repair, maintenance, zone_entry; together that is all who were at work",
        find: Find::Each(|element| {
            element.at_work_by_purpose.iter().map(|(purpose, found)| (purpose.name(), *found)).collect()
        }),
    },
    ElementFigure {
        name: "queue_time_s",
        unit: "s",
        title: "queue time",
        formula: "mean time that a part waited there for its work, over the parts that left in the window",
        find: Find::One(|element| element.queue_time_s),
    },
    ElementFigure {
        name: "blocked_time_s",
        unit: "s",
        title: "blocked time",
        formula: "mean time that a part waited there after its work until it left, over the same parts",
        find: Find::One(|element| element.blocked_time_s),
    },
    ElementFigure {
        name: "wait_s",
        unit: "s",
        title: "wait",
        formula: "queue time and blocked time together",
        find: Find::One(|element| element.wait_s),
    },
    ElementFigure {
        name: "oee",
        unit: "1",
        title: "OEE",
        formula: "availability x effectiveness x quality (ISO 22400-2), for elements with a cycle",
        find: Find::One(|element| element.oee),
    },
    ElementFigure {
        name: "availability",
        unit: "1",
        title: "availability in the OEE",
        formula: "share of the window in which it worked, loading and unloading included; of several places on average",
        find: Find::One(|element| element.availability),
    },
    ElementFigure {
        name: "effectiveness",
        unit: "1",
        title: "effectiveness in the OEE",
        formula: "what its work takes on average without losses, operation by operation, / the time in which it worked",
        find: Find::One(|element| element.effectiveness),
    },
    ElementFigure {
        name: "quality",
        unit: "1",
        title: "quality in the OEE",
        formula: "that of the line: good / (good + scrapped) parts that left it in the window",
        find: Find::One(|element| element.quality),
    },
    ElementFigure {
        name: "utilisation",
        unit: "1",
        title: "utilisation",
        formula: "used place-time / place-time: the share of the window in which it worked, moved or held; of a crew the share of its people who were at work, of a zone that of the robots in it",
        find: Find::One(|element| element.utilisation),
    },
];

fn by_state<'a>(found: &[(State, Interval)]) -> Vec<(&'a str, Interval)> {
    found.iter().map(|(state, interval)| (state.name(), *interval)).collect()
}

impl ElementSummary<'_> {
    /// Each figure with its full name, such as `states.working`, and what was found of it.
    pub fn all(&self) -> impl Iterator<Item = (&'static ElementFigure, String, Option<Interval>)> {
        ALL.iter().flat_map(|figure| {
            let named =
                |(of, found): (&str, Interval)| (figure, format!("{}.{of}", figure.name), Some(found));
            match figure.find {
                Find::One(find) => vec![(figure, figure.name.to_owned(), find(self))],
                Find::Each(find) => find(self).into_iter().map(named).collect(),
            }
        })
    }
}

//! The list of the figures of an element: those of its energy are in `energy.rs`.

use super::measure::{EachMeasure, ElementMeasure, PartKind};
use super::{ElementFigure, ElementOutcome, ElementSubject, energy};
use crate::event::{Incident, ResourcePurpose, State};
use crate::kpi::Better;

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
    energy::ENERGY,
    energy::BY_STATE,
    energy::BY_CARRIER,
    energy::DRAWN,
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

pub(super) fn state_names() -> Vec<&'static str> {
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

//! What one element did, over all replications.
//!
//! Read [`ElementSummary`] first; what its figures mean is in [`of_element`].

use super::Study;
use crate::event::State;
use crate::kpi::of_element::{self, ElementFigure};
use crate::stats::Interval;

/// What one element did: its figures, each over the replications.
#[derive(Clone, Debug)]
pub struct ElementSummary<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of its kind.
    pub kind: &'static str,
    /// The figures, in the order of [`of_element::ALL`]; parts that never occurred, such as a state, are left out.
    pub figures: Vec<ElementEstimate<'a>>,
    /// The states whose power was assumed.
    pub assumed: &'a [State],
}

/// One figure of an element, or one part of it: its values, one per replication, and their mean.
#[derive(Clone, Debug)]
pub struct ElementEstimate<'a> {
    /// Which figure.
    pub figure: &'static ElementFigure,
    /// Which part of it, such as a state, if it has parts.
    pub part: Option<&'a str>,
    /// `None` where a replication has no value.
    pub values: Vec<Option<f64>>,
    /// Over the replications that have a value; `None` if none has.
    pub interval: Option<Interval>,
}

impl<'a> ElementSummary<'a> {
    pub(super) fn of(study: &'a Study<'_>, slot: usize) -> ElementSummary<'a> {
        let element = &study.line.elements[slot];
        let outcomes = || study.outcomes.iter().map(move |outcome| &outcome.elements[slot]);
        let estimate = |figure: &'static ElementFigure, nth: usize, part: Option<&'a str>| {
            let values: Vec<Option<f64>> = outcomes().map(|one| figure.of(element, one, nth)).collect();
            let known: Vec<f64> = values.iter().copied().flatten().collect();
            let interval = Interval::of(&known, study.plan.confidence);
            ElementEstimate { figure, part, values, interval }
        };
        let figures = of_element::ALL.iter().flat_map(|figure| {
            let occurred = figure
                .parts(element)
                .into_iter()
                .filter(|(nth, _)| outcomes().any(|one| figure.occurs(one, *nth)));
            occurred.map(|(nth, part)| estimate(figure, nth, part)).collect::<Vec<_>>()
        });
        let (name, kind, assumed) = (&element.name, element.kind, &element.power.assumed);
        ElementSummary { name, kind, figures: figures.collect(), assumed }
    }

    /// A figure that has a single value; `None` if that is unknown.
    pub fn one(&self, figure: &str) -> Option<Interval> {
        self.figures.iter().find(|found| found.figure.name == figure)?.interval
    }

    /// A figure that has parts: those that occurred, each with its name.
    pub fn each(&self, figure: &str) -> impl Iterator<Item = (&'a str, Interval)> {
        let found = self.figures.iter().filter(move |found| found.figure.name == figure);
        found.filter_map(|found| Some((found.part?, found.interval?)))
    }

    /// One part of a figure; `None` if it never occurred.
    pub fn part(&self, figure: &str, part: &str) -> Option<Interval> {
        self.each(figure).find(|(name, _)| *name == part).map(|(_, interval)| interval)
    }
}

impl ElementEstimate<'_> {
    /// The full name, such as `states.working`.
    pub fn name(&self) -> String {
        self.figure.full_name(self.part)
    }
}

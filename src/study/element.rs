//! What one element did, over all replications, and what the members of a group did together.
//!
//! Read [`ElementSummary`] first; what its figures mean is in [`of_element`].

use super::{Outcome, Study};
use crate::event::State;
use crate::kpi::ElementOutcome;
use crate::kpi::of_element::{self, ElementFigure, ElementSubject};
use crate::line::Group;
use crate::stats::Interval;
use std::borrow::Cow;

/// What one element did: its figures, each over the replications.
#[derive(Clone, Debug)]
pub struct ElementSummary<'a> {
    /// Its name.
    pub name: &'a str,
    /// How many members it has, if it is a group.
    pub members: Option<usize>,
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
        let outcomes = study.outcomes.iter().map(|outcome| Cow::Borrowed(&outcome.elements[slot]));
        let subject = ElementSubject { element, members: 1, factors: &study.line.factors };
        ElementSummary::over(study, &element.name, subject, &outcomes.collect::<Vec<_>>())
    }

    /// What the members of a group did together, replication by replication.
    pub(super) fn of_group(study: &'a Study<'_>, group: &'a Group) -> Option<ElementSummary<'a>> {
        let subject = ElementSubject::of_group(study.line, group)?;
        let together = |outcome: &Outcome| Cow::Owned(outcome.together(group));
        let outcomes: Vec<_> = study.outcomes.iter().map(together).collect();
        let found = ElementSummary::over(study, &group.name, subject, &outcomes);
        Some(ElementSummary { members: Some(group.members.len()), ..found })
    }

    fn over(
        study: &Study<'_>,
        name: &'a str,
        subject: ElementSubject<'a>,
        outcomes: &[Cow<'_, ElementOutcome>],
    ) -> ElementSummary<'a> {
        let estimate = |figure: &'static ElementFigure, nth: usize, part: Option<&'a str>| {
            let values: Vec<Option<f64>> = outcomes.iter().map(|one| figure.of(&subject, one, nth)).collect();
            let known: Vec<f64> = values.iter().copied().flatten().collect();
            let interval = Interval::of(&known, study.plan.confidence);
            ElementEstimate { figure, part, values, interval }
        };
        let figures = of_element::ALL.iter().flat_map(|figure| {
            let parts = figure.parts(subject.element).into_iter();
            let occurred = parts.filter(|(nth, _)| outcomes.iter().any(|one| figure.occurs(one, *nth)));
            occurred.map(|(nth, part)| estimate(figure, nth, part)).collect::<Vec<_>>()
        });
        let (kind, assumed) = (subject.element.kind, &subject.element.power.assumed);
        ElementSummary { name, kind, figures: figures.collect(), assumed, members: None }
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
    /// The unit of its values.
    pub fn unit(&self) -> &'static str {
        self.figure.unit_of(self.part)
    }

    /// The full name, such as `states.working`.
    pub fn name(&self) -> String {
        self.figure.full_name(self.part)
    }
}

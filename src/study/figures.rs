//! The values of figures by name, over the replications of a study.

use super::{ElementSummary, Outcome, Study};
use crate::kpi::of_element::{self, ElementSubject};
use crate::kpi::{self, ElementOutcome, Figure, FigurePlace, of_product};
use crate::line::{Group, Line};
use crate::stats::Interval;

impl Outcome {
    /// The value of a figure in this replication; `None` if the replication has none.
    pub fn value(&self, line: &Line, place: FigurePlace) -> Option<f64> {
        match place {
            FigurePlace::Line(nth) => self.kpis.get(nth).copied().flatten(),
            FigurePlace::Product(product, nth) => self.products.get(product)?.get(nth).copied().flatten(),
            FigurePlace::Element(slot, figure, part) => {
                let subject =
                    ElementSubject { element: line.elements.get(slot)?, members: 1, factors: &line.factors };
                figure.of(&subject, self.elements.get(slot)?, part)
            }
            FigurePlace::Group(nth, figure, part) => {
                let group = line.groups.get(nth)?;
                figure.of(&ElementSubject::of_group(line, group)?, &self.together(group), part)
            }
        }
    }
}

impl Outcome {
    /// What the members of a group did together.
    pub(super) fn together(&self, group: &Group) -> ElementOutcome {
        let members = group.members.iter().map(|slot| &self.elements[slot.index()]);
        ElementOutcome::together(&members.collect::<Vec<_>>())
    }
}

impl Study<'_> {
    /// The values of a figure, one per replication; `None` where a replication, or the line, has none.
    pub fn values_of(&self, figure: &Figure) -> Vec<Option<f64>> {
        let place = figure.place_in(self.line);
        self.outcomes.iter().map(|outcome| outcome.value(self.line, place?)).collect()
    }

    /// The mean of a figure with its interval, over the replications that have a value; `None` if none has.
    pub fn interval_of(&self, figure: &Figure) -> Option<Interval> {
        let values: Vec<f64> = self.values_of(figure).into_iter().flatten().collect();
        Interval::of(&values, self.plan.confidence)
    }

    /// Every figure: those of the line, of each product, of each group, and of each element; parts that never occurred are left out.
    pub fn figures(&self) -> Vec<Figure> {
        let of_line = kpi::ALL.iter().map(|kpi| Figure::of_line(kpi));
        let of_products = self.line.products.iter().flat_map(|product| {
            of_product::ALL.iter().map(|figure| Figure::of_product(&product.name, figure))
        });
        let of_elements = (0..self.line.elements.len()).flat_map(|slot| self.figures_of_element(slot));
        let of_groups = self.line.groups.iter().flat_map(|group| self.figures_of_group(group));
        of_line.chain(of_products).chain(of_groups).chain(of_elements).collect()
    }

    fn figures_of_group(&self, group: &Group) -> Vec<Figure> {
        let summary = ElementSummary::of_group(self, group);
        let figures = summary.iter().flat_map(|summary| &summary.figures);
        figures.map(|found| Figure::of_element(&group.name, found.figure, found.part)).collect()
    }

    fn figures_of_element(&self, slot: usize) -> Vec<Figure> {
        let element = &self.line.elements[slot];
        let outcomes = || self.outcomes.iter().map(move |outcome| &outcome.elements[slot]);
        let parts = of_element::ALL
            .iter()
            .flat_map(|figure| figure.parts(element).into_iter().map(move |(nth, part)| (figure, nth, part)));
        let occurred = parts.filter(|(figure, nth, _)| outcomes().any(|one| figure.occurs(one, *nth)));
        occurred.map(|(figure, _, part)| Figure::of_element(&element.name, figure, part)).collect()
    }
}

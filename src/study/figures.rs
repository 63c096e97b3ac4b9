//! The values of figures by name, over the replications of a study.

use super::{Outcome, Study};
use crate::kpi::{self, Figure, FigurePlace, of_element, of_product};
use crate::line::Line;
use crate::stats::Interval;

impl Outcome {
    /// The value of a figure in this replication; `None` if the replication has none.
    pub fn value(&self, line: &Line, place: FigurePlace) -> Option<f64> {
        match place {
            FigurePlace::Line(nth) => self.kpis.get(nth).copied().flatten(),
            FigurePlace::Product(product, nth) => self.products.get(product)?.get(nth).copied().flatten(),
            FigurePlace::Element(slot, figure, part) => {
                figure.of(line.elements.get(slot)?, self.elements.get(slot)?, part)
            }
        }
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

    /// Every figure: those of the line, of each product, and of each element; parts that never occurred are left out.
    pub fn figures(&self) -> Vec<Figure> {
        let of_line = kpi::ALL.iter().map(|kpi| Figure::of_line(kpi));
        let of_products = self.line.products.iter().flat_map(|product| {
            of_product::ALL.iter().map(|figure| Figure::of_product(&product.name, figure))
        });
        let of_elements = (0..self.line.elements.len()).flat_map(|slot| self.figures_of_element(slot));
        of_line.chain(of_products).chain(of_elements).collect()
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

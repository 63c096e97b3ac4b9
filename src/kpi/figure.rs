//! A figure by its name: of the line (`throughput`), of a product (`hood.throughput`), or of an element
//! (`weld.utilisation`, `weld.states.working`).
//!
//! Expectations, precision, rankings and long tables address figures in this one way. No figure of a product has the name of a
//! figure of an element, so a name never has two meanings. Read [`Figure`] first.

use super::of_element::{self, ElementFigure};
use super::of_product::{self, ProductFigure};
use super::{Better, Kpi};
use crate::line::Line;
use crate::units::MONEY;
use std::borrow::Cow;

/// A figure of the line, of one of its products, or of one of its elements or groups.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Whose figure it is.
    pub owner: FigureOwner,
    measure: FigureMeasure,
}

/// Whose figure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureOwner {
    /// The line's.
    Line,
    /// That of the product of this name.
    Product(String),
    /// That of the element, or of the group of elements, of this name.
    Element(String),
}

#[derive(Clone, Debug)]
enum FigureMeasure {
    Line(&'static Kpi),
    Product(&'static ProductFigure),
    /// The figure, and which part of it.
    Element(&'static ElementFigure, Option<String>),
}

impl FigureOwner {
    /// The word in every table and file.
    pub fn level(&self) -> &'static str {
        match self {
            FigureOwner::Line => "line",
            FigureOwner::Product(_) => "product",
            FigureOwner::Element(_) => "element",
        }
    }

    /// The name of the product or element; that of the line is not part of it.
    pub fn name(&self) -> &str {
        match self {
            FigureOwner::Line => "",
            FigureOwner::Product(name) | FigureOwner::Element(name) => name,
        }
    }
}

impl Figure {
    /// A figure of the line.
    pub fn of_line(kpi: &'static Kpi) -> Figure {
        Figure { owner: FigureOwner::Line, measure: FigureMeasure::Line(kpi) }
    }

    /// A figure of a product.
    pub fn of_product(product: &str, figure: &'static ProductFigure) -> Figure {
        Figure { owner: FigureOwner::Product(product.to_owned()), measure: FigureMeasure::Product(figure) }
    }

    /// A figure of an element, or one part of it.
    pub fn of_element(element: &str, figure: &'static ElementFigure, part: Option<&str>) -> Figure {
        let measure = FigureMeasure::Element(figure, part.map(str::to_owned));
        Figure { owner: FigureOwner::Element(element.to_owned()), measure }
    }

    /// The name without its owner: `throughput`, `states.working`.
    pub fn short_name(&self) -> Cow<'static, str> {
        match &self.measure {
            FigureMeasure::Line(kpi) => kpi.name.into(),
            FigureMeasure::Product(figure) => figure.name.into(),
            FigureMeasure::Element(figure, None) => figure.name.into(),
            FigureMeasure::Element(figure, part) => figure.full_name(part.as_deref()).into(),
        }
    }

    /// The name by which it is found: `throughput`, `weld.states.working`.
    pub fn name(&self) -> String {
        match self.owner.name() {
            "" => self.short_name().into_owned(),
            owner => format!("{owner}.{}", self.short_name()),
        }
    }

    /// What a person would call it, without the owner.
    pub fn title(&self) -> &'static str {
        match self.measure {
            FigureMeasure::Line(kpi) => kpi.title,
            FigureMeasure::Product(figure) => figure.title,
            FigureMeasure::Element(figure, _) => figure.title,
        }
    }

    /// The unit of its values; `money` where that depends on the line.
    pub fn unit(&self) -> &'static str {
        match &self.measure {
            FigureMeasure::Line(kpi) => kpi.unit,
            FigureMeasure::Product(figure) => figure.unit,
            FigureMeasure::Element(figure, part) => figure.unit_of(part.as_deref()),
        }
    }

    /// The unit of its values in a line: the currency of the line where that is money.
    pub fn unit_in(&self, line: &Line) -> Cow<'static, str> {
        match line.currency().filter(|_| self.unit() == MONEY) {
            Some(currency) => crate::units::currency(currency).into(),
            None => self.unit().into(),
        }
    }

    /// Which way is better.
    pub fn better(&self) -> Better {
        match self.measure {
            FigureMeasure::Line(kpi) => kpi.better,
            FigureMeasure::Product(figure) => figure.better,
            FigureMeasure::Element(figure, _) => figure.better,
        }
    }

    /// The key figure, if it is one of the line.
    pub fn kpi(&self) -> Option<&'static Kpi> {
        match self.measure {
            FigureMeasure::Line(kpi) => Some(kpi),
            FigureMeasure::Product(_) | FigureMeasure::Element(..) => None,
        }
    }

    /// Where its values are found in the outcomes of a line; `None` if the line has no such product or element.
    pub fn place_in(&self, line: &Line) -> Option<FigurePlace> {
        let owner = self.owner.name();
        match &self.measure {
            FigureMeasure::Line(kpi) => {
                super::ALL.iter().position(|found| found.name == kpi.name).map(FigurePlace::Line)
            }
            FigureMeasure::Product(figure) => {
                let product = line.products.iter().position(|product| product.name == owner)?;
                let nth = of_product::ALL.iter().position(|found| found.name == figure.name)?;
                Some(FigurePlace::Product(product, nth))
            }
            FigureMeasure::Element(figure, part) => {
                let part_of = |slot: usize| figure.part_named(line.elements.get(slot)?, part.as_deref());
                if let Some(nth) = line.groups.iter().position(|group| group.name == owner) {
                    let first = line.groups[nth].members.first()?.index();
                    return Some(FigurePlace::Group(nth, figure, part_of(first)?));
                }
                let slot = line.elements.iter().position(|element| element.name == owner)?;
                Some(FigurePlace::Element(slot, figure, part_of(slot)?))
            }
        }
    }
}

/// Where the values of a figure are found in the outcomes of a line.
#[derive(Clone, Copy, Debug)]
pub enum FigurePlace {
    /// The number of the key figure.
    Line(usize),
    /// The number of the product, and of its figure.
    Product(usize, usize),
    /// The slot of the element, its figure, and the part of it.
    Element(usize, &'static ElementFigure, usize),
    /// The number of the group, the figure of its members together, and the part of it.
    Group(usize, &'static ElementFigure, usize),
}

/// The names of products and elements, with what each element can have figures of.
#[derive(Clone, Copy, Debug)]
pub struct FigureNames<'a> {
    /// The names of the products.
    pub products: &'a [&'a str],
    /// The names of the elements.
    pub elements: &'a [&'a str],
}

/// The names of a checked line.
#[derive(Clone, Debug)]
pub struct LineFigureNames<'a> {
    products: Vec<&'a str>,
    elements: Vec<&'a str>,
}

impl<'a> LineFigureNames<'a> {
    /// Those of a line.
    pub fn of(line: &'a Line) -> LineFigureNames<'a> {
        LineFigureNames {
            products: line.products.iter().map(|product| product.name.as_str()).collect(),
            elements: (line.elements.iter().map(|element| element.name.as_str()))
                .chain(line.groups.iter().map(|group| group.name.as_str()))
                .collect(),
        }
    }

    /// To search in.
    pub fn names(&self) -> FigureNames<'_> {
        FigureNames { products: &self.products, elements: &self.elements }
    }
}

/// Why a name is not that of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoFigure {
    /// Nothing of the line, its products or its elements begins like it.
    UnknownOwner,
    /// The product or element exists, but has no such figure; these are the names that it has.
    UnknownFigure(String, Vec<String>),
    /// No figure of the line has that name.
    UnknownKpi,
}

/// Finds a figure by its name. The longest name of a product or element that fits is its owner.
pub fn find_figure(name: &str, names: &FigureNames<'_>) -> Result<Figure, NoFigure> {
    if let Some(kpi) = super::named(name) {
        return Ok(Figure::of_line(kpi));
    }
    let owned = |owner: &&&str| name.strip_prefix(**owner).is_some_and(|rest| rest.starts_with('.'));
    let longest = |owners: &'_ [&'_ str]| {
        owners.iter().filter(owned).max_by_key(|owner| owner.len()).map(|it| it.len())
    };
    let (product, element) = (longest(names.products), longest(names.elements));
    let product_figure = product.and_then(|len| {
        let figure = of_product::named(&name[len + 1..])?;
        Some(Figure::of_product(&name[..len], figure))
    });
    let element_figure = element.and_then(|len| element_figure(&name[..len], &name[len + 1..]));
    if let Some(found) = product_figure.or(element_figure) {
        return Ok(found);
    }
    let of_products = of_product::ALL.iter().map(|figure| figure.name.to_owned());
    let of_elements = of_element::ALL.iter().flat_map(ElementFigure::all_names);
    match (product, element) {
        (None, None) if name.contains('.') => Err(NoFigure::UnknownOwner),
        (None, None) => Err(NoFigure::UnknownKpi),
        (Some(len), None) => Err(NoFigure::UnknownFigure(name[..len].to_owned(), of_products.collect())),
        (None, Some(len)) => Err(NoFigure::UnknownFigure(name[..len].to_owned(), of_elements.collect())),
        (Some(_), Some(len)) => {
            let known = of_products.chain(of_elements).collect();
            Err(NoFigure::UnknownFigure(name[..len].to_owned(), known))
        }
    }
}

/// A figure of an element by its name, such as `utilisation` or `states.working`; the names of ways out depend on the element.
fn element_figure(element: &str, name: &str) -> Option<Figure> {
    if let Some(figure) = of_element::named(name).filter(|figure| !figure.has_parts()) {
        return Some(Figure::of_element(element, figure, None));
    }
    let (head, part) = name.split_once('.')?;
    let figure = of_element::named(head).filter(|figure| figure.has_parts())?;
    let known = figure.fixed_parts().is_none_or(|parts| parts.contains(&part));
    known.then(|| Figure::of_element(element, figure, Some(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: FigureNames<'_> =
        FigureNames { products: &["hood", "weld"], elements: &["weld", "weld.2", "test"] };

    #[test]
    fn no_figure_of_a_product_has_the_name_of_a_figure_of_an_element() {
        for product in of_product::ALL {
            assert!(of_element::named(product.name).is_none(), "{}", product.name);
        }
    }

    #[test]
    fn a_figure_is_found_by_the_name_that_it_gives() {
        let expected = [
            ("throughput", FigureOwner::Line),
            ("hood.throughput", FigureOwner::Product("hood".into())),
            ("weld.throughput", FigureOwner::Product("weld".into())),
            ("weld.utilisation", FigureOwner::Element("weld".into())),
            ("weld.2.utilisation", FigureOwner::Element("weld.2".into())),
            ("weld.states.working", FigureOwner::Element("weld".into())),
            ("test.parts_out.pass", FigureOwner::Element("test".into())),
        ];
        for (name, owner) in expected {
            let found = find_figure(name, &NAMES).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
            assert_eq!((found.name().as_str(), found.owner), (name, owner));
        }
    }

    #[test]
    fn a_name_that_is_none_says_what_is_unknown() {
        assert_eq!(find_figure("thruput", &NAMES).unwrap_err(), NoFigure::UnknownKpi);
        assert_eq!(find_figure("saw.utilisation", &NAMES).unwrap_err(), NoFigure::UnknownOwner);
        for name in ["test.utilization", "test.states", "test.states.sleeping", "hood.oee"] {
            assert!(matches!(find_figure(name, &NAMES), Err(NoFigure::UnknownFigure(..))), "{name}");
        }
    }
}

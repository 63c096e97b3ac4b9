//! The expectations of a line: the figure must exist and the bounds must have its unit.
//!
//! Read [`ExpectedFigure`] first. The expectations of a study are checked by the same rules.

use crate::equipment::AnySettings;
use crate::kpi::{self, Figure, FigureNames, LineFigureNames, NoFigure};
use crate::layout::{self, Compared, ExpectationParts, Fault, Faults, LineLayout, Sources, TextSpan};
use crate::line::Line;
use crate::units::spelling::brief;
use crate::units::{self, MONEY, Money, parse_any, unit_named, with_unit};
use std::path::PathBuf;

/// What a figure must be.
#[derive(Clone, Debug)]
pub struct ExpectedFigure {
    /// Which figure.
    pub figure: Figure,
    /// What of it is compared with the bounds; of a line by itself, the value.
    pub compared: Compared,
    /// The lowest value, in the unit of the figure; of a relative change, as a share.
    pub low: Option<f64>,
    /// The highest value.
    pub high: Option<f64>,
    /// Where it is written.
    pub place: FilePlace,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePlace {
    /// The file, as the user called it.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// What expectations refer to: the names of a line, and its currency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExpectationGround<'a> {
    pub(crate) names: FigureNames<'a>,
    pub(crate) currency: Option<[u8; 3]>,
    /// Whether products could not be read, so that nothing is said of them or of money.
    pub(crate) products_missing: bool,
}

/// All expectations that make sense, and where the figure of each is written. `currency` is that of the line.
pub(super) fn checked(
    layout: &LineLayout<AnySettings>,
    currency: Option<[u8; 3]>,
    sources: &Sources,
    faults: &mut Faults,
) -> Vec<(TextSpan, ExpectedFigure)> {
    let unread = layout.unread.iter();
    let products: Vec<&str> = layout.products.keys().chain(unread.clone()).map(String::as_str).collect();
    let elements = layout.elements.keys().chain(unread).map(String::as_str);
    let elements: Vec<&str> = elements.chain(layout.groups.iter().map(|group| group.name.as_str())).collect();
    let names = FigureNames { products: &products, elements: &elements };
    let ground = ExpectationGround { names, currency, products_missing: layout.holes.products };
    let one = |written: &layout::Placed<layout::Expectation>| {
        let place = |way: &str| written.place_of(way, sources);
        let found = faults.keep(expected(&written.value.parts(), &ground, sources, place))?;
        found.map(|expected| (place("[0]"), expected))
    };
    layout.expect.iter().filter_map(one).collect()
}

/// Checks an expectation; nothing if it refers to what could not be read. `place` finds the place of a part of it.
pub(crate) fn expected(
    parts: &ExpectationParts<'_>,
    ground: &ExpectationGround<'_>,
    sources: &Sources,
    place: impl Fn(&str) -> TextSpan,
) -> Result<Option<ExpectedFigure>, Fault> {
    let figure = match kpi::find_figure(parts.figure, &ground.names) {
        Ok(figure) => figure,
        Err(NoFigure::UnknownOwner) if ground.products_missing => return Ok(None),
        Err(fault) => return Err(no_figure(parts.figure, &fault, &ground.names).at(place("[0]"))),
    };
    let Some(unit) = unit_of(&figure, parts.compared, ground, place("[0]"))? else { return Ok(None) };
    let bound = |end: &Option<(&str, String)>| {
        end.as_ref().map(|(text, way)| value(text, &figure, &unit, ground, place(way))).transpose()
    };
    let (low, high) = (bound(&parts.low)?, bound(&parts.high)?);
    if let (Some(low), Some(high)) = (low, high)
        && low > high
    {
        let fault = Fault::new("the lowest value is above the highest").at(place("[0]"));
        return Err(fault.help("write the lower of the two first"));
    }
    let (file, line) = sources.line_of(place("[0]"));
    let place = FilePlace { file, line };
    Ok(Some(ExpectedFigure { figure, compared: parts.compared, low, high, place }))
}

/// The unit in which bounds are written; nothing if that depends on products that could not be read.
fn unit_of(
    figure: &Figure,
    compared: Compared,
    ground: &ExpectationGround<'_>,
    place: TextSpan,
) -> Result<Option<String>, Fault> {
    match (figure.unit(), ground.currency) {
        _ if compared == Compared::Change => Ok(Some("1".to_owned())),
        (MONEY, Some(currency)) => Ok(Some(units::currency(currency))),
        (MONEY, None) if ground.products_missing => Ok(None),
        (MONEY, None) => Err(Fault::new(format!("{} is not known of this line", figure.name()))
            .at(place)
            .help("give every product its `material`, all in one currency")),
        (unit, _) => Ok(Some(unit.to_owned())),
    }
}

/// A bound in the unit of the figure.
fn value(
    text: &str,
    figure: &Figure,
    unit: &str,
    ground: &ExpectationGround<'_>,
    place: TextSpan,
) -> Result<f64, Fault> {
    let wrong = |message: String| Fault {
        help: vec![match unit {
            "1" => "write a share, such as \"85 %\"".to_owned(),
            unit => format!("write a value such as \"{}\"", with_unit("35", unit)),
        }],
        ..Fault::written(&message).at(place)
    };
    let is_money = unit != "1" && figure.unit() == MONEY;
    let (value, dimension) = parse_any(text).map_err(wrong)?;
    // Another currency is another unit.
    let fits = !is_money || Money::parse(text).is_ok_and(|money| Some(money.currency) == ground.currency);
    match unit_named(if is_money { MONEY } else { unit }) {
        Some((expected, size)) if expected == dimension && fits => Ok(value / size),
        _ => Err(wrong(format!("{} is not measured in the unit of \"{}\"", figure.name(), brief(text)))),
    }
}

/// The figure of a checked line that has this name; the line must have its product or element, and its way out.
pub(crate) fn figure_named(name: &str, line: &Line) -> Result<Figure, Fault> {
    let known = LineFigureNames::of(line);
    let figure =
        kpi::find_figure(name, &known.names()).map_err(|fault| no_figure(name, &fault, &known.names()))?;
    match no_part(&figure, line) {
        Some(fault) => Err(fault),
        None => Ok(figure),
    }
}

/// What is wrong with a figure that has the name of an element, and that of a way out or a skill which the element does not have.
pub(crate) fn no_part(figure: &Figure, line: &Line) -> Option<Fault> {
    if figure.place_in(line).is_some() {
        return None;
    }
    let (owner, name) = (figure.owner.name(), figure.name());
    let group = line.groups.iter().find(|group| group.name == owner);
    let slot = group.and_then(|group| group.members.first().map(|member| member.index()));
    let slot = slot.or_else(|| line.elements.iter().position(|element| element.name == owner))?;
    let (head, part) = name.get(owner.len() + 1..)?.split_once('.')?;
    // Other parts, such as states, are the same for every element.
    let figure = kpi::of_element::named(head)?;
    let noun = figure.part_noun()?;
    let element = &line.elements[slot];
    let parts = figure.parts(element).into_iter().filter_map(|(_, name)| name);
    let known: Vec<&str> =
        parts.chain(element.only_port().filter(|_| noun == kpi::of_element::WAY)).collect();
    let fault = Fault::new(format!("\"{}\" has no {noun} \"{}\"", brief(owner), brief(part)));
    Some(match &known[..] {
        [] => fault.help("it has none at all; leave this figure out"),
        _ => fault.accepted(known),
    })
}

/// Why a name is not that of a figure, with the names that are most like it.
pub(crate) fn no_figure(name: &str, fault: &NoFigure, names: &FigureNames<'_>) -> Fault {
    match fault {
        NoFigure::UnknownKpi => {
            let known = kpi::ALL.iter().map(|kpi| kpi.name);
            Fault::new(format!("unknown KPI \"{}\"", brief(name))).spelling(name, known)
        }
        NoFigure::UnknownOwner => {
            let owner = name.split('.').next().unwrap_or(name);
            let known = names.products.iter().chain(names.elements).copied();
            Fault::new(format!("there is no product or element \"{}\"", brief(owner))).spelling(owner, known)
        }
        NoFigure::UnknownFigure(owner, known) => {
            let figure = &name[owner.len() + 1..];
            Fault::new(format!("\"{}\" has no figure \"{}\"", brief(owner), brief(figure)))
                .spelling(figure, known.iter().map(String::as_str))
        }
    }
}

//! The expectations of a line: the KPI must exist and the bound must have its unit.

use super::ExpectedKpi;
use crate::equipment::AnySettings;
use crate::kpi;
use crate::layout::{self, Fault, Faults, LineLayout, Placed, Sources};
use crate::units::spelling::brief;
use crate::units::{self, MONEY, Money, parse_any, unit_named, with_unit};

/// All expectations that make sense. `currency` is that of the line; where the products could not be read, nothing is
/// said of money.
pub(super) fn checked(
    layout: &LineLayout<AnySettings>,
    currency: Option<[u8; 3]>,
    sources: &Sources,
    faults: &mut Faults,
) -> Vec<ExpectedKpi> {
    let of_money = |written: &Placed<layout::Expectation>| {
        kpi::named(written.value.kpi()).is_some_and(|kpi| kpi.unit == MONEY)
    };
    let clear = layout.expect.iter().filter(|written| !(layout.holes.products && of_money(written)));
    clear.filter_map(|written| faults.keep(one(written, currency, sources))).collect()
}

fn one(
    written: &Placed<layout::Expectation>,
    currency: Option<[u8; 3]>,
    sources: &Sources,
) -> Result<ExpectedKpi, Fault> {
    let (name, bound) = (written.value.kpi(), written.value.bound());
    let Some(kpi) = kpi::named(name) else {
        let names = kpi::ALL.iter().map(|kpi| kpi.name);
        return Err(Fault::new(format!("unknown KPI \"{}\"", brief(name)))
            .at(written.place_of("[0]", sources))
            .spelling(name, names));
    };
    let unit = match (kpi.unit, currency) {
        (MONEY, Some(currency)) => units::currency(currency),
        (MONEY, None) => {
            return Err(Fault::new(format!("{} is not known of this line", kpi.name))
                .at(written.place_of("[0]", sources))
                .help("give every product its `material`, all in one currency"));
        }
        (unit, _) => unit.to_owned(),
    };
    let wrong = |message: String| Fault {
        help: vec![match unit.as_str() {
            "1" => "write a share, such as \"85 %\"".to_owned(),
            unit => format!("write a value such as \"{}\"", with_unit("35", unit)),
        }],
        ..Fault::written(&message).at(written.place_of("[1]", sources))
    };
    let (value, dimension) = parse_any(bound).map_err(wrong)?;
    // Another currency is another unit.
    let fits = kpi.unit != MONEY || Money::parse(bound).is_ok_and(|money| Some(money.currency) == currency);
    match unit_named(kpi.unit) {
        Some((expected, size)) if expected == dimension && fits => {
            let at_least = matches!(written.value, layout::Expectation::AtLeast(..));
            Ok(ExpectedKpi {
                kpi: kpi.name.to_owned(),
                at_least,
                bound: value / size,
                written: bound.to_owned(),
            })
        }
        _ => Err(wrong(format!("{} is not measured in the unit of \"{}\"", kpi.name, brief(bound)))),
    }
}

//! What a line is expected to reach: the KPI must exist and the bound must have its unit.

use super::Expectation;
use crate::kpi;
use crate::layout::{self, Fault, Faults, Placed, Sources};
use crate::units::{parse_any, unit_named, with_unit};

/// All expectations that make sense.
pub(super) fn checked(
    said: &[Placed<layout::Expectation>],
    sources: &Sources,
    faults: &mut Faults,
) -> Vec<Expectation> {
    said.iter().filter_map(|said| faults.keep(one(said, sources))).collect()
}

fn one(said: &Placed<layout::Expectation>, sources: &Sources) -> Result<Expectation, Fault> {
    let (name, bound) = (said.value.kpi(), said.value.bound());
    let Some(kpi) = kpi::named(name) else {
        let names = kpi::ALL.iter().map(|kpi| kpi.name);
        return Err(Fault::new(format!("unknown KPI \"{}\"", layout::brief(name)))
            .at(said.place_of("[0]", sources))
            .spelling(name, names));
    };
    let wrong = |message: String| Fault {
        help: vec![match kpi.unit {
            "1" => "write a share, such as \"85 %\"".to_owned(),
            unit => format!("write a value such as \"{}\"", with_unit("35", unit)),
        }],
        ..Fault::said(&message).at(said.place_of("[1]", sources))
    };
    let (value, dimension) = parse_any(bound).map_err(wrong)?;
    match unit_named(kpi.unit) {
        Some((expected, size)) if expected == dimension => {
            let at_least = matches!(said.value, layout::Expectation::AtLeast(..));
            Ok(Expectation {
                kpi: kpi.name.to_owned(),
                at_least,
                bound: value / size,
                said: bound.to_owned(),
            })
        }
        _ => Err(wrong(format!("{} is not measured in the unit of \"{}\"", kpi.name, layout::brief(bound)))),
    }
}

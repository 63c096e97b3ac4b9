//! JSON: the contract that other programs rely on, `taktwin/run/2` and `taktwin/compare/1`.
//!
//! Keys come in a fixed order, elements in the order of the file. An unknown value is `null` and never left out. Additions keep
//! the number in `schema`, any other change raises it. Read [`RunJson`] first; comparisons are in `json_compare.rs`,
//! what both have in `json_parts.rs`.

use super::json_parts::{
    ChangeJson, Estimate, ExpectationJson, PlanJson, PrecisionJson, WarningJson, changes, expectations,
    warnings,
};
use super::json_sensitivity::SensitivitiesJson;
use super::losses::LossesJson;
use super::{Format, RunReport, json_compare, schema};
use crate::event::{Slot, State};
use crate::kernel::Time;
use crate::kpi::of_element::{self, ElementFigure};
use crate::kpi::of_product::ProductFigure;
use crate::kpi::{self, Kpi};
use crate::study::{ElementSummary, PeriodStudy, ProductEstimate, ProductSummary, Study};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

pub(super) static FORMAT: Format = Format {
    name: "json",
    about: "for programs: every figure with its interval",
    ending: "json",
    binary: false,
    built: true,
    run: |report, out| out.write_all(pretty(&RunJson::of(report)).as_bytes()),
    compare: |report, out| {
        out.write_all(pretty(&json_compare::CompareJson::of(report, &report.names())).as_bytes())
    },
};

pub(super) fn pretty(report: &impl Serialize) -> String {
    // Only maps with keys that are no text can fail, and there are none.
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// The name of the contract of a run.
pub(super) const RUN: &str = "taktwin/run/2";

/// What one line does.
#[derive(Serialize, JsonSchema)]
pub(super) struct RunJson<'a> {
    #[schemars(extend("const" = RUN))]
    schema: &'static str,
    line: &'a str,
    provenance: Option<&'a str>,
    #[serde(flatten)]
    plan: PlanJson,
    /// How far the precision that was asked for is reached; `null` if none was.
    precision: Option<PrecisionJson>,
    #[serde(flatten)]
    figures: FiguresJson<'a>,
    /// The same by shift, hour or day; left out if that was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    periods: Option<PeriodsJson<'a>>,
    changes: Vec<ChangeJson<'a>>,
    expectations: Vec<ExpectationJson<'a>>,
    /// What it would be worth if something were a little better; `null` if that was not asked for.
    sensitivities: Option<SensitivitiesJson<'a>>,
    /// Where the time and the energy went; left out if that was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    losses: Option<LossesJson<'a>>,
    warnings: Vec<WarningJson>,
}

impl<'a> RunJson<'a> {
    fn of(report: &'a RunReport<'a>) -> RunJson<'a> {
        let (study, line) = (report.study, report.study.line);
        RunJson {
            schema: RUN,
            line: &line.name,
            provenance: line.provenance.as_deref(),
            plan: PlanJson::of(study),
            precision: PrecisionJson::of(study),
            figures: FiguresJson::of(study),
            periods: PeriodsJson::of(study),
            changes: changes(&line.changes),
            expectations: expectations(report.judgements),
            sensitivities: report.sensitivities.map(SensitivitiesJson::of),
            losses: report.losses.map(|losses| LossesJson::of(study, losses)),
            warnings: warnings(study),
        }
    }
}

/// The figures of the line, its elements and its products.
#[derive(Serialize, JsonSchema)]
struct FiguresJson<'a> {
    /// In how many replications which element's OEE was that of the line.
    oee_elements: IndexMap<&'a str, usize>,
    kpis: IndexMap<&'static str, KpiJson>,
    elements: IndexMap<&'a str, ElementJson<'a>>,
    /// Left out if there are none.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    groups: IndexMap<&'a str, GroupJson<'a>>,
    products: IndexMap<&'a str, ProductJson>,
}

impl<'a> FiguresJson<'a> {
    fn of(study: &'a Study<'a>) -> FiguresJson<'a> {
        let elements = study.elements().into_iter();
        let products = study.products().into_iter();
        FiguresJson {
            oee_elements: study.oee_elements().into_iter().collect(),
            kpis: kpi::ALL.iter().map(|kpi| (kpi.name, KpiJson::of(study, kpi))).collect(),
            elements: elements.map(|element| (element.name, ElementJson::of(&element))).collect(),
            groups: groups(study),
            products: products.map(|product| (product.name, ProductJson::of(&product))).collect(),
        }
    }
}

/// The figures of each period.
#[derive(Serialize, JsonSchema)]
struct PeriodsJson<'a> {
    /// `shift`, `hour` or `day`.
    #[schemars(extend("enum" = ["shift", "hour", "day"]))]
    by: &'static str,
    all: Vec<PeriodJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PeriodJson<'a> {
    /// The shift, `06:00`, or `2026-03-02`.
    name: &'a str,
    /// How long the period is in the window.
    length_s: f64,
    /// How much of that are hours of the calendar of the line; `null` without one.
    scheduled_s: Option<f64>,
    #[serde(flatten)]
    figures: FiguresJson<'a>,
}

impl<'a> PeriodsJson<'a> {
    fn of(study: &'a Study<'a>) -> Option<PeriodsJson<'a>> {
        let period = |found: &'a PeriodStudy<'a>| PeriodJson {
            name: &found.period.name,
            length_s: found.period.counted.length().secs(),
            scheduled_s: found.scheduled().map(Time::secs),
            figures: FiguresJson::of(&found.study),
        };
        let all = study.periods.iter().map(period).collect();
        Some(PeriodsJson { by: study.plan.by?.name(), all })
    }
}

#[derive(Serialize, JsonSchema)]
struct KpiJson {
    unit: Cow<'static, str>,
    #[schemars(extend("enum" = ["higher", "lower", "neither"]))]
    better: &'static str,
    mean: Option<f64>,
    half_width: Option<f64>,
    values: Vec<Option<f64>>,
}

impl KpiJson {
    fn of(study: &Study<'_>, kpi: &Kpi) -> KpiJson {
        let Estimate { mean, half_width } = Estimate::of(study.interval(kpi));
        let (unit, better) = (kpi.unit_in(study.line), kpi.better.name());
        KpiJson { unit, better, mean, half_width, values: study.values(kpi) }
    }
}

/// What the members of a group did together.
#[derive(Serialize, JsonSchema)]
struct GroupJson<'a> {
    members: Vec<&'a str>,
    #[serde(flatten)]
    together: ElementJson<'a>,
}

fn groups<'a>(study: &'a Study<'_>) -> IndexMap<&'a str, GroupJson<'a>> {
    let member = |slot: &Slot| study.line.elements[slot.index()].name.as_str();
    let all = study.line.groups.iter().zip(study.groups());
    all.map(|(group, together)| {
        let members = group.members.iter().map(member).collect();
        (together.name, GroupJson { members, together: ElementJson::of(&together) })
    })
    .collect()
}

type ByName<'a> = IndexMap<&'a str, Estimate>;

#[derive(Serialize, JsonSchema)]
struct ElementJson<'a> {
    kind: &'static str,
    /// Those of [`of_element::ALL`].
    #[serde(flatten)]
    figures: IndexMap<&'static str, ElementFigureJson<'a>>,
    /// The states whose power is an assumption of the program.
    #[schemars(schema_with = "schema::states")]
    assumed: &'a [State],
}

/// A figure of an element: one value, or one for each part that occurred.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum ElementFigureJson<'a> {
    One(Estimate),
    Each(ByName<'a>),
}

impl<'a> ElementJson<'a> {
    fn of(element: &ElementSummary<'a>) -> ElementJson<'a> {
        let json = |figure: &'static ElementFigure| {
            let found = if figure.has_parts() {
                let parts = element.each(figure.name);
                ElementFigureJson::Each(
                    parts.map(|(part, found)| (part, Estimate::of(Some(found)))).collect(),
                )
            } else {
                ElementFigureJson::One(Estimate::of(element.one(figure.name)))
            };
            (figure.name, found)
        };
        let figures = of_element::ALL.iter().map(json).collect();
        ElementJson { kind: element.kind, figures, assumed: element.assumed }
    }
}

#[derive(Serialize, JsonSchema)]
struct ProductJson {
    carrier: bool,
    #[serde(flatten)]
    figures: IndexMap<&'static str, KpiJson>,
}

impl ProductJson {
    fn of(product: &ProductSummary<'_>) -> ProductJson {
        let json = |(figure, found): (&ProductFigure, &ProductEstimate)| {
            let Estimate { mean, half_width } = Estimate::of(found.interval);
            let (unit, better) = (figure.unit.into(), figure.better.name());
            (figure.name, KpiJson { unit, better, mean, half_width, values: found.values.clone() })
        };
        ProductJson { carrier: product.carrier, figures: product.all().map(json).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::units;
    use serde_json::Value;

    #[test]
    fn a_run_has_the_keys_of_the_contract_in_their_order() {
        let text = sample::run_text(&FORMAT);
        let keys = [
            "schema",
            "line",
            "provenance",
            "seed",
            "replications",
            "confidence",
            "window",
            "oee_convention",
            "precision",
            "oee_elements",
            "kpis",
            "elements",
            "products",
            "changes",
            "expectations",
            "sensitivities",
            "warnings",
        ];
        let places: Vec<Option<usize>> =
            keys.iter().map(|key| text.find(&format!("\n  \"{key}\": "))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{text}");
        assert!(text.ends_with("\n}\n"));
    }

    #[test]
    fn a_run_tells_every_kpi_and_every_element() {
        let json: Value = serde_json::from_str(&sample::run_text(&FORMAT)).unwrap();
        assert_eq!(json["schema"], "taktwin/run/2");
        let whose = json["oee_elements"].as_object().unwrap().values();
        assert_eq!(whose.map(|count| count.as_u64().unwrap()).sum::<u64>(), u64::from(sample::REPLICATIONS));
        for kpi in kpi::ALL {
            let found = &json["kpis"][kpi.name];
            let unit = if kpi.unit == units::MONEY { "CNY" } else { kpi.unit };
            assert_eq!((&found["unit"], &found["better"]), (&unit.into(), &kpi.better.name().into()));
            assert_eq!(found["values"].as_array().unwrap().len(), sample::REPLICATIONS as usize);
            // The sample works around the clock, and has no crew, no tariff and no emission factor.
            let unknown = kpi.name == "throughput_scheduled"
                || ["labour", "energy_cost", "co2"].iter().any(|name| kpi.name.starts_with(name));
            assert_eq!(found["mean"].is_f64(), !unknown, "{} is {found}", kpi.name);
        }
        let bend = &json["elements"]["bend"];
        assert_eq!(bend["kind"], "Machine");
        let shares =
            bend["states"].as_object().unwrap().values().map(|state| state["mean"].as_f64().unwrap());
        assert!((shares.sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(bend["energy_by_state_kwh"]["working"]["mean"].is_f64());
        assert!(bend["assumed"].as_array().unwrap().contains(&"starved".into()));
        assert_eq!(json["expectations"][0]["outcome"], "holds");
    }
}

//! JSON: the contract that other programs rely on, `taktwin/run/1` and `taktwin/compare/1`.
//!
//! Keys come in a fixed order, elements in that of the file; what is not known is `null`, never left out. Additions keep
//! the number in `schema`, any other change raises it. Read [`RunJson`] first; comparisons are in `json_compare.rs`,
//! what both have in `json_parts.rs`.

use super::json_parts::{
    ChangeJson, Estimate, ExpectationJson, PlanJson, WarningJson, changes, expectations, warnings,
};
use super::{Format, RunReport, json_compare};
use crate::event::State;
use crate::kpi::{self, Kpi};
use crate::stats::Interval;
use crate::study::{ElementSummary, Study};
use indexmap::IndexMap;
use serde::Serialize;
use std::borrow::Cow;

pub(super) static FORMAT: Format = Format {
    name: "json",
    about: "for programs: every figure with its interval",
    ending: "json",
    run: |report| pretty(&RunJson::of(report)),
    compare: |report| pretty(&json_compare::CompareJson::of(report)),
};

pub(super) fn pretty(report: &impl Serialize) -> String {
    // Only maps with keys that are no text can fail, and there are none.
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// What one line does.
#[derive(Serialize)]
struct RunJson<'a> {
    schema: &'static str,
    line: &'a str,
    provenance: Option<&'a str>,
    #[serde(flatten)]
    plan: PlanJson,
    kpis: IndexMap<&'static str, KpiJson>,
    elements: IndexMap<&'a str, ElementJson<'a>>,
    changes: Vec<ChangeJson<'a>>,
    expectations: Vec<ExpectationJson<'a>>,
    warnings: Vec<WarningJson>,
}

impl<'a> RunJson<'a> {
    fn of(report: &'a RunReport<'a>) -> RunJson<'a> {
        let (study, line) = (report.study, report.study.line);
        RunJson {
            schema: "taktwin/run/1",
            line: &line.name,
            provenance: line.provenance.as_deref(),
            plan: PlanJson::of(study),
            kpis: kpi::ALL.iter().map(|kpi| (kpi.name, KpiJson::of(study, kpi))).collect(),
            elements: study
                .elements()
                .into_iter()
                .map(|element| (element.name, ElementJson::of(element)))
                .collect(),
            changes: changes(&line.changes),
            expectations: expectations(report.judgements),
            warnings: warnings(study),
        }
    }
}

#[derive(Serialize)]
struct KpiJson {
    unit: Cow<'static, str>,
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

type ByState = IndexMap<&'static str, Estimate>;

#[derive(Serialize)]
struct ElementJson<'a> {
    kind: &'static str,
    /// Shares of the window.
    states: ByState,
    operations: f64,
    energy_kwh: Option<f64>,
    energy_by_state_kwh: ByState,
    contents_mean: f64,
    at_work_mean: Option<f64>,
    wait_mean_s: Option<f64>,
    oee: Option<f64>,
    availability: Option<f64>,
    effectiveness: Option<f64>,
    quality: Option<f64>,
    utilisation: Option<f64>,
    /// The states whose power is an assumption of the program.
    assumed: &'a [State],
}

impl<'a> ElementJson<'a> {
    fn of(element: ElementSummary<'a>) -> ElementJson<'a> {
        let mean = |interval: Option<Interval>| interval.map(|it| it.mean);
        ElementJson {
            kind: element.kind,
            states: by_state(element.states),
            operations: element.operations.mean,
            energy_kwh: mean(element.energy_kwh),
            energy_by_state_kwh: by_state(element.energy_by_state_kwh),
            contents_mean: element.contents_mean.mean,
            at_work_mean: mean(element.at_work_mean),
            wait_mean_s: mean(element.wait_mean_s),
            oee: mean(element.oee),
            availability: mean(element.availability),
            effectiveness: mean(element.effectiveness),
            quality: mean(element.quality),
            utilisation: mean(element.utilisation),
            assumed: element.assumed,
        }
    }
}

fn by_state(states: Vec<(State, Interval)>) -> ByState {
    states.into_iter().map(|(state, interval)| (state.name(), Estimate::of(Some(interval)))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::units;
    use serde_json::Value;

    #[test]
    fn a_run_has_the_keys_of_the_contract_in_their_order() {
        let text = sample::with_run(|report| (FORMAT.run)(report));
        let keys = [
            "schema",
            "line",
            "provenance",
            "seed",
            "replications",
            "confidence",
            "window",
            "oee_convention",
            "kpis",
            "elements",
            "changes",
            "expectations",
            "warnings",
        ];
        let places: Vec<Option<usize>> =
            keys.iter().map(|key| text.find(&format!("\n  \"{key}\": "))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{text}");
        assert!(text.ends_with("\n}\n"));
    }

    #[test]
    fn a_run_tells_every_kpi_and_every_element() {
        let json: Value = serde_json::from_str(&sample::with_run(|report| (FORMAT.run)(report))).unwrap();
        assert_eq!(json["schema"], "taktwin/run/1");
        for kpi in kpi::ALL {
            let found = &json["kpis"][kpi.name];
            let unit = if kpi.unit == units::MONEY { "CNY" } else { kpi.unit };
            assert_eq!((&found["unit"], &found["better"]), (&unit.into(), &kpi.better.name().into()));
            assert_eq!(found["values"].as_array().unwrap().len(), sample::REPLICATIONS as usize);
            assert!(found["mean"].is_f64(), "{} is {found}", kpi.name);
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

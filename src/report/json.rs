//! JSON: the contract that other programs rely on, `taktwin/run/1` and `taktwin/compare/1`.
//!
//! Keys come in a fixed order, elements in that of the file; what is not known is `null`, never left out. Additions keep
//! the number in `schema`, any other change raises it. Read [`RunJson`] first; comparisons are in `json_compare.rs`.

use super::{Format, RunReport, json_compare};
use crate::event::State;
use crate::kpi::{self, Kpi};
use crate::line::{Change, WarmUp};
use crate::stats::Interval;
use crate::study::{ElementSummary, Judgement, Study, Warning};
use crate::units::Money;
use indexmap::IndexMap;
use serde::Serialize;

pub(super) static FORMAT: Format = Format {
    name: "json",
    about: "for programs: every figure with its interval",
    ending: "json",
    run: |report| pretty(&RunJson::of(report)),
    compare: |report| pretty(&json_compare::CompareJson::of(report)),
};

fn pretty(report: &impl Serialize) -> String {
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
            elements: study.elements().into_iter().map(|element| (element.name, ElementJson::of(element))).collect(),
            changes: changes(&line.changes),
            expectations: expectations(report.judgements),
            warnings: warnings(study),
        }
    }
}

/// How the lines were run.
#[derive(Serialize)]
pub(super) struct PlanJson {
    seed: u64,
    replications: u32,
    confidence: f64,
    window: WindowJson,
    oee_convention: &'static str,
}

#[derive(Serialize)]
struct WindowJson {
    warm_up_s: f64,
    length_s: f64,
    /// `given`, or `auto` where it was found by the program.
    warm_up: &'static str,
}

impl PlanJson {
    pub(super) fn of(study: &Study<'_>) -> PlanJson {
        let plan = &study.plan;
        let warm_up = if plan.warm_up == WarmUp::Auto { "auto" } else { "given" };
        PlanJson {
            seed: plan.seed,
            replications: plan.replications,
            confidence: plan.confidence,
            window: WindowJson { warm_up_s: study.warm_up.secs(), length_s: plan.length.secs(), warm_up },
            oee_convention: kpi::OEE_CONVENTION,
        }
    }
}

#[derive(Serialize)]
struct KpiJson {
    unit: &'static str,
    better: &'static str,
    mean: Option<f64>,
    half_width: Option<f64>,
    values: Vec<Option<f64>>,
}

impl KpiJson {
    fn of(study: &Study<'_>, kpi: &Kpi) -> KpiJson {
        let Estimate { mean, half_width } = Estimate::of(study.interval(kpi));
        KpiJson { unit: kpi.unit, better: kpi.better.name(), mean, half_width, values: study.values(kpi) }
    }
}

/// A mean with the half width of its interval.
#[derive(Serialize)]
struct Estimate {
    mean: Option<f64>,
    half_width: Option<f64>,
}

impl Estimate {
    fn of(interval: Option<Interval>) -> Estimate {
        Estimate { mean: interval.map(|it| it.mean), half_width: interval.and_then(|it| it.half_width) }
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
    wait_mean_s: Option<f64>,
    oee: Option<f64>,
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
            wait_mean_s: mean(element.wait_mean_s),
            oee: mean(element.oee),
            utilisation: mean(element.utilisation),
            assumed: element.assumed,
        }
    }
}

fn by_state(states: Vec<(State, Interval)>) -> ByState {
    states.into_iter().map(|(state, interval)| (state.name(), Estimate::of(Some(interval)))).collect()
}

#[derive(Serialize)]
pub(super) struct ChangeJson<'a> {
    name: &'a str,
    cost: Option<MoneyJson>,
}

pub(super) fn changes(changes: &[Change]) -> Vec<ChangeJson<'_>> {
    changes.iter().map(|change| ChangeJson { name: &change.name, cost: change.cost.map(MoneyJson::of) }).collect()
}

#[derive(Serialize)]
pub(super) struct MoneyJson {
    amount: f64,
    currency: String,
}

impl MoneyJson {
    pub(super) fn of(money: Money) -> MoneyJson {
        MoneyJson { amount: money.amount, currency: money.currency.map(char::from).iter().collect() }
    }
}

#[derive(Serialize)]
pub(super) struct ExpectationJson<'a> {
    kpi: &'a str,
    /// `at_least` or `at_most`.
    way: &'static str,
    bound: f64,
    unit: Option<&'static str>,
    #[serde(flatten)]
    found: Estimate,
    outcome: &'static str,
}

pub(super) fn expectations<'a>(judgements: &'a [Judgement<'a>]) -> Vec<ExpectationJson<'a>> {
    let one = |judgement: &'a Judgement<'a>| ExpectationJson {
        kpi: &judgement.expectation.kpi,
        way: if judgement.expectation.at_least { "at_least" } else { "at_most" },
        bound: judgement.expectation.bound,
        unit: judgement.kpi.map(|kpi| kpi.unit),
        found: Estimate::of(judgement.interval),
        outcome: judgement.holds.words(),
    };
    judgements.iter().map(one).collect()
}

#[derive(Serialize)]
pub(super) struct WarningJson {
    code: &'static str,
    seen: String,
    #[serde(rename = "try")]
    advice: String,
}

pub(super) fn warnings(study: &Study<'_>) -> Vec<WarningJson> {
    let one = |warning: &Warning| WarningJson { code: warning.code(), seen: warning.seen(), advice: warning.advice() };
    study.warnings.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_run_has_the_keys_of_the_contract_in_their_order() {
        let text = sample::with_run(|report| (FORMAT.run)(report));
        let keys = [
            "schema", "line", "provenance", "seed", "replications", "confidence", "window", "oee_convention", "kpis",
            "elements", "changes", "expectations", "warnings",
        ];
        let places: Vec<Option<usize>> = keys.iter().map(|key| text.find(&format!("\n  \"{key}\": "))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{text}");
        assert!(text.ends_with("\n}\n"));
    }

    #[test]
    fn a_run_tells_every_kpi_and_every_element() {
        let json: Value = serde_json::from_str(&sample::with_run(|report| (FORMAT.run)(report))).unwrap();
        assert_eq!(json["schema"], "taktwin/run/1");
        for kpi in kpi::ALL {
            let found = &json["kpis"][kpi.name];
            assert_eq!((&found["unit"], &found["better"]), (&kpi.unit.into(), &kpi.better.name().into()));
            assert_eq!(found["values"].as_array().unwrap().len(), sample::REPLICATIONS as usize);
            assert!(found["mean"].is_f64(), "{} is {found}", kpi.name);
        }
        let bend = &json["elements"]["bend"];
        assert_eq!(bend["kind"], "Machine");
        let shares = bend["states"].as_object().unwrap().values().map(|state| state["mean"].as_f64().unwrap());
        assert!((shares.sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(bend["energy_by_state_kwh"]["working"]["mean"].is_f64());
        assert!(bend["assumed"].as_array().unwrap().contains(&"starved".into()));
        assert_eq!(json["expectations"][0]["outcome"], "holds");
    }

    #[test]
    fn what_is_no_number_is_null() {
        let unknown = Estimate::of(None);
        assert_eq!(serde_json::to_string(&unknown).unwrap(), r#"{"mean":null,"half_width":null}"#);
        assert_eq!(serde_json::to_string(&f64::NAN).unwrap(), "null");
    }
}

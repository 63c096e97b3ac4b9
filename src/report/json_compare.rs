//! How lines differ, as JSON: `taktwin/compare/1`.
//!
//! Differences are `scenario - baseline`. Read [`CompareJson`] first; the pieces shared with runs are in `json_parts.rs`.

use super::json_findings::{AttributionJson, RankingJson, TradeoffJson};
use super::json_parts::{
    ChangeJson, ExpectationJson, MoneyJson, PlanJson, PrecisionJson, WarningJson, changes, expectations,
    warnings,
};
use super::losses::LineLossesJson;
use super::parting::PartingJson;
use super::{CompareReport, schema};
use crate::stats::Verdict;
use crate::study::{Comparison, FigureComparison, Judgement, PeriodComparison, Study};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// The name of the contract of a comparison.
pub(super) const COMPARE: &str = "taktwin/compare/1";

/// How lines differ from a baseline.
#[derive(Serialize, JsonSchema)]
pub(super) struct CompareJson<'a> {
    #[schemars(extend("const" = COMPARE))]
    schema: &'static str,
    baseline: String,
    provenance: Option<&'a str>,
    #[serde(flatten)]
    plan: Option<PlanJson>,
    /// How far the precision that was asked for is reached; `null` if none was.
    precision: Option<PrecisionJson>,
    /// What a study expects of the baseline.
    expectations: Vec<ExpectationJson<'a>>,
    /// The answer in words.
    headlines: Vec<String>,
    /// Of three lines or more.
    rankings: Vec<RankingJson<'a>>,
    tradeoff: Option<TradeoffJson<'a>>,
    /// Which change pays; `null` unless it was asked for.
    attribution: Option<AttributionJson<'a>>,
    scenarios: Vec<ScenarioJson<'a>>,
    /// Where the time and the energy of each line went; left out if that was not asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    losses: Vec<LineLossesJson<'a>>,
    /// Those of the baseline.
    warnings: Vec<WarningJson>,
}

impl<'a> CompareJson<'a> {
    pub(super) fn of(report: &'a CompareReport<'a>, all: &'a [String]) -> CompareJson<'a> {
        let base = report.studies.first();
        let mut names = all.iter().cloned();
        let baseline = names.next().unwrap_or_default();
        let found = report.studies.iter().skip(1).zip(report.comparisons).zip(report.judgements);
        CompareJson {
            schema: COMPARE,
            baseline,
            provenance: base.and_then(|base| base.line.provenance.as_deref()),
            plan: base.map(PlanJson::of),
            precision: base.and_then(PrecisionJson::of),
            expectations: expectations(report.base_judgements),
            headlines: report.headlines(),
            rankings: RankingJson::all(report.findings, all),
            attribution: report.findings.attribution.as_ref().map(AttributionJson::of),
            tradeoff: report.findings.tradeoff.as_ref().map(|found| TradeoffJson::of(found, all)),
            scenarios: names
                .zip(found)
                .enumerate()
                .map(|(nth, (name, ((study, comparison), judged)))| ScenarioJson {
                    first_difference: first_difference(report, nth),
                    ..ScenarioJson::of(name, study, comparison, judged)
                })
                .collect(),
            losses: LineLossesJson::all(report),
            warnings: base.map(warnings).unwrap_or_default(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct ScenarioJson<'a> {
    name: String,
    provenance: Option<&'a str>,
    /// The confidence of the differences; higher than that of the means where several lines are compared.
    confidence: f64,
    changes: Vec<ChangeJson<'a>>,
    /// The sum of the costs, by currency.
    cost: Vec<MoneyJson>,
    kpis: IndexMap<String, DifferenceJson>,
    /// Figures of products that both lines have, by product.
    products: IndexMap<&'a str, IndexMap<String, DifferenceJson>>,
    /// Figures of elements that both lines have, by element.
    elements: IndexMap<&'a str, IndexMap<String, DifferenceJson>>,
    /// The key figures by shift, hour or day, of those that both lines have; left out if that was not asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    periods: Vec<PeriodDifferencesJson<'a>>,
    expectations: Vec<ExpectationJson<'a>>,
    /// Where the first replication parts from that of the baseline; `null` if that cannot be compared.
    first_difference: Option<PartingJson<'a>>,
    notes: Vec<String>,
    warnings: Vec<WarningJson>,
}

impl<'a> ScenarioJson<'a> {
    fn of(
        name: String,
        study: &'a Study<'a>,
        comparison: &'a Comparison<'a>,
        judgements: &'a [Judgement<'a>],
    ) -> ScenarioJson<'a> {
        ScenarioJson {
            name,
            provenance: study.line.provenance.as_deref(),
            confidence: comparison.confidence,
            changes: changes(comparison.changes),
            cost: comparison.cost.iter().copied().map(MoneyJson::of).collect(),
            kpis: differences(&comparison.kpis),
            products: by_owner(comparison, "product"),
            elements: by_owner(comparison, "element"),
            periods: comparison.periods.iter().map(PeriodDifferencesJson::of).collect(),
            expectations: expectations(judgements),
            first_difference: None,
            notes: comparison.notes.iter().map(ToString::to_string).collect(),
            warnings: warnings(study),
        }
    }
}

/// How the key figures of one period differ.
#[derive(Serialize, JsonSchema)]
struct PeriodDifferencesJson<'a> {
    name: &'a str,
    kpis: IndexMap<String, DifferenceJson>,
}

impl<'a> PeriodDifferencesJson<'a> {
    fn of(found: &'a PeriodComparison) -> PeriodDifferencesJson<'a> {
        PeriodDifferencesJson { name: &found.name, kpis: differences(&found.kpis) }
    }
}

fn differences(kpis: &[FigureComparison]) -> IndexMap<String, DifferenceJson> {
    kpis.iter().map(|kpi| (kpi.name(), DifferenceJson::of(kpi))).collect()
}

/// Where a line parts from the baseline.
fn first_difference<'a>(report: &'a CompareReport<'_>, nth: usize) -> Option<PartingJson<'a>> {
    PartingJson::of(report.findings.partings.get(nth)?, report.studies.first()?.line)
}

/// The differences of all products or all elements, by name.
fn by_owner<'a>(
    comparison: &'a Comparison<'_>,
    level: &str,
) -> IndexMap<&'a str, IndexMap<String, DifferenceJson>> {
    let mut all: IndexMap<&str, IndexMap<String, DifferenceJson>> = IndexMap::new();
    for found in comparison.others.iter().filter(|found| found.figure.owner.level() == level) {
        let figures = all.entry(found.figure.owner.name()).or_default();
        figures.insert(found.figure.short_name().into_owned(), DifferenceJson::of(found));
    }
    all
}

#[derive(Serialize, JsonSchema)]
struct DifferenceJson {
    unit: Cow<'static, str>,
    #[schemars(extend("enum" = ["higher", "lower", "neither"]))]
    better: &'static str,
    baseline: f64,
    baseline_half_width: Option<f64>,
    mean: f64,
    mean_half_width: Option<f64>,
    difference: f64,
    /// Of the difference.
    half_width: Option<f64>,
    /// 0.1 is ten percent more than the baseline.
    relative: Option<f64>,
    relative_half_width: Option<f64>,
    relative_low: Option<f64>,
    relative_high: Option<f64>,
    correlation: Option<f64>,
    variance_reduction: Option<f64>,
    #[schemars(schema_with = "schema::verdicts")]
    verdict: Verdict,
}

impl DifferenceJson {
    fn of(found: &FigureComparison) -> DifferenceJson {
        let relative = found.relative;
        DifferenceJson {
            unit: found.unit.clone(),
            better: found.figure.better().name(),
            baseline: found.baseline.mean,
            baseline_half_width: found.baseline.half_width,
            mean: found.mean.mean,
            mean_half_width: found.mean.half_width,
            difference: found.difference.mean,
            half_width: found.difference.half_width,
            relative: relative.map(|change| change.mean),
            relative_half_width: relative.and_then(|change| change.half_width()),
            relative_low: relative.and_then(|change| change.low),
            relative_high: relative.and_then(|change| change.high),
            correlation: found.correlation,
            variance_reduction: found.variance_reduction,
            verdict: found.verdict,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{json, sample};
    use serde_json::Value;

    #[test]
    fn a_comparison_has_the_shape_of_the_contract() {
        let text = sample::compare_text(&json::FORMAT);
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (&json["schema"], &json["baseline"]),
            (&"taktwin/compare/1".into(), &"Range hoods, line 3".into())
        );
        let upgrade = &json["scenarios"][0];
        assert_eq!(upgrade["name"], "Faster bending");
        assert_eq!(upgrade["cost"][0]["currency"], "CNY");
        let throughput = &upgrade["kpis"]["throughput"];
        for key in ["baseline", "mean", "difference", "half_width", "relative", "relative_half_width"] {
            assert!(throughput[key].is_f64(), "{key} is {}", throughput[key]);
        }
        assert_eq!(throughput["verdict"], "better");
    }

    #[test]
    fn a_difference_is_scenario_less_baseline() {
        let text = sample::compare_text(&json::FORMAT);
        let json: Value = serde_json::from_str(&text).unwrap();
        let throughput = &json["scenarios"][1]["kpis"]["throughput"];
        let figure = |key: &str| throughput[key].as_f64().unwrap();
        assert!((figure("mean") - figure("baseline") - figure("difference")).abs() < 1e-9);
        assert!(figure("difference") > 0.0);
    }
}

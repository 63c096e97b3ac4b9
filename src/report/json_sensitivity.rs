//! What it would be worth if something of a line were a little better, as JSON.

use super::json_parts::Estimate;
use super::schema;
use crate::equipment::Improvement;
use crate::stats::Verdict;
use crate::study::sensitivity::{Sensitivities, Sensitivity};
use crate::study::{FigureComparison, Warning};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// What the line would gain by each improvement.
#[derive(Serialize, JsonSchema)]
pub(super) struct SensitivitiesJson<'a> {
    /// Of each difference; all those of one figure hold together at that of the plan.
    confidence: f64,
    improvements: Vec<SensitivityJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct SensitivityJson<'a> {
    /// The element or group.
    element: &'a str,
    #[schemars(extend("enum" = Improvement::ALL.map(Improvement::name)))]
    improvement: &'static str,
    figures: IndexMap<String, EffectJson<'a>>,
    /// Why a run did not come to its end; `null` if all did.
    failure: Option<String>,
    /// What stands still for ever in some runs; `null` if nothing does, or if it does in the line as it is.
    standstill: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct EffectJson<'a> {
    unit: &'a str,
    difference: Estimate,
    /// Of 1; `null` where a value is zero or negative.
    change: Estimate,
    #[schemars(schema_with = "schema::verdicts")]
    verdict: Verdict,
}

impl<'a> SensitivitiesJson<'a> {
    pub(super) fn of(found: &'a Sensitivities) -> SensitivitiesJson<'a> {
        let improvements = found.rows.iter().map(SensitivityJson::of).collect();
        SensitivitiesJson { confidence: found.confidence, improvements }
    }
}

impl<'a> SensitivityJson<'a> {
    fn of(row: &'a Sensitivity) -> SensitivityJson<'a> {
        let effects = row.figures.iter().map(|found| (found.name(), EffectJson::of(found)));
        SensitivityJson {
            element: &row.name,
            improvement: row.improvement.name(),
            figures: effects.collect(),
            failure: row.failure.as_ref().map(ToString::to_string),
            standstill: row.standstill.as_ref().map(Warning::seen),
        }
    }
}

impl<'a> EffectJson<'a> {
    fn of(found: &'a FigureComparison) -> EffectJson<'a> {
        EffectJson {
            unit: &found.unit,
            difference: Estimate::of(Some(found.difference)),
            change: Estimate::of(found.change()),
            verdict: found.verdict,
        }
    }
}

//! Pieces of JSON that runs and comparisons share: how it was run, changes, expectations, warnings.
//!
//! Read [`Estimate`] first.

use crate::kpi;
use crate::layout::Compared;
use crate::line::{Change, ExpectedFigure, WarmUpTime};
use crate::stats::Interval;
use crate::study::precision::ReachedTarget;
use crate::study::{Judgement, Study, Warning};
use crate::units::{self, Money};
use schemars::JsonSchema;
use serde::Serialize;

/// A mean with the half width of its interval.
#[derive(Serialize, JsonSchema)]
pub(super) struct Estimate {
    pub(super) mean: Option<f64>,
    pub(super) half_width: Option<f64>,
}

impl Estimate {
    pub(super) fn of(interval: Option<Interval>) -> Estimate {
        Estimate { mean: interval.map(|it| it.mean), half_width: interval.and_then(|it| it.half_width) }
    }
}

/// How the lines were run.
#[derive(Serialize, JsonSchema)]
pub(super) struct PlanJson {
    seed: u64,
    replications: u32,
    confidence: f64,
    window: WindowJson,
    oee_convention: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct WindowJson {
    warm_up_s: f64,
    length_s: f64,
    /// `given`, or `auto` where it was found by the program.
    #[schemars(extend("enum" = ["given", "auto"]))]
    warm_up: &'static str,
}

impl PlanJson {
    pub(super) fn of(study: &Study<'_>) -> PlanJson {
        let plan = &study.plan;
        let warm_up = if plan.warm_up == WarmUpTime::Auto { "auto" } else { "given" };
        PlanJson {
            seed: plan.seed,
            replications: plan.replications,
            confidence: plan.confidence,
            window: WindowJson { warm_up_s: study.warm_up.secs(), length_s: plan.length.secs(), warm_up },
            oee_convention: kpi::OEE_CONVENTION,
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ChangeJson<'a> {
    name: &'a str,
    cost: Option<MoneyJson>,
}

pub(super) fn changes(changes: &[Change]) -> Vec<ChangeJson<'_>> {
    changes
        .iter()
        .map(|change| ChangeJson { name: &change.name, cost: change.cost.map(MoneyJson::of) })
        .collect()
}

#[derive(Serialize, JsonSchema)]
pub(super) struct MoneyJson {
    amount: f64,
    currency: String,
}

impl MoneyJson {
    pub(super) fn of(money: Money) -> MoneyJson {
        MoneyJson { amount: money.amount, currency: units::currency(money.currency) }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ExpectationJson<'a> {
    kpi: String,
    /// `value`, `difference` or `change`.
    #[schemars(extend("enum" = ["value", "difference", "change"]))]
    compared: &'static str,
    /// `at_least`, `at_most` or `between`.
    #[schemars(extend("enum" = ["at_least", "at_most", "between"]))]
    way: &'static str,
    /// The only bound; `null` if there are two.
    bound: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<&'a str>,
    #[serde(flatten)]
    found: Estimate,
    outcome: &'static str,
}

pub(super) fn expectations<'a>(judgements: &'a [Judgement<'a>]) -> Vec<ExpectationJson<'a>> {
    judgements.iter().map(ExpectationJson::of).collect()
}

impl<'a> ExpectationJson<'a> {
    fn of(judgement: &'a Judgement<'a>) -> ExpectationJson<'a> {
        let ExpectedFigure { figure, compared, low, high, .. } = judgement.expectation;
        let way = match (low, high) {
            (Some(_), Some(_)) => "between",
            (Some(_), None) => "at_least",
            (None, _) => "at_most",
        };
        ExpectationJson {
            kpi: figure.name(),
            compared: match compared {
                Compared::Value => "value",
                Compared::Difference => "difference",
                Compared::Change => "change",
            },
            way,
            bound: if way == "between" { None } else { low.or(*high) },
            low: *low,
            high: *high,
            unit: Some(judgement.unit.as_ref()),
            found: Estimate::of(judgement.interval),
            outcome: judgement.holds.words(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct WarningJson {
    code: &'static str,
    seen: String,
    #[serde(rename = "try")]
    advice: String,
}

pub(super) fn warnings(study: &Study<'_>) -> Vec<WarningJson> {
    let one = |warning: &Warning| WarningJson {
        code: warning.code(),
        seen: warning.seen(),
        advice: warning.advice(),
    };
    study.warnings.iter().map(one).collect()
}

/// How far the precision that was asked for is reached.
#[derive(Serialize, JsonSchema)]
pub(super) struct PrecisionJson {
    /// `reached`, `max_replications`, `time_budget` or `out_of_reach`.
    end: &'static str,
    targets: Vec<PrecisionTargetJson>,
}

#[derive(Serialize, JsonSchema)]
struct PrecisionTargetJson {
    figure: String,
    half_width: Option<f64>,
    wanted: Option<f64>,
    needed_replications: Option<usize>,
    reached: bool,
}

impl PrecisionJson {
    pub(super) fn of(study: &Study<'_>) -> Option<PrecisionJson> {
        let report = study.precision.as_ref()?;
        let target = |found: &ReachedTarget| PrecisionTargetJson {
            figure: found.target.figure.name(),
            half_width: found.progress.map(|progress| progress.half_width),
            wanted: found.progress.map(|progress| progress.wanted),
            needed_replications: found.progress.and_then(|progress| progress.needed),
            reached: found.progress.is_some_and(|progress| progress.reached),
        };
        Some(PrecisionJson { end: report.end.name(), targets: report.targets.iter().map(target).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_null() {
        let unknown = Estimate::of(None);
        assert_eq!(serde_json::to_string(&unknown).unwrap(), r#"{"mean":null,"half_width":null}"#);
        let infinite = Interval { mean: f64::INFINITY, half_width: Some(f64::NAN), n: 2 };
        let text = serde_json::to_string(&Estimate::of(Some(infinite))).unwrap();
        assert_eq!(text, r#"{"mean":null,"half_width":null}"#);
    }

    #[test]
    fn money_is_an_amount_and_a_currency() {
        let money = MoneyJson::of(Money { amount: 2.4e6, currency: *b"CNY" });
        assert_eq!(serde_json::to_string(&money).unwrap(), r#"{"amount":2400000.0,"currency":"CNY"}"#);
    }
}

//! What a comparison shows of several lines, as JSON: their ranks, the trade-off between figures, and which change pays.

use super::json_parts::Estimate;
use crate::study::attribution::{Attribution, FigureAttribution};
use crate::study::{Findings, LineRanking, Tradeoff};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// The lines in the order of one figure.
#[derive(Serialize, JsonSchema)]
pub(super) struct RankingJson<'a> {
    figure: String,
    unit: Cow<'a, str>,
    /// Of each difference between two lines; all hold together at that of the plan.
    confidence: f64,
    lines: Vec<RankJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct RankJson<'a> {
    line: &'a str,
    #[serde(flatten)]
    mean: Estimate,
    first_rank: usize,
    last_rank: usize,
    may_be_best: bool,
}

impl<'a> RankingJson<'a> {
    pub(super) fn all(findings: &'a Findings, names: &'a [String]) -> Vec<RankingJson<'a>> {
        findings.rankings.iter().map(|found| RankingJson::of(found, names)).collect()
    }

    fn of(found: &'a LineRanking, names: &'a [String]) -> RankingJson<'a> {
        let lines = found.rows.iter().map(|row| RankJson {
            line: &names[row.number],
            mean: Estimate::of(Some(row.mean)),
            first_rank: row.first,
            last_rank: row.last,
            may_be_best: row.may_be_best(),
        });
        let (figure, unit) = (found.figure.name(), Cow::Borrowed(found.unit.as_ref()));
        RankingJson { figure, unit, confidence: found.confidence, lines: lines.collect() }
    }
}

/// Which lines no other beats in several figures at once.
#[derive(Serialize, JsonSchema)]
pub(super) struct TradeoffJson<'a> {
    figures: Vec<String>,
    confidence: f64,
    lines: IndexMap<&'a str, TradeoffRowJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct TradeoffRowJson<'a> {
    means: Vec<Estimate>,
    on_front: bool,
    beaten_by: Vec<&'a str>,
}

impl<'a> TradeoffJson<'a> {
    pub(super) fn of(found: &'a Tradeoff, names: &'a [String]) -> TradeoffJson<'a> {
        let row = |row: &'a crate::study::TradeoffRow| TradeoffRowJson {
            means: row.means.iter().map(|mean| Estimate::of(Some(*mean))).collect(),
            on_front: row.on_front,
            beaten_by: row.beaten_by.iter().map(|other| names[*other].as_str()).collect(),
        };
        TradeoffJson {
            figures: found.figures.iter().map(|figure| figure.name()).collect(),
            confidence: found.confidence,
            lines: names.iter().map(String::as_str).zip(found.rows.iter().map(row)).collect(),
        }
    }
}

/// Which change pays.
#[derive(Serialize, JsonSchema)]
pub(super) struct AttributionJson<'a> {
    /// Changes that cannot be made without each other are together.
    groups: &'a [Vec<String>],
    /// Whether all orders were averaged; else orders were drawn.
    exact: bool,
    lines: usize,
    figures: IndexMap<String, FigureAttributionJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct FigureAttributionJson<'a> {
    unit: &'a str,
    total: Estimate,
    /// In the order of `groups`.
    shares: Vec<ChangeShareJson>,
    interactions: Vec<InteractionJson>,
}

#[derive(Serialize, JsonSchema)]
struct ChangeShareJson {
    alone: Estimate,
    lost_without: Estimate,
    share: Estimate,
}

#[derive(Serialize, JsonSchema)]
struct InteractionJson {
    /// The numbers of two groups, from 0.
    groups: (usize, usize),
    #[serde(flatten)]
    effect: Estimate,
}

impl<'a> AttributionJson<'a> {
    pub(super) fn of(found: &'a Attribution) -> AttributionJson<'a> {
        let figures = found.figures.iter().map(|one| (one.figure.name(), FigureAttributionJson::of(one)));
        let Attribution { groups, exact, lines, .. } = found;
        AttributionJson { groups, exact: *exact, lines: *lines, figures: figures.collect() }
    }
}

impl<'a> FigureAttributionJson<'a> {
    fn of(found: &'a FigureAttribution) -> FigureAttributionJson<'a> {
        let estimate = |found| Estimate::of(Some(found));
        let shares = found.shares.iter().map(|share| ChangeShareJson {
            alone: estimate(share.alone),
            lost_without: estimate(share.last),
            share: estimate(share.share),
        });
        let interactions = found.interactions.iter();
        FigureAttributionJson {
            unit: &found.unit,
            total: estimate(found.total),
            shares: shares.collect(),
            interactions: interactions
                .map(|it| InteractionJson { groups: it.groups, effect: estimate(it.effect) })
                .collect(),
        }
    }
}

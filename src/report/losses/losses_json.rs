//! The losses of a line as JSON: a part of the results of a run and of a comparison.

use crate::line::Line;
use crate::losses::{LossKind, Root, RootReason};
use crate::report::CompareReport;
use crate::report::json_parts::Estimate;
use crate::report::json_sensitivity::SensitivitiesJson;
use crate::study::Study;
use crate::study::losses::{LineLosses, LossBranch, LossCause, LossChange, LossFigures, LossScope};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// Where the time and the energy of a line went.
#[derive(Serialize, JsonSchema)]
pub struct LossesJson<'a> {
    /// Of all elements that have a state, each counted as one; the shares add up to 1.
    line: Vec<LossJson<'a>>,
    /// What makes the line lose time, the most first.
    causes: Vec<CauseJson<'a>>,
    /// Of each of these elements.
    elements: IndexMap<&'a str, Vec<LossJson<'a>>>,
    /// What the line would gain without a cause; left out if that was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    without: Option<SensitivitiesJson<'a>>,
}

/// The losses of one of the lines that are compared.
#[derive(Serialize, JsonSchema)]
pub struct LineLossesJson<'a> {
    name: String,
    #[serde(flatten)]
    losses: LossesJson<'a>,
    /// How they differ from those of the baseline, after less before; left out for the baseline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<LossChangeJson>,
}

#[derive(Serialize, JsonSchema)]
struct LossChangeJson {
    /// Work on good parts, rework, work on scrap, or a state.
    #[schemars(extend("enum" = LossKind::names()))]
    loss: &'static str,
    #[serde(flatten)]
    difference: LossFiguresJson,
}

#[derive(Serialize, JsonSchema)]
struct LossJson<'a> {
    /// Work on good parts, rework, work on scrap, or a state.
    #[schemars(extend("enum" = LossKind::names()))]
    loss: &'static str,
    #[serde(flatten)]
    figures: LossFiguresJson,
    /// To whom it is due; left out unless the elements waited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    because_of: Vec<BecauseJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct LossFiguresJson {
    /// Of the time in the window, from 0 to 1.
    share: Estimate,
    energy_kwh: Estimate,
}

#[derive(Serialize, JsonSchema)]
struct RootJson<'a> {
    element: &'a str,
    /// A state, or why it gives or takes nothing.
    #[schemars(extend("enum" = RootReason::names()))]
    reason: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct BecauseJson<'a> {
    #[serde(flatten)]
    root: RootJson<'a>,
    #[serde(flatten)]
    figures: LossFiguresJson,
}

#[derive(Serialize, JsonSchema)]
struct CauseJson<'a> {
    #[serde(flatten)]
    root: RootJson<'a>,
    /// What it costs the element itself, of the time of all elements.
    itself: Estimate,
    /// How much others are starved because of it.
    starved: Estimate,
    /// How much others are blocked because of it.
    blocked: Estimate,
    together: Estimate,
    /// Drawn meanwhile.
    energy_kwh: Estimate,
}

impl<'a> LossesJson<'a> {
    pub fn of(study: &Study<'a>, losses: &'a LineLosses) -> LossesJson<'a> {
        let line = study.line;
        let tree =
            |scope| losses.tree(scope, usize::MAX).iter().map(|branch| LossJson::of(line, branch)).collect();
        let element = |slot: crate::event::Slot| {
            (line.elements[slot.index()].name.as_str(), tree(LossScope::Element(slot)))
        };
        LossesJson {
            line: tree(LossScope::Line),
            causes: losses.causes().iter().map(|cause| CauseJson::of(line, cause)).collect(),
            elements: losses.elements().map(element).collect(),
            without: losses.gains.as_ref().map(SensitivitiesJson::of),
        }
    }
}

impl<'a> LineLossesJson<'a> {
    /// Those of all lines that are compared.
    pub fn all(report: &'a CompareReport<'a>) -> Vec<LineLossesJson<'a>> {
        let none = std::iter::once(Vec::new());
        let changes = none.chain(report.loss_changes().map(|(_, changes)| changes));
        let of_line =
            |((name, study, losses), changes): ((String, &Study<'a>, &'a LineLosses), Vec<LossChange>)| {
                let differences = changes.iter().map(LossChangeJson::of).collect();
                LineLossesJson { name, losses: LossesJson::of(study, losses), differences }
            };
        report.losses().zip(changes).map(of_line).collect()
    }
}

impl LossChangeJson {
    fn of(change: &LossChange) -> LossChangeJson {
        let share = Estimate::of(Some(change.shares.difference));
        let energy_kwh = Estimate::of(change.kwh.map(|kwh| kwh.difference));
        LossChangeJson { loss: change.kind.name(), difference: LossFiguresJson { share, energy_kwh } }
    }
}

impl<'a> LossJson<'a> {
    fn of(line: &'a Line, branch: &LossBranch) -> LossJson<'a> {
        let because = |(root, figures): &(Root, LossFigures)| BecauseJson {
            root: RootJson::of(line, *root),
            figures: LossFiguresJson::of(figures),
        };
        LossJson {
            loss: branch.kind.name(),
            figures: LossFiguresJson::of(&branch.all),
            because_of: branch.roots.iter().map(because).collect(),
        }
    }
}

impl LossFiguresJson {
    fn of(figures: &LossFigures) -> LossFiguresJson {
        LossFiguresJson { share: Estimate::of(Some(figures.share)), energy_kwh: Estimate::of(figures.kwh) }
    }
}

impl<'a> RootJson<'a> {
    fn of(line: &'a Line, root: Root) -> RootJson<'a> {
        RootJson { element: &line.elements[root.element.index()].name, reason: root.reason.name() }
    }
}

impl<'a> CauseJson<'a> {
    fn of(line: &'a Line, found: &LossCause) -> CauseJson<'a> {
        let [itself, starved, blocked, together] = found.shares().map(|share| Estimate::of(Some(share)));
        let root = RootJson::of(line, found.root);
        CauseJson { root, itself, starved, blocked, together, energy_kwh: Estimate::of(found.kwh) }
    }
}

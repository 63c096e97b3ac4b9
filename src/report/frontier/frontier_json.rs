//! A frontier as JSON: `taktwin/frontier/1`.

use super::FrontierReport;
use crate::report::json::pretty;
use crate::report::json_parts::{Estimate, PlanJson, WarningJson, warnings};
use crate::report::schema;
use crate::report::words::Lang;
use crate::stats::Verdict;
use crate::study::FigureComparison;
use crate::study::frontier::{BestSetting, ChosenOptions, Frontier, LossLimit, SearchEnd, SettingComparison};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// The name of the contract of a frontier.
pub(in crate::report) const FRONTIER: &str = "taktwin/frontier/1";

/// A frontier for programs.
pub fn write(report: &FrontierReport<'_>) -> String {
    pretty(&FrontierJson::of(report))
}

/// The settings of a line, and the best of them.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct FrontierJson<'a> {
    #[schemars(extend("const" = FRONTIER))]
    schema: &'static str,
    line: &'a str,
    provenance: Option<&'a str>,
    /// What was found, in sentences.
    headlines: Vec<String>,
    #[serde(flatten)]
    plan: PlanJson,
    cost: WeighedJson,
    gain: WeighedJson,
    limit: LimitJson,
    choices: Vec<ChoiceJson<'a>>,
    /// How many settings there are.
    possible: u64,
    /// Why no more settings were evaluated.
    #[schemars(extend("enum" = SearchEnd::ALL.map(SearchEnd::name)))]
    end: &'static str,
    /// Those that were evaluated, in order; the first is the baseline.
    settings: Vec<SettingJson<'a>>,
    /// `null` if no setting within the limit is better than the baseline.
    best: Option<BestJson<'a>>,
    warnings: Vec<WarningJson>,
}

/// A figure that is weighed.
#[derive(Serialize, JsonSchema)]
struct WeighedJson {
    figure: String,
    unit: String,
    #[schemars(extend("enum" = ["higher", "lower"]))]
    better: &'static str,
}

/// How much gain may be lost.
#[derive(Serialize, JsonSchema)]
struct LimitJson {
    /// Of the baseline's gain; `null` if the limit is an amount.
    share: Option<f64>,
    /// In the unit of the gain.
    amount: f64,
}

#[derive(Serialize, JsonSchema)]
struct ChoiceJson<'a> {
    path: &'a str,
    /// Those that differ from the file and from each other.
    options: &'a [String],
}

#[derive(Serialize, JsonSchema)]
struct SettingJson<'a> {
    /// The fields that it changes.
    set: IndexMap<&'a str, &'a str>,
    /// Whether no other setting beats it by the means.
    on_frontier: bool,
    /// Why it has no figures; `null` if it has.
    left_out: Option<&'a str>,
    cost: Option<WeighedComparisonJson>,
    gain: Option<WeighedComparisonJson>,
}

/// The setting that costs least within the limit.
#[derive(Serialize, JsonSchema)]
struct BestJson<'a> {
    set: IndexMap<&'a str, &'a str>,
    /// Its place in `settings`.
    number: usize,
    /// What it came to on fresh random numbers, which is the figure to report.
    fresh: FreshJson,
    /// Whether it is better there too, and within the limit.
    confirmed: bool,
}

#[derive(Serialize, JsonSchema)]
struct FreshJson {
    seed: u64,
    /// Why there are no figures; `null` if there are.
    failure: Option<String>,
    cost: Option<WeighedComparisonJson>,
    gain: Option<WeighedComparisonJson>,
}

/// How a figure compares with the baseline.
#[derive(Serialize, JsonSchema)]
struct WeighedComparisonJson {
    baseline: Estimate,
    mean: Estimate,
    difference: Estimate,
    /// Of 1; `null` where a value is zero or negative.
    change: Estimate,
    #[schemars(schema_with = "schema::verdicts")]
    verdict: Verdict,
}

impl<'a> FrontierJson<'a> {
    fn of(report: &FrontierReport<'a>) -> FrontierJson<'a> {
        let (study, frontier) = (report.study, report.frontier);
        let request = &frontier.request;
        let share = match request.limit {
            LossLimit::Share(share) => Some(share),
            LossLimit::Amount(_) => None,
        };
        let weighed = |figure: &crate::kpi::Figure| WeighedJson {
            figure: figure.name(),
            unit: figure.unit_in(study.line).into_owned(),
            better: figure.better().name(),
        };
        let choice = |choice: &'a crate::study::frontier::Choice| ChoiceJson {
            path: &choice.path,
            options: &choice.options,
        };
        FrontierJson {
            schema: FRONTIER,
            line: &study.line.name,
            provenance: study.line.provenance.as_deref(),
            headlines: report.answer(Lang::En),
            plan: PlanJson::of(study),
            cost: weighed(&request.figures.cost),
            gain: weighed(&request.figures.gain),
            limit: LimitJson { share, amount: frontier.limit() },
            choices: request.space.choices.iter().map(choice).collect(),
            possible: request.space.count(),
            end: frontier.end.name(),
            settings: (0..frontier.settings.len()).map(|number| setting(frontier, number)).collect(),
            best: frontier.best.as_ref().map(|best| best_of(frontier, best)),
            warnings: warnings(study),
        }
    }
}

fn set<'a>(frontier: &'a Frontier, chosen: &'a ChosenOptions) -> IndexMap<&'a str, &'a str> {
    frontier.request.space.values(chosen).collect()
}

fn setting(frontier: &Frontier, number: usize) -> SettingJson<'_> {
    let one = &frontier.settings[number];
    let found = one.found.as_ref();
    SettingJson {
        set: set(frontier, &one.chosen),
        on_frontier: frontier.front.contains(&number),
        left_out: found.err().map(String::as_str),
        cost: found.ok().map(|found| compared(&found.cost)),
        gain: found.ok().map(|found| compared(&found.gain)),
    }
}

fn best_of<'a>(frontier: &'a Frontier, best: &'a BestSetting) -> BestJson<'a> {
    let part =
        |of: fn(&SettingComparison) -> &FigureComparison| best.fresh.as_ref().ok().map(|it| compared(of(it)));
    BestJson {
        set: set(frontier, &frontier.settings[best.number].chosen),
        number: best.number,
        fresh: FreshJson {
            seed: best.seed,
            failure: best.fresh.as_ref().err().cloned(),
            cost: part(|found| &found.cost),
            gain: part(|found| &found.gain),
        },
        confirmed: best.is_confirmed,
    }
}

fn compared(found: &FigureComparison) -> WeighedComparisonJson {
    WeighedComparisonJson {
        baseline: Estimate::of(Some(found.baseline)),
        mean: Estimate::of(Some(found.mean)),
        difference: Estimate::of(Some(found.difference)),
        change: Estimate::of(found.change()),
        verdict: found.verdict,
    }
}

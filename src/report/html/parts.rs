//! Pieces that sections share: the headline, intervals in words, the unit of a time axis, the frame of a chart.
//!
//! Read [`headline`] first.

use super::chart::escaped;
use super::template::fill;
use super::words::{Lang, Phrase};
use super::{PageLine, PageReport};
use crate::kpi::{self, Kpi};
use crate::report::text::{expected, interval};
use crate::stats::{Interval, Verdict};
use crate::study::{Comparison, FigureComparison, Holds, Judgement, Study};
use crate::units;
use minijinja::{Value, context};

const HEADLINE: &str = r#"{% for one in lines %}<p class="headline">{{ one.sentence }}</p>
{% if one.chips %}<ul class="chips">{% for chip in one.chips %}<li class="chip {{ chip.class }}">{{ chip.text }}</li>{% endfor %}</ul>
{% endif %}{% endfor %}"#;

/// The figures whose verdicts stand below the headline.
const CHIPS: [&str; 5] = ["throughput", "lead_time", "wip", "energy_per_good_part", "peak_power_15min"];

/// One sentence or two that say what was found, and the verdicts.
pub(super) fn headline(report: &PageReport<'_>) -> String {
    let names = report.names();
    let judged = |nth: usize| report.judgements.get(nth).map_or(&[][..], Vec::as_slice);
    let lines: Vec<Value> = match report.comparisons {
        [] => {
            let sentence = sentence_of_run(&report.studies[0], &names[0], report.lang);
            vec![context! { sentence, chips => expectation_chips(judged(0), report.lang) }]
        }
        comparisons => comparisons
            .iter()
            .zip(&names[1..])
            .enumerate()
            .map(|(nth, (comparison, name))| {
                let sentence = sentence_of_comparison(comparison, name, report.lang);
                let mut chips = verdict_chips(comparison, report.lang);
                chips.extend(expectation_chips(judged(nth), report.lang));
                context! { sentence, chips }
            })
            .collect(),
    };
    fill(HEADLINE, context! { lines })
}

fn sentence_of_run(study: &Study<'_>, name: &str, lang: Lang) -> String {
    let found = |name: &str| {
        let kpi = kpi::named(name)?;
        Some((study.interval(kpi)?, kpi.unit_in(study.line)))
    };
    let mut text = match found("throughput") {
        Some((found, _)) => lang.fill(Phrase::Makes, &[name, &interval(&found)]),
        None => name.to_owned(),
    };
    if let Some((found, unit)) = found("energy_per_good_part") {
        text += " ";
        text += &lang.fill(Phrase::EnergyIs, &[&units::with_unit(&interval(&found), &unit)]);
    }
    text
}

fn sentence_of_comparison(comparison: &Comparison<'_>, name: &str, lang: Lang) -> String {
    let found = |name: &str| comparison.kpis.iter().find(|found| found.name() == name);
    let mut sentences = Vec::new();
    if let Some(kpi) = found("throughput") {
        let (after, before) = (units::number(kpi.mean.mean), units::number(kpi.baseline.mean));
        let values = [name, &after, &before, &change(kpi), lang.verdict(kpi.verdict)];
        sentences.push(lang.fill(Phrase::MakesInstead, &values));
    }
    if let Some(kpi) = found("energy_per_good_part") {
        let mean = |of: &Interval| units::with_unit(&units::number(of.mean), &kpi.unit);
        let values = [mean(&kpi.mean), mean(&kpi.baseline), change(kpi)];
        sentences.push(lang.fill(Phrase::EnergyOfPart, &values));
    }
    if !comparison.cost.is_empty() {
        let cost: Vec<String> = comparison.cost.iter().map(ToString::to_string).collect();
        sentences.push(lang.fill(Phrase::Costs, &[&cost.join(" + ")]));
    }
    sentences.join(" ")
}

/// The relative change with its interval, or the difference where there is no relative one.
pub(super) fn change(found: &FigureComparison) -> String {
    let (mean, half_width, unit) = match found.relative {
        Some(change) => (change.mean * 100.0, change.half_width().map(|half| half * 100.0), "%"),
        None => (found.difference.mean, found.difference.half_width, found.unit.as_ref()),
    };
    let text = units::with_unit(&interval(&Interval { mean, half_width, n: found.difference.n }), unit);
    if mean > 0.0 { format!("+{text}") } else { text }
}

/// The class of a verdict in the style of the page.
pub(super) fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "good",
        Verdict::Worse => "bad",
        Verdict::Different => "differs",
        Verdict::NoDifferenceSeen | Verdict::TooFewRuns => "open",
    }
}

/// The same of an outcome.
pub(super) fn holds_class(holds: Holds) -> &'static str {
    match holds {
        Holds::Holds => "good",
        Holds::Fails => "bad",
        Holds::Inconclusive => "open",
    }
}

fn verdict_chips(comparison: &Comparison<'_>, lang: Lang) -> Vec<Value> {
    let shown = CHIPS.iter().filter_map(|name| comparison.kpis.iter().find(|found| found.name() == *name));
    let chip = |found: &FigureComparison| {
        let sign = match found.verdict {
            Verdict::Better | Verdict::Worse | Verdict::Different if found.difference.mean > 0.0 => "▲ ",
            Verdict::Better | Verdict::Worse | Verdict::Different => "▼ ",
            Verdict::NoDifferenceSeen | Verdict::TooFewRuns => "",
        };
        let text = format!("{} {sign}{}", lang.figure(&found.figure), lang.verdict(found.verdict));
        context! { class => verdict_class(found.verdict), text }
    };
    shown.map(chip).collect()
}

fn expectation_chips(judgements: &[Judgement<'_>], lang: Lang) -> Vec<Value> {
    let chip = |judgement: &Judgement<'_>| {
        let text = format!("{}: {}", expected(judgement), lang.holds(judgement.holds));
        context! { class => holds_class(judgement.holds), text }
    };
    judgements.iter().map(chip).collect()
}

/// A mean with its half width below it, as HTML.
pub(super) fn stacked_cell(found: Option<&Interval>, lang: Lang) -> String {
    let text = found.map_or_else(|| lang.say(Phrase::Unknown).to_owned(), interval);
    match text.split_once(" ± ") {
        Some((mean, half)) => format!("{mean}<small>± {half}</small>"),
        None => text,
    }
}

/// The unit of a time axis: its size in seconds, and its sign.
pub(super) fn time_unit(longest_secs: f64) -> (f64, &'static str) {
    match longest_secs {
        ..300.0 => (1.0, "s"),
        ..10_800.0 => (60.0, "min"),
        ..345_600.0 => (3600.0, "h"),
        _ => (86_400.0, "d"),
    }
}

/// A chart with a heading and a note.
pub(super) fn figure(heading: &str, chart: &str, note: &str) -> String {
    let note =
        if note.is_empty() { String::new() } else { format!("<p class=\"note\">{}</p>", escaped(note)) };
    format!(
        "<figure><figcaption>{}</figcaption><div class=\"scroll\">{chart}</div>{note}</figure>\n",
        escaped(heading)
    )
}

/// A heading for charts of one line, where there are several lines.
pub(super) fn with_name(heading: &str, line: &PageLine<'_>, report: &PageReport<'_>) -> String {
    if report.is_comparison() { format!("{heading}: {}", line.name) } else { heading.to_owned() }
}

/// The values of a KPI in all replications that have one, and their mean.
pub(super) fn found_values(study: &Study<'_>, kpi: &Kpi) -> Option<(Vec<f64>, Interval)> {
    Some((study.values(kpi).into_iter().flatten().collect(), study.interval(kpi)?))
}

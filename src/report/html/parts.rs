//! Pieces that sections share: the headline, intervals in words, the unit of a time axis, the frame of a chart.
//!
//! Read [`headline`] first.

use super::chart::escaped;
use super::template::fill;
use super::{PageLine, PageReport};
use crate::kpi::Kpi;
use crate::report::headline::headlines;
use crate::report::text::interval;
use crate::report::words::{Lang, Phrase};
use crate::stats::{Interval, Verdict};
use crate::study::{Comparison, FigureComparison, Holds, Judgement, Study};
use crate::units;
use minijinja::{Value, context};

const HEADLINE: &str = r#"{% for one in lines %}<p class="headline">{{ one.sentence }}</p>
{% if one.chips %}<ul class="chips">{% for chip in one.chips %}<li class="chip {{ chip.class }}">{{ chip.text }}</li>{% endfor %}</ul>
{% endif %}{% endfor %}"#;

/// The figures whose verdicts stand below the headline.
const CHIPS: [&str; 6] =
    ["throughput", "lead_time", "wip", "energy_per_good_part", "energy_cost", "peak_power_15min"];

/// The sentences that say what was found, and below each the verdicts.
pub(super) fn headline(report: &PageReport<'_>) -> String {
    let (lang, names) = (report.lang, report.names());
    let said = headlines(&names, report.studies, report.comparisons, report.findings);
    // A ranking comes before the lines that it ranks.
    let ranked = said.len().saturating_sub(report.comparisons.len().max(1));
    let lines = said.iter().enumerate().map(|(nth, one)| {
        let chips = nth.checked_sub(ranked).map_or_else(Vec::new, |nth| chips_of(report, nth));
        context! { sentence => one.in_words(lang), chips }
    });
    fill(HEADLINE, context! { lines => lines.collect::<Vec<Value>>() })
}

/// The verdicts on a line against the baseline, or of the one line on its expectations.
fn chips_of(report: &PageReport<'_>, nth: usize) -> Vec<Value> {
    let verdicts = report.comparisons.get(nth).map_or_else(Vec::new, |it| verdict_chips(it, report.lang));
    let judged = report.judgements.get(nth).map_or(&[][..], Vec::as_slice);
    verdicts.into_iter().chain(expectation_chips(judged, report.lang)).collect()
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
        let values = [lang.expected(judgement), lang.holds(judgement.holds).to_owned()];
        let text = lang.fill(Phrase::Named, &values);
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
    match report.is_comparison() {
        true => report.lang.fill(Phrase::Named, &[heading, &line.name]),
        false => heading.to_owned(),
    }
}

/// The values of a KPI in all replications that have one, and their mean.
pub(super) fn found_values(study: &Study<'_>, kpi: &Kpi) -> Option<(Vec<f64>, Interval)> {
    Some((study.values(kpi).into_iter().flatten().collect(), study.interval(kpi)?))
}

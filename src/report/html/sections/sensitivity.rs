//! What it would be worth if something of a line were a little better: for each figure the largest gains as intervals, and a table.
//!
//! The section is left out unless that was asked for.

use super::PageSection;
use super::decision::table;
use crate::report::html::PageReport;
use crate::report::html::chart::{ForestRow, escaped, forest};
use crate::report::html::parts::{figure, verdict_class};
use crate::report::text::{signed_interval, signed_per_cent};
use crate::report::words::{Lang, Phrase};
use crate::study::FigureComparison;
use crate::study::sensitivity::{Sensitivities, Sensitivity};
use crate::units;

pub(super) static SECTION: PageSection = PageSection {
    name: "sensitivity",
    about: "with `--sensitivity` what a little better would be worth",
    title: Phrase::Sensitivity,
    write,
};

/// So many gains has a chart.
const CHARTED: usize = 10;
/// So many rows has a table at least, if there are as many.
const LISTED: usize = 10;

fn write(report: &PageReport<'_>) -> String {
    let Some(found) = &report.findings.sensitivities else { return String::new() };
    let note = |text: String| format!("<p class=\"note\">{}</p>\n", escaped(&text));
    if found.rows.is_empty() {
        return note(report.lang.say(Phrase::NothingBetter).to_owned());
    }
    let title = |of: &FigureComparison| report.lang.fill(Phrase::GainIn, &[&report.lang.figure(&of.figure)]);
    let charts = found.figures().into_iter().map(|figure| of_figure(found, figure, &title(figure), report));
    let troubles = found.rows.iter().filter_map(|row| trouble(row, report.lang).map(note));
    charts.chain(troubles).collect()
}

/// What went wrong with an improvement.
fn trouble(row: &Sensitivity, lang: Lang) -> Option<String> {
    let trouble = lang.trouble(row)?;
    Some(lang.fill(Phrase::IfThisFails, &[&row.name, lang.improvement(row.improvement), &trouble]))
}

/// The gains in one figure below a title, those that are seen first.
pub(super) fn of_figure(
    found: &Sensitivities,
    of: &FigureComparison,
    title: &str,
    report: &PageReport<'_>,
) -> String {
    let lang = report.lang;
    let (all, same) = found.by_gain(&of.figure);
    let (shown, hidden) = all.split_at((all.len() - same).max(LISTED).min(all.len()));
    let rows: Vec<Vec<String>> = shown.iter().map(|(row, effect)| cells(row, effect, lang)).collect();
    let heads = [
        lang.say(Phrase::IfThis).to_owned(),
        lang.say(Phrase::WereBetter).to_owned(),
        format!("{}, {}", lang.say(Phrase::Difference), lang.unit(&of.unit)),
        lang.say(Phrase::Change).to_owned(),
        lang.say(Phrase::Verdict).to_owned(),
    ];
    let percents =
        [found.confidence, report.studies[0].plan.confidence].map(|one| units::number(one * 100.0));
    let mut notes = vec![lang.fill(Phrase::SensitivityNote, &percents)];
    if !hidden.is_empty() {
        notes.push(lang.fill(Phrase::NoGainSeen, &[units::number(hidden.len() as f64)]));
    }
    let bars: Vec<ForestRow> =
        shown.iter().take(CHARTED).filter_map(|(row, it)| bar(row, it, lang)).collect();
    let chart = match bars.is_empty() {
        true => String::new(),
        false => figure(title, &forest(&bars, title, lang.say(Phrase::ForestAxis)), ""),
    };
    // The chart has the title.
    let title = if bars.is_empty() { title } else { "" };
    chart + &table(title, &heads, &rows, &notes)
}

fn cells(row: &Sensitivity, effect: &FigureComparison, lang: Lang) -> Vec<String> {
    vec![
        row.name.clone(),
        lang.improvement(row.improvement).to_owned(),
        signed_interval(&effect.difference),
        effect.change().map_or_else(String::new, signed_per_cent),
        lang.verdict(effect.verdict).to_owned(),
    ]
}

/// The change relative to the line as it is; none if a value is zero or negative.
fn bar(row: &Sensitivity, effect: &FigureComparison, lang: Lang) -> Option<ForestRow> {
    let change = effect.change()?;
    Some(ForestRow {
        name: format!("{}: {}", lang.improvement(row.improvement), row.name),
        mean: change.mean,
        ends: change.low().zip(change.high()),
        verdict: (verdict_class(effect.verdict), lang.verdict(effect.verdict)),
        value: signed_per_cent(change),
    })
}

//! A frontier as CSV: a row for each setting that was evaluated, then the baseline and the best on fresh random numbers.

use super::FrontierReport;
use crate::study::FigureComparison;
use crate::study::frontier::{ChosenOptions, SettingComparison};

/// The columns behind those of the choices; the last says why a setting has no figures.
const COLUMNS: [&str; 4] = ["random_numbers", "on_frontier", "best", "left_out"];

/// What is written of each figure.
const OF_FIGURE: [&str; 6] = ["unit", "mean", "half_width", "difference", "difference_half_width", "verdict"];

/// A frontier for spreadsheets. A field that a setting does not change is empty.
pub fn write(report: &FrontierReport<'_>) -> String {
    let mut rows = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have as many fields.
    let _ = rows.write_record(head(report));
    let frontier = report.frontier;
    for (number, one) in frontier.settings.iter().enumerate() {
        let (is_on, is_best) = (frontier.front.contains(&number), report.is_best(number));
        let found = one.found.as_ref();
        let marks = [
            yes(true, "search"),
            yes(is_on, "yes"),
            yes(is_best, "yes"),
            found.err().cloned().unwrap_or_default(),
        ];
        let _ = rows.write_record(row(report, &one.chosen, marks, found.ok().map(after)));
    }
    let best = frontier.best.as_ref().and_then(|best| Some((best.number, best.fresh.as_ref().ok()?)));
    if let Some((number, found)) = best {
        let baseline = frontier.request.space.baseline();
        let chosen = &frontier.settings[number].chosen;
        for (chosen, is_best, figures) in [(&baseline, false, before(found)), (chosen, true, after(found))] {
            let marks = [yes(true, "fresh"), String::new(), yes(is_best, "yes"), String::new()];
            let _ = rows.write_record(row(report, chosen, marks, Some(figures)));
        }
    }
    String::from_utf8(rows.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn yes(holds: bool, word: &str) -> String {
    if holds { word.to_owned() } else { String::new() }
}

fn head(report: &FrontierReport<'_>) -> Vec<String> {
    let request = &report.frontier.request;
    let paths = request.space.choices.iter().map(|choice| choice.path.clone());
    let figures = [request.figures.cost.name(), request.figures.gain.name()];
    let figures = figures.iter().flat_map(|name| OF_FIGURE.iter().map(move |what| format!("{name}_{what}")));
    paths.chain(COLUMNS.map(str::to_owned)).chain(figures).collect()
}

fn row(
    report: &FrontierReport<'_>,
    chosen: &ChosenOptions,
    marks: [String; 4],
    figures: Option<Vec<String>>,
) -> Vec<String> {
    let value = |(choice, option): (&crate::study::frontier::Choice, &usize)| {
        option.checked_sub(1).map_or_else(String::new, |nth| choice.options[nth].clone())
    };
    let values = report.frontier.request.space.choices.iter().zip(&chosen.0).map(value);
    let figures = figures.unwrap_or_else(|| vec![String::new(); 2 * OF_FIGURE.len()]);
    values.chain(marks).chain(figures).collect()
}

/// The figures of a setting.
fn after(found: &SettingComparison) -> Vec<String> {
    let of = |one: &FigureComparison| {
        [
            one.unit.to_string(),
            one.mean.mean.to_string(),
            width(one.mean.half_width),
            one.difference.mean.to_string(),
            width(one.difference.half_width),
            one.verdict.to_string(),
        ]
    };
    [of(&found.cost), of(&found.gain)].concat()
}

/// The figures of the baseline of a comparison.
fn before(found: &SettingComparison) -> Vec<String> {
    let none = String::new;
    let of = |one: &FigureComparison| {
        let (mean, half_width) = (one.baseline.mean.to_string(), width(one.baseline.half_width));
        [one.unit.to_string(), mean, half_width, none(), none(), none()]
    };
    [of(&found.cost), of(&found.gain)].concat()
}

fn width(half_width: Option<f64>) -> String {
    half_width.map_or_else(String::new, |half_width| half_width.to_string())
}

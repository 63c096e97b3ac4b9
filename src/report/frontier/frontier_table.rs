//! A frontier for people: the answer, then the baseline and the settings that no other beats, each figure with its difference.

use super::{FrontierReport, FrontierRow, relative, settings};
use crate::report::table::{TableColumn, grid, paragraphs, title, warnings};
use crate::report::text::{TextStyle, interval, labelled, signed_interval, wrapped};
use crate::report::words::{Lang, Phrase};
use crate::study::FigureComparison;

/// A frontier for people.
pub fn write(report: &FrontierReport<'_>) -> String {
    let look = report.look;
    let answer = report.answer(Lang::En);
    let answer: String = answer.iter().map(|text| wrapped(text, 0, look.columns) + "\n").collect();
    let notes = report.notes(Lang::En);
    let notes: String = notes.iter().map(|text| labelled("note", text, look, TextStyle::Bold)).collect();
    paragraphs([
        Some(answer),
        Some(title(&report.study.line.name, report.study, look)),
        Some(table(report)),
        Some(notes),
        warnings(report.study, "baseline: ", look),
    ])
}

fn table(report: &FrontierReport<'_>) -> String {
    let figures = &report.frontier.request.figures;
    let head = |name: String, unit: &str| format!("{name}\n({unit})");
    let unit = |of: fn(&super::SettingComparison) -> &FigureComparison| {
        report.frontier.baseline().map_or("", |base| &of(base).unit)
    };
    let cost = head(figures.cost.name(), unit(|found| &found.cost));
    let gain = head(figures.gain.name(), unit(|found| &found.gain));
    let columns = [
        ("setting", TableColumn::Name),
        (cost.as_str(), TableColumn::Figure),
        ("difference", TableColumn::Figure),
        (gain.as_str(), TableColumn::Figure),
        ("difference", TableColumn::Figure),
    ];
    let (rows, hidden) = report.rows(Lang::En);
    let table = grid(&columns, rows.iter().map(cells).collect(), report.look);
    match hidden {
        0 => table,
        _ => table + &format!("and {} more on the frontier: --format json has them all\n", settings(hidden)),
    }
}

fn cells(row: &FrontierRow<'_>) -> Vec<String> {
    let both = [&row.found.cost, &row.found.gain];
    let figures = both.into_iter().flat_map(|found| match row.is_baseline {
        true => [stacked(&interval(&found.baseline)), String::new()],
        false => [stacked(&interval(&found.mean)), difference(found)],
    });
    let best = row.is_best.then(|| Lang::En.say(Phrase::FrontierIsBest).to_owned());
    let name: Vec<String> = row.name.iter().cloned().chain(best).collect();
    std::iter::once(name.join("\n")).chain(figures).collect()
}

/// The difference, its half width below it, and the relative change.
fn difference(found: &FigureComparison) -> String {
    let lines = [Some(stacked(&signed_interval(&found.difference))), relative(found)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The half width goes below the mean.
fn stacked(interval: &str) -> String {
    interval.replacen(" ± ", "\n± ", 1)
}

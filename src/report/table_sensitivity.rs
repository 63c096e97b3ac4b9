//! What it would be worth if something of a line were a little better, as tables: one for each figure.

use super::Look;
use super::table::{TableColumn, grid, painted};
use super::table_compare::two_lines;
use super::text::{TextStyle, counted, labelled, signed_interval, signed_per_cent};
use super::words::Lang;
use crate::stats::Verdict;
use crate::study::FigureComparison;
use crate::study::sensitivity::{Sensitivities, Sensitivity};
use crate::units;

/// So many rows at least are shown, those without a difference that is seen included.
const SHOWN: usize = 10;

/// All tables, and what to know about them.
pub(super) fn write(found: &Sensitivities, confidence: f64, look: Look) -> String {
    let tables: Vec<String> = found.figures().iter().map(|figure| table(found, figure, look)).collect();
    let troubles: String = found.rows.iter().filter_map(|row| trouble(row, look)).collect();
    let note = match found.rows.is_empty() {
        true => "nothing in this line can be made a little better by itself".to_owned(),
        false => how(found, confidence),
    };
    tables.join("\n") + &troubles + &labelled("note", &note, look, TextStyle::Bold)
}

fn how(found: &Sensitivities, confidence: f64) -> String {
    format!(
        "the line ran again on the same random numbers with one thing better at a time; each difference has {} % \
         confidence (Bonferroni), so that all of a figure hold together with {}",
        units::number(found.confidence * 100.0),
        units::share(confidence)
    )
}

/// The effects on one figure, those that are seen first.
fn table(found: &Sensitivities, figure: &FigureComparison, look: Look) -> String {
    let head = format!("{} ({})", figure.name(), figure.unit);
    let columns = [
        ("if this", TableColumn::Name),
        ("were better", TableColumn::Words),
        (head.as_str(), TableColumn::Figure),
        ("change", TableColumn::Figure),
        ("verdict", TableColumn::Words),
    ];
    let (all, same) = found.by_gain(&figure.figure);
    let shown = (all.len() - same).max(SHOWN).min(all.len());
    let row = |(row, effect): &(&Sensitivity, &FigureComparison)| {
        vec![
            row.name.clone(),
            row.improvement.words().to_owned(),
            signed_interval(&effect.difference),
            effect.change().map_or_else(String::new, signed_per_cent),
            two_lines(effect.verdict.words()),
        ]
    };
    let rows = all[..shown].iter().map(row).collect();
    let paint = [(Verdict::Better.words(), TextStyle::Green), (Verdict::Worse.words(), TextStyle::Red)];
    let more = match all.len() - shown {
        0 => String::new(),
        more => format!("and {} without a difference that is seen\n", counted(more as u64, "row")),
    };
    painted(&grid(&columns, rows, look), &paint, look) + &more
}

fn trouble(row: &Sensitivity, look: Look) -> Option<String> {
    let text = format!("\"{}\", {}: {}", row.name, row.improvement.words(), Lang::En.trouble(row)?);
    Some(labelled("warning", &text, look, TextStyle::Yellow))
}

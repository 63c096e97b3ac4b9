//! Markdown: what a wiki, a merge request or a mail can show; the answer first, then tables.

use super::losses::{loss_differences_sheet, losses_sheet};
use super::sheet::{ReportCell, ReportTable, changes, expectations, settings, warnings};
use super::text::interval;
use super::{CompareReport, Format, RunReport, sheets_compare, sheets_periods, sheets_run};
use std::fmt::Write as _;

pub(super) static FORMAT: Format = Format {
    name: "markdown",
    about: "for wikis and merge requests: the answer and the tables",
    ending: "md",
    binary: false,
    built: true,
    run: |report, out| out.write_all(run(report).as_bytes()),
    compare: |report, out| out.write_all(compare(report).as_bytes()),
};

fn run(report: &RunReport<'_>) -> String {
    let study = report.study;
    let shows = |level| report.by.is_some_and(|by| by.shows(level));
    let elements =
        if shows("element") { sheets_run::element_figures(study) } else { sheets_run::elements(study) };
    let products =
        (shows("product") || study.line.products.len() > 1).then(|| sheets_run::products(study)).flatten();
    let tables = [expectations(report.judgements), Some(sheets_run::figures(study)), products, elements]
        .into_iter()
        .chain(sheets_periods::tables(study))
        .chain([
            report.losses.and_then(|losses| losses_sheet(study.line, losses)),
            sheets_run::sensitivities(
                "without losses",
                report.losses.and_then(|losses| losses.gains.as_ref()),
            ),
            sheets_run::sensitivities("sensitivities", report.sensitivities),
            changes(&study.line.changes, &[]),
            warnings(study),
            Some(settings(study)),
        ]);
    let mut text = format!("# {}\n", plain(&study.line.name));
    tables.flatten().for_each(|table| section(&mut text, "##", &table));
    text
}

fn compare(report: &CompareReport<'_>) -> String {
    let Some((base, others)) = report.studies.split_first() else { return String::new() };
    let names = report.names();
    let mut text = format!("# Against {}\n\n", plain(&names[0]));
    report.headlines().iter().for_each(|sentence| _ = writeln!(text, "- {}", plain(sentence)));
    let mut losses = report.loss_changes().map(|(_, changes)| changes);
    let found = names.iter().skip(1).zip(others).zip(report.comparisons).zip(report.judgements);
    for (((name, study), comparison), judgements) in found {
        let _ = write!(text, "\n## {}\n", plain(name));
        let tables = [
            expectations(judgements),
            Some(sheets_compare::differences(comparison)),
            sheets_compare::by_period(comparison),
            losses.next().and_then(|changes| loss_differences_sheet(&changes)),
            changes(comparison.changes, &comparison.cost),
            warnings(study),
        ];
        tables.into_iter().flatten().for_each(|table| section(&mut text, "###", &table));
        comparison.notes.iter().for_each(|note| _ = write!(text, "\nNote: {}\n", plain(&note.to_string())));
    }
    let _ = write!(text, "\n## {} (baseline)\n", plain(&names[0]));
    let tables = [warnings(base), Some(settings(base))];
    tables.into_iter().flatten().for_each(|table| section(&mut text, "###", &table));
    text
}

/// A heading and a table. Columns of figures stand to the right.
fn section(text: &mut String, level: &str, table: &ReportTable) {
    let figures = |column: usize| {
        let mut cells = table.rows.iter().map(|row| &row[column]);
        cells.any(|cell| matches!(cell, ReportCell::Estimate(_)))
    };
    let rules = (0..table.columns.len()).map(|column| if figures(column) { "---:" } else { "---" });
    let _ = write!(text, "\n{level} {}\n\n", capital(table.name));
    let _ = writeln!(text, "| {} |", table.columns.join(" | "));
    let _ = writeln!(text, "| {} |", rules.collect::<Vec<_>>().join(" | "));
    for row in &table.rows {
        let _ = writeln!(text, "| {} |", row.iter().map(cell).collect::<Vec<_>>().join(" | "));
    }
}

fn cell(cell: &ReportCell) -> String {
    match cell {
        ReportCell::Nothing => String::new(),
        ReportCell::Text(text) => plain(text),
        ReportCell::Estimate(found) => interval(found),
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// A text on one line in which nothing has a meaning in Markdown or HTML.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => plain.push_str("&lt;"),
            '&' => plain.push_str("&amp;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '#' | '$' => plain.extend(['\\', letter]),
            letter if letter.is_control() => plain.push(' '),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::kpi;

    #[test]
    fn a_run_has_a_row_for_every_key_figure_and_element() {
        let text = sample::run_text(&FORMAT);
        assert!(text.starts_with("# Range hoods, line 3\n\n## Expectations\n"), "{text}");
        for name in kpi::ALL.iter().map(|kpi| kpi.name).chain(["panels", "bend", "rest", "bin"]) {
            assert!(text.contains(&format!("\n| {name} | ")), "{name}: {text}");
        }
        assert!(text.contains("\n| seed | 2026 |\n"), "{text}");
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_head() {
        for text in [sample::run_text(&FORMAT), sample::compare_text(&FORMAT)] {
            let cells = |row: &str| row.replace("\\|", "").matches('|').count();
            let mut before: Option<usize> = None;
            for row in text.lines() {
                let now = row.starts_with('|').then(|| cells(row));
                assert!(before.is_none() || now.is_none() || before == now, "{row}");
                before = now;
            }
        }
    }

    #[test]
    fn a_comparison_begins_with_sentences_on_each_line() {
        let text = sample::compare_text(&FORMAT);
        assert!(text.starts_with("# Against Range hoods, line 3\n\n- Of 3 lines, "), "{text}");
        assert!(
            text.contains("\n## Faster bending (2)\n") && text.contains("| bending | 2.4 MCNY |"),
            "{text}"
        );
    }

    #[test]
    fn a_name_cannot_break_a_table_or_add_markup() {
        assert_eq!(plain("a|b\n<b>*c*"), "a\\|b &lt;b>\\*c\\*");
    }
}

//! Tables for a terminal: quiet, aligned, within the columns there are, at least 80.
//!
//! This file has what runs and comparisons share: title, grid, changes, expectations and warnings. Names and units are
//! those of JSON, so that a figure found here is found there. Read [`title`] first, then `table_run.rs`.

use super::text::{TextStyle, counted, expected, found, labelled, reached, wrapped};
use super::{Format, Look, table_compare, table_run};
use crate::line::{Change, WarmUpTime};
use crate::study::precision::ReachedTarget;
use crate::study::{Holds, Judgement, Study};
use crate::units::{self, Money};
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};

pub(super) static FORMAT: Format = Format {
    name: "table",
    about: "for people",
    ending: "txt",
    binary: false,
    built: true,
    run: |report, out| out.write_all(table_run::write(report).as_bytes()),
    compare: |report, out| out.write_all(table_compare::write(report).as_bytes()),
};

/// The name in bold, and below it how it was run.
pub(super) fn title(name: &str, study: &Study<'_>, look: Look) -> String {
    let plan = &study.plan;
    let found = if plan.warm_up == WarmUpTime::Auto { " (found by MSER)" } else { "" };
    let how = format!(
        "{} of {} after a warm-up of {}{found}, seed {}, intervals at {} %",
        counted(plan.replications, "replication"),
        units::duration(plan.length.secs()),
        units::duration(study.warm_up.secs()),
        plan.seed,
        units::number(plan.confidence * 100.0),
    );
    format!(
        "{}\n{}\n",
        TextStyle::Bold.on(wrapped(name, 0, look.columns), look),
        wrapped(&how, 0, look.columns)
    )
}

/// How far the precision that was asked for is reached.
pub(super) fn precision(study: &Study<'_>, look: Look) -> Option<String> {
    let report = study.precision.as_ref()?;
    let line =
        |found: &ReachedTarget| labelled("precision", &reached(found, report.end), look, TextStyle::Bold);
    Some(report.targets.iter().map(line).collect())
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableColumn {
    /// A name: to the left, broken where it is very long.
    Name,
    /// Words: to the left.
    Words,
    /// A figure: to the right.
    Figure,
}

/// The longest names that are not broken.
const NAME_COLUMNS: u16 = 25;
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Rows below a header, without vertical lines.
pub(super) fn grid(columns: &[(&str, TableColumn)], rows: Vec<Vec<String>>, look: Look) -> String {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(look.columns).unwrap_or(u16::MAX));
    table.set_header(columns.iter().map(|(name, _)| Cell::new(name)));
    table.add_rows(rows);
    for (i, (_, kind)) in columns.iter().enumerate() {
        let Some(column) = table.column_mut(i) else {
            continue;
        };
        // The line below the header takes a column of its own between two others.
        column.set_padding((if i == 0 { 0 } else { 1 }, 0));
        match kind {
            TableColumn::Name => {
                _ = column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(NAME_COLUMNS)))
            }
            TableColumn::Words => (),
            TableColumn::Figure => column.set_cell_alignment(CellAlignment::Right),
        }
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// What was changed and what it costs.
pub(super) fn changes(changes: &[Change], sum: &[Money], look: Look) -> Option<String> {
    let row = |change: &Change| {
        vec![change.name.clone(), change.cost.map_or_else(String::new, |cost| cost.to_string())]
    };
    let mut rows: Vec<Vec<String>> = changes.iter().map(row).collect();
    if changes.len() > 1 {
        rows.extend(sum.iter().map(|cost| vec!["all of them".to_owned(), cost.to_string()]));
    }
    (!changes.is_empty())
        .then(|| grid(&[("change", TableColumn::Name), ("cost", TableColumn::Figure)], rows, look))
}

/// What was expected, and whether it holds.
pub(super) fn expectations(judgements: &[Judgement<'_>], look: Look) -> Option<String> {
    let row = |judgement: &Judgement<'_>| {
        vec![expected(judgement), found(judgement), judgement.holds.words().to_owned()]
    };
    let columns =
        [("expected", TableColumn::Words), ("found", TableColumn::Figure), ("outcome", TableColumn::Words)];
    let table = grid(&columns, judgements.iter().map(row).collect(), look);
    let paint = [(Holds::Holds.words(), TextStyle::Green), (Holds::Fails.words(), TextStyle::Red)];
    (!judgements.is_empty()).then(|| painted(&table, &paint, look))
}

/// The words that end a line, in their colours; cells cannot be painted without upsetting the widths.
pub(super) fn painted(table: &str, paint: &[(&str, TextStyle)], look: Look) -> String {
    let line = |line: &str| {
        let ending = paint.iter().find_map(|(word, paint)| Some((line.strip_suffix(word)?, word, paint)));
        match ending {
            Some((begin, word, paint)) if begin.ends_with(' ') => {
                format!("{begin}{}\n", paint.on(word, look))
            }
            _ => format!("{line}\n"),
        }
    };
    table.lines().map(line).collect()
}

/// What to beware of, and what to try.
pub(super) fn warnings(study: &Study<'_>, of: &str, look: Look) -> Option<String> {
    let text = |(seen, advice): (String, String)| {
        let advice = wrapped(&format!("try: {advice}"), 2, look.columns);
        labelled("warning", &format!("{of}{seen}"), look, TextStyle::Yellow) + &advice + "\n"
    };
    let all: String = study.warnings.iter().map(|warning| text((warning.seen(), warning.advice()))).collect();
    (!all.is_empty()).then_some(all)
}

/// Paragraphs with an empty line between them.
pub(super) fn paragraphs(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_below_each_other_and_no_line_ends_in_spaces() {
        let rows = vec![vec!["a".to_owned(), "1".to_owned()], vec!["bb".to_owned(), "10".to_owned()]];
        let table = grid(&[("name", TableColumn::Name), ("n", TableColumn::Figure)], rows, Look::default());
        assert_eq!(table, "name   n\n────────\na      1\nbb    10\n");
    }

    #[test]
    fn a_long_name_is_broken_and_does_not_widen_the_table() {
        let rows = vec![vec!["welding ".repeat(20), "1".to_owned()]];
        let table = grid(&[("name", TableColumn::Name), ("n", TableColumn::Figure)], rows, Look::default());
        assert!(table.lines().all(|line| line.chars().count() <= 32), "{table}");
        assert!(table.lines().count() > 5, "{table}");
    }

    #[test]
    fn a_word_is_painted_only_at_the_end_of_a_line_and_only_whole() {
        let look = Look { color: true, ..Look::default() };
        let text = painted("a better\nbetter b\na  unbetter\n", &[("better", TextStyle::Green)], look);
        assert_eq!(text, "a \x1b[32mbetter\x1b[0m\nbetter b\na  unbetter\n");
    }
}

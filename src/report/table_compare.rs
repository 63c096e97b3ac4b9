//! A comparison as tables: for each KPI before, after, difference, change and verdict, each figure with the half width of its
//! interval below it; then the changes with their costs, and the warnings.

use super::losses::compared_losses;
use super::table::{
    TableColumn, changes, expectations, grid, painted, paragraphs, precision, title, warnings,
};
use super::table_periods::{ROWS, SHOWN};
use super::text::{TextStyle, counted, interval, labelled, wrapped};
use super::words::Lang;
use super::{By, CompareReport, Look, table_attribution, table_findings};
use crate::stats::{Interval, Verdict};
use crate::study::{Comparison, FigureComparison};

pub(super) fn write(report: &CompareReport<'_>) -> String {
    let Some(base) = report.studies.first() else {
        return String::new();
    };
    let (names, look) = (report.names(), report.look);
    let found = names.iter().skip(1).zip(&report.studies[1..]).zip(report.comparisons).zip(report.judgements);
    let scenarios = found.enumerate().flat_map(|(nth, (((name, study), comparison), judgements))| {
        [
            Some(heading(name, look)),
            Some(differences(&shown(comparison, report), look)),
            of_others(comparison, report),
            of_periods(comparison, report),
            changes(comparison.changes, &comparison.cost, look),
            expectations(judgements, look),
            first_difference(report, nth),
            notes(comparison, look),
            warnings(study, &format!("{name}: "), look),
        ]
    });
    let whole = title(&format!("{} (baseline)", names[0]), base, look);
    let answer = report.headlines().iter().map(|text| wrapped(text, 0, look.columns) + "\n").collect();
    let first = [
        Some(answer),
        Some(whole),
        precision(base, look),
        expectations(report.base_judgements, look),
        table_findings::write(report),
    ];
    let scenarios = scenarios.chain([table_attribution::write(report), compared_losses(report)]);
    let last = [warnings(base, "baseline: ", look), provenance(report)];
    paragraphs(first.into_iter().chain(scenarios).chain(last))
}

fn heading(name: &str, look: Look) -> String {
    TextStyle::Bold.on(wrapped(&format!("{name}, against the baseline"), 0, look.columns), look) + "\n"
}

/// The figures of the line that are shown.
fn shown<'a>(comparison: &'a Comparison<'_>, report: &CompareReport<'_>) -> Vec<&'a FigureComparison> {
    let named = |found: &&FigureComparison| report.figures.iter().any(|figure| figure.name() == found.name());
    let all = comparison.kpis.iter().filter(|found| report.figures.is_empty() || named(found));
    let others = comparison.others.iter().filter(named);
    all.chain(others).collect()
}

/// The differences of each product or element that are seen or cannot be judged, if they were asked for.
fn of_others(comparison: &Comparison<'_>, report: &CompareReport<'_>) -> Option<String> {
    let by = report.by.filter(|by| *by != By::Period)?;
    let all = comparison.others.iter().filter(|found| by.shows(found.figure.owner.level()));
    let (same, seen): (Vec<_>, Vec<_>) = all.partition(|found| found.verdict == Verdict::NoDifferenceSeen);
    let rest = format!("{} of {} show no difference\n", counted(same.len() as u64, "figure"), by.words());
    let table = if seen.is_empty() { String::new() } else { differences(&seen, report.look) };
    Some(table + &rest)
}

/// The main figures of each period; nothing if figures by period were not asked for.
fn of_periods(comparison: &Comparison<'_>, report: &CompareReport<'_>) -> Option<String> {
    let kind = report.studies.first()?.plan.by?;
    let is_scheduled = report.studies.iter().all(|study| study.line.calendars.of_line().is_some());
    let is_shown = |found: &&FigureComparison| {
        let name = found.name();
        let usual = SHOWN.iter().any(|(shown, _)| *shown == name) && !(is_scheduled && name == "throughput");
        let named = report.figures.iter().any(|figure| figure.name() == name);
        if report.figures.is_empty() { usual } else { named }
    };
    let tables = comparison.periods.iter().take(ROWS).map(|period| {
        let heading = format!("by {}: {}\n", kind.name(), period.name);
        let found: Vec<&FigureComparison> = period.kpis.iter().filter(is_shown).collect();
        (!found.is_empty()).then(|| heading + &differences(&found, report.look))
    });
    let shown: Vec<Option<String>> = tables.collect();
    let hidden = comparison.periods.len() - shown.len();
    let rest = (hidden > 0)
        .then(|| format!("and {}: --format json has them all\n", counted(hidden as u64, kind.name())));
    Some(paragraphs(shown.into_iter().chain([rest])))
}

fn differences(found: &[&FigureComparison], look: Look) -> String {
    let columns = [
        ("KPI", TableColumn::Name),
        ("before", TableColumn::Figure),
        ("after", TableColumn::Figure),
        ("difference", TableColumn::Figure),
        ("change", TableColumn::Figure),
        ("verdict", TableColumn::Words),
    ];
    let table = grid(&columns, found.iter().map(|found| row(found)).collect(), look);
    let paint = [(Verdict::Better.words(), TextStyle::Green), (Verdict::Worse.words(), TextStyle::Red)];
    painted(&table, &paint, look)
}

/// Two lines: the means, and below them the unit and the half widths.
fn row(found: &FigureComparison) -> Vec<String> {
    vec![
        format!("{}\n  {}", found.name(), found.unit),
        below(&interval(&found.baseline)),
        below(&interval(&found.mean)),
        signed(found.difference.mean, below(&interval(&found.difference))),
        change(found),
        two_lines(found.verdict.words()),
    ]
}

/// The half width goes below the mean.
fn below(interval: &str) -> String {
    interval.replacen(" ± ", "\n± ", 1)
}

fn signed(value: f64, text: String) -> String {
    if value > 0.0 { format!("+{text}") } else { text }
}

/// The relative change in per cent.
fn change(found: &FigureComparison) -> String {
    let Some(change) = found.change() else {
        return String::new();
    };
    let half_width = change.half_width.map(|half| half * 100.0);
    let per_cent = Interval { mean: change.mean * 100.0, half_width, ..change };
    let text = below(&interval(&per_cent));
    signed(change.mean, text.lines().map(|line| format!("{line} %")).collect::<Vec<_>>().join("\n"))
}

/// `no difference` over `seen`, so that the table is not widened by the longest verdict.
pub(super) fn two_lines(verdict: &str) -> String {
    verdict.replacen(" seen", "\nseen", 1)
}

fn notes(comparison: &Comparison<'_>, look: Look) -> Option<String> {
    let texts = comparison.notes.iter().map(ToString::to_string);
    let notes: String = texts.map(|note| labelled("note", &note, look, TextStyle::Bold)).collect();
    (!notes.is_empty()).then_some(notes)
}

/// Where the first replication parts from that of the baseline.
fn first_difference(report: &CompareReport<'_>, nth: usize) -> Option<String> {
    let text = Lang::En.parting(report.findings.partings.get(nth)?, report.studies.first()?.line);
    Some(labelled("first difference", &text, report.look, TextStyle::Bold))
}

/// Where the numbers come from, each source once.
fn provenance(report: &CompareReport<'_>) -> Option<String> {
    let mut sources: Vec<&str> =
        report.studies.iter().filter_map(|study| study.line.provenance.as_deref()).collect();
    sources.dedup();
    let lines: String =
        sources.iter().map(|source| labelled("provenance", source, report.look, TextStyle::Bold)).collect();
    (!lines.is_empty()).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::super::{COLUMNS, sample};
    use super::*;
    use crate::kpi::{self, Figure};

    #[test]
    fn a_comparison_fits_80_columns_without_colours() {
        let text = sample::with_compare(write);
        assert!(text.lines().all(|line| line.chars().count() <= COLUMNS), "{text}");
        assert!(!text.contains('\x1b') && !text.contains(" \n"), "{text}");
    }

    #[test]
    fn a_comparison_shows_both_means_the_difference_and_the_verdict() {
        let text = sample::with_compare(write);
        let row = text.lines().find(|line| line.starts_with("throughput ")).unwrap();
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells.len(), 7, "{row}");
        assert!(cells[3].starts_with('+') && cells[4].starts_with('+'), "{row}");
        assert_eq!(cells[5..], ["%", "better"]);
    }

    #[test]
    fn a_comparison_names_the_changes_and_their_cost() {
        let text = sample::with_compare(write);
        assert!(text.contains("\nbending  2.4 MCNY\n"), "{text}");
        assert!(text.contains("common random numbers"), "{text}");
    }

    #[test]
    fn figures_of_one_replication_have_no_half_width() {
        let alone = Interval { mean: 2.0, half_width: None, n: 1 };
        let found = FigureComparison {
            figure: Figure::of_line(kpi::ALL[0]),
            unit: kpi::ALL[0].unit.into(),
            baseline: alone,
            mean: alone,
            difference: Interval { mean: 0.0, ..alone },
            relative: None,
            correlation: None,
            variance_reduction: None,
            verdict: Verdict::TooFewRuns,
        };
        assert_eq!(row(&found), ["throughput\n  1/h", "2", "2", "0", "", "too few runs"]);
    }
}

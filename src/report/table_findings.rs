//! What a comparison shows of several lines, as tables: their ranks, and the trade-off between figures.

use super::CompareReport;
use super::table::{TableColumn, grid};
use super::text::{TextStyle, interval, labelled, wrapped};
use crate::study::{LineRanking, RankedLine, Tradeoff, TradeoffRow};
use crate::units;

/// All of them, if there are three lines or more.
pub(super) fn write(report: &CompareReport<'_>) -> Option<String> {
    let names = report.names();
    let rankings = report.findings.rankings.iter().map(|found| ranking(found, &names, report));
    let tradeoff = report.findings.tradeoff.iter().map(|found| tradeoff(found, &names, report));
    let all: Vec<String> = rankings.chain(tradeoff).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

fn ranking(found: &LineRanking, names: &[String], report: &CompareReport<'_>) -> String {
    let row = |row: &RankedLine| {
        let rank = if row.first == row.last {
            row.first.to_string()
        } else {
            format!("{} to {}", row.first, row.last)
        };
        vec![rank, names[row.number].clone(), interval(&row.mean)]
    };
    let figure = format!("{}\n({})", found.figure.name(), found.unit);
    let columns =
        [("rank", TableColumn::Name), ("line", TableColumn::Name), (figure.as_str(), TableColumn::Figure)];
    let table = grid(&columns, found.rows.iter().map(row).collect(), report.look);
    let asked = report.studies.first().map_or(0.0, |study| study.plan.confidence);
    let note = format!(
        "ranks hold together with {}; lines with several ranks cannot be told apart",
        units::share(asked)
    );
    table + &labelled("note", &note, report.look, TextStyle::Bold)
}

fn tradeoff(found: &Tradeoff, names: &[String], report: &CompareReport<'_>) -> String {
    let row = |(name, row): (&String, &TradeoffRow)| {
        let beaten: Vec<String> =
            row.beaten_by.iter().map(|other| format!("\"{}\"", names[*other])).collect();
        let outcome = match (row.on_front, beaten.is_empty()) {
            (true, _) => "no other is better in all".to_owned(),
            (false, true) => "beaten, but not for certain".to_owned(),
            (false, false) => format!("beaten by {}", beaten.join(", ")),
        };
        let means = row.means.iter().map(interval);
        std::iter::once(name.clone()).chain(means).chain([outcome]).collect()
    };
    let heads: Vec<String> =
        found.figures.iter().map(|figure| format!("{}\n({})", figure.name(), figure.unit())).collect();
    let mut columns = vec![("line", TableColumn::Name)];
    columns.extend(heads.iter().map(|head| (head.as_str(), TableColumn::Figure)));
    columns.push(("trade-off", TableColumn::Words));
    let title = wrapped("Trade-off between these figures (Pareto front)", 0, report.look.columns);
    format!("{title}\n\n{}", grid(&columns, names.iter().zip(&found.rows).map(row).collect(), report.look))
}

//! XLSX: a workbook for people who work in spreadsheets. The first sheet has the answer in words; then come settings, figures,
//! elements, products, states and replications, with charts.
//!
//! A cell has the whole number, and is shown with as many decimals as its interval justifies. A mean takes two columns: itself and
//! its half width. Sheets of a comparison begin with the name of the line. Read [`run`] first, then `sheets.rs`.

mod charts;
mod sheets;
mod states;

use super::losses::{loss_differences_sheet, losses_sheet};
use super::sheet::{ReportCell, ReportTable, changes, expectations, settings, warnings};
use super::{CompareReport, RunReport, answer, sheets_compare, sheets_periods, sheets_run};
use crate::study::Study;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use sheets::SheetWriter;
use std::io::{self, Write};

/// The same result must give the same bytes at any time.
const CREATED: &str = "2026-01-01T00:00:00Z";

pub(super) fn run(report: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    save(out, |book| run_sheets(report, book))
}

pub(super) fn compare(report: &CompareReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    save(out, |book| compare_sheets(report, book))
}

fn save(out: &mut dyn Write, fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> io::Result<()> {
    let mut book = Workbook::new();
    let written = ExcelDateTime::parse_from_str(CREATED).and_then(|created| {
        book.set_properties(&DocProperties::new().set_creation_datetime(&created));
        fill(&mut book)?;
        book.save_to_buffer()
    });
    out.write_all(&written.map_err(unfit)?)
}

/// Only what is too large for a sheet can fail.
fn unfit(error: XlsxError) -> io::Error {
    let remedy = "a sheet has 1048576 rows and 16384 columns; .parquet and .csv have no such limit";
    io::Error::other(format!("{error} ({remedy})"))
}

fn run_sheets(report: &RunReport<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let study = report.study;
    let writer = SheetWriter::new();
    let words = answer::of_run(study, report.judgements);
    writer.words(book, &[(study.line.name.clone(), words)])?;
    let tables = [
        Some(settings(study)),
        Some(sheets_run::figures(study)),
        sheets_run::element_figures(study),
        sheets_run::products(study),
    ];
    let others = [
        report.losses.and_then(|losses| losses_sheet(study.line, losses)),
        sheets_run::sensitivities("without losses", report.losses.and_then(|losses| losses.gains.as_ref())),
        sheets_run::sensitivities("sensitivities", report.sensitivities),
        changes(&study.line.changes, &[]),
        expectations(report.judgements),
        warnings(study),
    ];
    let all = tables.into_iter().chain(sheets_periods::tables(study)).chain(others);
    all.flatten().try_for_each(|table| writer.table(book, &table).map(|_| ()))?;
    let studies = [(study.line.name.as_str(), study)];
    states::sheet(&writer, book, &studies)?;
    replications(&writer, book, &studies)
}

fn compare_sheets(report: &CompareReport<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let Some(base) = report.studies.first() else { return Ok(()) };
    let names = report.names();
    let studies: Vec<(&str, &Study<'_>)> = names.iter().map(String::as_str).zip(report.studies).collect();
    let others = || names.iter().map(String::as_str).skip(1);
    let writer = SheetWriter::new();
    writer.words(book, &[(format!("Against {}", names[0]), report.headlines())])?;
    writer.table(book, &settings(base))?;
    let differences = of_lines(others().zip(report.comparisons), |it| Some(sheets_compare::differences(it)));
    if let Some(table) = differences {
        let sheet = writer.table(book, &table)?;
        charts::differences(sheet, &table)?;
    }
    let all = || studies.iter().copied();
    let tables = [
        of_lines(others().zip(report.comparisons), sheets_compare::by_period),
        of_lines(all(), |study| Some(sheets_run::figures(study))),
        of_lines(all(), sheets_run::element_figures),
        of_lines(all(), sheets_run::products),
        of_lines(others().zip(report.loss_changes()), |(_, changes)| loss_differences_sheet(&changes)),
        of_lines(others().zip(report.comparisons), |it| changes(it.changes, &it.cost)),
        of_lines(others().zip(report.judgements), |judged| expectations(judged)),
        of_lines(all(), warnings),
    ];
    tables.iter().flatten().try_for_each(|table| writer.table(book, table).map(|_| ()))?;
    states::sheet(&writer, book, &studies)?;
    replications(&writer, book, &studies)
}

/// One table for several lines, with the name of the line in front of each row.
fn of_lines<'a, T>(
    lines: impl Iterator<Item = (&'a str, T)>,
    table: impl Fn(T) -> Option<ReportTable>,
) -> Option<ReportTable> {
    let mut whole: Option<ReportTable> = None;
    for (name, of) in lines {
        let Some(found) = table(of) else { continue };
        let columns: Vec<&'static str> = ["line"].into_iter().chain(found.columns).collect();
        let whole = whole.get_or_insert_with(|| ReportTable { name: found.name, columns, rows: Vec::new() });
        let named = |row: Vec<ReportCell>| [ReportCell::text(name)].into_iter().chain(row).collect();
        whole.rows.extend(found.rows.into_iter().map(named));
    }
    whole
}

/// The values of the key figures, a row for each replication, with a chart of the first that is known.
fn replications(
    writer: &SheetWriter,
    book: &mut Workbook,
    studies: &[(&str, &Study<'_>)],
) -> Result<(), XlsxError> {
    let sheet = writer.replications(book, studies)?;
    charts::replications(sheet, studies)
}

#[cfg(test)]
mod tests;

//! How words and tables become sheets: fonts, widths, decimals, a header that stays in sight.

use super::super::sheet::{ReportCell, ReportTable};
use crate::kpi;
use crate::stats::Interval;
use crate::study::Study;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// The most decimals that are shown.
const DECIMALS: usize = 9;

/// The formats of a workbook.
pub(super) struct SheetWriter {
    title: Format,
    head: Format,
    words: Format,
    /// By the number of decimals.
    numbers: Vec<Format>,
}

impl SheetWriter {
    pub(super) fn new() -> SheetWriter {
        let number = |decimals: usize| {
            let places = if decimals == 0 { String::new() } else { format!(".{:0<decimals$}", "") };
            Format::new().set_num_format(format!("#,##0{places}"))
        };
        SheetWriter {
            title: Format::new().set_bold().set_font_size(14),
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            words: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            numbers: (0..=DECIMALS).map(number).collect(),
        }
    }

    /// The first sheet: for each line its name and sentences.
    pub(super) fn words(
        &self,
        book: &mut Workbook,
        lines: &[(String, Vec<String>)],
    ) -> Result<(), XlsxError> {
        let sheet = new_sheet(book, "answer")?;
        sheet.set_column_width(0, 110)?;
        let mut row = 0;
        for (name, sentences) in lines {
            sheet.write_string_with_format(row, 0, name, &self.title)?;
            for sentence in sentences {
                row += 1;
                sheet.write_string_with_format(row, 0, sentence, &self.words)?;
            }
            row += 2;
        }
        Ok(())
    }

    /// A sheet with a table.
    pub(super) fn table<'b>(
        &self,
        book: &'b mut Workbook,
        table: &ReportTable,
    ) -> Result<&'b mut Worksheet, XlsxError> {
        let columns = columns_of(table);
        let sheet = new_sheet(book, table.name)?;
        for (column, first) in table.columns.iter().zip(&columns) {
            sheet.write_string_with_format(0, first.at, *column, &self.head)?;
            sheet.set_column_width(first.at, first.width)?;
            if first.estimates {
                sheet.write_string_with_format(0, first.at + 1, format!("± {column}"), &self.head)?;
                sheet.set_column_width(first.at + 1, 12)?;
            }
        }
        for (row, cells) in (1_u32..).zip(&table.rows) {
            cells
                .iter()
                .zip(&columns)
                .try_for_each(|(cell, column)| self.cell(sheet, row, column.at, cell))?;
        }
        let last = columns.last().map_or(0, |column| column.at + u16::from(column.estimates));
        finish(sheet, table.rows.len() as u32, last)?;
        Ok(sheet)
    }

    /// A sheet with the values of the key figures, a row for each replication of each line.
    pub(super) fn replications<'b>(
        &self,
        book: &'b mut Workbook,
        studies: &[(&str, &Study<'_>)],
    ) -> Result<&'b mut Worksheet, XlsxError> {
        let sheet = new_sheet(book, "replications")?;
        let unit =
            |kpi: &kpi::Kpi| studies.first().map_or(kpi.unit.into(), |(_, study)| kpi.unit_in(study.line));
        let figures = kpi::ALL.iter().map(|kpi| format!("{} ({})", kpi.name, unit(kpi)));
        let heads = ["line".to_owned(), "replication".to_owned()].into_iter().chain(figures);
        for (column, head) in (0_u16..).zip(heads) {
            sheet.write_string_with_format(0, column, head, &self.head)?;
            sheet.set_column_width(column, if column == 0 { 30 } else { 16 })?;
        }
        let outcomes =
            studies.iter().flat_map(|(name, study)| study.outcomes.iter().map(move |one| (name, one)));
        let mut rows = 0;
        for (row, (name, outcome)) in (1_u32..).zip(outcomes) {
            sheet.write_string(row, 0, *name)?.write_number(row, 1, outcome.replication)?;
            for (column, value) in (2_u16..).zip(&outcome.kpis) {
                let Some(value) = value else { continue };
                sheet.write_number_with_format(row, column, *value, self.number(*value, None))?;
            }
            rows = row;
        }
        finish(sheet, rows, kpi::ALL.len() as u16 + 1)?;
        Ok(sheet)
    }

    fn cell(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: &ReportCell) -> Result<(), XlsxError> {
        match cell {
            ReportCell::Nothing => {}
            ReportCell::Text(text) => _ = sheet.write_string(row, column, text)?,
            ReportCell::Estimate(Interval { mean, half_width, .. }) => {
                let format = self.number(*mean, *half_width);
                sheet.write_number_with_format(row, column, *mean, format)?;
                if let Some(half_width) = half_width {
                    sheet.write_number_with_format(row, column + 1, *half_width, format)?;
                }
            }
        }
        Ok(())
    }

    /// Two significant digits of the half width, or four of the number without one.
    pub(super) fn number(&self, value: f64, half_width: Option<f64>) -> &Format {
        let (size, digits) = match half_width.filter(|half_width| *half_width > 0.0) {
            Some(half_width) => (half_width, 2.0),
            None => (value.abs(), 4.0),
        };
        let whole = size == 0.0 || (half_width.is_none_or(|half| half == 0.0) && value == libm::round(value));
        let decimals = if whole { 0.0 } else { digits - 1.0 - libm::floor(libm::log10(size)) };
        &self.numbers[decimals.clamp(0.0, DECIMALS as f64) as usize]
    }
}

/// Where a column of a table stands in the sheet.
struct SheetColumn {
    at: u16,
    /// Whether the half widths stand in a column of their own behind it.
    estimates: bool,
    width: f64,
}

fn columns_of(table: &ReportTable) -> Vec<SheetColumn> {
    let mut at = 0;
    let column = |nth: usize| {
        let cells = || table.rows.iter().map(|row| &row[nth]);
        let estimates = cells().any(|cell| matches!(cell, ReportCell::Estimate(_)));
        let letters =
            |cell: &ReportCell| if let ReportCell::Text(text) = cell { text.chars().count() } else { 12 };
        let longest = cells().map(letters).max().unwrap_or(0).max(table.columns[nth].chars().count());
        let found = SheetColumn { at, estimates, width: longest.clamp(8, 70) as f64 + 2.0 };
        at += 1 + u16::from(estimates);
        found
    };
    (0..table.columns.len()).map(column).collect()
}

pub(super) fn new_sheet<'b>(book: &'b mut Workbook, name: &str) -> Result<&'b mut Worksheet, XlsxError> {
    let sheet = book.add_worksheet();
    // Prints on A4, all columns on one page.
    sheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

/// The header stays in sight, also in print, and has filters.
pub(super) fn finish(sheet: &mut Worksheet, last_row: u32, last_column: u16) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.autofilter(0, 0, last_row.max(1), last_column)?;
    Ok(())
}

//! The sheet of the states: a row for each element, the share of the time in each state, and a chart of them.

use super::charts;
use super::sheets::{SheetWriter, finish, new_sheet};
use crate::event::State;
use crate::study::{ElementSummary, Study};
use rust_xlsxwriter::{Workbook, XlsxError};

/// Writes the sheet, unless all elements only store.
pub(super) fn sheet(
    writer: &SheetWriter,
    book: &mut Workbook,
    studies: &[(&str, &Study<'_>)],
) -> Result<(), XlsxError> {
    let elements: Vec<(&str, Vec<ElementSummary<'_>>)> =
        studies.iter().map(|(name, study)| (*name, study.elements())).collect();
    let all = || elements.iter().flat_map(|(line, found)| found.iter().map(move |element| (*line, element)));
    let rows: Vec<(&str, &ElementSummary<'_>)> =
        all().filter(|(_, element)| element.each("states").next().is_some()).collect();
    let share = |element: &ElementSummary<'_>, state: State| {
        element.part("states", state.name()).map(|share| share.mean)
    };
    let occurred: Vec<State> = State::in_order_of_reports()
        .into_iter()
        .filter(|state| rows.iter().any(|(_, element)| share(element, *state).is_some()))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let sheet = new_sheet(book, "states")?;
    let heads = ["line", "element"].into_iter().chain(occurred.iter().map(|state| state.name()));
    for (column, head) in (0_u16..).zip(heads) {
        sheet
            .write_string(0, column, head)?
            .set_column_width(column, if column < 2 { 24.0 } else { 14.0 })?;
    }
    for (row, (line, element)) in (1_u32..).zip(&rows) {
        sheet.write_string(row, 0, *line)?.write_string(row, 1, element.name)?;
        for (column, state) in (2_u16..).zip(&occurred) {
            let share = share(element, *state).unwrap_or(0.0);
            sheet.write_number_with_format(row, column, share, writer.number(share, Some(SHOWN)))?;
        }
    }
    finish(sheet, rows.len() as u32, occurred.len() as u16 + 1)?;
    charts::states(sheet, rows.len() as u32, &occurred)
}

/// Shares are shown to a tenth of a per cent.
const SHOWN: f64 = 0.01;

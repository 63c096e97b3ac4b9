//! The charts of a workbook: changes with their intervals, state shares, and the throughput of each replication.

use super::super::sheet::{ReportCell, ReportTable};
use crate::event::State;
use crate::kpi;
use crate::study::Study;
use rust_xlsxwriter::{
    Chart, ChartErrorBars, ChartErrorBarsType, ChartRange, ChartType, Color, Worksheet, XlsxError,
};

/// Beyond this number of elements a chart of all of them is not readable.
const SHOWN: u32 = 60;

/// The change of each figure in per cent with its interval, beside the table; one line only, since more would not be readable.
pub(super) fn differences(sheet: &mut Worksheet, table: &ReportTable) -> Result<(), XlsxError> {
    let line = |row: &&Vec<ReportCell>| Some(&row[0]) == table.rows.first().map(|first| &first[0]);
    let rows = table.rows.iter().take_while(line).count() as u32;
    let place = |name: &str| table.columns.iter().position(|column| *column == name).unwrap_or(0);
    let width = |nth: usize| {
        let estimate = |row: &Vec<ReportCell>| matches!(row[nth], ReportCell::Estimate(_));
        1 + u16::from(table.rows.iter().any(estimate))
    };
    let at = |name: &str| (0..place(name)).map(width).sum::<u16>();
    let (figure, change, last) =
        (at("figure"), at("change (%)"), (0..table.columns.len()).map(width).sum::<u16>());
    let half = ChartRange::new_from_range(table.name, 1, change + 1, rows, change + 1);
    let mut bars = ChartErrorBars::new();
    bars.set_type(ChartErrorBarsType::Custom(half.clone(), half));
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name("change")
        .set_categories((table.name, 1, figure, rows, figure))
        .set_values((table.name, 1, change, rows, change))
        .set_x_error_bars(&bars);
    chart.title().set_name("Change against the baseline, with its interval");
    chart.y_axis().set_name("per cent");
    chart.x_axis().set_reverse();
    chart.legend().set_hidden();
    chart.set_width(720).set_height(120 + 24 * rows);
    sheet.insert_chart(1, last + 1, &chart)?;
    Ok(())
}

/// The shares of the time in each state, a bar for each element.
pub(super) fn states(sheet: &mut Worksheet, rows: u32, states: &[State]) -> Result<(), XlsxError> {
    let rows = rows.min(SHOWN);
    let mut chart = Chart::new(ChartType::BarStacked);
    for (column, state) in (2_u16..).zip(states) {
        chart
            .add_series()
            .set_name(("states", 0, column))
            .set_categories(("states", 1, 0, rows, 1))
            .set_values(("states", 1, column, rows, column))
            .set_format(rust_xlsxwriter::ChartFormat::new().set_solid_fill(
                rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(state.colour())),
            ));
    }
    chart.title().set_name("Share of the time in each state");
    chart.y_axis().set_max(1).set_num_format("0 %");
    chart.x_axis().set_reverse();
    chart.set_width(860).set_height(160 + 24 * rows);
    sheet.insert_chart(1, states.len() as u16 + 3, &chart)?;
    Ok(())
}

/// The first key figure of each replication, a line for each line that ran.
pub(super) fn replications(sheet: &mut Worksheet, studies: &[(&str, &Study<'_>)]) -> Result<(), XlsxError> {
    let mut chart = Chart::new(ChartType::Line);
    let mut first = 1;
    for (_, study) in studies {
        let last = first + study.outcomes.len() as u32 - 1;
        let column = |nth: u16| ("replications", first, nth, last, nth);
        // By its cell: a name that begins with `=` would be taken for a formula.
        let name = ("replications", first, 0);
        chart.add_series().set_name(name).set_categories(column(1)).set_values(column(2));
        first = last + 1;
    }
    chart.title().set_name(kpi::ALL[0].title);
    chart.x_axis().set_name("replication");
    chart.y_axis().set_name(kpi::ALL[0].unit);
    chart.set_width(720).set_height(360);
    sheet.insert_chart(1, kpi::ALL.len() as u16 + 3, &chart)?;
    Ok(())
}

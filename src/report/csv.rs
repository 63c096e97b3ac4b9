//! CSV: one row per line, replication and KPI, for spreadsheets and statistics programs. A value is empty where a
//! replication has no value. Replications count from 0. By product there is one row per product, replication and figure; by element
//! one row per element and figure, with its mean and the half width of its interval; a group comes before its members. By all of
//! them, and by period, it is the long table.

use super::long::{COLUMNS, each_row};
use super::{By, CompareReport, Format, RunReport};
use crate::kpi;
use crate::study::Study;
use std::io::{self, Write};

pub(super) static FORMAT: Format = Format {
    name: "csv",
    about: "for spreadsheets: one row per replication and KPI",
    ending: "csv",
    binary: false,
    built: true,
    run: |report, out| write(&run(report), out),
    compare: |report, out| write(&compare(report), out),
};

/// Excel takes a file with this mark for UTF-8, and any other for a text of its own country.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes a table. Texts with letters beyond ASCII get the mark; pandas, R and Taktwin itself read both kinds.
fn write(table: &str, out: &mut dyn Write) -> io::Result<()> {
    if !table.is_ascii() {
        out.write_all(MARK)?;
    }
    out.write_all(table.as_bytes())
}

fn run(report: &RunReport<'_>) -> String {
    match report.by {
        Some(By::Product) => products(report.study),
        Some(By::Element) => elements(report.study),
        Some(By::All | By::Period) => long(&[(&report.study.line.name, report.study)]),
        None => table(&[(&report.study.line.name, report.study)]),
    }
}

fn compare(report: &CompareReport<'_>) -> String {
    let names = report.names();
    let named: Vec<(&str, &Study<'_>)> = names.iter().map(String::as_str).zip(report.studies).collect();
    if matches!(report.by, Some(By::All | By::Period)) { long(&named) } else { table(&named) }
}

fn table(studies: &[(&str, &Study<'_>)]) -> String {
    let mut rows = ::csv::Writer::from_writer(Vec::new());
    let mut row = |fields: [&str; 5]| {
        // Writing to memory cannot fail, and all rows have five fields.
        let _ = rows.write_record(fields);
    };
    row(["scenario", "replication", "kpi", "unit", "value"]);
    for (name, study) in studies {
        for outcome in &study.outcomes {
            let number = outcome.replication.to_string();
            for (kpi, value) in kpi::ALL.iter().zip(&outcome.kpis) {
                let value = value.map_or_else(String::new, |value| value.to_string());
                row([name, &number, kpi.name, &kpi.unit_in(study.line), &value]);
            }
        }
    }
    String::from_utf8(rows.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The [long table](super::long).
fn long(studies: &[(&str, &Study<'_>)]) -> String {
    let mut rows = ::csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have the fields of the header.
    let _ = rows.write_record(COLUMNS);
    let _ = each_row(studies, |row| rows.serialize(row).map_err(io::Error::other));
    String::from_utf8(rows.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn products(study: &Study<'_>) -> String {
    let mut rows = ::csv::Writer::from_writer(Vec::new());
    let mut row = |fields: [&str; 6]| {
        // Writing to memory cannot fail, and all rows have six fields.
        let _ = rows.write_record(fields);
    };
    row(["scenario", "product", "replication", "kpi", "unit", "value"]);
    for product in study.products() {
        for (nth, outcome) in study.outcomes.iter().enumerate() {
            let number = outcome.replication.to_string();
            for (figure, found) in product.all() {
                let value = found.values[nth].map_or_else(String::new, |value| value.to_string());
                row([&study.line.name, product.name, &number, figure.name, figure.unit, &value]);
            }
        }
    }
    String::from_utf8(rows.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn elements(study: &Study<'_>) -> String {
    let mut rows = ::csv::Writer::from_writer(Vec::new());
    let mut row = |fields: [&str; 6]| {
        // Writing to memory cannot fail, and all rows have six fields.
        let _ = rows.write_record(fields);
    };
    row(["scenario", "element", "kpi", "unit", "mean", "half_width"]);
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for element in study.elements_with_groups() {
        for found in &element.figures {
            let mean = found.interval.map(|found| found.mean);
            let half_width = found.interval.and_then(|found| found.half_width);
            let (name, unit) = (found.name(), found.unit());
            row([&study.line.name, element.name, &name, unit, &number(mean), &number(half_width)]);
        }
    }
    String::from_utf8(rows.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn there_is_a_row_for_each_replication_and_kpi() {
        let text = sample::run_text(&FORMAT);
        let mut rows = text.lines();
        assert_eq!(rows.next(), Some("scenario,replication,kpi,unit,value"));
        assert!(text.contains("\n\"Range hoods, line 3\",0,throughput,1/h,"), "{text}");
        assert_eq!(rows.count(), sample::REPLICATIONS as usize * kpi::ALL.len());
    }

    /// The value at a path such as `states.working`, and whether it is there.
    fn at<'j>(json: &'j serde_json::Value, path: &str) -> &'j serde_json::Value {
        path.split('.').fold(json, |json, key| &json[key])
    }

    #[test]
    fn by_element_there_is_a_row_for_each_figure_of_json_with_its_mean_and_half_width() {
        let both = sample::with_run(|report| {
            let by_element = RunReport { by: Some(By::Element), ..*report };
            [sample::text_of(&FORMAT, &by_element), sample::text_of(&super::super::json::FORMAT, report)]
        });
        let json: serde_json::Value = serde_json::from_str(&both[1]).unwrap();
        let mut reader = ::csv::Reader::from_reader(both[0].as_bytes());
        assert_eq!(
            reader.headers().unwrap(),
            vec!["scenario", "element", "kpi", "unit", "mean", "half_width"]
        );
        let mut told = 0;
        for row in reader.records().map(Result::unwrap) {
            let found = at(&json["elements"][&row[1]], &row[2]);
            assert!(found.is_object(), "{row:?}");
            for (column, key) in [(4, "mean"), (5, "half_width")] {
                let (written, theirs): (Option<f64>, _) = (row[column].parse().ok(), found[key].as_f64());
                assert_eq!(written.is_some(), theirs.is_some(), "{key} of {row:?}");
                // A reader of JSON may be wrong in the last digit.
                let (one, other) = (written.unwrap_or_default(), theirs.unwrap_or_default());
                assert!((one - other).abs() <= 1e-12 * other.abs(), "{key} of {row:?}");
            }
            told += 1;
        }
        let leaves = |element: &serde_json::Value| -> usize {
            let fields = element.as_object().unwrap().iter();
            let fields = fields.filter(|(key, _)| !["kind", "assumed"].contains(&key.as_str()));
            fields
                .map(
                    |(_, value)| {
                        if value.get("mean").is_some() { 1 } else { value.as_object().unwrap().len() }
                    },
                )
                .sum()
        };
        let all: usize = json["elements"].as_object().unwrap().values().map(leaves).sum();
        assert_eq!(told, all);
    }

    #[test]
    fn a_comparison_has_the_rows_of_every_line_under_names_of_their_own() {
        let text = sample::compare_text(&FORMAT);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let mut names: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        names.dedup();
        assert_eq!(names, ["Range hoods, line 3", "Faster bending", "Faster bending (2)"]);
    }
}

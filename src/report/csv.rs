//! CSV: one row per line, replication and KPI, for spreadsheets and statistics programs. A value is empty where a
//! replication did not tell. Replications count from 0. By product there is one row per product, replication and figure.

use super::{CompareReport, Format};
use crate::kpi;
use crate::study::Study;

pub(super) static FORMAT: Format = Format {
    name: "csv",
    about: "for spreadsheets: one row per replication and KPI",
    ending: "csv",
    run: |report| match report.by_product {
        true => products(report.study),
        false => table(&[(&report.study.line.name, report.study)]),
    },
    compare,
};

fn compare(report: &CompareReport<'_>) -> String {
    let names = report.names();
    let named: Vec<(&str, &Study<'_>)> = names.iter().map(String::as_str).zip(report.studies).collect();
    table(&named)
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

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn there_is_a_row_for_each_replication_and_kpi() {
        let text = sample::with_run(|report| (FORMAT.run)(report));
        let mut rows = text.lines();
        assert_eq!(rows.next(), Some("scenario,replication,kpi,unit,value"));
        assert!(text.contains("\n\"Range hoods, line 3\",0,throughput,1/h,"), "{text}");
        assert_eq!(rows.count(), sample::REPLICATIONS as usize * kpi::ALL.len());
    }

    #[test]
    fn a_comparison_has_the_rows_of_every_line_under_names_of_their_own() {
        let text = sample::with_compare(|report| (FORMAT.compare)(report));
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let mut names: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        names.dedup();
        assert_eq!(names, ["Range hoods, line 3", "Faster bending", "Faster bending (2)"]);
    }
}

//! Parquet: the [long table](super::long) with typed columns, for pandas, R, DuckDB and Spark.
//!
//! The metadata of the file say what it is: `taktwin.schema`, `taktwin.version`, `taktwin.seed`, `taktwin.confidence`,
//! `taktwin.warm_up_s`, `taktwin.length_s`. Units are a column, since figures have different ones. Read [`write`] first.

use super::long::{LongRow, VALUES, each_row};
use super::{CompareReport, RunReport};
use crate::study::Study;
use ::parquet::basic::Compression;
use ::parquet::column::writer::ColumnWriterImpl;
use ::parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use ::parquet::errors::Result;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::parser::parse_message_type;
use std::io::{self, Write};
use std::sync::Arc;

/// Columns and their types, in the order of the long table.
const TYPES: &str = "message values {
    required binary scenario (STRING);
    required binary level (STRING);
    required binary name (STRING);
    required binary figure (STRING);
    required binary unit (STRING);
    required binary better (STRING);
    required int32 replication;
    optional double value;
    optional double mean;
    optional double half_width;
    optional double low;
    optional double high;
    optional binary period (STRING);
}";

/// Rows in a group: enough to compress well, few enough to hold in memory.
const GROUP: usize = 100_000;

pub(super) fn run(report: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    write(&[(&report.study.line.name, report.study)], out)
}

pub(super) fn compare(report: &CompareReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let names = report.names();
    write(&names.iter().map(String::as_str).zip(report.studies).collect::<Vec<_>>(), out)
}

fn write(studies: &[(&str, &Study<'_>)], out: &mut dyn Write) -> io::Result<()> {
    let about = studies.first().map(|(_, study)| metadata(study)).unwrap_or_default();
    let properties =
        WriterProperties::builder().set_compression(Compression::SNAPPY).set_key_value_metadata(Some(about));
    let types = Arc::new(parse_message_type(TYPES).map_err(io::Error::other)?);
    let writer = SerializedFileWriter::new(Vec::new(), types, Arc::new(properties.build()));
    let mut writer = writer.map_err(io::Error::other)?;
    let mut group = RowGroup::default();
    each_row(studies, |row| {
        group.push(row);
        if group.replication.len() == GROUP {
            group.flush(&mut writer).map_err(io::Error::other)
        } else {
            Ok(())
        }
    })?;
    group.flush(&mut writer).map_err(io::Error::other)?;
    out.write_all(&writer.into_inner().map_err(io::Error::other)?)
}

fn metadata(study: &Study<'_>) -> Vec<KeyValue> {
    let plan = &study.plan;
    let all = [
        ("schema", VALUES.to_owned()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("seed", plan.seed.to_string()),
        ("confidence", plan.confidence.to_string()),
        ("warm_up_s", study.warm_up.secs().to_string()),
        ("length_s", plan.length.secs().to_string()),
    ];
    all.map(|(key, value)| KeyValue::new(format!("taktwin.{key}"), value)).to_vec()
}

/// The columns of rows that are not yet written.
#[derive(Default)]
struct RowGroup {
    words: [Vec<ByteArray>; 6],
    replication: Vec<i32>,
    numbers: [Vec<Option<f64>>; 5],
    period: Vec<Option<ByteArray>>,
}

impl RowGroup {
    fn push(&mut self, row: &LongRow<'_>) {
        let words = [row.scenario, row.level, row.name, row.figure, row.unit, row.better];
        self.words.iter_mut().zip(words).for_each(|(column, word)| column.push(ByteArray::from(word)));
        // No plan has more than a million replications.
        self.replication.push(i32::try_from(row.replication).unwrap_or(i32::MAX));
        let numbers = [row.value, row.mean, row.half_width, row.low, row.high];
        self.numbers.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
        self.period.push(row.period.map(ByteArray::from));
    }

    fn flush(&mut self, writer: &mut SerializedFileWriter<Vec<u8>>) -> Result<()> {
        let rows = std::mem::take(self);
        if rows.replication.is_empty() {
            return Ok(());
        }
        let mut group = writer.next_row_group()?;
        for words in &rows.words {
            column::<ByteArrayType>(&mut group, |column| column.write_batch(words, None, None))?;
        }
        column::<Int32Type>(&mut group, |column| column.write_batch(&rows.replication, None, None))?;
        rows.numbers.into_iter().try_for_each(|numbers| optional::<DoubleType>(&mut group, numbers))?;
        optional::<ByteArrayType>(&mut group, rows.period)?;
        group.close().map(|_| ())
    }
}

/// Writes the next column of a group, in which values may be missing.
fn optional<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: Vec<Option<T::T>>,
) -> Result<()> {
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let known: Vec<T::T> = values.into_iter().flatten().collect();
    column::<T>(group, |column| column.write_batch(&known, Some(&levels), None))
}

/// Writes the next column of a group.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    fill: impl FnOnce(&mut ColumnWriterImpl<'_, T>) -> Result<usize>,
) -> Result<()> {
    // There are as many columns in the types as are written here.
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    fill(column.typed::<T>())?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::super::long::COLUMNS;
    use super::super::{heavy, jsonl, sample};
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::{Field, Row};
    use serde_json::Value;

    #[test]
    fn the_rows_are_those_of_json_lines_and_the_metadata_say_what_it_is() {
        let (bytes, lines) = sample::with_run(|report| {
            let mut bytes = Vec::new();
            (heavy::PARQUET.run)(report, &mut bytes).unwrap();
            (bytes, sample::text_of(&jsonl::FORMAT, report))
        });
        let mut file = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut file, &bytes).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let about = reader.metadata().file_metadata().key_value_metadata().unwrap().clone();
        assert!(about.iter().any(|pair| pair.key == "taktwin.seed" && pair.value.as_deref() == Some("2026")));
        let rows: Vec<Row> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        let expected: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), expected.len());
        for (row, expected) in rows.iter().zip(&expected) {
            for (nth, key) in COLUMNS.iter().enumerate() {
                let found = match row.get_column_iter().nth(nth).unwrap().1 {
                    Field::Str(text) => text.as_str().into(),
                    Field::Int(number) => (*number).into(),
                    Field::Double(number) => (*number).into(),
                    _ => Value::Null,
                };
                // A reader of JSON may be wrong in the last digit.
                let near = found.as_f64().zip(expected[key].as_f64());
                let same = near.is_some_and(|(one, other)| (one - other).abs() <= 1e-12 * other.abs());
                assert!(same || found == expected[key], "{key} of {expected}: {found}");
            }
        }
    }
}

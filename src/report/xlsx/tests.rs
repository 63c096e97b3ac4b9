//! Workbooks, read back by another library.

use super::super::{heavy, json, sample};
use calamine::{Data, Range, Reader, Xlsx};
use serde_json::Value;
use std::io::Cursor;

type Book = Xlsx<Cursor<Vec<u8>>>;

fn run_book() -> (Book, Value) {
    sample::with_run(|report| {
        let mut bytes = Vec::new();
        (heavy::XLSX.run)(report, &mut bytes).unwrap();
        let json = serde_json::from_str(&sample::text_of(&json::FORMAT, report)).unwrap();
        (Xlsx::new(Cursor::new(bytes)).unwrap(), json)
    })
}

fn compare_bytes() -> Vec<u8> {
    let mut bytes = Vec::new();
    sample::with_compare(|report| (heavy::XLSX.compare)(report, &mut bytes)).unwrap();
    bytes
}

/// A number of a sheet against one of JSON.
fn same(cell: Option<&Data>, json: &Value) {
    match (cell, json.as_f64()) {
        (Some(Data::Float(found)), Some(expected)) => {
            assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} {expected}");
        }
        (None | Some(Data::Empty), None) => {}
        (cell, json) => panic!("{cell:?} {json:?}"),
    }
}

fn rows(sheet: &Range<Data>) -> Vec<Vec<Data>> {
    sheet.rows().skip(1).map(<[Data]>::to_vec).collect()
}

#[test]
fn the_sheets_come_in_the_order_in_which_a_reader_asks() {
    let (book, _) = run_book();
    let names = [
        "answer",
        "settings",
        "figures",
        "elements",
        "products",
        "expectations",
        "warnings",
        "states",
        "replications",
    ];
    let found: Vec<String> = book.sheet_names().into_iter().filter(|name| name != "warnings").collect();
    assert_eq!(found, names.into_iter().filter(|name| *name != "warnings").collect::<Vec<_>>());
    let book: Book = Xlsx::new(Cursor::new(compare_bytes())).unwrap();
    assert_eq!(book.sheet_names()[..3], ["answer", "settings", "differences"]);
}

#[test]
fn figures_and_replications_are_those_of_json() {
    let (mut book, json) = run_book();
    for row in rows(&book.worksheet_range("figures").unwrap()) {
        let found = &json["kpis"][row[0].to_string()];
        same(row.get(1), &found["mean"]);
        same(row.get(2), &found["half_width"]);
        assert_eq!(found["unit"], row[3].to_string());
    }
    let sheet = book.worksheet_range("replications").unwrap();
    let heads: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    for (column, head) in heads.iter().enumerate().skip(2) {
        let name = head.split(" (").next().unwrap();
        for (nth, row) in rows(&sheet).iter().enumerate() {
            same(row.get(column), &json["kpis"][name]["values"][nth]);
        }
    }
    assert_eq!(heads.len(), crate::kpi::ALL.len() + 2);
}

#[test]
fn elements_are_those_of_json() {
    let (mut book, json) = run_book();
    let rows = rows(&book.worksheet_range("elements").unwrap());
    for row in &rows {
        let path = format!("/elements/{}/{}", row[0], row[2].to_string().replace('.', "/"));
        let found = json.pointer(&path).unwrap_or_else(|| panic!("{path}"));
        same(row.get(3), &found["mean"]);
        same(row.get(4), &found["half_width"]);
    }
    assert!(rows.len() > 100);
}

#[test]
fn the_same_comparison_gives_the_same_bytes() {
    assert_eq!(compare_bytes(), compare_bytes());
}

//! Tables as people have them, and what is said of those that cannot be read.

use super::*;
use crate::units::{Duration, Quantity};

fn read_bytes(bytes: &[u8], column: &CatalogColumn<'_>) -> (Result<Vec<CatalogRow>, String>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(column.path), bytes).expect("written");
    let mut tables = Tables::default();
    let rows = tables.read(folder.path(), column, &|cell| Duration::parse(cell).map(|time| time.0));
    let place = folder.path().join("").display().to_string();
    let short = |text: String| text.replace(&place, "");
    (rows.map_err(short), tables.notes.into_iter().map(short).collect())
}

const T: CatalogColumn<'_> =
    CatalogColumn { path: "t.csv", is_workbook: false, name: "t", sheet: None, encoding: None };

fn values(text: &str) -> Vec<f64> {
    let (rows, notes) = read_bytes(text.as_bytes(), &T);
    assert_eq!(notes, [""; 0]);
    rows.unwrap_or_else(|wrong| panic!("{text:?}: {wrong}")).into_iter().map(|row| row.value).collect()
}

fn wrong(text: &str) -> String {
    read_bytes(text.as_bytes(), &T).0.expect_err(text)
}

#[test]
fn the_delimiter_and_the_decimal_mark_are_found() {
    for text in [
        "t,u\n1.5,9\n2,9\n",
        "t;u\n1,5;9\n2;9\n",
        "t\tu\n1,5\t9\n2\t9\n",
        "t\n1,5\n2\n",
        "t\n1.5\n2",
        "u;t\n\"a;b, c\";1,5\n;2\n",
        "u, t\n\"a;b\",\"1,5\"\nx, 2\n",
        "sep=;\r\nt;u\r\n1,5;a,b,c\r\n2;d,e,f\r\n",
        "\u{feff}t;u\r\n1,5;x\r\n\r\n2;x\r\n",
        "t;u;\n1,5;9;\n2;9;\n",
    ] {
        assert_eq!(values(text), [1.5, 2.0], "{text:?}");
    }
}

#[test]
fn cells_may_have_units_or_be_times_and_the_end_of_a_column_may_be_empty() {
    assert_eq!(values("t\n62 s\n1,5 min\n2 h 15 min\n"), [62.0, 90.0, 8100.0]);
    assert_eq!(values("t\n0:01:30\n1:00:00,5\n100:00:00\n"), [90.0, 3600.5, 360_000.0]);
    assert_eq!(values("t;u\n1;1\n2;2\n;3\n;4\n"), [1.0, 2.0]);
    assert_eq!(values("t;u\n"), [0.0; 0]);
}

#[test]
fn a_row_is_the_line_of_the_file_whatever_stands_before_it() {
    let rows = |text: &str| -> Vec<usize> {
        read_bytes(text.as_bytes(), &T).0.expect("rows").into_iter().map(|row| row.row).collect()
    };
    assert_eq!(rows("t,u\n1,x\n\n2,x\n"), [2, 4]);
    assert_eq!(rows("sep=,\nt,u\n1,x\n2,x\n"), [3, 4]);
    assert_eq!(rows("t,u\n1,\"x\ny\"\n2,x\n"), [2, 4]);
}

#[test]
fn what_is_wrong_names_row_column_value_and_remedy() {
    for (text, written) in [
        (
            "t;u\n1;2\nsoon;3\n",
            "\"soon\" in row 3, column \"t\" of t.csv is no number: it does not begin with a number; ",
        ),
        ("t\n5 sek\n", "\"5 sek\" in row 2, column \"t\" of t.csv is no number: unknown unit \"sek\""),
        ("t;u\n1;2\n;3\n2;4\n", "there is nothing in row 3, column \"t\" of t.csv; "),
        ("t,u\n1,5,9\n", "row 2 of t.csv has 3 cells, but the first row names 2; "),
        ("t;u;t\n1;2;3\n", "t.csv has two columns \"t\", the 1st and the 3rd; "),
        ("seconds;whole\n1;2\n", "t.csv has no column \"t\"; it has \"seconds\", \"whole\""),
        ("t,u\n\"1,234\",2\n", "\"1,234\" in row 2, column \"t\" of t.csv may have decimals or thousands; "),
        (
            "t;u\n1.5;2\n1,5;2\n",
            "\"1,5\" in row 3, column \"t\" of t.csv has another decimal mark than row 2; ",
        ),
        ("t;u\n1.234,5;2\n", "\"1.234,5\" in row 2, column \"t\" of t.csv is no number"),
        ("t\n1:30\n", "\"1:30\" in row 2, column \"t\" of t.csv is no number"),
        ("t\n1:75:00\n", "\"1:75:00\" in row 2, column \"t\" of t.csv is no number"),
    ] {
        let found = wrong(text);
        assert!(found.starts_with(written), "{text:?}: {found}");
    }
}

#[test]
fn marked_and_named_encodings_are_read_without_a_word() {
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    };
    for big in [false, true] {
        let text = utf16("\u{feff}工时;t\r\n切割;1,5\r\n", big);
        let (rows, notes) = read_bytes(&text, &T);
        assert_eq!((rows, notes.len()), (Ok(vec![CatalogRow { row: 2, value: 1.5 }]), 0));
    }
    let gb = encoding_rs::GB18030.encode("工时;t\n切割;1,5\n").0.into_owned();
    for label in ["gb18030", "GB 18030", "GBK"] {
        let named = CatalogColumn { name: "工时", encoding: Some(label), ..T };
        let written = read_bytes(&gb, &named).0.expect_err("texts are no times");
        assert!(written.starts_with("\"切割\" in row 2, column \"工时\""), "{written}");
    }
    let latin = encoding_rs::WINDOWS_1252.encode("Stück;t\nfünf;1,5\n").0.into_owned();
    for label in ["Latin-1", "latin1", "ISO 8859-1", "windows-1252"] {
        assert!(read_bytes(&latin, &CatalogColumn { encoding: Some(label), ..T }).0.is_ok(), "{label}");
    }
}

#[test]
fn a_guess_is_told_and_a_wrong_name_is_refused() {
    let gb =
        encoding_rs::GB18030.encode("工序名称,t\n切割下料焊接打磨,1.5\n喷涂烘干检验包装,2\n").0.into_owned();
    let (rows, notes) = read_bytes(&gb, &T);
    assert_eq!(rows.map(|rows| rows.len()), Ok(2));
    assert_eq!(notes.len(), 1);
    assert!(
        notes[0].contains("is not UTF-8 and was read as GB")
            && notes[0].contains("name its encoding (`encoding: "),
        "{notes:?}"
    );
    let plain: Vec<u8> = "t\n1.5\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (rows, notes) = read_bytes(&plain, &T);
    assert_eq!((rows.map(|rows| rows.len()), notes.len()), (Ok(1), 1));
    let named = |label| {
        read_bytes(b"t;u\n1;\xff\xff\n", &CatalogColumn { encoding: Some(label), ..T }).0.expect_err("wrong")
    };
    assert!(named("utf-8").starts_with("t.csv is no text in UTF-8 (row 2); "), "{}", named("utf-8"));
    assert!(
        named("gb18031").contains("unknown encoding \"gb18031\"; did you mean \"gb18030\"?"),
        "{}",
        named("gb18031")
    );
}

const BOOK: CatalogColumn<'_> =
    CatalogColumn { path: "times.xlsx", is_workbook: true, name: "cycle", sheet: None, encoding: None };

fn book(column: &CatalogColumn<'_>) -> Result<Vec<CatalogRow>, String> {
    let mut tables = Tables::default();
    let read = |cell: &str| match crate::units::date_time(cell) {
        Some(date) => Ok(crate::units::secs_between(jiff::civil::date(2026, 3, 2).at(8, 0, 0, 0), date)),
        None => Duration::parse(cell).map(|time| time.0),
    };
    tables.read(Path::new("tests/tables"), column, &read)
}

#[test]
fn a_sheet_of_a_workbook_has_numbers_texts_dates_and_times() {
    let column = |name| {
        book(&CatalogColumn { name, ..BOOK })
            .expect(name)
            .into_iter()
            .map(|row| row.value)
            .collect::<Vec<_>>()
    };
    assert_eq!(column("cycle"), [51.0, 55.5, 60.0]);
    assert_eq!(column("came"), [0.0, 30.0, 5400.0]);
    assert_eq!(column("took"), [90.0, 2.5, 86_400.0]);
    assert_eq!(book(&BOOK).expect("rows")[0].row, 3, "the first row with anything in it names the columns");
}

#[test]
fn what_a_workbook_lacks_is_named() {
    let written = |column: CatalogColumn<'_>| book(&column).expect_err("wrong");
    assert!(
        written(CatalogColumn { name: "cycel", ..BOOK })
            .ends_with("has no column \"cycel\"; did you mean \"cycle\"?")
    );
    assert!(
        written(CatalogColumn { sheet: Some("Gap"), ..BOOK })
            .ends_with("has no sheet \"Gap\"; did you mean \"Gaps\"?")
    );
    assert!(
        written(CatalogColumn { sheet: Some("Gaps"), ..BOOK })
            .starts_with("there is nothing in row 3, column \"cycle\"")
    );
    let text = CatalogColumn { is_workbook: true, ..T };
    assert!(
        read_bytes(b"t\n1\n", &text).0.expect_err("no workbook").starts_with("t.csv is no workbook (.xlsx)")
    );
}

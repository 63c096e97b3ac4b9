//! Which file a table beside the layout stands in: text or a workbook, and what else is said of it.

/// What a layout says of the file of a table.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TableFields<'a> {
    pub(crate) csv: Option<&'a str>,
    pub(crate) xlsx: Option<&'a str>,
    pub(crate) sheet: Option<&'a str>,
    pub(crate) encoding: Option<&'a str>,
}

/// What is wrong with that: the field, empty for all of them, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TableFault {
    pub(crate) field: &'static str,
    pub(crate) message: &'static str,
    pub(crate) help: &'static str,
}

impl TableFault {
    /// The field in which it is, below the field of the table.
    pub(crate) fn place(self, table: &str) -> String {
        if self.field.is_empty() { table.to_owned() } else { format!("{table}.{}", self.field) }
    }
}

/// What is wrong with a field that belongs to the other kind of table.
pub(super) fn other_table(is_workbook: bool) -> TableFault {
    if is_workbook {
        let (message, help) = ("a workbook says its encoding itself", "leave `encoding` out");
        return TableFault { field: "encoding", message, help };
    }
    let help = "leave `sheet` out, or name a workbook with `xlsx`";
    TableFault { field: "sheet", message: "text has no sheets", help }
}

impl<'a> TableFields<'a> {
    /// The field that names the file, and its path; a workbook is named by `xlsx`.
    pub(crate) fn file(self) -> Result<(&'static str, &'a str), TableFault> {
        let fault = |field, message, help| Err(TableFault { field, message, help });
        match (self.csv, self.xlsx) {
            (Some(_), Some(_)) => fault("csv", "give csv or xlsx, not both", "remove one of them"),
            (None, None) => {
                let help = "write `csv: \"table.csv\"` or `xlsx: \"table.xlsx\"`";
                fault("", "the file is not named", help)
            }
            (Some(_), None) if self.sheet.is_some() => Err(other_table(false)),
            (None, Some(_)) if self.encoding.is_some() => Err(other_table(true)),
            (Some(path), None) => Ok(("csv", path)),
            (None, Some(path)) => Ok(("xlsx", path)),
        }
    }
}

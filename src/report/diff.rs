//! What changed from one line to another, as a table and as Markdown. Read [`table`].

use super::Look;
use super::table::{TableColumn, grid};
use crate::layout::{ModelDiff, ModelDifference};
use crate::units::spelling::brief;

/// The differences, one below the other.
pub fn table(found: &ModelDiff, look: Look) -> String {
    if found.is_empty() {
        return "no difference\n".to_owned();
    }
    let columns =
        [("what", TableColumn::Name), ("before", TableColumn::Words), ("after", TableColumn::Words)];
    let row = |one: &ModelDifference| vec![one.what.clone(), short(&one.before), short(&one.after)];
    grid(&columns, found.list.iter().map(row).collect(), look)
}

/// The same as a table that a review shows.
pub fn markdown(found: &ModelDiff) -> String {
    if found.is_empty() {
        return "No difference.\n".to_owned();
    }
    let code = |text: &str| if text == "–" { text.to_owned() } else { code_in_cell(text) };
    let row = |one: &ModelDifference| {
        format!("| {} | {} | {} |\n", code(&one.what), code(&short(&one.before)), code(&short(&one.after)))
    };
    let rows: String = found.list.iter().map(row).collect();
    format!("| what | before | after |\n| --- | --- | --- |\n{rows}")
}

/// A text that is shown as it is, also with `|` and backquotes in it.
fn code_in_cell(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", text.replace('|', "\\|").replace('\n', " "))
}

fn short(value: &Option<String>) -> String {
    value.as_deref().map_or_else(|| "–".to_owned(), brief)
}

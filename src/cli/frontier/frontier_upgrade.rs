//! `--write FILE`: the best setting as an upgrade of the line, with a change for each field.
//!
//! What is written is read before the file appears, and must be the line that was tried.

use super::super::output::{Destination, note};
use super::super::{ExitStatus, Failure};
use crate::layout::{NewChange, base_from, upgrade_text};
use crate::line;
use crate::study::frontier::{Frontier, ReadLine, run_alike};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes the best setting of a line with the changes of `--set`; a note if the baseline is the best.
pub(super) fn write_upgrade(
    frontier: &Frontier,
    (line, sets): (&Path, &[String]),
    (place, path): (&Destination, &PathBuf),
    read: &ReadLine<'_>,
) -> Result<(), Failure> {
    let Some((chosen, _)) = frontier.best_in_search() else {
        note(&format!("`{}` is not written, since no setting is better than the baseline", path.display()));
        return Ok(());
    };
    let values = frontier.request.space.values(chosen);
    let of_search = values.map(|(way, value)| change(format!("{way} = {value}"), [(way, value)]));
    let before = sets.iter().filter_map(|set| set.split_once('='));
    let before = (!sets.is_empty()).then(|| change("as --set says".to_owned(), before));
    let changes: Vec<NewChange> = before.into_iter().chain(of_search).collect();
    let name = path.file_stem().map_or_else(|| "best".into(), |stem| stem.to_string_lossy());
    let text = upgrade_text(&name.replace(['_', '-'], " "), &base_from(path, line), &changes);
    check(&text, path, &frontier.request.space.sets(chosen), read)?;
    place.print(&text)
}

fn change<'a>(name: String, sets: impl IntoIterator<Item = (&'a str, &'a str)>) -> NewChange {
    let sets = sets.into_iter().map(|(way, value)| (way.trim().to_owned(), value.trim().to_owned()));
    NewChange { name, sets: sets.collect() }
}

/// Reads the text from a temporary file beside its place, and compares it with the line that was tried.
fn check(text: &str, path: &Path, sets: &[String], read: &ReadLine<'_>) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let remedy = "choose a place that you may write to and that has room";
    let cannot = |error: std::io::Error| Failure::io("write", path, &error, remedy);
    let mut file =
        tempfile::Builder::new().prefix(".taktwin-").suffix(".ron").tempfile_in(folder).map_err(cannot)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(cannot)?;
    let written = line::read(file.path(), &[]).map_err(|rejected| Failure::rejected(&rejected, false))?;
    match read(sets) {
        Ok(tried) if run_alike(&written, &tried) => Ok(()),
        _ => Err(Failure::new(
            ExitStatus::InputWrong,
            format!("what would be written to `{}` is not the line that was tried", path.display()),
            "a file named in a change is looked for from the folder of the upgrade; write it beside the line",
        )),
    }
}

//! What leaves the window as a file: an upgrade, the curves as a table, a picture. A file appears whole or not at all.

use super::Message;
use super::side::Side;
use crate::line;
use crate::twin::HistoryCourse;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file whole or not at all.
pub(crate) fn whole(path: &Path, content: &[u8]) -> Result<(), Message> {
    checked(path, content, |_| Ok(()))
}

/// Writes a file under a temporary name beside its place, checks it, and renames it.
fn checked(
    path: &Path,
    content: &[u8],
    check: impl FnOnce(&Path) -> Result<(), Message>,
) -> Result<(), Message> {
    let cannot = |error: io::Error| {
        Message::wrong(
            format!("{} cannot be written: {error}", path.display()),
            "choose a folder that is there, that you may write to and that has room",
        )
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Temporary files are private to their owner; what is saved is as public as any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.prefix(".taktwin-").suffix(".ron").tempfile_in(folder).map_err(cannot)?;
    file.write_all(content).and_then(|()| file.flush()).map_err(cannot)?;
    check(file.path())?;
    file.persist(path).map(|_| ()).map_err(|error| cannot(error.error))
}

/// Saves the changes of a side as an upgrade of its file. What is saved is read again and must be the line that was tried.
pub(crate) fn upgrade(side: &Side, path: &Path) -> Result<(), Message> {
    let sets = side.edits.sets();
    if sets.is_empty() {
        return Err(Message::wrong("there is no change to save", "change a number of an element first"));
    }
    let taken = side.line().files.iter().any(|file| same_file(file, path));
    if taken {
        let text = format!("{} is a file that the line is read from", path.display());
        return Err(Message::wrong(text, "give the upgrade another name"));
    }
    let name = path.file_stem().map_or("upgrade".into(), |stem| stem.to_string_lossy());
    let name = name.replace(['_', '-'], " ");
    let text = side.edits.upgrade(&name, path);
    let tried = line::read(side.edits.path(), &sets).map_err(|rejected| Message::rejected(&rejected))?;
    checked(path, text.as_bytes(), |saved| {
        let saved = line::read(saved, &[]).map_err(|rejected| Message::rejected(&rejected))?;
        let same = saved.elements.len() == tried.elements.len()
            && saved.elements.iter().zip(&tried.elements).all(|(saved, tried)| {
                saved.name == tried.name && saved.prototype == tried.prototype && saved.power == tried.power
            });
        match same {
            true => Ok(()),
            false => Err(Message::wrong(
                "what would be saved is not the line that was tried",
                "a file named in a change is looked for from the folder of the upgrade; save it beside the line",
            )),
        }
    })
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

/// The curves and their names in the table.
pub(crate) const COURSES: [(HistoryCourse, &str); 8] = [
    (HistoryCourse::Throughput, "throughput_per_h"),
    (HistoryCourse::Wip, "wip"),
    (HistoryCourse::LeadTime, "lead_time_min"),
    (HistoryCourse::Power, "power_kw"),
    (HistoryCourse::PowerOf15Min, "power_15min_kw"),
    (HistoryCourse::PeakPower, "peak_power_15min_kw"),
    (HistoryCourse::EnergyPerPart, "electricity_per_good_part_kwh"),
    (HistoryCourse::Oee, "oee"),
];

/// Saves the curves of all sides: a row for each point.
pub(crate) fn curves(sides: &[Side], path: &Path) -> Result<(), Message> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut rows = || -> csv::Result<()> {
        table.write_record(["side", "curve", "hours", "value"])?;
        for side in sides {
            for (course, name) in COURSES {
                for [hours, value] in side.twin.history().course(course) {
                    let title = if side.title.is_empty() { "line" } else { &side.title };
                    table.write_record([title, name, &hours.to_string(), &value.to_string()])?;
                }
            }
        }
        Ok(())
    };
    let cannot =
        |error: &dyn std::fmt::Display| Message::wrong(format!("the curves cannot be written: {error}"), "");
    rows().map_err(|error| cannot(&error))?;
    let content = table.into_inner().map_err(|error| cannot(&error))?;
    whole(path, &content)
}

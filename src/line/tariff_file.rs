//! A tariff by the name of a ready one or by its file, with the changes of the command line. Read [`read_tariff`].

use super::Rejected;
use crate::calendar::CalendarFault;
use crate::layout::{Fault, Faults, Sources, TariffText, neighbour, read_tariff_layout};
use crate::tariff::{READY, Tariff, TariffLayout, from_urdb};
use crate::units::spelling::suggestion;
use std::fs;
use std::path::{Path, PathBuf};

/// A tariff and the file that it was read from.
#[derive(Clone, Debug)]
pub struct TariffFile {
    /// The tariff.
    pub tariff: Tariff,
    /// Its file; none if it is a ready one.
    pub file: Option<PathBuf>,
}

/// More is no tariff.
const MAX_BYTES: u64 = 16 << 20;

/// Reads a tariff: the name of a ready one, or a file, whose path starts from a folder: a `.ron`, or a `.json` in the form of the U.S.
/// utility rate database; with changes such as `charges.energy.price=0.7 CNY/kWh`.
pub fn read_tariff(folder: &Path, named: &str, sets: &[String]) -> Result<TariffFile, Rejected> {
    let path = &*folder.join(named);
    let ready = READY.iter().find(|(name, _)| *name == named).filter(|_| !path.exists());
    if let Some((name, text)) = ready {
        return checked(TariffText::Ready(name, text), sets).map(|tariff| TariffFile { tariff, file: None });
    }
    let fault = unreadable(named, path).or_else(|| {
        let is_urdb = is_json(path) && !sets.is_empty();
        is_urdb.then(|| {
            Fault::new(format!(
                "{named} is in the form of the utility rate database, of which nothing can be set"
            ))
            .help("change the file, or write the tariff as .ron")
        })
    });
    if let Some(fault) = fault {
        return Err(rejected(fault));
    }
    let tariff = match is_json(path) {
        true => urdb(named, path)?,
        false => checked(TariffText::File(path), sets)?,
    };
    Ok(TariffFile { tariff, file: Some(path.to_owned()) })
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn rejected(fault: Fault) -> Rejected {
    let mut faults = Faults::default();
    faults.push(fault);
    Rejected::new(faults, Sources::default())
}

/// Why there is no such tariff.
fn unreadable(named: &str, path: &Path) -> Option<Fault> {
    let fault = match fs::metadata(path) {
        Ok(about) if about.is_file() && about.len() <= MAX_BYTES => return None,
        Ok(_) => return Some(Fault::new(format!("{named} is no file of at most 16 MB"))),
        Err(_) => Fault::new(format!("there is no tariff \"{named}\"")),
    };
    let near = neighbour(path).map(|near| format!("did you mean {}?", path.with_file_name(near).display()));
    let ready = || suggestion(named, READY.iter().map(|(name, _)| *name), "name a file, or a ready tariff:");
    Some(near.or_else(ready).into_iter().fold(fault, Fault::help))
}

fn checked(text: TariffText<'_>, sets: &[String]) -> Result<Tariff, Rejected> {
    let (layout, sources, mut faults) = read_tariff_layout(text, sets);
    let tariff = layout.and_then(|layout| match Tariff::new(&layout.value) {
        Ok(tariff) => Some(tariff),
        Err(found) => {
            for CalendarFault { way, message, help } in found {
                let way = way.replace("[\"", ".").replace("\"]", "");
                let place = layout.place_of(way.trim_start_matches('.'), &sources);
                faults.push(Fault::new(message).at(place).help(help));
            }
            None
        }
    });
    match tariff {
        Some(tariff) if faults.is_empty() => Ok(tariff),
        _ => Err(Rejected::new(faults, sources)),
    }
}

fn urdb(named: &str, path: &Path) -> Result<Tariff, Rejected> {
    let said = |message: String| {
        let (message, help) = message.split_once("; ").unwrap_or((&message, ""));
        rejected(Fault::new(message).help(help))
    };
    let text = fs::read_to_string(path).map_err(|error| said(format!("{named} cannot be read: {error}")))?;
    let layout: TariffLayout = from_urdb(&text, named).map_err(said)?;
    Tariff::new(&layout).map_err(|found| {
        let mut faults = Faults::default();
        for CalendarFault { way, message, help } in found {
            faults.push(Fault::new(format!("{named}: {way}: {message}")).help(help));
        }
        Rejected::new(faults, Sources::default())
    })
}

//! A tariff file as it is written, with the changes of the command line.
//!
//! What its values mean is left to [`tariff`](crate::tariff). Read [`read_tariff_layout`].

use super::fault::{Fault, Faults};
use super::patch::{argument, set_in};
use super::scan::scan;
use super::source::Sources;
use super::text_span::FileId;
use super::{Placed, Read, placed, read};
use crate::tariff::TariffLayout;
use std::path::Path;

/// Where the text of a tariff is.
#[derive(Clone, Copy, Debug)]
pub enum TariffText<'a> {
    /// In a file.
    File(&'a Path),
    /// In the program: a name and the text.
    Ready(&'a str, &'a str),
}

/// Reads a tariff and makes changes such as `charges.energy.price=0.7 CNY/kWh`.
pub fn read_tariff_layout(
    text: TariffText<'_>,
    sets: &[String],
) -> (Option<Placed<TariffLayout>>, Sources, Faults) {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let file = match text {
        TariffText::File(path) => faults.keep(sources.read(path)),
        TariffText::Ready(name, text) => Some(sources.add_argument(name, text)),
    };
    let layout = file.and_then(|file| of_file(file, sets, &mut sources, &mut faults));
    (layout, sources, faults)
}

fn of_file(
    file: FileId,
    sets: &[String],
    sources: &mut Sources,
    faults: &mut Faults,
) -> Option<Placed<TariffLayout>> {
    let mut root = faults.keep(scan(sources, file))?;
    root.report_duplicates(sources, faults);
    root.report_unprintable(sources, faults);
    if sources.text(root.name()) != "Tariff" {
        faults.push(Fault::new("this is no tariff").at(root.head()).label("a tariff begins with `Tariff(`"));
        return None;
    }
    for set in sets {
        if let Some((way, value)) = faults.keep(argument(sources, set)) {
            faults.keep(set_in(&mut root, way, value, sources));
        }
    }
    match placed(read::by_serde, root.head(), root, sources, faults) {
        Read::Right(layout) => Some(layout),
        Read::Mended(_) | Read::Not => None,
    }
}

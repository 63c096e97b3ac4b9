//! The formats that need large libraries: a program has them if it is built with the feature `formats`.
//!
//! They are on the list of formats in any case, so that a program without them can say how to get them.

use super::Format;
#[cfg(not(feature = "formats"))]
use super::{CompareReport, RunReport};
#[cfg(feature = "formats")]
use super::{parquet, xlsx};
#[cfg(not(feature = "formats"))]
use std::io::{self, Write};

pub(super) static XLSX: Format = Format {
    name: "xlsx",
    about: "for spreadsheets: a workbook with the answer, tables and charts",
    ending: "xlsx",
    binary: true,
    built: cfg!(feature = "formats"),
    run: xlsx::run,
    compare: xlsx::compare,
};

pub(super) static PARQUET: Format = Format {
    name: "parquet",
    about: "for programs: every value of every figure, in typed columns",
    ending: "parquet",
    binary: true,
    built: cfg!(feature = "formats"),
    run: parquet::run,
    compare: parquet::compare,
};

/// Stands for both formats in a program without them. The command line refuses them before any work.
#[cfg(not(feature = "formats"))]
mod unbuilt {
    use super::{CompareReport, RunReport, Write, io};

    pub(super) fn run(_: &RunReport<'_>, _: &mut dyn Write) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn compare(_: &CompareReport<'_>, _: &mut dyn Write) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
#[cfg(not(feature = "formats"))]
use unbuilt as xlsx;
#[cfg(not(feature = "formats"))]
use unbuilt as parquet;

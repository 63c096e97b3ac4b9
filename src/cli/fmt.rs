//! `taktwin fmt FILE..`: brings layouts into the one style.

use super::check::layouts_at;
use super::options::Color;
use super::output::Destination;
use super::{ExitStatus, Failure};
use crate::layout::formatted;
use crate::units::letters::harmless;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Bring layouts into the one style; comments stay, and the meaning too
#[derive(Args, Clone, Debug)]
#[command(after_help = "A file is replaced whole, and only if something changes. With --check nothing is
written, and the code is 1 if a file is not in the style.

Examples:
  taktwin fmt line.ron
  taktwin fmt scenes/                every .ron file below the folder
  taktwin fmt --check scenes/        for a build server")]
pub struct FormatCommand {
    /// Lines, upgrades, or folders: of a folder every .ron file below it
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write nothing, and name the files that are not in the style
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    color: Color,
}

impl FormatCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let (mut failures, mut changed) = (Vec::new(), 0);
        for layout in self.files.iter().flat_map(|path| layouts_at(path)) {
            match layout.and_then(|file| self.format(&file)) {
                Ok(is_changed) => changed += u32::from(is_changed),
                Err(failure) => failures.push(failure),
            }
        }
        match failures.into_iter().reduce(Failure::and) {
            Some(all) => Err(all),
            None if self.check && changed > 0 => Ok(ExitStatus::ExpectationFails),
            None => Ok(ExitStatus::Done),
        }
    }

    /// Formats one file; whether that changes it.
    fn format(&self, file: &Path) -> Result<bool, Failure> {
        let remedy = "name a layout that can be read, in the encoding UTF-8";
        let text = fs::read_to_string(file).map_err(|error| Failure::io("read", file, &error, remedy))?;
        let name = file.display().to_string();
        let new = formatted(&name, &text).map_err(|(faults, sources)| {
            let text = faults.render(&sources, self.color.on_stderr());
            Failure::drawn(text)
        })?;
        if new == text {
            return Ok(false);
        }
        if !self.check {
            Destination::of(Some(file))?.print(&new)?;
        }
        let done = if self.check { "is not in the style" } else { "formatted" };
        Destination::Terminal.print(&harmless(&format!("{name}: {done}\n")))?;
        Ok(true)
    }
}

//! `taktwin fmt FILE..`: brings layouts into the one style, or writes one in the other format.

use super::check::layouts_at;
use super::options::{Color, refuse_input};
use super::output::{Destination, note};
use super::{ExitStatus, Failure};
use crate::equipment::AnySettings;
use crate::layout::{self, Faults, Sources};
use crate::units::letters::harmless;
use clap::{Args, ValueEnum};
use std::fs;
use std::path::{Path, PathBuf};

/// Bring layouts into the one style; comments stay, and the meaning too
#[derive(Args, Clone, Debug)]
#[command(after_help = "A file is replaced whole, and only if something changes. With --check nothing is
written, and the code is 1 if a file is not in the style. With --to one file is
printed in the other format, and is left as it is.

Examples:
  taktwin fmt line.ron
  taktwin fmt scenes/                every layout below the folder
  taktwin fmt --check scenes/        for a build server
  taktwin fmt line.ron --to json --out line.json")]
pub struct FormatCommand {
    /// Lines, upgrades, studies, or folders: of a folder every layout below it
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write nothing, and name the files that are not in the style
    #[arg(long)]
    check: bool,
    /// Print the one FILE in this format instead; JSON has no comments
    #[arg(long, value_name = "FORMAT", value_enum, conflicts_with = "check")]
    to: Option<LayoutFormat>,
    /// With --to: write to a file, whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE", requires = "to")]
    out: Option<PathBuf>,
    #[command(flatten)]
    color: Color,
}

/// How a layout can be written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum LayoutFormat {
    Json,
    Ron,
}

impl FormatCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        if let Some(to) = self.to {
            return self.convert(to);
        }
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
        let new = layout::styled(file).map_err(|wrong| self.failure(&wrong))?;
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

    /// Writes one file in the other format.
    fn convert(&self, to: LayoutFormat) -> Result<ExitStatus, Failure> {
        let [file] = &self.files[..] else {
            let wrong = "`--to` takes one file at a time";
            return Err(Failure::new(ExitStatus::InputWrong, wrong, "call the program once for each file"));
        };
        let place = Destination::of(self.out.as_deref())?;
        refuse_input(&place, [file])?;
        let out = self.out.as_deref().filter(|_| matches!(place, Destination::File(_)));
        let converted = match to {
            LayoutFormat::Json => layout::as_json(file, out),
            LayoutFormat::Ron => layout::as_ron(file, out, AnySettings::from_ron),
        };
        let converted = converted.map_err(|wrong| self.failure(&wrong))?;
        place.print(&converted.text)?;
        if converted.lost_comments {
            note(&format!("the comments of {} are left out: JSON has none", file.display()));
        }
        Ok(ExitStatus::Done)
    }

    fn failure(&self, (faults, sources): &(Faults, Sources)) -> Failure {
        Failure::drawn(faults.render(sources, self.color.on_stderr()))
    }
}

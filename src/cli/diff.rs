//! `taktwin diff A B`: what changed from one line to another.

use super::options::{Color, columns, refuse_ending, refuse_input};
use super::output::Destination;
use super::{ExitStatus, Failure};
use crate::equipment::AnySettings;
use crate::layout::{self, ModelDiff};
use crate::line;
use crate::report::{self, Look};
use clap::{Args, ValueEnum};
use std::io;
use std::path::{Path, PathBuf};

/// Show what changed from one line to another, or write it as an upgrade
#[derive(Args, Clone, Debug)]
#[command(after_help = "The order of elements and fields does not count; groups and included lines are
compared by what they say. As an upgrade (ron) it makes B of A; the elements it
adds stand at the end. A new product or another expectation is more than an
upgrade can say: then it ends with code 2.

Examples:
  taktwin diff before.ron after.ron
  taktwin diff before.ron after.ron --format md       for a review
  taktwin diff before.ron after.ron --out upgrade.ron")]
pub struct DiffCommand {
    /// The line before: a line or an upgrade
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The line after
    #[arg(value_name = "B")]
    after: PathBuf,
    /// How to write it [default: by the ending of --out, else table]
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<DiffForm>,
    /// Write it to a file, whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    color: Color,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum DiffForm {
    /// For people
    Table,
    /// Markdown, for a review
    Md,
    /// An upgrade of A that makes B
    Ron,
}

impl DiffForm {
    /// Names and endings.
    const ALL: [(DiffForm, &'static str, &'static str); 3] =
        [(DiffForm::Table, "table", "txt"), (DiffForm::Md, "md", "md"), (DiffForm::Ron, "ron", "ron")];
}

impl DiffCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let place = Destination::of(self.out.as_deref())?;
        if let (Destination::File(_), Some(path)) = (&place, &self.out) {
            let asked =
                DiffForm::ALL.iter().find(|(form, ..)| self.format == Some(*form)).map(|(_, name, _)| *name);
            refuse_ending(path, asked, DiffForm::ALL.iter().map(|(_, name, ending)| (*name, *ending)))?;
        }
        for path in [&self.before, &self.after] {
            let line = line::read(path, &[])
                .map_err(|rejected| Failure::rejected(&rejected, self.color.on_stderr()))?;
            refuse_input(&place, &line.files)?;
        }
        let found = layout::diff(&self.before, &self.after, AnySettings::from_ron)
            .map_err(|(faults, sources)| Failure::drawn(faults.render(&sources, self.color.on_stderr())))?;
        let look = Look { color: self.out.is_none() && self.color.on(&io::stdout()), columns: columns() };
        place.print(&match self.form() {
            DiffForm::Table => report::diff_table(&found, look),
            DiffForm::Md => report::diff_markdown(&found),
            DiffForm::Ron => self.upgrade(&found)?,
        })?;
        Ok(ExitStatus::Done)
    }

    fn form(&self) -> DiffForm {
        let ending = self.out.as_ref().and_then(|path| path.extension());
        let fits = |(_, _, known): &&(DiffForm, &str, &str)| {
            ending.is_some_and(|ending| ending.eq_ignore_ascii_case(known))
        };
        let by_ending = DiffForm::ALL.iter().find(fits).map(|(form, ..)| *form);
        self.format.or(by_ending).unwrap_or(DiffForm::Table)
    }

    fn upgrade(&self, found: &ModelDiff) -> Result<String, Failure> {
        if !found.beyond.is_empty() {
            let wrong = format!("an upgrade cannot say this: {}", found.beyond.join("; "));
            return Err(Failure::new(
                ExitStatus::InputWrong,
                wrong,
                "write it with `--format table` or `--format md`",
            ));
        }
        let base = layout::base_from(self.out.as_deref().unwrap_or(Path::new("upgrade.ron")), &self.before);
        Ok(found.upgrade(&base))
    }
}

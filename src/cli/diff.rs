//! `taktwin diff A B`: what changed from one line to another.

use super::form::{FormOptions, ResultForm};
use super::options::refuse_input;
use super::{ExitStatus, Failure};
use crate::equipment::AnySettings;
use crate::layout::{self, ModelDiff};
use crate::line;
use crate::report;
use clap::{Args, ValueEnum};
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
    #[command(flatten)]
    result: FormOptions<DiffForm>,
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

impl ResultForm for DiffForm {
    fn ending(&self) -> &'static str {
        match self {
            DiffForm::Table => "txt",
            DiffForm::Md => "md",
            DiffForm::Ron => "ron",
        }
    }
}

impl DiffCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let place = self.result.destination()?;
        for path in [&self.before, &self.after] {
            let line = line::read(path, &[])
                .map_err(|rejected| Failure::rejected(&rejected, self.result.color.on_stderr()))?;
            refuse_input(&place, &line.files)?;
        }
        let found =
            layout::diff(&self.before, &self.after, AnySettings::from_ron).map_err(|(faults, sources)| {
                Failure::drawn(faults.render(&sources, self.result.color.on_stderr()))
            })?;
        let look = self.result.look();
        place.print(&match self.result.form() {
            DiffForm::Table => report::diff_table(&found, look),
            DiffForm::Md => report::diff_markdown(&found),
            DiffForm::Ron => self.upgrade(&found)?,
        })?;
        Ok(ExitStatus::Done)
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
        let base =
            layout::base_from(self.result.out.as_deref().unwrap_or(Path::new("upgrade.ron")), &self.before);
        Ok(found.upgrade(&base))
    }
}

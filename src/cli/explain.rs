//! `taktwin explain LINE`: how a line was understood, before anything runs.

use super::options::{Color, columns, refuse_ending, refuse_input};
use super::output::{Destination, note};
use super::{ExitStatus, Failure};
use crate::explain::Explanation;
use crate::line;
use crate::report::{self, Look};
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;

/// Show how a line is understood: flow, rates, capacity, loads, odd settings
#[derive(Args, Clone, Debug)]
#[command(after_help = "Nothing is run. Rates are those of the means, at the mix of parts that comes.
No run exceeds in the long run what is called \"at most\"; waiting, blocking and
chance take their share of the rest.

Examples:
  taktwin explain line.ron
  taktwin explain line.ron --set \"bend.cycle=50 s\"      and then?
  taktwin explain upgrade.ron --format json --out upgrade.json")]
pub struct Explain {
    /// The line, or an upgrade of one
    line: PathBuf,
    /// Change a field first, such as `rack.capacity=24`; repeat for more
    #[arg(long = "set", value_name = "ELEMENT.FIELD=VALUE")]
    sets: Vec<String>,
    /// How to write it [default: json if --out ends so, else table]
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<ExplainForm>,
    /// Write it to a file, whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    color: Color,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum ExplainForm {
    /// For people
    Table,
    /// For programs
    Json,
}

impl Explain {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let place = Destination::of(self.out.as_deref())?;
        if let (Destination::File(_), Some(path)) = (&place, &self.out) {
            let asked = self.format.map(|form| if form == ExplainForm::Json { "json" } else { "table" });
            refuse_ending(path, asked, [("table", "txt"), ("json", "json")].into_iter())?;
        }
        let line = line::read(&self.line, &self.sets)
            .map_err(|rejected| Failure::rejected(&rejected, self.color.on_stderr()))?;
        line.notes.iter().for_each(|text| note(text));
        refuse_input(&place, &line.files)?;
        let explanation = Explanation::of(&line);
        place.print(&match self.form() {
            ExplainForm::Table => report::explain_table(&explanation, self.look()),
            ExplainForm::Json => report::explain_json(&explanation),
        })?;
        Ok(ExitStatus::Done)
    }

    fn form(&self) -> ExplainForm {
        let ending = self.out.as_ref().and_then(|path| path.extension());
        let json = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
        self.format.unwrap_or(if json { ExplainForm::Json } else { ExplainForm::Table })
    }

    fn look(&self) -> Look {
        Look { color: self.out.is_none() && self.color.on(&io::stdout()), columns: columns() }
    }
}

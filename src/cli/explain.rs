//! `taktwin explain LINE`: how a line was understood, before anything runs.

use super::form::{FormOptions, ResultForm};
use super::options::refuse_input;
use super::output::note;
use super::{ExitStatus, Failure};
use crate::explain::Explanation;
use crate::line;
use crate::report;
use clap::{Args, ValueEnum};
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
    #[command(flatten)]
    result: FormOptions<ExplainForm>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum ExplainForm {
    /// For people
    Table,
    /// For programs
    Json,
}

impl ResultForm for ExplainForm {
    fn ending(&self) -> &'static str {
        match self {
            ExplainForm::Table => "txt",
            ExplainForm::Json => "json",
        }
    }
}

impl Explain {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let place = self.result.destination()?;
        let line = line::read(&self.line, &self.sets)
            .map_err(|rejected| Failure::rejected(&rejected, self.result.color.on_stderr()))?;
        line.notes.iter().for_each(|text| note(text));
        refuse_input(&place, &line.files)?;
        let explanation = Explanation::of(&line);
        place.print(&match self.result.form() {
            ExplainForm::Table => report::explain_table(&explanation, self.result.look()),
            ExplainForm::Json => report::explain_json(&explanation),
        })?;
        Ok(ExitStatus::Done)
    }
}

//! How a command writes its result when there are only a few forms of it: a table, JSON, an upgrade.
//!
//! `--format` names the form; without it the ending of `--out` does; without both it is a table.

use super::Failure;
use super::options::{Color, columns, refuse_ending};
use super::output::Destination;
use crate::report::Look;
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;

/// The forms of one command, the first of which is the usual one.
pub(super) trait ResultForm: ValueEnum + Send + Sync + 'static {
    /// The ending of a file in this form.
    fn ending(&self) -> &'static str;
}

/// In which form a result is written, and where to.
#[derive(Args, Clone, Debug)]
pub(super) struct FormOptions<F: ResultForm> {
    /// How to write it [default: by the ending of --out, else table]
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<F>,
    /// Write it to a file, whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) color: Color,
}

impl<F: ResultForm> FormOptions<F> {
    /// Where the result goes; refused if its ending stands for no form, or for another than the one asked for.
    pub(super) fn destination(&self) -> Result<Destination, Failure> {
        let place = Destination::of(self.out.as_deref())?;
        if let (Destination::File(_), Some(path)) = (&place, &self.out) {
            let known: Vec<_> = F::value_variants().iter().map(|form| (name(form), form.ending())).collect();
            let asked = self.format.as_ref().map(name);
            let known = known.iter().map(|(name, ending)| (name.as_str(), *ending));
            refuse_ending(path, asked.as_deref(), known)?;
        }
        Ok(place)
    }

    /// The form of the result.
    pub(super) fn form(&self) -> F {
        let ending = self.out.as_ref().and_then(|path| path.extension());
        let fits = |form: &&F| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(form.ending()));
        let by_ending = F::value_variants().iter().find(fits);
        self.format.as_ref().or(by_ending).unwrap_or(&F::value_variants()[0]).clone()
    }

    /// How it looks where people read it.
    pub(super) fn look(&self) -> Look {
        Look { color: self.out.is_none() && self.color.on(&io::stdout()), columns: columns() }
    }
}

fn name<F: ResultForm>(form: &F) -> String {
    form.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

//! `taktwin schema NAME`: the JSON Schema of a JSON that Taktwin writes.

use super::output::Destination;
use super::{ExitStatus, Failure};
use crate::report::schema::{CONTRACTS, Contract};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Print the JSON Schema of a result, or list those that there are
#[derive(Args, Clone, Debug)]
#[command(after_help = "A schema has the draft 2020-12, which most programs that check JSON know.

Examples:
  taktwin schema                     what has a schema?
  taktwin schema run > run.schema.json")]
pub struct SchemaCommand {
    /// Which one; without it all are listed
    #[arg(value_name = "NAME", value_parser = contracts())]
    contract: Option<&'static Contract>,
}

impl SchemaCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        Destination::Terminal.print(&self.contract.map_or_else(list, Contract::schema))?;
        Ok(ExitStatus::Done)
    }
}

fn list() -> String {
    let row = |contract: &Contract| {
        format!("{:<10} {:<20} {}\n", contract.name, contract.id, contract.about.replace('`', ""))
    };
    CONTRACTS.iter().map(row).collect()
}

fn contracts() -> impl TypedValueParser<Value = &'static Contract> {
    let values = CONTRACTS.iter().map(|contract| PossibleValue::new(contract.name).help(contract.about));
    PossibleValuesParser::new(values).try_map(|name| {
        let known = CONTRACTS.iter().find(|contract| contract.name == name);
        known.ok_or("there is no such contract")
    })
}

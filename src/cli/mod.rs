//! The command line: one file per subcommand, and what they share.
//!
//! [`run`] parses a [`Cli`] and carries it out; `main` reports a [`Failure`] once, and ends with an [`ExitStatus`]. Results leave through
//! `output`, progress through `progress`; nothing else prints. Read [`Cli`] first, then `run`.

mod attribute;
mod bill;
mod check;
mod ci_template;
mod compare;
mod completions;
mod diff;
mod exit;
mod explain;
mod failure;
mod fmt;
mod form;
mod frontier;
mod guard;
mod handbook;
mod help;
mod journal;
mod kpis;
mod losses;
mod man;
mod options;
mod output;
mod outputs;
mod page;
mod pager;
mod precision;
mod progress;
mod render;
mod run;
mod schema;
mod sensitivity;
mod test;
mod verdict;
mod view;

pub use exit::ExitStatus;
pub use failure::Failure;
pub use guard::install as end_in_order;

use clap::{Parser, Subcommand};

/// Does what the command line asks for.
pub fn run() -> Result<ExitStatus, Failure> {
    match Cli::try_parse() {
        Ok(cli) => cli.carry_out(),
        Err(written) => help::tell(&written),
    }
}

/// Simulate a production line before and after an upgrade: throughput, lead time, stock and energy, with intervals
#[derive(Parser, Clone, Debug)]
#[command(name = "taktwin", version, disable_help_subcommand = true, arg_required_else_help = true, after_help = after_help())]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The list of subcommands.
#[derive(Subcommand, Clone, Debug)]
enum Command {
    Run(run::RunCommand),
    Compare(compare::Compare),
    Check(check::CheckCommand),
    Test(test::TestCommand),
    Explain(explain::Explain),
    Frontier(frontier::FrontierCommand),
    Bill(bill::BillCommand),
    Diff(diff::DiffCommand),
    Fmt(fmt::FormatCommand),
    View(view::ViewCommand),
    Render(render::Render),
    Kpis(kpis::Kpis),
    Schema(schema::SchemaCommand),
    Help(handbook::Help),
    Completions(completions::Completions),
    CiTemplate(ci_template::CiTemplate),
    Man(man::ManCommand),
}

impl Cli {
    /// Does what was asked.
    pub fn carry_out(&self) -> Result<ExitStatus, Failure> {
        match &self.command {
            Command::Run(run) => run.carry_out(),
            Command::Compare(compare) => compare.carry_out(),
            Command::Check(check) => check.carry_out(),
            Command::Test(test) => test.carry_out(),
            Command::Explain(explain) => explain.carry_out(),
            Command::Frontier(frontier) => frontier.carry_out(),
            Command::Bill(bill) => bill.carry_out(),
            Command::Diff(diff) => diff.carry_out(),
            Command::Fmt(fmt) => fmt.carry_out(),
            Command::View(view) => view.carry_out(),
            Command::Render(render) => render.carry_out(),
            Command::Kpis(kpis) => kpis.carry_out(),
            Command::Schema(schema) => schema.carry_out(),
            Command::Help(help) => help.carry_out(),
            Command::Completions(completions) => completions.carry_out(),
            Command::CiTemplate(template) => template.carry_out(),
            Command::Man(man) => man.carry_out(),
        }
    }
}

fn after_help() -> String {
    format!(
        "A line is a RON file: elements, the ways of the parts between them, and how to
run it. An upgrade is a file of its own that names the line it changes, and what
each change costs.

Examples:
  taktwin check scenes/                            are all files in order?
  taktwin explain line.ron                         how was the line understood?
  taktwin run line.ron                             what does the line do?
  taktwin run line.ron --set rack.capacity=24      and with a wider buffer?
  taktwin compare before.ron upgrade.ron           is the upgrade better, by how
                                                   much, how sure is that?
  taktwin compare before.ron a.ron b.ron -q --out c.json
                                                   two upgrades, for a program
  taktwin frontier line.ron --vary \"rack.capacity=4,8,16\"
                                                   which setting is best?
  taktwin test scenes/                             do all expectations hold?
  taktwin bill meter.csv --tariff guangdong_2021   what does this load cost?
  taktwin diff before.ron after.ron                what has changed?
  taktwin view before.ron upgrade.ron              see both in a window
  taktwin render line.ron -o line.png              a picture for a report
  taktwin help                                     the handbook

Quantities have a unit: \"62 s\", \"1.5 h\", \"2 h 15 min\", \"3.2 kW\", \"12 m\",
\"1.2 m/s\", \"35 /h\", \"410 CNY\", \"2.4 MCNY\".
Results are the same on every machine and with any number of threads.

Exit codes:
{}",
        ExitStatus::table()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_help_adds_fits_80_columns() {
        let mut cli = Cli::command();
        let texts = std::iter::once(cli.get_after_help().cloned());
        let texts = texts.chain(cli.get_subcommands_mut().map(|command| command.get_after_help().cloned()));
        for text in texts.flatten().map(|text| text.to_string()) {
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        }
    }

    #[test]
    fn the_help_names_every_exit_code_and_every_subcommand() {
        let help = Cli::command().render_long_help().to_string();
        for exit in ExitStatus::ALL {
            assert!(help.contains(exit.sentence()), "{help}");
        }
        for command in [
            "run",
            "compare",
            "check",
            "test",
            "explain",
            "frontier",
            "bill",
            "diff",
            "fmt",
            "view",
            "render",
            "kpis",
            "schema",
            "help",
            "completions",
            "ci-template",
            "man",
        ] {
            assert!(help.contains(&format!("\n  {command} ")), "{help}");
        }
    }
}

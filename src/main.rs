//! The program: what was asked for is carried out, a failure is reported once, the exit code says how it ended.
//! Read `taktwin::cli` first.

use clap::Parser;
use std::process::ExitCode;
use taktwin::cli::{self, Cli};

fn main() -> ExitCode {
    cli::end_in_order();
    Cli::parse().carry_out().unwrap_or_else(|failure| failure.report()).into()
}

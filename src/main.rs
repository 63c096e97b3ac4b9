//! The program: what was asked for is carried out, a failure is reported once, the exit code says how it ended.
//! Read `taktwin::cli` first.

use std::process::ExitCode;
use taktwin::cli::{self, Failure};

fn main() -> ExitCode {
    cli::end_in_order();
    cli::run().unwrap_or_else(Failure::report).into()
}

//! Taktwin with a kind of equipment of its own: the program as it is, and layouts may say `Dryer(..)`.
//!
//! `cargo run --example foreign_kind`: runs the line beside this file. With arguments it is `taktwin` in all its commands:
//! `cargo run --example foreign_kind -- explain examples/foreign_kind/dryer.ron --set "dry.places=4"`.

mod dryer;

use clap::Parser;
use std::path::Path;
use std::process::ExitCode;
use taktwin::cli::{self, Cli, Failure};
use taktwin::equipment::foreign;

fn main() -> ExitCode {
    if let Err(reason) = foreign::register::<dryer::Dryer>() {
        eprintln!("error: {reason}");
        return ExitCode::FAILURE;
    }
    if std::env::args_os().len() > 1 {
        return cli::run().unwrap_or_else(Failure::report).into();
    }
    let line = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join("foreign_kind").join("dryer.ron");
    let asked = Cli::parse_from(["taktwin".as_ref(), "run".as_ref(), line.as_os_str()]);
    asked.carry_out().unwrap_or_else(Failure::report).into()
}

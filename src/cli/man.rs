//! `taktwin man DIR`: a man page for the program and for each of its commands.

use super::output::Destination;
use super::{Cli, ExitStatus, Failure};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use std::fs;
use std::path::{Path, PathBuf};

/// Write the man pages into a folder
#[derive(Args, Clone, Debug)]
#[command(after_help = "Examples:
  taktwin man ~/.local/share/man/man1
  man taktwin-compare")]
pub struct ManCommand {
    /// The folder, which is made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl ManCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let remedy = "name a folder that you may write to";
        fs::create_dir_all(&self.folder)
            .map_err(|error| Failure::io("make", &self.folder, &error, remedy))?;
        let mut program = Cli::command();
        // This gives each command the name that its page has, such as `taktwin-run`.
        program.build();
        let pages = program.get_subcommands().cloned().collect::<Vec<_>>();
        pages.into_iter().chain([program]).try_for_each(|command| page(command, &self.folder))?;
        Ok(ExitStatus::Done)
    }
}

fn page(command: Command, folder: &Path) -> Result<(), Failure> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let file = folder.join(format!("{name}.1"));
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = Man::new(command).render(&mut text);
    Destination::of(Some(&file))?.fill(|out| out.write_all(&text))
}

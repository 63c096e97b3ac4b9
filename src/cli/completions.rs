//! `taktwin completions SHELL`: a script that lets the shell complete commands, options and values.

use super::output::Destination;
use super::{Cli, ExitStatus, Failure};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Print a completion script for a shell
#[derive(Args, Clone, Debug)]
#[command(after_help = "Examples:
  taktwin completions bash > ~/.local/share/bash-completion/completions/taktwin
  taktwin completions zsh > ~/.zfunc/_taktwin
  taktwin completions fish > ~/.config/fish/completions/taktwin.fish")]
pub struct Completions {
    /// The shell that reads the script
    shell: Shell,
}

impl Completions {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "taktwin", &mut script);
        Destination::Terminal.fill(|out| out.write_all(&script))?;
        Ok(ExitStatus::Done)
    }
}

//! `taktwin view [LINE [OTHER]]`: the window.

use super::{ExitStatus, Failure};
use clap::Args;
use std::path::PathBuf;

/// See a line at work in a window, go back in time, change a number, and see what it does
#[derive(Args, Clone, Debug)]
#[command(after_help = "Without a file the window opens with the recent file or a scene. With two files
both are shown on one clock, the first as before and the second as after.
Press ? in the window for the keys. Changes are saved as an upgrade file.

The window is part of a build with the feature `desktop`:
  cargo run --release --features desktop -- view line.ron

Examples:
  taktwin view line.ron
  taktwin view before.ron upgrade.ron
  taktwin view line.ron --at \"2 h 15 min\"")]
pub struct ViewCommand {
    /// The line, or an upgrade of one
    pub(crate) line: Option<PathBuf>,
    /// A line or an upgrade to set beside it
    pub(crate) other: Option<PathBuf>,
    /// Where to begin: \"2 h 15 min\" since the start, \"10:42\", or a date and a time
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Follow a script of inputs (RON) and end with it
    #[arg(long, value_name = "FILE")]
    pub(crate) script: Option<PathBuf>,
}

impl ViewCommand {
    #[cfg(feature = "desktop")]
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let paths = self.line.iter().chain(&self.other).cloned().collect();
        let order = crate::desktop::ViewOrder { paths, at: self.at.clone(), script: self.script.clone() };
        crate::desktop::view(&order).map_err(|refusal| super::render::failure(&refusal))?;
        Ok(ExitStatus::Done)
    }

    #[cfg(not(feature = "desktop"))]
    #[expect(clippy::unused_self, reason = "a build without the window only says how to get one")]
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        Err(super::render::no_window())
    }
}

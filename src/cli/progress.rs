//! A bar on standard error while replications run, for people who look at a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};

/// How far a study is.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar of so many replications; it stays invisible when nobody looks or quiet was asked for.
    pub(crate) fn new(word: &str, replications: usize, quiet: bool) -> Progress {
        let seen = !quiet && io::stderr().is_terminal();
        let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(replications as u64), target);
        // A template that cannot be read leaves the plain bar.
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        bar.set_message(word.to_owned());
        Progress(bar)
    }

    /// So many replications are done.
    pub(crate) fn done(&self, replications: usize) {
        self.0.set_position(replications as u64);
    }
}

/// Within 80 columns for names of ordinary length.
const TEMPLATE: &str = "{wide_msg} {bar:24} {pos}/{len} replications, {eta} left";

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_of_the_bar_can_be_read() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }

    #[test]
    fn the_bar_follows_the_replications() {
        let progress = Progress::new("a line", 20, true);
        progress.done(7);
        assert_eq!((progress.0.position(), progress.0.length()), (7, Some(20)));
    }
}

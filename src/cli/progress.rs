//! A bar on standard error while replications run, for people who look at a terminal.
//!
//! It moves within a replication too, by simulated time. How long the rest takes is said once that is known: after the pilot,
//! whose result decides how long the replications are, and after a part of the work that is long enough to judge by.

use super::output::note;
use crate::study::STEPS;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::time::Duration;

/// How far some work is.
pub(crate) struct RunProgress {
    bar: ProgressBar,
    /// What is counted: replications, pictures.
    what: &'static str,
    /// Into how many steps each of them is divided.
    steps: usize,
    /// The step from which on the others take as long as the work so far lets expect.
    steady: usize,
    /// When and where that was.
    begun: OnceLock<(Duration, usize)>,
}

impl RunProgress {
    /// A bar of so many runs, of which the first are a pilot; it stays invisible without a terminal or with `--quiet`.
    pub(crate) fn of_runs(word: &str, runs: usize, pilots: usize, quiet: bool) -> RunProgress {
        RunProgress::new(word, "replications", runs, STEPS, pilots * STEPS, quiet)
    }

    /// A bar of so many pictures.
    #[cfg(feature = "desktop")]
    pub(crate) fn of_pictures(pictures: usize, quiet: bool) -> RunProgress {
        RunProgress::new("film", "pictures", pictures, 1, 0, quiet)
    }

    fn new(
        word: &str,
        what: &'static str,
        count: usize,
        steps: usize,
        steady: usize,
        quiet: bool,
    ) -> RunProgress {
        let seen = !quiet && io::stderr().is_terminal();
        let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some((count * steps) as u64), target);
        // A template that cannot be read leaves the plain bar.
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        bar.set_message(word.to_owned());
        RunProgress { bar, what, steps, steady, begun: OnceLock::new() }
    }

    /// Says something beside the result, without spoiling the bar.
    pub(crate) fn note(&self, text: &str) {
        self.bar.suspend(|| note(text));
    }

    /// There will be so many runs in all.
    pub(crate) fn plan(&self, runs: usize) {
        self.bar.set_length((runs * self.steps) as u64);
    }

    /// So many steps are done.
    pub(crate) fn done(&self, steps: usize) {
        let (now, all) = (self.bar.elapsed(), self.bar.length().unwrap_or(0) as usize);
        let mut written = format!("{}/{} {}", steps / self.steps, all / self.steps, self.what);
        if steps >= self.steady {
            let (begun, before) = *self.begun.get_or_init(|| (now, steps));
            let took = now.saturating_sub(begun);
            if let Some(left) = left(took, steps.saturating_sub(before), all.saturating_sub(steps)) {
                written = format!("{written}, {left}");
            }
        }
        self.bar.set_prefix(written);
        self.bar.set_position(steps as u64);
    }
}

/// Within 80 columns for names of ordinary length.
const TEMPLATE: &str = "{wide_msg} {bar:24} {prefix}";

/// With less time, or a smaller share of the work, the rest cannot be estimated.
const ENOUGH: (Duration, usize) = (Duration::from_secs(2), 50);

/// How long the rest takes, if that can be said.
fn left(took: Duration, done: usize, rest: usize) -> Option<String> {
    if took < ENOUGH.0 || done * ENOUGH.1 < done + rest {
        return None;
    }
    Some(words(took.as_secs_f64() * rest as f64 / done as f64))
}

/// No more digits than such an estimate has.
pub(super) fn words(secs: f64) -> String {
    match secs {
        ..50.0 => "less than a minute left".to_owned(),
        ..5400.0 => format!("about {:.0} min left", (secs / 60.0).ceil()),
        ..172_800.0 => format!("about {:.0} h left", (secs / 3600.0).ceil()),
        _ => format!("about {:.0} days left", (secs / 86_400.0).ceil()),
    }
}

impl Drop for RunProgress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
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
    fn the_bar_follows_the_steps_and_counts_whole_replications() {
        let progress = RunProgress::of_runs("a line", 20, 0, true);
        progress.done(7 * STEPS + 300);
        assert_eq!((progress.bar.position(), progress.bar.length()), (7300, Some(20_000)));
        assert_eq!(progress.bar.prefix(), "7/20 replications");
    }

    #[test]
    fn the_rest_is_said_once_enough_is_done_to_judge_by_it() {
        let secs = Duration::from_secs;
        assert_eq!(left(secs(1), 900, 100), None, "too soon");
        assert_eq!(left(secs(60), 10, 990), None, "too little");
        assert_eq!(left(secs(60), 100, 900), Some("about 9 min left".to_owned()));
        assert_eq!(left(secs(10), 900, 100), Some("less than a minute left".to_owned()));
        assert_eq!(words(7200.0), "about 2 h left");
    }
}

//! Statistics: pure mathematics, independent of lines.
//!
//! A study uses these files in this order: find where the start-up ends ([`mser5`]), test whether the line is stable
//! ([`growth`]), compute an interval around a mean over replications ([`Interval`]), compare two lines on common random
//! numbers ([`Paired`]; [`welch`] without them), and give a verdict ([`verdict`]). [`progress`] says how many replications a wanted
//! precision needs.
//! Read [`Interval`] first. Formulas without a source at hand are in Law, *Simulation Modeling and Analysis*, 5th ed.
//!
//! Nothing here panics on any input: what cannot be computed is `None`, and no result holds a NaN. Elementary
//! functions come from `libm`, so the same bits come out on every platform. Not here: selection of the best of many
//! lines, and what the numbers mean.

#[cfg(test)]
pub(crate) mod draws;
mod interval;
mod paired;
mod sample;
mod sequential;
mod special;
mod student;
mod trend;
mod verdict;
mod warm_up;
mod welch;

pub use interval::{Interval, bonferroni, required_replications};
pub use paired::{Paired, RelativeChange};
pub use sample::{mean, quantile_sorted, variance};
pub use sequential::{SampleGoal, SampleProgress, progress};
pub use special::normal_quantile;
pub use student::student_quantile;
pub use trend::{Growth, growth};
pub use verdict::{Verdict, verdict};
pub use warm_up::{Truncation, mser, mser5};
pub use welch::{Welch, welch};

//! Pure mathematics of saying how sure one is; it has never heard of a line.
//!
//! The path of a study through this folder: find where the start-up ends ([`mser5`]), see whether the line is stable
//! at all ([`growth`]), put an interval around a mean over replications ([`Interval`]), set two lines against each
//! other on common random numbers ([`Paired`]; [`welch`] without them), and say the outcome in words ([`verdict`]).
//! Read [`Interval`] first. Formulas without a source at hand are in Law, *Simulation Modeling and Analysis*, 5th ed.
//!
//! Nothing here panics on any input: what cannot be computed is `None`, and no result holds a NaN. Elementary
//! functions come from `libm`, so the same bits come out on every platform. Not here: selection of the best of many
//! lines, and what the numbers mean.

#[cfg(test)]
mod draws;
mod interval;
mod paired;
mod sample;
mod special;
mod student;
mod trend;
mod verdict;
mod warm_up;
mod welch;

pub use interval::{Interval, bonferroni, required_replications};
pub use paired::{Paired, RelativeChange};
pub use sample::{mean, quantile_sorted, variance};
pub use special::normal_quantile;
pub use student::student_quantile;
pub use trend::{Growth, growth};
pub use verdict::{Verdict, verdict};
pub use warm_up::{Truncation, mser5};
pub use welch::{Welch, welch};

//! The outcome of a comparison in words.
//!
//! Read [`verdict`] first. Whether more is better is a property of the KPI; the planner decides
//! which difference matters in practice.

use super::Interval;
use serde::{Serialize, Serializer};
use std::fmt;

/// What may be said about a difference, given its interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval is on the good side of zero.
    Better,
    /// The whole interval is on the bad side of zero.
    Worse,
    /// The whole interval is on one side of zero, and neither side is the good one.
    Different,
    /// The interval holds zero. That is not proof of sameness: a difference up to its ends may still be there.
    NoDifferenceSeen,
    /// Fewer than three replications: their spread is hardly known, and the interval with it.
    TooFewRuns,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 5] =
        [Verdict::Better, Verdict::Worse, Verdict::Different, Verdict::NoDifferenceSeen, Verdict::TooFewRuns];

    /// The words in every table and file.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::Different => "different",
            Verdict::NoDifferenceSeen => "no difference seen",
            Verdict::TooFewRuns => "too few runs",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.words())
    }
}

/// Judges `other - base`. `higher_is_better` is `None` for a figure without a better direction.
pub fn verdict(difference: &Interval, higher_is_better: Option<bool>) -> Verdict {
    let (Some(low), Some(high)) = (difference.low(), difference.high()) else {
        return Verdict::TooFewRuns;
    };
    if difference.n < 3 {
        Verdict::TooFewRuns
    } else if low <= 0.0 && high >= 0.0 {
        Verdict::NoDifferenceSeen
    } else {
        match higher_is_better {
            None => Verdict::Different,
            Some(higher) if higher == (low > 0.0) => Verdict::Better,
            Some(_) => Verdict::Worse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(mean: f64, half_width: f64, n: usize, higher_is_better: Option<bool>) -> Verdict {
        verdict(&Interval { mean, half_width: Some(half_width), n }, higher_is_better)
    }

    #[test]
    fn an_interval_without_zero_is_better_or_worse_as_the_direction_says() {
        assert_eq!(judged(2.0, 1.0, 10, Some(true)), Verdict::Better);
        assert_eq!(judged(2.0, 1.0, 10, Some(false)), Verdict::Worse);
        assert_eq!(judged(-2.0, 1.0, 10, Some(true)), Verdict::Worse);
        assert_eq!(judged(-2.0, 1.0, 10, Some(false)), Verdict::Better);
        assert_eq!(judged(-2.0, 1.0, 10, None), Verdict::Different);
    }

    #[test]
    fn an_interval_that_holds_or_touches_zero_shows_no_difference() {
        for direction in [Some(true), Some(false), None] {
            assert_eq!(judged(0.5, 1.0, 10, direction), Verdict::NoDifferenceSeen);
            assert_eq!(judged(1.0, 1.0, 10, direction), Verdict::NoDifferenceSeen);
            assert_eq!(judged(-1.0, 1.0, 10, direction), Verdict::NoDifferenceSeen);
        }
    }

    #[test]
    fn without_chance_any_difference_counts_and_none_is_none() {
        assert_eq!(judged(1e-6, 0.0, 3, Some(true)), Verdict::Better);
        assert_eq!(judged(0.0, 0.0, 3, Some(true)), Verdict::NoDifferenceSeen);
    }

    #[test]
    fn two_runs_prove_nothing() {
        assert_eq!(judged(100.0, 1.0, 2, Some(true)), Verdict::TooFewRuns);
        let one = Interval { mean: 100.0, half_width: None, n: 1 };
        assert_eq!(verdict(&one, Some(true)), Verdict::TooFewRuns);
    }

    #[test]
    fn the_words_are_the_same_in_tables_and_in_json() {
        let words = ["better", "worse", "different", "no difference seen", "too few runs"];
        for (verdict, words) in Verdict::ALL.into_iter().zip(words) {
            assert_eq!(verdict.to_string(), words);
            assert_eq!(serde_json::to_string(&verdict).unwrap(), format!("\"{words}\""));
        }
    }
}

//! How much gain a setting may lose against the baseline, and whether an interval shows that it loses no more.
//!
//! Read [`LossLimit`] first.

use crate::kpi::Figure;
use crate::stats::Interval;
use crate::units::{parse_any, unit_named};

/// The largest loss that is accepted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LossLimit {
    /// As a share of the baseline's mean.
    Share(f64),
    /// In the unit of the figure.
    Amount(f64),
}

impl LossLimit {
    /// Reads `1 %`, or an amount in the unit of the figure such as `0.5 /h`; what is wrong if it is neither.
    pub fn parse(text: &str, figure: &Figure) -> Result<LossLimit, String> {
        let wrong = |why: String| format!("\"{text}\" is no loss of {}: {why}", figure.name());
        let (value, dimension) = parse_any(text).map_err(wrong)?;
        if text.trim_end().ends_with('%') {
            return Ok(LossLimit::Share(value));
        }
        match unit_named(figure.unit()) {
            Some((expected, size)) if expected == dimension => Ok(LossLimit::Amount(value / size)),
            _ => Err(wrong("it is not measured in that unit".to_owned())),
        }
    }

    /// The limit in the unit of the figure, for a baseline with this mean.
    pub fn amount(self, baseline: f64) -> f64 {
        match self {
            LossLimit::Share(share) => share * baseline.abs(),
            LossLimit::Amount(amount) => amount,
        }
    }

    /// Whether a difference from the baseline shows that no more is lost: the far end of its interval is no larger a loss than the
    /// limit, or nothing is lost in any replication.
    pub fn is_kept(self, difference: &Interval, baseline: f64, higher_is_better: bool) -> bool {
        let none = difference.mean == 0.0 && difference.half_width.is_none_or(|half_width| half_width == 0.0);
        let most = if higher_is_better { difference.low().map(|low| -low) } else { difference.high() };
        none || most.is_some_and(|most| most <= self.amount(baseline))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi;

    fn difference(mean: f64, half_width: f64) -> Interval {
        Interval { mean, half_width: Some(half_width), n: 5 }
    }

    #[test]
    fn the_whole_interval_must_lie_within_the_limit() {
        // 1 % of 50 is 0.5.
        let kept =
            |mean, half_width| LossLimit::Share(0.01).is_kept(&difference(mean, half_width), 50.0, true);
        assert!(kept(-0.3, 0.2) && kept(0.4, 0.5) && kept(0.0, 0.0));
        assert!(!kept(-0.3, 0.21) && !kept(-0.6, 0.0) && !kept(0.0, 0.51));
    }

    #[test]
    fn a_figure_of_which_less_is_better_is_lost_by_growing() {
        let kept =
            |mean, half_width| LossLimit::Amount(2.0).is_kept(&difference(mean, half_width), 50.0, false);
        assert!(kept(1.5, 0.5) && kept(-9.0, 5.0));
        assert!(!kept(1.5, 0.6));
    }

    #[test]
    fn one_replication_shows_nothing_unless_nothing_is_lost_at_all() {
        let kept =
            |mean| LossLimit::Share(0.5).is_kept(&Interval { mean, half_width: None, n: 1 }, 50.0, true);
        assert!(kept(0.0));
        assert!(!kept(1.0) && !kept(-1.0));
    }

    #[test]
    fn a_limit_of_zero_allows_no_loss() {
        let kept =
            |mean, half_width| LossLimit::Share(0.0).is_kept(&difference(mean, half_width), 50.0, true);
        assert!(kept(0.0, 0.0) && kept(1.0, 1.0));
        assert!(!kept(0.0, 1e-9));
    }

    #[test]
    fn a_limit_is_a_share_or_an_amount_in_the_unit_of_the_figure() {
        let throughput = Figure::of_line(kpi::named("throughput").unwrap());
        assert_eq!(LossLimit::parse("1 %", &throughput), Ok(LossLimit::Share(0.01)));
        assert_eq!(LossLimit::parse("0.5 /h", &throughput), Ok(LossLimit::Amount(0.5)));
        for (text, why) in [("2 kWh", "not measured in that unit"), ("-1 %", "negative"), ("much", "number")]
        {
            let wrong = LossLimit::parse(text, &throughput).expect_err(text);
            assert!(wrong.contains(why), "{wrong}");
        }
    }
}

//! Pieces of text that reports share: intervals, expectations, paragraphs.

use super::Look;
use crate::layout::Compared;
use crate::line::ExpectedFigure;
use crate::stats::Interval;
use crate::study::Judgement;
use crate::study::precision::{PrecisionEnd, ReachedTarget};
use crate::units;
use std::fmt::Display;

/// `38.41 ± 0.30`, or the mean alone where one replication says nothing about its spread.
pub(crate) fn interval(interval: &Interval) -> String {
    match interval.half_width {
        Some(half_width) => units::with_interval(interval.mean, half_width),
        None => units::number(interval.mean),
    }
}

/// The same with a sign also where it is positive, for differences.
pub(crate) fn signed_interval(found: &Interval) -> String {
    if found.mean > 0.0 { format!("+{}", interval(found)) } else { interval(found) }
}

/// The same, with the half width below the mean, for columns that stand close to each other; without one that is zero.
pub(super) fn stacked(found: Option<Interval>) -> String {
    found.map_or_else(String::new, |found| below(&found, 1.0, "", units::number))
}

/// A share of 1 in per cent: `61.2 ± 0.4 %`.
pub(super) fn per_cent(found: Option<Interval>) -> String {
    match found.map(|found| (found.mean, found.half_width)) {
        Some((mean, Some(half_width))) if half_width > 0.0 => {
            units::with_interval(mean * 100.0, half_width * 100.0) + " %"
        }
        Some((mean, _)) => units::share(mean),
        None => String::new(),
    }
}

/// A relative change: `+58.25 ± 0.48 %`.
pub(super) fn signed_per_cent(change: Interval) -> String {
    let text = per_cent(Some(change));
    if change.mean > 0.0 { format!("+{text}") } else { text }
}

/// The same with `± 0.4 %` below it.
pub(super) fn stacked_share(found: Option<Interval>) -> String {
    found.map_or_else(String::new, |found| below(&found, 0.01, " %", units::share))
}

/// A time: `16.4 s`, and `± 0.3 s` below it, in the same unit.
pub(super) fn stacked_time(found: Option<Interval>) -> String {
    let (size, unit) = match found.map_or(0.0, |found| found.mean) {
        ..120.0 => (1.0, " s"),
        ..7200.0 => (60.0, " min"),
        _ => (3600.0, " h"),
    };
    found.map_or_else(String::new, |found| below(&found, size, unit, units::duration))
}

/// A mean above its half width, in a unit of this size; by itself as `alone` writes it.
fn below(found: &Interval, size: f64, unit: &str, alone: fn(f64) -> String) -> String {
    match found.half_width.filter(|half_width| *half_width > 0.0) {
        Some(half_width) => {
            let text = units::with_interval(found.mean / size, half_width / size);
            text.replacen(" ± ", &format!("{unit}\n± "), 1) + unit
        }
        None => alone(found.mean),
    }
}

/// What was expected: `throughput at least 35 /h`, `change of throughput at least 50 %`.
pub(crate) fn expected(judgement: &Judgement<'_>) -> String {
    let expectation = judgement.expectation;
    let compared = match expectation.compared {
        Compared::Value => "",
        Compared::Difference => "difference of ",
        Compared::Change => "change of ",
    };
    let bounds = bounds(expectation, &judgement.unit);
    format!("{compared}{} {bounds}", expectation.figure.name())
}

/// The bounds of an expectation in a unit: `at least 35 /h`, `between 36 /h and 41 /h`.
pub(crate) fn bounds(expectation: &ExpectedFigure, unit: &str) -> String {
    match bound_values(expectation, unit) {
        (Some(low), Some(high)) => format!("between {low} and {high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("at most {high}"),
        (None, None) => "without bounds".to_owned(),
    }
}

/// The lower and the upper bound, each with its unit.
pub(super) fn bound_values(expectation: &ExpectedFigure, unit: &str) -> (Option<String>, Option<String>) {
    let value = |bound: f64| match expectation.compared {
        Compared::Change => units::share(bound),
        Compared::Value | Compared::Difference => units::with_unit(&units::number(bound), unit),
    };
    (expectation.low.map(value), expectation.high.map(value))
}

/// What was found: `33.10 ± 0.20 /h`, or that nothing is known.
pub(crate) fn found(judgement: &Judgement<'_>) -> String {
    match judgement.interval {
        Some(_) if judgement.expectation.compared == Compared::Change => per_cent(judgement.interval),
        Some(found) => units::with_unit(&interval(&found), &judgement.unit),
        None => "unknown".to_owned(),
    }
}

/// Whether a precision is reached: `throughput ± 0.38 /h, as asked`.
pub(crate) fn reached(found: &ReachedTarget, end: PrecisionEnd) -> String {
    let (name, unit) = (found.target.figure.name(), found.target.figure.unit());
    let Some(progress) = found.progress else {
        return format!("{name} has no value in enough replications");
    };
    let width = |width: f64| units::with_unit(&units::number(width), unit);
    let (half_width, wanted) = (width(progress.half_width), width(progress.wanted));
    let more = progress.needed.map_or_else(String::new, |needed| {
        format!("; about {} are needed", counted(needed as u64, "replication"))
    });
    match (progress.reached, end) {
        (true, _) => format!("{name} ± {half_width}, asked for ± {wanted}: reached"),
        (false, PrecisionEnd::MostReplications) => {
            format!(
                "{name} ± {half_width}, asked for ± {wanted}: not reached with the most replications allowed{more}"
            )
        }
        (false, PrecisionEnd::TimeBudget) => {
            format!("{name} ± {half_width}, asked for ± {wanted}: not reached in the time allowed{more}")
        }
        (false, _) => {
            format!("{name} ± {half_width}, asked for ± {wanted}: no number of replications is enough")
        }
    }
}

/// `1 part`, `2 parts`.
pub(crate) fn counted(n: impl Into<u64>, noun: &str) -> String {
    let n = n.into();
    let digits = units::number(n as f64);
    format!("{digits} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Breaks a text between words, so that each line with its indentation fits the columns; longer words stand alone.
pub(crate) fn wrapped(text: &str, indent: usize, columns: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("{:indent$}{word}", "")),
        }
    }
    lines.join("\n")
}

/// A word and what it is about, wrapped and indented after the first line: `warning: ..`.
pub(crate) fn labelled(label: &str, text: &str, look: Look, paint: TextStyle) -> String {
    let body = wrapped(&format!("{label}: {text}"), 2, look.columns);
    let (word, rest) = body.trim_start().split_at(label.len());
    format!("{}{rest}\n", paint.on(word, look))
}

/// A colour that terminals know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextStyle {
    Bold,
    Green,
    Red,
    Yellow,
}

impl TextStyle {
    /// The text in this colour, if there are colours.
    pub(crate) fn on(self, text: impl Display, look: Look) -> String {
        let code = match self {
            TextStyle::Bold => 1,
            TextStyle::Green => 32,
            TextStyle::Red => 31,
            TextStyle::Yellow => 33,
        };
        if look.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_widths_stand_below_their_means_in_the_same_unit_unless_they_are_zero() {
        let of = |mean, half_width| Some(Interval { mean, half_width, n: 3 });
        assert_eq!(
            stacked(of(12_610.0, Some(140.0))),
            "12 610\n± 140".replace("12 610", &units::number(12_610.0))
        );
        assert_eq!(stacked_share(of(0.8753, Some(0.0098))), "87.53 %\n± 0.98 %");
        assert_eq!(per_cent(of(0.8753, Some(0.0098))), "87.53 ± 0.98 %");
        assert_eq!(stacked_time(of(547.2, Some(15.6))), "9.12 min\n± 0.26 min");
        assert_eq!(
            (stacked_share(of(1.0, Some(0.0))), stacked_time(of(3.0, None))),
            ("100.0 %".into(), "3.00 s".into())
        );
        assert_eq!(stacked(None), "");
    }

    #[test]
    fn texts_are_broken_between_words() {
        assert_eq!(wrapped("one two three four", 2, 11), "  one two\n  three\n  four");
        assert_eq!(wrapped("a incomprehensibilities b", 0, 8), "a\nincomprehensibilities\nb");
    }

    #[test]
    fn a_label_is_painted_only_where_there_are_colours() {
        let plain = labelled("warning", "too few", Look::default(), TextStyle::Yellow);
        assert_eq!(plain, "warning: too few\n");
        let look = Look { color: true, ..Look::default() };
        assert_eq!(
            labelled("warning", "too few", look, TextStyle::Yellow),
            "\x1b[33mwarning\x1b[0m: too few\n"
        );
    }

    #[test]
    fn one_replication_has_a_mean_and_no_interval() {
        let found = |half_width| interval(&Interval { mean: 38.414, half_width, n: 1 });
        assert_eq!(found(None), "38.41");
        assert_eq!(found(Some(0.3)), "38.41 ± 0.30");
    }
}

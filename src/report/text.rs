//! Pieces of text that reports share: intervals, expectations, paragraphs.

use super::Look;
use crate::stats::Interval;
use crate::study::Judgement;
use crate::units;
use std::fmt::Display;

/// `38.41 ± 0.30`, or the mean alone where one replication says nothing about its spread.
pub(crate) fn interval(interval: &Interval) -> String {
    match interval.half_width {
        Some(half_width) => units::with_interval(interval.mean, half_width),
        None => units::number(interval.mean),
    }
}

/// What was expected: `throughput at least 35 /h`.
pub(crate) fn expected(judgement: &Judgement<'_>) -> String {
    let expectation = judgement.expectation;
    let way = if expectation.at_least { "at least" } else { "at most" };
    format!(
        "{} {way} {}",
        expectation.kpi,
        units::with_unit(&units::number(expectation.bound), &judgement.unit)
    )
}

/// What was found: `33.10 ± 0.20 /h`, or that nothing is known.
pub(crate) fn found(judgement: &Judgement<'_>) -> String {
    judgement
        .interval
        .map_or_else(|| "unknown".to_owned(), |found| units::with_unit(&interval(&found), &judgement.unit))
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
pub(crate) fn labelled(label: &str, text: &str, look: Look, paint: Paint) -> String {
    let body = wrapped(&format!("{label}: {text}"), 2, look.columns);
    let (word, rest) = body.trim_start().split_at(label.len());
    format!("{}{rest}\n", paint.on(word, look))
}

/// A colour that terminals know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    Bold,
    Green,
    Red,
    Yellow,
}

impl Paint {
    /// The text in this colour, if there are colours.
    pub(crate) fn on(self, text: impl Display, look: Look) -> String {
        let code = match self {
            Paint::Bold => 1,
            Paint::Green => 32,
            Paint::Red => 31,
            Paint::Yellow => 33,
        };
        if look.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_between_words() {
        assert_eq!(wrapped("one two three four", 2, 11), "  one two\n  three\n  four");
        assert_eq!(wrapped("a incomprehensibilities b", 0, 8), "a\nincomprehensibilities\nb");
    }

    #[test]
    fn a_label_is_painted_only_where_there_are_colours() {
        let plain = labelled("warning", "too few", Look::default(), Paint::Yellow);
        assert_eq!(plain, "warning: too few\n");
        let look = Look { color: true, ..Look::default() };
        assert_eq!(labelled("warning", "too few", look, Paint::Yellow), "\x1b[33mwarning\x1b[0m: too few\n");
    }

    #[test]
    fn one_replication_has_a_mean_and_no_interval() {
        let found = |half_width| interval(&Interval { mean: 38.414, half_width, n: 1 });
        assert_eq!(found(None), "38.41");
        assert_eq!(found(Some(0.3)), "38.41 ± 0.30");
    }
}

//! A comparison in one sentence, for somebody who reads nothing else.
//!
//! Read [`headline`] first. It says only what the intervals allow.

use super::text::{interval, per_cent};
use crate::stats::{Interval, Verdict};
use crate::study::{Comparison, FigureComparison, LineRanking, Study};
use crate::units;

/// What a line does better or worse than the baseline: good parts an hour, lead time, energy, cost.
pub fn headline(name: &str, comparison: &Comparison<'_>) -> String {
    let found = |figure: &str| comparison.kpis.iter().find(|found| found.name() == figure);
    let mut clauses: Vec<String> = found("throughput").map(throughput).into_iter().collect();
    let lead_time = found("lead_time").and_then(|found| seen(found, ["more", "less"]));
    clauses.extend(lead_time.map(|change| format!("parts leave the line after {change} time")));
    let energy = found("energy_per_good_part").and_then(|found| seen(found, ["more", "less"]));
    clauses.extend(energy.map(|change| format!("each good part takes {change} energy")));
    let cost: Vec<String> = comparison.cost.iter().map(ToString::to_string).collect();
    let cost = if cost.is_empty() { String::new() } else { format!(" It costs {}.", cost.join(" and ")) };
    format!("\"{name}\" {}.{cost}", joined(&clauses))
}

/// Which of several lines may be the best.
pub fn ranked_headline(names: &[String], studies: &[Study<'_>], ranking: &LineRanking) -> String {
    let Some(first) = ranking.rows.first() else { return String::new() };
    let (figure, name) = (ranking.figure.name(), |number: usize| format!("\"{}\"", names[number]));
    let value = units::with_unit(&interval(&first.mean), &ranking.unit);
    let rivals: Vec<String> =
        ranking.rows[1..].iter().filter(|row| row.may_be_best()).map(|row| name(row.number)).collect();
    let best = format!("Of {} lines, {} has the best {figure} ({value})", studies.len(), name(first.number));
    match rivals.as_slice() {
        [] => format!("{best}."),
        _ => format!("{best}, but it cannot be told apart from {}.", joined(&rivals)),
    }
}

fn throughput(found: &FigureComparison) -> String {
    let rate = |mean: &Interval| units::number(mean.mean);
    let (before, after) = (rate(&found.baseline), rate(&found.mean));
    let change = change(found).map_or_else(String::new, |change| format!(" ({change})"));
    match found.verdict {
        Verdict::TooFewRuns => {
            format!(
                "makes {after} against {before} good parts an hour, but there are too few replications to tell"
            )
        }
        Verdict::NoDifferenceSeen => {
            let reach = within(&found.difference);
            format!("shows no difference in throughput: {after} against {before} good parts an hour{reach}")
        }
        Verdict::Better | Verdict::Worse | Verdict::Different => {
            format!("makes {after} instead of {before} good parts an hour{change}")
        }
    }
}

/// The ends of the interval of a difference that holds zero.
fn within(difference: &Interval) -> String {
    match (difference.low(), difference.high()) {
        (Some(low), Some(high)) if low < high => {
            format!(" (the difference is between {} and {})", signed(low), signed(high))
        }
        _ => String::new(),
    }
}

fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", units::number(value)) } else { units::number(value) }
}

/// The relative change with its interval: `+58.25 ± 0.48 %`.
pub(super) fn change(found: &FigureComparison) -> Option<String> {
    let relative = found.relative?;
    let half_width = relative.half_width();
    let text = per_cent(Some(Interval { mean: relative.mean, half_width, n: found.difference.n }));
    Some(if relative.mean > 0.0 { format!("+{text}") } else { text })
}

/// `12.3 % shorter`, if a difference is seen.
fn seen(found: &FigureComparison, [more, less]: [&str; 2]) -> Option<String> {
    if matches!(found.verdict, Verdict::NoDifferenceSeen | Verdict::TooFewRuns) {
        return None;
    }
    let relative = found.relative?.mean;
    let word = if relative > 0.0 { more } else { less };
    Some(format!("{} {word}", units::share(relative.abs())))
}

/// `a, b and c`.
fn joined(parts: &[String]) -> String {
    match parts {
        [] => "cannot be compared with the baseline".to_owned(),
        [alone] => alone.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::kpi::{self, Figure};
    use crate::study;

    #[test]
    fn the_sentence_has_the_numbers_of_the_comparison_and_the_cost() {
        let (text, throughput) = sample::with_compare(|report| {
            let comparison = &report.comparisons[0];
            (headline("Faster bending", comparison), comparison.kpis[0].clone())
        });
        let (before, after) = (units::number(throughput.baseline.mean), units::number(throughput.mean.mean));
        let begin = format!("\"Faster bending\" makes {after} instead of {before} good parts an hour (+");
        assert!(text.starts_with(&begin), "{text}");
        assert!(text.ends_with(" It costs 2.4 MCNY."), "{text}");
    }

    #[test]
    fn a_difference_that_is_not_seen_is_not_claimed() {
        let text = sample::with_compare(|report| {
            let same = study::compare(&report.studies[1], &report.studies[2], 1);
            headline("the same", &same)
        });
        assert!(text.contains("shows no difference in throughput"), "{text}");
        assert!(!text.contains("energy") && !text.contains("leave"), "{text}");
    }

    #[test]
    fn lines_that_cannot_be_told_apart_are_named() {
        let text = sample::with_compare(|report| {
            let ranking = study::rank(report.studies, &Figure::of_line(kpi::ALL[0])).unwrap();
            ranked_headline(&report.names(), report.studies, &ranking)
        });
        assert!(text.starts_with("Of 3 lines, \"Faster bending\" has the best throughput ("), "{text}");
        assert!(text.ends_with("but it cannot be told apart from \"Faster bending (2)\"."), "{text}");
    }
}

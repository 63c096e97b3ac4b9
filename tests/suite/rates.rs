//! Arrivals whose rate varies over day, week and shift: by hand to the nanosecond, and against the theory of Poisson processes.
//!
//! The clock itself is proved in `calendar`, against a slow twin.

use super::kit::{Folder, Recording, record, slot};
use super::shifts::{MINUTE, by, line_by};
use taktwin::equipment::Feed;
use taktwin::kernel::Time;
use taktwin::line::{self, Line};
use taktwin::sim::Replication;

const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A source "in" with these settings and a sink, from midnight of a Monday on.
fn source(settings: &str) -> Line {
    by("", "", &[("in", &format!("Source({settings})")), ("out", "Sink()")], &["in -> out"])
}

fn minutes(line: &Line, hours: u64) -> Vec<f64> {
    record(line, hours * 3600).deliveries().iter().map(|time| *time as f64 / MINUTE as f64).collect()
}

fn mean_rate(line: &Line) -> f64 {
    match line.elements[slot(line, "in").index()].datasheet.capability.feed {
        Some(Feed::Arrivals(rate)) => rate,
        other => panic!("arrivals, not {other:?}"),
    }
}

#[test]
fn arrivals_come_closer_together_in_a_busy_hour_and_not_at_all_in_an_empty_one() {
    let line = source(
        "interarrival: \"20 min\", rates: [(hours: \"01:00-02:00\", factor: 2.0), (hours: \"02:00-02:50\", factor: 0)]",
    );
    // 20 40 60, then each 10 minutes until 120, nothing until 170.
    assert_eq!(minutes(&line, 4), [20., 40., 60., 70., 80., 90., 100., 110., 120., 190., 210., 230.]);
}

#[test]
fn hours_that_pass_midnight_belong_to_the_day_on_which_they_begin() {
    let line = source("interarrival: \"6 h\", rates: [(days: \"Mon\", hours: \"22:00-04:00\", factor: 3.0)]");
    // 6, 12, 18 on Monday; 4 h until 22:00 and 2 h at three times the rate; then each 2 h until 04:00 on Tuesday. There 4 h of 6 h
    // have passed.
    let wanted = [(6, 0), (12, 0), (18, 0), (22, 40), (24, 40), (26, 40), (30, 0), (36, 0)];
    assert_eq!(minutes(&line, 40), wanted.map(|(hour, minute)| f64::from(hour * 60 + minute)));
}

#[test]
fn factors_multiply_and_the_hours_of_a_calendar_count_alone() {
    let settings = "Source(interarrival: \"30 min\", first: \"0 s\", rates: [(shift: \"d\", factor: 3.0), (days: \"Tue\", factor: 0.5)])";
    let line = line_by(
        "shifts: { \"d\": (hours: \"01:00-02:00\"), \"n\": (hours: \"03:00-04:00\") }",
        "",
        &[("in", settings), ("out", "Sink()")],
        &["in -> out"],
    );
    let monday = [60., 70., 80., 90., 100., 110., 120., 210., 240.];
    // On Tuesday the shift d has half of three times the rate, the shift n half of it: each 20 and 60 minutes.
    let tuesday = [20., 40., 60., 180.].map(|minute| 1440. + 60. + minute);
    assert_eq!(minutes(&line, 48), [&monday[..], &tuesday[..]].concat());
    // 60 · 3 + 60 on Monday and half of it on Tuesday and so on: the run is a day.
    assert!((mean_rate(&line) - 8.0 / 86_400.0).abs() < 1e-15);
}

#[test]
fn factors_of_one_change_no_bit() {
    let plain = source("interarrival: Exponential(\"3 min\")");
    for rates in ["[(factor: 1)]", "[(days: \"Mon-Fri\", factor: 0.5), (days: \"Mon-Fri\", factor: 2)]"] {
        let rated = source(&format!("interarrival: Exponential(\"3 min\"), rates: {rates}"));
        assert_eq!(record(&rated, 4 * 86_400).0, record(&plain, 4 * 86_400).0, "{rates}");
        assert_eq!(mean_rate(&rated), mean_rate(&plain));
    }
}

#[test]
fn a_source_without_any_rate_is_quiet_and_lets_the_run_end() {
    let line = source("interarrival: \"1 s\", rates: [(factor: 0)]");
    assert_eq!(minutes(&line, 10 * 24), [0.0; 0]);
    assert_eq!(mean_rate(&line), 0.0);
}

#[test]
fn the_mean_rate_is_that_of_the_run() {
    let run = "length: \"14 d\", warm_up: \"7 d\"";
    let rates =
        "[(days: \"Sat\", factor: 0.25), (days: \"Sun\", factor: 0), (hours: \"06:00-18:00\", factor: 1.5)]";
    let settings = format!("Source(interarrival: Exponential(\"10 min\"), rates: {rates})");
    let line = by("", run, &[("in", &settings), ("out", "Sink()")], &["in -> out"]);
    let mean = (5.0 + 0.25) / 7.0 * (1.5 + 1.0) / 2.0;
    assert!((mean_rate(&line) * 600.0 - mean).abs() < 1e-12);
    // Until Saturday noon of the first week.
    let settings = settings.replace("rates", "parts: 9, rates");
    let line = by("", "length: \"132 h\"", &[("in", &settings), ("out", "Sink()")], &["in -> out"]);
    let mean = (5.0 * 24.0 * 1.25 + 0.25 * (6.0 + 6.0 * 1.5)) / 132.0;
    assert!((mean_rate(&line) * 600.0 - mean).abs() < 1e-12);
}

#[test]
fn a_factor_is_set_like_any_other_field() {
    let text = "Line(name: \"x\", run: (start: \"2026-03-02 00:00\"), products: { \"p\": () }, elements: { \
        \"in\": Source(interarrival: \"20 min\", rates: [(hours: \"00:00-06:00\", factor: 1)]), \"out\": Sink() }, \
        flow: [\"in -> out\"])";
    let folder = Folder::with(&[("line.ron", text)]);
    let set = |text: &str| {
        let line = line::read(&folder.at("line.ron"), &[text.to_owned()]);
        line.unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
    };
    assert_eq!(minutes(&set("in.rates[0].factor=4"), 1)[..3], [5., 10., 15.]);
    assert_eq!(minutes(&set("in.rates=[(hours: \"00:10-24:00\", factor: 2)]"), 1)[..3], [15., 25., 35.]);
}

/// The number of arrivals in each hour of a week, in each of so many replications.
fn counts(line: &Line, replications: u64) -> Vec<Vec<u64>> {
    let one = |number| {
        let (mut world, mut recorded) = (Replication::new(line, 7, number), Recording::default());
        world.advance(Time(7 * DAY), &mut recorded).expect("a run");
        let mut hours = vec![0; 168];
        recorded.deliveries().iter().for_each(|time| hours[((*time - 1) / HOUR) as usize] += 1);
        hours
    };
    (0..replications).map(one).collect()
}

/// The probability of at most so many, and of at least so many, by the Poisson distribution.
fn tails(mean: f64, count: u64) -> (f64, f64) {
    let mut log = -mean;
    let (mut below, mut at) = (0.0, log.exp());
    for k in 1..=count {
        below += at;
        log += mean.ln() - (k as f64).ln();
        at = log.exp();
    }
    (below + at, 1.0 - below)
}

const WEEK: &str = "[(hours: \"06:00-14:00\", factor: 1.4), (hours: \"22:00-05:00\", factor: 0.3), \
    (days: \"Sat\", factor: 0.5), (days: \"Sun\", hours: \"00:00-12:00\", factor: 0)]";

/// The factor of each hour of the week by its definition.
fn factor(hour: usize) -> f64 {
    let (day, clock) = (hour / 24, hour % 24);
    let early = if (6..14).contains(&clock) { 1.4 } else { 1.0 };
    let night = if (5..22).contains(&clock) { 1.0 } else { 0.3 };
    let day = match day {
        5 => 0.5,
        6 if clock < 12 => 0.0,
        _ => 1.0,
    };
    early * night * day
}

#[test]
fn exponential_times_make_a_poisson_process_of_the_rate_of_each_hour() {
    let line = source(&format!("interarrival: Exponential(\"3 min\"), rates: {WEEK}"));
    let (replications, counts) = (60, counts(&line, 60));
    let (mut spread, mut freedom) = (0.0, 0.0);
    for hour in 0..168 {
        let mean = 20.0 * factor(hour);
        let all: Vec<f64> = counts.iter().map(|week| week[hour] as f64).collect();
        let sum: f64 = all.iter().sum();
        if mean == 0.0 {
            assert_eq!(sum, 0.0, "hour {hour}");
            continue;
        }
        // All 168 hours together hold in 999 of 1000 studies.
        let (low, high) = tails(mean * replications as f64, sum as u64);
        assert!(low.min(high) > 0.001 / 336.0, "hour {hour}: {sum} of {}", mean * replications as f64);
        let average = sum / replications as f64;
        spread += all.iter().map(|count| (count - average).powi(2)).sum::<f64>() / average;
        freedom += replications as f64 - 1.0;
    }
    // The sum is chi-squared: its mean is the number of degrees of freedom, its variance twice that.
    let z = (spread - freedom) / (2.0_f64 * freedom).sqrt();
    assert!(z.abs() < 3.3, "the index of dispersion is {}", spread / freedom);
}

#[test]
fn counts_of_hours_that_do_not_overlap_are_independent() {
    let line = source(&format!("interarrival: Exponential(\"3 min\"), rates: {WEEK}"));
    let counts = counts(&line, 60);
    let (mut sum, mut pairs) = (0.0, 0.0);
    for hour in (0..167).filter(|hour| factor(*hour) > 0.0 && factor(hour + 1) > 0.0) {
        let off = |week: &Vec<u64>, hour: usize| {
            let mean = 20.0 * factor(hour);
            (week[hour] as f64 - mean) / mean.sqrt()
        };
        sum += counts.iter().map(|week| off(week, hour) * off(week, hour + 1)).sum::<f64>();
        pairs += counts.len() as f64;
    }
    // Each product has mean 0 and variance 1.
    assert!((sum / pairs.sqrt()).abs() < 3.3, "{}", sum / pairs);
}

#[test]
fn other_times_keep_their_spread_and_follow_the_rate() {
    // Gerhardt and Nelson: the counts have the mean of the integral and an index of dispersion of cv squared, up to an end effect
    // of (cv² - 1) / 2 parts of the first time, which is drawn like any other.
    let line = source(&format!("interarrival: Gamma(mean: \"3 min\", cv: 0.5), rates: {WEEK}"));
    let replications = 400;
    let weeks: Vec<f64> =
        counts(&line, replications).iter().map(|week| week.iter().sum::<u64>() as f64).collect();
    let n = replications as f64;
    let (mean, wanted) = (weeks.iter().sum::<f64>() / n, 20.0 * (0..168).map(factor).sum::<f64>());
    let variance = weeks.iter().map(|week| (week - mean).powi(2)).sum::<f64>() / (n - 1.0);
    assert!(
        (mean - wanted - (0.25 - 1.0) / 2.0).abs() < 3.9 * (0.25 * wanted / n).sqrt(),
        "{mean} of {wanted}"
    );
    let index = variance / wanted;
    assert!((index / 0.25 - 1.0).abs() < 3.9 * (2.0 / n).sqrt(), "{index}");
}

#[test]
fn other_rates_keep_the_random_numbers() {
    let gaps = |rates: &str| {
        record(&source(&format!("interarrival: Exponential(\"3 min\"), rates: {rates}")), 86_400)
    };
    let (once, twice) = (gaps("[(factor: 1)]").deliveries(), gaps("[(factor: 2)]").deliveries());
    assert!(once.len() > 400 && twice.len() > 800);
    // The same times pass at twice the speed.
    for (one, other) in once.iter().zip(&twice) {
        assert_eq!(one.div_ceil(2), *other);
    }
}

#[test]
fn a_change_of_rates_lets_the_rest_of_an_awaited_time_pass_at_the_new_speed() {
    let lines = ["[(factor: 1)]", "[(factor: 0)]", "[(factor: 4)]", "[]"]
        .map(|rates| source(&format!("interarrival: \"40 min\", rates: {rates}")));
    let changed = |phases: &[(u64, usize)]| {
        let (mut world, mut recorded) = (Replication::new(&lines[0], 1, 0), Recording::default());
        let mut before = 0;
        for (minute, after) in phases {
            world.advance(Time(minute * MINUTE), &mut recorded).expect("a run");
            world.alter(&lines[before], &lines[*after], &mut recorded).expect("a change");
            before = *after;
        }
        world.advance(Time(301 * MINUTE), &mut recorded).expect("a run");
        recorded.deliveries().iter().map(|time| time / MINUTE).collect::<Vec<u64>>()
    };
    // At 60, 20 of 40 minutes are left: 5 at four times the rate.
    assert_eq!(changed(&[(60, 2), (100, 0)]), [40, 65, 75, 85, 95, 120, 160, 200, 240, 280]);
    // Nothing while the rate is zero; then the rest.
    assert_eq!(changed(&[(60, 1), (200, 0)]), [40, 220, 260, 300]);
    // Without rates the rest counts as it is.
    assert_eq!(changed(&[(60, 2), (63, 3)])[..4], [40, 71, 111, 151]);
}

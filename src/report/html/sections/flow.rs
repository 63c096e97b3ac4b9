//! Flow: throughput and work in process over time with the warm-up, lead times, and buffer levels.

use super::PageSection;
use crate::report::html::chart::{ChartLine, Strip, StripKind, XyChart, escaped, strips};
use crate::report::html::parts::{figure, time_unit, with_name};
use crate::report::html::{PageLine, PageReport};
use crate::report::words::Phrase;
use crate::study::trace::{LevelBin, RunTrace};
use crate::units;

pub(super) static SECTION: PageSection = PageSection {
    name: "flow",
    about: "throughput, stock and buffer levels over time, and lead times",
    title: Phrase::Flow,
    write,
};

/// So many buffers are shown, those with the highest mean.
const BUFFERS: usize = 8;
/// Classes of lead times, and quantiles from which their shares are counted.
const CLASSES: usize = 30;
const QUANTILES: usize = 500;

fn write(report: &PageReport<'_>) -> String {
    let lines = report.lines();
    let (axis, lang) = (lines[0].trace.axis, report.lang);
    let note = [units::number(axis.count as f64), units::duration(axis.secs())];
    let note = lang.fill(Phrase::WipNote, &note);
    let throughput = over_time(&lines, report, (Phrase::ThroughputOverTime, Phrase::GoodPerHour), rate);
    let wip = over_time(&lines, report, (Phrase::WipOverTime, Phrase::PartsInside), stock);
    let mut out = String::from("<div class=\"two\">\n");
    out += &figure(lang.say(Phrase::ThroughputOverTime), &throughput, "");
    out += &figure(lang.say(Phrase::WipOverTime), &wip, &note);
    out += &lead_times(&lines, report);
    lines.iter().for_each(|line| out += &levels(line, report));
    out + "</div>\n"
}

/// The points and the band of a series, over time in seconds.
type PointsAndBand = (Vec<(f64, f64)>, Vec<(f64, f64, f64)>);

fn rate(trace: &RunTrace) -> PointsAndBand {
    let per_hour = 3600.0 / trace.axis.secs();
    let points = trace.finished.iter().enumerate().flat_map(|(nth, parts)| {
        let rate = *parts as f64 * per_hour;
        [(trace.axis.edge(nth).secs(), rate), (trace.axis.edge(nth + 1).secs(), rate)]
    });
    (points.collect(), Vec::new())
}

fn stock(trace: &RunTrace) -> PointsAndBand {
    let middle = |nth: usize| (trace.axis.edge(nth).secs() + trace.axis.edge(nth + 1).secs()) / 2.0;
    let bins = || trace.wip.iter().enumerate().filter_map(|(nth, bin)| Some((middle(nth), bin, bin.mean()?)));
    let band = bins().map(|(at, bin, _)| (at, bin.lowest as f64, bin.highest as f64));
    (bins().map(|(at, _, mean)| (at, mean)).collect(), band.collect())
}

fn over_time(
    lines: &[PageLine<'_>],
    report: &PageReport<'_>,
    (title, axis): (Phrase, Phrase),
    series: fn(&RunTrace) -> PointsAndBand,
) -> String {
    let (lang, trace) = (report.lang, lines[0].trace);
    let (size, unit) = time_unit(trace.axis.end.secs());
    let drawn = lines.iter().map(|line| {
        let (points, band) = series(line.trace);
        ChartLine {
            name: &line.name,
            look: line.look,
            points: points.into_iter().map(|(at, value)| (at / size, value)).collect(),
            band: band.into_iter().map(|(at, low, high)| (at / size, low, high)).collect(),
            is_thin: false,
        }
    });
    let chart = XyChart {
        title: lang.say(title).to_owned(),
        axes: (lang.fill(Phrase::RunTime, &[unit]), lang.say(axis).to_owned()),
        span: (0.0, trace.axis.end.secs() / size),
        lines: drawn.collect(),
        shaded: Some((trace.warm_up.secs() / size, lang.say(Phrase::WarmUp))),
        ..XyChart::default()
    };
    chart.draw()
}

/// How the lead times of all lines are spread, with median and 90 %.
fn lead_times(lines: &[PageLine<'_>], report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let heading = lang.say(Phrase::LeadTimes);
    let longest = lines.iter().filter_map(|line| quantile(line, 0.995)).fold(0.0, f64::max);
    if longest <= 0.0 {
        return figure(heading, &format!("<p>{}</p>", escaped(lang.say(Phrase::NoParts))), "");
    }
    let (size, unit) = time_unit(longest);
    let shortest = lines.iter().filter_map(|line| quantile(line, 0.0)).fold(longest, f64::min);
    let width = ((longest - shortest) / CLASSES as f64).max(longest * 1e-6);
    let drawn = lines.iter().map(|line| ChartLine {
        name: &line.name,
        look: line.look,
        points: classes(line, shortest, width)
            .into_iter()
            .map(|(secs, share)| (secs / size, share))
            .collect(),
        band: Vec::new(),
        is_thin: false,
    });
    let marks = lines.iter().flat_map(|line| {
        [(0.5, "50 %"), (0.9, "90 %")].into_iter().filter_map(move |(share, word)| {
            let secs = quantile(line, share)?;
            Some((secs / size, line.look, format!("{word} {}", units::duration(secs))))
        })
    });
    let chart = XyChart {
        title: heading.to_owned(),
        axes: (lang.fill(Phrase::LeadTimeAxis, &[unit]), lang.say(Phrase::ShareOfParts).to_owned()),
        span: (shortest / size, (shortest + width * CLASSES as f64) / size),
        lines: drawn.collect(),
        marks: marks.collect(),
        ..XyChart::default()
    };
    figure(heading, &chart.draw(), "")
}

fn quantile(line: &PageLine<'_>, share: f64) -> Option<f64> {
    line.trace.lead_times.quantile(share)
}

/// The share of parts in each class of lead times, in per cent, as steps over seconds.
fn classes(line: &PageLine<'_>, shortest: f64, width: f64) -> Vec<(f64, f64)> {
    let mut counts = [0_usize; CLASSES];
    let places = (0..QUANTILES).filter_map(|nth| quantile(line, (nth as f64 + 0.5) / QUANTILES as f64));
    for class in places.map(|secs| ((secs - shortest) / width) as usize).filter(|class| *class < CLASSES) {
        counts[class] += 1;
    }
    let steps = counts.iter().enumerate().flat_map(|(nth, count)| {
        let share = *count as f64 * 100.0 / QUANTILES as f64;
        [nth, nth + 1].map(|edge| (shortest + width * edge as f64, share))
    });
    steps.collect()
}

/// The levels of the fullest buffers of a line.
fn levels(line: &PageLine<'_>, report: &PageReport<'_>) -> String {
    let (lang, trace) = (report.lang, line.trace);
    let mean = |bins: &[LevelBin]| {
        let means = bins.iter().filter_map(LevelBin::mean);
        means.sum::<f64>() / bins.len().max(1) as f64
    };
    let mut all: Vec<_> = trace.levels.iter().map(|(slot, bins)| (*slot, bins, mean(bins))).collect();
    all.sort_by(|one, other| other.2.total_cmp(&one.2).then(one.0.cmp(&other.0)));
    all.truncate(BUFFERS);
    all.sort_by_key(|(slot, ..)| *slot);
    if all.is_empty() {
        return String::new();
    }
    let (size, unit) = time_unit(trace.axis.end.secs());
    let rows = all.iter().map(|(slot, bins, mean)| {
        let highest = bins.iter().map(|bin| bin.highest).max().unwrap_or(0) as f64;
        let known = bins.iter().filter_map(|bin| Some((bin.mean()?, bin.lowest as f64, bin.highest as f64)));
        let note = [units::fixed(*mean, 2), units::number(highest)];
        Strip {
            name: line.study.line.elements[slot.index()].name.clone(),
            note: lang.fill(Phrase::LevelNote, &note),
            look: line.look,
            kind: StripKind::Levels(known.collect(), highest.max(1.0)),
        }
    });
    let heading = with_name(lang.say(Phrase::Levels), line, report);
    let shaded = Some((trace.warm_up.secs() / size, lang.say(Phrase::WarmUp)));
    let span = (0.0, trace.axis.end.secs() / size);
    figure(&heading, &strips(&rows.collect::<Vec<_>>(), &heading, unit, span, shaded), "")
}

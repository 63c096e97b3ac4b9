//! Why the figures are as they are: the bottleneck over time by two methods, and the states of each element.

use super::PageSection;
use crate::event::{Slot, State};
use crate::report::html::chart::{StackedRow, Strip, StripKind, escaped, stacked, state_key, strips};
use crate::report::html::parts::{figure, time_unit, with_name};
use crate::report::html::{PageLine, PageReport};
use crate::report::text::per_cent;
use crate::report::words::Phrase;
use crate::study::trace::{BottleneckShare, arrow_check};
use crate::study::{ElementSummary, Parting, Study};
use crate::units;

pub(super) static SECTION: PageSection = PageSection {
    name: "why",
    about: "the bottleneck over time, and the states of each element",
    title: Phrase::Why,
    write,
};

/// So many stations are shown, those that are the bottleneck for longest.
const STATIONS: usize = 8;
/// So many elements have bars of states.
const ELEMENTS: usize = 40;

fn write(report: &PageReport<'_>) -> String {
    let mut out = first_differences(report) + "<div class=\"two\">\n";
    report.lines().iter().for_each(|line| out += &bottleneck(line, report));
    out += "</div>\n";
    out + &state_shares(report)
}

/// Where each line parts from the baseline.
fn first_differences(report: &PageReport<'_>) -> String {
    let names = report.names();
    let told = |(name, parting): (&String, &Parting)| {
        let text = report.lang.parting(parting, report.studies[0].line);
        let text = report.lang.fill(Phrase::FirstDifference, &[name, &text]);
        format!("<p class=\"note\">{}</p>\n", escaped(&text))
    };
    names.iter().skip(1).zip(&report.findings.partings).map(told).collect()
}

/// The stations by the time in which they are the bottleneck, longest first.
fn ranked<'a>(line: &PageLine<'a>) -> Vec<(Slot, &'a BottleneckShare)> {
    let mut all: Vec<_> = line.trace.bottleneck.shares.iter().map(|(slot, share)| (*slot, share)).collect();
    all.sort_by_key(|(slot, share)| (std::cmp::Reverse(share.sole + share.shifting), *slot));
    all
}

fn bottleneck(line: &PageLine<'_>, report: &PageReport<'_>) -> String {
    let (lang, trace) = (report.lang, line.trace);
    let heading = with_name(lang.say(Phrase::Bottleneck), line, report);
    let all = ranked(line);
    if all.is_empty() {
        return figure(&heading, &format!("<p>{}</p>", escaped(lang.say(Phrase::NoBottleneck))), "");
    }
    let name = |slot: Slot| line.study.line.elements[slot.index()].name.clone();
    let (size, unit) = time_unit(trace.axis.end.secs());
    let window = trace.bottleneck.window.max(1) as f64;
    let bin_nanos = trace.axis.secs() * 1e9;
    let row = |(slot, share): &(Slot, &BottleneckShare)| {
        let bins = &trace.bottleneck.bins;
        let shares = bins.iter().map(|bin| bin.get(slot).map_or(0.0, |nanos| *nanos as f64 / bin_nanos));
        let parts = [share.sole, share.shifting].map(|nanos| units::share(nanos as f64 / window));
        let note = lang.fill(Phrase::SoleShifting, &parts);
        Strip { name: name(*slot), note, look: line.look, kind: StripKind::Shares(shares.collect()) }
    };
    let rows: Vec<Strip> = all.iter().take(STATIONS).map(row).collect();
    let span = (0.0, trace.axis.end.secs() / size);
    let shaded = Some((trace.warm_up.secs() / size, lang.say(Phrase::WarmUp)));
    let chart = strips(&rows, &heading, unit, span, shaded);
    let chart = figure(&heading, &chart, lang.say(Phrase::BottleneckNote));
    format!("<div>{chart}{}</div>\n", second_opinion(line, report, all[0].0))
}

/// What the arrow method says, and whether it agrees.
fn second_opinion(line: &PageLine<'_>, report: &PageReport<'_>, first: Slot) -> String {
    let found = arrow_check(line.study);
    let name = |slot: &Slot| line.study.line.elements[slot.index()].name.as_str();
    let named: Vec<&str> = found.bottlenecks.iter().take(4).map(name).collect();
    if found.arrows.is_empty() || named.is_empty() {
        return String::new();
    }
    let (named, agrees) = (named.join(", "), found.bottlenecks.contains(&first));
    let text = match agrees {
        true => report.lang.fill(Phrase::ArrowsAgree, &[&line.name, name(&first)]),
        false => report.lang.fill(Phrase::ArrowsDiffer, &[&line.name, &named, name(&first)]),
    };
    format!("<p class=\"note\">{}</p>\n", escaped(&text))
}

/// The states of the elements of all lines, the bars of one element below each other.
fn state_shares(report: &PageReport<'_>) -> String {
    let (lang, lines) = (report.lang, report.lines());
    let summaries: Vec<Vec<ElementSummary<'_>>> = report.studies.iter().map(Study::elements).collect();
    let mut names: Vec<&str> = Vec::new();
    for element in summaries.iter().flatten().filter(|element| element.each("states").next().is_some()) {
        if !names.contains(&element.name) {
            names.push(element.name);
        }
    }
    let mut rows = Vec::new();
    for name in names.iter().take(ELEMENTS) {
        let bars = lines.iter().zip(&summaries).filter_map(|(line, all)| {
            Some((
                line,
                all.iter()
                    .find(|element| element.name == *name && element.each("states").next().is_some())?,
            ))
        });
        for (nth, (line, element)) in bars.enumerate() {
            let name = if nth == 0 { (*name).to_owned() } else { String::new() };
            rows.push(StackedRow {
                name,
                of: short_name(report, line.number),
                shares: shares(element, report),
            });
        }
    }
    let seen = |state: &State| rows.iter().any(|row| row.shares.iter().any(|(found, ..)| found == state));
    let states: Vec<State> = State::in_order_of_reports().into_iter().filter(seen).collect();
    let numbered = lines.iter().filter(|_| lines.len() > 2);
    let numbered: Vec<String> = numbered.map(|line| format!("{}: {}", line.number + 1, line.name)).collect();
    let more = match names.len().saturating_sub(ELEMENTS) {
        0 => String::new(),
        more => lang.fill(Phrase::MoreElements, &[&units::number(more as f64)]),
    };
    let title = lang.say(Phrase::StateShares);
    let chart = state_key(&states, lang) + &stacked(&rows, title, lang.say(Phrase::ShareOfTime));
    figure(title, &chart, format!("{more} {}", numbered.join("; ")).trim())
}

/// What a bar is, where an element has several.
fn short_name(report: &PageReport<'_>, number: usize) -> String {
    match (report.studies.len(), number) {
        (1, _) => String::new(),
        (2, 0) => report.lang.say(Phrase::Before).to_owned(),
        (2, _) => report.lang.say(Phrase::After).to_owned(),
        (_, number) => (number + 1).to_string(),
    }
}

fn shares(element: &ElementSummary<'_>, report: &PageReport<'_>) -> Vec<(State, f64, String)> {
    let share = |state: State| element.part("states", state.name());
    let bar = |state: State| {
        let found = share(state).filter(|found| found.mean > 0.0)?;
        let tip = format!("{}, {}: {}", element.name, report.lang.state(state), per_cent(Some(found)));
        Some((state, found.mean, tip))
    };
    State::in_order_of_reports().into_iter().filter_map(bar).collect()
}

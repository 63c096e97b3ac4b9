//! Energy: the load profile of a day, and where the energy goes by element and state.

use super::PageSection;
use super::decision::table;
use crate::event::State;
use crate::kpi;
use crate::report::html::chart::{ChartLine, Ribbon, XyChart, escaped, sankey};
use crate::report::html::parts::{figure, with_name};
use crate::report::html::{PageLine, PageReport};
use crate::report::words::Phrase;
use crate::study;
use crate::study::trace::QuarterHour;
use crate::units;

pub(super) static SECTION: PageSection = PageSection {
    name: "energy",
    about: "the load profile of a day, and the energy by element and state",
    title: Phrase::Energy,
    write,
};

/// So many elements have ribbons of their own, those that take most.
const ELEMENTS: usize = 9;

fn write(report: &PageReport<'_>) -> String {
    let known: Vec<PageLine<'_>> =
        report.lines().into_iter().filter(|line| kpi::knows_energy(line.study.line)).collect();
    if known.is_empty() {
        return format!("<p>{}</p>\n", escaped(report.lang.say(Phrase::EnergyUnknown)));
    }
    let at_peak: String = known.iter().map(|line| at_peak(line, report)).collect();
    let mut out = load_profile(&known, report);
    if !at_peak.is_empty() {
        out += &format!("<div class=\"two\">\n{at_peak}</div>\n");
    }
    out += "<div class=\"two\">\n";
    for line in &known {
        let heading = report.lang.fill(Phrase::SankeyTitle, &[&line.name]);
        let drawing = sankey(&ribbons(line, report), &heading, &heading, report.lang);
        let left_out = left_out(line);
        let note = match left_out.is_empty() {
            true => String::new(),
            false => report.lang.fill(Phrase::EnergyLeftOut, &[study::first_of(&left_out, ", ")]),
        };
        out += &figure(&with_name(report.lang.say(Phrase::Energy), line, report), &drawing, &note);
    }
    out + "</div>\n"
}

/// The power by the time of day, on average and at most.
fn load_profile(lines: &[PageLine<'_>], report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let heading = lang.say(Phrase::LoadProfile);
    let drawn: Vec<ChartLine<'_>> = lines.iter().flat_map(profile_lines).collect();
    if drawn.iter().all(|line| line.points.iter().all(|(_, power)| power.is_nan())) {
        return format!("<p>{}</p>\n", escaped(lang.say(Phrase::NoQuarter)));
    }
    let level = |line: &PageLine<'_>| {
        let peak = line.study.interval(kpi::named("peak_power_15min")?)?.mean;
        Some((peak, line.look, lang.fill(Phrase::PeakIs, &[units::power(peak * 1e3)])))
    };
    let chart = XyChart {
        title: heading.to_owned(),
        axes: (lang.say(Phrase::TimeOfDay).to_owned(), lang.say(Phrase::PowerKw).to_owned()),
        span: (0.0, 24.0),
        lines: drawn,
        levels: lines.iter().filter_map(level).collect(),
        ..XyChart::default()
    };
    figure(heading, &chart.draw(), lang.say(Phrase::LoadNote))
}

/// Who drew how much in the 15 minutes of the peak.
fn at_peak(line: &PageLine<'_>, report: &PageReport<'_>) -> String {
    let Some(peak) = &line.trace.peak else { return String::new() };
    let (lang, of) = (report.lang, line.study.line);
    let whole: f64 = peak.shares.iter().map(|(_, watts)| watts).sum();
    let shown = if peak.shares.len() > ELEMENTS + 1 { ELEMENTS } else { peak.shares.len() };
    let row = |name: &str, watts: f64| {
        vec![
            name.to_owned(),
            units::fixed(watts / 1e3, 1),
            units::share(watts / whole.max(f64::MIN_POSITIVE)),
        ]
    };
    let first = peak.shares[..shown].iter();
    let mut rows: Vec<Vec<String>> =
        first.map(|(slot, watts)| row(&of.elements[slot.index()].name, *watts)).collect();
    if shown < peak.shares.len() {
        rows.push(row(lang.say(Phrase::Others), peak.shares[shown..].iter().map(|(_, watts)| watts).sum()));
    }
    let from = of.run.clock().at(peak.from).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let note = lang.fill(Phrase::AtPeakNote, &[&from, &units::power(whole)]);
    let heads =
        [Phrase::ElementHead, Phrase::PowerKw, Phrase::ShareOfPeak].map(|head| lang.say(head).to_owned());
    let table = table(&with_name(lang.say(Phrase::AtPeak), line, report), &heads, &rows, &[note]);
    format!("<div>\n{table}</div>\n")
}

/// The mean of the days, and the highest day.
fn profile_lines<'a>(line: &'a PageLine<'_>) -> [ChartLine<'a>; 2] {
    let steps = |of: fn(&QuarterHour) -> Option<f64>| {
        let quarters = line.trace.profile.quarters.iter().enumerate();
        // Where the window has no such quarter hour the line has a gap.
        let all = quarters.map(|(nth, quarter)| (nth as f64 / 4.0, of(quarter).unwrap_or(f64::NAN) / 1e3));
        all.flat_map(|(hour, power)| [(hour, power), (hour + 0.25, power)]).collect::<Vec<_>>()
    };
    [(steps(QuarterHour::mean_watts), false), (steps(QuarterHour::highest_watts), true)].map(
        |(points, is_thin)| ChartLine {
            name: &line.name,
            look: line.look,
            points,
            band: Vec::new(),
            is_thin,
        },
    )
}

/// The elements that say what they draw, and whose energy is not known all the same: a factor is missing.
fn left_out(line: &PageLine<'_>) -> Vec<String> {
    let elements = line.study.line.elements.iter().zip(line.study.elements());
    let unknown =
        elements.filter(|(element, found)| element.power.known && found.one("energy_kwh").is_none());
    unknown.map(|(element, _)| element.name.clone()).collect()
}

/// The energies of a line, those of the largest elements one by one.
fn ribbons(line: &PageLine<'_>, report: &PageReport<'_>) -> Vec<Ribbon> {
    let mut elements = line.study.elements();
    elements.retain(|element| element.one("energy_kwh").is_some_and(|energy| energy.mean > 0.0));
    let energy = |of: Option<crate::stats::Interval>| of.map_or(0.0, |energy| energy.mean);
    elements.sort_by(|one, other| energy(other.one("energy_kwh")).total_cmp(&energy(one.one("energy_kwh"))));
    let mut ribbons: Vec<Ribbon> = Vec::new();
    for (nth, element) in elements.iter().enumerate() {
        let others = nth >= ELEMENTS && elements.len() > ELEMENTS + 1;
        let name = if others { report.lang.say(Phrase::Others) } else { element.name };
        let by_state = element.each("energy_by_state_kwh").filter(|(_, kwh)| kwh.mean > 0.0);
        for (state, kwh) in by_state.filter_map(|(state, kwh)| Some((State::named(state)?, kwh))) {
            let same = |ribbon: &&mut Ribbon| others && ribbon.element == name && ribbon.state == state;
            match ribbons.iter_mut().find(same) {
                Some(ribbon) => ribbon.kwh += kwh.mean,
                None => ribbons.push(Ribbon { element: name.to_owned(), state, kwh: kwh.mean }),
            }
        }
    }
    ribbons
}

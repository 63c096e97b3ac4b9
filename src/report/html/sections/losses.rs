//! Losses: the loss tree of each line, and what makes the line lose time, as bars and as a table.
//!
//! The section is left out unless that was asked for.

use super::PageSection;
use super::decision::table;
use super::sensitivity::of_figure;
use crate::event::State;
use crate::losses::RootReason;
use crate::report::html::chart::{StackedRow, stacked, state_key};
use crate::report::html::parts::{figure, with_name};
use crate::report::html::{PageLine, PageReport};
use crate::report::losses::{CAUSES, root_name, tree_rows};
use crate::report::text::{interval, per_cent, signed_interval, signed_per_cent};
use crate::report::words::{Lang, Phrase};
use crate::stats::Interval;
use crate::study::FigureComparison;
use crate::study::losses::{BeforeAfter, LineLosses, LossCause, LossChange, LossScope, loss_changes};
use crate::study::sensitivity::Sensitivities;
use crate::units;

pub(super) static SECTION: PageSection = PageSection {
    name: "losses",
    about: "with `--losses` where the time and the energy went, and because of whom",
    title: Phrase::Losses,
    write,
};

fn write(report: &PageReport<'_>) -> String {
    let found: Vec<(PageLine<'_>, &LineLosses)> =
        report.lines().into_iter().zip(&report.findings.losses).collect();
    let two = |of: fn(&PageLine<'_>, &LineLosses, &PageReport<'_>) -> String| {
        let each = found.iter().map(|(line, losses)| format!("<div>\n{}</div>\n", of(line, losses, report)));
        if found.is_empty() {
            String::new()
        } else {
            format!("<div class=\"two\">\n{}</div>\n", each.collect::<String>())
        }
    };
    let gains = found.iter().filter_map(|(line, losses)| Some((line, losses.gains.as_ref()?)));
    let gains: String = gains.map(|(line, gains)| without(line, gains, report)).collect();
    let base = report.findings.losses.first();
    let others = found.iter().skip(1).zip(base.into_iter().cycle());
    let changes: String =
        others.map(|((line, losses), base)| differences(line, &loss_changes(base, losses), report)).collect();
    two(tree) + &changes + &two(causes) + &gains
}

fn heads(lang: Lang, phrases: &[Phrase]) -> Vec<String> {
    phrases.iter().map(|phrase| lang.say(*phrase).to_owned()).collect()
}

fn tree(line: &PageLine<'_>, losses: &LineLosses, report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let rows = tree_rows(line.study.line, losses, LossScope::Line, lang).into_iter().map(|row| {
        // A part stands to the right of what it is a part of.
        let name = if row.is_part { format!("\u{2003}{}", row.name) } else { row.name };
        let kwh = row.figures.kwh.map_or_else(String::new, |kwh| interval(&kwh));
        vec![name, per_cent(Some(row.figures.share)), kwh]
    });
    let heads = heads(lang, &[Phrase::LossesDid, Phrase::LossesTime, Phrase::LossesEnergy]);
    let title = with_name(lang.say(Phrase::LossesTitle), line, report);
    table(&title, &heads, &rows.collect::<Vec<_>>(), &[lang.say(Phrase::LossesNote).to_owned()])
}

/// What each cause costs itself and others, as bars and as a table.
fn causes(line: &PageLine<'_>, losses: &LineLosses, report: &PageReport<'_>) -> String {
    let (lang, all) = (report.lang, losses.causes());
    let shown = || all.iter().take(CAUSES);
    let title = with_name(lang.say(Phrase::LossesCauses), line, report);
    // Rework and scrap are no states, and stand in the table alone.
    let of_states = shown().filter(|it| !matches!(it.root.reason, RootReason::Rework | RootReason::Scrap));
    let bars: Vec<StackedRow> = of_states.map(|cause| bar(line, cause, lang)).collect();
    let chart = if bars.is_empty() {
        String::new()
    } else {
        let drawing = stacked(&bars, &title, lang.say(Phrase::ShareOfTime));
        figure(&title, &(state_key(&seen(&bars), lang) + &drawing), "")
    };
    let heads = heads(
        lang,
        &[
            Phrase::LossesCause,
            Phrase::LossesItself,
            Phrase::LossesStarved,
            Phrase::LossesBlocked,
            Phrase::LossesTogether,
        ],
    );
    let rows: Vec<Vec<String>> = shown().map(|cause| cause_cells(line, cause, lang)).collect();
    chart + &table("", &heads, &rows, &[])
}

fn cause_cells(line: &PageLine<'_>, cause: &LossCause, lang: Lang) -> Vec<String> {
    let shares = cause.shares().map(|share| per_cent(Some(share)));
    std::iter::once(root_name(line.study.line, cause.root, lang)).chain(shares).collect()
}

fn bar(line: &PageLine<'_>, cause: &LossCause, lang: Lang) -> StackedRow {
    let own = cause.root.reason.state().unwrap_or(State::Working);
    let parts = [(own, cause.itself), (State::Starved, cause.starved), (State::Blocked, cause.blocked)];
    let share = |(state, share): (State, Interval)| {
        (state, share.mean, format!("{}: {}", lang.state(state), units::share(share.mean)))
    };
    let shares = parts.into_iter().filter(|(_, share)| share.mean > 0.0).map(share);
    let name = root_name(line.study.line, cause.root, lang);
    StackedRow { name, of: String::new(), shares: shares.collect() }
}

/// How the losses of a line differ from those of the baseline.
fn differences(line: &PageLine<'_>, changes: &[LossChange], report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let cells = |of: &BeforeAfter, written: fn(Interval) -> String, signed: fn(Interval) -> String| {
        [written(of.before), written(of.after), signed(of.difference)]
    };
    let row = |change: &LossChange| {
        let shares = cells(&change.shares, |share| per_cent(Some(share)), signed_per_cent);
        let energy = |kwh: &BeforeAfter| cells(kwh, |kwh| interval(&kwh), |kwh| signed_interval(&kwh));
        let energy = change.kwh.as_ref().map_or_else(Default::default, energy);
        std::iter::once(lang.loss(change.kind).to_owned()).chain(shares).chain(energy).collect()
    };
    let both = [Phrase::Before, Phrase::After, Phrase::Difference].map(|phrase| lang.say(phrase));
    let energies = both.map(|head| format!("{head}, kWh"));
    let did = std::iter::once(lang.say(Phrase::LossesDid).to_owned());
    let heads: Vec<String> = did.chain(both.map(str::to_owned)).chain(energies).collect();
    let title = with_name(lang.say(Phrase::LossesDifferences), line, report);
    table(&title, &heads, &changes.iter().map(row).collect::<Vec<_>>(), &[])
}

fn seen(bars: &[StackedRow]) -> Vec<State> {
    let is_seen = |state: &State| bars.iter().any(|bar| bar.shares.iter().any(|(found, ..)| found == state));
    State::in_order_of_reports().into_iter().filter(is_seen).collect()
}

/// What the line would gain without each cause.
fn without(line: &PageLine<'_>, gains: &Sensitivities, report: &PageReport<'_>) -> String {
    let title = |of: &FigureComparison| {
        let title = report.lang.fill(Phrase::LossesWithout, &[&report.lang.figure(&of.figure)]);
        with_name(&title, line, report)
    };
    gains.figures().into_iter().map(|of| of_figure(gains, of, &title(of), report)).collect()
}

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
use crate::report::losses::{per_cent, root_name, tree_rows};
use crate::report::text::interval;
use crate::report::words::{Lang, Phrase};
use crate::study::FigureComparison;
use crate::study::losses::{LineLosses, LossRoot, LossScope};
use crate::study::sensitivity::Sensitivities;
use crate::units;

pub(super) static SECTION: PageSection = PageSection {
    name: "losses",
    about: "with `--losses` where the time and the energy went, and because of whom",
    title: Phrase::Losses,
    write,
};

/// So many roots are shown.
const ROOTS: usize = 12;

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
    two(tree) + &two(roots) + &gains
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
        vec![name, interval(&per_cent(&row.figures.share)), kwh]
    });
    let heads = heads(lang, &[Phrase::LossesDid, Phrase::LossesTime, Phrase::LossesEnergy]);
    let title = with_name(lang.say(Phrase::LossesTitle), line, report);
    table(&title, &heads, &rows.collect::<Vec<_>>(), &[lang.say(Phrase::LossesNote).to_owned()])
}

/// Bars of what each root costs itself and others.
fn roots(line: &PageLine<'_>, losses: &LineLosses, report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let all = losses.roots();
    let highest = all.first().map_or(0.0, |root| root.shares[3].mean);
    let title = with_name(lang.say(Phrase::LossesRoots), line, report);
    let rows: Vec<Vec<String>> = all.iter().take(ROOTS).map(|root| root_cells(line, root, lang)).collect();
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
    // Rework and scrap are no states, and stand in the table alone.
    let of_states =
        all.iter().filter(|root| !matches!(root.root.reason, RootReason::Rework | RootReason::Scrap));
    let bars: Vec<StackedRow> = of_states.take(ROOTS).map(|root| bar(line, root, lang)).collect();
    let chart = match highest > 0.0 {
        true => {
            let drawing = stacked(&bars, &title, lang.say(Phrase::ShareOfTime));
            figure(&title, &(state_key(&seen(&bars), lang) + &drawing), "")
        }
        false => String::new(),
    };
    chart + &table("", &heads, &rows, &[])
}

fn root_cells(line: &PageLine<'_>, root: &LossRoot, lang: Lang) -> Vec<String> {
    let shares = root.shares.iter().map(|share| interval(&per_cent(share)));
    std::iter::once(root_name(line.study.line, root.root, lang)).chain(shares).collect()
}

fn bar(line: &PageLine<'_>, root: &LossRoot, lang: Lang) -> StackedRow {
    let own = root.root.reason.state().unwrap_or(State::Working);
    let states = [own, State::Starved, State::Blocked];
    let share = |(state, share): (State, &crate::stats::Interval)| {
        (state, share.mean, format!("{}: {}", lang.state(state), units::share(share.mean)))
    };
    let shares = states.into_iter().zip(&root.shares).filter(|(_, share)| share.mean > 0.0).map(share);
    let name = root_name(line.study.line, root.root, lang);
    StackedRow { name, of: String::new(), shares: shares.collect() }
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

//! The plans of the lines, machines coloured by their time at work, and the differences as intervals.

use super::PageSection;
use crate::event::State;
use crate::report::html::chart::{ForestRow, PlanDrawing, forest, plan};
use crate::report::html::parts::{change, figure, verdict_class, with_name};
use crate::report::html::{PageLine, PageReport};
use crate::report::text::{interval, per_cent};
use crate::report::words::{Lang, Phrase};
use crate::stage::palette::Palette;
use crate::study::{Comparison, ElementSummary, FigureComparison};
use crate::units;

pub(super) static SECTION: PageSection = PageSection {
    name: "plan",
    about: "the plan of each line, and the differences as intervals around zero",
    title: Phrase::Plans,
    write,
};

fn write(report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let mut out = String::from("<div class=\"wide\">\n");
    for line in report.lines() {
        out += &figure(&with_name(lang.say(Phrase::Plans), &line, report), &plan_of(&line, lang), "");
    }
    out += "</div>\n<div class=\"two\">\n";
    for (comparison, name) in report.comparisons.iter().zip(report.names().iter().skip(1)) {
        let title = lang.say(Phrase::ForestTitle);
        let heading = match report.comparisons.len() {
            0 | 1 => title.to_owned(),
            _ => lang.fill(Phrase::Named, &[title, name]),
        };
        out += &figure(&heading, &forest_of(comparison, &heading, lang), "");
    }
    out + "</div>\n"
}

fn plan_of(line: &PageLine<'_>, lang: Lang) -> String {
    let elements = line.study.elements();
    let [red, green, blue] = Palette::House.of(State::Working);
    let share = |slot: usize| elements[slot].one("utilisation");
    // Time at work as darkness, so that it is read in black and white too.
    let style = |slot: usize| {
        let found = share(slot)?;
        let opacity = 0.12 + 0.88 * found.mean.clamp(0.0, 1.0);
        Some(format!("class=\"machine\" fill=\"rgb({red} {green} {blue})\" fill-opacity=\"{opacity:.2}\""))
    };
    let note = |slot: usize| match share(slot) {
        Some(found) => {
            (format!("{:.0} %", found.mean * 100.0), lang.fill(Phrase::AtWork, &[&per_cent(Some(found))]))
        }
        None => contents(&elements[slot], lang),
    };
    plan(&PlanDrawing {
        line: line.study.line,
        title: lang.fill(Phrase::Named, &[lang.say(Phrase::Plans), &line.name]),
        desc: lang.fill(Phrase::PlanDesc, &[&line.name]),
        style: &style,
        note: &note,
        more: "",
    })
}

fn contents(element: &ElementSummary<'_>, lang: Lang) -> (String, String) {
    match element.one("contents_mean").filter(|found| found.mean > 0.0) {
        Some(found) => (units::fixed(found.mean, 1), lang.fill(Phrase::ContentsAre, &[&interval(&found)])),
        None => (String::new(), String::new()),
    }
}

/// The figures that have a relative change.
fn forest_of(comparison: &Comparison<'_>, title: &str, lang: Lang) -> String {
    let row = |found: &FigureComparison| {
        let relative = found.relative?;
        Some(ForestRow {
            name: lang.figure(&found.figure),
            mean: relative.mean,
            ends: relative.low.zip(relative.high),
            verdict: (verdict_class(found.verdict), lang.verdict(found.verdict)),
            value: change(found),
        })
    };
    let rows: Vec<ForestRow> = comparison.kpis.iter().filter_map(row).collect();
    forest(&rows, title, lang.say(Phrase::ForestAxis))
}

//! The page of `frontier --report`: the answer, the frontier as a chart and a table, what varies, and the inputs.
//!
//! Frame, style and language are those of the page of a run. Read [`FrontierPage`] first.

use super::chart::{ScatterChart, ScatterKind, ScatterPoint, escaped};
use super::parts::figure;
use super::sections::table;
use super::template::{PageFrame, framed};
use super::{InputFile, Lang, PageReport, SECTIONS};
use crate::report::FrontierReport;
use crate::report::frontier::{FrontierRow, relative};
use crate::report::text::{interval, signed_interval};
use crate::report::words::Phrase;
use crate::study::frontier::SettingComparison;
use crate::study::{FigureComparison, Findings};
use crate::units;

/// What a page is made from.
#[derive(Clone, Copy, Debug)]
pub struct FrontierPage<'a> {
    /// The frontier.
    pub report: &'a FrontierReport<'a>,
    /// The files that were read.
    pub inputs: &'a [InputFile],
    /// The command that makes the page.
    pub command: &'a str,
    /// The language.
    pub lang: Lang,
}

/// The page.
pub fn write(page: &FrontierPage<'_>) -> String {
    let (lang, study) = (page.lang, page.report.study);
    let sentence = |text: &String| format!("<p class=\"headline\">{}</p>\n", escaped(text));
    let headline = page.report.answer(lang).iter().map(sentence).collect();
    let findings = Findings::default();
    let of_run = PageReport {
        studies: std::slice::from_ref(study),
        comparisons: &[],
        judgements: &[],
        base_judgements: &[],
        findings: &findings,
        traces: &[],
        inputs: page.inputs,
        command: page.command,
        lang,
        sections: &[],
    };
    let as_of_run = SECTIONS.iter().filter(|section| ["certainty", "inputs"].contains(&section.name));
    let as_of_run =
        as_of_run.map(|section| (section.name, lang.say(section.title), (section.write)(&of_run)));
    let own = [
        ("frontier", lang.say(Phrase::FrontierSection), chart(page) + &settings(page)),
        ("choices", lang.say(Phrase::FrontierChoices), choices(page)),
    ];
    framed(PageFrame {
        lang,
        title: lang.fill(Phrase::FrontierTitle, &[&study.line.name]),
        study,
        headline,
        sections: own.into_iter().chain(as_of_run).collect(),
        inputs: page.inputs,
    })
}

/// A figure with its unit, as axes and heads of tables name it.
fn named(found: &FigureComparison, lang: Lang) -> String {
    format!("{}, {}", lang.figure(&found.figure), lang.unit(&found.unit))
}

fn chart(page: &FrontierPage<'_>) -> String {
    let (lang, frontier) = (page.lang, page.report.frontier);
    let Some(base) = frontier.baseline() else { return String::new() };
    let [cost, gain] = [&base.cost, &base.gain].map(|found| lang.figure(&found.figure));
    let title = lang.fill(Phrase::FrontierChart, &[cost, gain]);
    let points = (0..frontier.settings.len()).filter_map(|number| point(page, number)).collect();
    let at = |number: &usize| Some(place(frontier.settings[*number].found.as_ref().ok()?));
    // From the least gain on.
    let stair = frontier.front.iter().rev().filter_map(at).collect();
    let loss =
        if base.gain.figure.better().higher() == Some(true) { -frontier.limit() } else { frontier.limit() };
    let mark = Some((base.gain.mean.mean + loss, lang.say(Phrase::FrontierLimit).to_owned()));
    let axes = (named(&base.gain, lang), named(&base.cost, lang));
    let drawn = ScatterChart { title: title.clone(), axes, points, stair, mark }.draw();
    figure(&title, &drawn, lang.say(Phrase::FrontierKey))
}

fn place(found: &SettingComparison) -> (f64, f64) {
    (found.gain.mean.mean, found.cost.mean.mean)
}

fn point(page: &FrontierPage<'_>, number: usize) -> Option<ScatterPoint> {
    let (lang, report) = (page.lang, page.report);
    let one = &report.frontier.settings[number];
    let found = one.found.as_ref().ok()?;
    let kind = match number {
        0 => ScatterKind::Baseline,
        _ if report.is_best(number) => ScatterKind::Best,
        _ if report.frontier.front.contains(&number) => ScatterKind::OnLine,
        _ => ScatterKind::Other,
    };
    let name = match number {
        0 => lang.say(Phrase::FrontierBaseline).to_owned(),
        _ => report.values(&one.chosen).join(", "),
    };
    let is_plain = matches!(kind, ScatterKind::Other | ScatterKind::Baseline);
    let half = |of: &FigureComparison| of.difference.half_width.unwrap_or(0.0);
    let reach = (!is_plain).then(|| (half(&found.gain), half(&found.cost)));
    let values =
        [&found.cost, &found.gain].map(|it| units::with_unit(&interval(&it.mean), lang.unit(&it.unit)));
    let tip = format!("{name}: {}", values.join(", "));
    let place_in_table = report.place(number).map_or_else(String::new, |place| place.to_string());
    let label = match kind {
        ScatterKind::Best => lang.fill(Phrase::Named, &[&place_in_table, lang.say(Phrase::FrontierBestMark)]),
        ScatterKind::Baseline => name,
        ScatterKind::OnLine => place_in_table,
        ScatterKind::Other => String::new(),
    };
    Some(ScatterPoint { at: place(found), reach, kind, label, tip })
}

/// The settings of the frontier, and what to know about them.
fn settings(page: &FrontierPage<'_>) -> String {
    let (lang, report) = (page.lang, page.report);
    let Some(base) = report.frontier.baseline() else { return String::new() };
    let difference = || lang.say(Phrase::Difference).to_owned();
    let change = || lang.say(Phrase::Change).to_owned();
    let heads = [
        lang.say(Phrase::FrontierSetting).to_owned(),
        named(&base.cost, lang),
        difference(),
        change(),
        named(&base.gain, lang),
        difference(),
        change(),
    ];
    let (rows, _) = report.rows(lang);
    let rows: Vec<Vec<String>> = rows.iter().map(|row| cells(row, lang)).collect();
    table("", &heads, &rows, &report.notes(lang))
}

fn cells(row: &FrontierRow<'_>, lang: Lang) -> Vec<String> {
    let both = [&row.found.cost, &row.found.gain];
    let figures = both.into_iter().flat_map(|found| match row.is_baseline {
        true => [interval(&found.baseline), String::new(), String::new()],
        false => {
            [interval(&found.mean), signed_interval(&found.difference), relative(found).unwrap_or_default()]
        }
    });
    let best = if row.is_best { lang.say(Phrase::FrontierIsBest) } else { "" };
    let name = format!("{} {best}", row.name.join(", "));
    let name = match row.place {
        Some(place) => lang.fill(Phrase::Named, &[&place.to_string(), name.trim_end()]),
        None => name.trim_end().to_owned(),
    };
    std::iter::once(name).chain(figures).collect()
}

/// What varies.
fn choices(page: &FrontierPage<'_>) -> String {
    let heads =
        [Phrase::FrontierField, Phrase::FrontierOptions].map(|phrase| page.lang.say(phrase).to_owned());
    let choices = &page.report.frontier.request.space.choices;
    let rows = choices.iter().map(|choice| vec![choice.path.clone(), choice.options.join(", ")]);
    table("", &heads, &rows.collect::<Vec<_>>(), &[])
}

//! What to decide: how several lines rank, which of them another one beats, and which change of an upgrade pays.
//!
//! The section is left out where there is none of it.

use super::PageSection;
use crate::report::html::PageReport;
use crate::report::html::chart::{ForestRow, forest};
use crate::report::html::parts::figure;
use crate::report::html::template::fill;
use crate::report::text::{interval, signed_interval};
use crate::report::words::Phrase;
use crate::study::attribution::{Attribution, ChangeShare, FigureAttribution};
use crate::study::{LineRanking, RankedLine, Tradeoff, TradeoffRow};
use crate::units;
use minijinja::{Value, context};

pub(super) static SECTION: PageSection = PageSection {
    name: "decision",
    about: "ranks of several lines, and which change pays",
    title: Phrase::Decision,
    write,
};

const TABLE: &str = r#"{% if title %}<h3>{{ title }}</h3>{% endif %}
<table><thead><tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead><tbody>
{% for row in rows %}<tr>{% for cell in row %}{% if loop.first %}<th scope="row">{{ cell }}</th>{% else %}<td>{{ cell }}</td>{% endif %}{% endfor %}</tr>
{% endfor %}</tbody></table>
{% for note in notes %}<p class="note">{{ note }}</p>
{% endfor %}"#;

fn write(report: &PageReport<'_>) -> String {
    let names = report.names();
    let rankings = report.findings.rankings.iter().map(|found| ranking(found, &names, report));
    let tradeoff = report.findings.tradeoff.iter().map(|found| tradeoff(found, &names, report));
    let attribution = report.findings.attribution.iter().flat_map(|found| attribution(found, report));
    rankings.chain(tradeoff).chain(attribution).collect()
}

pub(in crate::report::html) fn table(
    title: &str,
    heads: &[String],
    rows: &[Vec<String>],
    notes: &[String],
) -> String {
    let list = |texts: &[String]| Value::from_iter(texts.iter().cloned());
    let rows: Vec<Value> = rows.iter().map(|row| list(row)).collect();
    fill(TABLE, context! { title, heads => list(heads), rows, notes => list(notes) })
}

fn ranking(found: &LineRanking, names: &[String], report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let row = |row: &RankedLine| {
        let ranks = if row.first == row.last {
            row.first.to_string()
        } else {
            format!("{}–{}", row.first, row.last)
        };
        vec![names[row.number].clone(), ranks, interval(&row.mean)]
    };
    let heads = [
        lang.say(Phrase::Line).to_owned(),
        lang.say(Phrase::Rank).to_owned(),
        format!("{}, {}", lang.figure(&found.figure), lang.unit(&found.unit)),
    ];
    let rows: Vec<Vec<String>> = found.rows.iter().map(row).collect();
    let confidence = report.studies[0].plan.confidence;
    let note = lang.fill(Phrase::RanksNote, &[&units::number(confidence * 100.0)]);
    table(&lang.fill(Phrase::RankedBy, &[&lang.figure(&found.figure)]), &heads, &rows, &[note])
}

fn tradeoff(found: &Tradeoff, names: &[String], report: &PageReport<'_>) -> String {
    let lang = report.lang;
    let row = |(name, row): (&String, &TradeoffRow)| {
        let beaten: Vec<&str> = row.beaten_by.iter().map(|other| names[*other].as_str()).collect();
        let outcome = match (row.on_front, beaten.is_empty()) {
            (true, _) => lang.say(Phrase::OnFront).to_owned(),
            (false, true) => lang.say(Phrase::BeatenByMeans).to_owned(),
            (false, false) => lang.fill(Phrase::BeatenBy, &[&beaten.join(", ")]),
        };
        std::iter::once(name.clone()).chain(row.means.iter().map(interval)).chain([outcome]).collect()
    };
    let rows: Vec<Vec<String>> = names.iter().zip(&found.rows).map(row).collect();
    let first = std::iter::once(lang.say(Phrase::Line).to_owned());
    let figures =
        found.figures.iter().map(|figure| format!("{}, {}", lang.figure(figure), lang.unit(figure.unit())));
    let heads: Vec<String> = first.chain(figures).chain([lang.say(Phrase::Outcome).to_owned()]).collect();
    table(lang.say(Phrase::TradeoffTitle), &heads, &rows, &[])
}

/// A chart and a table for each figure.
fn attribution<'a>(found: &'a Attribution, report: &'a PageReport<'_>) -> impl Iterator<Item = String> + 'a {
    let names: Vec<String> = found.groups.iter().map(|group| group.join(" + ")).collect();
    found.figures.iter().map(move |figure| shares_of(figure, found, &names, report))
}

fn shares_of(
    found: &FigureAttribution,
    whole: &Attribution,
    names: &[String],
    report: &PageReport<'_>,
) -> String {
    let lang = report.lang;
    let title = lang.fill(Phrase::WhichPays, &[&lang.figure(&found.figure)]);
    let row = |(name, share): (&String, &ChangeShare)| {
        vec![
            name.clone(),
            signed_interval(&share.alone),
            signed_interval(&share.last),
            signed_interval(&share.share),
        ]
    };
    let mut rows: Vec<Vec<String>> = names.iter().zip(&found.shares).map(row).collect();
    rows.push(vec![
        lang.say(Phrase::AllChanges).to_owned(),
        String::new(),
        String::new(),
        signed_interval(&found.total),
    ]);
    let change = format!("{}, {}", lang.say(Phrase::ChangeMade), lang.unit(&found.unit));
    let words =
        [Phrase::Alone, Phrase::LostWithout, Phrase::ShapleyShare].map(|phrase| lang.say(phrase).to_owned());
    let heads: Vec<String> = std::iter::once(change).chain(words).collect();
    let how = if whole.exact { Phrase::AllOrders } else { Phrase::DrawnOrders };
    let mut notes = vec![lang.say(how).to_owned()];
    notes.extend(found.interactions.iter().map(|it| {
        let (one, other) = it.groups;
        let size = units::with_unit(&signed_interval(&it.effect), lang.unit(&found.unit));
        lang.fill(Phrase::Together, &[&names[one], &names[other], &size])
    }));
    chart(found, names, report, &title) + &table(&title, &heads, &rows, &notes)
}

/// Shapley's shares relative to the baseline's mean, as intervals around zero.
fn chart(found: &FigureAttribution, names: &[String], report: &PageReport<'_>, title: &str) -> String {
    let base = report.studies[0].interval_of(&found.figure).map(|base| base.mean).filter(|base| *base > 0.0);
    let Some(base) = base else { return String::new() };
    let higher = found.figure.better().higher();
    let row = |(name, share): (&String, &ChangeShare)| {
        let share = share.share;
        let ends = share.low().zip(share.high()).map(|(low, high)| (low / base, high / base));
        let verdict = crate::stats::verdict(&share, higher);
        ForestRow {
            name: name.clone(),
            mean: share.mean / base,
            ends,
            verdict: (crate::report::html::parts::verdict_class(verdict), report.lang.verdict(verdict)),
            value: signed_interval(&share),
        }
    };
    let rows: Vec<ForestRow> = names.iter().zip(&found.shares).map(row).collect();
    figure(title, &forest(&rows, title, report.lang.say(Phrase::ForestAxis)), "")
}

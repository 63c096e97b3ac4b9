//! The table of all key figures: of a run, before and after, or of several lines beside each other.

use super::PageSection;
use crate::kpi::{self, Kpi};
use crate::report::html::PageReport;
use crate::report::html::parts::{change, holds_class, stacked_cell, verdict_class};
use crate::report::html::template::fill;
use crate::report::text::interval;
use crate::report::words::Phrase;
use crate::stats::Interval;
use crate::study::{Comparison, FigureComparison, Judgement};
use crate::units;
use minijinja::{Value, context};

pub(super) static SECTION: PageSection = PageSection {
    name: "figures",
    about: "the table of all key figures, and the expectations",
    title: Phrase::Figures,
    write,
};

const TABLE: &str = r#"<div class="scroll"><table class="sortable">
<thead><tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}<tr data-kpi="{{ row.kpi }}"><th scope="row" title="{{ row.better }}">{{ row.title }}<small>{{ row.kpi }}</small></th><td>{{ row.unit }}</td>{% for cell in row.cells %}<td class="{{ cell.class }}" data-value="{{ cell.value }}">{{ cell.html|safe }}</td>{% endfor %}</tr>
{% endfor %}</tbody>
</table></div>
<p class="note">{{ note }}</p>
{% if expectations %}<div class="scroll"><table><thead><tr>{% for head in expectation_heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead><tbody>
{% for one in expectations %}<tr><th scope="row">{{ one.expected }}</th><td>{{ one.found }}</td><td class="{{ one.class }}">{{ one.outcome }}</td></tr>
{% endfor %}</tbody></table></div>{% endif %}
{% for note in notes %}<p class="note">{{ note }}</p>
{% endfor %}"#;

fn write(report: &PageReport<'_>) -> String {
    let (lang, plan) = (report.lang, &report.studies[0].plan);
    let values = [units::number(f64::from(plan.replications)), units::number(plan.confidence * 100.0)];
    let names = report.names();
    // Those of several lines are told apart by their names.
    let prefix = |nth: usize| match report.comparisons.len() {
        0 | 1 => String::new(),
        _ => names.get(nth + 1).map(|name| format!("{name}: ")).unwrap_or_default(),
    };
    let judged = report.judgements.iter().enumerate();
    let of_base =
        report.base_judgements.iter().map(|one| expectation(&format!("{}: ", names[0]), one, report));
    let of_others = judged
        .flat_map(|(nth, all)| all.iter().map(move |one| (nth, one)))
        .map(|(nth, one)| expectation(&prefix(nth), one, report));
    let expectations: Vec<Value> = of_base.chain(of_others).collect();
    let mut notes: Vec<String> = Vec::new();
    for note in report.comparisons.iter().flat_map(|comparison| &comparison.notes) {
        let note = lang.note(note);
        notes.extend((!notes.contains(&note)).then_some(note));
    }
    fill(
        TABLE,
        context! {
            heads => heads(report),
            rows => kpi::ALL.iter().filter_map(|kpi| row(report, kpi)).collect::<Vec<Value>>(),
            note => lang.fill(Phrase::FiguresNote, &values),
            expectation_heads => [Phrase::Expected, Phrase::Found, Phrase::Outcome].map(|head| lang.say(head)),
            expectations,
            notes,
        },
    )
}

fn expectation(prefix: &str, judgement: &Judgement<'_>, report: &PageReport<'_>) -> Value {
    context! {
        expected => format!("{prefix}{}", report.lang.expected(judgement)),
        found => report.lang.found(judgement),
        class => holds_class(judgement.holds),
        outcome => report.lang.holds(judgement.holds),
    }
}

fn heads(report: &PageReport<'_>) -> Vec<String> {
    let say = |phrase: Phrase| report.lang.say(phrase).to_owned();
    let mut heads = vec![say(Phrase::Figure), say(Phrase::Unit)];
    match report.comparisons {
        [] => heads.push(say(Phrase::Mean)),
        [_] => heads.extend(
            [Phrase::Before, Phrase::After, Phrase::Difference, Phrase::Change, Phrase::Verdict].map(say),
        ),
        _ => {
            for (nth, name) in report.names().into_iter().enumerate() {
                heads.push(name);
                if nth > 0 {
                    heads.extend([say(Phrase::Change), say(Phrase::Verdict)]);
                }
            }
        }
    }
    heads
}

/// The row of a figure; none if no replication of any line has a value.
fn row(report: &PageReport<'_>, kpi: &'static Kpi) -> Option<Value> {
    let base = report.studies[0].interval(kpi);
    report.studies.iter().find(|study| study.interval(kpi).is_some() && kpi.concerns(study.line))?;
    let of = |comparison: &Comparison<'_>| -> Option<FigureComparison> {
        comparison.kpis.iter().find(|found| found.name() == kpi.name).cloned()
    };
    let mut cells = Vec::new();
    match report.comparisons {
        [] => cells.push(mean_cell(report, base.as_ref())),
        [comparison] => {
            let found = of(comparison);
            let [before, after] =
                [found.as_ref().map(|found| found.baseline), found.as_ref().map(|found| found.mean)];
            let after = after.or_else(|| report.studies.get(1)?.interval(kpi));
            cells.extend([before.or(base), after].map(|mean| mean_cell(report, mean.as_ref())));
            cells.push(difference_cell(found.as_ref()));
            cells.extend(change_cells(report, found.as_ref()));
        }
        comparisons => {
            cells.push(mean_cell(report, base.as_ref()));
            for (comparison, study) in comparisons.iter().zip(&report.studies[1..]) {
                cells.push(mean_cell(report, study.interval(kpi).as_ref()));
                cells.extend(change_cells(report, of(comparison).as_ref()));
            }
        }
    }
    let (lang, unit) = (report.lang, kpi.unit_in(report.studies[0].line));
    let unit = lang.unit(&unit);
    Some(context! { kpi => kpi.name, title => lang.kpi(kpi), better => lang.better(kpi.better), unit, cells })
}

fn cell(class: &str, value: Option<f64>, html: String) -> Value {
    context! { class, value => value.map(|value| value.to_string()).unwrap_or_default(), html }
}

fn mean_cell(report: &PageReport<'_>, mean: Option<&Interval>) -> Value {
    cell("number", mean.map(|mean| mean.mean), stacked_cell(mean, report.lang))
}

fn difference_cell(found: Option<&FigureComparison>) -> Value {
    let text = found.map_or_else(String::new, |found| {
        let text = interval(&found.difference);
        if found.difference.mean > 0.0 { format!("+{text}") } else { text }
    });
    cell("number", found.map(|found| found.difference.mean), below(&text))
}

/// The change in per cent, if there is one, and the verdict.
fn change_cells(report: &PageReport<'_>, found: Option<&FigureComparison>) -> [Value; 2] {
    let relative = found.filter(|found| found.relative.is_some());
    let text = relative.map_or_else(String::new, change);
    let value = relative.and_then(|found| found.relative).map(|change| change.mean);
    let verdict = found.map(|found| found.verdict);
    let words = verdict.map_or("", |verdict| report.lang.verdict(verdict));
    let class = verdict.map_or("open", verdict_class);
    // The mean stands above its half width, so it has the sign of the per cent too.
    let html = below(&text).replacen("<small>", " %<small>", usize::from(text.ends_with(" %")));
    [cell("number", value, html), cell(class, None, words.to_owned())]
}

/// The half width goes below the mean. These texts are numbers and units of the program.
fn below(text: &str) -> String {
    match text.split_once(" ± ") {
        Some((mean, half)) => format!("{mean}<small>± {half}</small>"),
        None => text.to_owned(),
    }
}
